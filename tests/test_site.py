"""Which site generator a folder belongs to, and that its shortcodes are no leftovers then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli import main
from checker.schema.base import SITES
from checker.site import site_of

# files (a name ending in / is a folder) → the site, and a folder of articles
SHAPES = [
    ("hugo", ["hugo.toml", "content/posts/"], "content/posts"),
    ("hugo", ["hugo.yaml"], "."),
    ("hugo", ["config.toml=baseURL = 'https://a.example/'", "content/"], "content"),
    ("hugo", ['config.json={"baseurl": "https://a.example/"}', "content/"], "content"),
    ("hugo", ["config/_default/config.yaml", "content/zh/"], "content/zh"),
    ("hexo", ["_config.yml", "source/_posts/"], "source/_posts"),
    ("hexo", ["_config.yml", "scaffolds/", "docs/"], "docs"),
    ("hexo", ["_config.yml", 'package.json={"dependencies": {"hexo": "^7"}}', "articles/"], "articles"),
    ("jekyll", ["_config.yml", "_posts/"], "_posts"),
    ("jekyll", ["_config.yaml", "_layouts/", "pages/a/"], "pages/a"),
    ("jekyll", ["_config.yml=theme: jekyll-theme-minimal", "blog/"], "blog"),
    ("jekyll", ["_config.yml", "Gemfile=gem 'github-pages'", "blog/"], "blog"),
    ("vuepress", ["docs/.vuepress/", "docs/guide/"], "docs/guide"),
    ("vuepress", [".vitepress/", "guide/"], "guide"),
    ("gitbook", ["book.json", "chapter/"], "chapter"),
    ("gitbook", [".gitbook.yaml", "docs/"], "docs"),
    ("gitbook", ["SUMMARY.md=# Summary\n\n* [Introduction](README.md)\n", "part1/"], "part1"),
    ("gitbook", ["book.toml", "src/"], "src"),
    ("none", ["config.toml=base_url = 'https://zola.example'", "content/"], "content"),
    ("none", ["config.yaml=a: b", "content/"], "content"),
    ("none", ["_config.yml=a: b", "docs/"], "docs"),
    ("none", ["SUMMARY.md=# What we did\n\nNot much.\n", "docs/"], "docs"),
    ("none", ["content/", "source/_posts/", "_posts/"], "_posts"),
    ("none", ["package.json={}", "mkdocs.yml", "docs/"], "docs"),
]


def build(top: Path, files: list[str]) -> None:
    for file in files:
        name, _, text = file.partition("=")
        path = top / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("site", "files", "folder"), SHAPES)
def test_the_site_is_found_upwards(tmp_path: Path, site: str, files: list[str], folder: str) -> None:
    build(tmp_path, [".git/", *files])
    assert site_of(tmp_path / folder) == site


def test_all_sites_are_found_that_a_config_may_name() -> None:
    assert {site for site, _, _ in SHAPES} == set(SITES)


def test_the_nearest_counts_and_nothing_above_the_repository(tmp_path: Path) -> None:
    build(tmp_path, ["hugo.toml", "inner/docs/.vitepress/", "inner/docs/zh/", "other/", "repository/.git/", "repository/posts/"])
    assert site_of(tmp_path / "inner" / "docs" / "zh") == "vuepress"
    assert site_of(tmp_path / "inner") == "hugo"
    assert site_of(tmp_path / "other" / "not" / "there") == "hugo"
    assert site_of(tmp_path / "repository" / "posts") == "none"


def test_what_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    build(tmp_path, [".git/", "content/", "SUMMARY.md/", "package.json/"])
    (tmp_path / "config.toml").write_bytes(b"\xff\xfebaseURL")
    assert site_of(tmp_path / "content") == "none"


POST = '# 周末\n\n{{< figure src="a.png" >}}\n\n天气很好，大家都去公园散步。\n'


def test_check_takes_shortcodes_of_the_site_for_markup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("plain/posts", "hugo/content", "named/content"):
        build(tmp_path, [f"{folder}/a.md={POST}"])
    build(tmp_path, ["plain/.git/", "hugo/hugo.toml", "named/hugo.toml", "named/.checker.yaml=site: none"])
    assert main(["check", "--select", "leftover", "--format", "json", "--quiet", "."]) in (0, 1)
    found = {violation["path"] for violation in json.loads(capsys.readouterr().out)["violations"]}
    assert found == {"plain/posts/a.md", "named/content/a.md"}
