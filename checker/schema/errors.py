"""pydantic's errors in an editor's words, at the line and column they speak of, with a suggestion."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from checker.errors import CheckerError, did_you_mean, nearest
from checker.yamlfile import Data, Loc, YamlFile

Model = TypeVar("Model", bound=BaseModel)

_MUST_BE = {
    "string_type": "text", "list_type": "a list", "dict_type": "a mapping", "model_type": "a mapping", "model_attributes_type": "a mapping",
    "int_type": "a whole number", "int_parsing": "a whole number", "int_from_float": "a whole number", "float_type": "a number",
    "float_parsing": "a number", "bool_type": "true or false", "bool_parsing": "true or false",
}  # fmt: skip


def validated(file: YamlFile, model: type[Model], errors: list[CheckerError]) -> Model | None:
    """The file as a model; None where it is none, with what is wrong added to `errors` in the order of the file."""
    unknown: list[tuple[dict[str, Data], str, tuple[str, ...]]] = []
    found = list(file.errors)
    try:
        result = model.model_validate(file.data if file.data is not None else {}, context=unknown)
        items: list[Any] = []
    except ValidationError as error:
        result, items = None, error.errors(include_url=False)
    misspelt: set[tuple[tuple[int, int], str]] = set()
    for mapping, key, known in unknown:
        loc = _way_to(file.data, mapping) or ()
        near = nearest(key, known)
        misspelt.add((file.place(loc), near))
        hint = f"; did you mean `{near}`?" if near else f"; known: {', '.join(known)}"
        found.append(file.error(f"unknown key `{key}`{hint}", (*loc, key), key=True))
    # A misspelt key would otherwise be reported twice: as unknown, and as missing.
    items = [item for item in items if item["type"] != "missing" or (file.place(item["loc"][:-1]), item["loc"][-1]) not in misspelt]
    found.extend(_translated(file, item) for item in items)
    errors.extend(sorted(found, key=lambda error: (error.line, error.column)))
    return None if found else result


def _way_to(data: Data, wanted: object) -> tuple[str | int, ...] | None:
    if data is wanted:
        return ()
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, child in items:
        rest = _way_to(child, wanted)
        if rest is not None:
            return (part, *rest)
    return None


def _translated(file: YamlFile, item: Any) -> CheckerError:
    kind, loc, context, value = item["type"], item["loc"], item.get("ctx", {}), item.get("input")
    at_key = len(loc) > 1 and loc[-1] == "[key]"
    if kind == "missing":
        return file.error(f"`{loc[-1]}` is missing", loc[:-1])
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _kind_error(file, loc, context)
    if kind in ("one_of", "literal_error"):
        options = context.get("options") or re.findall(r"'([^']*)'", context["expected"])
        return file.error(_not_one_of(str(value), options), loc[:-1] if at_key else loc, key=at_key)
    if kind == "placeholder":
        name = context["value"]
        options = [f"{{{option}}}" for option in context["options"]]
        hint = did_you_mean(f"{{{name}}}", options) or f"; known: {' '.join(options)}"
        offset = value.find(f"{{{name}}}") if isinstance(value, str) else None
        return file.error(f"unknown placeholder `{{{name}}}`{hint}", loc, offset=offset)
    return file.error(_message(kind, context, value, item["msg"]), loc)


def _kind_error(file: YamlFile, loc: Loc, context: dict[str, Any]) -> CheckerError:
    if "tag" not in context:
        return file.error("`kind` is missing", loc)
    options = re.findall(r"'([^']*)'", context["expected_tags"])
    return file.error(f"unknown kind: {_not_one_of(context['tag'], options)}", (*loc, "kind"))


def _not_one_of(value: str, options: list[str]) -> str:
    return f"`{value}` is not one of: {', '.join(options)}{did_you_mean(value, options)}"


def _message(kind: str, context: dict[str, Any], value: Any, message: str) -> str:
    if kind in _MUST_BE:
        return f"must be {_MUST_BE[kind]}{', but is empty' if value is None else ''}"
    if kind in ("too_short", "string_too_short"):
        return "must not be empty" if context["min_length"] == 1 else f"needs at least {context['min_length']}"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"must be at {'least' if 'ge' in context else 'most'} {context.get('ge', context.get('le'))}"
    if kind == "string_pattern_mismatch":
        return f"`{value}` does not look right; it must match {context['pattern']}"
    return str(context.get("message", message))
