"""What a name under `extends` stands for that is no path: the rules of an installed package, or a shipped profile.

A package exposes rules by an entry point of the group `checker.rules` that names the package whose folder holds them. Nothing of it is
run: the folder is found as an import would find it, and only its YAML is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from checker.errors import did_you_mean
from checker.packfiles import shipped_rules

GROUP = "checker.rules"


def named(name: str, configs: Iterable[str]) -> Path | None:
    """The config of an installed package (a file called as one of `configs`), else its folder, which is one of packs; else the file of a
    shipped profile. None where nothing has that name."""
    if _is_path(name):
        return None
    folder = _exposed(name)
    if folder is not None:
        return next((folder / config for config in configs if (folder / config).is_file()), folder)
    profile = shipped_rules() / "profiles" / f"{name}.yaml"
    return profile if profile.is_file() else None


def unknown(name: str) -> str:
    """What is wrong with a name that stands for nothing."""
    if _is_path(name):
        return f"no such file: `{name}`, relative to this file"
    from importlib.metadata import entry_points

    known = sorted({point.name for point in entry_points(group=GROUP)})
    known += sorted(path.stem for path in (shipped_rules() / "profiles").glob("*.yaml"))
    return f"no file, installed package of rules or shipped profile `{name}`{did_you_mean(name, known)}; known: {', '.join(known)}"


def _is_path(name: str) -> bool:
    return "/" in name or name.endswith((".yaml", ".yml", ".toml"))


def _exposed(name: str) -> Path | None:
    from importlib.metadata import entry_points  # 20 ms, and seldom needed

    return next((folder for point in entry_points(group=GROUP, name=name) if (folder := _folder(point.module))), None)


def _folder(module: str) -> Path | None:
    """The folder of a package. Only its topmost part is asked for: to find what is below, an import would run the parts above."""
    from importlib.util import find_spec

    top, *below = module.split(".")
    spec = find_spec(top)
    places = spec.submodule_search_locations or () if spec else ()
    return next((folder for place in places if (folder := Path(place, *below)).is_dir()), None)
