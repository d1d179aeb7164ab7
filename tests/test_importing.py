"""`checker import`: dictionaries of other tools become packs whose examples hold, and what is lost is told."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from checker.cli import main
from checker.compile import compile_rules
from checker.engine import Engine
from checker.packs import Packs, load

DICTIONARY = """\
version: 1
imports: [other.yml]
rules:
  - expected: 虚拟货币
    patterns: [数字币, /加密币/g, '/电子(?:货)?币/']
    prh: 统一写作虚拟货币
  - expected: 比特币
    pattern: 比特
  - expected: jQuery
  - Cookie
"""


def test_a_dictionary_of_prh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("prh.yml").write_text(DICTIONARY, encoding="utf-8")
    assert main(["import", "prh", "prh.yml", "--out", "house.yaml"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "prh.yml: imports: not carried over; import those files too",
        "prh.yml: rules[1]: `/电子(?:货)?币/`: a regular expression; write it as a pattern of checker",
        "prh.yml: rules[3]: `jQuery` has no pattern: prh forbids its other widths and cases, which are one here",
        "prh.yml: rules[4]: `Cookie`: prh forbids its other widths and cases, which are one here",
        "checker: 2 of 4 rules carried over / 已导入",
    ]
    assert main(["test", "house.yaml"]) == 0
    Path("a.md").write_text("数字币与加密币，比特与比特币。", encoding="utf-8")
    assert main(["check", "-q", "--rules", "house.yaml", "--select", "house", "--fix", "--unsafe-fixes", "a.md"]) == 0
    assert Path("a.md").read_text(encoding="utf-8") == "虚拟货币与虚拟货币，比特币与比特币。"
    assert main(["import", "prh", "prh.yml", "--out", "house.yaml"]) == 2
    capsys.readouterr()
    assert main(["import", "prh", "prh.yml", "--name", "words"]) == 1
    assert "id: words/" in capsys.readouterr().out


STYLE = Path(__file__).parent / "data" / "vale" / "House"
ARTICLE = """\
# The Big Thing.

Javascript has an abundance of smart phone apps; they gave rise to JavaScript within the src directory.
It appears to be a sort of thing, arguably.

- step one
- Step two.

WHO said the the centre and center. Please utilize and/or use 登陆账号。
"""
REPORTED = """\
a.md:1:3: info 'The Big Thing.' should be in lower case [house/lower]
a.md:3:1: error Use 'JavaScript' instead of 'Javascript'. [house/terms--3]
a.md:3:19: error Use 'plenty' instead of 'abundance'. [house/terms]
a.md:3:32: info More than 5 words: 'smart' [house/sentence-length]
a.md:3:32: error Use 'smartphone' instead of 'smart phone'. [house/terms--2]
a.md:3:55: error Use 'lead to' instead of 'gave rise to'. [house/terms--4]
a.md:3:79: error Use 'in the … directory' instead of 'within the src directory'. [house/terms--5]
a.md:4:4: warning Consider removing 'appears to be'. [house/hedging]
a.md:4:20: info More than 5 words: 'sort' [house/sentence-length]
a.md:4:35: warning Consider removing 'arguably'. [house/hedging]
a.md:6:3: info 'step one' is no step [house/step]
a.md:9:1: info 'WHO' has no definition. [house/who]
a.md:9:10: info 'the the' is repeated! [house/repeat]
a.md:9:25: info More than 5 words: 'and' [house/sentence-length]
a.md:9:29: info Inconsistent spelling of 'center'. [house/spelling--2]
a.md:9:44: error Use 'use / employ' instead of 'utilize'. [house/terms--6]
a.md:9:52: info 'and/or' joins twice [house/ands]
a.md:9:63: error Use '登录账号' instead of '登陆账号'. [house/terms--7]
"""
FIXED = """\
# The Big Thing.

JavaScript has an plenty of smartphone apps; they lead to JavaScript in the src directory.
It appears to be a sort of thing, arguably.

- step one
- Step two.

