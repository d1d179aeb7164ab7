"""Patterns folded as articles are: what is written in capitals, traditional or full width finds what the fold made of it."""

from __future__ import annotations

from checker.fold import fold_text
from checker.patterns.nodes import Alternate, Chars, Concat, Group, Literal, Look, Node, Range, Repeat, concat
from checker.patterns.parser import PatternError

APOSTROPHES = "\u2018\u2019\u02bc"  # between Latin letters these fold to `'`, elsewhere they stay: a pattern must find both
_SMALL = 512  # a range up to this size is folded to exactly what its members become; a larger one is kept and added to


def fold_nodes(node: Node) -> Node:
    """The same pattern for folded text; PatternError where nothing in folded text could ever match."""
    match node:
        case Literal(text, at):
            folded = fold_text(text)
            if not folded:
                raise PatternError(f"can never match: folding removes `{_shown(text)}`; add `case: exact` to search what stands there", at)
            return _literal(folded, at)
        case Chars():
            return _fold_chars(node)
        case Group(child, name):
            return Group(fold_nodes(child), name)
        case Look(child, ahead, negative):
            return Look(fold_nodes(child), ahead, negative)
        case Repeat(child, low, high, lazy, at):
            if low > 1 and _is_space(child):
                raise PatternError("can never match: folded text holds no two spaces in a row; write `\\s`, or add `case: exact`", at)
            return Repeat(fold_nodes(child), low, high, lazy, at)
        case Concat(parts):
            return concat([fold_nodes(part) for part in parts])
        case Alternate(branches):
            return Alternate(tuple(fold_nodes(branch) for branch in branches))
        case _:
            return node


def _literal(folded: str, at: int) -> Node:
    core = folded.strip(APOSTROPHES)
    if core == folded:
        return Literal(folded, at)
    head, tail = folded[: len(folded) - len(folded.lstrip(APOSTROPHES))], folded[len(folded.rstrip(APOSTROPHES)) :] if core else ""
    either = [Chars((Range(39, 39), Range(ord(char), ord(char))), at=at) for char in head + tail]
    return concat([*either[: len(head)], *([Literal(core, at)] if core else []), *either[len(head) :]])


def _is_space(node: Node) -> bool:
    if isinstance(node, Chars):
        return not node.negated and all(item == r"\s" or (isinstance(item, Range) and chr(item.first).isspace()) for item in node.items)
    return isinstance(node, Literal) and node.text.isspace()


def _fold_chars(node: Chars) -> Node:
    kept: list[Range | str] = []
    singles: set[str] = set()
    longer: set[str] = set()
    for item in node.items:
        if item == r"\p{Lu}":
            raise PatternError("can never match: folded text holds no capital letters; add `case: exact`", node.at)
        if isinstance(item, str):
            kept.append(item)
            continue
        if item.last - item.first >= _SMALL:
            kept.append(item)
            singles.update(char for char in fold_text("".join(map(chr, _characters(item)))) if not item.first <= ord(char) <= item.last)
            continue
        for code in _characters(item):
            folded = fold_text(chr(code))
            (singles if len(folded) == 1 else longer).add(folded)
    if singles & set(APOSTROPHES):
        singles.add("'")
    longer.discard("")
    items = (*kept, *_ranges(singles))
    if not items and not longer:
        raise PatternError("can never match: folding removes every character of this class; add `case: exact`", node.at)
    if node.negated or not longer:
        return Chars(items or tuple(_ranges({char for text in longer for char in text})), node.negated, node.at)
    # A member such as ㏑ folds to two characters: no class holds that, an alternation does.
    branches: list[Node] = [Literal(text, node.at) for text in sorted(longer)]
    return Alternate((*branches, Chars(items, at=node.at)) if items else tuple(branches))


def _characters(item: Range) -> list[int]:
    return [code for code in range(item.first, item.last + 1) if not 0xD800 <= code <= 0xDFFF]


def _ranges(chars: set[str]) -> list[Range]:
    ranges: list[Range] = []
    for code in sorted(map(ord, chars)):
        if ranges and ranges[-1].last == code - 1:
            ranges[-1] = Range(ranges[-1].first, code)
        else:
            ranges.append(Range(code, code))
    return ranges


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() and not char.isspace() else f"\\u{ord(char):04x}" for char in text)
