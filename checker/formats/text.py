"""The report for people: each violation with its line, a caret under it, and the basis; counts at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from checker.formats.concise import failure_line, message_of, place_of, printable
from checker.formats.run import COVERS, NO_ADVICE, Run
from checker.rule import in_language
from checker.violation import BASELINE, FACTS, Checked, Violation

WIDTH = 100  # columns of a quoted line
_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_FACT_NAMES = {
    "zh": dict(zip(FACTS, ("来源", "作者", "免责声明", "风险提示", "版权声明", "AI 标识"), strict=True)),
    "en": dict(zip(FACTS, ("source", "author", "disclaimer", "risk warning", "copyright", "AI label"), strict=True)),
}
_FINDINGS = {
    "zh": {"weak": "弱", "altered": "被改动", "misplaced": "位置不当", "hidden": "读者看不到", "other-language": "语言不符"},
    "en": {},
}


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for checked in results:
        counts["articles"] += checked.article is not None
        counts["failures"] += len(checked.failures)
        for failure in checked.failures:
            yield _paint(failure_line(failure), "31", run) + "\n"
        lines = dict(checked.lines)
        for violation in checked.violations:
            if violation.suppressed:
                counts["baseline" if violation.suppressed == BASELINE else "suppressed"] += 1
                continue
            counts[violation.severity] += 1
            yield from _violation(violation, lines.get(violation.start.line, ""), run)
        if run.facts and checked.article is not None:
            yield from _facts(checked, run)
    yield summary_line(counts, run)
    yield from _added(run)


def _paint(text: str, colour: str, run: Run) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if run.colour else text


def _violation(v: Violation, line: str, run: Run) -> Iterator[str]:
    yield f"{place_of(v)} {message_of(v, _paint(v.severity, _COLOURS[v.severity], run))}\n"
    quoted, caret = caret_line(line, v.start.column - 1, v.end.column - 1 if v.end.line == v.start.line else len(line))
    if quoted.strip():
        yield f"  {v.start.line:>5} | {quoted}\n"
        yield f"        | {caret}\n"
    last = v.end.line - (v.end.column == 1)  # what ends where a line begins ends on the one before
    if last > v.start.line:
        yield f"        | {f'… 至第 {last} 行' if run.lang == 'zh' else f'… to line {last}'}\n"
    for related in v.related:
        yield f"        = {printable(v.path)}:{related.start.line}:{related.start.column}: {printable(related.message)}\n"
    yield f"        = {basis_line(v.basis, run)}\n"


def basis_line(basis: tuple[str, ...], run: Run) -> str:
    """What a rule rests on, for a reader: titles and numbers of instruments, or that it is site policy."""
    zh = run.lang == "zh"
    named = ("；" if zh else "; ").join(_basis(key, run) for key in basis) or ("网站规范" if zh else "site policy")
    return ("依据：" if zh else "basis: ") + named


def _basis(key: str, run: Run) -> str:
    instrument = run.instruments.get(key)
    if instrument is None:
        return key
    title = in_language(instrument.title, run.lang)
    return f"{title}（{instrument.number}）" if instrument.number and run.lang == "zh" else f"{title} {instrument.number}".strip()


def caret_line(line: str, start: int, end: int) -> tuple[str, str]:
    """The line, cut to WIDTH columns around [start, end), and carets under that range; wide characters count two columns.

    Control and zero-width characters are shown as `·`, so that what hides in a word can be seen.
    """
    from wcwidth import wcwidth

    shown = ["·" if wcwidth(c) < 1 else c for c in line]
    widths = [wcwidth(c) for c in shown]
    end = max(end, start + 1)
    first = start
    room = WIDTH // 3
    while first > 0 and room - widths[first - 1] >= 0:
        first -= 1
        room -= widths[first]
    last, room = first, WIDTH
    while last < len(shown) and room - widths[last] >= 0:
        room -= widths[last]
        last += 1
    prefix, suffix = ("…" if first else ""), ("…" if last < len(shown) else "")
    pad = len(prefix) + sum(widths[first:start])
    marks = max(1, sum(widths[start : min(end, last)]))
    return prefix + "".join(shown[first:last]) + suffix, " " * pad + "^" * marks


def _facts(checked: Checked, run: Run) -> Iterator[str]:
    assert checked.article is not None
    a = checked.article
    names = _FACT_NAMES[run.lang]
    title = printable(a.title) or "-"
    yield f"{printable(a.path)}: {title} · {a.lang} · {', '.join(a.topics) or '-'} · {a.content}\n"
    for key in FACTS:
        statements = a.present[key]
        if not statements:
            yield f"  {names[key]}: {'未找到' if run.lang == 'zh' else 'not found'}\n"
        for s in statements:
            finding = f" ({_FINDINGS[run.lang].get(s.finding, s.finding)})" if s.finding else ""
            yield f"  {names[key]}: {s.line}: {printable(s.value or s.text)}{finding}\n"


def summary_line(counts: Counter[str], run: Run) -> str:
    if run.lang == "zh":
        parts = [f"{counts['articles']} 篇文章", f"{counts['error']} 个错误", f"{counts['warning']} 个警告", f"{counts['info']} 个提示"]
        parts += [f"{counts['suppressed']} 个已豁免"] if counts["suppressed"] else []
        parts += [f"{counts['baseline']} 个在基线内"] if counts["baseline"] else []
        parts += [f"{counts['failures']} 个文件未能检查"] if counts["failures"] else []
        return f"{'，'.join(parts)}（规则集 {run.profile}）。{NO_ADVICE['zh']}\n"
    kinds = (("articles", "article"), ("error", "error"), ("warning", "warning"), ("info", "info"))
    parts = [f"{counts[key]} {name}{'' if counts[key] == 1 else 's'}" for key, name in kinds]
    parts += [f"{counts['suppressed']} suppressed"] if counts["suppressed"] else []
    parts += [f"{counts['baseline']} in the baseline"] if counts["baseline"] else []
    parts += [f"{counts['failures']} could not be checked"] if counts["failures"] else []
    return f"{', '.join(parts)} (profile {run.profile}). {NO_ADVICE['en']}\n"


def _added(run: Run) -> Iterator[str]:
    """Suppressions that the change adds."""
    if not run.added:
        return
    zh, count = run.lang == "zh", len(run.added)
    yield f"本次改动新增 {count} 处豁免：\n" if zh else f"{count} suppression{'' if count == 1 else 's'} added by the change:\n"
    for a in run.added:
        parts = [", ".join(a.rules), COVERS[run.lang][a.covers], a.reason or ("（无理由）" if zh else "(no reason)")]
        parts += [f"{'有效至' if zh else 'until'} {a.until}"] if a.until else []
        yield f"  {printable(a.path)}:{a.line}:{a.column}: {printable(' · '.join(parts))}\n"
