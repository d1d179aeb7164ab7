"""`require`: what an article must carry. Fills facts; tells missing, empty, weak, altered, misplaced, hidden and other-language apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from checker.context import free
from checker.expressions import lazy
from checker.kinds.forbid import live
from checker.language import language_of
from checker.near import anchors, nearest
from checker.reading import NOT_COUNTED, Reading
from checker.rule import Require
from checker.scan import RAW, CueHit, outside
from checker.text import Span
from checker.violation import Fact, Hit

_IN_WORDS = ("disclaimer", "risk", "ai_label")  # statements a reader must be able to read; a name is a name in any language
MOST_VALUE = 120  # characters of a name or an address that stands in the block below its label
HEAD, TAIL = 8, 4  # lines among which a bare name says who wrote
_SENTENCE_ENDS = "。！？!?；;：:，,"
_LABEL = lazy(r"[^\s:：/]{1,8}\s?[:：](?!//)")  # “时间：2026-03-01” below an empty “作者：”
LANGUAGE_SAMPLE = 12  # characters of a statement below which its language says nothing


class Statement(NamedTuple):
    """What was found. span: where it is reported; value: what it names; finding: why it does not fully count; message: an entry of
    rule.messages; values: what fills its placeholders; replace: what should stand there."""

    span: Span
    value: str = ""
    finding: str = ""
    message: str = ""
    values: tuple[tuple[str, str], ...] = ()
    replace: str | None = None


def judge(rule: Require, index: int, reading: Reading) -> Iterator[Hit | Fact]:
    """A fact for every statement, and, where none fully counts, what is wrong with those of the best sort there is."""
    statements = list(_statements(rule, reading))
    if rule.texts:
        near = _near(rule, reading, _Ranges(s.span for s in statements if s.finding != "weak"))
        known = _Ranges(s.span for s in near)
        statements = [s for s in statements if not known.overlap(*s.span)] + near
    complete = any(not statement.finding for statement in statements)
    facts = (Fact(rule.fact, *_around(reading, s.span), s.value, s.finding) for s in statements)
    yield from dict.fromkeys(facts)
    if complete or not rule.report_absence:
        return
    for finding in ("altered", "other-language", "misplaced", "weak", "hidden"):
        found = [statement for statement in statements if statement.finding == finding]
        for s in found:
            message = s.message or (finding if finding in rule.messages else "")
            yield Hit(index, *s.span, finding, message, s.values or (("value", s.value),), replace=s.replace)
        if found:
            return
    empty = sorted({hit[:2] for hit in _labels(rule, reading)})
    if empty:
        yield Hit(index, *empty[0], "empty", "empty" if "empty" in rule.messages else "")
        return
    start = _nowhere(reading)
    yield Hit(index, start, start, "missing")


def _statements(rule: Require, reading: Reading) -> Iterator[Statement]:
    """Weak ones count as such even where a sound cue finds them too: “来源：网络” names a source by its form."""
    weak = [(hit, weak.message) for weak in rule.weak for cue in weak.cues for hit in _hits(rule, reading, cue)]
    for hit, message in weak:
        yield Statement(Span(hit.start, hit.end), hit.value, "weak", message)
    known = _Ranges(Span(hit.start, hit.end) for hit, _ in weak)
    found = [hit for cue in rule.any_of for hit in _hits(rule, reading, cue)]
    for hit in _longest(found + _at_edges(rule, reading)):
        if not known.overlap(hit.start, hit.end):
            yield Statement(Span(hit.start, hit.end), hit.value, _finding(rule, reading, hit))
    labels = _labels(rule, reading)
    labelled = {label.block for label in labels}
    for label in labels:
        if value := _value_below(reading, label, labelled):
            yield Statement(value, reading.document.visible.text[value.start : value.end], _finding(rule, reading, label))


def _at_edges(rule: Require, reading: Reading) -> list[CueHit]:
    """Whole lines of text at the head or the end of the article: anywhere else a bare name is a heading, a caption, an entry of a list."""
    hits = [hit for cue in rule.edges for hit in _hits(rule, reading, cue)]
    if not hits:
        return []
    text = reading.document.visible.text
    lines = [
        (said, block.scope)
        for number, block in enumerate(reading.document.blocks)
        if not block.scope.startswith(NOT_COUNTED)
        for said in (_trimmed(text, line) for line in reading.hits.lines(number))
        if said.end > said.start
    ]
    edges = {said for said, scope in lines[:HEAD] + lines[-TAIL:] if scope in ("paragraph", "quote")}
    return [hit for hit in hits if _trimmed(text, Span(hit.start, hit.end)) in edges]


def _labels(rule: Require, reading: Reading) -> list[CueHit]:
    """Labels without a value behind them: “来源：”, “> Author”."""
    return [hit for cue in rule.empty for hit in _hits(rule, reading, cue)]


def _value_below(reading: Reading, label: CueHit, labelled: set[int]) -> Span | None:
    """The block after a label that fills its own, as exported pages have it: a cell “作者” and a cell “林知远”, a heading “Author” and a
    line with a name. Not a sentence, not another heading, not another label."""
    blocks, text = reading.document.blocks, reading.document.visible.text
    if text[blocks[label.block].start : blocks[label.block].end].strip() != text[label.start : label.end].strip():
        return None
    number = next((n for n in range(label.block + 1, len(blocks)) if blocks[n].owner < 0), 0)
    below = blocks[number]
    if not number or below.scope in ("heading", "title", "code-block", "chrome") or below.scope.startswith(NOT_COUNTED):
        return None
    if below.scope == "table" and below.level != blocks[label.block].level:
        return None
    said = _trimmed(text, Span(below.start, below.end))
    if not 0 < said.end - said.start <= MOST_VALUE or text[said.end - 1] in _SENTENCE_ENDS or _LABEL.match(text, *said):
        return None
    return None if number in labelled else said


def _hits(rule: Require, reading: Reading, cue: int) -> list[CueHit]:
    """Hits in lines, since header and tail lines are statements of their own; and those that run over a line end elsewhere."""
    if cue not in reading.hits.possible:
        return []
    found = live(rule, reading, cue)
    if reading.document.breaks:
        lines = list(reading.hits.of(cue, rule.scopes, lines=True))
        for other in rule.excepts:
            lines = outside(lines, reading.hits.of(other, lines=True))
        known = _Ranges(Span(hit.start, hit.end) for hit in lines)
        found = lines + [hit for hit in found if not known.overlap(hit.start, hit.end)]
    blocks = reading.document.blocks
    found = [hit for hit in found if hit.block != RAW and blocks[hit.block].scope not in ("chrome", "code-block")]
    return free(reading, rule.unless, found)


class _Ranges:
    """Ranges, to be asked which others overlap one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))  # the furthest so far

    def overlap(self, start: int, end: int) -> bool:
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._ends[index] > start


