"""One file from disk."""

from __future__ import annotations

import os
import stat

from checker.document import Source
from checker.read.decoding import decode
from checker.violation import Failure

LARGEST = 200 << 20  # bytes
# Without O_NONBLOCK, opening a FIFO that nobody writes to waits for ever.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read(path: str, encoding: str | None = None) -> Source | Failure:
    """The decoded file. encoding: of files that are not UTF-8 and carry no BOM; None where none is named."""
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                return Failure(path, "read", not_a_file(state.st_mode))
            if state.st_size > LARGEST:
                return Failure(path, "read", f"larger than {LARGEST >> 20} MB: not read / 文件超过 {LARGEST >> 20} MB，未读取")
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read()
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return Failure(path, "missing", "no such file or folder / 没有这个文件或文件夹")
    except OSError as error:
        return Failure(path, "read", unreadable(error))
    return decode(path, data, encoding)


def unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error} / 无法读取"


def not_a_file(mode: int) -> str:
    """What stands in the way of reading something as an article. mode: st_mode."""
    kinds = (
        (stat.S_ISDIR, "a folder", "是文件夹"),
        (stat.S_ISFIFO, "a named pipe", "是命名管道"),
        (stat.S_ISSOCK, "a socket", "是套接字"),
        (stat.S_ISCHR, "a device", "是设备"),
        (stat.S_ISBLK, "a device", "是设备"),
    )
    en, zh = next(((en, zh) for test, en, zh in kinds if test(mode)), ("no regular file", "不是普通文件"))
    return f"is {en}, not an article: not opened / {zh}，未打开"
