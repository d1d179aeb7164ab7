"""What a parser makes of an article: the text a reader sees, in blocks, each piece with its place in the source."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from checker.expressions import lazy_regex
from checker.text import LineIndex, Run, Span, View, join_runs
from checker.values import frozen

SCOPES = (
    *("title", "heading", "paragraph", "list", "quote", "table", "caption", "alt", "code"),
    *("code-block", "line", "link", "url", "chrome", "raw"),
)  # and front_matter.KEY
OBJECT = "\ufffc"  # stands where a picture or another embedded thing interrupts the text, so that two halves never join over it

_WIDE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2026\u2014]"
_UNSEEN = r"[\p{Cf}\p{Mn}\p{Me}]*"
_WIDE_END, _WIDE_START = lazy_regex(rf"{_WIDE}{_UNSEEN}\Z"), lazy_regex(rf"{_UNSEEN}{_WIDE}")
_AS_WRITTEN = ("code-block", "front_matter.")


@frozen
class Source:
    """A decoded article. `text` has no BOM; nothing else was changed, line ends included.

    package: the bytes of a Word file, whose text is a line per paragraph; else empty.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    package: bytes = b""

    @cached_property
    def lines(self) -> LineIndex:
        return LineIndex(self.text)


class Block(NamedTuple):
    """A range of the visible text that reads as one: a paragraph, heading, item, cell, picture text, link target.

    start, end: offsets into `Document.visible.text`. scope: the innermost of SCOPES; inside: the outer ones, outermost
    first (`("quote", "list")`); chrome anywhere outside makes scope `chrome`. level: heading level 1-6, nesting depth of
    a list item (1 = outermost), row number (1-based) of a table cell, else 0. owner: for `url` and `alt`, the index of
    the block they stand in, with anchor = the visible range there (link text or the OBJECT character); else -1.
    """

    scope: str
    start: int
    end: int
    inside: tuple[str, ...] = ()
    level: int = 0
    owner: int = -1
    anchor: Span = Span(0, 0)


class Mark(NamedTuple):
    """An inline range of visible text: scope `link` or `code`."""

    scope: str
    start: int
    end: int


class Field(NamedTuple):
    """One metadata entry: front matter, an HTML <meta> or JSON-LD value, in front matter terms.

    key: lower case as written, nested keys dotted; value: its text ("" where empty; list items are several fields of one
    key); span: source range of the value (empty range behind the key where empty).
    """

    key: str
    value: str
    span: Span


class Directive(NamedTuple):
    """A suppression comment as written; `suppress.py` gives it meaning. span: source range of the whole comment."""

    text: str
    span: Span


@frozen
class Document:
    """A parsed article. Everything but fields and directives is in offsets of `visible.text`, blocks separated by one `\\n`."""

    source: Source
    format: str
    visible: View
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    breaks: tuple[int, ...] = ()  # visible offsets at which a source line ends inside a block: scope `line`
    fields: tuple[Field, ...] = ()
    directives: tuple[Directive, ...] = ()
    lang: str = ""  # as the document itself declares it (html lang, front matter lang), else ""
    front_matter: Span = Span(0, 0)  # the whole front matter block in the source, fences included; empty where there is none

    @cached_property
    def block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def headings(self) -> list[int]:
        """Numbers of the blocks that are headings."""
        return [number for number, block in enumerate(self.blocks) if block.scope == "heading"]

    @cached_property
    def outer_headings(self) -> list[int]:
        """For each heading, which of them is the nearest one above of a higher level, -1 for none."""
        outer: list[int] = []
        for number, block in enumerate(self.headings):
            above = number - 1
            while above >= 0 and self.blocks[self.headings[above]].level >= self.blocks[block].level:
                above = outer[above]
            outer.append(above)
        return outer

    def block_at(self, offset: int) -> int:
        """Index of the block that holds the visible offset."""
        return bisect_right(self.block_starts, offset) - 1


