"""`sequence`: words in a row, by word and part of speech (jieba); asked only of sentences where the rule's cues stand."""

from __future__ import annotations

from collections.abc import Iterator

from checker.context import is_governed
from checker.fold import fold_text
from checker.kinds.forbid import live
from checker.reading import Reading
from checker.rule import Sequence, Step
from checker.scan import RAW
from checker.text import Span
from checker.violation import Hit


def judge(rule: Sequence, index: int, reading: Reading) -> Iterator[Hit]:
    match = rule.match
    wanted = [sorted({reading.sentence(hit.start) for hit in live(rule, reading, cue) if hit.block != RAW}) for cue in match.all]
    either = sorted({reading.sentence(hit.start) for cue in match.any for hit in live(rule, reading, cue) if hit.block != RAW})
    candidates = set(either) if match.any else set(wanted[0]) if wanted else set()
    for spans in wanted:
        candidates &= set(spans)
    for sentence in sorted(candidates):
        for found in _found(rule, reading, sentence):
            if not is_governed(reading, rule.unless, found.start):
                yield Hit(index, found.start, found.end)


def _found(rule: Sequence, reading: Reading, sentence: Span) -> Iterator[Span]:
    from checker.language import words

    text = reading.document.visible.text[sentence.start : sentence.end]
    tagged = [
        (fold_text(word), flag, sentence.start + at, sentence.start + at + len(word)) for word, flag, at in words(text) if word.strip()
    ]
    first = 0
    while first < len(tagged):
        end = _match(rule.steps, reading, tagged, first)
        if end is None:
            first += 1
        else:
            yield Span(tagged[first][2], tagged[end - 1][3])
            first = end


def _match(steps: tuple[Step, ...], reading: Reading, tagged: list[tuple[str, str, int, int]], first: int) -> int | None:
    """The index behind the last word of a match that begins at `first`; of several, the shortest skips."""
    if not steps:
        return first
    step = steps[0]
    for skipped in range(step.skip + 1):
        at = first + skipped
        if at >= len(tagged):
            return None
        if _is(step, reading, tagged[at]) != step.negate:
            end = _match(steps[1:], reading, tagged, at + 1)
            if end is not None:
                return end
    return None


def _is(step: Step, reading: Reading, word: tuple[str, str, int, int]) -> bool:
    folded, flag, start, end = word
    if step.words and folded in step.words:
        return True
    if step.pos and flag.startswith(step.pos):
        return True
    return step.cue >= 0 and any(hit.start < end and start < hit.end for hit in reading.hits.of(step.cue))
