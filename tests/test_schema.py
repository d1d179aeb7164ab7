"""The JSON Schema that editors use says what the loader says."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from checker.cli import main
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
    return bool(jsonschema.Draft7Validator(schema).is_valid(yaml.safe_load(text)))


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
    jsonschema.Draft7Validator.check_schema(schema)
    objects = [schema, *schema.get("definitions", {}).values()]
    silent = [
        f"{part.get('title')}.{key}"
        for part in objects
        for key, value in part.get("properties", {}).items()
        if not value.get("description")
    ]
    assert [key for key in silent if not key.endswith(".kind")] == []


@pytest.mark.parametrize("schema", [pack_schema(), profile_schema(), config_schema()], ids=["pack", "profile", "config"])
def test_schemas_keep_to_draft_7_as_editors_read_it(schema: dict[str, Any]) -> None:
    """No keyword of a later draft, nothing beside a `$ref` (it would not count), every reference leads somewhere."""
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    later = {
        "$defs",
        "$dynamicRef",
        "$anchor",
        "prefixItems",
        "dependentRequired",
        "dependentSchemas",
        "unevaluatedProperties",
        "minContains",
    }
    for part in _parts(schema):
        assert not later & set(part)
        if isinstance(part.get("$ref"), str):
            assert set(part) == {"$ref"}
            assert part["$ref"].removeprefix("#/definitions/") in schema["definitions"]


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _parts(item)


RULES = Path(__file__).parent.parent / "rules"


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.yaml")), ids=lambda path: str(path.relative_to(RULES)))
def test_what_is_shipped_is_valid_in_an_editor(path: Path) -> None:
    schema = profile_schema() if path.parent.name == "profiles" else pack_schema()
    jsonschema.Draft7Validator(schema).validate(yaml.load(path.read_bytes(), _Yaml))


def test_the_config_that_init_writes_is_valid_in_an_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["init"]) == 0
    text = Path(".checker.yaml").read_text(encoding="utf-8")
    shown = re.sub(r"^# (\w+: .*)$", r"\1", text, flags=re.MULTILINE)  # what is commented out, too
    for written in (text, shown):
        jsonschema.Draft7Validator(config_schema()).validate(yaml.load(written, _Yaml))
    assert len(yaml.load(shown, _Yaml)) > len(yaml.load(text, _Yaml)) + 5


class _Yaml(yaml.SafeLoader):
    """As editors read YAML 1.2: a date is text."""


_Yaml.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_unknown_keys_are_refused_everywhere() -> None:
    for schema in (pack_schema(), profile_schema(), config_schema()):
        objects = [part for part in (schema, *schema.get("definitions", {}).values()) if "properties" in part]
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
