"""What can be said of a pattern without running it: literals every match holds, its length, how badly it can behave."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from checker.patterns.ambiguity import exponential
from checker.patterns.nodes import Alternate, Assertion, Chars, Concat, Dot, Group, Insert, Literal, Look, Node, Repeat
from checker.patterns.sampling import alphabet_of, chars_of

_MOST_STRINGS = 64
_LONGEST_STRING = 24
_CLASS_MEMBERS = 16
_STEPS = 10_000  # a pattern that may take more steps than this per starting character is named by `checker test`


# -- needed literals


class _Known(NamedTuple):
    exact: frozenset[str] | None  # all that it can match, where that is a short list
    needed: frozenset[str] | None  # at least one of these stands in every match


_EMPTY = _Known(frozenset(("",)), None)


def needs(node: Node) -> tuple[str, ...]:
    """Literals of which at least one stands in every match, sorted; () where there is no usable set of up to 64.

    The idea is RE2's prefilter: short lists of whole matches are multiplied along a sequence until they grow too long; the
    best such list is kept. A literal is usable with two characters, or one that is no ASCII and no punctuation.
    """
    known = _known(node)
    return tuple(sorted(_best(_usable(known.exact), known.needed) or ()))


def _known(node: Node) -> _Known:
    match node:
        case Literal(text):
            return _Known(frozenset((text,)), None)
        case Chars():
            return _Known(_members(node), None)
        case Look() | Assertion():
            return _EMPTY
        case Group(child):
            return _known(child)
        case Concat(parts):
            return _known_concat([_known(part) for part in parts])
        case Alternate(branches):
            return _known_alternate([_known(branch) for branch in branches])
        case Repeat(child, low, high):
            return _known_repeat(_known(child), low, high)
        case Dot() | Insert():
            return _Known(None, None)


def _known_concat(parts: list[_Known]) -> _Known:
    needed: frozenset[str] | None = None
    run: frozenset[str] = frozenset(("",))
    whole = True
    for part in parts:
        product = _product(run, part.exact)
        if product is not None:
            run = product
            continue
        whole = False
        needed = _best(_best(needed, _usable(run)), part.needed)
        run = part.exact or frozenset(("",))
    return _Known(run, needed) if whole else _Known(None, _best(needed, _usable(run)))


def _known_alternate(branches: list[_Known]) -> _Known:
    exact: frozenset[str] | None = frozenset()
    needed: frozenset[str] | None = frozenset()
    for branch in branches:
        exact = None if exact is None or branch.exact is None else exact | branch.exact
        mine = _best(_usable(branch.exact), branch.needed)
        needed = None if needed is None or mine is None else needed | mine
    return _Known(
        exact if exact is not None and len(exact) <= _MOST_STRINGS else None,
        _shortest(needed) if needed is not None and len(needed) <= _MOST_STRINGS else None,
    )


def _known_repeat(child: _Known, low: int, high: int) -> _Known:
    if low == 0:
        return _Known(_limited(child.exact | {""}) if child.exact is not None and high == 1 else None, None)
    power: frozenset[str] | None = frozenset(("",))
    for _ in range(low):
        power = _product(power, child.exact)
        if power is None:
            break
    needed = _best(_best(child.needed, _usable(child.exact)), _usable(power))
    return _Known(power if low == high else None, needed)


def _product(left: frozenset[str] | None, right: frozenset[str] | None) -> frozenset[str] | None:
    if left is None or right is None or len(left) * len(right) > _MOST_STRINGS:
        return None
    return _limited(frozenset(a + b for a in left for b in right))


def _limited(strings: frozenset[str]) -> frozenset[str] | None:
    small = len(strings) <= _MOST_STRINGS and all(len(text) <= _LONGEST_STRING for text in strings)
    return strings if small else None


def _members(node: Chars) -> frozenset[str] | None:
    if node.negated:
        return None
    members: set[str] = set()
    for item in node.items:
        if isinstance(item, str) or len(members) + item.last - item.first >= _CLASS_MEMBERS:
            return None
        members.update(map(chr, range(item.first, item.last + 1)))
    return frozenset(members)


def _usable(strings: frozenset[str] | None) -> frozenset[str] | None:
    if not strings or not all(usable(text) for text in strings):
        return None
    return _shortest(strings)


def usable(text: str) -> bool:
    """Whether a literal is worth looking for: rare enough not to stand in every article."""
    if len(text.strip()) >= 2:
        return True
    return len(text) == 1 and not text.isascii() and unicodedata.category(text)[0] in "LS"


def _shortest(strings: Iterable[str]) -> frozenset[str]:
    """Without those that hold another one of them."""
    kept: list[str] = []
    for text in sorted(strings, key=len):
        if not any(short in text for short in kept):
            kept.append(text)
    return frozenset(kept)


def _best(left: frozenset[str] | None, right: frozenset[str] | None) -> frozenset[str] | None:
    if left is None or right is None:
        return left if right is None else right
    return max(left, right, key=_worth)


def _worth(strings: frozenset[str]) -> tuple[int, int, tuple[str, ...]]:
    weakest = min(sum(1 if char.isascii() else 2 for char in text) for text in strings)
    return min(weakest, 6), -len(strings), tuple(sorted(strings))


# -- length


def width(node: Node) -> tuple[int, int]:
    """Fewest and most characters of a match."""
    match node:
        case Literal(text):
            return len(text), len(text)
        case Chars() | Dot():
            return 1, 1
        case Look() | Assertion() | Insert():
            return 0, 0
        case Group(child):
            return width(child)
        case Concat(parts):
            widths = [width(part) for part in parts]
            return sum(low for low, _ in widths), sum(high for _, high in widths)
        case Alternate(branches):
            widths = [width(branch) for branch in branches]
            return min(low for low, _ in widths), max(high for _, high in widths)
        case Repeat(child, low, high):
            fewest, most = width(child)
            return fewest * low, most * high


# -- worst case


def worst_case_risk(node: Node) -> str | None:
    """Why a pattern may be slow on an adversarial text, None where its steps per starting character stay small."""
    if exponential(node):
        return "nested repeats can take exponential time"
    steps = _steps(node, alphabet_of(node))
    return f"repeats that overlap can take {steps:,} steps from one starting character" if steps > _STEPS else None


def _steps(node: Node, alphabet: str) -> int:
    match node:
        case Repeat(child, low, high):
            inside = _steps(child, alphabet)
            return inside if low == high else inside * (high - low + 1)
        case Alternate(branches):
            return max(_steps(branch, alphabet) for branch in branches)
        case Concat(parts):
            steps = 1
            for index, part in enumerate(parts):
                mine = _steps(part, alphabet)
                following = next((other for other in parts[index + 1 :] if width(other)[0] > 0), None)
                # A part that ends where the next one must begin can end in one place only.
                apart = (
                    following is not None and isinstance(part, Repeat) and not (chars_of(part, alphabet) & chars_of(following, alphabet))
                )
                steps *= 1 if apart else mine
            return steps
        case Group(child) | Look(child):
            return _steps(child, alphabet)
        case _:
            return 1
