"""Patterns that a text can make slow are told from those that take as much longer as the text is longer."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from checker.cli import main
from checker.patterns import parse
from checker.slowness import SHORT, TIMES, adversarial, growth

PACK = """\
rules:
  - id: house/slow
    kind: forbid
    category: terminology
    message: 不得
    patterns: ['.*买.*入', '\\d{2}%', '买入.{0,4}币']
    bad: ["⟦买入了币⟧", "⟦12%⟧"]
    good: ["买卖"]
"""


@pytest.mark.parametrize(("power", "slow"), [(1, False), (2, True), (3, True)])
def test_what_grows_faster_than_its_text_is_slow(power: int, slow: bool) -> None:
    message = growth(parse(".*买.*入"), lambda text: 0.001 * (len(text) / SHORT) ** power * (1 if power > 1 else 5))
    assert bool(message) == slow
    if power == 2:
        assert message.startswith(
            f"slow on some texts: {SHORT * TIMES} characters made against it take 16 ms, 16 times as long as {SHORT};"
        )


def test_what_takes_no_time_is_not_slow() -> None:
    assert growth(parse(".*买.*入"), lambda text: 1e-9 * len(text) ** 2) == ""


@pytest.mark.parametrize("source", [".*买.*入", "(?:买|卖)[^。]{0,20}币[^。]{0,20}链", "买.{1,30}入"])
def test_texts_are_made_of_what_the_pattern_takes_but_the_end(source: str) -> None:
    pattern = parse(source)
    texts = list(adversarial(pattern.nodes))
    assert len(texts) > 1
    assert not any(regex.search(pattern.regex, head + body) for head, body in texts)
    assert any(regex.fullmatch(pattern.regex, body, partial=True) for _, body in texts)


def test_checker_test_names_slow_patterns_of_own_packs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house.yaml").write_text(PACK, encoding="utf-8")
    monkeypatch.setattr("checker.slowness._measured", lambda pattern: lambda text: len(text) ** 2 / 1e6)
    assert main(["test", "house.yaml"]) == 0
    warned = [line for line in capsys.readouterr().out.splitlines() if line.startswith("house.yaml:6") and line.endswith("(warning)")]
    assert [line.split(": ")[1] for line in warned] == ["slow on some texts", "no literal stands in every match"]
    monkeypatch.setattr("checker.slowness._measured", lambda pattern: lambda text: len(text) / 1e6)
    main(["test", "house.yaml"])
    assert "slow on some texts" not in capsys.readouterr().out
