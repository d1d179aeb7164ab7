"""A private folder for what can be made again: compiled plans of own packs, jieba's dictionary.

Plain JSON, written whole and at once, so that two writers do no harm; the folder is ours alone (0700), and whatever is odd about it or
in it is ignored: a cache may cost time, never a finding.
"""

from __future__ import annotations

import json
import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any

from checker import __version__

VARIABLE = "CHECKER_CACHE_DIR"


def path() -> Path:
    """Where the cache is: $CHECKER_CACHE_DIR, else `checker` in $XDG_CACHE_HOME or ~/.cache."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "checker"


def folder() -> Path | None:
    """The folder, made if need be; None where it cannot be trusted or made."""
    try:
        place = path()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = place.stat()
        if hasattr(os, "getuid") and (status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o077):
            return None
        return place
    except (OSError, RuntimeError):  # RuntimeError: no home folder
        return None


def key(*parts: bytes | str) -> str:
    """A name for what was made from these parts by this version of the program."""
    digest = sha256(__version__.encode())
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def get(name: str) -> Any | None:
    """What was put under the name, or None."""
    place = folder()
    if place is None:
        return None
    try:
        return json.loads((place / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        return None


def put(name: str, data: Any) -> None:
    """Keeps data that JSON can hold; silently does not where it cannot be written."""
    place = folder()
    if place is None:
        return
    temporary = place / f"{name}.{os.getpid()}.tmp"
    try:
        temporary.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        temporary.replace(place / f"{name}.json")
    except OSError:
        temporary.unlink(missing_ok=True)


def clear() -> int:
    """Removes what the program keeps there; the number of files."""
    place = path()
    count = 0
    for file in [*place.glob("*.json"), *place.glob("*.tmp"), *place.glob("jieba.cache*")]:
        file.unlink(missing_ok=True)
        count += 1
    return count
