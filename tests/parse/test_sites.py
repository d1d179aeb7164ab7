"""Shortcodes of site generators: markup where the site is theirs, text to be seen where it is not."""

from __future__ import annotations

import pytest

from checker.document import Source
from checker.parse import parse


def shown(text: str, site: str, path: str = "a.md", format: str = "markdown") -> list[str]:
    """The texts of all blocks of prose and code; every character of them must map to its source."""
    made = parse(Source(path, text), format, site)
    for block in made.blocks:
        start, end = made.visible.span(block.start, block.end)
        assert made.visible.text[block.start] in (text[start], "\ufffc")
        assert made.visible.text[block.end - 1] in (text[end - 1], "\ufffc")
    return [made.visible.text[block.start : block.end] for block in made.blocks]


@pytest.mark.parametrize(
    ("site", "text"),
    [
        ("none", "{{< ref >}}"),
        ("none", "{% post_link a %}"),
        ("none", "::: tip"),
        ("none", "[[toc]]"),
        ("jekyll", "{{< ref >}}"),
        ("hugo", "{% post_link a %}"),
        ("hugo", "{{ .Title }}"),
        ("hexo", "::: tip"),
        ("vuepress", "{% post_link a %}"),
        ("hugo", "{{</* ref */>}}"),
        ("hugo", "{{< 没有关上"),
        ("none", "import 税率上调"),
        ("none", "{/* 注释 */}"),
    ],
)
def test_left_alone(site: str, text: str) -> None:
    assert shown(text, site) == [text]


def test_unclosed_hides_nothing_but_itself() -> None:
    assert shown("{{< a\n\n稳赚不赔\n\n>}}", "hugo") == ["{{< a", "稳赚不赔", "}}"]
    assert shown("{{< a {{< b >}} c", "hugo") == ["{{< a  c"]
    assert shown("{{< " + "稳" * 3000 + " >}}", "hugo") == ["{{< " + "稳" * 3000 + " >}}"]


@pytest.mark.parametrize(
    ("site", "text", "expected"),
    [
        ("hugo", "甲{{< a x='*y*' >}}乙", ["甲乙"]),
        ("hugo", "{{% notice warning %}}\n稳赚**不赔**\n{{% /notice %}}", ["稳赚不赔"]),
        ("hugo", '{{< figure src="a" caption="图注" >}}', ["\ufffc图注\ufffc"]),
        ("hugo", "| 甲 {{< a | b >}} | 乙 |\n|---|---|", ["甲 ", "乙"]),
        ("hugo", "{{< highlight go >}}\na *b*\n{{< /highlight >}}", ["a *b*"]),
        ("hugo", '[甲]({{< ref "p.md" >}}#x)', ["甲", "#x"]),
        ("hugo", "`{{< a >}}`甲", ["甲"]),
        ("hugo", "\ue000甲{{< a >}}", ["\ue000甲"]),
        ("hexo", "{% note info %}\n甲\n{% endnote %}\n\n{{ page.title }}乙", ["甲", "乙"]),
        ("hexo", "{% codeblock %}\na\n{% endcodeblock %}", ["a"]),
        ("jekyll", "甲\n{: .lead}\n\n{% comment %}\n\n乙\n\n{% endcomment %}", ["甲"]),
        ("jekyll", "---\ntitle: a {{ b\n---\n\n甲}}乙", ["a {{ b", "甲}}乙"]),
        ("gitbook", '{% hint style="info" %}\n甲\n{% endhint %}', ["甲"]),
        ("vuepress", "[[toc]]\n\n甲", ["甲"]),
        ("vuepress", "甲\n::: warning 标题\n乙\n:::\n丙", ["甲", "标题", "乙", "丙"]),
        ("vuepress", "::: details\n- 甲\n:::\n", ["甲"]),
        ("vuepress", "> ::: tip\n> 甲\n> :::", ["甲"]),
        ("vuepress", "甲{{ $frontmatter.x }}乙<Badge text='x'/>", ["甲乙"]),
        ("vuepress", "@[code js](./a.js)\n<<< @/b.js", []),
    ],
)
def test_markup(site: str, text: str, expected: list[str]) -> None:
    assert shown(text, site) == expected


def test_container_titles_are_no_headings() -> None:
    made = parse(Source("a.md", "::: tip 标题\n甲"), "markdown", "vuepress")
    assert [block.scope for block in made.blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('import A from "./a"\nexport const x = 1\n\n甲', ["甲"]),
        ("import {\n  A,\n} from './a'\n\n甲", ["甲"]),
        ("甲{/* 注释\n\n注释 */}乙", ["甲乙"]),
        ("<Tabs>\n**稳赚**不赔\n</Tabs>", ["稳赚不赔"]),
        ("<Tab label='甲' x={{a: 1}}>乙</Tab>", ["\ufffc甲\ufffc乙"]),
        ("<>\n    甲\n    乙\n</>", ["甲乙"]),
        ("<div style={{display: 'none'}}>\n\n甲\n\n</div>\n\n乙", ["乙"]),
        ('<div className={a("b")}>甲</div>', ["甲"]),
        ("版本 {props.version} 发布", ["版本  发布"]),
        ("1 < 2，a > b", ["1 < 2，a > b"]),
    ],
)
def test_mdx(text: str, expected: list[str]) -> None:
    assert shown(text, "none", "a.mdx") == expected


def test_mdx_directive() -> None:
    text = "{/* checker-disable-next a/b reason: x */}\n\n甲"
    (directive,) = parse(Source("a.mdx", text), "markdown").directives
    assert (directive.text, text[slice(*directive.span)]) == ("checker-disable-next a/b reason: x", text[:-3])


def test_pages_hold_template_tags_too() -> None:
    text = '<p>甲{{ a }}乙 {% if x %}<a href="{{ site.url }}/p">丙</a>{% endif %}'
    assert shown(text, "jekyll", "a.html", "html") == ["甲乙 丙", "/p"]
    assert shown("<p>甲{{ a }}乙", "none", "a.html", "html") == ["甲{{ a }}乙"]


@pytest.mark.parametrize("text", ["{{<" * 50_000, "{%" * 50_000, "{/*" * 50_000, "<A {" * 30_000, "import a\n" * 20_000, ":::" * 50_000])
def test_linear(text: str) -> None:
    for site in ("hugo", "jekyll", "vuepress"):
        parse(Source("a.mdx", text), "markdown", site)
