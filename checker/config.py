"""`.checker.yaml`, nearest upwards from an article, or `[tool.checker]` in pyproject.toml.

`Config` is a plain value: what a cache keeps needs no pydantic to be read again; only `load` validates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.errors import CheckerError, CheckerErrors
from checker.globs import globs
from checker.values import frozen, made

if TYPE_CHECKING:
    from checker.schema import Config as ConfigModel
    from checker.yamlfile import YamlFile

FILE_NAMES = (".checker.yaml", ".checker.yml")


@frozen
class Config:
    """What a run is told by a file. Globs and packs are relative to the folder of `path` (packs already joined to it).

    profile: name; publisher: "" = as the profile says; severity: (rule, pack or category, level); encodings: (glob, encoding),
    the first that fits counts; site: "" = found from the repository; path: the file it came from, None: defaults. places: (key,
    name) → path, line, column of names that only the packs can judge, for errors of `compile_plan`. unsuppressable: rules and
    categories that no article may suppress; baseline: the file of accepted findings, joined to the folder, None: there is none.
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
    places: dict[tuple[str, str], tuple[str, int, int]] = made(default_factory=dict)

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


def find(start: Path) -> Path | None:
    """The config that holds for a file or folder: in its folder or the nearest one above."""
    folder = start.absolute()
    for place in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = place / name
            if path.is_file():
                return path
        project = place / "pyproject.toml"
        if project.is_file() and _has_table(project.read_bytes()):
            return project
    return None


def _has_table(data: bytes) -> bool:
    return b"tool.checker" in data and bool(re.search(rb"^\s*\[tool\.checker[.\]]", data, re.MULTILINE))


def load(path: Path) -> Config:
    """The config in a file; CheckerErrors with everything that is wrong in it."""
    from checker.schema import Config as ConfigModel
    from checker.schema import validated

    file = _toml(path) if path.suffix == ".toml" else _yaml(path)
    errors: list[CheckerError] = []
    model = validated(file, ConfigModel, errors)
    if model is None:
        raise CheckerErrors(errors)
    config = _config(model, file, path)
    for number, pack in enumerate(config.packs):
        if not pack.exists():
            errors.append(file.error(f"no such file or folder: `{model.packs[number]}`, relative to this file", ("packs", number)))
    if errors:
        raise CheckerErrors(errors)
    return config


def _yaml(path: Path) -> YamlFile:
    from checker.yamlfile import read

    return read(path)


def _config(model: ConfigModel, file: YamlFile, path: Path) -> Config:
    places = {("profile", model.profile): (file.path, *file.place(("profile",)))}
    for key in ("select", "ignore", "unsuppressable"):
        places.update({(key, name): (file.path, *file.place((key, number))) for number, name in enumerate(getattr(model, key))})
    places.update({("severity", name): (file.path, *file.place(("severity", name), key=True)) for name in model.severity})
    return Config(
        model.profile,
        model.publisher or "",
        tuple(path.parent / pack for pack in model.packs),
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
        path.parent / model.baseline if model.baseline else None,
        places,
    )


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
