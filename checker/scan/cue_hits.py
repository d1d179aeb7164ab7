"""The hits of cues in one article, worked out for the cues that rules ask for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from checker.document import Document
from checker.expressions import lazy
from checker.fold import fold, fold_text, is_invisible
from checker.language import words
from checker.scan.clock import Clock
from checker.scan.hits import RAW, CueHit, has_edges, occurrences, outermost, outside
from checker.scan.scopes import Marks, may_hold
from checker.text import Span, View

if TYPE_CHECKING:
    import regex

    from checker.scan import Finder, Scanner

_LINE_END = lazy("\n")
_MAY_SEE_EDGES = lazy(r"\(\?<?!.*(?:\[\^|\\[sDn]|[\^$])")  # a negative look that a line end may satisfy
_Place = Callable[[int, int], tuple[int, int]]


class CueHits:
    """matches: (literal, start, end) in the folded text; words: Latin words of terms that stand in it; possible: ids of the cues
    that may have hits, no other one has any."""

    def __init__(
        self,
        scanner: Scanner,
        document: Document,
        folded: View,
        matches: list[tuple[int, int, int]],
        words: frozenset[str],
        possible: frozenset[int],
    ) -> None:
        self._scanner, self._document, self._folded = scanner, document, folded
        self._matches, self._words = matches, words
        self.possible = possible
        self._marks = Marks(document)
        self._of: dict[tuple[int, tuple[str, ...], bool], tuple[CueHit, ...]] = {}

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
        finder = self._scanner.finders[number]
        hits = list(self._raw(finder)) if "raw" in scopes else []
        if scopes != ("raw",):
            visible = self._visible(finder, scopes, by_line)
            if self.separators and not finder.cue.separated:
                visible = (hit for hit in visible if not self.is_apart(hit))
            hits.extend(self._marks.kept(visible, scopes) if scopes else visible)
        for cue in finder.cue.excepts if hits else ():
            hits = outside(hits, self.of(cue, ("raw",) if scopes == ("raw",) else ()))
        if finder.cue.words:
            hits = [hit for hit in hits if hit.block == RAW or self._is_words(hit)]
        return tuple(outermost(hits))

    # -- in the visible text

    def _visible(self, finder: Finder, scopes: tuple[str, ...], by_line: bool) -> Iterator[CueHit]:
        exact = finder.cue.view == "visible"
        for hit in self._exact_terms(finder) if exact else self._terms(finder):
            if not (by_line and self._is_broken(hit)):
                yield hit
        if finder.patterns:
            yield from self._patterns(finder, scopes, by_line, exact)

    def _terms(self, finder: Finder) -> Iterator[CueHit]:
        text, span = self._folded.text, self._folded.span
        for literal in finder.terms:
            for start, end in self._by_literal.get(literal, ()):
                if has_edges(text, start, end):
                    yield self._hit(text[start:end], *span(start, end))
        for word in finder.words:
            if word in self._words:
                for start, end in occurrences(word, text):
                    yield self._hit(word, *span(start, end))

    def _exact_terms(self, finder: Finder) -> Iterator[CueHit]:
        for term in finder.cue.terms:
            for start, end in occurrences(term, self._document.visible.text):
                yield self._hit(fold_text(term), start, end)

    def _hit(self, folded: str, start: int, end: int) -> CueHit:
        return CueHit(start, end, self._document.block_at(start), folded)

    def _patterns(self, finder: Finder, scopes: tuple[str, ...], by_line: bool, exact: bool) -> Iterator[CueHit]:
        clock = Clock(len(self._folded.text))
        for source, needs in finder.patterns:
            compiled = self._scanner.compiled(source)
            for number in self._blocks_with(needs) if needs else self._blocks_for(compiled, clock, scopes, by_line, exact):
                for base, text in self._pieces(number, by_line, exact):
                    for match in clock.matches(compiled, text):
                        place = _shifted(base) if exact else self._placed(base)
                        yield self._matched(match, number, place, fold_text(match[0]) if exact else match[0])

    def _blocks_for(self, compiled: regex.Pattern[str], clock: Clock, scopes: tuple[str, ...], by_line: bool, exact: bool) -> Iterator[int]:
        """Where a pattern without needed literals may match.

        One search over all blocks at once finds no less than one in each of them: what matches inside a block does so there
        as well, and a match that runs on into the next block only costs a look. Lines have edges of their own.
        """
        blocks = self._document.blocks
        if by_line or _MAY_SEE_EDGES.search(compiled.pattern):
            yield from (number for number, block in enumerate(blocks) if not scopes or may_hold(block, scopes))
            return
        text = self._document.visible.text if exact else self._folded.text
        number, at = -1, 0
        while number + 1 < len(blocks) and (match := clock.search(compiled, text, at)):
            start = match.start() if exact else self._folded.span(match.start(), match.start()).start
            number = self._document.block_at(start)
            if not scopes or may_hold(blocks[number], scopes):
                yield number
            if number + 1 < len(blocks):
                following = Span(blocks[number + 1].start, blocks[number + 1].end)
                at = following.start if exact else self._to_folded(following)[0]

    def _placed(self, base: int) -> _Place:
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

    # -- pieces of text that patterns run on, each by itself: nothing joins or looks over the edge of a block

    def _pieces(self, number: int, by_line: bool, exact: bool) -> Iterator[tuple[int, str]]:
        """(offset, text) of a block, or of its lines; visible where exact, else folded."""
        block = self._document.blocks[number]
        text = self._document.visible.text if exact else self._folded.text
        for piece in self.lines(number) if by_line else (Span(block.start, block.end),):
            start, end = piece if exact else self._to_folded(piece)
            yield start, text[start:end]

    def lines(self, number: int) -> list[Span]:
        """The source lines of a block, in visible offsets, without the white space that stands for a line end."""
        block, breaks, text = self._document.blocks[number], self._document.breaks, self._document.visible.text
        edges = {block.start, block.end, *breaks[bisect_right(breaks, block.start) : bisect_left(breaks, block.end)]}
        edges.update(match.end() for match in _LINE_END.finditer(text, block.start, block.end))
        lines = []
        for start, end in pairwise(sorted(edges)):
            piece = text[start:end]
            line = Span(start + len(piece) - len(piece.lstrip(" ")), end - (len(piece) - len(piece.rstrip("\n"))))
            if line.end > line.start:
                lines.append(line)
        return lines

    def _to_folded(self, span: CueHit | Span) -> tuple[int, int]:
        """The folded range of a visible one."""
        if self._folded.is_identity:
            return span.start, span.end
        return self._folded.index(span.start), self._folded.index(span.end)

    @cached_property
    def _by_literal(self) -> dict[int, list[tuple[int, int]]]:
        found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for literal, start, end in self._matches:
            found[literal].append((start, end))
        return dict(found)

    def _blocks_with(self, needs: tuple[int, ...]) -> Iterable[int]:
        """The blocks in which any of the literals stands, in order."""
        starts = {start for need in needs for start, _ in self._by_literal.get(need, ())}
        if not self._folded.is_identity:
            starts = {self._folded.span(start, start).start for start in starts}
        return sorted({self._document.block_at(start) for start in starts})

    def _is_broken(self, hit: CueHit) -> bool:
        """Whether a source line ends inside a hit."""
        breaks = self._document.breaks
        return bisect_right(breaks, hit.start) != bisect_left(breaks, hit.end)

    def _is_words(self, hit: CueHit) -> bool:
        """Whether a hit begins and ends where words do; asked of the run of letters around it, as a tokenizer would cut it."""
        text = self._folded.text
        start, end = self._to_folded(hit)
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
        at = self._to_folded(Span(offset, offset))[0]
        index = bisect_left(self._long, at, key=itemgetter(0)) - 1
        return index >= 0 and self._long[index][1] > at

    @cached_property
    def _long(self) -> list[tuple[int, int]]:
        """Folded ranges of the terms that say something by themselves, of those that begin at one place the longest, and of
        those before it the one that reaches farthest."""
        far, kept = 0, []
        for start, end in sorted((start, end) for _, start, end in self._matches if end - start > 2):
            far = max(far, end)
            kept.append((start, far))
        return kept

    # -- the source text itself

    def _raw(self, finder: Finder) -> Iterator[CueHit]:
        exact = finder.cue.view == "visible"
        view = View.whole(self._document.source.text) if exact else self._source
        for term in finder.cue.terms:
            for start, end in occurrences(term, view.text):
                yield CueHit(*view.span(start, end), RAW, fold_text(term))
        clock = Clock(len(view.text))
        for source, needs in finder.patterns:
            if not needs or any(self._scanner.literals[need] in self._source.text for need in needs):
                for match in clock.matches(self._scanner.compiled(source), view.text):
                    yield self._matched(match, RAW, view.span, match[0])

    @cached_property
    def _source(self) -> View:
        return fold(View.whole(self._document.source.text))


def _shifted(base: int) -> _Place:
    return lambda start, end: (base + start, base + end)
