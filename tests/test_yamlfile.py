"""YAML with places: plain data, and the line and column of whatever an error speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import CheckerError
from checker.yamlfile import Data, parse, read


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("a: no\nb: 2026-02-06\nc: 1:30\nd: 007\ne: 1e3\n", {"a": "no", "b": "2026-02-06", "c": "1:30", "d": "007", "e": "1e3"}),
        ("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n", {"a": None, "b": None, "c": None, "d": "", "e": "null"}),
        ("- [币, {a: b}]\n", [["币", {"a": "b"}]]),
        ("\ufeffa: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    ],
)
def test_data_is_text(text: str, data: Data) -> None:
    assert parse(text.removeprefix("\ufeff"), "p.yaml").data == data


TEXT = """\
# 规则
rules:
  - id: a/b
    terms: [稳赚, '不''赔币', "𠀀\\u5e01\\"币", 保 本]
    block: |
      一二
      三币四
    folded: >
      五
      六
"""


@pytest.mark.parametrize(
    ("loc", "key", "offset", "place"),
    [
        ((), False, None, (2, 1)),
        (("rules",), True, None, (2, 1)),
        (("rules",), False, None, (3, 3)),
        (("rules", 0), False, None, (3, 5)),
        (("rules", 0, "id"), False, None, (3, 9)),
        (("rules", 0, "terms"), True, None, (4, 5)),
        (("rules", 0, "terms", 0), False, None, (4, 13)),
        (("rules", 0, "terms", 0), False, 1, (4, 14)),
        (("rules", 0, "terms", 1), False, 3, (4, 22)),
        (("rules", 0, "terms", 2), False, 2, (4, 34)),
        (("rules", 0, "terms", 2), False, 3, (4, 36)),
        (("rules", 0, "terms", 3), False, 2, (4, 42)),
        (("rules", 0, "block"), False, 0, (6, 7)),
        (("rules", 0, "block"), False, 4, (7, 8)),
        (("rules", 0, "folded"), False, 2, (8, 13)),
        (("rules", 0, "missing"), False, None, (3, 5)),
        (("rules", 0, "<tag>", "id"), False, None, (3, 9)),
        (("rules", 7), False, None, (3, 3)),
    ],
)
def test_places(loc: tuple[str | int, ...], key: bool, offset: int | None, place: tuple[int, int]) -> None:
    assert parse(TEXT, "p.yaml").place(loc, key=key, offset=offset) == place


def test_the_place_of_a_character_is_where_it_stands() -> None:
    lines = TEXT.split("\n")
    file = parse(TEXT, "p.yaml")
    for loc, value in ((("rules", 0, "terms", 0), "稳赚"), (("rules", 0, "block"), "一二\n三币四")):
        for offset, char in enumerate(value):
            if char != "\n":
                line, column = file.place(loc, offset=offset)
                assert lines[line - 1][column - 1] == char


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", "p.yaml:3:1: duplicate key `a`: first given on line 1"),
        ("a: {b: 1, c: 2, b: 3}\n", "p.yaml:1:17: duplicate key `b`: first given on line 1"),
        ("a: &x [1]\nb: *x\n", "p.yaml:2:1: aliases (`*name`) are not supported; for word lists use a lexicon and `include`"),
        ("? [a]\n: 1\n", "p.yaml:1:3: a key must be plain text"),
    ],
)
def test_what_can_be_said_without_a_schema(text: str, message: str) -> None:
    assert [str(error) for error in parse(text, "p.yaml").errors] == [message]


def test_a_list_that_holds_itself_ends() -> None:
    file = parse("a: &x [b, *x]\n", "p.yaml")
    assert (file.data, len(file.errors)) == ({"a": ["b", None]}, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1,\nb: 2", "p.yaml:3:1: no valid YAML: while parsing a flow sequence did not find expected ',' or ']'"),
        ("a: b: c", "p.yaml:1:5: no valid YAML: mapping values are not allowed in this context"),
        ("a:\n\t- b", "p.yaml:2:1: no valid YAML: while scanning for the next token found character that cannot start any token"),
        ("a: *b", "p.yaml:1:4: no valid YAML: found undefined alias"),
        ("a: 1\n---\nb: 2\n", "p.yaml:2:1: no valid YAML: expected a single document in the stream but found another document"),
        ("a: 币\nb: \x01c", "p.yaml:2:4: no valid YAML: control characters are not allowed"),
    ],
)
def test_syntax_errors_have_their_place(text: str, message: str) -> None:
    with pytest.raises(CheckerError) as caught:
        parse(text, "p.yaml")
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["[" * 20_000 + "]" * 20_000, "{a: " * 20_000, "[" * 980 + "]" * 980])
def test_nesting_without_end_is_an_error(text: str) -> None:
    with pytest.raises(CheckerError, match=r"^p\.yaml:1:\d+: no valid YAML: "):
        parse(text, "p.yaml")


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes("a: 1\nb: 币安\n".encode("gb18030"))
    with pytest.raises(CheckerError) as caught:
        read(path)
    assert str(caught.value) == f"{path}:2:1: is not UTF-8; save it as UTF-8"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CheckerError) as caught:
        read(tmp_path / "p.yaml")
    assert str(caught.value) == f"{tmp_path / 'p.yaml'}: cannot be read: No such file or directory"
