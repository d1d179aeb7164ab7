"""Which config holds for which article, and the plan and engine that it makes: each config file is read once, each plan made once."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from checker.commands.options import told
from checker.config import Config, as_it_is, find
from checker.engine import Engine, Settings
from checker.errors import CheckerError, CheckerErrors, did_you_mean
from checker.plans import Planned, plan_for, with_texts
from checker.site import site_of
from checker.values import replace
from checker.violation import CATEGORIES, SUPPRESSION_RULES

if TYPE_CHECKING:
    from checker.baseline import Baseline
    from checker.policy import Policy


class Configs:
    """args: of a command with `add_rule_options`, whose options are laid over every config. policy: the commit that configs and all that
    they name are read from, None: the working tree. not_used: configs of the working tree that it does not hold as they are."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.policy = _policy(args)
        self.not_used: dict[Path, None] = {}
        self._by_folder: dict[Path, Config] = {}
        self._by_file: dict[Path | None, Config] = {}
        self._broken: dict[Path | None, CheckerError] = {}
        self._sited: dict[tuple[Path | None, str], Config] = {}  # so that folders share a config and its compiled globs
        self._overridden: dict[Config, Config] = {}  # so that articles with the same overrides share one
        self._baselines: dict[Path, Baseline] = {}
        self._plans: dict[tuple[object, ...], Planned] = {}

    def at(self, folder: Path) -> Config:
        """The config for articles in a folder, with the site it belongs to; CheckerError where it or its packs are not valid."""
        folder = folder.absolute()
        if folder not in self._by_folder:
            path, lies = self._path(folder), folder
            config = self._of(path)
            if self.policy:
                lies = self.policy.of(folder)
                self.not_used |= dict.fromkeys(() if self.args.config else self.policy.not_used(folder))
            site = config.site or site_of(lies)
            self._by_folder[folder] = self._sited.setdefault((path, site), replace(config, site=site))
        return self._by_folder[folder]

    def of(self, path: str) -> Config:
        """The config for one article: that of its folder, with the overrides that fit it."""
        config = self.at(Path(path).parent)
        if not config.overrides:
            return config
        told = [name for name in ("profile", "select", "fail_on") if getattr(self.args, name, None)]
        found = config.for_file(_relative(config, path).as_posix(), told)
        return self._overridden.setdefault(found, found)

    def ignore_file(self, path: str) -> str:
        """What is read in place of the ignore file at a path."""
        return str(self.policy.of(Path(path))) if self.policy else path

    def _path(self, folder: Path) -> Path | None:
        """The file with the config for a folder."""
        if self.policy:
            return self.policy.of(self.args.config) if self.args.config else self.policy.find(folder)
        return self.args.config or find(folder)

    def _of(self, path: Path | None) -> Config:
        if path in self._broken:
            raise self._broken[path]
        if path not in self._by_file:
            try:
                with self._named():
                    config = told(self.args, path, self.policy.of if self.policy else as_it_is)
                    if self.policy and path:
                        config = replace(config, path=self.policy.real(path))  # which its globs are relative to
                    check_unsuppressable(config, self.planned(config))
            except CheckerError as error:
                self._broken[path] = error
                raise
            self._by_file[path] = config
        return self._by_file[path]

    def planned(self, config: Config) -> Planned:
        """The plan of the rules that a config chooses; what else the config says makes no other one."""
        chosen = (config.profile, config.publisher, config.packs, config.select, config.ignore, config.severity, config.texts)
        if chosen not in self._plans:
            with self._named():
                self._plans[chosen] = with_texts(plan_for(config, keep=not (self.policy and config.packs)), config)
        return self._plans[chosen]

    def baseline(self, config: Config) -> Baseline | None:
        """The findings that a config accepts; each file is read once."""
        if config.baseline is None:
            return None
        if config.baseline not in self._baselines:
            self._baselines[config.baseline] = self._read_baseline(config.baseline)
        return self._baselines[config.baseline]

    def _read_baseline(self, path: Path) -> Baseline:
        from checker.baseline import read_baseline

        with self._named():
            return read_baseline(path, self.policy.real(path).parent if self.policy else None)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Errors speak of files as a commit holds them, not of copies."""
        try:
            yield
        except CheckerError as error:
            raise (self.policy.named(error) if self.policy else error) from None

    def baselines(self) -> dict[Path, Baseline]:
        return self._baselines

    def engine(self, config: Config) -> partial[Engine]:
        """What makes the engine for a config, here or in another process."""
        planned = self.planned(config)
        fixed, levels = frozenset(config.unsuppressable), suppression_levels(config)
        settings = Settings(
            config.lang, config.site, today(), planned.names, fixed, levels, config.site_name, getattr(self.args, "stats", False)
        )
        return partial(Engine, planned.plan, settings, planned.index)


def _policy(args: argparse.Namespace) -> Policy | None:
    if getattr(args, "policy_from", None) is None:
        return None
    from checker.policy import Policy

    return Policy(args.policy_from)


def not_run(planned: Planned) -> frozenset[str]:
    """Rules that there are, but that the config did not choose."""
    return planned.names - {rule.id for rule in planned.plan.rules}


def today() -> str:
    return time.strftime("%Y-%m-%d")


def suppression_levels(config: Config) -> tuple[tuple[str, str], ...]:
    """Severities that a config gives the rules about suppressions, which no pack holds; "" for those that it ignores."""
    severity = dict(config.severity)
    levels = {rule: next((severity[name] for name in (rule, "suppression") if name in severity), None) for rule in SUPPRESSION_RULES}
    levels |= {rule: "" for rule in SUPPRESSION_RULES if {rule, "suppression"} & set(config.ignore)}
    return tuple((rule, level) for rule, level in levels.items() if level is not None)


def check_unsuppressable(config: Config, planned: Planned) -> None:
    """CheckerErrors for names under `unsuppressable` that are no rule and no category."""
    known = {*planned.names, *CATEGORIES}
    errors = [
        CheckerError(f"unknown rule or category `{name}`{did_you_mean(name, known)}", *config.places.get(("unsuppressable", name), ()))
        for name in config.unsuppressable
        if name not in known
    ]
    if errors:
        raise CheckerErrors(errors) if len(errors) > 1 else errors[0]


def left_out(config: Config, path: str) -> str:
    """Why the config passes over a file, "" where it does not."""
    relative = _relative(config, path).as_posix()
    if config.include and not config.includes(relative):
        return "not in the config's include: skipped / 不在 include 之列，跳过"
    if config.excludes(relative):
        return "excluded by the config: skipped / 已被配置排除，跳过"
    return ""


def encoding_for(config: Config, path: str) -> str | None:
    """The encoding that the config names for a file."""
    return config.encoding_of(_relative(config, path).as_posix())


def _relative(config: Config, path: str) -> PurePath:
    """The path as the globs of a config see it: from its folder; with `--config` from elsewhere, from the working folder."""
    absolute = Path(path).absolute()
    for top in [*([config.path.absolute().parent] if config.path else []), Path.cwd()]:
        if absolute.is_relative_to(top):
            return absolute.relative_to(top)
    return absolute
