"""Which rules and files take the time of a run, told on standard error when it is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest

from checker.violation import Checked

SHOWN = 10


class Stats:
    """Seconds by step, rule and file; of files only the slowest are kept."""

    def __init__(self) -> None:
        self._steps: defaultdict[str, float] = defaultdict(float)
        self._rules: defaultdict[str, float] = defaultdict(float)
        self._files: list[tuple[float, str]] = []
        self._seconds = 0.0
        self._count = 0

    def watched(self, results: Iterable[Checked]) -> Iterator[Checked]:
        for checked in results:
            self._count += 1
            whole = 0.0
            for name, seconds in checked.times:
                if "/" in name:
                    self._rules[name] += seconds
                else:
                    self._steps[name] += seconds
                    whole += seconds
            self._seconds += whole
            self._files = nlargest(SHOWN, [*self._files, (whole, checked.path)])
            yield checked

    def lines(self, lang: str) -> Iterator[str]:
        zh = lang == "zh"
        yield f"共 {self._count} 篇，{self._seconds:.2f} 秒" if zh else f"{self._count} articles, {self._seconds:.2f} s"
        yield from self._table("各步骤" if zh else "steps", self._steps.items(), len(self._steps))
        yield from self._table("最慢的规则" if zh else "slowest rules", self._rules.items(), SHOWN)
        yield from self._table("最慢的文件" if zh else "slowest files", ((path, seconds) for seconds, path in self._files), SHOWN)

    def _table(self, title: str, rows: Iterable[tuple[str, float]], most: int) -> Iterator[str]:
        yield f"{title}:"
        for name, seconds in nlargest(most, rows, key=lambda row: row[1]):
            yield f"{seconds:9.3f} s  {seconds / (self._seconds or 1):4.0%}  {name}"
