"""What is filed and what an automaton finds: the same, in any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.config import Config
from checker.fold import fold_text
from checker.plans import plan_for
from checker.rows import joined, parted
from checker.scan import literals as module
from checker.scan.index import index_of, to_rows
from checker.scan.literals import Holder, from_rows, literals_of

WORDS = st.text(alphabet="ab c币安稳赚", min_size=1, max_size=5)


@given(st.sets(WORDS, max_size=12), st.text(alphabet="ab c币安稳赚\n", max_size=60))
def test_files_and_automaton_find_the_same(words: set[str], text: str) -> None:
    holders = {word: Holder((number % 3,), ((number, 0, 1),) if number % 2 else (), len(word) > 2) for number, word in enumerate(words)}
    expected = sorted((word, [at for at in range(len(text)) if text.startswith(word, at)]) for word in words if word in text)
    filed, made = from_rows(parted(joined(module.to_rows(holders)))), literals_of(holders)
    assert filed.found(text) == made.found(text)
    assert [(place.literal, place.starts) for place in filed.found(text)] == expected
    assert all(place.holder == holders[place.literal] for place in filed.found(text))


def test_from_much_text_on_an_automaton_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 8)
    filed = from_rows(parted(joined(module.to_rows({"币安": Holder((0,), (), False)}))))
    found = [([place.starts for place in filed.found(text)], filed._automaton is not None) for text in ("在币安", "币安币安", "币安", "")]
    assert found == [([[1]], False), ([[0, 2]], False), ([[0]], True), ([], True)]


@given(st.sets(WORDS, max_size=12), st.text(alphabet="ab c币安稳赚\n", max_size=60), st.integers(1, 20))
def test_a_long_text_is_searched_in_pieces(words: set[str], text: str, piece: int) -> None:
    holders = {word: Holder((), (), False) for word in words}
    whole = literals_of(holders).found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PIECE", piece)
        assert [(place.literal, list(place.starts)) for place in literals_of(holders).found(text)] == [place[::2] for place in whole]


def test_the_shipped_rules_find_the_same_in_articles_both_ways() -> None:
    plan = plan_for(Config()).plan
    filed, made = from_rows(parted(joined(to_rows(plan)))), index_of(plan).literals
    for article in sorted((Path(__file__).parent.parent / "articles").glob("*.md"))[:12]:
        text = fold_text(article.read_text(encoding="utf-8"))[:20_000]
        filed._read = 0
        assert filed.found(text) == made.found(text)
