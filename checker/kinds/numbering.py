"""`numbering`: typed ordinals at the beginning of paragraphs that jump (1, 2, 5) or change their mark (`1,` `5 ` `3、`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.reading import Reading
from checker.rule import Numbering
from checker.scan import fits
from checker.violation import Hit

LONGEST = 30  # an ordinal above this is a year, a quantity, a code
APART = 6  # paragraphs between two items of one list
_HAN = "零一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_STYLES = {
    # a number with its mark; a bare space counts only before Han characters: “5 互联网金融走向…”
    "arabic": re.compile(r"[(（]?(?P<n>\d{1,2})(?P<mark> ?[,，、.．)）:：](?!\d)| (?=[\u4e00-\u9fff]))"),
    "han": re.compile(r"[(（]?(?:第)?(?P<n>[一二三四五六七八九十]{1,3})(?P<mark>[、，,.．)）:：])"),
    "circled": re.compile(rf"(?P<n>[{_CIRCLED}])(?P<mark>)"),
    "latin": re.compile(r"[(（]?(?P<n>[a-z])(?P<mark>[.)）、])(?=\s|[\u4e00-\u9fff])", re.IGNORECASE),
    "roman": re.compile(r"[(（]?(?P<n>[ivx]{1,4})(?P<mark>[.)）、])(?=\s|[\u4e00-\u9fff])", re.IGNORECASE),
}


class Item(NamedTuple):
    number: int
    mark: str
    start: int
    end: int
    block: int


def judge(rule: Numbering, index: int, reading: Reading) -> Iterator[Hit]:
    """A run is items of one style whose numbers begin at 1 and rise, not far apart; what breaks it is reported at its ordinal."""
    for style in rule.styles:
        for run in _runs(list(_items(style, rule, reading))):
            if len(run) < 3:
                continue
            marks = [item.mark for item in run]
            usual = max(dict.fromkeys(marks), key=marks.count)
            for before, item in zip([None, *run], run, strict=False):
                if "gap" in rule.check and before and item.number != before.number + 1:
                    values = (("expected", str(before.number + 1)), ("value", str(item.number)))
                    yield Hit(index, item.start, item.end, values=values)
                elif "mark" in rule.check and item.mark != usual:
                    yield Hit(index, item.start, item.end, values=(("expected", f"{item.number}{usual}"), ("value", str(item.number))))


def _items(style: str, rule: Numbering, reading: Reading) -> Iterator[Item]:
    text = reading.document.visible.text
    for number, block in enumerate(reading.document.blocks):
        if (
            block.owner >= 0
            or block.scope in ("table", "heading", "title")
            or not fits(block, rule.scopes)
        ):
            continue
        found = _STYLES[style].match(text, block.start, block.end)
        if found:
            value = _value(style, found["n"].lower())
            if 0 < value <= LONGEST:
                yield Item(value, found["mark"], found.start(), found.end(), number)


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


def _runs(items: list[Item]) -> Iterator[list[Item]]:
    run: list[Item] = []
    for item in items:
        if run and (item.number <= run[-1].number or item.block - run[-1].block > APART):
            yield run
            run = []
        if run or item.number == 1:
            run.append(item)
    yield run
