"""`--since REF`: only articles that changed are checked, and of what stands on their lines only the new is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.changes import Change, Changes, change_of, changes_since, only_new, touches
from checker.commands.configs import Configs, encoding_for, left_out
from checker.config import Config
from checker.engine import Engine, File
from checker.errors import CheckerError
from checker.git import git_bytes, top_seen_from
from checker.pool import guarded
from checker.read import decode, is_left_out
from checker.violation import Checked, Failure, Violation


class Since:
    """reference: a revision of git, in whatever repositories the articles are."""

    def __init__(self, reference: str, configs: Configs) -> None:
        self._reference = reference
        self._configs = configs
        self._changes: dict[Path, Changes] = {}
        self._engines: dict[int, Engine] = {}

    def changes(self, folder: Path) -> Changes:
        top = top_seen_from(folder.absolute())
        if top not in self._changes:
            self._changes[top] = changes_since(self._reference, top)
        return self._changes[top]

    def of(self, path: str) -> tuple[Changes, Change | None]:
        changes = self.changes(Path(path).parent)
        return changes, change_of(path, changes)

    def changed(self, files: Sequence[tuple[Config, File]]) -> list[tuple[Config, File]]:
        return [(config, file) for config, file in files if self.of(file.path)[1] is not None]

    def apply(self, config: Config, checked: Checked) -> Checked:
        """The article's new violations. The old version is checked only where one stands on a line that is not new."""
        if checked.article is None:
            return checked
        changes, change = self.of(checked.path)
        if change is None or all(touches(v, change.lines) for v in checked.violations):
            return checked
        return only_new(checked, change.lines, self._before(config, changes, change))

    def _before(self, config: Config, changes: Changes, change: Change) -> tuple[Violation, ...]:
        """What the rules of today find in the article as it was; nothing where it was not checked under its old name."""
        old = str(changes.top / change.was)
        try:
            known = self._configs.of(old)
        except CheckerError:
            return ()
        if not change.was or left_out(known, old) or is_left_out(old, self._configs.ignore_file):
            return ()
        source = decode(old, git_bytes(changes.top, "cat-file", "blob", f"{changes.base}:{change.was}"), encoding_for(known, old))
        if isinstance(source, Failure):
            return ()
        if id(config) not in self._engines:
            self._engines[id(config)] = self._configs.engine(config)()
        return guarded(self._engines[id(config)], File(old), source).violations
