"""One self-contained page: counts, then each article with its violations; no script, no request to anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from checker.formats.run import NO_ADVICE, Run
from checker.formats.text import basis_line
from checker.violation import Checked, Violation

_STYLE = """
body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#1c2024}
h1{font-size:1.3rem}
h2{font-size:1rem;margin:2rem 0 .5rem;border-bottom:1px solid #d8dce0;word-break:break-all}
article{border-left:4px solid #8a9099;padding:.2rem .8rem;margin:.7rem 0;background:#f6f7f8}
.error{border-color:#c92a2a}.warning{border-color:#d9840b}.info{border-color:#2271b1}.failure{border-color:#000}
code{background:#e9ecef;padding:0 .25rem;border-radius:3px}
mark{background:#ffe08a;white-space:pre-wrap}
.muted{color:#5c6370;font-size:.87rem}
table{border-collapse:collapse}td,th{padding:.1rem .9rem .1rem 0;text-align:left}
@media(prefers-color-scheme:dark){body{background:#16181b;color:#e4e6e8}article{background:#202327}
code{background:#2c3036}mark{background:#6b5200;color:#fff}}
"""


def render(results: Iterable[Checked], run: Run) -> Iterator[str]:
    zh = run.lang == "zh"
    title = "文章检查报告" if zh else "Article check report"
    yield (
        f'<!doctype html>\n<html lang="{"zh-CN" if zh else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title><style>{_STYLE}</style></head><body>\n'
        f"<h1>{title}</h1>\n<p class=muted>{escape(run.profile)} · {escape(NO_ADVICE[run.lang])}</p>\n"
    )
    counts: Counter[str] = Counter()
    for checked in results:
        counts["articles"] += checked.article is not None
        shown = [v for v in checked.violations if not v.suppressed]
        if not shown and not checked.failures:
            continue
        yield f"<h2>{escape(checked.path)}</h2>\n"
        for f in checked.failures:
            counts["failures"] += 1
            yield f"<article class=failure><b>{'未能检查' if zh else 'not checked'}</b> {escape(f.message)}</article>\n"
        for v in shown:
            counts[v.severity] += 1
            yield _violation(v, run)
    names = ("articles", "error", "warning", "info", "failures")
    shown_names = ("文章", "错误", "警告", "提示", "未能检查") if zh else ("articles", "errors", "warnings", "infos", "not checked")
    cells = "".join(f"<tr><th>{label}</th><td>{counts[name]}</td></tr>" for name, label in zip(names, shown_names, strict=True))
    yield f"<h2>{'合计' if zh else 'Total'}</h2><table>{cells}</table>\n</body></html>\n"


def _violation(v: Violation, run: Run) -> str:
    excerpt = f"<div><mark>{escape(v.excerpt)}</mark></div>" if v.excerpt else ""
    return (
        f"<article class={v.severity}><b>{v.start.line}:{v.start.column}</b> {escape(v.message)} <code>{escape(v.rule)}</code>"
        f"{excerpt}<div class=muted>{escape(basis_line(v.basis, run))}</div></article>\n"
    )
