"""`checker check [PATH…]`: the main job."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from checker.commands.configs import Configs, encoding_for, left_out
from checker.commands.options import add_rule_options, add_selection_options, at_or_above, run_of
from checker.commands.output import write_reports
from checker.commands.progress import shown
from checker.config import Config
from checker.encodings import codecs_of
from checker.engine import File
from checker.errors import CheckerError, CheckerErrors
from checker.formats import FORMATS
from checker.plans import Planned
from checker.pool import check_files, guarded
from checker.read import decode, discover
from checker.violation import SEVERITIES, Checked, Failure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="files, folders or globs; - for standard input (default: .)"
    )
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
    parser.add_argument("--encoding", metavar="NAME", help="of files that are not UTF-8 (gb18030, big5, …), or auto / 非 UTF-8 文件的编码")
    parser.add_argument("--stdin-filename", metavar="NAME", help="read standard input, named so in the report and for its format")
    parser.add_argument(
        "--facts",
        action="store_true",
        help="also show what was found: source, author, disclaimer … (text; JSON always has it) / 显示找到的来源、作者等",
    )
    parser.add_argument("--jobs", metavar="N", type=int, default=0, help="processes (default: one per processor) / 进程数")
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="of the text report; auto: on a terminal without NO_COLOR / 颜色",
    )
    parser.add_argument("--quiet", "-q", action="store_true", help="no notes on standard error / 不输出附注")


def run(args: argparse.Namespace) -> int:
    """Exit code: 2 when anything could not be checked, else 1 when a violation reaches fail_on, else 0."""
    if args.jobs < 0:
        raise CheckerError("--jobs takes a number from 1 on, or 0 for one per processor / --jobs 须为 1 以上的数字，0 表示每个处理器一个")
    codecs_of(args.encoding)
    if (args.stdin_filename is not None or "-" in args.paths) and args.paths not in (["-"], ["."]):
        raise CheckerError("standard input is checked by itself: name no other path / 检查标准输入时不能再给其他路径")
    checks = _Checks(args)
    usual = checks.usual
    plans = checks.plans()
    if usual.path is None and not args.profile and not args.quiet:
        places = ", ".join(plans[0].jurisdictions) or "-"
        _note(
            f"规则集 {usual.profile}（法域 {places}，默认）；可在 .checker.yaml 中用 profile: 更改"
            if usual.lang == "zh"
            else f"profile {usual.profile} (jurisdiction {places}) assumed; set profile: in .checker.yaml to change it"
        )
    to_terminal = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    colour = args.color == "always" or (args.color == "auto" and to_terminal)
    reads_along = sys.stdout.isatty() and (args.format is not None or not args.output)
    results = shown(checks.results(), len(checks.files), lang=usual.lang, quiet=args.quiet or reads_along)
    write_reports(results, run_of(plans, usual, facts=args.facts, colour=colour), args.format, args.output)
    return 2 if checks.failed else 1 if checks.violated else 0


def _note(text: str) -> None:
    print(f"checker: {text}", file=sys.stderr)


class _Checks:
    """What is to be checked, the results as they come, and what they mean for the exit code.

    usual: the config that holds for the first path; it decides the language and the note of the report. files: with the config of each.
    """

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.configs = Configs(args)
        self.failed = self.violated = False
        self.standard_input = args.stdin_filename is not None or "-" in args.paths
        first = Path(args.stdin_filename or "stdin.md" if self.standard_input else args.paths[0])
        self.usual = self.configs.at(first if first.is_dir() and not self.standard_input else first.parent)
        self.files, self.failures = ([], []) if self.standard_input else self._files()

    def plans(self) -> list[Planned]:
        """The plans that will run, the usual one first."""
        configs = dict.fromkeys([self.usual, *(config for config, _ in self.files)])
        return list({id(plan): plan for plan in map(self.configs.planned, configs)}.values())

    def results(self) -> Iterator[Checked]:
        """What could not be found first, then in the order of the files."""
        for config, checked in self._checked():
            self.failed |= bool(checked.failures)
            self.violated |= any(not v.suppressed and at_or_above(v.severity, config.fail_on) for v in checked.violations)
            yield checked

    def _checked(self) -> Iterator[tuple[Config, Checked]]:
        if self.standard_input:
            yield self._standard_input(self.args.stdin_filename or "stdin.md")
            return
        for failure in self.failures:
            yield self.usual, Checked(failure.path, failures=(failure,))
        jobs = self.args.jobs or os.cpu_count() or 1
        for config, group in groupby(self.files, key=lambda pair: pair[0]):
            for checked in check_files(self.configs.engine(config), [file for _, file in group], jobs):
                yield config, checked

    def _files(self) -> tuple[list[tuple[Config, File]], list[Failure]]:
        """The files to check, each with its config. A config or pack of a subfolder that is not valid is a failure of that folder."""
        files: list[tuple[Config, File]] = []
        failures: dict[Failure, None] = {}
        passed_over = explicit = 0
        for item in discover(self.args.paths):
            if isinstance(item, Failure):
                failures[item] = None
                continue
            explicit += item.explicit
            if item.note:
                self._passed_over(item.path, item.note)
                continue
            try:
                config = self.configs.at(Path(item.path).parent)
            except CheckerError as error:
                failures.update(dict.fromkeys(_failures(error)))
                continue
            if reason := left_out(config, item.path):
                passed_over += 1
                if item.explicit:
                    self._passed_over(item.path, reason)
            else:
                files.append((config, File(item.path, self.args.encoding or encoding_for(config, item.path), item.size)))
        if passed_over and not (files or failures or explicit):
            message = "the config excludes all articles there / 其中的文章全部被配置排除"
            failures[Failure(" ".join(self.args.paths), "missing", message)] = None
        return files, list(failures)

    def _passed_over(self, path: str, reason: str) -> None:
        if not self.args.quiet:
            _note(f"{path}: {reason}")

    def _standard_input(self, name: str) -> tuple[Config, Checked]:
        config = self.usual
        reason = left_out(config, name) if self.args.stdin_filename else ""
        if reason:
            self._passed_over(name, reason)
            return config, Checked(name)
        source = decode(name, sys.stdin.buffer.read(), self.args.encoding or encoding_for(config, name))
        if isinstance(source, Failure):
            return config, Checked(name, failures=(source,))
        return config, guarded(self.configs.engine(config)(), File(name), source)


def _failures(error: CheckerError) -> list[Failure]:
    """What is wrong with a config or its packs, as failures of the run."""
    errors = error.errors if isinstance(error, CheckerErrors) else (error,)
    return [Failure(e.path or "config", "config", e.message, e.line, e.column) for e in errors]
