"""`limit`: at most, or at least, so many hits in a unit, or so many characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from checker.kinds.forbid import live
from checker.reading import Reading
from checker.rule import Limit
from checker.scan import RAW, CueHit, fits
from checker.text import Span
from checker.violation import Hit


def judge(rule: Limit, index: int, reading: Reading) -> Iterator[Hit]:
    """The first hit too many, with the count; a unit with too few as a whole (an empty range for an article with none)."""
    if rule.count == "characters":
        yield from _characters(rule, index, reading)
        return
    by_unit: dict[Span, list[CueHit]] = defaultdict(list)
    for cue in rule.match.any:
        for hit in live(rule, reading, cue):
            if hit.block != RAW:
                by_unit[reading.unit(hit.start, rule.match.within)].append(hit)
    if rule.least >= 0 and rule.match.within == "article":
        by_unit.setdefault(Span(0, len(reading.document.visible.text)), [])
    for unit, hits in sorted(by_unit.items()):
        hits.sort()
        count = len(hits)
        if 0 <= rule.most < count:
            over = hits[rule.most]
            yield Hit(index, over.start, over.end, values=_values(count, rule.most))
        elif count < rule.least:
            start = hits[0].start if hits else unit.start
            yield Hit(index, start, start, values=_values(count, rule.least))


def _characters(rule: Limit, index: int, reading: Reading) -> Iterator[Hit]:
    text = reading.document.visible.text
    seen: set[Span] = set()
    for number, block in enumerate(reading.document.blocks):
        if not fits(block, rule.scopes):
            continue
        units = reading.sentences(number) if rule.match.within == "sentence" else [reading.unit(block.start, rule.match.within)]
        for unit in units:
            if unit in seen:
                continue
            seen.add(unit)
            said = text[unit.start : unit.end].strip()
            begin = unit.start + text[unit.start : unit.end].find(said)
            if 0 <= rule.most < len(said):
                yield Hit(index, begin, begin + len(said), values=_values(len(said), rule.most))
            elif len(said) < rule.least:
                yield Hit(index, begin, begin + len(said), values=_values(len(said), rule.least))


def _values(count: int, limit: int) -> tuple[tuple[str, str], ...]:
    return ("count", str(count)), ("limit", str(limit))
