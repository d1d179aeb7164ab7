"""The examples of rules are their tests: `bad` must be reported exactly where ⟦ ⟧ say, `good` must not be reported at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import regex

from checker.compile import compile_rules
from checker.engine import Engine
from checker.fold import fold_text
from checker.packs import ExampleText, Packs, RuleEntry
from checker.rule import Consistent, Cue, Plan, Require, Rule
from checker.text import LineIndex, Span
from checker.violation import CATEGORIES, Checked

ASSUMED = frozenset({"topic", "content"})  # an example is a sentence, too short to be about anything
Check = Callable[[str, str], Checked]  # (text, path) -> what was found


@dataclass(frozen=True)
class ExampleResult:
    """How one example fared. kind: bad | good; message: what was expected and what was found, "" where they agree; warning:
    why an example that holds proves little."""

    rule: str
    kind: str
    path: str
    line: int
    column: int
    message: str = ""
    warning: str = ""

    @property
    def passed(self) -> bool:
        return not self.message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.rule}: {self.message or self.warning or 'as expected'}"


def run_examples(packs: Packs, rules: Collection[str] | None = None) -> list[ExampleResult]:
    """All examples of the rules (by id; None: all of the packs), each judged by its own rule alone and those it names in `found`."""
    results: list[ExampleResult] = []
    for entry in packs.rules:
        if rules is not None and entry.id not in rules:
            continue
        plan = compile_rules(packs, [entry, *_companions(packs, entry)], subjects=False)
        engine = Engine(plan)

        def check(text: str, path: str, engine: Engine = engine) -> Checked:
            return engine.check_text(text, path, assume=ASSUMED)

        rule = plan.rules[0]
        if isinstance(rule, Require) and not rule.report_absence:
            for kind, examples in (("bad", entry.bad), ("good", entry.good)):
                results.extend(_result(entry, kind, ex, _judge_fact(rule.fact, ex, check, stated=kind == "good")) for ex in examples)
            continue
        results.extend(_result(entry, "bad", example, _judge_bad(entry.id, example, check)) for example in entry.bad)
        cues = _own_cues(plan)
        for example in entry.good:
            warning = "" if touched(cues, example.text) else "no cue of the rule stands in this good example: it proves little"
            results.append(_result(entry, "good", example, _judge_good(entry.id, example, check), warning))
    return results


def unmarked(text: str) -> tuple[str, list[Span]]:
    """The text without ⟦ ⟧, and the ranges they mark in it, in order."""
    parts, spans, length, start = [], [], 0, 0
    for piece in regex.split("([⟦⟧])", text):
        if piece == "⟦":
            start = length
        elif piece == "⟧":
            spans.append(Span(start, length))
        else:
            parts.append(piece)
            length += len(piece)
    return "".join(parts), spans


def touched(cues: Iterable[Cue], text: str) -> bool:
    """Whether any of the cues stands anywhere in the text; true where a rule looks for none."""
    folded, empty = fold_text(text), True
    for cue in cues:
        empty = False
        where = text if cue.view == "visible" else folded
        if any(term in where for term in cue.terms) or any(regex.search(pattern, where) for pattern in cue.patterns):
            return True
    return empty


def _companions(packs: Packs, entry: RuleEntry) -> list[RuleEntry]:
    found = set(entry.model.when.found)
    categories = found & set(CATEGORIES)
    return [other for other in packs.rules if other.id in found or (other.category in categories and not other.model.when.found)]


def _own_cues(plan: Plan) -> list[Cue]:
    rule: Rule = plan.rules[0]
    ids = [*rule.match.all, *rule.match.any, *(cue for cue, _ in rule.match.score)]
    if isinstance(rule, Require):
        ids += [*rule.any_of, *rule.empty, *(cue for weak in rule.weak for cue in weak.cues)]
    if isinstance(rule, Consistent):
        ids += rule.forms
    return [plan.cues[cue] for cue in ids]


def _result(entry: RuleEntry, kind: str, example: ExampleText, message: str, warning: str = "") -> ExampleResult:
    return ExampleResult(entry.id, kind, entry.file.path, example.line, example.column, message, warning)


def _judge_bad(rule: str, example: ExampleText, check: Check) -> str:
    text, expected = unmarked(example.text)
    checked = check(text, example.path)
    if checked.failures:
        return f"could not be checked: {checked.failures[0].message}"
    found = _spans(rule, checked)
    if expected:
        return "" if found == sorted(expected) else f"expected {_shown(text, expected)}, found {_shown(text, found)}"
    # Nothing is marked: something is missing, which has no text of its own.
    if found and all(start == end for start, end in found):
        return ""
    return f"expected something missing (an empty range), found {_shown(text, found)}"


def _judge_good(rule: str, example: ExampleText, check: Check) -> str:
    checked = check(example.text, example.path)
    if checked.failures:
        return f"could not be checked: {checked.failures[0].message}"
    found = _spans(rule, checked)
    return f"expected nothing, found {_shown(example.text, found)}" if found else ""


def _judge_fact(fact: str, example: ExampleText, check: Check, *, stated: bool) -> str:
    """For a rule that only fills a fact: a good example states it, a bad one does not."""
    checked = check(example.text, example.path)
    if checked.failures or checked.article is None:
        return f"could not be checked: {checked.failures[0].message}"
    found = [statement.text for statement in checked.article.present[fact]]
    if stated:
        return "" if found else f"expected a statement of `{fact}`, found nothing"
    return f"expected no statement of `{fact}`, found “{found[0]}”" if found else ""


def _spans(rule: str, checked: Checked) -> list[Span]:
    own = (violation for violation in checked.violations if violation.rule == rule and not violation.suppressed)
    return sorted(Span(violation.start.offset, violation.end.offset) for violation in own)


def _shown(text: str, spans: Iterable[Span]) -> str:
    lines = LineIndex(text)
    shown = []
    for start, end in spans:
        line, column, _ = lines.position(start)
        piece = text[start:end].replace("\n", "↵")
        shown.append(f"“{piece}” at {line}:{column}" if piece else f"an empty range at {line}:{column}")
    return ", ".join(shown) or "nothing"
