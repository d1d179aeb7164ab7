"""Patterns for many blocks at once: the same pattern, whose matches never run over a line end or look beyond it.

Blocks stand in one text, parted by line ends. To the pattern that is made here a line end is what the end of the text is to the given one,
so that one run over the whole text finds what a run over each block does.
"""

from __future__ import annotations

from checker.patterns.nodes import Alternate, Chars, Concat, Group, Literal, Look, Node, Range, Repeat, concat

_LINE_END = 0x0A
_NEVER: Node = Look(Literal(""), ahead=True, negative=True)
# What `\s` holds beside the line end; a test compares it with the library.
SPACES = tuple(
    Range(first, last)
    for first, last in (
        (0x09, 0x09), (0x0B, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
        (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
    )
)  # fmt: skip


def within_lines(node: Node) -> Node:
    """The pattern that no line end is part of. In a text without line ends both find the same."""
    match node:
        case Literal(text):
            return _NEVER if "\n" in text else node
        case Chars():
            return _without_line_end(node)
        case Group(child, name):
            return Group(within_lines(child), name)
        case Look(child, ahead, negative):
            return Look(within_lines(child), ahead, negative)
        case Repeat(child, low, high, lazy, at):
            return Repeat(within_lines(child), low, high, lazy, at)
        case Concat(parts):
            return concat([within_lines(part) for part in parts])
        case Alternate(branches):
            return Alternate(tuple(within_lines(branch) for branch in branches))
        case _:
            return node


def _without_line_end(node: Chars) -> Node:
    if node.negated:
        holds = any(item == r"\s" if isinstance(item, str) else item.first <= _LINE_END <= item.last for item in node.items)
        return node if holds else Chars((*node.items, Range(_LINE_END, _LINE_END)), True, node.at)
    items: list[Range | str] = []
    for item in node.items:
        if item == r"\s":
            items += SPACES
        elif isinstance(item, str) or not item.first <= _LINE_END <= item.last:
            items.append(item)
        else:
            items += [Range(item.first, _LINE_END - 1)] if item.first < _LINE_END else []
            items += [Range(_LINE_END + 1, item.last)] if item.last > _LINE_END else []
    return Chars(tuple(items), False, node.at) if items else _NEVER
