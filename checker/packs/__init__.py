"""YAML files → validated packs. Every error is `path:line:column: message`, and all of a load are told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from checker.errors import CheckerError, CheckerErrors, did_you_mean
from checker.packfiles import pack_files, shipped_rules
from checker.packs.cues import CueReader, context_cues, rule_cues, weights
from checker.packs.entry import Entry, ExampleText, Packs, Parts, Place, RuleEntry
from checker.packs.names import name_errors
from checker.patterns import Pattern
from checker.rule import Instrument
from checker.schema import Pack, Profile, validated
from checker.schema.base import text_of
from checker.schema.pack import Instrument as InstrumentModel
from checker.yamlfile import YamlFile, read

__all__ = ["Entry", "ExampleText", "Packs", "Parts", "RuleEntry", "load", "shipped_rules"]

T = TypeVar("T")


def load(paths: Sequence[Path], *, cues: bool = True) -> Packs:
    """All packs of files and folders, joined; CheckerErrors with everything that is wrong in them. cues: False for what reads texts and
    examples only: without cues, which take nearly all of the time, and without what is wrong with them and with names.

    A pack is named for its file, or for the first folder below the given one (`rules/crypto/exchange.yaml` is in pack
    `crypto`). Files in a folder `profiles` are profiles, named for their file.
    """
    errors: list[CheckerError] = []
    gathered = _Gathered(errors)
    for path, pack in pack_files(paths, errors):
        gathered.files.append(path)
        try:
            file = read(path)
        except CheckerError as error:
            errors.append(error)
            continue
        if path.parent.name == "profiles":
            profile = validated(file, Profile, errors)
            if profile is not None:
                gathered.add(gathered.profiles, "profile", path.stem, Entry(profile, file, (), pack))
            continue
        model = validated(file, Pack, errors)
        if model is not None:
            gathered.pack(model, file, pack)
    if errors:
        # Names that an unreadable file defines would all be reported as unknown.
        raise CheckerErrors(errors)
    if not cues:
        return gathered.packs({})
    packs = gathered.joined()
    errors.extend(name_errors(packs))
    if errors:
        order = {error.path: number for number, error in reversed(list(enumerate(errors)))}
        raise CheckerErrors(sorted(errors, key=lambda error: (order[error.path], error.line, error.column)))
    return packs


class _Gathered:
    """Packs as they come in; names that come twice are errors that tell both places."""

    def __init__(self, errors: list[CheckerError]) -> None:
        self.errors = errors
        self.files: list[Path] = []
        self.rules: dict[str, RuleEntry] = {}
        self.lexicons: dict[str, Entry[Any]] = {}
        self.topics: dict[str, Entry[Any]] = {}
        self.contents: dict[str, Entry[Any]] = {}
        self.contexts: dict[str, Entry[Any]] = {}
        self.instruments: dict[str, Entry[InstrumentModel]] = {}
        self.profiles: dict[str, Entry[Profile]] = {}
        self.actions: list[Entry[Any]] = []

    def add(self, into: dict[str, T], what: str, name: str, entry: T) -> None:
        if name not in into:
            into[name] = entry
            return
        first: Any = into[name]
        here: Any = entry
        at = ("id",) if isinstance(entry, RuleEntry) else ()
        self.errors.append(here.error(f"duplicate {what} `{name}`: first given at {first.where}", at, key=not at))

    def pack(self, model: Pack, file: YamlFile, pack: str) -> None:
        for number, rule in enumerate(model.rules):
            self.add(self.rules, "rule", rule.id, RuleEntry(rule, file, ("rules", number), pack))
        for what in ("lexicon", "topic", "content", "context", "instrument"):
            named: dict[str, Any] = getattr(model, f"{what}s")
            for name, value in named.items():
                self.add(getattr(self, f"{what}s"), what, name, Entry(value, file, (f"{what}s", name), pack))
        self.actions.extend(Entry(cue, file, ("actions", number), pack) for number, cue in enumerate(model.actions))

    def joined(self) -> Packs:
        reader = CueReader(self.lexicons, self.errors)
        for name, entry in self.lexicons.items():
            reader.lexicon(entry, (), name, key=True)
        cues: dict[Place, Parts] = {}

        def keep(entry: Entry[Any], loc: tuple[str | int, ...], parts: Parts | None) -> None:
            if parts is not None:
                cues[entry.place(loc)] = parts

        for rule in self.rules.values():
            for loc, cue, named in rule_cues(rule.model):
                keep(rule, loc, reader.cue(rule, loc, cue, named=named))
        for context in self.contexts.values():
            for loc, cue, named in context_cues(context.model):
                keep(context, loc, reader.cue(context, loc, cue, named=named))
        for action in self.actions:
            keep(action, (), reader.cue(action, (), action.model, named=True))
        for scored in (*self.rules.values(), *self.topics.values(), *self.contents.values()):
            for loc, name in weights(scored.model):
                keep(scored, loc, reader.lexicon(scored, loc, name, key=True))
        for entry in self.instruments.values():
            by = entry.model.repealed_by
            if by and by not in self.instruments:
                self.errors.append(entry.error(f"unknown instrument `{by}`{did_you_mean(by, self.instruments)}", ("repealed_by",)))
        return replace(self.packs(cues, tuple(reader.notes), reader.files), parts=reader.done)

    def packs(self, cues: dict[Place, Parts], notes: Sequence[tuple[CheckerError, Pattern]] = (), files: Sequence[Path] = ()) -> Packs:
        """What was gathered, with its cues. files: word lists."""
        return Packs(
            tuple(self.rules.values()),
            self.lexicons,
            self.topics,
            self.contents,
            self.contexts,
            tuple(self.actions),
            {key: _instrument(key, entry.model) for key, entry in self.instruments.items()},
            self.profiles,
            cues,
            tuple(notes),
            (*self.files, *files),
        )


def _instrument(key: str, model: InstrumentModel) -> Instrument:
    return Instrument(
        key,
        text_of(model.title),
        model.number,
        text_of(model.issuer),
        model.in_force or "",
        model.repealed or "",
        model.repealed_by or "",
        text_of(model.binds),
        model.url,
        model.certainty,
        model.checked or "",
        model.jurisdiction,
    )
