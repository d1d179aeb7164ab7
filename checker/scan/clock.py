"""Time for patterns: what takes longer than any honest article makes it is reported as not checked, never as clean."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

SECONDS = 2.0  # of patterns, per cue and article; as much again for every million characters


class BudgetExceeded(Exception):
    """The patterns of a cue took longer on one article than any honest article makes them."""


class Clock:
    """Runs the patterns of one cue on one article."""

    def __init__(self, characters: int) -> None:
        self._seconds = SECONDS * (1 + characters / 1_000_000)
        self._until = time.perf_counter() + self._seconds

    def search(self, pattern: regex.Pattern[str], text: str, start: int) -> regex.Match[str] | None:
        try:
            return pattern.search(text, start, timeout=self._left())
        except TimeoutError:
            raise self._exceeded(pattern) from None

    def matches(self, pattern: regex.Pattern[str], text: str) -> list[regex.Match[str]]:
        try:
            return list(pattern.finditer(text, timeout=self._left()))
        except TimeoutError:
            raise self._exceeded(pattern) from None

    def matches_at(self, pattern: regex.Pattern[str], text: str, starts: Iterable[int]) -> list[regex.Match[str]]:
        """The same, where matches begin nowhere else than at these places, in order."""
        found, end, left = [], 0, self._left()
        try:
            for start in starts:
                if start >= end and (match := pattern.match(text, start, timeout=left)) is not None:
                    found.append(match)
                    end, left = match.end(), self._left()
        except TimeoutError:
            raise self._exceeded(pattern) from None
        return found

    def _left(self) -> float:
        return max(self._until - time.perf_counter(), 0.01)

    def _exceeded(self, pattern: regex.Pattern[str]) -> BudgetExceeded:
        return BudgetExceeded(f"a pattern took more than {self._seconds:.1f} s: {pattern.pattern[:200]}")
