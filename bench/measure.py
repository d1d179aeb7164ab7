"""Runs commands by turns and takes medians: what else the machine does falls on all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """seconds: median of whole processes. memory: bytes, most of any one process."""

    seconds: float
    memory: int


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str], output: Path | None = None) -> Measured:
    with open(output or os.devnull, "wb") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(seconds, usage.ru_maxrss * 1024)


def by_turns(commands: Mapping[str, Sequence[str]], cwd: Path, env: Mapping[str, str], times: int) -> dict[str, Measured]:
    found: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            found[name].append(run(command, cwd, env))
    return {name: Measured(statistics.median(m.seconds for m in ms), max(m.memory for m in ms)) for name, ms in found.items()}