class Builder:
    """Collects what a parser sees, in source order, and joins it as a reader would. The only mutable thing in parsing.

    A line break with the indentation after it joins to nothing between wide characters (Han, kana, full-width
    punctuation), else to one space; so `稳赚\\n  不赔` is one phrase and `not\\nadvice` two words.
    """

    def __init__(self, source: Source, format: str) -> None:
        self.source, self.format = source, format
        self.lang = ""
        self.front_matter = Span(0, 0)
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._breaks: list[int] = []
        self._fields: list[Field] = []
        self._directives: list[Directive] = []
        self._later: list[tuple[str, list[tuple[str, int, int]], Span, tuple[str, ...]]] = []
        self._length = 0
        self._open: tuple[str, tuple[str, ...], int] | None = None
        self._start = self._first = 0
        self._pending: Span | None = None

    # -- blocks

    def open(self, scope: str, inside: tuple[str, ...] = (), level: int = 0) -> None:
        """Begin a block; an open one is closed first. `chrome` anywhere in `inside` makes the scope `chrome`."""
        self.close()
        self._open = ("chrome" if "chrome" in inside else scope, inside, level)
        self._start, self._first = self._length, len(self._parts)

    def close(self) -> None:
        """End the open block. Picture texts and link targets follow it; one without text is dropped, and what hangs on it."""
        if self._open is None:
            return
        (scope, inside, level), self._open, self._pending = self._open, None, None
        later, self._later = self._later, []
        if self._length == self._start or (self._parts[self._first].isspace() and self.visible().isspace()):
            self._forget()
            return
        self._blocks.append(Block(scope, self._start, self._length, inside, level))
        self._separate()
        owner = len(self._blocks) - 1
        for kind, pieces, anchor, around in later:
            start = self._length
            for text, begin, end in pieces:
                self._add(text, begin, end)
            if self._length > start:
                outer = (*around, scope) if scope != "chrome" else around
                self._blocks.append(
                    Block("chrome" if "chrome" in inside and kind == "alt" else kind, start, self._length, outer, 0, owner, anchor)
                )
                self._separate()

    def _forget(self) -> None:
        """Takes back the text of the open block: `<p>&nbsp;</p>` is none."""
        del self._parts[self._first :], self._runs[self._first :]
        self._length = self._start
        while self._marks and self._marks[-1].start >= self._start:
            self._marks.pop()
        while self._breaks and self._breaks[-1] >= self._start:
            self._breaks.pop()

    def _separate(self) -> None:
        # The separator maps to the empty range behind the last character: a run with source length 0 keeps the view gapless.
        last = self._runs[-1]
        self._parts.append("\n")
        self._runs.append(Run(self._length, last.source_start + last.source_length, 1, 0))
        self._length += 1

    @property
    def is_open(self) -> bool:
        return self._open is not None

    @property
    def at_break(self) -> bool:
        """Whether white space that comes next is none: at the beginning of a block or after a line break."""
        return self._open is None or self._pending is not None

    # -- text of the open block

    @property
    def at(self) -> int:
        """The visible offset at which the next text will stand (a pending break not counted)."""
        return self._length

    def begin(self) -> int:
        """A place in the text, for `since`: unlike `at` it does not shift when a pending break becomes a space."""
        return len(self._parts)

    def since(self, begun: int) -> Span:
        """The visible range of all text that came after `begin`, spaces at its front not counted."""
        if begun >= len(self._parts):
            return Span(self._length, self._length)
        part = self._parts[begun]
        return Span(self._runs[begun].text_start + len(part) - len(part.lstrip(" ")), self._length)

    def pieces(self, start: int, end: int) -> list[tuple[str, int, int]]:
        """The visible range [start, end) of the open block as (text, source start, source end)."""
        pieces = []
        for index in range(bisect_right(self._runs, start, key=attrgetter("text_start")) - 1, len(self._runs)):
            at, source, length, source_length = self._runs[index]
            if at >= end:
                break
            first, last = max(start - at, 0), min(end - at, length)
            if length == source_length:
                pieces.append((self._parts[index][first:last], source + first, source + last))
            else:
                pieces.append((self._parts[index][first:last], source, source + source_length))
        return pieces

    def visible(self) -> str:
        """The text of the open block so far."""
        return "".join(self._parts[self._first :])

    def text(self, start: int, end: int) -> None:
        """Source characters [start, end) as they are. Must hold no line break outside code blocks."""
        if end > start:
            self.replaced(self.source.text[start:end], start, end)

    def replaced(self, text: str, start: int, end: int) -> None:
        """`text` stands for source [start, end): an entity, an escape, or the same characters. Spaces at the beginning of a block or
        behind a break are none of its text, but in code and metadata."""
        if self._length == self._start or self._pending is not None:
            text, start = self._begun(text, start, end)
        if text:
            self._add(text, start, end)

    def _begun(self, text: str, start: int, end: int) -> tuple[str, int]:
        """What is left of text at the beginning of a block or line, the break before it added."""
        if len(text) == end - start and not (self._open and self._open[0].startswith(_AS_WRITTEN)):
            text = text.lstrip(" \t")
            start = end - len(text)
        if text and self._pending is not None:
            brk, self._pending = self._pending, None
            self._breaks.append(self._length)
            if not _are_wide("".join(self._parts[-3:])[-9:], text):
                self._add(" ", brk.start, brk.end)
        return text, start

    def _add(self, text: str, start: int, end: int) -> None:
        self._parts.append(text)
        self._runs.append(Run(self._length, start, len(text), end - start))
        self._length += len(text)

    def line_break(self, start: int, end: int) -> None:
        """A soft or hard break, `<br>`, with the indentation after it, at source [start, end)."""
        if self._open is not None and self._length > self._start:
            if self._pending is None:
                self._trim()
            self._pending = Span(self._pending.start if self._pending else start, end)

    def _trim(self) -> None:
        """Spaces before a break are part of it, unless something ends with them."""
        part, run = self._parts[-1], self._runs[-1]
        kept = part.rstrip(" \t")
        if kept and len(kept) < len(part) == run.source_length and (not self._marks or self._marks[-1].end < self._length):
            self._parts[-1] = kept
            self._runs[-1] = Run(run.text_start, run.source_start, len(kept), len(kept))
            self._length = run.text_start + len(kept)

    def embedded(self, start: int, end: int) -> Span:
        """Something that interrupts the text (a picture) at source [start, end); its visible range, for alt and url."""
        at = self._length + (self._pending is not None)
        self.replaced(OBJECT, start, end)
        return Span(self._length - 1 if self._length else at, self._length)

    def mark(self, scope: str, start: int, end: int) -> None:
        """The visible range [start, end) is a `link` or inline `code`."""
        if end > start:
            self._marks.append(Mark(scope, start, end))

    def beside(self, scope: str, pieces: list[tuple[str, int, int]], anchor: Span, inside: tuple[str, ...] = ()) -> None:
        """A block of its own that hangs on the open one and follows it: `alt` or `url`. pieces: (text, source start, end)."""
        self._later.append((scope, pieces, anchor, inside))

    # -- the rest

    def add_field(self, key: str, value: str, span: Span) -> None:
        self._fields.append(Field(key, value, span))

    def directive(self, text: str, span: Span) -> None:
        self._directives.append(Directive(text, span))

    def build(self) -> Document:
        """The document; blocks stand in source order except that what hangs on a block follows it directly, and metadata but for the
        title stands last: it may come from anywhere in a page (JSON-LD) without parting what a reader sees."""
        self.close()
        for key, value, span in self._fields:
            if value and key != "title":
                self.open(f"front_matter.{key}")
                self._add(value, *span)
                self.close()
        return Document(
            self.source, self.format, View("".join(self._parts), join_runs(self._runs)), tuple(self._blocks), tuple(self._marks),
            tuple(self._breaks), tuple(self._fields), tuple(self._directives), self.lang, self.front_matter,
        )  # fmt: skip


def _are_wide(before: str, text: str) -> bool:
    """Whether the text before a line end and that after it join without a space: both are wide there."""
    last, first = before[-1:], text[:1]
    if last.isascii() or first.isascii():
        return False
    if "\u4e00" <= last <= "\u9fff" and "\u4e00" <= first <= "\u9fff":
        return True
    return bool(_WIDE_END.search(before) and _WIDE_START.match(text))
