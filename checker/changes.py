"""What changed since a git revision: rules of lines speak of changed lines only, rules of articles of changed articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from checker.expressions import lazy
from checker.git import git, merge_base, top_of
from checker.values import replace
from checker.violation import Checked, Violation

Lines = range
_HUNK = lazy(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def changed_lines(since: str, folder: Path) -> dict[Path, tuple[Lines, ...]]:
    """Absolute path → ranges of changed lines, compared with the merge base of `since` and HEAD (three dots), the working tree
    included; an untracked file is changed as a whole. Raises CheckerError where git cannot tell (a shallow clone)."""
    top = top_of(folder)
    base = merge_base(since, folder)
    diff = ("diff", "--find-renames", "--diff-filter=d", "--no-color", "--no-ext-diff")
    # The patch quotes odd names; the list of names does not, and has the same order.
    names = iter(git(top, *diff, "--name-only", "-z", base, "--").split("\0"))
    changed: dict[Path, list[Lines]] = {}
    current: list[Lines] = []
    for line in git(top, *diff, "--unified=0", base, "--").split("\n"):
        if line.startswith("diff --git "):
            current = changed.setdefault(top / next(names), [])
        elif line.startswith("@@ ") and (hunk := _HUNK.match(line)):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            current.append(range(first, first + count))
    for name in filter(None, git(top, "ls-files", "-z", "--others", "--exclude-standard").split("\0")):
        changed[top / name] = [range(1, 1 << 31)]
    return {path: tuple(ranges) for path, ranges in changed.items()}


def only_changed(checked: Checked, changed: Mapping[Path, Iterable[Lines]]) -> Checked:
    """The same result with the violations that stand on changed lines, and those about the article as a whole."""
    ranges = tuple(changed.get(Path(checked.path).resolve(), ()))
    return replace(checked, violations=tuple(v for v in checked.violations if _touches(v, ranges)))


def _touches(v: Violation, ranges: tuple[Lines, ...]) -> bool:
    if v.finding or v.start == v.end:  # what an article lacks has no line of its own
        return True
    return any(r.start <= v.end.line and v.start.line < r.stop for r in ranges)
