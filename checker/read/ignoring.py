"""`.gitignore` and `.checkerignore`, nested, as git reads them: of one kind, the last pattern of the deepest file decides.

A `.gitignore` above the folder that is walked counts up to the top of its git repository; without a repository none above counts (a
`*` in the home folder is there for other reasons). `where` says what is read in place of the ignore file at a path.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from checker.globs import globs_of_file

GIT, CHECKER = ".gitignore", ".checkerignore"
Where = Callable[[str], str]


class Ignoring(NamedTuple):
    """The patterns of one file. folder: what they are relative to, absolute; name: GIT or CHECKER; spec: a pathspec.GitIgnoreSpec."""

    folder: str
    name: str
    spec: Any


Ignorings = tuple[Ignoring, ...]  # outermost first


def ignorings_above(folder: str, where: Where = str, names: tuple[str, ...] = (CHECKER, GIT)) -> Ignorings:
    """The ignore files of these names that hold for what stands in an absolute folder, its own included."""
    start, found = folder, list[Ignoring]()
    while True:
        found += _own(folder, where, names)
        parent = os.path.dirname(folder)
        if os.path.exists(os.path.join(folder, ".git")):
            found += _of(folder, GIT, os.path.join(folder, ".git", "info", "exclude")) if GIT in names else []
            return tuple(reversed(found))
        if parent == folder:
            return tuple(ignoring for ignoring in reversed(found) if ignoring.name == CHECKER or ignoring.folder == start)
        folder = parent


def ignorings_for_walk(top: str, where: Where = str) -> Ignorings:
    """As above, for the walk of an absolute folder. If git ignores that folder, whoever named it wants it all the same."""
    found = ignorings_above(top, where)
    above = [ignoring for ignoring in found if ignoring.name == GIT and ignoring.folder != top]
    return tuple(ignoring for ignoring in found if ignoring not in above) if is_ignored(above, top, folder=True) else found


def ignorings_in(folder: str, above: Ignorings, names: list[str], where: Where = str) -> Ignorings:
    """What holds in a folder below, by what holds above it. names: of all that is in it."""
    if ".git" in names:  # a repository in a repository has its own rules
        above = tuple(ignoring for ignoring in above if ignoring.name == CHECKER)
    looks = where is not str or GIT in names or CHECKER in names
    return (*above, *reversed(_own(folder, where))) if looks else above


def is_ignored(ignorings: Ignorings | list[Ignoring], path: str, *, folder: bool = False) -> bool:
    """Whether one of the two kinds leaves out an absolute path."""
    decided: set[str] = set()
    for base, name, spec in reversed(ignorings):
        if name not in decided:
            relative = path[len(base) :].lstrip(os.sep).replace(os.sep, "/")
            include = spec.check_file(f"{relative}/" if folder else relative).include
            if include:
                return True
            if include is False:  # a pattern with a `!`
                decided.add(name)
    return False


def is_checker_ignored(path: str, where: Where = str) -> bool:
    """Whether a .checkerignore leaves out a file; .gitignore does not apply to what is named."""
    path = os.path.abspath(path)
    return is_ignored(ignorings_above(os.path.dirname(path), where, (CHECKER,)), path)


def is_left_out(path: str, where: Where = str) -> bool:
    """Whether an ignore file of either kind keeps an absolute path, or a folder above it, out of a walk."""
    return any(is_ignored(ignorings_above(os.path.dirname(place), where), place, folder=place != path) for place in _upwards(path))


def _upwards(path: str) -> list[str]:
    """The path and the folders above it, up to the top of its repository."""
    found = [path]
    while not os.path.exists(os.path.join(os.path.dirname(path), ".git")) and os.path.dirname(path) != path:
        path = os.path.dirname(path)
        found.append(path)
    return found


def _own(folder: str, where: Where, names: tuple[str, ...] = (CHECKER, GIT)) -> list[Ignoring]:
    return [ignoring for name in names for ignoring in _of(folder, name, where(os.path.join(folder, name)))]


@cache
def _spec(path: str, changed: int) -> Any:
    with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:
        return globs_of_file(file.read().split("\n"))


def _of(folder: str, name: str, path: str) -> list[Ignoring]:
    try:
        return [Ignoring(folder, name, _spec(path, os.stat(path).st_mtime_ns))]
    except OSError:  # there is none; what cannot be read ignores nothing
        return []
