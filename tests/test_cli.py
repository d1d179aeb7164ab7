"""Every command and option as a user gives them, in a process of its own: standard output, standard error, exit code."""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml

from checker import __version__
from checker.cli import COMMANDS, main
from checker.formats import FORMATS

HOUSE = """\
rules:
  - id: house/word
    kind: forbid
    category: terminology
    severity: error
    message: {zh: "禁词“{match}”", en: "Forbidden “{match}”"}
    terms: [禁词甲]
    bad: ["有⟦禁词甲⟧。"]
    except: [禁词甲乙]
    good: ["没有禁词甲乙。"]
"""
MORE = """\
rules:
  - id: more/word
    kind: forbid
    category: typography
    message: {zh: "少用“{match}”", en: "Seldom “{match}”"}
    terms: [禁词乙]
    bad: ["有⟦禁词乙⟧。"]
    good: ["没有。"]
"""
WRONG = MORE.replace("more/word", "wrong/word").replace('good: ["没有。"]', 'good: ["这里有禁词乙。"]')
BAD = "---\ntitle: 题\nauthor: 张三\nsource: 新华社\n---\n\n正文里有禁词甲。\n"
CLEAN = "# 通知\n\n今天下午三点开会。\n"
OWN = ("--rules", "house.yaml", "--select", "house/word")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


# The program with no more than profiles for shipped rules: loading all of them in every process would take most of the time.
FEW = """\
import sys, pathlib, checker.packs
folder = pathlib.Path(sys.argv.pop(1))
checker.packs.shipped_rules = lambda: folder
from checker.cli import main
sys.exit(main())
"""
PROFILES = {"cn-media": "cn", "hk": "hk", "us-finance": "us", "quality-only": ""}


def checker(*arguments: str, stdin: bytes | None = None, quiet: bool = True, shipped: bool = False) -> Ran:
    """Runs `checker` in the working folder; `check` with `--quiet` unless notes are wanted. shipped: with the shipped rules."""
    command = [*_program(shipped), *arguments, *(["--quiet"] if quiet and arguments[0] == "check" else [])]
    ran = subprocess.run(command, input=stdin, stdin=subprocess.DEVNULL if stdin is None else None, capture_output=True, check=False)
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def _program(shipped: bool = False) -> list[str]:
    return [sys.executable, "-m", "checker"] if shipped else [sys.executable, "-c", FEW, os.environ["SHIPPED"]]


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "checker-cache"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    shipped = tmp_path_factory.mktemp("shipped")
    monkeypatch.setenv("SHIPPED", str(shipped))
    for name, place in PROFILES.items():
        write(str(shipped / "profiles" / f"{name}.yaml"), f"description: {name}\njurisdictions: [{place}]\n")
    write("house.yaml", HOUSE)


# -- the command itself


def test_help_names_every_command_and_version_is_the_packages() -> None:
    shown = checker("--help")
    assert (shown.code, shown.err) == (0, "")
    assert all(re.search(rf"^    {name} ", shown.out, re.MULTILINE) for name in COMMANDS)
    assert checker("--version") == (0, f"checker {__version__}\n", "")


@pytest.mark.parametrize("arguments", [(), ("chekc",), ("check", "--formta", "text"), ("explain",), ("schema", "pack")])
def test_what_is_no_command_is_said_on_standard_error(arguments: tuple[str, ...]) -> None:
    ran = checker(*arguments or ("--nothing",), quiet=False)
    assert (ran.code, ran.out, "Traceback" in ran.err) == (2, "", False)
    assert "usage: checker" in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_a_line_of_help(command: str) -> None:
    for action in _actions(_parser(command)):
        assert action.help, action


