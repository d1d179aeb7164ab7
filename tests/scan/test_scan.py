"""Where cues stand: every hit at its exact visible range, never across blocks, and the fast way equal to the plain one."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Block, Builder, Document, Mark, Source
from checker.fold import fold
from checker.patterns import parse
from checker.reading import read_document
from checker.rule import Cue, Forbid, Match, Plan, When
from checker.scan import RAW, BudgetExceeded, CueHit, CueHits, Scanner
from checker.scan import clock as clock_module
from checker.scan.hits import occurrences
from checker.text import Span, View

ALL = ("title", "heading", "paragraph", "list", "quote", "table", "caption", "alt", "code")


def cue(*terms: str, patterns: tuple[str, ...] = (), **options: object) -> Cue:
    exact = options.get("view") == "visible"
    parsed = [parse(pattern, exact=exact) for pattern in patterns]
    gates = tuple(p.gate for p in parsed)
    return Cue("", terms, tuple(p.regex for p in parsed), tuple(p.needs for p in parsed), gates=gates, **options)  # type: ignore[arg-type]


def plan_of(*cues: Cue, scopes: tuple[str, ...] = ALL) -> Plan:
    match = Match(any=tuple(range(len(cues))))
    rule = Forbid("t/t", "forbid", "leftover", "error", {}, {}, (), (), "t", scopes, (), (), When(), match)
    return Plan(cues, (rule,), (), (), (), (), {})


def document_of(*blocks: tuple[str, str] | str, code: tuple[str, ...] = ()) -> Document:
    """Blocks as (scope, text) or paragraphs; `code`: pieces of text that are inline code."""
    pieces = [("paragraph", block) if isinstance(block, str) else block for block in blocks]
    source = Source("a.md", "\n\n".join(text for _, text in pieces))
    builder, at = Builder(source, "markdown"), 0
    for scope, text in pieces:
        builder.open(scope)
        for number, line in enumerate(text.split("\n")):
            if number:
                builder.line_break(at - 1, at)
            builder.text(at, at + len(line))
            at += len(line) + 1
        at += 1
    built = builder.build()
    marks = tuple(Mark("code", span.start, span.end) for piece in code for span in occurrences(piece, built.visible.text))
    return Document(source, "markdown", built.visible, built.blocks, marks, built.breaks)


def hits_of(document: Document, *cues: Cue) -> CueHits:
    return Scanner(plan_of(*cues)).scan(document, fold(document.visible))


def found(document: Document, *cues: Cue, scopes: tuple[str, ...] = (), lines: bool = False) -> list[str]:
    """What stands at the hits of the first cue."""
    hits = hits_of(document, *cues).of(0, scopes, lines=lines)
    return [document.visible.text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("the method of ethics", cue("eth")),
        ("bookx okx2 _okx", cue("okx")),
        ("gate.iou", cue("gate.io")),
        ("稳\n\n赚不赔", cue("稳赚")),
        ("币安居乐业", cue("币安", excepts=(1,))),
        ("稳赚-不赔", cue("稳赚不赔")),  # an editor's dash
        ("稳-赚-不-赔", cue("稳赚不赔", separated=False)),
        ("okx", cue("OKX", view="visible")),
        ("人民币", cue("民币", words=True)),
        ("a1234", cue(patterns=(r"^\d{4}",))),
        ("第一行\n第二行", cue(patterns=(r"^第二",))),
    ],
)
def test_nothing_stands_there(text: str, sought: Cue) -> None:
    assert found(document_of(*text.split("\n\n")), sought, cue("币安居")) == []


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("在okx交易，OKX！", cue("okx"), ["okx", "OKX"]),
        ("Gate.io 与 gate.io。", cue("gate.io"), ["Gate.io", "gate.io"]),
        ("穩賺不賠", cue("稳赚不赔"), ["穩賺不賠"]),
        ("稳\u200b赚不赔", cue("稳赚不赔"), ["稳\u200b赚不赔"]),
        ("稳-赚-不-赔吗", cue("稳赚不赔"), ["稳-赚-不-赔"]),
        ("o.k.x.", cue("okx"), ["o.k.x"]),
        ("稳赚不赔", cue("稳赚", "稳赚不赔", "不赔"), ["稳赚不赔"]),
        ("稳赚\n不赔", cue("稳赚不赔"), ["稳赚不赔"]),
        ("ＯＫＸ与okx", cue("okx", view="visible"), ["okx"]),
        ("我买人民币", cue("人民币", words=True), ["人民币"]),
        ("赚200% 或 30%", cue(patterns=(r"\d{3}%",)), ["200%"]),
        ("买入 BTC", cue(patterns=(r"买入\s?[a-z]{3}$",)), ["买入 BTC"]),
    ],
)
def test_stands_there(text: str, sought: Cue, expected: list[str]) -> None:
    assert found(document_of(text), sought) == expected


def test_a_hit_tells_what_the_groups_hold() -> None:
    document = document_of("来源： 新华社 ", "作者：张三")
    [hit] = hits_of(document, cue(patterns=(r"来源[:：](?P<value>.{0,4})(社)",))).of(0)
    assert hit == CueHit(0, 7, 0, "来源： 新华社", "新华", (" 新华", "社"))


def test_separated_hits_say_what_they_read_as() -> None:
    [hit] = hits_of(document_of("保本,稳 赚 不 赔"), cue("稳赚不赔")).of(0)
    assert hit == CueHit(3, 10, 0, "稳赚不赔")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("甲.乙.丙.丁了。戊", ["甲.乙.丙.丁了。", "戊"]),
        ("现在就是抄底\n良机。好", ["现在就是抄底\n良机。", "好"]),
        ("现在就是\n抄底良机。", ["现在就是\n", "抄底良机。"]),
    ],
)
def test_what_parts_a_word_ends_no_sentence(text: str, whole: list[str]) -> None:
    document = document_of(text)
    plan = plan_of(cue("抄底良机"))
    folded = Scanner(plan).fold(document)
    reading = read_document(plan, document, folded, Scanner(plan).scan(document, folded), "zh")
    assert [document.visible.text[slice(*span)] for span in reading.sentences(0)] == [part.replace("\n", "") for part in whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("稳zhuan不赔", ["稳zhuan不赔"]),
        ("wen赚bu赔", ["wen赚bu赔"]),
        ("稳赚 bupei！", ["稳赚 bupei"]),
        ("在 okx 保证shouyi", ["保证shouyi"]),
        ("稳z不赔", []),
        ("wenzhuanbupei", []),
        ("稳zhuan不-赔", []),
        ("稳zhuanr不赔", []),
    ],
)
def test_characters_written_as_they_sound(text: str, expected: list[str]) -> None:
    plan = plan_of(cue("稳赚不赔", "保证收益"))
    document = document_of(text)
    hits = Scanner(plan).scan(document, Scanner(plan).fold(document)).of(0)
    assert [text[hit.start : hit.end] for hit in hits] == expected


SCOPED = document_of(
    ("title", "币安"), ("heading", "币安"), "币安 `", ("code-block", "币安"), ("chrome", "币安"), ("front_matter.tags", "币安")
)


@pytest.mark.parametrize(
    ("scopes", "blocks"),
    [
        ((), [0, 1, 2, 3, 4, 5]),
        (ALL, [0, 1, 2]),
        (("heading",), [1]),
        (("code-block",), [3]),
        (("chrome", "title"), [0, 4]),
        (("front_matter.tags",), [5]),
        (("line",), [0, 1, 2]),
        (("url",), []),
    ],
)
def test_scopes(scopes: tuple[str, ...], blocks: list[int]) -> None:
    assert [hit.block for hit in hits_of(SCOPED, cue("币安")).of(0, scopes)] == blocks
    assert [hit.block for hit in hits_of(SCOPED, cue(patterns=("币.",))).of(0, scopes)] == blocks
    assert [hit.block for hit in hits_of(SCOPED, cue("币安", scopes=scopes)).of(0, ("heading",))] == (blocks if scopes else [1])


def test_blocks_inside_others_are_in_their_scope() -> None:
    inner = Block("list", 0, 2, ("quote",))
    document = Document(Source("a", "币安"), "markdown", document_of("币安").visible, (inner,))
    assert len(hits_of(document, cue("币安")).of(0, ("quote",))) == 1
    assert hits_of(document, cue("币安")).of(0, ("paragraph",)) == ()


def test_inline_code_counts_only_where_code_is_looked_at() -> None:
    document = document_of("邀请码 AB12 与 AB12X", code=("AB12",))
    seen = cue(patterns=(r"ab\d+",))
    assert found(document, seen, scopes=("paragraph",)) == ["AB12"]
    assert found(document, seen, scopes=("code",)) == ["AB12"]
    assert found(document, seen, scopes=("paragraph", "code")) == ["AB12", "AB12"]


def test_lines_part_what_blocks_join() -> None:
    document = document_of("作者：张三\n来源：新华社\nbuy\nnow")
    assert found(document, cue(patterns=(r"^来源：(?P<value>.+)$",))) == []
    assert found(document, cue(patterns=(r"^来源：(?P<value>.+)$",)), lines=True) == ["来源：新华社"]
    assert found(document, cue(patterns=(r"^来源：(?P<value>.+)$",)), scopes=("line",)) == ["来源：新华社"]
    assert found(document, cue("buy now")) == ["buy now"]
    assert found(document, cue("buy now"), lines=True) == []


def test_the_source_text_itself() -> None:
    source = Source("a.md", "<!-- 币安 OKX -->\n正文")
    document = Document(source, "markdown", document_of("正文").visible, document_of("正文").blocks)
    hits = hits_of(document, cue("okx", patterns=("<!--.{0,20}-->",), scopes=("raw",))).of(0)
    assert [source.text[hit.start : hit.end] for hit in hits] == ["<!-- 币安 OKX -->"]
    assert {hit.block for hit in hits} == {RAW}


def test_a_pattern_that_takes_too_long_is_no_clean_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_module, "SECONDS", 0.0)
    slow = Cue("", (), (r"(?:a|a|aa)+(?:a|aa)+(?:a|aa)+b",), ((),))
    with pytest.raises(BudgetExceeded, match="pattern took more than"):
        hits_of(document_of("a" * 4000), slow).of(0)


# -- properties

WORDS = ("稳赚", "赚不赔", "okx", "eth", "gate.io", "买 入", "buy now", "币")
CHARACTERS = list("稳赚不赔币安，。okxethgabuynw. -\u200b３Ａ１2%")
TEXT = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
PATTERNS = (r"\d{1,3}%", r"赚.{0,3}赔", r"^稳", r"币[^。]{0,4}$", r"(?<!o)k", r"\bx\b", r"[^赔]赔", r"n(?!o)", r"k(?!\s)", r"币(?:安|an)?")


@given(st.lists(TEXT, min_size=1, max_size=4), st.sampled_from(WORDS), st.data())
def test_a_planted_term_is_found_where_it_stands(blocks: list[str], term: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(blocks) - 1))
    at = data.draw(st.integers(0, len(blocks[number])))
    planted = blocks[number][:at] + "。" + term + "。" + blocks[number][at:]
    document = document_of(*(planted if n == number else block for n, block in enumerate(blocks)))
    shown = document.visible.text
    places = [Span(hit.start, hit.end) for hit in hits_of(document, cue(term)).of(0)]
    assert any(shown[s.start : s.end] == term and shown[s.start - 1] == "。" and shown[s.end] == "。" for s in places)
    assert all("\n" not in shown[s.start : s.end] for s in places)


@given(st.lists(TEXT, min_size=1, max_size=5), st.lists(st.sampled_from(WORDS + PATTERNS), min_size=1, max_size=5, unique=True))
def test_the_fast_way_finds_what_a_loop_over_blocks_finds(blocks: list[str], sought: list[str]) -> None:
    document = document_of(*blocks)
    cues = [cue(text, separated=False) if text in WORDS else cue(patterns=(text,), separated=False) for text in sought]
    hits = hits_of(document, *cues)
    for number, one in enumerate(cues):
        assert [(hit.start, hit.end) for hit in hits.of(number)] == plain_hits(document, one), sought[number]
        assert [(hit.start, hit.end) for hit in hits.of(number, ALL)] == plain_hits(document, one), sought[number]


def plain_hits(document: Document, one: Cue) -> list[tuple[int, int]]:
    """Every block folded and searched by itself."""
    places = set()
    for block in document.blocks:
        view = fold(View.whole(document.visible.text[block.start : block.end]))
        spans = [span for term in one.terms for span in occurrences(term, view.text)]
        spans += [Span(*match.span()) for pattern in one.patterns for match in regex.finditer(pattern, view.text)]
        places |= {(block.start + start, block.start + end) for start, end in (view.span(*span) for span in spans)}
    return sorted(p for p in places if not any(q != p and q[0] <= p[0] and p[1] <= q[1] for q in places))
