"""Articles and plans built by hand, for tests of what comes after parsing and before placing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from checker.document import Builder, Document, Source
from checker.fold import fold, fold_text
from checker.language import language_of
from checker.patterns import parse
from checker.reading import Reading, read_document
from checker.rule import Context, Cue, Plan, Rule
from checker.scan import Scanner
from checker.text import Span

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)]*)\)")
Piece = str | tuple[str, str] | tuple[str, str, int]
Article = Callable[..., Document]
Read = Callable[..., Reading]


def _document(*pieces: Piece) -> Document:
    """Blocks as text (a paragraph), (scope, text) or (scope, text, level); `[text](target)`, `![alt](target)` and line ends are known."""
    blocks = [("paragraph", piece, 0) if isinstance(piece, str) else (*piece, 0)[:3] for piece in pieces]
    texts = [block[1] for block in blocks]
    builder, at = Builder(Source("article.md", "\n\n".join(texts)), "markdown"), 0
    for block in blocks:
        builder.open(block[0], (), block[2])
        start = at
        for match in _LINK.finditer(builder.source.text, at, at + len(block[1])):
            _text(builder, start, match.start())
            if match[1]:
                anchor = builder.embedded(*match.span())
                builder.beside("alt", [(match[2], *match.span(2))], anchor)
            else:
                first = builder.at
                _text(builder, *match.span(2))
                builder.mark("link", first, builder.at)
                anchor = Span(first, builder.at)
            builder.beside("url", [(match[3], *match.span(3))], anchor)
            start = match.end()
        _text(builder, start, at + len(block[1]))
        at += len(block[1]) + 2
    return builder.build()


def _text(builder: Builder, start: int, end: int) -> None:
    for number, line in enumerate(builder.source.text[start:end].split("\n")):
        if number:
            builder.line_break(start - 1, start)
        builder.text(start, start + len(line))
        start += len(line) + 1


@pytest.fixture(scope="session")
def article() -> Article:
    return _document


@pytest.fixture(scope="session")
def cue() -> Callable[..., Cue]:
    """cue(*terms, patterns=(…), **fields of Cue), folded and analysed as packs are."""

    def make(*terms: str, patterns: Sequence[str] = (), **options: object) -> Cue:
        exact = options.get("view") == "visible"
        parsed = [parse(pattern, exact=exact) for pattern in patterns]
        own = terms if exact else tuple(map(fold_text, terms))
        made = {"terms": own, "patterns": tuple(p.regex for p in parsed), "needs": tuple(p.needs for p in parsed)}
        return Cue(**{**made, "gates": tuple(p.gate for p in parsed), **options})  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def read() -> Read:
    """read(document, cues, rules=…, contexts=…, actions=…) -> Reading."""

    def make(
        document: Document,
        cues: Sequence[Cue],
        rules: Sequence[Rule] = (),
        contexts: Sequence[Context] = (),
        actions: Sequence[int] = (),
    ) -> Reading:
        plan = Plan(tuple(cues), tuple(rules), (), (), tuple(contexts), tuple(actions), {})
        folded = fold(document.visible)
        lang = language_of(document.visible.text)
        return read_document(plan, document, folded, Scanner(plan).scan(document, folded), lang)

    return make
