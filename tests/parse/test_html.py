"""HTML pages: what a browser shows, in which blocks and where it stands; what pages say of themselves."""

from __future__ import annotations

import pytest

from checker.document import Document, Source
from checker.parse.html import parse


def document(text: str) -> Document:
    return parse(Source("page.html", text))


def blocks(text: str) -> list[tuple[str, str]]:
    """(scope, text) of all blocks but metadata."""
    made = document(text)
    return [(b.scope, made.visible.text[b.start : b.end]) for b in made.blocks if not b.scope.startswith("front_matter.")]


def marked(text: str, phrase: str) -> str:
    """What the source has where the phrase is seen."""
    made = document(text)
    at = made.visible.text.index(phrase)
    return text[slice(*made.visible.span(at, at + len(phrase)))]


# -- what no reader sees


@pytest.mark.parametrize(
    "text",
    [
        "<script>稳赚不赔</script>",
        "<SCRIPT type=x>a</b>稳赚不赔</scripty>稳赚不赔</script >",
        "<script><!-- <script> 稳赚不赔 </script> 稳赚不赔 --></script>",
        "<script>稳赚不赔",
        "<style>稳赚不赔</style>",
        "<template><p>稳赚不赔</p></template>",
        "<noscript><p>稳赚不赔</p></noscript>",
        "<iframe>稳赚不赔</iframe>",
        "<object data=x><p>稳赚不赔</object>",
        "<svg><defs><text>稳赚不赔</text></defs></svg>",
        "<video>稳赚不赔</video>",
        "<svg><title>稳赚不赔</title></svg>",
        "<math><annotation>稳赚不赔</annotation></math>",
        "<dialog>稳赚不赔</dialog>",
        "<p hidden>稳赚不赔",
        "<p HIDDEN=''>稳赚不赔",
        "<div hidden><p>稳赚不赔<div>稳赚不赔</div>稳赚不赔</div>",
        "<table hidden><tr><td>稳赚不赔</table>",
        "<ul><li hidden>稳赚不赔<li>x</ul>",
        "<p style=display:none>稳赚不赔",
        "<p style='a:b;Display:\nNone !important'>稳赚不赔",
        "<p style=visibility:collapse>稳赚不赔",
        "<p style='font-size:0px'>稳赚不赔",
        "<p style='font-size: 0.0em;'>稳赚不赔",
        "<p style=display:&#110;one>稳赚不赔",
        "<!-- 稳赚不赔 -->",
        "<!-- > 稳赚不赔 -->",
        "<!-- 稳赚不赔",
        "<!稳赚不赔>",
        "<?稳赚不赔?>",
        "</ 稳赚不赔>",
        "<p 稳赚不赔>",
        "<p a='稳赚不赔'>",
        "<p a='>稳赚不赔'>",
        "<p a=1 稳赚不赔",
        "<input type=hidden value=稳赚不赔>",
        "<img hidden alt=稳赚不赔>",
        "<meta content=稳赚不赔>",
        "<option label=x hidden>稳赚不赔",
    ],
)
def test_unseen(text: str) -> None:
    assert "稳赚不赔" not in document("<p>正文</p>" + text).visible.text


@pytest.mark.parametrize(
    "text",
    [
        "<p aria-hidden=true>稳赚不赔",
        "<p style='font-size:0.8em'>稳赚不赔",
        "<p style='font-size:06px'>稳赚不赔",
        "<p data-hidden class=hidden>稳赚不赔",
        "<p style='display:block'>稳赚不赔",
        "<dialog open>稳赚不赔</dialog>",
        "<details><summary>x</summary>稳赚不赔</details>",
        "<!-->稳赚不赔",
        "<!--->稳赚不赔",
        "<!-- x --!>稳赚不赔",
        "<script></script>稳赚不赔",
        "<script><!-- </script>稳赚不赔",
        "<title></title>稳赚不赔",
        '<p a="\'">稳赚不赔',
        "<p a=b'>稳赚不赔",
        "<a href=x?a='b>稳赚不赔</a>",
        "1 < 2 稳赚不赔",
        "a<稳赚不赔",
        "</>稳赚不赔",
        "<p hidden>x<p>稳赚不赔",
        "<ul><li hidden>x<li>稳赚不赔</ul>",
        "<div hidden>x</div>稳赚不赔",
        "<div hidden><span>x</div>稳赚不赔",
        "<div hidden><table><tr><td>x</table></div>稳赚不赔",
        "<noscript><div></noscript>稳赚不赔",
        "<template><object></template>稳赚不赔",
        "<table><tr><td hidden>x<td>稳赚不赔</table>",
        "<button>稳赚不赔</button>",
        "<textarea>稳赚不赔</textarea>",
        "<select><option>稳赚不赔</select>",
        "<svg><text>稳赚不赔</text></svg>",
        "<font color=white>稳赚不赔</font>",
        "<object><p>稳赚不赔</object>",
        "<desc>稳赚不赔</desc>",
        "<applet>稳赚不赔</applet>",
        "<svg><defs>x</defs></svg>稳赚不赔",
        "<unknown-tag>稳赚不赔</unknown-tag>",
        "<plaintext>稳赚不赔",
    ],
)
def test_seen(text: str) -> None:
    assert marked(text, "稳赚不赔") == "稳赚不赔"


