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
from itertools import chain, pairwise

from checker.expressions import lazy
from checker.fold_table import FROM, INVISIBLE, MANY, MARKS, SPACES, TO
from checker.text import Run, Span, View, join_runs

FEW = 8  # characters that are sooner replaced one after the other than all at once
_APOSTROPHE = lazy(r"(?<=[a-z])[\u2018\u2019\u02bc](?=[a-z])")
# Disguised words have one kind of separator between single characters: 稳-赚-不-赔, 稳 赚 不 赔, g.u.a.r.a.n.t.e.e.d, 稳😀赚😀不😀赔.
# Marks of sentences and brackets part what is said, not how it is spelt; a full stop between single characters does not.
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_WRITING = (
    *map(tuple, ("az", "09", "\u00c0\u024f", "\u0370\u1fff", "\u3040\u33ff", "\uac00\ud7a3", "\u3400\u9fff", "\U00020000\U0003ffff")),
)
_MARKS = "\n\ufffc\ufffd，。！？；：、,!?;:“”‘’\"'（）()【】《》「」"
_NO_SIGN = "".join(f"{first}-{last}" for first, last in _WRITING) + _MARKS
_SIGN = f"[^ {_NO_SIGN}]"  # of folded text, which holds no other white space
_ONE = rf"(?:[a-z0-9](?![a-z0-9])|[{_HAN}])"
_SAME = r"(?: (?P=sign) |(?P=sign))"
# Some two separators of whatever is spelt apart: where there are none, nothing more need be looked for. It begins with a class, which `re`
# finds many times as fast as alternatives.
_APART = lazy(rf"[^{_NO_SIGN}](?:(?<! ){_SIGN}{{0,5}}|(?<= )(?:{_SIGN}{{1,6}} )?){_ONE}(?: {_SIGN}{{1,6}} |{_SIGN}{{1,6}}| ){_ONE}")
# The same of some signs only, without the large classes that take `re` longer to compile than a short article takes to be checked.
_FEW_SIGNS = " -./_*+|~#%&=@$^`<>\\\u00b7\u2026\u2014\u2013\uff5e"
_LONE = rf"(?:[^{re.escape(_FEW_SIGNS)}a-z0-9]|[a-z0-9](?![a-z0-9]))"
_MAYBE_APART = lazy(rf"[{re.escape(_FEW_SIGNS)}]{_LONE}[{re.escape(_FEW_SIGNS)}]{{1,8}}{_LONE}")
_SPELT = lazy(
    # In an address (example.com/a/b/c) single letters are no spelling.
    rf"(?<![a-z0-9])(?<![a-z0-9/][-/._=&?~]){_ONE}(?:(?= {_SIGN}) )?(?P<sign>{_SIGN}{{1,6}}| )(?:(?<! ) )?{_ONE}"
    rf"(?:(?:{_SAME}| )(?:[{_HAN}]{{2}}(?={_SAME}{_ONE})|{_ONE}))+(?![-/._=&?~][a-z0-9])"
)
_LEFT_OVER = lazy(rf"(?<=[a-z0-9{_HAN}])\*{{1,4}}(?=[a-z0-9{_HAN}])")


@cache
def _single() -> dict[str, str]:
    return dict(zip(FROM, TO, strict=True)) | {chr(code): chr(code + 32) for code in range(65, 91)}


@cache
def _by_code() -> dict[int, str]:
    return {ord(char): to for char, to in _single().items()}


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{MARKS}]+")


@cache
def _rare() -> re.Pattern[str]:
    """Everything that changes the length of a text: what is invisible, white space that is not one plain space, ligatures."""
    many = "".join(MANY)
    return re.compile(
        f"[ {INVISIBLE}{SPACES}{many}](?:(?<=[{INVISIBLE}])[{INVISIBLE}]*|(?<=[{SPACES}])[ {SPACES}]*|(?<= )[ {SPACES}]+|(?<=[{many}]))"
    )


@cache
def _rare_characters() -> frozenset[str]:
    return frozenset(expanded(INVISIBLE) + expanded(SPACES)).union(MANY)


def expanded(ranges: str) -> str:
    """The characters of a class as it is written in the table: `a-c`, with `\\` before what means something there."""
    members = re.findall(r"\\?(.)(?:-\\?(.))?", ranges, re.DOTALL)
    return "".join(map(chr, chain.from_iterable(range(ord(first), ord(last or first) + 1) for first, last in members)))


@cache
def _seen() -> re.Pattern[str]:
    return re.compile(f"[^{INVISIBLE}]")


def _plain(text: str, characters: set[str]) -> str:
    """Text folded one to one. characters: all that it holds; most articles hold few that change."""
    if text.isascii():
        return text.lower()
    single = _single()
    changed = [char for char in characters if char in single]
    if len(changed) <= FEW:
        for char in changed:
            text = text.replace(char, single[char])
        return text
    if "Σ" not in characters and all(char.lower() == single.get(char, char) for char in characters):
        return text.lower()  # Σ becomes what stands around it
    return text.translate(_by_code())


def _apostrophes(folded: str) -> str:
    """don’t is don't; ’ that closes a quotation stays."""
    if "\u2019" in folded or "\u2018" in folded or "\u02bc" in folded:
        return _APOSTROPHE.sub("'", folded)
    return folded


def fold(view: View) -> View:
    """The folded text; its offsets map into `view.text`. Lengths change only where something is dressed up."""
    text = view.text
    characters = set(text)
    plain = _plain(text, characters)
    if "  " not in text and characters.isdisjoint(_rare_characters()):
        return _joined(View.whole(_apostrophes(plain)), view)
    parts: list[str] = []
    runs: list[Run] = []
    at = length = 0
    for match in _rare().finditer(text):
        start, end = match.span()
        at = _behind_space(parts, text, at)
        if start > at:
            parts.append(plain[at:start])
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
        parts.append(plain[at:])
        runs.append(Run(length, at, len(text) - at, len(text) - at))
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
    end = 0
    while (end or _may_be_apart(text)) and (apart := _APART.search(text, end)):
        start, end = text.rfind("\n", 0, apart.start()) + 1, text.find("\n", apart.end())
        end = len(text) if end < 0 else end
        for match in _SPELT.finditer(text, start, end):
            gaps.extend(_gaps(match, folded))
    if "*" in text:
        gaps.extend(Span(*match.span()) for match in _LEFT_OVER.finditer(text) if _follows_emphasis(folded.span(*match.span()).start, view))
        gaps.sort()
    return gaps


def _may_be_apart(text: str) -> bool:
    """Whether any two separators may spell something apart, as far as that is known without `_APART`."""
    return not all(map(_is_writing, set(text).difference(_FEW_SIGNS, _MARKS))) or _MAYBE_APART.search(text) is not None


@cache
def _is_writing(char: str) -> bool:
    return any(first <= char <= last for first, last in _WRITING)


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
