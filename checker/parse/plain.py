"""Plain text: a blank line ends a paragraph; a line end inside one is a soft break, as in Markdown.

Text that was never wrapped is told by its lines: then a line that ends a sentence ends the paragraph as well. What is joined
stays joined (`稳赚⏎不赔` is one phrase); `language.sentences` keeps short lines (作者：…) apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document import Builder, Document, Source
from checker.parse.directives import CLOSING, OPENING, PREFIX, note_comment
from checker.parse.front_matter import read_front_matter
from checker.parse.urls import addresses
from checker.text import Span

_SPACE = " \t\r\v\f\u00a0\u3000"
_DRAWN = re.compile(r"([-=_*~—─－＝＊])(?:\s*\1){2,}")
_ENDED = re.compile(r"[。！？!?…；;：:.][”’\"')）」』】》]*$")
_ITEM = re.compile(r"(?:[-*+•·●▪◆■★※]\s|[•●▪◆■]|[(（]?\d{1,3}(?:[.)）](?!\d)|、)|[(（]?[一二三四五六七八九十]{1,3}(?:[)）]|、))\s*\S")
# Lines that scraped articles have around their text: 来源：…, 2026-10-12 09:30, Published: …
_HEADER = re.compile(
    r"(?:(?:信息|文章|本文|稿件|新闻|内容|資料|资料|RSS)?(?:来源|來源|源)|(?:文章|本文|原文)?(?:作者|链接|鏈接|連結|标题|標題)|(?:发布|發佈|更新|获取)?(?:时间|時間|日期)"
    r"|编辑|編輯|责编|责任编辑|记者|記者|撰文|撰稿|译者|編譯|编译|文|摘要|关键词|阅读|浏览|当前位置|您的位置|URL|Link|Source|Authors?|By|Date|Published|Updated"
    r"|Title|Tags?|Summary|Posted|Editor)\s*[:：/／]|(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|By [A-Z]",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(rf"(?:[。；，,:：]|\.\.\.)$|^(?:{_ITEM.pattern})")
WIDE_LINE = 120  # columns, a Han character takes two: nobody wraps text at more, so a line that is wider is a paragraph
TITLE_LINE = 80  # code points: a line that is longer is no title
HEAD = 5  # groups of lines in which the title may stand: scraped articles begin with menus and breadcrumbs


def parse(source: Source, site: str = "none") -> Document:
    """Paragraphs, lists and a title; addresses are blocks beside the text."""
    builder = Builder(source, "plain")
    groups = list(_groups(builder, read_front_matter(builder)))
    title = _title(source.text, groups) if not builder.at else None  # front matter has none
    for group in groups:
        at = group.index(title) if title in group else 0
        for scope, lines in _blocks(source.text, group[:at]):
            _block(builder, scope, lines)
        if group[at] == title:
            _block(builder, "title", [title])
            at += 1
        for scope, lines in _blocks(source.text, group[at:]):
            _block(builder, scope, lines)
    return builder.build()


def _groups(builder: Builder, start: int) -> Iterator[list[Span]]:
    """Trimmed lines between blank lines. Drawn lines (-----) and directives are no text, and end a group as blank lines do."""
    text = builder.source.text
    lines: list[Span] = []
    while start < len(text):
        line = _trimmed(text, start, _line_end(text, start))
        directive = _directive(text, line)
        if directive is not None:
            note_comment(builder, *directive)
            line = Span(directive.end, directive.end)
        if line.start == line.end or _DRAWN.fullmatch(text, *line):
            if lines:
                yield lines
            lines = []
        else:
            lines.append(line)
        start = _line_end(text, line.end) + 1
    if lines:
        yield lines


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end].rstrip(_SPACE)
    return Span(start + len(piece) - len(piece.lstrip(_SPACE)), start + len(piece))


def _directive(text: str, line: Span) -> Span | None:
    """The directive comment that begins with a line, if nothing else stands on its lines; an unclosed one ends with its line."""
    if not text.startswith(OPENING, line.start) or not text[line.start + len(OPENING) : line.end].lstrip().startswith(PREFIX):
        return None
    close = text.find(CLOSING, line.start)
    if close < 0:
        return line
    end = close + len(CLOSING)
    return None if text[end : _line_end(text, end)].strip(_SPACE) else Span(line.start, end)


def _title(text: str, groups: list[list[Span]]) -> Span | None:
    """The line that is the title: one that stands alone, over a header line, or first over text that was not wrapped, and reads as no
    sentence, header line or list item itself. Where prose has begun, no title follows."""
    for number, lines in enumerate(groups[:HEAD]):
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            if _width(text, line) > WIDE_LINE or text[line.end - 1] == "。":
                return None
            if following is None:
                heads = len(lines) == 1 and number + 1 < len(groups)
            else:
                wide = line is lines[0] and _width(text, following) > WIDE_LINE
                heads = wide or _HEADER.match(text, *following) is not None
            said = text[slice(*line)]
            if heads and len(said) <= TITLE_LINE and not _NO_TITLE.search(said) and not _HEADER.match(said):
                return line
    return None


def _blocks(text: str, lines: list[Span]) -> Iterator[tuple[str, list[Span]]]:
    """The lines of a group in paragraphs and list items. A group that was wrapped is one paragraph, wherever its lines end."""
    items = [_ITEM.match(text, *line) is not None for line in lines]
    listed = sum(items) > 1
    ended = [_ENDED.search(text, *line) is not None for line in lines]
    wide = [_width(text, line) > WIDE_LINE for line in lines]
    unwrapped = any(wide) or (len(lines) > 3 and sum(ended[:-1]) * 2 > len(lines) - 1)
    block: list[Span] = []
    scope = "paragraph"
    for number, line in enumerate(lines):
        begins = listed and items[number]
        if block and (begins or (unwrapped and (wide[number] or wide[number - 1] or ended[number - 1]))):
            yield scope, block
            block, scope = [], "paragraph"
        if begins:
            scope = "list"
        block.append(line)
    if block:
        yield scope, block


def _width(text: str, line: Span) -> int:
    """Columns; a line that is far too wide to matter is not counted out."""
    length = line.end - line.start
    return length if length > WIDE_LINE else length + sum(character >= "\u1100" for character in text[slice(*line)])


def _block(builder: Builder, scope: str, lines: list[Span]) -> None:
    builder.open(scope, (), 1 if scope == "list" else 0)
    for number, line in enumerate(lines):
        if number:
            builder.line_break(lines[number - 1].end, line.start)
        builder.text(*line)
        for url in addresses(builder.source.text, *line):
            anchor = Span(builder.at - (line.end - url.start), builder.at - (line.end - url.end))
            builder.beside("url", [(builder.source.text[slice(*url)], *url)], anchor)
    builder.close()
