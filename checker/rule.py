"""Rules as the engine runs them: plain frozen values, read from a compiled plan without pydantic."""

from __future__ import annotations

from collections.abc import Sequence as Seq
from typing import NamedTuple

from checker.values import frozen

Text = dict[str, str]  # {"zh": …, "en": …}; one may be absent


def in_language(text: Text, lang: str) -> str:
    """The text in `lang`, else in the other language, else empty."""
    return text.get(lang) or next(iter(text.values()), "")


class Gate(NamedTuple):
    """What cannot be missing where a pattern matches.

    literals: lists of folded literals, of each of which one stands in every match; spans[i]: one of literals[i] begins so many characters
    behind the beginning of the match, at least and at most (a most of -1: not known). anchored: a match begins where a line does; longest:
    it is a whole line, of at most so many characters (0: it need not be). chars: sets of characters, as ranges (`azΑΩ`), of each of which
    one stands in the text that the pattern is run on; raw: in that text before it was folded. whole: of a pattern without literals, the
    one for many blocks at once, parted by line ends; "" where it is the same. pairs, firsts: of one that begins where a line does, each two
    characters that a match may begin with, one pair after the other, and ranges of first characters behind which anything may stand; both
    "" where it may begin with anything. marks: of a whole line, in which up to eight marks may come before those and no letter or number
    behind a single character, which stands in a pair with a line end. plain: the standard library's `re` finds the same.
    """

    literals: tuple[tuple[str, ...], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    anchored: bool = False
    longest: int = 0
    chars: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    whole: str = ""
    pairs: str = ""
    firsts: str = ""
    marks: bool = False
    plain: bool = False


class Cue(NamedTuple):
    """One thing to look for: a lexicon, or an inline term or pattern. Its index in `Plan.cues` is its id.

    name: the lexicon's name, else "" (shown in score messages). terms: folded. patterns: `regex` source over the folded
    text, literals already folded; needs[i]: folded literals of which at least one stands in every match of patterns[i]
    (empty: no usable literal); gates[i]: all that tells where patterns[i] need not be tried (none given: it is tried everywhere).
    view: folded | visible (typography, case: exact). scopes: where it may stand (() = wherever the rule looks). excepts: cue ids; a hit
    inside a hit of one of these is dropped. words: hits must begin and end at word boundaries (jieba, only asked on candidate
    sentences). separated: may be found with separators between its characters.
    """

    name: str = ""
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    view: str = "folded"
    scopes: tuple[str, ...] = ()
    excepts: tuple[int, ...] = ()
    words: bool = False
    separated: bool = True
    gates: tuple[Gate, ...] = ()


class Match(NamedTuple):
    """How cues join inside a unit. all, any, none: cue ids (any: at least one). score: (cue id, weight), at_least.

    within: clause | sentence | block | section | article. gap: most visible characters between neighbouring cues (-1: any).
    order: `all` in the given order. report: all | unit | a cue id as str.
    """

    all: tuple[int, ...] = ()
    any: tuple[int, ...] = ()
    none: tuple[int, ...] = ()
    score: tuple[tuple[int, float], ...] = ()
    at_least: float = 0.0
    within: str = "sentence"
    gap: int = -1
    order: bool = False
    report: str = "all"


class When(NamedTuple):
    """Conditions under which a rule speaks; each () or "" means no condition. All that are set must hold.

    topic, lang, content, format: any of these. front_matter: (key, test) with test `present`, `absent`, `=value` or `~regex`.
    since, until: ISO dates of the article. matches, none: cue ids that must / must not hit in the article. present, absent:
    facts. found: categories or rule ids with a violation (second round). publisher: any of these.
    """

    topic: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    front_matter: tuple[tuple[str, str], ...] = ()
    since: str = ""
    until: str = ""
    matches: tuple[int, ...] = ()
    none: tuple[int, ...] = ()
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    found: tuple[str, ...] = ()


class Where(NamedTuple):
    """Where required text must stand: the first or last n blocks (count) or share (0-1) of the blocks; a front matter key."""

    first: float = 0
    last: float = 0
    share: bool = False
    front_matter: str = ""


@frozen
class Rule:
    """What all kinds share. messages: named texts, `""` is the usual one; placeholders are filled by `place.py` only."""

    id: str
    kind: str
    category: str
    severity: str
    messages: dict[str, Text]
    why: Text
    basis: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    pack: str
    scopes: tuple[str, ...]
    excepts: tuple[int, ...]
    unless: tuple[str, ...]
    when: When
    match: Match


@frozen
class Forbid(Rule):
    """Text that must not stand there. replace: what should (a substitution), with \\\\1 groups of the pattern; None: unknown.
    belies: facts that such text contradicts; where the article states one, the report points at it."""

    replace: str | None = None
    belies: tuple[str, ...] = ()


class Weak(NamedTuple):
    cues: tuple[int, ...]
    message: str  # entry of Rule.messages


@frozen
class Require(Rule):
    """Text that must be there. any_of: cue ids, any is enough; a named group `value` is the fact's value. empty: cue ids of a label
    without a value. texts: house or prescribed wordings per language (near-misses are compared with them, fixes insert
    them). report_absence: False only fills the fact. edges: cue ids that count as a whole line at the head or the end only."""

    fact: str = ""
    any_of: tuple[int, ...] = ()
    weak: tuple[Weak, ...] = ()
    empty: tuple[int, ...] = ()
    where: Where = Where()
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    report_absence: bool = True
    edges: tuple[int, ...] = ()


@frozen
class Limit(Rule):
    """At most / at least so many hits of `match.any` per unit `match.within`; of `characters` where no cue is named.
    replace: (what stands there, what should), for hits too many."""

    most: int = -1
    least: int = -1
    count: str = "hits"  # hits | characters
    replace: tuple[tuple[str, str], ...] = ()


@frozen
class Consistent(Rule):
    """One of several spellings per article, whichever is most frequent (the first on a tie); the others are reported."""

    forms: tuple[int, ...] = ()  # cue ids, one per spelling


@frozen
class Metadata(Rule):
    """A front matter key (or HTML meta): required, of a type, in a set, matching a pattern."""

    key: str = ""
    required: bool = False
    type: str = ""  # date | number | url | text | list
    values: tuple[str, ...] = ()
    pattern: str = ""


@frozen
class Repetition(Rule):
    """The same paragraph, sentence or line again (folded). unit: paragraph | sentence | line; at_least: folded characters."""

    unit: str = "paragraph"
    at_least: int = 20


@frozen
class Numbering(Rule):
    """Broken numbering of typed ordinals (1, 2, 4; mixed marks). styles: arabic | han | circled | latin | roman."""

    styles: tuple[str, ...] = ("arabic", "han")
    check: tuple[str, ...] = ("gap", "mark")


@frozen
class Boilerplate(Rule):
    """Runs of at_least lines of which the share `links` is link text, no link longer than `longest` characters, or a hit of
    `match.any` (“Subscribe”), with at most `gap` short labels between two of them; a line of a paragraph, of at most `shortest`
    characters, that ends as no sentence does counts too. Link and text density tell page furniture from text (Kohlschütter,
    Fankhauser, Nejdl: Boilerplate Detection using Shallow Text Features, WSDM 2010)."""

    links: float = 0.7
    longest: int = 30
    at_least: int = 4
    gap: int = 2
    shortest: int = 0


class Step(NamedTuple):
    """One word of a sequence: any of words (folded), of parts of speech (jieba tags, prefix), of a cue; skip: words that may stand
    before."""

    words: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    cue: int = -1
    skip: int = 0
    negate: bool = False


@frozen
class Sequence(Rule):
    """Words in a row, by word and part of speech; run only on sentences where `match` finds its cues."""

    steps: tuple[Step, ...] = ()


class Topic(NamedTuple):
    """score: (cue id, weight): each distinct folded match counts its weight, and again for every doubling of how often it is said, up
    to eight times; in the title it is said three times. The topic holds from at_least on, where the share `spread` of the blocks of
    text holds a match: an advertisement in a post about something else is no topic of it."""

    name: str
    score: tuple[tuple[int, float], ...]
    at_least: float
    spread: float = 0.0


class Context(NamedTuple):
    """A governing context. cues govern from where they stand to the end of the sentence or to one of `ends` (adversatives);
    clause: cues that govern to the end of their clause; sentence: cues behind what they govern, which cover the whole sentence.
    section: a heading with a cue passes it on to its section; lead: a lead-in passes it on to the list or quote that follows."""

    name: str
    cues: tuple[int, ...]
    sentence: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    section: bool = False
    lead: bool = False
    clause: tuple[int, ...] = ()


class Instrument(NamedTuple):
    """A legal or editorial basis. certainty: T | R | P (see docs); binds: whom; dates ISO or ""; jurisdiction: "" where it holds
    anywhere."""

    key: str
    title: Text
    number: str
    issuer: Text
    in_force: str
    repealed: str
    repealed_by: str
    binds: Text
    url: str
    certainty: str
    checked: str
    jurisdiction: str = ""


@frozen
class Plan:
    """All that a run needs, compiled: selected rules of a profile with their cues. Index of a rule is `Hit.rule`."""

    cues: Seq[Cue]
    rules: Seq[Rule]
    topics: tuple[Topic, ...]
    contents: tuple[Topic, ...]
    contexts: tuple[Context, ...]
    actions: tuple[int, ...]  # cue ids of a call to action with a real target: it ends or cancels a context
    instruments: dict[str, Instrument]
