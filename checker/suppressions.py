"""Suppressions: what an article says may stand, for a named rule, with a reason, perhaps until a date.

In Markdown, HTML and text a comment, in Word a comment on the paragraph, in front matter the key `checker-disable`:

    <!-- checker-disable-next advice/buy-call reason: 引自判决书 until=2027-01-01 -->     the next block
    <!-- checker-disable-line returns reason: … -->                                       the line it stands on
    <!-- checker-disable crypto/exchange-funnel, returns reason: … --> … <!-- checker-enable -->   a region
    <!-- checker-disable-file leftover reason: … -->                                      the whole article
    checker-disable: {returns: …, advice/buy-call: … until=2027-01-01}                    the same, in front matter

Rule ids or categories, separated by commas or spaces. One without a reason, with an unknown name or past its date suppresses
nothing and is itself a violation; so is one that suppresses nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.document import Document, Field
from checker.expressions import lazy
from checker.text import Span

_FORM = lazy(r"\s*checker-(disable-next|disable-line|disable-file|disable|enable)\b\s*(.*)", re.DOTALL)
_UNTIL = lazy(r"\buntil\s*=\s*(\S+)")
_REASON = lazy(r"(?:^|\s)(?:reason|理由|原因)\s*[:：=]\s*", re.IGNORECASE)
_ENDS_IN_REASON = lazy(r"(?:^|\s)(?:reason|理由|原因)$", re.IGNORECASE)
_DATE = lazy(r"\d{4}-\d{2}-\d{2}")
_CONTAINERS = ("list", "quote", "table")
PREFIX = "checker-"  # without which no text holds a directive
FIELD = "checker-disable"


class Suppression(NamedTuple):
    """One directive as understood. names: rule ids or categories; covers: source range it holds for; span: the directive itself;
    kind: next | line | region | file | front-matter."""

    names: tuple[str, ...]
    reason: str
    until: str
    covers: Span
    span: Span
    kind: str = ""


class Problem(NamedTuple):
    rule: str
    name: str
    span: Span


def suppressions(document: Document) -> tuple[list[Suppression], list[Problem]]:
    """What the article's directives say, and those that cannot be understood. A key of front matter that is written with escapes is
    none: who looks for suppressions would not find it."""
    if PREFIX not in document.source.text and not document.source.package:
        return [], []
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
        suppression = _read(rest, directive.span, {"disable": "region"}.get(kind, kind.removeprefix("disable-")))
        if not suppression.names:
            problems.append(Problem("suppression/malformed", f"checker-{kind}", directive.span))
            continue
        found.append(suppression._replace(covers=_covered(kind, directive.span, document, size)))
        if kind == "disable":
            open_.append((len(found) - 1, found[-1]))
    for field in document.fields:
        if is_field(field.key):
            suppression = _read(_field_text(field), field.span, "front-matter")._replace(covers=Span(0, size + 1))
            if suppression.names:
                found.append(suppression)
            else:
                problems.append(Problem("suppression/malformed", FIELD, field.span))
    return found, problems


def is_field(key: str) -> bool:
    return key == FIELD or key.startswith(f"{FIELD}.")


def _field_text(field: Field) -> str:
    """`names reason: why` of a value: text, or an entry of a mapping from names to reasons."""
    names = field.key[len(FIELD) + 1 :]
    if not names:
        return field.value
    return f"{names}: {field.value}" if _ENDS_IN_REASON.search(names) else f"{names} reason: {field.value}"


def _read(text: str, span: Span, kind: str) -> Suppression:
    until = _UNTIL.search(text)
    text = _UNTIL.sub(" ", text)
    names, *reason = _REASON.split(text, maxsplit=1)
    return Suppression(
        tuple(n for n in re.split(r"[,，\s]+", names.strip()) if n), "".join(reason).strip(), until[1] if until else "", span, span, kind
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
    return _next(at, document) or Span(size, size)


def _next(at: Span, document: Document) -> Span | None:
    """The block that follows: of a list, a quote or a table the whole, for no comment can stand between the rows of a table."""
    covered: Span | None = None
    container = ""
    for block in document.blocks:
        span = document.visible.span(block.start, block.end)
        if block.owner >= 0 or span.start < at.end:
            continue
        outermost = (*block.inside, block.scope)[0]
        if covered is None:
            covered, container = span, outermost
        elif outermost == container and container in _CONTAINERS:
            covered = Span(min(covered.start, span.start), max(covered.end, span.end))
        else:
            break
    return covered


def invalid(s: Suppression, today: str) -> str:
    """Which of RULES says that a suppression does not hold, "" where it does."""
    if not s.reason:
        return "suppression/no-reason"
    if s.until and not _is_date(s.until):
        return "suppression/malformed"
    return "suppression/expired" if s.until and s.until < today else ""


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
