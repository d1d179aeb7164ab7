"""A place where a cue stands, and how such places lie to each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.language import is_word
from checker.text import Span

RAW = -1  # the block of a hit in the source text itself


class CueHit(NamedTuple):
    """Where a cue stands. start, end: visible offsets (source offsets where block is RAW); block: index in `document.blocks`.

    folded: the folded match; value: what the group `value` holds, as it stands there; groups: all groups of the pattern in order, as
    they stand there.
    """

    start: int
    end: int
    block: int
    folded: str
    value: str = ""
    groups: tuple[str, ...] = ()


def outermost(hits: Iterable[CueHit]) -> list[CueHit]:
    """In text order, those in the source text last, without hits that stand inside another one: 稳赚 in 稳赚不赔."""
    kept: list[CueHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.block == RAW, hit.start, -hit.end, not hit.value)):
        if not kept or hit.end > kept[-1].end or (hit.block == RAW) != (kept[-1].block == RAW):
            kept.append(hit)
    return kept


def outside(hits: Iterable[CueHit], outer: tuple[CueHit, ...]) -> list[CueHit]:
    """The hits that do not lie within one of others (in text order, none inside another one)."""
    return [hit for hit in hits if not _is_inside(hit, outer)] if outer else list(hits)


def _is_inside(hit: CueHit, outer: tuple[CueHit, ...]) -> bool:
    index = bisect_right(outer, (hit.block == RAW, hit.start), key=lambda other: (other.block == RAW, other.start))
    return index > 0 and outer[index - 1].end >= hit.end and (outer[index - 1].block == RAW) == (hit.block == RAW)


def occurrences(term: str, text: str) -> Iterator[Span]:
    """Where a term stands, at word boundaries where its edges are Latin."""
    at = text.find(term)
    while at >= 0:
        if has_edges(text, at, at + len(term)):
            yield Span(at, at + len(term))
        at = text.find(term, at + 1)


def has_edges(text: str, start: int, end: int) -> bool:
    """Whether a Latin letter or digit at an edge of text[start:end] is the edge of a word."""
    if start > 0 and is_word(text[start]) and is_word(text[start - 1]):
        return False
    return not (end < len(text) and is_word(text[end - 1]) and is_word(text[end]))
