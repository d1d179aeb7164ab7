"""Many terms as one pattern: what begins alike is written once, so that thousands of them compile and run fast."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from math import isqrt

from checker.language import is_word
from checker.patterns.nodes import WORD_END, WORD_START, Alternate, Chars, Literal, Look, Node, Range, Repeat, concat

MANY = 16  # alternatives that are sooner tried one after the other


def trie(terms: Iterable[str]) -> list[Node]:
    """At most four alternatives that match what the terms match, each at the word boundaries that its Latin edges ask for."""
    edges: dict[tuple[bool, bool], list[str]] = {}
    for term in sorted({*terms}):
        edges.setdefault((is_word(term[0]), is_word(term[-1])), []).append(term)
    return [
        concat([*([WORD_START] if start else []), _branches(group), *([WORD_END] if end else [])])
        for (start, end), group in sorted(edges.items())
    ]


def _branches(terms: list[str]) -> Node:
    """terms: sorted, no two alike, none empty."""
    stems = [(char, _stem(list(group))) for char, group in groupby(terms, key=lambda term: term[0])]
    if len(stems) <= MANY:
        return _either([stem for _, stem in stems])
    size = isqrt(len(stems))
    return _either([_shelf(stems[at : at + size]) for at in range(0, len(stems), size)])


def _shelf(stems: list[tuple[str, Node]]) -> Node:
    """Some of many alternatives, tried only where the next character begins one of them: one look instead of twenty."""
    firsts = Chars(tuple(Range(ord(char), ord(char)) for char, _ in stems), False)
    return concat([Look(firsts, ahead=True, negative=False), _either([stem for _, stem in stems])])


def _stem(terms: list[str]) -> Node:
    """Terms with the same first character: what all begin with, then what is left; the longest first."""
    first, last = terms[0], terms[-1]  # in order, so what these two share, all share
    stem = first[: next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))]
    rest = [term[len(stem) :] for term in terms if len(term) > len(stem)]
    if not rest:
        return Literal(stem)
    tail = _branches(rest)
    return concat([Literal(stem), Repeat(tail, 0, 1) if len(rest) < len(terms) else tail])


def _either(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Alternate(tuple(nodes))
