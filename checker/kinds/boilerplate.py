"""`boilerplate`: menus, tag clouds, language lists, sign-up boxes: runs of lines that are little else than short links or labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from checker.context import is_governed
from checker.document import OBJECT, Block
from checker.expressions import lazy
from checker.kinds.forbid import live
from checker.reading import Reading
from checker.rule import Boilerplate
from checker.scan import RAW, fits
from checker.text import Span
from checker.violation import Hit

_HOST = lazy(r"(?:[a-z]+:)?//(?:www\.)?([^/?#]+)")
# A place in the article, or a file beside it.
_BESIDE = lazy(
    r"#|\./|[^/:?]+\.[a-z]\w{1,5}$"
    r"|(?:\.\./|[^/:?]+/){1,8}[^/:?]+\.(?:mdx?|ipynb|rst|py|[jt]s|rs|go|sol|json|ya?ml|toml)(?:#|$)"
)
# Where sites have their own channels; a footer links to many of them.
_CHANNELS = (
    *(
        "twitter.com",
        "x.com",
        "facebook.com",
        "t.me",
        "discord.gg",
        "discord.com",
        "github.com",
        "reddit.com",
        "medium.com",
        "linkedin.com",
    ),
    *("youtube.com", "instagram.com", "tiktok.com", "weibo.com", "weixin.qq.com", "slack.com", "riot.im", "apple.com", "spotify.com"),
)
WITNESSES = 2  # words of pages that an article must hold before its lists of links and its short lines are taken for a page's
PROSE = 60  # characters of a paragraph that is text, not a label
LABEL = 24  # characters of a menu's own label: “Docs”, “Follow us”
_ENDS = ("。", "！", "？", ".", "!", "?", "；", ";", "：", ":", "，", ",")  # text that goes on or ends as a sentence does


class _Furniture(NamedTuple):
    """Visible ranges that count as page furniture, in text order: links, and hits of the rule's cues."""

    starts: list[int]
    ranges: list[tuple[int, int, str | None]]  # (start, end, the host of a link: "" on the page's own site; None: no link)

    def within(self, span: Span) -> list[tuple[int, int, str | None]]:
        first = bisect_left(self.starts, span.start)
        return self.ranges[first : bisect_left(self.starts, span.end, lo=first)]


def judge(rule: Boilerplate, index: int, reading: Reading) -> Iterator[Hit]:
    """One hit per run, from its first line of furniture to its last."""
    furniture = _furniture(rule, reading)
    if sum(host is None for *_, host in furniture.ranges) < min(WITNESSES, rule.at_least):
        return
    run: list[Span] = []
    between = 0
    led = is_led = False
    prose = _last_prose(reading)
    for block in reading.document.blocks:
        if block.owner >= 0 or not fits(block, rule.scopes) or _is_picture(reading, block):
            continue
        for line in _lines(reading, block):
            if _is_furniture(rule, reading, line, furniture, is_paragraph=block.scope == "paragraph"):
                if not run:
                    is_led = led and line.start < prose
                run.append(line)
                between = 0
            elif run and between < rule.gap and _is_label(reading, line):
                between += 1
            else:
                if not is_led:
                    yield from _reported(rule, index, reading, run, furniture)
                run, between = [], 0
                led = block.scope == "heading"
    if not is_led:
        yield from _reported(rule, index, reading, run, furniture)


def _last_prose(reading: Reading) -> int:
    """Where the last paragraph of sentences starts: a list of links under a heading before it is part of an article, after it a footer."""
    text = reading.document.visible.text
    for block in reversed(reading.document.blocks):
        is_text = block.scope == "paragraph" and block.owner < 0 and block.end - block.start >= PROSE
        if is_text and text[block.start : block.end].rstrip().endswith(_ENDS):
            return block.start
    return 0


def _lines(reading: Reading, block: Block) -> Iterator[Span]:
    """A block by its source lines: what a page showed as buttons one below the other is one paragraph in Markdown."""
    breaks = reading.document.breaks
    start = block.start
    for at in breaks[bisect_right(breaks, block.start) : bisect_left(breaks, block.end)]:
        yield Span(start, at)
        start = at
    yield Span(start, block.end)


def _furniture(rule: Boilerplate, reading: Reading) -> _Furniture:
    """Links but those inside the article (a table of contents), to files beside it, and bare addresses; and hits of the rule's cues."""
    text = reading.document.visible.text
    urls = {block.anchor: text[block.start : block.end] for block in reading.document.blocks if block.scope == "url"}
    found: list[tuple[int, int, str | None]] = []
    for mark in reading.document.marks:
        url = urls.get(Span(mark.start, mark.end), "") if mark.scope == "link" else "#"
        if not _BESIDE.match(url) and not text.startswith(("http:", "https:", "www."), mark.start):
            found.append((mark.start, mark.end, _host(url)))
    found += [(hit.start, hit.end, None) for cue in rule.match.any for hit in live(rule, reading, cue) if hit.block != RAW]
    found.sort(key=lambda item: item[:2])
    return _Furniture([start for start, *_ in found], found)


def _host(url: str) -> str:
    found = _HOST.match(url)
    host = found[1].lower() if found else ""
    return "" if host.endswith(_CHANNELS) else host


def _reported(rule: Boilerplate, index: int, reading: Reading, run: list[Span], furniture: _Furniture) -> Iterator[Hit]:
    if len(run) < rule.at_least or is_governed(reading, rule.unless, run[0].start):
        return
    hosts = [host for line in run for *_, host in furniture.within(line) if host is not None]
    if 2 * len({*hosts} - {""}) <= len(hosts):  # a list of addresses all over the web is what an author collected
        yield Hit(index, run[0].start, run[-1].end, values=(("count", str(len(run))),))


def _is_furniture(rule: Boilerplate, reading: Reading, line: Span, furniture: _Furniture, *, is_paragraph: bool) -> bool:
    """Whether enough of a line is link text or labels, and no link of it is as long as a title."""
    text = reading.document.visible.text
    if is_paragraph and 0 < line.end - line.start <= rule.shortest and not text[line.start : line.end].rstrip().endswith(_ENDS):
        return True
    inside = furniture.within(line)
    if not inside or any(host is not None and end - start > rule.longest for start, end, host in inside):
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
