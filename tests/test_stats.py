"""`check --stats`: which steps, rules and files take the time, the same report beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.cli import main
from checker.commands.stats import SHOWN, Stats
from checker.violation import Checked


def test_stats_stand_beside_the_same_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("这只币稳赚不赔。\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("今天的天气很好。\n", encoding="utf-8")
    assert main(["check", ".", "-q", "--select", "returns", "--format", "json", "--lang", "en"]) == 1
    plain = capsys.readouterr()
    assert main(["check", ".", "-q", "--select", "returns", "--format", "json", "--lang", "en", "--stats"]) == 1
    timed = capsys.readouterr()
    assert timed.out == plain.out
    lines = timed.err.splitlines()
    assert lines[0].startswith("2 articles, ")
    assert [line for line in lines if line.endswith(":")] == ["steps:", "slowest rules:", "slowest files:"]
    named = {line.split()[-1] for line in lines}
    assert {"parse", "fold", "scan", "judge", "report", "returns/promise", "a.md", "b.md"} <= named


def test_times_add_up_and_only_the_slowest_are_named() -> None:
    stats = Stats()
    results = [Checked(f"{n}.md", times=(("scan", 1.0), ("judge", float(n)), ("a/b", n / 2))) for n in range(SHOWN + 2)]
    assert list(stats.watched(results)) == results
    lines = list(stats.lines("zh"))
    assert lines[:4] == ["共 12 篇，78.00 秒", "各步骤:", "   66.000 s   85%  judge", "   12.000 s   15%  scan"]
    assert lines[4:6] == ["最慢的规则:", "   33.000 s   42%  a/b"]
    assert [line.split()[-1] for line in lines[7:]] == [f"{n}.md" for n in range(SHOWN + 1, 1, -1)]
