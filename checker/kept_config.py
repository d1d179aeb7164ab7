"""The config of an earlier run, as long as no file that it was read from has changed: no pydantic, no YAML."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker import cache
from checker.config import FILE_NAMES, Config, Override, load
from checker.installed import named
from checker.values import names_of

_PATHS = ("path", "baseline")
_LISTS_OF_PATHS = ("packs", "files")


def config_at(path: Path) -> Config:
    """What a config file says; CheckerErrors with everything that is wrong in it."""
    name = cache.key("config", os.getcwd(), str(path))
    config = _config(cache.recall(name))
    if config is None:
        config = load(path)
        cache.remember(name, _data(config), [os.path.abspath(file) for file in config.files])
    return config


def _config(data: Any) -> Config | None:
    """None where nothing fits: what names lead to may have changed without the file."""
    try:
        config = _from_data(data) if data else None
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
    if config is None or not all(pack.exists() for pack in config.packs):
        return None
    return config if all(str(named(name, FILE_NAMES)) == led for name, led in config.extended.items()) else None


def _data(config: Config) -> dict[str, Any]:
    data = {name: getattr(config, name) for name in names_of(Config)}
    data |= {name: data[name] and str(data[name]) for name in _PATHS}
    data |= {name: list(map(str, data[name])) for name in _LISTS_OF_PATHS}
    data["overrides"] = [[override.files, override.changes] for override in config.overrides]
    data["places"] = [[*key, *place] for key, place in config.places.items()]
    return data


def _from_data(data: Mapping[str, Any]) -> Config:
    values = {name: _frozen(value) for name, value in data.items()}
    values |= {name: values[name] and Path(values[name]) for name in _PATHS}
    values |= {name: tuple(map(Path, values[name])) for name in _LISTS_OF_PATHS}
    values["overrides"] = tuple(Override(*row) for row in values["overrides"])
    values["places"] = {(key, name): (path, line, column) for key, name, path, line, column in values["places"]}
    return Config(**values)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
