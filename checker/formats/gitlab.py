"""GitLab Code Quality (GitLab docs, “Code Quality report format”): a JSON array, one object per violation or failure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from checker.formats.run import Run
from checker.violation import Checked

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    dump = json.JSONEncoder(ensure_ascii=False).encode
    first = True
    yield "["
    for checked in results:
        entries = [
            {
                "description": v.message,
                "check_name": v.rule,
                # GitLab wants it unique in the report: the same finding in two files is two
                "fingerprint": hashlib.sha256(f"{v.fingerprint}\0{v.path}".encode()).hexdigest(),
                "severity": _SEVERITIES[v.severity],
                "location": {"path": v.path, "lines": {"begin": v.start.line, "end": v.end.line}},
            }
            for v in checked.violations
            if not v.suppressed
        ]
        entries += [
            {
                "description": f.message,
                "check_name": f"failure/{f.kind}",
                "fingerprint": hashlib.sha256(f"{f.kind}\0{f.path}".encode()).hexdigest(),
                "severity": "blocker",
                "location": {"path": f.path, "lines": {"begin": max(f.line, 1)}},
            }
            for f in checked.failures
        ]
        for entry in entries:
            yield ("\n" if first else ",\n") + dump(entry)
            first = False
    yield "\n]\n"
