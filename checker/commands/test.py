"""`checker test`: the examples of packs, or figures against labelled articles."""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from pathlib import Path

from checker.commands.options import add_rule_options, configured
from checker.errors import CheckerError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="packs to test: files or folders (default: the shipped ones and the config's)"
    )
    add_rule_options(parser)
    parser.add_argument(
        "--labels", nargs=2, metavar=("FILE", "DIR"), type=Path, help="score against labelled articles in DIR instead / 按标注文章打分"
    )
    parser.add_argument("--by", choices=("lang", "site"), help="with --labels: a table for each language or site")
    parser.add_argument(
        "--map", metavar="TSV", type=Path, help="with --by site: file name and site in two columns, where labels name no site"
    )
    parser.add_argument("--errors", action="store_true", help="with --labels: list each miss and false alarm with its line")


def run(args: argparse.Namespace) -> int:
    return _labels(args) if args.labels else _examples(args)


def _examples(args: argparse.Namespace) -> int:
    """Exit code 1 when an example does not hold; warnings alone are 0."""
    from checker.examples import run_examples
    from checker.packs import load, shipped_rules

    config = configured(args, Path.cwd())
    named = [Path(name) for name in args.packs]
    own = [*config.packs, *(path for path in named if path not in config.packs)]
    shipped = shipped_rules()
    packs = load([shipped, *(path for path in own if not path.resolve().is_relative_to(shipped.resolve()))])
    inside = [path.resolve() for path in named]
    wanted = [rule.id for rule in packs.rules if not named or any(Path(rule.file.path).resolve().is_relative_to(p) for p in inside)]
    results = run_examples(packs, wanted)
    for result in results:
        if result.message or result.warning:
            print(f"{result}{'' if result.message else ' (warning)'}")
    failed = sum(not result.passed for result in results)
    count = len(results)
    print(f"{count} examples, {failed} failed" if config.lang == "en" else f"{count} 个例子，{failed} 个未通过")
    return 1 if failed else 0


def _labels(args: argparse.Namespace) -> int:
    """Always 0 when everything could be checked: figures are no verdict."""
    from datetime import date

    from checker.engine import Engine, File, Settings
    from checker.plans import plan_for
    from checker.pool import guarded
    from checker.read import read
    from checker.score import Reported, read_labels, reported, score, table
    from checker.violation import Failure

    labels_path, folder = args.labels
    labels = read_labels(labels_path)
    sites = _sites(args.map) if args.map else {}
    config = configured(args, folder)
    planned = plan_for(config)
    engine = Engine(planned.plan, Settings(lang=config.lang, site=config.site, names=planned.names, today=date.today().isoformat()))
    reports: dict[str, Reported] = {}
    texts: dict[str, list[str]] = {}
    for doc in labels:
        path = folder / doc
        source = read(str(path), config.encoding_of(os.path.relpath(path, config.path.parent if config.path else folder)))
        if isinstance(source, Failure):
            raise CheckerError(f"cannot be scored: {source.message} / 无法打分", str(path))
        checked = guarded(engine, File(str(path)), source)
        if checked.failures:
            raise CheckerError(f"cannot be scored: {checked.failures[0].message} / 无法打分", str(path))
        reports[doc] = reported(checked, source.text)
        texts[doc] = source.text.split("\n")
    groups: dict[str, list[str]] = defaultdict(list)
    for doc, article in labels.items():
        key = "" if not args.by else article.lang if args.by == "lang" else article.site or sites.get(doc, "?")
        groups[key].append(doc)
    for key in sorted(groups):
        if key:
            print(f"== {key} ({len(groups[key])} articles)")
        figures = score((labels[doc] for doc in groups[key]), reports)
        print(table(figures), end="")
        if args.errors:
            for m in figures.mistakes:
                lines = texts[m.doc]
                text = lines[m.line - 1].strip()[:140] if 0 < m.line <= len(lines) else ""
                sys.stdout.write(f"{m.kind}\t{m.label}\t{m.doc}:{m.line}\t{m.rule}\t{text}\n")
    return 0


def _sites(path: Path) -> dict[str, str]:
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        raise CheckerError(f"the map cannot be read: {error.strerror}", str(path)) from error
    return {row[0]: row[1] for row in rows if len(row) > 1}
