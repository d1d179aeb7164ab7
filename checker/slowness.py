"""Patterns that some text makes slow: each is run on texts made against it, short and four times as long.

Such a text is all that the pattern takes but the end, over and over, so that it is tried in every way before it fails; the end stands
before it all, where it is of no use, lest its absence be seen at once. What takes much more than four times as long grows faster than
the text.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator

from checker.patterns import Pattern
from checker.patterns.nodes import Alternate, Chars, Concat, Dot, Group, Literal, Node, Repeat, children
from checker.patterns.sampling import alphabet_of, chars_of

SHORT, TIMES = 100, 4  # characters of the short text; how many times as long the other is
FASTER = 2.5  # times as much as the text grows
LEAST = 0.005  # seconds: less is no trouble, and too little to compare
_MOST = 1.0  # seconds that one run may take
_ROUNDS = 60  # of a repeat in a text

Seconds = Callable[[str], float]


def growth(pattern: Pattern, seconds: Seconds | None = None) -> str:
    """How much longer a pattern takes on a text four times as long, "" where that is no more than the text grows. seconds: of a search in
    a text, measured unless given."""
    taken = seconds or _measured(pattern)
    for head, text in adversarial(pattern.nodes):
        short, long = taken(_filled(head, text, SHORT)), taken(_filled(head, text, SHORT * TIMES))
        if long >= LEAST and long > short * TIMES * FASTER:
            return (
                f"slow on some texts: {SHORT * TIMES} characters made against it take {long * 1000:.0f} ms,"
                f" {long / max(short, 1e-9):.0f} times as long as {SHORT}; bound its repeats, or part them by what they cannot hold"
            )
    return ""


def adversarial(node: Node) -> Iterator[tuple[str, str]]:
    """What a text begins with, and what is repeated behind it: one character that most of the pattern takes; the longest match without
    its end, all of it and what follows its longest repeat."""
    alphabet = alphabet_of(node)
    usual = _usual(node, alphabet)
    whole = _longest(node, alphabet, usual)
    bodies = [usual, whole[:-1], whole[:-1].lstrip(usual), whole[:-1].replace(usual, "")]
    for body in dict.fromkeys(filter(None, bodies)):
        yield whole[-1:], body


def _filled(head: str, text: str, size: int) -> str:
    return (head + text * (size // len(text) + 1))[:size]


def _measured(pattern: Pattern) -> Seconds:
    import regex

    compiled = regex.compile(pattern.regex)

    def seconds(text: str) -> float:
        best = _MOST
        for _ in range(3):
            begun = time.process_time()
            try:
                for _ in compiled.finditer(text, timeout=_MOST):
                    pass
            except TimeoutError:
                return _MOST
            best = min(best, time.process_time() - begun)
        return best

    return seconds


def _usual(node: Node, alphabet: str) -> str:
    """The character that most classes of the pattern hold."""
    counts: Counter[str] = Counter()
    stack = [node]
    while stack:
        current = stack.pop()
        stack.extend(children(current))
        if isinstance(current, Chars | Dot):
            counts.update(chars_of(current, alphabet))
    return max(sorted(counts), key=lambda char: counts[char], default="a")


def _longest(node: Node, alphabet: str, usual: str) -> str:
    match node:
        case Literal(text):
            return text
        case Chars() | Dot():
            held = chars_of(node, alphabet)
            return usual if usual in held else min(held, default="")
        case Group(child):
            return _longest(child, alphabet, usual)
        case Repeat(child, low, high):
            return _longest(child, alphabet, usual) * max(low, min(high, _ROUNDS))
        case Concat(parts):
            return "".join(_longest(part, alphabet, usual) for part in parts)
        case Alternate(branches):
            return max((_longest(branch, alphabet, usual) for branch in branches), key=len)
        case _:
            return ""
