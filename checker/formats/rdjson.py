"""Reviewdog Diagnostic Format, rdjson (reviewdog, proto/rdf): columns are 1-based UTF-8 bytes there.

Violations hold code point columns; a violation's lines come along in `Checked.lines`, so that columns on its first line can be
turned into bytes; the end column is given only where the range ends on that line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from checker.formats.run import Run
from checker.violation import Checked, Violation

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    dump = json.JSONEncoder(ensure_ascii=False).encode
    yield '{"source":{"name":"checker"},"diagnostics":['
    first = True
    for checked in results:
        lines = dict(checked.lines)
        entries = [_diagnostic(v, lines) for v in checked.violations if not v.suppressed]
        entries += [
            {"message": f.message, "location": {"path": f.path}, "severity": "ERROR", "code": {"value": f"failure/{f.kind}"}}
            for f in checked.failures
        ]
        for entry in entries:
            yield ("\n" if first else ",\n") + dump(entry)
            first = False
    yield "\n]}\n"


def _diagnostic(v: Violation, lines: dict[int, str]) -> dict[str, Any]:
    line = lines.get(v.start.line, "")
    span: dict[str, Any] = {"start": {"line": v.start.line, "column": _bytes(line, v.start.column)}, "end": {"line": v.end.line}}
    if v.end.line == v.start.line:
        span["end"]["column"] = _bytes(line, v.end.column)
    found: dict[str, Any] = {
        "message": v.message,
        "location": {"path": v.path, "range": span},
        "severity": _SEVERITIES[v.severity],
        "code": {"value": v.rule},
    }
    if v.fix:
        ends = [{"line": p.line, "column": _bytes(lines.get(p.line, ""), p.column)} for p in (v.fix.start, v.fix.end)]
        found["suggestions"] = [{"range": {"start": ends[0], "end": ends[1]}, "text": v.fix.text}]
    return found


def _bytes(line: str, column: int) -> int:
    return len(line[: column - 1].encode("utf-8", "surrogatepass")) + 1
