"""A plan as plain data and back: what the wheel and the cache keep. No pydantic, no YAML: every run comes through here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Sequence as Seq
from typing import Any

from checker.rows import Rows
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

FORMAT = 6
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


def to_rows(plan: Plan) -> dict[str, Seq[Any]]:
    """The plan as lists of rows of lists, dicts, text and numbers, for JSON."""
    return {
        "plan": [[FORMAT, _lists(plan.topics), _lists(plan.contents), _lists(plan.contexts), list(plan.actions)]],
        "cues": [_lists(cue) for cue in plan.cues],
        "rules": [[_lists(getattr(rule, name)) for name in names_of(type(rule))] for rule in plan.rules],
        "instruments": [_lists(instrument) for instrument in plan.instruments.values()],
    }


def from_rows(rows: Mapping[str, list[bytes]]) -> Plan:
    """The plan that `to_rows` wrote, its cues and rules read when they are asked for; ValueError where another version did."""
    format, *parts = json.loads(rows["plan"][0])
    if format != FORMAT:
        raise ValueError(f"plan of format {format!r}, expected {FORMAT}")
    topics, contents, contexts, actions = parts
    return Plan(
        Rows(rows["cues"], _cue),
        Rows(rows["rules"], _rule),
        tuple([Topic(*_tuples(row)) for row in topics]),
        tuple([Topic(*_tuples(row)) for row in contents]),
        tuple([Context(*_tuples(row)) for row in contexts]),
        tuple(actions),
        {row[0]: Instrument(*row) for row in map(json.loads, rows["instruments"])},
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
