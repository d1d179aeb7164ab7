"""`checker schema packs|config`: JSON Schema for editors (VS Code's YAML extension reads it)."""

from __future__ import annotations

import argparse
import json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("packs", "config"), help="rule packs, or .checker.yaml")


def run(args: argparse.Namespace) -> int:
    from checker.schema import config_schema, pack_schema

    print(json.dumps(pack_schema() if args.what == "packs" else config_schema(), ensure_ascii=False, indent=2))
    return 0
