"""Rows of plain data, one JSON value to a line, each read only when it is asked for: a short article needs few of a plan's thousands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
U = TypeVar("U")


class Rows(Sequence[T]):
    """lines: of JSON; made: what a value of it stands for. Looked at as a tuple of those."""

    def __init__(self, lines: Sequence[bytes], made: Callable[[Any], T]) -> None:
        self._lines, self._made = lines, made
        self._known: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        found = self._known.get(index)
        if found is None:
            found = self._known[index] = self._made(json.loads(self._lines[index]))
        return found

    def __iter__(self) -> Iterator[T]:
        return map(self.__getitem__, range(len(self._lines)))


def joined(sections: Mapping[str, Sequence[Any]]) -> bytes:
    """Named lists of rows as lines, before which a line says how many each list has."""
    head = {name: len(rows) for name, rows in sections.items()}
    return "\n".join(map(_line, [head, *(row for rows in sections.values() for row in rows)])).encode()


def parted(data: bytes) -> dict[str, list[bytes]]:
    """The lines of each list that `joined` wrote; ValueError where something else did."""
    lines = data.split(b"\n")
    sections: dict[str, list[bytes]] = {}
    at = 1
    for name, count in json.loads(lines[0]).items():
        sections[name] = lines[at : at + count]
        at += count
    if at != len(lines):
        raise ValueError(f"{len(lines)} lines, expected {at}")
    return sections


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
