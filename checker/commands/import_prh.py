"""A dictionary of prh as rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from checker.commands.imported import Imported, Rule, braceless, literal
from checker.errors import CheckerError

_REGEX = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)


def import_prh(path: Path, name: str) -> Imported:
    """Each entry forbids its patterns, so far as they are plain text."""
    from checker.yamlfile import read

    data = read(path).data
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        raise CheckerError("no prh dictionary: `rules:` is missing / 不是 prh 词典，缺少 rules:", str(path))
    lost = [f"{path}: {key}: not carried over; import those files too" for key in ("imports",) if data.get(key)]
    rules = []
    for number, item in enumerate(data["rules"], 1):
        rule, reasons = _rule(f"{name}/{number}", item)
        lost += [f"{path}: rules[{number}]: {reason}" for reason in reasons]
        rules += [rule] if rule else []
    return Imported(rules, lost, len(data["rules"]))


def _rule(name: str, item: Any) -> tuple[Rule | None, list[str]]:
    """A rule that forbids the patterns of an entry, None where none of them maps; and what is lost."""
    if isinstance(item, str):
        return None, [f"`{item}`: prh forbids its other widths and cases, which are one here"]
    if not isinstance(item, dict) or not item.get("expected"):
        return None, ["`expected` is missing"]
    expected = str(item["expected"])
    given = item.get("patterns", item.get("pattern"))
    patterns = [str(pattern) for pattern in (given if isinstance(given, list) else [given] if given else [])]
    reasons = [f"`{key}` is not carried over" for key in ("regexpMustEmpty", "options") if item.get(key)]
    terms = []
    for pattern in patterns:
        text = _literal(pattern)
        if text is None:
            reasons.append(f"`{pattern}`: a regular expression; write it as a pattern of checker")
        elif text == expected:
            reasons.append(f"`{pattern}` is what is expected")
        else:
            terms.append(text)
    if not patterns:
        reasons.append(f"`{expected}` has no pattern: prh forbids its other widths and cases, which are one here")
    if not terms or "$" in expected:
        return None, reasons or [f"`{expected}` refers to groups"]
    message = braceless(str(item.get("prh") or f"应写“{expected}”"))
    rule: Rule = {"id": name, "kind": "forbid", "category": "terminology", "severity": "warning", "message": message, "terms": terms}
    if any(term in expected for term in terms):
        rule["except"] = [expected]
    return rule | {"replace": expected.replace("\\", "\\\\"), "bad": [f"⟦{terms[0]}⟧"], "good": [expected]}, reasons


def _literal(pattern: str) -> str | None:
    """The text that a pattern of prh stands for, None where it is a real regular expression. prh escapes nothing in plain text."""
    found = _REGEX.fullmatch(pattern)
    if found is None:
        return pattern
    return literal(found[1]) if set(found[2]) <= set("gmu") else None
