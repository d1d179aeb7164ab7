"""Reports: each format turns the results of a run, in path order, into pieces of text; none chooses the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from checker.formats import concise, github, json, sarif, text
from checker.formats.run import Run
from checker.violation import Checked

Renderer = Callable[[Iterable[Checked], Run], Iterator[str]]

FORMATS: dict[str, Renderer] = {
    "text": text.render,
    "concise": concise.render,
    "json": json.render,
    "github": github.render,
    "sarif": sarif.render,
}
