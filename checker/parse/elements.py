"""The open elements of a page, as a browser keeps them, over a Builder: what is seen, and where one text ends and another begins.

Markdown goes through here as well, as the HTML that it stands for: `<div hidden>` in it hides the paragraphs that follow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from checker.document import Builder
from checker.parse.sites import seen
from checker.parse.tags import BODY, INLINE, LIMITS, PHRASING, PRE, TABLE, TAGS, Tag
from checker.parse.urls import addresses
from checker.text import Span

Pieces = list[tuple[str, int, int]]


class Place(NamedTuple):
    """What holds for the text in an element. depth: of lists; pre: line ends are text."""

    scope: str = "paragraph"
    inside: tuple[str, ...] = ()
    level: int = 0
    depth: int = 0
    hidden: bool = False
    pre: bool = False


class Opened:
    """A link, inline code or something titled ("") that is open: where it began in the open block; target and title until they hang
    on some of its text."""

    __slots__ = ("begun", "scope", "target", "title")

    def __init__(self, scope: str, begun: int, target: Pieces) -> None:
        self.scope, self.begun, self.target = scope, begun, target
        self.title: Pieces = []


class _Element(NamedTuple):
    """block, limit: stack indexes of the innermost element that is no inline text, and of the innermost of LIMITS, itself included."""

    name: str
    place: Place
    block: int
    limit: int
    mark: Opened | None


@lru_cache(maxsize=1024)
def _place(around: Place, scope: str, level: int, hidden: bool, pre: bool) -> Place:
    """The place in an element of this scope ("" = that of what is around)."""
    hidden = around.hidden or hidden
    if not scope:
        return around._replace(hidden=hidden)
    inside = around.inside
    for outer in (around.scope, "chrome" if scope == "chrome" else ""):
        if outer not in (*inside, "paragraph", ""):
            inside = (*inside, outer)
    depth = around.depth + (scope == "list")
    return Place("paragraph" if scope == "chrome" else scope, inside, depth if scope == "list" else level, depth, hidden, pre)


class Elements:
    """Writes into the builder what a reader sees."""

    def __init__(self, builder: Builder, masked: bool = False) -> None:
        self.builder = builder
        self._masked = masked  # whether the text holds fillers
        self.place = Place()
        self._stack = [_Element("", self.place, 0, 0, None)]
        self._open: defaultdict[str, list[int]] = defaultdict(list)  # name → stack indexes
        self._rows: list[int] = []
        self._marks: list[Opened] = []
        self._links: list[Span] = []  # of the open block

    def is_open(self, name: str) -> bool:
        return bool(self._open[name])

    # -- elements

    def start(self, name: str, hidden: bool = False, chrome: bool = False, target: Pieces | None = None, scope: str = "") -> None:
        """An element begins. scope: instead of the tag's own."""
        tag = TAGS.get(name, INLINE)
        if tag.block:
            self.close_block()
            block = self._stack[-1].block
            if self._stack[block].name == "p" and name not in PHRASING:
                self._pop(block)
        if tag.closes:
            if "table" in tag.within and not self._open["table"]:
                return
            self._imply(tag)
        top = len(self._stack)
        element = self._stack[-1]
        self.place = self._place_in(name, tag, hidden, chrome, scope)
        mark = None
        if tag.mark and not self.place.pre and not any(mark.scope == tag.mark for mark in self._marks):
            mark = Opened(tag.mark, self.builder.begin(), target or [])
            self._marks.append(mark)
        block, limit = top if tag.block or tag.hidden else element.block, top if name in LIMITS else element.limit
        self._stack.append(_Element(name, self.place, block, limit, mark))
        self._open[name].append(top)

    def _place_in(self, name: str, tag: Tag, hidden: bool, chrome: bool, scope: str) -> Place:
        around = self.place
        scope = "chrome" if chrome else scope or tag.scope
        level = 0
        if name == "table":
            self._rows.append(0)
        elif name == "tr" and self._rows:
            self._rows[-1] += 1
        elif scope == "heading":
            level = int(name[1])
        elif scope == "table":
            level = self._rows[-1] if self._rows else 1
        elif scope == "chrome" and name in ("header", "footer") and not chrome and any(self._open[outer] for outer in BODY):
            scope = ""
        if not (scope or hidden or tag.hidden or name in PRE):
            return around
        return _place(around, scope, level, hidden or tag.hidden, name in PRE)

    def _imply(self, tag: Tag) -> None:
        """Ends what the start of a tag ends: a list item before the next one."""
        limit = max((self._open[name][-1] for name in tag.within if self._open[name]), default=0)
        first = min((self._open[name][-1] for name in tag.closes if self._open[name] and self._open[name][-1] > limit), default=0)
        if first:
            self._pop(first)

    def end(self, name: str) -> None:
        """An end tag. One of nothing that is open, or of something outside a table cell, ends nothing."""
        tag = TAGS.get(name, INLINE)
        if tag.block:
            self.close_block()
        if tag.scope == "heading":
            name = max(("h1", "h2", "h3", "h4", "h5", "h6"), key=lambda other: self._open[other][-1] if self._open[other] else 0)
        if not self._open[name]:
            return
        at = self._open[name][-1]
        limit = self._stack[-1].limit if not tag.hidden else 0
        if name in TABLE:
            limit = self._open["table"][-1] if self._open["table"] else 0
        if at < limit or (not tag.block and not tag.hidden and at < self._stack[-1].block):
            return
        self._pop(at)

    def _pop(self, index: int) -> None:
        """Ends the elements from a stack index on."""
        while len(self._stack) > index:
            element = self._stack.pop()
            self._open[element.name].pop()
            if element.mark is not None:
                self._finish(element.mark)
                self._marks.remove(element.mark)
            elif element.name == "table":
                self._rows.pop()
            if element.block == len(self._stack) and TAGS[element.name].block:
                self.close_block()
        self.place = self._stack[-1].place

    # -- text

    def text(self, text: str, start: int, end: int) -> None:
        """Text without line ends that stands for source [start, end)."""
        place = self.place
        if place.hidden:
            return
        if self._masked:
            for piece in seen(text, start, end, self.builder.source.text):
                self._write(place, *piece)
        else:
            self._write(place, text, start, end)

    def _write(self, place: Place, text: str, start: int, end: int) -> None:
        if not self.builder.is_open:
            self.builder.open(place.scope, place.inside, place.level)
        self.builder.replaced(text, start, end)

    def line_break(self, start: int, end: int) -> None:
        """A line end or `<br>`. Before the text of a block it is nothing."""
        if not self.place.hidden:
            self.builder.line_break(start, end)

    def picture(self, start: int, end: int, texts: list[Pieces]) -> None:
        """A picture at source [start, end) with its `alt` and `title`."""
        if self.place.hidden:
            return
        if not self.builder.is_open:
            self.builder.open(self.place.scope, self.place.inside, self.place.level)
        anchor = self.builder.embedded(start, end)
        for pieces in texts:
            self._hang("alt", pieces, anchor)

    def title(self, pieces: Pieces) -> None:
        """A `title` of the innermost element, on the text in it."""
        element = self._stack.pop()
        mark = element.mark or Opened("", self.builder.begin(), [])
        mark.title = pieces
        if element.mark is None:
            self._marks.append(mark)
        self._stack.append(element._replace(mark=mark))

    def end_link(self, target: Pieces, title: Pieces) -> None:
        """Ends the innermost link, now that its target is known."""
        for mark in self._marks:
            if mark.scope == "link":
                mark.target, mark.title = target, mark.title or title
        self.end("a")

    def close_block(self) -> None:
        """Ends the open block. A link or code that is open goes on in the next one."""
        if not self.builder.is_open:
            return
        for mark in self._marks:
            self._finish(mark)
        if self.place.scope != "code-block":
            self._hang_addresses()
        self.builder.close()
        self._links = []
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
        if pieces:
            self.builder.beside(scope, pieces, anchor, self.place.inside)

    def _hang_addresses(self) -> None:
        """Addresses that stand bare in the text hang beside it as link targets do; those in a link's text have a target."""
        text = self.builder.visible()
        if "://" not in text and "www." not in text:
            return
        first, links = self.builder.at - len(text), sorted(self._links)
        for address in addresses(text, 0, len(text)):
            span = Span(first + address.start, first + address.end)
            before = links[bisect_left(links, (span.end, 0)) - 1] if links else Span(0, 0)
            if before.start >= span.end or before.end <= span.start:
                self.builder.beside("url", self.builder.pieces(*span), span, self.place.inside)
