"""What a pattern is made of, and how it is written for the `regex` library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.language import WORD, is_word

BOUNDARY = rf"(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))"

# \p{Emoji} of Unicode holds the digits, # and *; nobody who writes it means those.
PROPERTIES = {
    "Han": r"\p{Han}", "L": r"\p{L}", "N": r"\p{N}", "P": r"\p{P}", "Lu": r"\p{Lu}", "Ll": r"\p{Ll}",
    "Emoji": r"\p{Extended_Pictographic}\U0001F1E6-\U0001F1FF",
}  # fmt: skip

_SPECIAL = frozenset(r"\.^$*+?{}[]|()")
_SPECIAL_IN_CLASS = frozenset(r"\]^-[&~|")


class Range(NamedTuple):
    """Code points first..last, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Literal:
    text: str
    at: int = field(default=0, compare=False)  # offset in the pattern as written


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set. items: ranges, or what stands for itself in a class (`\\d`, `\\p{Han}`)."""

    items: tuple[Range | str, ...]
    negated: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Dot:
    """Any character but a line end."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """kind: `^`, `$` or `b`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """name: "" for a numbered group."""

    child: Node
    name: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    child: Node
    ahead: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Concat:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternate:
    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    child: Node
    low: int
    high: int
    lazy: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Insert:
    """`<<lexicon>>`, before it is replaced by the alternatives of the lexicon."""

    name: str
    at: int = field(default=0, compare=False)


Node = Literal | Chars | Dot | Assertion | Group | Look | Concat | Alternate | Repeat | Insert


_WORD_CHARS = Chars((r"\p{Latin}", Range(0x30, 0x39), Range(0x5F, 0x5F)))
WORD_START: Node = Look(_WORD_CHARS, ahead=False, negative=True)  # a boundary before what is known to be a word character
WORD_END: Node = Look(_WORD_CHARS, ahead=True, negative=True)


def concat(parts: list[Node]) -> Node:
    """The parts in a row, neighbouring literals made one."""
    merged: list[Node] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Concat) else (part,):
            last = merged[-1] if merged else None
            if isinstance(piece, Literal) and isinstance(last, Literal):
                merged[-1] = Literal(last.text + piece.text, last.at)
            else:
                merged.append(piece)
    for index, piece in enumerate(merged):
        # `\b` beside a letter is half a boundary: one look instead of four.
        if piece == Assertion("b"):
            if _has_word_edge(merged[index + 1 :], last=False):
                merged[index] = WORD_START
            elif _has_word_edge(merged[:index], last=True):
                merged[index] = WORD_END
    return merged[0] if len(merged) == 1 else Concat(tuple(merged))


def _has_word_edge(parts: Sequence[Node], *, last: bool) -> bool:
    """Whether all that the parts match begins with a word character (ends with one, where `last`)."""
    for part in reversed(parts) if last else parts:
        match part:
            case Look() | Assertion():
                continue
            case Literal(text):
                return is_word(text[-1] if last else text[0])
            case Chars(items, negated):
                return not negated and all(isinstance(item, Range) and _is_word_range(item) for item in items)
            case Group(child):
                return _has_word_edge((child,), last=last)
            case Repeat(child, low):
                return low > 0 and _has_word_edge((child,), last=last)
            case Concat(inner):
                return _has_word_edge(inner, last=last)
            case Alternate(branches):
                return all(_has_word_edge((branch,), last=last) for branch in branches)
            case _:
                return False
    return False


def _is_word_range(item: Range) -> bool:
    return item.last - item.first < 64 and all(is_word(chr(code)) for code in range(item.first, item.last + 1))


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Group(child) | Look(child) | Repeat(child):
            return (child,)
        case Concat(parts) | Alternate(parts):
            return parts
        case _:
            return ()


def render(node: Node) -> str:
    """The node as `regex` source."""
    match node:
        case Literal(text):
            return "".join(_escaped(char) for char in text)
        case Chars():
            return _class(node)
        case Dot():
            return "."
        case Assertion("b"):
            return BOUNDARY
        case Assertion(kind):
            # Blocks stand in one text, separated by line ends: the library's `^` would only hold at its very beginning.
            return f"(?m:{kind})"
        case Group(child, name):
            return f"(?P<{name}>{render(child)})" if name else f"({render(child)})"
        case Look(child, ahead, negative):
            return f"(?{'' if ahead else '<'}{'!' if negative else '='}{render(child)})"
        case Concat(parts):
            return "".join(f"(?:{render(part)})" if isinstance(part, Alternate) else render(part) for part in parts)
        case Alternate(branches):
            return "|".join(render(branch) for branch in branches)
        case Repeat(child, low, high, lazy):
            return _atom(child) + _quantifier(low, high) + ("?" if lazy else "")
        case Insert(name):
            return f"<<{name}>>"


def _atom(node: Node) -> str:
    single = isinstance(node, Chars | Dot | Group) or (isinstance(node, Literal) and len(node.text) == 1)
    return render(node) if single else f"(?:{render(node)})"


def _quantifier(low: int, high: int) -> str:
    if (low, high) == (0, 1):
        return "?"
    return f"{{{low}}}" if low == high else f"{{{low},{high}}}"


def _escaped(char: str) -> str:
    if char == "\n":
        return r"\n"
    return "\\" + char if char in _SPECIAL else char


def _class(node: Chars) -> str:
    if len(node.items) == 1 and not node.negated and isinstance(node.items[0], Range):
        only = node.items[0]
        if only.first == only.last:
            return _escaped(chr(only.first))
    if len(node.items) == 1 and not node.negated and isinstance(node.items[0], str) and "-" not in node.items[0]:
        return node.items[0]
    inner = "".join(item if isinstance(item, str) else _range(item) for item in node.items)
    return f"[{'^' if node.negated else ''}{inner}]"


def _range(item: Range) -> str:
    first, last = _in_class(item.first), _in_class(item.last)
    if item.first == item.last:
        return first
    return first + last if item.last == item.first + 1 else f"{first}-{last}"


def _in_class(code: int) -> str:
    char = chr(code)
    if char == "\n":
        return r"\n"
    return "\\" + char if char in _SPECIAL_IN_CLASS else char
