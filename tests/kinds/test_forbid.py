"""`forbid`: which cues join, what is reported of them, and what is excused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds.join import Placed, tightest
from checker.rule import Context, Match
from checker.scan import CueHit

EXCHANGE, REGISTER, INCENTIVE, ECNY, ADDRESS = range(5)


@pytest.fixture(scope="module")
def cues(cue: Any) -> list[Any]:
    return [
        cue("币安", "交易所", "okx", name="exchange"),
        cue("注册", "开户", name="register"),
        cue("返佣", "邀请码", name="incentive"),
        cue("数字人民币"),
        cue(patterns=(r"[?&]ref=[a-z0-9]{1,20}",), scopes=("url",)),
        cue("证券交易所"),
        cue("不要", "切勿"),
        cue("但"),
    ]


FUNNEL = Match(all=(EXCHANGE, REGISTER), any=(INCENTIVE, ADDRESS), none=(ECNY,))


@pytest.mark.parametrize(
    ("match", "pieces"),
    [
        (FUNNEL, ["币安注册。返佣20%"]),
        (FUNNEL, ["币安注册", "返佣"]),
        (FUNNEL, ["币安返佣"]),
        (FUNNEL, ["币安注册返佣，还有数字人民币"]),
        (FUNNEL, ["证券交易所注册制，返佣"]),
        (FUNNEL, [("code-block", "币安注册返佣")]),
        (FUNNEL, ["币安注册[这里](https://okx.com/?ref=)"]),
        (FUNNEL._replace(within="clause"), ["币安，注册返佣"]),
        (FUNNEL._replace(gap=3), ["币安四个字的注册返佣"]),
        (FUNNEL._replace(order=True), ["注册币安返佣"]),
        (FUNNEL, ["不要在币安注册填邀请码"]),
        (FUNNEL, ["币安，切勿注册返佣"]),
        (Match(any=(EXCHANGE,), none=(ECNY,)), ["币安与数字人民币"]),
        (Match(any=(EXCHANGE,)), ["上海证券交易所"]),
        (Match(score=((EXCHANGE, 1), (REGISTER, 2), (ECNY, -2)), at_least=3), ["币安交易所", "注册数字人民币，币安"]),
    ],
)
def test_nothing_is_reported(rule: Any, cues: Any, reported: Any, match: Match, pieces: list[Any]) -> None:
    strict = rule("forbid", match, excepts=(5,), unless=("negated",))
    assert reported(strict, cues, *pieces, contexts=[Context("negated", (6,), (), (7,))]) == []


@pytest.mark.parametrize(
    ("match", "pieces", "expected"),
    [
        (FUNNEL, ["来币安注册填邀请码吧。"], ["币安注册填邀请码"]),
        (FUNNEL, ["返佣：币安好，注册币安，返佣20%"], ["注册币安，返佣"]),
        (FUNNEL, ["点[注册币安](https://okx.com/?ref=ab1)吧"], ["注册币安"]),
        (FUNNEL, ["币安[注册](https://okx.com/?ref=ab1)吧"], ["币安注册"]),
        (FUNNEL, ["不要在币安注册，但在okx注册有返佣"], ["okx注册有返佣"]),
        (FUNNEL._replace(gap=3), ["币安四个字的注册返佣币安"], ["注册返佣币安"]),
        (FUNNEL._replace(order=True), ["注册币安，开户返佣"], ["币安，开户返佣"]),
        (FUNNEL._replace(report=str(REGISTER)), ["币安注册返佣"], ["注册"]),
        (FUNNEL._replace(report="unit"), [" 来币安注册，返佣！ 好"], ["来币安注册，返佣！"]),
        (FUNNEL._replace(within="block"), ["币安。注册。返佣。"], ["币安。注册。返佣"]),
        (FUNNEL._replace(within="section"), [("heading", "一", 2), "币安", "注册返佣", ("heading", "二", 2), "币安"], ["币安\n注册返佣"]),
        (FUNNEL._replace(within="article"), ["币安", "注册", "返佣"], ["币安\n注册\n返佣"]),
        (Match(any=(EXCHANGE,)), ["币安交易所，OKX"], ["币安", "交易所", "OKX"]),
        (Match(any=(ADDRESS,)), ["点[这](https://okx.com/?ref=ab1)"], ["?ref=ab1"]),
        (Match(all=(ADDRESS,)), ["点[这](https://okx.com/?ref=ab1)"], ["?ref=ab1"]),
        (Match(score=((EXCHANGE, 1), (REGISTER, 2), (ECNY, -2)), at_least=3), ["币安交易所注册，返佣"], ["交易所注册"]),
    ],
)
def test_is_reported(rule: Any, cues: Any, reported: Any, match: Match, pieces: list[Any], expected: list[str]) -> None:
    strict = rule("forbid", match, excepts=(5,), unless=("negated",))
    assert reported(strict, cues, *pieces, contexts=[Context("negated", (6,), (), (7,))]) == expected


def test_a_hit_names_the_cues_and_what_a_disguise_reads_as(rule: Any, cues: Any, run: Any) -> None:
    _, [hit] = run(rule("forbid", Match(all=(EXCHANGE, INCENTIVE))), cues, "幣安 的 邀-请-码")
    assert (hit.cues, hit.folded) == (("幣安", "邀-请-码"), "币安的邀请码")
    for plain in ("OKX", "在 OKX 上", "在OKX 上"):
        _, [hit] = run(rule("forbid", Match(any=(EXCHANGE,), report="unit")), cues, plain)
        assert hit.folded == ""


def test_replacement(rule: Any, cue: Any, run: Any) -> None:
    okx = [cue("okx")]
    assert run(rule("forbid", Match(any=(0,)), replace="OKX"), okx, "OKX")[1] == []
    _, [hit] = run(rule("forbid", Match(any=(0,)), replace="OKX"), okx, "Okx")
    assert hit.replace == "OKX"
    numbered = [cue(patterns=(r"(\d+) ?(wan|k)",))]
    _, [hit] = run(rule("forbid", Match(any=(0,)), replace=r"\1 万（\2）"), numbered, "3 WAN")
    assert hit.replace == "3 万（WAN）"


def test_the_source_text_itself(rule: Any, cue: Any, reported: Any) -> None:
    raw = [cue(patterns=(r"\{%.{1,20}%\}",), scopes=("raw",)), cue("币安", scopes=("raw",))]
    assert reported(rule("forbid", Match(any=(0,))), raw, "正文 {% ad %}") == ["{% ad %}"]
    assert reported(rule("forbid", Match(all=(0, 1))), raw, "正文 {% ad %} 币安", "币安") == ["{% ad %} 币安"]


def hits(*spans: tuple[int, int]) -> list[Placed]:
    return [Placed(start, end, CueHit(start, end, 0, ""), 0) for start, end in spans]


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)).map(lambda t: (t[0], t[0] + t[1])), min_size=1, max_size=5)


@given(st.lists(SPANS, min_size=1, max_size=4))
def test_no_combination_is_tighter(spans: list[list[tuple[int, int]]]) -> None:
    groups = [hits(*sorted(set(group))) for group in spans]
    chosen = tightest(groups)
    width = max(p.end for p in chosen) - chosen[0].start
    assert len(chosen) == len(groups)
    assert width == min(_width(list(combination)) for combination in _product(groups))


@given(st.lists(SPANS, min_size=2, max_size=3), st.integers(0, 6))
def test_gaps_hold_between_neighbours(spans: list[list[tuple[int, int]]], gap: int) -> None:
    groups = [hits(*sorted(set(group))) for group in spans]
    chosen = tightest(groups, gap=gap)
    fitting = [c for c in _product(groups) if _fits(list(c), gap)]
    assert bool(chosen) == bool(fitting)
    if fitting:
        assert _fits(chosen, gap)
        assert _width(chosen) == min(_width(list(c)) for c in fitting)


def _product(groups: list[list[Placed]]) -> Any:
    from itertools import product

    return product(*groups)


def _width(chosen: list[Placed]) -> int:
    return max(p.end for p in chosen) - min(p.start for p in chosen)


def _fits(chosen: list[Placed], gap: int) -> bool:
    end = None
    for placed in sorted(chosen, key=lambda p: (p.start, p.end)):
        if end is not None and placed.start - end > gap:
            return False
        end = placed.end if end is None else max(end, placed.end)
    return True
