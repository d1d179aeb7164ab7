from __future__ import annotations

CANDIDATES = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")


def detect(data: bytes) -> str | None:
    for codec in CANDIDATES:
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return codec
    return "cp1252"
