"""Many files over several processes, as a terminal sees them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from checker.pool import CHUNK_BYTES, SMALL

PACK = """\
rules:
  - {id: house/word, kind: forbid, category: terminology, message: 禁词, terms: [禁词甲], bad: ["⟦禁词甲⟧"], good: [无]}
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_ends_all_processes_at_once(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(PACK, encoding="utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    text = "正文里有禁词甲。\n\n" + "今天的天气很好。\n\n" * (CHUNK_BYTES // 120)
    for number in range(3 * SMALL // CHUNK_BYTES * 5):
        (articles / f"{number:03}.md").write_text(text, encoding="utf-8")
    command = ["check", str(articles), "--jobs", "2", "--rules", "house.yaml", "--select", "house/word", "--quiet", "--format", "jsonl"]
    running = subprocess.Popen(
        [sys.executable, "-m", "checker", *command], cwd=tmp_path, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stdout.read(1) == b"{"
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate()
    assert (running.returncode, errors.decode()) == (130, "interrupted / 已中断\n")
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
