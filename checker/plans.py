"""Config → plan: which packs, compiled how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.config import Config
from checker.rule import Plan

if TYPE_CHECKING:
    from checker.packs import Packs


@dataclass(frozen=True)
class Planned:
    """A plan, and what it assumed. names: every rule id there is, selected or not: a suppression may name any of them."""

    plan: Plan
    profile: str
    jurisdictions: tuple[str, ...]
    names: frozenset[str]


def packs_of(config: Config) -> Packs:
    """The shipped packs and those that the config adds; CheckerErrors with everything that is wrong in them."""
    from checker.packs import load, shipped_rules

    return load([shipped_rules(), *config.packs])


def plan_for(config: Config) -> Planned:
    """The plan of the rules that a config chooses."""
    from checker.compile import compile_plan, jurisdictions_of

    packs = packs_of(config)
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


def profiles() -> tuple[str, ...]:
    """Names of the shipped profiles, the default one first."""
    from checker.packs import shipped_rules

    names = sorted(path.stem for path in (shipped_rules() / "profiles").glob("*.yaml"))
    return tuple(sorted(names, key=lambda name: name != Config().profile))
