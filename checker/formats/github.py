"""GitHub Actions annotations: one `::` line per violation (GitHub: Workflow commands, “Setting an error message”).

Failures are plain lines: they stand in the log and in the exit code, and the number of `::` lines stays that of violations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.formats.concise import failure_line
from checker.formats.run import Run
from checker.violation import Checked

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    for checked in results:
        for failure in checked.failures:
            line = failure_line(failure)
            yield f"{'./' if line.startswith('::') else ''}{line}\n"  # a file named `::error` gives no command
        for v in checked.violations:
            if v.suppressed:
                continue
            place = f"file={_property(v.path)},line={v.start.line},endLine={v.end.line}"
            if v.start.line == v.end.line:  # GitHub shows columns only within one line
                place += f",col={v.start.column},endColumn={v.end.column}"
            yield f"::{_LEVELS[v.severity]} {place},title={_property(v.rule)}::{_data(v.message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
