"""Front matter: YAML (`---`), TOML (`+++`), JSON, and Hexo's form without a fence above it.

Values become fields, and the title a block that readers see. Lines of the form `key: value` and plain lists are read without YAML:
PyYAML takes longer to import than a small article to check.
"""

from __future__ import annotations

import re

from checker.document import Builder
from checker.errors import CheckerError
from checker.parse.front_matter_lines import Value, plain_values
from checker.text import Span

_KEY = r"[^\W\d][\w.-]*"
_MAPPING = re.compile(rf"(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:{_KEY}|\"[^\"\n]+\"|'[^'\n]+')[ \t]*:(?=[ \t\r\n]|\Z)")
_FENCE = re.compile(r"---[ \t]*\r?\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n")
_TOML_END = re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)
_JSON_END = re.compile(r"^;;;[ \t]*\r?$", re.MULTILINE)
_LIKE_A_LINE_OF_IT = re.compile(rf"\s|#|-\s|[\"']?{_KEY}[\"']?[ \t]*:(?:\s|$)|[\]}}]|$")
# The first key of front matter without a fence above it; with any other, `note: x` over `---` is a heading of Markdown.
_KEYS = "title layout date updated author authors tags categories category permalink slug abbrlink description"
_HEXO = re.compile(rf"(?:{'|'.join(_KEYS.split())})[ \t]*:[ \t\r\n]")
HEXO_LINES = 30  # in which the fence below must come


def read_front_matter(builder: Builder) -> int:
    """The offset of the body, 0 where there is no front matter. CheckerError at the line of what is not valid in it."""
    text = builder.source.text
    if fence := _FENCE.match(text):
        return _yaml(builder, fence.end())
    if fence := _TOML.match(text):
        return _toml(builder, fence.end())
    if builder.format == "markdown":
        if text.startswith(("{", ";;;", '"')):
            return _json(builder)
        if _HEXO.match(text):
            return _hexo(builder)
    return 0


def _yaml(builder: Builder, start: int) -> int:
    text = builder.source.text
    end = _END.search(text, start)
    if end is None:
        return 0
    content = Span(start, end.start())
    if not text[slice(*content)].strip():
        return _close(builder, end.end(), [])
    if not _MAPPING.match(text, start):
        return 0  # a thematic break, then prose
    values = plain_values(text, content)
    if values is None:
        from checker.parse.front_matter_yaml import yaml_values

        try:
            values = yaml_values(builder.source, content)
        except CheckerError:
            lines = [line for line in text[slice(*content)].split("\n") if line.strip()]
            if sum(_LIKE_A_LINE_OF_IT.match(line) is not None for line in lines) * 2 > len(lines):
                raise
            return 0  # prose between two thematic breaks that begins with “Note: …”
    return 0 if values is None else _close(builder, end.end(), values)


def _toml(builder: Builder, start: int) -> int:
    text = builder.source.text
    end = _TOML_END.search(text, start)
    if end is None:
        return 0
    from checker.parse.front_matter_toml import toml_values

    return _close(builder, end.end(), toml_values(builder.source, Span(start, end.start())))


def _json(builder: Builder) -> int:
    from checker.parse.front_matter_yaml import json_end, yaml_values

    text = builder.source.text
    if text.startswith("{"):
        end = json_end(text)
        return _close(builder, end, yaml_values(builder.source, Span(0, end)) or []) if end else 0
    start = text.find("\n") + 1 if text.startswith(";;;") else 0
    close = _JSON_END.search(text, max(start, 1))
    if close is None or text.count("\n", 0, close.start()) > HEXO_LINES:
        return 0
    values = yaml_values(builder.source, Span(start, close.start()), braces=True)
    return _close(builder, close.end(), values) if values else 0


def _hexo(builder: Builder) -> int:
    text = builder.source.text
    end = _END.search(text)
    if end is None or text.count("\n", 0, end.start()) > HEXO_LINES or text[end.start()] == ".":
        return 0
    content = Span(0, end.start())
    lines = text[slice(*content)].split("\n")
    if not all(_LIKE_A_LINE_OF_IT.match(line) for line in lines) or not all(line.strip() for line in lines[:-1]):
        return 0
    values = plain_values(text, content)
    if values is None:
        from checker.parse.front_matter_yaml import yaml_values

        try:
            values = yaml_values(builder.source, content)
        except CheckerError:
            return 0  # it stays what Markdown makes of it, and is checked as such
    return _close(builder, end.end(), values) if values else 0


def _close(builder: Builder, end: int, values: list[Value]) -> int:
    """Records what was read; the offset behind the line end."""
    text = builder.source.text
    end -= text[end - 1] == "\r"
    builder.front_matter = Span(0, end)
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
