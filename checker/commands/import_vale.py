"""A style of Vale as rules: what each of its extension points becomes, and what could not be carried over.

Every rule is tried before it is taken: it must report an example made from its own words or patterns, and leave another one alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from checker.commands.imported import Imported, Rule, braceless, tried
from checker.commands.vale_patterns import Look, check, look, message_of, scopes_of
from checker.errors import CheckerError
from checker.patterns import parse
from checker.patterns.sampling import samples_of
from checker.yamlfile import Loc, YamlFile, read

LEVELS = {"suggestion": "info", "warning": "warning", "error": "error"}
_HEADER = {"extends", "message", "level", "link", "scope", "description", "code", "vocab", "ignorecase", "nonword", "exceptions", "action"}
_OWN = {
    "existence": {"tokens", "raw", "append"},
    "substitution": {"swap"},
    "occurrence": {"max", "min", "token"},
    "repetition": {"tokens", "alpha", "max"},
    "consistency": {"either"},
    "conditional": {"first", "second"},
    "capitalization": {"match"},
}
_GOOD = ("Nothing.", "好。", "1", "# 1")
_WRAPS = {"title": "# {}", "heading": "# {}", "list": "- {}", "quote": "> {}", "table": "| 1 |\n|---|\n| {} |", "alt": "![{}](1.png)"}


def import_vale(folder: Path, name: str) -> Imported:
    """The rules of the `.yml` files in a folder, as Vale reads them. name: first part of the ids, "" for that of the folder."""
    files = sorted(folder.glob("*.yml")) if folder.is_dir() else []
    if not files:
        raise CheckerError("no style of Vale: a folder whose rules end in .yml / 不是 Vale 样式文件夹", str(folder))
    style = _slug(name or folder.resolve().name)
    rules: list[Rule] = []
    lost: list[str] = []
    instruments: dict[str, dict[str, Any]] = {}
    for path in files:
        try:
            file = read(path)
        except CheckerError as error:
            lost.append(str(error))
            continue
        converter = _Converter(file, f"{style}/{_slug(path.stem)}", f"{folder.resolve().name}: {path.stem}")
        rules += converter.rules()
        lost += [str(error) for error in (*file.errors, *converter.lost)]
        if converter.link and converter.made:
            instruments[converter.key] = {"title": converter.title, "url": converter.link}
    return Imported(rules, lost, len(files), instruments)


def _slug(name: str) -> str:
    """`HeadingAcronyms` → `heading-acronyms`: as ids of rules are written."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "-", name)
    return parted.strip("-").lower() or "vale"


