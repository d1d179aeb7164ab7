"""Talk about money without its usual keywords: nearly 600 paragraphs of our own writing, a label each, and how many are told apart.

The figures are floors: a change of the rules may raise them. What the innocent paragraphs say (reports, mechanics, figures, warnings,
one's own past trades) must all but never be reported.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from checker.compile import compile_plan
from checker.engine import Engine
from checker.packs import load, shipped_rules

CATEGORIES = {"ADVICE": "advice", "RETURNS": "returns"}
FOUND = {"ADVICE": 0.78, "RETURNS": 0.85}  # of the paragraphs of the label
ALARMS = 0.01  # of the innocent ones, at most


def test_advice_and_promises_are_told_from_talk() -> None:
    engine = Engine(compile_plan(load([shipped_rules()]), profile="cn-media"))
    found, of = Counter[str](), Counter[str]()
    path = Path(__file__).parent.parent / "data" / "talk.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        talk = json.loads(line)
        article = f"{'# Markets' if talk['lang'] == 'en' else '# 行情'}\n\n{talk['text']}\n"
        categories = {v.category for v in engine.check_text(article, assume=frozenset({"topic", "content"})).violations}
        label = talk["label"]
        of[label] += 1
        found[label] += bool(categories & set(CATEGORIES.values())) if label == "OK" else CATEGORIES[label] in categories
    assert found["OK"] <= ALARMS * of["OK"]
    assert {label: found[label] / of[label] >= FOUND[label] for label in CATEGORIES} == dict.fromkeys(CATEGORIES, True)
