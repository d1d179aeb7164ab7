"""Suppressions in every format and form: what they cover, and what is said of those that are not in order."""

from __future__ import annotations

import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest

from checker.cli import main

HOUSE = str(Path(__file__).parent / "data" / "house.yaml")  # in one place, so that its plan is compiled once
RULES = ("--rules", HOUSE, "--select", "house", "--lang", "en", "-q")
UNTIL = "2999-01-01"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def checked(capsys: pytest.CaptureFixture[str], name: str, content: str | bytes, *more: str) -> list[tuple[int, str, str]]:
    """(line, rule, reason it is suppressed for) of every violation of an article."""
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    main(["check", *RULES, "--format", "json", *more, name])
    return [(v["start"]["line"], v["rule"], v.get("suppressed", "")) for v in json.loads(capsys.readouterr().out)["violations"]]


def document(*paragraphs: tuple[str, str]) -> bytes:
    """A Word file: (text, comment on it)."""
    made = docx.Document()
    for text, comment in paragraphs:
        paragraph = made.add_paragraph(text)
        if comment:
            made.add_comment(paragraph.runs, comment)
    made.save(stream := io.BytesIO())
    return stream.getvalue()


NEXT = "<!-- checker-disable-next house/a reason: quoted -->"
LINE = "<!-- checker-disable-line returns reason: quoted -->"
REGION = "<!-- checker-disable house/a, advice reason: quoted -->"
FILE = "<!-- checker-disable-file house/a house/b 理由：quoted -->"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.md", f"{NEXT}\n禁词甲。\n\n禁词甲。\n", [(2, "quoted"), (4, "")]),
        ("a.html", f"{NEXT}<p>禁词甲。</p>\n<p>禁词甲。</p>", [(1, "quoted"), (2, "")]),
        ("a.txt", f"{NEXT}\n禁词甲。\n\n禁词甲。\n", [(2, "quoted"), (4, "")]),
        ("a.docx", document(("禁词甲。", NEXT[5:-4]), ("禁词甲。", "请核对")), [(1, "quoted"), (2, "")]),
        ("a.md", f"禁词甲。{LINE}\n\n禁词甲。\n", [(1, "quoted"), (3, "")]),
        ("a.html", f"<p>禁词甲。{LINE}</p>\n<p>禁词甲。</p>", [(1, "quoted"), (2, "")]),
        ("a.txt", f"禁词甲。 {LINE}\n\n禁词甲。\n", [(1, "quoted"), (3, "")]),
        ("a.docx", document(("禁词甲。", LINE[5:-4]), ("禁词甲。", "")), [(1, "quoted"), (2, "")]),
        ("a.md", f"{REGION}\n\n禁词甲。\n\n禁词乙。\n\n<!-- checker-enable -->\n\n禁词甲。\n", [(3, "quoted"), (5, "quoted"), (9, "")]),
        ("a.html", f"{REGION}<p>禁词甲。<p>禁词乙。\n<!-- checker-enable --><p>禁词甲。", [(1, "quoted"), (1, "quoted"), (2, "")]),
        ("a.txt", f"{REGION}\n禁词甲。\n禁词乙。\n<!-- checker-enable -->\n禁词甲。\n", [(2, "quoted"), (3, "quoted"), (5, "")]),
        ("a.md", f"禁词甲。\n\n禁词乙。\n\n{FILE}\n", [(1, "quoted"), (3, "quoted")]),
        ("a.html", f"<p>禁词甲。\n<p>禁词乙。{FILE}", [(1, "quoted"), (2, "quoted")]),
        ("a.txt", f"{FILE}\n禁词甲。\n禁词乙。\n", [(2, "quoted"), (3, "quoted")]),
        ("a.docx", document(("禁词甲。", FILE[5:-4]), ("禁词乙。", "")), [(1, "quoted"), (2, "quoted")]),
        # no comment can stand between the rows of a table, nor has a list to be left for one
        ("a.md", f"{NEXT}\n\n| 头 |\n| --- |\n| 禁词甲 |\n| 禁词甲 |\n\n禁词甲\n", [(5, "quoted"), (6, "quoted"), (8, "")]),
        ("a.md", f"{NEXT}\n\n- 禁词甲\n- 禁词甲\n\n禁词甲\n", [(3, "quoted"), (4, "quoted"), (6, "")]),
    ],
)
def test_what_a_directive_covers(
    name: str, content: str | bytes, expected: list[tuple[int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    found = checked(capsys, name, content)
    assert [(line, reason) for line, _, reason in found] == expected
    assert {rule for _, rule, _ in found} <= {"house/a", "house/b"}


@pytest.mark.parametrize(
    "front",
    [
        "---\nchecker-disable: house/a 理由=quoted\n---\n",
        '---\nchecker-disable: "house/a reason: quoted"\n---\n',
        f"---\nchecker-disable:\n  house/a: quoted until={UNTIL}\n---\n",
        "---\nchecker-disable: {returns: quoted}\n---\n",
        "---\nchecker-disable:\n  - returns reason: quoted\n---\n",
        '+++\nchecker-disable = "house/a reason: quoted"\n+++\n',
        "+++\n[checker-disable]\nreturns = 'quoted'\n+++\n",
    ],
)
def test_front_matter(front: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = checked(capsys, "a.md", f"{front}\n禁词甲。\n")
    assert [(rule, reason) for _, rule, reason in found] == [("house/a", "quoted")]


def test_meta_elements_are_the_front_matter_of_html(capsys: pytest.CaptureFixture[str]) -> None:
    page = '<html><head><meta name="checker-disable" content="returns reason: quoted"></head><body><p>禁词甲。</p></body></html>'
    assert checked(capsys, "a.html", page) == [(1, "house/a", "quoted")]


@pytest.mark.parametrize(
    ("directive", "rule", "holds"),
    [
        ("checker-disable-next house/a", "suppression/no-reason", False),
        ("checker-disable-next house/a reason:", "suppression/no-reason", False),
        ("checker-disable-next house/a until=2020-01-01 reason: x", "suppression/expired", False),
        ("checker-disable-next house/a reason: x until=2026-13-45", "suppression/malformed", False),
        ("checker-disable-next reason: x", "suppression/malformed", False),
        ("checker-disabel-next house/a reason: x", "suppression/malformed", False),
        ("checker-enable", "suppression/malformed", False),
        ("checker-disable-next house/aa reason: x", "suppression/unknown", False),
        ("checker-disable-next house/a house/aa reason: x", "suppression/unknown", True),
        ("checker-disable-next house/b reason: x", "suppression/unused", False),
        (f"checker-disable-next returns reason: x until={UNTIL}", "", True),
    ],
)
def test_directives_that_are_not_in_order(directive: str, rule: str, holds: bool, capsys: pytest.CaptureFixture[str]) -> None:
    found = checked(capsys, "a.md", f"<!-- {directive} -->\n禁词甲。\n")
    assert [name for _, name, _ in found] == ([rule] if rule else []) + ["house/a"]
    assert bool(found[-1][2]) == holds


def test_the_last_day_still_counts(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.commands.configs.today", lambda: "2026-11-25")
    text = "<!-- checker-disable-next house/a reason: x until={} -->\n禁词甲。\n"
    assert [rule for _, rule, _ in checked(capsys, "a.md", text.format("2026-11-25"))] == ["house/a"]
    assert [rule for _, rule, _ in checked(capsys, "a.md", text.format("2026-11-24"))] == ["suppression/expired", "house/a"]


def test_a_suppression_of_what_was_not_looked_for_is_not_unused(capsys: pytest.CaptureFixture[str]) -> None:
    text = "<!-- checker-disable-next house/b reason: x -->\n好。\n"
    assert [rule for _, rule, _ in checked(capsys, "a.md", text)] == ["suppression/unused"]
    assert checked(capsys, "a.md", text, "--ignore", "house/b") == []


def test_the_config_says_what_may_not_be_suppressed_and_how_bad_that_is(capsys: pytest.CaptureFixture[str]) -> None:
    text = "<!-- checker-disable-file house/a house/b reason: x -->\n禁词甲。\n\n禁词乙。\n"
    Path(".checker.yaml").write_text("unsuppressable: [house/a]\nseverity: {suppression: error}\nfail_on: error\n", encoding="utf-8")
    found = checked(capsys, "a.md", text)
    assert found == [(1, "suppression/not-allowed", ""), (2, "house/a", ""), (4, "house/b", "x")]
    Path(".checker.yaml").write_text("unsuppressable: [returns]\nignore: [suppression/not-allowed]\n", encoding="utf-8")
    assert checked(capsys, "a.md", text) == [(2, "house/a", ""), (4, "house/b", "x")]


def test_an_unknown_name_under_unsuppressable_is_an_error_at_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("好\n", encoding="utf-8")
    Path(".checker.yaml").write_text("lang: en\nunsuppressable: [advise]\n", encoding="utf-8")
    assert main(["check", "a.md"]) == 2
    assert ".checker.yaml:2:18: unknown rule or category `advise`; did you mean `advice`?" in capsys.readouterr().err


def test_they_stay_in_sarif_and_do_not_fail_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"{NEXT}\n禁词甲。\n", encoding="utf-8")
    assert main(["check", *RULES, "--format", "sarif", "a.md"]) == 0
    log = json.loads(capsys.readouterr().out)
    jsonschema.validate(log, json.loads((Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
    assert [result["suppressions"] for result in log["runs"][0]["results"]] == [[{"kind": "inSource", "justification": "quoted"}]]


def test_the_rules_about_suppressions_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "suppression/no-reason", "--lang", "en"]) == 0
    assert "gives no reason" in capsys.readouterr().out


def git(*arguments: str, date: str = "") -> None:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    env |= {f"GIT_{who}_{what}": f"{who}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env |= {f"GIT_{who}_DATE": f"{date}T12:00:00+0000" for who in ("AUTHOR", "COMMITTER") if date}
    subprocess.run(["git", *arguments], env=env, check=True, capture_output=True)


def test_the_list_of_all_suppressions(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.commands.configs.today", lambda: "2026-11-25")
    monkeypatch.setattr("checker.commands.suppressions.today", lambda: "2026-11-25")
    git("init", "-q")
    article = Path("文 章.md")
    article.write_text(f"{NEXT}\n禁词甲。\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "one", date="2026-11-01")
    with article.open("a", encoding="utf-8") as file:
        file.write("\n禁词乙。<!-- checker-disable-line advice -->\n")
    Path("b.docx").write_bytes(document(("禁词甲。", f"checker-disable-next returns reason: 判决书 until={UNTIL}")))
    assert main(["suppressions", "--lang", "en"]) == 0
    assert capsys.readouterr().out == (
        f"b.docx:1:1: returns · next block · 判决书 · until {UNTIL}\n"
        "文 章.md:1:1: house/a · next block · quoted · 24 days old (2026-11-01) · unknown name\n"
        "文 章.md:4:5: advice · this line · (no reason) · no reason: not applied\n"
        "3 suppressions\n"
    )
    assert main(["suppressions", "--rules", HOUSE, "--format", "json", "文 章.md"]) == 0
    listed: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert listed[0] == {
        "path": "文 章.md", "line": 1, "column": 1, "rules": ["house/a"], "covers": "next", "reason": "quoted", "until": "",
        "state": "active", "since": "2026-11-01",
    }  # fmt: skip
    assert (listed[1]["state"], listed[1]["since"]) == ("no-reason", "")


def test_a_folder_that_looks_like_a_repository_brings_no_commands(capsys: pytest.CaptureFixture[str]) -> None:
    git("init", "-q")
    article = Path("art", "a.md")
    git("init", "-q", "--bare", "art")
    article.write_text(f"{NEXT}\n禁词甲。\n", encoding="utf-8")
    with Path("art", "config").open("a", encoding="utf-8") as file:
        file.write(f'\tbare = false\n\tworktree = .\n\tfsmonitor = "touch {Path.cwd()}/ran; false"\n')
    assert main(["suppressions", "--lang", "en", "art/a.md"]) == 0
    assert "quoted" in capsys.readouterr().out
    assert not Path("ran").exists()


def test_options_of_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    Path("drafts").mkdir()
    for name in ("a.txt", "drafts/b.txt"):
        Path(name).write_bytes(f"{NEXT}\n禁词甲。\n".encode("gb18030"))
    Path("other.yaml").write_text(f"packs: ['{HOUSE}']\nexclude: [drafts]\nlang: en\n", encoding="utf-8")
    assert main(["suppressions", "--config", "other.yaml", "--encoding", "gb18030", "."]) == 0
    assert capsys.readouterr().out == "a.txt:1:1: house/a · next block · quoted\n1 suppression\n"
    assert main(["suppressions", "--config", "other.yaml", "--quiet", "--encoding", "gb18030", "drafts/b.txt"]) == 0
    assert capsys.readouterr() == ("0 suppressions\n", "")


def test_an_article_that_cannot_be_read_is_a_failure_of_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_bytes(b"\xd6\xd0\xb9\xfa\xff\xff")
    assert main(["suppressions", "a.md"]) == 2
    assert capsys.readouterr().err.startswith("a.md:")
