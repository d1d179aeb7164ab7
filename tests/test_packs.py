"""Packs: what loads, and every way in which an author can go wrong, with the exact message at the exact place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import CheckerError, CheckerErrors
from checker.fold import fold_text
from checker.packs import Packs, load, shipped_rules
from checker.packs.cues import folded_lines

RULE = """\
rules:
  - id: a/b
    kind: forbid
    category: advice
    message: m
    terms: [买入]
    bad: 请⟦买入⟧。
    good: 不。
"""


def loaded(folder: Path, **files: str) -> Packs:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml").replace("_txt", ".txt")
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    return load([folder])


def errors_of(folder: Path, **files: str) -> list[str]:
    with pytest.raises(CheckerErrors) as caught:
        loaded(folder, **files)
    return [str(error).replace(f"{folder}/", "") for error in caught.value.errors]


def changed(old: str, new: str) -> str:
    assert old in RULE
    return RULE.replace(old, new)


# -- what loads


def test_a_house_rule_of_seven_lines_loads(tmp_path: Path) -> None:
    (rule,) = loaded(tmp_path, p_yaml=RULE).rules
    assert (rule.id, rule.kind, rule.category, rule.severity, rule.pack, rule.basis) == ("a/b", "forbid", "advice", "warning", "p", ())
    assert rule.text("message") == {"en": "m"}
    assert [tuple(example) for example in (*rule.bad, *rule.good)] == [("请⟦买入⟧。", "article.md", 7, 10), ("不。", "article.md", 8, 11)]


def test_an_empty_pack_loads(tmp_path: Path) -> None:
    assert loaded(tmp_path, p_yaml="# nothing yet\n").rules == ()


def test_packs_are_named_for_their_file_or_first_folder(tmp_path: Path) -> None:
    packs = loaded(
        tmp_path,
        one_yaml=RULE,
        two__deep__x_yaml=changed("a/b", "c/d"),
        profiles__mine_yaml="description: 我的\nselect: [one, c/d, advice]\nseverity: {two: error}\n",
    )
    assert {rule.id: rule.pack for rule in packs.rules} == {"a/b": "one", "c/d": "two"}
    assert list(packs.profiles) == ["mine"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    loaded(tmp_path, p_yaml=RULE)
    assert [rule.id for rule in load([tmp_path, tmp_path / "p.yaml"]).rules] == ["a/b"]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.yaml").write_text("nonsense: 1")
    (tmp_path / ".checker.yaml").write_text("profile: x")
    assert len(loaded(tmp_path, p_yaml=RULE).rules) == 1


def test_names_are_shared_over_files(tmp_path: Path) -> None:
    rule = changed("terms: [买入]", "match: {any: [buy]}\n    unless: negated\n    basis: law")
    packs = loaded(
        tmp_path,
        a_yaml=rule,
        b_yaml="lexicons: {buy: {terms: [买入]}}\ncontexts: {negated: {forward: [{terms: [不得]}]}}\ninstruments: {law: {title: 法}}\n",
    )
    assert packs.rules[0].basis == ("law",)
    assert packs.instruments["law"].title == {"zh": "法"}


def test_cues_are_folded_and_includes_followed(tmp_path: Path) -> None:
    packs = loaded(
        tmp_path,
        p_yaml="""\
lexicons:
  one: {terms: [OKX, 幣安, okx], file: words.txt, include: [two], except: [币安居], words: true}
  two: {patterns: ['买<<three>>'], except: [{pattern: 'x.y'}]}
  three: {terms: [ETH, 比特币现金, 比特币]}
