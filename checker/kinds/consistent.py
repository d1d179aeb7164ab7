"""`consistent`: one spelling per article; the rarer ones are reported, the first named wins a tie."""

from __future__ import annotations

from collections.abc import Iterator

from checker.context import free
from checker.kinds.forbid import live
from checker.reading import Reading
from checker.rule import Consistent
from checker.scan import RAW, CueHit
from checker.scan.hits import outermost
from checker.violation import Hit


def judge(rule: Consistent, index: int, reading: Reading) -> Iterator[Hit]:
    if sum(cue in reading.hits.possible for cue in rule.forms) < 2:
        return
    used = [_used(rule, reading, cue) for cue in rule.forms]
    longest = set(outermost(hit for hits in used for hit in hits))
    used = [[hit for hit in hits if hit in longest] for hits in used]
    most = max(range(len(used)), key=lambda number: (len(used[number]), -number))
    for number, hits in enumerate(used):
        if number != most:
            usual = used[most][0]
            said = reading.document.visible.text[usual.start : usual.end]
            for hit in hits:
                values = (("expected", said), ("count", str(len(used[most]))))
                yield Hit(index, hit.start, hit.end, values=values, related=((usual.start, usual.end, said),), replace=said)


def _used(rule: Consistent, reading: Reading, cue: int) -> list[CueHit]:
    return [hit for hit in free(reading, rule.unless, live(rule, reading, cue)) if hit.block != RAW]
