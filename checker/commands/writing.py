"""Files written whole and at once: a reader never sees half of one, and one that cannot be written stays as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from checker.errors import CheckerError


@contextmanager
def written(path: Path, *, what: tuple[str, str] = ("", "")) -> Iterator[IO[bytes]]:
    """The new content of a file, which takes the place of the old one when all of it is there. What a link leads to is written, with the
    permissions that it had. what: the file's name in messages (English with a space behind, Chinese)."""
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except OSError as error:
        raise CheckerError(f"{what[0]}cannot be written: {error.strerror} / 无法写入{what[1]}", str(path)) from error
    finally:
        temporary.unlink(missing_ok=True)
