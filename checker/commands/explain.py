"""`checker explain RULE`: what it forbids or requires, why, on what basis, with its examples, and whether it would run."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from checker.commands.configs import suppression_levels
from checker.commands.options import add_colour_option, add_profile_option, add_rule_options, coloured, configured
from checker.config import Config
from checker.errors import CheckerError, nearest
from checker.formats.concise import printable
from checker.packs import ExampleText, Packs, RuleEntry, load, shipped_rules
from checker.place import without_values
from checker.plans import plan_for
from checker.rule import Instrument, in_language
from checker.suppress import DEFAULT_LEVEL, RULES
from checker.violation import SUPPRESSION_RULES

_MARKED = re.compile("⟦([^⟧]+)⟧")
_REPORTED = "4;31"  # underlined and red


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="RULE", help="a rule id, e.g. crypto/invite-code / 规则名")
    add_rule_options(parser)
    add_profile_option(parser)
    add_colour_option(parser)


def run(args: argparse.Namespace) -> int:
    config = configured(args, Path.cwd())
    if args.rule in SUPPRESSION_RULES:
        print(f"{args.rule}  {dict(suppression_levels(config)).get(args.rule, DEFAULT_LEVEL) or 'off'}  suppression")
        print(without_values(in_language(RULES[args.rule], config.lang).replace("{name}", "…")))
        return 0
    packs = load([shipped_rules(), *config.packs], cues=False)
    rule = next((rule for rule in packs.rules if rule.id == args.rule), None)
    if rule is None:
        near = nearest(args.rule, [*(r.id for r in packs.rules), *SUPPRESSION_RULES])
        hint = f"; did you mean {near}? / 是否想写 {near}？" if near else "; `checker rules` lists them / 可用 `checker rules` 列出"
        raise CheckerError(f"unknown rule / 未知规则 {args.rule!r}{hint}")
    print("\n".join(_explained(rule, packs, config, colour=coloured(args))))
    return 0


def _explained(rule: RuleEntry, packs: Packs, config: Config, *, colour: bool) -> Iterator[str]:
    zh = config.lang == "zh"
    running = {rule.id: rule.severity for rule in plan_for(config).plan.rules}
    yield f"{rule.id}  {running.get(rule.id, rule.severity)}  {rule.category}  ({rule.kind})"
    yield without_values(in_language(rule.text("message"), config.lang))
    if rule.id not in running:
        yield f"规则集 {config.profile} 下不运行" if zh else f"does not run with profile {config.profile} and this config"
    if why := in_language(rule.text("why"), config.lang):
        yield f"\n{'为什么' if zh else 'Why'}: {why}"
    yield f"\n{'依据' if zh else 'Basis'}:"
    for key in rule.basis:
        yield from _instrument(packs.instruments[key], packs, config.lang)
    if not rule.basis:
        yield f"  {'网站规范（非法律要求）' if zh else 'site policy (not a legal duty)'}"
    for name, examples in (("✗ " + ("会报告" if zh else "reported"), rule.bad), ("✓ " + ("不报告" if zh else "left alone"), rule.good)):
        yield f"\n{name}:"
        for example in examples:
            yield from _example(example, colour=colour)


def _instrument(instrument: Instrument, packs: Packs, lang: str) -> Iterator[str]:
    """Its title, number and issuer; then, a line each, since when it holds, whom it binds, how sure this is, where it stands."""
    zh = lang == "zh"
    parts = [in_language(instrument.title, lang), instrument.number, in_language(instrument.issuer, lang)]
    yield "  " + " · ".join(part for part in parts if part)
    dates = [f"{'自' if zh else 'in force since '}{instrument.in_force}{'起施行' if zh else ''}"] if instrument.in_force else []
    if instrument.repealed or instrument.repealed_by:
        other = packs.instruments.get(instrument.repealed_by)
        by = in_language(other.title, lang) if other else ""
        if zh:
            dates.append(f"{instrument.repealed and f'{instrument.repealed} '}{f'被《{by}》' if by else ''}废止")
        else:
            dates.append(f"repealed{instrument.repealed and f' on {instrument.repealed}'}{by and f' by “{by}”'}")
    dates += [f"{'核对于 ' if zh else 'checked '}{instrument.checked}"] if instrument.checked else []
    if dates:
        yield "    " + ("；" if zh else "; ").join(dates)
    if instrument.binds:
        yield f"    {'约束对象' if zh else 'binds'}: {in_language(instrument.binds, lang)}"
    if instrument.certainty == "R":
        yield f"    {'据公开报道，未核对原文' if zh else 'as reported; the original text was not compared'}"
    if instrument.url:
        yield f"    {instrument.url}"


def _example(example: ExampleText, *, colour: bool) -> Iterator[str]:
    """The lines of an example below a dash; in colour, what is reported is underlined instead of marked."""
    text = example.text.strip()
    if colour:
        text = _MARKED.sub(lambda marked: "\n".join(f"⟦{line}⟧" if line else "" for line in marked[1].split("\n")), text)
    for number, line in enumerate(text.split("\n")):
        shown = printable(line.removesuffix("\r"))
        if colour:
            shown = _MARKED.sub(lambda marked: _painted(marked[1], _REPORTED), shown)
        yield ("  - " if number == 0 else "    ") + shown if shown else ""


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
