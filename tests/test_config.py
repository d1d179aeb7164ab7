"""`.checker.yaml` and `[tool.checker]`: found, read, refused at the place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli import main
from checker.config import Config, find, load
from checker.errors import CheckerError
from checker.packfiles import shipped_rules


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def error_of(path: Path) -> str:
    with pytest.raises(CheckerError) as caught:
        load(path)
    return str(caught.value).replace(f"{path.parent}/", "")


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.checkers]\n[tool.other]\n# [tool.checker]\n")
    assert find(tmp_path / "a" / "b.md") in (None, find(tmp_path.parent))


def test_the_nearest_is_found(tmp_path: Path) -> None:
    outer = write(tmp_path / ".checker.yaml", "")
    write(tmp_path / "a" / "pyproject.toml", "[project]\nname = 'x'\n")
    article = write(tmp_path / "a" / "b" / "c.md", "")
    assert find(article) == find(article.parent) == outer
    project = write(tmp_path / "a" / "pyproject.toml", "[project]\n[tool.checker]\nprofile = 'hk'\n")
    assert find(article) == project
    inner = write(tmp_path / "a" / ".checker.yml", "")
    assert find(article) == inner
    assert find(inner) == inner


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    path = write(tmp_path / ".checker.yaml", "# nothing\n")
    assert load(path) == Config(path=path)


def test_what_is_extended_holds_where_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "shared" / "house").mkdir(parents=True)
    one = write(tmp_path / "shared" / "one.yaml", "profile: hk\nignore: [quality]\nseverity: {a/b: error, c/d: info}\npacks: [house]\n")
    two = write(tmp_path / "two.yaml", "lang: en\nprofile: cn-strict\n")
    path = write(tmp_path / ".checker.yaml", "extends: [shared/one.yaml, two.yaml]\nignore: [law]\nseverity: {a/b: warning}\n")
    config = load(path)
    assert (config.profile, config.lang, config.ignore, config.path) == ("cn-strict", "en", ("quality", "law"), path)
    assert dict(config.severity) == {"a/b": "warning", "c/d": "info"}
    assert config.packs == (tmp_path / "shared" / "house",)
    assert config.origins == {
        "profile": f"{two}:2",
        "lang": f"{two}:1",
        "packs": f"{one}:4",
        "ignore": f"{one}:2, {path}:2",
        "severity": f"{one}:3, {path}:3",
    }


def test_a_shipped_profile_is_extended_by_name(tmp_path: Path) -> None:
    path = write(tmp_path / ".checker.yaml", "lang: en\nextends: [hk]\n")
    config = load(path)
    assert (config.profile, config.lang, config.packs, config.path) == ("hk", "en", (), path)
    assert config.origins == {"profile": f"{path}:2", "lang": f"{path}:1"}
    assert config.places["profile", "hk"] == (str(path), 2, 11)


def test_what_cannot_be_extended_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / ".checker.yaml", "extends: gone.yaml\n")
    assert error_of(path) == ".checker.yaml:1:10: no such file: `gone.yaml`, relative to this file"
    write(path, "extends: cn-strickt\n")
    assert error_of(path) == (
        ".checker.yaml:1:10: no file, installed package of rules or shipped profile `cn-strickt`; did you mean `cn-strict`?; "
        f"known: {', '.join(sorted(path.stem for path in (shipped_rules() / 'profiles').glob('*.yaml')))}"
    )
    write(path, "extends: other.yaml\n")
    write(tmp_path / "other.yaml", "extends: [.checker.yaml]\n")
    assert error_of(path) == "other.yaml:1:11: `.checker.yaml` extends this file: they would never end"


def test_overrides_add_to_lists_and_the_last_counts(tmp_path: Path) -> None:
    text = """\
ignore: [quality]
severity: {a: error}
overrides:
  - {files: "news/**", profile: hk, ignore: [law], severity: {a: info, b: info}}
  - {files: ["news/old/**", "*.txt"], profile: cn-strict}
