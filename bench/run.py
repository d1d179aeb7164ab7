"""Runs checker and the peers that are installed (bench/setup.sh) on a folder and on generated text; prints tables and writes
docs/performance.md.

    python -m bench.run FOLDER [--files 2000] [--times 5]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import generated, peers
from bench.measure import Measured, by_turns, run
from bench.stages import Times, stages

ROOT = Path(__file__).parent.parent
CHECK = [sys.executable, "-m", "checker", "check", "-q", "--format", "json"]
Row = tuple[str, str, str]


class Bench:
    """work: a folder of its own, away from any config. times: runs of each command."""

    def __init__(self, work: Path, files: Sequence[Path], times: int) -> None:
        self.work, self.files, self.times = work, files, times
        self.env = {key: value for key, value in os.environ.items() if not key.startswith(("CHECKER", "PYTHON"))}
        self.env |= {"CHECKER_CACHE_DIR": str(work / "cache"), "PYTHONPATH": str(ROOT)}
        self.folder = self._copied("folder", files)

    def _copied(self, name: str, files: Sequence[Path]) -> Path:
        folder = self.work / name
        folder.mkdir()
        for number, path in enumerate(files):
            shutil.copyfile(path, folder / f"{number:06}{path.suffix}")
        return folder

    def turns(self, commands: dict[str, Sequence[str]]) -> dict[str, Measured]:
        return by_turns(commands, self.work, self.env, self.times)

    def start(self) -> Iterator[Row]:
        clean, crypto = self.work / "clean.md", self.work / "crypto.md"
        clean.write_text(generated.CLEAN, encoding="utf-8")
        crypto.write_text(generated.CRYPTO, encoding="utf-8")
        python = next((str(path) for path in (peers.PEERS / "checker" / "bin" / "python",) if path.exists()), sys.executable)
        check = [python, *CHECK[1:]]
        env = self.env if python == sys.executable else {key: value for key, value in self.env.items() if key != "PYTHONPATH"}
        run([*check, str(crypto)], self.work, env)  # fills the cache
        commands = {"pass": [python, "-c", "pass"], "clean": [*check, str(clean)], "crypto": [*check, str(crypto)]}
        found = by_turns(commands, self.work, env, self.times * 4)
        first = run([*check, str(clean)], self.work, env | {"CHECKER_CACHE_DIR": str(self.work / "empty")})
        yield "one clean article of 5 KB, warm", "≤ 5 × `python -c pass`", times(found["clean"], found["pass"])
        yield "one crypto article of 5 KB, warm", "≤ 8 ×", times(found["crypto"], found["pass"])
        yield "one clean article, first run after install", "≤ 8 ×", times(first, found["pass"])

    def whole(self) -> Iterator[Row]:
        commands: dict[str, Sequence[str]] = {"checker": [*CHECK, str(self.folder)], "one": [*CHECK, "--jobs", "1", str(self.folder)]}
        if rg := shutil.which("rg"):
            commands["rg"] = [rg, "-j2", "-o", "-n", "--column", "-f", str(ROOT / "bench" / "patterns.txt"), str(self.folder)]
        found = self.turns(commands)
        ratio = times(found["checker"], found["rg"]) if rg else "ripgrep is not installed"
        yield (
            f"{len(self.files):,} articles, {size(self.files) / 1e6:.0f} MB, default profile, 2 processes",
            "≤ 4 × ripgrep, 434 patterns",
            ratio,
        )
        yield "peak memory of a process on that folder", "≤ 250 MB", f"{found['checker'].memory / 1e6:.0f} MB"
        both = [run([*CHECK, "--jobs", jobs, str(self.folder)], self.work, self.env, self.work / jobs).seconds for jobs in "12"]
        same = (self.work / "1").read_bytes() == (self.work / "2").read_bytes()
        speed = found["one"].seconds / found["checker"].seconds
        yield (
            "2 processes",
            "≥ 1.7 × the speed of 1, same output",
            f"{speed:.2f} × ({both[0] / both[1]:.2f} ×), {'same' if same else 'OTHER'} output",
        )

    def growth(self) -> Iterator[Row]:
        half = self._copied("half", self.files[::2])
        found = self.turns({"half": [*CHECK, "--jobs", "1", str(half)], "all": [*CHECK, "--jobs", "1", str(self.folder)]})
        memory = found["all"].memory / found["half"].memory - 1
        yield "twice the files", "≤ 2.1 × the time, memory within 10 %", f"{times(found['all'], found['half'])}, memory {memory:+.0%}"
        small, large = self.work / "5.md", self.work / "20.md"
        text = "\n\n".join(path.read_text(encoding="utf-8", errors="replace") for path in self.files)
        for path, length in ((small, 5_000_000), (large, 20_000_000)):
            path.write_bytes((text.encode() * (length // len(text.encode()) + 1))[:length].decode("utf-8", "ignore").encode())
        found = by_turns({"5": [*CHECK, str(small)], "20": [*CHECK, str(large)]}, self.work, self.env, 1)
        memory = found["20"].memory / 20_000_000
        yield "one file of 20 MB", "≤ 4.4 × the time of 5 MB, ≤ 12 × its size", f"{times(found['20'], found['5'])}, {memory:.1f} × its size"
        commands: dict[str, Sequence[str]] = {}
        for rules in (100, 1000):
            pack = self.work / f"{rules}.yaml"
            pack.write_text(generated.pack(rules), encoding="utf-8")
            commands[str(rules)] = [*CHECK, "--jobs", "1", "--rules", str(pack), "--select", str(rules), str(half)]
            run([*commands[str(rules)][:-1], str(self.work / "clean.md")], self.work, self.env)
        found = self.turns(commands)
        yield "ten times the rules (100 → 1,000, generated)", "≤ 1.5 × the time", times(found["1000"], found["100"])

    def against(self) -> Iterator[Row]:
        few = self._copied("few", self.files[:: max(1, len(self.files) // 300)])
        patterns = (ROOT / "bench" / "patterns.txt").read_text(encoding="utf-8").splitlines()[:50]
        pack = self.work / "fifty.yaml"
        pack.write_text(generated.pack_of(patterns), encoding="utf-8")
        commands = peers.commands(self.work, few, patterns)
        ours = [*CHECK, "--rules", str(pack), "--select", "fifty", str(few)]
        run(ours, self.work, self.env)
        found = by_turns({"checker": ours} | commands, self.work, self.env, min(self.times, 3))
        for name in peers.NAMES:
            goal = "no slower" if name == "autocorrect" else "≥ 10 × faster"
            ratio = f"{found[name].seconds / found['checker'].seconds:.1f} × our time" if name in found else "not installed: bench/setup.sh"
            yield f"50 patterns, {len(list(few.iterdir()))} articles, against {name}", goal, ratio


def times(measured: Measured, base: Measured) -> str:
    return f"{measured.seconds / base.seconds:.1f} × ({measured.seconds:.3g} s : {base.seconds:.3g} s)"


def size(files: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in files)


def chosen(folder: Path, count: int) -> list[Path]:
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".html", ".txt") and path.is_file())
    if not files:
        raise SystemExit(f"{folder} holds no articles")
    return sorted(random.Random(1).sample(files, count)) if count and count < len(files) else files


def profile_tables(steps: Times, rules: Times) -> str:
    total = sum(steps.values())
    lines = ["| step | share |", "| --- | --- |"]
    lines += [f"| {name} | {spent / total:.1%} |" for name, spent in steps.items()]
    lines += ["", "| rule | share |", "| --- | --- |"]
    lines += [f"| `{name}` | {spent / total:.1%} |" for name, spent in sorted(rules.items(), key=lambda pair: -pair[1])[:15]]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=2000, help="this many of the folder, at random; 0: all")
    parser.add_argument("--times", type=int, default=5, help="runs of each command")
    args = parser.parse_args()
    files = chosen(args.folder, args.files)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(Path(work), files, args.times)
        for part in (bench.start, bench.whole, bench.against, bench.growth):
            for row in part():
                rows.append(row)
                print(" | ".join(row), flush=True)
    tables = profile_tables(*stages(files[:500]))
    head = (ROOT / "bench" / "performance.head.md").read_text(encoding="utf-8")
    table = "\n".join(["| what | target | measured |", "| --- | --- | --- |", *(f"| {' | '.join(row)} |" for row in rows)])
    machine = f"{os.cpu_count()} cores, Python {sys.version.split()[0]}"
    note = f"Measured {time.strftime('%Y-%m-%d')}, {machine}, medians of {args.times} runs by turns."
    (ROOT / "docs" / "performance.md").write_text(f"{head}\n{note}\n\n{table}\n\n## Where the time goes\n\n{tables}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
