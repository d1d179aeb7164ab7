"""Globs as in .gitignore. What is no glob is an error where a user gave it, and ignored in an ignore file, as by git."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from typing import Any

from checker.errors import CheckerError


def globs(patterns: Iterable[str]) -> Any:
    """A pathspec.GitIgnoreSpec; CheckerError where a pattern is none."""
    for pattern in (listed := list(patterns)):
        if not _is_glob(pattern):
            raise CheckerError(f"no glob: `{pattern}` / 不是有效的通配符")
    return _spec(listed)


def globs_of_file(lines: Iterable[str]) -> Any:
    """The same from the lines of an ignore file; those that are no patterns ignore nothing."""
    return _spec([line for line in lines if line and not line.startswith("#") and _is_glob(line)])


def _is_glob(pattern: str) -> bool:
    try:
        _spec([pattern])
    except (ValueError, re.error):  # `!`, `[z-a]`
        return False
    return True


def _spec(patterns: list[str]) -> Any:
    from pathspec import GitIgnoreSpec  # 25 ms

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # `[[`
        return GitIgnoreSpec.from_lines(patterns)
