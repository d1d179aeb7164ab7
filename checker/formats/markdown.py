"""Markdown for the summary of a CI job (GitHub: `$GITHUB_STEP_SUMMARY`): counts, violations, failures, added suppressions.

At most SHOWN rows a table and WIDTH characters a cell: GitHub takes no summary of more than 1 MiB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from checker.expressions import lazy
from checker.formats.concise import printable
from checker.formats.run import COVERS, Run
from checker.formats.text import summary_line
from checker.violation import BASELINE, Checked

SHOWN = 50
WIDTH = 400
_MARKUP = lazy(r"[\\`*_{}\[\]<>#|~&$@]|:(?=//)")


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    zh = run.lang == "zh"
    counts: Counter[str] = Counter()
    violations: list[Sequence[str]] = []
    failures: list[Sequence[str]] = []
    for checked in results:
        counts["articles"] += checked.article is not None
        for failure in checked.failures:
            counts["failures"] += 1
            if len(failures) < SHOWN:
                failures.append((_place(failure.path, failure.line or 0), failure.message))
        for v in checked.violations:
            if v.suppressed:
                counts["baseline" if v.suppressed == BASELINE else "suppressed"] += 1
                continue
            counts[v.severity] += 1
            if len(violations) < SHOWN:
                violations.append((_place(v.path, v.start.line), v.severity, v.message, v.rule))
    yield summary_line(counts, run)
    found = counts["error"] + counts["warning"] + counts["info"]
    yield from _table("问题" if zh else "Violations", _HEADS[zh][0], violations, found, zh)
    yield from _table("未能检查" if zh else "Could not be checked", _HEADS[zh][1], failures, counts["failures"], zh)
    none = "（无理由）" if zh else "(no reason)"
    added = [
        (
            _place(a.path, a.line),
            ", ".join(a.rules),
            COVERS[run.lang][a.covers],
            a.reason or none,
            a.until,
        )
        for a in run.added[:SHOWN]
    ]
    yield from _table("本次改动新增的豁免" if zh else "Suppressions added by the change", _HEADS[zh][2], added, len(run.added), zh)


_HEADS = {
    True: (("位置", "级别", "说明", "规则"), ("位置", "说明"), ("位置", "规则", "范围", "理由", "有效至")),
    False: (("place", "severity", "message", "rule"), ("place", "message"), ("place", "rules", "covers", "reason", "until")),
}


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], count: int, zh: bool) -> Iterator[str]:
    if not rows:
        return
    yield f"\n### {title}\n\n{_row(head)}{_row(['---'] * len(head))}"
    for row in rows:
        yield _row([_cell(cell) for cell in row])
    if count > len(rows):
        yield f"\n… 另有 {count - len(rows)} 条。\n" if zh else f"\n… and {count - len(rows)} more.\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    """Shown as it stands: what an article or a path says is no mark-up and no other column."""
    text = " ".join(printable(text.replace("\n", " ")).split())
    return _MARKUP.sub(r"\\\g<0>", text if len(text) <= WIDTH else text[: WIDTH - 1] + "…")


def _place(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path
