"""Imports point only up the list of docs/architecture.md; a warm run's modules stay few."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = [
    ["errors", "expressions", "values"],
    ["text", "cache", "packfiles", "rows"],
    ["encodings", "globs", "installed", "site", "fold_table", "sound_table"],
    ["fold", "sounds"],
    ["document", "rule"],
    ["plan_data", "site_name"],
    ["violation"],
    ["language"],
    ["patterns"],
    ["scan"],
    ["reading"],
    ["context"],
    ["near"],
    ["kinds"],
    ["yamlfile"],
    ["schema"],
    ["packs"],
    ["compile"],
    ["config"],
    ["kept_config"],
    ["parse"],
    ["read"],
    ["fixes"],
    ["judge", "place", "suppressions", "baseline", "git"],
    ["suppress", "changes", "policy"],
    ["engine"],
    ["pool", "examples", "score"],
    ["coverage", "slowness"],
    ["plans"],
    ["formats"],
    ["commands"],
    ["cli"],
    ["__main__"],
]


def layer_of(module: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if module.split(".")[0] in names)


def imports(path: Path) -> set[str]:
    """Modules of ours that a file imports, below `checker.`, also inside functions and for types only."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("checker."):
            found.add(node.module.removeprefix("checker."))
        elif isinstance(node, ast.Import):
            found |= {alias.name.removeprefix("checker.") for alias in node.names if alias.name.startswith("checker.")}
    return found


def test_imports_point_only_up() -> None:
    modules = {".".join(path.relative_to(ROOT / "checker").with_suffix("").parts): path for path in (ROOT / "checker").rglob("*.py")}
    wrong = [
        f"{module} imports {other}"
        for module, path in sorted(modules.items())
        if module != "__init__"
        for other in imports(path)
        if other.split(".")[0] != module.split(".")[0] and layer_of(other) >= layer_of(module)
    ]
    assert wrong == []


def test_the_document_lists_every_module_in_this_order() -> None:
    section = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("## Modules")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    names = [[name.removesuffix(".py").rstrip("/") for name in re.findall(r"`(\S+)`", row)] for row in rows]
    assert sorted(name for row in names for name in row) == sorted(name for layer in LAYERS for name in layer)
    layers = [layer_of(name) for row in names for name in row]
    assert layers == sorted(layers)


def test_every_module_has_a_layer() -> None:
    names = {path.stem if path.is_file() else path.name for path in (ROOT / "checker").iterdir() if path.name != "__pycache__"}
    assert {name for names in LAYERS for name in names} == names - {"__init__", "py", "_rules"}
