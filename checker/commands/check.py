"""`checker check [PATH…]`: the main job."""

from __future__ import annotations

import argparse
import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import IO

from checker.commands.options import add_rule_options, at_or_above, configured, planned, run_of
from checker.config import Config, find
from checker.encodings import codecs_of
from checker.engine import Engine, File, Settings
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
    parser.add_argument("--format", choices=tuple(FORMATS), dest="format_given", help="report format / 报告格式 (default: text)")
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
        "--facts", action="store_true", help="show source, author, disclaimer … found in each article / 显示找到的来源、作者等"
    )
    parser.add_argument("--jobs", metavar="N", type=int, default=0, help="processes (default: one per processor) / 进程数")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    parser.add_argument("--quiet", "-q", action="store_true", help="no notes on standard error / 不输出附注")


def run(args: argparse.Namespace) -> int:
    """Exit code: 2 when anything could not be checked, else 1 when a violation reaches fail_on, else 0."""
    if args.jobs < 0:
        raise CheckerError("--jobs takes a number from 1 on, or 0 for one per processor")
    codecs_of(args.encoding)
    args.format = args.format_given or "text"
    checks = _Checks(args)
    out = sys.stdout
    shown = configured(args, Path.cwd())
    first = planned(shown)
    checks.plans[shown] = first
    if not args.quiet and args.format == "text" and shown.path is None and not args.profile:
        places = ", ".join(first.jurisdictions) or "-"
        checks.note(
            f"规则集 {first.profile}（法域 {places}，默认）；可在 .checker.yaml 中用 profile: 更改"
            if shown.lang == "zh"
            else f"profile {first.profile} (jurisdiction {places}) assumed; set profile: in .checker.yaml to change it"
        )
    colour = args.color == "always" or (args.color == "auto" and args.format == "text" and out.isatty() and not os.environ.get("NO_COLOR"))
    shape = run_of(first, shown, facts=args.facts, colour=colour)
    outputs = [_output(value, args.format) for value in args.output]
    if not outputs:
        out.writelines(FORMATS[args.format](checks.results(), shape))
    elif len(outputs) == 1 and args.format_given is None:
        _write(outputs[0][1], FORMATS[outputs[0][0]](checks.results(), shape))
    else:
        with TemporaryFile() as spool:
            for checked in checks.results():
                pickle.dump(checked, spool)
            for name, path in outputs:
                _write(path, FORMATS[name](_spooled(spool), shape))
            if args.format_given is not None:
                out.writelines(FORMATS[args.format](_spooled(spool), shape))
    return 2 if checks.failed else 1 if checks.violated else 0


def _output(value: str, usual: str) -> tuple[str, Path]:
    name, equals, path = value.partition("=")
    if not equals or name not in FORMATS:
        return usual, Path(value)
    return name, Path(path)


def _spooled(spool: IO[bytes]) -> Iterator[Checked]:
    """The results again, from a temporary file of our own: several reports of a large folder need no more memory than one."""
    spool.seek(0)
    while True:
        try:
            yield pickle.load(spool)
        except EOFError:
            return


