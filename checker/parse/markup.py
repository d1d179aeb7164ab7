"""HTML as it is written, whole pages and the pieces of it in Markdown: what tags, comments and text do to the open elements."""

from __future__ import annotations

import re

from checker.document import Builder
from checker.parse.directives import note_comment
from checker.parse.elements import Elements
from checker.parse.metadata import note_json_ld, note_meta
from checker.parse.prose import Pieces
from checker.parse.tags import DECODED, RAW, UNSHOWN, VOID
from checker.parse.tokens import (
    END_TAG,
    LINE_END,
    SPECIAL,
    START_TAG,
    TELLING,
    Attributes,
    attributes_of,
    comment_end,
    is_chrome,
    is_hidden,
    raw_end,
    unescaped,
    values_of,
)
from checker.text import Span, View

_READ = frozenset(("a", "dialog", "html", "object", "script"))  # whose attributes always count
_WHOLE = frozenset(("html", "body", "main", "article"))  # `<body class="no-cookies">` is no cookie box
_UNWRITTEN = frozenset(("hidden", "checkbox", "radio", "file", "color", "range"))  # inputs without text
_BUTTONS = frozenset(("submit", "button", "reset", "image"))


class Markup:
    """Feeds HTML to the elements. A script that one piece leaves open (in Markdown) goes on in the next piece."""

    def __init__(self, builder: Builder, elements: Elements) -> None:
        self._builder = builder
        self._elements = elements
        self._raw = ""  # the open element that holds no tags
        self._view = View.whole("")
        self._shift: int | None = None  # between the view and the source, where it is the same for all of it

    def feed(self, view: View) -> None:
        """Reads a piece of HTML."""
        self._view = view
        self._shift = view.runs[0].source_start if len(view.runs) == 1 and view.runs[0].text_length == view.runs[0].source_length else None
        if self._raw and not self._elements.is_open(self._raw):
            self._raw = ""  # a paragraph of Markdown has ended around it
        text, begun = view.text, 0
        at = begun
        while True:
            if self._raw:
                begun = at = self._raw_text(at)
            at = text.find("<", at)
            if at < 0:
                self._text(begun, len(text))
                return
            end = self._token(begun, at)
            if end > at:
                begun = at = end
            else:
                at += 1

    def _span(self, start: int, end: int) -> Span:
        if self._shift is None:
            return self._view.span(start, end)
        return Span(start + self._shift, end + self._shift)

    def _token(self, begun: int, at: int) -> int:
        """Reads the tag or comment at a `<`, after the text before it; its end, or `at` where the `<` is text itself."""
        text = self._view.text
        kind = text[at + 1 : at + 2]
        letter = text[at + 2 : at + 3] if kind == "/" else kind
        if letter.isascii() and letter.isalpha():
            self._text(begun, at)
            match = (END_TAG if kind == "/" else START_TAG).match(text, at)
            if match is None:
                return len(text)  # it ends inside a tag
            if kind == "/" and match[1] in ("br", "BR"):
                self._elements.line_break(*self._span(*match.span()))
            elif kind == "/":
                self._elements.end(match[1].lower())
            else:
                self._start(match)
            return match.end()
        if kind not in ("!", "/", "?") or (kind == "/" and not letter):
            return at
        self._text(begun, at)
        if text.startswith("<![CDATA[", at) and (self._elements.is_open("svg") or self._elements.is_open("math")):
            end = text.find("]]>", at)
            self._text(at + 9, len(text) if end < 0 else end, decoded=False)
            return len(text) if end < 0 else end + 3
        end = comment_end(text, at)
        if text.startswith("<!--", at):
            note_comment(self._builder, *self._span(at, end))
        return end

    # -- elements

    def _start(self, match: re.Match[str]) -> None:
        name, text = match[1].lower(), self._view.text
        if name in VOID:
            self._void(name, match)
            return
        first, last = match.span(2)
        attributes: Attributes = {}
        hidden = chrome = False
        if first < last and (name in _READ or TELLING.search(text, first, last)):
            attributes = attributes_of(text, first, last)
            hidden, chrome = is_hidden(text, attributes), name not in _WHOLE and is_chrome(text, attributes)
        if name in UNSHOWN:
            hidden = hidden or self._elements.is_open(UNSHOWN[name])
        elif name in ("dialog", "object"):  # what is in an object is seen where there is no object
            hidden = hidden or ("open" not in attributes if name == "dialog" else "data" in attributes)
        self._elements.start(name, hidden, chrome, self._value(attributes, "href") if name == "a" else [])
        if "title" in attributes and not self._elements.place.hidden:
            self._elements.title(self._value(attributes, "title"))
        if name == "html" and "lang" in attributes and not self._builder.lang:
            self._builder.lang = self._plain(attributes, "lang")
        if name in RAW:
            self._raw = name
        if name == "script" and "ld+json" in self._plain(attributes, "type").lower():
            end = raw_end("script", text, match.end())
            note_json_ld(self._builder, text[match.end() : end], self._span(match.end(), end).start)

    def _void(self, name: str, match: re.Match[str]) -> None:
        start, end = self._span(*match.span())
        if name == "br":
            self._elements.line_break(start, end)
        elif name == "hr":
            self._elements.start("hr")
            self._elements.end("hr")
        elif name in ("img", "input", "meta"):
            attributes = attributes_of(self._view.text, *match.span(2))
            if name == "meta":
                note_meta(self._builder, {key: (self._plain(attributes, key), self._span(*attributes[key])) for key in attributes})
            elif not is_hidden(self._view.text, attributes):
                self._picture(name, attributes, Span(start, end))

    def _picture(self, name: str, attributes: Attributes, span: Span) -> None:
        keys = ("alt", "title")
        if name == "input":
            kind = self._plain(attributes, "type").lower()
            if kind in _UNWRITTEN:
                return
            keys = ("value", "alt") if kind in _BUTTONS else ("placeholder", "value")
        self._elements.picture(*span, [pieces for key in keys if (pieces := self._value(attributes, key))])

    def _value(self, attributes: Attributes, name: str) -> Pieces:
        pieces = values_of(self._view.text, *attributes.get(name, (0, 0)))
        return [(text, *self._span(start, end)) for text, start, end in pieces]

    def _plain(self, attributes: Attributes, name: str) -> str:
        return "".join(text for text, _, _ in values_of(self._view.text, *attributes.get(name, (0, 0)))).strip()

    # -- text

    def _raw_text(self, start: int) -> int:
        """The text of an element without tags; where it ends, its end tag included."""
        name, text = self._raw, self._view.text
        end = raw_end(name, text, start)
        self._text(start, end, decoded=name in DECODED)
        if name == "title" and not self._elements.place.hidden:
            self._builder.add_field("title", " ".join(unescaped(text[start:end]).split()), self._span(start, end))
        close = END_TAG.match(text, end)
        if close is None:
            return len(text)
        self._raw = ""
        self._elements.end(name)
        return close.end()

    def _text(self, start: int, end: int, decoded: bool = True) -> None:
        """Text between tags: entities decoded, line ends made breaks."""
        place, source = self._elements.place, self._view.text
        if start >= end or place.hidden or self._is_nothing(source[start:end]):
            return
        for match in SPECIAL.finditer(source, start, end):
            self._piece(start, match.start())
            start = match.end()
            text = unescaped(match[0]) if decoded and match[0][0] == "&" else match[0]
            if text[:1] not in ("\n", "\r"):
                self._elements.text(text, *self._span(*match.span()))
            elif place.pre and match[0][0] != "&":
                self._line_ends(match.start(), match.end())
            else:
                self._elements.line_break(*self._span(*match.span()))
        self._piece(start, end)

    def _piece(self, start: int, end: int) -> None:
        """Characters as they are."""
        text = self._view.text[start:end]
        if text and not self._is_nothing(text):
            self._elements.text(text, *self._span(start, end))

    def _is_nothing(self, text: str) -> bool:
        """White space that begins no block or line."""
        return text.isspace() and self._builder.at_break and text.isascii() and not self._elements.place.pre

    def _line_ends(self, start: int, end: int) -> None:
        """Line ends and indentation in `<pre>`."""
        for match in LINE_END.finditer(self._view.text, start, end):
            self._piece(start, match.start())
            self._elements.line_break(*self._span(*match.span()))
            start = match.end()
        self._piece(start, end)
