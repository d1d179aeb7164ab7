"""Plans survive being kept, and a kept plan is read without pydantic."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.plan_data import FORMAT, from_rows, to_rows
from checker.rows import joined, parted
from checker.rule import (
    Consistent,
    Context,
    Cue,
    Forbid,
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
from checker.values import replace

_SHARED = (
    "advice",
    "error",
    {"": {"zh": "“{match}”", "en": "x"}, "weak.0": {"zh": "弱"}},
    {"zh": "因为"},
    ("law",),
    ("cn",),
    "p",
    ("title",),
    (1,),
)


def made(cls: Callable[..., Rule], *own: object) -> Rule:
    """A rule with something in every key that all kinds share, and with its own."""
    kind = getattr(cls, "__name__", "").lower()
    when = When(topic=("crypto",), front_matter=(("a", "=b"), ("c", "~x")), matches=(0,), found=("advice",), since="2026-02-06")
    match = Match((0, 1), (1,), (0,), ((0, 1.5),), 2.0, "block", 4, True, "1")
    return cls(f"a/{kind}", kind, *_SHARED, ("negated",), when, match, *own)


RULES: tuple[Rule, ...] = (
    made(Forbid, "\\1"),
    made(Forbid),
    made(Require, "source", (0,), (Weak((0, 1), "weak.0"),), (1,), Where(0, 0.3, True), (("zh", ("一", "二")),), False),
    made(Limit, 3, 1, "characters"),
    made(Consistent, (0, 1)),
    made(Metadata, "date", True, "date", ("a",), "x"),
    made(Repetition, "line", 8),
    made(Numbering, ("han",), ("gap",)),
    made(Sequence, (Step(("请",), ("v",), 1, 2, True), Step())),
)
PLAN = Plan(
    (Cue("coin", ("币",), ("a", "b"), (("a",), ()), "visible", ("url",), (1,), True, False), Cue(terms=("x",))),
    RULES,
    (Topic("crypto", ((0, 2.0), (1, -1.0)), 3.0, 1.5),),
    (Topic("marketing", ((1, 1.0),), 1.0),),
    (Context("negated", (0,), (1,), (0, 1), True, True),),
    (0,),
    {"law": Instrument("law", {"zh": "法"}, "1号", {}, "2020-01-01", "", "", {"en": "all"}, "", "T", "")},
)


def test_every_kind_survives_json() -> None:
    plan = from_rows(parted(joined(to_rows(PLAN))))
    assert replace(plan, cues=tuple(plan.cues), rules=tuple(plan.rules)) == PLAN
    assert [type(rule) for rule in plan.rules] == [type(rule) for rule in RULES]


def test_what_is_read_is_hashable_where_it_was() -> None:
    plan = from_rows(parted(joined(to_rows(PLAN))))
    assert hash(tuple(plan.cues)) == hash(PLAN.cues)
    assert [hash((rule.when, rule.match, rule.scopes)) for rule in plan.rules] == [
        hash((rule.when, rule.match, rule.scopes)) for rule in RULES
    ]


def test_a_plan_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match=f"plan of format 0, expected {FORMAT}"):
        from_rows({**parted(joined(to_rows(PLAN))), "plan": [b"[0]"]})


def test_lines_that_were_cut_off_are_refused() -> None:
    with pytest.raises(ValueError, match="4 lines, expected 14"):
        parted(b"\n".join(joined(to_rows(PLAN)).split(b"\n")[:4]))


def test_a_kept_plan_and_a_config_are_read_without_pydantic_or_yaml() -> None:
    code = "import sys, checker.plan_data, checker.config; print(*sorted({'pydantic', 'yaml', 'regex'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
