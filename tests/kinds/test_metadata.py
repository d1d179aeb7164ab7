"""`metadata`: front matter and its like."""

from __future__ import annotations

from typing import Any

import pytest

from checker.document import Builder, Source
from checker.text import Span


def document(*values: str, key: str = "date") -> Any:
    builder = Builder(Source("a.md", "---\n---\n正文"), "markdown")
    builder.front_matter = Span(0, 7)
    for number, value in enumerate(values):
        builder.add_field(key, value, Span(number, number + len(value)))
    builder.open("paragraph")
    builder.text(8, 10)
    return builder.build()


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ({"type": "date"}, []),
        ({"type": "date"}, [""]),
        ({"required": True, "type": "date"}, ["2026-02-06"]),
        ({"type": "date"}, ["2026-02-06 10:30:00", "2026-02-06T10:30Z"]),
        ({"type": "number"}, ["-3.5"]),
        ({"type": "url"}, ["https://a.cn/b"]),
        ({"values": ("draft", "published")}, ["draft"]),
        ({"pattern": r"^\d{4}$"}, ["2026"]),
    ],
)
def test_as_it_should_be(rule: Any, run: Any, fields: Any, values: list[str]) -> None:
    assert run(rule("metadata", key="date", **fields), [], document(*values))[1] == []


@pytest.mark.parametrize(
    ("fields", "values", "expected"),
    [
        ({"required": True}, [""], "date"),
        ({"type": "date"}, ["2026-02-30"], "YYYY-MM-DD"),
        ({"type": "date"}, ["2026/2/6"], "YYYY-MM-DD"),
        ({"type": "number"}, ["3,5"], "123"),
        ({"type": "url"}, ["a.cn"], "https://…"),
        ({"type": "url"}, ["http://["], "https://…"),
        ({"values": ("draft", "published")}, ["Draft"], "draft | published"),
        ({"pattern": r"^\d{4}$"}, ["20261"], r"^\d{4}$"),
    ],
)
def test_not_as_it_should_be(rule: Any, run: Any, fields: Any, values: list[str], expected: str) -> None:
    _, [hit] = run(rule("metadata", key="date", **fields), [], document(*values))
    assert hit.source == Span(0, len(values[0]))
    assert hit.values == (("value", values[0]), ("expected", expected))


def test_a_missing_key_stands_at_the_front_matter(rule: Any, run: Any) -> None:
    _, [hit] = run(rule("metadata", key="author", required=True), [], document("2026-02-06"))
    assert (hit.source, dict(hit.values)["value"]) == (Span(0, 0), "author")
