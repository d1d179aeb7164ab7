"""What OLD and NEW of `checker diff-rules` may be: a pack, a folder, a config, or one in a git revision; and the plans they make."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path, PurePosixPath

from checker.commands.configs import suppression_levels, today
from checker.config import FILE_NAMES, Config, find, load
from checker.engine import Engine, Settings
from checker.errors import CheckerError
from checker.git import commit_of, git, git_bytes, top_of
from checker.packs import Packs, shipped_rules
from checker.packs import load as load_packs
from checker.plans import Planned, compiled, plan_for, with_texts
from checker.schema import Pack
from checker.site import site_of
from checker.values import frozen, made, replace
from checker.yamlfile import read

_SUFFIXES = (".yaml", ".yml", ".toml", ".txt")  # of what rules are made of: packs, configs, word lists


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
        return partial(Engine, planned.plan, settings)

    def _planned(self, config: Config) -> Planned:
        return with_texts(plan_for(config) if self.packs is None else compiled(self.packs, config), config)


def side_of(given: str, args: argparse.Namespace, temporary: Path) -> Side:
    """What is there under a name: a path before a revision. temporary: an empty folder, for what a revision holds."""
    path = Path(given)
    if path.exists():
        return _told(_side(path), args)
    reference, _, inside = given.partition(":")
    try:
        commit = commit_of(reference, Path.cwd())
    except CheckerError as error:
        raise CheckerError(
            f"`{given}` is no file or folder, and as a git revision: {error.message} / 不是文件、文件夹或 git 版本"
        ) from error
    try:
        side = _told(_of_revision(reference, commit, inside, temporary), args)
        side.planned(side.config)  # what is wrong there is told by names that its author knows
        return side
    except CheckerError as error:
        raise CheckerError(str(error).replace(f"{temporary}/", f"{reference}:")) from error


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


def _of_revision(reference: str, commit: str, inside: str, temporary: Path) -> Side:
    """A path in a revision; without one, the config that holds there for the working folder."""
    top = top_of(Path.cwd())
    here = Path.cwd().resolve().relative_to(top.resolve())
    _extract(top, commit, temporary)
    if inside:
        path = temporary / (here / inside[2:] if inside.startswith("./") else inside)
        if not path.exists():
            raise CheckerError(f"{reference} holds no pack, folder or config `{inside}` / 该版本中没有此路径")
        side = _side(path)
    else:
        (temporary / here).mkdir(parents=True, exist_ok=True)
        config = find(temporary / here)
        if config is None or not config.is_relative_to(temporary):
            raise CheckerError(f"{reference} holds no .checker.yaml for this folder: name what to compare, {reference}:PATH / 请写明路径")
        side = Side(load(config))
    # what is kept is kept by path, and these paths are gone when the run ends
    packs = side.packs or load_packs([shipped_rules(), *side.config.packs])
    at = side.config.path and top / side.config.path.relative_to(temporary)
    return Side(replace(side.config, path=at), packs)


def _extract(top: Path, commit: str, folder: Path) -> None:
    """All that may be a pack, a config or a word list at a commit, below a folder."""
    names = [name for name in git(top, "ls-tree", "-r", "-z", "--name-only", commit).split("\0") if name.endswith(_SUFFIXES)]
    asked = "".join(f"{commit}:{name}\n" for name in names if "\n" not in name)
    answered = git_bytes(top, "cat-file", "--batch", given=asked.encode("utf-8", "surrogateescape"))
    at = 0
    for name in (name for name in names if "\n" not in name):
        end = answered.index(b"\n", at)
        size = int(answered[at:end].rsplit(b" ", 1)[1])
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answered[end + 1 : end + 1 + size])
        at = end + size + 2


def site_for(config: Config, path: str) -> str:
    """Whose shortcodes are markup in an article."""
    return config.site or site_of(Path(path).absolute().parent)
