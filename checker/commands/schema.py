"""`checker schema packs|profiles|config`: JSON Schema for editors (VS Code's YAML extension reads it)."""

from __future__ import annotations

import argparse
import json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("packs", "profiles", "config"), help="rule packs, profiles of packs, or .checker.yaml")


def run(args: argparse.Namespace) -> int:
    from checker.schema import config_schema, pack_schema, profile_schema

    schema = {"packs": pack_schema, "profiles": profile_schema, "config": config_schema}[args.what]()
    print(json.dumps(schema, ensure_ascii=False, indent=2))
    return 0
