"""`.checker.yaml`, nearest upwards from an article, or `[tool.checker]` in pyproject.toml.

`Config` is a plain value: what a cache keeps needs no pydantic to be read again; only `load` validates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.errors import CheckerError, CheckerErrors
from checker.globs import globs
from checker.installed import named, unknown
from checker.values import frozen, made, replace

if TYPE_CHECKING:
    from checker.schema import Config as ConfigModel
    from checker.schema.base import Wordings
    from checker.schema.pack import Override as OverrideModel
    from checker.yamlfile import YamlFile

Where = Callable[[Path], Path]
FILE_NAMES = (".checker.yaml", ".checker.yml")


@frozen
class Override:
    """What a config says of some articles. changes: (field of Config, value); ignore, severity and unsuppressable add to what it says."""

    files: tuple[str, ...]
    changes: tuple[tuple[str, Any], ...]

    def fits(self, relative: str) -> bool:
        return bool(self._files.match_file(relative))

    @cached_property
    def _files(self) -> Any:
        return globs(self.files)


@frozen
class Config:
    """What a run is told by a file. Globs and packs are relative to the folder of `path` (packs already joined to it).

    profile: name; publisher: "" = as the profile says; severity: (rule, pack or category, level); encodings: (glob, encoding),
    the first that fits counts; site: "" = found from the repository; path: the file it came from, None: defaults. places: (key,
    name) → path, line, column of names that only the packs can judge, for errors of `compile_plan`. unsuppressable: rules and
    categories that no article may suppress; baseline: the file of accepted findings, joined to the folder, None: there is none.
    texts: (rule, (language, wordings) …) in place of its own; site_name: what messages and wordings call the site, "" = “本站”.
    overrides: what else holds by glob; applied: those that are laid over this one. origins: key → `path:line` of what said it.
    files: all that it was read from; extended: names under `extends` that are no paths → the file or folder that they led to.
    """

    profile: str = "cn-media"
    publisher: str = ""
    packs: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    fail_on: str = "error"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    encodings: tuple[tuple[str, str], ...] = ()
    lang: str = "zh"
    site: str = ""
    path: Path | None = None
    unsuppressable: tuple[str, ...] = ()
    baseline: Path | None = None
    texts: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    overrides: tuple[Override, ...] = ()
    applied: tuple[Override, ...] = ()
    site_name: str = ""
    origins: dict[str, str] = made(default_factory=dict)
    places: dict[tuple[str, str], tuple[str, int, int]] = made(default_factory=dict)
    files: tuple[Path, ...] = made(default_factory=tuple)
    extended: dict[str, str] = made(default_factory=dict)

    def for_file(self, relative: str, told: Collection[str] = ()) -> Config:
        """The config with the overrides that fit a path; itself where none does. told: keys that the command line decides."""
        config = self
        for override in self.overrides:
            if override.fits(relative):
                changes = {name: value for name, value in override.changes if name not in told or name in _ADDED}
                added = {name: _added(name, getattr(config, name), value) for name, value in changes.items() if name in _ADDED}
                config = replace(config, **(changes | added), applied=(*config.applied, override))
        return config

    def includes(self, relative: str) -> bool:
        """Whether `include` names a path relative to the config's folder; without `include` every path."""
        return not self.include or bool(self._included.match_file(relative))

    def excludes(self, relative: str) -> bool:
        """Whether `exclude` names the path."""
        return bool(self.exclude) and bool(self._excluded.match_file(relative))

    def encoding_of(self, relative: str) -> str | None:
        """The encoding that `encodings` gives the path, None where it says nothing."""
        return next((encoding for spec, encoding in self._encodings if spec.match_file(relative)), None)

    @cached_property
    def _included(self) -> Any:
        return globs(self.include)

    @cached_property
    def _excluded(self) -> Any:
        return globs(self.exclude)

    @cached_property
    def _encodings(self) -> list[tuple[Any, str]]:
        return [(globs((glob,)), encoding) for glob, encoding in self.encodings]


_ADDED = ("packs", "ignore", "exclude", "unsuppressable", "severity", "encodings", "texts", "overrides")  # keys whose values add up


