"""What importers of other tools' rules share: what becomes of a file, patterns that are plain text, examples that hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from checker.commands.new_rule import entry_of
from checker.errors import CheckerError

Rule = dict[str, Any]
_LITERAL = re.compile(r"(?:[^\\^$.|?*+()\[\]{}]|\\[^\w\s])+")
_ESCAPE = re.compile(r"\\(.)")


class Imported(NamedTuple):
    """rules: ready to be written; lost: `path:line:column: what: why`; read: how many rules there were; instruments: what they rest on."""

    rules: list[Rule]
    lost: list[str]
    read: int
    instruments: dict[str, dict[str, Any]] = {}


def literal(pattern: str) -> str | None:
    """The text that a regular expression stands for, None where it stands for several."""
    return _ESCAPE.sub(r"\1", pattern) if _LITERAL.fullmatch(pattern) else None


def braceless(message: str) -> str:
    """A message without braces, which would be placeholders."""
    return message.replace("{", "（").replace("}", "）")


def pack_of(imported: Imported) -> str:
    """The pack, as an editor would write it."""
    import yaml

    basis = yaml.safe_dump({"instruments": imported.instruments}, allow_unicode=True, sort_keys=False) if imported.instruments else ""
    return basis + ("rules:\n" + "".join(map(entry_of, imported.rules)) if imported.rules else "rules: []\n")


def tried(rule: Rule, bads: Iterable[Any], goods: Iterable[Any]) -> tuple[Rule | None, str]:
    """The rule with the first example of each sort that holds; None and why where the rule is not valid or no example holds."""
    from checker.examples import run_examples
    from checker.packs import load

    reason = ""
    alone = {key: value for key, value in rule.items() if key != "basis"}
    listed = list(goods)
    with TemporaryDirectory() as folder:
        trial = Path(folder, "trial.yaml")
        for bad in bads:
            good: Any = None
            while good is not None or listed:
                good = listed[0] if good is None else good
                example = {"bad": [bad], "good": [good]}
                trial.write_text("rules:\n" + entry_of(alone | example), encoding="utf-8")
                try:
                    failed = {result.kind: result.message for result in run_examples(load([trial])) if not result.passed}
                except CheckerError as error:
                    return None, error.message if not hasattr(error, "errors") else error.errors[0].message
                if not failed:
                    return rule | example, ""
                reason = failed.get("bad") or failed["good"]
                if "bad" in failed or listed[-1] is good:
                    break
                good = listed[listed.index(good) + 1]
    return None, f"no example was found that it reports and one that it leaves alone ({reason})"
