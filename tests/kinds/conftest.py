"""Rules built by hand and run on articles built by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from checker.kinds import KINDS
from checker.reading import Reading
from checker.rule import Consistent, Context, Cue, Forbid, Limit, Match, Metadata, Numbering, Repetition, Require, Rule, When
from checker.rule import Sequence as SequenceRule
from checker.violation import Fact, Hit

DEFAULT = ("title", "heading", "paragraph", "list", "quote", "table", "caption", "alt", "code")
TYPES: dict[str, type[Rule]] = {
    "forbid": Forbid, "require": Require, "limit": Limit, "consistent": Consistent, "metadata": Metadata,
    "repetition": Repetition, "numbering": Numbering, "sequence": SequenceRule,
}  # fmt: skip


@pytest.fixture(scope="session")
def rule() -> Callable[..., Rule]:
    """rule(kind, match, **fields of the kind and of Rule)."""

    def make(kind: str, match: Match = Match(), **fields: Any) -> Rule:  # noqa: B008 — a frozen value
        shared = {
            "id": "test/test", "kind": kind, "category": "leftover", "severity": "error", "messages": {"": {"en": "!"}}, "why": {},
            "basis": (), "jurisdictions": (), "pack": "test", "scopes": DEFAULT, "excepts": (), "unless": (), "when": When(),
        }  # fmt: skip
        return TYPES[kind](**{**shared, "match": match, **fields})

    return make


@pytest.fixture(scope="session")
def run(article: Any, read: Any) -> Callable[..., tuple[Reading, list[Hit | Fact]]]:
    """run(rule, cues, *pieces of an article or one document, contexts=…, actions=…) -> (reading, what the rule yields)."""

    def make(
        rule: Rule, cues: Sequence[Cue], *pieces: Any, contexts: Sequence[Context] = (), actions: Sequence[int] = ()
    ) -> tuple[Reading, list[Hit | Fact]]:
        document = pieces[0] if len(pieces) == 1 and hasattr(pieces[0], "visible") else article(*pieces)
        reading = read(document, cues, [rule], contexts, actions)
        return reading, list(KINDS[rule.kind](rule, 0, reading))

    return make


@pytest.fixture(scope="session")
def reported(run: Any) -> Callable[..., list[str]]:
    """What stands at the hits of a rule."""

    def make(*args: Any, **options: Any) -> list[str]:
        reading, found = run(*args, **options)
        text, source = reading.document.visible.text, reading.document.source.text
        hits = [hit for hit in found if isinstance(hit, Hit)]
        return [source[slice(*hit.source)] if hit.source else text[hit.start : hit.end] for hit in hits]

    return make
