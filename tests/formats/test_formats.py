"""Each renderer against the same results: whole outputs, one entry per violation, failures in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from checker.formats import FORMATS
from checker.formats.run import Run
from checker.formats.text import caret_line
from checker.rule import Forbid, Instrument, Match, When
from checker.text import Position
from checker.values import replace
from checker.violation import FACTS, Article, Checked, Failure, Related, Statement, Violation

RULE = Forbid(
    id="returns/sure-profit",
    kind="forbid",
    category="returns",
    severity="error",
    messages={"": {"zh": "承诺收益：“{match}”", "en": "Promises a profit: “{match}”"}},
    why={"zh": "任何投资都有亏损的可能。", "en": "Every investment can lose."},
    basis=("ad-law",),
    jurisdictions=("cn",),
    pack="advice",
    scopes=(),
    excepts=(),
    unless=(),
    when=When(),
    match=Match(),
)
LAW = Instrument("ad-law", {"zh": "广告法", "en": "Advertising Law"}, "主席令第22号", {}, "2015-09-01", "", "", {}, "", "T", "2026-11-23")
RUN = Run((RULE,), {"ad-law": LAW}, "cn-media", ("cn",), lang="zh")
PRESENT: dict[str, tuple[Statement, ...]] = dict.fromkeys(FACTS, ()) | {"source": (Statement(2, "来源：新华社", "新华社", ""),)}
VIOLATION = Violation(
    path="a,b:c.md",
    rule=RULE.id,
    category="returns",
    severity="error",
    finding="",
    message="承诺收益：“稳赚\n不赔”100%",
    start=Position(3, 4, 20),
    end=Position(3, 8, 24),
    excerpt="稳赚不赔",
    folded="稳赚不赔",
    basis=("ad-law",),
    related=(Related(Position(9, 1, 90), Position(9, 3, 92), "免责声明在此"),),
    fingerprint="ab" * 32,
)
RESULTS = [
    Checked(
        "a,b:c.md", Article("a,b:c.md", "utf-8", "zh", "题", ("crypto",), "news", PRESENT), (VIOLATION,), lines=((3, "本所的稳赚不赔产品"),)
    ),
    Checked("bad.md", failures=(Failure("bad.md", "decode", "not UTF-8", 2, 5),)),
]


def rendered(name: str, results: list[Checked] = RESULTS, run: Run = RUN) -> str:
    return "".join(FORMATS[name](results, run))


def test_concise_is_one_line_each() -> None:
    assert rendered("concise") == ("a,b:c.md:3:4: error 承诺收益：“稳赚 不赔”100% [returns/sure-profit]\nbad.md:2:5: failure: not UTF-8\n")


def test_github_has_one_command_per_violation_and_escapes() -> None:
    assert rendered("github") == (
        "::error file=a%2Cb%3Ac.md,line=3,endLine=3,col=4,endColumn=8,title=returns/sure-profit::承诺收益：“稳赚%0A不赔”100%25\n"
        "bad.md:2:5: failure: not UTF-8\n"
    )


def test_text_shows_the_line_with_a_caret_and_counts() -> None:
    assert rendered("text") == (
        "a,b:c.md:3:4: error 承诺收益：“稳赚 不赔”100% [returns/sure-profit]\n"
        "      3 | 本所的稳赚不赔产品\n"
        "        |       ^^^^^^^^\n"
        "        = a,b:c.md:9:1: 免责声明在此\n"
        "        = 依据：广告法（主席令第22号）\n"
        "bad.md:2:5: failure: not UTF-8\n"
        "1 篇文章，1 个错误，0 个警告，0 个提示，1 个文件未能检查（规则集 cn-media）。本报告由规则自动生成，不构成法律意见。\n"
    )


def test_text_shows_facts_when_asked() -> None:
    shown = rendered("text", RESULTS[:1], replace(RUN, facts=True, lang="en"))
    assert "  source: 2: 新华社\n  author: not found\n" in shown


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        ("abc def", 4, 7, ("abc def", "    ^^^")),
        ("本所稳赚", 2, 4, ("本所稳赚", "    ^^^^")),
        ("稳\u200b赚", 0, 3, ("稳·赚", "^^^^^")),
        ("", 0, 0, ("", "^")),
        ("x" * 300, 200, 203, ("…" + "x" * 100 + "…", " " * 34 + "^^^")),
    ],
)
def test_caret(line: str, start: int, end: int, expected: tuple[str, str]) -> None:
    assert caret_line(line, start, end) == expected


def test_json_holds_every_section() -> None:
    report = json.loads(rendered("json"))
    assert list(report) == ["version", "tool", "profile", "jurisdictions", "notice", "articles", "violations", "failures"]
    assert report["articles"][0]["present"] == {key: [] for key in FACTS} | {
        "source": [{"line": 2, "text": "来源：新华社", "value": "新华社"}]
    }
    violation = report["violations"][0]
    assert violation["start"] == {"line": 3, "column": 4, "offset": 20}
    assert violation["end"] == {"line": 3, "column": 8, "offset": 24}
    assert violation["folded"] == "稳赚不赔"
    assert report["failures"] == [{"path": "bad.md", "kind": "decode", "message": "not UTF-8", "line": 2, "column": 5}]


def test_json_of_nothing_is_whole() -> None:
    report = json.loads(rendered("json", []))
    assert (report["articles"], report["violations"], report["failures"]) == ([], [], [])


def test_sarif_validates_and_holds_rules_regions_and_fingerprints() -> None:
    log = json.loads(rendered("sarif"))
    jsonschema.validate(log, json.loads((Path(__file__).parent.parent / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert "广告法" in run["tool"]["driver"]["rules"][0]["help"]["text"]
    result = run["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"], region["charOffset"], region["charLength"]) == (3, 4, 8, 20, 4)
    assert result["partialFingerprints"] == {"checker/v1": "ab" * 32}
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "not UTF-8"


@pytest.mark.parametrize("name", ["concise", "text", "github", "gitlab", "junit", "checkstyle", "rdjson", "html", "csv", "markdown"])
def test_suppressed_ones_are_not_shown_but_stay_in_json_and_sarif(name: str) -> None:
    hidden = [replace(RESULTS[0], violations=(replace(VIOLATION, suppressed="quoted in court"),))]
    assert VIOLATION.rule not in rendered(name, hidden)
    assert json.loads(rendered("json", hidden))["violations"][0]["suppressed"] == "quoted in court"
    assert json.loads(rendered("sarif", hidden))["runs"][0]["results"][0]["suppressions"] == [
        {"kind": "inSource", "justification": "quoted in court"}
    ]


def test_jsonl_is_one_object_a_line() -> None:
    first, second = map(json.loads, rendered("jsonl").splitlines())
    assert first["rule"] == RULE.id
    assert second == {"failure": {"path": "bad.md", "kind": "decode", "message": "not UTF-8", "line": 2, "column": 5}}


def test_gitlab_names_lines_and_its_own_fingerprints() -> None:
    first, second = json.loads(rendered("gitlab"))
    assert first["location"] == {"path": "a,b:c.md", "lines": {"begin": 3, "end": 3}}
    assert (first["check_name"], first["severity"], second["severity"]) == (RULE.id, "major", "blocker")
    assert len({first["fingerprint"], second["fingerprint"], VIOLATION.fingerprint}) == 3
    assert json.loads(rendered("gitlab", [])) == []


def test_junit_has_one_failure_per_violation_and_escapes() -> None:
    odd = replace(VIOLATION, message='a<b & "c"\x00')
    tree = ElementTree.fromstring(
        rendered("junit", [replace(RESULTS[0], violations=(odd,)), RESULTS[1], Checked("fine.md", RESULTS[0].article)])
    )
    assert [f.get("message") for f in tree.iter("failure")] == ['a<b & "c"\ufffd']
    assert [e.get("message") for e in tree.iter("error")] == ["not UTF-8"]
    assert [(s.get("name"), s.get("tests"), s.get("failures"), s.get("errors")) for s in tree] == [
        ("a,b:c.md", "1", "1", "0"),
        ("bad.md", "1", "0", "1"),
        ("fine.md", "1", "0", "0"),
    ]


def test_checkstyle_has_one_error_per_violation() -> None:
    tree = ElementTree.fromstring(rendered("checkstyle"))
    assert [(e.get("line"), e.get("column"), e.get("severity"), e.get("source")) for e in tree.iter("error")] == [
        ("3", "4", "error", "checker.returns/sure-profit")
    ]
    assert [e.text for e in tree.iter("exception")] == ["not UTF-8"]


def test_rdjson_counts_bytes() -> None:
    report = json.loads(rendered("rdjson"))
    assert report["diagnostics"][0]["location"] == {
        "path": "a,b:c.md",
        "range": {"start": {"line": 3, "column": 10}, "end": {"line": 3, "column": 22}},
    }
    assert len(report["diagnostics"]) == 2


def test_csv_has_one_row_per_violation_and_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered("csv", [replace(RESULTS[0], violations=(replace(VIOLATION, message="=1+1,x"),))]))))
    assert [(row["path"], row["line"], row["rule"], row["message"]) for row in rows] == [("a,b:c.md", "3", RULE.id, "'=1+1,x")]


def test_html_is_self_contained_and_escaped() -> None:
    page = rendered("html", [replace(RESULTS[0], violations=(replace(VIOLATION, message="<script>x</script>"),)), RESULTS[1]])
    assert "<script" not in page
    assert "http" not in page
    assert page.count("<article class=error>") == 1
    assert page.count("<article class=failure>") == 1
