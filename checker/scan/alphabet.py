"""Which characters a text holds: the cheapest reason not to look for a pattern."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

_FEW = 8  # single characters that are sooner looked for one by one than in all of the text


class Alphabet:
    """Asked for few characters it looks for each of them; for ranges it sorts all characters of the text, once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, bool] = {}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(set(self._text))

    def has(self, ranges: str) -> bool:
        """Whether any character of these ranges (`azΑΩ`) stands in the text."""
        known = self._known.get(ranges)
        if known is None:
            firsts, lasts = ranges[::2], ranges[1::2]
            if firsts == lasts and len(firsts) <= _FEW:
                known = any(char in self._text for char in firsts)
            else:
                known = any(self._holds(first, last) for first, last in zip(firsts, lasts, strict=True))
            self._known[ranges] = known
        return known

    def _holds(self, first: str, last: str) -> bool:
        index = bisect_left(self._sorted, first)
        return index < len(self._sorted) and self._sorted[index] <= last
