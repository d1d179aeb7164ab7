"""Patterns made ready for `regex`: a list of a thousand terms takes a second to compile and milliseconds to read back, so it is kept."""

from __future__ import annotations

import base64
import copyreg
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from checker import cache

if TYPE_CHECKING:
    import regex

_NAMES = 4  # places of what is named, among what `pickle` writes
LONG = 500  # characters of a pattern from which it is sooner read back than compiled


class _Plain:
    """A pattern of `re` with the methods of `regex` that take a limit of time, for patterns that need none."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled = re.compile(pattern)

    def search(self, text: str, start: int = 0, *, timeout: float = 0) -> re.Match[str] | None:
        return self._compiled.search(text, start)

    def match(self, text: str, start: int = 0, *, timeout: float = 0) -> re.Match[str] | None:
        return self._compiled.match(text, start)

    def finditer(self, text: str, *, timeout: float = 0) -> Iterator[re.Match[str]]:
        return self._compiled.finditer(text)


def compiled(pattern: str, plain: bool = False) -> regex.Pattern[str]:
    """A pattern, compiled now or in an earlier run. plain: as in Gate; importing `regex` takes as long as checking a short article."""
    if plain:
        return cast("regex.Pattern[str]", _Plain(pattern))
    import regex

    if len(pattern) < LONG:
        return regex.compile(pattern)
    name = cache.key("regex", regex.__version__, sys.version, sys.byteorder, pattern)
    found = _read_back(pattern, cache.recall(name))
    if found is None:
        found = regex.compile(pattern)
        _keep(name, found)
    return found


def _keep(name: str, pattern: regex.Pattern[str]) -> None:
    """What `pickle` would write of it. Patterns with named groups hold more than lists of numbers and are left out."""
    from hashlib import sha256

    _, (_, flags, code, *rest) = _pickled(pattern)
    if not any(rest[:_NAMES]):
        cache.remember(name, [flags, base64.b64encode(code).decode(), sha256(code).hexdigest(), rest], ())


def _read_back(pattern: str, kept: Any) -> regex.Pattern[str] | None:
    """None where nothing was kept, or something else than was written."""
    from hashlib import sha256

    import regex

    try:
        flags, encoded, digest, rest = kept
        code = base64.b64decode(encoded, validate=True)
        if sha256(code).hexdigest() != digest:
            return None
        *names, offset, chars, required, groups = rest
        rebuild, _ = _pickled(regex.compile(""))
        made = rebuild(pattern, flags, code, *names, offset, tuple(chars), required, groups)
    except (TypeError, ValueError, RuntimeError):
        return None
    return made if isinstance(made, regex.Pattern) else None


def _pickled(pattern: regex.Pattern[str]) -> tuple[Any, Any]:
    """What makes it again, and from what."""
    reduce: Any = copyreg.dispatch_table[type(pattern)]
    made: tuple[Any, Any] = reduce(pattern)
    return made
