"""Regular expressions, scopes and messages of Vale as they are written here."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from checker.commands.imported import braceless, literal
from checker.patterns import PatternError, parse

READ = ("title", "heading", "paragraph", "list", "quote", "table", "caption", "alt")  # inline code, too, only where `code: true`
SCOPES = {
    "heading": ("title", "heading"), "title": ("title", "heading"), "paragraph": ("paragraph",), "list": ("list",), "table": ("table",),
    "blockquote": ("quote",), "alt": ("alt",), "sentence": (), "text": (), "summary": (), "raw": ("raw",), "figure": ("caption",),
}  # fmt: skip
_FLAGS = re.compile(r"^\(\?([a-zA-Z]+)\)")
_WORD = r"\p{L}\p{N}_"


class Look(NamedTuple):
    """What to look for: a term, or a pattern. exact: as it stands there; source: as Vale has it."""

    source: str
    text: str
    is_term: bool
    exact: bool

    def as_cue(self) -> dict[str, Any]:
        cue: dict[str, Any] = {"terms" if self.is_term else "patterns": [self.text]}
        return cue | ({"case": "exact"} if self.exact else {})


def look(source: str, *, ignorecase: bool, words: bool = True) -> Look:
    """What a token of Vale finds; ValueError says why it cannot be looked for. words: at word boundaries only."""
    token, exact = source, not ignorecase
    while flags := _FLAGS.match(token):
        if set(flags[1]) - set("imsU"):
            raise ValueError(f"`{source}`: unknown flags `{flags[0]}`")
        exact = exact and "i" not in flags[1]
        token = token[flags.end() :]
    text = literal(token)
    if text is not None and words and text.strip() == text:
        return Look(source, text, True, exact)
    body = _translated(token)
    pattern = rf"\b(?:{body})\b" if words else body
    check(pattern, source, exact=exact)
    return Look(source, pattern, False, exact)


def check(pattern: str, source: str, *, exact: bool) -> None:
    """ValueError where the rule language has no such pattern."""
    try:
        if parse(pattern, exact=exact).shortest == 0:
            raise ValueError(f"`{source}` matches the empty text")
    except PatternError as error:
        raise ValueError(f"`{source}`: {error.message}") from None


def _translated(token: str) -> str:
    r"""`\w` and `\W` written out; all else is the same or refused by the parser."""
    parts, inside, at = [], False, 0
    while at < len(token):
        pair = token[at : at + 2]
        if pair[0] == "\\" and len(pair) == 2:
            parts.append({r"\w": _WORD if inside else f"[{_WORD}]", r"\W": pair if inside else f"[^{_WORD}]"}.get(pair, pair))
            at += 2
            continue
        inside = (inside or pair[0] == "[") and pair[0] != "]"
        parts.append(pair[0])
        at += 1
    return "".join(parts)


def scopes_of(given: Any, *, code: bool) -> tuple[list[str], str, list[str]]:
    """(scopes to look at, the unit that Vale counts in, what is lost)."""
    named = [given] if isinstance(given, str) else [str(name) for name in given or ["text"]]
    every = [*READ, *(["code"] if code else [])]
    scopes: list[str] = []
    lost: list[str] = []
    taken: set[str] = set()
    for name in named:
        if "&" in name:
            lost.append(f"`{name}`: scopes cannot be joined by `&`")
            continue
        first = name.strip().removeprefix("~").split(".")[0]
        if first not in SCOPES or (name.startswith("~") and not SCOPES[first]):
            lost.append(f"`{name}`: there is no such scope")
        elif name.startswith("~"):
            taken.update(SCOPES[first])
        else:
            if "." in name and first != "text":
                lost.append(f"`{name}`: all of `{first}` is looked at")
            scopes += SCOPES[first] or every
    if not scopes and lost and not taken:
        raise ValueError("; ".join(lost))
    unit = {"sentence": "sentence", "raw": "article", "summary": "article"}.get(named[0], "block")
    kept = [scope for scope in dict.fromkeys(scopes or every) if scope not in taken]
    return kept, unit, lost


def message_of(message: str, *values: str) -> str:
    """`%s` and `%[1]s` filled, in their order."""
    left = list(values)

    def fill(found: re.Match[str]) -> str:
        if found[1]:
            return values[min(int(found[1]), len(values)) - 1]
        return left.pop(0) if len(left) > 1 else left[0]

    return re.sub(r"%(?:\[(\d)\])?[sdv]", fill, braceless(message)).replace("%%", "%")
