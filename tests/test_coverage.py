"""`checker test --coverage`: what of rules and lexicons no example exercises, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import packfiles
from checker.cli import main

PACK = """\
lexicons:
  venue: {terms: [甲所, 乙所, okx], except: [甲所长], file: words.txt}
  only-here: {terms: [丙], patterns: ['<<inserted>>币']}
  inserted: {terms: [丁, 戊]}
  unused: {terms: [己]}
contexts:
  warned: {forward: [{terms: [警惕]}]}
  denied: {forward: [{terms: [不得]}]}
rules:
  - id: house/word
    kind: forbid
    category: terminology
    message: “{match}”
    match: {any: [venue, {terms: [禁词], patterns: ['禁.{1,3}语', '^不用$']}]}
    except: [禁词典, 禁词表]
    unless: [warned, denied]
    bad: ["有⟦禁词⟧，⟦甲所⟧，⟦禁的语⟧，books of bookx。"]
    good: ["没有禁词表。不得说禁词。\\n\\n不用才怪"]
  - id: house/note
    kind: require
    fact: disclaimer
    category: disclaimer
    message: m
    any_of: [声明一, {include: [only-here]}]
    weak: [{terms: [仅供參考, 慎重]}]
    bad: 正文。⟦⟧
    good: ["<p>声<b>明</b>一</p>", 戊币仅供参考]
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shipped/profiles").mkdir(parents=True)
    Path("shipped/profiles/cn-media.yaml").write_text("description: x\n", encoding="utf-8")
    monkeypatch.setattr("checker.plans.shipped_rules", lambda: Path("shipped"))
    monkeypatch.setattr("checker.packs.shipped_rules", lambda: Path("shipped"))
    assert packfiles.shipped_rules().is_dir()
    Path("house.yaml").write_text(PACK, encoding="utf-8")
    Path("words.txt").write_text("庚\n甲所\n有\n辛\n", encoding="utf-8")


def test_what_no_example_exercises_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--coverage", "house.yaml", "--lang", "en"]) == 0
    assert (
        capsys.readouterr().out
        == """\
house/word  5/8 (62%)
  house.yaml:15:14: term `禁词典` (except)
  house.yaml:14:63: pattern `^不用$` (match.any)
  house.yaml:16:14: context `warned` (unless)
house/note  3/4 (75%)
  house.yaml:25:27: term `慎重` (weak)
rules: 8/12 (66%)

venue       2/7 (28%)
  house.yaml:2:23: term `乙所`
  house.yaml:2:27: term `okx`
  house.yaml:2:42: term `甲所长` (except)
  house.yaml:2:54: 2 terms of the word list: `庚`, `辛`
only-here   1/2 (50%)
  house.yaml:3:23: term `丙`
inserted    1/2 (50%)
  house.yaml:4:22: term `丁`
lexicons: 4/11 (36%)

"""
    )


def test_of_one_rule_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--coverage", "--rules", "house.yaml", "house/note"]) == 0
    assert "house/note  3/4 (75%)\n" in (shown := capsys.readouterr().out)
    assert "规则: 3/4 (75%)" in shown
    assert "house/word" not in shown


def test_it_goes_with_examples_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--coverage", "--labels", "a", "b"]) == 2
    assert "--coverage is of examples" in capsys.readouterr().err
