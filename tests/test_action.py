"""The GitHub action: its parts, and its script, run by bash in a repository as GitHub runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
CHECK = next(step for step in STEPS if step.get("id") == "check")


pytestmark = pytest.mark.skipif(not (shutil.which("git") and shutil.which("bash")), reason="git or bash is not installed")


def test_its_parts() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert set(ACTION["inputs"]) == {"paths", "args", "python-version", "sarif"}
    for step in STEPS:
        assert ("uses" in step) != ("run" in step)
        if "run" in step:
            assert step["shell"] == "bash"
            assert "${{" not in step["run"]
    assert STEPS[-1]["uses"].startswith("github/codeql-action/upload-sarif@")
    assert STEPS[-1]["if"].startswith("always()")


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def run(folder: Path, temporary: Path, **given: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(temporary),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
        "GITHUB_OUTPUT": str(temporary / "output"),
        "PATHS": ".",
        "ARGS": "",
        "BASE": "",
    }
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", CHECK["run"]]
    return subprocess.run(shell, cwd=folder, env=environment | given, capture_output=True, text=True, check=False)


def test_a_pull_request(tmp_path: Path) -> None:
    folder, temporary = tmp_path / "site", tmp_path / "runner"
    folder.mkdir()
    temporary.mkdir()
    (temporary / "summary.md").write_text("earlier\n", encoding="utf-8")
    git(folder, "init", "-q")
    (folder / ".checker.yaml").write_text("profile: cn-media\n", encoding="utf-8")
    (folder / "old.md").write_text("# 旧文\n\n这个产品稳赚不赔。\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "base")
    base = git(folder, "rev-parse", "HEAD")

    clean = run(folder, temporary, BASE=base)
    assert (clean.returncode, clean.stdout) == (0, "")

    (folder / "new a.md").write_text("# 新文\n\n本所的产品稳赚不赔。\n", encoding="utf-8")
    (folder / ".checker.yaml").write_text("profile: cn-media\nignore: [returns]\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "change")
    bad = run(folder, temporary, BASE=base)
    assert bad.returncode == 1, bad.stderr
    assert "::error file=new a.md,line=3" in bad.stdout
    assert "old.md" not in bad.stdout
    summary = (temporary / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("earlier\n")
    assert "| new a.md:3 | error |" in summary
    assert '"version"' in (temporary / "checker.sarif").read_text(encoding="utf-8")
    assert (temporary / "output").read_text(encoding="utf-8").splitlines()[-1] == f"sarif={temporary / 'checker.sarif'}"

    other = run(folder, temporary, BASE=base, PATHS="old.md\n")
    assert (other.returncode, other.stdout) == (0, "")
    assert run(folder, temporary, BASE=base, ARGS="--max-violations=99\n").returncode == 0
    assert run(folder, temporary, BASE="0" * 40).returncode == 2
