"""The pieces of an article that patterns run on: blocks and lines, one by one where a literal stands, or all at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from checker.document import Document
from checker.scan.index import Trial
from checker.text import Span, View


class Piece(NamedTuple):
    """text: of a block or a line, beginning at `base` of the text it is cut from, visible or folded."""

    block: int
    base: int
    text: str


class Joined(NamedTuple):
    """Pieces in one text, parted by line ends. starts: where each begins in it; bases, blocks: as in Piece."""

    text: str
    starts: list[int]
    bases: list[int]
    blocks: list[int]


class Pieces:
    """exact: of the visible text, else of the folded one. positions: where literals stand in the folded text, by literal."""

    def __init__(self, document: Document, folded: View, positions: dict[int, list[int]]) -> None:
        self._document, self._folded, self._positions = document, folded, positions
        self._lines: dict[int, list[Span]] = {}

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
    def _broken(self) -> list[int]:
        """Blocks that hold line ends: code."""
        text, blocks = self._document.visible.text, self._document.blocks
        if text.count("\n") <= len(blocks):  # one behind each block
            return []
        return [number for number, block in enumerate(blocks) if text.find("\n", block.start, block.end) >= 0]

    # -- one by one

    def blocks_with(self, trial: Trial) -> list[int]:
        """The blocks in which a literal of every clause stands."""
        found: set[int] | None = None
        for clause in trial.clauses:
            blocks = {bisect_right(self._folded_starts, at) - 1 for literal in clause for at in self._positions.get(literal, ())}
            found = blocks if found is None else found & blocks
            if not found:
                return []
        return sorted(found or ())

    def in_blocks(self, trial: Trial, numbers: Iterable[int], exact: bool) -> Iterator[Piece]:
        """The blocks of these in which the pattern may match."""
        text = self._document.visible.text if exact else self._folded.text
        for number in numbers:
            block = self._document.blocks[number]
            start, end = (block.start, block.end) if exact else self.to_folded(block.start, block.end)
            if exact or self._may_begin(trial, text, start, end):
                yield Piece(number, start, text[start:end])

    def in_lines(self, trial: Trial, numbers: Iterable[int], exact: bool) -> Iterator[Piece]:
        """The lines of these blocks in which it may match."""
        text = self._document.visible.text if exact else self._folded.text
        for number in numbers:
            for start, end in self.lines(number):
                first, last = self.to_folded(start, end)
                if self._has_all(trial, first, last):
                    yield Piece(number, start, text[start:end]) if exact else Piece(number, first, text[first:last])

    def _has_all(self, trial: Trial, start: int, end: int) -> bool:
        """Whether a literal of every clause stands in the folded range, near its beginning where it must."""
        for clause, reach in zip(trial.clauses, trial.reach, strict=True):
            last = end if reach < 0 else min(end, start + reach + 1)
            for literal in clause:
                at = self._positions.get(literal)
                if at and (index := bisect_left(at, start)) < len(at) and at[index] < last:
                    break
            else:
                return False
        return True

    def _may_begin(self, trial: Trial, text: str, start: int, end: int) -> bool:
        """Whether a block that holds the literals holds them near its beginning, or that of a line of code, where they must be there."""
        if all(reach < 0 for reach in trial.reach) or text.find("\n", start, end) >= 0:
            return True
        return self._has_all(trial, start, end)

    # -- all at once

    def whole(self, exact: bool) -> str:
        return self._document.visible.text if exact else self._folded.text

    def broken(self, exact: bool) -> list[Piece]:
        """The blocks that hold line ends, on which nothing may run that takes one for the end of a block."""
        text = self.whole(exact)
        spans = [(number, self._document.blocks[number]) for number in self._broken]
        ranges = [(number, (b.start, b.end) if exact else self.to_folded(b.start, b.end)) for number, b in spans]
        return [Piece(number, start, text[start:end]) for number, (start, end) in ranges]

    @cached_property
    def visible_lines(self) -> Joined:
        return self._joined(True)

    @cached_property
    def folded_lines(self) -> Joined:
        return self._joined(False)

    def _joined(self, exact: bool) -> Joined:
        text = self.whole(exact)
        parts: list[str] = []
        starts: list[int] = []
        bases: list[int] = []
        blocks: list[int] = []
        length = 0
        for number in range(len(self._document.blocks)):
            for line in self.lines(number):
                start, end = line if exact else self.to_folded(*line)
                parts.append(text[start:end])
                starts.append(length)
                bases.append(start)
                blocks.append(number)
                length += end - start + 1
        return Joined("\n".join(parts), starts, bases, blocks)
