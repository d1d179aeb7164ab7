"""What cannot be missing where a pattern matches: literals and characters. Looking for those first spares most patterns most articles.

The idea is RE2's prefilter, taken further: several clauses are kept, not only the best one, each a list of literals of which at least
one stands in every match, with how far behind the beginning of the match it begins.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from checker.fold_table import FROM, MANY, TO
from checker.patterns.analysis import width
from checker.patterns.nodes import Alternate, Assertion, Chars, Concat, Dot, Group, Insert, Literal, Look, Node, Repeat, children

_MOST_STRINGS = 256
_LONGEST_STRING = 24
_CLASS_MEMBERS = 32
_MOST_CLAUSES = 3
_MANY = 32
_NONE: frozenset[str] = frozenset(("",))


class Clause(NamedTuple):
    """literals: one of them stands in every match; least, most: it begins so many characters behind the beginning of the match."""

    literals: frozenset[str]
    least: int
    most: int


class _Known(NamedTuple):
    """exact: all that it can match, where that is a short list; first, last: every match begins, ends with one of these."""

    exact: frozenset[str] | None
    first: frozenset[str]
    last: frozenset[str]
    clauses: tuple[Clause, ...] = ()


_EMPTY = _Known(_NONE, _NONE, _NONE)
_ANYTHING = _Known(None, _NONE, _NONE)


def clauses(node: Node) -> tuple[Clause, ...]:
    """The clauses that are worth looking for, the best first; () where there is none."""
    known = _known(node)
    found = list(dict.fromkeys([*_clause(known.exact), *known.clauses]))
    found.sort(key=_worth, reverse=True)
    kept: list[Clause] = []
    for clause in found:
        # Two Latin letters stand in every article, and one of a hundred literals in most: a second clause of such would only cost.
        # Of a pattern that begins where lines do, a literal stands in few places, and a Han character says enough there.
        telling = (_worth(clause)[0] > 2 or is_anchored(node)) and len(clause.literals) <= _MANY
        if not kept or (telling and len(kept) < _MOST_CLAUSES and not any(_implies(other, clause) for other in kept)):
            kept.append(clause)
    return tuple(kept)


def is_anchored(node: Node, edge: str = "^") -> bool:
    """Whether every match begins where a line does; with `$`, ends there."""
    match node:
        case Assertion(kind):
            return kind == edge
        case Group(child):
            return is_anchored(child, edge)
        case Alternate(branches):
            return all(is_anchored(branch, edge) for branch in branches)
        case Concat(parts):
            for part in parts if edge == "^" else reversed(parts):
                if is_anchored(part, edge):
                    return True
                if not isinstance(part, Look | Assertion):
                    return False
            return False
        case _:
            return False


def _known(node: Node) -> _Known:
    match node:
        case Literal(text):
            return _exactly(frozenset((text,)))
        case Chars():
            return _exactly(_members(node))
        case Look() | Assertion():
            return _EMPTY
        case Group(child):
            return _known(child)
        case Concat(parts):
            return _known_concat(parts)
        case Alternate(branches):
            return _known_alternate([_known(branch) for branch in branches])
        case Repeat(child, low, high):
            return _known_repeat(_known(child), low, high)
        case Dot() | Insert():
            return _ANYTHING


def _exactly(strings: frozenset[str] | None) -> _Known:
    return _ANYTHING if strings is None else _Known(strings, strings, strings)


def _known_concat(parts: tuple[Node, ...]) -> _Known:
    found: list[Clause] = []
    run, begun = _NONE, (0, 0)  # what stands before this place, and where it begins
    at = (0, 0)  # this place: at least and at most so many characters behind the beginning
    first: frozenset[str] | None = None
    for part in parts:
        known = _known(part)
        shortest, longest = width(part)
        product = _worthwhile(run, known.exact)
        behind = (at[0] + shortest, at[1] + longest)
        if product is None:
            run = _worthwhile(run, known.first) or run
            first = run if first is None else first
            found += _clause(run, *begun)
            found += [Clause(literals, at[0] + least, at[1] + most) for literals, least, most in known.clauses]
            run = known.last
            begun = (max(0, behind[0] - max(map(len, run))), behind[1] - min(map(len, run)))
        else:
            run = product
        at = behind
    if first is None:
        return _exactly(run)
    return _Known(None, first, run, (*found, *_clause(run, *begun)))


def _known_alternate(branches: list[_Known]) -> _Known:
    exact: frozenset[str] | None = frozenset()
    best: list[Clause] = []
    for branch in branches:
        exact = None if exact is None or branch.exact is None else _limited(exact | branch.exact)
        best += sorted((*_clause(branch.exact), *branch.clauses), key=_worth)[-1:]
    merged: list[Clause] = []
    if len(best) == len(branches):
        literals = frozenset().union(*(clause.literals for clause in best))
        merged = _clause(literals, min(clause.least for clause in best), max(clause.most for clause in best))
    return _Known(exact, _either([branch.first for branch in branches]), _either([branch.last for branch in branches]), tuple(merged))


def _known_repeat(child: _Known, low: int, high: int) -> _Known:
    if low == 0:
        return _exactly(_limited(child.exact | _NONE)) if child.exact is not None and high == 1 else _ANYTHING
    power, count = _NONE, 0
    while child.exact is not None and count < low and (product := _product(power, child.exact)) is not None:
        power, count = product, count + 1
    if count == low == high:
        return _exactly(power)
    edges = (power, power) if count else (child.first, child.last)
    return _Known(None, *edges, (*_clause(power), *_clause(child.exact), *child.clauses))


def _worthwhile(run: frozenset[str], following: frozenset[str] | None) -> frozenset[str] | None:
    """The product of two lists, unless each says as much by itself as their long product."""
    product = _product(run, following)
    return None if product is not None and len(product) > _MANY and _weakest(run) > 2 else product


def _product(left: frozenset[str], right: frozenset[str] | None) -> frozenset[str] | None:
    if right is None or len(left) * len(right) > _MOST_STRINGS:
        return None
    return _limited(frozenset(a + b for a in left for b in right))


def _limited(strings: frozenset[str]) -> frozenset[str] | None:
    small = len(strings) <= _MOST_STRINGS and all(len(text) <= _LONGEST_STRING for text in strings)
    return strings if small else None


def _either(edges: list[frozenset[str]]) -> frozenset[str]:
    found = frozenset().union(*edges)
    return _NONE if "" in found or _limited(found) is None else found


def _members(node: Chars) -> frozenset[str] | None:
    if node.negated:
        return None
    members: set[str] = set()
    for item in node.items:
        if isinstance(item, str) or len(members) + item.last - item.first >= _CLASS_MEMBERS:
            return None
        members.update(map(chr, range(item.first, item.last + 1)))
    return frozenset(members)


def _clause(strings: frozenset[str] | None, least: int = 0, most: int = 0) -> list[Clause]:
    """The clause that a list makes, if all of it is worth looking for; without strings that hold another one of them."""
    if not strings or not all(map(usable, strings)):
        return []
    kept: list[str] = []
    inside = 0
    for text in sorted(strings, key=lambda text: (len(text), text)):
        at = next((text.find(short) for short in kept if short in text), -1)
        if at < 0:
            kept.append(text)
        inside = max(inside, at)
    return [Clause(frozenset(kept), least, most + inside)]


def usable(text: str) -> bool:
    """Whether a literal is worth looking for: rare enough not to stand in every article."""
    if len(text.strip()) >= 2:
        return True
    if len(text) == 2 and text[0] == " ":  # white space before a mark
        return not text[1].isalnum() and text[1] != " "
    return len(text) == 1 and not text.isascii() and unicodedata.category(text)[0] in "LS"


def _worth(clause: Clause) -> tuple[int, int, tuple[str, ...]]:
    return min(_weakest(clause.literals), 6), -len(clause.literals), tuple(sorted(clause.literals))


def _weakest(literals: frozenset[str]) -> int:
    """How much the shortest of them says: a Latin letter stands in most articles, a Han character in fewer."""
    return min(sum(1 if char.isascii() else 2 for char in text) for text in literals)


def _implies(known: Clause, clause: Clause) -> bool:
    """Whether a clause says nothing new: wherever the known one holds, it does."""
    return all(any(short in text for short in clause.literals) for text in known.literals)


# -- characters

_HAN = (0x2E80, 0x10FFFF)  # all that \p{Han} may be, and more
_COMMON = frozenset(map(ord, ".,- \n0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))  # no article is without these
_MOST_RANGES = 64
_FEW = 4
_Ranges = frozenset[tuple[int, int]]


def characters(node: Node, *, few: bool) -> tuple[str, ...]:
    """Sets of characters, the smallest first, of each of which one stands in every text in which the pattern matches; as ranges: `azΑΩ`.

    few: only sets of a few rare marks, where literals say more than any other; else also single characters that most articles hold.
    """
    sets = set(filter(None, _sets(node)))
    telling = sorted((found for found in sets if _is_telling(found) or (not few and _rarity(found)[0] <= _FEW)), key=_rarity)
    if few:
        telling = [ranges for ranges in telling if _rarity(ranges)[0] <= _FEW and all(last < _HAN[0] for _, last in ranges)]
    return tuple("".join(chr(code) for pair in sorted(ranges) for code in pair) for ranges in telling[:_MOST_CLAUSES])


def _sets(node: Node) -> list[_Ranges]:
    match node:
        case Literal(text):
            return [frozenset(((ord(char), ord(char)),)) for char in text]
        case Chars():
            ranges = _ranges(node)
            return [ranges] if ranges else []
        case Group(child):
            return _sets(child)
        case Look(child, _, negative):
            return [] if negative else _sets(child)
        case Repeat(child, low):
            return _sets(child) if low else []
        case Concat(parts):
            return [found for part in parts for found in _sets(part)]
        case Alternate(branches):
            best = [min(filter(_is_telling, _sets(branch)), key=_rarity, default=frozenset()) for branch in branches]
            union = frozenset().union(*best)
            return [union] if all(best) and len(union) <= _MOST_RANGES else []
        case _:
            return []


def _ranges(node: Chars) -> _Ranges:
    """What a class holds, as far as that can be said in few ranges; else nothing."""
    properties = [item for item in node.items if isinstance(item, str)]
    if node.negated or any(item != r"\p{Han}" for item in properties):
        return frozenset()
    found = frozenset((item.first, item.last) for item in node.items if not isinstance(item, str)) | {_HAN for _ in properties}
    return found if len(found) <= _MOST_RANGES else frozenset()


def _is_telling(ranges: _Ranges) -> bool:
    """Whether there are articles without any of these."""
    return bool(ranges) and not any(first <= code <= last for first, last in ranges for code in _COMMON)


def _rarity(ranges: _Ranges) -> tuple[int, list[tuple[int, int]]]:
    return sum(last - first + 1 for first, last in ranges), sorted(ranges)


def before_folding(sets: tuple[str, ...]) -> tuple[str, ...]:
    """The same sets for a text that is not folded: with all characters that folding makes one of these."""
    found = []
    for ranges in sets:
        pairs = list(zip(ranges[::2], ranges[1::2], strict=True))
        if all(first == last for first, last in pairs) and not {"'", " "} & set(ranges):  # these come of many
            chars = sorted({before for first, _ in pairs for before in (first, *first.upper(), *_unfolded().get(first, ""))})
            found.append("".join(char * 2 for char in chars))
    return tuple(found)


@cache
def _unfolded() -> dict[str, str]:
    """What folds to a character."""
    found: dict[str, str] = {}
    for before, after in [*zip(FROM, TO, strict=True), *((before, char) for before, text in MANY.items() for char in text)]:
        found[after] = found.get(after, "") + before
    return found


# -- which library runs it

_MOST_TURNS = 1_000
_MOST_CHOICES = 12  # each may double the ways to try, and `re` knows no limit of time
_SPECIAL = frozenset(map(ord, "[&|~-"))  # that `re` warns of in classes, for what they may mean some day


def is_plain(node: Node) -> bool:
    """Whether the standard library's `re`, which is loaded anyway, finds the same in time that grows with the text: no property, no word
    boundary, one repeat at most, and few choices."""
    if _choices(node) > _MOST_CHOICES:
        return False
    repeats = 0
    stack = [node]
    while stack:
        current = stack.pop()
        stack += children(current)
        match current:
            case Chars(items):
                if any(isinstance(item, str) or not _SPECIAL.isdisjoint(item) for item in items):
                    return False
            case Assertion(kind):
                if kind not in ("^", "$"):
                    return False
            case Look(child, ahead, _):
                if not (ahead or isinstance(child, Chars)):  # behind, `re` wants one width
                    return False
            case Repeat(_, _, high):
                repeats += high > 1
                if repeats > 1 or high > _MOST_TURNS:
                    return False
            case Insert():
                return False
            case _:
                pass
    return True


def _choices(node: Node) -> int:
    """How often something or something else may be tried in one match."""
    if isinstance(node, Repeat):
        return (node.low != node.high) + node.high * _choices(node.child)
    return isinstance(node, Alternate) + sum(map(_choices, children(node)))
