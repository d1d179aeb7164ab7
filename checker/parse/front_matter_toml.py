"""TOML front matter. `tomllib` checks it and knows the values; where they stand is read from its lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from checker.document import Source
from checker.errors import CheckerError
from checker.expressions import lazy
from checker.parse.front_matter_lines import Value
from checker.text import Span

_PLACE = lazy(r"^(.*) \(at line (\d+), column (\d+)\)$")
_NAME = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_KEYS = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_STATEMENT = lazy(rf"^[ \t]*(?:\[\[?[ \t]*(?P<table>{_KEYS})[ \t]*\]\]?|(?P<key>{_KEYS})[ \t]*=)", re.MULTILINE)


class Statement(NamedTuple):
    """`key = value`. key: dotted, with the names of its tables; span: from behind the `=` to the next statement."""

    key: str
    span: Span


def toml_values(source: Source, content: Span) -> list[Value]:
    """The values in the order of their keys; CheckerError where it is no TOML."""
    text = source.text[slice(*content)]
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.match(str(error))
        first, last = (source.lines.position(offset).line for offset in content)
        line, column = (int(found[2]) + first - 1, int(found[3])) if found else (last, 1)
        message = f"front matter is not valid TOML: {found[1] if found else error} / front matter 不是有效的 TOML"
        raise CheckerError(message, source.path, line, column) from None
    except RecursionError:
        raise CheckerError("front matter is nested too deeply / front matter 嵌套过深", source.path, 1, 1) from None
    statements = list(_statements(source.text, content))
    reached: dict[str, int] = {}  # by key: values of a list stand behind each other
    return [_placed(source.text, content, statements, key, value, reached) for key, value in _walk(data, "")]


def _walk(data: Any, key: str) -> Iterator[tuple[str, Any]]:
    """The values that are no tables or lists, with their dotted keys; an empty list or table is an empty value."""
    if isinstance(data, dict) and data:
        for name, value in data.items():
            yield from _walk(value, f"{key}.{name}".lstrip("."))
    elif isinstance(data, list) and data:
        for value in data:
            yield from _walk(value, key)
    else:
        yield key, data if not isinstance(data, dict | list) else ""


def _statements(text: str, content: Span) -> Iterator[Statement]:
    table = ""
    found = list(_STATEMENT.finditer(text, *content))
    for number, match in enumerate(found):
        if match["table"] is not None:
            table = _dotted(match["table"])
        else:
            end = found[number + 1].start() if number + 1 < len(found) else content.end
            yield Statement(f"{table}.{_dotted(match['key'])}".lstrip("."), Span(match.end(), end))


def _dotted(keys: str) -> str:
    return ".".join(part.strip(" \t\"'") for part in keys.split("."))


def _placed(text: str, content: Span, statements: list[Statement], key: str, value: Any, reached: dict[str, int]) -> Value:
    """A value that is not written as it reads (escapes, another notation of a number) stands at all of its statement; one whose key
    is not found (inline tables), at the end of the front matter."""
    shown = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split("\n")).strip()
    spans = [span for name, span in statements if name == key or key.startswith(f"{name}.")]
    if not shown:
        behind = spans[0].start if spans else content.end
        return Value(key.lower(), "", Span(behind, behind))
    for span in spans:
        at = text.find(shown, max(span.start, reached.get(key, 0)), span.end)
        if at >= 0:
            reached[key] = at + len(shown)
            return Value(key.lower(), shown, Span(at, at + len(shown)))
    if not spans:
        return Value(key.lower(), shown, Span(content.end, content.end), whole=True)
    raw = text[slice(*spans[0])]
    start = spans[0].start + len(raw) - len(raw.lstrip())
    written = raw.strip() if isinstance(value, str) else raw.partition("#")[0].strip()
    return Value(key.lower(), shown if isinstance(value, str) else written, Span(start, start + len(written)), whole=True)
