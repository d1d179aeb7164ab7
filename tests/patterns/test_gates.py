"""What is said to stand wherever a pattern matches does stand there; and one run over many blocks finds what a run over each does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.fold import fold_text
from checker.patterns import PatternError, parse, parse_nodes, term_nodes, whole_line
from checker.patterns.heads import heads
from checker.patterns.lines import within_lines
from checker.patterns.nodes import render
from checker.rule import Cue
from checker.scan.index import trial_of


@pytest.mark.parametrize(
    ("source", "literals", "spans"),
    [
        (r"\d{1,3}%", (), ()),
        ("a|币安", (), ()),
        ("(?:币安)?", (), ()),
        ("[^。]{0,16}", (), ()),
        ("(?=币安).", (), ()),
        ("买", (("买",),), ((0, 0),)),
        ("不构成[^。]{0,16}(?:建议|依据)", (("不构成",), ("依据", "建议")), ((0, 0), (3, 19))),
        ("(?:建议|推荐)[^。]{0,8}(?:买入|加仓|买)", (("建议", "推荐"),), ((0, 0),)),
        ("^来源[:：]\\s?(?P<value>.{1,9})新华网$", (("新华网",), ("来源:", "来源：")), ((4, 13), (0, 0))),
        ("^(?:作者|责编)[:：]", (("作者:", "作者：", "责编:", "责编："),), ((0, 0),)),
        ("^x{0,3}(?:a|bc)币$", (("a币", "bc币"),), ((0, 3),)),
        ("[，。]{2,9}", (("。。", "。，", "，。", "，，"),), ((0, 0),)),
        (r"\p{Han}[ 　]{1,4}[，。]", ((" 。", " ，"),), ((1, 4),)),
        ("okx{2,3}[币链]", (("okxx",), ("xx币", "xx链")), ((0, 0), (2, 3))),
    ],
)
def test_literals(source: str, literals: tuple[tuple[str, ...], ...], spans: tuple[tuple[int, int], ...]) -> None:
    gate = parse(source).gate
    assert gate.literals == literals
    assert gate.spans == spans


@pytest.mark.parametrize(
    ("source", "chars"),
    [
        (r"\d{1,3}%", ("%%",)),
        (r"(?<=\p{Han})[,;](?=\p{Han})", (",,;;", "⺀\U0010ffff")),
        (r"[０-９Ａ-Ｚ]{2,60}", ("ＡＺ０９",)),
        ("[a-z.]{3}", ()),
        ("[^。]", ()),
        ("（(?!a）)", ("（（",)),
        ("(?:%|[$¥])", ("$$%%¥¥",)),
        ("(?:%|a)", ()),
        ("币安[%。]", ()),
    ],
)
def test_characters(source: str, chars: tuple[str, ...]) -> None:
    folded = source.startswith(("[０", "[a"))
    assert parse(source, exact=folded).gate.chars == tuple("".join(sorted_pairs(text)) for text in chars)


def sorted_pairs(text: str) -> list[str]:
    return sorted(text[at : at + 2] for at in range(0, len(text), 2))


def test_characters_before_they_were_folded() -> None:
    [raw] = parse(r"\[\d").gate.raw
    assert {"[", "［"} <= set(raw)
    assert parse(r"'\d", exact=True).gate.raw == ()


_CHARS = "aA币安買。 -’%"
_literals = st.text(alphabet=_CHARS, min_size=1, max_size=3).map(lambda text: text.replace("-", r"\-"))
_classes = st.text(alphabet="aA币安買。’", min_size=1, max_size=3).map(lambda text: f"[{text}]")
_others = st.sampled_from([".", r"\s", r"\S", r"\d", r"\p{Han}", "[^币]", r"[\s。]", r"[^\s]", r"[\n币]", "^", "$", r"\b"])
_atoms = st.one_of(_literals, _literals, _classes, _others)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.one_of(inner.map(lambda p: f"(?:{p})"), inner.map(lambda p: f"({p})"))
    repeats = st.tuples(st.one_of(_classes, groups), st.sampled_from(["?", "{2}", "{1,2}", "{0,3}", "+", "*?"])).map("".join)
    looks = st.tuples(st.sampled_from(["(?=", "(?!", "(?<=", "(?<!"]), inner).map(lambda pair: f"{pair[0]}{pair[1]})")
    rows = st.lists(inner, min_size=2, max_size=3)
    anchored = inner.map(lambda p: f"^{p}")
    return st.one_of(rows.map("".join), rows.map("|".join), groups, repeats, looks, anchored)


PATTERNS = st.recursive(_atoms, _grown, max_leaves=8)
LINES = st.text(alphabet="aA币安買买。 -’%\u00a0１\t", max_size=14)


@settings(max_examples=600, deadline=None)
@given(PATTERNS, st.lists(LINES, min_size=1, max_size=4), st.booleans())
def test_every_match_passes_the_gate(source: str, lines: list[str], exact: bool) -> None:
    try:
        pattern = parse(source, exact=exact)
    except PatternError:
        return
    gate = pattern.gate
    for line in lines:
        text = line if exact else fold_text(line)
        for match in regex.finditer(pattern.regex, text):
            said = fold_text(match[0]) if exact else match[0]
            for literals, (least, most) in zip(gate.literals, gate.spans, strict=True):
                assert any(literal in said for literal in literals), (source, said, literals)
                assert most < 0 or any(said.startswith(literals, at) for at in range(least, most + 1)), (source, said, literals)
            assert not gate.anchored or (
                match.start() == 0 and trial_of(Cue("", (), (pattern.regex,), ((),), gates=(gate,)), 0).may_begin(text)
            )
            assert not gate.plain or spans(re.finditer(pattern.regex, text)) == spans(regex.finditer(pattern.regex, text))
            assert not gate.longest or (match.span() == (0, len(text)) and len(text) <= gate.longest)
            assert all(holds(ranges, text) for ranges in gate.chars), (source, said, gate.chars)
            assert all(holds(ranges, line) for ranges in gate.raw), (source, said, gate.raw)


@pytest.mark.parametrize("source", ["a?" * 28 + "b", "^" + "(?:a|aa)" * 30 + "$", "(?:a|aa){30}c?[de]", "a{1,9}b{1,9}c"])
def test_what_may_take_long_has_a_limit_of_time(source: str) -> None:
    """`re` knows none."""
    assert not parse(source).gate.plain


def spans(matches: Iterator[Any]) -> list[tuple[int, int]]:
    return [match.span() for match in matches]


def every_character_of(class_: str) -> str:
    return "".join(regex.findall(class_, "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)))


@pytest.mark.parametrize("class_", [r"\s", r"\d", r"\p{Han}"])
def test_what_classes_may_begin_with_is_all_that_the_library_takes_for_them(class_: str) -> None:
    pairs, ranges = heads(parse_nodes(class_ + "x")) or ("", "")
    firsts = [*zip(ranges[::2], ranges[1::2], strict=True), *((char, char) for char in pairs[::2])]
    assert [char for char in every_character_of(class_) if not any(first <= char <= last for first, last in firsts)] == []


def test_marks_are_what_python_takes_for_neither_letter_nor_number() -> None:
    assert [char for char in every_character_of(r"[^\p{L}\p{N}]") if char.isalnum()] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("^币安", ("币安", "")),
        ("^(?:a|bc)[币链]", ("a币a链bc", "")),
        (r"^-?[ 　]作{2}", (" 作- -　　作", "")),
        (r"^\p{L}币", None),
        ("^币.", ("", "币币")),
        ("^币?", None),
        ("^币{2}安", ("币币", "")),
    ],
)
def test_heads(source: str, expected: tuple[str, str] | None) -> None:
    assert heads(parse_nodes(source)) == expected


def test_a_whole_line_may_begin_with_marks() -> None:
    pattern = whole_line([term_nodes("首页"), term_nodes("x")], [], 1)
    trial = trial_of(Cue("", (), (pattern.regex,), ((),), gates=(pattern.gate,)), 0)
    assert [trial.may_begin(text) for text in ("首页", "· 首页 ·", "新首页", "x", "-" * 9 + "首页", "")] == [
        True,
        True,
        False,
        True,
        False,
        False,
    ]


def holds(ranges: str, text: str) -> bool:
    return any(first <= char <= last for char in text for first, last in zip(ranges[::2], ranges[1::2], strict=True))


@settings(max_examples=600, deadline=None)
@given(PATTERNS, st.lists(LINES, min_size=1, max_size=4))
def test_one_run_over_all_lines_finds_what_one_over_each_does(source: str, lines: list[str]) -> None:
    try:
        pattern = parse(source, exact=True)
    except PatternError:
        return
    whole = render(within_lines(pattern.nodes))
    assert pattern.gate.literals or (pattern.gate.whole or pattern.regex) == whole
    at, expected = 0, []
    for line in lines:
        expected += [(at + match.start(), at + match.end()) for match in regex.finditer(pattern.regex, line)]
        at += len(line) + 1
    assert [match.span() for match in regex.finditer(whole, "\n".join(lines))] == expected
