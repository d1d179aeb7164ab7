"""The hits of cues in one article, worked out for the cues that rules ask for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from checker.document import Document
from checker.fold import fold, fold_text, is_invisible
from checker.language import is_word, words
from checker.scan.alphabet import Alphabet
from checker.scan.clock import Clock
from checker.scan.hits import RAW, CueHit, has_edges, occurrences, outermost, outside
from checker.scan.index import Trial
from checker.scan.pieces import AT_START, Piece, Pieces
from checker.scan.scopes import Marks
from checker.text import Span, View

if TYPE_CHECKING:
    import regex

    from checker.rule import Cue
    from checker.scan import Scanner, Standing

KEPT = 1_000_000  # characters
_Place = Callable[[int, int], tuple[int, int]]


class CueHits:
    """standing: what of the scanner's index stands in the article."""

    def __init__(self, scanner: Scanner, document: Document, folded: View, standing: Standing) -> None:
        self._scanner, self._document, self._folded, self._standing = scanner, document, folded, standing
        self.possible = standing.cues
        self._marks = Marks(document)
        self._pieces = Pieces(document, folded)
        self.lines = self._pieces.lines
        self._of: dict[tuple[int, tuple[str, ...], bool], tuple[CueHit, ...]] = {}
        self._kept_source: View | None = None
        self._everywhere: dict[tuple[int, bool], list[CueHit]] = {}  # matches of patterns that were tried on all of the text

    def of(self, cue: int, scopes: tuple[str, ...] = (), *, lines: bool = False) -> tuple[CueHit, ...]:
        """The hits of a cue in text order, none inside another one; those in the source text itself behind the visible ones.

        scopes: where the rule looks, () for everywhere; the cue's own count before them. lines: as with scope `line`, in each
        line by itself.
        """
        if cue not in self.possible:
            return ()
        scopes = self._scanner.plan.cues[cue].scopes or scopes
        key = cue, scopes, lines or "line" in scopes
        found = self._of.get(key)
        if found is None:
            found = self._of[key] = self._found(*key)
        return found

    def _found(self, number: int, scopes: tuple[str, ...], by_line: bool) -> tuple[CueHit, ...]:
        cue = self._scanner.plan.cues[number]
        hits = list(self._raw(number, cue)) if "raw" in scopes else []
        if scopes != ("raw",) and self._marks.may_hold(scopes):
            visible = self._visible(number, cue, scopes, by_line)
            if self.separators and not cue.separated:
                visible = (hit for hit in visible if not self.is_apart(hit))
            hits.extend(self._marks.kept(visible, scopes) if scopes else visible)
        for other in cue.excepts if hits else ():
            hits = outside(hits, self.of(other, ("raw",) if scopes == ("raw",) else ()))
        if cue.words:
            hits = [hit for hit in hits if hit.block == RAW or self._is_words(hit)]
        return tuple(outermost(hits)) if len(hits) > 1 else tuple(hits)

    # -- in the visible text

    def _visible(self, number: int, cue: Cue, scopes: tuple[str, ...], by_line: bool) -> Iterator[CueHit]:
        exact = cue.view == "visible"
        for hit in self._exact_terms(cue) if exact else self._terms(number):
            if not (by_line and self._is_broken(hit)):
                yield hit
        clock = Clock(len(self._folded.text))
        for trial in self._scanner.index.trials_of(number):
            if trial in self._standing.trials:
                yield from self._tried(trial, clock, scopes, by_line, exact)

    def _terms(self, number: int) -> Iterator[CueHit]:
        text, span = self._folded.text, self._folded.span
        for term, _, starts in self._standing.terms.get(number, ()):
            edged = is_word(term[0]) or is_word(term[-1])
            for start in starts:
                end = start + len(term)
                if not edged or has_edges(text, start, end):
                    yield self._hit(term, *span(start, end))
        for word in self._standing.words.get(number, ()):
            for start, end in occurrences(word, text):
                yield self._hit(word, *span(start, end))

    def _exact_terms(self, cue: Cue) -> Iterator[CueHit]:
        for term in cue.terms:
            for start, end in occurrences(term, self._document.visible.text):
                yield self._hit(fold_text(term), start, end)

    def _hit(self, folded: str, start: int, end: int) -> CueHit:
        return CueHit(start, end, self._document.block_at(start), folded)

    def _tried(self, number: int, clock: Clock, scopes: tuple[str, ...], by_line: bool, exact: bool) -> Iterable[CueHit]:
        """The matches of a pattern: where its literals or the edges of pieces are, else in one run over all blocks or lines."""
        trial = self._scanner.trial(number)
        if not (trial.clauses or trial.anchored):
            key = number, by_line
            if key not in self._everywhere:
                self._everywhere[key] = [*(self._in_lines if by_line else self._in_blocks)(trial, clock, exact)]
            return self._everywhere[key]
        holding = self._marks.holding(scopes) if scopes else None
        if trial.clauses:
            pieces = self._pieces.candidates(trial, self._standing.places(number), holding, by_line=by_line, exact=exact)
        else:
            pieces = self._pieces.at_edges(trial, holding, by_line=by_line, exact=exact)
        return self._matches(trial, clock, pieces, exact)

    def _matches(self, trial: Trial, clock: Clock, pieces: Iterable[Piece], exact: bool) -> Iterator[CueHit]:
        pattern = None
        for number, base, text, starts in pieces:
            if starts is AT_START and not trial.may_begin(text):
                continue
            pattern = pattern or self._scanner.compiled(trial.source, trial.plain)
            for match in clock.matches(pattern, text) if starts is None else clock.matches_at(pattern, text, starts):
                yield self._matched(match, number, self._place(base, exact), fold_text(match[0]) if exact else match[0])

    def _in_blocks(self, trial: Trial, clock: Clock, exact: bool) -> Iterator[CueHit]:
        place = self._place(0, exact)
        for match in clock.matches(self._scanner.compiled(trial.whole, trial.plain), self._pieces.whole(exact)):
            number = self._document.block_at(place(*match.span())[0])
            if number not in self._pieces.broken:
                yield self._matched(match, number, place, fold_text(match[0]) if exact else match[0])
        yield from self._matches(trial, clock, self._pieces.broken_blocks(exact), exact)

    def _in_lines(self, trial: Trial, clock: Clock, exact: bool) -> Iterator[CueHit]:
        text, starts, bases, blocks = self._pieces.all_lines(exact)
        for match in clock.matches(self._scanner.compiled(trial.whole, trial.plain), text):
            index = bisect_right(starts, match.start()) - 1
            place = self._place(bases[index] - starts[index], exact)
            yield self._matched(match, blocks[index], place, fold_text(match[0]) if exact else match[0])

    def _place(self, base: int, exact: bool) -> _Place:
        """From a place in a piece to the visible text."""
        if exact or self._folded.is_identity:
            return lambda start, end: (base + start, base + end)
        return lambda start, end: self._folded.span(base + start, base + end)

    def _matched(self, match: regex.Match[str], block: int, place: _Place, folded: str) -> CueHit:
        start, end = place(*match.span())
        if not match.re.groups:
            return CueHit(start, end, block, folded)
        text = self._document.source.text if block == RAW else self._document.visible.text
        groups = tuple(
            text[slice(*place(*match.span(number)))] if match.end(number) > match.start(number) else ""
            for number in range(1, match.re.groups + 1)
        )
        value = match.re.groupindex.get("value")
        return CueHit(start, end, block, folded, groups[value - 1].strip() if value else "", groups)

    def _is_broken(self, hit: CueHit) -> bool:
        """Whether a source line ends inside a hit."""
        breaks = self._document.breaks
        return bisect_right(breaks, hit.start) != bisect_left(breaks, hit.end)

    def _is_words(self, hit: CueHit) -> bool:
        """Whether a hit begins and ends where words do; asked of the run of letters around it, as a tokenizer would cut it."""
        text = self._folded.text
        start, end = self._pieces.to_folded(hit.start, hit.end)
        first, last = start, end
        while first > 0 and text[first - 1].isalnum():
            first -= 1
        while last < len(text) and text[last].isalnum():
            last += 1
        edges = {first, last}
        for word, _, at in words(text[first:last]):
            edges |= {first + at, first + at + len(word)}
        return start in edges and end in edges

    # -- what was left out of the folded text

    @cached_property
    def separators(self) -> list[Span]:
        """What, in the visible text, spells words apart (稳-赚-不-赔)."""
        if self._folded.is_identity:
            return []
        text, runs = self._document.visible.text, self._folded.runs
        gaps = (Span(before.source_start + before.source_length, run.source_start) for before, run in pairwise(runs))
        return [gap for gap in gaps if gap.start < gap.end and not is_invisible(text[gap.start : gap.end])]

    def is_separator(self, offset: int) -> bool:
        """Whether a separator of a word ends at the visible offset, or goes on there."""
        index = bisect_left(self.separators, offset, key=attrgetter("start")) - 1
        return index >= 0 and offset <= self.separators[index].end

    def is_apart(self, hit: CueHit) -> bool:
        """Whether a hit is spelt apart."""
        starts = attrgetter("start")
        return bisect_left(self.separators, hit.start, key=starts) != bisect_left(self.separators, hit.end, key=starts)

    def is_inside_word(self, offset: int) -> bool:
        """Whether a term of three characters or more begins before the visible offset and ends behind it: 抄底⏎良机."""
        at = self._pieces.to_folded(offset, offset)[0]
        index = bisect_left(self._long, at, key=itemgetter(0)) - 1
        return index >= 0 and self._long[index][1] > at

    @cached_property
    def _long(self) -> list[tuple[int, int]]:
        """Folded ranges of the terms that say something by themselves, of those that begin at one place the longest, and of
        those before it the one that reaches farthest."""
        far, kept = 0, []
        for start, end in sorted((at, at + len(literal)) for literal, _, starts in self._standing.said for at in starts):
            far = max(far, end)
            kept.append((start, far))
        return kept

    # -- the source text itself

    def _raw(self, number: int, cue: Cue) -> Iterator[CueHit]:
        exact = cue.view == "visible"
        trials = list(map(self._scanner.trial, self._scanner.index.trials_of(number)))
        trials = [trial for trial in trials if all(map(self._characters.has, trial.chars if exact else trial.raw))]
        if not (trials or cue.terms):
            return
        folded = self._source()
        view = View.whole(self._document.source.text) if exact else folded
        for term in cue.terms:
            for start, end in occurrences(term, view.text):
                yield CueHit(*view.span(start, end), RAW, fold_text(term))
        clock = Clock(len(view.text))
        for trial in trials:
            if all(any(literal in folded.text for literal in clause) for clause in trial.clauses):
                for match in clock.matches(self._scanner.compiled(trial.source, trial.plain), view.text):
                    yield self._matched(match, RAW, view.span, match[0])

    @cached_property
    def _characters(self) -> Alphabet:
        return Alphabet(self._document.source.text)

    def _source(self) -> View:
        """The source text folded; of a long article it is made anew for the few cues that ask, not kept beside all else."""
        if self._kept_source is not None:
            return self._kept_source
        folded = fold(View.whole(self._document.source.text))
        if len(folded.text) <= KEPT:
            self._kept_source = folded
        return folded
