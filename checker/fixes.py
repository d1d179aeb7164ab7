"""What would make a violation go away: where a required statement belongs, what replaces or deletes what stands there; and doing it.

A fix never touches markup: text that is split by tags, escapes or line breaks in the source is left to the editor.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from checker.expressions import lazy, lazy_regex
from checker.fold import fold_text
from checker.rule import Require, Rule
from checker.text import Span
from checker.violation import Fix, Hit

if TYPE_CHECKING:
    from checker.document import Document
    from checker.reading import Reading

_AFTER_BODY = ("front_matter.", "chrome", "url", "alt")
# lines below the text of an article: tags, rules, link and footnote definitions, comments, shortcodes, labels of links to other articles
_FOOTER = lazy_regex(
    r"(?i)\s*(?:"
    r"(?:标签|標籤|关键词|關鍵詞|关键字|分类|tags?|keywords|categories|filed under)\s*[:：].*"
    r"|(?:[#＃][\p{L}\p{N}_-]+[#＃]?\s*)+"
    r"|(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}"
    r"|\[[^\]\n]+\]:\s.*|<!--.*-->|\{[{%].*[%}]\}"
    r"|[#>*\s]*(?:相关阅读|相關閱讀|推荐阅读|延伸阅读|上一篇|下一篇)\b.*"
    r"|[#>*\s]*(?:related(?: articles| posts| reading)?|further reading|read more)\b.*"
    r"|[-*+]\s+!?\[[^\]\n]*\]\([^)\n]*\)"
    r")?\s*"
)
_ELEMENTS = "a|b|em|i|small|span|strong|u|p|li|ul|ol|dl|dd|td|tr|tbody|table|blockquote|h[1-6]|pre|code|figure"
_MARK = lazy(r"[ \t]*(?:(?:[-*+>]|\d{1,3}[.)]|#{1,6})[ \t]+)*")
_HAN = lazy("[\u4e00-\u9fff]")
SAMPLE = 4000  # characters that tell traditional from simplified
_CLOSES = lazy(rf"(?:[ \t]*(?:\r?\n[ \t]*)?</(?:{_ELEMENTS})\s*>)+")
_FENCE = lazy(r"[ \t]*(?:`{3,}|~{3,})[ \t]*\r?")


def fix_of(rule: Rule, hit: Hit, span: Span, reading: Reading) -> Fix | None:
    """The fix of a hit whose place in the source is `span`, None where there is none that is sure to be right or the file is not text."""
    document = reading.document
    source = document.source
    if source.package:
        return None
    if isinstance(rule, Require) and hit.finding == "missing":
        text = _wording(rule, reading)
        return _insertion(document, text, rule.where.front_matter) if text else None
    if hit.replace is None or (not span.start < span.end):
        return None
    if hit.source is None and not _is_plain(document, span, hit.start, hit.end):
        return None
    if hit.also:
        places = [(document.visible.span(start, end), start, end, text) for start, end, text in hit.also]
        edits = [(place, text) for place, start, end, text in places if _is_plain(document, place, start, end)]
        span, text = _one(source.text, [(span, hit.replace), *edits])
        return _fix(document, span, text, safe=rule.category == "typography")
    if hit.replace:
        return _fix(document, span, hit.replace, safe=rule.category == "typography")
    line = _whole_line(source.text, span)
    safe = rule.category in ("typography", "encoding") or (rule.category == "leftover" and line is not None)
    return _fix(document, line or span, "", safe=safe)


def _wording(rule: Require, reading: Reading) -> str:
    """The first of the rule's own texts in the language of the article, and in its script where there is one for it; "" for none."""
    texts = dict(rule.texts)
    if reading.lang == "zh" and (own := texts.get("zh-Hant")) and _is_traditional(reading.document.visible.text[:SAMPLE]):
        return own[0]
    return next(iter(texts.get(reading.lang, ())), "")


def _is_traditional(text: str) -> bool:
    """Whether at least one Han character in fifty has another, simplified form."""
    han = "".join(_HAN.findall(text))
    return sum(map(str.__ne__, han, fold_text(han))) * 50 > len(han)


def _is_plain(document: Document, span: Span, start: int, end: int) -> bool:
    """Whether the source says there what a reader sees, but for white space between lines: no tags, escapes or comments between."""
    source, visible = document.source.text[span.start : span.end], document.visible.text[start:end]
    return source == visible or ("\n" in visible and source.split() == visible.split())


