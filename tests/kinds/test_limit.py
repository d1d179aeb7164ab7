"""`limit`: too many, too few, too long."""

from __future__ import annotations

from typing import Any

import pytest

from checker.rule import Context, Match

ANY = Match(any=(0,), within="article")


@pytest.mark.parametrize(
    ("fields", "pieces"),
    [
        ({"most": 2}, ["最好", "最大"]),
        ({"most": 1, "match": Match(any=(0,))}, ["最好。最大。"]),
        ({"least": 1}, ["最好"]),
        ({"most": 5, "count": "characters", "match": Match(within="block")}, [" 五个字啊！ ", ("code-block", "很长很长很长")]),
        ({"least": 1, "match": ANY._replace(within="block")}, ["最好", ("url", "空")]),
        ({"most": 1}, ["最好，不要最大"]),
    ],
)
def test_within_the_limit(rule: Any, cue: Any, reported: Any, fields: Any, pieces: Any) -> None:
    limit = rule("limit", **{"match": ANY, "unless": ("negated",), **fields})
    assert reported(limit, [cue("最好", "最大"), cue("不要")], *pieces, contexts=[Context("negated", (1,))]) == []


@pytest.mark.parametrize(
    ("fields", "pieces", "expected", "count"),
    [
        ({"most": 1}, ["最好", "最大、最大"], ["最大"], "3"),
        ({"most": 0}, ["最好"], ["最好"], "1"),
        ({"least": 2}, ["最好"], [""], "1"),
        ({"least": 1}, ["甲"], [""], "0"),
        ({"least": 1, "match": ANY._replace(within="block")}, ["最好", "甲"], [""], "0"),
        ({"most": 1, "match": Match(any=(0,))}, ["最好，最大。最好"], ["最大"], "2"),
        ({"most": 3, "count": "characters", "match": Match(within="block")}, [" 五个字啊！ "], ["五个字啊！"], "5"),
        ({"most": 2, "count": "characters", "match": Match()}, ["甲乙。甲乙丙。甲"], ["甲乙。", "甲乙丙。"], "3"),
        ({"least": 9, "count": "characters", "match": Match(within="article")}, ["短"], [""], "1"),
    ],
)
def test_beyond_the_limit(rule: Any, cue: Any, run: Any, fields: Any, pieces: Any, expected: list[str], count: str) -> None:
    reading, hits = run(rule("limit", **{"match": ANY, **fields}), [cue("最好", "最大")], *pieces)
    assert [reading.document.visible.text[hit.start : hit.end] for hit in hits] == expected
    assert dict(hits[0].values)["count"] == count
