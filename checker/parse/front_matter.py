"""Front matter: YAML (`---`), TOML (`+++`), JSON, and Hexo's form without a fence above it.

Values become fields, and the title a block that readers see. Lines of the form `key: value` and plain lists are read without YAML:
PyYAML takes longer to import than a small article to check.
"""

from __future__ import annotations

import re

from checker.document import Builder, Source
from checker.errors import CheckerError
from checker.expressions import lazy
from checker.parse.front_matter_lines import Value, plain_values
from checker.text import Span

_NAME = r"[^\W\d][\w.-]*"
_KEY = rf"(?:{_NAME}|\"[^\"\n]+\"|'[^'\n]+')"
_BEFORE = r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*"  # comments and blank lines
_MAPPING = lazy(rf"{_BEFORE}{_KEY}[ \t]*:(?=[ \t\r\n]|\Z)")
_TABLE = lazy(rf"{_BEFORE}(?:{_KEY}(?:\.{_KEY})*[ \t]*=|\[)")
_OF_MAPPING = lazy(rf"\s|#|-\s|{_KEY}[ \t]*:(?:\s|$)|[\]}}]")
_LOOSE = lazy(r"^(?P<key>[^\W\d][\w-]*)[ \t]*:(?!//)[ \t]*(?P<value>[^\n]*\S)", re.MULTILINE)
_KNOWN = "title layout date updated author authors tags categories category permalink slug abbrlink description"
# The first key where no fence stands above: with any other, `note: x` over `---` is a heading of Markdown.
_HEXO = lazy(rf"(?:{'|'.join(_KNOWN.split())})[ \t]*:[ \t\r\n]")
_NO_SPACE = lazy(rf"{_BEFORE}(?:{'|'.join(_KNOWN.split())}):(?=\S)")
_FENCE, _TOML_FENCE = lazy(r"---[ \t]*\r?\n"), lazy(r"\+\+\+[ \t]*\r?\n")
_END = lazy(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_TOML_END = lazy(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)
_JSON_END = lazy(r"^;;;[ \t]*\r?$", re.MULTILINE)
INVALID = "invalid-front-matter"  # the key under which a mistake in front matter stands
HEXO_LINES = 30  # in which the fence below must come where none stands above
LARGEST = 1 << 20  # code points; a YAML parser takes a second for that


def read_front_matter(builder: Builder) -> int:
    """The offset of the body, 0 where there is no front matter. CheckerError at the line of what is not valid in it."""
    text = builder.source.text
    if fence := _FENCE.match(text):
        return _fenced(builder, fence.end())
    if fence := _TOML_FENCE.match(text):
        return _toml(builder, fence.end())
    if builder.format == "markdown":
        if text.startswith(("{", ";;;", '"')):
            return _json(builder)
        if _HEXO.match(text):
            return _hexo(builder)
    return 0


def _fenced(builder: Builder, start: int) -> int:
    """YAML between fences. What begins as no mapping is prose below a thematic break."""
    source, text = builder.source, builder.source.text
    end = _END.search(text, start)
    if end is None:
        return 0
    content = Span(start, end.start())
    if not text[slice(*content)].strip():
        return _close(builder, end.end(), [])
    if wrong := _NO_SPACE.match(text, start):
        at = source.lines.position(wrong.end())
        message = "front matter needs a space after the colon / front matter 的冒号后需要空格"
        return _close(builder, end.end(), _loose(source, content, CheckerError(message, source.path, at.line, at.column)))
    if not _MAPPING.match(text, start):
        return 0
    try:
        values = _yaml(builder, content)
    except CheckerError as error:
        lines = [line for line in text[slice(*content)].split("\n") if line.strip()]
        if sum(_OF_MAPPING.match(line) is not None for line in lines) * 2 <= len(lines):
            return 0  # prose between two thematic breaks that begins with “Note: …”
        values = _loose(source, content, error)
    return _close(builder, end.end(), values) if values is not None else 0


def _loose(source: Source, content: Span, error: CheckerError) -> list[Value]:
    """Line by line, what is no valid YAML: `title: Note: what now` is one mistake in a header, and no reason to leave an article
    unchecked. The mistake itself becomes the value of INVALID, which a rule reports."""
    text = source.text
    at = source.lines.line(error.line) if error.line else content
    values = [Value(INVALID, error.message, Span(max(at.start, content.start), at.end), whole=True)]
    lines = _LOOSE.finditer(text, *content)
    values += [Value(line["key"].lower(), line["value"].strip("\"' \r"), Span(*line.span("value")), whole=True) for line in lines]
    return values


def _yaml(builder: Builder, content: Span, *, braces: bool = False) -> list[Value] | None:
    values = plain_values(builder.source.text, content) if not braces else None
    if values is not None:
        return values
    if content.end - content.start > LARGEST:
        raise CheckerError("front matter is too large / front matter 过大", builder.source.path, 1, 1)
    from checker.parse.front_matter_yaml import yaml_values

    return yaml_values(builder.source, content, braces=braces)


def _toml(builder: Builder, start: int) -> int:
    text = builder.source.text
    end = _TOML_END.search(text, start)
    if end is None or not (_TABLE.match(text, start) or not text[start : end.start()].strip()):
        return 0
    from checker.parse.front_matter_toml import toml_values

    return _close(builder, end.end(), toml_values(builder.source, Span(start, end.start())))


def _json(builder: Builder) -> int:
    text = builder.source.text
    if text.startswith("{"):
        from checker.parse.front_matter_yaml import json_end

        end = json_end(text)
        return _close(builder, end, _yaml(builder, Span(0, end)) or []) if end else 0
    start = text.find("\n") + 1 if text.startswith(";;;") else 0
    close = _JSON_END.search(text, max(start, 1))
    if close is None or text.count("\n", 0, close.start()) > HEXO_LINES:
        return 0
    values = _yaml(builder, Span(start, close.start()), braces=True)
    return _close(builder, close.end(), values) if values else 0


def _hexo(builder: Builder) -> int:
    """Lines of front matter over a fence. Whatever is not valid in them stays what Markdown makes of it, and is checked as that."""
    text = builder.source.text
    end = _END.search(text)
    if end is None or text.count("\n", 0, end.start()) > HEXO_LINES or text[end.start()] == ".":
        return 0
    content = Span(0, end.start())
    lines = text[slice(*content)].split("\n")[:-1]
    if not all(line.strip() and _OF_MAPPING.match(line) for line in lines):
        return 0
    try:
        values = _yaml(builder, content)
    except CheckerError:
        return 0
    return _close(builder, end.end(), values) if values else 0


def _close(builder: Builder, end: int, values: list[Value]) -> int:
    """Records what was read up to the end of the fence below; the offset behind its line end."""
    text = builder.source.text
    builder.front_matter = Span(0, len(text[:end].rstrip("\r \t")))
    for value in values:
        builder.add_field(value.key, value.text, value.span)
    if lang := next((value.text for value in values if value.key in ("lang", "language") and value.text), ""):
        builder.lang = lang
    if title := next((value for value in values if value.key == "title" and value.text), None):
        builder.open("title")
        title.write(builder)
        builder.close()
    body = text.find("\n", end)
    return len(text) if body < 0 else body + 1
