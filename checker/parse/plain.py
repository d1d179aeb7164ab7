"""Plain text: a blank line ends a paragraph; a line end inside one is a soft break, as in Markdown.

Text that was never wrapped is told by its lines: then a line that ends a sentence ends the paragraph as well. What is joined
stays joined (`稳赚⏎不赔` is one phrase); `language.sentences` keeps short lines (作者：…) apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.document import Builder, Document, Source
from checker.expressions import lazy
from checker.parse.directives import CLOSING, OPENING, PREFIX, note_comment
from checker.parse.front_matter import read_front_matter
from checker.parse.urls import addresses
from checker.text import Span

_SPACE = " \t\r\v\f\u00a0\u3000"
_DRAWN = lazy(r"([-=_*~—─－＝＊])(?:\s*\1){2,}")
_ENDED = lazy(r"[。！？!?…；;：:.][”’\"')）」』】》]*$")
_ITEM = lazy(r"(?:[-*+•·●▪◆■★※]\s|[•●▪◆■]|[(（]?\d{1,3}(?:[.)）](?!\d)|、)|[(（]?[一二三四五六七八九十]{1,3}(?:[)）]|、))\s*\S")
# Lines that scraped articles have around their text: 来源：…, 2026-10-12 09:30, Published: …
_HEADER = lazy(
    r"(?:(?:信息|文章|本文|稿件|新闻|内容|資料|资料|RSS)?(?:来源|來源|源)|(?:文章|本文|原文)?(?:作者|链接|鏈接|連結|标题|標題)|(?:发布|發佈|更新|获取)?(?:时间|時間|日期)"
    r"|编辑|編輯|责编|责任编辑|记者|記者|撰文|撰稿|译者|編譯|编译|文|摘要|关键词|阅读|浏览|当前位置|您的位置|URL|Link|Source|Authors?|By|Date|Published|Updated"
    r"|Title|Tags?|Summary|Posted|Editor)\s*[:：/／]|(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|By [A-Z]",
    re.IGNORECASE,
)
_NO_TITLE = lazy(rf"(?:[。；，,:：]|\.\.\.)$|^(?:{_ITEM.pattern})")
_DRAWING = frozenset("-=_*~—─－＝＊")
WIDE_LINE = 120  # columns, a Han character takes two: nobody wraps text at more, so a line that is wider is a paragraph
TITLE_LINE = 80  # code points: a line that is longer is no title
LONGEST_DIRECTIVE = 4096  # code points
HEAD = 5  # groups of lines in which the title may stand: scraped articles begin with menus and breadcrumbs


class Line(NamedTuple):
    """A line without the white space around it. start, end: where it stands in the source."""

    start: int
    end: int
    text: str


def parse(source: Source, site: str = "none") -> Document:
    """Paragraphs, lists and a title; addresses are blocks beside the text."""
    builder = Builder(source, "plain")
    groups = list(_groups(builder, read_front_matter(builder)))
    title = _title(groups) if not builder.at else None  # front matter has none
    for group in groups:
        at = group.index(title) if title in group else 0
        for scope, lines in _blocks(group[:at]):
            _block(builder, scope, lines)
        if group[at] == title:
            _block(builder, "title", [title])
            at += 1
        for scope, lines in _blocks(group[at:]):
            _block(builder, scope, lines)
    return builder.build()


def _groups(builder: Builder, start: int) -> Iterator[list[Line]]:
    """Lines between blank lines. Drawn lines (-----) and directives are no text, and end a group as blank lines do;
    a directive behind text ends nothing."""
    text = builder.source.text
    group: list[Line] = []
    behind = start  # the end of the last directive, which may have several lines
    for whole in text[start:].split("\n"):
        said = whole.strip(_SPACE)
        begin = start + whole.index(said)
        start += len(whole) + 1
        if begin < behind:
            continue
        if said.startswith(OPENING) and (directive := _directive(text, begin, said)):
            note_comment(builder, *directive)
            said, behind = "", directive.end
        elif trailing := _trailing(said):
            note_comment(builder, begin + trailing, begin + len(said))
            said = said[:trailing].rstrip(_SPACE)
        if not said or (said[0] in _DRAWING and _DRAWN.fullmatch(said)):
            if group:
                yield group
            group = []
        else:
            group.append(Line(begin, begin + len(said), said))
    if group:
        yield group


def _directive(text: str, begin: int, said: str) -> Span | None:
    """The directive comment that begins with a line, if nothing else stands on its lines; an unclosed one ends with its line."""
    if not said[len(OPENING) :].lstrip().startswith(PREFIX):
        return None
    close = text.find(CLOSING, begin, begin + LONGEST_DIRECTIVE)
    if close < 0:
        return Span(begin, begin + len(said))
    end = close + len(CLOSING)
    rest = text.find("\n", end)
    return None if text[end : rest if rest >= 0 else len(text)].strip(_SPACE) else Span(begin, end)


def _trailing(said: str) -> int:
    """Where the directive comment begins that ends a line of text, 0 where none does."""
    at = said.rfind(OPENING) if said.endswith(CLOSING) else -1
    return at if at > 0 and said[at + len(OPENING) :].lstrip().startswith(PREFIX) else 0


def _title(groups: list[list[Line]]) -> Line | None:
    """The line that is the title: one that stands alone, over a header line, or first over text that was not wrapped, and reads as no
    sentence, header line or list item itself. Where prose has begun, no title follows."""
    for number, lines in enumerate(groups[:HEAD]):
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            if _is_wide(line.text) or line.text.endswith("。"):
                return None
            if following is None:
                heads = len(lines) == 1 and number + 1 < len(groups)
            else:
                heads = (line is lines[0] and _is_wide(following.text)) or _HEADER.match(following.text) is not None
            if heads and len(line.text) <= TITLE_LINE and not _NO_TITLE.search(line.text) and not _HEADER.match(line.text):
                return line
    return None


def _blocks(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines of a group in paragraphs and list items. A group that was wrapped is one paragraph, wherever its lines end."""
    if len(lines) < 2:
        if lines:
            yield "paragraph", lines
        return
    items = [_ITEM.match(line.text) is not None for line in lines]
    listed = sum(items) > 1
    ended = [_ENDED.search(line.text) is not None for line in lines]
    wide = [_is_wide(line.text) for line in lines]
    unwrapped = any(wide) or (len(lines) > 3 and sum(ended[:-1]) * 2 > len(lines) - 1)
    block: list[Line] = []
    scope = "paragraph"
    for number, line in enumerate(lines):
        begins = listed and items[number]
        if block and (begins or (unwrapped and (wide[number] or wide[number - 1] or ended[number - 1]))):
            yield scope, block
            block, scope = [], "paragraph"
        if begins:
            scope = "list"
        block.append(line)
    yield scope, block


def _is_wide(said: str) -> bool:
    """Whether a line takes more columns than anybody wraps text at."""
    length = len(said)
    return length > WIDE_LINE or (length * 2 > WIDE_LINE and length + sum(map("\u1100".__le__, said)) > WIDE_LINE)


def _block(builder: Builder, scope: str, lines: list[Line]) -> None:
    builder.open(scope, (), 1 if scope == "list" else 0)
    for number, (start, end, said) in enumerate(lines):
        if number:
            builder.line_break(lines[number - 1].end, start)
        builder.replaced(said, start, end)
        for first, last in addresses(said, 0, len(said)) if "." in said else ():
            anchor = Span(builder.at - len(said) + first, builder.at - len(said) + last)
            builder.beside("url", [(said[first:last], start + first, start + last)], anchor)
    builder.close()
