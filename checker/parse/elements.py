"""The open elements of a page, as a browser keeps them, over a Builder: what is seen, and where one text ends and another begins.

Markdown goes through here as well, as the HTML that it stands for: `<div hidden>` in it hides the paragraphs that follow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from checker.document import Builder
from checker.parse.sites import seen
from checker.parse.tags import BLOCK, BODY, HEADINGS, INLINE, LIMITS, PHRASING, PRE, TABLE, TAGS, Place, Tag, place_in
from checker.parse.urls import ADDRESS_SIGN, addresses
from checker.text import Span

Pieces = list[tuple[str, int, int]]


class Opened:
    """A link, inline code or something titled ("") that is open: where it began in the open block; target and title until they hang
    on some of its text."""

    __slots__ = ("begun", "scope", "target", "title")

    def __init__(self, scope: str, begun: int, target: Pieces) -> None:
        self.scope, self.begun, self.target = scope, begun, target
        self.title: Pieces = []


class _Element(NamedTuple):
    """block, limit: stack indexes of the innermost element that is no inline text, and of the innermost of LIMITS, itself included.
    breaks: whether its start and end part the text."""

    name: str
    place: Place
    block: int
    limit: int
    breaks: bool
    mark: Opened | None


class Elements:
    """Writes into the builder what a reader sees."""

    def __init__(self, builder: Builder, masked: bool = False) -> None:
        self.builder = builder
        self.place = Place()
        self._masked = masked  # whether text may hold what the source has not, see sites.py
        self._block: Place | None = None  # of the text block that is open
        self._stack = [_Element("", self.place, 0, 0, False, None)]
        self._open: defaultdict[str, list[int]] = defaultdict(list)  # name → stack indexes
        self._rows: list[int] = []  # of the open tables
        self._marks: list[Opened] = []
        self._links: list[Span] = []  # of the open block
        self._reading: Pieces | None = None  # what stands over the text in `<rt>`
        self._line_ends: list[tuple[int, int]] = []  # that came after the text of an open code block
        self._has_addresses = ADDRESS_SIGN.search(builder.source.text) is not None

    def is_open(self, name: str) -> bool:
        return bool(self._open[name])

    # -- elements

    def start(self, name: str, hidden: bool = False, chrome: bool = False, target: Pieces | None = None) -> None:
        """An element begins. What is hidden parts no text."""
        tag = TAGS.get(name, INLINE)
        if tag.block and self._stack[self._stack[-1].block].name == "p" and name not in PHRASING:
            self._pop(self._stack[-1].block)
        if tag.closes:
            if "table" in tag.within and not self._open["table"]:
                return
            self._imply(tag)
        around, top = self._stack[-1], len(self._stack)
        place = around.place
        if hidden or chrome or (tag is not BLOCK and tag is not INLINE):
            place = self._place_in(name, tag, hidden, chrome)
        breaks = tag.block and not place.hidden
        if breaks:
            self.close_block()
        self.place = place
        mark = None
        if tag.mark and not place.pre and not any(mark.scope == tag.mark for mark in self._marks):
            mark = Opened(tag.mark, self.builder.begin(), target or [])
            self._marks.append(mark)
        block, limit = top if tag.block or tag.hidden else around.block, top if name in LIMITS else around.limit
        if name == "rt" and self._block is not None:
            self._reading = []
        self._stack.append(_Element(name, place, block, limit, breaks, mark))
        self._open[name].append(top)

    def _place_in(self, name: str, tag: Tag, hidden: bool, chrome: bool) -> Place:
        scope, level = "chrome" if chrome else tag.scope, 0
        if name == "table":
            self._rows.append(0)
        elif name == "tr":
            self._rows[-1] += 1
        elif scope == "table":
            level = self._rows[-1]
        elif scope == "heading":
            level = int(name[1])
        elif scope == "chrome" and name in ("header", "footer") and not chrome and any(self._open[outer] for outer in BODY):
            scope = ""
        hidden = hidden or tag.hidden
        return place_in(self.place, scope, level, hidden, name in PRE) if scope or hidden else self.place

    def _imply(self, tag: Tag) -> None:
        """Ends what the start of a tag ends: a list item before the next one."""
        limit = max((self._open[name][-1] for name in tag.within if self._open[name]), default=0)
        first = min((self._open[name][-1] for name in tag.closes if self._open[name] and self._open[name][-1] > limit), default=0)
        if first:
            self._pop(first)

    def end(self, name: str) -> None:
        """An end tag. One of nothing that is open, or of something outside a table cell, ends nothing; `</p>` then is a paragraph."""
        tag = TAGS.get(name, INLINE)
        if tag.scope == "heading":
            name = max(HEADINGS, key=lambda other: self._open[other][-1] if self._open[other] else 0)
        at = self._open[name][-1] if self._open[name] else 0
        limit = self._stack[-1].limit if not tag.hidden else 0
        if name in TABLE:
            limit = self._open["table"][-1] if self._open["table"] else 0
        elif not tag.block and not tag.hidden:
            limit = self._stack[-1].block
        if at and at >= limit:
            self._pop(at)
        elif name == "p" and not self.place.hidden:
            self.close_block()

    def _pop(self, index: int) -> None:
        """Ends the elements from a stack index on."""
        while len(self._stack) > index:
            element = self._stack.pop()
            self._open[element.name].pop()
            if element.mark is not None and self._marks and self._marks[-1] is element.mark:
                self._finish(self._marks.pop())
            if element.name == "table":
                self._rows.pop()
            elif element.name == "rt":
                self._hang_reading()
            if element.breaks:
                self.close_block()
        self.place = self._stack[-1].place

    # -- text

    def text(self, text: str, start: int, end: int) -> None:
        """Text without line ends (but in code blocks) that stands for source [start, end)."""
        place = self.place
        if place.hidden:
            return
        if self._reading is not None and self._block is not None:
            self._reading.append((text, start, end))
            return
        if self._block is None:
            self._block = place
            self.builder.open(place.scope, place.inside, place.level)
        elif self._line_ends:
            for line_end in self._line_ends:
                self.builder.replaced("\n", *line_end)
            self._line_ends = []
        if self._masked:
            for piece in seen(text, start, end, self.builder.source.text):
                self.builder.replaced(*piece)
        else:
            self.builder.replaced(text, start, end)

    def line_break(self, start: int, end: int) -> None:
        """A line end or `<br>`: before the text of a block it is nothing, nor behind it."""
        if self._block is None or self.place.hidden:
            return
        if self.place.pre:
            self._line_ends.append((start, end))
        else:
            self.builder.line_break(start, end)

    def picture(self, start: int, end: int, texts: list[Pieces]) -> None:
        """A picture at source [start, end) with its `alt` and `title`."""
        if self.place.hidden:
            return
        self.text("", start, start)
        anchor = self.builder.embedded(start, end)
        for pieces in texts:
            self._hang("alt", pieces, anchor)

    def title(self, pieces: Pieces) -> None:
        """A `title` of the innermost element, on the text in it."""
        element = self._stack[-1]
        if element.mark is None:
            element = self._stack[-1] = element._replace(mark=Opened("", self.builder.begin(), []))
            self._marks.append(element.mark)
        element.mark.title = pieces

    def end_link(self, target: Pieces, title: Pieces) -> None:
        """Ends the innermost link, now that its target is known."""
        for mark in self._marks:
            if mark.scope == "link":
                mark.target, mark.title = target, mark.title or title
        self.end("a")

    def close_block(self) -> None:
        """Ends the open block. A link or code that is open goes on in the next one."""
        if self._block is None:
            return
        self._hang_reading()
        for mark in self._marks:
            self._finish(mark)
        if self._has_addresses and self._block.scope != "code-block":
            self._hang_addresses()
        self.builder.close()
        self._block, self._links, self._line_ends = None, [], []
        if self._marks:
            self._marks = [mark for mark in self._marks if mark.scope or mark.title]
            for mark in self._marks:
                mark.begun = self.builder.begin()

    def _finish(self, mark: Opened) -> None:
        span = self.builder.since(mark.begun)
        if span.end == span.start:
            return
        if mark.scope:
            self.builder.mark(mark.scope, *span)
        if mark.scope == "link":
            self._links.append(span)
        self._hang("url", mark.target, span)
        self._hang("alt", mark.title, span)
        mark.target = mark.title = []

    def _hang(self, scope: str, pieces: Pieces, anchor: Span) -> None:
        if self._masked:
            pieces = [piece for whole in pieces for piece in seen(*whole, self.builder.source.text)]
        if pieces and self._block is not None:
            self.builder.beside(scope, pieces, anchor, self._block.inside)

    def _hang_reading(self) -> None:
        if self._reading:
            self._hang("alt", self._reading, Span(self.builder.at - 1, self.builder.at))
        self._reading = None

    def _hang_addresses(self) -> None:
        """Addresses that stand bare in the text hang beside it as link targets do; those in a link's text have a target."""
        text = self.builder.visible()
        first, links = self.builder.at - len(text), sorted(self._links)
        for address in addresses(text, 0, len(text)):
            span = Span(first + address.start, first + address.end)
            before = links[bisect_left(links, (span.end, 0)) - 1] if links else Span(0, 0)
            if before.start >= span.end or before.end <= span.start:
                self._hang("url", self.builder.pieces(*span), span)
