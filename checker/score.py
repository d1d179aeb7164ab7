"""Figures against labelled articles: what was reported, what should have been (docs/labels.md).

Lines: a violation of a label's category is sound when at least half of its lines carry that label or are excused (a sibling
label, or marked unsure); other than leftovers, a range of more than LONGEST lines is never sound. An unsound violation is a
false alarm, and so is each line but one of a sound range that is neither gold nor excused. A gold line is a hit when a sound
violation covers it. What rests on excused lines only, or adds no gold line, counts neither way. Article F1 is the mean over the
articles that have gold or a report of the label. Presence: per key the mean of F1 for "present" and F1 for "missing". Missing:
violations with finding `missing`, due where the topic is crypto or securities and the article carries none.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from checker.errors import CheckerError
from checker.violation import Checked

LABELS = {"ADVICE": "advice", "RETURNS": "returns", "PROMO": "promotion", "SOLICIT": "solicitation", "SCRAP": "leftover"}
SIBLINGS = {  # a line is often two things at once: a sibling label excuses an alarm, it earns nothing
    "ADVICE": {"ADVICE", "RETURNS"},
    "RETURNS": {"RETURNS", "PROMO", "ADVICE"},
    "PROMO": {"PROMO", "SOLICIT", "RETURNS"},
    "SOLICIT": {"SOLICIT", "PROMO"},
    "SCRAP": {"SCRAP"},
}
PRESENCE = ("source", "author", "disclaimer", "risk")
MISSING = {"disclaimer": "disclaimer", "risk": "risk-warning"}
LONGEST = 4


class Labelled(NamedTuple):
    """One labelled article. lines, unsure: (1-based line, label); present: key → lines."""

    doc: str
    lang: str
    topic: str
    site: str
    present: dict[str, list[int]]
    lines: frozenset[tuple[int, str]]
    unsure: frozenset[tuple[int, str]]


class Reported(NamedTuple):
    """What a report says of one article: (category, rule, finding, first line, last line) and the lines of what is present."""

    violations: tuple[tuple[str, str, str, int, int], ...]
    present: dict[str, tuple[int, ...]]
    blank: frozenset[int]


class Mistake(NamedTuple):
    kind: str  # miss | alarm
    label: str
    doc: str
    line: int
    rule: str


@dataclass(frozen=True)
class Figures:
    """lines: label → counts summed, and the mean of the articles' F1; presence, missing: key → counts."""

    tally: dict[str, dict[str, Counter[str]]]
    facts: dict[str, Counter[tuple[bool, bool]]]
    missing: dict[str, Counter[str]]
    mistakes: tuple[Mistake, ...]


