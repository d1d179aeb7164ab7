"""Patterns of the rule language: parsed, folded and analysed once, handed to the engine as `regex` source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.fold import fold_text
from checker.language import is_word
from checker.patterns.ambiguity import exponential
from checker.patterns.analysis import needs, usable, width, worst_case_risk
from checker.patterns.folding import APOSTROPHES, fold_nodes
from checker.patterns.gates import before_folding, characters, clauses, is_anchored, is_plain
from checker.patterns.heads import begins_widely, heads
from checker.patterns.lines import within_lines
from checker.patterns.nodes import (
    WORD_END,
    WORD_START,
    Alternate,
    Assertion,
    Concat,
    Group,
    Insert,
    Literal,
    Look,
    Node,
    Repeat,
    children,
    concat,
    render,
)  # fmt: skip
from checker.patterns.parser import PatternError, parse_nodes
from checker.patterns.trie import trie
from checker.rule import Gate

__all__ = [
    "Pattern",
    "PatternError",
    "inserts",
    "needs",
    "parse",
    "parse_nodes",
    "term_nodes",
    "trie",
    "whole_line",
    "whole_lines",
    "width",
    "worst_case_risk",
]

MOST_INSERTED = 64
MOST_IN_LINE = 16
_MARKS = parse_nodes(r"[^\p{L}\p{N}\n]{0,8}")  # around what a line says
# Between two of them. Commas make a list of nouns (“name, company, email”), and a space alone, where words are written apart, a
# phrase: “Finance News API”.
_BETWEEN = parse_nodes(r"(?:[^\p{L}\p{N}\n,，、]{2,8}|[^\p{L}\p{N}\s,，、]|(?<=[\p{Han}\p{N}])\s|\s(?=[\p{Han}\p{N}]))")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to run.

    source: as written. regex: for the `regex` library, over folded text (over the visible text where exact). needs: folded
    literals, at least one of which stands in every match once folded; () where there is none. shortest, longest: characters
    of a match. groups: numbered groups. risk: why it may be slow on an adversarial text, else "". gate: where it need not be tried.
    """

    source: str
    regex: str
    needs: tuple[str, ...]
    shortest: int
    longest: int
    groups: int
    risk: str
    nodes: Node
    gate: Gate


def parse(source: str, *, exact: bool = False, insert: Callable[[str], list[Node]] | None = None) -> Pattern:
    """The pattern; PatternError with the offset of what is wrong. insert: the alternatives of a lexicon, folded unless exact."""
    written = parse_nodes(source)
    nodes = written if exact else fold_nodes(written)
    nodes = _inserted(nodes, insert)
    loop = exponential(nodes)
    if loop is not None:
        raise PatternError("nested repeats can take exponential time; bound the outer one ({1,4})", loop.at)
    return _pattern(source, nodes, exact)


def whole_line(terms: list[Node], others: list[Node], least: int, *, exact: bool = False, alone: bool = False) -> Pattern:
    """The pattern of lines that say `least` or more of these, parted by marks and spaces, and nothing else: `首页 | 资讯 | 行情`.
    others: alternatives that only come first in a line, for they may be long; alone: nothing else comes first."""
    more = concat([_BETWEEN, Alternate(tuple(terms))])
    repeated = [Repeat(more, least - 1, MOST_IN_LINE)] if terms else []
    first = Alternate(tuple(others) if alone else (*terms, *others) if least == 1 else tuple(terms))
    return _pattern("", concat([Assertion("^"), _MARKS, first, *repeated, _MARKS, Assertion("$")]), exact, first)


def whole_lines(terms: list[Node], others: list[Node], least: int, *, exact: bool = False) -> tuple[Pattern, ...]:
    """The same in two patterns where some of the others may begin with almost anything: what that can be said of is tried on every line."""
    wide = [other for other in others if begins_widely(other)] if least == 1 else []
    narrow = [other for other in others if other not in wide]
    lines = (whole_line(terms, narrow, least, exact=exact),) if terms or narrow else ()
    return (*lines, whole_line(terms, wide, least, exact=exact, alone=True)) if wide else lines


