"""One article against a plan: topics, kind of content, facts, and rules in two rounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log2
from time import perf_counter
from typing import TYPE_CHECKING

from checker.kinds import KINDS
from checker.rule import Rule, Topic, When
from checker.values import frozen, replace
from checker.violation import SEVERITIES, Fact, Hit

if TYPE_CHECKING:
    from checker.reading import Reading


IN_TITLE, OFTEN = 3, 8  # how often a word in the title counts; how often one word counts at most
NOTE, LEAST = 300, 0.6  # a text of fewer visible characters says less of its topic: down to this share of what is asked is enough
TEXT = 10  # visible characters of a block of text: a shorter one is a label or a cell
_ABOUT = tuple(
    f"front_matter.{key}" for key in ("tags", "categories", "category", "keywords", "description", "subtitle", "summary", "excerpt")
)
_NO_TEXT = ("chrome", "url", "alt", "code-block")


@frozen
class Judged:
    """All that was found in one article, and the reading it rests on (with topics, content and facts filled in)."""

    reading: Reading
    hits: tuple[Hit, ...]


def judge(reading: Reading, assume: frozenset[str] = frozenset(), times: dict[str, float] | None = None) -> Judged:
    """Runs every rule of the plan. assume: conditions of `when` taken as fulfilled (`topic`, `content`): rule examples. times: takes
    the seconds of each rule; what several look for is charged to the first of them.

    Facts are filled first, since other rules ask for them; then the rules that ask for nothing found; then, in a second
    round, those that do (a disclaimer is contradicted only where advice was found).
    """
    rules = reading.plan.rules
    reading = replace(reading, topics=_topics(reading), content=_content(reading))
    statements: list[tuple[int, Hit]] = []
    facts: list[Fact] = []
    for index, rule in enumerate(rules):
        if rule.kind == "require":
            for found in _ran(rule, index, reading, times):
                if isinstance(found, Fact):
                    facts.append(found)
                else:
                    statements.append((index, found))
    reading = replace(reading, facts=tuple(facts))
    first = [hit for index, hit in statements if not rules[index].when.found and holds(rules[index].when, reading, assume)]
    for index, rule in enumerate(rules):
        if rule.kind != "require" and not rule.when.found and holds(rule.when, reading, assume):
            first.extend(hit for hit in _ran(rule, index, reading, times) if isinstance(hit, Hit))
    reading = replace(reading, found=_found(first, rules))
    second = [hit for index, hit in statements if rules[index].when.found and holds(rules[index].when, reading, assume)]
    for index, rule in enumerate(rules):
        if rule.kind != "require" and rule.when.found and holds(rule.when, reading, assume):
            second.extend(hit for hit in _ran(rule, index, reading, times) if isinstance(hit, Hit))
    return Judged(reading, tuple(_one_per_range(first + second, rules, reading)))


def _ran(rule: Rule, index: int, reading: Reading, times: dict[str, float] | None) -> Iterator[Hit | Fact]:
    found = KINDS[rule.kind](rule, index, reading)
    if times is None:
        return found
    begun = perf_counter()
    listed = list(found)
    times[rule.id] = times.get(rule.id, 0.0) + perf_counter() - begun
    return iter(listed)


def _found(hits: list[Hit], rules: Sequence[Rule]) -> frozenset[str]:
    return frozenset(name for hit in hits for name in (rules[hit.rule].id, rules[hit.rule].category))


def _holds_topic(topic: Topic, reading: Reading, *, scaled: bool = False) -> bool:
    """Whether enough is said of a topic, and in enough places. scaled: less is enough in a short text."""
    blocks = reading.document.blocks
    weights: dict[str, float] = {}
    said: Counter[str] = Counter()
    places: set[int] = set()
    for cue, weight in topic.score:
        for hit in reading.hits.of(cue):
            block = blocks[hit.block]
            if block.scope in _NO_TEXT or (block.scope.startswith("front_matter.") and block.scope not in _ABOUT):
                continue
            said[hit.folded] += IN_TITLE if block.scope == "title" or (block.scope == "heading" and block.level == 1) else 1
            weights[hit.folded] = max(weights.get(hit.folded, 0.0), weight)
            places.add(hit.block)
    if not said:
        return topic.at_least <= 0 and topic.spread <= 0
    texts = [n for n, block in enumerate(blocks) if block.scope not in _NO_TEXT and block.end - block.start >= TEXT and block.owner < 0]
    share = max(LEAST, min(1.0, sum(blocks[n].end - blocks[n].start for n in texts) / NOTE)) if scaled else 1.0
    if sum(weights[text] * (1 + log2(min(count, OFTEN))) for text, count in said.items()) < share * topic.at_least:
        return False
    visible = reading.document.visible.text
    boxes = {n: visible[blocks[n].start : blocks[n].end] for n in texts}  # the same promotion above and below an article is one place
    return len({boxes[n] for n in places.intersection(texts)}) >= topic.spread * len(set(boxes.values()))


def _topics(reading: Reading) -> tuple[str, ...]:
    return tuple(topic.name for topic in reading.plan.topics if _holds_topic(topic, reading, scaled=True))


def _content(reading: Reading) -> str:
    return next((content.name for content in reading.plan.contents if _holds_topic(content, reading)), "news")


def holds(when: When, reading: Reading, assume: frozenset[str] = frozenset()) -> bool:
    """Whether all conditions that are set hold for the article."""
    if when == When():
        return True
    return (
        ("topic" in assume or not when.topic or not set(when.topic).isdisjoint(reading.topics))
        and (not when.lang or reading.lang in when.lang)
        and ("content" in assume or not when.content or reading.content in when.content)
        and (not when.format or reading.document.format in when.format)
        and all(_field_holds(key, test, reading) for key, test in when.front_matter)
        and (not when.since or (bool(reading.date) and reading.date >= when.since))
        and (not when.until or (bool(reading.date) and reading.date <= when.until))
        and all(reading.hits.of(cue) for cue in when.matches)
        and not any(reading.hits.of(cue) for cue in when.none)
        and all(any(fact.key == key for fact in reading.facts) for key in when.present)
        and not any(fact.key == key for fact in reading.facts for key in when.absent)
        and (not when.found or not reading.found.isdisjoint(when.found))
    )


def _field_holds(key: str, test: str, reading: Reading) -> bool:
    values = [field.value for field in reading.document.fields if field.key == key]
    if test in ("present", "absent"):
        return any(values) == (test == "present")
    if test.startswith("="):
        return any(value.casefold() == test[1:].casefold() for value in values)
    import regex

    return any(regex.search(test[1:], value) for value in values)


def _one_per_range(hits: list[Hit], rules: Sequence[Rule], reading: Reading) -> list[Hit]:
    """Leftovers of one rule that follow each other (three LOADING lines) become one hit with a range; and of two rules of one
    category that say the same of the same text, the one that covers more speaks: an editor reads one message, not four."""
    kept: list[Hit] = []
    around: list[Hit] = []  # kept hits that reach beyond the start of the present one
    for hit in sorted(_joined(hits, rules, reading), key=lambda hit: (hit.source is not None, hit.start, -hit.end, hit.rule)):
        if hit.source is None and hit.end > hit.start:
            around = [outer for outer in around if outer.end > hit.start]
            if any(outer.end >= hit.end and _speaks_for(rules[outer.rule], rules[hit.rule]) for outer in around):
                continue
            around.append(hit)
        kept.append(hit)
    return kept


def _joined(hits: list[Hit], rules: Sequence[Rule], reading: Reading) -> list[Hit]:
    """Leftovers of one rule with nothing but white space between them as one."""
    text = reading.document.visible.text
    joined: list[Hit] = []
    last: dict[int, int] = {}  # rule -> where its latest leftover stands in `joined`
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.source is None and hit.end > hit.start and rules[hit.rule].category == "leftover":
            before = joined[last[hit.rule]] if hit.rule in last else None
            if before and not text[before.end : hit.start].strip():
                joined[last[hit.rule]] = before._replace(end=max(before.end, hit.end))
                continue
            last[hit.rule] = len(joined)
        joined.append(hit)
    return joined


def _speaks_for(outer: Rule, inner: Rule) -> bool:
    return (
        outer.category == inner.category
        and {outer.kind, inner.kind} <= {"forbid", "boilerplate"}
        and SEVERITIES.index(outer.severity) >= SEVERITIES.index(inner.severity)
    )
