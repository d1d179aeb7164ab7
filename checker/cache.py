"""A private folder for what can be made again: compiled plans of own packs, configs, jieba's dictionary.

Plain JSON and lines, written whole and at once, so that two writers do no harm; the folder is ours alone (0700), and whatever is odd about
it or in it is ignored: a cache may cost time, never a finding.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from checker import __version__

VARIABLE = "CHECKER_CACHE_DIR"
OFF = "CHECKER_NO_CACHE"  # set: nothing is kept, in this process and those it starts
_SUFFIXES = (".json", ".tmp", "jieba.cache")  # of what we put there


def path() -> Path:
    """Where the cache is: $CHECKER_CACHE_DIR, else `checker` in $XDG_CACHE_HOME or ~/.cache. RuntimeError: there is no home."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "checker"


def folder() -> Path | None:
    """The folder, made if need be; None where it cannot be trusted or made, or nothing is to be kept."""
    if os.environ.get(OFF):
        return None
    try:
        place = path()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = place.stat()
        if hasattr(os, "getuid") and (status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o077):
            return None
        return place
    except (OSError, RuntimeError):
        return None


def key(*parts: str) -> str:
    """A name for what is made from these parts by this version of the program."""
    from hashlib import sha256

    digest = sha256(__version__.encode())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def recall(name: str) -> Any | None:
    """What `remember` put under the name, if no file that it was made from has changed, nor the program."""
    return recall_with_lines(name)[0]


def recall_with_lines(name: str) -> tuple[Any | None, bytes]:
    """The same with the lines that were kept beside it; (None, nothing) where it is not to be trusted."""
    try:
        place = folder()
        head, _, lines = (place / f"{name}.json").read_bytes().partition(b"\n") if place else (b"null", b"", b"")
        kept = json.loads(head)
        if kept is None or kept["code"] != _code() or any(_digest(file) != digest for file, digest in kept["files"].items()):
            return None, b""
        return (kept["data"], lines) if kept["lines"] == _digest_of(lines) else (None, b"")
    except (OSError, LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return None, b""


def remember(name: str, data: Any, files: Iterable[str], lines: bytes = b"") -> None:
    """Keeps data that JSON can hold, and lines beside it, made from these files; silently does not where that cannot be done."""
    place = folder()
    if place is None:
        return
    temporary = place / f"{name}.{os.getpid()}.tmp"
    try:
        kept = {"code": _code(), "files": {file: _digest(file) for file in files}, "lines": _digest_of(lines), "data": data}
        temporary.write_bytes(b"%s\n%s" % (json.dumps(kept, separators=(",", ":")).encode(), lines))
        temporary.replace(place / f"{name}.json")
    except OSError:
        temporary.unlink(missing_ok=True)


def clear() -> int:
    """Removes what the program keeps there; the number of files."""
    place = path()
    found = [file for file in place.iterdir() if file.name.endswith(_SUFFIXES)] if place.is_dir() else []
    for file in found:
        file.unlink(missing_ok=True)
    return len(found)


def _digest(file: str) -> str:
    with open(file, "rb") as opened:
        return _digest_of(opened.read())


def _digest_of(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def _code() -> list[list[str | int]]:
    """What tells this state of the program from another one of the same version, as checkouts have them."""
    found: list[list[str | int]] = []
    folders = [os.path.dirname(__file__)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    found.append([entry.path, state.st_size, state.st_mtime_ns])
                elif "." not in entry.name and entry.name[0] != "_" and entry.is_dir():
                    folders.append(entry.path)
    return sorted(found)
