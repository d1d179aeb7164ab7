"""`checker import prh FILE`, `checker import vale STYLE_DIR`: rules of other tools as a pack, and an exact account of what is lost."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from checker.commands.imported import pack_of
from checker.commands.writing import written
from checker.errors import CheckerError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form",
        choices=("prh", "vale"),
        help="prh: a dictionary in YAML; vale: a folder of one style's rules / prh 词典，或 Vale 的一个样式",
    )
    parser.add_argument("path", metavar="PATH", type=Path, help="the dictionary, or the folder of the style / 词典文件，或样式文件夹")
    parser.add_argument("--out", metavar="PACK", type=Path, help="where to write the pack (default: standard output) / 写入的规则包")
    parser.add_argument(
        "--name", metavar="WORD", default="", help="first part of the rules' ids (default: prh, or the folder's) / 规则名前缀"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0 where all was carried over, 1 where something was not: it is told on standard error."""
    if args.out and args.out.exists():
        raise CheckerError("exists already: nothing written over it / 已存在，未覆盖", str(args.out))
    if args.form == "prh":
        from checker.commands.import_prh import import_prh

        imported = import_prh(args.path, args.name or "prh")
    else:
        from checker.commands.import_vale import import_vale

        imported = import_vale(args.path, args.name)
    _write(args.out, pack_of(imported))
    for line in imported.lost:
        print(line, file=sys.stderr)
    carried = len({rule["id"].partition("--")[0] for rule in imported.rules})
    print(f"checker: {carried} of {imported.read} rules carried over / 已导入", file=sys.stderr)
    return 1 if imported.lost else 0


def _write(path: Path | None, text: str) -> None:
    if path is None:
        sys.stdout.write(text)
        return
    with written(path) as file:
        file.write(text.encode())
