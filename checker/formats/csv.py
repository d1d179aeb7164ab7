"""CSV (RFC 4180) under one header row, one row per violation; failures have the rule `failure/KIND`.

Cells that a spreadsheet would run as a formula get a leading apostrophe (OWASP, “CSV Injection”).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from checker.formats.run import Run
from checker.violation import Checked

HEADER = (
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "severity",
    "rule",
    "category",
    "finding",
    "message",
    "excerpt",
    "basis",
    "fingerprint",
)


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    yield _row(HEADER)
    for checked in results:
        for f in checked.failures:
            yield _row((f.path, f.line or "", f.column or "", "", "", "error", f"failure/{f.kind}", "", "", f.message, "", "", ""))
        for v in checked.violations:
            if not v.suppressed:
                place = (v.start.line, v.start.column, v.end.line, v.end.column)
                yield _row(
                    (v.path, *place, v.severity, v.rule, v.category, v.finding, v.message, v.excerpt, " ".join(v.basis), v.fingerprint)
                )


def _row(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_safe(str(cell)) for cell in cells])
    return out.getvalue()


def _safe(cell: str) -> str:
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
