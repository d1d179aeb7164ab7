"""What git says. Every failure of it is a CheckerError."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from checker.errors import CheckerError

# a folder of articles that looks like a bare repository brings its own config, and with it commands
_SAFE = ("-c", "safe.bareRepository=explicit")


def git(folder: Path, *arguments: str) -> str:
    return git_bytes(folder, *arguments).decode("utf-8", "surrogateescape")


def git_bytes(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """The standard output of git in a folder. given: its standard input."""
    try:
        ran = subprocess.run(["git", *_SAFE, *arguments], cwd=folder, input=given, capture_output=True, check=False)
    except OSError as error:
        raise CheckerError(f"git cannot be run: {error.strerror} / 无法运行 git") from error
    if ran.returncode:
        raise CheckerError(f"git {arguments[0]}: {ran.stderr.decode('utf-8', 'replace').strip()}")
    return ran.stdout


def top_of(folder: Path) -> Path:
    """The top of the repository that a folder is in."""
    return Path(git(folder, "rev-parse", "--show-toplevel").rstrip("\n"))


@cache
def top_seen_from(folder: Path) -> Path:
    """The folder of the repository, as far as can be seen without asking git; it says what is wrong where there is none."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)


def superproject_of(folder: Path) -> Path | None:
    """The top of the repository that holds the one of this folder as a submodule."""
    said = git(folder, "rev-parse", "--show-superproject-working-tree").rstrip("\n")
    return Path(said).resolve() if said else None


def merge_base(since: str, folder: Path) -> str:
    """The commit at which HEAD left `since`."""
    _no_option(since)
    try:
        return git(folder, "merge-base", since, "HEAD").strip()
    except CheckerError as error:
        git(folder, "rev-parse", "--show-toplevel")  # outside a repository, git's own words say more
        raise CheckerError(f"no common ancestor of {since!r} and HEAD: {_advice(folder)}") from error


def commit_of(reference: str, folder: Path) -> str:
    """The commit that a branch, tag or revision names."""
    _no_option(reference)
    try:
        return git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}").split()[-1]
    except (CheckerError, IndexError) as error:
        git(folder, "rev-parse", "--show-toplevel")
        raise CheckerError(f"no such revision: {reference!r}: {_advice(folder)}") from error


def _no_option(reference: str) -> None:
    if not reference or reference.startswith("-"):
        raise CheckerError(f"{reference!r} is no revision of git / 不是 git 版本")


def _advice(folder: Path) -> str:
    if git(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
        return "this is a shallow clone: fetch its history (fetch-depth: 0, or git fetch --unshallow) / 这是浅克隆，请取回完整历史"
    return "is it fetched? / 是否已取回该引用？"


def written_on(path: Path, lines: Iterable[int]) -> dict[int, str]:
    """ISO date on which each line came in, by `git blame`; without lines that git does not know, or not yet."""
    wanted = sorted(set(lines))
    ranges = [f"-L{line},{line}" for line in wanted]
    try:
        said = git(path.absolute().parent, "blame", "--line-porcelain", *ranges, "--", path.name)
    except CheckerError:
        return {}
    dates: dict[int, str] = {}
    line, commit, moment = 0, "", 0
    for row in said.split("\n"):
        words = row.split(" ")
        if row.startswith("\t"):
            if commit.strip("0"):
                dates[line] = _iso(moment)
        elif len(words) >= 3 and len(words[0]) in (40, 64) and words[2].isdigit():
            commit, line = words[0], int(words[2])
        elif words[0] == "author-time":
            moment = int(words[1])
    return dates


def _iso(moment: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).date().isoformat()
