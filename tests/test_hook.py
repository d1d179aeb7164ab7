"""The hook, run by pre-commit itself in a repository of its own: a bad article is refused at its line, a clean one accepted."""

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


def run(*command: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_bad_article_is_refused_and_a_clean_one_accepted(tmp_path: Path) -> None:
    checkout, articles = tmp_path / "checker", tmp_path / "articles"
    env = {
        **os.environ,
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": f"{who.lower()}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    # pre-commit clones what is committed: the checkout as it stands now becomes a repository of its own
    wanted = ["checker", "rules", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml"]
    for name in wanted:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, _parent(checkout / name))
    for folder in (checkout, articles):
        folder.mkdir(exist_ok=True)
        assert run("git", "init", "-q", "-b", "main", cwd=folder, env=env).returncode == 0
    run("git", "add", "-A", cwd=checkout, env=env)
    assert run("git", "commit", "-qm", "state", cwd=checkout, env=env).returncode == 0
    revision = run("git", "rev-parse", "HEAD", cwd=checkout, env=env).stdout.strip()
    (articles / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {checkout}\n    rev: {revision}\n    hooks:\n      - id: checker\n", encoding="utf-8"
    )
    installed = run(sys.executable, "-m", "pre_commit", "install", cwd=articles, env=env)
    assert installed.returncode == 0, installed.stdout + installed.stderr

    (articles / "bad.md").write_text(BAD, encoding="utf-8")
    run("git", "add", "-A", cwd=articles, env=env)
    refused = run("git", "commit", "-m", "bad", cwd=articles, env=env)
    said = refused.stdout + refused.stderr
    assert refused.returncode != 0, said
    assert "bad.md:5:" in said, said

    (articles / "bad.md").unlink()
    (articles / "clean.md").write_text(CLEAN, encoding="utf-8")
    run("git", "add", "-A", cwd=articles, env=env)
    accepted = run("git", "commit", "-m", "clean", cwd=articles, env=env)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def _parent(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
