"""Where reports go: standard output, files, or several of them from one run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from checker.commands.writing import written
from checker.formats import FORMATS
from checker.formats.run import Run
from checker.values import replace
from checker.violation import Checked


def write_reports(results: Iterable[Checked], run: Run, format: str | None, outputs: Sequence[str]) -> None:
    """format: as asked for by name, None: text; outputs: values of `--output`, beside which standard output wants a format by name."""
    usual = format or "text"
    files = [_output(value, usual) for value in outputs]
    if not files:
        sys.stdout.writelines(FORMATS[usual](results, run))
    elif len(files) == 1 and format is None:
        _write(*files[0], results, run)
    else:
        import pickle
        from tempfile import TemporaryFile

        with TemporaryFile() as spool:
            for checked in results:
                pickle.dump(checked, spool)
            for name, path in files:
                _write(name, path, _spooled(spool), run)
            if format is not None:
                sys.stdout.writelines(FORMATS[format](_spooled(spool), run))


def _output(value: str, usual: str) -> tuple[str, Path]:
    name, equals, path = value.partition("=")
    if not equals or name not in FORMATS:
        return usual, Path(value)
    return name, Path(path)


def _spooled(spool: IO[bytes]) -> Iterator[Checked]:
    """The results again, from a temporary file of our own: several reports of a large folder need no more memory than one."""
    import pickle

    spool.seek(0)
    while True:
        try:
            yield pickle.load(spool)
        except EOFError:
            return


def _write(format: str, path: Path, results: Iterable[Checked], run: Run) -> None:
    with written(path, what=("the report ", "报告")) as file:
        for piece in FORMATS[format](results, replace(run, colour=False)):
            file.write(piece.encode("utf-8", "backslashreplace"))
