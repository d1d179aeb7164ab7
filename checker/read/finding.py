"""Which files there are to check: files, folders and globs, without what git or .checkerignore leaves out."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from checker.globs import globs
from checker.parse import FORMATS_BY_SUFFIX
from checker.read.files import not_a_file, unreadable
from checker.read.ignoring import CHECKER, Ignorings, Where, ignorings_for_walk, ignorings_in, is_checker_ignored, is_ignored
from checker.violation import Failure

_GLOB = frozenset("*?[")
_SKIPPED = ("node_modules", "__pycache__")
_HIDDEN = (".", "~$")  # what names begin with; Word keeps ~$report.docx beside a document that is open
_IGNORED = f"listed in {CHECKER}: skipped / 已列入 {CHECKER}，跳过"
_LOOP = "a symbolic link that leads back to itself: not followed / 符号链接形成循环，不跟随"


class Found(NamedTuple):
    """A file to check. path: as it is shown; size in bytes; explicit: named by the user; note: why it is passed over, "" if it
    is not; also: links to it that were found beside it."""

    path: str
    size: int = 0
    explicit: bool = False
    note: str = ""
    also: tuple[str, ...] = ()


Item = Found | Failure


def discover(paths: Iterable[str], where: Where = str) -> list[Item]:
    """All files, each once, by path; a path that leads to none is a Failure. Of a file and links to it, the file is taken. where: what
    is read in place of the ignore file at a path."""
    found: dict[str, Item] = {}
    links: dict[str, dict[str, None]] = {}
    for path in paths:
        for real, item in _named(_shown(path), where):
            if isinstance(item, Found) and not item.note and os.path.abspath(item.path) != real:
                links.setdefault(real, {})[item.path] = None
            known = found.get(real)
            if known is None or _rank(item, real) > _rank(known, real):
                found[real] = item
    items = [_with_links(item, links[real]) if real in links else item for real, item in found.items()]
    return sorted(items, key=lambda item: item.path.split(os.sep))


def _with_links(item: Item, links: dict[str, None]) -> Item:
    return item._replace(also=tuple(link for link in links if link != item.path)) if isinstance(item, Found) else item


def _rank(item: Item, real: str) -> tuple[bool, bool, bool]:
    """Of two items for one file the higher counts: named before found, checked before passed over, itself before a link to it."""
    explicit, note = (item.explicit, item.note) if isinstance(item, Found) else (False, "")
    return explicit, not note, os.path.abspath(item.path) == real


def _shown(path: str) -> str:
    """Without `./` before it and `/` behind it. `..` stays: behind a link it leads elsewhere than it looks."""
    while path.startswith("./") and len(path) > 2:
        path = path[2:].lstrip("/") or "."
    return path.rstrip("/") or path[:1]


def _named(path: str, where: Where) -> Iterator[tuple[str, Item]]:
    """What one argument names: (the real path, the item)."""
    try:
        state = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        if not _GLOB.isdisjoint(path):
            yield from _globbed(path, where)
        else:
            yield path, Failure(path, "missing", "no such file or folder / 没有这个文件或文件夹")
        return
    except OSError as error:
        yield path, Failure(path, "read", unreadable(error))
        return
    if stat.S_ISDIR(state.st_mode):
        yield from _or_missing(path, _walk(path, _is_article, where), "no article in this folder / 文件夹中没有可检查的文章")
    elif stat.S_ISREG(state.st_mode):
        yield os.path.realpath(path), Found(path, state.st_size, True, _IGNORED if is_checker_ignored(path, where) else "")
    else:
        yield path, Failure(path, "read", not_a_file(state.st_mode))


def _or_missing(path: str, items: Iterator[tuple[str, Item]], message: str) -> Iterator[tuple[str, Item]]:
    count = 0
    for real, item in items:
        count += isinstance(item, Failure) or not item.note
        yield real, item
    if not count:
        yield path, Failure(path, "missing", message)


def _globbed(pattern: str, where: Where) -> Iterator[tuple[str, Item]]:
    """The files that a glob names, with all in folders that it names; ignore files count. A suffix that it spells out is an article's."""
    globs([pattern])  # an error shows it as it was given
    parts = pattern.split("/")
    fixed = next(number for number, part in enumerate(parts) if not _GLOB.isdisjoint(part))
    top = "/".join(parts[:fixed]) or ("/" if pattern.startswith("/") else ".")
    spec = globs(["/" + "/".join(parts[fixed:])])
    suffix = os.path.splitext(pattern)[1]
    spelled = suffix if _GLOB.isdisjoint(suffix) else ""

    def wanted(path: str) -> bool:
        relative = path if top == "." else path[len(top) :].lstrip("/")
        return bool(_is_article(path) or (spelled and path.endswith(spelled))) and spec.match_file(relative)

    items = _walk(top, wanted, where) if os.path.isdir(top) else iter(())
    yield from _or_missing(pattern, items, "no article fits this pattern / 没有文章与此通配符匹配")


def _walk(top: str, wanted: Callable[[str], bool], where: Where) -> Iterator[tuple[str, Item]]:
    """The files below a folder that are wanted. Links to folders are followed after all else; no folder is
    entered twice as itself, nor twice by links: under the name of a link it may have another config."""
    try:
        ignorings = ignorings_for_walk(os.path.abspath(top), where)
    except OSError as error:
        yield top, Failure(top, "read", unreadable(error))
        return
    real = os.path.realpath(top)
    folders: list[tuple[str, str, Ignorings]] = [(top, real, ignorings)]
    links: list[tuple[str, str, Ignorings]] = []
    entered: set[tuple[str, bool]] = set()
    while folders or links:
        linked = not folders
        shown, real, above = links.pop() if linked else folders.pop()
        if (real, linked) in entered:
            continue
        entered.add((real, linked))
        try:
            with os.scandir(shown) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield real, Failure(shown, "read", unreadable(error))
            continue
        absolute = os.path.abspath(shown)
        ignorings = above if shown == top else ignorings_in(absolute, above, [entry.name for entry in entries], where)
        for entry in entries:
            if entry.name.startswith(_HIDDEN) or entry.name in _SKIPPED:
                continue
            path = entry.name if shown == "." else entry.path
            try:
                if not entry.is_dir():
                    if wanted(path) and not (ignorings and is_ignored(ignorings, os.path.join(absolute, entry.name))):
                        yield _file(entry, path, real)
                elif not (ignorings and is_ignored(ignorings, os.path.join(absolute, entry.name), folder=True)):
                    inner = os.path.realpath(path) if entry.is_symlink() else os.path.join(real, entry.name)
                    if f"{real}/".startswith(f"{inner}/"):
                        yield path, Found(path, note=_LOOP)
                    else:
                        (links if linked or entry.is_symlink() else folders).append((path, inner, ignorings))
            except OSError as error:
                yield path, Found(path, note=_LOOP) if error.errno == errno.ELOOP else Failure(path, "read", unreadable(error))


def _file(entry: os.DirEntry[str], path: str, folder: str) -> tuple[str, Item]:
    """folder: the real path of the folder the entry is in."""
    real = os.path.realpath(path) if entry.is_symlink() else os.path.join(folder, entry.name)
    try:
        state = entry.stat()
    except FileNotFoundError:
        return path, Failure(path, "missing", "a symbolic link to nothing / 符号链接指向的文件不存在")
    return real, Found(path, state.st_size) if stat.S_ISREG(state.st_mode) else Failure(path, "read", not_a_file(state.st_mode))


def _is_article(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in FORMATS_BY_SUFFIX
