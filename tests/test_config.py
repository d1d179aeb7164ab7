"""`.checker.yaml` and `[tool.checker]`: found, read, refused at the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.config import Config, find, load
from checker.errors import CheckerError


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
