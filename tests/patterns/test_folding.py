"""Patterns are folded as articles are."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.fold import fold_text
from checker.patterns import PatternError, parse


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("OKX", "okx"),
        ("ＯＫＸ", "okx"),
        ("穩賺不賠", "稳赚不赔"),
        ("稳\u200b赚", "稳赚"),
        ("[A-Z]{2,3}", "[a-z]{2,3}"),
        ("[A-Za-z0-9]", "[0-9a-z]"),
        ("[^A-Z]", "[^a-z]"),
        ("[穩稳]", "稳"),
        ("[稳\u200b]", "稳"),
        ("(?=OK)", "(?=ok)"),
        ("(OK|No)?", "(ok|no)?"),
        ("[，。：]", "[。，：]"),
        ("don’t", "don't"),
        ("don’(?:t|s)", "don['’](?:t|s)"),
        ("[’”]", "['’”]"),
        ("’", "['’]"),
        (r"[\d\p{Han}]", r"[\d\p{Han}]"),
    ],
)
def test_folded(source: str, folded: str) -> None:
    assert parse(source).regex == folded


@pytest.mark.parametrize("source", ["OKX", "[A-Z]", "穩賺", r"\p{Lu}", "\u200b", r"\s{2,3}"])
def test_exact_is_not_folded(source: str) -> None:
    assert parse(source, exact=True).regex == source


def test_a_large_range_is_kept_and_still_finds_what_its_members_become() -> None:
    assert parse("[一-龥]").regex.startswith("[一-龥")


@pytest.mark.parametrize(
    ("source", "at", "message"),
    [
        ("稳\u200b?赚", 1, "can never match: folding removes `\\u200b`; add `case: exact` to search what stands there"),
        ("[\u200b\u200d]", 0, "can never match: folding removes every character of this class; add `case: exact`"),
        (r"a\p{Lu}", 1, "can never match: folded text holds no capital letters; add `case: exact`"),
        (r"a[\p{Lu}\d]", 1, "can never match: folded text holds no capital letters; add `case: exact`"),
        (r"a\s{2,}", 3, "can never match: folded text holds no two spaces in a row; write `\\s`, or add `case: exact`"),
        ("a {3}", 2, "can never match: folded text holds no two spaces in a row; write `\\s`, or add `case: exact`"),
    ],
)
def test_what_folding_makes_unmatchable_is_an_error(source: str, at: int, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse(source)
    assert (caught.value.at, caught.value.message) == (at, message)


_PIECES = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("aZ稳賺幣　 \u200b’ﬁＡ①")), min_size=1, max_size=5
)


@settings(max_examples=400, deadline=None)
@given(_PIECES, st.sampled_from(["前", "a", "，"]), st.sampled_from(["后", "a", "，"]))
@example("’", "a", "a")
@example("a\u0301", "前", "后")
def test_what_is_written_is_found_in_the_folded_text(text: str, before: str, after: str) -> None:
    try:
        pattern = parse(regex.escape(text.strip() or "x"))
    except PatternError:
        return
    inner = text.strip() or "x"
    folded = fold_text(before + inner + after)
    if len(folded) < len(before + fold_text(inner) + after):
        return  # 前<0<后 reads as one word spelt apart: its separators are gone
    assert regex.search(pattern.regex, folded), (pattern.regex, folded)


@settings(max_examples=400, deadline=None)
@given(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from(["前", "a", "，"]), st.sampled_from(["后", "a", "，"]))
@example("’", "a", "a")
def test_a_member_of_a_class_is_found_in_the_folded_text(char: str, before: str, after: str) -> None:
    try:
        pattern = parse(f"[\\{char}]" if char in "^]\\-[" else f"[{char}]")
    except PatternError:
        return
    folded = fold_text(before + char + after)
    assert regex.search(regex.escape(before) + f"(?:{pattern.regex})" + regex.escape(after), folded), (pattern.regex, folded)
