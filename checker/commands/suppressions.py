"""`checker suppressions [PATH…]`: what articles suppress, where, why, until when, since when, and whether it holds."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.commands.checks import Checks, add_article_options
from checker.commands.configs import today
from checker.commands.options import add_rule_options
from checker.config import Config
from checker.document import Source
from checker.engine import File, format_of
from checker.errors import CheckerError
from checker.formats.concise import failure_line, printable
from checker.formats.run import COVERS
from checker.git import written_on
from checker.parse import parse
from checker.read import read
from checker.suppressions import PREFIX, Suppression, invalid, suppressions
from checker.violation import CATEGORIES, Failure

_STATES = {
    "zh": {"no-reason": "没有理由，不生效", "malformed": "写法有误，不生效", "expired": "已到期，不再生效", "unknown": "有未知名称",
           "not-allowed": "不允许豁免"},
    "en": {"no-reason": "no reason: not applied", "malformed": "malformed: not applied", "expired": "expired: not applied",
           "unknown": "unknown name", "not-allowed": "may not be suppressed"},
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_article_options(parser)
    add_rule_options(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="one line each, or JSON / 输出格式")


def run(args: argparse.Namespace) -> int:
    """Exit code 2 where an article could not be read, else 0: that a suppression is not in order is for `check` to say."""
    checks = Checks(args)
    failures = list(checks.failures)
    listed: list[dict[str, Any]] = []
    for config, file in checks.files:
        known = checks.configs.planned(config).names
        try:
            listed += _listed(file, config, known)
        except CheckerError as error:
            failures.append(Failure(file.path, "parse", error.message, error.line, error.column))
    for failure in failures:
        print(failure_line(failure), file=sys.stderr)
    if args.format == "json":
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        sys.stdout.writelines(_text(listed, checks.usual.lang))
    return 2 if failures else 0


def _listed(file: File, config: Config, known: frozenset[str]) -> Iterator[dict[str, Any]]:
    source = read(file.path, file.encoding)
    if isinstance(source, Failure):
        raise CheckerError(source.message, source.path, source.line, source.column)
    if PREFIX not in source.text and not source.package:
        return
    found = sorted(suppressions(parse(source, format_of(file.path), config.site))[0], key=lambda s: s.span)
    dates = written_on(Path(file.path), (_line(source, s) for s in found)) if found and not source.package else {}
    for s in found:
        at = source.lines.position(s.span.start)
        yield {
            "path": file.path,
            "line": at.line,
            "column": at.column,
            "rules": list(s.names),
            "covers": s.kind,
            "reason": s.reason,
            "until": s.until,
            "state": _state(s, known, config.unsuppressable),
            "since": dates.get(at.line, ""),
        }


def _line(source: Source, s: Suppression) -> int:
    return source.lines.position(s.span.start).line


def _state(s: Suppression, known: frozenset[str], fixed: tuple[str, ...]) -> str:
    if wrong := invalid(s, today()):
        return wrong.partition("/")[2]
    if set(s.names) & set(fixed):
        return "not-allowed"
    return "active" if all(name in known or name in CATEGORIES for name in s.names) else "unknown"


def _text(listed: list[dict[str, Any]], lang: str) -> Iterator[str]:
    zh = lang == "zh"
    for s in listed:
        parts = [", ".join(s["rules"]), COVERS[lang][s["covers"]], s["reason"] or ("（无理由）" if zh else "(no reason)")]
        parts += [f"{'有效至' if zh else 'until'} {s['until']}"] if s["until"] else []
        parts += [_age(s["since"], zh)] if s["since"] else []
        parts += [_STATES[lang][s["state"]]] if s["state"] != "active" else []
        yield f"{printable(s['path'])}:{s['line']}:{s['column']}: {printable(' · '.join(parts))}\n"
    count = len(listed)
    yield f"共 {count} 处豁免\n" if zh else f"{count} suppression{'' if count == 1 else 's'}\n"


def _age(since: str, zh: bool) -> str:
    from datetime import date

    days = max((date.fromisoformat(today()) - date.fromisoformat(since)).days, 0)
    return f"{days} 天前（{since}）" if zh else f"{days} day{'' if days == 1 else 's'} old ({since})"
