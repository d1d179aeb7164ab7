"""`require`: what counts as a statement, what does not fully count, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checker.rule import Weak, Where
from checker.violation import Fact, Hit

DISCLAIMER = "本文仅为信息分享，不构成任何投资建议。"


@pytest.fixture
def found(rule: Any, cue: Any, run: Any) -> Callable[..., tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    """(facts as (finding, text), hits as (finding, text)) of a disclaimer rule."""

    def make(*pieces: Any, **fields: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        cues = [
            cue(patterns=(r"不构成[^。]{0,16}(?:建议|依据)", r"not [^.]{0,16}advice")),
            cue("仅供参考"),
            cue(patterns=(r"免责声明[:：]\s*$",)),
        ]
        options = {"fact": "disclaimer", "any_of": (0,), "weak": (Weak((1,), "weak.0"),), "empty": (2,), **fields}
        reading, results = run(rule("require", **options), cues, *pieces)
        text = reading.document.visible.text
        facts = [(fact.finding, text[fact.start : fact.end]) for fact in results if isinstance(fact, Fact)]
        return facts, [(hit.finding, text[hit.start : hit.end]) for hit in results if isinstance(hit, Hit)]

    return make


@pytest.mark.parametrize(
    "pieces",
    [
        ["正文。", "本文不构成投资建议。"],
        ["本文不构成投资建议，仅供参考。"],
        ["正文。", "This is not investment advice.", "本文不構成任何投資建議。"],
        [("quote", "本文不构成任何投资建议")],
        ["本文不构成任何投资\n建议"],
    ],
)
def test_stated(found: Any, pieces: list[str]) -> None:
    facts, hits = found(*pieces)
    assert "" in {finding for finding, _ in facts}
    assert hits == []


def test_facts_are_sentences_within_their_lines(found: Any) -> None:
    facts, _ = found("好文章。本文不构成任何投资建议。转载须知", "声明：本文不构成任何投资建议\n来源：新华社")
    assert facts == [("", "本文不构成任何投资建议。"), ("", "声明：本文不构成任何投资建议")]


@pytest.mark.parametrize(
    ("pieces", "fields", "facts", "hits"),
    [
        (["正文。"], {}, [], [("missing", "")]),
        ([("chrome", "本文不构成投资建议"), "正文。"], {}, [], [("missing", "")]),
        ([("code-block", "本文不构成投资建议"), "正文。"], {}, [], [("missing", "")]),
        (["[看](https://a.cn/不构成投资建议)"], {}, [], [("missing", "")]),
        (["正文。", "免责声明："], {}, [], [("empty", "免责声明：")]),
        (["本文仅供参考。"], {}, [("weak", "本文仅供参考。")], [("weak", "仅供参考")]),
        (["正文很长。![本文不构成投资建议](a.png)"], {}, [("hidden", "本文不构成投资建议")], [("hidden", "不构成投资建议")]),
        (
            ["这是一篇中文的文章，讲比特币的历史与现状。", "This is not investment advice."], {},
            [("other-language", "This is not investment advice.")], [("other-language", "not investment advice")],
        ),
        (
            ["本文不构成投资建议", *["正文。"] * 9], {"where": Where(last=0.3, share=True)},
            [("misplaced", "本文不构成投资建议")], [("misplaced", "不构成投资建议")],
        ),
        (
            ["一", "二", "本文不构成投资建议"], {"where": Where(first=1)},
            [("misplaced", "本文不构成投资建议")], [("misplaced", "不构成投资建议")],
        ),
        (["正文。"], {"report_absence": False}, [], []),
        (["本文仅供参考。"], {"report_absence": False}, [("weak", "本文仅供参考。")], []),
    ],
)  # fmt: skip
def test_what_does_not_count(found: Any, pieces: Any, fields: Any, facts: Any, hits: Any) -> None:
    assert found(*pieces, **fields) == (facts, hits)


@pytest.mark.parametrize("where", [Where(last=0.3, share=True), Where(last=1), Where(first=1, last=1)])
def test_in_its_place(found: Any, where: Where) -> None:
    pieces = [*["正文。"] * 9, "本文不构成投资建议", ("chrome", "页脚"), ("chrome", "页脚")]
    assert found(*pieces, where=where) == ([("", "本文不构成投资建议")], [])


def test_front_matter_is_looked_at_where_a_cue_says_so(rule: Any, cue: Any, run: Any) -> None:
    cues = [cue(patterns=("^(?P<value>.{1,80})$",), scopes=("front_matter.author",))]
    author = rule("require", fact="author", any_of=(0,), where=Where(front_matter="author"))
    reading, found = run(author, cues, ("front_matter.author", " 张三 "), "正文")
    assert found == [Fact("author", 0, 4, "张三")]
    assert run(author, cues, ("front_matter.editor", "张三"), "正文")[1] == [Hit(0, 5 - 2, 5 - 2, "missing")]
    assert reading.document.blocks[0].scope == "front_matter.author"


def test_a_value_ends_with_its_line(rule: Any, cue: Any, run: Any) -> None:
    cues = [cue(patterns=(r"来源[:：] ?(?P<value>[^\n]{2,60})",))]
    _, found = run(rule("require", fact="source", any_of=(0,)), cues, "来源：新华社\n作者：张三")
    assert found == [Fact("source", 0, 6, "新华社")]


@pytest.mark.parametrize(
    ("sentence", "difference"),
    [
        ("本文仅为信息分享，构成任何投资建议。", "-不"),
        ("本文仅为信息分享，不构成任何投资建议以外的东西，以及依据。", "+以外的东西"),
        ("本文仅为信息的分享，不构成任何投资意见。", "+的 -建议 +意见"),
        ("本文只谈比特币的历史。", None),
    ],
)
def test_altered(rule: Any, cue: Any, run: Any, sentence: str, difference: str | None) -> None:
    cues = [cue("绝不出现的话")]
    texts = (("zh", (DISCLAIMER,)),)
    fields = {"fact": "disclaimer", "any_of": (0,), "texts": texts, "messages": {"": {}, "altered": {}}}
    reading, found = run(rule("require", **fields), cues, "正文。" + sentence)
    if difference is None:
        assert [hit.finding for hit in found] == ["missing"]
        return
    fact, hit = found
    assert fact == Fact("disclaimer", 3, 3 + len(sentence), "", "altered")
    assert reading.document.visible.text[hit.start : hit.end] == sentence
    assert (hit.finding, hit.message, hit.replace) == ("altered", "altered", DISCLAIMER)
    assert dict(hit.values) == {"expected": DISCLAIMER, "value": difference}


def test_what_is_stated_in_other_words_is_altered_only_by_a_negation(rule: Any, cue: Any, run: Any) -> None:
    cues = [cue("不构成任何投资"), cue("not constitute investment advice")]
    texts = (("zh", (DISCLAIMER,)), ("en", ("This article is for information only and does not constitute investment advice.",)))
    fields = {"fact": "disclaimer", "any_of": (0, 1), "texts": texts}
    chinese = "这是一篇中文的文章，讲比特币的历史与现状。"
    english = "This article is for informational purposes only and does not constitute investment advice."
    _, (fact, hit) = run(rule("require", **fields), cues, chinese, english)
    assert (fact.finding, hit.finding) == ("other-language", "other-language")
    _, found = run(rule("require", **fields), cues, chinese, "本文仅为信息分享，不构成任何投资意见。")
    assert [item.finding for item in found] == [""]


def test_a_text_of_the_house_counts_whatever_the_cues_say(rule: Any, cue: Any, run: Any) -> None:
    fields = {"fact": "disclaimer", "any_of": (0,), "texts": (("zh", (DISCLAIMER,)),)}
    _, found = run(rule("require", **fields), [cue("绝不出现的话")], "正文。", "本文仅为信息分享，不构成任何投资建议！")
    assert found == [Fact("disclaimer", 4, 23)]


AUTHOR = {"fact": "author", "any_of": (0,), "edges": (1,), "empty": (2,)}


@pytest.fixture
def authors(rule: Any, cue: Any, run: Any) -> Callable[..., list[str]]:
    """The authors found in an article: by a label, by a bare name at an edge, or in the block below a label."""

    def make(*pieces: Any) -> list[str]:
        cues = [
            cue(patterns=(r"^作者[:：]\s?(?P<value>[^\n，。]{2,20})",)),
            cue(patterns=(r"^(?P<value>李\p{Han}{2})$",)),
            cue(patterns=(r"^作者[:：]$",)),
        ]
        _, results = run(rule("require", **AUTHOR), cues, *pieces)
        return [fact.value for fact in results if isinstance(fact, Fact)]

    return make


def test_every_line_of_a_block_is_looked_at(authors: Any) -> None:
    assert authors("2026年3月1日\n作者：林知远\n来源：网络") == ["林知远"]


@pytest.mark.parametrize(
    ("pieces", "names"),
    [
        ([("heading", "定投"), "李笑来", "正文。"], ["李笑来"]),
        ([("heading", "定投"), "正文。", "李笑来"], ["李笑来"]),
        ([("heading", "李笑来"), "正文。"], []),
        ([("list", "李笑来"), "正文。"], []),
        (["李笑来写道：正文。"], []),
        ([*(f"第{n}段。" for n in range(8)), "李笑来", *(f"第{n}段。" for n in range(8))], []),
    ],
)
def test_a_bare_name_counts_at_the_edges_of_an_article(authors: Any, pieces: list[Any], names: list[str]) -> None:
    assert authors(*pieces) == names


def test_another_label_below_an_empty_one_is_no_value(authors: Any) -> None:
    assert authors("作者：", "时间：2026-03-01", "正文。") == []
    assert authors("作者：", "林知远", "正文。") == ["林知远"]
