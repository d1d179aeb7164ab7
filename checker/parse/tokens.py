"""Pieces of HTML as browsers cut them: tags, attributes, comments, scripts, entities. Offsets are those of the text that is read."""

from __future__ import annotations

import re

from checker.expressions import lazy

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+"
START_TAG = lazy(rf"<([a-zA-Z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE})*+)>")
END_TAG = lazy(rf"</([a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+>")
LINE_END = lazy(r"\r\n?|\n")
SPECIAL = lazy(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?|[\r\n][ \t\r\n\f]*")  # what is not as it stands in text
_ATTRIBUTES = lazy(r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?+")
# Without a semicolon, in an attribute, `&copy=` and `&copyright` are parts of an address.
_ENTITY = lazy(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*(?![a-zA-Z0-9;=]));?|&[a-zA-Z][a-zA-Z0-9]*;|\r\n?|\n")
_COMMENT_END = lazy(r"--!?>")
_SCRIPT = lazy(r"<!--|-->|<(/?)script(?=[\s/>])", re.IGNORECASE)
_UNSEEN = lazy(
    r"display\s*:\s*['\"]?none|visibility\s*:\s*['\"]?(?:hidden|collapse)|font-size\s*:\s*['\"]?0(?:\.0*)?(?![\d.])", re.IGNORECASE
)
_NOTICE = lazy(r"cookie|gdpr|consent", re.IGNORECASE)
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary"))
# An element without one of these in its attributes is what its name says.
TELLING = lazy(r"hidden|style|role|cookie|consent|gdpr|title", re.IGNORECASE)

Attributes = dict[str, tuple[int, int]]  # name → where the value stands, without quotes


def unescaped(text: str) -> str:
    """Text with its entities decoded; most articles hold none, and the table of them is long."""
    from html import unescape

    return unescape(text)


def attributes_of(text: str, start: int, end: int) -> Attributes:
    """The attributes between a tag's name and its `>`; of equal ones the first counts."""
    attributes: Attributes = {}
    for match in _ATTRIBUTES.finditer(text, start, end):
        group = match.lastindex or 1
        attributes.setdefault(match[1].lower(), match.span(group) if group > 1 else (match.end(), match.end()))
    return attributes


def values_of(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """An attribute's value as (text, start, end), entities decoded, line ends made spaces."""
    pieces = []
    for match in _ENTITY.finditer(text, start, end):
        if match.start() > start:
            pieces.append((text[start : match.start()], start, match.start()))
        decoded = unescaped(match[0]) if match[0][0] == "&" else " "
        pieces.append((" " if decoded in ("\n", "\r") else decoded, *match.span()))
        start = match.end()
    if end > start:
        pieces.append((text[start:end], start, end))
    return pieces


def is_hidden(text: str, attributes: Attributes) -> bool:
    """Whether an element's own attributes hide it. What a style sheet hides is not known."""
    if "style" not in attributes:
        return "hidden" in attributes
    start, end = attributes["style"]
    style = unescaped(text[start:end]) if "&" in text[start:end] else text[start:end]
    return "hidden" in attributes or _UNSEEN.search(style) is not None


def is_chrome(text: str, attributes: Attributes) -> bool:
    """Whether an element is navigation or a cookie box by its role, class or id."""
    start, end = attributes.get("role", (0, 0))
    if text[start:end].lower() in _ROLES:
        return True
    return any(key in attributes and _NOTICE.search(text, *attributes[key]) for key in ("class", "id"))


def comment_end(text: str, start: int) -> int:
    """Where a comment ends, or what browsers take for one (`<!doctype>`, `<?php ?>`, `</ >`); the end of the text if it is not closed."""
    if not text.startswith("<!--", start):
        end = text.find(">", start)
        return len(text) if end < 0 else end + 1
    if text.startswith(("<!-->", "<!--->"), start):
        return text.index(">", start) + 1
    close = _COMMENT_END.search(text, start + 4)
    return close.end() if close else len(text)


def raw_end(name: str, text: str, start: int) -> int:
    """Where the end tag of an element without tags stands. `<!-- <script> </script> -->` in a script is its text."""
    if name == "plaintext":
        return len(text)
    if name != "script":
        close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, start)
        return close.start() if close else len(text)
    commented = doubled = False
    while match := _SCRIPT.search(text, start):
        start = match.end()
        if match[0] == "<!--":
            commented, start = True, start - 2  # `<!-->` is a comment already over
        elif match[0] == "-->":
            commented = doubled = False
        elif not match[1]:
            doubled = commented
        elif doubled:
            doubled = False
        else:
            return match.start()
    return len(text)
