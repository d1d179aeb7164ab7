"""`.gitignore` and `.checkerignore`, nested, as git reads them: the last pattern of the deepest file decides."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

GIT_IGNORE, CHECKER_IGNORE = ".gitignore", ".checkerignore"
Spec = tuple[str, Any, str]  # the folder its patterns are relative to, a pathspec.GitIgnoreSpec, the name of its file


class Ignores:
    """The ignore files of a run, each read once."""

    def by_checker(self, path: str) -> bool:
        """Whether a .checkerignore in a folder above names the file."""
        return _decide(_above(os.path.dirname(os.path.abspath(path)), (CHECKER_IGNORE,)), os.path.abspath(path))

    def by_any(self, path: str) -> bool:
        return _decide(_above(os.path.dirname(os.path.abspath(path)), (GIT_IGNORE, CHECKER_IGNORE)), os.path.abspath(path))

    def below(self, top: str) -> Inside:
        return Inside(os.path.abspath(top))


class Inside:
    """What is left out of one walk, folder by folder, from the top down."""

    def __init__(self, top: str) -> None:
        above = _above(os.path.dirname(top), (GIT_IGNORE, CHECKER_IGNORE))
        if _decide([spec for spec in above if spec[2] == GIT_IGNORE], top, folder=True):
            above = [spec for spec in above if spec[2] != GIT_IGNORE]  # named by the user, so wanted
        self._top = above
        self._specs: dict[str, list[Spec]] = {}

    def enter(self, folder: str, names: set[str]) -> None:
        path = os.path.abspath(folder)
        specs = self._specs.get(os.path.dirname(path), self._top)
        own = [(path, spec, name) for name in (GIT_IGNORE, CHECKER_IGNORE) if name in names and (spec := _spec(os.path.join(path, name)))]
        self._specs[path] = [*specs, *own] if own else specs

    def ignored(self, path: str, folder: bool) -> bool:
        path = os.path.abspath(path)
        specs = self._specs[os.path.dirname(path)]
        return bool(specs) and _decide(specs, path, folder)


def _decide(specs: list[Spec], path: str, folder: bool = False) -> bool:
    for kind in (GIT_IGNORE, CHECKER_IGNORE):
        for base, spec, name in reversed(specs):
            if name == kind:
                relative = os.path.relpath(path, base).replace(os.sep, "/") + ("/" if folder else "")
                include = spec.check_file(relative).include
                if include is not None:
                    if include:
                        return True
                    break
    return False


def _above(folder: str, names: tuple[str, ...]) -> list[Spec]:
    """The ignore files in a folder and above it, outermost first: up to the top of the git repository."""
    specs: list[Spec] = []
    while True:
        specs += [(folder, spec, name) for name in names if (spec := _spec(os.path.join(folder, name)))]
        parent = os.path.dirname(folder)
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return specs[::-1]
        folder = parent


@cache
def _spec(path: str) -> Any:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    if not any(line.strip() and not line.startswith("#") for line in lines):
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
