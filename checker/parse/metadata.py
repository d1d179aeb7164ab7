"""What a page says of itself out of sight: `<meta>` and JSON-LD, as Fields in front matter terms."""

from __future__ import annotations

import json
import re

from checker.document import Builder
from checker.expressions import lazy
from checker.text import Span

_TOKEN = lazy(r"\"(?:[^\"\\]|\\.)*+\"|[{}\[\],:]|[^\s{}\[\],:\"]++", re.DOTALL)
_KEYS = {
    "headline": "title",
    "author": "author",
    "creator": "author",
    "publisher": "publisher",
    "datePublished": "date",
    "dateModified": "updated",
    "isBasedOn": "source",
    "sourceOrganization": "source",
    "copyrightHolder": "copyright",
    "license": "license",
    "keywords": "tags",
    "articleSection": "category",
    "description": "description",
    "inLanguage": "lang",
}
_NAMES = frozenset(("name", "url", "@value"))  # of what is an object: {"author": {"@type": "Person", "name": "…"}}


def note_meta(builder: Builder, attributes: dict[str, tuple[str, Span]]) -> None:
    """A `<meta>` element. attributes: name → (value, where it stands)."""
    key = next((attributes[name][0] for name in ("name", "property", "itemprop") if name in attributes), "")
    if key and "content" in attributes:
        builder.add_field(key.lower(), *attributes["content"])


def note_json_ld(builder: Builder, text: str, offset: int) -> None:
    """The content of a JSON-LD script that begins at source `offset`. What is no JSON is read as far as it goes."""
    path: list[str | None] = []  # of open objects and lists: the key last read in each object, None for lists
    token = before = ""
    for match in _TOKEN.finditer(text):
        before, token = token, match[0]
        if token in "{[":
            path.append("" if token == "{" else None)
        elif token in "}]":
            if path:
                path.pop()
        elif token == ":":
            if path and path[-1] is not None:
                path[-1] = _string(before)
        elif token != "," and path and (before == ":" or path[-1] is None):
            keys = [key for key in path if key is not None and key != "@graph"]
            if len(keys) == 1 or (len(keys) == 2 and keys[1] in _NAMES):
                _note(builder, keys, match, offset)


def _note(builder: Builder, keys: list[str], match: re.Match[str], offset: int) -> None:
    if keys[0] not in _KEYS or (keys[-1] == "url" and keys[0] not in ("isBasedOn", "license")):
        return
    text = match[0]
    start, end = match.start() + offset, match.end() + offset
    if text[0] == '"':
        start, end = start + 1, end - 1
    value = " ".join(_string(text).split()) if text != "null" else ""
    builder.add_field(_KEYS[keys[0]], value, Span(start, end if value else start))


def _string(token: str) -> str:
    """The text of a JSON string; anything else as it stands."""
    try:
        return str(json.loads(token, strict=False)) if token[:1] == '"' else token
    except ValueError:
        return token[1:-1]
