"""Changed lines from git itself: the merge base, renames, untracked files, shallow clones."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from checker.changes import changed_lines
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

    assert changed_lines("main", repository) == {
        repository / "一 篇.md": (range(2, 3), range(4, 5)),
        repository / "new.md": (),
        repository / "fresh.md": (range(1, 1 << 31),),
    }


def test_a_shallow_clone_is_told_what_to_do(repository: Path, tmp_path: Path) -> None:
    (repository / "old.md").write_text("changed\n", encoding="utf-8")
    git(repository, "commit", "-qam", "two")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{repository}", str(shallow))
    with pytest.raises(CheckerError, match="fetch-depth: 0"):
        changed_lines("origin/main", shallow)


def test_an_unknown_revision_is_an_error(repository: Path) -> None:
    with pytest.raises(CheckerError, match="no common ancestor of 'nowhere'"):
        changed_lines("nowhere", repository)


def test_outside_a_repository_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CheckerError, match="not a git repository"):
        changed_lines("main", tmp_path)
