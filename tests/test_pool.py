"""Many files over several processes, as a terminal sees them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from checker.config import Config
from checker.engine import Engine, File
from checker.plans import plan_for
from checker.pool import CHUNK_BYTES, SMALL, check_files
from checker.violation import Checked

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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_file_whose_worker_is_killed_is_the_failure_and_takes_no_other_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the kernel kills a process that is out of memory: by a signal that nothing can catch."""
    check, padding = Engine.check_file, "今天的天气很好。\n\n" * (CHUNK_BYTES // 40)

    def dies(engine: Engine, file: File) -> Checked:
        if file.path.endswith(("3.md", "8.md")):
            os.kill(os.getpid(), signal.SIGKILL)
        return check(engine, file)

    files = []
    for number in range(SMALL // CHUNK_BYTES * 4):
        path = tmp_path / f"{number:02}.md"
        path.write_text(f"正文里有禁词甲。\n\n{padding}", encoding="utf-8")
        files.append(File(str(path), size=path.stat().st_size))
    (tmp_path / "house.yaml").write_text(PACK, encoding="utf-8")
    plan = plan_for(Config(packs=(tmp_path / "house.yaml",), select=("house/word",))).plan
    make = partial(Engine, plan)
    whole = list(check_files(make, files, 1))
    monkeypatch.setattr(Engine, "check_file", dies)
    results = list(check_files(make, files, 2))
    assert [result.path for result in results] == [file.path for file in files]
    killed = [result for result in results if result.failures]
    assert [(os.path.basename(result.path), result.failures[0].kind) for result in killed] == [
        (f"{number:02}.md", "crash") for number in range(len(files)) if number % 10 in (3, 8)
    ]
    assert "died" in killed[0].failures[0].message
    assert [result for result in results if result not in killed] == [
        result for result in whole if not result.path.endswith(("3.md", "8.md"))
    ]


def test_two_processes_report_byte_for_byte_what_one_does(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    samples = sorted((Path(__file__).parent / "articles").iterdir()) + sorted((Path(__file__).parent.parent / "examples").iterdir())
    for number in range(40):
        sample = samples[number % len(samples)]
        (articles / f"{number:03}{sample.suffix}").write_bytes(sample.read_bytes() + b"\n" * (SMALL // 30))
    command = [sys.executable, "-m", "checker", "check", "-q", "--format", "json", "--select", "returns,crypto", "articles"]
    one, two = (subprocess.run([*command, "--jobs", jobs], cwd=tmp_path, capture_output=True) for jobs in "12")
    assert (one.returncode, one.stdout) == (two.returncode, two.stdout)
    assert one.stdout.count(b'"path"') > 40
