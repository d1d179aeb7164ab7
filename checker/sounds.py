"""Characters written as they sound: 稳zhuan不赔 is read as 稳赚不赔 where a term says so.

Pinyin between Han characters stands for characters only if, with two or more of those around it, it makes a term that somebody looks
for. Initials alone (稳z不赔) could be anything and are left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from checker.expressions import lazy
from checker.text import Span, View

SHORTEST = 3  # characters of a term that may be written so: with two, 参与 would stand in “CAN与LIN”
LONGEST = 18  # letters of three syllables
MOST = 3  # characters in a row that are written by their sounds
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_TERM = lazy(rf"[{_HAN}]{{{SHORTEST},}}")
_LETTERS = lazy(r"[a-z]{2,}")
_WORD = lazy(r"[a-z]{2,18}")
_AROUND = 12  # characters on either side that may belong to the term
_TOKEN = lazy(rf"[a-z]+|[{_HAN}]| |.", re.DOTALL)


class _Token(NamedTuple):
    """A Han character, or a run of Latin letters; anything else parts them."""

    text: str
    start: int
    end: int

    @property
    def sounds(self) -> bool:
        return self.text.isascii()


def spoken_terms(terms: Iterable[str]) -> str:
    """The terms that characters are read for, in order, a line each."""
    return "\n".join(sorted({term for term in terms if _TERM.fullmatch(term)}))


class Sounds:
    """terms: as `spoken_terms` puts them."""

    def __init__(self, terms: str) -> None:
        self._terms = terms
        self._with: dict[str, list[tuple[str, int]]] = {}

    def _terms_with(self, char: str) -> list[tuple[str, int]]:
        """(term, place in it) of the character in every term."""
        found = self._with.get(char)
        if found is None:
            terms, found = self._terms, []
            at = terms.find(char)
            while at >= 0:
                start, end = terms.rfind("\n", 0, at) + 1, terms.find("\n", at)
                found.append((terms[start : end if end >= 0 else len(terms)], at - start))
                at = terms.find(char, at + 1)
            self._with[char] = found
        return found

    def read(self, folded: View) -> View:
        """The folded text with characters for their sounds, each of them in the place of what is written."""
        changes: dict[Span, str] = {}
        for run in _runs(folded.text):
            if run not in changes:
                changes.update(self._readings(folded.text, run))
        return folded.changed(sorted(changes.items())) if changes else folded

    def _readings(self, text: str, run: Span) -> dict[Span, str]:
        """What a run of Latin letters, and others in the same term, stand for."""
        tokens, index = _tokens(text, run)
        best: dict[Span, str] = {}
        longest = 0
        for beside in (index - 1, index + 1):
            if not 0 <= beside < len(tokens) or tokens[beside].sounds:
                continue
            for term, at in self._terms_with(tokens[beside].text):
                if len(term) <= longest:
                    continue
                readings = _aligned(term, at, tokens, beside)
                if any(span.start <= run.start < span.end for span in readings) and len(term) - len("".join(readings.values())) >= 2:
                    best, longest = readings, len(term)
        return best


def _runs(text: str) -> Iterator[Span]:
    """Runs of Latin letters beside Han characters that are nothing but syllables."""
    if max(text, default="") < _HAN[0]:
        return
    for word in _LETTERS.finditer(text):
        start, end = word.span()
        if end - start <= LONGEST and _is_beside_han(text, start, end) and not _has_more(text, start, end) and _is_spoken(word[0]):
            yield Span(start, end)


def _is_beside_han(text: str, start: int, end: int) -> bool:
    """Whether a Han character stands before or behind, one space between at most."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if before == " ":
        before = text[start - 2 : start - 1]
    if behind == " ":
        behind = text[end + 1 : end + 2]
    return _is_han(before) or _is_han(behind)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def _has_more(text: str, start: int, end: int) -> bool:
    """Whether the letters are part of a longer word, an address or a name."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (behind.isascii() and behind not in ("", " ", "\n"))


@cache
def _is_spoken(word: str) -> bool:
    """Whether a word is one to three syllables."""
    syllables = _syllables()
    parts = {""}
    for _ in range(MOST):
        parts = {part + syllable for part in parts for end in range(2, 7) if (syllable := word[len(part) : len(part) + end]) in syllables}
        if word in parts:
            return True
    return False


def _tokens(text: str, run: Span) -> tuple[list[_Token], int]:
    """The characters and runs around a run, without the spaces that stand between them; and the place of the run among them."""
    before: list[_Token] = []
    for match in _TOKEN.finditer(text, max(0, run.start - _AROUND), run.start):
        before = [*before, _Token(match[0], *match.span())] if _belongs(match[0]) else before if match[0] == " " else []
    after: list[_Token] = []
    for match in _TOKEN.finditer(text, run.end, min(len(text), run.end + _AROUND)):
        if _belongs(match[0]):
            after.append(_Token(match[0], *match.span()))
        elif match[0] != " ":
            break
    return [*before, _Token(text[run.start : run.end], *run), *after], len(before)


def _belongs(text: str) -> bool:
    return _WORD.fullmatch(text) is not None or (len(text) == 1 and not text.isascii())


def _aligned(term: str, at: int, tokens: list[_Token], index: int) -> dict[Span, str]:
    """What the runs among tokens stand for, if term[at] is the character at `index`; {} if the term does not stand there. Spaces inside
    the term go with the run that they stand beside."""
    behind = _ahead(term[at + 1 :], tokens[index + 1 :])
    before = _ahead(term[:at][::-1], tokens[:index][::-1], backwards=True)
    if behind is None or before is None:
        return {}
    chars = [*(part[::-1] for part in reversed(before)), term[at], *behind]
    first = index - len(before)
    taken = tokens[first : first + len(chars)]
    return {
        Span(taken[n - 1].end if n else token.start, taken[n + 1].start if n + 1 < len(taken) else token.end): part
        for n, (token, part) in enumerate(zip(taken, chars, strict=True))
        if token.sounds
    }


def _ahead(rest: str, tokens: list[_Token], *, backwards: bool = False) -> list[str] | None:
    """What the tokens stand for, one by one, as far as `rest` goes; None if they are something else."""
    parts: list[str] = []
    for token in tokens:
        if not rest:
            break
        for length in range(1, MOST + 1 if token.sounds else 2):
            part = rest[:length]
            if part == token.text or (token.sounds and token.text in _spellings(part[::-1] if backwards else part)):
                break
        else:
            return None
        parts.append(part)
        rest = rest[len(part) :]
    return None if rest else parts


@cache
def _spellings(chars: str) -> frozenset[str]:
    """How characters may sound."""
    spelt = {""}
    for char in chars:
        spelt = {before + sound for before in spelt for sound in _sounds_of().get(char, ())}
    return frozenset(spelt)


@cache
def _sounds_of() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for sound, chars in _table():
        for char in chars:
            found[char] += (sound,)
    return dict(found)


@cache
def _syllables() -> frozenset[str]:
    return frozenset(sound for sound, _ in _table())


@cache
def _table() -> list[tuple[str, str]]:
    from checker.sound_table import SOUNDS

    lines = (line.split(" ") for line in SOUNDS.splitlines())
    return [(sound, chars) for sound, chars in lines]
