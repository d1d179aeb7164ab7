"""With which two characters matches of a pattern may begin. Most lines begin otherwise, and a pattern that begins where lines do need not
be tried on those, nor even be compiled: lists of thousands of words take a second for that."""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

from checker.patterns.lines import SPACES
from checker.patterns.nodes import Alternate, Assertion, Chars, Concat, Dot, Group, Insert, Literal, Look, Node, Range, Repeat

_FEW = 32  # characters of a class that are counted one by one
_MOST = 20_000  # pairs
# All that these may be, and more; a test compares them with the library.
_DIGITS = (Range(0x30, 0x39), Range(0x660, 0x1FFF), Range(0xA620, 0xABFF), Range(0xFF10, 0xFF19), Range(0x10000, 0x1FFFF))
_COMMON_HAN = "一"
_HAN = (Range(0x2E80, 0x10FFFF),)
_CLASSES = {r"\s": (*SPACES, Range(0x0A, 0x0A), Range(0x1C, 0x1F)), r"\d": _DIGITS, r"\p{Han}": _HAN}


class _Heads(NamedTuple):
    """texts: beginnings of two characters, and whole matches that are shorter; firsts: first characters behind which anything may stand."""

    texts: frozenset[str]
    firsts: frozenset[Range] = frozenset()


_EMPTY = _Heads(frozenset(("",)))


def heads(node: Node, *, line: bool = False) -> tuple[str, str] | None:
    """Pairs of characters in a row, and first characters as ranges (`azΑΩ`); None where a match may begin with anything. line: behind the
    match comes neither a letter nor a number, and a single character that is all of it stands in a pair with a line end."""
    found = _heads(node)
    if found is None or "" in found.texts or len(found.texts) > _MOST:
        return None
    if line:
        found = _Heads(frozenset(text.ljust(2, "\n") for text in found.texts), found.firsts)
    firsts = found.firsts | {Range(ord(text), ord(text)) for text in found.texts if len(text) == 1}
    pairs = "".join(sorted(text for text in found.texts if len(text) == 2))
    return pairs, "".join(chr(code) for item in sorted(firsts) for code in item)


def begins_widely(node: Node) -> bool:
    """Whether a match may begin with any Chinese character, or with anything."""
    found = heads(node)
    return found is None or any(first <= _COMMON_HAN <= last for first, last in zip(found[1][::2], found[1][1::2], strict=True))


def _heads(node: Node) -> _Heads | None:
    match node:
        case Literal(text):
            return _Heads(frozenset((text[:2],)))
        case Chars():
            return _heads_of_class(node)
        case Look() | Assertion():
            return _EMPTY
        case Group(child):
            return _heads(child)
        case Concat(parts):
            found: _Heads | None = _EMPTY
            for part in parts:
                if found is None or all(len(text) == 2 for text in found.texts):
                    break
                found = _followed(found, _heads(part))
            return found
        case Alternate(branches):
            return reduce(_either, map(_heads, branches))
        case Repeat(child, low, high):
            once = _heads(child)
            more = _followed(once, once if low > 1 else _either(once, _EMPTY)) if once is not None and high > 1 else once
            return _either(more, _EMPTY) if low == 0 else more
        case Dot() | Insert():
            return None


def _heads_of_class(node: Chars) -> _Heads | None:
    ranges: list[Range] = []
    for item in node.items:
        if isinstance(item, str) and item not in _CLASSES:
            return None
        ranges += _CLASSES[item] if isinstance(item, str) else (item,)
    if node.negated:
        return None
    if sum(last - first + 1 for first, last in ranges) <= _FEW:
        return _Heads(frozenset(chr(code) for first, last in ranges for code in range(first, last + 1)))
    return _Heads(frozenset(), frozenset(ranges))


def _either(one: _Heads | None, other: _Heads | None) -> _Heads | None:
    return None if one is None or other is None else _Heads(one.texts | other.texts, one.firsts | other.firsts)


def _followed(before: _Heads, behind: _Heads | None) -> _Heads | None:
    """What a match begins with where one part stands behind another."""
    short = [text for text in before.texts if len(text) < 2]
    if behind is None:
        return None if "" in short else _Heads(before.texts.difference(short), before.firsts.union(_of(text) for text in short))
    texts = before.texts.difference(short).union((text + more)[:2] for text in short for more in behind.texts)
    firsts = set(before.firsts)
    if behind.firsts:
        firsts.update(_of(text) for text in short if text)
    if "" in short:
        firsts |= behind.firsts
    return _Heads(texts, frozenset(firsts))


def _of(char: str) -> Range:
    return Range(ord(char), ord(char))
