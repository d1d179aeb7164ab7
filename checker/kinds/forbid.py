"""`forbid`: text that must not stand there. Joins cues inside a unit; what a context excuses does not count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.context import free
from checker.expressions import lazy
from checker.kinds.join import Placed, tightest
from checker.reading import Reading
from checker.rule import Forbid, Match, Rule
from checker.scan import RAW, CueHit, outside
from checker.text import Span
from checker.violation import BELIED, Hit

LONGEST = 4  # lines: a longer unit is no sentence but a list that nobody ended, and only the lines of the cues are reported
_GROUP = lazy(r"\\(\d)")
_TYPED = lazy(r"(?<=[a-z0-9]) (?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff]) (?=[a-z0-9])")


class Unit(NamedTuple):
    """A range in which cues join: of the visible text, or of the source text itself."""

    raw: bool
    start: int
    end: int


def judge(rule: Forbid, index: int, reading: Reading) -> Iterator[Hit]:
    """Each hit by itself where the match names only `any`; else one hit per unit, the tightest combination of its cues."""
    match = rule.match
    if not _may_hold(match, reading.hits.possible):
        return
    chosen = _joined(rule, reading) if match.all or match.score else ([placed] for placed in _single(rule, reading))
    seen: set[tuple[Span | None, int, int]] = set()
    for combination in chosen:
        hit = _report(rule, index, reading, combination)
        if hit is not None and (hit.source, hit.start, hit.end) not in seen:
            seen.add((hit.source, hit.start, hit.end))
            yield hit


def _may_hold(match: Match, possible: frozenset[int]) -> bool:
    """Most rules have nothing to say about most articles: this is all that they cost there."""
    if match.all and not possible.issuperset(match.all):
        return False
    if match.any and possible.isdisjoint(match.any):
        return False
    return not match.score or sum(weight for cue, weight in match.score if weight > 0 and cue in possible) >= match.at_least


def live(rule: Rule, reading: Reading, cue: int) -> list[CueHit]:
    """The hits of a cue where the rule looks, without those inside its exceptions. A cue with scopes of its own brings them along."""
    hits = reading.hits.of(cue, rule.scopes)
    if hits and rule.excepts:
        raw = ("raw",) if hits[0].block == RAW else ()
        for other in rule.excepts:
            hits = tuple(outside(hits, reading.hits.of(other, raw)))
    return list(hits)


def unit_of(reading: Reading, hit: CueHit, within: str) -> Unit:
    """The clause, sentence, block, section or article around a hit; in the source text, its line or all of it."""
    if hit.block != RAW:
        return Unit(False, *reading.unit(hit.start, within))
    source = reading.document.source
    if within in ("section", "article"):
        return Unit(True, 0, len(source.text))
    first, last = source.lines.position(hit.start).line, source.lines.position(max(hit.start, hit.end - 1)).line
    return Unit(True, source.lines.line(first).start, source.lines.line(last).end)


def _placed(reading: Reading, cue: int, hits: Iterable[CueHit]) -> list[Placed]:
    """Hits where they count: a link target or picture text at its anchor in the block that it hangs on."""
    placed = []
    for hit in hits:
        start, end = hit.start, hit.end
        if hit.block != RAW:
            block = reading.document.blocks[hit.block]
            if block.owner >= 0:
                start, end = block.anchor
        placed.append(Placed(start, end, hit, cue))
    return sorted(placed, key=_order)


def _order(placed: Placed) -> tuple[bool, int, int]:
    return placed.hit.block == RAW, placed.start, placed.end


def _single(rule: Forbid, reading: Reading) -> list[Placed]:
    """Every hit that counts, the longest of those that overlap."""
    match = rule.match
    hits = [p for cue in match.any for p in _placed(reading, cue, free(reading, rule.unless, live(rule, reading, cue)))]
    hits.sort(key=lambda p: (p.hit.block == RAW, p.hit.start, -p.hit.end))
    nots = _nots(rule, reading) if hits else []
    kept: list[Placed] = []
    for placed in hits:
        last = kept[-1].hit if kept else None
        if last and placed.hit.start < last.end and (placed.hit.block == RAW) == (last.block == RAW):
            continue
        if not (nots and _inside(nots, unit_of(reading, placed.hit, match.within))):
            kept.append(placed)
    return kept


def _nots(rule: Forbid, reading: Reading) -> list[Placed]:
    return sorted((p for cue in rule.match.none for p in _placed(reading, cue, live(rule, reading, cue))), key=_order)


def _joined(rule: Forbid, reading: Reading) -> Iterator[list[Placed]]:
    """The tightest combination of every unit in which the match holds."""
    match = rule.match
    weights = dict(match.score)
    hits: dict[int, list[Placed]] = {}
    for cue in dict.fromkeys((*match.all, *match.any, *weights)):
        found = live(rule, reading, cue)
        hits[cue] = _placed(reading, cue, found if weights.get(cue, 0) < 0 else free(reading, rule.unless, found))
        if not hits[cue] and cue in match.all:
            return
    seeds = hits[min(match.all, key=lambda cue: len(hits[cue]))] if match.all else [p for c, w in match.score if w > 0 for p in hits[c]]
    nots: list[Placed] | None = None
    for unit in sorted({unit_of(reading, p.hit, match.within) for p in seeds}):
        chosen = _chosen(match, {cue: _inside(placed, unit) for cue, placed in hits.items()})
        if chosen and match.none:
            nots = _nots(rule, reading) if nots is None else nots
            if _inside(nots, unit):
                continue
        if chosen:
            yield chosen


def _inside(hits: list[Placed], unit: Unit) -> list[Placed]:
    if not hits:
        return hits
    first = bisect_left(hits, (unit.raw, unit.start), key=lambda p: (p.hit.block == RAW, p.start))
    return hits[first : bisect_left(hits, (unit.raw, unit.end), lo=first, key=lambda p: (p.hit.block == RAW, p.start))]


def _chosen(match: Match, inside: dict[int, list[Placed]]) -> list[Placed]:
    """The hits that make the match in one unit, in text order; empty where it does not hold."""
    if any(not inside[cue] for cue in match.all):
        return []
    either = sorted(p for cue in match.any for p in inside[cue])
    if match.any and not either:
        return []
    counted = [cue for cue, weight in match.score if inside[cue] and weight > 0]
    if match.score and sum(weight for cue, weight in match.score if inside[cue]) < match.at_least:
        return []
    groups = [inside[cue] for cue in match.all] + ([either] if either else [])
    if match.score:
        return tightest(groups + [inside[cue] for cue in counted if cue not in match.all])
    return tightest(groups, gap=match.gap, ordered=len(match.all) if match.order else 0)


def _report(rule: Forbid, index: int, reading: Reading, chosen: list[Placed]) -> Hit | None:
    """The hit as `report` asks: from the first to the last cue, the whole unit, or one cue."""
    match = rule.match
    raw = chosen[0].hit.block == RAW
    if match.report == "unit":
        unit = unit_of(reading, chosen[0].hit, match.within)
        span = _trimmed(reading.document.source.text if raw else reading.document.visible.text, unit)
        if not raw and len(_breaks(reading, span)) >= LONGEST:
            span = _lines_of(reading, span, _span(reading, chosen))
    else:
        span = _span(reading, [p for p in chosen if str(p.cue) == match.report] or chosen)
    replace = None
    if rule.replace is not None:
        groups = chosen[0].hit.groups
        replace = _GROUP.sub(lambda found: groups[int(found[1]) - 1] if 0 < int(found[1]) <= len(groups) else "", rule.replace)
        if not raw and replace == reading.document.visible.text[span.start : span.end]:
            return None  # `okx` → `OKX` finds what is right already, since both fold to one
    words = _words(reading, chosen)
    if raw:
        return Hit(index, 0, 0, cues=words, source=span, replace=replace)
    return Hit(index, span.start, span.end, cues=words, related=_belied(rule, reading), replace=replace, folded=_reads_as(reading, span))


def _words(reading: Reading, chosen: list[Placed]) -> tuple[str, ...]:
    """What the cues that counted say in the article, each once, without what stands inside another one."""
    document, said, end = reading.document, dict[str, None](), 0
    for p in sorted(chosen, key=lambda p: (p.hit.start, -p.hit.end)):
        if p.hit.end > end:
            text = document.source.text if p.hit.block == RAW else document.visible.text
            said[text[p.hit.start : p.hit.end]] = None
            end = p.hit.end
    return tuple(said)


def _belied(rule: Forbid, reading: Reading) -> tuple[tuple[int, int, str], ...]:
    """The first statement of each fact that the rule's text contradicts, where the article states any."""
    stated = (next((fact for fact in reading.facts if fact.key == key), None) for key in rule.belies)
    return tuple((fact.start, fact.end, BELIED) for fact in stated if fact)


