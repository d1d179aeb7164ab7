"""Examples of rules are their tests: what passes, what fails, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.examples import ExampleResult, run_examples, touched, unmarked
from checker.packs import load
from checker.rule import Cue
from checker.text import Span


@pytest.mark.parametrize(
    ("text", "plain", "spans"),
    [
        ("无", "无", []),
        ("⟦稳赚⟧。", "稳赚。", [(0, 2)]),
        ("一⟦二⟧三⟦四\n五⟧", "一二三四\n五", [(1, 2), (3, 6)]),
        ("一⟦⟧二", "一二", [(1, 1)]),
        ("⟦𠀀⟧币", "𠀀币", [(0, 1)]),
    ],
)
def test_marks_are_taken_out(text: str, plain: str, spans: list[tuple[int, int]]) -> None:
    assert unmarked(text) == (plain, [Span(*span) for span in spans])


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        (Cue(terms=("okx",)), "无关", False),
        (Cue(terms=("okx",)), "ＯＫＸ 交易", True),
        (Cue(terms=("OKX",), view="visible"), "okx", False),
        (Cue(patterns=("买.{0,3}币",)), "买卖", False),
        (Cue(patterns=("买.{0,3}币",)), "买點币", True),
    ],
)
def test_touched(cue: Cue, text: str, expected: bool) -> None:
    assert touched([cue], text) is expected


def test_a_rule_without_cues_is_always_touched() -> None:
    assert touched([], "任何") is True


def results(folder: Path, text: str) -> list[ExampleResult]:
    path = folder / "p.yaml"
    path.write_text(text, encoding="utf-8")
    return run_examples(load([path]))


def rule(bad: str, good: str, extra: str = "") -> str:
    return f"""\
rules:
  - id: returns/sure
    kind: forbid
    category: returns
    message: m
    terms: [稳赚, 保本]
    {extra}
    bad: [{bad}]
    good: [{good}]
"""


def shown(folder: Path, text: str) -> list[str]:
    return [str(result).replace(f"{folder}/", "") for result in results(folder, text) if result.message or result.warning]


def test_what_is_reported_exactly_where_it_is_marked_passes(tmp_path: Path) -> None:
    found = results(tmp_path, rule("⟦稳赚⟧不赔，⟦保本⟧保息。, '**⟦稳**赚⟧。'", "稳定赚钱与保本基金已停售。", "except: [保本基金]"))
    assert [(result.kind, result.line, result.column, result.passed, result.warning) for result in found] == [
        ("bad", 8, 11, True, ""),
        ("bad", 8, 27, True, ""),
        ("good", 9, 12, True, ""),
    ]


@pytest.mark.parametrize(
    ("bad", "good", "expected"),
    [
        (
            "无事⟦发生⟧。",
            "稳赚了吗",
            [
                "p.yaml:8:11: returns/sure: expected “发生” at 1:3, found nothing",
                "p.yaml:9:12: returns/sure: expected nothing, found “稳赚” at 1:1",
            ],
        ),
        (
            "⟦稳赚不赔⟧。",
            "不",
            [
                "p.yaml:8:11: returns/sure: expected “稳赚不赔” at 1:1, found “稳赚” at 1:1",
                "p.yaml:9:12: returns/sure: no cue of the rule stands in this good example: it proves little",
            ],
        ),
        (
            "⟦稳赚⟧又保本。",
            "不",
            [
                "p.yaml:8:11: returns/sure: expected “稳赚” at 1:1, found “稳赚” at 1:1, “保本” at 1:4",
                "p.yaml:9:12: returns/sure: no cue of the rule stands in this good example: it proves little",
            ],
        ),
        (
            '"一\\n\\n⟦二⟧"',
            "不",
            [
                "p.yaml:8:11: returns/sure: expected “二” at 3:1, found nothing",
                "p.yaml:9:12: returns/sure: no cue of the rule stands in this good example: it proves little",
            ],
        ),
    ],
)
def test_what_went_wrong_is_said(tmp_path: Path, bad: str, good: str, expected: list[str]) -> None:
    assert shown(tmp_path, rule(bad, good)) == expected


def test_topic_and_content_are_taken_as_fulfilled(tmp_path: Path) -> None:
    score = "{score: {coin: 1}, at_least: 9}"
    topic = f"topics: {{crypto: {score}}}\ncontents: {{marketing: {score}}}\nlexicons: {{coin: {{terms: [币]}}}}\n"
    text = rule("⟦稳赚⟧。", "稳 赚钱", "when: {topic: crypto, content: marketing}")
    assert [result.passed for result in results(tmp_path, text + topic)] == [True, True]


def test_rules_named_in_found_run_along(tmp_path: Path) -> None:
    text = """\
rules:
  - {id: a/first, kind: forbid, category: promotion, message: m, terms: [推广], bad: ⟦推广⟧, good: 推}
  - id: a/second
    kind: forbid
    category: advice
    message: m
    terms: [买入]
    when: {found: promotion}
    bad: 推广：⟦买入⟧。
    good: 买入。
"""
    assert [(result.rule, result.kind, result.passed) for result in results(tmp_path, text)] == [
        ("a/first", "bad", True),
        ("a/first", "good", True),
        ("a/second", "bad", True),
        ("a/second", "good", True),
    ]


def test_what_is_missing_needs_no_marks(tmp_path: Path) -> None:
    text = """\
rules:
  - id: source/missing
    kind: require
    fact: source
    category: source
    message: m
    any_of: [{pattern: '来源[:：]\\S+'}]
    bad: [正文。, ⟦⟧正文。, '来源：新华社']
    good: [{text: "正文。\\n\\n来源：新华社"}]
"""
    assert shown(tmp_path, text) == ["p.yaml:8:23: source/missing: expected something missing (an empty range), found nothing"]


def test_only_the_named_rules_are_run(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(rule("⟦稳赚⟧", "保 本").replace("    \n", ""), encoding="utf-8")
    assert run_examples(load([path]), {"a/other"}) == []
    assert len(run_examples(load([path]), {"returns/sure"})) == 2
