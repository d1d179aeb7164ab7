"""The private folder: what is kept there saves time and nothing else; what is odd about it is ignored."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import cache
from checker.cli import main

PACK = """\
rules:
  - {id: house/word, kind: forbid, category: terminology, message: 禁词, terms: [禁词甲], bad: ["⟦禁词甲⟧"], good: [无]}
"""
ARTICLE = "# 通知\n\n正文里有禁词甲。\n"
CHECK = ["check", "article.md", "--rules", "house.yaml", "--select", "house/word", "--quiet", "--format", "json", "--fail-on", "warning"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "house.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv(cache.OFF, "")
    return tmp_path / "cache"


def report(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main([*CHECK, *more]) == 1
    return capsys.readouterr().out


def test_a_plan_is_kept_for_its_owner_alone_and_read_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = report(capsys)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.glob("*.json"))
    assert not list(folder.glob("*.tmp"))
    assert report(capsys) == first


def test_no_cache_keeps_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(capsys)
    kept = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert kept
    assert main(["check", "article.md", "--rules", "house.yaml", "-q", "--select", "house", "--ignore", "law", "--no-cache"]) == 0
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == kept


def _spoilt(data: bytes) -> bytes:
    """The head as it was, behind it another word of the same length."""
    head, end, lines = data.partition(b"\n")
    return head + end + lines.replace("禁词甲".encode(), "禁词乙".encode())


@pytest.mark.parametrize("damaged", [lambda _: b"", lambda _: b'{"code": 1}', _spoilt])
def test_what_is_damaged_is_ignored_and_replaced(
    folder: Path, damaged: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    first = report(capsys)
    kept = {file: file.read_bytes() for file in folder.glob("*.json")}
    assert any(_spoilt(data) != data for data in kept.values())
    for file, data in kept.items():
        file.write_bytes(damaged(data))
    assert report(capsys) == first
    assert {file: file.read_bytes() for file in kept} == kept
    assert all(json.loads(file.read_bytes().splitlines()[0])["data"] for file in folder.glob("*.json"))


def test_a_folder_that_others_may_read_is_not_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    report(capsys)
    assert list(folder.iterdir()) == []


def test_a_changed_pack_is_compiled_anew(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(capsys)
    (folder.parent / "house.yaml").write_text(PACK.replace("禁词甲", "正文"), encoding="utf-8")
    assert [v["excerpt"] for v in json.loads(report(capsys))["violations"]] == ["正文"]


def test_path_and_clear(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "path"]) == 0
    assert capsys.readouterr().out == f"{folder}\n"
    report(capsys)
    kept = len(list(folder.iterdir()))
    (folder / "notes.txt").write_text("not ours")
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().out.endswith(f": {kept}\n")
    assert [file.name for file in folder.iterdir()] == ["notes.txt"]
    assert main(["cache", "clear"]) == 0


HEAVY = {"pydantic", "yaml", "rich", "numpy", "jieba", "lxml", "rapidfuzz", "charset_normalizer", "multiprocessing", "concurrent"}
COLD = {"schema", "packs", "compile", "yamlfile", "examples", "score", "fix", "baseline", "git"}


def test_a_warm_run_imports_no_more_than_it_needs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(capsys)
    code = f"import sys; from checker.cli import main; main({CHECK!r}); print(*sorted(sys.modules), file=sys.stderr)"
    env = {key: value for key, value in os.environ.items() if key != cache.OFF}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    loaded = ran.stderr.split()
    assert HEAVY.isdisjoint({name.split(".")[0] for name in loaded})
    ours = {name.split(".")[1] for name in loaded if name.startswith("checker.")}
    assert COLD.isdisjoint(ours)
