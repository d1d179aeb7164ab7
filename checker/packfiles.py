"""Which files packs are made of, and where those lie that come with the program."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.errors import CheckerError

_SUFFIXES = (".yaml", ".yml")
_HERE = Path(__file__).parent


def shipped_rules() -> Path:
    """The folder of the rules that come with the program: in a wheel inside the package, else beside it in the checkout."""
    inside = _HERE / "_rules"
    return inside if inside.is_dir() else _HERE.parent / "rules"


def shipped_plan(profile: str) -> bytes | None:
    """The compiled plan of a shipped profile, as `plans.to_bytes` writes it; None in a checkout, and where there is no such profile."""
    try:
        return (_HERE / "_plans" / f"{os.path.basename(profile)}.plan").read_bytes()
    except OSError:
        return None


def pack_files(paths: Sequence[Path], errors: list[CheckerError]) -> Iterator[tuple[Path, str]]:
    """(file, name of its pack) of files and folders, each file once, in a fixed order; what is wrong is added to `errors`.

    A pack is named for its file, or for the first folder below the given one. Hidden files and folders are passed over.
    """
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            found = sorted(_below(str(path), ()))
            if not found:
                errors.append(CheckerError("holds no pack: no file ends in .yaml or .yml", str(path)))
            named = [(path.joinpath(*parts), os.path.splitext(parts[0])[0] if len(parts) == 1 else parts[0]) for parts in found]
        else:
            named = [(path, path.stem)]
            if not path.is_file():
                errors.append(CheckerError("no such file or folder", str(path)))
                continue
        for file, pack in named:
            if (real := os.path.realpath(file)) not in seen:
                seen.add(real)
                yield file, pack


def _below(folder: str, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The pack files in a folder, as the parts of their paths below the topmost one. Links to folders are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, (*above, entry.name))
            elif entry.name.endswith(_SUFFIXES) and entry.is_file():
                yield (*above, entry.name)
