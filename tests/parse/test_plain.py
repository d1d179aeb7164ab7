"""Plain text: what joins, what does not, and where everything stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Document, Source
from checker.language import sentences
from checker.parse import parse


def read(text: str) -> Document:
    return parse(Source("a.txt", text), "plain")


def blocks(text: str) -> list[tuple[str, str]]:
    document = read(text)
    return [(block.scope, document.visible.text[block.start : block.end]) for block in document.blocks]


def seen(text: str) -> list[str]:
    return [said for _, said in blocks(text)]


LONG = "今日比特币价格震荡走低，市场观望情绪浓厚，多家机构认为短期内难有趋势性行情，投资者应当谨慎，切勿盲目追涨杀跌，更不要借钱入市"


@pytest.mark.parametrize("text", ["", "\n", "\n \n\t\n", "\u3000\n\u00a0", "-----\n\n=====\n", "<!-- checker-disable-file x -->\n"])
def test_nothing_is_no_block(text: str) -> None:
    assert blocks(text) == []


def test_only_a_blank_line_ends_a_wrapped_paragraph() -> None:
    assert seen("第一段稳赚\n不赔的说法\n\n第二段") == ["第一段稳赚不赔的说法", "第二段"]
    assert seen("This is not\n  investment advice\n \t\nx") == ["This is not investment advice", "x"]
    assert seen("a\r\nb\r\n\r\nc\r\n") == ["a b", "c"]


def test_a_phrase_over_a_line_end_stands_at_its_exact_range() -> None:
    text = "我们保证稳赚\r\n\u3000\u3000不赔。"
    document = read(text)
    at = document.visible.text.index("稳赚不赔")
    span = document.visible.span(at, at + 4)
    assert text[slice(*span)] == "稳赚\r\n\u3000\u3000不赔"


def test_short_lines_are_sentences_of_their_own() -> None:
    document = read("标题在此\n来源：某网\n作者：张三\n正文")
    block = document.blocks[-1]
    text = document.visible.text
    assert [text[slice(*s)] for s in sentences(text, block.start, block.end, document.breaks)] == ["来源：某网", "作者：张三", "正文"]


def test_lines_too_wide_to_be_wrapped_are_paragraphs() -> None:
    assert seen(f"{LONG}\n短行\n{LONG}。\n{LONG}") == [LONG, "短行", f"{LONG}。", LONG]


def test_lines_that_end_sentences_are_paragraphs_if_most_do() -> None:
    lines = ["比特币跌破六万美元。", "分析师认为抛压仍在。", "稳赚", "不赔的说法不可信！", "完。"]
    assert seen("\n".join(lines)) == ["比特币跌破六万美元。", "分析师认为抛压仍在。", "稳赚不赔的说法不可信！", "完。"]
    wrapped = "We think that prices\nwill fall. Nobody can\nknow it. Do not buy\non credit."
    assert seen(wrapped) == [wrapped.replace("\n", " ")]


def test_list_items() -> None:
    assert blocks("三大理由：\n1. 比特币\n   会涨\n2. 以太坊\n\n一、只有一条") == [
        ("paragraph", "三大理由："), ("list", "1. 比特币会涨"), ("list", "2. 以太坊"), ("paragraph", "一、只有一条"),
    ]  # fmt: skip
    assert [scope for scope, _ in blocks("x\n\n* a\n* b\n* c")] == ["title", "list", "list", "list"]
    assert blocks("Growth was\n3.5% and\n4.5% then") == [("paragraph", "Growth was 3.5% and 4.5% then")]


@pytest.mark.parametrize(
    "text",
    [
        "只有一段话",
        "今天比特币大跌。\n\n正文",
        f"{LONG}\n\n正文",
        "来源：某网\n\n正文",
        "1. 第一条\n\n正文",
        "一行\n又一行\n\n正文",
        "Dear reader,\n\nHello",
        "正文已经开始了。\n\n小标题\n\n正文",
    ],
)
def test_no_title(text: str) -> None:
    assert "title" not in [scope for scope, _ in blocks(text)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("比特币跌破六万\n\n正文", "比特币跌破六万"),
        ("突发：比特币跌破六万\n来源：某网\n\n正文", "突发：比特币跌破六万"),
        ("Why bitcoin fell?\n2026-01-02 09:30 Staff\nText", "Why bitcoin fell?"),
        (f"比特币跌破六万\n{LONG}", "比特币跌破六万"),
        ("LOADING...\n当前位置：首页 > 资讯\n\n比特币跌破六万\n\n正文", "比特币跌破六万"),
        ("首页 > 资讯\n字体：大 中 小\n比特币跌破六万\n来源：某网 作者：张三\n正文", "比特币跌破六万"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert [said for scope, said in blocks(text) if scope == "title"] == [title]


def test_front_matter_has_the_title() -> None:
    assert blocks("---\ntitle: 甲\n---\n乙\n\n丙") == [("title", "甲"), ("paragraph", "乙"), ("paragraph", "丙")]


def test_drawn_lines_are_no_text() -> None:
    assert seen("甲\n--------\n乙\n* * *\n丙\n--") == ["甲", "乙", "丙 --"]


def test_addresses_stand_beside_the_text() -> None:
    text = "点击（https://okx.com/join?c=1）注册，或访问www.abc.io/x。\n\n邮箱 a@www.com 不算，文件 v1.0 也不算"
    document = read(text)
    urls = [block for block in document.blocks if block.scope == "url"]
    visible = document.visible.text
    assert [visible[b.start : b.end] for b in urls] == ["https://okx.com/join?c=1", "www.abc.io/x"]
    for block in urls:
        assert block.owner == 0
        assert visible[slice(*block.anchor)] == visible[block.start : block.end]
        assert text[slice(*document.visible.span(block.start, block.end))] == visible[block.start : block.end]


def test_what_is_no_address() -> None:
    assert not [b for b in read("and/or, 3.5/4.5, U.S./China, a@b.com/c? no: a.b, v1.0, 12:30//x").blocks if b.scope == "url"]


def test_an_address_needs_no_scheme() -> None:
    document = read("打开okx.com/join?c=1注册 or open northernhash.example/r/8841.")
    assert [document.visible.text[b.start : b.end] for b in document.blocks if b.scope == "url"] == [
        "okx.com/join?c=1", "northernhash.example/r/8841"
    ]  # fmt: skip


def test_addresses_after_a_joined_line() -> None:
    document = read("see\nhttps://a.io/b.\nand\nhttps://c.io/(d)")
    urls = [(b, document.visible.text[slice(*b.anchor)]) for b in document.blocks if b.scope == "url"]
    assert [said for _, said in urls] == ["https://a.io/b", "https://c.io/(d)"]


def test_directives_stand_on_lines_of_their_own() -> None:
    text = "甲\n<!-- checker-disable-next a/b reason: 引用 -->\n乙\n\n  <!-- checker-enable -->  \n丙 <!-- checker-x --> 丁\n<!-- x -->"
    document = read(text)
    assert [(d.text, text[slice(*d.span)]) for d in document.directives] == [
        ("checker-disable-next a/b reason: 引用", "<!-- checker-disable-next a/b reason: 引用 -->"),
        ("checker-enable", "<!-- checker-enable -->"),
    ]
    assert seen(text) == ["甲", "乙", "丙 <!-- checker-x --> 丁 <!-- x -->"]


def test_a_directive_may_have_several_lines_or_no_end() -> None:
    text = "甲\n<!-- checker-disable\n  a/b\n  reason: x -->\n乙\n<!-- checker-enable\n丙"
    document = read(text)
    assert [text[slice(*d.span)] for d in document.directives] == [
        "<!-- checker-disable\n  a/b\n  reason: x -->", "<!-- checker-enable"
    ]  # fmt: skip
    assert seen(text) == ["甲", "乙", "丙"]


PIECES = ["\n", "\n", "\r\n", " ", "\u3000", "\t", "标题", "来源：x", "。", "a b", "1. ", "2. ", "- ", "----", "<!--", " checker-x ", "-->"]
PIECES += [LONG, "😀", "https://a.io/b", "）", "okx.com/j?c=1", "\u200b", "\ufeff", "一、", "\r"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_visible_character_stands_in_the_source_and_no_other_is_lost(text: str) -> None:
    document = read(text)
    visible = document.visible.text
    for at, character in enumerate(visible):
        if character not in "\n ":
            assert text[slice(*document.visible.span(at, at + 1))] == character
    if "-" not in text:
        prose = "".join(visible[b.start : b.end] for b in document.blocks if b.scope != "url")
        assert "".join(prose.split()) == "".join(text.split())
