"""Hit → Violation: the only place where offsets become lines and columns, and where messages are filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from checker.document import OBJECT
from checker.expressions import lazy
from checker.fixes import fix_of
from checker.fold import fold_text
from checker.rule import Rule, Text, in_language
from checker.text import Span
from checker.violation import BELIED, Fact, Hit, Related, Statement, Violation, fingerprint_of

if TYPE_CHECKING:
    from checker.reading import Reading

EXCERPT = 160  # characters of the source that a report quotes at most
MOST_CUES = 6  # words that a message names
_PLACEHOLDER = lazy(r"\{(\w+)\}")
_ELSEWHERE = {"zh": "首次出现在这里", "en": "first stands here"}
_TOPICS: dict[str, Text] = {
    "crypto": {"zh": "虚拟货币", "en": "virtual currency"},
    "securities": {"zh": "证券", "en": "securities"},
    "finance": {"zh": "金融", "en": "finance"},
}

_BELIED: Text = {"zh": "文中却声明“{}”", "en": "yet the article states “{}”"}


def one_line(text: str, most: int = EXCERPT) -> str:
    """White space runs as one space, without what stands for pictures; the middle of what is longer than `most` cut out."""
    flat = " ".join(text.replace(OBJECT, " ").split())
    return flat if len(flat) <= most else f"{flat[: most - most // 3 - 1]}…{flat[-(most // 3) :]}"


def place(hits: Iterable[Hit], reading: Reading, lang: str) -> list[Violation]:
    """Violations in order of place, then rule; `lang` (zh | en) is the language of messages."""
    source, plan = reading.document.source, reading.plan
    placed: list[tuple[int, int, str, Hit, Span]] = []
    for hit in hits:
        span = hit.source or reading.document.visible.span(hit.start, hit.end)
        placed.append((span.start, span.end, plan.rules[hit.rule].id, hit, span))
    placed.sort(key=lambda item: item[:3])
    seen: Counter[tuple[str, ...]] = Counter()
    violations = []
    for *_, hit, span in placed:
        rule = plan.rules[hit.rule]
        identity = _identity(rule, hit, reading, span)
        nth, seen[identity] = seen[identity], seen[identity] + 1
        violations.append(
            Violation(
                path=source.path,
                rule=rule.id,
                category=rule.category,
                severity=rule.severity,
                finding=hit.finding,
                message=_message(rule, hit, reading, lang, span),
                start=source.lines.position(span.start),
                end=source.lines.position(span.end),
                excerpt=one_line(source.text[span.start : span.end]),
                folded=hit.folded,
                basis=rule.basis,
                related=tuple(
                    Related(source.lines.position(at.start), source.lines.position(at.end), _note(note, source.text[slice(*at)], lang))
                    for at, note in ((reading.document.visible.span(s, e), note) for s, e, note in hit.related)
                ),
                fingerprint=fingerprint_of(*identity, str(nth)),
                fix=fix_of(rule, hit, span, reading),
            )
        )
    return violations


def _identity(rule: Rule, hit: Hit, reading: Reading, span: Span) -> tuple[str, ...]:
    """What makes a violation the same one after the article around it changed: no line numbers, no path."""
    if rule.kind == "require":
        return rule.id, hit.finding
    if hit.source is not None:
        return rule.id, fold_text(reading.document.source.text[span.start : span.end])
    text = reading.document.visible.text
    around = reading.sentence(hit.start) if hit.start < len(text) else Span(hit.start, hit.end)
    return rule.id, fold_text(text[hit.start : hit.end]), fold_text(text[around.start : max(around.end, hit.end)])


def without_values(message: str) -> str:
    """A message of a rule as such, that no match has filled: `…` for each placeholder."""
    return _PLACEHOLDER.sub("…", message)


def _note(note: str, there: str, lang: str) -> str:
    """What is said of a related place."""
    if note == BELIED:
        return in_language(_BELIED, lang).format(one_line(there, 60))
    return note or _ELSEWHERE[lang]


def _message(rule: Rule, hit: Hit, reading: Reading, lang: str, span: Span) -> str:
    text = in_language(rule.messages.get(hit.message) or rule.messages[""], lang)
    values = dict(hit.values)
    # of a picture's text, which stands beside it, the place is the picture: what stands in the source there says more
    said = one_line(reading.document.visible.text[hit.start : hit.end], 60)
    values.setdefault("match", said or one_line(reading.document.source.text[span.start : span.end], 60))
    values.setdefault("folded", hit.folded or values["match"])
    words = [f"“{one_line(word, 20)}”" for word in hit.cues[:MOST_CUES]]
    values.setdefault("cues", " + ".join(words) + (" …" if len(hit.cues) > MOST_CUES else ""))
    topics = [in_language(_TOPICS.get(topic, {lang: topic}), lang) for topic in reading.topics if topic in rule.when.topic]
    values.setdefault("topic", ("、" if lang == "zh" else ", ").join(topics))
    filled = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
    if hit.folded and "{folded}" not in text:
        filled += f"（还原后：“{one_line(hit.folded, 60)}”）" if lang == "zh" else f" (reads as “{one_line(hit.folded, 60)}”)"
    return filled


def state(facts: Iterable[Fact], reading: Reading, keys: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
    """Facts by key with their lines, as `present` reports them; every key is there."""
    by_key: dict[str, dict[Statement, None]] = {key: {} for key in keys}
    document = reading.document
    for fact in sorted(facts, key=lambda fact: (fact.start, fact.end)):
        span = document.visible.span(fact.start, fact.end)
        statement = Statement(
            document.source.lines.position(span.start).line,
            one_line(document.visible.text[fact.start : fact.end]),
            fact.value,
            fact.finding,
        )
        by_key[fact.key][statement] = None
    # front matter stands behind the article in what is read, and above it on the page
    return {key: tuple(sorted(found, key=lambda statement: statement.line)) for key, found in by_key.items()}
