"""Regular expressions that are compiled when they are first used.

A short article needs few of those that the program has, and compiling them all takes longer than checking it.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class _Lazy:
    def __init__(self, pattern: str, flags: int, module: str) -> None:
        self.pattern, self.flags, self._module = pattern, flags, module

    def __getattr__(self, name: str) -> Any:
        """Asked once: from then on the methods of the compiled expression are attributes."""
        compiled = import_module(self._module).compile(self.pattern, self.flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`; a wrong pattern is an error only when it is used."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags, "re"))


def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same by the `regex` library, which knows `\\p{…}`; importing it takes longer than anything else that a clean article needs."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags, "regex"))
