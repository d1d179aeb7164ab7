#!/usr/bin/env python3
"""Fits the weights of a rule's `match.score` to labelled articles, and says how they do on sites they were not fitted to.

    scripts/fit_weights.py crypto/funnel --labels labels.jsonl articles/ [--map sites.tsv] [--labels …]

The features are the lexicons that the rule's score names, each 0 or 1 in a sentence, freed of the contexts in the rule's `unless`. A
line with several sentences is labelled as a whole, so of a labelled line only the sentences that score highest are taken for those
that carry the label, and the fit is repeated (multiple-instance learning, Dietterich et al. 1997). A weight keeps the sign that the
pack gives it. Printed are precision, recall and article F1 with each site held back in turn, and the weights, rounded to halves.
Needs the development dependencies (scikit-learn).
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from checker.compile import compile_plan
from checker.context import free
from checker.document import Source
from checker.engine import format_of
from checker.fold import fold
from checker.judge import holds, judge
from checker.kinds.forbid import live
from checker.language import language_of
from checker.packs import load, shipped_rules
from checker.parse import parse
from checker.reading import read_document
from checker.scan import Scanner
from checker.score import LABELS, SIBLINGS, Labelled, read_labels

ROUNDS = 3  # of choosing the sentences that carry a labelled line
NEAR = 0.7  # below the best sentence of a line, another one still counts as carrying it
SEED = 0


@dataclass(frozen=True)
class Sentence:
    """site, doc, lines: where it stands; present: which lexicons, in the order of the rule's score; right: labelled so; excused: of a
    sibling label or unsure, and left out."""

    site: str
    doc: str
    lines: tuple[int, int]
    present: tuple[bool, ...]
    right: bool
    excused: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rule")
    parser.add_argument("--labels", nargs=2, action="append", required=True, metavar=("FILE", "DIR"), type=Path)
    parser.add_argument("--map", type=Path, action="append", default=[], help="file name and site in two columns")
    parser.add_argument("--profile", default="cn-media")
    args = parser.parse_args()
    plan = compile_plan(load([shipped_rules()]), profile=args.profile)
    index = next(n for n, rule in enumerate(plan.rules) if rule.id == args.rule)
    names = [plan.cues[cue].name for cue, _ in plan.rules[index].match.score]
    signs = np.sign([weight for _, weight in plan.rules[index].match.score])
    sites = {row[0]: row[1] for path in args.map for line in path.read_text().splitlines() if len(row := line.split("\t")) > 1}
    found = [
        s
        for labels, folder in args.labels
        for article in read_labels(labels).values()
        for s in sentences(plan, index, folder, article, sites)
    ]
    x = np.array([s.present for s in found], float)
    held_back = np.full(len(found), -np.inf)
    groups = np.array([s.site for s in found])
    for train, test in GroupKFold(min(8, len(set(groups)))).split(x, groups=groups):
        model = fitted(x[train], [found[n] for n in train], signs)
        held_back[test] = model.decision_function(x[test])
    for threshold in (-1.5, -1.0, -0.5, 0.0):
        print(f"threshold {threshold:5.1f}: {figures(found, held_back > threshold)}")
    model = fitted(x, found, signs)
    print(f"        at_least: {-model.intercept_[0]:.1f}  # less the threshold chosen above")
    for weight, name in sorted(zip(model.coef_[0], names, strict=True), reverse=True):
        if round(weight * 2):
            print(f"        {name}: {round(weight * 2) / 2:g}")
    return 0


def sentences(plan: object, index: int, folder: Path, article: Labelled, sites: dict[str, str]) -> Iterator[Sentence]:
    """The sentences of one article in which the rule may speak."""
    rule = plan.rules[index]  # type: ignore[attr-defined]
    label = next(name for name, category in LABELS.items() if category == rule.category)
    text = (folder / article.doc).read_bytes().decode("utf-8", "replace").lstrip("\ufeff")
    document = parse(Source(article.doc, text), format_of(article.doc))
    folded = fold(document.visible)
    hits = Scanner(plan).scan(document, folded)  # type: ignore[arg-type]
    reading = judge(read_document(plan, document, folded, hits, document.lang or language_of(document.visible.text))).reading  # type: ignore[arg-type]
    if not holds(rule.when, reading):
        return
    right = {line for line, name in article.lines if name == label}
    excused = {line for line, name in article.lines | article.unsure if name in SIBLINGS[label]} - right
    present: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for number, (cue, weight) in enumerate(rule.match.score):
        own = live(rule, reading, cue)
        for hit in free(reading, rule.unless, own) if weight > 0 else own:
            present[tuple(reading.sentence(hit.start))].add(number)  # type: ignore[index]
    for block, _ in enumerate(document.blocks):
        for span in reading.sentences(block):
            source = document.visible.span(*span)
            first, last = (document.source.lines.position(at).line for at in (source.start, max(source.start, source.end - 1)))
            lines = set(range(first, last + 1))
            vector = tuple(number in present[tuple(span)] for number in range(len(rule.match.score)))  # type: ignore[index]
            site = article.site or sites.get(article.doc, article.doc)
            yield Sentence(site, article.doc, (first, last), vector, bool(lines & right), bool(lines & excused))


def fitted(x: np.ndarray, found: list[Sentence], signs: np.ndarray) -> LogisticRegression:
    y = np.array([s.right for s in found])
    usable = np.array([not s.excused or s.right for s in found])
    by_line: defaultdict[tuple[str, tuple[int, int]], list[int]] = defaultdict(list)
    for number, s in enumerate(found):
        if s.right:
            by_line[s.doc, s.lines].append(number)
    articles = np.array([len({key for key in by_line if key[0] == s.doc}) or 1 for s in found])
    weight = np.where(y, 2 / np.sqrt(articles), 1.0)  # an article of fifty labelled lines should not outweigh fifty of one
    carries = set(np.flatnonzero(y))
    for _ in range(ROUNDS):
        rows = [n for n in range(len(found)) if usable[n] and (not y[n] or n in carries)]
        model = signed(x[rows], y[rows], weight[rows], signs)
        score = model.decision_function(x)
        carries = {n for members in by_line.values() for n in members if score[n] >= max(score[m] for m in members) - NEAR}
    return model


def signed(x: np.ndarray, y: np.ndarray, weight: np.ndarray, signs: np.ndarray) -> LogisticRegression:
    """A fit in which no weight has the wrong sign: what would have one is set to nothing, and the rest fitted again."""
    keep = np.ones(x.shape[1], bool)
    while True:
        model = LogisticRegression(C=0.5, max_iter=2000, random_state=SEED).fit(x * keep, y, sample_weight=weight)
        wrong = keep & (model.coef_[0] * signs < 0)
        if not wrong.any():
            model.coef_[0][~keep] = 0.0
            return model
        keep &= ~wrong


def figures(found: list[Sentence], said: np.ndarray) -> str:
    """Sentences, not lines, are counted here: a rough guide; `checker test --labels` measures the pack."""
    by_doc: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for s, says in zip(found, said, strict=True):
        if s.excused and not s.right:
            continue
        counts = by_doc[s.doc]
        counts[0] += s.right and bool(says)
        counts[1] += s.right and not says
        counts[2] += not s.right and bool(says)
    hit, miss, alarm = (sum(column) for column in zip(*by_doc.values(), strict=True))
    each = [2 * h / (2 * h + m + a) for h, m, a in by_doc.values() if h + m + a]
    return (
        f"precision {hit / max(hit + alarm, 1):.3f}, recall {hit / max(hit + miss, 1):.3f}, article F1 {sum(each) / max(len(each), 1):.3f}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
