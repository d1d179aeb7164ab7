"""All cues of a plan in one pass: where words stand, before any rule decides anything."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from checker.document import Document
from checker.expressions import lazy
from checker.fold import fold, fold_text
from checker.rule import Cue, Plan, Rule
from checker.scan.clock import BudgetExceeded
from checker.scan.cue_hits import CueHits
from checker.scan.hits import RAW, CueHit, outside
from checker.scan.scopes import fits
from checker.sounds import Sounds
from checker.text import View

if TYPE_CHECKING:
    import regex

__all__ = ["RAW", "BudgetExceeded", "CueHit", "CueHits", "Scanner", "fits", "outside"]

_LATIN = lazy("[a-z0-9_]+")  # words of folded text


class Finder(NamedTuple):
    """How a cue is found. terms: literal ids; words: terms that are one Latin word; patterns: source, and ids of needed literals."""

    cue: Cue
    terms: tuple[int, ...]
    words: tuple[str, ...]
    patterns: tuple[tuple[str, tuple[int, ...]], ...]
    always: bool  # nothing tells beforehand whether it stands in an article


class Scanner:
    """A plan made ready to look for all its cues at once.

    One Aho–Corasick automaton holds every term and every literal that a pattern needs. Terms that are one Latin word are looked up
    among the words of the text instead: `eth` stands in every “method” and “together”, and an automaton would report each of them.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        ids: dict[str, int] = {}
        self.finders = tuple(_finder(cue, ids) for cue in plan.cues)
        self.literals = tuple(ids)
        self._automaton = ahocorasick_rs.AhoCorasick(self.literals) if ids else None
        holders: list[list[int]] = [[] for _ in ids]
        by_word: defaultdict[str, list[int]] = defaultdict(list)
        for number, finder in enumerate(self.finders):
            for literal in {*finder.terms, *(need for _, needs in finder.patterns for need in needs)}:
                holders[literal].append(number)
            for word in finder.words:
                by_word[word].append(number)
        self._cues_of_literal = tuple(map(tuple, holders))
        self._cues_of_word = {word: tuple(cues) for word, cues in by_word.items()}
        self._words = frozenset(by_word)
        # What stands in the source text may be visible nowhere: whoever looks there is asked about every article.
        raw = {cue for rule in plan.rules if "raw" in rule.scopes for cue in cues_of(rule)}
        self._always = frozenset(n for n, f in enumerate(self.finders) if f.always or "raw" in f.cue.scopes or n in raw)
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self._sounds = Sounds(text for cue in plan.cues if cue.view == "folded" for text in (*cue.terms, *chain(*cue.needs)))

    def compiled(self, pattern: str) -> regex.Pattern[str]:
        """A pattern, compiled when it is first needed: most rules have nothing to say about most articles."""
        found = self._compiled.get(pattern)
        if found is None:
            import regex

            found = self._compiled[pattern] = regex.compile(pattern)
        return found

    def fold(self, document: Document) -> View:
        """The folded text of a document, as the terms of the plan read it."""
        return self._sounds.read(fold(document.visible))

    def scan(self, document: Document, folded: View) -> CueHits:
        """Which literals and words stand in the article, in two passes of C; all else is done when a rule asks for a cue."""
        text = folded.text
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True) if self._automaton and text else []
        words = self._words.intersection(_LATIN.findall(text)) if self._words else frozenset()
        possible = set(self._always)
        for literal in {match[0] for match in matches}:
            possible.update(self._cues_of_literal[literal])
        for word in words:
            possible.update(self._cues_of_word[word])
        return CueHits(self, document, folded, matches, words, frozenset(possible))


def cues_of(rule: Rule) -> tuple[int, ...]:
    """The cues that a rule's match looks for."""
    match = rule.match
    return (*match.all, *match.any, *match.none, *(cue for cue, _ in match.score))


def _finder(cue: Cue, ids: dict[str, int]) -> Finder:
    """ids: of all literals so far; new ones are added."""
    terms = [fold_text(term).strip() for term in cue.terms] if cue.view == "visible" else list(cue.terms)
    words = [term for term in terms if _LATIN.fullmatch(term)]
    literals = (term for term in terms if term and not _LATIN.fullmatch(term))
    return Finder(
        cue,
        tuple(ids.setdefault(term, len(ids)) for term in literals),
        tuple(words),
        tuple((p, tuple(ids.setdefault(need, len(ids)) for need in needs)) for p, needs in zip(cue.patterns, cue.needs, strict=True)),
        not all(terms) or not all(cue.needs),
    )
