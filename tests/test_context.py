"""Governing ranges: what is excused, sentence by sentence, and what is promoted all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checker.context import free
from checker.rule import Context

ADVERSATIVES = ("但", "不过", "然而", "but", "however")
NEGATED = (
    "不得",
    "不要",
    "切勿",
    "请勿",
    "严禁",
    "禁止",
    "禁令",
    "不会",
    "不参与",
    "拒",
    "拒加",
    "not",
    "no",
    "never",
    "bans",
    "banned",
)
WARNED = ("警惕", "谨防", "提防", "警方提醒", "警方提示", "beware")
BEHIND = ("骗局", "诈骗", "被骗", "fraud")
REPORTED = ("据", "报道", "宣称", "声称", "所谓", "认定", "重申", "charged", "said", "rate the")
SPEECH = ("说", "写道", "said")
CALLS = ("点击", "注册", "加微信", "扫码", "下载", "上车", "join", "click")
SOUGHT = (
    "稳赚不赔", "零风险", "返佣", "邀请码", "充值", "购买和销售", "炒作活动", "空投", "买入", "加荐股", "保本", "不会亏损",
    "guaranteed", "refer a friend", "buy", "注册", "上车", "付费导流", "手续费",
)  # fmt: skip


@pytest.fixture
def left(article: Any, cue: Any, read: Any) -> Callable[..., list[str]]:
    """The sought words that no context excuses."""

    def find(*pieces: Any, names: tuple[str, ...] = ("negated", "warned", "reported")) -> list[str]:
        cues = [cue(*words) for words in (ADVERSATIVES, NEGATED, WARNED, BEHIND, REPORTED, SPEECH, CALLS, SOUGHT)]
        contexts = [
            Context("negated", (1,), (), (0,), lead=True),
            Context("warned", (2,), (3,), (0,), section=True, lead=True),
            Context("reported", (4,), (), (0,)),
            Context("quoted", (5,)),
        ]
        reading = read(article(*pieces), cues, contexts=contexts, actions=(6,))
        text = reading.document.visible.text
        return [text[hit.start : hit.end] for hit in free(reading, names, reading.hits.of(7))]

    return find


@pytest.mark.parametrize(
    "text",
    [
        "互联网企业不得为虚拟货币相关业务活动提供网络经营场所、商业展示、营销宣传、付费导流等服务",
        "平台不得保本、承诺零风险，也包括返佣。",
        "要珍惜个人银行账户，不要用于虚拟货币账户充值和提现、购买和销售相关交易充值码",
        "不参与虚拟货币交易炒作活动，不盲目跟风",
        "警方提醒：凡让你在币安注册并填邀请码的群，都是骗局。",
        "凡承诺“保本高息”“稳赚不赔”的投资均为骗局",
        "资产管理业务不得承诺保本，打破刚性兑付",
        "禁止以任何方式承诺零风险；返佣也在其中",
        "美银证券重申光大环境“买入”评级",
        "投资者拒加荐股大师私人微信",
        "切勿点击 https://fake-okx.com 注册",
        "据平台宣称：“注册即送。稳赚不赔。”",
        "有人发来“点击 okx.com 注册领返佣”这样的短信，都是诈骗。",
        "警方提示：加微信 xxxx 返佣的都是诈骗",
        'The FCA bans "refer a friend" bonuses, even for those who buy.',
        "No return is guaranteed. The SEC charged him for telling followers to buy.",
        "他们承诺稳赚不赔，但全是骗局",
    ],
)
def test_excused(left: Callable[..., list[str]], text: str) -> None:
    assert left(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("监管明令禁止，但懂的人已经在用这个链接上车", ["上车"]),
        ("永久享受返佣20%手续费! 警惕诈骗。", ["返佣", "手续费"]),
        ("警惕诈骗。返佣20%。", ["返佣"]),
        ("本平台不会亏损", ["不会亏损"]),
        ("稳赚不赔，切勿错过", ["稳赚不赔"]),
        ("谨防假冒，认准官网 okx.com 注册领返佣", ["注册", "返佣"]),
        ("点击 https://okx.com/join/12345 注册返佣，当心诈骗", ["注册", "返佣"]),
        ("据报道币价下跌，然而现在买入稳赚不赔", ["买入", "稳赚不赔"]),
        ("Never sell, but buy now.", ["buy"]),
        ("加微信 abc123 领返佣，谨防骗局", ["返佣"]),
        ("点击[这里](https://okx.com/join/1)注册，谨防诈骗", ["注册"]),
    ],
)
def test_promoted_all_the_same(left: Callable[..., list[str]], text: str, expected: list[str]) -> None:
    assert left(text) == expected


def test_a_lead_in_passes_on_to_the_list_behind_it(left: Callable[..., list[str]]) -> None:
    assert left("严禁下列行为：", ("list", "返佣", 1), ("list", "保本", 1), ("list", "零风险", 2), ("list", "邀请码", 1)) == []
    assert left("严禁下列行为：", "（一）返佣；", "（二）保本。") == []
    assert left("严禁下列行为：", ("quote", "稳赚不赔。零风险。")) == []
    assert left("以下为福利：", ("list", "返佣", 1)) == ["返佣"]
    assert left("严禁违规。", ("list", "返佣", 1)) == ["返佣"]
    assert left("严禁下列行为：", ("list", "保本", 1), "返佣") == ["返佣"]
    assert left(("list", "严禁下列行为：", 1), ("list", "保本", 2), ("list", "返佣", 1)) == ["返佣"]


def test_a_call_to_action_in_a_list_item_speaks_for_itself(left: Callable[..., list[str]]) -> None:
    assert left("谨防以下诈骗：", ("list", "保本", 1), ("list", "下载 [官网](https://okx.com) 领返佣", 1)) == ["返佣"]
    assert left("谨防以下诈骗：", ("list", "下载 [官网](https://example.com) 领返佣", 1)) == []


def test_a_heading_passes_a_warning_on_to_its_section(left: Callable[..., list[str]]) -> None:
    warning = ("heading", "警惕这些骗局", 2)
    assert left(warning, "返佣。", ("heading", "手法", 3), "保本") == []
    assert left(warning, "返佣。", ("heading", "福利", 2), "保本") == ["保本"]
    assert left(warning, "扫码注册\n![](qr.png)") == ["注册"]


def test_a_warning_in_the_title_excuses_no_promotion(left: Callable[..., list[str]]) -> None:
    head = "永久享受返佣20%手续费! [APP下载](https://okx.com/download) 全球官网"
    assert left(("title", "公安局：警惕虚拟货币诈骗"), ("heading", "公安局：警惕虚拟货币诈骗", 1), head, "警惕返佣。") == ["返佣", "手续费"]


def test_quotations_count_with_a_verb_of_speech(left: Callable[..., list[str]]) -> None:
    assert left("他写道：“稳赚不赔，快买入。零风险。”", names=("quoted",)) == []
    assert left("“稳赚不赔”，就在今天。零风险", names=("quoted",)) == ["稳赚不赔", "零风险"]
