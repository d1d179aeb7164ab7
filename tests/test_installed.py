"""Rules of an installed package, as its metadata on the path of imports tells them, are extended by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.cli import main
from checker.config import load
from checker.kept_config import config_at

ENTRY_POINTS = """\
[checker.rules]
acme = acme_rules
acme-deep = acme_rules.deep
nowhere = acme_gone
"""
RULE = """\
rules:
  - id: {pack}/word
    kind: forbid
    category: terminology
    severity: error
    message: “{{site_name}}不用{{match}}”
    terms: [{term}]
    bad: ["⟦{term}⟧"]
    good: ["好"]
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a package of rules was installed to, on the path of imports."""
    folder = tmp_path / "site-packages"
    for name, text in {
        "acme_rules-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n",
        "acme_rules-1.0.dist-info/entry_points.txt": ENTRY_POINTS,
        "acme_rules/__init__.py": "raise RuntimeError('never run')\n",
        "acme_rules/.checker.yaml": "packs: [rules]\nsite_name: 甲网\nlang: zh\n",
        "acme_rules/rules/acme.yaml": RULE.format(pack="acme", term="禁词甲"),
        "acme_rules/deep/deep.yaml": RULE.format(pack="deep", term="禁词乙"),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "cache"))
    home = tmp_path / "articles"
    home.mkdir()
    monkeypatch.chdir(home)
    (home / "a.md").write_text("有禁词甲，也有禁词乙。\n", encoding="utf-8")
    return folder


def config(text: str) -> Path:
    path = Path(".checker.yaml").absolute()
    path.write_text(text, encoding="utf-8")
    return path


def test_the_config_of_a_package_is_extended(installed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = config("extends: [acme]\nselect: [acme]\nfail_on: error\n")
    loaded = load(path)
    assert loaded.packs == (installed / "acme_rules" / "rules",)
    assert loaded.origins["packs"] == f"{installed}/acme_rules/.checker.yaml:1"
    assert main(["check", "-q", "--format", "concise", "a.md"]) == 1
    assert capsys.readouterr().out == "a.md:1:2: error “甲网不用禁词甲” [acme/word]\n"
    config("extends: [acme]\nselect: [acme]\nsite_name: 乙网\n")
    assert main(["check", "-q", "--format", "concise", "a.md"]) == 1
    assert "“乙网不用禁词甲”" in capsys.readouterr().out


def test_a_package_without_a_config_is_a_folder_of_packs(installed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = config("extends: acme-deep\nselect: [deep]\n")
    assert load(path).packs == (installed / "acme_rules" / "deep",)
    assert main(["check", "-q", "--format", "concise", "a.md"]) == 1
    assert capsys.readouterr().out == "a.md:1:8: error “本站不用禁词乙” [deep/word]\n"


def test_an_entry_point_that_leads_nowhere_is_an_error(installed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config("extends: [nowhere]\n")
    assert main(["config"]) == 2
    assert ".checker.yaml:1:11: no file, installed package of rules or shipped profile `nowhere`" in capsys.readouterr().err


def test_a_kept_config_is_read_anew_when_what_it_rests_on_changed(installed: Path) -> None:
    path = config("extends: [acme]\n")
    assert config_at(path) == config_at(path) == load(path)
    kept = config_at(path)
    assert (kept.origins, kept.places, kept.files) == (load(path).origins, load(path).places, load(path).files)
    own = installed / "acme_rules" / ".checker.yaml"
    own.write_text("packs: [rules]\nsite_name: 丙网\n", encoding="utf-8")
    assert config_at(path).site_name == "丙网"
    path.write_text("extends: [acme]\nprofile: hk\n", encoding="utf-8")
    assert config_at(path).profile == "hk"
    os.remove(own)
    assert config_at(path).packs == (installed / "acme_rules",)