def _added(name: str, before: tuple[Any, ...], more: tuple[Any, ...]) -> tuple[Any, ...]:
    """Lists one behind the other; of mappings what is said later comes first, and its own value for a key."""
    if name in ("severity", "texts"):
        return tuple((dict(before) | dict(more)).items())
    return (*more, *before) if name == "encodings" else (*before, *more)


def find(start: Path, last: Path | None = None) -> Path | None:
    """The config that holds for a file or folder: in its folder or the nearest one above. last: the topmost to look in, None: any."""
    folder = start.absolute()
    for place in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = place / name
            if path.is_file():
                return path
        project = place / "pyproject.toml"
        if project.is_file() and _has_table(project.read_bytes()):
            return project
        if place == last:
            break
    return None


def as_it_is(path: Path) -> Path:
    return path


def _has_table(data: bytes) -> bool:
    return b"tool.checker" in data and bool(re.search(rb"^\s*\[tool\.checker[.\]]", data, re.MULTILINE))


def load(path: Path, where: Where = as_it_is) -> Config:
    """The config in a file and in those that it extends; CheckerErrors with everything that is wrong in them. where: what is read in
    place of a path that it names."""
    return _load(path, (), where)


def _load(path: Path, from_: tuple[Path, ...], where: Where) -> Config:
    from checker.schema import Config as ConfigModel
    from checker.schema import validated

    file = _toml(path) if path.suffix == ".toml" else _yaml(path)
    errors: list[CheckerError] = []
    model = validated(file, ConfigModel, errors)
    if model is None:
        raise CheckerErrors(errors)
    config = _config(model, file, path, where)
    for number, pack in enumerate(config.packs):
        if not pack.exists():
            errors.append(file.error(f"no such file or folder: `{model.packs[number]}`, relative to this file", ("packs", number)))
    bases = [base for number, name in enumerate(model.extends) if (base := _base(file, number, name, path, from_, errors, where))]
    if errors:
        raise CheckerErrors(errors)
    return _extended(bases, config) if bases else config


def _base(
    file: YamlFile, number: int, name: str, path: Path, from_: tuple[Path, ...], errors: list[CheckerError], where: Where
) -> Config | None:
    """What a name under `extends` stands for: a file, the rules of an installed package, or a shipped profile."""
    at = ("extends", number)
    other, led = where(path.parent / name), dict[str, str]()
    if not other.is_file():
        found = named(name, FILE_NAMES)
        if found is None:
            errors.append(file.error(unknown(name), at))
            return None
        led = {name: str(found)}
        line, column = file.place(at)
        if found.is_dir():
            return Config(packs=(found,), origins={"packs": f"{file.path}:{line}"}, extended=led)
        if found.name not in FILE_NAMES:
            here = {("profile", name): (file.path, line, column)}
            return Config(profile=name, origins={"profile": f"{file.path}:{line}"}, places=here, extended=led)
        other = found
    if other.resolve() in (path.resolve(), *from_):
        errors.append(file.error(f"`{name}` extends this file: they would never end", at))
        return None
    base = _load(other, (*from_, path.resolve()), where)
    return replace(base, extended={**base.extended, **led})


def _extended(bases: list[Config], config: Config) -> Config:
    """What later ones say counts, `config` last; what adds up is added."""
    result = bases[0]
    for one in (*bases[1:], config):
        changes: dict[str, Any] = {}
        for name in one.origins:
            value = getattr(one, name)
            changes[name] = _added(name, getattr(result, name), value) if name in _ADDED else value
        origins = {**result.origins, **{name: _joined(name, result.origins, at) for name, at in one.origins.items()}}
        notes = {"files": (*result.files, *one.files), "extended": {**result.extended, **one.extended}}
        result = replace(result, **changes, **notes, path=one.path, origins=origins, places={**result.places, **one.places})
    return result


def _joined(name: str, before: dict[str, str], at: str) -> str:
    return f"{before[name]}, {at}" if name in _ADDED and name in before else at


def _yaml(path: Path) -> YamlFile:
    from checker.yamlfile import read

    return read(path)


