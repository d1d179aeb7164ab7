"""`checker diff-rules OLD NEW PATHS…`: what would newly fire or fall silent on articles."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from checker.commands.configs import encoding_for, left_out
from checker.commands.options import add_profile_option
from checker.commands.rule_sides import Side, side_of, site_for
from checker.config import Config
from checker.encodings import codecs_of
from checker.engine import File
from checker.formats.concise import failure_line, violation_line
from checker.pool import check_files
from checker.read import discover
from checker.violation import Checked, Failure, Violation

_Run = tuple[Config, Config, str]  # config of OLD, of NEW, site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = "a pack, a folder of packs or with a .checker.yaml, a config, or a git revision: REF, REF:PATH"
    parser.add_argument("old", metavar="OLD", help=f"{what} / 旧规则：规则包、文件夹、配置或 git 版本")
    parser.add_argument("new", metavar="NEW", help="the same / 新规则")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="articles: files, folders or globs / 文章")
    parser.add_argument("--lang", choices=("zh", "en"), help="language of messages / 消息语言")
    add_profile_option(parser)
    parser.add_argument("--encoding", metavar="NAME", help="of files that are not UTF-8 (gb18030, big5, …), or auto / 非 UTF-8 文件的编码")
    parser.add_argument("--jobs", metavar="N", type=int, default=0, help="processes (default: one per processor) / 进程数")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 where both report the same, 1 where they do not, 2 where something could not be checked or understood."""
    codecs_of(args.encoding)
    return _compared(args, side_of(args.old, args), side_of(args.new, args))


def _compared(args: argparse.Namespace, old: Side, new: Side) -> int:
    counts: Counter[tuple[str, str]] = Counter()
    articles = changed = failed = 0
    for before, after in _results(args, old, new):
        failures = dict.fromkeys((*before.failures, *after.failures))
        for failure in failures:
            print(failure_line(failure), file=sys.stderr)
        failed += bool(failures)
        if failures:
            continue
        articles += 1
        found = _difference(before, after)
        changed += bool(found)
        for sign, violation in found:
            print(f"{sign} {violation_line(violation)}")
            counts[violation.rule, sign] += 1
    zh = new.config.lang == "zh"
    for rule in sorted({rule for rule, _ in counts}):
        print(f"{rule}: +{counts[rule, '+']} -{counts[rule, '-']}")
    more, fewer = (sum(count for (_, sign), count in counts.items() if sign == wanted) for wanted in "+-")
    print(
        f"新增 {more} 处，消失 {fewer} 处；{articles} 篇文章中 {changed} 篇有变化"
        if zh
        else f"{more} newly reported, {fewer} no longer; {changed} of {articles} article{'' if articles == 1 else 's'} differ"
    )
    return 2 if failed else 1 if counts else 0


def _difference(before: Checked, after: Checked) -> list[tuple[str, Violation]]:
    """What one reports and the other does not, in order of place; another severity is another violation."""
    old, new = ({_identity(v): v for v in checked.violations if not v.suppressed} for checked in (before, after))
    signed = [("-", old[key]) for key in old.keys() - new.keys()] + [("+", new[key]) for key in new.keys() - old.keys()]
    return sorted(signed, key=lambda one: (one[1].start.offset, one[1].end.offset, one[1].rule, one[0] == "+"))


def _identity(violation: Violation) -> tuple[object, ...]:
    return violation.rule, violation.start.offset, violation.end.offset, violation.severity, violation.finding


def _results(args: argparse.Namespace, old: Side, new: Side) -> Iterator[tuple[Checked, Checked]]:
    """Each article as both see it, in order. Which articles there are and how they are encoded is as NEW says."""
    files: list[tuple[_Run, File]] = []
    for item in discover(args.paths):
        if isinstance(item, Failure):
            yield Checked(item.path, failures=(item,)), Checked(item.path)
        elif not item.note and not left_out(new.config, item.path):
            told = ["profile"] if args.profile else []
            configs = (side.config.for_file(_relative(side.config, item.path), told) for side in (old, new))
            before, after = configs
            encoding = args.encoding or encoding_for(new.config, item.path)
            files.append(((before, after, site_for(new.config, item.path)), File(item.path, encoding, item.size)))
    jobs = args.jobs or os.cpu_count() or 1
    for (before, after, site), group in groupby(files, key=lambda pair: pair[0]):
        listed = [file for _, file in group]
        results = (check_files(side.engine(config, site), listed, jobs) for side, config in ((old, before), (new, after)))
        yield from zip(*results, strict=True)


def _relative(config: Config, path: str) -> str:
    """The path as the globs of a config see it."""
    folder = config.path.absolute().parent if config.path else Path.cwd()
    absolute = Path(path).absolute()
    return (absolute.relative_to(folder) if absolute.is_relative_to(folder) else absolute).as_posix()
