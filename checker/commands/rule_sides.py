"""What OLD and NEW of `checker diff-rules` may be: a pack, a folder, a config, or one in a git revision; and the plans they make."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from checker.commands.configs import suppression_levels, today
from checker.config import FILE_NAMES, Config, load
from checker.engine import Engine, Settings
from checker.errors import CheckerError
from checker.git import commit_of, top_of
from checker.packs import Packs, shipped_rules
from checker.packs import load as load_packs
from checker.plans import Planned, compiled, plan_for, with_texts
from checker.policy import Policy
from checker.schema import Pack
from checker.site import site_of
from checker.values import frozen, made, replace
from checker.yamlfile import read


@frozen
class Side:
    """Rules to compare. packs: loaded already, where no cache would know them; None: as the config says."""

    config: Config
    packs: Packs | None = None
    plans: dict[Config, Planned] = made(default_factory=dict)

    def planned(self, config: Config) -> Planned:
        """The plan of a config of this side."""
        if config not in self.plans:
            self.plans[config] = self._planned(config)
        return self.plans[config]

    def engine(self, config: Config, site: str) -> partial[Engine]:
        planned = self.planned(config)
        fixed, levels = frozenset(config.unsuppressable), suppression_levels(config)
        settings = Settings(config.lang, site, today(), planned.names, fixed, levels, config.site_name)
        return partial(Engine, planned.plan, settings, planned.index)

    def _planned(self, config: Config) -> Planned:
        return with_texts(plan_for(config) if self.packs is None else compiled(self.packs, config), config)


def side_of(given: str, args: argparse.Namespace) -> Side:
    """What is there under a name: a path before a revision."""
    path = Path(given)
    if path.exists():
        return _told(_side(path), args)
    reference, _, inside = given.partition(":")
    try:
        commit_of(reference, Path.cwd())
    except CheckerError as error:
        raise CheckerError(
            f"`{given}` is no file or folder, and as a git revision: {error.message} / 不是文件、文件夹或 git 版本"
        ) from error
    policy = Policy(reference)
    try:
        side = _told(_of_revision(policy, inside), args)
        side.planned(side.config)  # what is wrong there is told by names that its author knows
        return side
    except CheckerError as error:
        raise policy.named(error) from error


def _told(side: Side, args: argparse.Namespace) -> Side:
    changes = {name: getattr(args, name) for name in ("profile", "lang") if getattr(args, name)}
    return replace(side, config=replace(side.config, **changes)) if changes else side


def _side(path: Path) -> Side:
    if path.is_dir():
        config = next((path / name for name in FILE_NAMES if (path / name).is_file()), None)
        if config is None and (path / "profiles").is_dir():  # a whole set of rules, in place of the shipped one
            return Side(Config(), load_packs([path]))
        return Side(load(config)) if config else _pack(path)
    return _pack(path) if _is_pack(path) else Side(load(path))


def _is_pack(path: Path) -> bool:
    if path.name in FILE_NAMES or path.suffix == ".toml":
        return False
    data = read(path).data
    return isinstance(data, dict) and not set(Pack.model_fields).isdisjoint(data)


def _pack(path: Path) -> Side:
    """The rules of a pack alone, with the shipped lexicons and contexts at hand."""
    names = tuple(rule.id for rule in load_packs([path], cues=False).rules)
    if not names:
        raise CheckerError("holds no rule / 没有规则", str(path))
    return Side(Config(packs=(path,), select=names))


def _of_revision(policy: Policy, inside: str) -> Side:
    """A path in a revision; without one, the config that holds there for the working folder."""
    if inside:
        path = policy.of((Path.cwd() if inside.startswith("./") else top_of(Path.cwd())) / inside)
        if not path.exists():
            raise CheckerError(f"{policy.reference} holds no pack, folder or config `{inside}` / 该版本中没有此路径")
        side = _side(path)
    else:
        config = policy.find(Path.cwd())
        if config is None:
            raise CheckerError(
                f"{policy.reference} holds no .checker.yaml for this folder: name what to compare, {policy.reference}:PATH / 请写明路径"
            )
        side = Side(load(config, policy.of))
    # what is kept is kept by path, and these paths are gone when the run ends
    packs = side.packs or load_packs([shipped_rules(), *side.config.packs])
    return Side(replace(side.config, path=side.config.path and policy.real(side.config.path)), packs)


def site_for(config: Config, path: str) -> str:
    """Whose shortcodes are markup in an article."""
    return config.site or site_of(Path(path).absolute().parent)
