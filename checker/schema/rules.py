"""The rule kinds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from checker.schema.base import (
    MESSAGE_KEYS,
    Category,
    FactName,
    Listed,
    Name,
    RuleId,
    Scope,
    Severity,
    Strict,
    Term,
    Text,
    Wordings,
    fail,
    one_of,
    text_or_mapping,
)  # fmt: skip
from checker.schema.cues import InlineCue, Match, NamedCue, Names, TermCue, WeakCue, When


class Example(Strict):
    """An article that a rule must flag, or leave alone."""

    text: str = Field(description="The article. In `bad`, ⟦ ⟧ mark exactly what is reported.")
    suffix: str = Field(".md", pattern=r"^\.\w+$", description="The format, as a file suffix.")
    path: str | None = Field(None, description="The path, where it matters; its suffix gives the format.")
    front_matter: dict[str, Any] = Field({}, description="Front matter to put before the text.")


ExampleText = Annotated[Annotated[str, Tag("<text>")] | Annotated[Example, Tag("<mapping>")], Discriminator(text_or_mapping)]


class Rule(Strict):
    """What all kinds share."""

    id: RuleId = Field(description="`word/word`, naming the bad thing: `crypto/exchange-funnel`.")
    kind: str = Field(description="What sort of rule this is.")
    category: Category = Field(description="What it is about; rules are chosen and grouped by it.")
    severity: Severity = Field("warning", description="How bad it is.")
    message: Text = Field(description="What an editor is told; placeholders such as {match} are filled in.")
    messages: dict[Annotated[str, *one_of(MESSAGE_KEYS)], Text] = Field({}, description="Other messages per finding, for `require`.")
    why: Text | None = Field(None, description="Why the rule exists.")
    basis: Names = Field([], description="Instruments it rests on; none: site policy.")
    jurisdictions: Names = Field([], description="Where it holds; none: everywhere.")
    scopes: list[Scope] = Field([], description="Where it looks; default: all that a reader sees.")
    except_: list[TermCue] = Field([], alias="except", description="Terms or cues; a hit inside one of these is dropped.")
    unless: Names = Field([], description="Contexts that exempt: negated, warned, reported, quoted.")
    when: When = Field(default_factory=lambda: When.model_validate({}), description="Conditions under which the rule speaks.")
    bad: Annotated[list[ExampleText], Listed(), Field(min_length=1)] = Field(
        description="Articles it must flag; ⟦ ⟧ mark exactly what is reported."
    )
    good: Annotated[list[ExampleText], Listed(), Field(min_length=1)] = Field(description="Articles it must leave alone.")


class Matching(Rule):
    """Kinds that look for cues: `match`, or `terms` and `patterns` in short."""

    match: Match | None = Field(None, description="How cues join.")
    terms: list[Term] = Field([], description="Short for `match: {any: [{terms: …}]}`.")
    patterns: list[Term] = Field([], description="Short for `match: {any: [{patterns: …}]}`.")
    words: bool | None = Field(None, description="Of `terms`: only at word boundaries (jieba).")
    separated: bool | None = Field(None, description="Of `terms`: also find them with separators between the characters.")
    case: Literal["exact", "folded"] | None = Field(None, description="Of `terms` and `patterns`: `exact` matches what stands there.")

    @model_validator(mode="after")
    def _one_way(self) -> Matching:
        if self.match is not None and (self.terms or self.patterns):
            raise fail("give `match`, or `terms` and `patterns`, not both")
        if not (self.terms or self.patterns) and (self.words is not None or self.separated is not None or self.case is not None):
            raise fail("`words`, `separated` and `case` belong to `terms` or `patterns`; under `match` give them to the cue")
        return self

    @property
    def looks(self) -> bool:
        return self.match is not None or bool(self.terms or self.patterns)

    def short(self) -> InlineCue:
        """`terms` and `patterns` as the cue they are short for."""
        return InlineCue.model_construct(
            terms=self.terms, patterns=self.patterns, words=self.words, separated=self.separated, case=self.case
        )


class Forbid(Matching):
    """Text that must not stand there."""

    kind: Literal["forbid"]
    replace: str | None = Field(None, description="What should stand there; `\\1` is the first group of the pattern.")
    belies: Annotated[list[FactName], Listed()] = Field(
        [], description="Statements that such text contradicts: where the article makes one, the report points at it."
    )

    @model_validator(mode="after")
    def _complete(self) -> Forbid:
        if not self.looks:
            raise fail("a `forbid` rule needs `match`, `terms` or `patterns`")
        return self


Blocks = Annotated[str, Field(pattern=r"^\d+%?$", json_schema_extra={"type": ["string", "integer"]})]


class Where(Strict):
    """Where a required text must stand."""

    first: Blocks | None = Field(None, description="Among the first so many blocks, or per cent of them.")
    last: Blocks | None = Field(None, description="Among the last so many blocks, or per cent of them.")
    front_matter: Name | None = Field(None, description="As the value of this front matter key.")

    @model_validator(mode="after")
    def _alike(self) -> Where:
        given = [value for value in (self.first, self.last) if value is not None]
        if bool(given) == (self.front_matter is not None):
            raise fail("`where` needs `first`, `last` or both; or `front_matter`; or is `anywhere`")
        if len({value.endswith("%") for value in given}) > 1:
            raise fail("`first` and `last` must both be blocks or both be per cent")
        if any(value.endswith("%") and int(value[:-1]) > 100 for value in given):
            raise fail("more than 100%")
        return self


class Require(Rule):
    """Text that must be there."""

    kind: Literal["require"]
    fact: FactName = Field(description="The fact it fills, reported apart from policy.")
    any_of: list[TermCue] = Field(min_length=1, description="Any of these is enough; a group `(?P<value>…)` is the fact's value.")
    weak: list[WeakCue] = Field([], description="Statements that are there but do not count for much.")
    edges: list[TermCue] = Field([], description="Enough as a whole line at the head or the end of an article: a bare name.")
    empty: list[TermCue] = Field([], description="A label without a value: “来源：”.")
    where: Annotated[Annotated[Literal["anywhere"], Tag("<text>")] | Annotated[Where, Tag("<mapping>")], Discriminator(text_or_mapping)] = (
        Field("anywhere", description="Where it must stand: `anywhere`, {last: 30%}, {first: 5}, {front_matter: key}.")
    )
    texts: Wordings = Field(
        default_factory=lambda: Wordings.model_validate({}),
        description="House or prescribed wordings: near-misses are compared with them, fixes insert them.",
    )
    report_absence: bool = Field(True, description="False: only fill the fact.")


class Limit(Matching):
    """At most or at least so many."""

    kind: Literal["limit"]
    most: int | None = Field(None, ge=0, description="At most so many per unit.")
    least: int | None = Field(None, ge=1, description="At least so many per unit.")
    count: Literal["hits", "characters"] = Field("hits", description="What is counted.")
    replace: dict[str, str] = Field({}, description="What should stand there, by what stands there; for hits too many.")

    @model_validator(mode="after")
    def _complete(self) -> Limit:
        if self.most is None and self.least is None:
            raise fail("a `limit` rule needs `most` or `least`")
        if self.count == "hits" and not self.looks:
            raise fail("a `limit` rule that counts hits needs `match`, `terms` or `patterns`")
        if self.match is not None and (self.match.all or self.match.score):
            raise fail("a `limit` rule counts the hits of `match.any`; it knows no `all` and no `score`")
        return self


class Consistent(Rule):
    """One of several spellings per article."""

    kind: Literal["consistent"]
    forms: list[NamedCue] = Field(min_length=2, description="One cue per spelling.")


class Metadata(Rule):
    """A front matter key, or HTML meta."""

    kind: Literal["metadata"]
    key: Name = Field(description="The key, nested keys dotted.")
    required: bool = Field(False, description="It must be there, with a value.")
    type: Literal["date", "number", "url", "text", "list"] | None = Field(None, description="What its value must be.")
    values: list[str] = Field([], description="The values it may have.")
    pattern: Term | None = Field(None, description="A pattern that the value as written must match.")

    @model_validator(mode="after")
    def _complete(self) -> Metadata:
        if not (self.required or self.type or self.values or self.pattern):
            raise fail("a `metadata` rule needs `required`, `type`, `values` or `pattern`")
        return self


class Repetition(Rule):
    """The same paragraph, sentence or line again."""

    kind: Literal["repetition"]
    unit: Literal["paragraph", "sentence", "line"] = Field("paragraph", description="What is repeated.")
    at_least: int = Field(20, ge=1, description="Only from so many characters on.")


class Numbering(Rule):
    """Broken numbering of typed ordinals."""

    kind: Literal["numbering"]
    styles: list[Literal["arabic", "han", "circled", "latin", "roman"]] = Field(
        ["arabic", "han"], min_length=1, description="Styles to look at."
    )
    check: list[Literal["gap", "mark"]] = Field(
        ["gap", "mark"], min_length=1, description="`gap`: a number is missing; `mark`: marks are mixed."
    )


class Boilerplate(Matching):
    """Menus, tag clouds, lists of neighbouring posts: runs of lines that are little else than short links, or a hit of `match`."""

    kind: Literal["boilerplate"]
    links: float = Field(0.7, gt=0, le=1, description="The share of a line's characters that is link text, from which it counts.")
    longest: int = Field(30, ge=0, description="At most so many characters in one link: titles of works are longer. 0: no links.")
    at_least: int = Field(4, ge=2, description="Only from so many such lines on.")
    gap: int = Field(2, ge=0, description="So many short labels without a link may stand between two of them.")
    shortest: int = Field(
        0, ge=0, description="A line of a paragraph, of at most so many characters, that ends as no sentence does counts too."
    )


class Step(Strict):
    """One word of a sequence."""

    words: Annotated[list[Term], Listed()] = Field([], description="Any of these words.")
    pos: Names = Field([], description="Any of these parts of speech: beginnings of jieba's tags.")
    cue: NamedCue | None = Field(None, description="A lexicon or a cue.")
    skip: int = Field(0, ge=0, le=20, description="So many other words may stand before it.")
    negate: bool = Field(False, description="It must not stand there.")

    @model_validator(mode="after")
    def _not_empty(self) -> Step:
        if not (self.words or self.pos or self.cue):
            raise fail("a step needs `words`, `pos` or `cue`")
        return self


class Sequence(Matching):
    """Words in a row, by word and part of speech."""

    kind: Literal["sequence"]
    steps: list[Step] = Field(min_length=1, description="The words in their order.")

    @model_validator(mode="after")
    def _complete(self) -> Sequence:
        if not self.looks:
            raise fail("a `sequence` rule needs `match`, `terms` or `patterns`: they name the sentences that are cut into words")
        return self


KINDS: dict[str, type[Rule]] = {
    "forbid": Forbid, "require": Require, "limit": Limit, "consistent": Consistent, "metadata": Metadata,
    "repetition": Repetition, "numbering": Numbering, "boilerplate": Boilerplate, "sequence": Sequence,
}  # fmt: skip


AnyRule = Annotated[
    Forbid | Require | Limit | Consistent | Metadata | Repetition | Numbering | Boilerplate | Sequence,
    Field(discriminator="kind"),
]
