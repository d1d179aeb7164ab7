"""What can go wrong for a user: every message is `path:line:column: what is wrong`, and what to do."""

from __future__ import annotations

from collections.abc import Iterable


class CheckerError(Exception):
    """Bad input (a pack, a config, an option, a file). Shown as it is, exit code 2; anything else is a bug."""

    def __init__(self, message: str, path: str = "", line: int = 0, column: int = 0) -> None:
        self.message, self.path, self.line, self.column = message, path, line, column
        place = ":".join(str(part) for part in (path, line, column) if part)
        super().__init__(f"{place}: {message}" if place else message)


class CheckerErrors(CheckerError):
    """Several errors of one load, so that an author sees all of them at once."""

    def __init__(self, errors: list[CheckerError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in errors))


def nearest(word: str, options: Iterable[str]) -> str:
    """The option that a misspelt word most likely means, "" where nothing is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(options), n=1, cutoff=0.6)), "")


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """`; did you mean `x`?` for a misspelt word, "" where nothing is near."""
    near = nearest(word, options)
    return f"; did you mean `{near}`?" if near else ""
