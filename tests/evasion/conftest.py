"""The shipped rules on what tells readers to trade, compiled once."""

from __future__ import annotations

import pytest

from checker.compile import compile_plan
from checker.engine import Engine
from checker.packs import load, shipped_rules

CATEGORIES = ("advice", "returns", "promotion", "solicitation")


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(compile_plan(load([shipped_rules()]), profile="cn-media", select=CATEGORIES))