# -- halves that are apart


@pytest.mark.parametrize(
    "text",
    [
        "<p>稳赚<p>不赔",
        "<div>稳赚<div>不赔",
        "稳赚<div></div>不赔",
        "<h1>稳赚</h1>不赔",
        "<td>",
        "<table><tr><td>稳赚<td>不赔</table>",
        "<table><tr><td>稳赚<tr><td>不赔</table>",
        "<table><caption>稳赚</caption><tr><td>不赔</table>",
        "<ul><li>稳赚<li>不赔</ul>",
        "<dl><dt>稳赚<dd>不赔</dl>",
        "<select><option>稳赚<option>不赔</select>",
        "稳赚<hr>不赔",
        "稳赚<img>不赔",
        "稳赚<input>不赔",
        "稳赚<button>不赔</button>",
        "<title>稳赚</title>不赔",
        "<p>稳赚<p hidden>x</p>不赔",
        "稳赚</p>不赔",
        "稳赚<table></table>不赔",
        "<label>稳赚</label> <label>不赔</label>",
    ],
)
def test_apart(text: str) -> None:
    assert "稳赚不赔" not in document(text).visible.text


# -- what joins, at its exact range


@pytest.mark.parametrize(
    ("text", "phrase", "source"),
    [
        ("<p>稳<b>赚</b>不赔</p>", "稳赚不赔", "稳<b>赚</b>不赔"),
        ("<p>稳赚&#19981;赔", "稳赚不赔", "稳赚&#19981;赔"),
        ("<p>稳赚&#x4E0D赔", "稳赚不赔", "稳赚&#x4E0D赔"),
        ("<p>稳赚<!-- x -->不赔", "稳赚不赔", "稳赚<!-- x -->不赔"),
        ("<p>稳赚<script>x</script>不赔", "稳赚不赔", "稳赚<script>x</script>不赔"),
        ("<p>稳赚<span hidden>x</span>不赔", "稳赚不赔", "稳赚<span hidden>x</span>不赔"),
        ("稳赚<div hidden>x<p>x</p></div>不赔", "稳赚不赔", "稳赚<div hidden>x<p>x</p></div>不赔"),
        ("<p>稳赚</div>不赔", "稳赚不赔", "稳赚</div>不赔"),
        ("<p>稳<wbr>赚<wbr/>不赔", "稳赚不赔", "稳<wbr>赚<wbr/>不赔"),
        ("<p>稳赚<br>不赔", "稳赚不赔", "稳赚<br>不赔"),
        ("<p>稳赚 <br />\n  不赔", "稳赚不赔", "稳赚 <br />\n  不赔"),
        ("<p>稳赚\r\n\t不赔", "稳赚不赔", "稳赚\r\n\t不赔"),
        ("<p>稳赚\r不赔", "稳赚不赔", "稳赚\r不赔"),
        ("<p>稳赚&#10;不赔", "稳赚不赔", "稳赚&#10;不赔"),
        ("<p>稳赚\n</b>\n<b> 不赔", "稳赚不赔", "稳赚\n</b>\n<b> 不赔"),
        ("<p>\n  稳赚不赔\n</p>", "稳赚不赔", "稳赚不赔"),
        ("<a href=x>稳赚</a>不赔", "稳赚不赔", "稳赚</a>不赔"),
        ("<p>稳赚</p-x>不赔", "稳赚不赔", "稳赚</p-x>不赔"),
        ("<p>稳赚</p x>不赔", "稳赚", "稳赚"),
        ("稳赚</section>不赔", "不赔", "不赔"),
        ("<ruby>稳<rp>(</rp><rt>wěn</rt><rp>)</rp>赚<rt>z</ruby>不赔", "稳赚不赔", "稳<rp>(</rp><rt>wěn</rt><rp>)</rp>赚<rt>z</ruby>不赔"),
        ("<ruby>稳<rp>(<rt>wěn<rp>)</ruby>赚不赔", "稳赚不赔", "稳<rp>(<rt>wěn<rp>)</ruby>赚不赔"),
        ("<ruby>稳<rt>稳赚不赔<p>赚", "稳赚不赔", "稳赚不赔"),
        ("<title>稳赚&#19981;赔</title>", "稳赚不赔", "稳赚&#19981;赔"),
        ("<p>not\n  advice", "not advice", "not\n  advice"),
        ("<p>AT&ampT &notit; &nosuch; &", "AT&T ¬it; &nosuch; &", "AT&ampT &notit; &nosuch; &"),
        ("<p>a&nbsp;b", "a\u00a0b", "a&nbsp;b"),
        ("<p>&#128;&#0;", "€\ufffd", "&#128;&#0;"),
        ("<p>&#x1F600;&NotEqualTilde;", "😀≂̸", "&#x1F600;&NotEqualTilde;"),
        ("<svg><text><![CDATA[a&amp;b]]></text></svg>", "a&amp;b", "a&amp;b"),
    ],
)
def test_text(text: str, phrase: str, source: str) -> None:
    assert marked(text, phrase) == source


