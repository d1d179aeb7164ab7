"""Packs and a choice of rules → a plan, and the plan as plain data."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.compile import DEFAULT_SCOPES, compile_plan, compile_rules, jurisdictions_of
from checker.errors import CheckerError
from checker.packs import Packs, load
from checker.patterns import parse
from checker.rule import (
    Consistent,
    Context,
    Cue,
    Forbid,
    Instrument,
    Limit,
    Match,
    Metadata,
    Numbering,
    Plan,
    Repetition,
    Require,
    Sequence,
    Step,
    Topic,
    Weak,
    When,
    Where,
)  # fmt: skip

SHARED = "category: advice, message: m, bad: ⟦x⟧, good: y"
PACK = f"""\
lexicons:
  exchange: {{terms: [币安, OKX], except: [币安居]}}
  coin: {{terms: [比特币], patterns: ['ETH\\d']}}
  but: {{terms: [但]}}
  unused: {{terms: [没人用]}}
topics: {{crypto: {{score: {{exchange: 2, coin: 1}}, at_least: 3, spread: 0.1}}}}
contents: {{marketing: {{score: {{coin: 1}}, at_least: 2}}}}
contexts:
  negated: {{forward: [{{terms: [不得]}}], ends: [but], lead: true}}
  warned: {{sentence: [{{terms: [警惕]}}], section: true}}
actions: [{{pattern: 'https?://[a-z]+'}}]
instruments:
  old: {{title: 旧法, number: 1号, issuer: 部, in_force: 2020-01-01, repealed: 2026-02-06, repealed_by: new, certainty: R}}
  new: {{title: {{zh: 新法, en: New}}, number: 2号, binds: 所有人, url: 'https://example.org', checked: 2026-11-23}}
  other: {{title: 别的}}
rules:
  - {{id: a/forbid, kind: forbid, terms: [买入], patterns: ['(加)仓'], replace: '\\1', {SHARED}}}
  - id: a/match
    kind: forbid
    category: solicitation
    severity: error
    jurisdictions: [cn]
    message: {{zh: "导流“{{match}}”", en: funnel}}
    why: 因为
    basis: [old]
    scopes: [paragraph, front_matter.Title]
    match: {{all: [exchange, coin], any: [{{lexicon: exchange, scopes: [url]}}], none: [{{terms: [e-CNY]}}],
      within: block, gap: 40, order: true, report: coin}}
    except: [币安居]
    unless: [negated]
    when: {{topic: crypto, lang: zh, content: [marketing], format: html, matches: [but], none: [{{terms: [免]}}],
      front_matter: {{Author: present, x: 'y', z: {{pattern: '^[A-Z]$'}}}}, date: {{from: 2026-02-06, until: 2027-01-01}},
      present: source, absent: [risk], found: [advice]}}
    bad: ⟦x⟧
    good: y
  - {{id: a/score, kind: forbid, match: {{score: {{exchange: 2, coin: -1.5}}, at_least: 2, report: unit}}, {SHARED}}}
  - id: a/require
    kind: require
    fact: disclaimer
    any_of: [不构成投资建议, {{pattern: '风险(?P<value>自负)'}}]
    weak: [{{terms: [仅供参考]}}, {{terms: [入市有风险], message: 太弱}}]
    empty: ['免责声明：']
    where: {{last: 30%}}
    texts: {{zh: 本文不构成投资建议。, en: [Not advice., No advice.]}}
    report_absence: false
    messages: {{weak: 弱, other-language: 换}}
    category: disclaimer
    message: 缺
    bad: x
    good: y
  - {{id: a/where, kind: require, fact: source, any_of: [来源], where: {{front_matter: Source}}, {SHARED}}}
  - {{id: a/limit, kind: limit, count: characters, most: 30, {SHARED}}}
  - {{id: a/least, kind: limit, terms: [注], least: 2, {SHARED}}}
  - {{id: a/consistent, kind: consistent, forms: [exchange, {{terms: [欧易]}}], {SHARED}}}
  - {{id: a/metadata, kind: metadata, key: Date, required: true, type: date, values: [a], pattern: '[A-Z]+', {SHARED}}}
  - {{id: a/repetition, kind: repetition, unit: line, at_least: 8, {SHARED}}}
  - {{id: a/numbering, kind: numbering, styles: [han], {SHARED}}}
  - {{id: a/sequence, kind: sequence, terms: [买], steps: [{{words: [請]}}, {{pos: [v], skip: 2}}, {{cue: coin, negate: true}}], {SHARED}}}
