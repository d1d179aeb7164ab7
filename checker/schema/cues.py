"""Cues, how they join, and when a rule speaks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from checker.schema.base import (
    LANGUAGES,
    Date,
    FactName,
    Listed,
    Name,
    Publisher,
    Scope,
    Strict,
    Term,
    Text,
    Unit,
    fail,
    one_of,
    text_or_mapping,
)


class Terms(Strict):
    """What lexicons and inline cues share."""

    terms: list[Term] = Field(
        [], description="Words and phrases, folded like the article: case, width, traditional characters, look-alikes."
    )
    patterns: list[Term] = Field([], description="Patterns: a subset of the `regex` syntax, over folded text.")
    file: Name | None = Field(None, description="A word list, one term a line, `#` begins a comment; relative to the pack.")
    include: list[Name] = Field([], description="Lexicons whose terms, patterns and exceptions count here too.")
    except_: list[TermCue] = Field([], alias="except", description="Terms or cues; a hit inside one of these is dropped.")
    scopes: list[Scope] | None = Field(None, description="Only there. Default: wherever the rule looks.")
    words: bool | None = Field(None, description="Only at word boundaries (jieba).")
    whole: int = Field(
        0, ge=0, le=8, description="Only where a line says so many terms or more, and nothing else but marks around them; scope `line`."
    )
    separated: bool | None = Field(None, description="Also find the term with separators between its characters. Default: true.")
    case: Literal["exact", "folded"] | None = Field(None, description="`exact`: match what stands there, not the folded text.")


class Lexicon(Terms):
    """A named list of words and patterns."""

    description: str = Field("", description="What the list holds and where it comes from.")

    @model_validator(mode="after")
    def _not_empty(self) -> Lexicon:
        if not (self.terms or self.patterns or self.file or self.include):
            raise fail("a lexicon needs `terms`, `patterns`, `file` or `include`")
        return self


class InlineCue(Terms):
    """One thing to look for, written where it is used."""

    lexicon: Name | None = Field(None, description="A lexicon; options beside it replace its own.")
    pattern: Term | None = Field(None, description="Short for `patterns` with one entry.")

    @model_validator(mode="after")
    def _not_empty(self) -> InlineCue:
        if not (self.terms or self.patterns or self.pattern or self.file or self.include or self.lexicon):
            raise fail("a cue needs `lexicon`, `terms`, `pattern`, `patterns`, `file` or `include`")
        return self


NamedCue = Annotated[Annotated[Name, Tag("<text>")] | Annotated[InlineCue, Tag("<mapping>")], Discriminator(text_or_mapping)]
TermCue = Annotated[Annotated[Term, Tag("<text>")] | Annotated[InlineCue, Tag("<mapping>")], Discriminator(text_or_mapping)]
Names = Annotated[list[Name], Listed()]


class WeakCue(InlineCue):
    """A statement that is there but does not count for much."""

    message: Text | None = Field(None, description="What to say instead of the rule's message.")


class Match(Strict):
    """How cues join inside a unit of text."""

    all: list[NamedCue] = Field([], description="Every one of these must stand in the unit.")
    any: list[NamedCue] = Field([], description="At least one of these.")
    none: list[NamedCue] = Field([], description="None of these.")
    score: dict[str, float] = Field({}, description="Lexicons and their weights; every cue counts once per unit. Needs `at_least`.")
    at_least: float | None = Field(None, description="The score from which the rule speaks.")
    within: Unit = Field("sentence", description="The unit in which cues must stand together.")
    gap: int | None = Field(None, ge=0, description="At most so many characters between neighbouring cues.")
    order: bool = Field(False, description="`all` must stand in the given order.")
    report: str = Field("all", description="`all`: from first to last cue; `unit`: the whole unit; or the name of one cue.")

    @model_validator(mode="after")
    def _together(self) -> Match:
        if not (self.all or self.any or self.score):
            raise fail("`match` needs `all`, `any` or `score`")
        if bool(self.score) != (self.at_least is not None):
            raise fail("`score` and `at_least` belong together")
        return self


class FieldPattern(Strict):
    """A test of a front matter value."""

    pattern: Term = Field(description="A pattern, searched in the value as written.")


FieldTest = Annotated[Annotated[str, Tag("<text>")] | Annotated[FieldPattern, Tag("<mapping>")], Discriminator(text_or_mapping)]


class Dates(Strict):
    """When the article was published."""

    from_: Date | None = Field(None, alias="from", description="On this day or later, YYYY-MM-DD.")
    until: Date | None = Field(None, description="On this day or earlier, YYYY-MM-DD.")


class When(Strict):
    """Conditions under which a rule speaks; all that are given must hold."""

    topic: Names = Field([], description="The article is about any of these topics.")
    lang: Annotated[list[Annotated[str, *one_of(LANGUAGES)]], Listed()] = Field([], description="It is in any of these languages.")
    content: Names = Field([], description="It is of any of these contents (`news`, or as defined by packs).")
    format: Names = Field([], description="It is written in any of these formats: markdown, html, plain, docx.")
    publisher: Annotated[list[Publisher], Listed()] = Field([], description="It is published by any of these.")
    front_matter: dict[str, FieldTest] = Field({}, description="Per key: `present`, `absent`, a value, or {pattern: …}.")
    date: Dates | None = Field(None, description="The article's date lies in this range.")
    matches: list[NamedCue] = Field([], description="All of these cues stand in the article.")
    none: list[NamedCue] = Field([], description="None of these cues stands in the article.")
    present: Annotated[list[FactName], Listed()] = Field([], description="Facts the article carries.")
    absent: Annotated[list[FactName], Listed()] = Field([], description="Facts the article does not carry.")
    found: Names = Field([], description="Categories or rules that found something; such a rule runs in a second round.")