def _pattern(source: str, nodes: Node, exact: bool, line: Node | None = None) -> Pattern:
    """line: what comes first in a whole line."""
    shortest, longest = width(nodes)
    found = _folded_needs(needs(nodes)) if exact else needs(nodes)
    rendered = render(nodes)
    gate = _gate(nodes, rendered, exact, line)
    return Pattern(source, rendered, found, shortest, longest, _groups(nodes), worst_case_risk(nodes) or "", nodes, gate)


def _gate(nodes: Node, rendered: str, exact: bool, line: Node | None) -> Gate:
    """Literals of an exact pattern are looked for in the folded text, where what they stand in may have another length."""
    literals, spans = _exact_clause(nodes) if exact else _clauses(nodes)
    anchored = is_anchored(nodes)
    chars = characters(nodes, few=bool(literals))
    whole = rendered if literals else render(within_lines(nodes))  # what has literals is tried where they stand
    pairs, firsts = (heads(line or nodes, line=line is not None) or ("", "")) if anchored else ("", "")
    return Gate(
        literals,
        spans,
        anchored,
        width(nodes)[1] if anchored and is_anchored(nodes, "$") else 0,
        chars,
        () if exact else before_folding(chars),
        "" if whole == rendered else whole,
        pairs,
        firsts,
        line is not None,
        is_plain(nodes),
    )


_Clauses = tuple[tuple[tuple[str, ...], ...], tuple[tuple[int, int], ...]]


def _clauses(nodes: Node) -> _Clauses:
    found = clauses(nodes)
    return tuple(tuple(sorted(clause.literals)) for clause in found), tuple((clause.least, clause.most) for clause in found)


def _exact_clause(nodes: Node) -> _Clauses:
    found = _folded_needs(needs(nodes))
    return ((found,), ((0, -1),)) if found else ((), ())


def inserts(node: Node) -> list[Insert]:
    """Every `<<lexicon>>` of a pattern as written."""
    if isinstance(node, Insert):
        return [node]
    return [found for child in children(node) for found in inserts(child)]


def term_nodes(term: str) -> Node:
    """A term as a pattern: a Latin letter or digit at its edge stands at a word boundary there, as in a lexicon."""
    start = [WORD_START] if is_word(term[0]) else []
    end = [WORD_END] if is_word(term[-1]) else []
    return concat([*start, Literal(term), *end])


def _inserted(node: Node, insert: Callable[[str], list[Node]] | None) -> Node:
    match node:
        case Insert(name, at):
            if insert is None:
                raise PatternError("`<<…>>` is not supported here", at)
            try:
                branches = insert(name)
            except LookupError as error:
                raise PatternError(str(error.args[0]), at) from None
            if len(branches) > MOST_INSERTED:
                raise PatternError(
                    f"`<<{name}>>` stands for {len(branches)} alternatives, {MOST_INSERTED} at most: use `all:` to join cues",
                    at,
                )
            return Alternate(tuple(branches))
        case Group(child, name):
            return Group(_inserted(child, insert), name)
        case Look(child, ahead, negative):
            return Look(_inserted(child, insert), ahead, negative)
        case Repeat(child, low, high, lazy, at):
            return Repeat(_inserted(child, insert), low, high, lazy, at)
        case Concat(parts):
            return concat([_inserted(part, insert) for part in parts])
        case Alternate(branches):
            return Alternate(tuple(_inserted(branch, insert) for branch in branches))
        case _:
            return node


def _groups(node: Node) -> int:
    return isinstance(node, Group) + sum(_groups(child) for child in children(node))


def _folded_needs(found: tuple[str, ...]) -> tuple[str, ...]:
    """Needs of an exact pattern as they stand in folded text, where white space shrinks and apostrophes change with their neighbours."""
    pieces = (max(text.split() or [""], key=lambda piece: (usable(piece), len(piece))) for text in found)
    folded = [fold_text(piece.strip(APOSTROPHES)) for piece in pieces]
    return tuple(sorted(set(folded))) if all(map(usable, folded)) else ()