def test_a_bug_is_no_pass_and_no_violation(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(args: argparse.Namespace) -> int:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("checker.commands.rules.run", broken)
    assert main(["rules"]) == 2
    assert "ZeroDivisionError: a bug" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_pass() -> None:
    write("many.md", "有禁词甲。\n\n" * 20000)
    with subprocess.Popen([*_program(), "check", *OWN, "many.md"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.wait() == 2
        assert b"Traceback" not in run.stderr.read()


# -- check


def test_check_without_a_path_checks_the_folder() -> None:
    write("a/bad.md", BAD)
    write("clean.md", CLEAN)
    ran = checker("check", *OWN, quiet=False)
    first, *rest = ran.out.splitlines()
    assert ran.code == 1
    assert first == "a/bad.md:7:5: error 禁词“禁词甲” [house/word]"
    assert [line for line in rest if line.startswith("a/")] == []
    assert rest[-1].startswith("2 篇文章，1 个错误，0 个警告，0 个提示（规则集 cn-media）")
    assert ran.err == "checker: 规则集 cn-media（法域 cn，默认）；可在 .checker.yaml 中用 profile: 更改\n"
    assert checker("check", *OWN, "clean.md").code == 0


def test_quiet_and_lang() -> None:
    write("bad.md", BAD)
    assert checker("check", *OWN, "bad.md", "-q", quiet=False).err == ""
    ran = checker("check", *OWN, "--lang", "en", "bad.md", quiet=False)
    assert ran.out.startswith("bad.md:7:5: error Forbidden “禁词甲” [house/word]\n")
    assert ran.out.splitlines()[-1].startswith("1 article, 1 error, 0 warnings, 0 infos (profile cn-media).")
    assert ran.err == "checker: profile cn-media (jurisdiction cn) assumed; set profile: in .checker.yaml to change it\n"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_to_standard_output(name: str) -> None:
    write("bad.md", BAD)
    write("gbk.txt", "有禁词甲。\n".encode("gbk"))
    ran = checker("check", *OWN, "--format", name, "bad.md", "gbk.txt")
    assert (ran.code, ran.err) == (2, "")
    assert "house/word" in ran.out
    assert "gbk.txt" in ran.out  # what could not be checked is in every format
    if name in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(ran.out)


def test_several_reports_of_one_run() -> None:
    write("bad.md", BAD)
    ran = checker("check", *OWN, "--output", "sarif=out.sarif", "--output", "html=out.html", "--format", "concise", "bad.md")
    assert ran == (1, "bad.md:7:5: error 禁词“禁词甲” [house/word]\n", "")
    assert json.loads(Path("out.sarif").read_bytes())["version"] == "2.1.0"
    assert Path("out.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    ran = checker("check", *OWN, "--output", "report.txt", "--color", "always", "bad.md")
    assert ran == (1, "", "")
    assert Path("report.txt").read_text(encoding="utf-8").startswith("bad.md:7:5: error ")


def test_profiles_of_the_shipped_rules() -> None:
    """cn-media asks an article about a coin for a risk warning, quality-only does not."""
    write("a.md", "# 比特币行情\n\n比特币和以太坊今天都涨了，交易所里的币价创下新高。\n")
    options = ("--fail-on", "info", "--format", "concise", "a.md")
    ran = checker("check", *options, shipped=True)
    assert ran.code == 1
    assert "[disclaimer/risk]" in ran.out
    assert checker("check", "--profile", "quality-only", *options, shipped=True) == (0, "", "")


def test_facts_stand_below_the_violations_of_an_article() -> None:
    write("bad.md", BAD)
    ran = checker("check", *OWN, "--select", "attribution", "--facts", "--lang", "en", "bad.md", shipped=True)
    assert "\nbad.md: 题 · zh · - · news\n  source: 4: 新华社\n  author: 3: 张三\n  disclaimer: not found\n" in ran.out
    write("two.md", BAD.replace("正文里", "来源：新华网\n\n正文里"))
    ran = checker("check", *OWN, "--select", "attribution", "--facts", "--lang", "en", "two.md", shipped=True)
    assert re.findall(r"^  source: (\d+): ", ran.out, re.MULTILINE) == ["4", "7"]  # in the order of the file
    assert ran.out.splitlines()[-1].startswith("1 article, 1 error")


def test_fail_on_decides_what_fails_a_run() -> None:
    write("more.yaml", MORE)
    write("a.md", "有禁词乙。\n")
    options = ("--rules", "more.yaml", "--select", "more/word", "--format", "concise", "a.md")
    assert checker("check", *options) == (0, "a.md:1:2: warning 少用“禁词乙” [more/word]\n", "")
    assert checker("check", "--fail-on", "warning", *options).code == 1
    assert checker("check", "--fail-on", "info", *options).code == 1
    write(".checker.yaml", "fail_on: warning\n")
    assert checker("check", *options).code == 1
    assert checker("check", "--fail-on", "error", *options).code == 0


def test_select_and_ignore_take_lists_and_may_be_repeated() -> None:
    write("packs/house.yaml", HOUSE)
    write("more.yaml", MORE)
    write("a.md", "有禁词甲和禁词乙。\n")
    options = ("--format", "concise", "--rules", "packs", "--rules", "more.yaml", "a.md")

    def rules(*selection: str) -> list[str]:
        return re.findall(r"\[(.*)\]", checker("check", *selection, *options).out)

    assert rules("--select", "house/word,more/word") == ["house/word", "more/word"]
    assert rules("--select", "house/word", "--select", " typography , ") == ["house/word", "more/word"]
    assert rules("--select", "house/word,more/word", "--ignore", "typography") == ["house/word"]
    assert rules("--select", "house,more", "--ignore", "house", "--ignore", "terminology") == ["more/word"]
    ran = checker("check", "--select", "house", "--ignore", "house/word", *options)
    assert (ran.code, ran.out, "no rule" in ran.err) == (2, "", True)


def test_profile_and_config() -> None:
    write("bad.md", BAD)
    write("elsewhere/hk.yaml", "profile: hk\nlang: en\npacks: [../house.yaml]\nselect: [house/word]\n")
    ran = checker("check", "--config", "elsewhere/hk.yaml", "bad.md", quiet=False)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("bad.md:7:5: error Forbidden ")
    assert "(profile hk)" in ran.out
    assert "(profile us-finance)" in checker("check", "--config", "elsewhere/hk.yaml", "--profile", "us-finance", "bad.md").out


def test_the_report_speaks_of_the_configs_that_hold_for_the_articles() -> None:
    write("one/.checker.yaml", "profile: hk\nlang: en\npacks: [../house.yaml]\nselect: [house/word]\n")
    write("one/bad.md", BAD)
    ran = checker("check", "one", quiet=False)
    assert (ran.code, ran.err) == (1, "")
    assert "(profile hk)" in ran.out.splitlines()[-1]
    write("two/.checker.yaml", "profile: us-finance\npacks: [../house.yaml]\nselect: [house/word]\nseverity: {house/word: info}\n")
    write("two/bad.md", BAD)
    ran = checker("check", "one", "two", "--format", "sarif")
    log = json.loads(ran.out)["runs"][0]
    assert ran.code == 1
    assert log["properties"]["profile"] == "hk, us-finance"
    assert [result["ruleIndex"] for result in log["results"]] == [0, 0]
    assert [result["level"] for result in log["results"]] == ["error", "note"]


def test_standard_input() -> None:
    ran = checker("check", *OWN, "--format", "concise", "-", stdin=BAD.encode())
    assert ran == (1, "stdin.md:7:5: error 禁词“禁词甲” [house/word]\n", "")
    ran = checker("check", *OWN, "--format", "concise", "--stdin-filename", "posts/a.html", stdin="<p>有禁<b>词</b>甲</p>".encode())
    assert ran == (1, "posts/a.html:1:5: error 禁词“禁词甲” [house/word]\n", "")
    ran = checker("check", *OWN, "--encoding", "big5", "--format", "concise", "-", stdin="有禁詞甲。".encode("big5"))
    assert ran == (1, "stdin.md:1:2: error 禁词“禁詞甲”（还原后：“禁词甲”） [house/word]\n", "")
    write("a.md", CLEAN)
    ran = checker("check", *OWN, "-", "a.md", stdin=b"")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("standard input is checked by itself")


@pytest.mark.parametrize(
    ("codec", "encoding", "text"),
    [
        ("gb18030", "gb18030", "题目\r\n\r\n有禁词甲。😀\r\n"),
        ("gbk", "GBK", "题目\n\n有禁词甲。\n"),
        ("big5", "big5", "題目\n\n有禁詞甲。\n"),
        ("utf-16-le", "utf-16", "题目\n\n有禁词甲。\n"),
        ("gbk", "auto", "题目\n\n有禁词甲。这是一篇用来测试编码的文章。\n"),
        ("big5", "auto", "題目\n\n有禁詞甲。這是一篇用來測試編碼的文章。\n"),
        ("utf-16", None, "题目\n\n有禁词甲。\n"),
        ("utf-8-sig", None, "题目\n\n有禁词甲。\n"),
        ("utf-8", "gb18030", "题目\n\n有禁词甲。\n"),
    ],
)
def test_encodings(codec: str, encoding: str | None, text: str) -> None:
    write("a.txt", text.encode(codec))
    options = ("--encoding", encoding) if encoding else ()
    ran = checker("check", *OWN, "--format", "json", *options, "a.txt")
    report = json.loads(ran.out)
    assert (ran.code, report["failures"]) == (1, [])
    (violation,) = report["violations"]
    start = violation["start"]
    assert (start["line"], start["column"]) == (3, 2)
    assert text[start["offset"] : violation["end"]["offset"]] in ("禁词甲", "禁詞甲")


def test_an_encoding_that_is_not_named_is_a_failure_that_says_which_to_name() -> None:
    write("gbk.txt", "有禁词甲。\n".encode("gbk"))
    write("bad.md", BAD)
    ran = checker("check", *OWN, "--format", "concise", ".")
    assert ran.code == 2
    assert "gbk.txt:1:1: failure: not UTF-8, probably gb18030: set --encoding gb18030" in ran.out
    assert "bad.md:7:5: error" in ran.out
    write(".checker.yaml", 'encodings: {"*.txt": gb18030}\n')
    assert "gbk.txt:1:2: error" in checker("check", *OWN, "--format", "concise", ".").out


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        ("crlf.txt", "一\r\n\r\n有禁词甲。\r\n", ["3:2"]),
        ("crlf.md", "一\r\n\r\n有禁词甲。\r\n", ["3:2"]),
        ("cr.txt", "一\r\r有禁词甲。\r", ["1:5"]),
        ("cr.md", "一\r\r有禁词甲。\r", ["1:5"]),
        ("mixed.txt", "一\n\r\n\r二\n\n有禁词甲", ["5:2"]),
        ("none.txt", "一\n\n有禁词甲", ["3:2"]),
        ("empty.md", "", []),
        ("space.txt", " \n\n", []),
        ("bom.md", "\ufeff禁词甲", ["1:1"]),
        ("odd.txt", "一\u2028二\x0b三\x0c四\x85五禁词甲", ["1:10"]),
    ],
)
def test_lines_end_as_in_git(name: str, content: str, places: list[str]) -> None:
    write(name, content)
    ran = checker("check", *OWN, "--format", "concise", name)
    assert re.findall(r":(\d+:\d+): error", ran.out) == places
    assert ran.code == bool(places)


def test_a_file_of_twenty_megabytes() -> None:
    line = "今天天气很好，大家都去公园散步，孩子们在草地上放风筝。\n\n"
    count = (20 << 20) // len(line.encode()) + 1
    assert write("big.txt", line * count + "有禁词甲。\n").stat().st_size > 20 << 20
    ran = checker("check", *OWN, "--format", "concise", "big.txt")
    assert ran == (1, f"big.txt:{count * 2 + 1}:2: error 禁词“禁词甲” [house/word]\n", "")


def test_globs_and_ignore_files() -> None:
    for name in ("posts/a.md", "posts/sub/b.md", "posts/c.txt", "drafts/d.md", "built/e.md", "node_modules/f.md"):
        write(name, BAD)
    write(".gitignore", "built/\n")
    write(".checkerignore", "drafts/\n")
    subprocess.run(["git", "init", "-q"], check=True, capture_output=True)

    def found(*paths: str) -> list[str]:
        return [line.split(":")[0] for line in checker("check", *OWN, "--format", "concise", *paths).out.splitlines()]

    assert found(".") == ["posts/a.md", "posts/c.txt", "posts/sub/b.md"]
    assert found("posts/*.md") == ["posts/a.md"]
    assert found("**/*.md") == ["posts/a.md", "posts/sub/b.md"]
    assert found("posts/[a-b].md", "posts/c.txt") == ["posts/a.md", "posts/c.txt"]
    assert found("built/e.md", "posts/a.md") == ["built/e.md", "posts/a.md"]  # named: git's opinion does not matter
    ran = checker("check", *OWN, "--format", "concise", "drafts/d.md", quiet=False)
    assert (ran.code, ran.out) == (0, "")
    assert "checker: drafts/d.md: listed in .checkerignore: skipped" in ran.err


def test_jobs_change_nothing_but_the_time() -> None:
    for number in range(60):
        write(f"{number:02}.md", "今天天气很好，大家都去公园散步。\n\n" * 2000 + "有禁词甲。\n")
    one = checker("check", *OWN, "--format", "concise", "--jobs", "1", ".")
    two = checker("check", *OWN, "--format", "concise", "--jobs", "2", ".")
    assert one == two
    assert one.out.count("\n") == 60


def test_progress_is_shown_at_a_terminal_that_shows_no_report() -> None:
    for number in range(40):
        write(f"many/{number:02}.md", "今天天气很好，大家都去公园散步。\n\n" * 3000)
    shown = _at_terminal("check", *OWN, "--output", "json=out.json", "many")
    assert re.search(r"\r\x1b\[K已检查 \d+/40 篇", shown)
    assert shown.endswith("\r\x1b[K\n[0]")
    assert "\x1b" not in _at_terminal("check", *OWN, "--quiet", "--output", "json=out.json", "many")
    assert "已检查" not in _at_terminal("check", *OWN, "--color", "never", "many")


def test_colour() -> None:
    write("bad.md", BAD)
    assert "\x1b[31merror\x1b[0m" in checker("check", *OWN, "--color", "always", "bad.md").out
    assert "\x1b" not in checker("check", *OWN, "--color", "never", "bad.md").out
    assert "\x1b" not in checker("check", *OWN, "bad.md").out
    assert "\x1b[31merror\x1b[0m" in _at_terminal("check", *OWN, "bad.md", "--quiet")


# -- rules, explain, schema


def test_rules_lists_what_would_run() -> None:
    ran = checker("rules", *OWN, "--lang", "en")
    assert ran == (0, "house/word  error    terminology    Forbidden “…”\n1 rules\n", "")
    ran = checker("rules", "--rules", "house.yaml", "--ignore", "quality", "--profile", "cn-media", "--format", "json", shipped=True)
    listed = json.loads(ran.out)
    assert all({"id", "kind", "category", "severity", "message", "basis", "jurisdictions"} == set(rule) for rule in listed)
    ids = [rule["id"] for rule in listed]
    assert "house/word" in ids
    assert not [name for name in ids if name.startswith("quality/")]
    write("c.yaml", "select: [quality]\nlang: en\n")
    assert re.search(r"^\d+ rules$", checker("rules", "--config", "c.yaml", shipped=True).out, re.MULTILINE)


def test_explain() -> None:
    ran = checker("explain", "crypto/invite-code", "--lang", "en", shipped=True)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("crypto/invite-code  error  solicitation")
    for part in ("Why: ", "Basis:", "binds: ", "as reported", "✗ reported:", "✓ left alone:"):
        assert part in ran.out
    assert "{" not in ran.out
    assert "\n    in force since 2026-02-06; checked 2026-11-23\n    binds: Everyone; internet companies" in ran.out
    write("c.yaml", "packs: [house.yaml]\nseverity: {house/word: info}\nlang: en\n")
    ran = checker("explain", "house/word", "--config", "c.yaml")
    assert ran.out.startswith("house/word  info  terminology  (forbid)\nForbidden “…”\n\nBasis:\n  site policy")
    ran = checker("explain", "house/word", "--rules", "house.yaml", "--profile", "quality-only", shipped=True)
    assert "规则集 quality-only 下不运行" in ran.out
    assert "  - 有⟦禁词甲⟧。\n\n✓ 不报告:\n  - 没有禁词甲乙。\n" in ran.out
    ran = checker("explain", "house/word", "--rules", "house.yaml", "--color", "always", shipped=True)
    assert "  - 有\x1b[4;31m禁词甲\x1b[0m。\n" in ran.out
    ran = checker("explain", "crypto/invite-kode", shipped=True)
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean crypto/invite-code?" in ran.err


def test_explain_says_what_is_no_longer_in_force_and_why_not() -> None:
    basis = (
        "instruments:\n  old: {title: {zh: 旧规, en: Old}, in_force: 2020-01-01, repealed: 2024-05-01, repealed_by: new,\n"
        "    binds: {zh: 网站, en: Sites}}\n"
        "  new: {title: {zh: 新规, en: New}}\n"
    )
    write("house.yaml", HOUSE + "    basis: [old]\n" + basis)
    ran = checker("explain", "house/word", "--rules", "house.yaml")
    assert "依据:\n  旧规\n    自2020-01-01起施行；2024-05-01 被《新规》废止\n    约束对象: 网站\n\n✗ 会报告:\n" in ran.out
    ran = checker("explain", "house/word", "--rules", "house.yaml", "--lang", "en")
    assert "Basis:\n  Old\n    in force since 2020-01-01; repealed on 2024-05-01 by “New”\n    binds: Sites\n\n✗ reported:\n" in ran.out


@pytest.mark.parametrize("what", ["packs", "profiles", "config"])
def test_schema_accepts_what_is_shipped_and_refuses_what_is_not(what: str) -> None:
    ran = checker("schema", what)
    assert (ran.code, ran.err) == (0, "")
    validator = jsonschema.Draft7Validator(json.loads(ran.out))
    rules = Path(__file__).parent.parent / "rules"
    files = {"packs": rules.rglob("*.yaml"), "profiles": (rules / "profiles").glob("*.yaml"), "config": iter([write("c.yaml", CONFIG)])}
    for path in files[what]:
        if what != "packs" or path.parent.name != "profiles":
            validator.validate(yaml.load(path.read_bytes(), _Yaml))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"nothing": 1})