"""


def packs_of(folder: Path, **files: str) -> Packs:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load([folder])


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return packs_of(tmp_path, p=PACK)


@pytest.fixture
def plan(packs: Packs) -> Plan:
    return compile_plan(packs)


def cue(plan: Plan, number: int) -> Cue:
    return plan.cues[number]


def test_a_short_rule(plan: Plan) -> None:
    rule = plan.rules[0]
    assert rule == Forbid(
        "a/forbid", "forbid", "advice", "warning", {"": {"en": "m"}}, {}, (), (), "p",
        DEFAULT_SCOPES, (), (), When(), Match(any=(0,)), "\\1",
    )  # fmt: skip
    assert cue(plan, 0) == Cue("", ("买入",), ("(加)仓",), (("加仓",),), gates=(parse("(加)仓").gate,))


def test_a_full_rule(plan: Plan) -> None:
    rule = plan.rules[1]
    every, either, none, excepts = rule.match.all, rule.match.any, rule.match.none, rule.excepts
    assert isinstance(rule, Forbid)
    assert rule == Forbid(
        "a/match", "forbid", "solicitation", "error", {"": {"zh": "导流“{match}”", "en": "funnel"}}, {"zh": "因为"}, ("old",), ("cn",), "p",
        ("paragraph", "front_matter.title"), excepts, ("negated",),
        When(
            ("crypto",), ("zh",), ("marketing",), ("html",), (), (("author", "present"), ("x", "=y"), ("z", "~(?m:^)[A-Z](?m:$)")),
            "2026-02-06", "2027-01-01", rule.when.matches, rule.when.none, ("source",), ("risk",), ("advice",),
        ),
        Match(every, either, none, (), 0.0, "block", 40, True, str(every[1])), None,
    )  # fmt: skip
    except_ids = cue(plan, every[0]).excepts
    assert cue(plan, every[0]) == Cue("exchange", ("币安", "okx"), excepts=except_ids)
    assert cue(plan, every[1]) == Cue("coin", ("比特币",), (r"eth\d",), (("eth",),), gates=(parse(r"eth\d").gate,))
    assert cue(plan, either[0]) == Cue("exchange", ("币安", "okx"), scopes=("url",), excepts=except_ids)
    assert cue(plan, none[0]) == Cue("", ("e-cny",))
    assert excepts == except_ids  # the same cue, written twice, is one
    assert cue(plan, excepts[0]) == Cue("", ("币安居",))
    assert [cue(plan, number).terms for number in (*rule.when.matches, *rule.when.none)] == [("但",), ("免",)]


def test_scores(plan: Plan) -> None:
    exchange, coin = plan.rules[1].match.all
    assert plan.rules[2].match == Match(score=((exchange, 2.0), (coin, -1.5)), at_least=2.0, report="unit")
    assert plan.topics == (Topic("crypto", ((exchange, 2.0), (coin, 1.0)), 3.0, 0.1),)
    assert plan.contents == (Topic("marketing", ((coin, 1.0),), 2.0),)


def test_require(plan: Plan) -> None:
    rule = plan.rules[3]
    assert isinstance(rule, Require)
    assert rule.messages == {"": {"zh": "缺"}, "weak": {"zh": "弱"}, "other-language": {"zh": "换"}, "weak.1": {"zh": "太弱"}}
    assert [cue(plan, number).terms for number in rule.any_of] == [("不构成投资建议",), ()]
    first, second = rule.weak
    assert (first, second) == (Weak(first.cues, "weak"), Weak(second.cues, "weak.1"))
    assert [cue(plan, weak.cues[0]).terms for weak in rule.weak] == [("仅供参考",), ("入市有风险",)]
    assert [cue(plan, number).terms for number in rule.empty] == [("免责声明：",)]
    assert (rule.fact, rule.where, rule.report_absence) == ("disclaimer", Where(last=0.3, share=True), False)
    assert rule.texts == (("zh", ("本文不构成投资建议。",)), ("en", ("Not advice.", "No advice.")))
    other = plan.rules[4]
    assert isinstance(other, Require)
    assert other.where == Where(front_matter="source")


def test_the_other_kinds(plan: Plan) -> None:
    characters, least, consistent, metadata, repetition, numbering, sequence = plan.rules[5:]
    assert isinstance(characters, Limit)
    assert (characters.most, characters.least, characters.count, characters.match) == (30, -1, "characters", Match())
    assert isinstance(least, Limit)
    assert (least.most, least.least, [cue(plan, number).terms for number in least.match.any]) == (-1, 2, [("注",)])
    assert isinstance(consistent, Consistent)
    assert [cue(plan, number).terms for number in consistent.forms] == [("币安", "okx"), ("欧易",)]
    assert isinstance(metadata, Metadata)
    assert (metadata.key, metadata.required, metadata.type, metadata.values, metadata.pattern) == (
        "date",
        True,
        "date",
        ("a",),
        "[A-Z]{1,200}",
    )
    assert isinstance(repetition, Repetition)
    assert (repetition.unit, repetition.at_least) == ("line", 8)
    assert isinstance(numbering, Numbering)
    assert (numbering.styles, numbering.check) == (("han",), ("gap", "mark"))
    assert isinstance(sequence, Sequence)
    coin = plan.rules[1].match.all[1]
    assert sequence.steps == (Step(("请",)), Step(pos=("v",), skip=2), Step(cue=coin, negate=True))


def test_only_what_is_used_is_in_the_plan(plan: Plan) -> None:
    (negated,) = plan.contexts
    assert negated == Context("negated", negated.cues, (), negated.ends, False, True)
    assert [cue(plan, number).terms for number in (*negated.cues, *negated.ends)] == [("不得",), ("但",)]
    assert [cue(plan, number).patterns for number in plan.actions] == [("https?://[a-z]{1,200}",)]
    assert "没人用" not in {term for each in plan.cues for term in each.terms}
    assert len(set(plan.cues)) == len(plan.cues)
    assert plan.instruments == {
        "new": Instrument(
            "new", {"zh": "新法", "en": "New"}, "2号", {}, "", "", "", {"zh": "所有人"}, "https://example.org", "T", "2026-11-23"
        ),
        "old": Instrument("old", {"zh": "旧法"}, "1号", {"zh": "部"}, "2020-01-01", "2026-02-06", "new", {}, "", "R", ""),
    }


def test_one_rule_alone(packs: Packs) -> None:
    plan = compile_rules(packs, [packs.rules[0]], subjects=False)
    assert ([rule.id for rule in plan.rules], plan.topics, plan.contexts, plan.actions, len(plan.cues)) == (["a/forbid"], (), (), (), 1)


# -- choosing


RULES = """\
rules:
  - {id: a/cn, kind: forbid, category: advice, jurisdictions: [cn], message: m, terms: [a], bad: ⟦a⟧, good: y}
  - {id: a/hk, kind: forbid, category: advice, jurisdictions: [hk], message: m, terms: [a], bad: ⟦a⟧, good: y}
  - {id: a/all, kind: forbid, category: returns, message: m, terms: [a], bad: ⟦a⟧, good: y}
  - {id: a/licensed, kind: forbid, category: source, message: m, terms: [a], when: {publisher: news-licensed}, bad: ⟦a⟧, good: y}