def _write(path: Path, pieces: Iterable[str]) -> None:
    """Whole and at once: a reader never sees half a report."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(pieces)
        temporary.replace(path)
    except OSError as error:
        raise CheckerError(f"the report cannot be written: {error.strerror} / 无法写入报告", str(path)) from error
    finally:
        temporary.unlink(missing_ok=True)


class _Checks:
    """The results of a run as they come, and what they mean for the exit code."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.plans: dict[Config, Planned] = {}
        self.configs: dict[Path, Config] = {}
        self.broken: dict[Path, CheckerError] = {}
        self.failed = self.violated = False

    def note(self, text: str) -> None:
        if not self.args.quiet:
            print(f"checker: {text}", file=sys.stderr)

    def results(self) -> Iterator[Checked]:
        for config, checked in self._checked():
            self.failed |= bool(checked.failures)
            self.violated |= any(not v.suppressed and at_or_above(v.severity, config.fail_on) for v in checked.violations)
            yield checked

    def _config_at(self, folder: Path) -> Config:
        """The config for articles in a folder; each config file is read once."""
        if folder not in self.configs:
            path = self.args.config or find(folder)
            key = path.parent if path else Path("/")
            if key in self.broken:
                raise self.broken[key]
            if key not in self.configs:
                try:
                    config = configured(self.args, folder)
                    self._planned(config)
                except CheckerError as error:
                    self.broken[key] = error
                    raise
                self.configs[key] = config
            self.configs[folder] = self.configs[key]
        return self.configs[folder]

    def _planned(self, config: Config) -> Planned:
        if config not in self.plans:
            self.plans[config] = planned(config)
        return self.plans[config]

    def _engine(self, config: Config) -> partial[Engine]:
        planned = self._planned(config)
        return partial(
            Engine, planned.plan, Settings(lang=config.lang, site=config.site, names=planned.names, today=date.today().isoformat())
        )

    def _checked(self) -> Iterator[tuple[Config, Checked]]:
        args = self.args
        if args.stdin_filename is not None or "-" in args.paths:
            yield self._standard_input(args.stdin_filename or "stdin.md")
            return
        files, failures = self._files()
        for failure in failures:
            yield Config(), Checked(failure.path, failures=(failure,))
        jobs = args.jobs or os.cpu_count() or 1
        for config, group in groupby(files, key=lambda pair: pair[0]):
            for checked in check_files(self._engine(config), [file for _, file in group], jobs):
                yield config, checked

    def _files(self) -> tuple[list[tuple[Config, File]], list[Failure]]:
        """The files to check, each with its config. A config or pack of a subfolder that is not valid is a failure of that folder."""
        files: list[tuple[Config, File]] = []
        failures: dict[Failure, None] = {}
        left_out = explicit = 0
        for item in discover(self.args.paths):
            if isinstance(item, Failure):
                failures[item] = None
                continue
            explicit += item.explicit
            if item.note:
                self.note(f"{item.path}: {item.note}")
                continue
            try:
                config = self._config_at(Path(item.path).absolute().parent)
            except CheckerError as error:
                failures.update(dict.fromkeys(_failures(error)))
                continue
            if reason := _left_out(config, item.path):
                left_out += 1
                if item.explicit:
                    self.note(f"{item.path}: {reason}")
            else:
                files.append((config, File(item.path, self.args.encoding or _encoding(config, item.path), item.size)))
        if left_out and not (files or failures or explicit):
            message = "the config excludes all articles there / 其中的文章全部被配置排除"
            failures[Failure(" ".join(self.args.paths), "missing", message)] = None
        return files, list(failures)

    def _standard_input(self, name: str) -> tuple[Config, Checked]:
        config = self._config_at(Path(name).absolute().parent)
        reason = _left_out(config, name) if self.args.stdin_filename else ""
        if reason:
            self.note(f"{name}: {reason}")
            return config, Checked(name)
        source = decode(name, sys.stdin.buffer.read(), self.args.encoding or _encoding(config, name))
        if isinstance(source, Failure):
            return config, Checked(name, failures=(source,))
        engine = self._engine(config)()
        return config, guarded(engine, File(name), source)


def _failures(error: CheckerError) -> list[Failure]:
    """What is wrong with a config or its packs, as failures of the run."""
    errors = error.errors if isinstance(error, CheckerErrors) else (error,)
    return [Failure(e.path or "config", "config", e.message, e.line, e.column) for e in errors]


def _relative(config: Config, path: str) -> PurePath:
    absolute = Path(path).absolute()
    if config.path is not None:
        try:
            return absolute.relative_to(config.path.absolute().parent)
        except ValueError:  # --config from elsewhere
            pass
    try:
        return absolute.relative_to(Path.cwd())
    except ValueError:
        return absolute


def _left_out(config: Config, path: str) -> str:
    relative = _relative(config, path).as_posix()
    if config.include and not config.includes(relative):
        return "not in the config's include: skipped / 不在 include 之列，跳过"
    if config.excludes(relative):
        return "excluded by the config: skipped / 已被配置排除，跳过"
    return ""


def _encoding(config: Config, path: str) -> str | None:
    return config.encoding_of(_relative(config, path).as_posix())
