"""The jobs for CI that the documents offer: their lines run in bash, in a clone with a remote, as a runner would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.cli import main

ROOT = Path(__file__).parent.parent
OLD = "# 旧教程\n\n打开官网,填写资料。\n"
NEW = "# 新教程\n\n大家好。\n\n现在注册币安并填写邀请码 AB12CD，手续费立返 20%。\n"
CLEAN = "# 周末菜谱\n\n番茄切块，鸡蛋打散，热锅凉油。\n"
CONFIG = "select: [typography, solicitation]\nfail_on: info\n"
ENV = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("CI_", "GITHUB_", "GIT_"))},
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": f"{who.lower()}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}
pytestmark = pytest.mark.skipif(not (shutil.which("git") and shutil.which("bash")), reason="git or bash is not installed")


def job(name: str) -> Any:
    return yaml.load((ROOT / "docs" / "ci" / name).read_text(encoding="utf-8"), yaml.BaseLoader)


@dataclass(frozen=True)
class Service:
    """What a service runs and keeps, and the variable by which it names the branch that a change is for."""

    commands: list[str]
    report: str
    target: str


def gitlab() -> Service:
    articles = job("gitlab.yml")["articles"]
    report = articles["artifacts"]["reports"]["codequality"]
    return Service(articles["script"], report, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")


def github() -> Service:
    steps = job("github.yml")["jobs"]["checker"]["steps"]
    report = next(step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", ""))
    return Service([step["run"] for step in steps if "run" in step], report, "GITHUB_BASE_REF")


SERVICES = {"gitlab": gitlab(), "github": github()}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=ENV, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """On branch `change`; main, at the remote, has an article with a finding of its own."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    (origin / ".checker.yaml").write_text(CONFIG, encoding="utf-8")
    (origin / "old.md").write_text(OLD, encoding="utf-8")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "base")
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    git(clone, "checkout", "-qb", "change")
    return clone


def change(clone: Path, **articles: str) -> None:
    for name, text in articles.items():
        (clone / f"{name}.md").write_text(text, encoding="utf-8")
    (clone / ".checker.yaml").write_text("select: [law]\n", encoding="utf-8")  # would let all pass
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "change")


def run(service: Service, clone: Path, target: str) -> tuple[int, list[tuple[str, str, int]]]:
    """Exit code, and the violations that the report holds: rule, path and line."""
    install, check = service.commands
    assert install.startswith("pip install https://")
    ran = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", check],
        cwd=clone,
        env={**ENV, service.target: target},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stdout + ran.stderr
    held = json.loads((clone / service.report).read_bytes())
    if isinstance(held, list):
        return ran.returncode, [(entry["check_name"], entry["location"]["path"], entry["location"]["lines"]["begin"]) for entry in held]
    places = [(result["ruleId"], result["locations"][0]["physicalLocation"]) for result in held["runs"][0]["results"]]
    return ran.returncode, [(rule, place["artifactLocation"]["uri"], place["region"]["startLine"]) for rule, place in places]


def found(clone: Path, capsys: pytest.CaptureFixture[str], *names: str) -> list[tuple[str, str, int]]:
    """The same of a plain run by the config of main."""
    config = clone.parent / "origin" / ".checker.yaml"
    capsys.readouterr()
    main(["check", "--config", str(config), "--format", "json", "--jobs", "1", *names])
    return [(v["rule"], v["path"], v["start"]["line"]) for v in json.loads(capsys.readouterr().out)["violations"]]


@pytest.mark.parametrize("name", SERVICES)
def test_a_change_answers_for_its_lines_by_the_rules_of_its_target(
    name: str, clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change(clone, new=NEW, clean=CLEAN)
    monkeypatch.chdir(clone)
    expected = found(clone, capsys, "new.md")
    assert {(path, line) for _, path, line in expected} == {("new.md", 5)}
    assert run(SERVICES[name], clone, "main") == (1, expected)


@pytest.mark.parametrize("name", SERVICES)
def test_a_clean_change_passes_whatever_stood_there_before(name: str, clone: Path) -> None:
    change(clone, clean=CLEAN)
    assert run(SERVICES[name], clone, "main") == (0, [])


@pytest.mark.parametrize("name", SERVICES)
def test_without_a_target_the_whole_tree_is_checked(name: str, clone: Path) -> None:
    assert run(SERVICES[name], clone, "") == (1, [("quality/half-width-punctuation", "old.md", 3)])


def test_a_tag_of_the_name_of_the_target_is_not_the_target(clone: Path) -> None:
    change(clone, new=NEW)
    git(clone, "tag", "main")
    git(clone, "push", "-q", "origin", "refs/tags/main")
    code, held = run(SERVICES["gitlab"], clone, "main")
    assert (code, {path for _, path, _ in held}) == (1, {"new.md"})


def test_the_jobs_are_well_formed_and_have_the_history() -> None:
    workflow, articles = job("github.yml"), job("gitlab.yml")["articles"]
    steps = workflow["jobs"]["checker"]["steps"]
    assert all(set(step) & {"uses", "run"} for step in steps)
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    assert workflow["on"] == {"push": {"branches": ["main"]}, "pull_request": ""}
    assert steps[0]["with"] == {"fetch-depth": "0"}
    assert articles["variables"] == {"GIT_DEPTH": "0"}
    assert articles["artifacts"]["when"] == "always"
    change, whole = (rule["if"] for rule in articles["rules"])
    assert change == '$CI_PIPELINE_SOURCE == "merge_request_event"'
    assert whole == "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
