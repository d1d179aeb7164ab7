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
_RULE = re.compile(r"([-=_*~—─－＝＊])(?:\s*\1){2,}")
_ENDED = re.compile(r"[。！？!?…；;：:.][”’\"')）」』】》]*$")
_LABEL = re.compile(r"[^\s:：，。,]{1,12}(?: [^\s:：，。,]{1,12})?\s?[:：](?!//)")
_ITEM = re.compile(r"(?:[-*+•·●▪◆■★※]\s|[•●▪◆■]|[(（]?\d{1,3}(?:[.)）](?!\d)|、)|[(（]?[一二三四五六七八九十]{1,3}(?:[)）]|、))\s*\S")
_NO_TITLE = re.compile(rf"[。；，,:：]$|\.\.\.$|^{_LABEL.pattern}|^{_ITEM.pattern}")
WIDE_LINE = 120  # columns, a Han character takes two: nobody wraps text at more, so a line that is wider is a paragraph
TITLE_LINE = 80  # code points: a line that is longer is no title
HEAD = 5  # groups of lines in which the title may stand: scraped articles begin with menus and breadcrumbs


def parse(source: Source, site: str = "none") -> Document:
    """Paragraphs, lists and a title; addresses are blocks beside the text."""
    builder = Builder(source, "plain")
    body = read_front_matter(builder)
    groups = list(_groups(builder, body))
    title = _title(source.text, groups[:HEAD], len(groups))
    for number, group in enumerate(groups):
        if number == title:
            _block(builder, "title", group[:1])
            group = group[1:]
        for scope, lines in _blocks(source.text, group):
            _block(builder, scope, lines)
    return builder.build()


def _groups(builder: Builder, start: int) -> Iterator[list[Span]]:
    """Trimmed lines between blank lines. Drawn lines (-----) and directives are no text, and end a group as blank lines do."""
    text = builder.source.text
    lines: list[Span] = []
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = _trimmed(text, start, end)
        comment = _directive(text, line)
        if comment is not None:
            note_comment(builder, *comment)
            end = max(end, text.find("\n", comment.end) if "\n" in text[comment.end :] else len(text))
        if comment is not None or line.start == line.end or _RULE.fullmatch(text, *line):
            if lines:
                yield lines
            lines = []
        else:
            lines.append(line)
        start = end + 1
    if lines:
        yield lines


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end].rstrip(_SPACE)
    return Span(start + len(piece) - len(piece.lstrip(_SPACE)), start + len(piece))


def _directive(text: str, line: Span) -> Span | None:
    """The directive comment that begins with a line and has its last line to itself."""
    if not text.startswith(OPENING, line.start) or not text[line.start + len(OPENING) : line.start + 200].lstrip().startswith(PREFIX):
        return None
    close = text.find(CLOSING, line.start)
    if close < 0:
        return Span(line.start, line.end)
    end = close + len(CLOSING)
    rest = text.find("\n", end)
    return Span(line.start, end) if not text[end : len(text) if rest < 0 else rest].strip() else None


def _title(text: str, groups: list[list[Span]], total: int) -> int:
    """The group whose first line is the title, -1 if none: a line that stands alone, over a header line (来源：…) or over text that
    was not wrapped, and reads as no sentence, header line or list item itself."""
    for number, lines in enumerate(groups):
        first = text[slice(*lines[0])]
        alone = number + 1 < total if len(lines) == 1 else _LABEL.match(text, *lines[1]) or _width(text, lines[1]) > WIDE_LINE
        if alone and len(first) <= TITLE_LINE and not _NO_TITLE.search(first):
            return number
    return -1


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
    return line.end - line.start + sum(character >= "\u1100" for character in text[slice(*line)])


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
