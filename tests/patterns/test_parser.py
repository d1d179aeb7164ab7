"""The pattern language: what is in it, how it is written for `regex`, and what is said of all else."""

from __future__ import annotations

import pytest
import regex

from checker.patterns import PatternError, parse
from checker.patterns.nodes import BOUNDARY, Literal
from checker.patterns.parser import parse_nodes

REJECTED = [
    ("", 0, "the pattern is empty"),
    ("稳赚)", 2, "`)` closes nothing; a bracket that is meant is written `\\)`"),
    ("稳(赚", 1, "`(` is never closed; a bracket that is meant is written `\\(`"),
    ("稳[赚", 1, "`[` is never closed; a bracket that is meant is written `\\[`"),
    ("*a", 0, "`*` repeats nothing; a sign that is meant is written `\\*`"),
    ("a|+", 2, "`+` repeats nothing; a sign that is meant is written `\\+`"),
    ("{{name}}", 0, "`{` begins no repeat; a brace that is meant is written `\\{`"),
    ("{2}", 0, "a repeat that repeats nothing; a brace that is meant is written `\\{`"),
    ("稳赚{e<=1}", 2, "`{` begins no repeat; a brace that is meant is written `\\{`"),
    ("a{3,2}", 1, "`{3,2}` asks for at least 3 and at most 2"),
    ("a{1,2000}", 1, "a repeat of more than 1000 is not supported"),
    ("a**", 2, "a repeat of a repeat; put the inner one in a group `(?:…)`"),
    ("a{2}{3}", 4, "a repeat of a repeat; put the inner one in a group `(?:…)`"),
    ("a++", 2, "possessive repeats are not supported; leave the second `+` out"),
    ("^*a", 1, "what has no width cannot be repeated"),
    ("(?=a)?b", 5, "what has no width cannot be repeated"),
    (
        "x(?i)a",
        1,
        "flags are not supported: patterns run over folded text, where case and width are gone; add `case: exact` where they matter",
    ),
    ("(?>a)", 0, "atomic groups are not supported; write `(?:…)`"),
    ("a(?P<coin>b)", 1, "the only name a group may have is `value`: `(?P<value>…)`"),
    ("(?<coin>b)", 0, "the only name a group may have is `value`: `(?P<value>…)`"),
    ("(?P<value>a)(?P<value>b)", 12, "only one group may be named `value`"),
    ("(?#note)a", 0, "comments in patterns are not supported; use a YAML comment"),
    ("(?R)", 0, "not a supported group; supported: (…) (?:…) (?P<value>…) (?=…) (?!…) (?<=…) (?<!…)"),
    (r"a\w+", 1, "`\\w` is not supported: it counts Han characters as letters of a word; write `[a-z0-9]` or `[\\p{L}\\p{N}]`"),
    (r"(a)\1", 3, "back-references are not supported; use a kind such as `repetition` or `consistent`"),
    (r"\P{Han}", 0, "`\\P{…}` is not supported; write `[^\\p{…}]`"),
    (r"\A来源", 0, "`\\A` is not supported; known: \\b \\d \\D \\s \\S \\n \\t \\p{…} \\xHH \\uHHHH and signs such as \\."),
    (r"[\b]", 1, "`\\b` is not supported in a class"),
    (r"[\S]", 1, "`\\S` is not supported in a class"),
    ("a\\", 1, "`\\` at the end escapes nothing; a backslash that is meant is written `\\\\`"),
    (r"\p{Hann}", 0, "unknown `\\p{Hann}`; did you mean `Han`?"),
    (r"\p{Greek}", 0, "unknown `\\p{Greek}`; known: Han, L, N, P, Lu, Ll, Emoji"),
    (r"\pL", 0, "`\\p` is written `\\p{NAME}`, NAME one of: Han, L, N, P, Lu, Ll, Emoji"),
    (r"\u20", 0, "`\\u` needs 4 hexadecimal digits of a character"),
    ("[[:alpha:]]", 1, "`[:name:]` is not supported; write `\\p{…}` or the characters"),
    ("[z-a]", 1, "the range `z-a` runs backwards"),
    (r"[a-\d]", 1, "a range must end at a character"),
    ("(" * 51 + "a" + ")" * 51, 50, "groups are nested more than 50 deep"),
    ("a<<coin>>", 1, "`<<…>>` is not supported here"),
    ("稳(?:a+)+", 7, "nested repeats can take exponential time; bound the outer one ({1,4})"),
]