"""
QUALITY = "rules:\n  - {id: q/q, kind: forbid, category: typography, message: m, terms: [a], bad: ⟦a⟧, good: y}\n"


@pytest.fixture
def choice(tmp_path: Path) -> Packs:
    return packs_of(
        tmp_path,
        house=RULES,
        quality__q=QUALITY,
        profiles__cn="description: d\njurisdictions: [cn]\nignore: [quality]\nseverity: {advice: error, a/all: info}\n",
        profiles__q="description: d\nselect: [quality]\n",
        profiles__licensed="description: d\npublisher: news-licensed\nselect: [source]\n",
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["a/cn", "a/hk", "a/all", "q/q"]),
        ({"publisher": "news-licensed"}, ["a/cn", "a/hk", "a/all", "a/licensed", "q/q"]),
        ({"profile": "cn"}, ["a/cn", "a/all"]),
        ({"profile": "q"}, ["q/q"]),
        ({"profile": "licensed"}, ["a/licensed"]),
        ({"profile": "cn", "select": ["a/all"]}, ["a/all"]),
        ({"profile": "cn", "select": ["a/hk"]}, ["a/hk"]),
        ({"profile": "cn", "select": ["house"], "ignore": ["returns"]}, ["a/cn"]),
        ({"profile": "cn", "ignore": ["a/cn"]}, ["a/all"]),
        ({"select": ["typography", "a/cn"], "ignore": ["quality"]}, ["a/cn"]),
    ],
)
def test_what_runs(choice: Packs, options: dict[str, str | list[str]], expected: list[str]) -> None:
    assert [rule.id for rule in compile_plan(choice, **options).rules] == expected  # type: ignore[arg-type]


def test_severity_of_the_config_then_the_profile_and_the_nearest_name_first(choice: Packs) -> None:
    def levels(**severity: str) -> dict[str, str]:
        named = {name.replace("_", "/"): level for name, level in severity.items()}
        return {rule.id: rule.severity for rule in compile_plan(choice, profile="cn", severity=named).rules}

    assert levels() == {"a/cn": "error", "a/all": "info"}
    assert levels(house="warning") == {"a/cn": "warning", "a/all": "warning"}
    assert levels(house="warning", a_cn="info", advice="error") == {"a/cn": "info", "a/all": "warning"}


def test_jurisdictions_of_a_profile(choice: Packs) -> None:
    assert (jurisdictions_of(choice, "cn"), jurisdictions_of(choice, "q"), jurisdictions_of(choice, "")) == (("cn",), (), ())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"profile": "cnn"}, "unknown profile `cnn`; did you mean `cn`?"),
        ({"profile": "moon"}, "unknown profile `moon`; known: cn, licensed, q"),
        ({"select": ["a/al"]}, "unknown rule, pack or category `a/al`; did you mean `a/all`?"),
        ({"ignore": ["zzzzz"]}, "unknown rule, pack or category `zzzzz`; `checker rules` lists the rules"),
        ({"severity": {"advise": "info"}}, "unknown rule, pack or category `advise`; did you mean `advice`?"),
        (
            {"select": ["qality"], "ignore": ["hous"]},
            "unknown rule, pack or category `qality`; did you mean `quality`?\n"
            "unknown rule, pack or category `hous`; did you mean `house`?",
        ),
        ({"profile": "q", "select": ["advice"]}, "no rule is left to run: look at `profile`, `select` and `ignore`"),
    ],
)
def test_names_that_lead_nowhere(choice: Packs, options: dict[str, str], message: str) -> None:
    with pytest.raises(CheckerError) as caught:
        compile_plan(choice, **options)  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_names_of_a_config_have_their_place(choice: Packs) -> None:
    with pytest.raises(CheckerError) as caught:
        compile_plan(choice, select=["a/al"], places={("select", "a/al"): (".checker.yaml", 4, 10)})
    assert str(caught.value) == ".checker.yaml:4:10: unknown rule, pack or category `a/al`; did you mean `a/all`?"
