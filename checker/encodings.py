"""Names of encodings, as users write them, and the codecs that read what such files hold."""

from __future__ import annotations

import codecs

from checker.errors import CheckerError, did_you_mean

AUTO = "auto"
# What writers call GBK or Big5 is what their Windows wrote: supersets, in the order they are tried.
_SUPERSETS = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("big5hkscs", "cp950"),
    "cp950": ("cp950", "big5hkscs"),
    "shift_jis": ("cp932",),
    "euc_kr": ("cp949",),
    "utf-8-sig": ("utf-8",),
}
_USUAL = (AUTO, "utf-8", "gb18030", "gbk", "big5", "utf-16", "shift_jis", "euc-jp", "euc-kr", "windows-1252", "latin-1")


def codecs_of(encoding: str | None) -> tuple[str, ...]:
    """The codecs to try, in order, for an encoding as somebody named it; none for None and `auto`. CheckerError for an unknown name."""
    if encoding is None or encoding == AUTO:
        return ()
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)  # not base64 and the like, which encode no text
    except (LookupError, ValueError):
        near = did_you_mean(encoding, _USUAL)
        raise CheckerError(f"no encoding `{encoding}`{near} / 没有这种编码；常用: gb18030, big5, utf-16, auto") from None
    return _SUPERSETS.get(name, (name,))
