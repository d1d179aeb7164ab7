"""`checker import prh FILE`: a dictionary of prh as a pack, and an exact account of what could not be carried over."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from checker.commands.new_rule import entry_of
from checker.commands.writing import written
from checker.errors import CheckerError

_LITERAL = re.compile(r"[^\\^$.|?*+()\[\]{}]+")
_REGEX = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", choices=("prh",), help="prh: a dictionary in YAML / prh 词典")
    parser.add_argument("file", metavar="FILE", type=Path, help="what to import / 要导入的文件")
    parser.add_argument("--out", metavar="PACK", type=Path, help="where to write the pack (default: standard output) / 写入的规则包")
    parser.add_argument("--name", metavar="WORD", default="prh", help="first part of the rules' ids (default: prh) / 规则名前缀")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 where all was carried over, 1 where something was not: it is told on standard error."""
    from checker.yamlfile import read

    if args.out and args.out.exists():
        raise CheckerError("exists already: nothing written over it / 已存在，未覆盖", str(args.out))
    data = read(args.file).data
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        raise CheckerError("no prh dictionary: `rules:` is missing / 不是 prh 词典，缺少 rules:", str(args.file))
    lost = [f"{key}: not carried over; import those files too" for key in ("imports",) if data.get(key)]
    rules = []
    for number, item in enumerate(data["rules"], 1):
        rule, reasons = _rule(f"{args.name}/{number}", item)
        lost += [f"rules[{number}]: {reason}" for reason in reasons]
        rules += [rule] if rule else []
    text = "rules:\n" + "".join(map(entry_of, rules)) if rules else "rules: []\n"
    _write(args.out, text)
    for line in lost:
        print(f"{args.file}: {line}", file=sys.stderr)
    print(f"checker: {len(rules)} of {len(data['rules'])} rules carried over / 已导入", file=sys.stderr)
    return 1 if lost else 0


def _rule(name: str, item: Any) -> tuple[dict[str, Any] | None, list[str]]:
    """A rule that forbids the patterns of an entry, None where none of them maps; and what is lost."""
    if isinstance(item, str):
        return None, [f"`{item}`: prh forbids its other widths and cases, which are one here"]
    if not isinstance(item, dict) or not item.get("expected"):
        return None, ["`expected` is missing"]
    expected = str(item["expected"])
    given = item.get("patterns", item.get("pattern"))
    patterns = [str(pattern) for pattern in (given if isinstance(given, list) else [given] if given else [])]
    reasons = [f"`{key}` is not carried over" for key in ("regexpMustEmpty", "options") if item.get(key)]
    terms = []
    for pattern in patterns:
        literal = _literal(pattern)
        if literal is None:
            reasons.append(f"`{pattern}`: a regular expression; write it as a pattern of checker")
        elif literal == expected:
            reasons.append(f"`{pattern}` is what is expected")
        else:
            terms.append(literal)
    if not patterns:
        reasons.append(f"`{expected}` has no pattern: prh forbids its other widths and cases, which are one here")
    if not terms or "$" in expected:
        return None, reasons or [f"`{expected}` refers to groups"]
    message = str(item.get("prh") or f"应写“{expected}”").replace("{", "（").replace("}", "）")
    rule = {"id": name, "kind": "forbid", "category": "terminology", "severity": "warning", "message": message, "terms": terms}
    if any(term in expected for term in terms):
        rule["except"] = [expected]
    return rule | {"replace": expected.replace("\\", "\\\\"), "bad": [f"⟦{terms[0]}⟧"], "good": [expected]}, reasons


def _literal(pattern: str) -> str | None:
    """The text that a pattern of prh stands for, None where it is a real regular expression. prh escapes nothing in plain text."""
    found = _REGEX.fullmatch(pattern)
    if found is None:
        return pattern
    return found[1] if _LITERAL.fullmatch(found[1]) and set(found[2]) <= set("gmu") else None


def _write(path: Path | None, text: str) -> None:
    if path is None:
        sys.stdout.write(text)
        return
    with written(path) as file:
        file.write(text.encode())