class _Yaml(yaml.SafeLoader):
    """As editors read YAML 1.2: a date is text."""


_Yaml.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
CONFIG = "profile: hk\npacks: [house.yaml]\nselect: [advice]\nseverity: {a/b: info}\nencodings: {'*.txt': gbk}\nsite: hugo\n"


def test_diff_rules() -> None:
    write("new.yaml", HOUSE.replace("禁词甲", "禁词丙"))
    write("posts/a.md", "有禁词甲和禁词丙。\n".encode("gb18030"))
    ran = checker(
        "diff-rules", "house.yaml", "new.yaml", "posts", "--lang", "en", "--encoding", "gb18030", "--jobs", "1", "--profile", "hk"
    )
    assert ran == (
        1,
        "- posts/a.md:1:2: error Forbidden “禁词甲” [house/word]\n"
        "+ posts/a.md:1:6: error Forbidden “禁词丙” [house/word]\n"
        "house/word: +1 -1\n"
        "1 newly reported, 1 no longer; 1 of 1 article differ\n",
        "",
    )


# -- test


def test_examples_of_own_packs() -> None:
    write("more.yaml", MORE)
    write("wrong.yaml", WRONG)
    assert checker("test", "house.yaml") == (0, "2 个例子，0 个未通过\n", "")
    assert checker("test", "house.yaml", "more.yaml", "--lang", "en").out.splitlines()[-1] == "4 examples, 0 failed"
    ran = checker("test", "wrong.yaml")
    assert ran.code == 1
    assert ran.out.startswith("wrong.yaml:8:12: wrong/word: expected nothing, found “禁词乙” at 1:4\n")
    # by name, among all that the options and the config load
    write(".checker.yaml", "packs: [house.yaml]\n")
    assert checker("test", "--rules", "more.yaml", "--rules", "wrong.yaml", "house/word", "typography", "--lang", "en").code == 1
    assert checker("test", "--rules", "more.yaml", "house/word", "more", "--lang", "en").out.endswith("4 examples, 0 failed\n")
    ran = checker("test", "--rules", "more.yaml", "--select", "house/word,more", "--ignore", "typography")
    assert ran == (0, "2 个例子，0 个未通过\n", "")
    ran = checker("test", "--profile", "quality-only", "quality", "--lang", "en", shipped=True)
    assert (ran.code, re.search(r"^\d\d+ examples, 0 failed$", ran.out, re.MULTILINE) is not None) == (0, True)
    write("c.yaml", "packs: [house.yaml]\nlang: en\n")
    assert checker("test", "--config", "c.yaml", "house").out == "2 examples, 0 failed\n"
    assert checker("test", "house.yaml", "--coverage") == (0, "house/word  2/2 (100%)\n规则: 2/2 (100%)\n\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.yaml",), "no file, folder, pack, rule or category `nowhere.yaml`"),
        (("hosue/word", "--rules", "house.yaml"), "did you mean `house/word`?"),
        (("house.yaml", "--rules", "more.yaml", "--select", "more"), "there are no rules to test"),
        (("--labels", "nowhere.jsonl", "."), "nowhere.jsonl: labels cannot be read"),
        (("--labels", "house.yaml", "."), "house.yaml:1: not a label object"),
        (("--labels", "empty.jsonl", "."), "empty.jsonl: no labelled article"),
        (("--labels", "absent.jsonl", ".", "--rules", "house.yaml"), "absent.md: cannot be scored: no such file"),
        (("--labels", "empty.jsonl", ".", "house.yaml"), "--labels scores articles"),
        (("--by", "lang"), "go with --labels"),
        (("--errors",), "go with --labels"),
        (("--map", "x"), "go with --labels"),
        (("--labels", "absent.jsonl", ".", "--map", "nowhere.tsv"), "nowhere.tsv: the map cannot be read"),
    ],
)
def test_what_cannot_be_tested(arguments: tuple[str, ...], message: str) -> None:
    write("more.yaml", MORE)
    write("empty.jsonl", "\n")
    write("absent.jsonl", '{"doc": "absent.md", "lines": [], "present": {}}\n')
    ran = checker("test", *arguments)
    assert (ran.code, message in ran.err, "Traceback" in ran.err) == (2, True, False), ran


