"""`repetition`: the same paragraph, sentence or line again."""

from __future__ import annotations

from collections.abc import Iterator

from checker.fold import fold_text
from checker.reading import Reading
from checker.rule import Repetition
from checker.scan import fits
from checker.text import Span
from checker.violation import Hit


def judge(rule: Repetition, index: int, reading: Reading) -> Iterator[Hit]:
    """Each repetition, with the first one as related place. Compared folded, white space and case aside."""
    text = reading.document.visible.text
    first: dict[str, Span] = {}
    for number, block in enumerate(reading.document.blocks):
        if block.owner >= 0 or not fits(block, rule.scopes):
            continue
        for span in _units(rule, reading, number):
            said = text[span.start : span.end]
            if len(said) < rule.at_least:  # folding seldom makes text longer: most units need not be folded
                continue
            key = fold_text(said).strip()
            if len(key) < rule.at_least:
                continue
            if key in first:
                start = span.start + len(said) - len(said.lstrip())
                before = first[key]
                line = reading.document.source.lines.position(reading.document.visible.span(before.start, before.end).start).line
                values = (("line", str(line)), ("first", said.strip()))
                yield Hit(index, start, span.start + len(said.rstrip()), values=values, related=((before.start, before.end, ""),))
            else:
                first[key] = span


def _units(rule: Repetition, reading: Reading, number: int) -> list[Span]:
    block = reading.document.blocks[number]
    if rule.unit == "sentence":
        return reading.sentences(number)
    if rule.unit == "line":
        return reading.hits.lines(number)
    return [Span(block.start, block.end)]