def _span(reading: Reading, chosen: list[Placed]) -> Span:
    """From the first to the last cue: in the text where any of them stands there, else in the link target or picture text itself."""
    if chosen[0].hit.block == RAW or len({p.hit.block for p in chosen}) == 1:
        return Span(min(p.hit.start for p in chosen), max(p.hit.end for p in chosen))
    return Span(min(p.start for p in chosen), max(p.end for p in chosen))


def _breaks(reading: Reading, span: Span) -> tuple[int, ...]:
    """Where source lines end inside a visible range."""
    breaks = reading.document.breaks
    return breaks[bisect_right(breaks, span.start) : bisect_left(breaks, span.end)]


def _lines_of(reading: Reading, unit: Span, cues: Span) -> Span:
    """The lines of a unit that its cues stand in: a list of channels without a full stop is one sentence, and not all of it is meant."""
    breaks = [unit.start, *_breaks(reading, unit), unit.end]
    start = max(at for at in breaks if at <= max(cues.start, unit.start))
    end = min(at for at in breaks if at >= min(cues.end, unit.end))
    return _trimmed(reading.document.visible.text, Unit(False, start, end))


def _trimmed(text: str, unit: Unit) -> Span:
    said = text[unit.start : unit.end]
    return Span(unit.start + len(said) - len(said.lstrip()), unit.end - len(said) + len(said.rstrip()))


def _reads_as(reading: Reading, span: Span) -> str:
    """What stands there without its disguise, "" where it wears none: case and white space are none."""
    folded = reading.folded
    said = reading.document.visible.text[span.start : span.end]
    read = folded.text[folded.index(span.start) : folded.index(span.end)]
    return "" if _typed(read) == _typed(said.lower()) else read


def _typed(text: str) -> str:
    """Without what is a matter of typing: white space around other white space, and between Han characters and figures or Latin letters."""
    return _TYPED.sub("", " ".join(text.split()))
