"""What the styles of a Word file make of a paragraph or run: heading, title, list, quote, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from checker.parse.docx_package import attribute, tag

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])(?!\d)", re.IGNORECASE)
_NAMES = (
    (re.compile(r"title|标题|標題|大标题|文章标题", re.IGNORECASE), "title"),
    (re.compile(r"subtitle|副标题|副標題", re.IGNORECASE), "heading"),
    (re.compile(r"(?:intense )?quote|block text|(?:明显)?引用|鮮明引文|引文", re.IGNORECASE), "quote"),
    (re.compile(r"caption|题注|標號|图注|图题|表题", re.IGNORECASE), "caption"),
    (re.compile(r"(?:toc|目录|目錄)(?: ?\d| heading|标题|標題)?|table of figures|图表目录", re.IGNORECASE), "chrome"),
)
DEEPEST = 20  # styles that are based on each other


class Role(NamedTuple):
    """What a paragraph is: a scope, and the level of a heading or list item."""

    scope: str
    level: int = 0


@dataclass(frozen=True)
class Styles:
    """The style elements by id, and the id of the default paragraph style."""

    by_id: dict[str, Any]
    default: str = ""

    def role(self, properties: Any | None) -> Role:
        """properties: the paragraph's w:pPr, None where it has none."""
        chain = list(self._chain(_value(properties, "w:pStyle") or self.default))
        for style in chain:
            name = _value(style, "w:name")
            if found := _HEADING.fullmatch(name):
                return Role("heading", min(int(found[1]), 6))
            for pattern, scope in _NAMES:
                if pattern.fullmatch(name):
                    return Role(scope, 2 if scope == "heading" else 0)
        holders = [properties, *(_child(style, "w:pPr") for style in chain)]
        outline = next((value for holder in holders if (value := _value(holder, "w:outlineLvl"))), "9")
        if outline.isdigit() and int(outline) < 9:
            return Role("heading", min(int(outline) + 1, 6))
        numbering = next((found for holder in holders if (found := _child(holder, "w:numPr")) is not None), None)
        if numbering is not None and _value(numbering, "w:numId") != "0":
            depth = _value(numbering, "w:ilvl")
            return Role("list", int(depth) + 1 if depth.isdigit() else 1)
        return Role("paragraph")

    def hides(self, run: Any | None, paragraph: Any | None) -> bool:
        """Whether a run with properties w:rPr in a paragraph with w:pPr is hidden text."""
        holders = [run]
        holders += (_child(style, "w:rPr") for style in self._chain(_value(run, "w:rStyle")))
        holders += (_child(style, "w:rPr") for style in self._chain(_value(paragraph, "w:pStyle") or self.default))
        for holder in holders:
            found = _child(holder, "w:vanish")
            if found is not None:
                return is_on(found)
        return False

    def _chain(self, name: str) -> Iterator[Any]:
        for _ in range(DEEPEST):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = _value(style, "w:basedOn")


def read_styles(root: Any | None) -> Styles:
    """The styles of the styles part, none where there is no such part."""
    styles = [element for element in root if tag(element) == "w:style"] if root is not None else []
    default = (s for s in styles if attribute(s, "w:type") == "paragraph" and attribute(s, "w:default") in ("1", "true", "on"))
    return Styles(
        {attribute(style, "w:styleId"): style for style in styles}, next((attribute(style, "w:styleId") for style in default), "")
    )


def is_on(element: Any) -> bool:
    """A toggle such as w:vanish, which is on unless it says otherwise."""
    return attribute(element, "w:val", "1") not in ("0", "false", "off")


def _child(element: Any | None, name: str) -> Any | None:
    return next((child for child in element if tag(child) == name), None) if element is not None else None


def _value(element: Any | None, name: str) -> str:
    child = _child(element, name)
    return attribute(child, "w:val") if child is not None else ""
