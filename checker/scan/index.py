"""What is looked for, turned around: from a literal that stands in an article to the cues that it may belong to.

An index is made once per plan and kept with it, so its parts are plain tuples of numbers and text.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import NamedTuple

from checker.expressions import lazy
from checker.fold import fold_text
from checker.language import is_word
from checker.rule import Gate, Plan, Rule

NEAR = 12  # places that are sooner tried one by one than a whole block is searched
LATIN = lazy("[a-z0-9_]+")  # words of folded text


class Trial(NamedTuple):
    """One pattern of a cue, and what it cannot match without.

    source: for one block. whole: for all blocks at once. clauses: lists of literal ids, of each of which one stands in every match. near:
    the clause that says most about where a match begins, -1 for none. The others as in Gate.
    """

    source: str
    whole: str
    clauses: tuple[tuple[int, ...], ...]
    spans: tuple[tuple[int, int], ...]
    near: int
    anchored: bool
    longest: int
    chars: tuple[str, ...]
    raw: tuple[str, ...]


class Finder(NamedTuple):
    """How a cue is found. terms: literal ids, those that are one Latin word left out; trials: ids of its patterns."""

    terms: tuple[int, ...]
    trials: tuple[int, ...]
    always: bool  # nothing tells beforehand whether it stands in an article


class Index(NamedTuple):
    """literals: what the automaton looks for. edged: ids of those of which an edge must be the edge of a word. spoken: ids of those that
    say something by themselves: no sentence ends inside. holders: by literal, the cues whose term it is; and (trial, clause) that it
    fulfils. words: cues by terms that are one Latin word. free: trials without clauses. cue_of: by trial."""

    literals: tuple[str, ...]
    edged: frozenset[int]
    spoken: frozenset[int]
    finders: tuple[Finder, ...]
    trials: tuple[Trial, ...]
    holders: tuple[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], ...]
    words: dict[str, tuple[int, ...]]
    free: tuple[int, ...]
    cue_of: tuple[int, ...]


def index_of(plan: Plan) -> Index:
    """Everything that a scanner knows of a plan beforehand."""
    ids: dict[str, int] = {}
    trials: list[Trial] = []
    cue_of: list[int] = []
    finders: list[Finder] = []
    terms_of: defaultdict[int, list[int]] = defaultdict(list)
    clauses_of: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    words: defaultdict[str, list[int]] = defaultdict(list)
    # What stands in the source text may be visible nowhere: whoever looks there is asked about every article.
    raw = {cue for rule in plan.rules if "raw" in rule.scopes for cue in cues_of(rule)}
    spoken: set[int] = set()
    for number, cue in enumerate(plan.cues):
        terms = [fold_text(term).strip() for term in cue.terms] if cue.view == "visible" else list(cue.terms)
        own = [_id(ids, term) for term in dict.fromkeys(terms) if term and not LATIN.fullmatch(term)]
        for literal in own:
            terms_of[literal].append(number)
        for word in dict.fromkeys(term for term in terms if LATIN.fullmatch(term)):
            words[word].append(number)
        spoken.update(own, (_id(ids, need) for need in chain(*cue.needs)))
        first = len(trials)
        for source, gate in zip(cue.patterns, cue.gates or (Gate(),) * len(cue.patterns), strict=True):
            clauses = tuple(tuple(_id(ids, literal) for literal in clause) for clause in gate.literals)
            for at, clause in enumerate(clauses):
                for literal in clause:
                    clauses_of[literal].append((len(trials), at))
            where = (clauses, gate.spans, _near(gate), gate.anchored, gate.longest)
            trials.append(Trial(source, gate.whole or source, *where, gate.chars, gate.raw))
            cue_of.append(number)
        always = not all(terms) or "raw" in cue.scopes or number in raw
        finders.append(Finder(tuple(own), tuple(range(first, len(trials))), always))
    literals = tuple(ids)
    return Index(
        literals,
        frozenset(n for n, text in enumerate(literals) if is_word(text[0]) or is_word(text[-1])),
        frozenset(n for n in spoken if len(literals[n]) > 2),
        tuple(finders),
        tuple(trials),
        tuple((tuple(terms_of[n]), tuple(clauses_of[n])) for n in range(len(literals))),
        {word: tuple(cues) for word, cues in words.items()},
        tuple(number for number, trial in enumerate(trials) if not trial.clauses),
        tuple(cue_of),
    )


def _near(gate: Gate) -> int:
    """The clause with the fewest places where a match may begin for each place of a literal."""
    widths = [(most - least, number) for number, (least, most) in enumerate(gate.spans) if least <= most <= least + NEAR]
    return min(widths, default=(0, -1))[1]


def _id(ids: dict[str, int], literal: str) -> int:
    return ids.setdefault(literal, len(ids))


def cues_of(rule: Rule) -> tuple[int, ...]:
    """The cues that a rule's match looks for."""
    match = rule.match
    return (*match.all, *match.any, *match.none, *(cue for cue, _ in match.score))
