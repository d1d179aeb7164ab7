"""`sequence`: words in a row, by word and part of speech (jieba); asked only of sentences where the rule's cues stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from checker.context import is_governed
from checker.kinds.forbid import live
from checker.language import words
from checker.reading import Reading
from checker.rule import Sequence, Step
from checker.scan import RAW
from checker.text import Span
from checker.violation import Hit


class Word(NamedTuple):
    folded: str
    tag: str
    start: int
    end: int


def judge(rule: Sequence, index: int, reading: Reading) -> Iterator[Hit]:
    for sentence in _candidates(rule, reading):
        said = _words(reading, sentence)
        first = 0
        while first < len(said):
            end = _match(rule.steps, reading, said, first)
            if end is None:
                first += 1
                continue
            if not is_governed(reading, rule.unless, said[first].start):
                yield Hit(index, said[first].start, said[end - 1].end)
            first = end


def _candidates(rule: Sequence, reading: Reading) -> list[Span]:
    """Sentences with a hit of every cue of `all` and of one of `any`."""
    match = rule.match
    possible = reading.hits.possible
    if (match.any and possible.isdisjoint(match.any)) or not possible.issuperset(match.all):
        return []
    wanted = [_sentences(rule, reading, (cue,)) for cue in match.all] + ([_sentences(rule, reading, match.any)] if match.any else [])
    return sorted(set.intersection(*wanted)) if wanted else []


def _sentences(rule: Sequence, reading: Reading, cues: tuple[int, ...]) -> set[Span]:
    return {reading.sentence(hit.start) for cue in cues for hit in live(rule, reading, cue) if hit.block != RAW}


def _words(reading: Reading, sentence: Span) -> list[Word]:
    """Cut in the folded text: the dictionary knows simplified characters."""
    folded = reading.folded
    start = folded.index(sentence.start)
    said = folded.text[start : folded.index(sentence.end)]
    return [Word(word, tag, *folded.span(start + at, start + at + len(word))) for word, tag, at in words(said) if not word.isspace()]


def _match(steps: tuple[Step, ...], reading: Reading, said: list[Word], first: int) -> int | None:
    """The index behind the last word of a match whose first word is `first`; of several, the one that skips least.

    A negated step takes no word: none of the next `skip` + 1 words may be such a one; of those before, where no word is matched yet.
    """
    leading = 0
    while leading < len(steps) and steps[leading].negate:
        step = steps[leading]
        if any(_is(step, reading, word) for word in said[max(0, first - step.skip - 1) : first]):
            return None
        leading += 1
    if leading == len(steps) or not _is(steps[leading], reading, said[first]):
        return None
    return _match_rest(steps[leading + 1 :], reading, said, first + 1)


def _match_rest(steps: tuple[Step, ...], reading: Reading, said: list[Word], at: int) -> int | None:
    """As `_match`, behind a word that was matched."""
    if not steps:
        return at
    step = steps[0]
    if step.negate:
        if any(_is(step, reading, word) for word in said[at : at + step.skip + 1]):
            return None
        return _match_rest(steps[1:], reading, said, at)
    for place in range(at, min(at + step.skip + 1, len(said))):
        if _is(step, reading, said[place]):
            end = _match_rest(steps[1:], reading, said, place + 1)
            if end is not None:
                return end
    return None


def _is(step: Step, reading: Reading, word: Word) -> bool:
    if word.folded in step.words or (step.pos and word.tag.startswith(step.pos)):
        return True
    if step.cue < 0:
        return False
    hits = reading.hits.of(step.cue)
    last = bisect_left(hits, word.end, key=lambda hit: hit.start) - 1
    return last >= 0 and hits[last].end > word.start
