"""Governing ranges: where text is negated, warned of, reported or quoted, so that it says something else than its words.

A cue governs from where it stands to the end of its sentence or to an adversative (但, however); one 不得 governs “A、B，C”, but 不是
only its clause (“这不是骗局，现在注册就送”). A lead-in
passes its context on to the list or quotation that follows, a heading to its section. A call to action that a reader could follow ends
what it is not part of: “监管禁止，但点此 okx.com 注册” promotes. Never per article: one that warns in its body and promotes in its head is
flagged in its head.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter

from checker.document import OBJECT
from checker.expressions import lazy
from checker.reading import Reading
from checker.rule import Context
from checker.scan import CueHit
from checker.text import Span
from checker.values import frozen

QUOTED = "quoted"  # the one context that is a range of marks: its cues are verbs of speech beside the quotation
_QUOTES = lazy(r"“[^”\n]{1,400}”|「[^」\n]{1,400}」|『[^』\n]{1,400}』|\"[^\"\n]{1,400}\"")
_LEAD = lazy(r"[：:]\s*$|(?:以下|下列|如下)[^。！？\n]{0,12}[：:。]?\s*$|\b(?:following|below)\b[^.!?\n]{0,40}$", re.IGNORECASE)
_ITEM = lazy(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、,，]|[①-⑳•·▪■◆●○✦✓✔×✗❌🚫-]")
_NEAR = 16  # characters between a verb of speech and the quotation it speaks of

# What makes a call to action real: somewhere to go. xxx, *** and example.com are specimens.
_DOMAIN = "com|cn|io|net|org|me|cc|xyz|top|app|co|vip|pro|info|link|site|club|fun|live|online|exchange|win|hk|tv|ai|gg|ly"
_HOST = rf"(?<![a-z0-9@.-])(?!(?:www\.)?example\.|x{{2,}}\.)(?:[a-z0-9-]{{1,40}}\.){{1,4}}(?:{_DOMAIN})(?![a-z0-9])"
_NAMED = r"(?:微信|薇信|威信|v信|vx|wx|weixin|wechat|qq|扣扣|群|电报|tg|telegram|discord|whatsapp|电话|手机|热线|公众号|码|code|\bid)"
_TARGET = lazy(
    rf"{_HOST}|(?<![a-z0-9])@(?!x{{3,}})[a-z0-9_]{{4,}}"
    rf"|{_NAMED}[^。！？!?，,\n]{{0,6}}?(?<![a-z0-9])(?!x{{3,}})(?=[a-z_-]*\d)[a-z0-9_-]{{4,}}(?![元万%年月])",
    re.IGNORECASE,
)
_FAR = lazy(r"(?:https?:)?//(?!(?:www\.)?example\.)|(?:mailto|tel|tg|weixin):", re.IGNORECASE)


@frozen
class _Marks:
    """What stands in one block: starts of the cues of a context, ranges of adversatives, calls to action and quotations."""

    forward: list[int]
    clause: list[int]
    sentence: list[int]
    turns: list[int]
    calls: list[int]
    quotes: list[Span]


def is_governed(reading: Reading, names: Iterable[str], offset: int) -> bool:
    """Whether a visible offset lies in a range that one of the named contexts governs."""
    at, block = reading.anchor(offset)
    wanted = set(names)
    return any(_holds(governed(reading, context, block), at) for context in reading.plan.contexts if context.name in wanted)


def free(reading: Reading, names: tuple[str, ...], hits: Iterable[CueHit]) -> list[CueHit]:
    """The hits that no context excuses. A hit is governed by a cue that begins before it: in 不会亏损 the 不会 is part of the hit."""
    return [hit for hit in hits if hit.block < 0 or not is_governed(reading, names, hit.start)] if names else list(hits)


def governed(reading: Reading, context: Context, block: int) -> list[Span]:
    """The ranges of a block that a context governs, in order, none touching another; a hit that begins in one is excused."""
    known = reading.governed.get((context.name, block))
    if known is None:
        known = reading.governed[context.name, block] = _united(_governed(reading, context, block))
    return known


def _united(spans: list[Span]) -> list[Span]:
    united: list[Span] = []
    for span in sorted(spans):
        if united and span.start <= united[-1].end:
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        elif span.start < span.end:
            united.append(span)
    return united


def _holds(spans: list[Span], at: int) -> bool:
    """Whether one of the spans (in order) holds a place."""
    index = bisect_right(spans, at, key=itemgetter(0)) - 1
    return index >= 0 and at < spans[index].end


def _governed(reading: Reading, context: Context, block: int) -> list[Span]:
    _, start, end, *_ = reading.document.blocks[block]
    around = Span(start, end)
    inherits = (context.lead and _is_led(reading, context, block)) or (context.section and _is_under(reading, context, block))
    forward, near, whole = (_starts(reading, cues, around) for cues in (context.cues, context.clause, context.sentence))
    if not (inherits or forward or near or whole):
        return []
    quotes = [Span(*match.span()) for match in _QUOTES.finditer(reading.document.visible.text, start, end)]
    if context.name == QUOTED:
        speech = sorted(forward + near + whole)
        return [quote for quote in quotes if _is_spoken(quote, speech)] + ([around] if inherits else [])
    marks = _Marks(forward, near, whole, _starts(reading, context.ends, around), _calls(reading, block, quotes), quotes)
    spans: list[Span] = []
    for sentence in reading.sentences(block):
        own = [_forward(reading, marks, sentence, at) for at in _within(marks.forward, sentence)]
        own += [_near(reading, sentence, at) for at in _within(marks.clause, sentence)]
        spans.extend(own)
        free_calls = [at for at in _within(marks.calls, sentence) if not any(span.start <= at < span.end for span in own)]
        if free_calls:
            continue
        spans.extend(Span(sentence.start, _next(marks.turns, at, sentence.end)) for at in _within(marks.sentence, sentence))
        if inherits:
            spans.append(sentence)
    return spans


def _starts(reading: Reading, cues: Iterable[int], span: Span) -> list[int]:
    """Where cues begin inside a span, in text order."""
    starts: list[int] = []
    for cue in cues:
        hits = reading.hits.of(cue)
        if hits:
            first = bisect_left(hits, (span.start,))
            starts.extend([hit.start for hit in hits[first : bisect_left(hits, (span.end,), lo=first)]])
    return sorted(starts)


def _within(starts: list[int], span: Span) -> list[int]:
    return starts[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def _next(starts: list[int], at: int, end: int) -> int:
    """The first of `starts` behind `at`, at most `end`."""
    index = bisect_right(starts, at)
    return min(end, starts[index]) if index < len(starts) else end


def _forward(reading: Reading, marks: _Marks, sentence: Span, at: int) -> Span:
    """From behind the beginning of a cue to the end of the sentence, of the quotation that it opens, to an adversative, or to the
    clause of a call to action: “谨防假冒，认准 okx.com 注册” warns of one thing and promotes another; “切勿点击 okx.com” does not."""
    end = next((quote.end for quote in marks.quotes if at < quote.start < sentence.end < quote.end), sentence.end)
    end = _next(marks.turns, at, end)
    call = _next(marks.calls, at, end)
    if call < end:
        clause = next((clause for clause in reading.clauses(sentence) if clause.start <= call < clause.end), sentence)
        if clause.start > at:
            end = clause.start
    return Span(at + 1, end)


def _near(reading: Reading, sentence: Span, at: int) -> Span:
    """From behind the beginning of a cue to the end of its clause."""
    return Span(at + 1, next((clause.end for clause in reading.clauses(sentence) if at < clause.end), sentence.end))


def _is_spoken(quote: Span, speech: list[int]) -> bool:
    return any(quote.start - _NEAR <= at < quote.start or quote.end <= at <= quote.end + _NEAR for at in speech)


# -- calls to action


def _calls(reading: Reading, block: int, quotes: list[Span]) -> list[int]:
    """Where a reader is called to act and told where to go; not what is quoted."""
    _, start, end, *_ = reading.document.blocks[block]
    starts = [at for at in _starts(reading, reading.plan.actions, Span(start, end)) if not any(q.start <= at < q.end for q in quotes)]
    return [at for at in starts if _has_target(reading, block, reading.sentence(at))] if starts else []


def _has_target(reading: Reading, block: int, sentence: Span) -> bool:
    """Whether a sentence holds a host, handle, number, code, picture or a link that leads elsewhere."""
    blocks, text = reading.document.blocks, reading.document.visible.text
    said = text[sentence.start : sentence.end]
    if OBJECT in said or _TARGET.search(said) or text[sentence.end : blocks[block].end].lstrip().startswith(OBJECT):
        return True
    following = block + 1
    while following < len(blocks) and blocks[following].owner == block:
        hung = blocks[following]
        if hung.scope == "url" and sentence.start <= hung.anchor.start < sentence.end and _FAR.match(text, hung.start, hung.end):
            return True
        following += 1
    # A picture by itself below the call is what to scan.
    return following < len(blocks) and not text[blocks[following].start : blocks[following].end].strip(f"{OBJECT} ")


# -- what is passed on


def _is_led(reading: Reading, context: Context, block: int) -> bool:
    """Whether a list item, a quotation or a numbered line stands behind a lead-in with a cue; nested items behind any item above."""
    blocks, text = reading.document.blocks, reading.document.visible.text
    scope, level = blocks[block].scope, blocks[block].level
    if scope not in ("list", "quote") and not _ITEM.match(text, blocks[block].start):
        return False
    led = False
    passed: list[tuple[str, int, str, int]] = []
    for number in range(block - 1, -1, -1):
        before = blocks[number]
        if before.owner >= 0:
            continue
        key = context.name, number, scope, level
        if key in reading.led:
            led = reading.led[key]
            break
        passed.append(key)
        deeper = before.scope == scope == "list" and before.level < level
        sibling = before.scope == scope and (scope in ("list", "quote") or bool(_ITEM.match(text, before.start)))
        if deeper or not sibling:
            led = _leads(reading, context, number)
            if led or not deeper:
                break
            level = before.level
    reading.led.update(dict.fromkeys(passed, led))
    return led


def _leads(reading: Reading, context: Context, block: int) -> bool:
    sentences = reading.sentences(block)
    if not sentences:
        return False
    last = sentences[-1]
    said = reading.document.visible.text[last.start : last.end]
    return bool(_LEAD.search(said)) and bool(_starts(reading, (*context.cues, *context.clause, *context.sentence), last))


def _is_under(reading: Reading, context: Context, block: int) -> bool:
    """Whether a heading above, of any level, holds a cue. What heads the whole article passes on nothing."""
    blocks, headings = reading.document.blocks, reading.document.headings
    if blocks[block].scope in ("heading", "title"):
        return False
    under = False
    passed: list[tuple[str, int]] = []
    above = bisect_left(headings, block) - 1
    while above >= 0:
        key = context.name, above
        if key in reading.under:
            under = reading.under[key]
            break
        passed.append(key)
        heading = blocks[headings[above]]
        if _starts(reading, (*context.cues, *context.clause, *context.sentence), Span(heading.start, heading.end)):
            under = heading.level > 1 or any(blocks[other].level == 1 for other in headings if other != headings[above])
            break
        above = reading.document.outer_headings[above]
    reading.under.update(dict.fromkeys(passed, under))
    return under
