"""`checker new-rule`: a rule is written only when it works."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.cli import main


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_rules_are_written_one_behind_the_other_and_run() -> None:
    pack = Path("house.yaml")
    assert main(["new-rule", "house/hype", "house.yaml", "--term", "暴富神话", "--good", "没有神话。", "--category", "advertising"]) == 0
    first = pack.read_text(encoding="utf-8")
    assert first == (
        "rules:\n  - id: house/hype\n    kind: forbid\n    category: advertising\n    severity: warning\n    message: 不宜写“{match}”\n"
        "    terms:\n    - 暴富神话\n    bad:\n    - ⟦暴富神话⟧\n    good:\n    - 没有神话。\n"
    )
    assert main([
        "new-rule", "house/coin", "house.yaml", "--pattern", "数字币{1,2}", "--replace", "虚拟货币", "--bad", "买⟦数字币⟧。",
        "--good", "买虚拟货币。", "--severity", "error", "--message", "应写“虚拟货币”",
    ]) == 0  # fmt: skip
    assert pack.read_text(encoding="utf-8").startswith(first)
    assert "    message: 应写“虚拟货币”\n" in pack.read_text(encoding="utf-8")
    Path("a.md").write_text("暴富神话，数字币。", encoding="utf-8")
    assert main(["check", "-q", "--rules", "house.yaml", "--select", "house", "a.md"]) == 1
    assert main(["check", "-q", "--rules", "house.yaml", "--select", "house", "--fix", "--unsafe-fixes", "a.md"]) == 0
    assert Path("a.md").read_text(encoding="utf-8") == "暴富神话，虚拟货币。"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["house/a", "--good", "好"], "give --term or --pattern"),
        (["house/a", "--pattern", "甲+", "--good", "好"], "give --bad"),
        (["house/a", "--term", "甲乙", "--good", "说甲乙。"], "nothing written"),
        (["house/a", "--term", "甲乙", "--bad", "⟦丙⟧", "--good", "好"], "nothing written"),
        (["quality/menu", "--term", "甲乙", "--good", "好"], "quality/menu"),
        (["house", "--term", "甲乙", "--good", "好"], "house.yaml:2:9"),
    ],
)
def test_what_does_not_work_is_not_written(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-rule", arguments[0], "house.yaml", *arguments[1:]]) == 2
    assert message in capsys.readouterr().err
    assert not Path("house.yaml").exists()


def test_line_ends_of_the_pack_stay() -> None:
    rule = "  - {id: house/a, kind: forbid, category: advice, message: 甲, terms: [甲乙], bad: ⟦甲乙⟧, good: 好}\r\n"
    Path("house.yaml").write_bytes(f"rules:\r\n{rule}".encode())
    assert main(["new-rule", "house/b", "house.yaml", "--term", "丙丁", "--good", "好"]) == 0
    assert Path("house.yaml").read_bytes().count(b"\n") == Path("house.yaml").read_bytes().count(b"\r\n") == 13


def test_what_is_no_text_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    Path("house.yaml").write_bytes("rules: # 规则".encode("gb18030"))
    assert main(["new-rule", "house/a", "house.yaml", "--term", "甲乙", "--good", "好"]) == 2
    assert "house.yaml: cannot be read as UTF-8 text" in capsys.readouterr().err


def test_behind_another_key_there_is_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    text = "rules: []\nlexicons:\n  甲: {terms: [甲]}\n"
    Path("house.yaml").write_text(text, encoding="utf-8")
    assert main(["new-rule", "house/a", "house.yaml", "--term", "甲乙", "--good", "好"]) == 2
    assert "house.yaml" in capsys.readouterr().err
    assert Path("house.yaml").read_text(encoding="utf-8") == text