def _one(source: str, edits: list[tuple[Span, str]]) -> tuple[Span, str]:
    """Several edits in order of place as one, from the beginning of the first to the end of the last."""
    first, last = edits[0][0].start, edits[-1][0].end
    pieces, at = list[str](), first
    for span, text in edits:
        pieces += [source[at : span.start], text]
        at = span.end
    return Span(first, last), "".join(pieces)


def applied(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """The text with the fixes in it, and those that were done: of fixes that overlap, the first counts; insertions at one place follow
    each other, the same one is made once."""
    pieces: list[str] = []
    done: list[Fix] = []
    at = 0
    for fix in sorted(dict.fromkeys(fixes), key=lambda fix: (fix.start.offset, fix.end.offset)):
        if fix.start.offset < at:
            continue
        pieces += [text[at : fix.start.offset], fix.text]
        at = fix.end.offset
        done.append(fix)
    return "".join([*pieces, text[at:]]), done


def _fix(document: Document, span: Span, text: str, *, safe: bool) -> Fix:
    lines = document.source.lines
    return Fix(lines.position(span.start), lines.position(span.end), text, safe)


def _whole_line(text: str, span: Span) -> Span | None:
    """The lines of what is deleted, and one blank line below; None where anything else but the mark of an item or a quote stands there."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    end = len(text) if end < 0 else end + 1
    if not _MARK.fullmatch(text[start : span.start]) or text[span.end : end].strip():
        return None
    blank = text.find("\n", end)
    if blank >= 0 and not text[end:blank].strip() and (start == 0 or text[:start].endswith(("\n\n", "\n\r\n"))):
        end = blank + 1
    return Span(start, end)


def _insertion(document: Document, text: str, key: str) -> Fix | None:
    source = document.source.text
    newline = "\r\n" if "\r\n" in source else "\n"
    if key:
        return _front_matter(document, key, text, newline)
    at = _end_of_body(document)
    if document.format == "html":
        closes = _CLOSES.match(source, at)
        at = closes.end() if closes else at
        return _fix(document, Span(at, at), f"{newline}<p>{_escaped(text)}</p>", safe=True)
    at = _line_end(source, at)
    if at == 0:
        return _fix(document, Span(at, at), text + newline, safe=True)
    following = source[at:].removeprefix("\r").removeprefix("\n")
    crowded = bool(following) and not following.startswith(("\n", "\r\n"))
    return _fix(document, Span(at, at), f"{newline}{newline}{text}{newline if crowded else ''}", safe=True)


def _end_of_body(document: Document) -> int:
    """The source offset behind the last text that is no tag, footer or definition."""
    source, end = document.source.text, document.front_matter.end
    for block in reversed(document.blocks):
        if block.scope.startswith(_AFTER_BODY) or block.owner >= 0:
            continue
        span = document.visible.span(block.start, block.end)
        if document.format == "html":
            if not _FOOTER.fullmatch(document.visible.text[block.start : block.end]):
                return span.end
            continue
        if (stop := _text_end(source, span)) >= 0:
            closing = _FENCE.match(source, _line_end(source, stop) + 1) if block.scope == "code-block" else None
            return closing.end() if closing else stop
    return end


def _text_end(source: str, span: Span) -> int:
    """The end of the last line of a block that is no footer, -1 where all are."""
    start = source.rfind("\n", 0, span.start) + 1
    end = _line_end(source, span.end)
    while end > start:
        begin = max(source.rfind("\n", 0, end) + 1, start)
        if not _FOOTER.fullmatch(source[begin:end]):
            return end
        end = begin - 1
    return -1


def _line_end(source: str, at: int) -> int:
    """The end of the line that holds an offset, before its line end."""
    end = source.find("\n", at)
    if end < 0:
        return len(source)
    return end - 1 if end > at and source[end - 1] == "\r" else end


def _front_matter(document: Document, key: str, text: str, newline: str) -> Fix | None:
    """A new key at the end of YAML or TOML front matter; a block of its own where there is none."""
    source, span = document.source.text, document.front_matter
    if document.format == "html" or any(field.key == key for field in document.fields):
        return None
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if span.start == span.end:
        return _fix(document, Span(0, 0), f"---{newline}{key}: {quoted}{newline}---{newline}{newline}", safe=True)
    block = source[span.start : span.end].rstrip()
    fence = block.rsplit("\n", 1)[-1].strip()
    if fence not in ("---", "+++"):
        return None
    at = span.start + len(block) - len(fence)
    return _fix(document, Span(at, at), f"{key}{' = ' if fence == '+++' else ': '}{quoted}{newline}", safe=True)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
