"""Options that several commands share, and what they make of the config: a plan, settings, a run."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from checker.config import Config, find, load
from checker.errors import CheckerError
from checker.formats.run import Run
from checker.plans import Planned, plan_for
from checker.violation import SEVERITIES


def add_rule_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", type=Path, help="use this config instead of the nearest .checker.yaml / 指定配置文件")
    parser.add_argument("--profile", metavar="NAME", help="rule profile, e.g. cn-media (default), cn-strict, quality-only / 规则集")
    parser.add_argument(
        "--rules", metavar="PATH", action="append", default=[], type=Path, help="add own packs: a file or a folder / 追加自有规则包"
    )
    parser.add_argument(
        "--select", metavar="NAMES", action="append", default=[], help="only these rules, packs or categories (comma-separated)"
    )
    parser.add_argument(
        "--ignore", metavar="NAMES", action="append", default=[], help="not these rules, packs or categories (comma-separated)"
    )
    parser.add_argument("--lang", choices=("zh", "en"), help="language of messages / 消息语言")


def _names(values: list[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def configured(args: argparse.Namespace, start: Path) -> Config:
    """The config that holds for an article or folder at `start`, with the options of the command line laid over it."""
    path = args.config or find(start)
    if args.config and not args.config.is_file():
        raise CheckerError("no such config file / 配置文件不存在", str(args.config))
    config = load(path) if path else Config()
    changes: dict[str, object] = {}
    for name in ("profile", "lang", "fail_on"):
        if getattr(args, name, None):
            changes[name] = getattr(args, name)
    if args.rules:
        changes["packs"] = (*config.packs, *args.rules)
    if args.select:
        changes["select"] = _names(args.select)
    if args.ignore:
        changes["ignore"] = (*config.ignore, *_names(args.ignore))
    return replace(config, **changes) if changes else config  # type: ignore[arg-type]


def planned(config: Config) -> Planned:
    return plan_for(config)


def run_of(planned: Planned, config: Config, *, facts: bool = False, colour: bool = False) -> Run:
    plan = planned.plan
    return Run(plan.rules, plan.instruments, planned.profile, planned.jurisdictions, config.lang, facts, colour)


def at_or_above(severity: str, fail_on: str) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(fail_on)
