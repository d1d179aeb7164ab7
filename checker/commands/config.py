"""`checker config [PATH]`: what holds for an article, and what says so."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from checker.commands.configs import Configs
from checker.commands.options import add_rule_options, add_selection_options
from checker.config import Config
from checker.values import names_of

_FOUND = ("path", "applied", "origins", "places", "files", "extended")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="an article or a folder (default: .) / 文章或文件夹")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="a line per key, or JSON / 输出格式")
    add_rule_options(parser)
    add_selection_options(parser)


def run(args: argparse.Namespace) -> int:
    configs = Configs(args)
    path = Path(args.path)
    config = configs.at(path) if path.is_dir() else configs.of(args.path)
    configs.planned(config)  # a name that is none is an error here too
    values = {name: (_plain(getattr(config, name)), _origin(name, config, args)) for name in names_of(Config) if name not in _FOUND}
    if args.format == "json":
        print(
            json.dumps({name: {"value": value, "from": origin} for name, (value, origin) in values.items()}, ensure_ascii=False, indent=1)
        )
        return 0
    width = max(map(len, values))
    for name, (value, origin) in values.items():
        print(f"{name:<{width}}  {json.dumps(value, ensure_ascii=False)}  # {origin}")
    return 0


def _origin(name: str, config: Config, args: argparse.Namespace) -> str:
    """Where a value comes from: files with lines, the command line, what was found, or nowhere."""
    told = [config.origins[name]] if name in config.origins else []
    if getattr(args, "rules" if name == "packs" else name, None):
        told.append(f"--{'rules' if name == 'packs' else name.replace('_', '-')}")
    for number, override in enumerate(config.overrides, 1):
        if any(changed == name for changed, _ in override.changes) and override in config.applied:
            told.append(f"overrides[{number}]")
    if name == "site" and not told:
        return "found in the folder / 由文件夹判断"
    return ", ".join(told) or "default / 默认"


def _plain(value: Any) -> Any:
    """As JSON: pairs as mappings, paths as text."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple):
        if value and all(isinstance(item, tuple) and len(item) == 2 for item in value):
            return {key: _plain(item) for key, item in value}
        return [_plain(item) for item in value]
    if hasattr(value, "changes"):
        return {"files": list(value.files), **{name: _plain(item) for name, item in value.changes}}
    return value
