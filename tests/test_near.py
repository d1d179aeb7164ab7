"""Near-misses of prescribed wordings."""

from __future__ import annotations

import pytest

from checker.fold import fold_text
from checker.near import anchors, nearest

ZH = ("本文仅为信息分享，不构成任何投资建议。",)
EN = ("Don't invest unless you're prepared to lose all the money you invest.",)


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("本文讨论投资。", ZH),
        ("不构成任何投资建议", ZH),  # half of it is no altered version
        ("We invest all the money.", EN),
        ("", ZH),
    ],
)
def test_none_of_the_texts(sentence: str, texts: tuple[str, ...]) -> None:
    assert nearest(fold_text(sentence), texts) is None


@pytest.mark.parametrize(
    ("sentence", "texts", "difference", "negation"),
    [
        ("声明，本文仅为信息分享——不构成任何投资建议！", ZH, "", False),
        ("本文僅為信息分享,不構成任何投資建議", ZH, "", False),
        ("DON’T INVEST unless you’re prepared to lose all the money you invest", EN, "", False),
        ("本文仅为信息分享，构成任何投资建议。", ZH, "-不", True),
        ("本文并非仅为信息分享，不构成任何投资建议。", ZH, "+并非", True),
        ("本文仅为信息分享，不构成任何理财建议。", ZH, "-投资 +理财", False),
        ("Invest unless you're prepared to lose all the money you invest.", EN, "-don't", True),
        ("Don't invest unless you are prepared to lose some of the money you invest.", EN, "-you're +you are -all +some of", False),
    ],
)
def test_said_or_altered(sentence: str, texts: tuple[str, ...], difference: str, negation: bool) -> None:
    near = nearest(fold_text(sentence), texts)
    assert near is not None
    assert (near.text, near.difference, near.negation) == (texts[0], difference, negation)


def test_anchors_stand_where_words_are_shared() -> None:
    assert list(anchors("比特币涨了。", ZH)) == []
    assert next(iter(anchors("比特币涨了。本文仅为信息分享。", ZH))) == 6
    assert next(iter(anchors("so unless you're prepared", EN))) > 0
