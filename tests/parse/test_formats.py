"""Which parser reads what, and that none is imported for nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.document import Source
from checker.parse import FORMATS_BY_SUFFIX, PARSERS, parse


def test_every_suffix_has_a_parser() -> None:
    assert set(FORMATS_BY_SUFFIX.values()) == set(PARSERS)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in FORMATS_BY_SUFFIX)


@pytest.mark.parametrize("format", ["markdown", "html", "plain", "docx"])
def test_every_format_reads_a_text(format: str) -> None:
    document = parse(Source("a", "甲乙丙"), format)
    assert (document.format, document.visible.text.strip()) == (format, "甲乙丙")


@pytest.mark.parametrize(
    ("name", "content", "unwanted"),
    [
        ("a.md", "---\ntitle: 甲\ntags: [乙]\n---\n正文 **丙**\n", ("yaml", "lxml", "checker.parse.docx", "checker.parse.plain")),
        ("a.txt", "正文\n", ("yaml", "lxml", "pyromark", "checker.parse.markdown", "checker.parse.html")),
        ("a.html", "<p>正文</p>\n", ("yaml", "lxml", "checker.parse.docx")),
    ],
)
def test_a_file_imports_only_what_reads_it(tmp_path: Path, name: str, content: str, unwanted: tuple[str, ...]) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("x\n")
    code = (
        "import os, sys\nfrom checker.read import discover, read\nfrom checker.parse import FORMATS_BY_SUFFIX, parse\n"
        "(found,) = discover([sys.argv[1]])\nparse(read(found.path), FORMATS_BY_SUFFIX[os.path.splitext(found.path)[1]])\n"
        "print(*sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], capture_output=True, text=True, check=True, env=env)
    loaded = set(ran.stdout.split())
    assert loaded.isdisjoint({*unwanted, "pathspec", "charset_normalizer", "checker.read.detection", "pydantic", "rich", "jieba"})
