"""What is said of a pattern without running it must be true of every match."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.fold import fold_text
from checker.patterns import PatternError, parse


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("[0-9]{4,}", ()),
        (r"\d{1,3}%", ()),
        ("a|币安", ()),
        ("[^。]{0,16}", ()),
        ("(?:币安)?", ()),
        ("(?=币安).", ()),
        ("：", ()),
        ("买", ("买",)),
        ("qq[:：]?", ("qq",)),
        ("稳赚(?:不赔)?", ("稳赚",)),
        ("不构成[^。]{0,16}(?:建议|依据)", ("不构成",)),
        ("(?:建议|推荐)[^。]{0,8}(?:买入|加仓|买)", ("建议", "推荐")),
        (r"gate\.?io", ("gate.io", "gateio")),
        ("[买购]入?币", ("买入币", "买币", "购入币", "购币")),
        ("(?:必|稳)(?:涨|赚)", ("必涨", "必赚", "稳涨", "稳赚")),
        ("(?P<value>OKX){2}", ("okxokx",)),
        ("(?:币安|欧易)+", ("币安", "欧易")),
        ("(?<!不)会员群$", ("会员群",)),
        (r"\bOKX\b", ("okx",)),
        ("[a-z]{3}买", ("买",)),
    ],
)
def test_needs(source: str, needs: tuple[str, ...]) -> None:
    assert parse(source).needs == needs


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("OKX", ("okx",)),
        ("don’[a-z]", ("don",)),
        ("Gate  IO pro", ("gate",)),
        ("穩賺", ("稳赚",)),
        ("  ", ()),
        ("\u200b\u200b", ()),
        (",[ ]币", ("币",)),
    ],
)
def test_needs_of_an_exact_pattern_are_folded_and_hold_no_space(source: str, needs: tuple[str, ...]) -> None:
    assert parse(source, exact=True).needs == needs


@pytest.mark.parametrize(
    ("source", "lengths"), [("稳赚(?:不赔)?", (2, 4)), ("a{2,3}(?=b)|c", (1, 3)), ("^(a|bc){2}$", (2, 4)), (".*", (0, 200))]
)
def test_length(source: str, lengths: tuple[int, int]) -> None:
    pattern = parse(source)
    assert (pattern.shortest, pattern.longest) == lengths


@pytest.mark.parametrize(
    "source", [r"(?:\d+,)+", "(?:[^、]{1,10}、)+", "(?:a+){2}", "(?:稳赚)+", r"不构成[^。]{0,16}建议", r"(?:\p{Han}|\d){1,50}", "a+b+"]
)
def test_no_risk(source: str) -> None:
    assert parse(source).risk == ""


@pytest.mark.parametrize("source", ["(a+)+", r"(?:\s*\d+)+", "(?:a|a){20}b?(?:a|[ab])+", "(?:[^。]{0,10}币)+", "(?:(?:a+)?b?){1,30}"])
def test_nested_repeats_are_refused(source: str) -> None:
    with pytest.raises(PatternError, match="nested repeats can take exponential time"):
        parse(source)


def test_overlapping_repeats_are_named() -> None:
    assert parse(".*币.*链").risk == "repeats that overlap can take 40,401 steps from one starting character"


# -- properties: random patterns and texts over a few characters, so that they do match

_CHARS = "aA币安買。 -’"
_literals = st.text(alphabet=_CHARS, min_size=1, max_size=3).map(lambda text: text.replace("-", r"\-"))
_classes = st.text(alphabet="aA币安買。’", min_size=1, max_size=3).map(lambda text: f"[{text}]")
_atoms = st.one_of(_literals, _literals, _classes, st.sampled_from([".", r"\s", r"\p{Han}", "[^币]", "^", "$", r"\b"]))


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.one_of(inner.map(lambda p: f"(?:{p})"), inner.map(lambda p: f"({p})"))
    repeats = st.tuples(st.one_of(_classes, groups), st.sampled_from(["?", "{2}", "{1,2}", "{0,3}", "+", "*?"])).map("".join)
    looks = st.tuples(st.sampled_from(["(?=", "(?!", "(?<=", "(?<!"]), inner).map(lambda pair: f"{pair[0]}{pair[1]})")
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join), st.lists(inner, min_size=2, max_size=3).map("|".join), groups, repeats, looks
    )


_patterns = st.recursive(_atoms, _grown, max_leaves=8)
_texts = st.text(alphabet="aA币安買买。 -’\n", max_size=14)


@settings(max_examples=400, deadline=None)
@given(_patterns, st.lists(_texts, min_size=1, max_size=6))
def test_every_match_holds_a_needed_literal_and_has_the_length(source: str, texts: list[str]) -> None:
    try:
        pattern = parse(source)
    except PatternError:
        return
    compiled = regex.compile(pattern.regex)
    for text in texts:
        for match in compiled.finditer(fold_text(text)):
            assert not pattern.needs or any(literal in match[0] for literal in pattern.needs), (source, match[0])
            assert pattern.shortest <= len(match[0]) <= pattern.longest


@settings(max_examples=300, deadline=None)
@given(_patterns, st.lists(_texts, min_size=1, max_size=6))
def test_every_exact_match_holds_a_needed_literal_once_folded(source: str, texts: list[str]) -> None:
    try:
        pattern = parse(source, exact=True)
    except PatternError:
        return
    for text in texts:
        for match in regex.finditer(pattern.regex, text):
            assert not pattern.needs or any(literal in fold_text(match[0]) for literal in pattern.needs), (source, match[0])


@settings(max_examples=300, deadline=None)
@given(_patterns, _texts)
def test_what_is_written_for_regex_means_what_the_source_means(source: str, text: str) -> None:
    try:
        pattern = parse(source, exact=True)
    except PatternError:
        return
    if r"\b" in source or "(?<" in source:  # \b is ours; the library refuses none of the rest
        return
    bounded = source.replace("+", "{1,200}").replace("*?", "{0,200}?")
    expected = [match.span() for match in regex.finditer(f"(?m:{bounded})", text)]
    assert [match.span() for match in regex.finditer(pattern.regex, text)] == expected
