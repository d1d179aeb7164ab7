"""`checker baseline write|prune [PATH…]`: accept the findings there are, or drop entries of findings that are gone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from checker.baseline import NAME, Baseline, Entry, entries_of, read_baseline, render
from checker.commands.checks import Checks, add_article_options, add_jobs_option, note
from checker.commands.configs import not_run
from checker.commands.options import add_baseline_option, add_rule_options, add_selection_options
from checker.commands.writing import written
from checker.config import Config
from checker.formats.concise import failure_line, printable

_ACTIONS = {
    "write": "accept all findings there are in these articles / 接受这些文章的现有问题",
    "prune": "only drop entries of findings that are gone / 只删除已消失的条目",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", help="what to do / 操作")
    for name, summary in _ACTIONS.items():
        action = actions.add_parser(name, help=summary, description=summary)
        add_article_options(action)
        add_baseline_option(action)
        add_rule_options(action)
        add_selection_options(action)
        add_jobs_option(action)


def run(args: argparse.Namespace) -> int:
    """Exit code 2 where an article could not be checked (its entries stay as they are), else 0."""
    checks = Checks(args)
    usual = checks.usual
    unnamed = (usual.path.parent if usual.path else Path()) / NAME
    baselines: dict[Path, Baseline] = {}
    found: dict[Path, set[Entry]] = {}
    failed = False
    for path in dict.fromkeys(_path(config, unnamed) for config in [usual, *(config for config, _ in checks.files)]):
        if args.action == "prune" or path.exists():
            baselines[path] = read_baseline(path)
        else:
            baselines[path] = Baseline(path.parent, ())
        found[path] = set()
    for config, checked in checks.results():
        path = _path(config, unnamed)
        baselines[path].apply(checked, not_run(checks.configs.planned(config)))
        found[path] |= entries_of(checked, path.parent)
        for failure in checked.failures:
            failed = True
            print(failure_line(failure), file=sys.stderr)
    for path, baseline in baselines.items():
        kept = baseline.kept(baseline.stale(checks.folders()))
        entries = kept | found[path] if args.action == "write" else kept
        with written(path, what=("the baseline ", "基线文件")) as file:
            file.write(render(entries).encode())
        if not args.quiet:
            _tell(path, entries, baseline.entries, usual)
    return 2 if failed else 0


def _path(config: Config, unnamed: Path) -> Path:
    return config.baseline or unnamed


def _tell(path: Path, entries: set[Entry], before: frozenset[Entry], config: Config) -> None:
    added, dropped, name = len(entries - before), len(before - entries), printable(str(path))
    zh = config.lang == "zh"
    print(
        f"{name}：共 {len(entries)} 条（新增 {added}，删除 {dropped}）"
        if zh
        else f"{name}: {len(entries)} entries ({added} added, {dropped} dropped)"
    )
    if config.baseline is None:
        note(
            f"在 .checker.yaml 中写 baseline: {path.name}，check 才会使用"
            if zh
            else f"write `baseline: {path.name}` in .checker.yaml for `check` to use it"
        )
