"""The articles that a command's arguments name, each with the config that holds for it, and their results."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from checker.commands.configs import Configs, encoding_for, left_out
from checker.config import Config
from checker.engine import File, format_of
from checker.errors import CheckerError, CheckerErrors
from checker.plans import Planned
from checker.pool import check_files, guarded
from checker.read import Found, decode, discover
from checker.violation import Checked, Failure


def add_article_options(parser: argparse.ArgumentParser, more: str = "") -> None:
    """What every command that reads articles takes. more: beside files, folders and globs."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help=f"files, folders or globs{more} (default: .)")
    parser.add_argument("--encoding", metavar="NAME", help="of files that are not UTF-8 (gb18030, big5, …), or auto / 非 UTF-8 文件的编码")
    parser.add_argument("--quiet", "-q", action="store_true", help="no notes on standard error / 不输出附注")


def add_jobs_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", metavar="N", type=int, default=0, help="processes (default: one per processor) / 进程数")


def note(text: str) -> None:
    print(f"checker: {text}", file=sys.stderr)


class Checks:
    """What is to be checked, and the results as they come.

    first: the folder of the first path; usual: the config that holds there; it decides the language and the
    note of the report. files: with the config of each; failures: what could not be found, and configs that are not valid.
    """

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.configs = Configs(args)
        self.stdin_name: str | None = getattr(args, "stdin_filename", None)
        self.standard_input = self.stdin_name is not None or "-" in args.paths
        first = Path(self.stdin_name or "stdin.md" if self.standard_input else args.paths[0])
        self.first = first if first.is_dir() and not self.standard_input else first.parent
        self.usual = self.configs.at(self.first)
        self.files, self.failures = ([], []) if self.standard_input else self._files()

    def plans(self) -> list[Planned]:
        """The plans that will run, the usual one first."""
        configs = dict.fromkeys([self.usual, *(config for config, _ in self.files)])
        return list({id(plan): plan for plan in map(self.configs.planned, configs)}.values())

    def results(self) -> Iterator[tuple[Config, Checked]]:
        """What could not be found first, then in the order of the files."""
        if self.standard_input:
            yield self._standard_input(self.stdin_name or "stdin.md")
            return
        for failure in self.failures:
            yield self.usual, Checked(failure.path, failures=(failure,))
        jobs = self.args.jobs or os.cpu_count() or 1
        for config, group in groupby(self.files, key=lambda pair: pair[0]):
            for checked in check_files(self.configs.engine(config), [file for _, file in group], jobs):
                yield config, checked

    def folders(self) -> list[Path]:
        """Those that are gone through as a whole."""
        return [path for path in map(Path, self.args.paths) if not self.standard_input and path.is_dir()]

    def _files(self) -> tuple[list[tuple[Config, File]], list[Failure]]:
        """The files to check, each with its config. A config or pack of a subfolder that is not valid is a failure of that folder."""
        files: list[tuple[Config, File]] = []
        failures: dict[Failure, None] = {}
        passed_over = explicit = 0
        for item in discover(self.args.paths, self.configs.ignore_file if self.configs.policy else str):
            if isinstance(item, Failure):
                failures[item] = None
                continue
            explicit += item.explicit
            if item.note:
                self._passed_over(item.path, item.note)
                continue
            try:
                taken, reason = self._names(item)
            except CheckerError as error:
                failures.update(dict.fromkeys(_failures(error)))
                continue
            files += taken
            if not taken:
                passed_over += 1
                if item.explicit:
                    self._passed_over(item.path, reason)
        if passed_over and not (files or failures or explicit):
            message = "the config excludes all articles there / 其中的文章全部被配置排除"
            failures[Failure(" ".join(self.args.paths), "missing", message)] = None
        return files, list(failures)

    def _names(self, item: Found) -> tuple[list[tuple[Config, File]], str]:
        """The file under the first of its names that no config leaves out, and why the first is left out: a link into a folder that is
        checked makes an article of what it leads to. Under a name of another format it is another article."""
        taken: dict[str, tuple[Config, File]] = {}
        first = ""
        for path in (item.path, *item.also):
            config = self.configs.of(path)
            reason = left_out(config, path)
            first = first or reason
            if not reason:
                taken.setdefault(format_of(path), (config, File(path, self.args.encoding or encoding_for(config, path), item.size)))
        return list(taken.values()), first

    def _passed_over(self, path: str, reason: str) -> None:
        if not self.args.quiet:
            note(f"{path}: {reason}")

    def _standard_input(self, name: str) -> tuple[Config, Checked]:
        config = self.configs.of(name)
        reason = left_out(config, name) if self.stdin_name else ""
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
