"""The whole pipe, for one text, one file and many files."""

from __future__ import annotations

import os
from time import perf_counter

from checker.document import Source
from checker.errors import CheckerError
from checker.judge import judge
from checker.language import language_of
from checker.parse import FORMATS_BY_SUFFIX, parse
from checker.place import place, state
from checker.read import read
from checker.reading import read_document
from checker.rule import Plan
from checker.scan import BudgetExceeded, Index, Scanner
from checker.site_name import with_site_name
from checker.suppress import suppress
from checker.values import frozen
from checker.violation import FACTS, Article, Checked, Failure


@frozen
class Settings:
    """What a run needs beside the plan. lang: of messages (zh | en); site: whose shortcodes are markup; today: ISO date, for the dates of
    suppressions; names: all rule ids there are; fixed: rules and categories that may not be suppressed; levels: severities of the
    rules about suppressions, where the config changes them, "" where it ignores one; site_name: as the config says, "" if it does not;
    timed: results say how long each step and rule took."""

    lang: str = "zh"
    site: str = "none"
    today: str = ""
    names: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    levels: tuple[tuple[str, str], ...] = ()
    site_name: str = ""
    timed: bool = False


@frozen
class File:
    """One file to check. path: as shown in reports; encoding: as the config or an option names it, None: UTF-8 or a BOM; size in bytes."""

    path: str
    encoding: str | None = None
    size: int = 0


def format_of(path: str) -> str:
    """The format by suffix; an unknown suffix, named explicitly, is read as plain text."""
    return FORMATS_BY_SUFFIX.get(os.path.splitext(path)[1].lower(), "plain")


class _Times:
    """Seconds of one article: by step, one after the other, and by rule."""

    def __init__(self) -> None:
        self.rules: dict[str, float] = {}
        self._steps: list[tuple[str, float]] = []
        self._last = perf_counter()

    def took(self, step: str) -> None:
        now = perf_counter()
        self._steps.append((step, now - self._last))
        self._last = now

    def all(self) -> tuple[tuple[str, float], ...]:
        return (*self._steps, *self.rules.items())


class Engine:
    """A plan made ready to run: the scanner is built once and used for every article."""

    def __init__(self, plan: Plan, settings: Settings | None = None, index: Index | None = None) -> None:
        """index: of the plan, made before."""
        self.settings = settings or Settings()
        self.plan = plan = with_site_name(plan, self.settings.site_name)
        self.scanner = Scanner(plan, index)
        self._ran = frozenset(name for rule in plan.rules for name in (rule.id, rule.category))

    def check_source(self, source: Source, format: str, assume: frozenset[str] = frozenset()) -> Checked:
        """One decoded article. A budget or a crash is a Failure of this article; the others go on."""
        times = _Times()
        try:
            document = parse(source, format, self.settings.site)
            times.took("parse")
            folded = self.scanner.fold(document)
            times.took("fold")
            hits = self.scanner.scan(document, folded)
            times.took("scan")
            reading = read_document(self.plan, document, folded, hits, lang=document.lang or language_of(document.visible.text))
            judged = judge(reading, assume, times.rules if self.settings.timed else None)
            times.took("judge")
            s = self.settings
            placed = place(judged.hits, judged.reading, s.lang)
            violations = suppress(
                placed, document, known=s.names, ran=self._ran, fixed=s.fixed, levels=dict(s.levels), today=s.today, lang=s.lang
            )
        except BudgetExceeded as error:
            return Checked(source.path, failures=(Failure(source.path, "budget", str(error)),))
        except CheckerError as error:
            return Checked(source.path, failures=(Failure(source.path, "parse", error.message, error.line, error.column),))
        except RecursionError:
            return Checked(source.path, failures=(Failure(source.path, "crash", "nested too deeply to be parsed / 嵌套过深，无法解析"),))
        title = next((document.visible.text[b.start : b.end] for b in document.blocks if b.scope == "title"), "") or next(
            (document.visible.text[b.start : b.end] for b in document.blocks if b.scope == "heading"), ""
        )
        present = state(judged.reading.facts, judged.reading, FACTS)
        article = Article(source.path, source.encoding, judged.reading.lang, title, judged.reading.topics, judged.reading.content, present)
        lines = tuple(dict.fromkeys(line for v in violations for line in v.lines()))
        shown = tuple((n, source.text[slice(*source.lines.line(n))]) for n in lines)
        times.took("report")
        return Checked(source.path, article, tuple(violations), lines=shown, times=times.all() if self.settings.timed else ())

    def check_text(self, text: str, path: str = "article.md", format: str | None = None, assume: frozenset[str] = frozenset()) -> Checked:
        """A text at hand (standard input, a rule's example, an editor's buffer). format: by the suffix of `path` unless named."""
        return self.check_source(Source(path, text), format or format_of(path), assume)

    def check_file(self, file: File) -> Checked:
        """One file on disk."""
        source = read(file.path, file.encoding)
        if isinstance(source, Failure):
            return Checked(file.path, failures=(source,))
        return self.check_source(source, format_of(file.path))
