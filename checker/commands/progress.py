"""How far a run is, on a terminal's standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from checker.violation import Checked

EVERY = 0.2  # seconds


def shown(results: Iterable[Checked], total: int, *, lang: str, quiet: bool) -> Iterator[Checked]:
    """The results, with a counter in the terminal's last line while they come. quiet: without, as where the report itself goes there."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield from results
        return
    last = time.monotonic()
    for done, checked in enumerate(results, 1):
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            sys.stderr.write(f"\r\x1b[K{f'已检查 {done}/{total} 篇' if lang == 'zh' else f'checked {done} of {total}'}")
            sys.stderr.flush()
        yield checked
    sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()
