"""Visible → folded: what a word is, whatever it is dressed in.

Folded are case, width and other compatibility shapes (Unicode NFKC), traditional to simplified characters (OpenCC's table),
accents on Latin, Greek and Cyrillic letters, look-alike letters, and digits of other scripts; invisible characters and
combining marks go, and white space of any kind and length becomes one space. Chinese punctuation stays as it is: `，：（`
alone would else change every Chinese article, and patterns write `[:：]`. A line end stays: it parts blocks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from checker.fold_table import FROM, INVISIBLE, MANY, MARKS, SPACES, TO, TOUCHED
from checker.text import Run, View, join_runs

_APOSTROPHE = re.compile(r"(?<=[a-z])[\u2018\u2019\u02bc](?=[a-z])")
# Disguised words have one kind of separator between single characters: 稳-赚-不-赔, 稳 赚 不 赔, g.u.a.r.a.n.t.e.e.d, 稳😀赚😀不😀赔.
# Marks of sentences and brackets part what is said, not how it is spelt; a full stop between single characters does not.
_PIECE = r"[a-z0-9\u3400-\u9fff\U00020000-\U0003ffff]"
_SIGN = (
    r"[^a-z0-9\u00c0-\u024f\u0370-\u1fff\u3040-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff\s\ufffc"
    r"，。！？；：、,!?;:“”‘’\"'（）()【】《》「」]"
)
_SEPARATOR = rf"(?: {{1,3}}|{_SIGN}{{1,3}})"
_ONE = re.compile(_PIECE)
_SEPARATED = re.compile(rf"{_SEPARATOR}{_PIECE}{_SEPARATOR}{_PIECE}(?![a-z0-9])")
_STRETCH = re.compile(rf"(?<![a-z0-9]){_PIECE}(?:{_SEPARATOR}(?:[a-z0-9](?![a-z0-9])|[\u3400-\u9fff\U00020000-\U0003ffff]{{1,3}})){{2,60}}")


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
        folded = _apostrophes(_plain(text))
        return View(folded, (Run(0, 0, len(text), len(text)),) if text else ())
    parts: list[str] = []
    runs: list[Run] = []
    at = length = 0
    for match in _rare().finditer(text):
        start, end = match.span()
        if start > at:
            parts.append(_plain(text[at:start]))
            runs.append(Run(length, at, start - at, start - at))
            length += start - at
            if marks := _marks().match(text, start):  # a combining mark is part of the character before it
                last = runs.pop()
                runs.append(Run(last.text_start, last.source_start, last.text_length - 1, last.source_length - 1))
                runs.append(Run(length - 1, start - 1, 1, 1 + marks.end() - start))
        piece = MANY.get(text[start]) or (" " if text[start].isspace() else "")
        if piece == " " and parts and parts[-1].endswith(" "):  # a space, something invisible, a space again
            piece = ""
        if piece:
            parts.append(piece)
            runs.append(Run(length, start, len(piece), end - start))
            length += len(piece)
        at = end
    if at < len(text):
        rest = _plain(text[at:])
        parts.append(rest)
        runs.append(Run(length, at, len(rest), len(rest)))
    return View(_apostrophes("".join(parts)), join_runs(runs))


def fold_text(text: str) -> str:
    """A term, folded by the same function as an article."""
    return fold(View.whole(text)).text


class Stretch(NamedTuple):
    """A stretch of separated spelling. squeezed: its pieces without separators; places: offset of each piece in the folded text;
    gaps: the separator before each piece ("" for none, as before the first)."""

    squeezed: str
    places: tuple[int, ...]
    gaps: tuple[str, ...]

    def accepts(self, start: int, end: int) -> bool:
        """Whether squeezed[start:end] is spelt apart: nearly every gap is a separator, and by one kind.

        `稳赚-不赔` has one gap of three: an editor's dash, no disguise; and two characters are never enough, since `A股/基金`
        or `买 币` is ordinary typing.
        """
        gaps = self.gaps[start + 1 : end]
        apart = [_kind(gap) for gap in gaps if gap]
        return len(apart) > 1 and len(set(apart)) == 1 and len(apart) * 4 >= len(gaps) * 3

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where squeezed[start:end] stands in the folded text."""
        return self.places[start], self.places[end - 1] + 1


def _kind(gap: str) -> str:
    return " " if gap.isspace() else gap.strip()[:1]


def separated(folded: str) -> list[Stretch]:
    """Stretches of a folded text whose characters stand apart; nearly always none."""
    if not _SEPARATED.search(folded):
        return []
    return [_stretch_of(match) for match in _STRETCH.finditer(folded)]


def _stretch_of(match: re.Match[str]) -> Stretch:
    text, base = match[0], match.start()
    places, gaps, gap = [], [], ""
    for offset, char in enumerate(text):
        if _ONE.match(char):
            places.append(base + offset)
            gaps.append(gap)
            gap = ""
        else:
            gap += char
    return Stretch("".join(text[p - base] for p in places), tuple(places), tuple(gaps))