def read_labels(path: Path) -> dict[str, Labelled]:
    """Labels by file name. Raises CheckerError with the line of what is no label object."""
    labels: dict[str, Labelled] = {}
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckerError(f"labels cannot be read: {error} / 无法读取标注文件", str(path)) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = _labelled(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CheckerError(f"not a label object: {error!r} / 不是标注对象", str(path), number) from error
        if entry.doc in labels:
            raise CheckerError(f"{entry.doc} is labelled twice / 重复标注", str(path), number)
        labels[entry.doc] = entry
    return labels


def _labelled(entry: dict[str, Any]) -> Labelled:
    pairs = [frozenset((e["line"], e["label"]) for e in entry.get(key, [])) for key in ("lines", "unsure")]
    return Labelled(
        entry["doc"], entry.get("lang", ""), entry.get("topic", "none"), entry.get("site", ""), entry.get("present", {}), *pairs
    )


def reported(checked: Checked, text: str) -> Reported:
    """A run's result in the terms of the labels. A violation that ends at column 1 of a line ends on the line before."""
    violations = tuple(
        (v.category, v.rule, v.finding, v.start.line, v.end.line - (v.end.line > v.start.line and v.end.column == 1))
        for v in checked.violations
        if not v.suppressed
    )
    present = {key: tuple(s.line for s in found) for key, found in checked.article.present.items()} if checked.article else {}
    return Reported(violations, present, frozenset(n for n, line in enumerate(text.split("\n"), 1) if not line.strip()))


def score(labels: Iterable[Labelled], reports: dict[str, Reported]) -> Figures:
    """Compares; every labelled article must be among the reports (KeyError otherwise)."""
    figures = Figures(
        {label: defaultdict(Counter) for label in LABELS}, {key: Counter() for key in PRESENCE}, {key: Counter() for key in MISSING}, ()
    )
    mistakes: list[Mistake] = []
    for article in labels:
        report = reports[article.doc]
        for label in LABELS:
            counts, wrong = _score_lines(article, report, label)
            if counts.total():
                figures.tally[label][article.doc] = counts
            mistakes += wrong
        for key in PRESENCE:
            has, says = bool(article.present.get(key)), bool(report.present.get(key))
            figures.facts[key][has, says] += 1
            if has != says:
                line = article.present[key][0] if has else report.present[key][0]
                mistakes.append(Mistake("miss" if has else "alarm", key, article.doc, line, ""))
        if article.topic != "finance":
            for key, category in MISSING.items():
                due = article.topic in ("crypto", "securities") and not article.present.get(key)
                says = any(c == category and finding == "missing" for c, _, finding, _, _ in report.violations)
                figures.missing[key]["hit" if due and says else "miss" if due else "alarm" if says else "quiet"] += 1
                if due != says:
                    mistakes.append(Mistake("miss" if due else "alarm", f"missing {key}", article.doc, 1, ""))
    return Figures(figures.tally, figures.facts, figures.missing, tuple(sorted(mistakes)))


def _score_lines(article: Labelled, report: Reported, label: str) -> tuple[Counter[str], list[Mistake]]:
    right = {line for line, name in article.lines if name == label}
    excused = {line for line, name in article.lines | article.unsure if name in SIBLINGS[label]}
    if label == "SCRAP":
        excused |= {line for line, _ in article.unsure}
    ranges: dict[tuple[int, int], str] = {}
    for category, rule, _, first, last in report.violations:
        if category == LABELS[label]:
            ranges.setdefault((first, last), rule)
    counts: Counter[str] = Counter()
    mistakes: list[Mistake] = []
    covered: set[int] = set()
    for (first, last), rule in ranges.items():
        lines = set(range(first, last + 1)) - report.blank or {first}
        good, soft = lines & right, lines & excused - right
        if (label != "SCRAP" and len(lines) > LONGEST) or 2 * len(good | soft) < len(lines):
            counts["alarm"] += 1
            mistakes.append(Mistake("alarm", label, article.doc, first, rule))
        elif good - covered:
            counts["sound"] += 1
            counts["alarm"] += max(0, len(lines - good - soft) - 1)
            covered |= lines
    for line in sorted(right):
        counts["hit" if line in covered else "miss"] += 1
        if line not in covered:
            mistakes.append(Mistake("miss", label, article.doc, line, ""))
    return counts, mistakes


def f1(hit: float, miss: float, alarm: float) -> float:
    return 2 * hit / (2 * hit + miss + alarm) if hit + miss + alarm else 1.0


def line_figures(c: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall, F1 of one count, to four places: means are taken of these, so that figures compare to the last digit."""
    recall = c["hit"] / (c["hit"] + c["miss"]) if c["hit"] + c["miss"] else 1.0
    precision = c["sound"] / (c["sound"] + c["alarm"]) if c["sound"] + c["alarm"] else 1.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return round(precision, 4), round(recall, 4), round(both, 4)


def article_f1(counts: Iterable[Counter[str]]) -> float | None:
    scores = [line_figures(c)[2] for c in counts]
    return round(sum(scores) / len(scores), 4) if scores else None


def presence_f1(c: Counter[tuple[bool, bool]]) -> float:
    there, missing = f1(c[True, True], c[True, False], c[False, True]), f1(c[False, False], c[False, True], c[True, False])
    return round((there + missing) / 2, 4)


def table(figures: Figures) -> str:
    """The figures as aligned text."""
    rows = [f"{'label':18s} {'precision':>9s} {'recall':>7s} {'F1':>7s} {'article F1':>11s} {'articles':>9s} {'gold':>6s} {'reported':>9s}"]
    every = [c for per_article in figures.tally.values() for c in per_article.values()]
    for label, counts in [*((label, list(figures.tally[label].values())) for label in LABELS), ("all lines", every)]:
        total = sum(counts, Counter())
        precision, recall, both = line_figures(total)
        mean = article_f1(counts)
        rows.append(
            f"{label:18s} {precision:9.3f} {recall:7.3f} {both:7.3f} {'-' if mean is None else f'{mean:.3f}':>11s} {len(counts):9d} "
            f"{total['hit'] + total['miss']:6d} {total['sound'] + total['alarm']:9d}"
        )
    rows.append(f"{'presence':18s} {'macro F1':>9s} {'gold':>6s} {'said':>6s}")
    for key, c in figures.facts.items():
        rows.append(f"{key:18s} {presence_f1(c):9.3f} {c[True, True] + c[True, False]:6d} {c[True, True] + c[False, True]:6d}")
    rows.append(f"{'all presence':18s} {round(sum(map(presence_f1, figures.facts.values())) / len(PRESENCE), 4):9.3f}")
    for key, m in figures.missing.items():
        rows.append(
            f"{'missing ' + key:18s} F1 {round(f1(m['hit'], m['miss'], m['alarm']), 4):6.3f}   "
            f"due {m['hit'] + m['miss']}, reported {m['hit'] + m['alarm']}"
        )
    return "\n".join(rows) + "\n"
