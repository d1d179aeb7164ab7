#!/usr/bin/env python3
"""Writes checker/fold_table.py. Needs `pip install opencc-python-reimplemented` (the character tables of OpenCC).

The table is committed, so that folding is the same on every Python: unicodedata differs between versions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import opencc

TARGET = Path(__file__).parent.parent / "checker" / "fold_table.py"


def pairs(text: str) -> dict[str, str]:
    """`ab cd` as {a: b, c: d}."""
    return {pair[0]: pair[1:] for pair in text.split()}


# Full-width, small and look-alike signs that stand in handles, addresses, prices and rates. Not ，：；！？（）～, which are what Chinese
# articles are punctuated with, and no dashes: they mean something else than hyphens.
SIGNS = pairs(
    "＠@ ％% ＋+ ／/ ＆& ＝= ＿_ ＄$ ＃# ．. －- ＊* ＂\" ＇' ＜< ＞> ［[ ］] ｛{ ｝} ｜| ＼\\ ＾^ ｀` ￥¥ ￡£ ￠¢ ￦₩"
    " ﹪% ﹫@ ﹢+ ﹣- ﹡* ﹦= ﹩$ ﹟# ﹠& ﹕: ∶: ꞉: ⁄/ ∕/ ∗* ٪% ‐- ‑- −- ➕+ ✚+"
)
# Letters of other scripts that look like Latin ones; capitals by their own shape: Η is an H, η an n.
LOOK_ALIKES = {
    **pairs("АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ԌG ԜW ҮY ӀL ԚQ ԀD ҺH"),
    **pairs("аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԁd һh ԛq ԝw ѡw ьb ѵv ӏl гr пn үy ґr"),
    **pairs("ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC"),
    **pairs("αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw ϲc ϳj"),
    **pairs("օo սu հh ոn զq ցg ԼL ՍU ՏS ՕO"),  # Armenian
    **pairs("ᎪA ᏴB ᏟC ᎠD ᎬE ᏀG ᎻH ᎥI ᎫJ ᏦK ᏞL ᎷM ᏢP ᏒR ᏚS ᎢT ᏙV ᎳW ᏃZ"),  # Cherokee
    **pairs("ꓮA ꓐB ꓚC ꓓD ꓰE ꓝF ꓖG ꓧH ꓲI ꓙJ ꓗK ꓡL ꓟM ꓠN ꓳO ꓑP ꓣR ꓢS ꓔT ꓴU ꓦV ꓪW ꓫX ꓬY ꓜZ"),  # Lisu
    **pairs("ⲀA ⲂB ⲈE ⲎH ⲒI ⲔK ⲘM ⲚN ⲞO ⲢP ⲤC ⲦT ⲨY ⲬX ⲟo ⲣp ⲥc"),  # Coptic
    **pairs("ꮯC ꮪS ꮃW ꮩV ꮓZ ᴑo ɑa ɡg ɩi ıi ȷj ɐa ſs ꞌ'"),
    **pairs("₿b ₮t ₳a"),  # ₿TC, USD₮
}
LATIN = re.compile(
    r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z])(?: WITH .*)?|LATIN LETTER SMALL CAPITAL ([A-Z])"
    r"|(?:NEGATIVE )?(?:SQUARED|CIRCLED) LATIN CAPITAL LETTER ([A-Z])"
)
DIGITS = {
    **{chr(first + i): str(1 + i) for first in (0x2776, 0x2780, 0x278A) for i in range(10)},
    **{chr(first + i): str(1 + i) for first in (0x24F5,) for i in range(10)},
    **{chr(0x24EB + i): str(11 + i) for i in range(10)},
    "⓿": "0",
}
LIGATURES = pairs("ßss ẞss æae ÆAE œoe ŒOE")
# Left alone: what would become letters of the word before it, flags, and letters that Korean is typed with.
LEFT = set("™℠®©ªº№") | {chr(c) for c in (*range(0x3131, 0x318F), *range(0xFFA0, 0xFFDD), *range(0x3040, 0x3100), *range(0xAC00, 0xD7A4))}

# Plain variants that OpenCC's table leaves: 跟著 is 跟着, 帳戶 is 账户, 瞭解 is 了解, 回覆 is 回复. What also has a word of its own
# (著名, 覆盖) folds too, in terms as in articles, so they still meet.
VARIANTS = pairs(
    "著着 帐账 帳账 瞭了 藉借 覆复 祇只 衹只 牴抵 粧妆 敍叙 枱台 糭粽 衞卫 擡抬 舖铺 鎗枪 妳你 牠它 竝并 徧遍 讬托 谘咨 靑青 眞真"
    " 値值 搾榨 卽即 旣既 鄕乡 鑛矿 汙污 洩泄 痺痹 鷄鸡 緖绪 穎颖 頴颖 勛勋 猟猎 纎纤 祘算 咭卡 踪踪 蹤踪"
)
KEPT = set("彷阪薹")  # 彷徨, 大阪: characters of their own
# Radicals that stand for characters in text copied out of PDF files; Kangxi radicals have compatibility forms in Unicode, these have not.
RADICALS = pairs(
    "⺠民 ⺟母 ⺼肉 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑长 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟食 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼"
    " ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻫齐 ⻮齿 ⻭齿 ⻰龙 ⻯龙 ⻳龟 ⻲龟 ⺒巳 ⺓幺 ⺝月 ⺞歹 ⺩王 ⺬示 ⺮竹 ⺶羊 ⺷羊 ⺸羊 ⺹老 ⺻聿 ⻊足"
)


def invisible() -> set[int]:
    """What Unicode lets a display ignore (zero width, bidi controls, fillers, tags, selectors) and controls that are no white space."""
    ignorable = (
        "ad 61c 115f-1160 17b4-17b5 180b-180f 200b-200f 202a-202e 2060-206f 3164 feff ffa0 fff0-fffb 1bca0-1bca3 1d173-1d17a e0000-e0fff"
    )
    controls = "0-8 e-1b 7f-84 86-9f"
    return codes(ignorable) | codes(controls) | marks()


def marks() -> set[int]:
    """Marks that combine with any letter (not those of one script: Thai and Hindi are written with them), and variation selectors."""
    return codes("300-36f 483-489 1ab0-1aff 1dc0-1dff 20d0-20ff fe20-fe2f 180b-180d 180f fe00-fe0f e0100-e01ef")


def spaces() -> set[int]:
    """White space that is neither a plain space nor a line end; the last one is a Braille cell without dots."""
    return codes("9 b-d 1c-1f 85 a0 1680 2000-200a 2028-2029 202f 205f 3000 2800")


def codes(ranges: str) -> set[int]:
    ends = (piece.split("-") for piece in ranges.split())
    return {code for piece in ends for code in range(int(piece[0], 16), int(piece[-1], 16) + 1)}


def simplified() -> dict[str, str]:
    """Traditional and variant characters with the simplified one that a term is written with."""
    found = {old: next((new for new in news if new != old), old) for old, news in dictionary("TSCharacters").items() if old not in KEPT}
    for old, news in dictionary("JPVariants").items():
        for new in news:  # 収益 for 收益; but 芸, 欠 and 沪 are Chinese words of their own
            if new not in found and not is_common(new):
                found[new] = old
    return {**found, **VARIANTS, **RADICALS}


def dictionary(name: str) -> dict[str, list[str]]:
    path = Path(opencc.__file__).parent / "dictionary" / f"{name}.txt"
    entries = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {old: new.split(" ") for old, new in entries}


def is_common(char: str) -> bool:
    """Whether a character is in GB 2312, which holds what simplified Chinese is written with."""
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def once(char: str, han: dict[str, str]) -> str:
    """What one character folds to in one step: itself, another one, or several."""
    if char in LEFT:
        return char
    for table in (SIGNS, DIGITS, LOOK_ALIKES, LIGATURES, han):
        if char in table:
            return table[char].lower()
    if latin := LATIN.fullmatch(unicodedata.name(char, "")):
        return str(next(filter(None, latin.groups()))).lower()
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    text = unicodedata.normalize("NFKC", char)
    base = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if base and unicodedata.name(base[0], "").startswith(("LATIN", "GREEK", "CYRILLIC")):
        text = base
    if text != char:
        inner = text.strip("()[]〔〕.,， ")  # “(1)”, “1.”: the mark around the character is its shape
        if not inner.replace("+", "").isalnum():
            return char
        text = inner
    return text if text != char else char.lower() if len(char.lower()) == 1 else char


def folded(char: str, han: dict[str, str]) -> str:
    """What is folded stays as it is when it is folded again."""
    text, before = char, ""
    while text != before:
        text, before = "".join(once(c, han) for c in text), text
    return text


def main() -> None:
    han = simplified()
    gone = invisible() | spaces()
    one: dict[str, str] = {}
    many: dict[str, str] = {}
    for char in map(chr, range(0x110000)):
        if ord(char) in gone or unicodedata.category(char) in ("Cn", "Co", "Cs", "Cc", "Zs", "Mn", "Me") or "A" <= char <= "Z":
            continue
        result = folded(char, han)
        if result != char:
            (one if len(result) == 1 else many)[char] = result
    touched = {ord(char) for char in "".join([*one, *many]) + "\u2018\u2019\u02bc"} | gone
    lines = [
        '"""Generated by scripts/make_fold_table.py; do not edit.',
        "",
        "FROM[i] folds to TO[i], MANY to several characters; A-Z are not among them. The others are members of character classes:",
        "INVISIBLE goes (MARKS, part of it, belong to the character before), SPACES fold to a space, TOUCHED is all that folding may"
        " change",
        "(and some characters that nobody writes, beyond U+FFFF all: `re` looks those up range by range, so one range is fastest).",
        '"""',
        "",
        f"MARKS = {members(marks())}",
        f"INVISIBLE = {members(invisible())}",
        f"SPACES = {members(spaces())}",
        f"TOUCHED = {members(filled(touched))}",
        f"FROM = {''.join(one)!a}",
        f"TO = {''.join(one.values())!a}",
        f"MANY = dict(zip({''.join(many)!a}, {' '.join(many.values())!a}.split(), strict=True))",
        "",
    ]
    TARGET.write_text("\n".join(lines), encoding="utf-8")
    print(f"{len(one)} to one, {len(many)} to many")


def filled(touched: Iterable[int]) -> set[int]:
    """With the gaps of only rare Han characters between two members; as few ranges as possible compile faster."""
    within = {code for code in touched if code <= 0xFFFF} | codes("41-5a 10000-10ffff")
    for low, high in pairwise(sorted(within)):
        gap = range(low + 1, high)
        if low >= 0x3400 and high <= 0xFAFF and not any(is_common(chr(code)) for code in gap) and high - low < 0x400:
            within.update(gap)
    return within


def members(found: Iterable[int]) -> str:
    """The inside of a character class, as a Python literal."""
    ends: list[list[int]] = []
    for code in sorted(found):
        if ends and ends[-1][1] == code - 1:
            ends[-1][1] = code
        else:
            ends.append([code, code])
    return ascii("".join(re.escape(chr(a)) if a == b else f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ends))


if __name__ == "__main__":
    main()
