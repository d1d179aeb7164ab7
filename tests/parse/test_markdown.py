"""Markdown: what a reader of the article sees of it, in which blocks, and where each piece stands."""

from __future__ import annotations

import pytest

from checker.document import Document, Source
from checker.parse.markdown import parse


def document(text: str, site: str = "none", path: str = "article.md") -> Document:
    return parse(Source(path, text), site)


def blocks(text: str, site: str = "none", path: str = "article.md") -> list[tuple[str, str]]:
    """(scope, text) of all blocks."""
    made = document(text, site, path)
    return [(block.scope, made.visible.text[block.start : block.end]) for block in made.blocks]


def marked(text: str, phrase: str) -> str:
    """What the source has where the phrase is seen."""
    made = document(text)
    at = made.visible.text.index(phrase)
    start, end = made.visible.span(at, at + len(phrase))
    return text[start:end]


# -- what no reader sees


@pytest.mark.parametrize(
    "text",
    [
        "<!-- 稳赚不赔 -->",
        "正文<!-- 稳赚不赔 -->正文",
        "<!--\n\n稳赚不赔\n\n-->",
        "<div hidden>\n\n稳赚不赔\n\n</div>",
        "<div style='display:none'>\n\n- 稳赚不赔\n\n> 稳赚不赔\n\n</div>",
        '<section style="color:red; DISPLAY : none">\n\n# 稳赚不赔\n\n</section>',
        "正文<span hidden>稳赚不赔</span>正文",
        "正文<span style='font-size:0'>**稳赚不赔**</span>",
        "正文<span style='visibility: hidden'>`稳赚不赔`</span>",
        "<script>\nvar a = '稳赚不赔';\n\nvar b = '稳赚不赔';\n</script>",
        "<style>\n.a::before { content: '稳赚不赔' }\n</style>",
        "<div><script>\n\n稳赚不赔\n\n</script></div>",
        "<template>\n\n稳赚不赔\n\n</template>",
        "[//]: # (稳赚不赔)",
        "[稳赚不赔]: https://example.com",
        "```稳赚不赔\ncode\n```",
        "# 标题 {#稳赚不赔}",
        "> [!NOTE]\n> 正文",
        '<p title="&#31283;">正文</p>',
    ],
)
def test_unseen(text: str) -> None:
    seen = [shown for scope, shown in blocks(text) if scope not in ("alt", "url")]
    assert "稳赚不赔" not in "".join(seen)
    assert "NOTE" not in "".join(seen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n  \n", []),
        ("---\n\n***", []),
        ("- [ ]\n- [x] 已办", [("list", "已办")]),
        ("<div hidden>\n\n甲\n\n</div>\n\n乙", [("paragraph", "乙")]),
        ("<div hidden>甲</div>\n\n乙", [("paragraph", "乙")]),
        ("> <div hidden>\n\n乙", [("paragraph", "乙")]),  # the quote ends what was opened in it
        ("- <div hidden>\n\n  甲\n- 乙", [("list", "乙")]),
        ("<p hidden>\n\n乙", [("paragraph", "乙")]),  # a paragraph ends the one before
        ("<details><summary>甲</summary>\n\n乙\n\n</details>", [("paragraph", "甲"), ("paragraph", "乙")]),
        ("| 甲 |\n|---|\n| |", [("table", "甲")]),
        ("正文[^1]\n\n[^1]: ", [("paragraph", "正文")]),
    ],
)
def test_ends_of_the_unseen(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


# -- halves that are apart


@pytest.mark.parametrize(
    "text",
    [
        "稳赚\n\n不赔",
        "# 稳赚\n不赔",
        "稳赚\n# 不赔",
        "- 稳赚\n- 不赔",
        "1. 稳赚\n2. 不赔",
        "> 稳赚\n\n不赔",
        "| 稳赚 | 不赔 |\n|---|---|",
        "| 稳赚 |\n|---|\n| 不赔 |",
        "稳赚![](a.png)不赔",
        "稳赚![不赔](a.png)",
        "[稳赚](不赔)",
        '[稳赚](u "不赔")',
        "稳赚<div>不赔</div>",
        "<p>稳赚</p><p>不赔</p>",
        "<td>稳赚</td>\n\n不赔",
        "稳赚\n<hr>\n不赔",
        "稳赚\n***\n不赔",
        "```\n稳赚\n```\n不赔",
        "稳赚<input placeholder=x>不赔",
        "稳赚 不赔",
        "稳赚，不赔",
    ],
)
def test_apart(text: str) -> None:
    assert "稳赚不赔" not in document(text).visible.text


# -- what joins, at its exact range


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("他说稳赚不赔。", "稳赚不赔"),
        ("**稳赚**不赔", "稳赚**不赔"),
        ("稳*赚不*赔", "稳*赚不*赔"),
        ("~~稳赚~~不赔", "稳赚~~不赔"),
        ("稳赚&#19981;赔", "稳赚&#19981;赔"),
        ("&#x7a33;赚不赔", "&#x7a33;赚不赔"),
        ("[稳赚](u)不赔", "稳赚](u)不赔"),
        ("[稳赚][r]不赔\n\n[r]: u", "稳赚][r]不赔"),
        ("稳`赚不`赔", "稳`赚不`赔"),
        ("稳``赚不``赔", "稳``赚不``赔"),
        ("稳<b>赚</b>不赔", "稳<b>赚</b>不赔"),
        ("稳<!-- x -->赚不赔", "稳<!-- x -->赚不赔"),
        ("稳<span hidden>x</span>赚不赔", "稳<span hidden>x</span>赚不赔"),
        ("稳赚[^1]不赔\n\n[^1]: x", "稳赚[^1]不赔"),
        ("稳赚\n不赔", "稳赚\n不赔"),
        ("稳赚\r\n不赔", "稳赚\r\n不赔"),
        ("稳赚\r不赔", "稳赚\r不赔"),
        ("稳赚  \n不赔", "稳赚  \n不赔"),
        ("稳赚\\\n   不赔", "稳赚\\\n   不赔"),
        ("稳赚<br>不赔", "稳赚<br>不赔"),
        ("稳赚 <br/>\n 不赔", "稳赚 <br/>\n 不赔"),
        ("稳赚\u200b\n不赔", "稳赚\u200b\n不赔"),
        ("> 稳赚\n> 不赔", "稳赚\n> 不赔"),
        ("> - 稳赚\n>   不赔", "稳赚\n>   不赔"),
        ("**稳赚**\n*不赔*", "稳赚**\n*不赔"),
        ("`稳赚\n不赔`", "稳赚\n不赔"),
        ("> `稳赚\n> 不赔`", "稳赚\n> 不赔"),
        ("<div>\n稳赚\n不赔\n</div>", "稳赚\n不赔"),
        ("> <div>\n> 稳赚<b>不\n> 赔</b>\n> </div>", "稳赚<b>不\n> 赔"),
        ("😀**稳赚**不赔", "稳赚**不赔"),
        ("é稳赚不赔", "稳赚不赔"),
        ("\ufeff稳赚不赔", "稳赚不赔"),
    ],
)
def test_joined(text: str, source: str) -> None:
    assert marked(text.replace("\u200b", ""), "稳赚不赔") == source.replace("\u200b", "")
    assert "稳赚\u200b 不赔" not in document(text).visible.text


