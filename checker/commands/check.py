"""`checker check [PATH…]`: the main job."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from checker import cache
from checker.commands.checks import Checks, add_article_options, add_jobs_option, note
from checker.commands.configs import not_run
from checker.commands.options import (
    add_baseline_option,
    add_colour_option,
    add_rule_options,
    add_selection_options,
    at_or_above,
    coloured,
    run_of,
)
from checker.commands.output import write_reports
from checker.commands.progress import shown
from checker.config import Config
from checker.encodings import codecs_of
from checker.errors import CheckerError
from checker.formats import FORMATS
from checker.formats.concise import failure_line, printable
from checker.values import replace
from checker.violation import SEVERITIES, Checked

if TYPE_CHECKING:
    from checker.commands.fixing import Fixer
    from checker.commands.since import Since
    from checker.commands.stats import Stats
    from checker.formats.run import Added

SHOWN = 10  # stale entries


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_article_options(parser, "; - for standard input")
    add_rule_options(parser)
    add_selection_options(parser)
    parser.add_argument("--format", choices=tuple(FORMATS), help="report format / 报告格式 (default: text)")
    parser.add_argument(
        "--output",
        metavar="[FORMAT=]FILE",
        action="append",
        default=[],
        help="write the report there; repeat for several / 报告写入文件，可多次",
    )
    parser.add_argument("--fail-on", choices=SEVERITIES, help="lowest severity that makes the exit code 1 (default: error)")
    parser.add_argument("--stdin-filename", metavar="NAME", help="read standard input, named so in the report and for its format")
    parser.add_argument(
        "--facts",
        action="store_true",
        help="also show what was found: source, author, disclaimer … (text; JSON always has it) / 显示找到的来源、作者等",
    )
    parser.add_argument("--fix", action="store_true", help="repair what is sure: required statements, punctuation, leftovers / 自动修正")
    parser.add_argument("--unsafe-fixes", action="store_true", help="with --fix: replacements too, which an editor should read / 含替换")
    parser.add_argument("--diff", action="store_true", help="with --fix: write nothing, print the difference / 只显示差异，不改文件")
    add_baseline_option(parser)
    parser.add_argument("--no-baseline", action="store_true", help="also what the baseline accepts / 不使用基线")
    parser.add_argument(
        "--since",
        metavar="REF",
        help="only what changed since the merge base with this git revision: new findings of changed articles / 只检查相对该版本的改动",
    )
    parser.add_argument(
        "--policy-from",
        metavar="REF",
        help="config, packs, ignore files and baseline as this git revision has them, whatever the change does to them / 规则以该版本为准",
    )
    parser.add_argument(
        "--max-violations",
        metavar="N",
        type=int,
        default=0,
        help="exit code 1 only where more than N reach --fail-on (default: 0) / 超过 N 个才算不通过",
    )
    add_jobs_option(parser)
    parser.add_argument(
        "--stats", action="store_true", help="afterwards tell on standard error which rules and files took how long / 显示最慢的规则和文件"
    )
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep compiled packs / 不使用也不保留缓存")
    add_colour_option(parser, "of the text report; ")


def run(args: argparse.Namespace) -> int:
    """Exit code: 2 when anything could not be checked, else 1 when a violation reaches fail_on, else 0."""
    if args.jobs < 0:
        raise CheckerError("--jobs takes a number from 1 on, or 0 for one per processor / --jobs 须为 1 以上的数字，0 表示每个处理器一个")
    if args.max_violations < 0:
        raise CheckerError("--max-violations takes a number from 0 on / --max-violations 须为 0 以上的数字")
    codecs_of(args.encoding)
    if args.no_cache:
        os.environ[cache.OFF] = "1"  # also in the processes that are started
    if (args.stdin_filename is not None or "-" in args.paths) and args.paths not in (["-"], ["."]):
        raise CheckerError("standard input is checked by itself: name no other path / 检查标准输入时不能再给其他路径")
    if (args.diff or args.unsafe_fixes) and not args.fix:
        raise CheckerError("--diff and --unsafe-fixes go with --fix / --diff 与 --unsafe-fixes 须与 --fix 同用")
    if args.fix and (args.stdin_filename is not None or "-" in args.paths):
        raise CheckerError("--fix changes files: name some / --fix 修改文件，不能用于标准输入")
    checks = Checks(args)
    usual = checks.usual
    since = _since(args, checks)
    plans = checks.plans()
    if usual.path is None and not args.profile and not args.quiet:
        places = ", ".join(plans[0].jurisdictions) or "-"
        note(
            f"规则集 {usual.profile}（法域 {places}，默认）；可在 .checker.yaml 中用 profile: 更改"
            if usual.lang == "zh"
            else f"profile {usual.profile} (jurisdiction {places}) assumed; set profile: in .checker.yaml to change it"
        )
    if not args.quiet:
        _tell_not_used(checks)
    reads_along = sys.stdout.isatty() and (args.format is not None or not args.output)
    for config in dict.fromkeys([usual, *(config for config, _ in checks.files)]):
        checks.configs.baseline(config)  # one that cannot be read is known before the first article is
    outcome = _Outcome()
    filters = partial(_filtered, checks, since)
    fixer = _fixer(args, checks, filters)
    found = ((config, filters(config, checked)) for config, checked in checks.results())
    stats = _stats(args)
    checked = outcome.watched(fixer.results(found) if fixer else found)
    results = shown(stats.watched(checked) if stats else checked, len(checks.files), lang=usual.lang, quiet=args.quiet or reads_along)
    if fixer and args.diff:
        code = _diffs(results, fixer, args.quiet, usual.lang)
        _tell_stats(stats, usual.lang)
        return code
    run = replace(run_of(plans, usual, facts=args.facts, colour=coloured(args)), added=_added(checks))
    write_reports(results, run, args.format, args.output)
    if fixer and not args.quiet:
        fixer.tell(usual.lang)
    if not (args.quiet or args.policy_from):  # the baseline of another commit is not for this one to prune
        _tell_stale(checks)
    _tell_stats(stats, usual.lang)
    return 2 if outcome.failed else 1 if outcome.violations > args.max_violations else 0


def _fixer(args: argparse.Namespace, checks: Checks, filters: Callable[[Config, Checked], Checked]) -> Fixer | None:
    if not args.fix:
        return None
    from checker.commands.fixing import Fixer

    return Fixer(checks, filters, unsafe=args.unsafe_fixes, diff=args.diff)


def _since(args: argparse.Namespace, checks: Checks) -> Since | None:
    """With `--since`: articles that did not change are taken out."""
    if args.since is None:
        return None
    if checks.standard_input:
        raise CheckerError("--since compares files: it takes no standard input / --since 不能用于标准输入")
    from checker.commands.since import Since

    since = Since(args.since, checks.configs)
    since.changes(checks.first)  # what git cannot tell is known before the first article is
    checks.files = since.changed(checks.files)
    return since


def _added(checks: Checks) -> tuple[Added, ...]:
    """With `--policy-from`: suppressions that the change adds."""
    if checks.configs.policy is None or checks.standard_input:
        return ()
    from checker.commands.added import added

    return added(checks, checks.configs.policy)


def _diffs(results: Iterable[Checked], fixer: Fixer, quiet: bool, lang: str) -> int:
    """The differences alone on standard output, and failures as notes. Exit code 1 where there is something to fix."""
    failed = False
    for checked in results:
        for failure in checked.failures:
            failed = True
            print(failure_line(failure), file=sys.stderr)
    if not quiet:
        fixer.tell(lang)
    return 2 if failed else 1 if fixer.made else 0


def _stats(args: argparse.Namespace) -> Stats | None:
    if not args.stats:
        return None
    from checker.commands.stats import Stats

    return Stats()


def _tell_stats(stats: Stats | None, lang: str) -> None:
    for line in stats.lines(lang) if stats else ():
        print(printable(line), file=sys.stderr)


def _filtered(checks: Checks, since: Since | None, config: Config, checked: Checked) -> Checked:
    """A result without what the baseline accepts, and with `--since` what is not new."""
    baseline = checks.configs.baseline(config)
    kept = baseline.apply(checked, not_run(checks.configs.planned(config))) if baseline else checked
    return since.apply(config, kept) if since else kept


def _tell_not_used(checks: Checks) -> None:
    for path in checks.configs.not_used:
        name, reference = printable(os.path.relpath(path)), checks.args.policy_from
        note(
            f"{name}：与 {reference} 中不同，未采用" if checks.usual.lang == "zh" else f"{name}: not used: it is not as {reference} has it"
        )


def _tell_stale(checks: Checks) -> None:
    for path, baseline in checks.configs.baselines().items():
        if stale := baseline.stale(checks.folders()):
            count, name = len(stale), printable(str(path))
            note(
                f"基线 {name} 有 {count} 条已过时，可用 checker baseline prune 删除"
                if checks.usual.lang == "zh"
                else f"{count} stale in the baseline {name}: `checker baseline prune` takes them out"
            )
            for entry in stale[:SHOWN]:
                note(f"  {printable(entry.path)}: {entry.rule}")


class _Outcome:
    """What results mean for the exit code, once they have gone by."""

    def __init__(self) -> None:
        self.failed = False
        self.violations = 0  # at or above fail_on

    def watched(self, results: Iterable[tuple[Config, Checked]]) -> Iterator[Checked]:
        for config, checked in results:
            self.failed |= bool(checked.failures)
            self.violations += sum(not v.suppressed and at_or_above(v.severity, config.fail_on) for v in checked.violations)
            yield checked
