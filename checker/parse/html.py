"""HTML pages: what a browser shows of them, and what they say of themselves."""

from __future__ import annotations

from checker.document import Builder, Document, Source
from checker.parse.elements import Elements
from checker.parse.front_matter import read_front_matter
from checker.parse.markup import Markup
from checker.parse.sites import mask
from checker.text import Run, View


def parse(source: Source, site: str = "none") -> Document:
    """The blocks of a page. site: whose shortcodes are markup (Jekyll's pages hold Liquid and front matter)."""
    builder = Builder(source, "html")
    body = read_front_matter(builder)
    text = source.text[body:]
    masked = mask(text, site)
    elements = Elements(builder, masked != text)
    Markup(builder, elements).feed(View(masked, (Run(0, body, len(text), len(text)),)))
    elements.close_block()
    return builder.build()
