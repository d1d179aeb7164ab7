"""Where a rule looks: scopes of blocks, and inline marks in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from checker.document import Block, Document
from checker.scan.hits import CueHit

PROSE = frozenset(("title", "heading", "paragraph", "list", "quote", "table", "caption"))


def fits(block: Block, scopes: tuple[str, ...]) -> bool:
    """Whether a rule that looks at `scopes` looks at a block: at its own scope, or, in prose, at any scope around it.

    A list in a quote is in scope `quote`, but a link target in a paragraph is not in scope `paragraph`. `line` by itself
    means the lines of all prose.
    """
    if block.scope in scopes:
        return True
    if block.scope not in PROSE:
        return False
    return any(outer in scopes for outer in block.inside) or ("line" in scopes and PROSE.isdisjoint(scopes))


class Marks:
    """The blocks and inline marks of a document, for looking up what a hit lies in."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._fitting: dict[tuple[str, ...], tuple[bytes, bytes]] = {}
        kinds: dict[tuple[str, tuple[str, ...]], int] = {}
        self._kinds = [kinds.setdefault((block.scope, block.inside), len(kinds)) for block in document.blocks]
        self._examples = [document.blocks[self._kinds.index(kind)] for kind in kinds.values()]

    def may_hold(self, scopes: tuple[str, ...]) -> bool:
        """Whether anything in the document is in scope; () is everything."""
        return not scopes or 1 in self.holding(scopes)

    def holding(self, scopes: tuple[str, ...]) -> bytes:
        """1 for each block in which a hit may be in scope, 0 for the others."""
        return self._blocks(scopes)[1]

    def _blocks(self, scopes: tuple[str, ...]) -> tuple[bytes, bytes]:
        """Which blocks are in scope, and in which of them a hit may be. Asked once for each kind of block."""
        found = self._fitting.get(scopes)
        if found is None:
            fit = [fits(block, scopes) for block in self._examples]
            inline = "link" in scopes or "code" in scopes
            hold = [fit or block.scope in PROSE for fit, block in zip(fit, self._examples, strict=True)] if inline else fit
            fitting = bytes(map(fit.__getitem__, self._kinds))
            found = self._fitting[scopes] = fitting, bytes(map(hold.__getitem__, self._kinds)) if inline else fitting
        return found

    def kept(self, hits: Iterable[CueHit], scopes: tuple[str, ...]) -> Iterator[CueHit]:
        """The hits in scope. One that lies in inline code as a whole is in scope `code` only; one that touches a link is in `link`."""
        fitting = self._blocks(scopes)[0]
        if not self._document.marks:
            yield from (hit for hit in hits if fitting[hit.block])
            return
        for hit in hits:
            coded = _overlaps(self._code, hit.start, hit.end)
            if coded and "code" not in scopes and _holds(self._code, hit.start, hit.end):
                continue
            linked = "link" in scopes and _overlaps(self._link, hit.start, hit.end)
            if linked or (coded and "code" in scopes) or fitting[hit.block]:
                yield hit

    @cached_property
    def _code(self) -> tuple[list[int], list[int]]:
        return self._ranges("code")

    @cached_property
    def _link(self) -> tuple[list[int], list[int]]:
        return self._ranges("link")

    def _ranges(self, scope: str) -> tuple[list[int], list[int]]:
        """Starts and ends, in text order: marks of one kind never nest."""
        marks = sorted((mark.start, mark.end) for mark in self._document.marks if mark.scope == scope)
        return [start for start, _ in marks], [end for _, end in marks]


def _overlaps(ranges: tuple[list[int], list[int]], start: int, end: int) -> bool:
    index = bisect_left(ranges[0], end) - 1
    return index >= 0 and ranges[1][index] > start


def _holds(ranges: tuple[list[int], list[int]], start: int, end: int) -> bool:
    index = bisect_left(ranges[0], end) - 1
    return index >= 0 and ranges[0][index] <= start and end <= ranges[1][index]
