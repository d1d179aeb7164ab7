"""The paragraphs of a Word file as a reader sees them: without deleted and hidden text, with inserted text, notes and text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from checker.document import OBJECT
from checker.errors import CheckerError
from checker.parse.docx_package import Package, Relation, attribute, tag
from checker.parse.docx_styles import Styles, is_on

_UNSEEN = frozenset((
    "w:del", "w:moveFrom", "w:rPr", "w:pPr", "w:instrText", "w:delText", "w:delInstrText", "w:rt", "mc:Fallback", "w:sdtPr", "w:sdtEndPr",
    "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr", "w:object", "w:fldData",
))  # fmt: skip
_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_HYPERLINK = re.compile(r"\s*HYPERLINK\s+(\\l\s+)?\"?([^\"\s]+)", re.IGNORECASE)
_BREAKS = ("w:br", "w:cr")


class Piece(NamedTuple):
    """kind: text, break (its text is a space) or alt (the text of a picture). url: of the link it belongs to."""

    kind: str
    text: str
    url: str = ""


class Paragraph(NamedTuple):
    """scope, inside and level as in Block; comments: texts of the comments on it."""

    scope: str
    inside: tuple[str, ...]
    level: int
    pieces: tuple[Piece, ...]
    comments: tuple[str, ...] = ()


@dataclass
class Part:
    """Reads one part of the package (the body, notes, a header)."""

    relations: dict[str, Relation]
    styles: Styles
    comments: dict[str, str]  # as yet without a place
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote | endnote, id) as referred to

    def paragraphs(self, element: Any, inside: tuple[str, ...] = (), row: int = 0) -> Iterator[Paragraph]:
        """The paragraphs below a body, cell, note or text box. row: number of the table row they are in, 0 outside tables."""
        for child in element:
            kind = tag(child)
            if kind == "w:p":
                yield from self._paragraph(child, inside, row)
            elif kind == "w:tbl":
                yield from self._table(child, (*inside, "table") if row else inside)
            elif kind in ("w:altChunk", "w:subDoc"):
                raise CheckerError("embeds another document, which is not read: save it as one / 内嵌了其他文档，无法检查，请合并为一文件")
            elif kind == "mc:AlternateContent":
                yield from self.paragraphs(_chosen(child), inside, row)
            elif kind not in _UNSEEN:
                yield from self.paragraphs(child, inside, row)

    def _table(self, table: Any, inside: tuple[str, ...]) -> Iterator[Paragraph]:
        number = 0
        for row in table.iter():
            if tag(row) == "w:tr" and _table_of(row) is table:
                number += 1
                properties = next((child for child in row if tag(child) == "w:trPr"), ())
                if not any(tag(child) in ("w:del", "w:hidden") and is_on(child) for child in properties):
                    for cell in row:
                        if tag(cell) not in _UNSEEN:
                            yield from self.paragraphs(cell if tag(cell) == "w:tc" else [cell], inside, number)

    def _paragraph(self, element: Any, inside: tuple[str, ...], row: int) -> Iterator[Paragraph]:
        run = _Line(self, next((child for child in element if tag(child) == "w:pPr"), None))
        run.read(element)
        scope, level = self.styles.role(run.properties)
        if scope == "chrome":
            scope, inside = "paragraph", (*inside, "chrome")
        if row:
            scope, inside, level = ("table", inside, row) if scope == "paragraph" else (scope, (*inside, "table"), level)
        yield Paragraph(scope, inside, level, tuple(run.pieces), tuple(run.comments))
        for box in run.boxes:
            yield from self.paragraphs(box, inside)


@dataclass
class _Line:
    """What stands in one paragraph, collected in order."""

    part: Part
    properties: Any | None
    pieces: list[Piece] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    codes: list[list[str]] = field(default_factory=list)  # instructions of open fields, "" beyond their separator
    url: str = ""

    def read(self, element: Any) -> None:
        for child in element:
            self._read(child, tag(child))

    def _read(self, child: Any, kind: str) -> None:
        if kind == "w:r":
            if not self.part.styles.hides(next((c for c in child if tag(c) == "w:rPr"), None), self.properties):
                self.read(child)
            else:
                self._fields(child)
        elif kind in ("w:t", "m:t"):
            self._add("text", re.sub(r"[\r\n]+", " ", child.text or ""))
        elif kind in _CHARACTERS:
            self._add("text", _CHARACTERS[kind])
        elif kind in _BREAKS:
            self._add("break", " ")
        elif kind == "w:sym":
            self._add("text", OBJECT)
        elif kind == "w:hyperlink":
            self._link(child)
        elif kind == "w:fldSimple":
            self._within(child, _target(attribute(child, "w:instr")))
        elif kind in ("w:fldChar", "w:instrText"):
            self._field(child, kind)
        elif kind == "mc:AlternateContent":
            self.read(_chosen(child))
        elif kind in ("w:drawing", "w:pict"):
            self._drawing(child)
        elif kind in ("w:footnoteReference", "w:endnoteReference"):
            self.part.notes.append((kind[2:-9], attribute(child, "w:id")))
        elif kind in ("w:commentRangeStart", "w:commentReference"):  # a comment on several paragraphs stands at the first
            self.comments.append(self.part.comments.pop(attribute(child, "w:id"), ""))
        elif kind not in _UNSEEN:
            self.read(child)

    def _add(self, kind: str, text: str) -> None:
        in_code = any(code[-1] != "" for code in self.codes)
        if text and not in_code:
            url = self.url or next((target for code in reversed(self.codes) if (target := _target("".join(code)))), "")
            self.pieces.append(Piece(kind, text, url))

    def _within(self, element: Any, url: str) -> None:
        outer, self.url = self.url, url or self.url
        self.read(element)
        self.url = outer

    def _link(self, element: Any) -> None:
        relation = self.part.relations.get(attribute(element, "r:id"))
        anchor = attribute(element, "w:anchor")
        self._within(element, relation.target if relation is not None and relation.external else f"#{anchor}" if anchor else "")

    def _field(self, element: Any, kind: str) -> None:
        """A field is code, then its result: begin, instrText…, separate, result, end."""
        if kind == "w:instrText":
            if self.codes and self.codes[-1][-1] != "":
                self.codes[-1].append(element.text or " ")
            return
        step = attribute(element, "w:fldCharType")
        if step == "begin":
            self.codes.append([" "])
        elif step == "separate" and self.codes:
            self.codes[-1].append("")
        elif step == "end" and self.codes:
            self.codes.pop()

    def _fields(self, run: Any) -> None:
        for child in run:
            if tag(child) in ("w:fldChar", "w:instrText"):
                self._field(child, tag(child))

    def _drawing(self, element: Any) -> None:
        """A picture, with its text; the text boxes of a shape come after the paragraph."""
        inner = [child for child in element.iter() if tag(child)]
        boxes = [child for child in inner if tag(child) == "w:txbxContent"]
        self.boxes += [box for box in boxes if not any(tag(a) in ("w:txbxContent", "mc:Fallback") for a in _ancestors(box, element))]
        names = {tag(child) for child in inner}
        described = next((child for child in inner if tag(child) == "wp:docPr"), None)
        if described is not None:
            text = described.get("descr") or described.get("title") or ""
            if described.get("hidden") in ("1", "true"):
                return
        else:
            shape = next((child for child in inner if tag(child) in ("v:shape", "v:rect")), None)
            text = (shape.get("alt") or "") if shape is not None else ""
        text = " ".join(text.split())
        if text or not names.isdisjoint(("pic:pic", "v:imagedata")):
            self._add("alt", text or OBJECT)


def _chosen(alternate: Any) -> Any:
    """What Word shows of mc:AlternateContent: its first choice, else the fallback. It holds the same text boxes twice."""
    return next((child for name in ("mc:Choice", "mc:Fallback") for child in alternate if tag(child) == name), ())


def _target(code: str) -> str:
    """The address in the code of a field, `#name` for a place in the document, "" if it is no link."""
    found = _HYPERLINK.match(code)
    return f"#{found[2]}" if found and found[1] else found[2] if found else ""


def _ancestors(element: Any, top: Any) -> Iterator[Any]:
    while (element := element.getparent()) is not None and element is not top:
        yield element


def _table_of(row: Any) -> Any:
    return next((above for above in row.iterancestors() if tag(above) == "w:tbl"), None)


def note_bodies(package: Package, name: str, kind: str) -> dict[str, Any]:
    """The notes or comments of a part by id. kind: footnote, endnote or comment."""
    root = package.part(name)
    return {attribute(child, "w:id"): child for child in root if tag(child) == f"w:{kind}"} if root is not None else {}
