"""What packs hold once loaded: each thing with the file and place it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from checker.errors import CheckerError
from checker.patterns import Pattern
from checker.rule import Instrument
from checker.schema.base import text_of
from checker.schema.cues import Lexicon
from checker.schema.pack import Context, Profile, Topic
from checker.schema.rules import AnyRule, Example
from checker.violation import CATEGORIES, SUPPRESSION_RULES
from checker.yamlfile import Loc, YamlFile

M_co = TypeVar("M_co", covariant=True)
Place = tuple[str, tuple["str | int", ...]]  # path of a file, and the way down in it


@dataclass(frozen=True)
class Entry(Generic[M_co]):
    """A validated piece of a pack. pack: the name by which `select` and `ignore` know it."""

    model: M_co
    file: YamlFile
    loc: tuple[str | int, ...]
    pack: str

    def error(self, message: str, loc: Loc = (), *, key: bool = False, offset: int | None = None) -> CheckerError:
        return self.file.error(message, (*self.loc, *loc), key=key, offset=offset)

    def place(self, loc: Loc = ()) -> Place:
        return self.file.path, (*self.loc, *loc)

    @property
    def where(self) -> str:
        """`path:line`, for errors that name another place."""
        return f"{self.file.path}:{self.file.place(self.loc)[0]}"


class ExampleText(NamedTuple):
    """An example as written in a pack. path: what the engine is told; text: marks included, front matter put before it."""

    text: str
    path: str
    line: int
    column: int


@dataclass(frozen=True)
class RuleEntry(Entry[AnyRule]):
    """A rule of a pack."""

    @property
    def id(self) -> str:
        return self.model.id

    @property
    def kind(self) -> str:
        return self.model.kind

    @property
    def category(self) -> str:
        return self.model.category

    @property
    def severity(self) -> str:
        return self.model.severity

    @property
    def basis(self) -> tuple[str, ...]:
        return tuple(self.model.basis)

    def text(self, name: str) -> dict[str, str]:
        """`message` or `why`, per language."""
        return text_of(getattr(self.model, name))

    @cached_property
    def bad(self) -> tuple[ExampleText, ...]:
        return self._examples("bad", self.model.bad)

    @cached_property
    def good(self) -> tuple[ExampleText, ...]:
        return self._examples("good", self.model.good)

    def _examples(self, name: str, examples: list[str | Example]) -> tuple[ExampleText, ...]:
        found = []
        for number, example in enumerate(examples):
            # A single text may stand for the list: then the value itself is the place.
            line, column = self.file.place((*self.loc, name, number))
            if isinstance(example, str):
                found.append(ExampleText(example, "article.md", line, column))
            else:
                text = _front_matter(example.front_matter) + example.text
                found.append(ExampleText(text, example.path or f"article{example.suffix}", line, column))
        return tuple(found)


def _front_matter(values: Mapping[str, object]) -> str:
    if not values:
        return ""
    import yaml

    return f"---\n{yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False)}---\n\n"


@dataclass(frozen=True)
class Parts:
    """A cue with all that it includes, folded and parsed. name: of its lexicon, else ""."""

    name: str
    terms: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    exact: bool
    scopes: tuple[str, ...]
    excepts: tuple[Parts, ...]
    words: bool
    separated: bool


@dataclass(frozen=True)
class Packs:
    """Everything loaded from packs, names checked.

    cues: every cue of every rule, topic and context, by its place; parts: of each lexicon, by its name. notes: patterns that may be
    slow, no errors; `checker test` looks into them.
    files: all that was read, word lists included.
    """

    rules: tuple[RuleEntry, ...]
    lexicons: dict[str, Entry[Lexicon]]
    topics: dict[str, Entry[Topic]]
    contents: dict[str, Entry[Topic]]
    contexts: dict[str, Entry[Context]]
    actions: tuple[Entry[object], ...]
    instruments: dict[str, Instrument]
    profiles: dict[str, Entry[Profile]]
    cues: dict[Place, Parts]
    notes: tuple[tuple[CheckerError, Pattern], ...] = ()
    files: tuple[Path, ...] = ()
    parts: dict[str, Parts] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """What `select`, `ignore` and `severity` may name: rules, packs and categories."""
        return frozenset((*CATEGORIES, *SUPPRESSION_RULES)) | {rule.id for rule in self.rules} | {rule.pack for rule in self.rules}
