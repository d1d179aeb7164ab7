"""`consistent`: one spelling per article; the rarer ones are reported, the first named wins a tie."""

from __future__ import annotations

from collections.abc import Iterator

from checker.kinds.forbid import live
from checker.reading import Reading
from checker.rule import Consistent
from checker.violation import Hit


def judge(rule: Consistent, index: int, reading: Reading) -> Iterator[Hit]:
    used = [live(rule, reading, cue) for cue in rule.forms]
    most = max(range(len(used)), key=lambda number: (len(used[number]), -number))
    if not used[most]:
        return
    usual = used[most][0]
    said = reading.document.visible.text[usual.start : usual.end]
    for number, hits in enumerate(used):
        if number != most:
            for hit in hits:
                values = (("expected", said), ("count", str(len(used[most]))))
                yield Hit(index, hit.start, hit.end, values=values, related=((usual.start, usual.end, said),))
