"""Which of many thousand literals stand in a text, and where.

An automaton of them all takes longer to build than a short article takes to be checked. So each literal is filed under two or three
neighbouring characters of its own that few others have, and of a short text only those literals are tried under whose characters the text
has something. From so much text on that it pays, an automaton is built. Both find the same.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import ahocorasick_rs

from checker.rows import Rows

MANY = 50_000  # characters of text from which on an automaton is built
PIECE = 1 << 18  # characters that it goes through in one go
_LENGTHS = (1, 2, 3)  # of what literals are filed under


class Holder(NamedTuple):
    """Whose a literal is. cues: those that it is a term of; clauses: (pattern, clause of it, how many clauses it has); spoken: it says
    something by itself: no sentence ends inside."""

    cues: tuple[int, ...]
    clauses: tuple[tuple[int, int, int], ...]
    spoken: bool


class Place(NamedTuple):
    """A literal that stands in a text, and where it begins, in order."""

    literal: str
    holder: Holder
    starts: Sequence[int]


class Literals:
    """holders: each once; every: each literal with the number of its holder; files: literals by what they are filed under, if they are."""

    def __init__(self, holders: Sequence[Holder], every: Callable[[], dict[str, int]], files: Mapping[str, bytes] | None = None) -> None:
        self._holders, self._every, self._files = holders, every, files
        self._read = 0
        self._automaton: ahocorasick_rs.AhoCorasick | None = None
        self._literals: list[str] = []
        self._numbers: list[int] = []
        self._longest = 1

    def found(self, text: str) -> list[Place]:
        """Every literal that stands in the text, in the order of the literals."""
        self._read += len(text)
        if self._files is not None and self._read < MANY:
            return self._tried(self._files, text)
        return self._searched(text)

    def _tried(self, files: Mapping[str, bytes], text: str) -> list[Place]:
        grams = {text[at : at + length] for length in _LENGTHS for at in range(len(text) - length + 1)}
        places = []
        for gram in files.keys() & grams:
            row = json.loads(files[gram])
            for literal, number in zip(row[::2], row[1::2], strict=True):
                if starts := _starts(literal, text):
                    places.append(Place(literal, self._holders[number], starts))
        places.sort()
        return places

    def _searched(self, text: str) -> list[Place]:
        if self._automaton is None:
            self._literals, self._numbers = map(list, zip(*sorted(self._every().items()), strict=True)) if self._every() else ([], [])
            self._longest = max(map(len, self._literals), default=1)
            self._automaton = ahocorasick_rs.AhoCorasick(self._literals)
        starts: dict[int, array[int] | list[int]] = {}
        places: Callable[[tuple[int]], array[int] | list[int]] = (
            list if len(text) <= PIECE else partial(array, "I")
        )  # a tenth of the memory
        beyond = self._longest - 1
        for first in range(0, len(text), PIECE) if self._literals else ():  # not all matches at once: each takes 150 bytes
            for literal, start, _ in self._automaton.find_matches_as_indexes(text[first : first + PIECE + beyond], overlapping=True):
                if start >= PIECE:
                    continue  # the next piece begins before it
                if literal in starts:
                    starts[literal].append(first + start)
                else:
                    starts[literal] = places((first + start,))
        return [Place(self._literals[literal], self._holders[self._numbers[literal]], starts[literal]) for literal in sorted(starts)]


def _starts(literal: str, text: str) -> list[int]:
    starts = []
    at = text.find(literal)
    while at >= 0:
        starts.append(at)
        at = text.find(literal, at + 1)
    return starts


# -- as they are made, kept and read


def literals_of(holders: Mapping[str, Holder]) -> Literals:
    numbers: dict[Holder, int] = {}
    every = {literal: numbers.setdefault(holder, len(numbers)) for literal, holder in holders.items()}
    return Literals(tuple(numbers), lambda: every)


def to_rows(holders: Mapping[str, Holder]) -> dict[str, list[Any]]:
    """As lists of rows, filed."""
    numbers: dict[Holder, int] = {}
    grams = {literal: _grams(literal) for literal in holders}
    counts = Counter(gram for found in grams.values() for gram in found)
    files: defaultdict[str, list[str | int]] = defaultdict(list)
    for literal in sorted(holders):
        file = min(grams[literal], key=lambda gram: (counts[gram], gram))
        files[file] += [literal, numbers.setdefault(holders[literal], len(numbers))]
    return {"grams": [list(files)], "files": list(files.values()), "holders": list(numbers)}


def from_rows(rows: Mapping[str, list[bytes]]) -> Literals:
    files = rows["files"]
    return Literals(Rows(rows["holders"], _holder), lambda: _unfiled(files), dict(zip(json.loads(rows["grams"][0]), files, strict=True)))


def _grams(literal: str) -> set[str]:
    """What a literal may be filed under. Two Latin letters stand in every text."""
    length = min(len(literal), 3 if literal.isascii() else 2)
    return {literal[at : at + length] for at in range(len(literal) - length + 1)}


def _holder(row: list[Any]) -> Holder:
    cues, clauses, spoken = row
    return Holder(tuple(cues), tuple(map(tuple, clauses)), spoken)


def _unfiled(files: Iterable[bytes]) -> dict[str, int]:
    every: dict[str, int] = {}
    for row in map(json.loads, files):
        every.update(zip(row[::2], row[1::2], strict=True))
    return every
