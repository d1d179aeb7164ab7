"""The pieces of an article that patterns run on: blocks and lines, those in which they may match, and where in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from checker.document import Document
from checker.scan.index import Trial
from checker.text import Span, View


class Piece(NamedTuple):
    """text: of a block or a line, beginning at `base` of the text it is cut from, visible or folded. starts: where in it a match may begin,
    in order; None: anywhere."""

    block: int
    base: int
    text: str
    starts: Sequence[int] | None


class Joined(NamedTuple):
    """Lines in one text, parted by line ends. starts: where each begins in it; bases, blocks: as in Piece."""

    text: str
    starts: list[int]
    bases: list[int]
    blocks: list[int]


_Range = tuple[int, int, int]  # a block or a line: number of the block, start and end
AT_START = (0,)


class Pieces:
    """exact: of the visible text, else of the folded one. places: where literals of each clause of a pattern begin in the folded text."""

    def __init__(self, document: Document, folded: View) -> None:
        self._document, self._folded = document, folded
        self._lines: dict[int, list[Span]] = {}

    def whole(self, exact: bool) -> str:
        return self._document.visible.text if exact else self._folded.text

    # -- ranges

    def lines(self, number: int) -> list[Span]:
        """The source lines of a block, in visible offsets, without the white space that stands for a line end."""
        known = self._lines.get(number)
        if known is None:
            known = self._lines[number] = self._lines_of(number)
        return known

    def _lines_of(self, number: int) -> list[Span]:
        block, breaks, text = self._document.blocks[number], self._document.breaks, self._document.visible.text
        inside = breaks[bisect_right(breaks, block.start) : bisect_left(breaks, block.end)] if breaks else ()
        edges = {block.start, block.end, *inside}
        at = text.find("\n", block.start, block.end)
        while at >= 0:
            edges.add(at + 1)
            at = text.find("\n", at + 1, block.end)
        lines = []
        for start, end in pairwise(sorted(edges)):
            piece = text[start:end]
            line = Span(start + len(piece) - len(piece.lstrip(" ")), end - (len(piece) - len(piece.rstrip("\n"))))
            if line.end > line.start:
                lines.append(line)
        return lines

    def to_folded(self, start: int, end: int) -> tuple[int, int]:
        if self._folded.is_identity:
            return start, end
        return self._folded.index(start), self._folded.index(end)

    @cached_property
    def _folded_starts(self) -> list[int]:
        """Of blocks."""
        starts = self._document.block_starts
        return starts if self._folded.is_identity else [self._folded.index(start) for start in starts]

    @cached_property
    def _blocks_of(self) -> list[_Range]:
        return [(number, block.start, block.end) for number, block in enumerate(self._document.blocks)]

    @cached_property
    def _lines_of_all(self) -> list[_Range]:
        return [(number, *line) for number in range(len(self._document.blocks)) for line in self.lines(number)]

    @cached_property
    def _folded_blocks_of(self) -> list[_Range]:
        return [(number, *self.to_folded(start, end)) for number, start, end in self._blocks_of]

    @cached_property
    def _folded_lines_of_all(self) -> list[_Range]:
        return [(number, *self.to_folded(start, end)) for number, start, end in self._lines_of_all]

    # -- where a pattern may match

    def candidates(
        self, trial: Trial, places: Sequence[Sequence[int]], holding: bytes | None, *, by_line: bool, exact: bool
    ) -> Iterator[Piece]:
        """The blocks or lines in which a pattern with literals may match. holding: which blocks count, None for all."""
        text = self.whole(exact)
        for number in self._blocks_with(places):
            if holding is not None and not holding[number]:
                continue
            block = self._document.blocks[number]
            for start, end in self.lines(number) if by_line else ((block.start, block.end),):
                first, last = self.to_folded(start, end)
                base, said = (start, text[start:end]) if exact else (first, text[first:last])
                whole = trial.anchored and (by_line or "\n" not in said)  # a match begins where the piece does
                if (by_line or whole) and not _has_all(trial, places, first, last, whole):
                    continue
                yield Piece(number, base, said, AT_START if whole else None if exact else _starts(trial, places, first, last))

    def at_edges(self, trial: Trial, holding: bytes | None, *, by_line: bool, exact: bool) -> Iterator[Piece]:
        """The blocks or lines in which a pattern that begins where they do may match."""
        text, longest = self.whole(exact), trial.longest or len(self.whole(exact))
        ranges = self._lines_of_all if by_line else self._blocks_of
        if not exact and not self._folded.is_identity:
            ranges = self._folded_lines_of_all if by_line else self._folded_blocks_of
        for number, first, last in ranges:
            if holding is not None and not holding[number]:
                continue
            if not by_line and number in self.broken:
                yield Piece(number, first, text[first:last], None)
            elif last - first <= longest:
                yield Piece(number, first, text[first:last], AT_START)

    def _blocks_with(self, places: Sequence[Sequence[int]]) -> list[int]:
        """The blocks in which a literal of every clause stands."""
        starts = self._folded_starts
        found = {bisect_right(starts, at) - 1 for at in places[0]}
        for others in places[1:]:
            found &= {bisect_right(starts, at) - 1 for at in others}
        return sorted(found)

    # -- all at once

    @cached_property
    def broken(self) -> frozenset[int]:
        """Blocks that hold line ends, on which nothing may run that takes one for the end of a block: code."""
        text, blocks = self._document.visible.text, self._document.blocks
        if text.count("\n") <= len(blocks):  # one behind each block
            return frozenset()
        return frozenset(number for number, block in enumerate(blocks) if text.find("\n", block.start, block.end) >= 0)

    def broken_blocks(self, exact: bool) -> Iterator[Piece]:
        for number in sorted(self.broken):
            block = self._document.blocks[number]
            start, end = (block.start, block.end) if exact else self.to_folded(block.start, block.end)
            yield Piece(number, start, self.whole(exact)[start:end], None)

    def all_lines(self, exact: bool) -> Joined:
        return self._visible_lines if exact else self._folded_lines

    @cached_property
    def _visible_lines(self) -> Joined:
        return self._joined(True)

    @cached_property
    def _folded_lines(self) -> Joined:
        return self._joined(False)

    def _joined(self, exact: bool) -> Joined:
        text = self.whole(exact)
        parts: list[str] = []
        starts: list[int] = []
        bases: list[int] = []
        blocks: list[int] = []
        length = 0
        for number, start, end in self._lines_of_all:
            first, last = (start, end) if exact else self.to_folded(start, end)
            parts.append(text[first:last])
            starts.append(length)
            bases.append(first)
            blocks.append(number)
            length += last - first + 1
        return Joined("\n".join(parts), starts, bases, blocks)


def _has_all(trial: Trial, places: Sequence[Sequence[int]], first: int, last: int, whole: bool) -> bool:
    """Whether a literal of every clause stands in the folded range, as near its beginning as it must if the match begins there."""
    for (_, most), at in zip(trial.spans, places, strict=True):
        index = bisect_left(at, first)
        if index == len(at) or at[index] >= (min(last, first + most + 1) if whole and most >= 0 else last):
            return False
    return True


def _starts(trial: Trial, places: Sequence[Sequence[int]], first: int, last: int) -> list[int] | None:
    """Where in the folded range a match may begin, counted from `first`."""
    if trial.near < 0:
        return None
    (least, most), at = trial.spans[trial.near], places[trial.near]
    inside = at[bisect_left(at, first) : bisect_left(at, last)]
    if least == most:
        return [place - least - first for place in inside if place - least >= first]
    starts: set[int] = set()
    for place in inside:
        starts.update(range(max(0, place - most - first), place - least - first + 1))
    return sorted(starts)