def _longest(hits: Iterable[CueHit]) -> list[CueHit]:
    """Of hits that overlap, the first and longest; one with a value before one without."""
    kept: list[CueHit] = []
    for hit in sorted(dict.fromkeys(hits), key=lambda hit: (hit.start, not hit.value, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _finding(rule: Require, reading: Reading, hit: CueHit) -> str:
    """Why a statement does not fully count, "" where it does."""
    block = reading.document.blocks[hit.block]
    if block.scope == "alt":
        return "hidden"
    if rule.fact in _IN_WORDS and reading.lang in ("zh", "en"):
        sentence = reading.sentence(hit.start)
        said = reading.document.visible.text[sentence.start : sentence.end]
        if len(said) >= LANGUAGE_SAMPLE and language_of(said) not in (reading.lang, "other"):
            return "other-language"
    return "" if _is_placed(rule, reading, hit.block) else "misplaced"


def _is_placed(rule: Require, reading: Reading, block: int) -> bool:
    where, blocks = rule.where, reading.document.blocks
    if where.front_matter:
        return blocks[block].scope == f"front_matter.{where.front_matter}"
    if (not where.first and not where.last) or blocks[block].scope.startswith(NOT_COUNTED):
        return True
    counted = reading.counted
    place, total = bisect_left(counted, block), len(counted)
    first, last = (max(1, round(n * total)) if where.share and n else n for n in (where.first, where.last))
    return place < first or place >= total - last


def _near(rule: Require, reading: Reading, stated: _Ranges) -> list[Statement]:
    """Sentences that say one of the rule's own texts, exactly or altered. What is stated in other words too (`stated`: where) is altered
    only by a negation: to say it in another language or at the wrong place is what is wrong with it then."""
    texts = tuple(text for _, wordings in rule.texts for text in wordings)
    document, folded = reading.document, reading.folded
    found: dict[int, Span] = {}  # by block: from the first to the last sentence that shares words with a text
    for at in anchors(folded.text, texts):
        start = folded.span(at, at).start
        number = document.block_at(start)
        if not document.blocks[number].scope.startswith(NOT_COUNTED):
            sentence, before = reading.sentence(start), found.get(number)
            found[number] = Span(before.start, max(before.end, sentence.end)) if before else sentence
    statements = []
    for span in found.values():
        near = nearest(folded.text[folded.index(span.start) : folded.index(span.end)], texts)
        if near is None:
            continue
        span = _trimmed(document.visible.text, span)
        if near.difference and not near.negation and stated.overlap(*span):
            continue
        if near.difference:
            values = (("expected", near.text), ("value", near.difference))
            statements.append(Statement(span, "", "altered", values=values, replace=near.text))
        else:
            statements.append(Statement(span))
    return statements


def _around(reading: Reading, span: Span) -> Span:
    """The sentence that holds a statement, within its source line; a statement that is longer, or in metadata, as it is."""
    number = reading.document.block_at(span.start)
    block = reading.document.blocks[number]
    if block.scope == "alt":
        return _trimmed(reading.document.visible.text, Span(block.start, block.end))
    if block.scope.startswith(NOT_COUNTED):
        return span
    sentence = reading.sentence(span.start)
    lines = reading.hits.lines(number)
    at = bisect_right(lines, span.start, key=itemgetter(0)) - 1
    line = lines[at] if at >= 0 and span.start < lines[at].end else sentence
    around = Span(min(span.start, max(sentence.start, line.start)), max(span.end, min(sentence.end, line.end)))
    return _trimmed(reading.document.visible.text, around)


def _trimmed(text: str, span: Span) -> Span:
    said = text[span.start : span.end]
    return Span(span.start + len(said) - len(said.lstrip()), span.end - len(said) + len(said.rstrip()))


def _nowhere(reading: Reading) -> int:
    """Where something missing is reported: at the first block that is not metadata or chrome, else at the start."""
    return next((block.start for block in reading.document.blocks if not block.scope.startswith(("front_matter.", "chrome"))), 0)
