"""The open elements of a page, as a browser keeps them: what of its text is seen, and where one text ends and another begins.

Markdown goes through here as well, as the HTML that it stands for: `<div hidden>` in it hides the paragraphs that follow.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from checker.document import Builder
from checker.parse.prose import Opened, Pieces, Prose
from checker.parse.tags import (
    AFTER_HEADING,
    BARRIERS,
    BLOCK,
    BODY,
    HEADINGS,
    INLINE,
    LIMITS,
    PHRASING,
    PRE,
    TABLE,
    TAGS,
    Place,
    Tag,
    place_in,
)


class _Element(NamedTuple):
    """block, limit: stack indexes of the innermost element that is no inline text, and of the innermost of LIMITS, itself included.
    breaks: whether its start and end part the text."""

    name: str
    place: Place
    block: int
    limit: int
    breaks: bool
    mark: Opened | None


class Elements(Prose):
    """What the open elements do to the text: where it stands, whether it is seen, where one text ends and another begins."""

    def __init__(self, builder: Builder, masked: bool = False) -> None:
        super().__init__(builder, masked)
        self._stack = [_Element("", self.place, 0, 0, False, None)]
        self._open: defaultdict[str, list[int]] = defaultdict(list)  # name → stack indexes
        self._rows: list[int] = []  # of the open tables
        self._headed = 0  # where the text of the open heading begins

    def is_open(self, name: str) -> bool:
        return bool(self._open[name])

    def start(self, name: str, hidden: bool = False, chrome: bool = False, target: Pieces | None = None) -> None:
        """An element begins. What is hidden parts no text."""
        tag = TAGS.get(name, INLINE)
        if tag.block and self._stack[self._stack[-1].block].name == "p" and name not in PHRASING:
            self._pop(self._stack[-1].block)
        if self.place.scope == "heading" and name in AFTER_HEADING and self.builder.at > self._headed:
            self._pop(max(self._open[heading][-1] for heading in HEADINGS if self._open[heading]))
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
        if tag.scope == "heading":
            self._headed = self.builder.at
        self.place = place
        mark = None
        if tag.mark and not place.pre and not any(mark.scope == tag.mark for mark in self._marks):
            mark = Opened(tag.mark, self.builder.begin(), target or [])
            self._marks.append(mark)
        block, limit = top if tag.block or name in BARRIERS else around.block, top if name in LIMITS else around.limit
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

    def title(self, pieces: Pieces) -> None:
        """A `title` of the innermost element, on the text in it."""
        mark = self._stack[-1].mark
        if mark is None:
            mark = Opened("", self.builder.begin(), [])
            self._stack[-1] = self._stack[-1]._replace(mark=mark)
            self._marks.append(mark)
        mark.title = pieces

    def end_link(self, target: Pieces, title: Pieces) -> None:
        """Ends the innermost link, now that its target is known."""
        for mark in self._marks:
            if mark.scope == "link":
                mark.target, mark.title = target, mark.title or title
        self.end("a")
