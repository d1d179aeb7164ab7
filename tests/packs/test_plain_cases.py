"""Plain cases: short articles of every class in simplified and traditional Chinese and in English, each reported on its exact lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from checker.compile import compile_plan
from checker.engine import Engine
from checker.packs import load, shipped_rules
from checker.violation import Checked

MARK = "▶"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
LINES = ("advice", "returns", "promotion", "solicitation", "leftover")  # classes that are reported on lines, by category
MISSING = {"source": "source", "author": "author", "disclaimer": "disclaimer", "risk-warning": "risk"}  # category → fact


class Case(NamedTuple):
    language: str
    name: str  # of the class
    text: str
    lines: tuple[int, ...]
    missing: tuple[str, ...] | None  # None: not looked at


def _cases() -> Iterator[Case]:
    for language in LANGUAGES:
        read = yaml.safe_load((Path(__file__).parent / f"plain_cases.{language}.yaml").read_text(encoding="utf-8"))
        for name, examples in read.items():
            for example in [*examples["bad"], *examples["good"]]:
                yield _case(language, name, example)


def _case(language: str, name: str, example: Any) -> Case:
    text = example if isinstance(example, str) else example["text"]
    lines = tuple(number for number, line in enumerate(text.split("\n"), 1) if MARK in line)
    missing = () if isinstance(example, str) else tuple(example["missing"])
    return Case(language, name, text.replace(MARK, ""), lines, missing if name == "missing" else None)


CASES = tuple(_cases())


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_plan(load([shipped_rules()]), profile="cn-media"))


def _reported(checked: Checked, category: str) -> list[int]:
    """The lines on which something of a category stands."""
    found = {
        number
        for violation in checked.violations
        if violation.category in (category, "encoding" if category == "leftover" else category) and not violation.finding
        for number in range(violation.start.line, violation.end.line + 1)
    }
    return sorted(found)


def test_there_are_enough_cases() -> None:
    for language in LANGUAGES:
        for name in (*LINES, "missing"):
            bad = [bool(case.lines or case.missing) for case in CASES if (case.language, case.name) == (language, name)]
            assert sum(bad) >= 8, (language, name)
            assert len(bad) - sum(bad) >= 8, (language, name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language}-{case.name}-{case.text.splitlines()[0].strip('# -')}")
def test_a_plain_case(engine: Engine, case: Case) -> None:
    checked = engine.check_text(case.text)
    assert checked.article is not None
    if case.missing is None:
        assert _reported(checked, case.name) == list(case.lines), [f"{v.rule} {v.start.line}: {v.excerpt}" for v in checked.violations]
        if not case.lines:
            assert [v.rule for v in checked.violations if v.category in LINES] == []
    else:
        missing = {MISSING[v.category] for v in checked.violations if v.finding == "missing" and v.category in MISSING}
        assert missing == set(case.missing)


@pytest.mark.parametrize(
    ("text", "line", "statement"),
    [
        (
            "# 比特币周评\n\n比特币震荡，以太坊下跌。\n\n现在就是抄底良机。\n\n声明：本文不构成任何投资建议。\n",
            5,
            (7, "本文不构成任何投资建议"),
        ),
        (
            "# 收评\n\n> 以上不構成投資建議。\n\n大盤收漲，個股普漲，股票成交額放大。\n\n建議逢低買入，長期持有即可。\n",
            7,
            (3, "不構成投資建議"),
        ),
        (
            "# Bitcoin\n\nBitcoin and other crypto fell.\n\nYou should buy the dip.\n\nThis is not financial advice.\n",
            5,
            (7, "not financial advice"),
        ),
    ],
)
def test_advice_points_at_the_disclaimer_that_it_belies(engine: Engine, text: str, line: int, statement: tuple[int, str]) -> None:
    [advice] = [v for v in engine.check_text(text).violations if v.category == "advice"]
    assert advice.start.line == line
    [related] = advice.related
    assert related.start.line == statement[0]
    assert statement[1] in related.message


def test_advice_without_a_disclaimer_points_nowhere(engine: Engine) -> None:
    [advice] = [v for v in engine.check_text("# 比特币\n\n以太坊下跌。\n\n现在就是抄底良机。\n").violations if v.category == "advice"]
    assert advice.related == ()
