"""What comes out: hits and facts of rules, violations and failures at a place, reports."""

from __future__ import annotations

from typing import NamedTuple

from checker.text import Position, Span
from checker.values import frozen

SEVERITIES = ("info", "warning", "error")
CATEGORIES = (
    "source", "author", "disclaimer", "risk-warning", "copyright", "ai-label", "advice", "returns", "promotion", "solicitation",
    "advertising", "leftover", "encoding", "typography", "terminology", "metadata", "link", "suppression",
)  # fmt: skip
SUPPRESSION_RULES = tuple(f"suppression/{name}" for name in ("no-reason", "unknown", "expired", "unused", "not-allowed", "malformed"))
FACTS = ("source", "author", "disclaimer", "risk", "copyright", "ai_label")
FINDINGS = ("missing", "empty", "weak", "altered", "misplaced", "hidden", "other-language")


BASELINE = "baseline"  # what `Violation.suppressed` says of a finding that the baseline accepts
BELIED = "belied"  # the note on a related place that says the opposite; `place.py` puts it into words


class Hit(NamedTuple):
    """One finding of one rule, before it has a line, a severity or a suppression.

    start, end: offsets of `document.visible.text` (equal for what is missing); source: set instead where a rule looked at
    raw source. finding: one of FINDINGS for `require`, else "". message: an entry of `rule.messages` to use ("" the usual one).
    values: what fills the placeholders of the message, beside `{match}` and `{folded}`. cues: what the cues that counted say there.
    related: (visible start, end, note) of other ends of the finding. replace: what should stand there, None if unknown;
    also: (visible start, end, text) of the further places that one finding stands for, and what should stand there.
    """

    rule: int
    start: int
    end: int
    finding: str = ""
    message: str = ""
    values: tuple[tuple[str, str], ...] = ()
    cues: tuple[str, ...] = ()
    related: tuple[tuple[int, int, str], ...] = ()
    source: Span | None = None
    replace: str | None = None
    also: tuple[tuple[int, int, str], ...] = ()
    folded: str = ""  # the folded match, where it differs from what stands there


class Fact(NamedTuple):
    """A statement the article carries. key: one of FACTS; start, end: visible offsets (of the sentence or line that says it);
    value: what it names (the source, the author), else ""; finding: "" or why it does not fully count."""

    key: str
    start: int
    end: int
    value: str = ""
    finding: str = ""


class Related(NamedTuple):
    start: Position
    end: Position
    message: str


class Fix(NamedTuple):
    """What would make a violation go away: `text` instead of what stands at start..end. safe: it changes no meaning."""

    start: Position
    end: Position
    text: str
    safe: bool


@frozen
class Violation:
    """What an editor is told. start, end: never null; end is exclusive; what is missing stands as an empty range.

    excerpt: the source text of the range, shortened; folded: the folded match where it differs. basis: instrument keys.
    fingerprint: sha256 hex over rule, folded match, folded sentence, nth of equals (for `require`: rule, finding).
    suppressed: "" or the reason given in the article, or BASELINE. fix: None where none is known.
    """

    path: str
    rule: str
    category: str
    severity: str
    finding: str
    message: str
    start: Position
    end: Position
    excerpt: str
    folded: str
    basis: tuple[str, ...]
    related: tuple[Related, ...]
    fingerprint: str
    suppressed: str = ""
    fix: Fix | None = None

    def lines(self) -> tuple[int, ...]:
        """The lines that reports show or count columns on."""
        return (self.start.line, self.fix.start.line, self.fix.end.line) if self.fix else (self.start.line,)


@frozen
class Failure:
    """Something that could not be checked. kind: read | decode | parse | budget | crash | missing | config."""

    path: str
    kind: str
    message: str
    line: int = 0
    column: int = 0


class Statement(NamedTuple):
    """A fact with its line, as reported under `present`."""

    line: int
    text: str
    value: str
    finding: str


@frozen
class Article:
    """What was found in one article, apart from policy."""

    path: str
    encoding: str
    lang: str
    title: str
    topics: tuple[str, ...]
    content: str
    present: dict[str, tuple[Statement, ...]]


@frozen
class Checked:
    """The result for one path: an article with its violations, or failures; notes go to stderr. times: where asked for, seconds by step
    and by rule."""

    path: str
    article: Article | None = None
    violations: tuple[Violation, ...] = ()
    failures: tuple[Failure, ...] = ()
    lines: tuple[tuple[int, str], ...] = ()  # (number, text) of source lines on which violations begin and fixes stand
    times: tuple[tuple[str, float], ...] = ()


def fingerprint_of(*parts: str) -> str:
    """sha256 hex of what makes a violation the same one."""
    from hashlib import sha256

    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
