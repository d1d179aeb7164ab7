"""`checker new-rule ID FILE`: a rule of one's own, written behind the others of a pack once its examples hold."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from checker.commands.writing import written
from checker.errors import CheckerError
from checker.violation import CATEGORIES, SEVERITIES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="e.g. house/hype / 规则名")
    parser.add_argument("file", metavar="FILE", type=Path, help="the pack; made where there is none / 规则包文件，没有则新建")
    parser.add_argument(
        "--term", metavar="TEXT", action="append", default=[], help="what must not stand there; repeat for several / 禁用词"
    )
    parser.add_argument("--pattern", metavar="REGEX", action="append", default=[], help="the same as a pattern / 模式")
    parser.add_argument("--message", metavar="TEXT", help="what an editor is told (default: not to write it) / 提示")
    parser.add_argument("--category", choices=CATEGORIES, default="terminology", help="(default: terminology) / 类别")
    parser.add_argument("--severity", choices=SEVERITIES, default="warning", help="(default: warning) / 级别")
    parser.add_argument("--replace", metavar="TEXT", help="what should stand there, for --fix / 应改为")
    parser.add_argument(
        "--bad",
        metavar="TEXT",
        action="append",
        default=[],
        help="an example, ⟦ ⟧ around what is reported (default: the first term) / 反例",
    )
    parser.add_argument("--good", metavar="TEXT", action="append", required=True, help="an example that is left alone / 正例")


def run(args: argparse.Namespace) -> int:
    if not (args.term or args.pattern):
        raise CheckerError("what is forbidden? give --term or --pattern / 请用 --term 或 --pattern 指明禁用什么")
    if not (args.bad or args.term):
        raise CheckerError("a pattern needs an example: give --bad / 用模式时须以 --bad 给出反例")
    before = _read(args.file) if args.file.exists() else "rules:\n"
    newline = "\r\n" if "\r\n" in before else "\n"
    after = before + ("" if before.endswith("\n") else newline) + entry_of(rule_of(args)).replace("\n", newline)
    _tested(args.id, args.file, before, after)
    with written(args.file) as file:
        file.write(after.encode())
    print(f"{args.file}: {args.id} written, its examples hold / 已写入，例子通过")
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckerError(f"cannot be read as UTF-8 text: {error} / 无法按 UTF-8 读取", str(path)) from error


def rule_of(args: argparse.Namespace) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": args.id, "kind": "forbid", "category": args.category, "severity": args.severity}
    rule["message"] = args.message or "不宜写“{match}”"
    rule |= {
        key: value
        for key, value in (("terms", args.term), ("patterns", args.pattern), ("replace", args.replace))
        if value not in ([], None)
    }
    return rule | {"bad": args.bad or [f"⟦{args.term[0]}⟧"], "good": args.good}


def entry_of(rule: dict[str, Any]) -> str:
    """One item of `rules:`, as an editor would write it."""
    import yaml

    text = yaml.safe_dump(rule, allow_unicode=True, sort_keys=False, width=1000)
    lines = text.rstrip("\n").split("\n")
    return "\n".join([f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]) + "\n"


def _tested(name: str, file: Path, before: str, after: str) -> None:
    """CheckerError where the pack would not be valid with the rule, or an example does not hold."""
    from checker.examples import run_examples
    from checker.packs import load, shipped_rules
    from checker.yamlfile import parse

    old, new = (parse(text, str(file)).data for text in (before, after))
    rules = new.get("rules") if isinstance(new, dict) else None
    kept = (old.get("rules") or []) if isinstance(old, dict) else None
    if not isinstance(rules, list) or rules[:-1] != kept:
        raise CheckerError("`rules:` must be the last key of the pack, its items indented by two spaces / rules: 须是最后一个键", str(file))
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / file.name
        trial.write_text(after, encoding="utf-8")
        try:
            packs = load([shipped_rules(), trial])
            failed = [result for result in run_examples(packs, [name]) if not result.passed]
        except CheckerError as error:
            raise CheckerError(str(error).replace(str(trial), str(file))) from None
    if failed:
        raise CheckerError("nothing written / 未写入:\n" + "\n".join(f"{result.kind}: {result.message}" for result in failed))
