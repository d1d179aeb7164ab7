"""What changed since a git revision, by file: which lines, and what the file was before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from checker.expressions import lazy
from checker.git import git, merge_base, top_of
from checker.values import replace
from checker.violation import Checked, Violation

Lines = range
WHOLE = (range(1, 1 << 31),)
_HUNK = lazy(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


class Change(NamedTuple):
    """lines: ranges of those that are new; was: the path at the merge base, relative to the top, "" where the file is new."""

    lines: tuple[Lines, ...]
    was: str = ""


class Changes(NamedTuple):
    """top: of the repository; base: the merge base; files: by real path."""

    top: Path
    base: str
    files: dict[Path, Change]


def changes_since(since: str, folder: Path) -> Changes:
    """Compared with the merge base of `since` and HEAD (three dots), the working tree included; an untracked file is changed as a
    whole. Raises CheckerError where git cannot tell (a shallow clone).

    `--text` and `--no-textconv`: an attribute that the change itself sets must not hide lines.
    """
    top = top_of(folder)
    base = merge_base(since, folder)
    diff = ("diff", "--find-renames", "--text", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-relative")
    files: dict[Path, Change] = {}
    # The patch quotes odd names; the list of names does not, and has the same order.
    named = _named(git(top, *diff, "--diff-filter=ACMR", "--name-status", "-z", base, "--"))
    patches = iter(named)
    lines: list[Lines] = []
    for row in git(top, *diff, "--diff-filter=ACMR", "--unified=0", base, "--").split("\n"):
        if row.startswith("diff --git "):
            was, name = next(patches)
            lines = []
            files[top / name] = Change((), was)
        elif row.startswith("@@ ") and (hunk := _HUNK.match(row)):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            if count:
                lines.append(range(first, first + count))
                files[top / name] = Change(tuple(lines), was)
    for _, name in _named(git(top, *diff, "--diff-filter=T", "--name-status", "-z", base, "--")):  # a link that was a file, or the reverse
        files[top / name] = Change(WHOLE)
    for name in filter(None, git(top, "ls-files", "-z", "--others", "--exclude-standard").split("\0")):
        files[top / name] = Change(WHOLE)
    return Changes(top, base, files)


def _named(listed: str) -> list[tuple[str, str]]:
    """(path before, path now) of `--name-status -z`; "" before for a new file."""
    words = iter(listed.split("\0"))
    found = []
    for status in words:
        if status:
            before = next(words)
            now = next(words) if status[0] in "CR" else before
            found.append(("" if status[0] in "AC" else before, now))
    return found


def change_of(path: str, changes: Changes) -> Change | None:
    """What happened to an article; one that is reached by a changed link is changed as a whole."""
    absolute = Path(path).absolute()
    for place in (absolute, *absolute.parents):
        if place.is_symlink() and place.parent.resolve() / place.name in changes.files:
            return Change(WHOLE)
    return changes.files.get(Path(path).resolve())


def touches(v: Violation, lines: Iterable[Lines]) -> bool:
    """Whether a violation is for the one to answer who changed these lines. What an article lacks has no line of its own."""
    if v.finding or v.start == v.end:
        return True
    return meets(v.start.line, v.end.line, lines)


def meets(first: int, last: int, lines: Iterable[Lines]) -> bool:
    return any(r.start <= last and first < r.stop for r in lines)


def only_new(checked: Checked, lines: Iterable[Lines], before: Iterable[Violation]) -> Checked:
    """The same result with the violations that stand on changed lines, those about the article as a whole, and those that were not
    reported before: who takes a warning away makes a promotion of the line that it spoke of.

    Compared by category and text: which of two rules speaks of a place may hang on the rest of the article.
    """
    lines = tuple(lines)
    known = {(v.category, v.excerpt) for v in before if not v.suppressed}
    kept = [v for v in checked.violations if touches(v, lines) or not (v.suppressed or (v.category, v.excerpt) in known)]
    return replace(checked, violations=tuple(kept))
