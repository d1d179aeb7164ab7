"""Messages name what stands in the article, never how a pack calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.compile import compile_rules
from checker.engine import Engine, Settings
from checker.packs import load

PACK = """\
lexicons:
  buy-act: {terms: [买入, 买, buy]}
  coin: {terms: [比特币, 以太坊, bitcoin]}
  nudge: {terms: [建议, 赶紧]}
  calm: {terms: [冷静]}
  many: {terms: [甲一, 乙一, 丙一, 丁一, 戊一, 己一, 庚一]}
rules:
  - id: house/nudge
    kind: forbid
    category: advice
    message: {zh: "荐买（{cues}）", en: "Nudges ({cues})"}
    match:
      score: {buy-act: 1, coin: 1, nudge: 1, calm: -1}
      at_least: 2
    bad: ["⟦买入比特币⟧"]
    good: ["买"]
  - id: house/all
    kind: forbid
    category: promotion
    message: {zh: "{cues}", en: "{cues}"}
    match: {all: [coin, {terms: [返佣]}], any: [many], within: block}
    bad: ["⟦比特币返佣甲一⟧"]
    good: ["买"]
  - id: house/source
    kind: forbid
    category: leftover
    message: "raw {cues}"
    scopes: [raw]
    match: {all: [{terms: [开头]}, {terms: [结尾]}]}
    bad: ["⟦开头，结尾⟧"]
    good: ["买"]
"""


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packs") / "house.yaml"
    path.write_text(PACK, encoding="utf-8")
    return path


def messages(path: Path, text: str, lang: str = "zh") -> list[str]:
    packs = load([path])
    engine = Engine(compile_rules(packs, packs.rules), Settings(lang))
    return [violation.message for violation in engine.check_text(text).violations]


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("建议冷静地买入比特币。", "荐买（“建议” + “买入” + “比特币”）", "Nudges (“建议” + “买入” + “比特币”)"),
        (
            "赶紧**買入**以太坊，買入。",
            "荐买（“赶紧” + “買入” + “以太坊”）（还原后：“赶紧买入以太坊”）",
            "Nudges (“赶紧” + “買入” + “以太坊”) (reads as “赶紧买入以太坊”)",
        ),
        ("赶紧 BUY Bitcoin now.", "荐买（“赶紧” + “BUY” + “Bitcoin”）", "Nudges (“赶紧” + “BUY” + “Bitcoin”)"),
        ("比特币返佣，甲一。", "“比特币” + “返佣” + “甲一”", "“比特币” + “返佣” + “甲一”"),
        ("<b>开头</b>是结尾", "raw “开头” + “结尾”", "raw “开头” + “结尾”"),
    ],
)
def test_what_counted_is_named_as_it_stands_there(packs: Path, text: str, zh: str, en: str) -> None:
    assert messages(packs, text) == [zh]
    assert messages(packs, text, "en") == [en]


def test_of_many_words_some_are_named(tmp_path: Path) -> None:
    words = ["甲一", "乙一", "丙一", "丁一", "戊一", "己一", "庚一"]
    text = "lexicons:\n" + "".join(f"  l{n}: {{terms: [{word}]}}\n" for n, word in enumerate(words))
    score = ", ".join(f"l{n}: 1" for n in range(len(words)))
    rule = f"id: a/b, kind: forbid, category: advice, message: '{{cues}}', match: {{score: {{{score}}}, at_least: 7}}, bad: ⟦a⟧, good: a"
    (tmp_path / "p.yaml").write_text(f"{text}rules: [{{{rule}}}]\n", encoding="utf-8")
    assert messages(tmp_path / "p.yaml", "，".join(words)) == ["“甲一” + “乙一” + “丙一” + “丁一” + “戊一” + “己一” …"]


def test_no_shipped_message_shows_the_name_of_a_lexicon() -> None:
    """Of every rule that names its cues, its own examples: the words between the brackets stand in the example."""
    from checker.examples import ASSUMED, unmarked
    from checker.packs import shipped_rules

    packs = load([shipped_rules()])
    entries = [entry for entry in packs.rules if "{cues}" in str(entry.text("message"))]
    assert len(entries) > 5
    for entry in entries:
        engine = Engine(compile_rules(packs, [entry], subjects=False))
        for example in entry.bad:
            text = unmarked(example.text)[0]
            for violation in engine.check_text(text, example.path, assume=ASSUMED).violations:
                named = violation.message.split("（")[1].split("）：")[0].removesuffix(" …")
                assert all(word.strip("“”")[:3] in text for word in named.split(" + ")), violation.message