@pytest.mark.parametrize(("source", "at", "message"), REJECTED, ids=[source[:20] for source, _, _ in REJECTED])
def test_what_is_not_in_the_subset_is_an_error_at_its_character(source: str, at: int, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse(source)
    assert (caught.value.at, caught.value.message) == (at, message)


ACCEPTED = [
    ("不构成[^。]{0,16}(?:建议|依据)", "不构成[^。]{0,16}(?:建议|依据)"),
    (r"gate\.?io", r"gate\.?io"),
    ("a*b+c?d{2}e{3,}f{,4}", "a{0,200}b{1,200}c?d{2}e{3,200}f{0,4}"),
    ("a{300,}", "a{300}"),
    ("a+?b", "a{1,200}?b"),
    ("(?:ab)+(c)(?P<value>d|e)", "(?:ab){1,200}(c)(?P<value>d|e)"),
    ("(?:a|b)c", "(?:a|b)c"),
    ("(?<=来源)[:：](?!无)", "(?<=来源)[:：](?!无)"),
    ("^a.b$", "(?m:^)a.b(?m:$)"),
    (r"\d\D\s\S", r"\d[^\d]\s[^\s]"),
    (r"[\d\s\-\]a]", r"[\d\s\-\]a]"),
    ("[]a]", r"[\]a]"),
    ("[^]a]", r"[^\]a]"),
    ("[a-]", r"[a\-]"),
    (r"\u5e01\x61\U0001F680", "币a🚀"),
    (r"\n\t", r"\n" + "\t"),
    (r"\p{Han}[\p{L}\p{N}_]", r"\p{Han}[\p{L}\p{N}_]"),
    ("a}]b", r"a\}\]b"),
    ("<b><<", "<b><<"),
    (r"\bokx\b", r"(?<![\p{Latin}0-9_])okx(?![\p{Latin}0-9_])"),
    (r"\b\d", BOUNDARY + r"\d"),
    ("(?:a|)b", "(?:a|)b"),
    ("((a)|b){2}", "((a)|b){2}"),
    ("(?:a{2}){3}", "(?:a{2}){3}"),
]


@pytest.mark.parametrize(("source", "written"), ACCEPTED)
def test_the_subset_is_written_for_regex(source: str, written: str) -> None:
    assert parse(source, exact=True).regex == written
    regex.compile(written)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (r"\bokx\b", "bookx", None),
        (r"\bokx\b", "okx2", None),
        (r"\bokx\b", "在okx交易", (1, 4)),
        (r"\b\d{3}\b", "a123", None),
        (r"\b\d{3}\b", "第123章", (1, 4)),
        ("^来源", "本文\n来源", (3, 5)),
        ("^来源", "本文来源", None),
        ("来源$", "来源\n无", (0, 2)),
        (r"\p{Emoji}", "1*#", None),
        (r"\p{Emoji}", "a🚀", (1, 2)),
        (r"\p{Emoji}", "🇨", (0, 1)),
        (".", "\n", None),
    ],
)
def test_what_differs_from_the_library_is_found_as_documented(source: str, text: str, found: tuple[int, int] | None) -> None:
    match = regex.search(parse(source).regex, text)
    assert (match.span() if match else None) == found


def test_literals_in_a_row_are_one() -> None:
    assert parse_nodes("稳赚不赔") == Literal("稳赚不赔")


def test_groups_are_counted() -> None:
    assert parse("(a)(?:b)(?P<value>c)").groups == 2


def test_inserted_alternatives_stand_in_a_group() -> None:
    assert parse("买<<coin>>吗", insert=lambda name: [Literal("币"), Literal("链")]).regex == "买(?:币|链)吗"


def test_what_insert_refuses_is_an_error_at_the_insertion() -> None:
    def refuse(name: str) -> list[object]:
        raise LookupError(f"unknown lexicon `{name}`")

    with pytest.raises(PatternError) as caught:
        parse("买(?:<<coin>>|链)", insert=refuse)  # type: ignore[arg-type]
    assert (caught.value.at, caught.value.message) == (4, "unknown lexicon `coin`")


def test_more_than_64_alternatives_are_an_error() -> None:
    with pytest.raises(PatternError) as caught:
        parse("买<<coin>>", insert=lambda name: [Literal(f"币{number}") for number in range(65)])
    assert (caught.value.at, caught.value.message) == (1, "`<<coin>>` stands for 65 alternatives, 64 at most: use `all:` to join cues")
