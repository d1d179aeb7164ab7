"""All cues of a plan in one pass: where words stand, before any rule decides anything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from checker.document import Document
from checker.fold import fold
from checker.rule import Plan
from checker.scan.alphabet import Alphabet
from checker.scan.clock import BudgetExceeded
from checker.scan.compiled import compiled
from checker.scan.cue_hits import CueHits
from checker.scan.hits import RAW, CueHit, outside
from checker.scan.index import LATIN, Index, Trial, from_rows, index_of, to_rows, trial_of
from checker.scan.literals import Place
from checker.scan.scopes import fits
from checker.sounds import Sounds
from checker.text import View

if TYPE_CHECKING:
    import regex

__all__ = [
    "RAW",
    "BudgetExceeded",
    "CueHit",
    "CueHits",
    "Index",
    "Scanner",
    "Standing",
    "fits",
    "from_rows",
    "index_of",
    "outside",
    "to_rows",
]


class Standing(NamedTuple):
    """What stands in one article. cues: ids of those that may have hits, no other one has any; trials: by id of the patterns that may
    match, for each of their clauses where each of its literals begins. terms, words: of each cue, places of its literals and Latin words.
    said: places of the literals that say something by themselves."""

    cues: frozenset[int]
    trials: dict[int, dict[int, list[Sequence[int]]]]
    terms: dict[int, list[Place]]
    words: dict[int, list[str]]
    said: list[Place]

    def places(self, trial: int) -> list[Sequence[int]]:
        """For each clause of a pattern where its literals begin, in order."""
        clauses = sorted(self.trials[trial].items())
        return [places[0] if len(places) == 1 else sorted(chain(*places)) for _, places in clauses]


class Scanner:
    """A plan made ready to look for all its cues at once.

    Every term and every literal that a pattern needs is looked for in one go. Terms that are one Latin word are looked up
    among the words of the text instead: `eth` stands in every “method” and “together”, and each of them would be reported.
    """

    def __init__(self, plan: Plan, index: Index | None = None) -> None:
        """index: of this plan, made before."""
        self.plan = plan
        self.index = index or index_of(plan)
        self._words = frozenset(self.index.words)
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self._trials: dict[int, Trial] = {}
        self._sounds = Sounds(self.index.spoken)

    def compiled(self, pattern: str, plain: bool) -> regex.Pattern[str]:
        """A pattern, compiled when it is first needed: most rules have nothing to say about most articles. plain: as in Gate."""
        found = self._compiled.get(pattern)
        if found is None:
            found = self._compiled[pattern] = compiled(pattern, plain)
        return found

    def trial(self, number: int) -> Trial:
        found = self._trials.get(number)
        if found is None:
            cue = self.index.cue_of(number)
            found = self._trials[number] = trial_of(self.plan.cues[cue], number - self.index.firsts[cue])
        return found

    def fold(self, document: Document) -> View:
        """The folded text of a document, as the terms of the plan read it."""
        return self._sounds.read(fold(document.visible))

    def scan(self, document: Document, folded: View) -> CueHits:
        """Which literals and words stand in the article; all else is done when a rule asks for a cue."""
        return CueHits(self, document, folded, self._standing(document.visible.text, folded.text))

    def _standing(self, visible: str, folded: str) -> Standing:
        index = self.index
        terms: dict[int, list[Place]] = {}
        said: list[Place] = []
        fulfilled: dict[int, dict[int, list[Sequence[int]]]] = {}
        complete: list[int] = []
        for place in index.literals.found(folded):
            cues, clauses, spoken = place.holder
            for cue in cues:
                terms.setdefault(cue, []).append(place)
            if spoken:
                said.append(place)
            for trial, clause, count in clauses:
                held = fulfilled.setdefault(trial, {})
                if clause in held:
                    held[clause].append(place.starts)
                else:
                    held[clause] = [place.starts]
                    if len(held) == count:
                        complete.append(trial)
        words: dict[int, list[str]] = {}
        for word in self._words.intersection(LATIN.findall(folded)) if self._words else ():
            for cue in index.words[word]:
                words.setdefault(cue, []).append(word)
        possible = self._with_characters(complete, visible, folded)
        return Standing(
            index.always.union(terms, words, map(index.cue_of, possible)),
            {trial: fulfilled.get(trial, {}) for trial in possible},
            terms,
            words,
            said,
        )

    def _with_characters(self, complete: list[int], visible: str, folded: str) -> list[int]:
        """Of the patterns whose literals stand there, and of those without, the ones that find all that they need of rare characters."""
        seen, read = Alphabet(visible), Alphabet(folded)
        possible = []
        for number in complete:
            alphabet = seen if self.plan.cues[self.index.cue_of(number)].view == "visible" else read
            if all(map(alphabet.has, self.trial(number).chars)):
                possible.append(number)
        possible += [trial for trial, exact, chars in self.index.free if all(map((seen if exact else read).has, chars))]
        return possible
