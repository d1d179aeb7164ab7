"""Which comments speak to the checker."""

from __future__ import annotations

import pytest

from checker.document import Builder, Source
from checker.parse.directives import note_comment, note_text
from checker.text import Span


def noted(comment: str) -> list[tuple[str, str]]:
    """The directives of a comment that stands between other text: (text, what stands at its span)."""
    text = f"前{comment}后"
    builder = Builder(Source("a.md", text), "markdown")
    is_one = note_comment(builder, 1, 1 + len(comment))
    document = builder.build()
    assert is_one == bool(document.directives)
    return [(directive.text, text[slice(*directive.span)]) for directive in document.directives]


@pytest.mark.parametrize("comment", ["<!-- x -->", "<!---->", "<!-->", "<!-- see checker-disable -->", "<!-- Checker-enable -->"])
def test_other_comments_say_nothing(comment: str) -> None:
    assert noted(comment) == []


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        ("<!-- checker-disable-next a/b reason: x -->", "checker-disable-next a/b reason: x"),
        ("<!--checker-enable-->", "checker-enable"),
        ("<!--\n  checker-disable\n  a/b -->", "checker-disable\n  a/b"),
        ("<!-- checker-enable", "checker-enable"),
        ("<!-- checker-nonsense -->", "checker-nonsense"),  # suppress.py says that it is malformed
    ],
)
def test_directives(comment: str, text: str) -> None:
    assert noted(comment) == [(text, comment)]


def test_the_text_of_a_comment() -> None:
    builder = Builder(Source("a.docx", "甲"), "docx")
    assert not note_text(builder, "请核对", Span(0, 0))
    assert note_text(builder, " checker-enable ", Span(0, 0))
    assert builder.build().directives == (("checker-enable", (0, 0)),)
