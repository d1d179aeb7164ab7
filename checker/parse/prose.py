"""Text in blocks, with what hangs beside it: targets of links and bare addresses, texts of pictures, titles, readings."""

from __future__ import annotations

from bisect import bisect_left

from checker.document import Builder
from checker.parse.sites import seen
from checker.parse.tags import Place
from checker.parse.urls import addresses, may_hold_addresses
from checker.text import Span

Pieces = list[tuple[str, int, int]]


class Opened:
    """A link, inline code or something titled ("") that is open: where it began in the open block; target and title until they hang
    on some of its text."""

    __slots__ = ("begun", "scope", "target", "title")

    def __init__(self, scope: str, begun: int, target: Pieces) -> None:
        self.scope, self.begun, self.target = scope, begun, target
        self.title: Pieces = []


class Prose:
    """Writes the text of the place that it is in into the builder; a block begins with its first text."""

    def __init__(self, builder: Builder, masked: bool = False) -> None:
        self.builder = builder
        self.place = Place()
        self._masked = masked  # whether text may hold what the source has not, see sites.py
        self._block: Place | None = None  # of the text block that is open
        self._marks: list[Opened] = []
        self._links: list[Span] = []  # of the open block
        self._reading: Pieces | None = None  # what stands over the text in `<rt>`
        self._line_ends: list[tuple[int, int]] = []  # that came after the text of an open code block
        self._has_addresses = may_hold_addresses(builder.source.text)

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
