"""Commands of the peers that bench/setup.sh installs, with the same patterns where they take any."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

PEERS = Path(__file__).parent / ".peers"
NAMES = ("textlint", "semgrep", "zhlint", "autocorrect")


def commands(work: Path, folder: Path, patterns: Sequence[str]) -> dict[str, Sequence[str]]:
    prh, config, rules = work / "prh.yml", work / "textlintrc.json", work / "semgrep.yml"
    prh.write_text("version: 1\nrules:\n" + "".join(f"  - expected: {_quoted('※')}\n    pattern: /{_escaped(p)}/\n" for p in patterns))
    config.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(prh)]}}}))
    rules.write_text(
        json.dumps(
            {
                "rules": [
                    {"id": f"r{n}", "languages": ["regex"], "severity": "ERROR", "message": "found", "pattern-regex": p}
                    for n, p in enumerate(patterns)
                ]
            }
        )
    )
    (folder / ".zhlintrc").write_text('{"preset": "default"}')  # else it has no rules
    tools = PEERS / "node_modules" / ".bin"
    every = f"{folder}/*.md"
    semgrep = ["scan", "--quiet", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--config", str(rules), str(folder)]
    found: dict[str, Sequence[str]] = {
        "textlint": [str(tools / "textlint"), "--config", str(config), "--rules-base-directory", str(PEERS / "node_modules"), every],
        "semgrep": [str(PEERS / "semgrep" / "bin" / "semgrep"), *semgrep],
        "zhlint": [str(tools / "zhlint"), "--dir", str(folder), "*.md"],
        "autocorrect": [str(tools / "autocorrect"), "--lint", str(folder)],
    }
    return {name: command for name, command in found.items() if Path(command[0]).exists()}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _escaped(pattern: str) -> str:
    return re.sub("/", r"\/", pattern)
