"""Many terms as one pattern say what the terms say, one by one."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from checker.patterns import trie
from checker.patterns.nodes import Alternate, render

TERMS = st.lists(st.text("ab 首页.", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1, max_size=12)


def _matches(terms: list[str], text: str) -> bool:
    return regex.fullmatch(render(Alternate(tuple(trie(terms)))), text) is not None


@given(TERMS, st.text("ab 首页.", max_size=6))
def test_it_matches_its_terms_and_nothing_else(terms: list[str], other: str) -> None:
    assert all(_matches(terms, term) for term in terms)
    assert _matches(terms, other) == (other in terms)


@pytest.mark.parametrize(("text", "found"), [("share", "share"), ("share this", "share this"), ("shared", None), ("首页头", "首页")])
def test_latin_edges_stand_at_word_boundaries(text: str, found: str | None) -> None:
    match = regex.match(render(Alternate(tuple(trie(["share", "share this", "首页"])))), text)
    assert (match and match[0]) == found


def test_what_begins_alike_is_written_once() -> None:
    assert render(Alternate(tuple(trie([f"{stem}{end}" for stem in ("分享到", "分享至") for end in ("微信", "微博")])))).count("分享") == 1
