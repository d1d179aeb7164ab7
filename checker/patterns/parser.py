"""The pattern language: a subset of the `regex` library's syntax, read by recursive descent; all else is an error at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.errors import did_you_mean
from checker.patterns.nodes import PROPERTIES, Alternate, Assertion, Chars, Dot, Group, Insert, Literal, Look, Node, Range, Repeat, concat

MOST = 200  # what `*` and `+` stand for: a sentence is shorter, and a bound keeps the worst case small
_LONGEST = 1000
_DEEPEST = 50

_INSERT = re.compile(r"<<([\w.-]+)>>")
_COUNTS = re.compile(r"\{(\d*)(,?)(\d*)\}")
_HEX = {"x": 2, "u": 4, "U": 8}
_CONTROL = {"n": "\n", "t": "\t"}
_SETS = {"d": r"\d", "s": r"\s"}
_POSIX = re.compile(r"\[:\^?\w+:\]")
_LOOKS = {"(?=": (True, False), "(?!": (True, True), "(?<=": (False, False), "(?<!": (False, True)}


class PatternError(ValueError):
    """What is wrong with a pattern. at: 0-based offset in the pattern as written."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message, self.at = message, at


def parse_nodes(source: str) -> Node:
    """The pattern as written, nothing folded or inserted yet; PatternError at the first character that is not in the subset."""
    if not source:
        raise PatternError("the pattern is empty", 0)
    return _Parser(source).whole()