def test_labels_are_scored() -> None:
    write("posts/.checker.yaml", 'encodings: {"b.txt": gbk}\npacks: [../leftover.yaml]\nselect: [left/over]\n')
    write("leftover.yaml", HOUSE.replace("house/word", "left/over").replace("terminology", "leftover"))
    write("posts/a.md", "正文\n\n禁词甲\n\n没有\n")
    write("posts/b.txt", "禁词甲\n\n正文\n".encode("gbk"))
    entry: dict[str, Any] = {"lang": "zh", "topic": "none", "present": {}, "unsure": []}
    lines = [{"line": 3, "label": "SCRAP", "why": ""}, {"line": 5, "label": "SCRAP", "why": ""}]
    labels = [{"doc": "a.md", "site": "x", "lines": lines, **entry}, {"doc": "b.txt", "lines": [], **entry, "lang": "en"}]
    write("labels.jsonl", "".join(json.dumps(label, ensure_ascii=False) + "\n" for label in labels))
    ran = checker("test", "--labels", "labels.jsonl", "posts", "--errors")
    assert (ran.code, ran.err) == (0, "")
    row = next(line for line in ran.out.splitlines() if line.startswith("SCRAP")).split()
    assert row == ["SCRAP", "0.500", "0.500", "0.500", "0.333", "2", "2", "2"]
    assert ran.out.endswith("alarm\tSCRAP\tb.txt:1\tleft/over\t禁词甲\nmiss\tSCRAP\ta.md:5\t\t没有\n")
    ran = checker("test", "--labels", "labels.jsonl", "posts", "--by", "lang")
    assert re.findall(r"^== .*", ran.out, re.MULTILINE) == ["== en (1 articles)", "== zh (1 articles)"]
    write("map.tsv", "a.md\tz\nb.txt\ty\n")
    ran = checker("test", "--labels", "labels.jsonl", "posts", "--by", "site", "--map", "map.tsv")
    assert re.findall(r"^== (\w+)", ran.out, re.MULTILINE) == ["x", "y"]


