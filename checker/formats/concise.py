"""One line per violation: `path:line:column: severity message [rule]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.expressions import lazy
from checker.formats.run import Run
from checker.violation import Checked, Failure, Violation

# What would act on a terminal or turn a line of the report around: controls, bidirectional marks, what ends lines.
_ACTING = lazy("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    for checked in results:
        for failure in checked.failures:
            yield failure_line(failure) + "\n"
        for violation in checked.violations:
            if not violation.suppressed:
                yield violation_line(violation) + "\n"


def violation_line(violation: Violation) -> str:
    return f"{place_of(violation)} {message_of(violation)}"


def place_of(violation: Violation) -> str:
    """`path:line:column:`, with which every violation begins."""
    return f"{printable(violation.path)}:{violation.start.line}:{violation.start.column}:"


def message_of(violation: Violation, severity: str = "") -> str:
    """`severity message [rule]`, on one line. severity: as shown, where a terminal gets it in colour."""
    return f"{severity or violation.severity} {printable(' '.join(violation.message.split()))} [{violation.rule}]"


def printable(text: str) -> str:
    """What comes from an article or a file system, with `·` for what would do something to a terminal."""
    return _ACTING.sub("·", text)


def failure_line(failure: Failure) -> str:
    """`path:line:column: failure: message`; line and column only where they are known."""
    place = ":".join(str(part) for part in (printable(failure.path), failure.line, failure.column) if part)
    return f"{place}: failure: {printable(failure.message)}"
