"""What HTML elements mean to a reader: which hide, which break the text, which have a scope."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Tag(NamedTuple):
    """block: its start and end break the text; scope: of the text in it ("" = that of what is around); hidden: no reader sees
    what is in it; mark: inline scope; closes: open elements that its start ends, unless one of `within` lies between."""

    block: bool = True
    scope: str = ""
    hidden: bool = False
    mark: str = ""
    closes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


INLINE, BLOCK = Tag(block=False), Tag()
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CELLS, _ROWS = ("td", "th"), ("tr", "td", "th", "caption")

TAGS: dict[str, Tag] = {
    **dict.fromkeys(
        (
            "address",
            "article",
            "body",
            "button",
            "center",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "fieldset",
            "figure",
            "form",
            "frameset",
            "head",
            "hgroup",
            "hr",
            "html",
            "legend",
            "main",
            "menu",
            "ol",
            "optgroup",
            "p",
            "search",
            "section",
            "select",
            "summary",
            "textarea",
            "ul",
        ),
        BLOCK,
    ),
    **dict.fromkeys(("nav", "header", "footer", "aside"), Tag(scope="chrome")),
    **dict.fromkeys(HEADINGS, Tag(scope="heading")),
    **dict.fromkeys(("figcaption", "caption"), Tag(scope="caption")),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), Tag(scope="code-block")),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Tag(block=False, mark="code")),
    **dict.fromkeys(("thead", "tbody", "tfoot", "colgroup"), Tag(closes=(*_ROWS, "thead", "tbody", "tfoot"), within=("table",))),
    **dict.fromkeys(
        (
            "audio",
            "canvas",
            "datalist",
            "iframe",
            "noembed",
            "noframes",
            "noscript",
            "script",
            "style",
            "template",
            "video",
        ),
        Tag(block=False, hidden=True),
    ),
    "a": Tag(block=False, mark="link", closes=("a",), within=(*_CELLS, "caption")),
    "blockquote": Tag(scope="quote"),
    "li": Tag(scope="list", closes=("li",), within=("ul", "ol", "menu", "dir")),
    "dt": Tag(closes=("dt", "dd"), within=("dl",)),
    "dd": Tag(closes=("dt", "dd"), within=("dl",)),
    "td": Tag(scope="table", closes=_CELLS, within=("table", "tr")),
    "th": Tag(scope="table", closes=_CELLS, within=("table", "tr")),
    "tr": Tag(closes=_ROWS, within=("table",)),
    "table": Tag(),
    "rp": Tag(block=False, hidden=True, closes=("rt", "rp"), within=("ruby",)),
    "rt": Tag(block=False, closes=("rt", "rp"), within=("ruby",)),  # 稳<rt>wěn</rt>赚 reads 稳赚: its text hangs beside
    "option": Tag(closes=("option",), within=("select", "datalist")),
    "title": Tag(scope="title"),
}

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"))
RAW = frozenset(
    ("script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext", "textarea", "title")
)  # no tags in them up to their end tag
DECODED = frozenset(("textarea", "title"))  # of these, the ones with entities
PRE = frozenset(("pre", "listing", "xmp", "plaintext"))  # line ends are text
BARRIERS = frozenset(("applet", "iframe", "noembed", "noframes", "noscript", "object", "script", "style", "template"))
LIMITS = frozenset((*_CELLS, "caption", "button", "template", "object"))  # an end tag inside ends nothing outside; BARRIERS: no inline one
UNSHOWN = {"title": "svg", "desc": "svg", "defs": "svg", "metadata": "svg", "annotation": "math"}  # hidden, but only inside these
BODY = frozenset(("article", "main"))  # header and footer of these belong to the text
TABLE = frozenset(("table", "thead", "tbody", "tfoot", "tr"))
PHRASING = frozenset(("button", "option", "optgroup", "select", "textarea", "title"))  # break the text, but stand in a paragraph
# No browser ends an unclosed `<h1>` before these, but no author means the rest of the page to be its heading.
AFTER_HEADING = frozenset(
    (
        *HEADINGS,
        "p",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "section",
        "article",
        "main",
        "figure",
        "form",
        "hr",
        "nav",
        "header",
        "footer",
        "aside",
    )
)


class Place(NamedTuple):
    """What holds for the text in an element. depth: of lists; pre: line ends are text."""

    scope: str = "paragraph"
    inside: tuple[str, ...] = ()
    level: int = 0
    depth: int = 0
    hidden: bool = False
    pre: bool = False


@lru_cache(maxsize=1024)
def place_in(around: Place, scope: str, level: int, hidden: bool, pre: bool) -> Place:
    """The place in an element of this scope ("" = that of what is around)."""
    hidden = around.hidden or hidden
    if not scope:
        return around._replace(hidden=hidden)
    inside = around.inside
    for outer in (around.scope, "chrome" if scope == "chrome" else ""):
        if outer not in (*inside, "paragraph", ""):
            inside = (*inside, outer)
    depth = around.depth + (scope == "list")
    return Place("paragraph" if scope == "chrome" else scope, inside, depth if scope == "list" else level, depth, hidden, pre)
