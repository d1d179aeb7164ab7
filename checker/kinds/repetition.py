"""`repetition`: the same paragraph, sentence or line again."""

from __future__ import annotations

from collections.abc import Iterator

from checker.reading import Reading
from checker.rule import Repetition
from checker.scan import fits
from checker.text import Span
from checker.violation import Hit


def judge(rule: Repetition, index: int, reading: Reading) -> Iterator[Hit]:
    """Each repetition, with the first one as related place. Compared folded, so case, width and white space are no difference."""
    document, folded = reading.document, reading.folded
    text = document.visible.text
    first: dict[str, Span] = {}
    for number, block in enumerate(document.blocks):
        if block.owner >= 0 or not fits(block, rule.scopes):
            continue
        for span in _units(rule, reading, number):
            if span.end - span.start < rule.at_least:  # folding seldom makes text longer: most units need not be looked at
                continue
            start, end = span if folded.is_identity else (folded.index(span.start), folded.index(span.end))
            said = folded.text[start:end].strip()
            if len(said) < rule.at_least:
                continue
            before = first.setdefault(said, span)
            if before is span:
                continue
            shown = text[span.start : span.end]
            at = span.start + len(shown) - len(shown.lstrip())
            line = document.source.lines.position(document.visible.span(*before).start).line
            values = (("line", str(line)), ("first", text[before.start : before.end].strip()))
            yield Hit(index, at, span.start + len(shown.rstrip()), values=values, related=((*before, ""),))


def _units(rule: Repetition, reading: Reading, number: int) -> list[Span]:
    if rule.unit == "sentence":
        return reading.sentences(number)
    if rule.unit == "line":
        return reading.hits.lines(number)
    block = reading.document.blocks[number]
    return [Span(block.start, block.end)]
