"""Files and their text: which there are, and how their bytes are decoded. Never a guess unless asked for one."""

from __future__ import annotations

from checker.read.decoding import decode, encode
from checker.read.files import read
from checker.read.finding import Found, discover
from checker.read.ignoring import CHECKER, GIT, is_left_out

IGNORE_FILES = (CHECKER, GIT)

__all__ = ["IGNORE_FILES", "Found", "decode", "discover", "encode", "is_left_out", "read"]