"""
    config = load(write(tmp_path / ".checker.yaml", text))
    assert config.for_file("a.md") is config
    news, old = config.for_file("news/a.md"), config.for_file("news/old/a.md")
    assert (news.profile, news.ignore, dict(news.severity)) == ("hk", ("quality", "law"), {"a": "info", "b": "info"})
    assert (old.profile, old.ignore) == ("cn-strict", ("quality", "law"))
    assert config.for_file("news/a.md", ["profile"]).profile == "cn-media"
    assert load(config.path or tmp_path) == config
    assert hash(config) == hash(load(config.path or tmp_path))


def test_a_misspelt_key_of_an_override_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / ".checker.yaml", "overrides:\n  - files: '*'\n    sevrity: {}\n")
    assert error_of(path) == ".checker.yaml:3:5: unknown key `sevrity`; did you mean `severity`?"


def test_config_says_what_holds_for_an_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / ".checker.yaml", "profile: cn-strict\nlang: en\noverrides:\n  - {files: 'news/**', profile: quality-only}\n")
    assert main(["config", "news/a.md", "--ignore", "typography", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["profile"] == {"value": "quality-only", "from": f"{tmp_path}/.checker.yaml:1, overrides[1]"}
    assert shown["ignore"] == {"value": ["typography"], "from": "--ignore"}
    assert shown["fail_on"] == {"value": "error", "from": "default / 默认"}
    assert main(["config"]) == 0
    assert f'profile         "cn-strict"  # {tmp_path}/.checker.yaml:1\n' in capsys.readouterr().out
    write(tmp_path / ".checker.yaml", "overrides:\n  - {files: '*', ignore: [typografy]}\n")
    assert main(["config", "a.md"]) == 2
    assert ".checker.yaml:2:27: unknown rule, pack or category `typografy`; did you mean `typography`?" in capsys.readouterr().err


def test_config_says_what_the_command_line_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / ".checker.yaml", "profile: cn-strict\n")
    write(tmp_path / "other.yaml", "fail_on: warning\n")
    rule = "{id: house/a, kind: forbid, category: advice, message: 甲, terms: [禁词], bad: ⟦禁词⟧, good: 好}"
    write(tmp_path / "house.yaml", f"rules:\n  - {rule}\n")
    assert main([
        "config", "--format", "json", "--config", "other.yaml", "--rules", "house.yaml", "--select", "house", "--lang", "en",
        "--profile", "hk",
    ]) == 0  # fmt: skip
    shown = json.loads(capsys.readouterr().out)
    assert {name: shown[name] for name in ("profile", "packs", "select", "lang")} == {
        "profile": {"value": "hk", "from": "--profile"},
        "packs": {"value": ["house.yaml"], "from": "--rules"},
        "select": {"value": ["house"], "from": "--select"},
        "lang": {"value": "en", "from": "--lang"},
    }
    assert shown["fail_on"]["value"] == "warning"


def test_every_key(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    text = """\
profile: hk
publisher: news-licensed
packs: [house]
select: [advice, a/b]
ignore: quality
severity: {a/b: error}
fail_on: warning
include: ["**/*.md"]
exclude: ["drafts/**"]
encodings: {"archive/**": gb18030, "*.txt": big5}
lang: en
site: hexo
"""
    path = write(tmp_path / ".checker.yaml", text)
    config = load(path)
    assert config == Config(
        "hk", "news-licensed", (tmp_path / "house",), ("advice", "a/b"), ("quality",), (("a/b", "error"),), "warning", ("**/*.md",),
        ("drafts/**",), (("archive/**", "gb18030"), ("*.txt", "big5")), "en", "hexo", path,
    )  # fmt: skip
    assert hash(config) == hash(load(path))
    assert config.places == {
        ("profile", "hk"): (str(path), 1, 10),
        ("select", "advice"): (str(path), 4, 10),
        ("select", "a/b"): (str(path), 4, 18),
        ("ignore", "quality"): (str(path), 5, 9),
        ("severity", "a/b"): (str(path), 6, 12),
    }


@pytest.mark.parametrize(
    ("path", "included", "excluded", "encoding"),
    [
        ("a.md", True, False, None),
        ("x/y/a.md", True, False, None),
        ("drafts/a.md", True, True, None),
        ("a.html", False, False, None),
        ("archive/2001/a.html", False, False, "gb18030"),
        ("archive/a.txt", False, False, "gb18030"),
        ("x/a.txt", False, False, "big5"),
    ],
)
def test_globs(path: str, included: bool, excluded: bool, encoding: str | None) -> None:
    config = Config(include=("**/*.md",), exclude=("drafts/**",), encodings=(("archive/**", "gb18030"), ("*.txt", "big5")))
    assert (config.includes(path), config.excludes(path), config.encoding_of(path)) == (included, excluded, encoding)


def test_without_globs_all_is_included() -> None:
    assert (Config().includes("a.html"), Config().excludes("a.html"), Config().encoding_of("a.html")) == (True, False, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profile: hk\nselct: []\n", ".checker.yaml:2:1: unknown key `selct`; did you mean `select`?"),
        ("fail_on: warn\n", ".checker.yaml:1:10: `warn` is not one of: info, warning, error; did you mean `warning`?"),
        ("severity: {a/b: high}\n", ".checker.yaml:1:17: `high` is not one of: info, warning, error"),
        ("lang: cn\n", ".checker.yaml:1:7: `cn` is not one of: zh, en"),
        ("packs: [house]\n", ".checker.yaml:1:9: no such file or folder: `house`, relative to this file"),
        ("include: {a: b}\n", ".checker.yaml:1:10: must be a list"),
        ("profile: [\n", ".checker.yaml:2:1: no valid YAML: while parsing a flow node did not find expected node content"),
        ("profile: hk\nprofile: uk\n", ".checker.yaml:2:1: duplicate key `profile`: first given on line 1"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(tmp_path: Path, text: str, message: str) -> None:
    assert error_of(write(tmp_path / ".checker.yaml", text)) == message


def test_toml(tmp_path: Path) -> None:
    text = "[project]\nname = 'x'\n\n[tool.checker]\nprofile = 'hk'\n  select = ['advice']\n\n[tool.checker.severity]\n\"a/b\" = 'error'\n"
    path = write(tmp_path / "pyproject.toml", text)
    config = load(path)
    assert config == Config("hk", select=("advice",), severity=(("a/b", "error"),), path=path)
    assert config.places == {
        ("profile", "hk"): (str(path), 5, 1),
        ("select", "advice"): (str(path), 6, 3),
        ("severity", "a/b"): (str(path), 9, 1),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.checker]\nprofile = 'hk'\nselct = []\n", "pyproject.toml:3:1: unknown key `selct`; did you mean `select`?"),
        ("[tool.checker]\nprofile = 3\n", "pyproject.toml:2:1: must be text"),
        ("[tool.checker]\n[tool.checker.severity]\nx = 'high'\n", "pyproject.toml:3:1: `high` is not one of: info, warning, error"),
        ("[tool.checker\n", "pyproject.toml:1:14: no valid TOML: Expected ']' at the end of a table declaration"),
    ],
)
def test_what_is_wrong_in_toml_is_said_at_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert error_of(write(tmp_path / "pyproject.toml", text)) == message
