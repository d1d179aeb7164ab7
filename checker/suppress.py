"""Suppressions: what an article says may stand, for a named rule, with a reason, perhaps until a date.

In Markdown, HTML and text a comment of its own, in Word a comment on the paragraph, in front matter the key `checker-disable`:

    <!-- checker-disable-next advice/buy-call reason: 引自判决书 until=2027-01-01 -->     the next block
    <!-- checker-disable-line returns reason: … -->                                       the line it stands on
    <!-- checker-disable crypto/exchange-funnel, returns reason: … --> … <!-- checker-enable -->   a region
    <!-- checker-disable-file leftover reason: … -->                                      the whole article

Rule ids or categories, separated by commas or spaces. One without a reason, with an unknown name or past its date suppresses
nothing and is itself a violation; so is one that suppresses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from checker.document import Document
from checker.expressions import lazy
from checker.rule import Text, in_language
from checker.text import Span
from checker.values import replace
from checker.violation import CATEGORIES, Violation, fingerprint_of

_FORM = lazy(r"\s*checker-(disable-next|disable-line|disable-file|disable|enable)\b\s*(.*)", re.DOTALL)
_UNTIL = lazy(r"\buntil\s*=\s*(\S+)")
_REASON = lazy(r"(?:^|\s)(?:reason|理由|原因)\s*[:：=]\s*", re.IGNORECASE)
_DATE = lazy(r"\d{4}-\d{2}-\d{2}")
FIELD = "checker-disable"

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


class Suppression(NamedTuple):
    """One directive as understood. names: rule ids or categories; covers: source range it holds for; span: the directive itself."""

    names: tuple[str, ...]
    reason: str
    until: str
    covers: Span
    span: Span


class Problem(NamedTuple):
    rule: str
    name: str
    span: Span


def suppressions(document: Document) -> tuple[list[Suppression], list[Problem]]:
    """What the article's directives say, and those that cannot be understood."""
    found: list[Suppression] = []
    problems: list[Problem] = []
    open_: list[tuple[int, Suppression]] = []  # (index in found, region as yet without end)
    size = len(document.source.text)
    for directive in sorted(document.directives, key=lambda d: d.span):
        form = _FORM.match(directive.text)
        if form is None:
            problems.append(Problem("suppression/malformed", directive.text.split()[0] if directive.text.split() else "", directive.span))
            continue
        kind, rest = form[1], form[2]
        if kind == "enable":
            if not open_:
                problems.append(Problem("suppression/malformed", "checker-enable", directive.span))
            for index, begun in open_:
                found[index] = begun._replace(covers=Span(begun.covers.start, directive.span.start))
            open_.clear()
            continue
        suppression = _read(rest, directive.span)
        if not suppression.names:
            problems.append(Problem("suppression/malformed", f"checker-{kind}", directive.span))
            continue
        found.append(suppression._replace(covers=_covered(kind, directive.span, document, size)))
        if kind == "disable":
            open_.append((len(found) - 1, found[-1]))
    fields = (field for field in document.fields if field.key == FIELD and field.value)
    found += [_read(field.value, field.span)._replace(covers=Span(0, size + 1)) for field in fields]
    return found, problems


def _read(text: str, span: Span) -> Suppression:
    until = _UNTIL.search(text)
    text = _UNTIL.sub(" ", text)
    names, *reason = _REASON.split(text, maxsplit=1)
    return Suppression(
        tuple(n for n in re.split(r"[,，\s]+", names.strip()) if n), "".join(reason).strip(), until[1] if until else "", span, span
    )


def _covered(kind: str, at: Span, document: Document, size: int) -> Span:
    lines = document.source.lines
    if kind == "disable-file":
        return Span(0, size + 1)
    if kind == "disable":
        return Span(at.start, size + 1)
    if kind == "disable-line":
        line = lines.line(lines.position(at.start).line)
        return Span(line.start, line.end + 1)
    following = [
        span for block in document.blocks if block.owner < 0 and (span := document.visible.span(block.start, block.end)).start >= at.end
    ]
    return min(following, default=Span(size, size))


def suppress(
    violations: Iterable[Violation], document: Document, *, known: frozenset[str], fixed: frozenset[str], today: str, lang: str
) -> list[Violation]:
    """The violations, those that a valid directive covers marked `suppressed`, and one more for each directive that is not in order.

    known: rule ids that exist (selected or not); fixed: rules and categories that may not be suppressed; today: ISO date.
    """
    listed = list(violations)
    if not document.directives and not any(field.key == FIELD for field in document.fields):
        return listed
    found, problems = suppressions(document)
    for s in found:
        unknown = [name for name in s.names if name not in known and name not in CATEGORIES]
        problems += [Problem("suppression/unknown", name, s.span) for name in unknown]
        if not s.reason:
            problems.append(Problem("suppression/no-reason", "", s.span))
        elif s.until and (not _DATE.fullmatch(s.until) or s.until < today):
            rule = "suppression/expired" if _DATE.fullmatch(s.until) else "suppression/malformed"
            problems.append(Problem(rule, s.until, s.span))
        else:
            listed, more = _apply(s, [name for name in s.names if name not in unknown], listed, fixed)
            problems += more
    return sorted(listed + _placed(problems, document, lang), key=lambda v: (v.start.offset, v.end.offset, v.rule))


def _apply(s: Suppression, names: list[str], listed: list[Violation], fixed: frozenset[str]) -> tuple[list[Violation], list[Problem]]:
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
        if not used:
            problems.append(Problem("suppression/unused", name, s.span))
    return listed, problems


def _placed(problems: Iterable[Problem], document: Document, lang: str) -> list[Violation]:
    source = document.source
    return [
        Violation(
            path=source.path,
            rule=p.rule,
            category="suppression",
            severity="warning",
            finding="",
            message=in_language(RULES[p.rule], lang).replace("{name}", p.name),
            start=source.lines.position(p.span.start),
            end=source.lines.position(p.span.end),
            excerpt=" ".join(source.text[p.span.start : p.span.end].split())[:160],
            folded="",
            basis=(),
            related=(),
            fingerprint=fingerprint_of(p.rule, p.name, str(number)),
        )
        for number, p in enumerate(dict.fromkeys(problems))
    ]
