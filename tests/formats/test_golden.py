"""Whole reports of one set of results, against the files in `golden/`. CHECKER_GOLDEN=write writes them anew: read the difference."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from checker.formats import FORMATS
from checker.formats.markdown import SHOWN
from checker.formats.run import Added, Run
from checker.rule import Forbid, Instrument, Match, Require, When, Where
from checker.text import LineIndex, Position
from checker.values import replace
from checker.violation import FACTS, FINDINGS, Article, Checked, Failure, Fix, Related, Statement, Violation

KINDS_OF_FAILURE = ("read", "decode", "parse", "budget", "crash", "missing", "config")
GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {
    "text": "txt",
    "concise": "txt",
    "github": "txt",
    "junit": "xml",
    "checkstyle": "xml",
    "gitlab": "json",
    "rdjson": "json",
    "markdown": "md",
}

# Wide, half-width, astral and zero-width characters, a tab, a CRLF, a long line.
TEXT = (
    "# 新币上线 📈 今晚\r\n"
    "\t本所的稳\u200b赚不赔产品\r\n"
    "ｗａｔｃｈ: guaranteed 10x, 𠮷祥 保本\r\n" + "长" * 60 + "填邀请码 AB12CD" + "长" * 60 + "\r\n保本，\r\n保息。\r\n"
)
LINES = LineIndex(TEXT)

SHARED = {"jurisdictions": ("cn",), "pack": "advice", "scopes": (), "excepts": (), "unless": (), "when": When(), "match": Match()}
PROMISE = Forbid(
    id="returns/promise",
    kind="forbid",
    category="returns",
    severity="error",
    messages={"": {"zh": "承诺收益：“{match}”", "en": "Promises returns: “{match}”"}},
    why={"zh": "任何投资都可能亏损。", "en": "Every investment can lose."},
    basis=("ad-law",),
    **SHARED,  # type: ignore[arg-type]
)
RISK = Require(
    id="disclaimer/risk",
    kind="require",
    category="risk-warning",
    severity="warning",
    messages={"": {"zh": "须提示风险", "en": "A risk warning is missing"}},
    why={},
    basis=(),
    fact="risk",
    any_of=(),
    weak=(),
    empty=(),
    where=Where(),
    texts=(),
    report_absence=True,
    **SHARED,  # type: ignore[arg-type]
)
LAW = Instrument(
    "ad-law", {"zh": "广告法", "en": "Advertising Law"}, "主席令第22号", {}, "2015-09-01", "", "", {}, "https://law.example/", "T", ""
)
RUN = Run((PROMISE, RISK), {"ad-law": LAW}, "cn-media", ("cn",), lang="zh")


END = LINES.position(TEXT.index("\n"))


def at_span(said: str) -> tuple[Position, Position]:
    start = TEXT.index(said)
    return LINES.position(start), LINES.position(start + len(said))


def at(said: str, **changes: object) -> Violation:
    """A violation of the first rule on what the text says there."""
    begin, end = at_span(said)
    violation = Violation(
        path="文章/a b,c:d.md",
        rule=PROMISE.id,
        category=PROMISE.category,
        severity="error",
        finding="",
        message=f"承诺收益：“{' '.join(said.split())}”",
        start=begin,
        end=end,
        excerpt=" ".join(said.split()),
        folded="",
        basis=PROMISE.basis,
        related=(),
        fingerprint=f"{begin.line:02}{begin.column:04}" + "ab" * 29,
    )
    return replace(violation, **changes)


def results() -> list[Checked]:
    missing = at(
        "新币",
        rule=RISK.id,
        category=RISK.category,
        severity="warning",
        finding="missing",
        message="须提示风险",
        end=LINES.position(TEXT.index("新币")),
        excerpt="",
        basis=(),
        fix=Fix(END, END, "\r\n\r\n投资有风险。\r\n", True),
    )
    found = (
        missing,
        at("稳\u200b赚不赔", folded="稳赚不赔"),
        at("guaranteed 10x", severity="info", message='a<b & "c" 100%\x1b[31m'),
        at("保本", fix=Fix(*at_span("保本"), "“保本”", False), related=(Related(Position(6, 1, 0), Position(6, 3, 2), "另一处"),)),
        at("邀请码 AB12CD"),
        at("保本，\r\n保息"),
        at("本所", suppressed="法院判决原文"),
    )
    present: dict[str, tuple[Statement, ...]] = dict.fromkeys(FACTS, ()) | {
        "source": (Statement(2, "来源：新华社", "新华社", ""), Statement(9, "来源：网络", "网络", "weak")),
        "disclaimer": (Statement(6, "本文不构成投资建议", "", ""),),
    }
    article = Article("文章/a b,c:d.md", "utf-8", "zh", "新币上线 📈 今晚", ("crypto",), "marketing", present)
    numbers = dict.fromkeys(line for v in found for line in v.lines())
    return [
        Checked(article.path, article, found, lines=tuple((n, TEXT[slice(*LINES.line(n))]) for n in numbers)),
        Checked("bad.md", failures=(Failure("bad.md", "decode", "not UTF-8 / 不是 UTF-8", 2, 5),)),
        Checked("gone.md", failures=(Failure("gone.md", "missing", "no such file or folder"),)),
        Checked("clean.md", replace(article, path="clean.md", title="", topics=(), content="news", present=dict.fromkeys(FACTS, ()))),
    ]


CASES = [(name, name, RUN) for name in FORMATS] + [
    ("text-en", "text", replace(RUN, lang="en", facts=True)),
    ("text-colour", "text", replace(RUN, colour=True)),
]


@pytest.mark.parametrize(("file", "name", "run"), CASES, ids=[case[0] for case in CASES])
def test_report(file: str, name: str, run: Run) -> None:
    path = GOLDEN / f"{file}.{SUFFIXES.get(name, name)}"
    report = "".join(FORMATS[name](results(), run))
    if os.environ.get("CHECKER_GOLDEN") == "write":
        path.write_bytes(report.encode())
    assert report == path.read_bytes().decode()


def test_the_document_names_every_key_of_json() -> None:
    """docs/json.md is the contract: what it lists is there, and nothing else; `?` marks what may be absent."""
    text = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    report = json.loads("".join(FORMATS["json"](results(), RUN)))
    table = [key.removesuffix("[]") for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for key in re.findall(r"`(\S+?)`", row)]
    assert sorted(table) == sorted(report)
    for section in ("articles", "violations", "failures"):
        keys = re.search(rf"^`{section}\[\]`: `\{{(.*?)\}}`", text, re.MULTILINE)
        assert keys is not None
        _assert_keys(report[section], keys[1])
    statements = [statement for article in report["articles"] for found in article["present"].values() for statement in found]
    _assert_keys(statements, "line, text, value, finding?")
    assert "`{line, text, value, finding?}`" in text
    assert all(tuple(article["present"]) == FACTS for article in report["articles"])
    assert f"`present` has the keys `{', '.join(FACTS)}`" in text
    positions = [violation[end] for violation in report["violations"] for end in ("start", "end")]
    _assert_keys(positions, "line, column, offset")
    _assert_keys([related for violation in report["violations"] for related in violation["related"]], "message, start, end")
    for word in (*FINDINGS, *KINDS_OF_FAILURE):
        assert word in text


def _assert_keys(objects: list[dict[str, object]], documented: str) -> None:
    keys = [key.strip() for key in documented.split(",")]
    always = {key for key in keys if not key.endswith("?")}
    assert objects
    assert set().union(*objects) == {key.removesuffix("?") for key in keys}
    for item in objects:
        assert always <= set(item)
        assert list(item) == [key.removesuffix("?") for key in keys if key.removesuffix("?") in item]


def test_sarif_of_the_golden_results_validates() -> None:
    schema = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    log = json.loads("".join(FORMATS["sarif"](results(), RUN)))
    jsonschema.validate(log, schema)
    run = log["runs"][0]
    for rule in run["tool"]["driver"]["rules"]:
        assert "{" not in rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["checker/v1"]
        region = result["locations"][0]["physicalLocation"]["region"]
        start, length = region["charOffset"], region["charLength"]
        assert (LINES.position(start)[:2], LINES.position(start + length)[:2]) == (
            (region["startLine"], region["startColumn"]),
            (region["endLine"], region["endColumn"]),
        )


def test_every_format_has_one_entry_per_violation() -> None:
    """Six are shown, one is suppressed; two files could not be checked."""
    reports = {name: "".join(render(results(), RUN)) for name, render in FORMATS.items()}
    counts = {
        "text": len(re.findall(r"^\S.*?:\d+:\d+: (?:error|warning|info) ", reports["text"], re.MULTILINE)),
        "concise": len(re.findall(r"^.*?:\d+:\d+: (?:error|warning|info) ", reports["concise"], re.MULTILINE)),
        "json": sum("suppressed" not in v for v in json.loads(reports["json"])["violations"]),
        "jsonl": sum("rule" in (v := json.loads(line)) and "suppressed" not in v for line in reports["jsonl"].splitlines()),
        "sarif": sum("suppressions" not in r for r in json.loads(reports["sarif"])["runs"][0]["results"]),
        "github": sum(line.startswith("::") for line in reports["github"].splitlines()),
        "gitlab": sum(not entry["check_name"].startswith("failure/") for entry in json.loads(reports["gitlab"])),
        "junit": reports["junit"].count("<failure "),
        "checkstyle": reports["checkstyle"].count("<error "),
        "rdjson": sum(not d["code"]["value"].startswith("failure/") for d in json.loads(reports["rdjson"])["diagnostics"]),
        "html": len(re.findall(r"<article class=(?:error|warning|info)>", reports["html"])),
        "markdown": len(re.findall(r"^\| \S.*?:\d+ \| (?:error|warning|info) \|", reports["markdown"], re.MULTILINE)),
        "csv": sum(not row["rule"].startswith("failure/") for row in csv.DictReader(io.StringIO(reports["csv"]))),
    }
    assert counts == dict.fromkeys(FORMATS, 6)


@pytest.mark.parametrize("name", ["text", "concise"])
def test_nothing_in_an_article_acts_on_a_terminal(name: str) -> None:
    odd = [Checked("a\x1b[2J\nb.md", failures=(Failure("a\x1b[2J\nb.md", "read", "x\x07"),))]
    violation = at(
        "保本",
        path="a\u202eb.md",
        message="x\x1b]0;title\x07\u2028y\x9b31m",
        related=(Related(Position(1, 1, 0), Position(1, 2, 1), "\x1b[1m"),),
    )
    odd.append(Checked(violation.path, None, (violation,), lines=((3, "\x1b[31m" + TEXT[slice(*LINES.line(3))]),)))
    report = "".join(FORMATS[name](odd, RUN))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", report)
    assert report.splitlines()[0] == "a·[2J·b.md: failure: x·"


def test_a_file_named_like_a_command_gives_github_none() -> None:
    odd = [Checked("::error::x.md", failures=(Failure("::error::x.md", "read", "no"),))]
    assert "".join(FORMATS["github"](odd, RUN)) == "./::error::x.md: failure: no\n"


def test_summary_is_short_and_shows_what_the_change_suppresses() -> None:
    many = tuple(at("保本", message="a|b [x](y)\n<c>") for _ in range(SHOWN + 2))
    added = Added("a|b.md", 3, 1, ("returns/promise",), "line", "", "2027-01-01")
    report = "".join(FORMATS["markdown"]([Checked("a.md", None, many)], replace(RUN, lang="en", added=(added,))))
    rows = [line for line in report.splitlines() if r"| error | a\|b \[x\](y) \<c\> |" in line]
    assert len(rows) == SHOWN
    assert "… and 2 more." in report
    assert r"| a\|b.md:3 | returns/promise | this line | (no reason) | 2027-01-01 |" in report