# -- init


def _at_terminal(*arguments: str, answers: str = "") -> str:
    """What a person at a terminal sees who gives these answers, one a line."""
    pid, terminal = pty.fork()
    if pid == 0:  # the child
        os.execv(sys.executable, [*_program(), *arguments])
    shown = b""
    os.write(terminal, answers.encode())
    while select.select([terminal], [], [], 60)[0]:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the end, on Linux
            break
        if not piece:
            break
        shown += piece
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    return f"{shown.decode()}\n[{os.waitstatus_to_exitcode(status)}]"


def test_init_takes_options_and_writes_what_check_reads() -> None:
    Path("site").mkdir()
    ran = checker("init", "site", "--profile", "quality-only", "--publisher", "news-licensed", "--lang", "en")
    assert ran == (0, "site/.checker.yaml: written / 已写入\n", "")
    assert yaml.safe_load(Path("site/.checker.yaml").read_text(encoding="utf-8")) == {
        "profile": "quality-only",
        "publisher": "news-licensed",
        "lang": "en",
        "fail_on": "error",
    }
    write("site/a.md", CLEAN)
    assert "(profile quality-only)" in checker("check", "site", shipped=True).out
    ran = checker("init", "site")
    assert (ran.code, ran.out, "exists already" in ran.err) == (2, "", True)
    assert checker("init", "site", "--force").code == 0  # asks nothing where nobody is there to answer
    assert yaml.safe_load(Path("site/.checker.yaml").read_text(encoding="utf-8"))["profile"] == "cn-media"


