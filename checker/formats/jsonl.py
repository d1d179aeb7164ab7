"""One JSON object a line: violations (with `rule`) as in the JSON report, failures (with `kind`) among them, in path order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from checker.formats.json import failure, violation_object
from checker.formats.run import Run
from checker.violation import Checked


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for checked in results:
        for failed in checked.failures:
            yield dump({"failure": failure(failed)}) + "\n"
        for violation in checked.violations:
            yield dump(violation_object(violation)) + "\n"
