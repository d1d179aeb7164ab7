"""Whatever is written: every character that is seen knows its place, and what is seen is found exactly, what is not never."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from pathlib import Path

import pyromark
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.document import OBJECT, Document, Source
from checker.fold import fold
from checker.parse import parse
from checker.parse.markdown import OPTIONS
from checker.text import View

PHRASE = "稳赚不赔"
TOKENS = [
    *("稳", "赚", "不赔", "a", "b c", " ", "\n", "\r\n", "\r", "\n\n", "\n\n", "\t", "    ", "。", "，", "1", "é", "😀", "\u200b"),
    *("\u0301", "\ufeff", "\x00", "\x01", "\u3000", "\u00a0", "\u2028", "\x85", "\ue000", "ﬁ", "Ａ", "賺", "½", "$", "{#x}", ":::"),
    *("::: tip\n", "===\n", "*", "**", "_", "~~", "`", "``", "```\n", "~~~\n", "[", "]", "](u)", "](<u> 't')", "![", "[^1]"),
    *("[^1]: ", "[r]: u\n", "[r]", "\\", "|", "\n|-|-|\n", "# ", "## ", "- ", "1. ", "> ", "- [x] ", "---\n", "***\n", "{{< a >}}"),
    *("{% b %}", "{{ c }}", "<", ">", "&", ";", '"', "'", "=", "/", "&amp;", "&#19981;", "&#x4e0d", "&nbsp;", "&NotEqualTilde;"),
    *("&#10;", "&#0;", "&lt", "https://a.cn/x", "<https://b.cn>", "www.c.cn", "<b>", "</b>", "<p>", "</p>", "<div>", "</div>"),
    *("<div hidden>", "<i style='display:none'>", "</i>", "<br>", "<hr/>", "<td>", "<table>", "<tr>", "</table>", "<ul><li>"),
    *("</ul>", "<a href='u&amp;v'>", "</a>", "<img alt='x&lt;y' src=u>", "<!--", "-->", "<!-- c -->", "<script>", "</script>"),
    *("<pre>", "</pre>", "<title>", "</title>", "<nav>", "</nav>", "<code>", "</code>", "<h2>", "</h2>", "<i title=t>"),
    *("<textarea>", "<svg>", "<![CDATA[", "]]>", "<object>", "</object>", "<template>", "<li>", "<button>"),
]  # fmt: skip
texts = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)
sites = st.sampled_from(["none", "hugo", "jekyll", "vuepress"])
formats = st.sampled_from(["markdown", "html"])


def document(text: str, format: str, site: str = "none") -> Document:
    return parse(Source("a.mdx" if site == "vuepress" else "a.md", text), format, site)


def stands_for(source: str, seen: str) -> bool:
    """Whether a source range may be seen as this character: itself, an entity, a line end or `<br>`, a picture."""
    if source == seen or seen == OBJECT or (seen in " \n" and re.search(r"[\r\n]|<br", html.unescape(source))):
        return True
    if source.startswith("&"):
        return seen in html.unescape(source) or seen in html.unescape(source + ";")
    return seen == "\n" and source == ""


def check_places(made: Document, view: View) -> None:
    text = made.source.text
    for block in made.blocks:
        before = 0
        for at in range(block.start, block.end):
            start, end = made.visible.span(at, at + 1)
            assert 0 <= start <= end <= len(text)
            if block.owner < 0 and not block.scope.startswith("front_matter."):
                assert stands_for(text[start:end], view.text[at]), (view.text[at], text[start:end])
                assert start >= before
                before = start if end - start != 1 else end
            assert made.visible.span(block.start, block.end)[0] <= start or block.owner >= 0


@given(texts, formats, sites)
@example("<p>\n\n稳\n赚</p>", "markdown", "none")
@example("> `稳\n> 赚`", "markdown", "none")
def test_every_character_knows_its_place(text: str, format: str, site: str) -> None:
    made = document(text, format, site)
    check_places(made, made.visible)
    folded = fold(made.visible)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(made.visible.text)
        assert made.visible.span(start, end).end <= len(text)


@given(texts, formats, sites)
def test_blocks_cover_the_text_in_order(text: str, format: str, site: str) -> None:
    made = document(text, format, site)
    at = 0
    for number, block in enumerate(made.blocks):
        assert block.start == at < block.end
        assert made.visible.text[block.end] == "\n"
        assert block.owner < number
        if block.owner >= 0:
            owner = made.blocks[block.owner]
            assert owner.start <= block.anchor.start < block.anchor.end <= owner.end
        elif block.scope != "code-block" and "chrome" not in block.inside:
            assert "\n" not in made.visible.text[block.start : block.end]
        at = block.end + 1
    assert at == len(made.visible.text)
    assert list(made.breaks) == sorted(made.breaks)
    for scope in ("link", "code"):
        marks = [mark for mark in made.marks if mark.scope == scope]
        assert all(0 <= one.start < one.end <= two.start for one, two in pairwise(marks))
        assert all(mark.end <= len(made.visible.text) for mark in marks)


# -- a phrase planted where it is seen

DRESSED = [
    *(PHRASE, "**稳赚**不赔", "稳*赚不*赔", "~~稳赚~~不赔", "稳赚&#19981;赔", "稳&#x8d5a;不赔", "[稳赚](u)不赔", "稳`赚`不赔"),
    *("稳<b>赚</b>不赔", "稳赚<br>不赔", "稳赚<!-- x -->不赔", "稳<span hidden>假</span>赚不赔", "稳赚<i>不</i>赔"),
    *("穩賺不賠", "稳\u200b赚不赔", "稳\u0301赚不赔", "稳赚\n不赔", "稳赚  \n   不赔", "稳\n赚\n不\n赔"),
]  # fmt: skip
AROUND = [
    "{}",
    "前{}后",
    "# {}",
    "> {}",
    "- {}",
    "1. {}",
    "> - {}",
    "|{}|\n|-|",
    "<div>\n\n{}\n\n</div>",
    "[^1]: {}",
    "- [ ] {}",
    "<nav>\n\n{}",
]
ELSE = [
    "",
    "段落。",
    "# 题",
    "- 项\n- 项",
    "> 引",
    "```\n码\n```",
    "<div>块</div>",
    "<!-- 注 -->",
    "| 表 |\n|-|\n| 值 |",
    "![图](u)",
    "😀é",
]
elses = st.lists(st.sampled_from(ELSE), max_size=4)


def find(made: Document, phrase: str = PHRASE) -> list[str]:
    """The source of each place where the folded view has the phrase."""
    folded = fold(made.visible)
    ranges = [folded.span(match.start(), match.end()) for match in re.finditer(phrase, folded.text)]
    return [made.source.text[slice(*made.visible.span(*span))] for span in ranges]


@given(st.sampled_from(DRESSED), st.sampled_from(AROUND), elses, elses, st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_is_seen_is_found(dressed: str, around: str, before: list[str], after: list[str], line_end: str) -> None:
    if "\n" in dressed and around.startswith(("#", "|")):
        dressed = PHRASE
    text = "\n\n".join([*before, around.format(dressed), *after]).replace("\n", line_end)
    (found,) = find(document(text, "markdown"))
    whole = dressed.replace("\n", line_end)
    assert found == re.sub(r"^(?:[*~`\[]|<b>)+|(?:[*~`]|</b>)+$", "", whole)


UNSEEN = [
    *("<!-- {} -->", "<div hidden>{}</div>", "<div hidden>\n\n{}\n\n</div>", "<script>{}</script>", "<style>\n{}\n</style>"),
    *("<template>{}</template>", "<p style='display:none'>{}</p>", "字<span hidden>{}</span>字", "<noscript>{}</noscript>"),
    *("<!--\n\n{}\n\n-->", "<svg><title>{}</title></svg>", "<div data-x='{}'>x</div>", "<iframe>{}</iframe>"),
    *("<div hidden>\n\n> - {}\n\n</div>", "<section hidden><div><b>{}</b></div></section>"),
]  # fmt: skip


@given(st.sampled_from(UNSEEN), elses, elses, formats)
def test_what_is_unseen_is_not_found(unseen: str, before: list[str], after: list[str], format: str) -> None:
    text = "\n\n".join([*before, unseen.format(PHRASE), *after])
    assert find(document(text, format)) == []


APART_IN_PAGES = [
    *("<p>{}</p><p>{}</p>", "<div>{}<div>{}", "<table><tr><td>{}<td>{}</table>", "<ul><li>{}<li>{}</ul>", "{}<hr>{}", "<h1>{}</h1>{}"),
    *("{}<img>{}", "<title>{}</title>{}", "<p>{}<p hidden>x</p>{}", "<a title={}>{}</a>", "<dl><dt>{}<dd>{}</dl>", "{}<input value={}>"),
]  # fmt: skip
APART = [
    *("{}\n\n{}", "# {}\n{}", "- {}\n- {}", "- {}\n\n  {}", "> {}\n\n{}", "|{}|{}|\n|-|-|", "|{}|\n|-|\n|{}|", "{}![]({})", "{}\n***\n{}"),
    *("{}[^1]\n\n[^1]: {}", "[{}]({})", "![{}](u){}", *APART_IN_PAGES),
]  # fmt: skip


@given(st.sampled_from(APART), st.sampled_from(APART_IN_PAGES), st.sampled_from(["稳", "稳赚", "稳赚不"]))
def test_halves_never_join(apart: str, in_pages: str, half: str) -> None:
    rest = PHRASE.removeprefix(half)
    assert find(document(apart.format(half, rest), "markdown")) == []
    assert find(document(in_pages.format(half, rest), "html")) == []


# -- Markdown is the HTML that it stands for

ARTICLES = [
    p for p in sorted((Path(__file__).parent.parent / "articles").glob("*.md")) if b"[^" not in p.read_bytes()
]  # HTML numbers notes


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_markdown_reads_as_its_html(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    text = text[document(text, "markdown").front_matter.end :].lstrip()
    one, other = document("\n" + text, "markdown"), document("\n" + pyromark.html(text, options=OPTIONS), "html")
    assert [(b.scope, b.level, one.visible.text[b.start : b.end]) for b in one.blocks if b.owner < 0] == [
        (b.scope, b.level, other.visible.text[b.start : b.end]) for b in other.blocks if b.owner < 0
    ]


# -- size

GROWING = {
    "markdown": [
        "> ",
        "- ",
        "* a\n",
        "**",
        "`",
        "[a](",
        "![",
        "<div>",
        "| a ",
        "\\",
        "&#1;",
        "[^1]",
        "[r]: u\n",
        "{{< ",
        "a\n",
        "<!-- ",
        "1. ",
        "\t",
    ],
    "html": [
        "<div>",
        "<p>a",
        "<b>",
        "</b>",
        "<!--",
        "<a b='",
        "&",
        "<",
        "<table><td>",
        "a\n",
        "<script>",
        "<h1>",
        "<li>",
        "<pre>\n",
        "<a href=u>a",
    ],
}


@pytest.mark.parametrize(("format", "token"), [(format, token) for format, tokens in GROWING.items() for token in tokens])
def test_nothing_crashes_or_grows_quadratic(format: str, token: str) -> None:
    made = document(token * 10_000 + "\n\n" + PHRASE, format)
    assert len(made.visible.text) <= 20 * len(made.source.text)
