"""Which site generator a folder of articles belongs to: found from the files that a generator reads, upward to the top of the repository.

Its shortcodes are markup then, no leftovers. Only what speaks plainly counts: a `_config.yml` or a `content` folder alone is not enough,
for what is taken as markup is not checked.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from checker.expressions import lazy

_HUGO_OWN = tuple(f"hugo.{suffix}" for suffix in ("toml", "yaml", "yml", "json"))
_HUGO_OLD = tuple(f"config.{suffix}" for suffix in ("toml", "yaml", "yml", "json"))
_HUGO_KEY = lazy(r"^[\s{]*[\"']?baseurl[\"']?\s*[=:]", re.MULTILINE | re.IGNORECASE)  # Zola, with the same folders, says base_url
_UNDERSCORE = ("_config.yml", "_config.yaml", "_config.toml")
_JEKYLL = lazy(r"\b(?:jekyll|github-pages)\b")
_SUMMARY = lazy(r"^\s*[-*+] \[[^\]\n]*\]\([^)\n]*\.md[)#]", re.MULTILINE)
_MOST = 1 << 16  # characters of a file that are looked at


@cache
def site_of(folder: Path) -> str:
    """hugo | hexo | jekyll | vuepress | gitbook, or none. folder: absolute; the nearest folder that says something decides."""
    for site, found in _SITES.items():
        if found(folder):
            return site
    if folder.parent == folder or (folder / ".git").exists():
        return "none"
    return site_of(folder.parent)


def _hugo(folder: Path) -> bool:
    if _any_file(folder, _HUGO_OWN):
        return True
    if _any_file(folder / "config" / "_default", _HUGO_OWN + _HUGO_OLD):
        return True
    return (folder / "content").is_dir() and any(_HUGO_KEY.search(_text(folder / name)) for name in _HUGO_OLD)


def _hexo(folder: Path) -> bool:
    if not _any_file(folder, _UNDERSCORE):
        return False
    own = (folder / "scaffolds").is_dir() or (folder / "source" / "_posts").is_dir()
    return own or '"hexo"' in _text(folder / "package.json")


def _jekyll(folder: Path) -> bool:
    if not _any_file(folder, _UNDERSCORE):
        return False
    if any((folder / name).is_dir() for name in ("_posts", "_layouts", "_includes", "_drafts")):
        return True
    return any(_JEKYLL.search(_text(folder / name)) for name in (*_UNDERSCORE, "Gemfile"))


def _vuepress(folder: Path) -> bool:
    return (folder / ".vuepress").is_dir() or (folder / ".vitepress").is_dir()


def _gitbook(folder: Path) -> bool:
    return _any_file(folder, ("book.json", "book.toml", ".gitbook.yaml")) or bool(_SUMMARY.search(_text(folder / "SUMMARY.md")))


_SITES = {"hugo": _hugo, "hexo": _hexo, "jekyll": _jekyll, "vuepress": _vuepress, "gitbook": _gitbook}


def _any_file(folder: Path, names: tuple[str, ...]) -> bool:
    return any((folder / name).is_file() for name in names)


def _text(path: Path) -> str:
    """The beginning of a file, "" where there is none: what cannot be read says nothing of the site."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(_MOST)
    except OSError:
        return ""