rules: []
contexts: {negated: {forward: [one, {lexicon: one, scopes: [url], words: false}]}}
""".replace("幣安", "ＢＴＣ"),
        words_txt="# list\n欧易  # a note\n\nC#\r\n",
    )
    whole, narrowed = packs.cues.values()
    assert whole.terms == ("okx", "btc", "欧易", "c#")
    edge = r"(?<![\p{Latin}0-9_])eth(?![\p{Latin}0-9_])"
    assert [pattern.regex for pattern in whole.patterns] == [f"买(?:比特币现金|{edge}|比特币)"]
    assert [(cue.terms, len(cue.patterns)) for cue in whole.excepts] == [((), 1), (("币安居",), 0)]
    assert (whole.name, whole.scopes, whole.words) == ("one", (), True)
    assert (narrowed.name, narrowed.terms, narrowed.scopes, narrowed.words) == ("one", whole.terms, ("url",), False)


def test_exact_cues_are_not_folded(tmp_path: Path) -> None:
    packs = loaded(tmp_path, p_yaml=changed("terms: [买入]", "terms: [OKX]\n    patterns: ['[A-Z]{2}']\n    case: exact"))
    (cue,) = packs.cues.values()
    assert (cue.terms, cue.patterns[0].regex, cue.exact) == (("OKX",), "[A-Z]{2}", True)


def test_examples_may_set_format_path_and_front_matter(tmp_path: Path) -> None:
    bad = "{text: ⟦买入⟧, suffix: .html, front_matter: {title: 标题, tags: [a]}}, {text: ⟦买入⟧, path: posts/x.txt}"
    (rule,) = loaded(tmp_path, p_yaml=changed("bad: 请⟦买入⟧。", f"bad: [{bad}]")).rules
    assert [(example.text, example.path) for example in rule.bad] == [
        ("---\ntitle: 标题\ntags:\n- a\n---\n\n⟦买入⟧", "article.html"),
        ("⟦买入⟧", "posts/x.txt"),
    ]


def test_slow_patterns_are_noted_but_load(tmp_path: Path) -> None:
    packs = loaded(tmp_path, p_yaml=changed("terms: [买入]", r"patterns: ['\d{2}%', '.*买.*入']"))
    assert [str(note).replace(f"{tmp_path}/", "") for note, _ in packs.notes] == [
        "p.yaml:6:16: no literal stands in every match: this pattern is tried on every sentence",
        "p.yaml:6:26: repeats that overlap can take 40,401 steps from one starting character",
    ]


def test_shipped_rules_stand_in_the_checkout() -> None:
    assert shipped_rules() == Path(__file__).parent.parent / "rules"


# -- what does not

_LISTS = {
    "scopes": "title, heading, paragraph, list, quote, table, caption, alt, code, code-block, line, link, url, chrome, raw, "
    "front_matter.KEY",
    "findings": "empty, weak, altered, misplaced, hidden, other-language",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (changed("category", "categroy"), ["p.yaml:4:5: unknown key `categroy`; did you mean `category`?"]),
        (changed("    message: m\n", "    message: m\n    colour: red\n"), None),
        (changed("    message: m\n", ""), ["p.yaml:2:5: `message` is missing"]),
        (changed("    kind: forbid\n", ""), ["p.yaml:2:5: `kind` is missing"]),
        (
            changed("forbid", "forbod"),
            [
                "p.yaml:3:11: unknown kind: `forbod` is not one of: forbid, require, limit, consistent, metadata, repetition, numbering, "
                "boilerplate, sequence; did you mean `forbid`?"
            ],
        ),
        (
            changed("message: m", "message: m\n    severity: warn"),
            ["p.yaml:6:15: `warn` is not one of: info, warning, error; did you mean `warning`?"],
        ),
        (
            changed("message: m", 'message: {zh: "“{matc}”"}'),
            ["p.yaml:5:21: unknown placeholder `{matc}`; did you mean `{match}`?"],
        ),
        (changed("message: m", "message: {}"), ["p.yaml:5:14: needs a text: `zh`, `en` or both"]),
        (changed("message: m", "message:"), ["p.yaml:5:13: must be a mapping, but is empty"]),
        (changed("id: a/b", "id: Foo"), ["p.yaml:2:9: `Foo` is no rule id; write `word/word` in lower case, digits and hyphens"]),
        (changed("terms: [买入]", "terms: 买入"), ["p.yaml:6:12: must be a list"]),
        (
            changed("terms: [买入]", "terms: [买入, ]\n    scopes: [urls]"),
            [f"p.yaml:7:14: `urls` is not one of: {_LISTS['scopes']}; did you mean `url`?"],
        ),
        (changed("    terms: [买入]\n", ""), ["p.yaml:2:5: a `forbid` rule needs `match`, `terms` or `patterns`"]),
        (changed("good: 不。", "good: []"), ["p.yaml:8:11: must not be empty"]),
        (changed("    good: 不。\n", ""), ["p.yaml:2:5: `good` is missing"]),
        (
            changed("terms: [买入]", "terms: [买入]\n    match: {any: [{terms: [a]}]}"),
            ["p.yaml:2:5: give `match`, or `terms` and `patterns`, not both"],
        ),
        (
            changed("terms: [买入]", "match: {any: [{terms: [a]}]}\n    words: true"),
            ["p.yaml:2:5: `words`, `separated` and `case` belong to `terms` or `patterns`; under `match` give them to the cue"],
        ),
        (changed("terms: [买入]", "match: {none: [{terms: [a]}]}"), ["p.yaml:6:12: `match` needs `all`, `any` or `score`"]),
        (
            changed("terms: [买入]", "match: {any: [{words: yes}]}"),
            ["p.yaml:6:19: a cue needs `lexicon`, `terms`, `pattern`, `patterns`, `file` or `include`"],
        ),
        (changed("terms: [买入]", "match: {score: {a: 1}}"), ["p.yaml:6:12: `score` and `at_least` belong together"]),
        (changed("terms: [买入]", "match: {any: [{terms: [a]}], gap: -1}"), ["p.yaml:6:39: must be at least 0"]),
        (
            changed("terms: [买入]", "match: {any: [{terms: [a]}], within: sentense}"),
            ["p.yaml:6:42: `sentense` is not one of: clause, sentence, block, section, article; did you mean `sentence`?"],
        ),
        (
            changed("terms: [买入]", "terms: [a]\n    when: {date: {from: 2026-2-3}}"),
            ["p.yaml:7:25: `2026-2-3` is no date; write YYYY-MM-DD"],
        ),
        (
            changed("terms: [买入]", "terms: [a]\n    when: {date: {from: 2026-02-30}}"),
            ["p.yaml:7:25: `2026-02-30` is no date; write YYYY-MM-DD"],
        ),
        (
            changed("terms: [买入]", "terms: [a]\n    messages: {weka: x}"),
            [f"p.yaml:7:16: `weka` is not one of: {_LISTS['findings']}; did you mean `weak`?"],
        ),
        ("lexicons: {a: {}}", ["p.yaml:1:15: a lexicon needs `terms`, `patterns`, `file` or `include`"]),
        ("lexicons: {a: {terms: ['']}}", ["p.yaml:1:24: must not be empty"]),
        ("lexicons: [a]", ["p.yaml:1:11: must be a mapping"]),
        ("topics: {a: {score: {b: two}, at_least: 1}}", ["p.yaml:1:25: must be a number"]),
        ("rulez: []", ["p.yaml:1:1: unknown key `rulez`; did you mean `rules`?"]),
        ("a: [", ["p.yaml:2:1: no valid YAML: while parsing a flow node did not find expected node content"]),
        ("contexts: {a: {ends: [b]}}", ["p.yaml:1:15: a context needs `forward`, `clause` or `sentence`"]),
        ("instruments: {a: {title: t, certainty: S}}", ["p.yaml:1:40: `S` is not one of: T, R, P, UNVERIFIED"]),
    ],
)
def test_the_schema_speaks_at_the_place(tmp_path: Path, text: str, expected: list[str] | None) -> None:
    found = errors_of(tmp_path, p_yaml=text)
    if expected is None:  # the list of all known keys is long
        assert len(found) == 1
        assert found[0].startswith("p.yaml:6:5: unknown key `colour`; known: id, kind, category, ")
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            changed("terms: [买入]", "match: {any: [exchnge]}") + "lexicons: {exchange: {terms: [a]}}",
            ["p.yaml:6:19: unknown lexicon `exchnge`; did you mean `exchange`?"],
        ),
        (changed("terms: [买入]", "match: {any: [{lexicon: x}]}"), ["p.yaml:6:29: unknown lexicon `x`"]),
        (changed("terms: [买入]", "match: {score: {x: 1}, at_least: 1}"), ["p.yaml:6:21: unknown lexicon `x`"]),
        (changed("terms: [买入]", "patterns: ['买<<coin>>']"), ["p.yaml:6:18: unknown lexicon `coin`"]),
        (
            changed("terms: [买入]", 'patterns: [\'买入\', "币\\"\\\\w"]'),
            ["p.yaml:6:26: `\\w` is not supported: it counts Han characters as letters of a word; write `[a-z0-9]` or `[\\p{L}\\p{N}]`"],
        ),
        (
            changed("terms: [买入]", "patterns: ['(?:买入)?']"),
            ["p.yaml:6:16: this pattern matches the empty text: something in it must be there"],
        ),
        (
            changed("terms: [买入]", 'terms: ["\\u200b"]'),
            ["p.yaml:6:13: nothing is left of this term when it is folded; add `case: exact`"],
        ),
        (
            changed("terms: [买入]", "terms: [买入]\n    except: [{pattern: '('}]"),
            ["p.yaml:7:25: `(` is never closed; a bracket that is meant is written `\\(`"],
        ),
        (
            changed("terms: [买入]", "terms: [a]\n    unless: negatd") + "contexts: {negated: {forward: [{terms: [不]}]}}",
            ["p.yaml:7:13: unknown context `negatd`; did you mean `negated`?"],
        ),
        (
            changed("terms: [买入]", "terms: [a]\n    basis: [yinfa-42]") + "instruments: {yinfa-2026-42: {title: 通知}}",
            ["p.yaml:7:13: unknown instrument `yinfa-42`; did you mean `yinfa-2026-42`?"],
        ),
        (
            changed("terms: [买入]", "terms: [a]\n    when: {topic: crypt, content: promo}") + "topics: {}",
            ["p.yaml:7:19: unknown topic `crypt`", "p.yaml:7:35: unknown content `promo`; known: news"],
        ),
        (changed("terms: [买入]", "terms: [a]\n    when: {format: htm}"), ["p.yaml:7:20: unknown format `htm`; did you mean `html`?"]),
        (
            changed("terms: [买入]", "terms: [a]\n    when: {found: [advise]}"),
            ["p.yaml:7:20: unknown rule or category `advise`; did you mean `advice`?"],
        ),
        (changed("terms: [买入]", "terms: [a]\n    when: {found: [a/b]}"), ["p.yaml:7:20: `found` runs in a circle: a/b → a/b"]),
        (
            changed("terms: [买入]", "match: {any: [{terms: [a]}, buy], report: bui}") + "lexicons: {buy: {terms: [a]}}",
            ["p.yaml:6:47: `report: bui` names no cue of this rule; did you mean `buy`?"],
        ),
        (
            changed("terms: [买入]", "patterns: ['(a)b']\n    replace: '\\1\\2'"),
            ["p.yaml:7:17: `\\2` names a group that no pattern of this rule has"],
        ),
        (
            changed("terms: [买入]", "terms: [a]\n    when: {front_matter: {a: {pattern: '['}}}"),
            ["p.yaml:7:41: `[` is never closed; a bracket that is meant is written `\\[`"],
        ),
        (changed("bad: 请⟦买入⟧。", "bad: 请买入。"), ["p.yaml:7:10: a `bad` example marks what is reported with `⟦` and `⟧`"]),
        (changed("bad: 请⟦买入⟧。", "bad: 请⟦买入。"), ["p.yaml:7:11: `⟦` is never closed"]),
        (changed("bad: 请⟦买入⟧。", "bad: [请⟦买⟦入⟧⟧。]"), ["p.yaml:7:14: `⟦` and `⟧` must come in pairs, not nested"]),
        (changed("good: 不。", "good: [{text: 不⟦。⟧}]"), ["p.yaml:8:20: a `good` example has nothing to mark"]),
        (
            "lexicons:\n  a: {include: [b]}\n  b: {include: [c]}\n  c: {include: [a]}\n",
            ["p.yaml:4:17: lexicon `a` includes itself: a → b → c → a"],
        ),
        ("lexicons:\n  a: {patterns: ['x<<a>>']}\n", ["p.yaml:2:20: lexicon `a` includes itself: a → a"]),
        (
            "lexicons:\n  a: {terms: [x], except: [y]}\n  b: {patterns: ['x<<a>>']}\n",
            ["p.yaml:3:20: lexicon `a` has `except`, `scopes` or `words`, which a pattern cannot carry: use `all:` to join cues"],
        ),
        (
            "lexicons:\n  a: {terms: [X], case: exact}\n  b: {include: [a], patterns: ['<<a>>']}\n",
            [
                "p.yaml:3:17: lexicon `a` is `case: exact`, unlike this one",
                "p.yaml:3:33: lexicon `a` is `case: exact`, unlike this pattern",
            ],
        ),
        ("lexicons:\n  a: {file: nowhere.txt}\n", ["p.yaml:2:13: word list `nowhere.txt` cannot be read: No such file or directory"]),
        ("lexicons:\n  a: {include: [b]}\n", ["p.yaml:2:17: unknown lexicon `b`"]),
        ("instruments: {a: {title: t, repealed_by: b}}", ["p.yaml:1:42: unknown instrument `b`"]),
        ("actions: [push]", ["p.yaml:1:11: unknown lexicon `push`"]),
    ],
)
def test_names_and_patterns_speak_at_the_place(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert errors_of(tmp_path, p_yaml=text) == expected


def test_all_errors_of_a_load_are_told(tmp_path: Path) -> None:
    text = changed("category: advice", "category: advise").replace("terms", "trems")
    found = errors_of(tmp_path, a_yaml=text, b_yaml="a: [", c_yaml="lexicons: {x: {}}")
    assert [error.split(": ", 1)[0] for error in found] == ["a.yaml:4:15", "a.yaml:6:5", "b.yaml:2:1", "c.yaml:1:15"]


def test_duplicates_name_both_places(tmp_path: Path) -> None:
    lexicon = "lexicons:\n  x: {terms: [a]}\n"
    assert errors_of(tmp_path, a_yaml=RULE + lexicon, b_yaml="\n" + RULE + lexicon) == [
        f"b.yaml:3:9: duplicate rule `a/b`: first given at {tmp_path}/a.yaml:2".replace(f"{tmp_path}/", ""),
        f"b.yaml:11:3: duplicate lexicon `x`: first given at {tmp_path}/a.yaml:10".replace(f"{tmp_path}/", ""),
    ]


def test_rules_that_wait_for_each_other(tmp_path: Path) -> None:
    def waiting(name: str, found: str) -> str:
        return changed("a/b", name).replace("rules:\n", "").replace("terms: [买入]", f"terms: [a]\n    when: {{found: {found}}}")

    text = "rules:\n" + waiting("a/a", "b/b") + waiting("b/b", "[c/c, advice]") + waiting("c/c", "a/a") + waiting("d/d", "a/a")
    assert errors_of(tmp_path, p_yaml=text) == [
        "p.yaml:7:19: `found` runs in a circle: a/a → b/b → c/c → a/a",
        "p.yaml:15:20: `found` runs in a circle: b/b → c/c → a/a → b/b",
        "p.yaml:23:19: `found` runs in a circle: c/c → a/a → b/b → c/c",
        "p.yaml:31:19: `a/a` itself waits for others (`found`), and there is no third round; name what it waits for",
    ]


def test_a_profile_must_name_what_exists(tmp_path: Path) -> None:
    profile = "description: d\nselect: [advise]\nignore: [a/c]\nseverity: {p: error, a/x: error}\n"
    assert errors_of(tmp_path, p_yaml=RULE, profiles__x_yaml=profile) == [
        "profiles/x.yaml:2:10: unknown rule, pack or category `advise`; did you mean `advice`?",
        "profiles/x.yaml:3:10: unknown rule, pack or category `a/c`; did you mean `a/b`?",
        "profiles/x.yaml:4:22: unknown rule, pack or category `a/x`; did you mean `a/b`?",
    ]


def test_terms_of_word_lists_that_vanish_have_their_line(tmp_path: Path) -> None:
    assert errors_of(tmp_path, p_yaml="lexicons: {a: {file: w.txt}}", w_txt="币\n\u200b\n") == [
        "w.txt:2:1: nothing is left of this term when it is folded",
    ]


def test_an_empty_word_list_is_an_error(tmp_path: Path) -> None:
    assert errors_of(tmp_path, p_yaml="lexicons: {a: {file: w.txt}}", w_txt="# none\n") == ["p.yaml:1:22: word list `w.txt` holds no term"]


def test_a_word_list_must_be_utf_8(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_bytes("币安".encode("gb18030"))
    assert errors_of(tmp_path, p_yaml="lexicons: {a: {file: w.txt}}") == ["p.yaml:1:22: word list `w.txt` is not UTF-8; save it as UTF-8"]


def test_paths_must_lead_to_packs(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CheckerError) as caught:
        load([tmp_path / "nowhere", tmp_path / "empty"])
    assert str(caught.value).split("\n") == [
        f"{tmp_path}/nowhere: no such file or folder",
        f"{tmp_path}/empty: holds no pack: no file ends in .yaml or .yml",
    ]


@given(st.lists(st.text(st.sampled_from("稳赚ＯＫx穩-. *\u200b\u0301\u3000\u2028①"), max_size=6)))
def test_a_word_list_is_folded_line_by_line(lines: list[str]) -> None:
    stripped = [line.strip() for line in lines]
    assert folded_lines(stripped) == [fold_text(line).strip() for line in stripped]
