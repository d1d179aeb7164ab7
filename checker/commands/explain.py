"""`checker explain RULE`: what it forbids or requires, why, on what basis, with its examples, and whether it would run."""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path

from checker.commands.configs import suppression_levels
from checker.commands.options import add_profile_option, add_rule_options, configured
from checker.errors import CheckerError
from checker.place import without_values
from checker.plans import packs_of, plan_for
from checker.rule import in_language
from checker.suppress import DEFAULT_LEVEL, RULES
from checker.violation import SUPPRESSION_RULES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="RULE", help="a rule id, e.g. crypto/exchange-funnel")
    add_rule_options(parser)
    add_profile_option(parser)


def run(args: argparse.Namespace) -> int:
    config = configured(args, Path.cwd())
    zh = config.lang == "zh"
    if args.rule in SUPPRESSION_RULES:
        print(f"{args.rule}  {dict(suppression_levels(config)).get(args.rule, DEFAULT_LEVEL) or 'off'}  suppression")
        print(without_values(in_language(RULES[args.rule], config.lang).replace("{name}", "…")))
        return 0
    packs = packs_of(config)
    rule = next((rule for rule in packs.rules if rule.id == args.rule), None)
    if rule is None:
        near = difflib.get_close_matches(args.rule, [*(r.id for r in packs.rules), *SUPPRESSION_RULES], 1)
        hint = f"; did you mean {near[0]}? / 是否想写 {near[0]}？" if near else "; `checker rules` lists them / 可用 `checker rules` 列出"
        raise CheckerError(f"unknown rule / 未知规则 {args.rule!r}{hint}")
    running = {rule.id: rule.severity for rule in plan_for(config).plan.rules}
    print(f"{rule.id}  {running.get(rule.id, rule.severity)}  {rule.category}  ({rule.kind})")
    print(without_values(in_language(rule.text("message"), config.lang)))
    if rule.id not in running:
        print(f"规则集 {config.profile} 下不运行" if zh else f"does not run with profile {config.profile} and this config")
    why = in_language(rule.text("why"), config.lang)
    if why:
        print(f"\n{'为什么' if zh else 'Why'}: {why}")
    print(f"\n{'依据' if zh else 'Basis'}:")
    for key in rule.basis:
        instrument = packs.instruments[key]
        parts = [in_language(instrument.title, config.lang), instrument.number, in_language(instrument.issuer, config.lang)]
        print("  " + " · ".join(part for part in parts if part))
        if instrument.binds:
            print(f"    {'约束对象' if zh else 'binds'}: {in_language(instrument.binds, config.lang)}")
        if instrument.certainty == "R":
            print(f"    {'据公开报道，未核对原文' if zh else 'as reported; the original text was not compared'}")
        if instrument.url:
            print(f"    {instrument.url}")
    if not rule.basis:
        print(f"  {'网站规范（非法律要求）' if zh else 'site policy (not a legal duty)'}")
    for name, examples in (("✗ " + ("会报告" if zh else "reported"), rule.bad), ("✓ " + ("不报告" if zh else "left alone"), rule.good)):
        print(f"\n{name}:")
        for example in examples:
            print("  - " + example.text.strip().replace("\n", "\n    "))
    return 0
