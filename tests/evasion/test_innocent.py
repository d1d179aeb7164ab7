"""Innocent neighbours: articles that use the words of what is forbidden, and say something else."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from checker.engine import Engine

CATEGORIES = ("advice", "returns", "promotion", "solicitation", "advertising")


class Innocent(NamedTuple):
    neighbourhood: str
    text: str
    without: tuple[str, ...]  # facts that it does not state


def _innocents() -> list[Innocent]:
    read = yaml.safe_load((Path(__file__).parent / "innocent.yaml").read_text(encoding="utf-8"))
    return [
        Innocent(name, entry, ()) if isinstance(entry, str) else Innocent(name, entry["text"], tuple(entry["without"]))
        for name, entries in read.items()
        for entry in entries
    ]


INNOCENTS = _innocents()


def test_there_are_enough() -> None:
    assert len(INNOCENTS) >= 150


@pytest.mark.parametrize("innocent", INNOCENTS, ids=lambda innocent: innocent.text[:24].strip("# \n"))
def test_an_innocent_neighbour_is_left_alone(every_rule: Engine, innocent: Innocent) -> None:
    checked = every_rule.check_text(innocent.text)
    assert checked.article is not None
    assert [f"{v.rule}: {v.excerpt}" for v in checked.violations if v.category in CATEGORIES] == []
    assert {name: checked.article.present[name] for name in innocent.without} == dict.fromkeys(innocent.without, ())
