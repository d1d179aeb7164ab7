"""Visible → folded: what a word is, whatever it is dressed in.

Folded are case, width and other compatibility shapes (Unicode NFKC), traditional to simplified characters (OpenCC's table),
accents on Latin, Greek and Cyrillic letters, look-alike letters, and digits of other scripts; invisible characters and
combining marks go, white space of any kind and length becomes one space, and words that are spelt apart (稳-赚-不-赔) are joined.
Chinese punctuation stays as it is: `，：（` alone would else change every Chinese article, and patterns write `[:：]`. A line end
stays: it parts blocks.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from checker.expressions import lazy
from checker.fold_table import FROM, INVISIBLE, MANY, MARKS, SPACES, TO, TOUCHED
from checker.text import Run, Span, View, join_runs

_APOSTROPHE = lazy(r"(?<=[a-z])[\u2018\u2019\u02bc](?=[a-z])")
# Disguised words have one kind of separator between single characters: 稳-赚-不-赔, 稳 赚 不 赔, g.u.a.r.a.n.t.e.e.d, 稳😀赚😀不😀赔.
# Marks of sentences and brackets part what is said, not how it is spelt; a full stop between single characters does not.
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_SIGN = rf"[^a-z0-9\u00c0-\u024f\u0370-\u1fff\u3040-\u33ff\uac00-\ud7a3{_HAN}\s\ufffc\ufffd，。！？；：、,!?;:“”‘’\"'（）()【】《》「」]"
_ONE = rf"(?:[a-z0-9](?![a-z0-9])|[{_HAN}])"
_SAME = r"(?: (?P=sign) |(?P=sign))"
_APART = lazy(rf"(?: {_SIGN}{{1,6}} |{_SIGN}{{1,6}}| ){_ONE}(?: {_SIGN}{{1,6}} |{_SIGN}{{1,6}}| ){_ONE}")
_SPELT = lazy(
    # In an address (example.com/a/b/c) single letters are no spelling.
    rf"(?<![a-z0-9])(?<![a-z0-9/][-/._=&?~]){_ONE}(?:(?= {_SIGN}) )?(?P<sign>{_SIGN}{{1,6}}| )(?:(?<! ) )?{_ONE}"
    rf"(?:(?:{_SAME}| )(?:[{_HAN}]{{2}}(?={_SAME}{_ONE})|{_ONE}))+(?![-/._=&?~][a-z0-9])"
)
_LEFT_OVER = lazy(rf"(?<=[a-z0-9{_HAN}])\*{{1,4}}(?=[a-z0-9{_HAN}])")


@cache
def _single() -> dict[int, str]:
    return {ord(char): to for char, to in zip(FROM, TO, strict=True)} | {code: chr(code + 32) for code in range(65, 91)}


@cache
def _touched() -> re.Pattern[str]:
    """Whether there may be anything to fold at all."""
    return re.compile(f"[{TOUCHED}]")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{MARKS}]+")


@cache
def _rare() -> re.Pattern[str]:
    """Everything that changes the length of a text: what is invisible, white space that is not one plain space, ligatures."""
    return re.compile(f"[{INVISIBLE}]+|[ {SPACES}]{{2,}}|[{SPACES}]|[{''.join(MANY)}]")


@cache
def _is_rare() -> re.Pattern[str]:
    """One class, since a search for one class is many times as fast as one for alternatives."""
    return re.compile(f"[{INVISIBLE}{SPACES}{''.join(MANY)}]")


@cache
def _seen() -> re.Pattern[str]:
    return re.compile(f"[^{INVISIBLE}]")


def _plain(text: str) -> str:
    """Text without anything that changes its length, folded one to one."""
    if text.isascii():
        return text.lower()
    return text.translate(_single()) if _touched().search(text) else text


def _apostrophes(folded: str) -> str:
    """don’t is don't; ’ that closes a quotation stays."""
    if "\u2019" in folded or "\u2018" in folded or "\u02bc" in folded:
        return _APOSTROPHE.sub("'", folded)
    return folded


def _has_rare(text: str) -> bool:
    if text.isascii():  # tabs and the like; a search for one character is the fastest there is
        return any(char in text for char in "\t\r\x0b\x0c\x1c\x1d\x1e\x1f")
    return _is_rare().search(text) is not None


