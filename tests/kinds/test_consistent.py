"""`consistent`: one spelling per article."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("比特币与比特币", []),
        ("", []),
        ("以太坊", []),
        ("以太坊，以太坊，以太币", ["以太币"]),
        ("以太币，以太坊", ["以太币"]),  # a tie: the first one named is usual
        ("以太币，以太坊，以太币", ["以太坊"]),
    ],
)
def test_the_rarer_spellings(rule: Any, cue: Any, reported: Any, text: str, expected: list[str]) -> None:
    forms = [cue("以太坊"), cue("以太币"), cue("以太")]
    assert reported(rule("consistent", forms=(0, 1, 2)), forms, text or "无") == expected


def test_the_usual_spelling_is_named_and_shown(rule: Any, cue: Any, run: Any) -> None:
    _, [hit] = run(rule("consistent", forms=(0, 1)), [cue("以太坊"), cue("以太币")], "以太坊、以太坊、以太币")
    assert dict(hit.values) == {"expected": "以太坊", "count": "2"}
    assert (hit.related, hit.replace) == (((0, 3, "以太坊"),), "以太坊")
