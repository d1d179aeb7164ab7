"""What rules call the site that publishes: `{site_name}` in messages and in wordings of statements."""

from __future__ import annotations

from operator import is_not

from checker.rule import Plan, Require, Rule, Text
from checker.values import replace

_HERE = {"zh": "本站", "en": "this site"}
_PLACEHOLDER = "{site_name}"


def with_site_name(plan: Plan, name: str) -> Plan:
    """The plan with a name in place of `{site_name}`; "" speaks of “this site”, in the language of the text. Cues stay what they are."""
    rules = tuple([_named(rule, name) for rule in plan.rules])
    return replace(plan, rules=rules) if any(map(is_not, rules, plan.rules)) else plan


def _named(rule: Rule, name: str) -> Rule:
    changes: dict[str, object] = {}
    if any(_PLACEHOLDER in text for texts in rule.messages.values() for text in texts.values()):
        changes["messages"] = {key: _text(texts, name) for key, texts in rule.messages.items()}
    if isinstance(rule, Require) and any(_PLACEHOLDER in text for _, texts in rule.texts for text in texts):
        changes["texts"] = tuple((lang, tuple(_put(text, lang, name) for text in texts)) for lang, texts in rule.texts)
    return replace(rule, **changes) if changes else rule


def _text(texts: Text, name: str) -> Text:
    return {lang: _put(text, lang, name) for lang, text in texts.items()}


def _put(text: str, lang: str, name: str) -> str:
    return text.replace(_PLACEHOLDER, name or _HERE["en" if lang == "en" else "zh"])
