"""`numbering`: typed ordinals at the beginning of lines that jump (1, 2, 5) or change their mark (`1,` `5 ` `3、`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from checker.expressions import lazy
from checker.reading import Reading
from checker.rule import Numbering
from checker.scan import fits
from checker.violation import Hit

LONGEST = 30  # an ordinal above this is a year, a quantity, a code
APART = 8  # blocks between two items of one list
_HAN = "零一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_STYLES = {
    # No decimal (1.5), no thousands (1,500), no time (10:30), but “1,5G万物互联” is a first item. A bare space counts only before Han
    # characters: “5 互联网金融走向…”.
    "arabic": (
        r"\d{1,2})(?P<mark> ?(?:[，、)）]|[,](?!\d{3}(?!\d))|[.．:：](?!\d))"
        r"| (?=[\u4e00-\u9fff])(?![年月日号时点分秒个名家位届级季岁次倍元万亿]))"
    ),
    "han": r"[一二三四五六七八九十]{1,3})(?P<mark> ?[、，,.．)）:：])",
    "circled": rf"[{_CIRCLED}])(?P<mark>)",
    "latin": r"[a-z])(?P<mark>[.)）、])(?=\s|[\u4e00-\u9fff])",
    "roman": r"[ivx]{1,4})(?P<mark>[.)）、])(?=\s|[\u4e00-\u9fff])",
}
_LETTERS = ("latin", "roman")
_PATTERNS = {style: lazy(rf"(?P<open>[(（]|第)?(?P<n>{rest}", re.IGNORECASE if style in _LETTERS else 0) for style, rest in _STYLES.items()}
_CLOSING = (")", "）")


class Item(NamedTuple):
    number: int
    mark: str
    start: int
    end: int
    block: int


def judge(rule: Numbering, index: int, reading: Reading) -> Iterator[Hit]:
    """A run is items of one style whose numbers begin at 1 and rise, not far apart; what breaks it is reported at its ordinal."""
    for style in rule.styles:
        series = _series(style, rule, reading)
        everywhere = [item for items in series.values() for item in items]
        for items in series.values():
            for run in _runs(items):
                yield from _broken(run, everywhere, rule, index, reading)


def _series(style: str, rule: Numbering, reading: Reading) -> dict[tuple[str, bool, str], list[Item]]:
    """Items by how they are written (第一 is no 一, 1) no 1.), and headings apart from text: lists stand inside each other."""
    text = reading.document.visible.text
    series: defaultdict[tuple[str, bool, str], list[Item]] = defaultdict(list)
    for number, block in enumerate(reading.document.blocks):
        if block.owner >= 0 or block.scope in ("table", "title") or not fits(block, rule.scopes):
            continue
        for line in reading.hits.lines(number):
            found = _PATTERNS[style].match(text, line.start, line.end)
            value = _value(style, found["n"].lower()) if found else 0
            if found and 0 < value <= LONGEST:
                heading = f"heading {block.level}" if block.scope == "heading" else ""
                kind = found["open"] or "", found["mark"].endswith(_CLOSING), heading
                series[kind].append(Item(value, found["mark"], found.start(), found.end(), number))
    return series


def _runs(items: list[Item]) -> Iterator[list[Item]]:
    run: list[Item] = []
    for item in items:
        if run and (item.number <= run[-1].number or item.block - run[-1].block > APART):
            yield run
            run = []
        if run or item.number == 1:
            run.append(item)
    yield run


def _broken(run: list[Item], everywhere: list[Item], rule: Numbering, index: int, reading: Reading) -> Iterator[Hit]:
    """Two items that agree on nothing are no list; three are."""
    if len(run) < 3:
        return
    marks = [item.mark for item in run]
    usual = max(dict.fromkeys(marks), key=marks.count)
    rises = ((before, item) for before, item in pairwise(run) if item.number != before.number + 1)
    jumps = {item for before, item in rises if not _is_filled(before, item, everywhere, reading)}
    for item in run:
        if "gap" in rule.check and item in jumps:
            wanted = str(run[run.index(item) - 1].number + 1)
        elif "mark" in rule.check and item.mark != usual:
            wanted = f"{item.number}{usual}"
        else:
            continue
        yield Hit(index, item.start, item.end, values=(("expected", wanted), ("value", str(item.number))))


def _is_filled(before: Item, item: Item, everywhere: list[Item], reading: Reading) -> bool:
    """Whether what is missing stands between in another shape: in a heading, or as a list of the format, whose numbers are not text."""
    if any(block.scope == "list" for block in reading.document.blocks[before.block + 1 : item.block]):
        return True
    return any(before.number < other.number < item.number and before.start < other.start < item.start for other in everywhere)


def _value(style: str, written: str) -> int:
    if style == "arabic":
        return int(written)
    if style == "circled":
        return _CIRCLED.index(written) + 1
    if style == "latin":
        return ord(written) - 96
    if style == "roman":
        return _ROMAN.index(written) + 1 if written in _ROMAN else 0
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _HAN.index(written) if len(written) == 1 else 0
    return (_HAN.index(tens) if len(tens) == 1 else 1) * 10 + (_HAN.index(ones) if len(ones) == 1 else 0)