def test_every_line_that_init_comments_out_is_a_key_that_holds(tmp_path: Path) -> None:
    checker("init")
    text = Path(".checker.yaml").read_text(encoding="utf-8")
    Path("house-rules").mkdir()
    shutil.copy("house.yaml", "house-rules")
    write(".checker.yaml", re.sub(r"^# (?=\w+: [\[{\w])", "", text, flags=re.MULTILINE))
    write("a.md", CLEAN)
    assert checker("check", "a.md", "--format", "concise", shipped=True) == (0, "", "")


def test_init_asks_at_a_terminal() -> None:
    shown = _at_terminal("init", answers="hk\nnobody\nnews-licensed\n\n")
    assert shown.endswith("[0]")
    assert "one of / 请选择: site, news-licensed" in shown
    assert yaml.safe_load(Path(".checker.yaml").read_text(encoding="utf-8")) == {
        "profile": "hk",
        "publisher": "news-licensed",
        "lang": "zh",
        "fail_on": "error",
    }
    Path(".checker.yaml").unlink()
    shown = _at_terminal("init", answers="\x04")
    assert shown.endswith("[2]")
    assert "nothing written" in shown
    assert "Traceback" not in shown
    assert not Path(".checker.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"), [(("nowhere",), "no such folder"), (("--profile", "cn-medai"), "unknown profile 'cn-medai'")]
)
def test_init_that_cannot_write(arguments: tuple[str, ...], message: str) -> None:
    ran = checker("init", *arguments)
    assert (ran.code, ran.out, message in ran.err) == (2, "", True)


