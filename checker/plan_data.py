"""A plan as plain data and back: what the wheel and the cache keep. No pydantic, no YAML: every run comes through here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.rule import (
    Boilerplate,
    Consistent,
    Context,
    Cue,
    Forbid,
    Gate,
    Instrument,
    Limit,
    Match,
    Metadata,
    Numbering,
    Plan,
    Repetition,
    Require,
    Rule,
    Sequence,
    Step,
    Topic,
    Weak,
    When,
    Where,
)  # fmt: skip
from checker.values import names_of

FORMAT = 3
_KINDS: dict[str, type[Rule]] = {
    "forbid": Forbid,
    "require": Require,
    "limit": Limit,
    "consistent": Consistent,
    "metadata": Metadata,
    "repetition": Repetition,
    "numbering": Numbering,
    "boilerplate": Boilerplate,
    "sequence": Sequence,
}


def to_data(plan: Plan) -> dict[str, Any]:
    """The plan as lists, dicts, text and numbers, for JSON."""
    return {
        "format": FORMAT,
        "cues": _lists(plan.cues),
        "rules": [[_lists(getattr(rule, name)) for name in names_of(type(rule))] for rule in plan.rules],
        "topics": _lists(plan.topics),
        "contents": _lists(plan.contents),
        "contexts": _lists(plan.contexts),
        "actions": list(plan.actions),
        "instruments": _lists(tuple(plan.instruments.values())),
    }


def from_data(data: Mapping[str, Any]) -> Plan:
    """The plan that `to_data` wrote; ValueError where another version did."""
    if data.get("format") != FORMAT:
        raise ValueError(f"plan of format {data.get('format')!r}, expected {FORMAT}")
    return Plan(
        tuple([_cue(row) for row in data["cues"]]),
        tuple([_rule(row) for row in data["rules"]]),
        tuple([Topic(*_tuples(row)) for row in data["topics"]]),
        tuple([Topic(*_tuples(row)) for row in data["contents"]]),
        tuple([Context(*_tuples(row)) for row in data["contexts"]]),
        tuple(data["actions"]),
        {row[0]: Instrument(*row) for row in data["instruments"]},
    )


def _cue(row: list[Any]) -> Cue:
    values: list[Any] = list(_tuples(row))
    values[-1] = tuple([Gate(*gate) for gate in values[-1]])
    return Cue(*values)


def _rule(row: list[Any]) -> Rule:
    values: list[Any] = list(_tuples(row))
    values[12], values[13] = When(*values[12]), Match(*values[13])
    kind = values[1]
    if kind == "require":
        values[16] = tuple([Weak(*weak) for weak in values[16]])
        values[18] = Where(*values[18])
    elif kind == "sequence":
        values[14] = tuple([Step(*step) for step in values[14]])
    return _KINDS[kind](*values)


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def _tuples(row: list[Any]) -> tuple[Any, ...]:
    return tuple([_tuples(item) if item.__class__ is list else item for item in row])
