"""Patterns made ready for `regex`: a list of a thousand terms takes a second to compile and milliseconds to read back, so it is kept."""

from __future__ import annotations

import base64
import copyreg
import sys
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from checker import cache

if TYPE_CHECKING:
    import regex

_NAMES = 4  # places of what is named, among what `pickle` writes
LONG = 500  # characters of a pattern from which it is sooner read back than compiled


def compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern, compiled now or in an earlier run."""
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
    _, (_, flags, code, *rest) = _pickled(pattern)
    if not any(rest[:_NAMES]):
        cache.remember(name, [flags, base64.b64encode(code).decode(), sha256(code).hexdigest(), rest], ())


def _read_back(pattern: str, kept: Any) -> regex.Pattern[str] | None:
    """None where nothing was kept, or something else than was written."""
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
