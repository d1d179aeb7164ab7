"""Patterns that are kept from one run to the next find what a fresh one finds, and a damaged one is compiled anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import regex

from checker.scan.compiled import LONG, compiled

PATTERN = "(?m:^)(?:" + "|".join(f"词{n}{chr(0x4E00 + n)}" for n in range(LONG)) + r")(?<![^\n]{40})\b"
TEXT = "\n".join(f"词{n}{chr(0x4E00 + n)} 今天" for n in range(0, LONG, 7))


def found(pattern: regex.Pattern[str]) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(TEXT)]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(folder))
    monkeypatch.delenv("CHECKER_NO_CACHE", raising=False)
    compiled(PATTERN)
    (file,) = folder.iterdir()
    return file


def test_a_kept_pattern_is_not_compiled_and_finds_the_same(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = found(regex.compile(PATTERN))
    assert len(expected) > 50
    regex.purge()
    whole = regex.compile
    monkeypatch.setattr(regex, "compile", lambda pattern: whole(pattern) if len(pattern) < LONG else pytest.fail("compiled"))
    again = compiled(PATTERN)
    assert (again.pattern, found(again)) == (PATTERN, expected)


@pytest.mark.parametrize("change", ["code", "shape", "cut", "empty"])
def test_a_damaged_one_is_compiled_anew(kept: Path, change: str) -> None:
    written = kept.read_text()
    data = json.loads(written)
    data["data"][1] = "AAAA" if change == "code" else data["data"][1]
    data["data"] = [1, 2] if change == "shape" else data["data"]
    kept.write_text({"cut": written[:-9], "empty": ""}.get(change, json.dumps(data)))
    assert found(compiled(PATTERN)) == found(regex.compile(PATTERN))
    assert json.loads(kept.read_text()) == json.loads(written)


def test_named_groups_are_compiled_each_time(kept: Path) -> None:
    match = compiled("(?P<value>甲)" + "|乙" * LONG).search("甲")
    assert match is not None
    assert match["value"] == "甲"
    assert list(kept.parent.iterdir()) == [kept]
