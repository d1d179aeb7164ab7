"""`checker diff-rules`: what other rules would newly report of articles, or no longer."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from checker.cli import main

RULE = """\
rules:
  - id: house/word
    kind: forbid
    category: terminology
    severity: error
    message: 不写“{match}”
    terms: [禁词甲]
    bad: ["⟦禁词甲⟧"]
    good: ["好"]
"""
OTHER = RULE.replace("禁词甲", "禁词乙")
BOTH = """\
- posts/a.md:1:2: error 不写“禁词甲” [house/word]
+ posts/a.md:1:6: error 不写“禁词乙” [house/word]
house/word: +1 -1
新增 1 处，消失 1 处；2 篇文章中 1 篇有变化
"""


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def git(*arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository with a pack, a config and two articles; few shipped rules, since loading all of them takes most of the time."""
    shipped = tmp_path / "shipped"
    write(str(shipped / "profiles" / "cn-media.yaml"), "description: x\n")
    for module in ("plans", "packs", "commands.rule_sides"):
        monkeypatch.setattr(f"checker.{module}.shipped_rules", lambda: shipped)
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "cache"))
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    write("house/word.yaml", RULE)
    write(".checker.yaml", "packs: [house]\nselect: [house/word]\noverrides: [{files: 'posts/c.md', severity: {word: info}}]\n")
    write("posts/a.md", "有禁词甲和禁词乙。\n")
    write("posts/b.md", "好。\n")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")


def test_packs(capsys: pytest.CaptureFixture[str]) -> None:
    write("new.yaml", OTHER)
    assert main(["diff-rules", "house", "new.yaml", "posts"]) == 1
    assert capsys.readouterr().out == BOTH
    assert main(["diff-rules", "house/word.yaml", "house", "posts", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "0 newly reported, 0 no longer; 0 of 2 articles differ\n"


@pytest.mark.parametrize(
    ("old", "new"), [("HEAD", "."), ("HEAD", ".checker.yaml"), ("HEAD:house", "house"), ("HEAD:./house/word.yaml", "house")]
)
def test_revisions_and_configs(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("house/word.yaml", OTHER)
    assert main(["diff-rules", old, new, "posts"]) == 1
    assert capsys.readouterr().out == BOTH
    assert main(["diff-rules", old, old, "posts"]) == 0


def test_links_and_word_lists_of_a_revision_are_followed(capsys: pytest.CaptureFixture[str]) -> None:
    write("words.lst", "禁词甲\n")
    write("shared/word.yaml", RULE.replace("terms: [禁词甲]", "match: {any: [w]}") + "lexicons:\n  w: {file: ../words.lst}\n")
    Path("house/word.yaml").unlink()
    Path("house/word.yaml").symlink_to("../shared/word.yaml")
    git("add", "-A")
    git("commit", "-qm", "second")
    assert main(["diff-rules", "HEAD:house", "house", "posts"]) == 0


def test_overrides_suppressions_and_severities_count(capsys: pytest.CaptureFixture[str]) -> None:
    write("posts/c.md", "有禁词乙。\n")
    write("posts/d.md", "<!-- checker-disable house/word 理由：引文 -->\n\n有禁词乙。\n")
    write("house/word.yaml", RULE)
    write("strict.yaml", "packs: [house]\nselect: [word]\nseverity: {word: warning}\n")
    assert main(["diff-rules", "strict.yaml", ".", "posts"]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        "- posts/a.md:1:2: warning 不写“禁词甲” [house/word]",
        "+ posts/a.md:1:2: error 不写“禁词甲” [house/word]",
    ]
    write("house/word.yaml", OTHER)
    assert main(["diff-rules", "HEAD", ".", "posts/c.md", "posts/d.md"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "+ posts/c.md:1:2: info 不写“禁词乙” [house/word]"
    assert main(["diff-rules", "HEAD", ".", "posts/d.md"]) == 1
    assert capsys.readouterr().out.startswith(
        "- posts/d.md:1:1: warning 豁免没有用到：“house/word”在此没有可豁免的问题 [suppression/unused]\nsupp"
    )


def test_a_whole_set_of_rules_takes_the_place_of_the_shipped_one(capsys: pytest.CaptureFixture[str]) -> None:
    write("rules/profiles/cn-media.yaml", "description: x\n")
    write("rules/word/word.yaml", OTHER)
    assert main(["diff-rules", "house", "rules", "posts"]) == 1
    assert capsys.readouterr().out == BOTH


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["HAED", ".", "posts"], "`HAED` is no file or folder, and as a git revision: no such revision: 'HAED'"),
        (["HEAD:gone", ".", "posts"], "HEAD holds no pack, folder or config `gone`"),
        ([".", ".", "gone"], "gone: failure: "),
        (["broken.yaml", ".", "posts"], "broken.yaml:3:11: unknown kind"),
    ],
)
def test_what_cannot_be_compared(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("broken.yaml", RULE.replace("forbid", "forbit"))
    assert main(["diff-rules", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_broken_pack_of_a_revision_is_named_as_there(capsys: pytest.CaptureFixture[str]) -> None:
    write("house/word.yaml", RULE.replace("forbid", "forbit"))
    git("commit", "-qam", "broken")
    assert main(["diff-rules", "HEAD", ".", "posts"]) == 2
    assert capsys.readouterr().err.startswith("HEAD:house/word.yaml:3:11: unknown kind")


def test_a_broken_config_of_a_revision_is_named_as_there(capsys: pytest.CaptureFixture[str]) -> None:
    write(".checker.yaml", "packs: [house]\nselect: [hose/word]\n")
    git("commit", "-qam", "broken")
    assert main(["diff-rules", "HEAD", "house", "posts"]) == 2
    assert capsys.readouterr().err == "HEAD:.checker.yaml:2:10: unknown rule, pack or category `hose/word`; did you mean `house/word`?\n"


def test_a_revision_without_a_config(capsys: pytest.CaptureFixture[str]) -> None:
    git("rm", "-q", ".checker.yaml")
    git("commit", "-qm", "none")
    assert main(["diff-rules", "HEAD", "house", "posts"]) == 2
    assert "HEAD holds no .checker.yaml for this folder: name what to compare, HEAD:PATH" in capsys.readouterr().err