# -- no dead options


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    module = importlib.import_module(COMMANDS[command][0])
    if hasattr(module, "add_arguments"):
        module.add_arguments(parser)
    return parser


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _actions(inner)


OTHERS = (
    "test_suppress.py",
    "test_baseline.py",
    "test_changes.py",
    "test_fix.py",
    "test_cache.py",
    "test_config.py",
    "test_new_rule.py",
    "test_importing.py",
    "test_lsp.py",
    "test_stats.py",
    "test_policy.py",
)


def _used() -> Iterator[tuple[str, str]]:
    """(command, word) of every call in this file, and of `main([…])` in the files about one command each."""
    own = {"*OWN": ["--rules", "--select"]}
    for file in OTHERS:
        for node in ast.walk(ast.parse(Path(__file__).with_name(file).read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "main"
                and isinstance(node.args[0], ast.List)
            ):
                words = [word.value for word in node.args[0].elts if isinstance(word, ast.Constant)]
                yield from ((str(words[0]), str(word)) for word in words[1:])
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "start_io":  # a client of `lsp`
                words = [word.value for word in node.args if isinstance(word, ast.Constant)]
                yield from (("lsp", str(word)) for word in words)
    for node in ast.walk(ast.parse(Path(__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("checker", "_at_terminal") and node.args:
            words = [word.value for word in node.args if isinstance(word, ast.Constant)]
            for starred in (ast.unparse(word) for word in node.args if isinstance(word, ast.Starred)):
                words += own.get(starred, [])
            yield from ((str(words[0]), str(word)) for word in words[1:]) if words else ()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_tried_here(command: str) -> None:
    """So that none is there without effect."""
    tried = {word for name, word in _used() if name == command}
    options = [action.option_strings for action in _actions(_parser(command)) if action.option_strings and action.dest != "help"]
    assert [names for names in options if tried.isdisjoint(names)] == []
