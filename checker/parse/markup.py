"""HTML as it is written, whole pages and the pieces of it in Markdown: tags, comments, entities and text, read as browsers do."""

from __future__ import annotations

import html
import re

from checker.document import Builder
from checker.parse.directives import note_comment
from checker.parse.elements import Elements, Pieces
from checker.parse.metadata import note_json_ld, note_meta
from checker.parse.tags import DECODED, RAW, VOID
from checker.text import Span, View

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+"
_TAG = re.compile(rf"<([a-zA-Z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE})*+)>")
_ATTRIBUTES = re.compile(r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?+")
_END_TAG = re.compile(r"</([a-zA-Z][^\s/>]*+)[^>]*+>?")
_COMMENT_END = re.compile(r"--!?>")
_SPECIAL = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?|[\r\n][ \t\r\n\f]*")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*(?![a-zA-Z0-9;=]));?|&[a-zA-Z][a-zA-Z0-9]*;")
_LINE_END = re.compile(r"\r\n?|\n")
_TELLING = re.compile(r"hidden|display|visibility|font-size|role|cookie|consent|gdpr|title", re.IGNORECASE)
_UNSEEN = re.compile(
    r"display\s*:\s*['\"]?none|visibility\s*:\s*['\"]?(?:hidden|collapse)|font-size\s*:\s*0(?:\.0*)?(?![\d.])", re.IGNORECASE
)
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary"))
_NOTICE = re.compile(r"cookie|gdpr|consent", re.IGNORECASE)
_WHOLE = frozenset(("html", "body", "main", "article"))  # `<body class="no-cookies">` is no cookie box
_SPACE = " \t\f\r\n"

Attributes = dict[str, tuple[int, int]]  # name → where the value stands in the view, without quotes; first one counts


