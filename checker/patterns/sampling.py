"""Character classes compared on samples: a few characters of every sort, and those that a pattern names itself."""

from __future__ import annotations

import regex

from checker.patterns.nodes import (
    Alternate,
    Assertion,
    Chars,
    Concat,
    Dot,
    Group,
    Insert,
    Literal,
    Look,
    Node,
    Range,
    Repeat,
    children,
    render,
)  # fmt: skip

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


def samples_of(node: Node) -> list[str]:
    """Texts that the node may match: with the first branch of every alternation, with the last; what must stand around it is guessed."""
    return list(dict.fromkeys(_sample(node, last=last) for last in (False, True)))


def _sample(node: Node, *, last: bool) -> str:
    match node:
        case Literal(text):
            return text
        case Chars():
            alphabet = alphabet_of(node)
            fitting = regex.findall(render(node), "".join(sorted(alphabet, key=lambda c: (not c.isalnum(), c.isspace(), c))))
            return str(fitting[-1 if last and len(fitting) > 1 and not fitting[-1].isspace() else 0]) if fitting else ""
        case Dot():
            return "x"
        case Look(child, _, negative):
            return "" if negative else _sample(child, last=last)
        case Alternate(branches):
            return _sample(branches[-1 if last else 0], last=last)
        case Repeat(child, low, high):
            return _sample(child, last=last) * max(low, min(1, high))
        case Group(child):
            return _sample(child, last=last)
        case Concat(parts):
            return "".join(_sample(part, last=last) for part in parts)
        case _:
            return ""
