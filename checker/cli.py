"""The command line: arguments, the one error handler, exit codes (0 clean, 1 violations, 2 something could not be checked)."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from checker import __version__
from checker.errors import CheckerError

COMMANDS = {  # name: (module, one line of help)
    "check": ("checker.commands.check", "check articles / 检查文章"),
    "baseline": ("checker.commands.baseline", "accept today's findings, or drop what is fixed / 接受现有问题，只报新增"),
    "suppressions": ("checker.commands.suppressions", "list what articles suppress, why and since when / 列出豁免"),
    "rules": ("checker.commands.rules", "list the rules that would run / 列出规则"),
    "explain": ("checker.commands.explain", "explain one rule: why, basis, examples / 解释一条规则"),
    "config": ("checker.commands.config", "show what holds for an article and what says so / 显示生效的配置及出处"),
    "test": ("checker.commands.test", "run the examples of packs, or score against labelled articles / 测试规则包"),
    "diff-rules": ("checker.commands.diff_rules", "what other rules would newly report, or no longer / 比较两套规则的结果"),
    "new-rule": ("checker.commands.new_rule", "write a rule of your own, tested by its examples / 写一条自有规则"),
    "import": ("checker.commands.importing", "turn a dictionary of prh or a style of Vale into a pack / 把 prh 词典、Vale 样式转成规则包"),
    "init": ("checker.commands.init", "write a commented .checker.yaml / 生成配置文件"),
    "lsp": ("checker.commands.lsp", "the language server, for editors / 供编辑器使用的语言服务器"),
    "cache": ("checker.commands.cache", "where compiled packs are kept, or remove them / 缓存的位置，或清空"),
    "schema": ("checker.commands.schema", "print the JSON Schema of packs or config for editors / 输出 JSON Schema"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code. A CheckerError is shown as it is; anything else is a bug: its traceback, and 2 all the
    same, for 1 would say that all was checked."""
    argv = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an article's text must be printable whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        args = _parser(argv).parse_args(argv)
        code: int = importlib.import_module(COMMANDS[args.command][0]).run(args)
        if not sys.stdout.closed:  # the language server closes it when its editor goes
            sys.stdout.flush()
        return code
    except CheckerError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # `checker check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        print("interrupted / 已中断", file=sys.stderr)
        return 130
    except Exception:
        import traceback

        traceback.print_exc()
        print("internal error, please report it / 内部错误，请报告", file=sys.stderr)
        return 2


class _Aligned(argparse.HelpFormatter):
    """argparse forgets that the names of commands are indented, and breaks the line behind the longest."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        self._action_max_length = 4 + max(map(len, COMMANDS))


def _parser(argv: list[str]) -> argparse.ArgumentParser:
    """Only the asked-for command's module is imported: a hook that runs `check` pays for nothing else."""
    parser = argparse.ArgumentParser(
        prog="checker",
        description="Check articles for law, honesty and cleanliness. / 检查文章是否合规、诚实、整洁。",
        formatter_class=_Aligned,
        epilog="Exit codes: 0 clean, 1 violations at or above fail_on, 2 something could not be checked or understood.",
    )
    parser.add_argument("--version", action="version", version=f"checker {__version__}")
    # Without `prog`, argparse makes a usage line to find it.
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", prog=parser.prog)
    asked = next((word for word in argv if not word.startswith("-")), "")
    for name in (asked,) if asked in COMMANDS else COMMANDS:
        module, summary = COMMANDS[name]
        command = commands.add_parser(name, help=summary, description=summary)
        if name == asked:
            importlib.import_module(module).add_arguments(command)
    return parser
