"""Near-misses: sentences that are almost a prescribed or house text, and what was changed in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

import ahocorasick_rs

from checker.expressions import lazy
from checker.fold import fold_text

GRAM = 6  # folded characters that a sentence must share with the text to be compared at all
PIECE = 1 << 18  # characters looked through in one go, and what is left of the last line
ALIKE = 0.72  # share of both that must be the same
_NEGATIONS = ("不", "未", "无", "非", "没", "勿", "not", "no", "never", "without", "cannot")
_PUNCTUATION = lazy(r"(?:[\s，。！？；：、,.!?;:“”‘’\"（）()…—-]|(?<![a-z])'|'(?![a-z]))+")
_WORD = lazy(r"[a-z0-9']+|[^a-z0-9'\s]")


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
    at = 0
    while automaton is not None and at < len(folded):
        end = len(folded) if len(folded) - at <= PIECE else folded.find("\n", at + PIECE) + 1 or len(folded)
        for _, start, _ in automaton.find_matches_as_indexes(folded[at:end]):
            yield at + start
        at = end


@cache
def _grams(texts: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick | None:
    found: set[str] = set()
    for text in texts:
        for piece in filter(None, _PUNCTUATION.split(fold_text(text)) if not text.isascii() else [fold_text(text)]):
            found.update(piece[at : at + GRAM] for at in range(max(1, len(piece) - GRAM + 1)) if len(piece) >= GRAM)
    return ahocorasick_rs.AhoCorasick(sorted(found)) if found else None


def nearest(folded: str, texts: tuple[str, ...]) -> Near | None:
    """The text that a folded sentence (or several in a row) says exactly or in an altered way; None where it says none of them."""
    said, edges = _plain(folded)
    letters = frozenset(said)
    best: Near | None = None
    for text in texts:
        wanted = _wanted(text)
        if not wanted or _is_other(wanted, letters, len(said)):
            continue
        if _says(said, edges, wanted):
            return Near(text, 1.0, "", False)
        near = _compared(said, edges, wanted, text)
        if near and (best is None or near.similarity > best.similarity):
            best = near
    return best


@cache
def _wanted(text: str) -> str:
    return _plain(fold_text(text))[0]


def _is_other(wanted: str, letters: frozenset[str], size: int) -> bool:
    """Whether a text of this size, of these letters, cannot be like the wording: of n letters that both have in a row, the similarity is at
    most 2n / (n + all of the wording)."""
    shared = min(size, sum(map(letters.__contains__, wanted)))
    return 2 * shared < (ALIKE - 0.01) * (shared + len(wanted))


@lru_cache(maxsize=512)
def _plain(folded: str) -> tuple[str, list[int]]:
    """Without punctuation, which nobody takes for the wording (Latin words keep one space between them), and where it stood."""
    space = " " if folded.isascii() else ""
    plain, edges = "", [0]
    for piece in filter(None, _PUNCTUATION.split(folded)):
        plain += (space if plain else "") + piece
        edges.append(len(plain))
    return plain, edges


def _says(said: str, edges: list[int], wanted: str) -> bool:
    """Whether the wording stands there to its end: “不构成投资建议以外的东西” says something else. Words before it are no matter, save a
    negation."""
    at = said.find(wanted)
    if at < 0 or at + len(wanted) not in edges:
        return False
    return not _is_negation(said[edges[bisect_right(edges, at) - 1] : at].strip())


def _compared(said: str, edges: list[int], wanted: str, text: str) -> Near | None:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    window = said
    if len(said) > len(wanted) * 1.25:
        # More than the text stands there: compare the part that is most like it, from one punctuation mark to another.
        place = fuzz.partial_ratio_alignment(wanted, said)
        if place is None:
            return None
        start = edges[bisect_right(edges, place.dest_start) - 1]
        window = said[start : edges[min(bisect_left(edges, place.dest_end), len(edges) - 1)]].strip()
    similarity = Indel.normalized_similarity(wanted, window, score_cutoff=ALIKE)
    if similarity < ALIKE:
        return None
    changes = list(_changes(_WORD.findall(wanted), _WORD.findall(window)))
    if not changes:
        return None
    shown = (sign + piece for pair in changes for sign, piece in zip("-+", pair, strict=True) if piece)
    return Near(text, similarity, " ".join(shown), any(_is_negation(piece) for pair in changes for piece in pair))


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """What was lost and what was added, place by place."""
    from rapidfuzz.distance import Indel

    for same, ops in groupby(Indel.opcodes(before, after), lambda op: op.tag == "equal"):
        if not same:
            changed = list(ops)
            yield (
                _joined([word for op in changed for word in before[op.src_start : op.src_end]]),
                _joined([word for op in changed for word in after[op.dest_start : op.dest_end]]),
            )


def _joined(words: list[str]) -> str:
    return (" " if all(word.isascii() for word in words) else "").join(words)


def _is_negation(piece: str) -> bool:
    return any(word in (piece.split() if word.isascii() else piece) for word in _NEGATIONS) or "n't" in piece
