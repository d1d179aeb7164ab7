"""Rule kinds: each decides, from the hits of cues in one article, what to report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from checker.kinds import boilerplate, consistent, forbid, limit, metadata, numbering, repetition, require, sequence
from checker.reading import Reading
from checker.violation import Fact, Hit

Judge = Callable[[Any, int, Reading], Iterator[Hit | Fact]]  # (rule of its kind, its index in the plan, the article)

KINDS: dict[str, Judge] = {
    "forbid": forbid.judge,
    "require": require.judge,
    "limit": limit.judge,
    "consistent": consistent.judge,
    "metadata": metadata.judge,
    "repetition": repetition.judge,
    "numbering": numbering.judge,
    "boilerplate": boilerplate.judge,
    "sequence": sequence.judge,
}
