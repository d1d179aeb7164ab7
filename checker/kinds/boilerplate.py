"""`boilerplate`: menus, tag clouds, language lists, neighbouring posts: runs of blocks that are little else than short links."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from checker.context import is_governed
from checker.document import OBJECT, Block
from checker.reading import Reading
from checker.rule import Boilerplate
from checker.scan import fits
from checker.violation import Hit

LABEL = 24  # characters of a menu's own label: “Docs”, “Follow us”
_ENDS = ("。", "！", "？", ".", "!", "?", "；", ";", "：", ":", "，", ",")  # text that goes on or ends as a sentence does


def judge(rule: Boilerplate, index: int, reading: Reading) -> Iterator[Hit]:
    """One hit per run, from its first linked block to its last."""
    blocks = reading.document.blocks
    links = sorted((mark.start, mark.end) for mark in reading.document.marks if mark.scope == "link")
    if len(links) < rule.at_least:
        return
    run: list[Block] = []
    between = 0
    for block in blocks:
        if block.owner >= 0 or not fits(block, rule.scopes):
            continue
        if _is_linked(rule, reading, block, links):
            run.append(block)
            between = 0
        elif run and between < rule.gap and _is_label(reading, block):
            between += 1
        else:
            yield from _reported(rule, index, reading, run)
            run, between = [], 0
    yield from _reported(rule, index, reading, run)


def _reported(rule: Boilerplate, index: int, reading: Reading, run: list[Block]) -> Iterator[Hit]:
    if len(run) >= rule.at_least and not is_governed(reading, rule.unless, run[0].start):
        yield Hit(index, run[0].start, run[-1].end, values=(("count", str(len(run))),))


def _is_linked(rule: Boilerplate, reading: Reading, block: Block, links: list[tuple[int, int]]) -> bool:
    """Whether enough of a block is link text, and no link of it is as long as a title."""
    inside = links[bisect_left(links, (block.start, 0)) : bisect_left(links, (block.end, 0))]
    if not inside or any(end - start > rule.longest for start, end in inside):
        return False
    text = reading.document.visible.text
    said = len("".join(text[block.start : block.end].split()))
    linked = sum(len("".join(text[start:end].split())) for start, end in inside)
    return linked >= rule.links * said


def _is_label(reading: Reading, block: Block) -> bool:
    said = reading.document.visible.text[block.start : block.end].strip(f"{OBJECT} ")
    return len(said) <= LABEL and not said.endswith(_ENDS)
