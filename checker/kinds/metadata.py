"""`metadata`: a front matter key or its like in HTML: required, of a type, one of a set, matching a pattern."""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import Field
from checker.expressions import lazy
from checker.reading import Reading
from checker.rule import Metadata
from checker.scan.clock import Clock
from checker.text import Span
from checker.violation import Hit

_DATE = lazy(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d.*)?")
_NUMBER = lazy(r"[+-]?\d+(?:\.\d+)?")


def judge(rule: Metadata, index: int, reading: Reading) -> Iterator[Hit]:
    """Places are source ranges: metadata is no text that a reader sees."""
    fields = [item for item in reading.document.fields if item.key == rule.key]
    if not fields:
        if rule.required:
            start = reading.document.front_matter.start
            yield Hit(index, 0, 0, values=(("value", rule.key),), source=Span(start, start))
        return
    for item in fields:
        problem = _problem(rule, item)
        if problem is not None:
            yield Hit(index, 0, 0, values=(("value", item.value), ("expected", problem)), source=item.span)


def _problem(rule: Metadata, item: Field) -> str | None:
    """What was expected, where the value is not that; None where it is."""
    if not item.value:
        return rule.type or rule.key if rule.required else None
    if rule.type == "date" and not _is_date(item.value):
        return "YYYY-MM-DD"
    if rule.type == "number" and not _NUMBER.fullmatch(item.value):
        return "123"
    if rule.type == "url" and not _is_url(item.value):
        return "https://…"
    if rule.values and item.value not in rule.values:
        return " | ".join(rule.values)
    return None if _fits(rule.pattern, item.value) else rule.pattern


def _fits(pattern: str, value: str) -> bool:
    if not pattern:
        return True
    import regex

    return Clock(len(value)).search(regex.compile(pattern), value, 0) is not None


def _is_url(value: str) -> bool:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(value)
    except ValueError:  # http://[
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _is_date(value: str) -> bool:
    from datetime import date

    found = _DATE.fullmatch(value)
    try:
        return found is not None and bool(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return False