@pytest.mark.parametrize(
    ("text", "phrase", "source"),
    [
        ("not\nadvice", "not advice", "not\nadvice"),
        ("not  \n   advice", "not advice", "not  \n   advice"),
        ("not<br>advice", "not advice", "not<br>advice"),
        ("稳赚 a\n不赔", "a 不赔", "a\n不赔"),
        ("AT&amp;T", "AT&T", "AT&amp;T"),
        ("a&nbsp;b", "a\u00a0b", "a&nbsp;b"),
        (r"1\*2\_3", "1*2_3", r"1\*2\_3"),
        ("**“稳赚”**不赔", "**“稳赚”**不赔", "**“稳赚”**不赔"),  # CommonMark shows the asterisks
        ("| a\\|b |\n|---|", "a|b", "a\\|b"),
        ("| `a\\|b` |\n|---|", "a|b", "a\\|b"),
        ("`` a ` b ``", "a ` b", "a ` b"),
        ("` `` `", "``", "``"),
        ("$x_1 + y_2$", "$x_1 + y_2$", "$x_1 + y_2$"),
        ("[[页面|说明]]", "[[页面|说明]]", "[[页面|说明]]"),
        ("&lt;稳赚&gt;", "<稳赚>", "&lt;稳赚&gt;"),
        ("a&#10;b", "a b", "a&#10;b"),
        ("~稳赚~", "稳赚", "稳赚"),
    ],
)
def test_text(text: str, phrase: str, source: str) -> None:
    assert marked(text, phrase) == source


