"""All cues of a plan in one pass: where words stand, before any rule decides anything."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from checker.document import Document
from checker.fold import fold
from checker.rule import Plan
from checker.scan.alphabet import Alphabet
from checker.scan.clock import BudgetExceeded
from checker.scan.compiled import compiled
from checker.scan.cue_hits import CueHits
from checker.scan.hits import RAW, CueHit, outside
from checker.scan.index import LATIN, Index, index_of
from checker.scan.scopes import fits
from checker.sounds import Sounds
from checker.text import View

if TYPE_CHECKING:
    import regex

__all__ = ["RAW", "BudgetExceeded", "CueHit", "CueHits", "Index", "Scanner", "Standing", "fits", "index_of", "outside"]


class Standing(NamedTuple):
    """What stands in one article. cues: ids of those that may have hits, no other one has any; trials: by id of the patterns that may
    match, for each of their clauses where its literals begin. terms, words: of each cue, literal ids and Latin words. positions: where
    each literal begins in the folded text, in order."""

    cues: frozenset[int]
    trials: dict[int, list[list[int]]]
    terms: dict[int, list[int]]
    words: dict[int, list[str]]
    positions: dict[int, list[int]]


class Scanner:
    """A plan made ready to look for all its cues at once.

    One Aho–Corasick automaton holds every term and every literal that a pattern needs. Terms that are one Latin word are looked up
    among the words of the text instead: `eth` stands in every “method” and “together”, and an automaton would report each of them.
    """

    def __init__(self, plan: Plan, index: Index | None = None) -> None:
        """index: of this plan, made before."""
        self.plan = plan
        self.index = index or index_of(plan)
        self._automaton = ahocorasick_rs.AhoCorasick(self.index.literals) if self.index.literals else None
        self._always = frozenset(number for number, finder in enumerate(self.index.finders) if finder.always)
        self._words = frozenset(self.index.words)
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self._sounds = Sounds(text for cue in plan.cues if cue.view == "folded" for text in (*cue.terms, *chain(*cue.needs)))

    def compiled(self, pattern: str) -> regex.Pattern[str]:
        """A pattern, compiled when it is first needed: most rules have nothing to say about most articles."""
        found = self._compiled.get(pattern)
        if found is None:
            found = self._compiled[pattern] = compiled(pattern)
        return found

    def fold(self, document: Document) -> View:
        """The folded text of a document, as the terms of the plan read it."""
        return self._sounds.read(fold(document.visible))

    def scan(self, document: Document, folded: View) -> CueHits:
        """Which literals and words stand in the article, in two passes of C; all else is done when a rule asks for a cue."""
        return CueHits(self, document, folded, self._standing(document.visible.text, folded.text))

    def _standing(self, visible: str, folded: str) -> Standing:
        index = self.index
        matches = self._automaton.find_matches_as_indexes(folded, overlapping=True) if self._automaton and folded else []
        positions: dict[int, list[int]] = {}
        for literal, start, _ in matches:
            if literal in positions:
                positions[literal].append(start)
            else:
                positions[literal] = [start]
        terms: dict[int, list[int]] = {}
        fulfilled: dict[int, dict[int, list[int]]] = {}
        for literal, places in positions.items():
            cues, clauses = index.holders[literal]
            for cue in cues:
                terms.setdefault(cue, []).append(literal)
            for trial, clause in clauses:
                held = fulfilled.setdefault(trial, {})
                held[clause] = held[clause] + places if clause in held else places
        words: dict[int, list[str]] = {}
        for word in self._words.intersection(LATIN.findall(folded)) if self._words else ():
            for cue in index.words[word]:
                words.setdefault(cue, []).append(word)
        trials = [trial for trial, held in fulfilled.items() if len(held) == len(index.trials[trial].clauses)]
        possible = self._with_characters([*trials, *index.free], visible, folded)
        return Standing(
            self._always.union(terms, words, map(index.cue_of.__getitem__, possible)),
            {trial: [sorted(places) for _, places in sorted(fulfilled[trial].items())] if trial in fulfilled else [] for trial in possible},
            terms,
            words,
            positions,
        )

    def _with_characters(self, trials: list[int], visible: str, folded: str) -> list[int]:
        """Those of which the text holds all that they need of rare characters."""
        seen, read = Alphabet(visible), Alphabet(folded)
        possible = []
        for trial in trials:
            chars = self.index.trials[trial].chars
            if not chars:
                possible.append(trial)
                continue
            alphabet = seen if self.plan.cues[self.index.cue_of[trial]].view == "visible" else read
            if all(map(alphabet.has, chars)):
                possible.append(trial)
        return possible
