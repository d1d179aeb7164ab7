"""The figures of `checker test --labels`, by hand on small cases; tests/test_articles.py compares them with the reference scorer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from checker.errors import CheckerError
from checker.score import (
    LABELS,
    Labelled,
    Mistake,
    Reported,
    article_f1,
    line_figures,
    presence_f1,
    read_labels,
    reported,
    score,
    table,
)
from checker.text import Position
from checker.violation import FACTS, Article, Checked, Statement, Violation


def labelled(lines: Iterable[tuple[int, str]] = (), unsure: Iterable[tuple[int, str]] = (), **options: object) -> Labelled:
    usual = {"doc": "a.md", "lang": "zh", "topic": "none", "site": "", "present": {}}
    return Labelled(**{**usual, "lines": frozenset(lines), "unsure": frozenset(unsure), **options})  # type: ignore[arg-type]


def says(
    *violations: tuple[str, int, int], blank: Iterable[int] = (), present: Iterable[str] = (), missing: Iterable[str] = ()
) -> Reported:
    """A report of (category, first line, last line)."""
    found = [(category, f"r/{category}", "", first, last) for category, first, last in violations]
    found += [(category, f"r/{category}", "missing", 1, 1) for category in missing]
    return Reported(tuple(found), dict.fromkeys(present, (1,)), frozenset(blank))


def counts(label: str, article: Labelled, report: Reported) -> dict[str, int]:
    figures = score([article], {"a.md": report})
    return dict(figures.tally[label].get("a.md", Counter()))


@pytest.mark.parametrize(
    ("lines", "unsure", "report", "expected"),
    [
        # exactly the line
        ([(5, "ADVICE")], [], says(("advice", 5, 5)), {"hit": 1, "miss": 0, "sound": 1, "alarm": 0}),
        # another category, or nothing
        ([(5, "ADVICE")], [], says(("returns", 5, 5)), {"miss": 1}),
        ([(5, "ADVICE")], [], says(), {"miss": 1}),
        # nothing there
        ([], [], says(("advice", 5, 5)), {"alarm": 1}),
        # half of the lines carry it: sound, one line that does not is forgiven, each further one is an alarm
        ([(5, "ADVICE")], [], says(("advice", 5, 6)), {"hit": 1, "sound": 1}),
        ([(5, "ADVICE"), (6, "ADVICE")], [], says(("advice", 5, 8)), {"hit": 2, "sound": 1, "alarm": 1}),
        # less than half
        ([(5, "ADVICE")], [], says(("advice", 5, 7)), {"miss": 1, "alarm": 1}),
        # blank lines of a range do not count against it
        ([(5, "ADVICE"), (7, "ADVICE")], [], says(("advice", 5, 7), blank=[6]), {"hit": 2, "sound": 1}),
        # more than four lines are never sound, but for leftovers
        ([(n, "ADVICE") for n in range(1, 6)], [], says(("advice", 1, 5)), {"miss": 5, "alarm": 1}),
        ([(n, "SCRAP") for n in range(1, 6)], [], says(("leftover", 1, 5)), {"hit": 5, "sound": 1}),
        # a sibling label excuses, and earns nothing
        ([(5, "RETURNS")], [], says(("advice", 5, 5)), {}),
        ([(5, "PROMO")], [], says(("advice", 5, 5)), {"alarm": 1}),
        ([(5, "PROMO"), (6, "SOLICIT")], [], says(("solicitation", 5, 6)), {"hit": 1, "sound": 1}),
        # unsure excuses its own label and its siblings; for leftovers any
        ([], [(5, "ADVICE")], says(("advice", 5, 5)), {}),
        ([], [(5, "PROMO")], says(("advice", 5, 5)), {"alarm": 1}),
        ([], [(5, "PROMO")], says(("leftover", 5, 5)), {}),
        # the same range twice counts once; a second range that adds nothing counts neither way
        ([(5, "ADVICE")], [], says(("advice", 5, 5), ("advice", 5, 5)), {"hit": 1, "sound": 1}),
        ([(5, "ADVICE")], [], says(("advice", 5, 6), ("advice", 5, 5)), {"hit": 1, "sound": 1}),
    ],
)
def test_lines(lines: list[tuple[int, str]], unsure: list[tuple[int, str]], report: Reported, expected: dict[str, int]) -> None:
    label = next((label for label, category in LABELS.items() if any(v[0] == category for v in report.violations)), "ADVICE")
    label = "ADVICE" if ("ADVICE" in {name for _, name in lines}) else label
    found = counts(label, labelled(lines, unsure), report)
    assert {key: count for key, count in found.items() if count} == {key: count for key, count in expected.items() if count}


def test_a_violation_that_ends_where_a_line_begins_ends_on_the_line_before() -> None:
    violation = Violation("a.md", "r/x", "leftover", "error", "", "", Position(2, 1, 4), Position(4, 1, 9), "", "", (), (), "f")
    present: dict[str, tuple[Statement, ...]] = {key: (Statement(3, "来源", "x", "weak"),) if key == "source" else () for key in FACTS}
    article = Article("a.md", "utf-8", "zh", "", (), "news", present)
    suppressed = Violation("a.md", "r/y", "advice", "error", "", "", Position(1, 1, 0), Position(1, 2, 1), "", "", (), (), "f", "quoted")
    report = reported(Checked("a.md", article, (violation, suppressed)), "一\n二\n\n四\n")
    assert report.violations == (("leftover", "r/x", "", 2, 3),)
    assert report.present["source"] == (3,)
    assert report.blank == {3, 5}


def test_presence_is_the_mean_of_both_answers_and_missing_asks_by_topic() -> None:
    has = {"source": [1], "disclaimer": [9]}
    articles = [
        labelled(doc="1", present=has, topic="crypto"),
        labelled(doc="2", present=has, topic="securities"),
        labelled(doc="3", topic="crypto"),
        labelled(doc="4", topic="none"),
        labelled(doc="5", topic="finance"),
    ]
    reports = {
        "1": says(present=["source", "disclaimer"], missing=["risk-warning"]),
        "2": says(missing=["disclaimer", "risk-warning"]),
        "3": says(present=["source"], missing=["disclaimer"]),
        "4": says(missing=["disclaimer"]),
        "5": says(missing=["disclaimer", "risk-warning"]),
    }
    figures = score(articles, reports)
    # source: one hit, one miss, one alarm, two rightly absent → mean of 2/4 and 4/6
    assert presence_f1(figures.facts["source"]) == round((0.5 + 4 / 6) / 2, 4)
    assert presence_f1(figures.facts["author"]) == 1.0
    # disclaimer: due in 3 only; said in 2 (it has one), 3, 4 (no topic); 5 is left out
    assert figures.missing["disclaimer"] == Counter(hit=1, alarm=2, quiet=1)
    assert figures.missing["risk"] == Counter(hit=2, miss=1, quiet=1)
    assert Mistake("alarm", "missing disclaimer", "4", 1, "") in figures.mistakes
    assert Mistake("miss", "source", "2", 1, "") in figures.mistakes


def test_article_f1_is_a_mean_over_articles_and_f1_is_over_all() -> None:
    articles = [labelled([(1, "ADVICE")], doc="1"), labelled([(1, "ADVICE"), (2, "ADVICE"), (3, "ADVICE")], doc="2"), labelled(doc="3")]
    figures = score(articles, {"1": says(("advice", 1, 1)), "2": says(("advice", 1, 1), ("advice", 9, 9)), "3": says()})
    per_article = list(figures.tally["ADVICE"].values())
    assert line_figures(sum(per_article, Counter())) == (round(2 / 3, 4), 0.5, round(4 / 7, 4))
    assert article_f1(per_article) == round((1 + 2 * 0.5 * (1 / 3) / (0.5 + 1 / 3)) / 2, 4)
    assert article_f1([]) is None
    assert table(figures).splitlines()[1].split() == ["ADVICE", "0.667", "0.500", "0.571", "0.700", "2", "4", "3"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"doc": "a.md"}\n{"doc": \n', "labels.jsonl:2: not a label object"),
        ('{"lines": []}\n', "labels.jsonl:1: not a label object"),
        ("[1]\n", "labels.jsonl:1: not a label object"),
        ('{"doc": "a.md", "lines": [{"line": 1}]}\n', "labels.jsonl:1: not a label object"),
        ('{"doc": "a.md"}\n\n{"doc": "a.md"}\n', "labels.jsonl:3: a.md is labelled twice"),
    ],
)
def test_labels_that_are_none_are_said_at_their_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CheckerError) as caught:
        read_labels(path)
    assert message in str(caught.value)
