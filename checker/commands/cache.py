"""`checker cache`: where the private folder is, or empty it."""

from __future__ import annotations

import argparse

from checker import cache
from checker.errors import CheckerError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("path", "clear"), help="print where it is, or remove what is kept there / 显示位置，或清空")


def run(args: argparse.Namespace) -> int:
    try:
        print(cache.path() if args.action == "path" else f"removed files / 已删除文件: {cache.clear()}")
    except (OSError, RuntimeError) as error:
        raise CheckerError(f"the cache cannot be reached / 无法访问缓存: {error}") from None
    return 0
