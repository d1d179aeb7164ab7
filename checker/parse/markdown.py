"""Markdown: CommonMark with tables, footnotes, task lists and strikethrough, as the HTML it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyromark
from pyromark import Options

from checker.document import Builder, Document, Source
from checker.expressions import lazy
from checker.parse.directives import note_text
from checker.parse.elements import Elements
from checker.parse.front_matter import read_front_matter
from checker.parse.inline import Offsets, aligned, behind_text, in_definition, joined, label_of
from checker.parse.markup import Markup
from checker.parse.prose import Pieces
from checker.parse.sites import jsx_comments, mask
from checker.parse.tokens import LINE_END
from checker.text import Span, View

OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM
)
_MARKDOWN = pyromark.Markdown(options=OPTIONS)
_ELEMENTS = {
    "Paragraph": "p",
    "Item": "li",
    "BlockQuote": "blockquote",
    "FootnoteDefinition": "section",
    "Table": "table",
    "TableHead": "tr",
    "TableRow": "tr",
    "TableCell": "td",
}
_LONE_RETURN = lazy(r"\r(?!\n)")  # a line end to CommonMark, but to pyromark not everywhere


def parse(source: Source, site: str = "none") -> Document:
    """The blocks of a Markdown article. site: whose shortcodes are markup."""
    builder = Builder(source, "markdown")
    body = read_front_matter(builder)
    jsx = source.path.lower().endswith(".mdx")
    if jsx:
        for comment, start, end in jsx_comments(source.text):
            note_text(builder, comment, Span(start, end))
    text = _LONE_RETURN.sub("\n", mask(source.text[body:], site, True, jsx))
    _Reader(builder, text, body, jsx).read()
    return builder.build()


class _Reader:
    """Turns events into elements. One pass; `_at` is the end of the last leaf, where the target of a link is looked for."""

    def __init__(self, builder: Builder, text: str, base: int, jsx: bool) -> None:
        self._builder, self._text, self._base = builder, text, base
        self._source = builder.source.text[:base] + text  # what is masked in it is no part of targets
        self._elements = Elements(builder, self._source != builder.source.text)
        self._jsx = jsx  # MDX has no indented code
        self._markup = Markup(builder, self._elements)
        self._offset = Offsets(text, base)
        self._at = base
        self._html: list[tuple[str, int, int]] | None = None
        self._heading = ""
        self._code = False
        self._images: list[Pieces] = []
        self._links: list[dict[str, Any]] = []
        self._definitions: dict[str, tuple[Pieces, Pieces]] | None = None

    def read(self) -> None:
        offset, elements = self._offset, self._elements
        # A text keeps the UTF-8 that is made of it for as long as it lives: the copy goes when all is read.
        half = len(self._text) // 2
        events: Iterator[tuple[Any, Any]] = _MARKDOWN.events_with_range(self._text[:half] + self._text[half:])
        for event, span in events:
            if type(event) is str:
                start, end = offset(span["start"]), offset(span["end"])
                self._mark(event, start, end)
                continue
            kind, value = event.popitem()
            if kind == "Text":
                start, end = offset(span["start"]), offset(span["end"])
                self._at = end
                if start == end:
                    continue  # what a tab is wider than the indentation it serves
                if self._images:
                    self._images[-1].append((value, start, end))
                elif self._code:
                    self._lines(value, start)
                elif len(value) == end - start or value not in ("\n", "\r"):
                    elements.text(value, start, end)
                else:
                    elements.line_break(start, end)
            elif kind == "Start":
                if type(value) is str and (name := _ELEMENTS.get(value)):
                    elements.start(name)
                else:
                    self._start(value, span)
            elif kind == "End":
                if type(value) is str and (name := _ELEMENTS.get(value)):
                    elements.end(name)
                else:
                    self._end(value, span)
            else:
                self._leaf(kind, value, offset(span["start"]), offset(span["end"]))
        elements.close_block()

    def _mark(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self._elements.start("hr")
            self._elements.end("hr")
        elif self._images:
            self._images[-1].append((" ", start, end))
        else:
            self._elements.line_break(start, end)

    # -- containers

    def _start(self, value: Any, span: dict[str, int]) -> None:
        if value == "HtmlBlock":
            self._html = []
            return
        if type(value) is str:
            return  # Emphasis and the like: seen, but no words
        kind, data = value.popitem()
        if kind == "Heading":
            at = self._offset(span["start"])
            container = self._source[at] != self._builder.source.text[at]  # a masked `:::`: its title, see sites.py
            self._heading = "p" if container else "h" + data["level"][1]
            self._elements.start(self._heading)
        elif kind == "List":
            self._elements.start("ul" if data is None else "ol")
        elif kind == "CodeBlock":
            self._elements.start("p" if self._jsx and data == "Indented" else "pre")
            self._code = True
        elif kind == "Link":
            self._links.append(data)
            self._at = self._offset(span["start"])
            self._elements.start("a")
        elif kind == "Image":
            self._links.append(data)
            self._at = self._offset(span["start"])
            self._images.append([])
        elif name := _ELEMENTS.get(kind):
            self._elements.start(name)

    def _end(self, value: Any, span: dict[str, int]) -> None:
        if value == "HtmlBlock":
            pieces, self._html = self._html or [], None
            self._markup.feed(joined(pieces))
        elif value == "CodeBlock":
            self._code = False
            self._elements.end("pre")
        elif value == "Link":
            end = self._offset(span["end"])
            self._elements.end_link(*self._target(self._links.pop(), end))
            self._at = end
        elif value == "Image":
            self._end_image(self._offset(span["start"]), self._offset(span["end"]))
        elif type(value) is not str:
            kind, data = value.popitem()
            self._elements.end({"Heading": self._heading, "List": "ol" if data else "ul"}.get(kind) or _ELEMENTS.get(kind, ""))

    def _end_image(self, start: int, end: int) -> None:
        """The text of a picture in the text of a picture belongs to both as one."""
        alt = self._images.pop()
        _, title = self._target(self._links.pop(), end)
        self._at = end
        if self._images:
            self._images[-1].extend(alt)
        else:
            self._elements.picture(start, end, [pieces for pieces in (alt, title) if pieces])

    def _target(self, link: dict[str, Any], end: int) -> tuple[Pieces, Pieces]:
        """Target and title of a link or picture that ends at `end`, with their places."""
        kind, target, title = link["link_type"], link["dest_url"], link["title"]
        if kind in ("Autolink", "Email"):
            start = self._at - len(target)
            return [("mailto:", start, start)] * (kind == "Email") + [(target, start, self._at)], []
        if kind == "Inline":
            return behind_text(self._source, self._at, end, target, title)
        if self._definitions is None:
            self._definitions = self._define()
        found = self._definitions.get(label_of(link["id"]))
        return found or ([(target, self._at, end)], [])

    def _define(self) -> dict[str, tuple[Pieces, Pieces]]:
        """Where the targets of reference links stand, by label."""
        offset = Offsets(self._text, self._base)
        definitions = {}
        for label, data in _MARKDOWN.reference_definitions(self._text).items():  # in source order
            start, end = offset(data["span"]["start"]), offset(data["span"]["end"])
            definitions[label_of(label)] = in_definition(self._source, start, end, data["dest"], data["title"] or "")
        return definitions

    # -- leaves

    def _leaf(self, kind: str, value: Any, start: int, end: int) -> None:
        self._at = end
        if kind == "Html":
            if self._html is not None:
                self._html.append((value, start, end))
        elif kind == "InlineHtml":
            if not self._images:
                self._markup.feed(aligned(value, self._source, start, end))
        elif kind == "Code":
            view = aligned(value, self._source, start + 1, end - 1)
            if self._images:
                self._images[-1].append((value, *view.span(0, len(value))))
            else:
                self._inline_code(view)

    def _inline_code(self, view: View) -> None:
        """Line ends in it are breaks, as in text."""
        elements = self._elements
        elements.start("code")
        for at, source, length, _ in view.runs:
            for match in LINE_END.finditer(self._source, source, source + length):
                elements.text(view.text[at : at + match.start() - source], source, match.start())
                elements.line_break(*match.span())
                at, source, length = at + match.end() - source, match.end(), length - (match.end() - source)
            elements.text(view.text[at : at + length], source, source + length)
        elements.end("code")

    def _lines(self, value: str, start: int) -> None:
        """Lines of a code block, or indented ones that are none. Empty lines at its edges are nothing, as in HTML."""
        at = 0
        for match in LINE_END.finditer(value):
            self._line(value[at : match.start()], start + at)
            self._elements.line_break(start + match.start(), start + match.end())
            at = match.end()
        self._line(value[at:], start + at)

    def _line(self, text: str, start: int) -> None:
        if text:  # an empty one would begin the block
            self._elements.text(text, start, start + len(text))
