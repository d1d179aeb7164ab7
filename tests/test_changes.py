"""Changed lines from git itself: the merge base, renames, untracked files, shallow clones."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from checker.changes import WHOLE, Change, changes_since
from checker.cli import main
from checker.errors import CheckerError

ENV = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": f"{who.lower()}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=ENV, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "一 篇.md").write_text("一\n二\n三\n", encoding="utf-8")
    (folder / "old.md").write_text("a\nb\nc\nd\ne\n", encoding="utf-8")
    (folder / "gone.md").write_text("x\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    git(folder, "checkout", "-qb", "work")
    return folder


def test_only_what_the_branch_changed(repository: Path) -> None:
    (repository / "一 篇.md").write_text("一\n贰\n三\n四\n", encoding="utf-8")
    git(repository, "mv", "old.md", "new.md")
    git(repository, "rm", "-q", "gone.md")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "two")
    git(repository, "checkout", "-q", "main")
    (repository / "old.md").write_text("on main\n", encoding="utf-8")
    git(repository, "commit", "-qam", "three")
    git(repository, "checkout", "-q", "work")
    (repository / "fresh.md").write_text("new\n", encoding="utf-8")

    assert changes_since("main", repository).files == {
        repository / "一 篇.md": Change((range(2, 3), range(4, 5)), "一 篇.md"),
        repository / "new.md": Change((), "old.md"),
        repository / "fresh.md": Change(WHOLE),
    }


def test_a_shallow_clone_is_told_what_to_do(repository: Path, tmp_path: Path) -> None:
    (repository / "old.md").write_text("changed\n", encoding="utf-8")
    git(repository, "commit", "-qam", "two")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{repository}", str(shallow))
    with pytest.raises(CheckerError, match="fetch-depth: 0"):
        changes_since("origin/main", shallow)


def test_an_unknown_revision_is_an_error(repository: Path) -> None:
    with pytest.raises(CheckerError, match="no common ancestor of 'nowhere'"):
        changes_since("nowhere", repository)


def test_outside_a_repository_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CheckerError, match="not a git repository"):
        changes_since("main", tmp_path)


BAD = "现在注册币安并填写邀请码 AB12CD，手续费立返 20%。\n"


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Places of what `check --since main` reports; the exit code goes with them."""
    capsys.readouterr()
    code = main(["check", "-q", "--format", "concise", "--select", "crypto,returns,suppression", "--since", "main", *arguments])
    lines = capsys.readouterr().out.splitlines()
    assert code == (1 if any(" error " in line for line in lines) else 0)
    return [line.split(" ")[0] for line in lines]


@pytest.fixture
def articles(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(repository)
    git(repository, "checkout", "-q", "main")
    Path("a.md").write_text(f"# 题\n\n{BAD}\n正文。\n", encoding="utf-8")
    Path("drafts").mkdir()
    Path("drafts/d.md").write_text(f"# 题\n\n{BAD}", encoding="utf-8")
    Path(".checker.yaml").write_text("exclude: [drafts/]\nlang: en\n", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "articles")
    git(repository, "checkout", "-qB", "work")
    return repository


def places(found: list[str], name: str) -> set[str]:
    return {place.split(":")[1] for place in found if place.startswith(name)}


def test_old_lines_are_left_alone_and_new_ones_told(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(capsys) == []
    Path("a.md").write_text(f"# 题\n\n{BAD}\n正文。\n\n{BAD.replace('币安', '欧易')}", encoding="utf-8")
    assert places(checked(capsys), "a.md") == {"7"}
    git(articles, "mv", "a.md", "b.md")
    assert places(checked(capsys), "b.md") == {"7"}


def test_who_takes_a_warning_away_answers_for_what_it_spoke_of(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(articles, "checkout", "-q", "main")
    directive = "<!-- checker-disable-file crypto/exchange-funnel, crypto, solicitation, promotion reason: 示例 -->\n"
    Path("a.md").write_text(f"{directive}\n# 题\n\n{BAD}", encoding="utf-8")
    git(articles, "commit", "-qam", "suppressed")
    git(articles, "checkout", "-qB", "work")
    Path("a.md").write_text(f"# 题\n\n{BAD}", encoding="utf-8")
    assert "3" in places(checked(capsys), "a.md")


@pytest.mark.parametrize("move", ["git mv drafts/d.md d.md", "ln -s drafts/d.md d.md", "ln -s drafts posts", "git mv -f drafts posts"])
def test_what_was_not_checked_where_it_stood_is_new(articles: Path, move: str, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(move.split(), cwd=articles, check=True)
    assert {place.split(":")[1] for place in checked(capsys)} == {"3"}


def test_attributes_hide_no_lines(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(".gitattributes").write_text("*.md binary -diff\n", encoding="utf-8")
    Path("old.md").write_text(f"a\n\n{BAD}", encoding="utf-8")
    git(articles, "add", "-A")
    git(articles, "commit", "-qm", "hidden")
    assert places(checked(capsys), "old.md") == {"3"}


def test_since_from_the_command_line(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--since", "nowhere"]) == 2
    assert "no common ancestor" in capsys.readouterr().err
    assert main(["check", "--since", "main", "-"]) == 2
    shallow = tmp_path / "shallow"
    Path("old.md").write_text("changed\n", encoding="utf-8")
    git(articles, "commit", "-qam", "two")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{articles}", str(shallow))
    assert main(["check", "--since", "origin/main", str(shallow)]) == 2
    assert "fetch-depth: 0" in capsys.readouterr().err


def test_max_violations(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-q", "--select", "crypto/rebate,crypto/exchange-signup", "a.md"]) == 1
    assert "1 error" in capsys.readouterr().out.replace("1 个错误", "1 error")
    assert main(["check", "-q", "--select", "crypto/rebate,crypto/exchange-signup", "--max-violations", "1", "a.md"]) == 0
    assert main(["check", "--max-violations", "-1", "a.md"]) == 2
