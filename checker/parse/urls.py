"""Addresses that stand bare in text: what comes after them in Chinese is often no space."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from checker.expressions import lazy
from checker.text import Span

_REST = r"[^\s<>\"'`\u2018-\u201d\u3000-\u303f\uff00-\uffef\u3400-\u9fff]"
_URL = lazy(
    rf"(?:https?|ftp)://{_REST}+"
    rf"|(?<![A-Za-z0-9_@./-])(?:www\.{_REST}+|(?:[A-Za-z0-9-]+\.)+[A-Za-z]{{2,}}(?::\d+)?/[\w?#%]{_REST}*)",  # okx.com/join
    re.IGNORECASE,
)
_HOST = lazy(r"[/.]\w")
_SIGNS = ("/", "www.", "WWW.", "Www.")
_AROUND = ".,;:!?*_~|"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_BRACKETS = frozenset("()[]{}")


def may_hold_addresses(text: str) -> bool:
    """False for a text that has none, not even in entities or behind escapes."""
    return any(sign in text for sign in (*_SIGNS, "&", "\\"))


def addresses(text: str, start: int, end: int) -> Iterator[Span]:
    """The bare addresses in text[start:end], without the full stop or bracket of the sentence around them."""
    for first, last in _stretches(text, start, end):
        for match in _URL.finditer(text, first, last):
            address = match[0].rstrip(_AROUND)
            if address[-1:] in _CLOSING:
                address = _without_bracket(address)
            if _HOST.search(address):
                yield Span(match.start(), match.start() + len(address))


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between spaces and has a sign of an address in it: finding these takes a tenth of the time of matching."""
    signs = {sign: text.find(sign, start, end) for sign in _SIGNS}
    while hits := [at for at in signs.values() if at >= 0]:
        at = min(hits)
        last = text.find(" ", at, end)
        last = end if last < 0 else last
        yield max(text.rfind(" ", start, at) + 1, start), last
        signs = {sign: text.find(sign, last, end) if 0 <= found < last else found for sign, found in signs.items()}


def _without_bracket(address: str) -> str:
    """Without closing brackets at its end that none in it opens."""
    counts = Counter(character for character in address if character in _BRACKETS)
    end = len(address)
    while end and (closing := address[end - 1]) in _CLOSING and counts[_CLOSING[closing]] < counts[closing]:
        counts[closing] -= 1
        end = len(address[: end - 1].rstrip(_AROUND)) if address[end - 2] in _AROUND else end - 1
    return address[:end]
