"""Names in packs that must lead somewhere, and what rules say of themselves that must be true."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from checker.errors import CheckerError, did_you_mean
from checker.packs.entry import Entry, Packs, RuleEntry
from checker.patterns import PatternError, parse
from checker.schema.cues import InlineCue
from checker.schema.rules import Example, Forbid, Limit, Matching, Metadata, Require
from checker.violation import CATEGORIES

FORMATS = ("markdown", "html", "plain", "docx")
MARKS = re.compile("[⟦⟧]")


def name_errors(packs: Packs) -> Iterator[CheckerError]:
    """All that is wrong with names, marks of examples and rounds."""
    rules = {rule.id: rule for rule in packs.rules}
    contents = {*packs.contents, "news"}
    for rule in packs.rules:
        when = rule.model.when
        yield from _known(rule, ("unless",), rule.model.unless, packs.contexts, "context")
        yield from _known(rule, ("basis",), rule.model.basis, packs.instruments, "instrument")
        yield from _known(rule, ("when", "topic"), when.topic, packs.topics, "topic")
        yield from _known(rule, ("when", "content"), when.content, contents, "content")
        yield from _known(rule, ("when", "format"), when.format, FORMATS, "format")
        yield from _known(rule, ("when", "found"), when.found, {*rules, *CATEGORIES}, "rule or category")
        yield from _rounds(rule, rules)
        yield from _report(rule)
        yield from _replace(rule, packs)
        yield from _value_patterns(rule)
        yield from _marks(rule)
    for profile in packs.profiles.values():
        for name in ("select", "ignore", "severity"):
            yield from _known(profile, (name,), getattr(profile.model, name), packs.names, "rule, pack or category")


def _value_patterns(rule: RuleEntry) -> Iterator[CheckerError]:
    """Patterns that look at values of front matter as written, not at the text."""
    tests = rule.model.when.front_matter
    written: list[tuple[tuple[str, ...], str]] = []
    for key, test in tests.items():
        if not isinstance(test, str):
            written.append((("when", "front_matter", key, "pattern"), test.pattern))
    if isinstance(rule.model, Metadata) and rule.model.pattern is not None:
        written.append((("pattern",), rule.model.pattern))
    for loc, source in written:
        try:
            parse(source, exact=True)
        except PatternError as error:
            yield rule.error(error.message, loc, offset=error.at)


def _known(entry: Entry[Any], at: tuple[str, ...], names: Iterable[str], known: Collection[str], what: str) -> Iterator[CheckerError]:
    keys = isinstance(names, dict)
    for number, name in enumerate(names):
        if name not in known:
            hint = did_you_mean(name, known) or (f"; known: {', '.join(sorted(known))}" if 0 < len(known) <= 12 else "")
            yield entry.error(f"unknown {what} `{name}`{hint}", (*at, name if keys else number), key=keys)


def _rounds(rule: RuleEntry, rules: dict[str, RuleEntry]) -> Iterator[CheckerError]:
    """Rules with `found` run in a second and last round: what they wait for must have run in the first."""
    for number, name in enumerate(rule.model.when.found):
        other = rules.get(name)
        if other is None or not other.model.when.found:
            continue
        at = ("when", "found", number)
        chain = _cycle(rule.id, name, rules)
        if chain:
            yield rule.error(f"`found` runs in a circle: {' → '.join(chain)}", at)
        else:
            yield rule.error(f"`{name}` itself waits for others (`found`), and there is no third round; name what it waits for", at)


def _cycle(start: str, name: str, rules: dict[str, RuleEntry], seen: tuple[str, ...] = ()) -> tuple[str, ...]:
    if name == start:
        return (start, *seen, start)
    if name in seen or name not in rules:
        return ()
    return next((found for other in rules[name].model.when.found if (found := _cycle(start, other, rules, (*seen, name)))), ())


def _report(rule: RuleEntry) -> Iterator[CheckerError]:
    match = rule.model.match if isinstance(rule.model, Matching) else None
    if match is None or match.report in ("all", "unit"):
        return
    cues = (*match.all, *match.any, *match.score)
    names = [name for cue in cues if (name := cue.lexicon if isinstance(cue, InlineCue) else cue)]
    if match.report not in names:
        hint = (
            did_you_mean(match.report, [*names, "all", "unit"])
            or f"; it is `all`, `unit` or a cue: {', '.join(names) or 'none has a name'}"
        )
        yield rule.error(f"`report: {match.report}` names no cue of this rule{hint}", ("match", "report"))


def _replace(rule: RuleEntry, packs: Packs) -> Iterator[CheckerError]:
    if not isinstance(rule.model, Forbid) or rule.model.replace is None:
        return
    wanted = max((int(found) for found in re.findall(r"\\(\d)", rule.model.replace)), default=0)
    cues = [parts for (path, loc), parts in packs.cues.items() if path == rule.file.path and _of_match(rule, loc)]
    if wanted and not any(pattern.groups >= wanted for parts in cues for pattern in parts.patterns):
        offset = rule.model.replace.find(f"\\{wanted}")
        yield rule.error(f"`\\{wanted}` names a group that no pattern of this rule has", ("replace",), offset=offset)


def _of_match(rule: RuleEntry, loc: tuple[str | int, ...]) -> bool:
    return loc == rule.loc or loc[: len(rule.loc) + 1] == (*rule.loc, "match")


def _marks(rule: RuleEntry) -> Iterator[CheckerError]:
    model = rule.model
    # What is missing has no place of its own; everything else is reported somewhere, and the example says where.
    may_lack = isinstance(model, Require | Metadata) or (isinstance(model, Limit) and model.least is not None)
    for number, example in enumerate(model.bad):
        text, at = (example.text, ("bad", number, "text")) if isinstance(example, Example) else (example, ("bad", number))
        depth = 0
        for mark in MARKS.finditer(text):
            depth += 1 if mark[0] == "⟦" else -1
            if depth not in (0, 1):
                yield rule.error("`⟦` and `⟧` must come in pairs, not nested", at, offset=mark.start())
                break
        else:
            if depth:
                yield rule.error("`⟦` is never closed", at, offset=text.rfind("⟦"))
            elif "⟦" not in text and not may_lack:
                yield rule.error("a `bad` example marks what is reported with `⟦` and `⟧`", at)
    for number, example in enumerate(model.good):
        text, at = (example.text, ("good", number, "text")) if isinstance(example, Example) else (example, ("good", number))
        found = MARKS.search(text)
        if found:
            yield rule.error("a `good` example has nothing to mark", at, offset=found.start())
