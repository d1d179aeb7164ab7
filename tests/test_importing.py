"""`checker import`: dictionaries of other tools become packs whose examples hold, and what is lost is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.cli import main

DICTIONARY = """\
version: 1
imports: [other.yml]
rules:
  - expected: 虚拟货币
    patterns: [数字币, /加密币/g, '/电子(?:货)?币/']
    prh: 统一写作虚拟货币
  - expected: 比特币
    pattern: 比特
  - expected: jQuery
  - Cookie
"""


def test_a_dictionary_of_prh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("prh.yml").write_text(DICTIONARY, encoding="utf-8")
    assert main(["import", "prh", "prh.yml", "--out", "house.yaml"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "prh.yml: imports: not carried over; import those files too",
        "prh.yml: rules[1]: `/电子(?:货)?币/`: a regular expression; write it as a pattern of checker",
        "prh.yml: rules[3]: `jQuery` has no pattern: prh forbids its other widths and cases, which are one here",
        "prh.yml: rules[4]: `Cookie`: prh forbids its other widths and cases, which are one here",
        "checker: 2 of 4 rules carried over / 已导入",
    ]
    assert main(["test", "house.yaml"]) == 0
    Path("a.md").write_text("数字币与加密币，比特与比特币。", encoding="utf-8")
    assert main(["check", "-q", "--rules", "house.yaml", "--select", "house", "--fix", "--unsafe-fixes", "a.md"]) == 0
    assert Path("a.md").read_text(encoding="utf-8") == "虚拟货币与虚拟货币，比特币与比特币。"
    assert main(["import", "prh", "prh.yml", "--out", "house.yaml"]) == 2
    capsys.readouterr()
    assert main(["import", "prh", "prh.yml", "--name", "words"]) == 1
    assert "id: words/" in capsys.readouterr().out


def test_what_is_no_dictionary_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yml").write_text("- 1\n", encoding="utf-8")
    assert main(["import", "prh", str(tmp_path / "a.yml")]) == 2
    assert "no prh dictionary" in capsys.readouterr().err
