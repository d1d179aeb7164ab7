"""Near-misses: sentences that are almost a prescribed or house text, and what was changed in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from checker.fold import fold_text

GRAM = 6  # folded characters that a sentence must share with the text to be compared at all
ALIKE = 0.72  # share of both that must be the same
_NEGATIONS = ("不", "未", "无", "非", "没", "勿", "not", "no", "never", "without", "n't", "cannot")
_PUNCTUATION = re.compile(r"[\s，。！？；：、,.!?;:“”‘’\"'（）()…—-]+")
_WORD = re.compile(r"[a-z0-9']+|[^a-z0-9'\s]")


class Near(NamedTuple):
    """text: the prescribed wording, as the pack gives it; similarity: 0 to 1, 1 where nothing but punctuation differs; difference: what
    was lost (`-不`) and added (`+可能`), "" for none; negation: whether a negation is among it."""

    text: str
    similarity: float
    difference: str
    negation: bool


def anchors(folded: str, texts: tuple[str, ...]) -> Iterator[int]:
    """Offsets in a folded text at which it shares GRAM characters with one of the texts: only there may one of them stand altered."""
    automaton = _grams(texts)
    if automaton is not None:
        for _, start, _ in automaton.find_matches_as_indexes(folded):
            yield start


@cache
def _grams(texts: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick | None:
    found: set[str] = set()
    for text in texts:
        for piece in filter(None, _PUNCTUATION.split(fold_text(text)) if not text.isascii() else [fold_text(text)]):
            found.update(piece[at : at + GRAM] for at in range(max(1, len(piece) - GRAM + 1)) if len(piece) >= GRAM)
    return ahocorasick_rs.AhoCorasick(sorted(found)) if found else None


def nearest(folded: str, texts: tuple[str, ...]) -> Near | None:
    """The text that a folded sentence (or several in a row) says exactly or in an altered way; None where it says none of them."""
    said = _plain(folded)
    best: Near | None = None
    for text in texts:
        wanted = _plain(fold_text(text))
        if wanted and wanted in said:
            return Near(text, 1.0, "", False)
        near = _compared(said, wanted, text)
        if near and (best is None or near.similarity > best.similarity):
            best = near
    return best


def _plain(folded: str) -> str:
    """Without punctuation, which nobody takes for the wording; Latin words keep one space between them."""
    return _PUNCTUATION.sub(" " if folded.isascii() else "", folded).strip()


def _compared(said: str, wanted: str, text: str) -> Near | None:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    window = said
    if len(said) > len(wanted) * 1.25:
        # More than the text stands in the sentence: compare the part that is most like it, whole words of it.
        place = fuzz.partial_ratio_alignment(wanted, said)
        if place is None:
            return None
        window = said[place.dest_start : place.dest_end]
    similarity = Indel.normalized_similarity(wanted, window)
    if similarity < ALIKE:
        return None
    before, after = _WORD.findall(wanted), _WORD.findall(window)
    lost, added = [], []
    for op in Indel.opcodes(before, after):
        if op.tag == "delete":
            lost.append(_joined(before[op.src_start : op.src_end]))
        elif op.tag == "insert":
            added.append(_joined(after[op.dest_start : op.dest_end]))
    shown = [f"-{piece}" for piece in lost] + [f"+{piece}" for piece in added]
    return Near(text, similarity, " ".join(shown), any(_is_negation(piece) for piece in lost + added)) if shown else None


def _joined(words: list[str]) -> str:
    return (" " if all(word.isascii() for word in words) else "").join(words)


def _is_negation(piece: str) -> bool:
    return any(word in (piece.split() if word.isascii() else piece) for word in _NEGATIONS)
