"""`checker lsp`: the language server that editors start. It speaks over standard input and output."""

from __future__ import annotations

import argparse

from checker.commands.options import add_baseline_option, add_rule_options, add_selection_options
from checker.errors import CheckerError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stdio", action="store_true", help="as editors may pass it; there is no other way / 编辑器可能会加，无其他方式")
    add_rule_options(parser)
    add_selection_options(parser)
    add_baseline_option(parser)


def run(args: argparse.Namespace) -> int:
    try:
        from checker.commands.language_server import serve
    except ImportError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        message = "the language server needs pygls: pip install 'article-checker[lsp]' / 语言服务器需要 pygls，请按左侧命令安装"
        raise CheckerError(message) from None
    return serve(args)
