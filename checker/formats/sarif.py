"""SARIF 2.1.0 (OASIS Standard): one result per violation, failures as tool notifications."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from checker import __version__
from checker.formats.run import NO_ADVICE, Run
from checker.place import without_values
from checker.rule import Rule, in_language
from checker.text import Position
from checker.violation import BASELINE, Checked, Failure, Violation

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    driver = {
        "name": "checker",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [rule_object(rule, run) for rule in run.rules],
    }
    assumed = {"profile": run.profile, "jurisdictions": list(run.jurisdictions), "notice": NO_ADVICE[run.lang]}
    index = {rule.id: number for number, rule in enumerate(run.rules)}
    head = _dump({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "properties": assumed})
    yield f'{{"$schema":{_dump(SCHEMA)},"version":"2.1.0","runs":[{head[:-1]},"results":['
    failures: list[Failure] = []
    first = True
    for checked in results:
        failures.extend(checked.failures)
        for violation in checked.violations:
            yield ("\n" if first else ",\n") + _dump(result_object(violation, index.get(violation.rule)))
            first = False
    invocation = {"executionSuccessful": not failures, "toolExecutionNotifications": [_notification(f) for f in failures]}
    yield f'],\n"invocations":[{_dump(invocation)}]}}]}}\n'


def rule_object(rule: Rule, run: Run) -> dict[str, Any]:
    """A reportingDescriptor: what the rule is, why, and its basis as help text."""
    usual = without_values(in_language(rule.messages[""], run.lang))
    why = in_language(rule.why, run.lang) or usual
    bases = [run.instruments[key] for key in rule.basis if key in run.instruments]
    titles = [f"{in_language(i.title, run.lang)} {i.number} {i.url}".strip() for i in bases] or [
        "网站规范" if run.lang == "zh" else "site policy"
    ]
    label = "依据" if run.lang == "zh" else "Basis"
    return {
        "id": rule.id,
        "shortDescription": {"text": usual},
        "fullDescription": {"text": why},
        "help": {
            "text": f"{why}\n{label}: {'; '.join(titles)}",
            "markdown": f"{why}\n\n**{label}**\n\n" + "".join(f"- {title}\n" for title in titles),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"category": rule.category, "tags": [rule.category, *rule.jurisdictions], "basis": list(rule.basis)},
    }


def _region(start: Position, end: Position, snippet: str = "") -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
    }
    return region | ({"snippet": {"text": snippet}} if snippet else {})


def _location(path: str, region: dict[str, Any]) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(path), "uriBaseId": "%SRCROOT%"}
        if not path.startswith("/")
        else {"uri": "file://" + quote(path)},
        "region": region,
    }


def result_object(v: Violation, rule_index: int | None) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": v.rule,
        **({"ruleIndex": rule_index} if rule_index is not None else {}),
        "level": _LEVELS[v.severity],
        "message": {"text": v.message},
        "locations": [{"physicalLocation": _location(v.path, _region(v.start, v.end, v.excerpt))}],
        "partialFingerprints": {"checker/v1": v.fingerprint},
    }
    if v.related:
        result["relatedLocations"] = [
            {"physicalLocation": _location(v.path, _region(r.start, r.end)), "message": {"text": r.message}} for r in v.related
        ]
    if v.suppressed:
        kind = "external" if v.suppressed == BASELINE else "inSource"
        result["suppressions"] = [{"kind": kind, "justification": v.suppressed}]
    if v.fix:
        replacement = {"deletedRegion": _region(v.fix.start, v.fix.end), "insertedContent": {"text": v.fix.text}}
        artifact = _location(v.path, {})["artifactLocation"]
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}]}]
    properties = {key: value for key, value in (("finding", v.finding), ("folded", v.folded)) if value}
    return result | ({"properties": properties} if properties else {})


def _notification(f: Failure) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(f.path)}}
    if f.line:
        location["region"] = {"startLine": f.line, "startColumn": max(f.column, 1)}
    return {"level": "error", "message": {"text": f.message}, "descriptor": {"id": f.kind}, "locations": [{"physicalLocation": location}]}
