"""Sentences, clauses, words and the language of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from checker.expressions import lazy, lazy_regex
from checker.text import Span

# A full stop ends a sentence only before white space or a closing mark, and not after an initial, a usual abbreviation or a number
# in a list: “3.5%”, “U.S. rules”, “okx.com”, “vs. ETH”; between Han characters it stands for 。. A ? in an address ends nothing.
_CLOSING = r"[”’\"')\]）」』】》]*"
_USUAL = ("[A-Za-z]", "Mr", "Dr", "Ms", "St", "vs", "No", "Mrs", "Inc", "Ltd", "Jr", "Prof", "approx")
_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in _USUAL)
_MARK = r"[。！？…]|!(?![=\[])|\?(?![A-Za-z0-9=&/%_-])"
# All that is asked of what stands before a mark is asked behind it: `re` finds one of a few characters many times as fast as a place
# before which something does not stand.
_SENTENCE = lazy(
    rf"[。！？…!?.](?:(?:(?<=[。！？…])|(?<=!)(?![=\[])|(?<=\?)(?![A-Za-z0-9=&/%_-]))(?:{_MARK})*{_CLOSING}"
    rf"|(?<=\.)(?<![.\s(]\.){_ABBREVIATED}(?<!e\.g\.)(?<!i\.e\.)\.*{_CLOSING}(?=\s|$)"
    r"|(?<=[\u4e00-\u9fff]\.)(?=[\u4e00-\u9fff]))"
)
_ORDINAL = lazy(r"\s*\(?\d{1,3}\.")
_CLAUSE = lazy(
    r"(?:(?<!\d),|,(?!\d)|[，；;：—]|(?<!\d):(?!//)|(?<=\d):(?!\d))+\s*"
    r"|(?<=\s)(?=(?:but|however|yet|although|though)\s)|(?<![不非])(?=但(?!凡))|(?=然而|可是)|(?<!只)(?<!超)(?=不过(?!如此))",
    re.IGNORECASE,
)
_LETTERS = lazy(r"[A-Za-z\u00c0-\u024f]{2,}")
_SAMPLE = 20_000  # characters that tell the language of an article as well as all of them
# A line that begins as an item does is one, whatever its length: “1️⃣ …”, “- …”, “二、…”, “👉 …”.
_ITEM_LINE = lazy(
    r"\s*(?:[-*+•·▪■◆●○★☆✦✓✔×✗❌✅🚫👉➡→➤▶▸►🔥💰🚀🎁📢📌⚠]|\d{1,3}(?:[.．、)）:：]|\ufe0f?\u20e3)|[①-⑳❶-❿]|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}[、.．])"
)
SHORT_LINE = 24  # visible characters: a shorter line before a break is a line of its own (作者:…), not text that was wrapped

# What a Latin word is made of: `\b` and the edges of Latin terms stand where one of these meets something else.
# Han characters are no part of it: `\bokx\b` finds okx in “在okx交易”, where the library's own `\\b` sees one word.
WORD = r"[\p{Latin}0-9_]"
_WORD_CHARACTER = lazy_regex(WORD)


def is_word(char: str) -> bool:
    """Whether a character is part of a Latin word or number."""
    if char.isascii():
        return char.isalnum() or char == "_"
    if "\u2c80" <= char <= "\ua721" or "\u2000" <= char <= "\u2070" or "\uff00" <= char <= "\uff20":  # Han, kana, their punctuation
        return False
    return _WORD_CHARACTER.match(char) is not None


def sentences(text: str, start: int, end: int, breaks: Iterable[int] = ()) -> list[Span]:
    """The sentences of text[start:end], without gaps. breaks: offsets of line ends inside; one after a short line, or before a line that
    begins as an item does, ends a sentence."""
    ordinal = _ORDINAL.match(text, start, end)
    listed = ordinal.end() if ordinal else -1  # “1. Buy” is one sentence
    ends = {match.end() for match in _SENTENCE.finditer(text, start, end) if match.end() != listed}
    line = start
    for at in breaks:
        if at - line < SHORT_LINE or _ITEM_LINE.match(text, at, end):
            ends.add(at)
        line = at
    spans, begin = [], start
    for stop in sorted(ends | {end}):
        if stop > begin:
            spans.append(Span(begin, stop))
            begin = stop
    return spans


def clauses(text: str, start: int, end: int) -> list[Span]:
    """The clauses of a sentence, without gaps: between commas and the like (、 only counts up), and before an adversative."""
    spans, begin = [], start
    for stop in [match.end() for match in _CLAUSE.finditer(text, start, end)] + [end]:
        if stop > begin:
            spans.append(Span(begin, stop))
            begin = stop
    return spans


def language_of(text: str) -> str:
    """`zh`, `en` or `other`, by the letters of the first 20,000 characters: a Han character says as much as a third of a word."""
    sample = text[:_SAMPLE]
    han = other = 0
    if not sample.isascii():
        for char, count in Counter(sample).items():
            if "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff":
                han += count
            elif "\u0370" <= char <= "\u1fff" or "\u3041" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3":
                other += count
    if not (han or other):
        return "en" if _LETTERS.search(sample) else "other"
    words = len(_LETTERS.findall(sample))
    if other > han + words * 4:
        return "other"
    if han and han * 3 >= words:
        return "zh"
    return "en" if words else "other"


def words(text: str) -> list[tuple[str, str, int]]:
    """(word, part of speech, offset) by jieba, imported on first use: it takes half a second."""
    found, at = [], 0
    for word, flag in _tagger().cut(text):
        at = text.index(word, at)
        found.append((word, flag, at))
        at += len(word)
    return found


@cache
def _tagger() -> Any:
    """A tokenizer of our own. jieba's default one keeps its cache, a `marshal` file, in the shared temporary folder, where anybody may
    put another one; ours lies in a private folder."""
    import logging
    import tempfile
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_private_folder() or tempfile.mkdtemp(prefix="checker-"))
    return jieba.posseg.POSTokenizer(tokenizer)


def _private_folder() -> Path | None:
    from checker.cache import folder

    return folder()
