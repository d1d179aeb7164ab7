"""The whole pipe on random articles: what a reader sees of a planted phrase is reported at its exact place, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from checker.compile import compile_rules
from checker.document import Source
from checker.engine import Engine
from checker.packs import load
from checker.read import decode
from checker.violation import Violation

PACK = """\
rules:
  - id: house/phrase
    kind: forbid
    category: returns
    message: 不得
    terms: [稳赚不赔]
    bad: ["⟦稳赚不赔⟧"]
    good: [无]
"""
# As it is written: (what is reported, what stands around it in the source).
MARKDOWN = [
    "稳赚不赔",
    "稳**赚**不赔",
    "稳赚&#19981;赔",
    "稳[赚](u)不赔",
    "穩賺不賠",
    "稳\u200b赚不赔",
    "稳赚\n不赔",
    "稳-赚-不-赔",
    "稳<i>赚</i>不赔",
]
HTML = [
    "稳赚不赔",
    "稳<b>赚</b>不赔",
    "稳&#36186;不赔",
    "稳赚<br>不赔",
    "稳<!-- -->赚不赔",
    "稳赚\n  不赔",
    "穩賺不賠",
    "稳<i hidden>假</i>赚不赔",
]
PLAIN = ["稳赚不赔", "穩賺不賠", "稳赚\n不赔", "稳　赚　不　赔", "稳\ufeff赚不赔", "稳·赚·不·赔"]
AROUND = {
    "markdown": ["{}", "# {}", "> {}", "- 前{}后", "1. {}", "| 甲 | {} |\n| - | - |\n| 值 | 😀 |", "前文，{}。后文。"],
    "html": ["<p>{}</p>", "<h1>😀{}</h1>", "<ul><li>前{}<li>后</ul>", "<table><tr><td>{}<td>值</table>", "<div>{}", "<p title=x>前，{}。"],
    "plain": ["{}", "前文，{}。", "【😀】{}！"],
}
DRESSED = {"markdown": MARKDOWN, "html": HTML, "plain": PLAIN}
UNSEEN = {
    "markdown": [
        "<!-- 稳赚不赔 -->",
        "<div hidden>稳赚不赔</div>",
        "稳赚\n\n不赔",
        "- 稳赚\n- 不赔",
        "```\n稳赚不赔\n```",
        "[x](https://稳赚不赔.cn)",
    ],
    "html": [
        "<script>稳赚不赔</script>",
        "<p>稳赚</p><p>不赔</p>",
        "<p style='display: none'>稳赚不赔</p>",
        "<table><td>稳赚<td>不赔</table>",
        "<a href=稳赚不赔>x</a>",
    ],
    "plain": ["稳赚\n\n不赔", "稳赚。\n\n不赔", "稳赚了，不赔"],
}
SUFFIXES = {"markdown": "a.md", "html": "a.html", "plain": "a.txt"}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


@cache
def engine() -> Engine:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "house.yaml"
        path.write_text(PACK, encoding="utf-8")
        packs = load([path])
        return Engine(compile_rules(packs, packs.rules, subjects=False))


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, str, list[tuple[int, int]]]:
    """(format, text, where the phrase is seen)."""
    format = draw(st.sampled_from(sorted(AROUND)))
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    parts = draw(st.lists(st.sampled_from(["seen", "unseen", "else"]), min_size=1, max_size=6))
    text, places = draw(st.sampled_from(["", "", "引子😀。\n\n"])) if format != "html" else "<body>\n", list[tuple[int, int]]()
    for part in parts:
        if part == "seen":
            around, dressed = draw(st.sampled_from(AROUND[format])), draw(st.sampled_from(DRESSED[format]))
            if "\n" in dressed and around.startswith(("#", "|")):
                dressed = "稳赚不赔"
            at = len(text) + around.index("{}")
            places.append((at, at + len(dressed)))
            text += around.replace("{}", dressed)
        else:
            text += draw(st.sampled_from(UNSEEN[format])) if part == "unseen" else "今天天气很好。"
        text += "\n\n"
    text = text.rstrip("\n") + draw(st.sampled_from(["", "\n"]))
    moved = [
        (start + text.count("\n", 0, start), end + text.count("\n", 0, end)) if line_end == "\r\n" else (start, end)
        for start, end in places
    ]
    return format, text.replace("\n", line_end), moved


@given(articles(), st.sampled_from(ENCODINGS))
def test_a_phrase_is_reported_where_a_reader_sees_it_and_nowhere_else(
    article: tuple[str, str, list[tuple[int, int]]], encoding: str
) -> None:
    format, text, places = article
    source = decode(SUFFIXES[format], text.encode(encoding), "gb18030")
    assert isinstance(source, Source)
    checked = engine().check_source(source, format)
    assert checked.failures == ()
    assert [(v.start.offset, v.end.offset) for v in checked.violations] == places
    for violation in checked.violations:
        _assert_lines(source.text, violation)


def _assert_lines(text: str, violation: Violation) -> None:
    for position in (violation.start, violation.end):
        before = text[: position.offset]
        assert position.line == before.count("\n") + 1
        assert position.column == len(before) - (before.rfind("\n") + 1) + 1
