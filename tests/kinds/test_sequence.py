"""`sequence`: words in a row, by word and part of speech."""

from __future__ import annotations

from typing import Any

import pytest

from checker.rule import Context, Match, Step

RECOMMEND = Step(words=("推荐",))
BUY = Step(words=("买入", "购买"))


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ((RECOMMEND, BUY), "推荐算法购买记录"),
        ((RECOMMEND, Step(words=("算法",), negate=True)), "推荐算法很好"),
        ((Step(words=("不",), negate=True), RECOMMEND), "我不推荐"),
        ((RECOMMEND, Step(pos=("v",))), "推荐人民币"),
        ((RECOMMEND, BUY), "切勿推荐买入"),
        ((RECOMMEND, BUY), "推荐。买入"),
    ],
)
def test_no_such_sequence(rule: Any, cue: Any, reported: Any, steps: Any, text: str) -> None:
    cues = [cue("推荐"), cue("切勿")]
    sequence = rule("sequence", Match(any=(0,)), steps=steps, unless=("negated",))
    assert reported(sequence, cues, text, contexts=[Context("negated", (1,))]) == []


@pytest.mark.parametrize(
    ("steps", "text", "expected"),
    [
        ((RECOMMEND, BUY), "我们推荐买入。推荐购买吧", ["推荐买入", "推荐购买"]),
        ((RECOMMEND, BUY), "我們推薦買入", ["推薦買入"]),
        ((RECOMMEND, Step(words=("买入",), skip=2)), "推荐大家现在买入", ["推荐大家现在买入"]),
        ((RECOMMEND, Step(words=("算法",), negate=True)), "推荐买入", ["推荐"]),
        ((RECOMMEND, Step(pos=("v",))), "推荐买入", ["推荐买入"]),
        ((RECOMMEND, Step(cue=1)), "推荐人民币", ["推荐人民币"]),
        ((Step(words=("不",), negate=True), RECOMMEND), "我推荐", ["推荐"]),
    ],
)
def test_such_a_sequence(rule: Any, cue: Any, reported: Any, steps: Any, text: str, expected: list[str]) -> None:
    assert reported(rule("sequence", Match(any=(0,)), steps=steps), [cue("推荐"), cue("人民币")], text) == expected
