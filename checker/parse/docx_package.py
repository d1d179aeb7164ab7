"""The parts of a Word file: a ZIP of XML, opened as something that may have been made to harm."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from checker.errors import CheckerError

LARGEST_PART = 64 << 20  # bytes of XML; a book of 1,000 pages has about 20 MB
LARGEST_PACKAGE = 192 << 20  # bytes of all parts that are read
MOST_TAGS = 6_000_000  # a tree of them takes a gigabyte; empty paragraphs pack to nothing
_UNPACKING = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, struct.error)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word 97–2003; and what encryption wraps a .docx in
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FAMILIES = {  # transitional and strict namespaces, by the prefix that is used here
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "urn:schemas-microsoft-com:vml": "v",
}


class Relation(NamedTuple):
    """kind: the last word of its type (`hyperlink`, `styles`); target: a part's name, or an address if external."""

    kind: str
    target: str
    external: bool


def tag(element: Any) -> str:
    """`w:p` for a paragraph, whichever of its two namespaces is used; "" for comments and what is not known here."""
    return short(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(2048)
def short(name: str) -> str:
    space, brace, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    return f"{_FAMILIES.get(space, '?')}:{local}" if brace else local


def attribute(element: Any, name: str, default: str = "") -> str:
    """An attribute by its short name (`w:val`), in either namespace."""
    return next((value for key, value in element.attrib.items() if short(key) == name), default)


@dataclass
class Package:
    """An open Word file. CheckerError from all of its methods where the file is damaged or too large."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    _read: int = field(default=0)

    def part(self, name: str) -> Any | None:
        """The root element of a part, None where there is none of that name."""
        if name not in self.names:
            return None
        data = self._bytes(name)
        safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
        parser = etree.XMLParser(remove_comments=True, remove_pis=True, **safe)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(f"{name}: {error.msg}") from None
        if root.getroottree().docinfo.internalDTD is not None:  # Word writes none; entities are for bombs
            raise _damaged(f"{name}: DTD")
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by id. name "": of the package itself."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = Relation(element.get("Type", "").rsplit("/", 1)[-1], target, external)
        return found

    def _bytes(self, name: str) -> bytes:
        try:
            with self.archive.open(name) as part:
                data = part.read(LARGEST_PART + 1)
        except (*_UNPACKING, zlib.error, lzma.LZMAError, RuntimeError) as error:
            raise _damaged(f"{name}: {error}") from None
        self._read += len(data)
        if len(data) > LARGEST_PART or self._read > LARGEST_PACKAGE or data.count(b"<") > MOST_TAGS:
            raise CheckerError(f"the Word file unpacks to more than {LARGEST_PART >> 20} MB: not read / Word 文件解压后过大，未读取")
        return data


def open_package(data: bytes) -> Package:
    """The Word file in some bytes; CheckerError where it is none, is encrypted, or of Word 97–2003."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise CheckerError("the Word file is encrypted: remove its password / Word 文件已加密，请先去除密码")
        raise CheckerError("a Word 97–2003 file (.doc): save it as .docx / 这是旧版 Word 文件（.doc），请另存为 .docx")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _UNPACKING as error:
        raise _damaged(str(error)) from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise CheckerError("the Word file is encrypted: remove its password / Word 文件已加密，请先去除密码")
    return Package(archive, frozenset(entry.filename for entry in entries))


def _damaged(reason: str) -> CheckerError:
    reason = " ".join(reason.split())
    return CheckerError(f"no Word document, or damaged ({reason}) / 不是 Word 文档，或文件已损坏")
