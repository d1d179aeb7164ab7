"""`numbering`: lists that were typed, and numbers that are no lists."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "pieces",
    [
        ["1,5G时代", "2,大数据", "3,区块链"],
        ["1. 甲", "2. 乙", "3. 丙", "1. 丁", "2. 戊"],
        ["2021,年初", "2022,年中", "2024,年末"],
        ["1.5倍", "3.7倍", "5.2倍"],
        ["1,500 人", "3,700 人", "9,100 人"],
        ["10:30 开会", "11:45 散会", "14:00 再开"],
        ["1 月，甲公司上市", "3 月，公司回购", "5 月，完成"],
        ["1、甲", "3、丙"],
        ["一、甲", ("heading", "二、乙", 2), "三、丙", "四、丁"],
        ["1、甲", "2、乙", ("list", "丙", 1), "4、丁"],
        ["1. 甲", "1) 子", "2) 丑", "3) 寅", "2. 乙", "3. 丙"],
        ["第一，甲", "一、子", "第二，乙", "二、丑", "第三，丙", "三、寅"],
        [("table", "1、甲"), ("table", "2、乙"), ("table", "5、丙")],
        ["35、甲", "36、乙", "39、丙"],
        ["十九、甲", "二十、乙", "二十一、丙"],
    ],
)
def test_nothing_is_wrong(rule: Any, reported: Any, pieces: list[Any]) -> None:
    assert reported(rule("numbering"), [], *pieces) == []


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["1,甲", "2,乙", "5,丙", "6,丁"], ["5,"]),
        (["1,5G时代", "正文", "2 ,大数据", "3 ,竞争", "5 互联网", "6,共识"], ["2 ,", "3 ,", "5 "]),
        (["1,5G时代", "2 ,大数据", "3 ,竞争", "4 ,集群", "5 互联网", "6,共识"], ["1,", "5 ", "6,"]),
        (["1、甲\n2、乙\n4、丙"], ["4、"]),
        (["1、甲", "2. 乙", "3、丙", "4、丁"], ["2."]),
        (["第一,甲", "第二,乙", "第三,丙", "第四 ,丁", "第六,戊"], ["第四 ,", "第六,"]),
        (["（一）甲", "（二）乙", "（四）丙"], ["（四）"]),
        (["十一、", "一、甲", "二、乙", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、", "十二、"], ["十二、"]),
    ],
)
def test_what_breaks_a_list_is_reported(rule: Any, reported: Any, pieces: list[Any], expected: list[str]) -> None:
    assert reported(rule("numbering"), [], *pieces) == expected


def test_other_styles_and_checks(rule: Any, run: Any, reported: Any) -> None:
    assert reported(rule("numbering", styles=("circled",)), [], "①甲", "②乙", "④丙") == ["④"]
    assert reported(rule("numbering", styles=("roman",)), [], "i. a", "ii. b", "iv. c") == ["iv."]
    assert reported(rule("numbering", styles=("latin",)), [], "a) x", "b) y", "d) z") == ["d)"]
    assert reported(rule("numbering", check=("gap",)), [], "1、甲", "2. 乙", "3、丙") == []
    _, [gap] = run(rule("numbering"), [], "1、甲", "2、乙", "5、丙")
    assert gap.values == (("expected", "3"), ("value", "5"))
    _, [mark] = run(rule("numbering"), [], "1、甲", "2、乙", "3.丙")
    assert mark.values == (("expected", "3、"), ("value", "3"))