@dataclass
class _Parser:
    source: str
    at: int = 0
    depth: int = 0
    named: bool = False

    def whole(self) -> Node:
        node = self.alternation()
        if self.at < len(self.source):
            raise PatternError("`)` closes nothing; a bracket that is meant is written `\\)`", self.at)
        return node

    def alternation(self) -> Node:
        branches = [self.sequence()]
        while self.take("|"):
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else Alternate(tuple(branches))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            parts.append(self.repeated(self.atom()))
        return concat(parts)

    def take(self, token: str) -> bool:
        if self.source.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    # -- one piece

    def atom(self) -> Node:
        at, char = self.at, self.source[self.at]
        if char == "(":
            return self.group()
        if char == "[":
            return self.chars()
        if char == "\\":
            return self.escape()
        if char in "*+?":
            raise PatternError(f"`{char}` repeats nothing; a sign that is meant is written `\\{char}`", at)
        if char == "{":
            if self.source.startswith("{{", at) or not _COUNTS.match(self.source, at):
                raise PatternError("`{` begins no repeat; a brace that is meant is written `\\{`", at)
            raise PatternError("a repeat that repeats nothing; a brace that is meant is written `\\{`", at)
        insert = _INSERT.match(self.source, at) if char == "<" else None
        if insert:
            self.at = insert.end()
            return Insert(insert[1], at)
        self.at += 1
        if char == ".":
            return Dot()
        return Assertion(char) if char in "^$" else Literal(char, at)

    def group(self) -> Node:
        at = self.at
        self.depth += 1
        if self.depth > _DEEPEST:
            raise PatternError(f"groups are nested more than {_DEEPEST} deep", at)
        look = next((kind for opening, kind in sorted(_LOOKS.items(), key=lambda item: -len(item[0])) if self.take(opening)), None)
        name = ""
        capture = False
        if look is None and not self.take("(?:"):
            capture = True
            if self.take("(?P<value>"):
                if self.named:
                    raise PatternError("only one group may be named `value`", at)
                name, self.named = "value", True
            elif self.source.startswith("(?", at):
                raise PatternError(_why_not_group(self.source[at:]), at)
            else:
                self.at += 1
        child = self.alternation()
        if not self.take(")"):
            raise PatternError("`(` is never closed; a bracket that is meant is written `\\(`", at)
        self.depth -= 1
        if look is not None:
            return Look(child, *look)
        return Group(child, name) if capture else child

    def repeated(self, node: Node) -> Node:
        at = self.at
        bounds = self.bounds()
        if bounds is None:
            return node
        if isinstance(node, Look | Assertion):
            raise PatternError("what has no width cannot be repeated", at)
        low, high = bounds
        lazy = self.take("?")
        if self.source.startswith("+", self.at):
            raise PatternError("possessive repeats are not supported; leave the second `+` out", self.at)
        if self.at < len(self.source) and (self.source[self.at] in "*?" or _COUNTS.match(self.source, self.at)):
            raise PatternError("a repeat of a repeat; put the inner one in a group `(?:…)`", self.at)
        return Repeat(node, low, high, lazy, at)

    def bounds(self) -> tuple[int, int] | None:
        if self.take("*"):
            return 0, MOST
        if self.take("+"):
            return 1, MOST
        if self.take("?"):
            return 0, 1
        counts = _COUNTS.match(self.source, self.at)
        if not counts or not (counts[1] or counts[3]):
            return None
        low = int(counts[1] or 0)
        high = int(counts[3]) if counts[3] else max(MOST, low) if counts[2] else low
        if low > high:
            raise PatternError(f"`{counts[0]}` asks for at least {low} and at most {high}", self.at)
        if high > _LONGEST:
            raise PatternError(f"a repeat of more than {_LONGEST} is not supported", self.at)
        self.at = counts.end()
        return low, high

    # -- one character

    def escape(self) -> Node:
        at = self.at
        letter = self.source[at + 1 : at + 2]
        if letter == "b":
            self.at += 2
            return Assertion("b")
        item = self.escaped(in_class=False)
        if isinstance(item, Chars):
            return item
        return Literal(item, at) if len(item) == 1 else Chars((item,), at=at)

    def escaped(self, *, in_class: bool) -> str | Chars:
        """A character, what stands for itself in a class (longer than one character), or a negated set."""
        at = self.at
        if at + 1 >= len(self.source):
            raise PatternError("`\\` at the end escapes nothing; a backslash that is meant is written `\\\\`", at)
        letter = self.source[at + 1]
        self.at += 2
        if letter in _SETS:
            return _SETS[letter]
        if letter.lower() in _SETS and not in_class:
            return Chars((_SETS[letter.lower()],), negated=True, at=at)
        if letter in _CONTROL:
            return _CONTROL[letter]
        if letter in _HEX:
            return self.code_point(at, _HEX[letter])
        if letter == "p":
            return self.property(at)
        if not letter.isascii() or not letter.isalnum():
            return letter
        raise PatternError(_why_not_escape(letter, in_class=in_class), at)

    def code_point(self, at: int, digits: int) -> str:
        code = self.source[self.at : self.at + digits]
        if not re.fullmatch(rf"[0-9a-fA-F]{{{digits}}}", code) or int(code, 16) > 0x10FFFF:
            raise PatternError(f"`{self.source[at : at + 2]}` needs {digits} hexadecimal digits of a character", at)
        self.at += digits
        return chr(int(code, 16))

    def property(self, at: int) -> str:
        found = re.compile(r"\{(\w+)\}").match(self.source, self.at)
        listed = ", ".join(PROPERTIES)
        if not found:
            raise PatternError(f"`\\p` is written `\\p{{NAME}}`, NAME one of: {listed}", at)
        if found[1] not in PROPERTIES:
            raise PatternError(f"unknown `\\p{{{found[1]}}}`{did_you_mean(found[1], PROPERTIES) or f'; known: {listed}'}", at)
        self.at = found.end()
        return PROPERTIES[found[1]]

    def chars(self) -> Node:
        at = self.at
        if _POSIX.match(self.source, at + 1):
            raise PatternError("`[:name:]` is not supported; write `\\p{…}` or the characters", at + 1)
        self.at += 1
        negated = self.take("^")
        items: list[Range | str] = []
        first = True
        while first or not self.source.startswith("]", self.at):
            if self.at >= len(self.source):
                raise PatternError("`[` is never closed; a bracket that is meant is written `\\[`", at)
            items.append(self.member())
            first = False
        self.at += 1
        return Chars(tuple(items), negated, at)

    def member(self) -> Range | str:
        at = self.at
        low = self.class_char()
        rest = self.source[self.at : self.at + 2]
        if len(low) > 1 or len(rest) < 2 or rest[0] != "-" or rest[1] == "]":
            return low if len(low) > 1 else Range(ord(low), ord(low))
        self.at += 1
        high = self.class_char()
        if len(high) > 1:
            raise PatternError("a range must end at a character", at)
        if high < low:
            raise PatternError(f"the range `{low}-{high}` runs backwards", at)
        return Range(ord(low), ord(high))

    def class_char(self) -> str:
        if self.source[self.at] == "\\":
            found = self.escaped(in_class=True)
            assert isinstance(found, str)
            return found
        self.at += 1
        return self.source[self.at - 1]


def _why_not_group(rest: str) -> str:
    if re.match(r"\(\?[aiLmsuxfwbeprV01-]+[:)]", rest):
        return "flags are not supported: patterns run over folded text, where case and width are gone; add `case: exact` where they matter"
    if rest.startswith("(?>"):
        return "atomic groups are not supported; write `(?:…)`"
    if re.match(r"\(\?P?<\w", rest):
        return "the only name a group may have is `value`: `(?P<value>…)`"
    if rest.startswith("(?#"):
        return "comments in patterns are not supported; use a YAML comment"
    return "not a supported group; supported: (…) (?:…) (?P<value>…) (?=…) (?!…) (?<=…) (?<!…)"


def _why_not_escape(letter: str, *, in_class: bool) -> str:
    if letter in "wW":
        return f"`\\{letter}` is not supported: it counts Han characters as letters of a word; write `[a-z0-9]` or `[\\p{{L}}\\p{{N}}]`"
    if letter.isdigit():
        return "back-references are not supported; use a kind such as `repetition` or `consistent`"
    if letter == "P":
        return "`\\P{…}` is not supported; write `[^\\p{…}]`"
    if in_class and letter in "bDS":
        return f"`\\{letter}` is not supported in a class"
    return f"`\\{letter}` is not supported; known: \\b \\d \\D \\s \\S \\n \\t \\p{{…}} \\xHH \\uHHHH and signs such as \\."
