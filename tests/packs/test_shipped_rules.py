"""What shipped rules carry beyond the schema: examples in three scripts, both languages, and a basis that says whom it binds."""

from __future__ import annotations

import re

import pytest

from checker.fold import fold_text
from checker.packs import load, shipped_rules
from checker.packs.entry import RuleEntry
from checker.schema.base import Texts

PACKS = load([shipped_rules()])
RULES = pytest.mark.parametrize("rule", PACKS.rules, ids=lambda rule: rule.id)
HAN, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")
# Rules that read words: articles come in three scripts. The others read marks, tags and bytes, or a text of one language.
OF_WORDS = ("source", "author", "disclaimer", "risk-warning", "ai-label", "advice", "returns", "promotion", "solicitation", "advertising")
ONE_LANGUAGE = {
    "law/uk-risk-warning": "the prescribed text is English",
    "law/mica-statement": "the prescribed text is English",
    "law/us-paid-description": "texts for readers in the United States",
    "law/news-source": "duties of licensed services in mainland China",
    "law/news-original-author": "duties of licensed services in mainland China",
    "law/news-original-title": "duties of licensed services in mainland China",
    "law/news-editor": "duties of licensed services in mainland China",
    "law/research-report-date": "reports of Chinese brokers",
    "law/research-report-issuer": "reports of Chinese brokers",
    "advertising/absolute-term": "a duty of Chinese advertising law",
    "advertising/unmarked": "a duty of Chinese advertising law",
    "advertising/wrong-label": "a duty of Chinese advertising law",
    "advertising/news-in-disguise": "a duty of Chinese advertising law",
    "advertising/investment-endorsement": "a duty of Chinese advertising law",
}


def script(text: str) -> str:
    """Hans, Hant, Latn, or "" where it cannot be told."""
    if HAN.search(text):
        return "Hant" if any(HAN.match(c) and fold_text(c) != c for c in text) else "Hans"
    return "Latn" if LATIN.search(text) else ""


@RULES
def test_a_rule_has_three_examples_of_each_kind(rule: RuleEntry) -> None:
    assert len({example.text for example in rule.bad}) >= 3, "bad"
    assert len({example.text for example in rule.good}) >= 3, "good"


@RULES
def test_a_rule_of_words_has_examples_in_three_scripts(rule: RuleEntry) -> None:
    if rule.model.category in OF_WORDS and rule.id not in ONE_LANGUAGE:
        assert {"Hans", "Hant", "Latn"} <= {script(example.text) for example in (*rule.bad, *rule.good)}


@RULES
def test_a_rule_speaks_both_languages(rule: RuleEntry) -> None:
    model = rule.model
    for text in (model.message, model.why, *model.messages.values()):
        assert isinstance(text, Texts)
        assert text.zh, text
        assert text.en, text


def test_what_a_rule_cites_was_seen_and_says_whom_it_binds() -> None:
    for rule in PACKS.rules:
        for key in rule.model.basis:
            instrument = PACKS.instruments[key]
            assert instrument.certainty != "UNVERIFIED", (rule.id, key)
            assert set(instrument.binds) == {"zh", "en"}, (rule.id, key)


def test_exceptions_are_not_out_of_date() -> None:
    assert ONE_LANGUAGE.keys() <= {rule.id for rule in PACKS.rules}
