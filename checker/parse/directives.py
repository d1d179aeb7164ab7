"""Comments that speak to the checker: `<!-- checker-disable-next advice/buy-call reason: … -->`. `suppress.py` gives them meaning."""

from __future__ import annotations

from checker.document import Builder
from checker.text import Span

OPENING, CLOSING = "<!--", "-->"
PREFIX = "checker-"


def note_comment(builder: Builder, start: int, end: int) -> bool:
    """Records the HTML comment at source [start, end) if it is a directive; whether it is one. An unclosed comment counts too."""
    text = builder.source.text
    last = end - len(CLOSING) if text.endswith(CLOSING, start, end) and end - start >= len(OPENING) + len(CLOSING) else end
    return note_text(builder, text[start + len(OPENING) : last], Span(start, end))


def note_text(builder: Builder, text: str, span: Span) -> bool:
    """Records the text of a comment (a Word comment has no brackets) if it is a directive; whether it is one. span: where it stands."""
    if not text.lstrip().startswith(PREFIX):
        return False
    builder.directive(text.strip(), span)
    return True
