"""What is looked for, turned around: from a literal that stands in an article to the cues that it may belong to.

An index is made once per plan and kept with it.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from itertools import accumulate, chain
from typing import Any, NamedTuple

from checker.expressions import lazy
from checker.fold import fold_text
from checker.rule import Cue, Gate, Plan, Rule
from checker.scan import literals as filed
from checker.scan.literals import Holder, Literals
from checker.sounds import spoken_terms

NEAR = 12  # places that are sooner tried one by one than a whole block is searched
MOST_MARKS = 8  # before what a whole line says
LATIN = lazy("[a-z0-9_]+")  # words of folded text


class Trial(NamedTuple):
    """One pattern of a cue, and what it cannot match without.

    source: for one block. whole: for all blocks at once. clauses: lists of literals, of each of which one stands in every match. near:
    the clause that says most about where a match begins, -1 for none. The others as in Gate.
    """

    source: str
    whole: str
    clauses: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int, int], ...]
    near: int
    anchored: bool
    longest: int
    chars: tuple[str, ...]
    raw: tuple[str, ...]
    pairs: frozenset[str] = frozenset()
    firsts: str = ""
    marks: bool = False
    plain: bool = False

    def may_begin(self, text: str) -> bool:
        """Whether a match may begin where the text does, of a pattern that only begins there."""
        if not (self.pairs or self.firsts):
            return True
        for at, char in enumerate(text[: MOST_MARKS + 1] if self.marks else text[:1]):
            if text[at : at + 2] in self.pairs or self._begins(char):
                return True
            if self.marks and f"{char}\n" in self.pairs and not text[at + 1 : at + 2].isalnum():
                return True
            if char.isalnum():
                break
        return False

    def _begins(self, char: str) -> bool:
        ranges = iter(self.firsts)
        return any(first <= char <= last for first, last in zip(ranges, ranges, strict=True))


class Free(NamedTuple):
    """A pattern without clauses. exact: it is run on the visible text; chars: as in Gate."""

    trial: int
    exact: bool
    chars: tuple[str, ...]


class Index(NamedTuple):
    """Patterns are numbered through all cues. firsts: by cue the number of its first pattern, and at the end how many there are. always:
    cues of which nothing tells beforehand whether they stand in an article. free: patterns without clauses. words: cues by terms that
    are one Latin word. spoken: terms that may be written by their sounds."""

    firsts: tuple[int, ...]
    always: frozenset[int]
    free: tuple[Free, ...]
    words: dict[str, tuple[int, ...]]
    spoken: str
    literals: Literals

    def trials_of(self, cue: int) -> range:
        return range(self.firsts[cue], self.firsts[cue + 1])

    def cue_of(self, trial: int) -> int:
        return bisect_right(self.firsts, trial) - 1


def index_of(plan: Plan) -> Index:
    """Everything that a scanner knows of a plan beforehand."""
    holders, index = _made(plan)
    return index._replace(literals=filed.literals_of(holders))


def to_rows(plan: Plan) -> dict[str, list[Any]]:
    """The index of a plan as lists of rows, to be kept."""
    holders, index = _made(plan)
    return {"index": [[index.firsts, sorted(index.always), index.free, index.words, index.spoken]], **filed.to_rows(holders)}


def from_rows(rows: Mapping[str, list[bytes]]) -> Index:
    """What `to_rows` wrote, each literal read when it is asked for."""
    firsts, always, free, words, spoken = json.loads(rows["index"][0])
    return Index(
        tuple(firsts),
        frozenset(always),
        tuple([Free(trial, exact, tuple(chars)) for trial, exact, chars in free]),
        words,
        spoken,
        filed.from_rows(rows),
    )


def trial_of(cue: Cue, number: int) -> Trial:
    """One pattern of a cue, counted within it."""
    source, gate = cue.patterns[number], _gate(cue, number)
    pairs = frozenset(gate.pairs[at : at + 2] for at in range(0, len(gate.pairs), 2))
    where = (
        gate.literals,
        gate.spans,
        _near(gate),
        gate.anchored,
        gate.longest,
        gate.chars,
        gate.raw,
        pairs,
        gate.firsts,
        gate.marks,
        gate.plain,
    )
    return Trial(source, gate.whole or source, *where)


def _made(plan: Plan) -> tuple[dict[str, Holder], Index]:
    """What the literals of a plan tell, and all else of its index."""
    cues: defaultdict[str, list[int]] = defaultdict(list)
    clauses: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    words: defaultdict[str, list[int]] = defaultdict(list)
    # What stands in the source text may be visible nowhere: whoever looks there is asked about every article.
    raw = {cue for rule in plan.rules if "raw" in rule.scopes for cue in cues_of(rule)}
    always: set[int] = set()
    free: list[Free] = []
    said: set[str] = set()
    firsts = list(accumulate((len(cue.patterns) for cue in plan.cues), initial=0))
    for number, cue in enumerate(plan.cues):
        exact = cue.view == "visible"
        terms = [fold_text(term).strip() for term in cue.terms] if exact else list(cue.terms)
        for term in dict.fromkeys(filter(None, terms)):
            if LATIN.fullmatch(term):
                words[term].append(number)
            else:
                cues[term].append(number)
        said.update(chain(*cue.needs))
        if not all(terms) or "raw" in cue.scopes or number in raw:
            always.add(number)
        for at in range(len(cue.patterns)):
            trial, gate = firsts[number] + at, _gate(cue, at)
            for clause, literals in enumerate(gate.literals):
                for literal in dict.fromkeys(literals):
                    clauses[literal].append((trial, clause, len(gate.literals)))
            if not gate.literals:
                free.append(Free(trial, exact, gate.chars))
    said |= cues.keys()
    holders = {
        literal: Holder(tuple(cues.get(literal, ())), tuple(clauses.get(literal, ())), literal in said and len(literal) > 2)
        for literal in sorted({*said, *clauses})
        if literal
    }
    spoken = spoken_terms(text for cue in plan.cues if cue.view == "folded" for text in (*cue.terms, *chain(*cue.needs)))
    return holders, Index(
        tuple(firsts), frozenset(always), tuple(free), {word: tuple(of) for word, of in words.items()}, spoken, filed.literals_of({})
    )  # fmt: skip


def _gate(cue: Cue, number: int) -> Gate:
    return cue.gates[number] if cue.gates else Gate()


def _near(gate: Gate) -> int:
    """The clause with the fewest places where a match may begin for each place of a literal."""
    widths = [(most - least, number) for number, (least, most) in enumerate(gate.spans) if least <= most <= least + NEAR]
    return min(widths, default=(0, -1))[1]


def cues_of(rule: Rule) -> tuple[int, ...]:
    """The cues that a rule's match looks for."""
    match = rule.match
    return (*match.all, *match.any, *match.none, *(cue for cue, _ in match.score))
