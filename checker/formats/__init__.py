"""Reports: each format turns the results of a run, in path order, into pieces of text; none chooses the exit code.

Each is imported when it is asked for: a run that prints text needs no XML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.formats.run import Run
    from checker.violation import Checked

Renderer = Callable[["Iterable[Checked]", "Run"], Iterator[str]]


def _function(module: str, name: str = "render") -> Renderer:
    def renderer(results: Iterable[Checked], run: Run) -> Iterator[str]:
        rendered: Iterator[str] = getattr(import_module(f"checker.formats.{module}"), name)(results, run)
        return rendered

    return renderer


FORMATS: dict[str, Renderer] = {
    "text": _function("text"),
    "concise": _function("concise"),
    "json": _function("json"),
    "jsonl": _function("jsonl"),
    "sarif": _function("sarif"),
    "github": _function("github"),
    "gitlab": _function("gitlab"),
    "junit": _function("xml", "junit"),
    "checkstyle": _function("xml", "checkstyle"),
    "rdjson": _function("rdjson"),
    "html": _function("html"),
    "csv": _function("csv"),
    "markdown": _function("markdown"),
}