class Markup:
    """Feeds HTML to the elements. A script that one piece leaves open (in Markdown) goes on in the next piece."""

    def __init__(self, builder: Builder, elements: Elements) -> None:
        self.builder = builder
        self.elements = elements
        self._raw = ""  # the open element that holds no tags

    def feed(self, view: View) -> None:
        """Reads a piece of HTML."""
        text, at = view.text, 0
        begun = 0
        while True:
            if self._raw:
                begun = at = self._raw_text(view, at)
            at = text.find("<", at)
            if at < 0:
                self._text(view, begun, len(text))
                return
            following = text[at + 1 : at + 2]
            if following.isascii() and following.isalpha():
                match = _TAG.match(text, at)
                self._text(view, begun, at)
                if match is None:  # the text ends inside a tag
                    return
                self._start(view, match)
                begun = at = match.end()
            elif following == "/" and (match := _END_TAG.match(text, at)):
                self._text(view, begun, at)
                self.elements.end(match[1].lower())
                begun = at = match.end()
            elif following in ("!", "/", "?") and following:
                self._text(view, begun, at)
                begun = at = self._comment(view, at)
            else:
                at += 1

    # -- tokens

    def _comment(self, view: View, start: int) -> int:
        """A comment or what browsers take for one; where it ends."""
        text = view.text
        if not text.startswith("<!--", start):
            end = text.find(">", start)
            return len(text) if end < 0 else end + 1
        if text.startswith(("<!-->", "<!--->"), start):
            return text.index(">", start) + 1
        close = _COMMENT_END.search(text, start + 4)
        end = close.end() if close else len(text)
        note_comment(self.builder, *view.span(start, end))
        return end

    def _raw_text(self, view: View, start: int) -> int:
        """The text of a script and the like; where it ends, its end tag included."""
        name, self._raw = self._raw, ""
        close = re.compile(rf"</{name}(?=[\s/>])[^>]*>?", re.IGNORECASE).search(view.text, start)
        end = close.start() if close else len(view.text)
        self._text(view, start, end, decoded=name in DECODED)
        if close is None:
            self._raw = name
            return end
        self.elements.end(name)
        return close.end()

    def _start(self, view: View, match: re.Match[str]) -> None:
        name = match[1].lower()
        if name in VOID:
            self._void(name, view, match)
            return
        first, last = match.span(2)
        attributes: Attributes = {}
        if first < last and (name in ("a", "html", "script", "dialog") or _TELLING.search(view.text, first, last)):
            attributes = attributes_of(view.text, first, last)
        target = self._value(view, attributes, "href") if name == "a" else []
        hidden = _is_hidden(view.text, attributes) or (name == "dialog" and "open" not in attributes)
        hidden = hidden or (name == "title" and self.elements.is_open("svg"))
        self.elements.start(name, hidden, name not in _WHOLE and _is_chrome(view.text, attributes), target)
        title = self._value(view, attributes, "title") if "title" in attributes else []
        if title and not self.elements.place.hidden:
            self.elements.title(title)
        if name == "html" and "lang" in attributes:
            self.builder.lang = self.builder.lang or plain(self._value(view, attributes, "lang"))
        if name in RAW:
            self._raw = name
        if name == "script" and "type" in attributes and "ld+json" in plain(self._value(view, attributes, "type")).lower():
            end = view.text.find("</", match.end())
            end = len(view.text) if end < 0 else end
            note_json_ld(self.builder, view.text[match.end() : end], *view.span(match.end(), end))

    def _void(self, name: str, view: View, match: re.Match[str]) -> None:
        start, end = view.span(*match.span())
        if name == "br":
            self.elements.line_break(start, end)
        elif name == "hr":
            self.elements.start("hr")
            self.elements.end("hr")
        elif name in ("img", "input", "meta"):
            attributes = attributes_of(view.text, *match.span(2))
            if name == "meta":
                note_meta(
                    self.builder, {key: (plain(self._value(view, attributes, key)), view.span(*attributes[key])) for key in attributes}
                )
            elif not _is_hidden(view.text, attributes):
                self._picture(name, view, attributes, Span(start, end))

    def _picture(self, name: str, view: View, attributes: Attributes, span: Span) -> None:
        keys = ("alt", "title")
        if name == "input":
            kind = plain(self._value(view, attributes, "type")).lower()
            if kind in ("hidden", "checkbox", "radio", "file", "color", "range"):
                return
            keys = ("value", "alt") if kind in ("submit", "button", "reset", "image") else ("placeholder", "value")
        self.elements.picture(*span, [pieces for key in keys if (pieces := self._value(view, attributes, key))])

    # -- text

    def _text(self, view: View, start: int, end: int, decoded: bool = True) -> None:
        """Text between tags: entities decoded, line ends made breaks."""
        place = self.elements.place
        if start >= end or place.hidden:
            return
        for match in _SPECIAL.finditer(view.text, start, end):
            self._piece(view, start, match.start())
            start = match.end()
            if match[0][0] != "&":
                if place.pre:
                    self._line_ends(view, match)
                else:
                    self.elements.line_break(*view.span(*match.span()))
            elif decoded and (text := html.unescape(match[0])) != match[0]:
                if text in ("\n", "\r") and not place.pre:
                    self.elements.line_break(*view.span(*match.span()))
                else:
                    self.elements.text(text, *view.span(*match.span()))
            else:
                self._piece(view, *match.span())
        self._piece(view, start, end)

    def _piece(self, view: View, start: int, end: int) -> None:
        text = view.text[start:end]
        if not self.elements.place.pre and self.builder.at_break:
            text = text.lstrip(_SPACE)
            start = end - len(text)
        if text:
            self.elements.text(text, *view.span(start, end))

    def _line_ends(self, view: View, match: re.Match[str]) -> None:
        """Line ends and indentation in `<pre>`."""
        at = match.start()
        for line_end in _LINE_END.finditer(view.text, *match.span()):
            self._piece(view, at, line_end.start())
            if self.builder.is_open:
                self.elements.text("\n", *view.span(*line_end.span()))
            at = line_end.end()
        self._piece(view, at, match.end())

    def _value(self, view: View, attributes: Attributes, name: str) -> Pieces:
        """An attribute's value as pieces with their places, entities decoded."""
        start, end = attributes.get(name, (0, 0))
        pieces = []
        for match in _ENTITY.finditer(view.text, start, end):
            pieces.append((view.text[start : match.start()], *view.span(start, match.start())))
            pieces.append((html.unescape(match[0]), *view.span(*match.span())))
            start = match.end()
        pieces.append((view.text[start:end], *view.span(start, end)))
        return [(_LINE_END.sub(" ", text), first, last) for text, first, last in pieces if text]


def plain(pieces: Pieces) -> str:
    return "".join(text for text, _, _ in pieces).strip()


def attributes_of(text: str, start: int, end: int) -> Attributes:
    attributes: Attributes = {}
    for match in _ATTRIBUTES.finditer(text, start, end):
        group = match.lastindex or 1
        attributes.setdefault(match[1].lower(), match.span(group) if group > 1 else (match.end(), match.end()))
    return attributes


def _is_hidden(text: str, attributes: Attributes) -> bool:
    return "hidden" in attributes or ("style" in attributes and _UNSEEN.search(text, *attributes["style"]) is not None)


def _is_chrome(text: str, attributes: Attributes) -> bool:
    start, end = attributes.get("role", (0, 0))
    if text[start:end].lower() in _ROLES:
        return True
    return any(key in attributes and _NOTICE.search(text, *attributes[key]) for key in ("class", "id"))
