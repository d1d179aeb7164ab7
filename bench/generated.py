"""Articles and packs that are made, not found."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator

_WHERE = ("河边", "山脚下", "老城墙旁", "图书馆门口", "植物园里", "码头上", "菜市场旁边", "小学操场")
_WHAT = (
    "柳树发了新芽",
    "几位老人在下棋",
    "孩子们放着风筝",
    "有人牵着狗慢慢走",
    "卖豆浆的摊子冒着热气",
    "水位比上个月高了一些",
    "猫在墙头晒太阳",
)


def _prose(paragraphs: int) -> Iterator[str]:
    draw = random.Random(5)
    for _ in range(paragraphs):
        yield "".join(f"{draw.choice(_WHERE)}，{draw.choice(_WHAT)}，{draw.choice(_WHAT)}。" for _ in range(5))


CLEAN = "\n\n".join(("---\ntitle: 河边散步\nauthor: 林知远\n---", "# 河边散步", *_prose(15))) + "\n"
_LURES = (
    "现在注册币安并填写邀请码 AB12CD，手续费立返 20%。",
    "跟着我买比特币，稳赚不赔，月入过万。",
    "加微信 btc8888 进群，老师带单，保证收益。",
    "以太坊马上起飞，赶紧满仓梭哈，不要错过。",
)
CRYPTO = "\n\n".join(("# 币安新手教程", *_LURES, *(f"比特币的价格今天又有变化。{text}" for text in _prose(13)))) + "\n"


def pack(rules: int) -> str:
    """Rules that each join a lexicon with a term, in words that hardly any article holds, as a house pack of that size has them."""
    draw = random.Random(rules)
    lines = ["lexicons:"]
    lines += [f"  l{n}: {{terms: {json.dumps([_word(draw) for _ in range(20)], ensure_ascii=False)}}}" for n in range(rules // 10)]
    return "\n".join(
        [*lines, "rules:", *(_rule(f"{rules}/r{n}", f"[l{n % (rules // 10)}, {{terms: [{_word(draw)}]}}]") for n in range(rules))]
    )


def pack_of(patterns: Iterable[str]) -> str:
    return "\n".join(
        ["rules:", *(_rule(f"fifty/r{n}", f"[{{pattern: {json.dumps(p, ensure_ascii=False)}}}]") for n, p in enumerate(patterns))]
    )


def _rule(name: str, cues: str) -> str:
    return f"  - {{id: {name}, kind: forbid, category: promotion, message: 不得, match: {{all: {cues}}}, bad: [见], good: [无]}}"


def _word(draw: random.Random) -> str:
    return "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(draw.randrange(2, 5)))
