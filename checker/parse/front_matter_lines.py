"""Values of front matter, and the lines of it that need no YAML parser."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.document import Builder
from checker.expressions import lazy
from checker.text import Span

# A plain scalar that means the same to YAML: no indicator at its beginning, no comment and no second mapping in it.
_REST = r"(?:[^\s:#]|:(?=\S)|(?<=\S)#|[ \u00a0\u3000]++(?!#|\r?$))"
_PLAIN = rf"(?![-?:,\[\]{{}}#&*!|>'\"%@`]){_REST}+|-(?=[^\s,\[\]{{}}-]){_REST}+"
_SCALAR = rf"(?:\"(?P<double>[^\"\\\n]*)\"|'(?P<single>[^'\n]*)'|(?P<plain>{_PLAIN}))?"
_COMMENT = r"[ ]*(?:(?<=[ ])#[^\n]*)?\r?"
_LIST = r"\[(?P<list>[^\[\]\n{}\"'#&*!|>%@`\\]*)\]"
_ENTRY = lazy(rf"(?P<key>[^\W\d][\w-]*)(?P<colon>[ ]*:)(?:[ ]+(?:{_LIST}|{_SCALAR}))?{_COMMENT}$", re.MULTILINE)
_ITEM = lazy(rf"(?P<indent>[ ]*)-[ ]+{_SCALAR}{_COMMENT}$", re.MULTILINE)
_BLANK = lazy(r"[ ]*(?:#[^\n]*)?\r?$", re.MULTILINE)
_NOTHING = ("~", "null", "Null", "NULL")


class Value(NamedTuple):
    """key: lower case, dotted; text: the value in one line, "" where empty; span: where it stands in the source (behind the key
    where empty); whole: its characters do not stand there one by one (escapes)."""

    key: str
    text: str
    span: Span
    whole: bool = False

    def write(self, builder: Builder) -> None:
        """The value as text of the open block, its lines joined."""
        if self.whole:
            builder.replaced(self.text, *self.span)
            return
        at, before = self.span.start, -1
        for line in builder.source.text[slice(*self.span)].split("\n"):
            if text := line.strip():
                start = at + line.index(text)
                if before >= 0:
                    builder.line_break(before, start)
                builder.text(start, start + len(text))
                before = start + len(text)
            at += len(line) + 1


def plain_values(text: str, content: Span) -> list[Value] | None:
    """The values in text[content], None where a line of it needs YAML to be understood."""
    values: list[Value] = []
    key, may_list = "", False  # of the last entry, whose value may be a list below it
    indent: str | None = None  # of the list that has begun
    at = content.start
    while at < content.end:
        end = text.find("\n", at, content.end)
        end = content.end if end < 0 else end
        if _BLANK.match(text, at, end):
            pass
        elif entry := _ENTRY.match(text, at, end):
            key, may_list, indent = entry["key"].lower(), entry.end("colon") == entry.end(), None
            listed = _items(key, text, Span(*entry.span("list")), entry.end("colon")) if entry["list"] is not None else None
            if entry["list"] is not None and listed is None:
                return None
            values += listed or [_value(key, entry, entry.end("colon"))]
        elif (item := _ITEM.match(text, at, end)) and may_list and indent in (None, item["indent"]):
            if indent is None:
                del values[-1]
            indent = item["indent"]
            values.append(_value(key, item, item.end()))
        else:
            return None
        at = end + 1
    return values


def _value(key: str, match: re.Match[str], behind: int) -> Value:
    for name in ("double", "single", "plain"):
        if match[name] and not (name == "plain" and match[name] in _NOTHING):
            return Value(key, match[name], Span(*match.span(name)))
    return Value(key, "", Span(behind, behind))


def _items(key: str, text: str, inner: Span, behind: int) -> list[Value] | None:
    """The items of `[a, b]`, None where one of them is more than plain words."""
    values: list[Value] = []
    at = inner.start
    for item in text[slice(*inner)].split(","):
        word = item.strip(" ")
        if ":" in word or word.startswith(("-", "?")) or word in _NOTHING or not word.isprintable():
            return None
        if word:
            start = at + item.index(word)
            values.append(Value(key, word, Span(start, start + len(word))))
        at += len(item) + 1
    return values or [Value(key, "", Span(behind, behind))]
