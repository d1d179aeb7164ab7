"""The bricks of the schema: what a category, a text, a date, a scope is. Errors carry their options, for suggestions."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from checker.document import SCOPES
from checker.violation import CATEGORIES, FACTS, FINDINGS, SEVERITIES

UNITS = ("clause", "sentence", "block", "section", "article")
CERTAINTIES = ("T", "R", "P", "UNVERIFIED")
PUBLISHERS = ("site", "news-licensed")
SITES = ("hugo", "hexo", "jekyll", "vuepress", "gitbook", "none")
LANGUAGES = ("zh", "en")
PLACEHOLDERS = ("match", "folded", "cues", "topic", "value", "expected", "count", "limit", "first", "line", "site_name")
MESSAGE_KEYS = tuple(finding for finding in FINDINGS if finding != "missing")

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")
_HAN = re.compile("[\u3400-\u9fff]")


def fail(message: str) -> PydanticCustomError:
    # The message is passed as data: pydantic would read `{match}` in it as one of its own placeholders.
    return PydanticCustomError("checker", "{message}", {"message": message})


def one_of(options: tuple[str, ...]) -> tuple[AfterValidator, Any]:
    def check(value: str) -> str:
        if value not in options:
            raise PydanticCustomError("one_of", "not one of the options", {"value": value, "options": list(options)})
        return value

    return AfterValidator(check), Field(json_schema_extra={"enum": list(options)})


def _scope(value: str) -> str:
    if value in SCOPES:
        return value
    if re.fullmatch(r"front_matter\.[^\s/]+", value):
        return value.lower()  # as keys of front matter are compared
    raise PydanticCustomError("one_of", "not one of the options", {"value": value, "options": [*SCOPES, "front_matter.KEY"]})


def _iso_date(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else _no_date(value)
    except ValueError:
        return _no_date(value)


def _no_date(value: str) -> str:
    raise fail(f"`{value}` is no date; write YYYY-MM-DD")


def _rule_id(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*", value):
        raise fail(f"`{value}` is no rule id; write `word/word` in lower case, digits and hyphens")
    return value


def _placeholders(value: str) -> str:
    for found in _PLACEHOLDER.finditer(value):
        if found[1] not in PLACEHOLDERS:
            raise PydanticCustomError("placeholder", "unknown placeholder", {"value": found[1], "options": list(PLACEHOLDERS)})
    return value


class Listed:
    """A list, for which a single text may stand."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(lambda value: [value] if isinstance(value, str) else value, handler(source))

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        of_list = handler(schema)
        return {"anyOf": [of_list.get("items", {}), of_list]}


Category = Annotated[str, *one_of(CATEGORIES)]
Severity = Annotated[str, *one_of(SEVERITIES)]
FactName = Annotated[str, *one_of(FACTS)]
Unit = Annotated[str, *one_of(UNITS)]
Publisher = Annotated[str, *one_of(PUBLISHERS)]
Scope = Annotated[
    str, AfterValidator(_scope), Field(json_schema_extra={"anyOf": [{"enum": list(SCOPES)}, {"pattern": r"^front_matter\."}]})
]
Date = Annotated[str, AfterValidator(_iso_date), Field(json_schema_extra={"format": "date"})]
Name = Annotated[str, Field(min_length=1)]
# Numbers are text here (see `yamlfile`), but an editor's YAML extension reads `996` as one.
Term = Annotated[str, Field(min_length=1, json_schema_extra={"type": ["string", "number"]})]
RuleId = Annotated[str, AfterValidator(_rule_id), Field(json_schema_extra={"pattern": "^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$"})]
Template = Annotated[str, Field(min_length=1), AfterValidator(_placeholders)]


class Strict(BaseModel):
    """Unknown keys are errors. They are taken out and noted before validation, so that one of them hides no other error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _note_unknown(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict) or not isinstance(info.context, list):
            return data
        known = keys_of(cls)
        info.context.extend((data, key, known) for key in data if key not in known)
        return {key: value for key, value in data.items() if key in known}


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a mapping as they are written."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def text_or_mapping(value: Any) -> str:
    return "<text>" if isinstance(value, str) else "<mapping>"


# -- texts


class Texts(Strict):
    """A text in Chinese, in English, or both."""

    zh: Template | None = Field(None, description="In Chinese.")
    en: Template | None = Field(None, description="In English.")

    @model_validator(mode="after")
    def _not_empty(self) -> Texts:
        if self.zh is None and self.en is None:
            raise fail("needs a text: `zh`, `en` or both")
        return self


Text = Annotated[Annotated[Template, Tag("<text>")] | Annotated[Texts, Tag("<mapping>")], Discriminator(text_or_mapping)]


def text_of(text: str | Texts | None) -> dict[str, str]:
    """{"zh": …, "en": …} of a text; a plain string is Chinese where it holds Han characters, else English."""
    if text is None or text == "":
        return {}
    if isinstance(text, str):
        return {"zh" if _HAN.search(text) else "en": text}
    return {lang: value for lang, value in (("zh", text.zh), ("en", text.en)) if value is not None}


class Wordings(Strict):
    """House or prescribed wordings per language."""

    zh: Annotated[list[Name], Listed()] = Field([], description="In Chinese, one or several.")
    hant: Annotated[list[Name], Listed()] = Field([], alias="zh-Hant", description="For articles in traditional characters, if other.")
    en: Annotated[list[Name], Listed()] = Field([], description="In English, one or several.")

    def by_language(self) -> tuple[tuple[str, list[Name]], ...]:
        return ("zh", self.zh), ("zh-Hant", self.hant), ("en", self.en)
