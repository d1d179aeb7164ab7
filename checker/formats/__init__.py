"""Reports: each format turns the results of a run, in path order, into pieces of text; none chooses the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from checker.formats import concise, csv, github, gitlab, html, json, jsonl, rdjson, sarif, text, xml
from checker.formats.run import Run
from checker.violation import Checked

Renderer = Callable[[Iterable[Checked], Run], Iterator[str]]

FORMATS: dict[str, Renderer] = {
    "text": text.render,
    "concise": concise.render,
    "json": json.render,
    "jsonl": jsonl.render,
    "sarif": sarif.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "junit": xml.junit,
    "checkstyle": xml.checkstyle,
    "rdjson": rdjson.render,
    "html": html.render,
    "csv": csv.render,
}
