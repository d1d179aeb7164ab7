"""Offsets, lines and views: text that was derived from other text and still knows where each piece came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from checker.values import frozen


class Span(NamedTuple):
    """A half-open range of 0-based code point offsets."""

    start: int
    end: int


class Position(NamedTuple):
    """1-based line, 1-based column in code points, 0-based offset in code points. Lines end at `\\n` only."""

    line: int
    column: int
    offset: int


class Run(NamedTuple):
    """A piece of a view: equal lengths map one to one; unequal ones (an entity, a ligature) only as a whole."""

    text_start: int
    source_start: int
    text_length: int
    source_length: int


@frozen
class LineIndex:
    """Line starts of a text; the only thing that turns offsets into lines and columns."""

    text: str

    @cached_property
    def starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1, offset)

    def line(self, number: int) -> Span:
        """The span of a 1-based line without its line end (`\\n` or `\\r\\n`)."""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        if end > start and number < len(self.starts) and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)


@frozen
class View:
    """Text plus where it came from: runs sorted by text_start, covering the text without gaps.

    Source ranges may leave gaps (markup that no reader sees). They ascend within a block and in every folded view; what
    hangs on a block of the visible view (a link target) points back into it, so `index` is for folded views only.
    """

    text: str
    runs: tuple[Run, ...]

    @staticmethod
    def whole(text: str) -> View:
        """The identity view of a text."""
        return View(text, (Run(0, 0, len(text), len(text)),) if text else ())

    @cached_property
    def _text_starts(self) -> list[int]:
        return [run.text_start for run in self.runs]

    @cached_property
    def _source_starts(self) -> list[int]:
        return [run.source_start for run in self.runs]

    @cached_property
    def is_identity(self) -> bool:
        return len(self.runs) <= 1 and all(r.source_start == 0 and r.text_length == r.source_length for r in self.runs)

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the source, all markup inside it included and none around it.

        An empty range maps to the empty range before the character at `start` (after the last one at the end).
        """
        if not self.runs:
            return Span(0, 0)
        run = self.runs[bisect_right(self._text_starts, start) - 1]
        first = run.source_start
        if run.text_length == run.source_length:
            first += start - run.text_start
        elif start >= run.text_start + run.text_length:
            first += run.source_length
        if end <= start:
            return Span(first, first)
        run = self.runs[bisect_left(self._text_starts, end) - 1]
        if run.text_length == run.source_length:
            return Span(first, run.source_start + end - run.text_start)
        return Span(first, run.source_start + run.source_length)

    def index(self, source_offset: int) -> int:
        """The text offset of the first character that came from `source_offset` or later."""
        at = bisect_right(self._source_starts, source_offset) - 1
        if at < 0:
            return 0
        run = self.runs[at]
        into = source_offset - run.source_start
        if run.text_length == run.source_length and into < run.text_length:
            return run.text_start + into
        return run.text_start if into == 0 else run.text_start + run.text_length

    def run_at(self, offset: int) -> int:
        """The index of the run that holds the text offset."""
        return bisect_right(self._text_starts, offset) - 1

    def without(self, spans: Iterable[Span]) -> View:
        """The view of the text without these ranges (in order, none overlapping)."""
        return self.changed((span, "") for span in spans)

    def changed(self, changes: Iterable[tuple[Span, str]]) -> View:
        """The view of the text with other text for these ranges (in order, none overlapping), which maps to them as a whole."""
        parts: list[str] = []
        runs: list[Run] = []
        at = length = number = 0
        for (start, end), text in [*changes, (Span(len(self.text), len(self.text)), "")]:
            parts += self.text[at:start], text
            while number < len(self.runs) and self.runs[number].text_start < start:
                run = self.runs[number]
                first, last = max(at - run.text_start, 0), min(start - run.text_start, run.text_length)
                if run.text_length == run.source_length:
                    runs.append(Run(length, run.source_start + first, last - first, last - first))
                elif last > first:
                    runs.append(Run(length, run.source_start, last - first, run.source_length))
                length += last - first
                if run.text_start + run.text_length > start:
                    break
                number += 1
            while number < len(self.runs) and self.runs[number].text_start + self.runs[number].text_length <= end:
                number += 1
            if text:
                source = self.span(start, end)
                runs.append(Run(length, source.start, len(text), source.end - source.start))
                length += len(text)
            at = end
        return View("".join(parts), join_runs(runs))


def join_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with neighbours that map one to one and touch on both sides made one; empty ones dropped."""
    joined: list[Run] = []
    for run in runs:
        if not run.text_length:
            continue
        if joined:
            last = joined[-1]
            if (
                last.text_length == last.source_length
                and run.text_length == run.source_length
                and last.source_start + last.source_length == run.source_start
            ):
                joined[-1] = Run(
                    last.text_start, last.source_start, last.text_length + run.text_length, last.source_length + run.source_length
                )
                continue
        joined.append(run)
    return tuple(joined)
