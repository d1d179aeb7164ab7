"""Bytes to text: by BOM, as UTF-8, else as the config or an option names it. A detector speaks only in `auto` and in messages."""

from __future__ import annotations

import codecs
import os

from checker.document import Source
from checker.errors import CheckerError, did_you_mean
from checker.violation import Failure

AUTO = "auto"
_BOMS = (  # UTF-32 first: its little-endian BOM begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What writers call GBK or Big5 is what their Windows wrote: supersets, in the order they are tried.
_SUPERSETS = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("big5hkscs", "cp950"),
    "cp950": ("cp950", "big5hkscs"),
    "shift_jis": ("cp932",),
    "euc_kr": ("cp949",),
}
_SEVEN_BIT = ("iso2022", "hz", "utf-7")  # ASCII bytes throughout: any such file is UTF-8 as well
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Word/ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97–2003"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
)


def decode(path: str, data: bytes, encoding: str | None = None) -> Source | Failure:
    """The article in the bytes of a file, or why it cannot be read. encoding: as for `read`; CheckerError if unknown."""
    named = _codecs(encoding)
    if os.path.splitext(path)[1].lower() in WORD_SUFFIXES:
        return _word(path, data)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _decoded(path, data, codec, len(bom))
    if magic := next((kind for start, kind in _MAGIC if data.startswith(start)), ""):
        return Failure(path, "decode", f"is a binary file ({magic}), not text / 是二进制文件（{magic}），不是文本")
    wide = any(codec.startswith(("utf-16", "utf-32")) for codec in named)
    if b"\0" in data and not wide:
        return _with_nul(path, data, encoding)
    if not (wide and b"\0" in data) and not any(codec.startswith(_SEVEN_BIT) for codec in named):
        try:
            return Source(path, data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError as error:
            if encoding is None:
                return _not_utf8(path, data, error.start)
    if encoding == AUTO:
        from checker.read.detection import detect

        found = detect(data)
        if found is None:
            return Failure(path, "decode", "no encoding fits; name it with --encoding / 无法判断编码，请用 --encoding 指定")
        named = (found,)
    results = [_decoded(path, data, codec) for codec in named]
    return next((result for result in results if isinstance(result, Source)), results[0])


WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".doc")


def _word(path: str, data: bytes) -> Source | Failure:
    from checker.parse.docx import source_of

    try:
        return source_of(path, data)
    except CheckerError as error:
        return Failure(path, "decode", error.message)


def _codecs(encoding: str | None) -> tuple[str, ...]:
    """The codecs to try, in order, for the encoding that was named. CheckerError where Python knows none of that name."""
    if encoding is None or encoding == AUTO:
        return ()
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)  # not base64 and the like, which encode no text
    except (LookupError, ValueError):
        names = (AUTO, "utf-8", "gb18030", "gbk", "big5", "utf-16", "shift_jis", "euc-jp", "euc-kr", "windows-1252", "latin-1")
        near = did_you_mean(encoding, names)
        raise CheckerError(f"no encoding `{encoding}`{near} / 没有这种编码；常用: gb18030, big5, utf-16, auto") from None
    if name == "utf-16":  # without a BOM, which came first
        return ("utf-16-le", "utf-16-be")
    return _SUPERSETS.get(name, (name,))


def _decoded(path: str, data: bytes, codec: str, skip: int = 0) -> Source | Failure:
    try:
        return Source(path, data[skip:].decode("utf-8" if codec == "utf-8-sig" else codec), codec)
    except UnicodeDecodeError as error:
        bad = data[skip + error.start : skip + error.end].hex(" ")
        line, column = _place(data[skip : skip + error.start], codec)
        return Failure(path, "decode", f"not valid {codec}: bytes {bad} / 不是有效的 {codec} 编码", line, column)


def _not_utf8(path: str, data: bytes, bad: int) -> Failure:
    from checker.read.detection import detect

    likely = detect(data)
    place = _place(data[:bad], "utf-8")
    if likely is None:
        message = "not UTF-8, and no usual encoding fits: set --encoding, or encodings: in .checker.yaml / 不是 UTF-8 编码，请指定编码"
    else:
        message = (
            f"not UTF-8, probably {likely}: set --encoding {likely}, or encodings: in .checker.yaml, or save it as UTF-8"
            f" / 不是 UTF-8 编码，可能是 {likely}：请用 --encoding {likely} 或在 .checker.yaml 的 encodings: 中指定"
        )
    return Failure(path, "decode", message, *place)


def _with_nul(path: str, data: bytes, encoding: str | None) -> Source | Failure:
    """Bytes with NUL: UTF-16 without a BOM, where one half of nearly all pairs is small; else no text."""
    sample = data[:4096]
    even, odd = sample[0::2], sample[1::2]
    for codec, halves in (("utf-16-le", odd), ("utf-16-be", even)):
        other = even if halves is odd else odd
        if len(data) % 2 == 0 and halves.count(0) * 10 > len(halves) and not other.count(0):
            if encoding == AUTO:
                return _decoded(path, data, codec)
            return Failure(path, "decode", f"probably {codec}: set --encoding {codec} / 可能是 {codec} 编码，请用 --encoding 指定", 1, 1)
    line, column = _place(data[: data.index(0)], "latin-1")
    return Failure(path, "decode", "is a binary file (NUL bytes), not text / 是二进制文件（含 NUL 字节），不是文本", line, column)


def _place(good: bytes, codec: str) -> tuple[int, int]:
    """1-based line and column of what follows bytes that are valid in a codec."""
    text = good.decode(codec if codec != "utf-8-sig" else "utf-8", "replace")
    return text.count("\n") + 1, len(text) - text.rfind("\n")
