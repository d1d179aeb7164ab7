"""`repetition`: the same again."""

from __future__ import annotations

from typing import Any

import pytest

LONG = "这一段话说了整整二十个字还要多一些才行。"


@pytest.mark.parametrize(
    ("fields", "pieces"),
    [
        ({}, [LONG, LONG[:-2]]),
        ({}, ["短话。", "短话。"]),
        ({}, [LONG, ("code-block", LONG), ("chrome", LONG)]),
        ({}, [LONG + LONG]),
        ({"unit": "sentence", "at_least": 30}, [LONG + LONG]),
        ({"unit": "line"}, [LONG + "一\n" + LONG]),
    ],
)
def test_no_repetition(rule: Any, reported: Any, fields: Any, pieces: Any) -> None:
    assert reported(rule("repetition", **fields), [], *pieces) == []


@pytest.mark.parametrize(
    ("fields", "pieces", "expected"),
    [
        ({}, [LONG, "别的", LONG, LONG], [LONG, LONG]),
        ({}, [LONG + "OKX", LONG + "okx"], [LONG + "okx"]),
        ({"unit": "sentence"}, [LONG + LONG], [LONG]),
        ({"unit": "line"}, [LONG + "\n" + LONG], [LONG]),
        ({"at_least": 2}, ["短话。", "短话。"], ["短话。"]),
    ],
)
def test_repetition(rule: Any, reported: Any, fields: Any, pieces: Any, expected: list[str]) -> None:
    assert reported(rule("repetition", **fields), [], *pieces) == expected


def test_the_first_one_is_shown(rule: Any, run: Any) -> None:
    _, [hit] = run(rule("repetition"), [], "开头", LONG, LONG)
    assert hit.values == (("line", "3"), ("first", LONG))
    assert hit.related == ((3, 3 + len(LONG), ""),)
