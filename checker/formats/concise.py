"""One line per violation: `path:line:column: severity rule message`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.formats.run import Run
from checker.violation import Checked, Failure, Violation


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    for checked in results:
        for failure in checked.failures:
            yield failure_line(failure) + "\n"
        for violation in checked.violations:
            if not violation.suppressed:
                yield violation_line(violation) + "\n"


def violation_line(violation: Violation) -> str:
    return (
        f"{violation.path}:{violation.start.line}:{violation.start.column}: {violation.severity} "
        f"{' '.join(violation.message.split())} [{violation.rule}]"
    )


def failure_line(failure: Failure) -> str:
    """`path:line:column: failure: message`; line and column only where they are known."""
    place = ":".join(str(part) for part in (failure.path, failure.line, failure.column) if part)
    return f"{place}: failure: {failure.message}"
