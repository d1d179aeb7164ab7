"""Bytes to text: by BOM, as UTF-8, else as the config or an option names it. A detector speaks only in `auto` and in messages."""

from __future__ import annotations

import codecs
import os

from checker.document import Source
from checker.encodings import AUTO, codecs_of
from checker.errors import CheckerError
from checker.violation import Failure

WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".doc")
_BOMS = (  # UTF-32 first: its little-endian BOM begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_LITTLE = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}  # without a BOM, which came first
_SEVEN_BIT = ("iso2022", "hz", "utf-7")  # ASCII bytes throughout: any such file is UTF-8 as well
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP, Word, Excel"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office 97–2003"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
)


def decode(path: str, data: bytes, encoding: str | None = None) -> Source | Failure:
    """The article in the bytes of a file, or why it cannot be read. encoding: as for `read`; CheckerError if there is none of that name."""
    named = codecs_of(encoding)
    if os.path.splitext(path)[1].lower() in WORD_SUFFIXES:
        return _word(path, data)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _decoded(path, data, codec, len(bom))
    if magic := next((kind for start, kind in _MAGIC if data.startswith(start)), ""):
        return Failure(path, "decode", f"is a binary file ({magic}), not text / 是二进制文件（{magic}），不是文本")
    if b"\0" in data:
        return _with_nul(path, data, named, auto=encoding == AUTO)
    if named and named[0].startswith(_SEVEN_BIT):
        return _decoded(path, data, named[0])
    try:
        return Source(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        bad = error.start
    if encoding is None or encoding == AUTO:
        return _not_utf8(path, data, bad, auto=encoding == AUTO)
    return _first(path, data, tuple(_LITTLE.get(codec, codec) for codec in named))


def encode(source: Source, data: bytes, text: str) -> bytes | None:
    """Another text as the bytes of a file that `source` was read from: in its encoding, with its BOM. data: the bytes now; None where
    they are not exactly what was read, or the encoding has no place for a character."""
    bom = next((bom for bom, codec in _BOMS if data.startswith(bom) and codec == source.encoding), b"")
    try:
        if source.package or bom + source.text.encode(source.encoding) != data:
            return None
        return bom + text.encode(source.encoding)
    except UnicodeEncodeError:
        return None


def _word(path: str, data: bytes) -> Source | Failure:
    from checker.parse.docx import source_of

    try:
        return source_of(path, data)
    except CheckerError as error:
        return Failure(path, "decode", error.message)


def _first(path: str, data: bytes, named: tuple[str, ...]) -> Source | Failure:
    """The text in the first codec that fits, else what is wrong in the first."""
    results = [_decoded(path, data, codec) for codec in named]
    return next((result for result in results if isinstance(result, Source)), results[0])


def _decoded(path: str, data: bytes, codec: str, skip: int = 0) -> Source | Failure:
    """skip: bytes of the BOM."""
    try:
        return Source(path, data[skip:].decode(codec), codec)
    except UnicodeDecodeError as error:
        good = data[skip : skip + error.start]
        bad = data[skip + error.start : skip + error.end].hex(" ")
        return Failure(path, "decode", f"not valid {codec}: bytes {bad} / 不是有效的 {codec} 编码（字节 {bad}）", *_place(good, codec))


def _not_utf8(path: str, data: bytes, bad: int, *, auto: bool) -> Source | Failure:
    """bad: offset of the first byte that is not UTF-8."""
    from checker.read.detection import detect, is_damaged_utf8

    place = _place(data[:bad], "utf-8")
    if is_damaged_utf8(data):
        found = data[bad : bad + 1].hex()
        return Failure(path, "decode", f"UTF-8, but damaged: byte {found} / UTF-8 编码，但已损坏（字节 {found}）", *place)
    likely = detect(data)
    if likely is None:
        message = "not UTF-8, and no usual encoding fits: set --encoding, or encodings: in .checker.yaml / 不是 UTF-8 编码，请指定编码"
        return Failure(path, "decode", message, *place)
    if auto:
        return _first(path, data, codecs_of(likely))
    message = (
        f"not UTF-8, probably {likely}: set --encoding {likely}, or encodings: in .checker.yaml, or save it as UTF-8"
        f" / 不是 UTF-8 编码，可能是 {likely}：请加 --encoding {likely}，或在 .checker.yaml 的 encodings: 中指定，或另存为 UTF-8"
    )
    return Failure(path, "decode", message, *place)


def _with_nul(path: str, data: bytes, named: tuple[str, ...], *, auto: bool) -> Source | Failure:
    """Bytes with NUL are UTF-16 or UTF-32 without a BOM, or no text. Zeros at odd offsets are the high halves of little-endian pairs."""
    little = data[1::2].count(0) >= data[0::2].count(0)
    codec = next((name for name in named if name.startswith(("utf-16", "utf-32"))), "")
    if codec:
        return _decoded(path, data, "utf-16-be" if codec == "utf-16" and not little else _LITTLE.get(codec, codec))
    high, low = (data[1::2], data[0::2]) if little else (data[0::2], data[1::2])
    if len(data) % 2 == 0 and not low.count(0) and high.count(0) * 20 > len(high):
        codec = "utf-16-le" if little else "utf-16-be"
        if auto:
            return _decoded(path, data, codec)
        return Failure(path, "decode", f"probably {codec}: set --encoding {codec} / 可能是 {codec} 编码，请加 --encoding {codec}", 1, 1)
    place = _place(data[: data.index(0)], "latin-1")
    return Failure(path, "decode", "is a binary file (NUL bytes), not text / 是二进制文件（含 NUL 字节），不是文本", *place)


def _place(good: bytes, codec: str) -> tuple[int, int]:
    """1-based line and column of what follows bytes that are valid in a codec."""
    text = good.decode(codec, "replace")
    return text.count("\n") + 1, len(text) - text.rfind("\n")
