"""Where the time goes: each step of the pipe, and each rule, over the articles of a folder, in this process."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from checker import judge as judging
from checker.config import Config
from checker.document import Source
from checker.engine import format_of
from checker.kinds import KINDS
from checker.language import language_of
from checker.parse import parse
from checker.place import place, state
from checker.plans import plan_for
from checker.read import read
from checker.reading import read_document
from checker.rule import Rule
from checker.scan import Scanner
from checker.violation import FACTS

Times = dict[str, float]


def stages(files: list[Path]) -> tuple[Times, Times]:
    """Seconds of each step, and of each rule. Cues that rules share are charged to the first rule that asks for them."""
    plan = plan_for(Config()).plan
    scanner = Scanner(plan)
    steps: Times = defaultdict(float)
    rules: Times = defaultdict(float)
    kinds = dict(KINDS)
    KINDS.update({name: _timed(judge, rules) for name, judge in kinds.items()})

    def timed(name: str, step: Callable[..., Any], *given: Any) -> Any:
        begun = time.perf_counter()
        made = step(*given)
        steps[name] += time.perf_counter() - begun
        return made

    try:
        for path in files:
            source = timed("read", read, str(path), None)
            if not isinstance(source, Source):
                continue
            document = timed("parse", parse, source, format_of(str(path)), "none")
            folded = timed("fold", scanner.fold, document)
            hits = timed("scan", scanner.scan, document, folded)
            lang = document.lang or timed("language", language_of, document.visible.text)
            reading = read_document(plan, document, folded, hits, lang=lang)
            judged = timed("judge", judging.judge, reading)
            timed("place", place, judged.hits, judged.reading, "zh")
            timed("place", state, judged.reading.facts, judged.reading, FACTS)
    finally:
        KINDS.update(kinds)
    return steps, rules


def _timed(judge: Any, rules: Times) -> Any:
    def wrapped(rule: Rule, index: int, reading: Any) -> Iterator[Any]:
        begun = time.perf_counter()
        found = list(judge(rule, index, reading))
        rules[rule.id] += time.perf_counter() - begun
        return iter(found)

    return wrapped
