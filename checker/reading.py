"""All that rules may look at in one article: the document, the hits of cues, and what surrounds a place in the text."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from operator import itemgetter

from checker.document import Document
from checker.expressions import lazy
from checker.language import clauses, sentences
from checker.rule import Plan
from checker.scan import CueHits
from checker.text import Span, View
from checker.values import frozen, made
from checker.violation import Fact

_DATE = lazy(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_DATE_KEYS = ("date", "pubdate", "published", "publish_date", "article:published_time", "datepublished", "created", "updated")
NOT_COUNTED = ("url", "alt", "chrome", "front_matter.", "code-block")  # scopes of blocks that no reader takes for the article's text
HEAD = 8  # blocks at the beginning in which the date of an article stands
HEAD_LINE = 80  # visible characters


@frozen
class Reading:
    """lang: zh | en | other; date: ISO, "" where the article gives none. topics, content, facts and found are filled in by
    `judge.py` as it goes; found: rule ids and categories of the first round."""

    plan: Plan
    document: Document
    folded: View
    hits: CueHits
    lang: str
    date: str = ""
    topics: tuple[str, ...] = ()
    content: str = "news"
    facts: tuple[Fact, ...] = ()
    found: frozenset[str] = frozenset()
    _sentences: dict[int, list[Span]] = made(default_factory=dict)
    governed: dict[tuple[str, int], list[Span]] = made(default_factory=dict)  # these three kept by context.py
    led: dict[tuple[str, int, str, int], bool] = made(default_factory=dict)
    under: dict[tuple[str, int], bool] = made(default_factory=dict)
    _clauses: dict[Span, list[Span]] = made(default_factory=dict)

    def anchor(self, offset: int) -> tuple[int, int]:
        """(offset, block) at which a place counts: a link target or picture text counts where it hangs on its owner."""
        index = self.document.block_at(offset)
        block = self.document.blocks[index]
        return (block.anchor.start, block.owner) if block.owner >= 0 else (offset, index)

    @cached_property
    def counted(self) -> list[int]:
        """Numbers of the blocks among which a place is first or last."""
        return [number for number, block in enumerate(self.document.blocks) if not block.scope.startswith(NOT_COUNTED)]

    def sentences(self, block: int) -> list[Span]:
        """The sentences of a block, without gaps."""
        known = self._sentences.get(block)
        if known is None:
            _, start, end, *_ = self.document.blocks[block]
            breaks = self.document.breaks
            inside = [at for at in breaks[bisect_right(breaks, start) : bisect_right(breaks, end - 1)] if not self.hits.is_inside_word(at)]
            known = self._sentences[block] = self._whole(sentences(self.document.visible.text, start, end, inside))
        return known

    def _whole(self, spans: list[Span]) -> list[Span]:
        """Sentences or clauses, those joined that are parted only by what spells a word apart: 稳.赚.不.赔."""
        if not self.hits.separators:
            return spans
        joined: list[Span] = []
        for span in spans:
            if joined and self.hits.is_separator(span.start):
                joined[-1] = Span(joined[-1].start, span.end)
            else:
                joined.append(span)
        return joined

    def sentence(self, offset: int) -> Span:
        """The sentence around a visible offset (around its anchor, for a link target)."""
        at, block = self.anchor(offset)
        spans = self.sentences(block)
        return spans[min(bisect_right(spans, at, key=itemgetter(0)), len(spans)) - 1] if spans else Span(at, at)

    def clauses(self, sentence: Span) -> list[Span]:
        """The clauses of a sentence, without gaps."""
        known = self._clauses.get(sentence)
        if known is None:
            known = self._clauses[sentence] = self._whole(clauses(self.document.visible.text, *sentence))
        return known

    def clause(self, offset: int) -> Span:
        sentence = self.sentence(offset)
        at, _ = self.anchor(offset)
        spans = self.clauses(sentence)
        index = bisect_right(spans, at, key=itemgetter(1))
        return spans[index] if index < len(spans) else sentence

    def section(self, block: int) -> Span:
        """From the heading above a block to the next heading."""
        blocks, headings = self.document.blocks, self.document.headings
        following = bisect_right(headings, block)
        first = headings[following - 1] if following else 0
        last = headings[following] - 1 if following < len(headings) else len(blocks) - 1
        return Span(blocks[first].start, blocks[last].end)

    def unit(self, offset: int, within: str) -> Span:
        """The clause, sentence, block, section or article around a visible offset."""
        if within == "sentence":
            return self.sentence(offset)
        if within == "clause":
            return self.clause(offset)
        _, block = self.anchor(offset)
        if within == "block":
            return Span(self.document.blocks[block].start, self.document.blocks[block].end)
        return self.section(block) if within == "section" else Span(0, len(self.document.visible.text))


def read_document(plan: Plan, document: Document, folded: View, hits: CueHits, lang: str) -> Reading:
    """The reading of a document before anything is judged. lang: as declared or guessed, `zh-CN` and the like cut to `zh`."""
    main = lang.lower().replace("_", "-").split("-")[0]
    return Reading(plan, document, folded, hits, main if main in ("zh", "en") else "other", _date(document))


def _date(document: Document) -> str:
    """The article's own date: of its front matter, else of a short line at its head. A date in a sentence is what it tells of."""
    stated = [item.value for key in _DATE_KEYS for item in document.fields if item.key == key]
    head = (document.visible.text[block.start : block.end] for block in document.blocks[:HEAD] if block.end - block.start <= HEAD_LINE)
    for text in [*stated, *head]:
        if match := _DATE.search(text):
            year, month, day = (int(part) for part in match.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04}-{month:02}-{day:02}"
    return ""