def _config(model: ConfigModel, file: YamlFile, path: Path, where: Where) -> Config:
    places = {("profile", model.profile): (file.path, *file.place(("profile",)))}
    for key in ("select", "ignore", "unsuppressable"):
        places.update({(key, name): (file.path, *file.place((key, number))) for number, name in enumerate(getattr(model, key))})
    places.update({("severity", name): (file.path, *file.place(("severity", name), key=True)) for name in model.severity})
    places.update({("texts", name): (file.path, *file.place(("texts", name), key=True)) for name in model.texts})
    for number, override in enumerate(model.overrides):
        at = ("overrides", number)
        for key in ("select", "ignore", "unsuppressable"):
            places.update({(key, name): (file.path, *file.place((*at, key, n))) for n, name in enumerate(getattr(override, key) or ())})
        places.update({("severity", name): (file.path, *file.place((*at, "severity", name), key=True)) for name in override.severity})
        places.setdefault(("profile", override.profile or model.profile), (file.path, *file.place((*at, "profile"))))
    given = file.data if isinstance(file.data, dict) else {}
    origins = {key: f"{file.path}:{file.place((key,), key=True)[0]}" for key in given if key != "extends"}
    return Config(
        model.profile,
        model.publisher or "",
        tuple(where(path.parent / pack) for pack in model.packs),
        tuple(model.select),
        tuple(model.ignore),
        tuple(model.severity.items()),
        model.fail_on,
        tuple(model.include),
        tuple(model.exclude),
        tuple(model.encodings.items()),
        model.lang or "zh",
        model.site or "",
        path,
        tuple(model.unsuppressable),
        where(path.parent / model.baseline) if model.baseline else None,
        tuple((rule, _wordings(texts)) for rule, texts in model.texts.items()),
        tuple(_override(override) for override in model.overrides),
        site_name=model.site_name or "",
        files=(path,),
        origins=origins,
        places=places,
    )


def _wordings(model: Wordings) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((lang, tuple(texts)) for lang, texts in (("zh", model.zh), ("en", model.en)) if texts)


def _override(model: OverrideModel) -> Override:
    changes = {name: getattr(model, name) for name in sorted(model.model_fields_set) if name != "files"}
    changes = {name: tuple(value.items()) if isinstance(value, dict) else value for name, value in changes.items()}
    return Override(tuple(model.files), tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in changes.items()))


def _toml(path: Path) -> YamlFile:
    """The table `[tool.checker]` as if it stood in YAML. `tomllib` knows no places, so keys are looked for line by line."""
    import tomllib

    from checker.yamlfile import YamlFile

    class TomlFile(YamlFile):
        def place(self, loc: Sequence[str | int], *, key: bool = False, offset: int | None = None) -> tuple[int, int]:
            return _toml_place(self.text, loc)

    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text).get("tool", {}).get("checker", {})
    except OSError as error:
        raise CheckerError(f"cannot be read: {error.strerror}", str(path)) from None
    except UnicodeDecodeError:
        raise CheckerError("is not UTF-8; save it as UTF-8", str(path)) from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error))
        line, column = (int(at[2]), int(at[3])) if at else (1, 1)
        raise CheckerError(f"no valid TOML: {at[1] if at else error}", str(path), line, column) from None
    return TomlFile(str(path), text, None, data)


def _toml_place(text: str, loc: Sequence[str | int]) -> tuple[int, int]:
    """The line of the key that leads furthest, with the column it begins at; of the table where none is found."""
    keys = [part for part in loc if isinstance(part, str)]
    table, best, depth = "", (1, 1), -1
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            table = stripped.strip("[]").replace('"', "")
            found = 0 if table == "tool.checker" else 1 if keys and table == f"tool.checker.{keys[0]}" else -1
        else:
            name = re.match(r"""["']?([^"'=]+?)["']?\s*=""", stripped)
            expected = {"tool.checker": 0, f"tool.checker.{keys[0]}" if keys else "": 1}.get(table)
            found = expected + 1 if name and expected is not None and keys[expected : expected + 1] == [name[1]] else -1
        if found > depth:
            best, depth = (number, len(line) - len(line.lstrip()) + 1), found
    return best
