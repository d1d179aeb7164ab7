"""`checker rules`: the rules that would run, one line each, or as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from checker.commands.options import add_rule_options, add_selection_options, configured
from checker.place import without_values
from checker.plans import plan_for
from checker.rule import in_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_rule_options(parser)
    add_selection_options(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="one line per rule, or JSON / 输出格式")


def run(args: argparse.Namespace) -> int:
    config = configured(args, Path.cwd())
    rules = sorted(plan_for(config).plan.rules, key=lambda rule: rule.id)
    if args.format == "json":
        listed = [
            {
                "id": rule.id,
                "kind": rule.kind,
                "category": rule.category,
                "severity": rule.severity,
                "message": in_language(rule.messages[""], config.lang),
                "basis": list(rule.basis),
                "jurisdictions": list(rule.jurisdictions),
            }
            for rule in rules
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
        return 0
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        message = without_values(in_language(rule.messages[""], config.lang))
        print(f"{rule.id:<{width}}  {rule.severity:<7}  {rule.category:<13}  {message}")
    print(f"{len(rules)} rules" if config.lang == "en" else f"共 {len(rules)} 条规则")
    return 0
