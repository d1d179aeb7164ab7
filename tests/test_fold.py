"""Folding: what it makes one, what it leaves alone, and that every folded character still knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import fold as module
from checker.fold import fold, fold_text
from checker.text import Run, View


@pytest.mark.parametrize(
    "text",
    ["新华社北京电，记者：（报道）……", "a—b", "が", "ก็", "हिन्दी", "x\ny", "™", "【】《》「」", "稳——赚", "½"],
)
def test_left_alone(text: str) -> None:
    assert fold_text(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("穩賺不賠", "稳赚不赔"),
        ("虛擬貨幣", "虚拟货币"),
        ("稳\u200b赚\u2060不\ufeff赔", "稳赚不赔"),
        ("稳\ufe0f赚", "稳赚"),
        ("稳̶赚̶", "稳赚"),
        ("ＢＴＣ＠ｘ．ｃｏｍ", "btc@x.com"),
        ("guаrаnteed", "guaranteed"),  # Cyrillic а
        ("Ρrοfit", "profit"),  # Greek Ρ, ο
        ("①②ⓐ𝓫𝔱𝕔🅱❸", "12abtcb3"),
        ("1️⃣", "1"),
        ("⑩⒈⑴", "1011"),
        ("a\u3000\u00a0 b", "a b"),
        ("  a\t", " a "),
        ("Don’t", "don't"),
        ("É", "e"),
        ("٣", "3"),
        ("⽐", "比"),
        ("x \n\u3000\u3000y", "x \n y"),
    ],
)
def test_folded(text: str, expected: str) -> None:
    assert fold_text(text) == expected


DRESSES = {
    "zero width": lambda p: "\u200b".join(p),
    "variation selectors": lambda p: "".join(c + "\ufe0e" for c in p),
    "combining marks": lambda p: "".join(c + "\u0336" for c in p),
    "full width": lambda p: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in p),
    "mathematical": lambda p: "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in p),
    "circled": lambda p: "".join(chr(0x24D0 + ord(c) - 97) if "a" <= c <= "z" else c for c in p),
    "soft hyphens": lambda p: "\u00ad".join(p),
    "capitals": str.upper,
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("phrase", ["稳赚不赔", "guaranteed", "btc邀请码", "保本保息", "okx", "年化30%"])
def test_a_dressed_phrase_is_found_at_its_exact_range(dress: str, phrase: str) -> None:
    dressed = DRESSES[dress](phrase)
    text = f"甲\u200b乙 {dressed}，丙"
    folded = fold(View.whole(text))
    at = folded.text.find(phrase)
    assert at >= 0
    span = folded.span(at, at + len(phrase))
    assert text[span.start : span.end].rstrip("\ufe0e\u0336") == dressed.rstrip("\ufe0e\u0336")


PIECES = st.sampled_from([*"稳賺ＡaBé1٣ 　\t\n\u200b\u0301\ufe0f①⑩㎡🅱😀，。’İßﬁ—-", "don’t", "  "])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_folded_character_has_its_place(text: str) -> None:
    folded = fold(View.whole(text))
    end = 0
    for offset in range(len(folded.text)):
        span = folded.span(offset, offset + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert span.start >= end or folded.text[offset - 1 : offset + 1].isascii() or span.start >= end - 3
        end = max(end, span.start)
    assert folded.span(0, len(folded.text)).end <= len(text)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.lists(st.lists(PIECES, max_size=12).map("".join).map(lambda s: s.replace("\n", "")), min_size=1, max_size=5))
def test_a_line_end_parts_what_is_folded(blocks: list[str]) -> None:
    assert fold_text("\n".join(blocks)).count("\n") == len(blocks) - 1


@pytest.mark.parametrize(
    "text",
    [
        *("稳赚-不赔", "买 币", "a股/基金", "稳，赚，不，赔", "稳 赚-不 赔", "well-known", "a股/港股/美股", "1 2 3 4", "0-0-7-1", "1/2/3"),
        *(
            "e.g. this",
            "example.com/a/b/c",
            "https://x.io/r/a/b",
            "是 一个 数字 货币 项目",
            "多/空双杀",
            "公�告�书�",
            "a*b",
            "张*三",
            "**重点**说明*注",
        ),
    ],
)
def test_ordinary_writing_is_not_spelt_apart(text: str) -> None:
    assert fold_text(text) == text


@pytest.mark.parametrize("sign", [" ", "-", "*", "·", "😀", ".", "_", "|", "~", "★", "　", "--", " - ", "❤️", "…", "👨‍👩‍👧"])
@pytest.mark.parametrize("phrase", ["稳赚不赔", "比特币", "guaranteed", "加v信", "买usdt"])
def test_a_word_spelt_apart_is_found_at_its_exact_range(sign: str, phrase: str) -> None:
    dressed = sign.join(phrase)
    text = f"说：{dressed}。"
    folded = fold(View.whole(text))
    at = folded.text.find(phrase)
    assert at >= 0
    assert text[slice(*folded.span(at, at + len(phrase)))] == dressed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("g u a r a n t e e d   r e t u r n s", "guaranteed returns"),
        ("b-u-y t-h-e d-i-p now", "buy the dip now"),
        ("返-佣 2-0%", "返佣 20%"),
        ("手-续-费-返-佣 2-0%", "手续费返佣 20%"),
        ("保-本-保息-了", "保本保息了"),
        ("稳 赚 不-赔-率", "稳赚不赔率"),
    ],
)
def test_words_spelt_apart_stay_words(text: str, expected: str) -> None:
    assert fold_text(text) == expected


def test_what_emphasis_leaves_of_asterisks_parts_no_word() -> None:
    text = "稳*赚*不*赔"  # Markdown makes 赚 emphatic; one asterisk is left
    seen = View("稳赚不*赔", (Run(0, 0, 1, 1), Run(1, 2, 1, 1), Run(2, 4, 3, 3)))
    folded = fold(seen)
    assert folded.text == "稳赚不赔"
    assert text[slice(*seen.span(*folded.span(0, 4)))] == text


@given(st.lists(PIECES | st.sampled_from([" ", "-", "a", "稳", "😀", "·", "，", "\n"]), max_size=30).map("".join))
def test_what_the_cheap_look_passes_over_is_not_spelt_apart(text: str) -> None:
    folded = fold_text(text)
    assert module._may_be_apart(folded) or not module._APART.search(folded)
