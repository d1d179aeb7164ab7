"""`limit`: at most, or at least, so many hits in a unit, or so many characters."""

from __future__ import annotations

from collections.abc import Iterator

from checker.context import free
from checker.kinds.forbid import live
from checker.reading import Reading
from checker.rule import Limit
from checker.scan import RAW, CueHit, fits
from checker.text import Span
from checker.violation import Hit


def judge(rule: Limit, index: int, reading: Reading) -> Iterator[Hit]:
    """The first hit too many, or the unit that is too long, with the count; too little stands as an empty range at the unit's beginning."""
    if rule.count == "characters":
        text = reading.document.visible.text
        for unit in _units(rule, reading):
            said = text[unit.start : unit.end].strip()
            start = unit.start + text[unit.start : unit.end].find(said)
            if 0 <= rule.most < len(said):
                yield Hit(index, start, start + len(said), values=_values(len(said), rule.most))
            elif len(said) < rule.least:
                yield Hit(index, start, start, values=_values(len(said), rule.least))
        return
    by_unit = {unit: list[CueHit]() for unit in _units(rule, reading)} if rule.least >= 0 else {}
    for cue in rule.match.any:
        for hit in free(reading, rule.unless, live(rule, reading, cue)):
            if hit.block != RAW:
                by_unit.setdefault(reading.unit(hit.start, rule.match.within), []).append(hit)
    for unit, hits in sorted(by_unit.items()):
        if 0 <= rule.most < len(hits):
            over = sorted(hits)[rule.most :]
            replaced = [_replaced(rule, reading, hit) for hit in over]
            also = tuple((hit.start, hit.end, text) for hit, text in zip(over[1:], replaced[1:], strict=True) if text is not None)
            yield Hit(index, over[0].start, over[0].end, values=_values(len(hits), rule.most), replace=replaced[0], also=also)
        elif len(hits) < rule.least:
            yield Hit(index, unit.start, unit.start, values=_values(len(hits), rule.least))


def _replaced(rule: Limit, reading: Reading, hit: CueHit) -> str | None:
    """What should stand at a hit too many, as the rule has it."""
    return dict(rule.replace).get(reading.document.visible.text[hit.start : hit.end])


def _units(rule: Limit, reading: Reading) -> list[Span]:
    """The units of the blocks where the rule looks; an article is one even where there is nothing to look at."""
    within, whole = rule.match.within, Span(0, len(reading.document.visible.text))
    if within == "article":
        return [whole]
    units = []
    for number, block in enumerate(reading.document.blocks):
        if block.owner < 0 and fits(block, rule.scopes):
            starts = [sentence.start for sentence in reading.sentences(number)] if within in ("sentence", "clause") else [block.start]
            units += [reading.unit(start, within) for start in starts]
    return sorted(set(units))


def _values(count: int, limit: int) -> tuple[tuple[str, str], ...]:
    return ("count", str(count)), ("limit", str(limit))
