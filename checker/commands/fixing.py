"""`checker check --fix`: fixes made, checked again, and written; or only shown as a diff."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from checker.commands.checks import Checks, note
from checker.commands.configs import encoding_for
from checker.commands.writing import written
from checker.config import Config
from checker.document import Source
from checker.engine import Engine, File
from checker.fixes import applied
from checker.formats.concise import printable
from checker.pool import guarded
from checker.read import decode, encode
from checker.read.decoding import WORD_SUFFIXES
from checker.values import replace
from checker.violation import Checked, Failure, Fix

ROUNDS = 20  # a fix may uncover another one


class Fixer:
    """filtered: what leaves out findings that are accepted or not new; unsafe: make fixes that may change the meaning too; diff: write
    nothing, print the difference; made: fixes so far, in so many files."""

    def __init__(self, checks: Checks, filtered: Callable[[Config, Checked], Checked], *, unsafe: bool, diff: bool) -> None:
        self.checks, self.filtered, self.unsafe, self.diff = checks, filtered, unsafe, diff
        self.made = self.files = 0
        self._engines: dict[int, Engine] = {}

    def results(self, results: Iterable[tuple[Config, Checked]]) -> Iterator[tuple[Config, Checked]]:
        """Each result, that of the fixed article where there was something to fix."""
        for config, checked in results:
            yield config, self._fixed(config, checked)

    def _fixed(self, config: Config, checked: Checked) -> Checked:
        if checked.failures or checked.path.lower().endswith(WORD_SUFFIXES):
            if checked.failures or any(not v.suppressed for v in checked.violations):
                self._not_rewritten(config, checked)
            return checked
        if not self._wanted(checked):
            return checked
        path = Path(checked.path)
        data = path.read_bytes()
        source = decode(checked.path, data, self.checks.args.encoding or encoding_for(config, checked.path))
        if isinstance(source, Failure):
            return checked
        text, after, made = self._rounds(config, source, checked)
        if not made:
            return checked
        new = encode(source, data, text)
        if new is None:
            note(
                f"{printable(checked.path)}: 无法用 {source.encoding} 编码写回，未修改"
                if config.lang == "zh"
                else f"{printable(checked.path)}: cannot be written back as {source.encoding}: not changed"
            )
            return checked
        self.made += made
        self.files += 1
        if self.diff:
            sys.stdout.writelines(_diff(checked.path, source.text, text))
        else:
            with written(path) as file:
                file.write(new)
        return after

    def _rounds(self, config: Config, source: Source, before: Checked) -> tuple[str, Checked, int]:
        """The text when nothing is left to be fixed, its result, and how many fixes it took. One that makes nothing better is not made."""
        text, checked, made = source.text, before, 0
        for _ in range(ROUNDS):
            wanted = self._wanted(checked)
            kept: list[Fix] = []
            for fixes in [wanted, *([fix] for fix in wanted if len(wanted) > 1)]:
                changed, kept = applied(text, fixes)
                result = self._check(config, replace(source, text=changed))
                if _is_better(checked, result):
                    text, checked, made = changed, result, made + len(kept)
                    break
            else:
                break
        return text, checked, made

    def _wanted(self, checked: Checked) -> list[Fix]:
        return [v.fix for v in checked.violations if v.fix is not None and not v.suppressed and (v.fix.safe or self.unsafe)]

    def _check(self, config: Config, source: Source) -> Checked:
        made = self.checks.configs.engine(config)
        key = id(config)
        if key not in self._engines:
            self._engines[key] = made()
        checked = guarded(self._engines[key], File(source.path), source)
        return self.filtered(config, checked)

    def _not_rewritten(self, config: Config, checked: Checked) -> None:
        if not self.checks.args.quiet:
            path = printable(checked.path)
            note(f"{path}: 此文件不会被改写，请手工修改" if config.lang == "zh" else f"{path}: is not rewritten; edit it by hand")

    def tell(self, lang: str) -> None:
        files, made = self.files, self.made
        if lang == "zh":
            note(f"{'可修正' if self.diff else '已修正'} {made} 处，共 {files} 个文件")
        else:
            note(f"{made} fix{'' if made == 1 else 'es'} {'possible' if self.diff else 'made'} in {files} file{'' if files == 1 else 's'}")


def _is_better(before: Checked, after: Checked) -> bool:
    """Fewer violations than before, and of no category more: where a row of buttons is cut in two, another rule may see what is left."""
    was, now = (Counter(v.category for v in checked.violations if not v.suppressed) for checked in (before, after))
    return not after.failures and now.total() < was.total() and not now - was


def _diff(path: str, before: str, after: str) -> Iterator[str]:
    """As `git apply` reads it. Lines end at `\\n` only."""
    old, new = ([*(line + "\n" for line in lines[:-1]), *lines[-1:]] if lines[-1] else [line + "\n" for line in lines[:-1]]
                for lines in (before.split("\n"), after.split("\n")))  # fmt: skip
    for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