# -- blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   \n", []),
        ("<p> </p>\n<div>\n</div>", []),
        ("<h1>甲</h2>乙", [("heading", "甲"), ("paragraph", "乙")]),
        ("<h1>甲<p>乙", [("heading", "甲"), ("paragraph", "乙")]),
        ("<h1>甲<ul><li>乙</ul><h2>丙", [("heading", "甲"), ("list", "乙"), ("heading", "丙")]),
        ("<h1><p>甲</p></h1>乙", [("heading", "甲"), ("paragraph", "乙")]),
        ("<h1><div>甲</div><div>乙</div></h1>", [("heading", "甲"), ("heading", "乙")]),
        ("<li>甲<p>乙</li>丙", [("list", "甲"), ("list", "乙"), ("paragraph", "丙")]),
        ("<blockquote>甲<cite>乙</cite></blockquote>", [("quote", "甲乙")]),
        ("<td>甲</td>", [("paragraph", "甲")]),  # a cell of no table
        ("<table><tr><td>甲</div>乙</table>丙", [("table", "甲乙"), ("paragraph", "丙")]),
        ("<pre>\n a\r\n  b\n\nc</pre>", [("code-block", " a\n  b\n\nc")]),
        ("<pre>a<br>b\n</pre>", [("code-block", "a\nb")]),
        ("<p>&nbsp;</p><p>\u3000", []),
        ("<pre><code>a&#10;b</code></pre>", [("code-block", "a\nb")]),
        ("<p>a <code>b</code>", [("paragraph", "a b")]),
        ("<figure><figcaption>甲</figcaption></figure>", [("caption", "甲")]),
        (
            "<form>甲<input placeholder=乙><input type=submit value=丙></form>",
            [("paragraph", "甲\ufffc\ufffc"), ("alt", "乙"), ("alt", "丙")],
        ),
        ("<p>甲<a title=乙>丙</a>", [("paragraph", "甲丙"), ("alt", "乙")]),
        ("<abbr title='甲乙'>丙</abbr>丁", [("paragraph", "丙丁"), ("alt", "甲乙")]),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("<nav><p>甲</nav>", "chrome"),
        ("<header><h1>甲</h1></header>", "chrome"),
        ("<footer>甲</footer>", "chrome"),
        ("<aside>甲</aside>", "chrome"),
        ("<article><aside>甲</aside></article>", "chrome"),
        ("<div role=navigation>甲</div>", "chrome"),
        ("<div class='x cookie-bar'>甲</div>", "chrome"),
        ("<div id=gdprNotice><button>甲</button></div>", "chrome"),
        ("<article><header><h1>甲</h1></header></article>", "heading"),
        ("<main><header>甲</header></main>", "paragraph"),
        ("<article><footer>甲</footer></article>", "paragraph"),
        ("<body class=no-cookies>甲", "paragraph"),
        ("<nav>乙</nav>甲", "paragraph"),
    ],
)
def test_chrome(text: str, scope: str) -> None:
    assert (scope, "甲") in blocks(text)


