"""Suppressions that a change adds: who reviews it should see what it takes out of the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from checker.changes import WHOLE, Change, Changes, change_of, changes_since, meets
from checker.commands.checks import Checks
from checker.commands.configs import encoding_for
from checker.config import Config
from checker.document import Source
from checker.engine import File, format_of
from checker.errors import CheckerError
from checker.formats.run import Added
from checker.git import git_bytes, top_of, top_seen_from
from checker.parse import parse
from checker.policy import Policy
from checker.read import decode, read
from checker.suppressions import PREFIX, Suppression, suppressions
from checker.violation import Failure


def added(checks: Checks, policy: Policy) -> tuple[Added, ...]:
    """Those that stand on changed lines, and those that the articles did not have at the merge base."""
    changes: dict[Path, Changes | None] = {}
    found: list[Added] = []
    for config, file in checks.files:
        top = top_seen_from(Path(file.path).absolute().parent)
        if top not in changes:
            revision = policy.revision(top_of(top))
            changes[top] = changes_since(revision, top) if revision else None
        known = changes[top]
        change = change_of(file.path, known) if known else Change(WHOLE)
        if change is not None:
            found += _added(file, config, change, known)
    return tuple(found)


def _added(file: File, config: Config, change: Change, changes: Changes | None) -> Iterator[Added]:
    source = read(file.path, file.encoding)
    if isinstance(source, Failure):
        return  # which the check tells
    before = Counter[tuple[object, ...]]()
    if changes and change.was:
        old = str(changes.top / change.was)
        blob = git_bytes(changes.top, "cat-file", "blob", f"{changes.base}:{change.was}")
        was = decode(old, blob, encoding_for(config, old))
        if not isinstance(was, Failure):
            before.update(_key(s, was) for s in _said(was, config))
    lines = () if source.package else change.lines  # lines of git are none of a Word file
    for s in sorted(_said(source, config), key=lambda s: s.span):
        known = before[_key(s, source)] > 0
        before[_key(s, source)] -= known
        if not known or _is_touched(s, source, lines):
            at = source.lines.position(s.span.start)
            yield Added(file.path, at.line, at.column, s.names, s.kind, s.reason, s.until)


def _said(source: Source, config: Config) -> list[Suppression]:
    if PREFIX not in source.text and not source.package:
        return []
    try:
        return suppressions(parse(source, format_of(source.path), config.site))[0]
    except CheckerError:
        return []


def _key(s: Suppression, source: Source) -> tuple[object, ...]:
    """What two versions of a suppression share. A region that no longer ends is another one."""
    return s.kind, s.names, s.reason, s.until, s.covers.end > len(source.text)


def _is_touched(s: Suppression, source: Source, lines: tuple[range, ...]) -> bool:
    """Whether the directive, or the one that ends its region, stands on changed lines."""
    position = source.lines.position
    if meets(position(s.span.start).line, position(s.span.end).line, lines):
        return True
    end = position(min(s.covers.end, len(source.text))).line
    return s.kind == "region" and meets(end, end, lines)
