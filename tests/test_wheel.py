"""The built wheel, installed in a fresh environment away from the checkout, runs the main job with the rules it ships."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from checker.config import Config
from checker.plans import plan_for, profiles, to_bytes

ROOT = Path(__file__).parent.parent
ARTICLE = "# 币安新手教程\n\n现在注册币安并填写邀请码 AB12CD，手续费立返 20%。\n\n点赞\n收藏\n评论\n"
CLEAN = """\
---
title: 河边散步
author: 林知远
---

# 河边散步

河边，柳树发了新芽，几位老人在下棋。图书馆门口，猫在墙头晒太阳，有人牵着狗慢慢走。
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "CHECKER"))}
    env["CHECKER_CACHE_DIR"] = str(cwd / "cache")
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT), cwd=folder)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("article_checker-*.whl")
    return path


def test_the_wheel_holds_the_program_its_rules_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = [path for path in (ROOT / "rules").rglob("*") if path.suffix in (".yaml", ".txt")]  # packs, and the word lists they name
    rules = {f"checker/_rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in shipped}
    assert len(rules) > 20
    assert "checker/_rules/quality/words/button-zh.txt" in rules
    assert rules <= names
    assert {"checker/cli.py", "checker/py.typed"} <= names
    with zipfile.ZipFile(wheel) as opened:
        plans = {Path(name).stem: opened.read(name) for name in names if name.startswith("checker/_plans/")}
    assert set(plans) == set(profiles())
    assert plans["cn-media"] == to_bytes(plan_for(Config()))
    assert {name.split("/")[0] for name in names} == {"checker", wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"}
    assert not [name for name in names if "__pycache__" in name or ("test" in Path(name).name and name != "checker/commands/test.py")]


def test_the_wheel_does_the_main_job_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    installed = run(home / "bin" / "python", "-m", "pip", "install", "-q", wheel, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    checker = home / "bin" / "checker"
    where = run(home / "bin" / "python", "-c", "import checker; print(checker.__file__)", cwd=tmp_path)
    assert str(home) in where.stdout

    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    ran = run(checker, "check", "--format", "json", "article.md", cwd=tmp_path)
    assert ran.returncode == 1, ran.stderr
    report = json.loads(ran.stdout)
    assert ("solicitation", 3) in {(v["category"], v["start"]["line"]) for v in report["violations"]}
    assert ("leftover", 5) in {(v["category"], v["start"]["line"]) for v in report["violations"]}  # its words stand in a word list
    assert report["articles"][0]["topics"]

    # A clean article needs no library but those that parse it and look for words: importing one more takes longer than checking it.
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    code = f"import sys; from checker.cli import main; assert main({['check', '-q', 'clean.md']}) == 0; print(*sorted(sys.modules))"
    modules = run(home / "bin" / "python", "-c", code, cwd=tmp_path).stdout.splitlines()[-1].split()
    others = {name.split(".")[0] for name in modules if not name.startswith("_")} - sys.stdlib_module_names
    assert others <= {"checker", "ahocorasick_rs", "pyromark"}
    assert not {"hashlib", "tempfile", "threading", "dataclasses", "inspect", "subprocess"} & set(modules)
    assert not [name for name in modules if name.startswith(("checker.packs", "checker.schema", "checker.patterns", "checker.compile"))]

    rules = run(checker, "rules", "--lang", "en", cwd=tmp_path)
    assert (rules.returncode, rules.stderr) == (0, "")
    assert int(re.findall(r"^(\d+) rules$", rules.stdout, re.MULTILINE)[0]) > 40
    explained = run(checker, "explain", "crypto/invite-code", cwd=tmp_path)
    assert (explained.returncode, explained.stderr) == (0, "")
    assert "银发〔2026〕42号" in explained.stdout
    tested = run(checker, "test", "--lang", "en", cwd=tmp_path)
    assert (tested.returncode, tested.stderr) == (0, "")
    assert re.search(r"^\d{3,} examples, 0 failed$", tested.stdout, re.MULTILINE)
    assert run(checker, "init", "--profile", "quality-only", cwd=tmp_path).returncode == 0
    assert run(checker, "check", "article.md", cwd=tmp_path).returncode == 0
