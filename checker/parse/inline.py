"""Places in Markdown that its events do not give as such: code points, code in its back-ticks, targets and titles of links."""

from __future__ import annotations

import re

from checker.expressions import lazy
from checker.parse.prose import Pieces
from checker.text import Run, View

_LABEL = r"\[(?:[^\[\]\\]|\\.)*+\]"
_PARENS = r"(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+\))"
_TARGET = rf"(?:<((?:[^<>\n\\]|\\.)*+)>|((?!<){_PARENS}*+))"
_TITLE = r"(?:\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\))"
_BEHIND = lazy(rf"\]\(\s*+{_TARGET}(?:\s++{_TITLE})?\s*+\)", re.DOTALL)
_DEFINITION = lazy(rf"{_LABEL}:(?:\s|\n[ >]*)*+{_TARGET}(?:[\s>]++{_TITLE})?", re.DOTALL)


class Offsets:
    """Byte offsets of UTF-8 as code points; cheap when asked for in ascending order."""

    def __init__(self, text: str, base: int) -> None:
        self._data = None if text.isascii() else text.encode()
        self._base = base
        self._byte = 0
        self._point = base

    def __call__(self, byte: int) -> int:
        if self._data is None:
            return self._base + byte
        if byte >= self._byte:
            self._point += len(self._data[self._byte : byte].decode())
        else:
            self._point -= len(self._data[byte : self._byte].decode())
        self._byte = byte
        return self._point


def behind_text(source: str, start: int, end: int, target: str, title: str) -> tuple[Pieces, Pieces]:
    """Where target and title of an inline link stand, between the end of its text and its own; the whole rest where that is unclear."""
    return _places(_BEHIND.search(source, start, end), source, (start, end), target, title)


def in_definition(source: str, start: int, end: int, target: str, title: str) -> tuple[Pieces, Pieces]:
    """The same for the definition `[label]: target "title"` at [start, end)."""
    return _places(_DEFINITION.match(source, start, end), source, (start, end), target, title)


def _places(match: re.Match[str] | None, source: str, span: tuple[int, int], target: str, title: str) -> tuple[Pieces, Pieces]:
    if match is None:
        return [(target, *span)] if target else [], [(" ".join(title.split()), *span)] if title else []
    targets, titles = (
        next((match.span(group) for group in groups if match.start(group) >= 0), match.span()) for groups in ((1, 2), (3, 4, 5))
    )
    return [(target, *targets)] if target else [], [(" ".join(title.split()), *titles)] if title else []


def aligned(text: str, source: str, start: int, end: int) -> View:
    """`text` as a view: what the source has between start and end without the markup of the lines (`> ` and the like) that it stands in.

    Both are walked once; a space may stand for a line end; what the source has more is left out.
    """
    at = source.find(text, start, end)
    if at >= 0:
        return View(text, (Run(0, at, len(text), len(text)),))
    runs: list[Run] = []
    at = start
    for index, character in enumerate(text):
        while at < end and source[at] != character and not (character in " \n" and source[at] in "\r\n"):
            at += 1
        if runs and runs[-1].source_start + runs[-1].source_length == at:
            first, begun, length, _ = runs[-1]
            runs[-1] = Run(first, begun, length + 1, length + 1)
        else:
            runs.append(Run(index, min(at, end - 1), 1, 1))
        at += 1
    return View(text, tuple(runs))


def label_of(label: str) -> str:
    """What two spellings of a link's label have in common."""
    return " ".join(label.split()).casefold()


def joined(pieces: list[tuple[str, int, int]]) -> View:
    """Lines of an HTML block as one text."""
    runs, at = [], 0
    for text, start, end in pieces:
        runs.append(Run(at, start, len(text), end - start))
        at += len(text)
    return View("".join(text for text, _, _ in pieces), tuple(runs))