class _Converter:
    """One file of a style. key, title, link: of what its rules rest on; lost: what is not carried over, at its place."""

    def __init__(self, file: YamlFile, id: str, title: str) -> None:
        self.file, self.id, self.title = file, id, title
        self.data: dict[str, Any] = file.data if isinstance(file.data, dict) else {}
        self.key = id.replace("/", "-")
        self.link = str(self.data.get("link") or "")
        self.lost: list[CheckerError] = []
        self.made = 0
        self.ignorecase, self.nonword, self.code = (self.data.get(key) == "true" for key in ("ignorecase", "nonword", "code"))

    def rules(self) -> list[Rule]:
        kinds: dict[str, Callable[[], Iterator[Rule]]] = {
            "existence": self.existence,
            "substitution": self.substitution,
            "occurrence": self.occurrence,
            "repetition": self.repetition,
            "consistency": self.consistency,
            "conditional": self.conditional,
            "capitalization": self.capitalization,
        }
        extends = str(self.data.get("extends"))
        if extends not in kinds:
            self.lose(("extends",), f"`{extends}` has no counterpart here: the rule is left out")
            return []
        for key in self.data:
            if key not in _HEADER | _OWN[extends]:
                self.lose((key,), "not carried over" + (": the rule is left out" if key == "pos" else ""))
        if "pos" in self.data:
            return []
        if odd := [key for key in ("max", "min") if key in _OWN[extends] and not re.fullmatch("[0-9]*", str(self.data.get(key) or ""))]:
            self.lose((odd[0],), f"`{self.data[odd[0]]}` is no count: the rule is left out")
            return []
        try:
            self.scopes, self.unit, reasons = scopes_of(self.data.get("scope"), code=self.code)
        except ValueError as error:
            self.lose(("scope",), f"{error}: the rule is left out")
            return []
        for reason in reasons:
            self.lose(("scope",), reason)
        made = [rule for rule in kinds[extends]() if rule]
        self.made = len(made)
        return made

    def lose(self, loc: Loc, reason: str) -> None:
        key = loc[0] if loc else ""
        self.lost.append(self.file.error(f"{key}: {reason}", loc, key=True))

    # -- what all have

    def rule(self, kind: str, own: Rule, message: str, at: Loc, bads: Iterable[str], goods: Iterable[str] = ()) -> Iterator[Rule]:
        """The rule with examples that hold; nothing, and why, where there are none. at: what it is made of, for what is lost."""
        number = self.made = self.made + 1
        rule: Rule = {"id": self.id if number == 1 else f"{self.id}--{number}", "kind": kind, "category": "terminology"}
        rule |= {"severity": LEVELS.get(str(self.data.get("level", "suggestion")), "warning"), "message": message}
        if self.data.get("description"):
            rule["why"] = str(self.data["description"])
        if self.link:
            rule["basis"] = [self.key]
        rule |= {"scopes": self.scopes} | own
        if excepts := self.excepts():
            rule["except"] = excepts
        wrap = next((_WRAPS[scope] for scope in self.scopes[:1] if scope in _WRAPS and scope != "title"), None)
        wrap = wrap or (_WRAPS["heading"] if self.scopes == ["title", "heading"] else "{}")
        wrapped = [wrap.replace("{}", bad) for bad in bads]
        found, reason = tried(rule, wrapped, [*(wrap.replace("{}", good) for good in goods if good), *_GOOD])
        if found is None:
            self.made -= 1
            self.lose(at, f"left out: {reason}")
        else:
            yield found

    def excepts(self) -> list[Any]:
        found: list[Any] = []
        for number, source in enumerate(_texts(self.data.get("exceptions"))):
            try:
                one = look(source, ignorecase=self.ignorecase, words=False)
                found.append(one.source if one.text == source and not re.search(r"[\\\[({|.?*+^$]", source) else one.as_cue())
            except ValueError as error:
                self.lose(("exceptions", number), str(error))
        return found

    def message(self, *values: str) -> str:
        return message_of(str(self.data.get("message") or "%s"), *values)

    def looks(self, key: str) -> list[Look]:
        """The tokens under a key; what cannot be looked for is lost."""
        found = []
        for number, source in enumerate(_texts(self.data.get(key))):
            try:
                found.append(look(source, ignorecase=self.ignorecase, words=not self.nonword))
            except ValueError as error:
                self.lose((key, number), str(error))
        return found

    def replaced(self) -> Rule:
        """What `action` does, as far as it can be done here."""
        action = self.data.get("action")
        if not isinstance(action, dict) or not action.get("name"):
            return {}
        name, params = str(action["name"]), _texts(action.get("params"))
        if name == "remove":
            return {"replace": ""}
        if name == "replace" and len(params) == 1:
            return {"replace": params[0].replace("\\", "\\\\")}
        if not (name == "replace" and self.data.get("extends") == "substitution"):
            self.lose(("action",), f"`{name}` is no fix here" if name != "replace" else "one replacement only can be a fix")
        return {}

    # -- extension points

    def existence(self) -> Iterator[Rule]:
        raw = "".join(_texts(self.data.get("raw")))
        own = self.replaced()
        if not raw:
            found = self.looks("tokens")
            if found:
                yield from self.rule("forbid", _match(found) | own, self.message("{match}"), ("tokens",), _bads(found))
            return
        tokens = _texts(self.data.get("tokens"))
        joined = "|".join(tokens)
        group = "" if not tokens else f"(?:{joined})" if self.nonword else rf"\b(?:{joined})\b"
        source = raw + group if self.data.get("append") != "true" or not tokens else group + raw
        try:
            one = look(source, ignorecase=self.ignorecase, words=False)
        except ValueError as error:
            self.lose(("raw",), str(error))
            return
        yield from self.rule("forbid", _match([one]) | own, self.message("{match}"), ("raw",), _bads([one]))

    def substitution(self) -> Iterator[Rule]:
        swap = self.data.get("swap")
        self.replaced()
        for observed, expected in swap.items() if isinstance(swap, dict) else ():
            at, wanted = ("swap", observed), str(expected or "")
            try:
                one = look(observed, ignorecase=self.ignorecase, words=not self.nonword)
            except ValueError as error:
                self.lose(at, str(error))
                continue
            own, shown = _match([one]), wanted.replace("|", " / ")
            text = re.sub(r"\$(\d)", r"\\\1", wanted.replace("\\", "\\\\"))
            if re.search(r"[\[({?*+]|\\\\", text):
                self.lose(at, f"`{wanted}` is a regular expression: reported, not fixed")
            elif "|" in wanted:
                self.lose(at, f"`{wanted}` are several: reported, not fixed")
            else:
                own["replace"] = text
            if one.is_term and wanted.lower().find(one.text.lower()) >= 0 and wanted != one.text:
                own["except"] = [{"terms": [wanted], "case": "exact"}] if one.exact else [wanted]
            shown = braceless(re.sub(r"\$\d", "…", shown))
            yield from self.rule("forbid", own, self.message(shown, "{match}"), at, _bads([one]), [wanted])

    def occurrence(self) -> Iterator[Rule]:
        token = str(self.data.get("token") or "")
        try:
            one = look(token, ignorecase=self.ignorecase, words=False)
        except ValueError as error:
            self.lose(("token",), str(error))
            return
        most, least = (int(str(self.data.get(key) or 0)) for key in ("max", "min"))
        limits: Rule = {key: count for key, count in (("most", most), ("least", least)) if count}
        own = limits | {"match": {"any": [one.as_cue()], "within": self.unit}}
        samples = _samples(one)
        bads = [" ".join([sample] * most + [f"⟦{sample}⟧"]) for sample in samples] if most else ["。", "1"]
        goods = [" ".join([sample] * (least or most)) for sample in samples]
        yield from self.rule("limit", own, self.message("{match}"), ("token",), bads, goods)

    def repetition(self) -> Iterator[Rule]:
        times = int(str(self.data.get("max") or 0)) + 2
        terms: list[str] = []
        for number, source in enumerate(_texts(self.data.get("tokens"))):
            if re.fullmatch(r"[\w' -]+", source):
                terms.append(" ".join([source] * times))
            else:
                self.lose(("tokens", number), f"`{source}`: what is the same twice is not known to patterns; see `quality/repeated-word`")
        if terms:
            own: Rule = {"terms": terms} | ({} if self.ignorecase else {"case": "exact"})
            yield from self.rule("forbid", own, self.message("{match}"), ("tokens",), [f"⟦{term}⟧" for term in terms])

    def consistency(self) -> Iterator[Rule]:
        either = self.data.get("either")
        for one, other in either.items() if isinstance(either, dict) else ():
            try:
                forms = [look(str(text), ignorecase=self.ignorecase, words=not self.nonword) for text in (one, other)]
            except ValueError as error:
                self.lose(("either", one), str(error))
                continue
            first, second = (_samples(form) for form in forms)
            bads = [f"{a}, {a}, ⟦{b}⟧" for a in first for b in second]
            own: Rule = {"forms": [form.as_cue() for form in forms]}
            yield from self.rule("consistent", own, self.message("{match}"), ("either", one), bads, first)

    def conditional(self) -> Iterator[Rule]:
        """First without second: where the groups that Vale compares can be one text only, nothing needs to be compared."""
        first, second = (str(self.data.get(key) or "") for key in ("first", "second"))
        one = re.fullmatch(r"(?:\\b)?\(([^()\\\[\]{}|.?*+^$]+)\)(?:\\b)?", first)
        if one is None or f"({one[1]})" not in second:
            self.lose(("first",), "what its group finds is compared with what that of `second` finds: rules cannot, left out")
            return
        try:
            wanted = look(second, ignorecase=self.ignorecase, words=False)
        except ValueError as error:
            self.lose(("second",), str(error))
            return
        found = look(one[1], ignorecase=self.ignorecase)
        own: Rule = {"match": {"any": [found.as_cue()]}, "when": {"none": [wanted.as_cue()]}}
        goods = [f"{sample}. {found.text}" for sample in _samples(wanted)]
        yield from self.rule("forbid", own, self.message("{match}"), ("first",), [f"⟦{found.text}⟧."], goods)

    def capitalization(self) -> Iterator[Rule]:
        wanted = str(self.data.get("match") or "")
        pattern, bads, goods = {
            "$lower": (r"\p{Lu}", ["⟦Abc⟧"], ["abc"]),
            "$upper": (r"\p{Ll}", ["⟦Abc⟧"], ["ABC"]),
            "$sentence": (r"^\p{Ll}", ["⟦abc abc⟧"], ["Abc abc"]),
            "$title": ("", [], []),
        }.get(
            wanted,
            (f"^(?!(?:{wanted.removeprefix('^').removesuffix('$')})$)", ["⟦abc⟧", "⟦Abc Abc⟧", "⟦ABC⟧", "⟦1⟧"], ["Abc abc", "abc", "ABC"]),
        )
        if wanted == "$title":
            self.lose(("match",), "title case depends on the sort of each word: rules cannot know it, left out")
            return
        if wanted == "$sentence":
            self.lose(("match",), "only that the first letter is a capital; capitals further on may be names")
        elif not wanted.startswith("$"):
            pattern += r"[^\n]"
        try:
            check(pattern, wanted, exact=True)
        except ValueError as error:
            self.lose(("match",), str(error))
            return
        if not wanted.startswith("$"):
            goods = [*samples_of(parse(wanted, exact=True).nodes), *goods]
        own: Rule = {"match": {"any": [{"patterns": [pattern], "case": "exact"}], "within": "block", "report": "unit"}}
        yield from self.rule("forbid", own, self.message("{match}"), ("match",), bads, goods)


def _texts(value: Any) -> list[str]:
    return [str(item) for item in (value if isinstance(value, list) else [value] if value is not None else [])]


def _match(looks: list[Look]) -> Rule:
    """The looks as `terms` and `patterns` where all are of one sort, else as cues."""
    terms, patterns = ([one.text for one in looks if one.is_term is wanted] for wanted in (True, False))
    exact = {one.exact for one in looks}
    if len(exact) == 1:
        return {key: value for key, value in (("terms", terms), ("patterns", patterns)) if value} | (
            {"case": "exact"} if exact == {True} else {}
        )
    return {"match": {"any": [one.as_cue() for one in looks]}}


def _samples(one: Look) -> list[str]:
    """Texts in which it stands."""
    return [one.text] if one.is_term else samples_of(parse(one.text, exact=one.exact).nodes)


def _bads(looks: list[Look]) -> Iterator[str]:
    for one in looks[:5]:
        for sample in _samples(one):
            yield f"⟦{sample}⟧"
            yield f"x ⟦{sample}⟧ x"
            yield f"x⟦{sample}⟧x"
