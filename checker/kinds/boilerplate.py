"""`boilerplate`: menus, tag clouds, language lists, sign-up boxes: runs of lines that are little else than short links or labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from checker.context import is_governed
from checker.document import OBJECT, Block
from checker.kinds.forbid import live
from checker.reading import Reading
from checker.rule import Boilerplate
from checker.scan import RAW, fits
from checker.text import Span
from checker.violation import Hit

LABEL = 24  # characters of a menu's own label: “Docs”, “Follow us”
_ENDS = ("。", "！", "？", ".", "!", "?", "；", ";", "：", ":", "，", ",")  # text that goes on or ends as a sentence does


class _Furniture(NamedTuple):
    """Visible ranges that count as page furniture, in text order: links, and hits of the rule's cues."""

    starts: list[int]
    ranges: list[tuple[int, int, bool]]  # (start, end, whether it is a link)


def judge(rule: Boilerplate, index: int, reading: Reading) -> Iterator[Hit]:
    """One hit per run, from its first line of furniture to its last."""
    furniture = _furniture(rule, reading)
    if not rule.shortest and len(furniture.ranges) < rule.at_least:
        return
    run: list[Span] = []
    between = 0
    for block in reading.document.blocks:
        if block.owner >= 0 or not fits(block, rule.scopes) or _is_picture(reading, block):
            continue
        for line in _lines(reading, block):
            if _is_furniture(rule, reading, line, furniture, is_paragraph=block.scope == "paragraph"):
                run.append(line)
                between = 0
            elif run and between < rule.gap and _is_label(reading, line):
                between += 1
            else:
                yield from _reported(rule, index, reading, run)
                run, between = [], 0
    yield from _reported(rule, index, reading, run)


def _lines(reading: Reading, block: Block) -> Iterator[Span]:
    """A block by its source lines: what a page showed as buttons one below the other is one paragraph in Markdown."""
    breaks = reading.document.breaks
    start = block.start
    for at in breaks[bisect_right(breaks, block.start) : bisect_left(breaks, block.end)]:
        yield Span(start, at)
        start = at
    yield Span(start, block.end)


def _furniture(rule: Boilerplate, reading: Reading) -> _Furniture:
    text, blocks = reading.document.visible.text, reading.document.blocks
    here = {block.anchor for block in blocks if block.scope == "url" and text.startswith("#", block.start)}  # a table of contents
    links = (Span(mark.start, mark.end) for mark in reading.document.marks if mark.scope == "link")
    found = [(*link, True) for link in links if link not in here and not text.startswith(("http:", "https:", "www."), link.start)]
    found += [(hit.start, hit.end, False) for cue in rule.match.any for hit in live(rule, reading, cue) if hit.block != RAW]
    found.sort()
    return _Furniture([start for start, _, _ in found], found)


def _reported(rule: Boilerplate, index: int, reading: Reading, run: list[Span]) -> Iterator[Hit]:
    if len(run) >= rule.at_least and not is_governed(reading, rule.unless, run[0].start):
        yield Hit(index, run[0].start, run[-1].end, values=(("count", str(len(run))),))


def _is_furniture(rule: Boilerplate, reading: Reading, line: Span, furniture: _Furniture, *, is_paragraph: bool) -> bool:
    """Whether enough of a line is link text or labels, and no link of it is as long as a title."""
    text = reading.document.visible.text
    if is_paragraph and 0 < line.end - line.start <= rule.shortest and not text[line.start : line.end].rstrip().endswith(_ENDS):
        return True
    first = bisect_left(furniture.starts, line.start)
    inside = furniture.ranges[first : bisect_left(furniture.starts, line.end, lo=first)]
    if not inside or any(linked and end - start > rule.longest for start, end, linked in inside):
        return False
    covered, at = 0, line.start
    for start, end, _ in inside:
        covered += _size(text, max(start, at), end)
        at = max(at, end)
    return covered >= rule.links * _size(text, line.start, line.end)


def _size(text: str, start: int, end: int) -> int:
    """Characters that are no white space."""
    return len("".join(text[start:end].split()))


def _is_picture(reading: Reading, block: Block) -> bool:
    return not reading.document.visible.text[block.start : block.end].strip(f"{OBJECT} ")


def _is_label(reading: Reading, line: Span) -> bool:
    said = reading.document.visible.text[line.start : line.end].strip(f"{OBJECT} ")
    return len(said) <= LABEL and not said.endswith(_ENDS)
