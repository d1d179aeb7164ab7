"""Options that several commands share, and what they make of the config: a plan, settings, a run."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from checker.config import Config, Where, as_it_is, find, load
from checker.errors import CheckerError
from checker.formats.run import Run
from checker.kept_config import config_at
from checker.plans import Planned
from checker.values import replace
from checker.violation import SEVERITIES


def add_rule_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", type=Path, help="use this config instead of the nearest .checker.yaml / 指定配置文件")
    parser.add_argument(
        "--rules", metavar="PATH", action="append", default=[], type=Path, help="add own packs: a file or a folder / 追加自有规则包"
    )
    parser.add_argument("--lang", choices=("zh", "en"), help="language of messages / 消息语言")


def add_baseline_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--baseline", metavar="FILE", type=Path, help="the file of accepted findings (default: as the config says) / 基线文件"
    )


def add_profile_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", metavar="NAME", help="rule profile, e.g. cn-media (default), cn-strict, quality-only / 规则集")


def add_selection_options(parser: argparse.ArgumentParser) -> None:
    add_profile_option(parser)
    names = "rules, packs or categories: commas between them, or the option again"
    parser.add_argument("--select", metavar="NAMES", action="append", default=[], help=f"only these {names} / 只用")
    parser.add_argument("--ignore", metavar="NAMES", action="append", default=[], help=f"not these {names} / 不用")


def add_colour_option(parser: argparse.ArgumentParser, of: str = "") -> None:
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help=f"{of}auto: on a terminal without NO_COLOR / 颜色"
    )


def coloured(args: argparse.Namespace) -> bool:
    """Whether standard output takes colours."""
    return args.color == "always" or (args.color == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def _names(values: list[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def configured(args: argparse.Namespace, start: Path) -> Config:
    """The config that holds for an article or folder at `start`, with the options of the command line laid over it."""
    return told(args, args.config or find(start))


def told(args: argparse.Namespace, path: Path | None, where: Where = as_it_is) -> Config:
    """The config in a file, with the options of the command line laid over it. where: what is read in place of a path."""
    if args.config and path and not path.is_file():
        raise CheckerError("no such config file / 配置文件不存在", str(path))
    config = Config() if path is None else config_at(path) if where is as_it_is else load(path, where)
    changes: dict[str, object] = {}
    for name in ("profile", "lang", "fail_on"):
        if getattr(args, name, None):
            changes[name] = getattr(args, name)
    if args.rules:
        changes["packs"] = (*config.packs, *map(where, args.rules))
    if select := _names(getattr(args, "select", [])):
        changes["select"] = select
    if ignore := _names(getattr(args, "ignore", [])):
        changes["ignore"] = (*config.ignore, *ignore)
    if getattr(args, "baseline", None):
        changes["baseline"] = where(args.baseline)
    elif getattr(args, "no_baseline", False):
        changes["baseline"] = None
    return replace(config, **changes) if changes else config


def run_of(plans: Sequence[Planned], config: Config, *, facts: bool = False, colour: bool = False) -> Run:
    """What a report says of the run: of all plans, where articles have configs of their own."""
    return Run(
        tuple({rule.id: rule for planned in plans for rule in planned.plan.rules}.values()),
        {key: instrument for planned in plans for key, instrument in planned.plan.instruments.items()},
        ", ".join(dict.fromkeys(planned.profile for planned in plans)),
        tuple(dict.fromkeys(place for planned in plans for place in planned.jurisdictions)),
        config.lang,
        facts,
        colour,
    )


def at_or_above(severity: str, fail_on: str) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(fail_on)