def fold(view: View) -> View:
    """The folded text; its offsets map into `view.text`. Lengths change only where something is dressed up."""
    text = view.text
    if "  " not in text and not _has_rare(text):
        return _joined(View.whole(_apostrophes(_plain(text))), view)
    parts: list[str] = []
    runs: list[Run] = []
    at = length = 0
    for match in _rare().finditer(text):
        start, end = match.span()
        at = _behind_space(parts, text, at)
        if start > at:
            parts.append(_plain(text[at:start]))
            runs.append(Run(length, at, start - at, start - at))
            length += start - at
            if marks := _marks().match(text, start):  # a combining mark is part of the character before it
                last = runs.pop()
                runs.append(Run(last.text_start, last.source_start, last.text_length - 1, last.source_length - 1))
                runs.append(Run(length - 1, start - 1, 1, 1 + marks.end() - start))
        piece = MANY.get(text[start]) or (" " if text[start].isspace() else "")
        if piece == " " and parts and parts[-1].endswith(" "):
            piece = ""
        if piece:
            parts.append(piece)
            runs.append(Run(length, start, len(piece), end - start))
            length += len(piece)
        at = end
    at = _behind_space(parts, text, at)
    if at < len(text):
        rest = _plain(text[at:])
        parts.append(rest)
        runs.append(Run(length, at, len(rest), len(rest)))
    return _joined(View(_apostrophes("".join(parts)), join_runs(runs)), view)


def _behind_space(parts: list[str], text: str, at: int) -> int:
    """`at`, or what follows it where a space, something invisible and a space again would be two spaces."""
    return at + 1 if parts and parts[-1].endswith(" ") and text[at : at + 1] == " " else at


def is_invisible(text: str) -> bool:
    """Whether a reader sees nothing of a text."""
    return not _seen().search(text)


def fold_text(text: str) -> str:
    """A term, folded by the same function as an article."""
    return fold(View.whole(text)).text


# -- separated spelling


def _joined(folded: View, view: View) -> View:
    """Without the separators of words that are spelt apart. What is joined may stand apart from what follows: 稳 赚 不-赔-了."""
    while True:
        gaps = _separators(folded, view)
        if not gaps:
            return folded
        folded = folded.without(gaps)


def _separators(folded: View, view: View) -> list[Span]:
    """Ranges of the folded text, in order, that only part the characters of a word."""
    text = folded.text
    gaps: list[Span] = []
    if _APART.search(text):
        for match in _SPELT.finditer(text):
            gaps.extend(_gaps(match, folded))
    if "*" in text:
        gaps.extend(Span(*match.span()) for match in _LEFT_OVER.finditer(text) if _follows_emphasis(folded.span(*match.span()).start, view))
        gaps.sort()
    return gaps


def _gaps(match: re.Match[str], folded: View) -> list[Span]:
    """The separators in a stretch of single characters, [] where it is ordinary writing: figures, and text of which little stands apart
    (`稳赚-不赔` is an editor's dash, and `A股/基金` or `买 币` ordinary typing)."""
    stretch, sign = match[0], match["sign"]
    if sum(map(str.isdecimal, stretch)) * 3 > sum(map(str.isalnum, stretch)) * 2:
        return []
    gaps = [
        Span(match.start() + gap.start(), match.start() + gap.end()) for gap in re.finditer(rf" {{0,1}}{re.escape(sign)} {{0,1}}", stretch)
    ]
    joined = sum(one.isalnum() and other.isalnum() for one, other in pairwise(stretch))
    if len(gaps) < 2 or len(gaps) < 3 * joined or (sign != " " and len(gaps) < stretch.count(" ") - 2 * stretch.count(f" {sign} ")):
        return []
    if sign != " ":
        return gaps
    # Between words of Latin letters that are spelt apart stands more than between their letters.
    widths = [folded.span(*gap).end - folded.span(*gap).start for gap in gaps]
    narrow, text = min(widths), folded.text
    return [gap for gap, width in zip(gaps, widths, strict=True) if width == narrow or not (text[gap.start - 1] + text[gap.end]).isascii()]


def _follows_emphasis(at: int, view: View) -> bool:
    """Whether emphasis ends close before a visible offset: of 稳*赚*不*赔 Markdown takes two asterisks and leaves one."""
    run = view.run_at(at)
    if run == 0 or at - view.runs[run].text_start > 2:
        return False
    before, here = view.runs[run - 1], view.runs[run]
    return before.text_length <= 4 and 0 < here.source_start - before.source_start - before.source_length <= 4
