"""Sentences, clauses, words, languages."""

from __future__ import annotations

import pytest

from checker.language import clauses, language_of, sentences, words


def cut(text: str, **options: list[int]) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, 0, len(text), **options)]


@pytest.mark.parametrize(
    "text",
    ["年化3.5%的产品", "U.S. rules apply", "Visit okx.com today", "BTC vs. ETH", "Mr. Wu spoke", "e.g. this one", "v2.0 is out", "第1.2节"],
)
def test_one_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲说。乙说！丙？", ["甲说。", "乙说！", "丙？"]),
        ("他说：“快买。”她不信。", ["他说：“快买。”", "她不信。"]),
        ("Buy now. Or later.", ["Buy now.", " Or later."]),
        ("等等……好", ["等等……", "好"]),
        ("It rose 3.5%. Then fell.", ["It rose 3.5%.", " Then fell."]),
    ],
)
def test_several_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_short_line_is_a_sentence_and_a_wrapped_one_is_not() -> None:
    text = "作者:张三来源:新华社" + "长" * 30 + "续行。"
    assert cut(text, breaks=[5, 11, 41]) == ["作者:张三", "来源:新华社", text[11:]]


def test_clauses_part_at_commas_and_adversatives() -> None:
    text = "监管禁止，但有人买，不过很少"
    assert [text[c.start : c.end] for c in clauses(text, 0, len(text))] == ["监管禁止，", "但有人买，", "不过很少"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("比特币 Bitcoin BTC", "zh"),
        ("Bitcoin is up", "en"),
        ("", "other"),
        ("Привет мир как дела", "other"),
        ("稳定币 USDT USDC DAI", "zh"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language_of(text) == expected


def test_words_carry_parts_of_speech_and_places() -> None:
    found = words("我们建议买入人民币")
    assert ("人民币", "n", 6) in found
    assert [offset for _, _, offset in found] == sorted(offset for _, _, offset in found)
