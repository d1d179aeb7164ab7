"""Which files there are to check: files, folders and globs, without what git or .checkerignore leaves out."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.parse import FORMATS_BY_SUFFIX
from checker.read.files import not_a_file, unreadable
from checker.read.ignoring import CHECKER_IGNORE, Ignores
from checker.violation import Failure

_GLOB = frozenset("*?[")
_SKIPPED = ("node_modules", "__pycache__")  # beside what begins with a dot
_IGNORED = f"listed in {CHECKER_IGNORE}: skipped / 已列入 {CHECKER_IGNORE}，跳过"
_LOOP = "a symbolic link that leads back to itself: not followed / 符号链接形成循环，不跟随"
_MISSING = "no such file or folder / 没有这个文件或文件夹"


class Found(NamedTuple):
    """A file to check. path: as it is shown; size in bytes; explicit: named by the user; note: why it is passed over, "" if it is not."""

    path: str
    size: int = 0
    explicit: bool = False
    note: str = ""


def discover(paths: Iterable[str]) -> list[Found | Failure]:
    """All files, each once, by path. A path that leads to none is a Failure."""
    named = list(paths)
    found: dict[str, Found | Failure] = {}
    ignores = Ignores()
    for path in named:
        for item in _one(path, ignores):
            key = os.path.realpath(item.path)
            known = found.get(key)
            if known is None or (isinstance(known, Found) and known.note and not _note(item)):
                found[key] = item
    return sorted(found.values(), key=lambda item: item.path.split(os.sep))


def _note(item: Found | Failure) -> str:
    return item.note if isinstance(item, Found) else ""


def _one(path: str, ignores: Ignores) -> Iterator[Found | Failure]:
    try:
        state = os.stat(path)
    except FileNotFoundError:
        if _GLOB.isdisjoint(path):
            yield Failure(path, "missing", _MISSING)
        else:
            yield from _globbed(path, ignores)
        return
    except (OSError, ValueError) as error:
        yield Failure(path, "read", unreadable(error) if isinstance(error, OSError) else str(error))
        return
    if stat.S_ISDIR(state.st_mode):
        yield from _folder(path, ignores)
    elif stat.S_ISREG(state.st_mode):
        note = _IGNORED if ignores.by_checker(path) else ""
        yield Found(os.path.normpath(path), state.st_size, True, note)
    else:
        yield Failure(path, "read", not_a_file(state.st_mode))


def _folder(path: str, ignores: Ignores) -> Iterator[Found | Failure]:
    count = 0
    for item in _walk(os.path.normpath(path), ignores):
        count += isinstance(item, Failure) or not item.note
        yield item
    if not count:
        yield Failure(path, "missing", "no article in this folder / 文件夹中没有可检查的文章")


def _globbed(pattern: str, ignores: Ignores) -> Iterator[Found | Failure]:
    """What a glob matches, as if the user's shell had not quoted it, but for files that are ignored or no articles."""
    count = 0
    own = os.path.splitext(pattern)[1]
    for path in sorted(glob.iglob(pattern, recursive=True)):
        if os.path.isfile(path):
            if (_is_article(path) or (own and _GLOB.isdisjoint(own))) and not ignores.by_any(path):
                count += 1
                yield Found(os.path.normpath(path), os.stat(path).st_size)
        elif os.path.isdir(path) and "**" not in pattern:
            for item in _walk(os.path.normpath(path), ignores):
                count += isinstance(item, Failure) or not item.note
                yield item
    if not count:
        yield Failure(pattern, "missing", "no article fits this pattern / 没有文章与此通配符匹配")


def _walk(top: str, ignores: Ignores) -> Iterator[Found | Failure]:
    """The articles below a folder. Links to folders are followed once each."""
    waiting = [(top, os.path.realpath(top))]
    entered = {waiting[0][1]}
    inside = ignores.below(top)
    while waiting:
        folder, real = waiting.pop()
        try:
            with os.scandir(folder) as scan:
                entries = list(scan)
        except OSError as error:
            yield Failure(folder, "read", unreadable(error))
            continue
        inside.enter(folder, {entry.name for entry in entries})
        for entry in entries:
            path = entry.path if folder != "." else entry.name
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            try:
                is_folder = entry.is_dir()
                if is_folder:
                    if inside.ignored(path, True):
                        continue
                    target = os.path.realpath(path) if entry.is_symlink() else os.path.join(real, entry.name)
                    if target in entered:
                        yield Found(path, note=_LOOP)
                    else:
                        entered.add(target)
                        waiting.append((path, target))
                elif _is_article(path) and not inside.ignored(path, False):
                    yield from _entry(entry, path)
            except OSError as error:
                yield Failure(path, "read", unreadable(error))


def _entry(entry: os.DirEntry[str], path: str) -> Iterator[Found | Failure]:
    try:
        state = entry.stat()
    except FileNotFoundError:
        yield Failure(path, "missing", "a symbolic link to nothing / 符号链接指向的文件不存在")
        return
    except OSError as error:
        import errno

        if error.errno == errno.ELOOP:
            yield Found(path, note=_LOOP)
            return
        raise
    yield Found(path, state.st_size) if stat.S_ISREG(state.st_mode) else Failure(path, "read", not_a_file(state.st_mode))


def _is_article(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in FORMATS_BY_SUFFIX
