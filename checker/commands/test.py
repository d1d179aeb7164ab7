"""`checker test`: the examples of packs, or figures against labelled articles."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from checker.commands.configs import Configs, encoding_for
from checker.commands.options import add_rule_options, add_selection_options, configured
from checker.errors import CheckerError, did_you_mean
from checker.values import replace

if TYPE_CHECKING:
    from checker.packs import Packs
    from checker.score import Labelled, Reported
    from checker.violation import Failure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "packs",
        nargs="*",
        metavar="PACK",
        help="what to test: files or folders of packs, or names of packs, rules and categories (default: all that the config loads)",
    )
    add_rule_options(parser)
    add_selection_options(parser)
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="instead list what of each rule and lexicon no example exercises / 列出例子没有用到的词和模式",
    )
    parser.add_argument(
        "--labels", nargs=2, metavar=("FILE", "DIR"), type=Path, help="score against labelled articles in DIR instead / 按标注文章打分"
    )
    parser.add_argument("--by", choices=("lang", "site"), help="with --labels: a table for each language or site")
    parser.add_argument(
        "--map", metavar="TSV", type=Path, help="with --by site: file name and site in two columns, where labels name no site"
    )
    parser.add_argument("--errors", action="store_true", help="with --labels: list each miss and false alarm with its line")


def run(args: argparse.Namespace) -> int:
    if args.labels and args.packs:
        raise CheckerError("--labels scores articles: give rules by --rules and --select, not as PACK / 打分时请用 --rules、--select")
    if args.labels and args.coverage:
        raise CheckerError("--coverage is of examples, not of --labels / --coverage 针对例子，不能与 --labels 同用")
    if not args.labels and (args.by or args.map or args.errors):
        raise CheckerError("--by, --map and --errors go with --labels / --by、--map、--errors 须与 --labels 同用")
    return _labels(args) if args.labels else _examples(args)


def _examples(args: argparse.Namespace) -> int:
    """Exit code 1 when an example does not hold; warnings alone are 0."""
    from checker.examples import run_examples
    from checker.packs import shipped_rules
    from checker.plans import packs_of, plan_for

    config = configured(args, Path.cwd())
    named = [Path(name) for name in args.packs if Path(name).exists()]
    shipped = shipped_rules().resolve()
    own = [path for path in named if path not in config.packs and not path.resolve().is_relative_to(shipped)]
    config = replace(config, packs=(*config.packs, *own))
    packs = packs_of(config)
    wanted = _wanted(packs, named, [name for name in args.packs if not Path(name).exists()])
    if args.profile or args.select or args.ignore:
        wanted &= {rule.id for rule in plan_for(config).plan.rules}
    if args.coverage:
        return _coverage(packs, wanted, named, config.lang)
    results = run_examples(packs, wanted)
    if not results:
        raise CheckerError("there are no rules to test / 没有可测试的规则")
    for result in results:
        if result.message or result.warning:
            print(f"{result}{'' if result.message else ' (warning)'}")
    for note in _slow(packs, [*named, *config.packs]):
        print(f"{note} (warning)")
    failed = sum(not result.passed for result in results)
    count = len(results)
    print(f"{count} examples, {failed} failed" if config.lang == "en" else f"{count} 个例子，{failed} 个未通过")
    return 1 if failed else 0


def _slow(packs: Packs, paths: list[Path]) -> Iterator[CheckerError]:
    """Patterns in own packs, or in those that are named, that are tried everywhere, and those that a text can make slow."""
    from checker.slowness import growth

    inside = [path.resolve() for path in paths]
    for note, pattern in packs.notes:
        if not any(Path(note.path).resolve().is_relative_to(path) for path in inside):
            continue
        if note.message != pattern.risk:
            yield note
        elif message := growth(pattern):
            yield CheckerError(message, note.path, note.line, note.column)


def _coverage(packs: Packs, rules: set[str], paths: list[Path], lang: str) -> int:
    """Always 0: what no example exercises is no error. Of lexicons, those that stand beside the rules, or all where all are tested."""
    from checker.coverage import coverage

    if not rules:
        raise CheckerError("there are no rules to test / 没有可测试的规则")
    files = {rule.file.path for rule in packs.rules if rule.id in rules}
    inside = [path.resolve() for path in paths]
    lexicons = {
        name
        for name, entry in packs.lexicons.items()
        if len(rules) == len(packs.rules)
        or entry.file.path in files
        or any(Path(entry.file.path).resolve().is_relative_to(path) for path in inside)
    }
    of_rules, of_lexicons = coverage(packs, rules, lexicons)
    zh = lang == "zh"
    width = max(len(one.name) for one in (*of_rules, *of_lexicons))
    for title, found in ((("规则" if zh else "rules"), of_rules), (("词库" if zh else "lexicons"), of_lexicons)):
        for one in found:
            print(f"{one.name:<{width}}  {_share(one.exercised, one.total)}")
            for gap in one.gaps:
                print(f"  {gap}")
        if found:
            print(f"{title}: {_share(sum(one.exercised for one in found), sum(one.total for one in found))}\n")
    return 0


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part // whole if whole else 100}%)"


def _wanted(packs: Packs, paths: list[Path], names: list[str]) -> set[str]:
    """Ids of the rules in the files and folders, and of those that the names mean; of all where neither is given."""
    for name in names:
        if name not in packs.names:
            hint = did_you_mean(name, packs.names)
            raise CheckerError(f"no file, folder, pack, rule or category `{name}`{hint} / 没有这个文件、规则包、规则或类别")
    inside = [path.resolve() for path in paths]
    return {
        rule.id
        for rule in packs.rules
        if not (paths or names)
        or not {rule.id, rule.pack, rule.category}.isdisjoint(names)
        or any(Path(rule.file.path).resolve().is_relative_to(path) for path in inside)
    }


def _labels(args: argparse.Namespace) -> int:
    """Always 0 when everything could be checked: figures are no verdict."""
    from checker.score import read_labels, score, table

    labels_path, folder = args.labels
    labels = read_labels(labels_path)
    if not labels:
        raise CheckerError("no labelled article / 没有标注的文章", str(labels_path))
    sites = _sites(args.map) if args.map else {}
    reports, texts = _reports(Configs(args), folder, labels)
    groups: dict[str, list[Labelled]] = defaultdict(list)
    for doc, article in labels.items():
        groups["" if not args.by else article.lang if args.by == "lang" else article.site or sites.get(doc, "?")].append(article)
    for key in sorted(groups):
        if key:
            print(f"== {key} ({len(groups[key])} articles)")
        figures = score(groups[key], reports)
        print(table(figures), end="")
        for m in figures.mistakes if args.errors else ():
            lines = texts[m.doc]
            text = lines[m.line - 1].strip()[:140] if 0 < m.line <= len(lines) else ""
            sys.stdout.write(f"{m.kind}\t{m.label}\t{m.doc}:{m.line}\t{m.rule}\t{text}\n")
    return 0


def _reports(configs: Configs, folder: Path, docs: Iterable[str]) -> tuple[dict[str, Reported], dict[str, list[str]]]:
    """What is reported of each labelled article, as `checker check` would with the same options, and the lines of each."""
    from checker.engine import Engine, File
    from checker.pool import guarded
    from checker.read import read
    from checker.score import reported
    from checker.violation import Failure

    engines: dict[object, Engine] = {}
    reports: dict[str, Reported] = {}
    texts: dict[str, list[str]] = {}
    for doc in docs:
        path = folder / doc
        config = configs.at(path.parent)
        if config not in engines:
            engines[config] = configs.engine(config)()
        source = read(str(path), encoding_for(config, str(path)))
        if isinstance(source, Failure):
            raise _unscored(source)
        checked = guarded(engines[config], File(str(path)), source)
        if checked.failures:
            raise _unscored(checked.failures[0])
        reports[doc] = reported(checked, source.text)
        texts[doc] = source.text.split("\n")
    return reports, texts


def _unscored(failure: Failure) -> CheckerError:
    return CheckerError(f"cannot be scored: {failure.message} / 无法打分", failure.path, failure.line, failure.column)


def _sites(path: Path) -> dict[str, str]:
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise CheckerError(f"the map cannot be read: {error} / 无法读取", str(path)) from error
    return {row[0]: row[1] for row in rows if len(row) > 1}