def test_levels() -> None:
    made = document("<ol><li>甲<ul><li>乙</ul></ol><table><tr><th>1<tr><td>2<td>3</table><blockquote><h3>丙</h3></blockquote>")
    assert [(b.scope, b.inside, b.level) for b in made.blocks] == [
        ("list", (), 1),
        ("list", ("list",), 2),
        ("table", (), 1),
        ("table", (), 2),
        ("table", (), 2),
        ("heading", ("quote",), 3),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a href=''>甲</a>", []),
        ("<a href=u></a>甲", []),
        ("<a href=u hidden>甲</a>", []),
        ("<a href=u>甲</a>", [("url", "u", "u", "甲")]),
        ("<a href='u?a=1&copy=2&amp;b'>甲</a>", [("url", "u?a=1&copy=2&b", "u?a=1&copy=2&amp;b", "甲")]),
        ("<a href=u><h2>甲</h2><p>乙</p></a>", [("url", "u", "u", "甲")]),
        ("<a href=u>甲<a href=v>乙</a>", [("url", "u", "u", "甲"), ("url", "v", "v", "乙")]),
        ("<a href=u><img alt=甲></a>", [("alt", "甲", "甲", "\ufffc"), ("url", "u", "u", "\ufffc")]),
        ("<p>见 https://a.cn/&amp;x。", [("url", "https://a.cn/&x", "https://a.cn/&amp;x", "https://a.cn/&x")]),
        ("<a href=u>https://a.cn</a>", [("url", "u", "u", "https://a.cn")]),
        ("<pre>https://a.cn</pre>", []),
    ],
)
def test_what_hangs(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    made = document(text)
    seen = made.visible.text
    hung = [b for b in made.blocks if b.owner >= 0]
    assert [
        (b.scope, seen[b.start : b.end], text[slice(*made.visible.span(b.start, b.end))], seen[slice(*b.anchor)]) for b in hung
    ] == expected


# -- what pages say of themselves


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<meta charset=utf-8><meta http-equiv=x content=y>", []),
        ("<meta NAME=Author content='张 三'>", [("author", "张 三", "张 三")]),
        ("<meta property=og:title content='A&amp;B'>", [("og:title", "A&B", "A&amp;B")]),
        ("<meta name=source content=''>", [("source", "", "")]),
        ("<title>\n 标题 &amp;\n</title>", [("title", "标题 &", "\n 标题 &amp;\n")]),
        ('<script type="application/ld+json">{"author": "张三"}</script>', [("author", "张三", "张三")]),
        (
            '<script type=application/ld+json>{"@graph": [{"@type": "X", "author": [{"@type": "Person", "name": "\\u5f20", "url": "u"}],'
            ' "comment": {"author": "路人"}, "datePublished": "2026-01-01", "isBasedOn": null}]}</script>',
            [("author", "张", "\\u5f20"), ("date", "2026-01-01", "2026-01-01"), ("source", "", "")],
        ),
        ('<script type=application/ld+json>{"publisher": {"name": "报</script>', [("publisher", "报", "报")]),
        ('<script>{"author": "张三"}</script>', []),
    ],
)
def test_fields(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(item.key, item.value, text[slice(*item.span)]) for item in document(text).fields] == expected


def test_language() -> None:
    assert document("<!doctype html><html lang=zh-CN><p>甲").lang == "zh-CN"
    assert document("<html><p lang=en>甲").lang == ""


def test_directives() -> None:
    text = "<p>甲</p><!-- checker-disable-next a/b reason: x --><p>乙</p><!-- x -->"
    (directive,) = document(text).directives
    assert (directive.text, text[slice(*directive.span)]) == (
        "checker-disable-next a/b reason: x",
        "<!-- checker-disable-next a/b reason: x -->",
    )


# -- size


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 50_000,
        "<div>" * 20_000 + "</span>" * 20_000,
        "<b><div>" + "<span>" * 20_000 + "</b>" * 20_000,
        "<p><button>" + "<span>" * 20_000 + "<div></div>" * 20_000,
        "<ul><li>" * 20_000,
        "<table><tr><td>" * 10_000,
        "<a href=u>" * 20_000,
        "<blockquote><ul><li><aside>" * 5_000,
        "<" * 200_000,
        "<!" * 100_000,
        "<!-" * 100_000,
        "<a b='" * 50_000,
        "<a " * 50_000,
        "</a " * 50_000,
        "&" * 200_000,
        "&#" * 100_000,
        "<script>" * 50_000,
        "<script><!--" + "<script>" * 50_000,
        "<p>a" + " " * 200_000 + "b" + "\n" * 200_000,
        "<code>a<p>" * 5_000,
        "<b title=x>a" * 5_000,
        "<b title=x>" * 10_000 + "<p>a" * 10_000,
        '<script type="application/ld+json">' + "[" * 100_000,
    ],
)
def test_linear(text: str) -> None:
    document(text + "<p>正文")
