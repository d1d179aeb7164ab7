"""What a page says of itself out of sight: `<meta>` and JSON-LD, as Fields in front matter terms."""

from __future__ import annotations

from checker.document import Builder
from checker.text import Span


def note_meta(builder: Builder, attributes: dict[str, tuple[str, Span]]) -> None:
    """A `<meta>` element. attributes: name → (value, where it stands)."""
    key = next((attributes[name][0] for name in ("name", "property", "itemprop") if name in attributes), "")
    if key and "content" in attributes:
        builder.add_field(key.lower(), *attributes["content"])


def note_json_ld(builder: Builder, text: str, start: int, end: int) -> None:
    """The content of a JSON-LD script at source [start, end)."""