# -- blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 甲\n\n乙\n丙\n", [("heading", "甲"), ("paragraph", "乙丙")]),
        ("甲\n===\n乙\n---", [("heading", "甲"), ("heading", "乙")]),
        ("> 甲\n>\n> 乙", [("quote", "甲"), ("quote", "乙")]),
        ("- 甲\n\n  乙\n- 丙", [("list", "甲"), ("list", "乙"), ("list", "丙")]),
        ("甲 | 乙\n--|--\n丙 | 丁", [("table", "甲"), ("table", "乙"), ("table", "丙"), ("table", "丁")]),
        ("正文[^1]\n\n[^1]: 稳赚不赔\n\n    二段", [("paragraph", "正文"), ("paragraph", "稳赚不赔"), ("paragraph", "二段")]),
        ("```py\na\n\n b\n```", [("code-block", "a\n\n b")]),
        ("```\r\na\r\nb\r\n```", [("code-block", "a\nb")]),
        ("> ```\n> a\n> b\n> ```", [("code-block", "a\nb")]),
        ("    a\n    b\n", [("code-block", "a\nb")]),
        ("<pre>\na\n b\n</pre>", [("code-block", "a\n b")]),
        ("甲<pre>a\nb", [("paragraph", "甲"), ("code-block", "a\nb")]),
        ("<p>&nbsp;</p>\n\n&#12288;\n", []),
        ("::: tip\n---", [("heading", "::: tip")]),
        ("<figure><img src=a><figcaption>甲</figcaption></figure>", [("paragraph", "\ufffc"), ("caption", "甲")]),
        ("<blockquote>\n\n甲\n\n</blockquote>", [("quote", "甲")]),
        ("<table><tr><td>甲<td>乙</table>\n\n丙", [("table", "甲"), ("table", "乙"), ("paragraph", "丙")]),
        ("<nav>\n\n- 甲\n\n</nav>", [("chrome", "甲")]),
        ("*甲*", [("paragraph", "甲")]),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


def test_what_is_around() -> None:
    made = document("> - 甲\n>   - 乙\n>\n>     ## 丙\n\n| a |\n|-|\n| b |")
    assert [(b.scope, b.inside, b.level) for b in made.blocks] == [
        ("list", ("quote",), 1),
        ("list", ("quote", "list"), 2),
        ("heading", ("quote", "list"), 2),
        ("table", (), 1),
        ("table", (), 2),
    ]


def test_marks_and_breaks() -> None:
    made = document("码 `AB\nCD` 见\n[链**接**](u)\n")
    assert [(mark.scope, made.visible.text[mark.start : mark.end]) for mark in made.marks] == [("code", "AB CD"), ("link", "链接")]
    assert [made.visible.text[:at] for at in made.breaks] == ["码 AB", "码 AB CD 见"]


# -- links and pictures


def hung(text: str, site: str = "none") -> list[tuple[str, str, str, str]]:
    """(scope, text, source, what it hangs on) of link targets and picture texts."""
    made = document(text, site)
    return [
        (
            block.scope,
            made.visible.text[block.start : block.end],
            text[slice(*made.visible.span(block.start, block.end))],
            made.visible.text[slice(*block.anchor)],
        )
        for block in made.blocks
        if block.owner >= 0
    ]


