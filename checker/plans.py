"""Config → plan: as it came with the program, as it was kept, or compiled from packs."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from checker import cache, scan
from checker.config import Config
from checker.errors import CheckerError, CheckerErrors, did_you_mean
from checker.packfiles import pack_files, shipped_plan, shipped_rules
from checker.plan_data import from_rows, to_rows
from checker.rows import joined, parted
from checker.rule import Plan, Require
from checker.values import frozen, replace

if TYPE_CHECKING:
    from checker.packs import Packs


@frozen
class Planned:
    """A plan, and what it assumed. names: every rule id there is, selected or not: a suppression may name any of them.
    index: of the plan, where it was kept with it."""

    plan: Plan
    profile: str
    jurisdictions: tuple[str, ...]
    names: frozenset[str]
    index: scan.Index | None = None


def packs_of(config: Config) -> Packs:
    """The shipped packs and those that the config adds; CheckerErrors with everything that is wrong in them."""
    from checker.packs import load

    return load([shipped_rules(), *config.packs])


def plan_for(config: Config, *, keep: bool = True) -> Planned:
    """The plan of the rules that a config chooses; CheckerErrors with everything that is wrong in packs and choice. keep: for the next
    run, which finds the packs at the same place."""
    if not (config.packs or config.select or config.ignore or config.severity or config.publisher):
        shipped = shipped_plan(config.profile)
        if shipped is not None:
            return from_bytes(shipped)
    return (_kept(config) if keep else None) or _made(config, keep=keep)


def with_texts(planned: Planned, config: Config) -> Planned:
    """The plan with the wordings that the config gives for required statements; CheckerErrors for names of no such rule."""
    if not config.texts:
        return planned
    texts = dict(config.texts)
    required = {rule.id for rule in planned.plan.rules if isinstance(rule, Require)}
    errors = []
    for name in texts:
        if name not in planned.names:
            errors.append(CheckerError(f"unknown rule `{name}`{did_you_mean(name, required)}", *config.places.get(("texts", name), ())))
        elif name not in required and any(rule.id == name for rule in planned.plan.rules):
            message = f"`{name}` requires no statement: it takes no text{did_you_mean(name, required)}"
            errors.append(CheckerError(message, *config.places.get(("texts", name), ())))
    if errors:
        raise CheckerErrors(errors)
    rules = tuple(
        replace(rule, texts=texts[rule.id]) if isinstance(rule, Require) and rule.id in texts else rule for rule in planned.plan.rules
    )
    return replace(planned, plan=replace(planned.plan, rules=rules))


def compiled(packs: Packs, config: Config) -> Planned:
    """The plan of the rules of these packs that a config chooses; CheckerErrors with everything that is wrong in the choice."""
    from checker.compile import compile_plan, jurisdictions_of

    plan = compile_plan(
        packs,
        profile=config.profile,
        select=config.select,
        ignore=config.ignore,
        severity=config.severity,
        publisher=config.publisher,
        places=config.places,
    )
    return Planned(plan, config.profile, jurisdictions_of(packs, config.profile), frozenset(rule.id for rule in packs.rules))


def _made(config: Config, *, keep: bool) -> Planned:
    packs = packs_of(config)
    planned = compiled(packs, config)
    if keep:
        cache.remember(_name(config), _listed(config), [os.path.abspath(file) for file in packs.files], to_bytes(planned))
    return planned


def _kept(config: Config) -> Planned | None:
    """The plan from an earlier run, unless a pack was changed, added or taken away."""
    packs, lines = cache.recall_with_lines(_name(config))
    try:
        return from_bytes(lines) if packs is not None and packs == _listed(config) else None
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _name(config: Config) -> str:
    """Whatever the packs hold: a changed pack takes the place of what it was."""
    chosen = (config.profile, config.publisher, config.select, config.ignore, config.severity)
    return cache.key("plan", repr(chosen), *map(os.path.abspath, (shipped_rules(), *config.packs)))


def _listed(config: Config) -> list[str] | None:
    errors: list[CheckerError] = []
    files = [f"{pack}:{os.path.abspath(file)}" for file, pack in pack_files([shipped_rules(), *config.packs], errors)]
    return None if errors else files


def to_bytes(planned: Planned) -> bytes:
    """As lines of plain data, with the index of the plan."""
    assumed = [planned.profile, planned.jurisdictions, sorted(planned.names)]
    return joined({"planned": [assumed], **to_rows(planned.plan), **scan.to_rows(planned.plan)})


def from_bytes(data: bytes) -> Planned:
    """What `to_bytes` wrote; LookupError, TypeError, ValueError or AttributeError where something else did."""
    rows = parted(data)
    profile, jurisdictions, names = json.loads(rows["planned"][0])
    return Planned(from_rows(rows), profile, tuple(jurisdictions), frozenset(names), scan.from_rows(rows))


def profiles() -> tuple[str, ...]:
    """Names of the shipped profiles, the default one first."""
    names = sorted(path.stem for path in (shipped_rules() / "profiles").glob("*.yaml"))
    return tuple(sorted(names, key=lambda name: name != Config().profile))
