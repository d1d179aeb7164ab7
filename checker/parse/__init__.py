"""What a reader of an article sees, by format. Each parser is imported when its first article comes: a run over one .md file
needs no lxml."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from checker.document import Document, Source

Parser = Callable[[Source, str], Document]


def _module(name: str) -> Parser:
    def parser(source: Source, site: str) -> Document:
        document: Document = import_module(f"checker.parse.{name}").parse(source, site)
        return document

    return parser


PARSERS: dict[str, Parser] = {name: _module(name) for name in ("markdown", "html", "plain", "docx")}

FORMATS_BY_SUFFIX = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    **dict.fromkeys((".txt", ".text"), "plain"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".doc"), "docx"),  # .doc: so that it is a failure, not passed over
}


def parse(source: Source, format: str, site: str = "none") -> Document:
    """The document of an article. format: a key of PARSERS; site: whose shortcodes are markup. CheckerError where it is broken."""
    return PARSERS[format](source, site)
