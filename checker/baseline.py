"""Today's findings, accepted: only what is new is reported.

The file has one entry a line, `fingerprint rule path`, sorted, without line numbers or dates: two branches that both add entries merge
without a conflict, and text that moves within its article keeps its entry. An entry of a file that is gone may be claimed by
the same finding under another path (the file was renamed); while the old file is there, it may not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from checker.errors import CheckerError
from checker.expressions import lazy
from checker.values import replace
from checker.violation import Checked, Violation

NAME = ".checker-baseline"
REASON = "baseline"  # what `Violation.suppressed` says of an accepted finding
_HEAD = "# Accepted findings of checker: fingerprint rule path. Written by `checker baseline`; sorted; merge as text.\n"
_LINE = lazy(r"([0-9a-f]{64}) (\S+) (.+)")


class Entry(NamedTuple):
    fingerprint: str
    rule: str
    path: str  # relative to the baseline's folder, posix slashes


class Baseline:
    """The entries of one file, and which of them a run has met."""

    def __init__(self, folder: Path, entries: Iterable[Entry]) -> None:
        self.folder = folder
        self.entries = frozenset(entries)
        self._met: set[Entry] = set()
        self._checked: set[str] = set()
        self._gone: dict[tuple[str, str], list[Entry]] = {}
        for entry in sorted(self.entries):
            if not (folder / entry.path).exists():
                self._gone.setdefault(entry[:2], []).append(entry)

    def apply(self, checked: Checked) -> Checked:
        """The same result, accepted findings marked suppressed."""
        path = relative(checked.path, self.folder)
        if checked.article is not None:
            self._checked.add(path)
        violations = tuple(replace(v, suppressed=REASON) if not v.suppressed and self._knows(v, path) else v for v in checked.violations)
        return replace(checked, violations=violations)

    def _knows(self, violation: Violation, path: str) -> bool:
        entry = Entry(violation.fingerprint, violation.rule, path)
        if entry in self.entries:
            self._met.add(entry)
            return True
        for old in self._gone.get(entry[:2], []):
            if old not in self._met:
                self._met.add(old)
                return True
        return False

    def stale(self) -> list[Entry]:
        """Entries that this run would have met and did not: of articles that it checked, or that are gone."""
        left = self.entries - self._met
        return sorted(entry for entry in left if entry.path in self._checked or not (self.folder / entry.path).exists())


def relative(path: str, folder: Path) -> str:
    return Path(os.path.relpath(Path(path).absolute(), folder.absolute())).as_posix()


def read_baseline(path: Path) -> Baseline:
    """Raises CheckerError at the line that is no entry."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckerError(f"the baseline cannot be read: {error} / 无法读取基线文件", str(path)) from error
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            message = "not a baseline entry (fingerprint rule path); a merge conflict? / 不是基线条目，是否有合并冲突？"
            raise CheckerError(message, str(path), number, 1)
        entries.append(Entry(*match.groups()))
    return Baseline(path.parent, entries)


def entries_of(results: Iterable[Checked], folder: Path) -> set[Entry]:
    return {
        Entry(v.fingerprint, v.rule, relative(checked.path, folder))
        for checked in results
        for v in checked.violations
        if not v.suppressed or v.suppressed == REASON
    }


def render(entries: Iterable[Entry]) -> str:
    """The text of the file: sorted by fingerprint, so that entries of two branches seldom stand side by side."""
    return _HEAD + "".join(f"{e.fingerprint} {e.rule} {e.path}\n" for e in sorted(set(entries)))
