"""What articles suppress is marked so, and directives that are not in order are violations themselves: list in, list out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from checker.document import Document
from checker.rule import Text, in_language
from checker.suppressions import Problem, Suppression, invalid, is_field, suppressions
from checker.values import replace
from checker.violation import CATEGORIES, Violation, fingerprint_of

DEFAULT_LEVEL = "warning"

RULES: dict[str, Text] = {
    "suppression/no-reason": {
        "zh": "豁免没有写理由，不生效：请加上 reason: …",
        "en": "This suppression gives no reason and is not applied: add reason: …",
    },
    "suppression/unknown": {
        "zh": "豁免里的“{name}”不是已知的规则或类别",
        "en": "“{name}” in this suppression is no known rule or category",
    },
    "suppression/expired": {"zh": "豁免已于 {name} 到期，不再生效", "en": "This suppression expired on {name} and is not applied"},
    "suppression/unused": {"zh": "豁免没有用到：“{name}”在此没有可豁免的问题", "en": "Unused suppression: nothing of “{name}” stands here"},
    "suppression/not-allowed": {
        "zh": "规则“{name}”不允许被豁免",
        "en": "The rule “{name}” may not be suppressed",
    },
    "suppression/malformed": {
        "zh": "豁免写法有误：{name}",
        "en": "This suppression is malformed: {name}",
    },
}


def suppress(
    violations: Iterable[Violation],
    document: Document,
    *,
    known: frozenset[str],
    ran: frozenset[str],
    fixed: frozenset[str],
    levels: Mapping[str, str],
    today: str,
    lang: str,
) -> list[Violation]:
    """The violations, those that a valid directive covers marked `suppressed`, and one more for each directive that is not in order.

    known: rule ids that exist (selected or not); ran: rules and categories that were looked for: only of these a directive can be
    unused; fixed: rules and categories that may not be suppressed; levels: severities of RULES, "" for one that is ignored; today:
    ISO date.
    """
    listed = list(violations)
    if not document.directives and not any(is_field(field.key) for field in document.fields):
        return listed
    found, problems = suppressions(document)
    for s in found:
        unknown = [name for name in s.names if name not in known and name not in CATEGORIES]
        problems += [Problem("suppression/unknown", name, s.span) for name in unknown]
        if reason := invalid(s, today):
            problems.append(Problem(reason, s.until, s.span))
        else:
            listed, more = _apply(s, [name for name in s.names if name not in unknown], listed, fixed, ran)
            problems += more
    return sorted(listed + _placed(problems, document, levels, lang), key=lambda v: (v.start.offset, v.end.offset, v.rule))


def _apply(
    s: Suppression, names: list[str], listed: list[Violation], fixed: frozenset[str], ran: frozenset[str]
) -> tuple[list[Violation], list[Problem]]:
    problems = []
    for name in names:
        used = False
        for number, v in enumerate(listed):
            if name in (v.rule, v.category) and s.covers.start <= v.start.offset < max(s.covers.end, s.covers.start + 1):
                used = True
                if v.rule in fixed or v.category in fixed:
                    problems.append(Problem("suppression/not-allowed", v.rule, s.span))
                elif not v.suppressed:
                    listed[number] = replace(v, suppressed=s.reason)
        if not used and name in ran:
            problems.append(Problem("suppression/unused", name, s.span))
    return listed, problems


def _placed(problems: Iterable[Problem], document: Document, levels: Mapping[str, str], lang: str) -> list[Violation]:
    source = document.source
    seen: Counter[tuple[str, str]] = Counter()
    placed = []
    for p in dict.fromkeys(problems):
        nth, seen[p[:2]] = seen[p[:2]], seen[p[:2]] + 1
        if not (severity := levels.get(p.rule, DEFAULT_LEVEL)):
            continue
        violation = Violation(
            path=source.path,
            rule=p.rule,
            category="suppression",
            severity=severity,
            finding="",
            message=in_language(RULES[p.rule], lang).replace("{name}", p.name),
            start=source.lines.position(p.span.start),
            end=source.lines.position(p.span.end),
            excerpt=" ".join(source.text[p.span.start : p.span.end].split())[:160],
            folded="",
            basis=(),
            related=(),
            fingerprint=fingerprint_of(p.rule, p.name, str(nth)),
        )
        placed.append(violation)
    return placed
