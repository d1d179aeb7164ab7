"""Markup that a site generator takes out of articles before they are Markdown or HTML: shortcodes, template tags, containers, JSX.

It is masked: replaced by as many characters that mean nothing to any parser, so that no offset shifts and no `*` in it is emphasis;
`seen` takes these out of the text again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from checker.document import OBJECT
from checker.expressions import lazy

_FILLER = "\ue000"  # neither space nor punctuation, nor a control character, which no link target may hold
_OWN = "\n" + OBJECT  # what a parser sets for something of the source that is seen
LONGEST = 2000  # characters of one shortcode; what goes on longer or over a blank line was never closed

_BLANK_LINE = lazy(r"\n[ \t]*\r?\n")
_CAPTION = lazy(r"\b(?:caption|title|alt|label)\s*=\s*(?:\"([^\"\n]*)\"|'([^'\n]*)')")
_CODE_TAG = lazy(r"\{[{%][<%]?-?\s*(/?)\s*(end)?(?:highlight|codeblock)\b")
_COMMENT = lazy(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_CONTAINER = lazy(r"^[ \t>]*(:{3,}[ \t]*(?:[\w-]+[ \t]*)?)", re.MULTILINE)
_VUE_LINE = lazy(r"^[ \t]*(\[\[?toc\]?\]|@\[code[^\n]*|<<<[^\n]*)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_ATTRIBUTE_LIST = lazy(r"\{:[^{}\n]*\}")
_ESM = lazy(
    r"^(?:import\s+(?:[\w*{$][^;'\"]{0,500}?\sfrom\s+)?['\"]|export\s+(?:default|const|let|var|function|async|class|\{|\*))(?:.+\n?)*+",
    re.MULTILINE,
)
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
_JSX_TAG = lazy(rf"</?([A-Za-z][\w.:-]*+)?((?:\s++(?:[\w:-]++(?:=(?:\"[^\"]*+\"|'[^']*+'|{_BRACES}))?+|{_BRACES}))*+)\s*+/?>")
_JSX_BRACES = lazy(rf"(=?)({_BRACES})")
_JSX_VALUE = lazy(r"(?<![\w\"'}])\{\s*[A-Za-z_$][\w.$]*\s*\}")


class Mask(NamedTuple):
    """A range of the text and what stands in its place, of the same length."""

    start: int
    end: int
    text: str


def mask(text: str, site: str, markdown: bool = False, jsx: bool = False) -> str:
    """The text with the markup of the site (and JSX) replaced; equal to it where there is none. markdown: whether it is no HTML."""
    for find in (*_TAGS.get(site, ()), *(_LINES.get(site, ()) if markdown else ()), *(_JSX if jsx else ())):
        masks = list(find(text))
        if masks:
            text = "".join(_replaced(text, masks))
    return text


def seen(text: str, start: int, end: int, source: str) -> Iterator[tuple[str, int, int]]:
    """`text` for source [start, end) without what the source does not have there: it was masked."""
    if len(text) != end - start or source.startswith(text, start):
        yield text, start, end
        return
    at = 0
    for index, (character, written) in enumerate(zip(text, source[start:end], strict=True)):
        if character != written and character not in _OWN:
            if index > at:
                yield text[at:index], start + at, start + index
            at = index + 1
    if at < len(text):
        yield text[at:], start + at, end


def jsx_comments(text: str) -> Iterator[tuple[str, int, int]]:
    """Comments of MDX (text, start, end): `{/* … */}`."""
    for start, end in _between(text, "{/*", "*/}"):
        yield text[start + 3 : end - 3], start, end


def _between(text: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Ranges from an opening bracket to its closing one; one that another opening one follows first is none."""
    start = text.find(opening)
    while start >= 0:
        following = text.find(opening, start + len(opening))
        end = text.find(closing, start + len(opening), following if following >= 0 else len(text))
        if end >= 0:
            yield start, end + len(closing)
        start = following


def _replaced(text: str, masks: Iterable[Mask]) -> Iterator[str]:
    at = 0
    for start, end, replacement in masks:
        yield text[at:start]
        yield replacement
        at = end
    yield text[at:]


def _fill(text: str) -> str:
    return _FILLER * len(text)


def _tags(opening: str, closing: str) -> Callable[[str], Iterator[Mask]]:
    """Finds tags between two brackets: not `{{</* x */>}}`, which shows a shortcode, nor for Liquid Hugo's `{{< x >}}`."""

    def find(text: str) -> Iterator[Mask]:
        for start, end in _between(text, opening, closing):
            tag = text[start:end]
            if len(tag) <= LONGEST and not _BLANK_LINE.search(tag) and not tag.startswith(("/*", "<", "%"), len(opening)):
                yield Mask(start, end, _shortcode(text, start, end))

    return find


def _shortcode(text: str, start: int, end: int) -> str:
    """A caption in it is seen, apart from what is around it; the tags around a listing become its fences."""
    tag = text[start:end]
    code = _CODE_TAG.match(tag)
    if code and not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>") and "\n" not in tag:
        return "`" * len(tag) if code[1] or code[2] else "```" + _fill(tag[3:])
    caption = _CAPTION.search(tag)
    if caption is None or not caption[caption.lastindex or 0]:
        return _fill(tag)
    first, last = caption.span(caption.lastindex or 0)
    return _fill(tag[: first - 1]) + OBJECT + tag[first:last] + OBJECT + _fill(tag[last + 1 :])


def _matches(pattern: re.Pattern[str], group: int = 0) -> Callable[[str], Iterator[Mask]]:
    return lambda text: (Mask(*match.span(group), _fill(match[group])) for match in pattern.finditer(text))


def _containers(text: str) -> Iterator[Mask]:
    """`::: tip 标题` becomes a heading, empty or with the title: a block of its own. What follows `:::` in the line is the title."""
    for match in _CONTAINER.finditer(text):
        yield Mask(*match.span(1), "#" + " " * (len(match[1]) - 1))


def _jsx_tags(text: str) -> Iterator[Mask]:
    """Components and fragments vanish but for a caption; tags of HTML stay, with `attribute={…}` as `attribute="…"`."""
    for match in _JSX_TAG.finditer(text):
        name, attributes = match[1] or "", match[2]
        if name[:1].isupper() or "." in name or not name:
            yield Mask(*match.span(), _shortcode(text, *match.span()))
        elif "{" in attributes:
            yield Mask(*match.span(2), _JSX_BRACES.sub(_quoted, attributes))


def _quoted(braces: re.Match[str]) -> str:
    return '="' + braces[2][1:-1].replace('"', "'") + '"' if braces[1] else _fill(braces[0])


def _jsx_comments(text: str) -> Iterator[Mask]:
    return (Mask(start, end, _fill(text[start:end])) for start, end in _between(text, "{/*", "*/}"))


_LIQUID = (_matches(_COMMENT), _tags("{%", "%}"), _tags("{{", "}}"))
_TAGS = {
    "hugo": (_tags("{{<", ">}}"), _tags("{{%", "%}}")),
    "hexo": _LIQUID,
    "jekyll": _LIQUID,
    "gitbook": _LIQUID,
    "vuepress": (_tags("{{", "}}"),),
}
_LINES = {"jekyll": (_matches(_ATTRIBUTE_LIST),), "vuepress": (_containers, _matches(_VUE_LINE, 1))}
_JSX = (_jsx_comments, _matches(_ESM), _jsx_tags, _matches(_JSX_VALUE))
