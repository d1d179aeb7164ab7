"""The tightest way to take one hit of every cue."""

from __future__ import annotations

from typing import NamedTuple

from checker.scan import CueHit

MOST_CUES = 8  # above, all hits are taken as they come: the search doubles with each cue


class Placed(NamedTuple):
    """A cue hit with the range at which it counts: that of its anchor, for a link target or a picture text."""

    start: int
    end: int
    hit: CueHit
    cue: int


class _Chain(NamedTuple):
    """Hits chosen so far, in text order. first: where they begin; last: the furthest end."""

    first: int
    last: int
    hits: tuple[Placed, ...]


def tightest(groups: list[list[Placed]], *, gap: int = -1, ordered: int = 0) -> list[Placed]:
    """One hit of each group, in text order, over as little text as can be; empty where there is no such combination.

    gap: most characters between neighbours, -1 for any. ordered: the first so many groups must follow each other in that order,
    none overlapping the one before. Goes through the hits once from left to right and keeps, for every set of groups, the chains
    that later hits may still extend.
    """
    if len(groups) > MOST_CUES:
        return sorted(group[0] for group in groups)
    best: _Chain | None = None
    complete = (1 << len(groups)) - 1
    chains: dict[int, list[_Chain]] = {}
    hits = [(placed.start, placed.end, number, placed) for number, members in enumerate(groups) for placed in members]
    for _, _, group, placed in sorted(hits, key=lambda hit: hit[:3]):
        grown = [(1 << group, _Chain(placed.start, placed.end, (placed,)))] if not 0 < group < ordered else []
        for mask, open_chains in chains.items():
            if mask >> group & 1 or (group < ordered and mask & ((1 << ordered) - 1) != (1 << group) - 1):
                continue
            for chain in open_chains:
                if gap >= 0 and placed.start - chain.last > gap:
                    continue
                if group < ordered and any(p.end > placed.start for p in chain.hits if p in groups[group - 1]):
                    continue
                grown.append((mask | 1 << group, _Chain(chain.first, max(chain.last, placed.end), (*chain.hits, placed))))
        for mask, chain in grown:
            if mask == complete:
                if best is None or chain.last - chain.first < best.last - best.first:
                    best = chain
            else:
                chains[mask] = _open([*chains.get(mask, ()), chain], placed.start, gap)
    return list(best.hits) if best else []


def _open(chains: list[_Chain], at: int, gap: int) -> list[_Chain]:
    """Without chains that can lead to nothing better than another one: one that begins no earlier and ends no later. Where gaps
    count, a later end may also reach a hit that an earlier one does not; what has fallen behind by more than the gap goes."""
    kept: list[_Chain] = []
    for chain in sorted(chains, key=lambda chain: (-chain.first, chain.last)):
        if gap < 0:
            if not kept or chain.last < kept[-1].last:
                kept.append(chain)
        elif at - chain.last <= gap and not any(other.last == chain.last for other in kept):
            kept.append(chain)
    return kept
