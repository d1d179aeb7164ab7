"""A whole pack, a profile and a config; JSON Schema out of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, model_validator

from checker.encodings import codecs_of
from checker.errors import CheckerError
from checker.globs import globs
from checker.schema.base import CERTAINTIES, LANGUAGES, SITES, Date, Listed, Name, Publisher, Severity, Strict, Text, Wordings, fail, one_of
from checker.schema.cues import Lexicon, NamedCue, Names
from checker.schema.rules import AnyRule


def _encoding(name: str) -> str:
    try:
        codecs_of(name)
    except CheckerError as error:
        raise fail(error.message) from None
    return name


def _glob(pattern: str) -> str:
    try:
        globs((pattern,))
    except CheckerError as error:
        raise fail(error.message) from None
    return pattern


Glob = Annotated[Name, AfterValidator(_glob)]
Globs = Annotated[list[Glob], Listed()]


class Topic(Strict):
    """What an article is about, by weighed cues over the whole article."""

    score: dict[str, float] = Field(
        min_length=1, description="Lexicons and their weights; a match said again counts less, one in the title three times."
    )
    at_least: float = Field(description="The score from which the topic holds.")
    spread: float = Field(0.0, ge=0, le=1, description="And the share of the blocks of text that must hold one of them.")


class Context(Strict):
    """Words that take the sting out of what they govern: not, beware, reportedly, “…”."""

    forward: list[NamedCue] = Field([], description="Govern from the cue to the end of the sentence.")
    clause: list[NamedCue] = Field([], description="Govern from the cue to the end of the clause.")
    sentence: list[NamedCue] = Field([], description="Govern the whole sentence.")
    ends: list[NamedCue] = Field([], description="End the range early: but, however.")
    section: bool = Field(False, description="A heading with a cue passes the context to its section.")
    lead: bool = Field(False, description="A lead-in passes it to the list or quote that follows.")

    @model_validator(mode="after")
    def _not_empty(self) -> Context:
        if not (self.forward or self.clause or self.sentence):
            raise fail("a context needs `forward`, `clause` or `sentence`")
        return self


class Instrument(Strict):
    """A law, a standard or a house rule that rules rest on."""

    title: Text = Field(description="Its full title.")
    number: str = Field("", description="Its official number.")
    issuer: Text | None = Field(None, description="Who issued it.")
    in_force: Date | None = Field(None, description="In force since.")
    repealed: Date | None = Field(None, description="Repealed on.")
    repealed_by: Name | None = Field(None, description="The key of the instrument that repealed it.")
    jurisdiction: str = Field("", description="Where it holds; a profile of other jurisdictions does not cite it. Default: everywhere.")
    binds: Text | None = Field(None, description="Whom it binds.")
    url: str = Field("", description="Where the official text stands.")
    certainty: Annotated[str, *one_of(CERTAINTIES)] = Field(
        "T", description="T: its text was read; R: as reported; P: official address only."
    )
    checked: Date | None = Field(None, description="When this entry was last checked.")


class Profile(Strict):
    """A choice of rules for a kind of publisher."""

    description: Text = Field(description="Whom the profile is for.")
    jurisdictions: Names = Field([], description="Rules of these jurisdictions, and those that belong to none.")
    select: Names = Field([], description="Only these rules, packs or categories.")
    ignore: Names = Field([], description="Not these rules, packs or categories.")
    severity: dict[str, Severity] = Field({}, description="Severity per rule, pack or category.")
    publisher: Publisher = Field("site", description="Who publishes.")


class Override(Strict):
    """What else holds for some of the articles."""

    files: Globs = Field(description="Globs, relative to the file.", min_length=1)
    profile: Name | None = Field(None, description="A profile.")
    publisher: Publisher | None = Field(None, description="Who publishes.")
    select: Names | None = Field(None, description="Only these rules, packs or categories, in place of `select` above.")
    ignore: Names = Field([], description="Not these rules, packs or categories either.")
    severity: dict[str, Severity] = Field({}, description="Severity per rule, pack or category; comes before `severity` above.")
    fail_on: Severity | None = Field(None, description="Violations of this severity or above fail the run.")
    unsuppressable: Names = Field([], description="More rules or categories that these articles may not suppress.")


class Config(Strict):
    """`.checker.yaml`, or `[tool.checker]` in pyproject.toml."""

    extends: Names = Field(
        [],
        description="Whose values hold where this file says nothing: other such files, relative to it; installed packages of rules; "
        "shipped profiles.",
    )
    profile: Name = Field("cn-media", description="A shipped profile, or one of your packs.")
    publisher: Publisher | None = Field(None, description="Who publishes; default: as the profile says.")
    packs: Names = Field([], description="Own packs, files or folders, relative to this file.")
    select: Names = Field([], description="Only these rules, packs or categories.")
    ignore: Names = Field([], description="Not these rules, packs or categories.")
    severity: dict[str, Severity] = Field({}, description="Severity per rule, pack or category.")
    fail_on: Severity = Field("error", description="Violations of this severity or above fail the run.")
    unsuppressable: Names = Field([], description="Rules or categories that no article may suppress.")
    baseline: Name | None = Field(None, description="The file of accepted findings, relative to this file; `checker baseline` writes it.")
    include: Globs = Field([], description="Check only files that match one of these globs, relative to this file.")
    exclude: Globs = Field([], description="Do not check files that match one of these globs.")
    encodings: dict[Glob, Annotated[Name, AfterValidator(_encoding)]] = Field(
        {}, description="Encodings of files, by glob, where they are not UTF-8."
    )
    lang: Annotated[str, *one_of(LANGUAGES)] | None = Field(None, description="Language of messages.")
    site: Annotated[str, *one_of(SITES)] | None = Field(
        None, description="Whose shortcodes are markup; default: found from the repository."
    )
    site_name: Name | None = Field(
        None, description="What the site is called: `{site_name}` in messages and wordings. Default: “本站”, “this site”."
    )
    texts: dict[Name, Wordings] = Field({}, description="House wordings of required statements, per rule, in place of its own.")
    overrides: list[Override] = Field([], description="What else holds for articles by glob; of several that fit, the last counts.")


class Pack(Strict):
    """A pack of rules and of what they are made of."""

    rules: list[AnyRule] = Field([], description="The rules.")
    lexicons: dict[Name, Lexicon] = Field({}, description="Named lists of words and patterns.")
    topics: dict[Name, Topic] = Field({}, description="What an article may be about.")
    contents: dict[Name, Topic] = Field({}, description="What an article may be; the first that holds counts, else `news`.")
    contexts: dict[Name, Context] = Field({}, description="What takes the sting out of words.")
    actions: list[NamedCue] = Field([], description="Calls to action with a real target: they end or cancel a context.")
    instruments: dict[Name, Instrument] = Field({}, description="Laws, standards and house rules.")


_DIALECT = "http://json-schema.org/draft-07/schema#"  # what editors' YAML extensions know


def pack_schema() -> dict[str, Any]:
    """JSON Schema of a pack, for editors."""
    return _schema(Pack, "checker rule pack")


def profile_schema() -> dict[str, Any]:
    """JSON Schema of a profile."""
    return _schema(Profile, "checker profile")


def config_schema() -> dict[str, Any]:
    """JSON Schema of `.checker.yaml`."""
    return _schema(Config, "checker configuration")


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    schema = _in_draft_7(model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}"))
    return {"$schema": _DIALECT, **schema, "title": title}


def _in_draft_7(value: Any) -> Any:
    """What pydantic writes for a later draft: there `$ref` stands alone, else what stands beside it does not count."""
    if isinstance(value, list):
        return [_in_draft_7(item) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {"definitions" if key == "$defs" else key: _in_draft_7(item) for key, item in value.items()}
    if isinstance(changed.get("$ref"), str) and len(changed) > 1:
        return {"allOf": [{"$ref": changed.pop("$ref")}], **changed}
    return changed
