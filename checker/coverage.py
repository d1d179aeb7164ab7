"""Which entries of rules and lexicons no example exercises: a word that stands in no example may be misspelt, and nobody would know.

An entry is exercised by a text in which it stands, be it reported there or not. What a rule names (lexicons, contexts) is one entry of
it; what stands in a lexicon is counted for the lexicon, over the examples of all rules that use it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.document import Source
from checker.engine import format_of
from checker.errors import CheckerError
from checker.examples import unmarked
from checker.fold import fold_text
from checker.packs import Entry, ExampleText, Packs, Parts, RuleEntry
from checker.packs.cues import context_cues, rule_cues, weights
from checker.parse import parse
from checker.patterns import Pattern
from checker.scan.compiled import compiled
from checker.scan.hits import occurrences
from checker.schema.cues import InlineCue, Lexicon, Terms

SHOWN = 10  # words of a list that are named
_INSERTED = re.compile(r"<<([^<>]+)>>")
_compiled = cache(compiled)  # each pattern is tried on every text
_Loc = tuple["str | int", ...]


@dataclass(frozen=True)
class Covered:
    """What is covered of a rule or lexicon. gaps: what no example exercises, each at its place."""

    name: str
    exercised: int
    total: int
    gaps: tuple[CheckerError, ...]


@dataclass(frozen=True)
class _Text:
    """An example as a reader sees it, whole and by block: folded, and as it stands there."""

    folded: tuple[str, ...]
    visible: tuple[str, ...]


@dataclass(frozen=True)
class _Item:
    """One entry: the terms and patterns of which any is enough."""

    what: str
    entry: Entry[Any]
    loc: _Loc
    parts: tuple[Parts, ...]

    def stands_in(self, texts: Iterable[_Text]) -> bool:
        return any(_stands(parts, text) for text in texts for parts in self.parts)


def coverage(packs: Packs, rules: Collection[str], lexicons: Collection[str]) -> tuple[list[Covered], list[Covered]]:
    """Of these rules by their examples, and of these lexicons by the examples of those rules that use them."""
    of_rules: list[Covered] = []
    texts_of: dict[str, list[_Text]] = defaultdict(list)
    for rule in packs.rules:
        if rule.id in rules:
            texts = [_text(example) for example in (*rule.bad, *rule.good)]
            of_rules.append(_covered(rule.id, _of_rule(rule, packs), texts))
            for name in _used(rule, packs):
                texts_of[name] += texts
    used = [name for name in packs.lexicons if name in lexicons and name in texts_of]
    return of_rules, [_covered(name, _of_lexicon(name, packs), texts_of[name]) for name in used]


def _covered(name: str, items: Iterable[_Item], texts: list[_Text]) -> Covered:
    every = list(items)
    missing = [item for item in every if not item.stands_in(texts)]
    gaps = [item.entry.error(item.what, item.loc) for item in missing if item.loc[-1:] != ("file",)]
    for loc in dict.fromkeys(item.loc for item in missing if item.loc[-1:] == ("file",)):  # a word list may hold thousands
        words = [item for item in missing if item.loc == loc]
        shown = ", ".join(item.what for item in words[:SHOWN]) + (", …" if len(words) > SHOWN else "")
        gaps.append(words[0].entry.error(f"{len(words)} terms of the word list: {shown}", loc))
    return Covered(name, len(every) - len(missing), len(every), tuple(gaps))


def _text(example: ExampleText) -> _Text:
    document = parse(Source(example.path, unmarked(example.text)[0]), format_of(example.path))
    visible = document.visible.text
    pieces = (visible, *(visible[block.start : block.end] for block in document.blocks), document.source.text)
    return _Text(tuple(map(fold_text, pieces)), pieces)


def _stands(parts: Parts, text: _Text) -> bool:
    pieces = text.visible if parts.exact else text.folded
    if any(next(occurrences(term, piece), None) for term in parts.terms for piece in (pieces[0], pieces[-1])):
        return True
    return any(_compiled(pattern.regex).search(piece) for pattern in parts.patterns for piece in pieces)


# -- entries


def _of_rule(rule: RuleEntry, packs: Packs) -> Iterator[_Item]:
    for loc, cue, named in rule_cues(rule.model):
        parts = packs.cues[rule.place(loc)]
        where = _where(loc)
        if isinstance(cue, str):
            yield _Item(f"{'lexicon' if named else 'term'} `{cue}`{where}", rule, loc, (parts,))
        else:
            yield from _of_cue(cue, parts, rule, loc, where, packs)
    for loc, name in weights(rule.model):
        yield _Item(f"lexicon `{name}`{_where(loc[:-1])}", rule, loc, (packs.parts[name],))
    for number, name in enumerate(rule.model.unless):
        entry = packs.contexts[name]
        cues = tuple(packs.cues[entry.place(loc)] for loc, _, _ in context_cues(entry.model))
        yield _Item(f"context `{name}` (unless)", rule, ("unless", number), cues)


def _of_lexicon(name: str, packs: Packs) -> Iterator[_Item]:
    entry = packs.lexicons[name]
    yield from _of_cue(entry.model, packs.parts[name], entry, (), "", packs)


def _of_cue(cue: Terms, parts: Parts, entry: Entry[Any], loc: _Loc, where: str, packs: Packs) -> Iterator[_Item]:
    """What is written in a cue: terms, patterns, words of a file, exceptions; and the lexicons that it names, each as one."""
    for number, term in enumerate(cue.terms):
        yield _Item(f"term `{term}`{where}", entry, (*loc, "terms", number), (_one(parts, terms=(_ready(term, parts),)),))
    written: list[tuple[_Loc, str]] = [((*loc, "patterns", number), source) for number, source in enumerate(cue.patterns)]
    if isinstance(cue, InlineCue) and cue.pattern is not None:
        written.append(((*loc, "pattern"), cue.pattern))
    if cue.whole:  # its terms and patterns are one pattern then
        written = written[:1]
    for (at, source), pattern in zip(written, parts.patterns[len(parts.patterns) - len(written) :], strict=True):
        yield _Item(f"pattern `{source}`{where}", entry, at, (_one(parts, patterns=(pattern,)),))
    named = [*cue.include, *([cue.lexicon] if isinstance(cue, InlineCue) and cue.lexicon else [])]
    if not isinstance(cue, Lexicon):
        yield from (_Item(f"lexicon `{name}`{where}", entry, loc, (packs.parts[name],)) for name in named)
    if cue.file is not None:
        known = {_ready(term, parts) for term in cue.terms}.union(*(packs.parts[name].terms for name in named))
        for term in parts.terms:
            if term not in known:
                yield _Item(f"`{term}`", entry, (*loc, "file"), (_one(parts, terms=(term,)),))
    for number, (other, found) in enumerate(zip(cue.except_, parts.excepts[len(parts.excepts) - len(cue.except_) :], strict=True)):
        said = f"term `{other}`" if isinstance(other, str) else "cue"
        yield _Item(f"{said} (except)", entry, (*loc, "except", number), (found,))


def _one(parts: Parts, terms: tuple[str, ...] = (), patterns: tuple[Pattern, ...] = ()) -> Parts:
    return Parts("", terms, patterns, parts.exact, (), (), False, True)


def _ready(term: str, parts: Parts) -> str:
    return term if parts.exact else fold_text(term).strip()


def _where(loc: _Loc) -> str:
    """` (weak)`, ` (match.any)`: the part of the rule in which an entry stands."""
    names = [part for part in loc if isinstance(part, str)]
    return f" ({'.'.join(names)})" if names else ""


# -- lexicons that rules use


def _used(rule: RuleEntry, packs: Packs) -> set[str]:
    """Names of all lexicons that a rule looks for, those of its contexts and those that others include among them."""
    names = [name for _, name in weights(rule.model)]
    names += [name for _, cue, named in rule_cues(rule.model) for name in _named(cue, named=named)]
    for context in rule.model.unless:
        names += [name for _, cue, named in context_cues(packs.contexts[context].model) for name in _named(cue, named=named)]
    used: set[str] = set()
    while names:
        name = names.pop()
        if name not in used and name in packs.lexicons:
            used.add(name)
            names += _named(packs.lexicons[name].model, named=True)
    return used


def _named(cue: str | Terms, *, named: bool) -> list[str]:
    if isinstance(cue, str):
        return [cue] if named else []
    inline = [cue.lexicon, cue.pattern] if isinstance(cue, InlineCue) else [None, None]
    inserted = [name for source in (*cue.patterns, inline[1] or "") for name in _INSERTED.findall(source)]
    inside = [name for other in cue.except_ for name in _named(other, named=False)]
    return [*cue.include, *inserted, *inside, *([inline[0]] if inline[0] else [])]
