"""Packs and a choice of rules → the plan that the engine runs. `plan_data` keeps plans; a run from a kept one never comes here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from checker import rule as runtime
from checker.errors import CheckerError, CheckerErrors, did_you_mean
from checker.fold import fold_text
from checker.packs import Entry, Packs, Parts, RuleEntry
from checker.patterns import parse
from checker.rule import Cue, Plan
from checker.schema import rules as schema
from checker.schema.base import text_of
from checker.schema.cues import Match, When

DEFAULT_SCOPES = ("title", "heading", "paragraph", "list", "quote", "table", "caption", "alt", "code")
DEFAULT_PUBLISHER = "site"
Loc = tuple["str | int", ...]
Named = tuple[str, str]  # (key of the config, name in it)


def compile_plan(
    packs: Packs,
    *,
    profile: str = "",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    publisher: str = "",
    places: Mapping[Named, tuple[str, int, int]] | None = None,
) -> Plan:
    """The plan for a choice of rules; "" as profile takes the rules of all jurisdictions.

    A rule runs if the profile wants it (its jurisdictions, select, ignore) and select and ignore do. A rule that `select`
    names by its id runs whatever the profile says: who asks for one rule must not get silence. places: where the config
    says a name (`("select", name)` → path, line, column), for errors. CheckerErrors for names that lead nowhere and where no rule is left.
    """
    severities = dict(severity)
    _check_names(packs, profile, {"select": select, "ignore": ignore, "severity": severities}, places or {})
    chosen = packs.profiles[profile].model if profile else None
    publisher = publisher or (chosen.publisher if chosen else DEFAULT_PUBLISHER)
    rules = [entry for entry in packs.rules if _wanted(entry, chosen, select, ignore) and _publishes(entry, publisher)]
    if not rules:
        raise CheckerError("no rule is left to run: look at `profile`, `select` and `ignore`")
    levels = [severities, dict(chosen.severity) if chosen else {}]
    return compile_rules(packs, rules, levels, jurisdictions=jurisdictions_of(packs, profile) if chosen else None)


def compile_rules(
    packs: Packs,
    rules: Sequence[RuleEntry],
    severities: Sequence[Mapping[str, str]] = (),
    *,
    subjects: bool = True,
    jurisdictions: Collection[str] | None = None,
) -> Plan:
    """The plan of these rules in this order. severities: per rule, pack or category, the first that knows one counts.
    subjects: with topics and contents (examples do without). jurisdictions: a rule is based on their instruments only; None: on all."""
    return _Compiler(packs, jurisdictions).plan(rules, severities, subjects=subjects)


def jurisdictions_of(packs: Packs, profile: str) -> tuple[str, ...]:
    """What a run assumed: the jurisdictions of a profile."""
    return tuple(packs.profiles[profile].model.jurisdictions) if profile else ()


def _check_names(packs: Packs, profile: str, named: Mapping[str, Iterable[str]], places: Mapping[Named, tuple[str, int, int]]) -> None:
    errors = []
    if profile and profile not in packs.profiles:
        hint = did_you_mean(profile, packs.profiles) or f"; known: {', '.join(sorted(packs.profiles)) or 'none'}"
        errors.append(CheckerError(f"unknown profile `{profile}`{hint}", *places.get(("profile", profile), ())))
    for key, names in named.items():
        for name in names:
            if name not in packs.names:
                hint = did_you_mean(name, packs.names) or "; `checker rules` lists the rules"
                errors.append(CheckerError(f"unknown rule, pack or category `{name}`{hint}", *places.get((key, name), ())))
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise CheckerErrors(errors)


def _names(entry: RuleEntry) -> tuple[str, str, str]:
    return entry.id, entry.pack, entry.category


def _wanted(entry: RuleEntry, profile: Any, select: Collection[str], ignore: Collection[str]) -> bool:
    names = set(_names(entry))
    if names & set(ignore) or (select and not names & set(select)):
        return False
    if entry.id in select or profile is None:
        return True
    here = not entry.model.jurisdictions or bool(set(entry.model.jurisdictions) & set(profile.jurisdictions))
    return here and (not profile.select or bool(names & set(profile.select))) and not names & set(profile.ignore)


def _publishes(entry: RuleEntry, publisher: str) -> bool:
    return not entry.model.when.publisher or publisher in entry.model.when.publisher


def _severity(entry: RuleEntry, severities: Sequence[Mapping[str, str]]) -> str:
    """The rule's own name counts before its pack, that before its category; config before profile before the rule itself."""
    return next((level[name] for level in severities for name in _names(entry) if name in level), entry.severity)


