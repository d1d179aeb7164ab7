"""Whatever is wrong with what a user gives: a clear message at its place, the right exit code, and the other files are checked."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.cli import main

CLEAN = "# 通知\n\n今天下午三点开会。\n"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / ".cache"))
    write(".shipped/profiles/cn-media.yaml", "description: {zh: 默认, en: Default}\n")
    monkeypatch.setattr("checker.plans.shipped_rules", lambda: tmp_path / ".shipped")  # all of them take a second to compile
    write("house/house.yaml", HOUSE)
    write("good.md", CLEAN)
    write("other.md", "正文里有禁词甲。\n")
    return tmp_path


# A pack of its own: no shipped rule decides what is clean here.
HOUSE = """
rules:
  - id: house/word
    kind: forbid
    category: terminology
    severity: error
    message: 禁词
    terms: [禁词甲]
    bad: ["有⟦禁词甲⟧。"]
    good: ["没有。"]
"""
TWO = HOUSE.replace("house/word", "house/two")


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def run(here: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """run(*arguments of `checker check`) with the pack above and no other rule; lines of the concise format."""

    def check(*arguments: str, rules: bool = True) -> Ran:
        own = ("--rules", "house", "--select", "house/word") if rules else ()
        code = main(["check", "--format", "concise", "--quiet", "--jobs", "1", *own, *arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return check


def test_the_codes_of_good_input(run: Run) -> None:
    assert run("good.md") == (0, "", "")
    assert run("good.md", "other.md") == (1, "other.md:1:5: error 禁词 [house/word]\n", "")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.md", "none.md: failure: no such file or folder"),
        ("none/", "none: failure: no such file or folder"),
        ("good.md/below.md", "good.md/below.md: failure: no such file or folder"),
        ("*.rst", "*.rst: failure: no article fits this pattern"),
        ("empty", "empty: failure: no article in this folder"),
        ("fifo.md", "fifo.md: failure: is a named pipe"),
        ("gone.md", "gone.md: failure: no such file or folder"),
        ("binary.md", "binary.md:1:5: failure: is a binary file"),
        ("picture.md", "picture.md: failure: is a binary file (PNG)"),
        ("gbk.md", "gbk.md:2:3: failure: not UTF-8, probably gb18030: set --encoding gb18030"),
        ("cut.md", "cut.md:51:1: failure: UTF-8, but damaged"),
        ("broken.docx", "broken.docx: failure: no Word document"),
        ("old.doc", "old.doc: failure: a Word 97–2003 file"),
        ("toml.md", "toml.md:2:9: failure: front matter is not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_checked(run: Run, name: str, message: str) -> None:
    Path("empty").mkdir()
    os.mkfifo("fifo.md")
    Path("gone.md").symlink_to("nowhere.md")
    write("binary.md", b"text\0text")
    write("picture.md", b"\x89PNG\r\n\x1a\n\0\0")
    write("gbk.md", b"ok\nab" + "虚拟货币相关业务活动属于非法金融活动".encode("gbk"))
    write("cut.md", "虚拟货币相关业务活动属于非法金融活动\n".encode() * 50 + b"\xe8\x99")
    write("broken.docx", b"PK\x03\x04")
    write("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    write("toml.md", "+++\ntitle = 比特币\n+++\n正文\n")
    ran = run(name, "good.md")
    assert (ran.code, ran.err) == (2, "")
    assert ran.out.startswith(message)
    assert ran.out.count("\n") == 1
    ran = run(name, "other.md")  # 2 beats 1, and what can be checked is
    assert ran.code == 2
    assert "other.md:1:5: error 禁词 [house/word]\n" in ran.out
    assert message in ran.out


def test_a_file_that_may_not_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("secret.md", CLEAN)
    opened = os.open

    def denied(path: str, flags: int) -> int:  # a mode would not do: a superuser may read everything
        if path == "secret.md":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr("checker.read.files.os.open", denied)
    ran = run("secret.md", "other.md")
    assert (ran.code, ran.err) == (2, "")
    assert "secret.md: failure: cannot be read: Permission denied" in ran.out
    assert "other.md:1:5: error" in ran.out


def test_a_folder_that_may_not_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("secret/a.md", CLEAN)
    listed = os.scandir

    def denied(path: str) -> object:
        if Path(path).name == "secret":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr("checker.read.finding.os.scandir", denied)
    ran = run(".")
    assert (ran.code, ran.err) == (2, "")
    assert "secret: failure: cannot be read: Permission denied" in ran.out
    assert "other.md:1:5: error" in ran.out


def test_loops_of_links_are_noted_and_do_not_fail(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    write("sub/a.md", CLEAN)
    Path("sub/loop").symlink_to("..")
    Path("sub/self.md").symlink_to("self.md")
    assert main(["check", "--format", "concise", "--jobs", "1", "--rules", "house", "--select", "house/word", "sub"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("symbolic link") == 2
    assert "checker: sub/loop: " in captured.err


def test_encodings_that_are_named(run: Run) -> None:
    write("gbk.md", "有禁词甲。\n".encode("gbk"))
    assert run("gbk.md", "--encoding", "gbk").out == "gbk.md:1:2: error 禁词 [house/word]\n"
    assert run("gbk.md", "--encoding", "auto").code == 1
    wrong = run("gbk.md", "--encoding", "utf-16-le")
    assert (wrong.code, "not valid utf-16-le" in wrong.out) == (2, True)
    unknown = run("gbk.md", "good.md", "--encoding", "gb18O30")
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err.startswith("no encoding `gb18O30`; did you mean `gb18030`?")
    write(".checker.yaml", 'encodings: {"*.md": gb18030}\n')
    assert run("gbk.md").code == 1


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("profile: [\n", ":2:1: no valid YAML"),
        ("profile: cn-media\nignroe: [x]\n", ":2:1: unknown key `ignroe`; did you mean `ignore`?"),
        ("profile: cn-medai\n", ":1:10: unknown profile `cn-medai`"),
        ("fail_on: fatal\n", ":1:10: "),
        ("packs: [nowhere/]\n", ":1:9: no such file or folder: `nowhere/`"),
        ("ignore: [no/rule]\n", ":1:10: unknown rule, pack or category `no/rule`"),
        ('encodings: {"*.md": klingon}\n', ":1:21: no encoding `klingon`"),
        ('exclude: ["drafts/**", "[z-a].md"]\n', ":1:24: no glob: `[z-a].md`"),
        ('include: "!"\n', ":1:10: no glob: `!`"),
        ('encodings: {"!": gbk}\n', ":1:18: no glob: `!`"),
        (b"lang: \xff\n", ":1:1: is not UTF-8"),
        ("- a list\n", ":1:1: "),
    ],
)
def test_a_config_that_is_not_valid(run: Run, here: Path, config: str | bytes, message: str) -> None:
    write(".checker.yaml", config)
    ran = run("good.md", rules=False)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{here / '.checker.yaml'}{message}")
    assert "Traceback" not in ran.err


def test_a_config_of_a_subfolder_that_is_not_valid_is_a_failure_of_that_folder(run: Run) -> None:
    write("sub/.checker.yaml", "ignroe: [x]\nfail_onn: x\n")
    write("sub/a.md", CLEAN)
    write("sub/b.md", CLEAN)
    ran = run(".")
    assert (ran.code, ran.err) == (2, "")
    assert ran.out.count("sub/.checker.yaml:1:1: failure: unknown key `ignroe`") == 1
    assert ran.out.count("sub/.checker.yaml:2:1: failure: unknown key `fail_onn`") == 1
    assert "other.md:1:5: error" in ran.out


@pytest.mark.parametrize(
    ("pack", "message"),
    [
        ("rules: [\n", "house/bad.yaml:2:1: no valid YAML"),
        (TWO.replace("terms:", "term:"), "house/bad.yaml:8:5: unknown key `term`; did you mean `terms`?"),
        (TWO.replace("terms: [禁词甲]", 'patterns: ["(禁词"]'), "house/bad.yaml:8:17: `(` is never closed"),
        (TWO.replace("terms: [禁词甲]", 'terms: [""]'), "house/bad.yaml:8:13: "),
        (TWO.replace("severity: error", "severity: fatal"), "house/bad.yaml:6:15: "),
        (HOUSE, "house/house.yaml:3:9: duplicate rule `house/word`: first given at house/bad.yaml:3"),
        ("rulez: []\n", "house/bad.yaml:1:1: unknown key `rulez`; did you mean `rules`?"),
        (b"rules: \xff\n", "house/bad.yaml:1:1: is not UTF-8"),
    ],
    ids=["yaml", "key", "pattern", "empty", "severity", "twice", "table", "bytes"],
)
def test_a_pack_that_is_not_valid(run: Run, pack: str | bytes, message: str) -> None:
    write("house/bad.yaml", pack)
    ran = run("good.md")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert "house/" in ran.err.split(": ")[0]
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--select", "no/rule"), "unknown rule, pack or category `no/rule`"),
        (("--ignore", "hosue/word"), "did you mean `house/word`?"),
        (("--profile", "cn-medai"), "unknown profile `cn-medai`"),
        (("--rules", "nowhere.yaml"), "nowhere.yaml"),
        (("--config", "nowhere.yaml"), "nowhere.yaml: no such config file"),
        (("--jobs", "-1"), "--jobs"),
        (("[z-a]*.md",), "no glob: `[z-a]*.md`"),
        (("--output", "nowhere/report.json"), "nowhere/report.json: the report cannot be written"),
    ],
)
def test_options_that_are_not_valid(run: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = run("good.md", *arguments)
    assert (ran.code, message in ran.err, "Traceback" in ran.err) == (2, True, False), ran


def test_named_files_that_are_excluded_are_noted_and_do_not_fail(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    write(".checker.yaml", 'exclude: ["other.md"]\n')
    assert run("other.md") == (0, "", "")
    assert main(["check", "--rules", "house", "--select", "house/word", "other.md"]) == 0
    assert "checker: other.md: excluded by the config" in capsys.readouterr().err
    Path(".checker.yaml").unlink()
    write(".checkerignore", "other.md\n")
    assert run("other.md", "good.md").code == 0
    assert run(".").code == 0


def test_a_config_that_excludes_all_of_a_folder(run: Run) -> None:
    write(".checker.yaml", 'include: ["articles/**"]\n')
    ran = run(".")
    assert (ran.code, ran.out.startswith(".: failure: the config excludes all articles there")) == (2, True)
    assert run("good.md").code == 0


def test_standard_input_that_cannot_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("有禁词甲".encode("gbk"))))
    ran = run("-", "--stdin-filename", "a.md")
    assert (ran.code, ran.out.startswith("a.md:1:1: failure: not UTF-8, probably gb18030")) == (2, True)
