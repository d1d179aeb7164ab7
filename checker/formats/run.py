"""What a report says about the run as a whole."""

from __future__ import annotations

from checker.rule import Instrument, Rule
from checker.values import frozen

NO_ADVICE = {
    "zh": "本报告由规则自动生成，不构成法律意见。",
    "en": "This report was made by automatic rules; it is no legal advice.",
}


@frozen
class Run:
    """rules: those that ran; profile, jurisdictions: what was assumed; facts: show what was found in each article (text);
    lang: of messages (zh | en); colour: for a terminal."""

    rules: tuple[Rule, ...]
    instruments: dict[str, Instrument]
    profile: str
    jurisdictions: tuple[str, ...]
    lang: str = "zh"
    facts: bool = False
    colour: bool = False
