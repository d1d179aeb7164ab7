"""Character classes compared on samples: a few characters of every sort, and those that a pattern names itself."""

from __future__ import annotations

import regex

from checker.patterns.nodes import Assertion, Chars, Dot, Insert, Literal, Look, Node, Range, children, render

_SAMPLES = "az09_ \n.,:-/中币不，。：、“é🚀"


def alphabet_of(node: Node) -> str:
    """Characters that tell the pieces of this pattern apart: its own, and a few of every sort."""
    found = set(_SAMPLES)
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        stack.extend(children(current))
        if isinstance(current, Literal):
            found.update(current.text)
        elif isinstance(current, Chars):
            found.update(chr(code) for item in current.items if isinstance(item, Range) for code in item)
    return "".join(sorted(found))


def chars_of(node: Node, alphabet: str) -> frozenset[str]:
    """The characters of the alphabet that may stand in what the node matches."""
    match node:
        case Literal(text):
            return frozenset(text)
        case Chars() | Dot():
            return frozenset(regex.findall(render(node), alphabet))
        case Look() | Assertion() | Insert():
            return frozenset()
        case _:
            return frozenset().union(*(chars_of(child, alphabet) for child in children(node)))
