"""Cues of packs made whole: includes followed, word lists read, terms folded, patterns parsed. Every error at its place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.errors import CheckerError, did_you_mean
from checker.fold import fold_text
from checker.packs.entry import Entry, Parts
from checker.patterns import Pattern, PatternError, parse, term_nodes, trie, whole_lines
from checker.patterns.nodes import Node
from checker.schema.cues import InlineCue, Lexicon, Terms
from checker.schema.pack import Context, Topic
from checker.schema.rules import AnyRule, Consistent, Matching, Require, Sequence

Loc = tuple["str | int", ...]
CueModel = str | InlineCue
_COMMENT = re.compile(r"(?:^|\s)#.*")


def folded_lines(lines: list[str]) -> list[str]:
    """Each line folded by itself: all at once, which takes an eighth of the time, where that leaves as many lines."""
    folded = fold_text("\n".join(lines)).split("\n")
    return [line.strip() for line in folded] if len(folded) == len(lines) else [fold_text(line).strip() for line in lines]


class CueReader:
    """Reads cues into Parts; errors are collected, so that an author sees all of them at once."""

    def __init__(self, lexicons: dict[str, Entry[Lexicon]], errors: list[CheckerError]) -> None:
        self.lexicons, self.errors = lexicons, errors
        self.done: dict[str, Parts] = {}
        self.notes: list[tuple[CheckerError, Pattern]] = []
        self.files: list[Path] = []  # word lists
        self.open: list[str] = []  # lexicons being read: one that comes again includes itself

    def cue(self, entry: Entry[Any], loc: Loc, cue: CueModel, *, named: bool) -> Parts | None:
        """The cue at `loc` of the entry; None where its lexicon is unknown. named: a plain string is a lexicon, else a term."""
        if isinstance(cue, str):
            if named:
                return self.lexicon(entry, loc, cue)
            return Parts("", self._terms(entry, [(loc, cue)], exact=False), (), False, (), (), False, True)
        if cue.lexicon is None:
            return self._parts(entry, loc, cue, None)
        base = self.lexicon(entry, (*loc, "lexicon"), cue.lexicon)
        return base and self._parts(entry, loc, cue, base)

    def lexicon(self, entry: Entry[Any], loc: Loc, name: str, *, key: bool = False) -> Parts | None:
        """The lexicon that is named at `loc`; None (and an error) where it is unknown or includes itself."""
        if name in self.open:
            chain = " → ".join([*self.open[self.open.index(name) :], name])
            self.errors.append(entry.error(f"lexicon `{name}` includes itself: {chain}", loc, key=key))
            return None
        if name not in self.lexicons:
            hint = did_you_mean(name, self.lexicons)
            self.errors.append(entry.error(f"unknown lexicon `{name}`{hint}", loc, key=key))
            return None
        if name not in self.done:
            self.open.append(name)
            own = self.lexicons[name]
            self.done[name] = self._parts(own, (), own.model, None, name)
            self.open.pop()
        return self.done[name]

    def _parts(self, entry: Entry[Any], loc: Loc, model: Terms, base: Parts | None, name: str = "") -> Parts:
        exact = model.case == "exact" if model.case is not None else bool(base and base.exact)
        bases = [base] if base else []
        if base and base.exact != exact:
            self.errors.append(entry.error("`case` differs from that of the lexicon; say it in the lexicon itself", (*loc, "case")))
        for number, other in enumerate(model.include):
            at = (*loc, "include", number)
            included = self.lexicon(entry, at, other)
            if included is None:
                continue
            bases.append(included)
            if included.exact != exact:
                self.errors.append(entry.error(f"lexicon `{other}` is {'not ' if exact else ''}`case: exact`, unlike this one", at))
        written: list[tuple[Loc, str]] = [((*loc, "terms", number), term) for number, term in enumerate(model.terms)]
        patterns = [((*loc, "patterns", number), pattern) for number, pattern in enumerate(model.patterns)]
        if isinstance(model, InlineCue) and model.pattern is not None:
            patterns.append(((*loc, "pattern"), model.pattern))
        terms = self._terms(entry, written, exact=exact) + (self._word_list(entry, loc, model.file, exact=exact) if model.file else ())
        excepts = [self.cue(entry, (*loc, "except", number), cue, named=False) for number, cue in enumerate(model.except_)]
        every = tuple(dict.fromkeys([*(term for other in bases for term in other.terms), *terms]))
        parsed = (*(pattern for other in bases for pattern in other.patterns), *self._patterns(entry, patterns, exact=exact))
        scopes = tuple(model.scopes) if model.scopes is not None else base.scopes if base else ()
        if model.whole and (every or parsed):
            parsed = whole_lines(trie(every), [pattern.nodes for pattern in parsed], model.whole, exact=exact)
            every, scopes = (), scopes or ("line",)
        return Parts(
            name or (base.name if base else ""),
            every,
            parsed,
            exact,
            scopes,
            (*(cue for other in bases for cue in other.excepts), *(cue for cue in excepts if cue)),
            _given(model.words, base.words if base else False),
            _given(model.separated, base.separated if base else True),
        )

    def _terms(self, entry: Entry[Any], written: list[tuple[Loc, str]], *, exact: bool) -> tuple[str, ...]:
        terms = []
        for loc, term in written:
            ready = term if exact else fold_text(term).strip()
            if ready.strip():
                terms.append(ready)
            else:
                self.errors.append(entry.error("nothing is left of this term when it is folded; add `case: exact`", loc))
        return tuple(terms)

    def _word_list(self, entry: Entry[Any], loc: Loc, name: str, *, exact: bool) -> tuple[str, ...]:
        path = Path(entry.file.path).parent / name
        at = (*loc, "file")
        if os.path.isabs(name):
            self.errors.append(entry.error(f"word list `{name}`: its path is relative to the pack", at))
            return ()
        self.files.append(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            self.errors.append(entry.error(f"word list `{name}` cannot be read: {error.strerror}", at))
            return ()
        except UnicodeDecodeError:
            self.errors.append(entry.error(f"word list `{name}` is not UTF-8; save it as UTF-8", at))
            return ()
        lines = [line.strip() if "#" not in line else _COMMENT.sub("", line).strip() for line in text.split("\n")]
        if exact:
            return tuple(line for line in lines if line)
        terms = folded_lines(lines)
        for number, (line, folded) in enumerate(zip(lines, terms, strict=True), 1):
            if line and not folded:
                self.errors.append(CheckerError("nothing is left of this term when it is folded", str(path), number, 1))
        terms = [term for term in terms if term]
        if not terms:
            self.errors.append(entry.error(f"word list `{name}` holds no term", at))
        return tuple(terms)

    def _patterns(self, entry: Entry[Any], written: list[tuple[Loc, str]], *, exact: bool) -> tuple[Pattern, ...]:
        patterns = []
        for loc, source in written:
            try:
                pattern = parse(source, exact=exact, insert=lambda name: self._alternatives(name, exact))
            except PatternError as error:
                self.errors.append(entry.error(error.message, loc, offset=error.at))
                continue
            if pattern.shortest == 0:
                self.errors.append(entry.error("this pattern matches the empty text: something in it must be there", loc))
                continue
            patterns.append(pattern)
            if not pattern.needs:
                message = "no literal stands in every match: this pattern is tried on every sentence"
                self.notes.append((entry.error(message, loc), pattern))
            if pattern.risk:
                self.notes.append((entry.error(pattern.risk, loc), pattern))
        return tuple(patterns)

    def _alternatives(self, name: str, exact: bool) -> list[Node]:
        """The alternatives that `<<name>>` stands for; LookupError says what is wrong."""
        if name in self.open:
            raise LookupError(f"lexicon `{name}` includes itself: {' → '.join([*self.open[self.open.index(name) :], name])}")
        if name not in self.lexicons:
            raise LookupError(f"unknown lexicon `{name}`{did_you_mean(name, self.lexicons)}")
        entry = self.lexicons[name]
        parts = self.lexicon(entry, (), name)
        assert parts is not None
        if parts.excepts or parts.scopes or parts.words:
            raise LookupError(f"lexicon `{name}` has `except`, `scopes` or `words`, which a pattern cannot carry: use `all:` to join cues")
        if parts.exact != exact:
            raise LookupError(f"lexicon `{name}` is {'not ' if exact else ''}`case: exact`, unlike this pattern")
        return [*_terms(parts.terms), *(pattern.nodes for pattern in parts.patterns)]


def _terms(terms: tuple[str, ...]) -> list[Node]:
    """Terms as alternatives of a pattern, longest first."""
    return [term_nodes(term) for term in sorted(terms, key=lambda term: (-len(term), term))]


def _given(value: bool | None, default: bool) -> bool:
    return default if value is None else value


def rule_cues(rule: AnyRule) -> Iterator[tuple[Loc, CueModel, bool]]:
    """Every cue of a rule but weights: (place in the rule, cue, whether a plain string names a lexicon)."""
    yield from _each(("except",), rule.except_, named=False)
    yield from _each(("when", "matches"), rule.when.matches, named=True)
    yield from _each(("when", "none"), rule.when.none, named=True)
    if isinstance(rule, Matching):
        if rule.match is not None:
            yield from _each(("match", "all"), rule.match.all, named=True)
            yield from _each(("match", "any"), rule.match.any, named=True)
            yield from _each(("match", "none"), rule.match.none, named=True)
        elif rule.looks:
            yield (), rule.short(), False
    if isinstance(rule, Require):
        yield from _each(("any_of",), rule.any_of, named=False)
        yield from _each(("weak",), rule.weak, named=False)
        yield from _each(("edges",), rule.edges, named=False)
        yield from _each(("empty",), rule.empty, named=False)
    if isinstance(rule, Consistent):
        yield from _each(("forms",), rule.forms, named=True)
    if isinstance(rule, Sequence):
        for number, step in enumerate(rule.steps):
            if step.cue is not None:
                yield ("steps", number, "cue"), step.cue, True


def context_cues(context: Context) -> Iterator[tuple[Loc, CueModel, bool]]:
    """Every cue of a context, as `rule_cues`."""
    for name in ("forward", "clause", "sentence", "ends"):
        yield from _each((name,), getattr(context, name), named=True)


def weights(model: AnyRule | Topic) -> Iterator[tuple[Loc, str]]:
    """Every lexicon that a score names: (place, name)."""
    if isinstance(model, Topic):
        yield from ((("score", name), name) for name in model.score)
    elif isinstance(model, Matching) and model.match is not None:
        yield from ((("match", "score", name), name) for name in model.match.score)


def _each(at: Loc, cues: list[Any], *, named: bool) -> Iterator[tuple[Loc, CueModel, bool]]:
    return (((*at, number), cue, named) for number, cue in enumerate(cues))
