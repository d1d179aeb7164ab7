"""Statements as sites write them: source, author, disclaimer and risk warning in three scripts, each in a short article of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from checker.compile import compile_plan
from checker.engine import Engine
from checker.packs import load, shipped_rules

LINES = yaml.safe_load((Path(__file__).parent / "statements.yaml").read_text(encoding="utf-8"))
AROUND = {
    True: ("# 央行公布数据\n\n", "\n\n央行昨日公布了最新的货币数据，与上月大致持平，成交清淡。\n"),
    False: ("# News of the week\n\n", "\n\nThe central bank published its data on Monday, and they changed little from last month.\n"),
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_plan(load([shipped_rules()])))


@pytest.mark.parametrize(
    ("fact", "expected", "line"), [(fact, kind, line) for fact, kinds in LINES.items() for kind, lines in kinds.items() for line in lines]
)
def test_a_line_states_what_it_states(engine: Engine, fact: str, expected: str, line: str) -> None:
    before, after = AROUND[bool(re.search(r"[\u4e00-\u9fff]", line))]
    article = engine.check_text(before + line + after).article
    assert article is not None
    statements = article.present[fact]
    found = "no" if not statements else "yes" if any(not statement.finding for statement in statements) else "weak"
    assert found == expected, [(statement.text, statement.finding) for statement in statements]
