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
from checker.violation import BASELINE, Checked, Violation

NAME = ".checker-baseline"

_HEAD = "# Accepted findings of checker: fingerprint rule path. Written by `checker baseline write`; sorted; merge as text.\n"
_LINE = lazy(r"([0-9a-f]{64}) (\S+) (.+)")


class Entry(NamedTuple):
    fingerprint: str
    rule: str
    path: str  # relative to the baseline's folder, posix slashes


class Baseline:
    """The entries of one file, and which of them a run has met.

    folder: what the paths of the entries are relative to.
    """

    def __init__(self, folder: Path, entries: Iterable[Entry]) -> None:
        self.folder = folder
        self.entries = frozenset(entries)
        self._met: set[Entry] = set()
        self._moved: dict[Entry, Entry] = {}
        self._checked: dict[str, frozenset[str]] = {}
        paths = {entry.path for entry in self.entries}
        self._gone = {path for path in paths if not (folder / path).exists()}
        self._orphans: dict[tuple[str, str], list[Entry]] = {}
        for entry in sorted(self.entries):
            if entry.path in self._gone:
                self._orphans.setdefault(entry[:2], []).append(entry)

    def apply(self, checked: Checked, left: frozenset[str] = frozenset()) -> Checked:
        """The same result, accepted findings marked suppressed. left: rules that were not looked for."""
        path = relative(checked.path, self.folder)
        if checked.article is not None:
            self._checked[path] = left
        violations = tuple(replace(v, suppressed=BASELINE) if not v.suppressed and self._knows(v, path) else v for v in checked.violations)
        return replace(checked, violations=violations)

    def _knows(self, violation: Violation, path: str) -> bool:
        entry = Entry(violation.fingerprint, violation.rule, path)
        if entry in self.entries:
            self._met.add(entry)
            return True
        for old in self._orphans.get(entry[:2], []):
            if old not in self._met:
                self._met.add(old)
                self._moved[old] = entry
                return True
        return False

    def stale(self, folders: Iterable[Path]) -> list[Entry]:
        """Entries that this run would have met and did not: of articles that it checked, and of those that are gone from one of the
        folders that it went through."""
        tops = [relative(str(folder), self.folder) for folder in folders]
        return sorted(entry for entry in self.entries - self._met if self._is_stale(entry, tops))

    def _is_stale(self, entry: Entry, tops: list[str]) -> bool:
        if entry.path in self._gone:
            return any(top == "." or entry.path.startswith(f"{top}/") for top in tops)
        return entry.path in self._checked and entry.rule not in self._checked[entry.path]

    def kept(self, stale: Iterable[Entry]) -> set[Entry]:
        """The entries without stale ones, those of renamed files under their new paths."""
        return {self._moved.get(entry, entry) for entry in self.entries - set(stale)}


def relative(path: str, folder: Path) -> str:
    return Path(os.path.relpath(Path(path).absolute(), folder.absolute())).as_posix()


def read_baseline(path: Path, folder: Path | None = None) -> Baseline:
    """Raises CheckerError at the line that is no entry. folder: what its paths are relative to, None: the folder it is in."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise CheckerError(
            "no such baseline; `checker baseline write` makes it / 没有基线文件，可用 checker baseline write 生成", str(path)
        ) from error
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
    return Baseline(folder or path.parent, entries)


def entries_of(checked: Checked, folder: Path) -> set[Entry]:
    """What a baseline accepts of a result: all but what the article suppresses itself, and suppressions that are not in order."""
    path = relative(checked.path, folder)
    return {
        Entry(v.fingerprint, v.rule, path) for v in checked.violations if v.suppressed in ("", BASELINE) and v.category != "suppression"
    }


def render(entries: Iterable[Entry]) -> str:
    """The text of the file: sorted by fingerprint, so that entries of two branches seldom stand side by side."""
    return _HEAD + "".join(f"{e.fingerprint} {e.rule} {e.path}\n" for e in sorted(set(entries)))