class _Compiler:
    """Gives every distinct cue one id; all else is copying."""

    def __init__(self, packs: Packs, jurisdictions: Collection[str] | None = None) -> None:
        self.packs = packs
        self.jurisdictions = jurisdictions
        self.ids: dict[Cue, int] = {}

    def plan(self, rules: Sequence[RuleEntry], severities: Sequence[Mapping[str, str]], *, subjects: bool) -> Plan:
        compiled = tuple(self.rule(entry, _severity(entry, severities)) for entry in rules)
        topics = tuple(self.topic(name, entry) for name, entry in self.packs.topics.items()) if subjects else ()
        contents = tuple(self.topic(name, entry) for name, entry in self.packs.contents.items()) if subjects else ()
        used = {name for entry in rules for name in entry.model.unless}
        contexts = tuple(self.context(name, entry) for name, entry in self.packs.contexts.items() if name in used)
        actions = tuple(dict.fromkeys(self.cue(entry, ()) for entry in self.packs.actions)) if contexts else ()
        return Plan(tuple(self.ids), compiled, topics, contents, contexts, actions, self.instruments(rules))

    def instruments(self, rules: Sequence[RuleEntry]) -> dict[str, runtime.Instrument]:
        """Those that rules rest on, and what repealed them."""
        wanted = [key for entry in rules for key in self.basis(entry)]
        found: dict[str, runtime.Instrument] = {}
        while wanted:
            key = wanted.pop(0)
            if key and key not in found:
                found[key] = self.packs.instruments[key]
                wanted.append(found[key].repealed_by)
        return dict(sorted(found.items()))

    def basis(self, entry: RuleEntry) -> tuple[str, ...]:
        """What a rule rests on where the run is: a reader in London is not told of a Chinese notice."""
        here, instruments = self.jurisdictions, self.packs.instruments
        return tuple(
            key for key in entry.basis if here is None or not instruments[key].jurisdiction or instruments[key].jurisdiction in here
        )

    # -- cues

    def cue(self, entry: Entry[Any], loc: Loc) -> int:
        return self.intern(self.packs.cues[entry.place(loc)])

    def cues(self, entry: Entry[Any], at: Loc, count: int) -> tuple[int, ...]:
        return tuple(self.cue(entry, (*at, number)) for number in range(count))

    def intern(self, parts: Parts) -> int:
        cue = Cue(
            parts.name,
            parts.terms,
            tuple(pattern.regex for pattern in parts.patterns),
            tuple(pattern.needs for pattern in parts.patterns),
            "visible" if parts.exact else "folded",
            parts.scopes,
            tuple(map(self.intern, parts.excepts)),
            parts.words,
            parts.separated,
            tuple(pattern.gate for pattern in parts.patterns),
        )
        return self.ids.setdefault(cue, len(self.ids))

    def weights(self, entry: Entry[Any], at: Loc, score: Mapping[str, float]) -> tuple[tuple[int, float], ...]:
        return tuple((self.cue(entry, (*at, name)), weight) for name, weight in score.items())

    # -- what rules are made of

    def match(self, entry: RuleEntry) -> runtime.Match:
        model = entry.model
        if not isinstance(model, schema.Matching) or not model.looks:
            return runtime.Match()
        match = model.match
        if match is None:
            return runtime.Match(any=(self.cue(entry, ()),))
        at = ("match",)
        every = self.cues(entry, (*at, "all"), len(match.all))
        either = self.cues(entry, (*at, "any"), len(match.any))
        score = self.weights(entry, (*at, "score"), match.score)
        return runtime.Match(
            every,
            either,
            self.cues(entry, (*at, "none"), len(match.none)),
            score,
            match.at_least or 0.0,
            match.within,
            -1 if match.gap is None else match.gap,
            match.order,
            self.report(match, (*every, *either, *(cue for cue, _ in score))),
        )

    def report(self, match: Match, candidates: tuple[int, ...]) -> str:
        if match.report in ("all", "unit"):
            return match.report
        cues = tuple(self.ids)
        return next(str(number) for number in candidates if cues[number].name == match.report)

    def when(self, entry: RuleEntry, when: When) -> runtime.When:
        return runtime.When(
            tuple(when.topic),
            tuple(when.lang),
            tuple(when.content),
            tuple(when.format),
            (),  # the publisher is known here: a rule that stays holds for it
            tuple((key.lower(), _test(test)) for key, test in when.front_matter.items()),
            (when.date and when.date.from_) or "",
            (when.date and when.date.until) or "",
            self.cues(entry, ("when", "matches"), len(when.matches)),
            self.cues(entry, ("when", "none"), len(when.none)),
            tuple(when.present),
            tuple(when.absent),
            tuple(when.found),
        )

    def topic(self, name: str, entry: Entry[Any]) -> runtime.Topic:
        return runtime.Topic(name, self.weights(entry, ("score",), entry.model.score), entry.model.at_least, entry.model.spread)

    def context(self, name: str, entry: Entry[Any]) -> runtime.Context:
        model = entry.model
        forward, sentence, ends, clause = (
            self.cues(entry, (key,), len(getattr(model, key))) for key in ("forward", "sentence", "ends", "clause")
        )
        return runtime.Context(name, forward, sentence, ends, model.section, model.lead, clause)

    # -- rules

    def rule(self, entry: RuleEntry, severity: str) -> runtime.Rule:
        model = entry.model
        messages = {"": text_of(model.message), **{key: text_of(text) for key, text in model.messages.items()}}
        shared = (
            model.id,
            model.kind,
            model.category,
            severity,
            messages,
            text_of(model.why),
            self.basis(entry),
            tuple(model.jurisdictions),
            entry.pack,
            tuple(model.scopes) or DEFAULT_SCOPES,
            self.cues(entry, ("except",), len(model.except_)),
            tuple(model.unless),
            self.when(entry, model.when),
            self.match(entry),
        )
        match model:
            case schema.Forbid():
                return runtime.Forbid(*shared, model.replace, tuple(model.belies))
            case schema.Require():
                return self.require(entry, model, shared, messages)
            case schema.Limit():
                return runtime.Limit(*shared, _number(model.most), _number(model.least), model.count, tuple(model.replace.items()))
            case schema.Consistent():
                return runtime.Consistent(*shared, self.cues(entry, ("forms",), len(model.forms)))
            case schema.Metadata():
                pattern = parse(model.pattern, exact=True).regex if model.pattern else ""
                return runtime.Metadata(*shared, model.key.lower(), model.required, model.type or "", tuple(model.values), pattern)
            case schema.Repetition():
                return runtime.Repetition(*shared, model.unit, model.at_least)
            case schema.Numbering():
                return runtime.Numbering(*shared, tuple(model.styles), tuple(model.check))
            case schema.Boilerplate():
                return runtime.Boilerplate(*shared, model.links, model.longest, model.at_least, model.gap, model.shortest)
            case schema.Sequence():
                return runtime.Sequence(*shared, tuple(self.step(entry, number, step) for number, step in enumerate(model.steps)))

    def require(self, entry: RuleEntry, model: schema.Require, shared: Any, messages: dict[str, runtime.Text]) -> runtime.Require:
        weak = []
        for number, cue in enumerate(model.weak):
            key = "weak" if "weak" in messages else ""
            if cue.message is not None:
                key = f"weak.{number}"
                messages[key] = text_of(cue.message)
            weak.append(runtime.Weak((self.cue(entry, ("weak", number)),), key))
        own: Any = (
            model.fact,
            self.cues(entry, ("any_of",), len(model.any_of)),
            tuple(weak),
            self.cues(entry, ("empty",), len(model.empty)),
            _where(model.where),
            tuple((lang, tuple(texts)) for lang, texts in model.texts.by_language() if texts),
            model.report_absence,
            self.cues(entry, ("edges",), len(model.edges)),
        )
        return runtime.Require(*shared, *own)

    def step(self, entry: RuleEntry, number: int, step: schema.Step) -> runtime.Step:
        cue = self.cue(entry, ("steps", number, "cue")) if step.cue is not None else -1
        return runtime.Step(tuple(map(fold_text, step.words)), tuple(step.pos), cue, step.skip, step.negate)


def _number(value: int | None) -> int:
    return -1 if value is None else value


def _where(where: str | schema.Where) -> runtime.Where:
    if isinstance(where, str):
        return runtime.Where()
    share = any(value is not None and value.endswith("%") for value in (where.first, where.last))
    first, last = (float(value.rstrip("%")) / (100 if share else 1) if value else 0.0 for value in (where.first, where.last))
    return runtime.Where(first, last, share, (where.front_matter or "").lower())


def _test(test: Any) -> str:
    if not isinstance(test, str):
        return "~" + parse(test.pattern, exact=True).regex
    return test if test in ("present", "absent") else "=" + test
