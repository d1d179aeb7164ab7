"""`boilerplate` and the key `whole`: runs of links and labels that came along with a page, and lines that are nothing but such words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.compile import compile_plan
from checker.engine import Engine
from checker.packs import load

PACK = """\
lexicons:
  label:
    terms: [首页, 登录, 搜索, 关于, share, reply]
    {whole}
rules:
  - id: page/menu
    kind: {kind}
    category: leftover
    message: m
    scopes: [{scopes}]
    match: {{any: [label]}}
    {options}
    bad: ⟦x⟧
    good: y
"""


@pytest.fixture
def reported(tmp_path: Path) -> Callable[..., list[str]]:
    """What is reported in an article by a rule of one kind with these options."""

    def make(
        text: str, kind: str = "boilerplate", whole: str = "separated: false", scopes: str = "paragraph, list", **options: Any
    ) -> list[str]:
        (tmp_path / "pack.yaml").write_text(
            PACK.format(kind=kind, whole=whole, scopes=scopes, options="\n    ".join(f"{key}: {value}" for key, value in options.items())),
            encoding="utf-8",
        )
        checked = Engine(compile_plan(load([tmp_path]))).check_text(text)
        assert checked.failures == ()
        return [text[v.start.offset : v.end.offset] for v in checked.violations]

    return make


MENU = "- [首页](/)\n- [登录](/login)\n- [行情](/market)\n- [关于](/about)\n"
BUTTONS = "首页\n登录\n搜索\n"


def test_a_run_is_one_report_from_its_first_line_to_its_last(reported: Any) -> None:
    assert reported(f"{MENU}\n正文从这里开始。\n") == ["首页](/)\n- [登录](/login)\n- [行情](/market)\n- [关于"]


@pytest.mark.parametrize(
    ("text", "options", "count"),
    [
        (MENU, {"at_least": 4}, 1),
        (MENU, {"at_least": 5}, 0),
        (MENU.replace("行情", "一篇谈行情与政策的长文章的完整标题，三十个字以上，读者会想看的那一种标题"), {"at_least": 4}, 0),  # `longest`
        (MENU.replace("[行情](/market)", "行情今日平稳，[成交](/market)清淡，后市仍看数据"), {"at_least": 4}, 0),  # `links`
        (MENU.replace("[行情](/market)", "行情今日平稳，[成交](/market)清淡"), {"at_least": 4, "links": 0.1}, 1),
        (MENU, {"at_least": 4, "longest": 0}, 0),  # links do not count at all
        (BUTTONS, {"at_least": 3, "longest": 0}, 1),
        (BUTTONS.replace("登录\n", "登录\n取消\n"), {"at_least": 3, "longest": 0, "gap": 1}, 1),
        (BUTTONS.replace("登录\n", "登录\n取消\n"), {"at_least": 3, "longest": 0, "gap": 0}, 0),
        ("首页\n\n云端\n\n登录\n", {"at_least": 3, "gap": 0, "shortest": 4}, 1),
        ("首页\n\n云端。\n\n登录\n", {"at_least": 3, "gap": 0, "shortest": 4}, 0),  # a sentence is no label
        ("云端\n\n终端\n\n开发\n", {"at_least": 3, "shortest": 4}, 0),  # nothing in it is a word of pages
    ],
)
def test_the_keys_of_boilerplate(reported: Any, text: str, options: dict[str, Any], count: int) -> None:
    assert len(reported(f"{text}\n正文从这里开始，讲的是终端。\n", **options)) == count


@pytest.mark.parametrize(
    ("whole", "text", "expected"),
    [
        ("whole: 1", "首页\n\n关于首页的设计，本文有话要说。\n", ["首页"]),
        ("whole: 1", "【首页】\n\n正文。\n", ["【首页】"]),  # marks around it are part of the line
        ("whole: 1", "首页 登录\n\n正文。\n", ["首页 登录"]),
        ("whole: 2", "首页\n\n首页 | 登录 | 搜索\n", ["首页 | 登录 | 搜索"]),
        ("whole: 2", "首页登录有困难\n\n正文。\n", []),
        ("separated: false", "关于首页的设计，本文有话要说。\n", ["关于首页"]),
    ],
)
def test_a_term_that_takes_a_whole_line(reported: Any, whole: str, text: str, expected: list[str]) -> None:
    assert reported(text, kind="forbid", whole=whole, scopes="line, paragraph") == expected
