"""JUnit and Checkstyle XML: one <failure> or <error> element per violation; failures are told apart by their type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from checker.expressions import lazy
from checker.formats.run import Run
from checker.violation import Checked

_NOT_XML = lazy("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LEVELS = {"error": "error", "warning": "warning", "info": "info"}


def _clean(text: str) -> str:
    """XML 1.0 has no place for control characters and lone surrogates, not even escaped."""
    return _NOT_XML.sub("\ufffd", text)


def _attribute(text: object) -> str:
    return quoteattr(_clean(str(text)), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def junit(results: Iterable[Checked], run: Run) -> Iterator[str]:
    """A test suite per article, a test case per violation (or one that passed); what could not be checked is an <error>."""
    yield _HEAD + '<testsuites name="checker">\n'
    for checked in results:
        shown = [v for v in checked.violations if not v.suppressed]
        tests = len(shown) + len(checked.failures)
        path = _attribute(checked.path)
        yield f'<testsuite name={path} tests="{tests or 1}" failures="{len(shown)}" errors="{len(checked.failures)}">\n'
        if not tests:
            yield f'<testcase classname={path} name="checker"/>\n'
        for v in shown:
            name = _attribute(f"{v.rule} {v.start.line}:{v.start.column}")
            text = escape(_clean(f"{v.path}:{v.start.line}:{v.start.column}: {v.excerpt}"))
            message = f"<failure type={_attribute(v.severity)} message={_attribute(v.message)}>{text}</failure>"
            yield f"<testcase classname={path} name={name}>{message}</testcase>\n"
        for f in checked.failures:
            yield (
                f"<testcase classname={path} name={_attribute(f'failure/{f.kind}')}>"
                f"<error type={_attribute(f.kind)} message={_attribute(f.message)}/></testcase>\n"
            )
        yield "</testsuite>\n"
    yield "</testsuites>\n"


def checkstyle(results: Iterable[Checked], run: Run) -> Iterator[str]:
    """A <file> per article with findings; what could not be checked is an <exception>, so that <error> counts violations."""
    yield _HEAD + '<checkstyle version="4.3">\n'
    for checked in results:
        shown = [v for v in checked.violations if not v.suppressed]
        if not shown and not checked.failures:
            continue
        yield f"<file name={_attribute(checked.path)}>\n"
        for v in shown:
            yield (
                f'<error line="{v.start.line}" column="{v.start.column}" severity="{_LEVELS[v.severity]}" '
                f"message={_attribute(v.message)} source={_attribute(f'checker.{v.rule}')}/>\n"
            )
        for f in checked.failures:
            yield f"<exception>{escape(_clean(f.message))}</exception>\n"
        yield "</file>\n"
    yield "</checkstyle>\n"
