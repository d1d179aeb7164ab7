"""Labelled folders, checked once per process: our own articles, and those that CHECKER_EVAL names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checker.commands.configs import encoding_for
from checker.config import Config, find, load
from checker.engine import Engine, File, Settings
from checker.formats import FORMATS
from checker.formats.run import Run
from checker.plans import plan_for
from checker.read import read
from checker.score import Labelled, Reported, read_labels, reported
from checker.violation import Checked, Failure

OWN = Path(__file__).parent / "articles"
# `genres`: of one reader each, by what kinds of sites publish; `own`: the others.
OWN_LABELS = {"own": ("labels.en.jsonl", "labels.hant.jsonl", "labels.zh-hans.jsonl"), "genres": ("labels.genres.jsonl",)}
EVAL = os.environ.get("CHECKER_EVAL", "")
# Folders of articles with their labels beside them: NAME/ and NAME.labels.jsonl.
FOLDERS = sorted(path.name.removesuffix(".labels.jsonl") for path in Path(EVAL).glob("*.labels.jsonl")) if EVAL else []
NO_FOLDERS = "CHECKER_EVAL names no folder of labelled articles (NAME/ and NAME.labels.jsonl)"


@dataclass(frozen=True)
class Folder:
    path: Path
    label_files: tuple[Path, ...]
    labels: dict[str, Labelled]
    checked: tuple[Checked, ...]
    reports: dict[str, Reported]


def reference() -> Path:
    """The reference scorer."""
    return Path(EVAL) / "score.py"


@cache
def checked_folder(name: str) -> Folder:
    """`own`, `genres`, or one of FOLDERS, as `checker check` reports it by default."""
    path = OWN if name in OWN_LABELS else Path(EVAL) / name
    own = tuple(OWN / file for file in OWN_LABELS.get(name, ()))
    files = own or (Path(EVAL) / f"{name}.labels.jsonl",)
    labels = {doc: entry for file in files for doc, entry in read_labels(file).items()}
    found = find(path)
    config = load(found) if found and found.parent == path else Config()
    planned = plan_for(config)
    engine = Engine(planned.plan, Settings(names=planned.names))
    checked: list[Checked] = []
    reports: dict[str, Reported] = {}
    for doc in labels:
        file = File(str(path / doc), encoding_for(config, str(path / doc)))
        source = read(file.path, file.encoding)
        assert not isinstance(source, Failure), source
        checked.append(engine.check_file(file))
        reports[doc] = reported(checked[-1], source.text)
    return Folder(path, files, labels, tuple(checked), reports)


def report_of(folder: Folder) -> str:
    """The JSON report of what was checked."""
    return "".join(FORMATS["json"](folder.checked, Run((), {}, "cn-media", ("cn",))))