WHO said the the centre and centre. Please utilize and/or use 登录账号。
"""


def test_a_style_of_vale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "House").symlink_to(STYLE)
    assert main(["import", "vale", "House", "--out", "house.yaml"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "House/Acronyms.yml:3:1: first: what its group finds is compared with what that of `second` finds: rules cannot, left out",
        "House/Headings.yml:6:1: action: `edit` is no fix here",
        "House/Hedging.yml:11:5: tokens: `(?P<x>abc)`: the only name a group may have is `value`: `(?P<value>…)`",
        "House/Repeat.yml:7:5: tokens: `[^\\s]+`: what is the same twice is not known to patterns; see `quality/repeated-word`",
        "House/Sent.yml:4:1: match: only that the first letter is a capital; capitals further on may be names",
        "House/Spell.yml:1:1: extends: `spelling` has no counterpart here: the rule is left out",
        "House/Terms.yml:11:3: swap: `use|employ` are several: reported, not fixed",
        "House/Title.yml:4:1: match: title case depends on the sort of each word: rules cannot know it, left out",
        "checker: 11 of 14 rules carried over / 已导入",
    ]
    assert main(["test", "house.yaml"]) == 0
    Path("a.md").write_text(ARTICLE, encoding="utf-8")
    check = ["check", "-q", "--rules", "house.yaml", "--lang", "en"]
    capsys.readouterr()
    assert main([*check, "--select", "house", "--format", "concise", "a.md"]) == 1
    assert capsys.readouterr().out == REPORTED
    assert main([*check, "--select", "house/hedging", "a.md"]) == 0
    assert "        = basis: House: Hedging\n" in capsys.readouterr().out
    main([*check, "--select", "house", "--fix", "--unsafe-fixes", "a.md"])
    assert Path("a.md").read_text(encoding="utf-8") == FIXED
    Path("b.md").write_text("# End here.\n\n> End here.\n", encoding="utf-8")
    capsys.readouterr()
    main([*check, "--select", "house/headings", "--format", "concise", "b.md"])
    assert capsys.readouterr().out == "b.md:1:10: info Don't use end punctuation in headings. [house/headings]\n"


@pytest.mark.parametrize(
    ("rule", "lost"),
    [
        ("extends: existence\ntokens: ['a*']\n", "R.yml:2:10: tokens: `a*` matches the empty text"),
        ("extends: existence\ntokens: [foo]\nscope: ~code\n", "R.yml:3:1: scope: `~code`: there is no such scope: the rule is left out"),
        (
            "extends: existence\ntokens: [foo]\nscope: heading & ~heading.h1\n",
            "R.yml:3:1: scope: `heading & ~heading.h1`: scopes cannot be",
        ),
        ("extends: existence\ntokens: [foo]\nlimit: 3\n", "R.yml:3:1: limit: not carried over"),
        ("extends: existence\ntokens: [foo]\nexceptions: ['a(']\n", "R.yml:3:14: exceptions: `a(`: `(` is never closed"),
        ("extends: substitution\nswap: {foo: '(?:a|b)c'}\n", "R.yml:2:8: swap: `(?:a|b)c` is a regular expression: reported, not fixed"),
        ("extends: substitution\nswap: {foo: bar}\npos: NN\n", "R.yml:3:1: pos: not carried over: the rule is left out"),
        ("extends: occurrence\ntoken: foo\nmax: 1.5\n", "R.yml:3:1: max: `1.5` is no count: the rule is left out"),
        ("extends: [a\n", "R.yml:2:1: no valid YAML"),
        ("{}\n", "R.yml:1:1: extends: `None` has no counterpart here"),
        ("extends: existence\ntokens: [Nothing., 好。, '1', '#']\nnonword: true\n", ""),
    ],
)
def test_what_of_vale_is_lost_is_told_at_its_place(rule: str, lost: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "R.yml").write_text(rule, encoding="utf-8")
    code = main(["import", "vale", str(tmp_path), "--name", "x"])
    said = capsys.readouterr().err.replace(f"{tmp_path}/", "")
    assert (code, lost in said) == (1, True)


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("extends: existence\nscope: [~heading, ~list]\ntokens: [foo]\n", "foo", "# foo\n\n- foo"),
        ("extends: existence\ntokens: ['(?i)foo']\n", "FOO", "foobar"),
        ("extends: existence\ntokens: [foo]\n", "foo", "Foo"),
        ("extends: existence\ntokens: [foo]\n", "foo", "`foo`"),
        ("extends: existence\ncode: true\ntokens: [foo]\n", "`foo`", "fooo"),
        ("extends: existence\nappend: true\nraw: ['\\s+bar']\ntokens: [foo, baz]\n", "a baz bar", "bar foo"),
        ("extends: existence\nraw: ['bar\\s']\ntokens: [foo, baz]\n", "a bar foo", "foo bar"),
        ("extends: existence\nignorecase: true\ntokens: ['\\w+ware']\nexceptions: [software]\n", "Malware", "Software"),
        ("extends: substitution\nnonword: true\nswap: {'[+]': plus}\n", "a+b", "a plus b"),
        ("extends: substitution\nswap: {app: application}\n", "an app", "an application"),
        ("extends: occurrence\nmin: 2\nscope: paragraph\ntoken: foo\n", "foo", "foo foo"),
        ("extends: occurrence\nmax: 1\nscope: paragraph\ntoken: foo\n", "foo foo", "foo\n\nfoo"),
        ("extends: repetition\nmax: 1\ntokens: [very]\n", "very very very", "very very"),
        ("extends: consistency\nnonword: true\neither: {'[“”]': '\"'}\n", '“a” “b"', "“a”"),
        ("extends: conditional\nfirst: (CNN)\nsecond: 'Network \\((CNN)\\)'\n", "CNN", "A Network (CNN). CNN"),
        ("extends: capitalization\nscope: heading\nmatch: $upper\n", "# Abc", "# ABC\n\nabc"),
        ("extends: capitalization\nscope: list\nmatch: '[A-Z].*\\.'\n", "- abc", "- Abc."),
    ],
)
def test_rules_of_vale_find_what_they_found_there(
    rule: str, bad: str, good: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("style").mkdir()
    Path("style/R.yml").write_text(rule, encoding="utf-8")
    assert main(["import", "vale", "style", "--out", "r.yaml"]) == 0, capsys.readouterr().err
    check = partial(run_of, load([Path("r.yaml")]))
    assert (check(bad) > 0, check(good)) == (True, 0)


def run_of(packs: Packs, text: str) -> int:
    """How many violations the rules of a pack find."""
    return len(Engine(compile_rules(packs, packs.rules)).check_text(text).violations)


def test_what_is_no_style_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "vale", str(tmp_path)]) == 2
    assert "no style of Vale" in capsys.readouterr().err


def test_what_is_no_dictionary_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yml").write_text("- 1\n", encoding="utf-8")
    assert main(["import", "prh", str(tmp_path / "a.yml")]) == 2
    assert "no prh dictionary" in capsys.readouterr().err
