"""The JSON Schema that editors use says what the loader says."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import yaml

from checker.schema import Config, Pack, Profile, config_schema, pack_schema, profile_schema, validated
from checker.yamlfile import parse

RULE = "{id: a/b, kind: forbid, category: advice, message: m, terms: [a], bad: ⟦a⟧, good: b"

GOOD_PACKS = [
    "{}",
    f"rules: [{RULE}}}]",
    f"rules: [{RULE}, when: {{topic: crypto, found: [advice], date: {{from: '2026-02-06'}}}}, except: [x, {{pattern: y}}]}}]",
    "rules: [{id: a/b, kind: require, fact: source, category: source, message: {zh: 缺来源, en: none}, any_of: [来源], "
    "where: {first: 5}, bad: x, good: [来源]}]",
    "lexicons: {a: {terms: [996, 币安], scopes: [url, front_matter.source], case: exact}}",
    "topics: {crypto: {score: {coin: 1, exchange: 2.5}, at_least: 4}}",
]
BAD_PACKS = [
    "rulez: []",
    f"rules: [{RULE}, colour: red}}]",
    f"rules: [{RULE}, severity: warn}}]",
    "rules: [{id: a/b, kind: forbod}]",
    "rules: [{id: a/b, kind: forbid, category: advice, message: m, terms: [a], bad: ⟦a⟧}]",
    "lexicons: {a: {terms: [a], scopes: [urls]}}",
    "topics: {crypto: {at_least: 4}}",
]


def _validates(schema: dict[str, Any], text: str) -> bool:
    return bool(jsonschema.Draft202012Validator(schema).is_valid(yaml.safe_load(text)))


@pytest.mark.parametrize("text", GOOD_PACKS)
def test_editor_and_loader_accept(text: str) -> None:
    errors: list[Any] = []
    assert (validated(parse(text, "p.yaml"), Pack, errors) is not None, errors) == (True, [])
    assert _validates(pack_schema(), text)


@pytest.mark.parametrize("text", BAD_PACKS)
def test_editor_and_loader_refuse(text: str) -> None:
    errors: list[Any] = []
    assert validated(parse(text, "p.yaml"), Pack, errors) is None
    assert errors
    assert not _validates(pack_schema(), text)


@pytest.mark.parametrize("schema", [pack_schema(), profile_schema(), config_schema()], ids=["pack", "profile", "config"])
def test_schemas_are_schemas_and_describe_every_key(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    objects = [schema, *schema.get("$defs", {}).values()]
    silent = [
        f"{part.get('title')}.{key}"
        for part in objects
        for key, value in part.get("properties", {}).items()
        if not value.get("description")
    ]
    assert [key for key in silent if not key.endswith(".kind")] == []


def test_unknown_keys_are_refused_everywhere() -> None:
    for schema in (pack_schema(), profile_schema(), config_schema()):
        objects = [part for part in (schema, *schema.get("$defs", {}).values()) if "properties" in part]
        assert all(part["additionalProperties"] is False for part in objects)


def test_config_and_profile_schema_accept_what_the_docs_show() -> None:
    config = "{profile: cn-media, packs: [house/], select: [], severity: {a/b: error}, encodings: {'archive/**': gb18030}, lang: zh}"
    profile = "{description: {zh: 媒体, en: media}, jurisdictions: [cn], ignore: [quality], publisher: site}"
    assert _validates(config_schema(), config)
    assert _validates(profile_schema(), profile)
    errors: list[Any] = []
    assert validated(parse(config, "c"), Config, errors)
    assert validated(parse(profile, "p"), Profile, errors)
    assert errors == []


def test_rule_kinds_are_told_apart_by_kind() -> None:
    assert set(pack_schema()["properties"]["rules"]["items"]["discriminator"]["mapping"]) == {
        "forbid", "require", "limit", "consistent", "metadata", "repetition", "numbering", "boilerplate", "sequence",
    }  # fmt: skip