@pytest.mark.parametrize("text", ["[](u)", "[a]()", "[a](<>)", "[a]", "[a][b]", "![](a.png)", "`[a](u)`"])
def test_nothing_hangs(text: str) -> None:
    assert hung(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲](https://a.cn/x_y_z)", [("url", "https://a.cn/x_y_z", "https://a.cn/x_y_z", "甲")]),
        ("[甲](<a b> '标题')", [("url", "a b", "a b", "甲"), ("alt", "标题", "标题", "甲")]),
        ("[甲](u&amp;v)", [("url", "u&v", "u&amp;v", "甲")]),
        ("[甲](u(1)v)", [("url", "u(1)v", "u(1)v", "甲")]),
        ('[甲](u "](v)")', [("url", "u", "u", "甲"), ("alt", "](v)", "](v)", "甲")]),
        ("[**甲**](u)", [("url", "u", "u", "甲")]),
        ("[`甲`](u)", [("url", "u", "u", "甲")]),
        ("[甲][r]\n\n[R]: <u> (标题)", [("url", "u", "u", "甲"), ("alt", "标题", "标题", "甲")]),
        ("[r]\n\n> [r]: u", [("url", "u", "u", "r")]),
        ("[r][]\n\n[r]:\n  u", [("url", "u", "u", "r")]),
        ("<https://a.cn>", [("url", "https://a.cn", "https://a.cn", "https://a.cn")]),
        ("<x@a.cn>", [("url", "mailto:x@a.cn", "x@a.cn", "x@a.cn")]),
        ("见https://a.cn/x_y_z，好", [("url", "https://a.cn/x_y_z", "https://a.cn/x_y_z", "https://a.cn/x_y_z")]),
        ("https://a.cn/?a=1&amp;b=2", [("url", "https://a.cn/?a=1&b=2", "https://a.cn/?a=1&amp;b=2", "https://a.cn/?a=1&b=2")]),
        ("[https://a.cn](https://b.cn)", [("url", "https://b.cn", "https://b.cn", "https://a.cn")]),
        ("![甲*乙*](a.png '题')", [("alt", "甲乙", "甲*乙", "\ufffc"), ("alt", "题", "题", "\ufffc")]),
        ("[![甲](a.png)](u)", [("alt", "甲", "甲", "\ufffc"), ("url", "u", "u", "\ufffc")]),
        ("![甲][r]\n\n[r]: a '题'", [("alt", "甲", "甲", "\ufffc"), ("alt", "题", "题", "\ufffc")]),
        ("![甲\n乙](a)", [("alt", "甲 乙", "甲\n乙", "\ufffc")]),
        ('<a href="u&amp;v">甲</a>', [("url", "u&v", "u&amp;v", "甲")]),
        ("<a href=u>\n\n甲\n\n乙</a>", [("url", "u", "u", "甲")]),
        ('<img src=a alt="甲">', [("alt", "甲", "甲", "\ufffc")]),
    ],
)
def test_what_hangs(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert hung(text) == expected


def test_a_break_before_a_link_is_none_of_it() -> None:
    made = document("see\n[this](u)")
    assert [made.visible.text[slice(*block.anchor)] for block in made.blocks if block.owner >= 0] == ["this"]


# -- around the text


def test_front_matter() -> None:
    text = "---\ntitle: 标题\n---\n\n**稳赚**不赔 [甲][r]\n\n[r]: https://a.cn\n"
    made = document(text)
    assert [(b.scope, made.visible.text[b.start : b.end]) for b in made.blocks][:3] == [
        ("title", "标题"),
        ("paragraph", "稳赚不赔 甲"),
        ("url", "https://a.cn"),
    ]
    at = made.visible.text.index("https")
    assert text[slice(*made.visible.span(at, at + 12))] == "https://a.cn"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- checker-disable-next a/b reason: x -->\n\n正文", "checker-disable-next a/b reason: x"),
        ("正<!-- checker-disable-line -->文", "checker-disable-line"),
        ("> 正文\n>\n> <!-- checker-disable\n> a/b -->", "checker-disable\n> a/b"),
        ("<!-- 注释 -->", None),
        ("`<!-- checker-disable-line -->`", None),
    ],
)
def test_directives(text: str, expected: str | None) -> None:
    found = document(text).directives
    assert [d.text for d in found] == ([expected] if expected else [])
    for directive in found:
        source = text[slice(*directive.span)]
        assert source.startswith("<!--")
        assert source.endswith("-->")


# -- size


def test_deep_nesting() -> None:
    assert blocks("> " * 5000 + "稳赚不赔")[-1] == ("quote", "稳赚不赔")
    assert blocks("<div>" * 10_000 + "稳赚不赔")[-1] == ("paragraph", "稳赚不赔")
    assert "稳赚不赔" in "".join(text for _, text in blocks("*" * 10_000 + "稳赚不赔" + "*" * 10_000))
    assert "稳赚不赔" in "".join(text for _, text in blocks("[" * 10_000 + "稳赚不赔" + "](u)" * 10_000))
    assert "稳赚不赔" in "".join(text for _, text in blocks("![" * 3000 + "稳赚不赔" + "](u)" * 3000))
