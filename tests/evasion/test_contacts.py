"""Contacts, groups and venues as those write them who hide from filters of words."""

from __future__ import annotations

import pytest

from checker.engine import Engine

TRADES = "# 行情\n\n比特币今日报 61000 美元，以太坊和其他代币变化不大。\n\n{}\n\n成交量较昨日下降，区块链行业本周没有大事。\n"
STOCKS = "# 复盘\n\n沪指收平，个股跌多涨少，成交额缩小。\n\n{}\n\n创业板换手率没有变化，债券市场平静。\n"

HIDDEN = [
    "加V信 btc8888 领取交易信号。",
    "加V btc8888，每天带单。",
    "➕v：btc8888，老师带单。",
    "➕薇❤ btc8888，进群看喊单。",
    "薇❤：btc8888，免费带单。",
    "威信：btc8888，拉你进喊单群。",
    "徽信号 btc8888，老师一对一带单。",
    "加徽信领取今日牛股。",
    "加薇芯领取今日牛股。",
    "加卫星领取今日牛股。",
    "VX：btc8888，每天喊单。",
    "加我VX，带你抓涨停。",
    "进裙看老师喊单，扣扣 123456789。",
    "加扣裙 123456789 领取金股。",
    "➕裙领取金股名单。",
    "企鹅群 123456789，每天荐股。",
    "加Q裙领取牛股。",
    "电抱群：@btcvip888，每天喊单。",
    "飞机群 @btcvip888，带单老师在线。",
    "TG：btcvip888，合约带单。",
    "私我进群，每天喊单。",
    "公粽号回复“牛股”，加助理领取。",
    "加vx号btc8888，拉你进实盘群。",
    "wei信 btc8888，加我领取金股。",
    "jia微信领取明日金股。",
    "扫马进群，老师喊单。",
    "扫🐎进群，老师喊单。",
    "注册填邀请🐎 AB12CD34，返佣 20%。",
    "注册币an填邀请码 AB12CD34，返yong 20%。",
    "注册欧意，手续费fan佣 20%，邀请马 AB12CD34。",
    "现在注册必安，手续费反佣 20%，名额有限。",
    "注册0KX，填邀请码 AB12CD34，手续费减免。",
    "开户送体验金，➕客服V信领取。",
]
PLAIN = [
    "树立威信，贵在言出必行；领导者加强学习，才能服众。",
    "卫星信号覆盖全国，加卫星导航模块的农机可以自动作业。",
    "加V型槽的导轨更稳，安装时对准刻度。",
    "维信诺是一家显示面板公司，与行情软件无关。",
    "她加了件裙子，进屋换鞋，群山在窗外。",
    "企鹅群居在浮冰上，科考队数了 123456 只。",
    "飞机群飞过天安门上空，观礼台上一片欢呼。",
    "函数按 C+V 粘贴，命令行加 -v 输出版本。",
    "扫码进站，刷脸出站，地铁票价不变。",
    "志愿者点亮微心愿，给孩子们送去书包。",
    "必安装的补丁有三个，请在维护窗口内完成。",
    "CAN 与 LIN 总线相连，用 ping 测试网络，用 pan 手势平移地图。",
    "SUI 链上交易失败，DAO 治理投票结束，TAO 子网升级。",
    "long 与 short 是两个方向，bi 是双，an 是不定冠词。",
    "目 录\n\n第 一 章 总 则\n\n第 二 章 附 则",
    "关 于 召 开 年 度 大 会 的 通 知",
    "选项 A / B / C / D，答案见附录；衣·食·住·行，样样齐备。",
    "张*三与李*四签订合同，长*宽*高等于体积。",
    "红-黄-蓝-绿四色旗，东/西/南/北四个出口。",
    "这 是 一 个 分 词 之 后 的 句 子 ， 用 来 训 练 模 型 。",
    "I 型、II 型和 III 型；a-b-c 三点共线，x+y+z=1。",
    "F.A.S.T. 是识别中风的口诀，U.S.A. 是缩写。",
    "1-2-3-4 是密码的反例，7 月 8 日起施行，第 5 篇文章讲的是 β 系数。",
]


@pytest.mark.parametrize("article", [TRADES, STOCKS], ids=["crypto", "securities"])
@pytest.mark.parametrize("sentence", HIDDEN)
def test_a_hidden_contact_is_solicitation(engine: Engine, article: str, sentence: str) -> None:
    text = article.format(sentence)
    found = [v for v in engine.check_text(text).violations if v.category in ("solicitation", "advice", "promotion")]
    assert any(v.start.line == 5 and v.category == "solicitation" for v in found), found


@pytest.mark.parametrize("article", [TRADES, STOCKS], ids=["crypto", "securities"])
@pytest.mark.parametrize("sentence", PLAIN)
def test_ordinary_words_are_no_contact(engine: Engine, article: str, sentence: str) -> None:
    assert [(v.rule, v.excerpt) for v in engine.check_text(article.format(sentence)).violations] == []
