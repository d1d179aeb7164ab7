"""The hooks, run by pre-commit itself in a repository of its own: a bad article is refused or repaired, a clean one accepted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BAD = "# 新手教程\n\n大家好。\n\n现在注册币安并填写邀请码 AB12CD，手续费立返 20%。\n"
CLEAN = "# 周末菜谱\n\n番茄切块，鸡蛋打散，热锅凉油。\n"
HALF = "# 周末菜谱\r\n\r\n番茄切块,鸡蛋打散,热锅凉油。\r\n用 3,000 克水,见 a.md。\r\n"
FULL = "# 周末菜谱\r\n\r\n番茄切块，鸡蛋打散，热锅凉油。\r\n用 3,000 克水，见 a.md。\r\n"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def run(*command: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {
        **os.environ,
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("cache")),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": f"{who.lower()}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> str:
    """Where the hooks come from, for a config of pre-commit: the checkout as it stands now, as a repository of its own.

    For pre-commit clones what is committed; it installs a revision once, for all hooks of it."""
    checkout = tmp_path_factory.mktemp("checker")
    wanted = ["checker", "rules", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml"]
    for name in wanted:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, checkout / name)
    return f"repos:\n  - repo: {checkout}\n    rev: {committed(checkout, env)}\n    hooks:\n      - id: "


def committed(folder: Path, env: dict[str, str]) -> str:
    """The commit of all that is in a folder."""
    assert run("git", "init", "-q", "-b", "main", cwd=folder, env=env).returncode == 0
    run("git", "add", "-A", cwd=folder, env=env)
    assert run("git", "commit", "-qm", "state", cwd=folder, env=env).returncode == 0
    return run("git", "rev-parse", "HEAD", cwd=folder, env=env).stdout.strip()


def install(articles: Path, config: str, env: dict[str, str]) -> None:
    (articles / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    committed(articles, env)
    installed = run(sys.executable, "-m", "pre_commit", "install", cwd=articles, env=env)
    assert installed.returncode == 0, installed.stdout + installed.stderr


def commit(articles: Path, env: dict[str, str]) -> tuple[bool, str]:
    """Whether a commit of all is accepted, and what is said."""
    run("git", "add", "-A", cwd=articles, env=env)
    ran = run("git", "commit", "-m", "articles", cwd=articles, env=env)
    return ran.returncode == 0, ran.stdout + ran.stderr


def test_a_bad_article_is_refused_and_a_clean_one_accepted(tmp_path: Path, hooks: str, env: dict[str, str]) -> None:
    install(tmp_path, f"{hooks}checker\n", env)
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    accepted, said = commit(tmp_path, env)
    assert not accepted, said
    assert "bad.md:5:" in said, said

    (tmp_path / "bad.md").unlink()
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    accepted, said = commit(tmp_path, env)
    assert accepted, said


def test_the_hook_that_repairs_refuses_once_and_leaves_the_article_repaired(tmp_path: Path, hooks: str, env: dict[str, str]) -> None:
    (tmp_path / ".checker.yaml").write_text("select: [typography]\n", encoding="utf-8")
    install(tmp_path, f"{hooks}checker-fix\n", env)
    article = tmp_path / "菜谱.md"
    article.write_bytes(HALF.encode())
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    accepted, said = commit(tmp_path, env)
    assert not accepted, said
    assert "files were modified by this hook" in said, said
    assert article.read_bytes() == FULL.encode()
    assert (tmp_path / "clean.md").read_text(encoding="utf-8") == CLEAN

    accepted, said = commit(tmp_path, env)
    assert accepted, said
    assert article.read_bytes() == FULL.encode()
    assert run("git", "show", "HEAD:菜谱.md", cwd=tmp_path, env=env).stdout == FULL.replace("\r\n", "\n")
