"""What a report says about the run as a whole."""

from __future__ import annotations

from typing import NamedTuple

from checker.rule import Instrument, Rule
from checker.values import frozen

NO_ADVICE = {
    "zh": "本报告由规则自动生成，不构成法律意见。",
    "en": "This report was made by automatic rules; it is no legal advice.",
}


COVERS = {
    "zh": {"next": "下一块", "line": "本行", "region": "区域", "file": "全文", "front-matter": "全文"},
    "en": {"next": "next block", "line": "this line", "region": "region", "file": "whole article", "front-matter": "whole article"},
}


class Added(NamedTuple):
    """A suppression that the change adds. rules: ids and categories; covers: a key of COVERS."""

    path: str
    line: int
    column: int
    rules: tuple[str, ...]
    covers: str
    reason: str
    until: str


@frozen
class Run:
    """rules: those that ran; profile, jurisdictions: what was assumed; facts: show what was found in each article (text);
    lang: of messages (zh | en); colour: for a terminal; added: suppressions that the change adds, where that was asked for."""

    rules: tuple[Rule, ...]
    instruments: dict[str, Instrument]
    profile: str
    jurisdictions: tuple[str, ...]
    lang: str = "zh"
    facts: bool = False
    colour: bool = False
    added: tuple[Added, ...] = ()
