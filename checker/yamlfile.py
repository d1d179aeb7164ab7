"""YAML as packs and configs use it: plain data, and the line and column of every key, value and character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from checker.errors import CheckerError
from checker.expressions import lazy

Loc = Sequence["str | int"]  # the way down: keys of mappings, indices of lists
Data = None | str | list[Any] | dict[str, Any]

_SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DOUBLE_ESCAPE = lazy(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")


@dataclass(frozen=True)
class YamlFile:
    """A YAML file whose nodes keep their places. `data` holds dicts, lists, str and None only.

    Plain scalars stay text (`no`, `1:30`, `2026-02-06`, `007`): what is a number or a date is said by the schema, not by
    the spelling. An empty value, `~` and `null` are None.
    """

    path: str
    text: str
    root: yaml.Node | None
    data: Data
    errors: tuple[CheckerError, ...] = ()  # duplicate keys and the like: what can be said without a schema

    def place(self, loc: Loc, *, key: bool = False, offset: int | None = None) -> tuple[int, int]:
        """1-based line and column of a value; of its key; or of the character at `offset` in a scalar.

        Parts that lead nowhere are passed over, so a missing key has the place of the mapping that lacks it.
        """
        if self.root is None:
            return 1, 1
        node, at = self.root, self.root.start_mark
        for part in loc:
            found = _child(node, part)
            if found is None:
                continue
            key_node, node = found
            at = (key_node or node).start_mark if key else node.start_mark
        if offset is not None and isinstance(node, yaml.ScalarNode):
            return _character(self.text, node, offset)
        return at.line + 1, at.column + 1

    def error(self, message: str, loc: Loc, *, key: bool = False, offset: int | None = None) -> CheckerError:
        """The error to raise or collect for a key, a value, or one character of a value."""
        return CheckerError(message, self.path, *self.place(loc, key=key, offset=offset))


def read(path: Path, shown: str = "") -> YamlFile:
    """The file, or CheckerError where it cannot be read, is not UTF-8 or no YAML. shown: the path as errors print it."""
    shown = shown or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CheckerError(f"cannot be read: {error.strerror}", shown) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CheckerError("is not UTF-8; save it as UTF-8", shown, line, 1) from None
    return parse(text, shown)


def parse(text: str, path: str) -> YamlFile:
    """The text as a YamlFile; CheckerError at the line and column of a syntax error."""
    try:
        root = yaml.compose(text, Loader=_SAFE_LOADER)
        collector = _Collector(path)
        data = collector.data(root) if root is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(part for part in (error.context, error.problem) if part)
        raise CheckerError(f"no valid YAML: {message}", path, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1) from None
    except yaml.reader.ReaderError as error:
        before = text[: text.find(chr(error.character))]  # its position counts bytes with one parser, characters with the other
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise CheckerError(f"no valid YAML: {error.reason}", path, line, column) from None
    except RecursionError:
        raise CheckerError("no valid YAML: nested too deeply", path, 1, 1) from None
    return YamlFile(path, text, root, data, tuple(collector.errors))


@dataclass
class _Collector:
    path: str
    errors: list[CheckerError] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def data(self, node: yaml.Node, at: Any = None) -> Data:
        if isinstance(node, yaml.ScalarNode):
            plain = not node.style
            return None if plain and node.value in ("", "~", "null", "Null", "NULL") else str(node.value)
        if id(node) in self.seen:
            # An alias: it could recurse, or grow without end. `include` of a lexicon does what a pack needs.
            self.fail("aliases (`*name`) are not supported; for word lists use a lexicon and `include`", at or node.start_mark)
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.data(child, node.start_mark) for child in node.value]
        result: dict[str, Any] = {}
        places: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.fail("a key must be plain text", key.start_mark)
                continue
            if key.value in result:
                self.fail(f"duplicate key `{key.value}`: first given on line {places[key.value]}", key.start_mark)
                continue
            places[key.value] = key.start_mark.line + 1
            result[key.value] = self.data(value, key.start_mark)
        return result

    def fail(self, message: str, mark: Any) -> None:
        self.errors.append(CheckerError(message, self.path, mark.line + 1, mark.column + 1))


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if getattr(key, "value", None) == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None


def _character(text: str, node: yaml.ScalarNode, offset: int) -> tuple[int, int]:
    """Line and column of the character at `offset` of a scalar's value; of the scalar where YAML folds its lines."""
    start, end = node.start_mark, node.end_mark
    if node.style == "|":
        return _in_literal_block(text, node, offset)
    if node.style == ">" or start.line != end.line:
        return start.line + 1, start.column + 1
    at = start.index
    if node.style == "'":
        at += 1
        for _ in range(offset):
            at += 2 if text.startswith("''", at) else 1
    elif node.style == '"':
        at += 1
        for _ in range(offset):
            escape = _DOUBLE_ESCAPE.match(text, at)
            at = escape.end() if escape else at + 1
    else:
        at += offset
    return start.line + 1, start.column + 1 + at - start.index


def _in_literal_block(text: str, node: yaml.ScalarNode, offset: int) -> tuple[int, int]:
    before = node.value[:offset]
    number, column = before.count("\n"), offset - (before.rfind("\n") + 1)
    value_lines, raw_lines = node.value.split("\n"), text.split("\n")
    line = node.start_mark.line + 1 + number
    raw = raw_lines[line].rstrip("\r") if line < len(raw_lines) else ""
    indent = len(raw) - len(value_lines[number]) if raw.endswith(value_lines[number]) else 0
    return line + 1, indent + column + 1
