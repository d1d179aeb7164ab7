"""The JSON report, version 1 (docs/json.md). Streams: articles go out as they come, the other sections wait in a temporary file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from io import StringIO
from typing import IO, Any

from checker import __version__
from checker.formats.run import NO_ADVICE, Run
from checker.text import Position
from checker.violation import Article, Checked, Failure, Violation

VERSION = 1
SPOOLED = 1_000  # violations that are kept in memory
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    head = {
        "version": VERSION,
        "tool": {"name": "checker", "version": __version__},
        "profile": run.profile,
        "jurisdictions": list(run.jurisdictions),
        "notice": NO_ADVICE[run.lang],
    }
    yield _dump(head)[:-1] + ',"articles":['
    later: IO[str] = StringIO()
    with ExitStack() as open_files:
        first = True
        failures: list[str] = []
        found = 0
        for checked in results:
            if checked.article is not None:
                yield ("\n" if first else ",\n") + _dump(article(checked.article))
                first = False
            for violation in checked.violations:
                later.write((",\n" if found else "\n") + _dump(violation_object(violation)))
                found += 1
                if found == SPOOLED:
                    later = open_files.enter_context(_moved(later))
            failures.extend(_dump(failure(f)) for f in checked.failures)
        yield '],\n"violations":['
        later.seek(0)
        while piece := later.read(1 << 16):
            yield piece
    yield '],\n"failures":[' + ",".join("\n" + f for f in failures) + "]}\n"


def _moved(text: IO[str]) -> IO[str]:
    """A temporary file that holds the text, for more of it."""
    import tempfile

    text.seek(0)
    file = tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass")  # noqa: SIM115
    file.write(text.read())
    return file


def article(a: Article) -> dict[str, Any]:
    return {
        "path": a.path,
        "encoding": a.encoding,
        "lang": a.lang,
        "title": a.title,
        "topics": list(a.topics),
        "content": a.content,
        "present": {
            key: [{"line": s.line, "text": s.text, "value": s.value, **({"finding": s.finding} if s.finding else {})} for s in statements]
            for key, statements in a.present.items()
        },
    }


def _position(p: Position) -> dict[str, int]:
    return {"line": p.line, "column": p.column, "offset": p.offset}


def violation_object(v: Violation) -> dict[str, Any]:
    found: dict[str, Any] = {"path": v.path, "rule": v.rule, "category": v.category, "severity": v.severity}
    if v.finding:
        found["finding"] = v.finding
    found |= {"message": v.message, "start": _position(v.start), "end": _position(v.end), "excerpt": v.excerpt}
    if v.folded:
        found["folded"] = v.folded
    found["basis"] = list(v.basis)
    found["related"] = [{"message": r.message, "start": _position(r.start), "end": _position(r.end)} for r in v.related]
    found["fingerprint"] = v.fingerprint
    if v.fix:
        fix = v.fix
        found["fix"] = {"start": _position(fix.start), "end": _position(fix.end), "text": fix.text, "safe": fix.safe}
    if v.suppressed:
        found["suppressed"] = v.suppressed
    return found


def failure(f: Failure) -> dict[str, Any]:
    return {"path": f.path, "kind": f.kind, "message": f.message, **({"line": f.line, "column": f.column} if f.line else {})}
