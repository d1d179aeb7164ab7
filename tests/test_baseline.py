"""The baseline from the command line: accepted findings are not reported, new ones are; moved text and renamed files keep theirs."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.baseline import Baseline, Entry, entries_of, read_baseline, render
from checker.cli import main
from checker.text import Position
from checker.violation import Checked, Violation

HOUSE = Path(__file__).parent / "data" / "house.yaml"
NAME = ".checker-baseline"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".checker.yaml").write_text(f"packs: ['{HOUSE}']\nselect: [house]\nlang: en\nbaseline: {NAME}\n", encoding="utf-8")
    Path("old.md").write_text("禁词甲一。\n\n禁词乙二。\n", encoding="utf-8")


def written(*arguments: str) -> list[str]:
    assert main(["baseline", "write", "-q", *arguments]) == 0
    return [line.split(" ", 1)[1] for line in Path(NAME).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    capsys.readouterr()
    code = main(["check", "-q", "--format", "concise", *arguments])
    found = [line.split(" error")[0] for line in capsys.readouterr().out.splitlines()]
    assert code == (1 if found else 0)
    return found


def test_what_is_accepted_is_not_reported_and_what_is_new_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(capsys, "--no-baseline") == ["old.md:1:1:", "old.md:3:1:"]
    assert sorted(written()) == ["house/a old.md", "house/b old.md"]
    assert reported(capsys) == []
    Path("old.md").write_text("禁词甲新。\n\n禁词乙二。\n\n禁词甲一。\n", encoding="utf-8")  # moved down, one is new
    assert reported(capsys) == ["old.md:1:1:"]
    assert main(["check"]) == 1
    assert "1 error, 0 warnings, 0 infos, 2 in the baseline" in capsys.readouterr().out


def test_the_file_is_sorted_and_says_nothing_of_lines(capsys: pytest.CaptureFixture[str]) -> None:
    written()
    text = Path(NAME).read_text(encoding="utf-8")
    Path("old.md").write_text("\n\n前言。\n\n禁词乙二。\n\n禁词甲一。\n", encoding="utf-8")
    written()
    assert Path(NAME).read_text(encoding="utf-8") == text
    lines = text.splitlines()[1:]
    assert lines == sorted(lines)


def test_a_renamed_file_keeps_its_entries_and_a_copy_does_not_get_them(capsys: pytest.CaptureFixture[str]) -> None:
    written()
    Path("copy.md").write_bytes(Path("old.md").read_bytes())
    assert reported(capsys) == ["copy.md:1:1:", "copy.md:3:1:"]
    Path("old.md").unlink()
    assert reported(capsys) == []
    Path("second.md").write_bytes(Path("copy.md").read_bytes())  # an entry is claimed once
    assert reported(capsys) == ["second.md:1:1:", "second.md:3:1:"]
    Path("second.md").unlink()
    assert main(["baseline", "prune", "-q"]) == 0
    assert sorted(line.split(" ", 1)[1] for line in Path(NAME).read_text(encoding="utf-8").splitlines()[1:]) == [
        "house/a copy.md",
        "house/b copy.md",
    ]


def test_stale_entries_are_told_and_pruned(capsys: pytest.CaptureFixture[str]) -> None:
    Path("gone.md").write_text("禁词甲。\n", encoding="utf-8")
    written()
    Path("old.md").write_text("好。\n\n禁词乙二。\n\n禁词甲新。\n", encoding="utf-8")
    Path("gone.md").unlink()
    capsys.readouterr()
    assert main(["check", "."]) == 1
    said = capsys.readouterr().err
    assert "checker: 2 stale in the baseline" in said
    assert "  gone.md: house/a\n" in said
    assert "  old.md: house/a\n" in said
    assert main(["check", "old.md"]) == 1  # of gone.md this run knows nothing
    assert "checker: 1 stale in the baseline" in capsys.readouterr().err
    assert main(["check", "--select", "house/b", "."]) == 0  # what was not looked for is not stale
    assert "checker: 1 stale" in capsys.readouterr().err
    assert main(["baseline", "prune"]) == 0
    assert capsys.readouterr().out.endswith(f"{NAME}: 1 entries (0 added, 2 dropped)\n")
    assert reported(capsys) == ["old.md:5:1:"]  # pruning accepts nothing new


def test_writing_a_part_leaves_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("禁词甲。\n", encoding="utf-8")
    written()
    Path("old.md").write_text("禁词乙二。\n", encoding="utf-8")
    Path("a.md").write_text("禁词甲，禁词乙。\n", encoding="utf-8")
    assert sorted(written("old.md")) == ["house/a a.md", "house/b old.md"]
    Path("a.md").write_bytes(b"\xd6\xd0\xff\xff")
    assert main(["baseline", "write", "-q"]) == 2  # what cannot be checked keeps its entries
    assert "house/a a.md" in Path(NAME).read_text(encoding="utf-8")


def test_what_the_article_suppresses_is_not_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.md").write_text(
        "<!-- checker-disable-next house/a reason: x -->\n禁词甲。\n\n<!-- checker-disable-next house/a -->\n禁词甲。\n", encoding="utf-8"
    )
    assert written() == ["house/a old.md"]
    assert main(["check", "-q", "--format", "json"]) == 0
    found = {(v["rule"], v.get("suppressed", "")) for v in json.loads(capsys.readouterr().out)["violations"]}
    assert found == {("house/a", "x"), ("house/a", "baseline"), ("suppression/no-reason", "")}


def test_sarif_says_that_they_are_accepted_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    written()
    assert main(["check", "-q", "--format", "sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    jsonschema.validate(log, json.loads((Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
    assert {result["suppressions"][0]["kind"] for result in log["runs"][0]["results"]} == {"external"}


def test_each_config_has_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    Path("blog").mkdir()
    Path("blog/.checker.yaml").write_text(f"packs: ['{HOUSE}']\nselect: [house]\nbaseline: accepted\n", encoding="utf-8")
    Path("blog/post.md").write_text("禁词甲。\n", encoding="utf-8")
    assert sorted(written()) == ["house/a old.md", "house/b old.md"]
    assert Path("blog/accepted").read_text(encoding="utf-8").endswith(" house/a post.md\n")
    assert reported(capsys) == []
    assert main(["check", "--baseline", "blog/accepted", "old.md"]) == 1
    assert main(["check", "--no-baseline", "blog"]) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such baseline; `checker baseline write` makes it"),
        ("<<<<<<< HEAD\n", f"{NAME}:1:1: not a baseline entry (fingerprint rule path); a merge conflict?"),
    ],
)
def test_a_baseline_that_cannot_be_read_is_an_error(content: str | None, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    if content is not None:
        Path(NAME).write_text(content, encoding="utf-8")
    assert main(["check"]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_options(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_bytes("禁词甲，禁词乙。\n".encode("gb18030"))
    Path("other.yaml").write_text("profile: quality-only\n", encoding="utf-8")
    assert main([
        "baseline", "write", "--config", "other.yaml", "--rules", str(HOUSE), "--profile", "cn-media", "--select", "house", "--ignore",
        "house/b", "--lang", "zh", "--encoding", "gb18030", "--jobs", "1", "--baseline", "accepted", "a.txt",
    ]) == 0  # fmt: skip
    assert capsys.readouterr() == ("accepted：共 1 条（新增 1，删除 0）\n", "")
    assert Path("accepted").read_text(encoding="utf-8").endswith(" house/a a.txt\n")
    Path("a.txt").unlink()
    assert main(["baseline", "prune", "--quiet", "--baseline", "accepted"]) == 0
    assert capsys.readouterr().out == ""
    assert Path("accepted").read_text(encoding="utf-8").count("\n") == 1


def test_the_first_time_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".checker.yaml").write_text(f"packs: ['{HOUSE}']\nselect: [house]\nlang: en\n", encoding="utf-8")
    assert main(["baseline", "write"]) == 0
    captured = capsys.readouterr()
    assert captured.out.endswith(f"{NAME}: 2 entries (2 added, 0 dropped)\n")
    assert f"write `baseline: {NAME}` in .checker.yaml" in captured.err


def violation(path: str, fingerprint: str) -> Violation:
    at = Position(1, 1, 0)
    return Violation(path, "house/a", "returns", "error", "", "", at, at, "", "", (), (), fingerprint)


ENTRIES = st.sets(
    st.builds(
        Entry, st.text("0123456789abcdef", min_size=64, max_size=64), st.just("house/a"), st.sampled_from(["a.md", "b c.md", "文/章.md"])
    )
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ENTRIES)
def test_what_is_written_is_read(tmp_path: Path, entries: set[Entry]) -> None:
    path = tmp_path / NAME
    path.write_text(render(entries), encoding="utf-8", newline="\n")
    assert read_baseline(path).entries == entries


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_exactly_the_new_findings_are_left(tmp_path: Path, before: list[str], after: set[str]) -> None:
    """Whatever the order in the article: fingerprints decide."""
    path = str(tmp_path / "a.md")
    Path(path).touch()
    accepted = entries_of(Checked(path, violations=tuple(violation(path, f) for f in before)), tmp_path)
    checked = Baseline(tmp_path, accepted).apply(Checked(path, violations=tuple(violation(path, f) for f in after)))
    assert {v.fingerprint for v in checked.violations if not v.suppressed} == after - set(before)
