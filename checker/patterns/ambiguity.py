"""Which repeats can share out one text in exponentially many ways: `(?:a+)+`, `(?:a|ab|b)+`.

The body of a repeat becomes an automaton whose states are its characters, with the number of ways from each to the next.
A loop is exponential when one text leads from a state back to it in two ways: by an edge that counts twice, or by two paths
that part and meet again (the product of the automaton with itself then has a loop through a pair of equals and a pair of
unequals). Bounds up to four rounds are unrolled; longer ones are taken for endless, which at ten rounds comes to the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import product
from typing import TypeVar

from checker.patterns.nodes import Alternate, Assertion, Chars, Concat, Dot, Group, Insert, Literal, Look, Node, Repeat, children
from checker.patterns.sampling import alphabet_of, chars_of

_UNROLLED = 4
_MOST_STATES = 120  # beyond it fixed repeats are no longer unrolled, and what is larger still is left unjudged


def exponential(node: Node) -> Repeat | None:
    """The innermost repeat that can take exponential time, None where there is none."""
    for child in children(node):
        found = exponential(child)
        if found:
            return found
    if not isinstance(node, Repeat) or node.high <= _UNROLLED:
        return None
    automaton = _Automaton(alphabet_of(node), unroll=True)
    automaton.add(node)
    if len(automaton.labels) > _MOST_STATES:
        automaton = _Automaton(alphabet_of(node), unroll=False)
        automaton.add(node)
    return node if len(automaton.labels) <= _MOST_STATES and automaton.is_exponential() else None


@dataclass
class _Piece:
    """Ways to match nothing, and ways to begin and end at each state."""

    empty: int = 1
    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)


@dataclass
class _Automaton:
    alphabet: str
    unroll: bool
    labels: list[frozenset[str]] = field(default_factory=list)
    edges: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, node: Node) -> _Piece:
        match node:
            case Literal(text):
                return self.joined([self.state(frozenset(char)) for char in text])
            case Chars() | Dot():
                return self.state(chars_of(node, self.alphabet))
            case Look() | Assertion() | Insert():
                return _Piece()
            case Group(child):
                return self.add(child)
            case Concat(parts):
                return self.joined([self.add(part) for part in parts])
            case Alternate(branches):
                pieces = [self.add(branch) for branch in branches]
                first = sum((piece.first for piece in pieces), Counter[int]())
                last = sum((piece.last for piece in pieces), Counter[int]())
                return _Piece(sum(piece.empty for piece in pieces), first, last)
            case Repeat():
                return self.repeated(node)

    def state(self, label: frozenset[str]) -> _Piece:
        self.labels.append(label)
        number = len(self.labels) - 1
        return _Piece(0, Counter([number]), Counter([number]))

    def joined(self, pieces: list[_Piece]) -> _Piece:
        whole = _Piece()
        for piece in pieces:
            self.connect(whole.last, piece.first)
            whole = _Piece(
                whole.empty * piece.empty,
                whole.first + _times(piece.first, whole.empty),
                piece.last + _times(whole.last, piece.empty),
            )
        return whole

    def connect(self, ends: Counter[int], starts: Counter[int]) -> None:
        for (end, count), (start, other) in product(ends.items(), starts.items()):
            self.edges[end, start] += count * other

    def repeated(self, node: Repeat) -> _Piece:
        unrolled = node.high <= _UNROLLED or (node.low == node.high and self.unroll and node.high <= _MOST_STATES)
        if unrolled:
            optional = _Piece()
            for _ in range(node.high - node.low):
                # a{0,2} is (?:a(?:a)?)?: one way for every number of rounds.
                inner = self.joined([self.add(node.child), optional])
                optional = _Piece(inner.empty + 1, inner.first, inner.last)
            return self.joined([*(self.add(node.child) for _ in range(node.low)), optional])
        piece = self.add(node.child)
        self.connect(piece.last, piece.first)
        return _Piece(piece.empty + (node.low == 0), piece.first, piece.last)

    def is_exponential(self) -> bool:
        after: dict[int, list[int]] = {}
        for start, end in self.edges:
            after.setdefault(start, []).append(end)
        for states in _components(after):
            if any(count > 1 and start in states and end in states for (start, end), count in self.edges.items()):
                return True
            inside = {state: [end for end in after[state] if end in states] for state in states}
            pairs = {
                (one, two): [(a, b) for a, b in product(inside[one], inside[two]) if self.labels[a] & self.labels[b]]
                for one, two in product(states, states)
            }
            for component in _components(pairs):
                equal = any(one == two for one, two in component)
                if equal and any(one != two for one, two in component):
                    return True
        return False


def _times(counts: Counter[int], factor: int) -> Counter[int]:
    return Counter({state: count * factor for state, count in counts.items()}) if factor else Counter()


State = TypeVar("State", bound=Hashable)


def _components(graph: dict[State, list[State]]) -> list[set[State]]:
    """The strongly connected components that hold a loop (Tarjan's algorithm, without recursion)."""
    index: dict[State, int] = {}
    low: dict[State, int] = {}
    stack: list[State] = []
    on_stack: set[State] = set()
    found: list[set[State]] = []
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is not None:
                if following not in index:
                    index[following] = low[following] = len(index)
                    stack.append(following)
                    on_stack.add(following)
                    work.append((following, iter(graph.get(following, ()))))
                elif following in on_stack:
                    low[node] = min(low[node], index[following])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == index[node]:
                component: set[State] = set()
                while node not in component:
                    component.add(member := stack.pop())
                    on_stack.discard(member)
                if len(component) > 1 or node in graph.get(node, ()):
                    found.append(component)
    return found
