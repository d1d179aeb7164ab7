"""The shipped rules, compiled once."""

from __future__ import annotations

import pytest

from checker.compile import compile_plan
from checker.engine import Engine
from checker.packs import Packs, load, shipped_rules

CATEGORIES = ("advice", "returns", "promotion", "solicitation")


@pytest.fixture(scope="session")
def packs() -> Packs:
    return load([shipped_rules()])


@pytest.fixture(scope="session")
def engine(packs: Packs) -> Engine:
    """The rules on what tells readers to trade."""
    return Engine(compile_plan(packs, profile="cn-media", select=CATEGORIES))


@pytest.fixture(scope="session")
def every_rule(packs: Packs) -> Engine:
    return Engine(compile_plan(packs, profile="cn-media"))
