"""What is skipped changes nothing: every pattern tried on every block gives the same report of real articles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from checker.config import Config
from checker.engine import Engine, File
from checker.plans import plan_for
from checker.scan import CueHit, CueHits, Scanner, Standing
from checker.scan.clock import Clock
from checker.scan.pieces import Piece

ROOT = Path(__file__).parent.parent.parent
ARTICLES = sorted((*(ROOT / "tests" / "articles").iterdir(), *(ROOT / "examples").iterdir()))[::4]


def all_stand(scanner: Scanner, visible: str, folded: str) -> Standing:
    standing = SKIPPING(scanner, visible, folded)
    trials = range(scanner.index.firsts[-1])
    return standing._replace(cues=frozenset(range(len(scanner.plan.cues))), trials={trial: {} for trial in trials})


def tried_everywhere(hits: CueHits, number: int, clock: Clock, scopes: tuple[str, ...], by_line: bool, exact: bool) -> Iterable[CueHit]:
    pieces = []
    for block, (_, start, end, *_) in enumerate(hits._document.blocks):
        for first, last in hits.lines(block) if by_line else ((start, end),):
            base, end_ = (first, last) if exact else hits._pieces.to_folded(first, last)
            pieces.append(Piece(block, base, hits._pieces.whole(exact)[base:end_], None))
    return hits._matches(hits._scanner.trial(number), clock, pieces, exact)


SKIPPING = Scanner._standing


def test_skipping_changes_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(plan_for(Config()).plan)
    files = [File(str(path)) for path in ARTICLES]
    skipped = list(map(engine.check_file, files))
    monkeypatch.setattr(Scanner, "_standing", all_stand)
    monkeypatch.setattr(CueHits, "_tried", tried_everywhere)
    monkeypatch.setattr("checker.scan.clock.SECONDS", 600.0)
    assert list(map(engine.check_file, files)) == skipped
    assert sum(len(checked.violations) for checked in skipped) > 20
