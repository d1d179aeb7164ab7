"""Front matter that needs a YAML parser: its node graph says where each value stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from checker.document import Source
from checker.errors import CheckerError
from checker.parse.front_matter_lines import Value
from checker.text import Span

DEEPEST = 20
MOST = 5_000  # values: aliases of aliases multiply without end
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_values(source: Source, content: Span, *, braces: bool = False) -> list[Value] | None:
    """The values of a mapping, None where it is none; CheckerError where it is no YAML. braces: put them around it (Hexo's JSON)."""
    text = source.text[slice(*content)]
    shift = content.start - braces
    if _too_deep(text):
        raise _error(source, content.start, "nested too deeply", "嵌套过深")
    try:
        root = yaml.compose(f"{{{text}}}" if braces else text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _error(source, min(shift + mark.index if mark else content.start, content.end), error.problem or str(error)) from None
    except yaml.reader.ReaderError as error:
        raise _error(source, content.start, f"a control character ({error.character!r})") from None
    if not isinstance(root, yaml.MappingNode):
        return None
    values: list[Value] = []
    for value in _walk(source, root, "", Span(shift, shift), shift, 0):
        values.append(value)
        if len(values) > MOST:
            raise _error(source, content.start, "too many values", "值过多")
    return values


def json_end(text: str) -> int:
    """The offset behind the JSON object that a text begins with, 0 where it begins with none."""
    try:
        data, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return 0
    return end if isinstance(data, dict) and data and text[end : end + 2].lstrip("\r")[:1] in ("", "\n") else 0


def _too_deep(text: str) -> bool:
    """libyaml parses by recursion: a few thousand brackets end the process."""
    return max(text.count("["), text.count("{")) > 1000 or any(line.count("- -") > 50 for line in text.split("\n"))


def _error(source: Source, offset: int, problem: str, chinese: str = "") -> CheckerError:
    at = source.lines.position(offset)
    message = f"front matter is not valid: {problem} / front matter 格式有误{'：' + chinese if chinese else ''}"
    return CheckerError(message, source.path, at.line, at.column)


def _walk(source: Source, node: Any, key: str, behind: Span, shift: int, depth: int) -> Iterator[Value]:
    """behind: the empty range behind the key, where an empty value stands."""
    if depth > DEEPEST:
        raise _error(source, behind.start, "nested too deeply", "嵌套过深")
    if isinstance(node, yaml.ScalarNode):
        yield _scalar(source.text, node, key, behind, shift)
    elif not node.value:
        yield Value(key, "", behind)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _walk(source, item, key, behind, shift, depth + 1)
    else:
        for name, value in node.value:
            end = shift + name.end_mark.index
            named = isinstance(name, yaml.ScalarNode) and name.value != "<<"
            inner = f"{key}.{name.value}".lstrip(".").lower() if named else key
            colon = source.text.find(":", end)
            yield from _walk(source, value, inner, Span(colon + 1, colon + 1) if colon >= 0 else Span(end, end), shift, depth + 1)


def _scalar(text: str, node: Any, key: str, behind: Span, shift: int) -> Value:
    start, end = shift + node.start_mark.index, shift + node.end_mark.index
    if node.style in ("'", '"'):
        start, end = start + 1, end - 1
        escaped = "\\" in text[start:end] if node.style == '"' else "''" in text[start:end]
        return Value(key, _one_line(node.value), Span(start, end), escaped) if node.value else Value(key, "", behind)
    if node.style in ("|", ">"):
        start = text.find("\n", start, end) + 1
    piece = text[start:end]
    start, end = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    value = _one_line(node.value)
    return Value(key, value, Span(start, end)) if value and node.tag != "tag:yaml.org,2002:null" else Value(key, "", behind)


def _one_line(value: str) -> str:
    return " ".join(value.split("\n")).strip()
