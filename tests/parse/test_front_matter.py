"""Front matter: what is none, what is broken, and where each value stands."""

from __future__ import annotations

import subprocess
import sys

import pytest

from checker.document import Builder, Document, Source
from checker.errors import CheckerError
from checker.parse.front_matter import INVALID, read_front_matter
from checker.parse.front_matter_lines import plain_values
from checker.parse.front_matter_yaml import yaml_values
from checker.text import Span


def read(text: str, format: str = "markdown") -> tuple[int, Document]:
    builder = Builder(Source("a.md", text), format)
    return read_front_matter(builder), builder.build()


def fields(text: str, format: str = "markdown") -> list[tuple[str, str, str]]:
    """(key, value, what stands at its span)."""
    _, document = read(text, format)
    return [(field.key, field.value, text[slice(*field.span)]) for field in document.fields]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "正文",
        "---\n\n一段话\n\n---\n又一段",
        "---\ntitle: 没有结尾\n\n正文",
        "---\nNote: this is prose.\n\nIt goes on and on, over\nseveral lines, and ends.\n---\n",
        "---\n- a\n- b\n---\n",
        "---\n《标题》\n---\n",
        "----\ntitle: x\n----\n",
        " ---\ntitle: x\n---\n",
        "note: x\n---\n正文",
        "title: x\n\n正文\n---\n",
        "title: 只是一句话\n正文接着写下去\n---\n",
        "+++\n快讯\n+++\n",
        "{% raw %}\n正文",
        '{"a": 1} is JSON',
        "{\n不是 JSON\n}\n",
        '"引文"开头的文章\n',
    ],
)
def test_no_front_matter(text: str) -> None:
    body, document = read(text)
    assert (body, document.fields, document.blocks, document.front_matter) == (0, (), (), Span(0, 0))


def test_only_markdown_has_front_matter_without_a_fence_above() -> None:
    assert read("title: x\ndate: 2026-01-02\n---\n", "plain")[0] == 0
    assert read('{"title": "x"}\n', "plain")[0] == 0


def test_plain_lines() -> None:
    text = (
        "---\r\ntitle: 比特币 还能买吗？\r\nDate: 2026-01-02 10:00:00 # 注\r\n# 注释\r\nauthor: \"张三\"\r\nq: '李 四'\r\n"
        "url: https://a.io/#x\r\nempty:\r\nnil: ~\r\nn: -5\r\n---\r\n正文"
    )
    assert fields(text) == [
        ("title", "比特币 还能买吗？", "比特币 还能买吗？"), ("date", "2026-01-02 10:00:00", "2026-01-02 10:00:00"),
        ("author", "张三", "张三"), ("q", "李 四", "李 四"), ("url", "https://a.io/#x", "https://a.io/#x"),
        ("empty", "", ""), ("nil", "", ""), ("n", "-5", "-5"),
    ]  # fmt: skip
    body, document = read(text)
    assert text[body:] == "正文"
    assert text[slice(*document.front_matter)] == text[: text.rindex("---") + 3]
    empty = next(field for field in document.fields if field.key == "empty")
    assert text[: empty.span.start].endswith("empty:")


def test_plain_lists() -> None:
    text = '---\ntags: [币圈, web 3]\ncats:\n  - 甲\n  - "乙"\nnone: []\nauthors:\n- 丙\n- \nx: y\n---\n'
    assert fields(text) == [
        ("tags", "币圈", "币圈"), ("tags", "web 3", "web 3"), ("cats", "甲", "甲"), ("cats", "乙", "乙"), ("none", "", ""),
        ("authors", "丙", "丙"), ("authors", "", ""), ("x", "y", "y"),
    ]  # fmt: skip


def test_what_needs_yaml() -> None:
    text = (
        "---\ntitle: |\n  稳赚\n  不赔\nSEO:\n  Desc: '一''二'\n  deep: {a: 1, b: [2, 3]}\nesc: \"a\\u4e00b\"\nfold: >-\n  x\n  y\n"
        "long: a\n  b\nlist:\n  - name: n\n    url: u\nnil: null\n---\n"
    )
    assert fields(text) == [
        ("title", "稳赚 不赔", "稳赚\n  不赔"), ("seo.desc", "一'二", "一''二"), ("seo.deep.a", "1", "1"), ("seo.deep.b", "2", "2"),
        ("seo.deep.b", "3", "3"), ("esc", "a一b", "a\\u4e00b"), ("fold", "x y", "x\n  y"), ("long", "a b", "a\n  b"),
        ("list.name", "n", "n"),
        ("list.url", "u", "u"), ("nil", "", ""),
    ]  # fmt: skip
    nil = next(field for field in read(text)[1].fields if field.key == "nil")
    assert text[: nil.span.start].endswith("nil:")


def test_yaml_offsets_beyond_the_first_plane() -> None:
    assert fields("---\na: {x: 😀, y: 二}\nb: 三\n---\n") == [("a.x", "😀", "😀"), ("a.y", "二", "二"), ("b", "三", "三")]


@pytest.mark.parametrize(
    "lines",
    [
        "a: b", "a: 'b'", 'a: "b c"  # d', "a: b#c", "a: [x, y z]", "a:\n  - x\n  - 'y'", "a: -1", "a: b:c", "a: 2026-01-02", "a: ~", "a:",
        "a: b  ", "a: x? y!", "a:\n# c\n- x", "a: [x]\nb: y", "a: b\n\nc: d", "a: =", "a: 你好，世界", "a: [ ]", "a: [x,]", "a-b: c",
    ],
)  # fmt: skip
def test_plain_lines_mean_what_yaml_means(lines: str) -> None:
    source = Source("a.md", lines)
    content = Span(0, len(lines))
    plain = plain_values(lines, content)
    assert plain is not None
    assert [value[:3] for value in plain] == [value[:3] for value in yaml_values(source, content) or []]


@pytest.mark.parametrize(
    "lines",
    [
        "a: b: c", "a: [x: y]", "a: *b", "a: &b c", "a: !t b", "a: |\n  b", "a: {b: c}", "a: b\n c", "a: b:", "a: - b", "a: ? b", "a: %b",
        "a: @b", "a: `b", "a: 'b''c'", 'a: "b\\n"', "a:\n  b: c", "a: [x, [y]]", "a: b\n- c", "a:\n  - x\n - y", "a:\n  - x: y", "- a",
        "? a", "a:\tb", "a b: c", "a: 'b' c", "a:\n  - x\n    y", "a: \u2028b",
    ],
)  # fmt: skip
def test_all_else_is_left_to_yaml(lines: str) -> None:
    assert plain_values(lines, Span(0, len(lines))) is None


def test_plain_lines_need_no_yaml() -> None:
    code = (
        "import sys; from checker.document import Builder, Source; from checker.parse.front_matter import read_front_matter;"
        "assert read_front_matter(Builder(Source('a.md', '---\\ntitle: x\\ntags:\\n  - y\\n---\\n'), 'markdown'));"
        "print('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_title_and_language() -> None:
    text = "---\ntitle: '稳赚''不赔'\nlang: en\n---\n"
    document = read(text)[1]
    block = document.blocks[0]
    assert (block.scope, document.visible.text[block.start : block.end], document.lang) == ("title", "稳赚'不赔", "en")
    assert text[slice(*document.visible.span(block.start, block.end))] == "稳赚''不赔"
    assert [b.scope for b in document.blocks[1:]] == ["front_matter.lang"]
    assert read("---\nlanguage: zh-CN\n---\n")[1].lang == "zh-CN"
    assert read("---\ntitle:\n---\n")[1].blocks == ()


def test_a_title_of_several_lines_reads_as_one() -> None:
    text = "---\ntitle: >\n  稳赚\n  不赔\n---\n"
    document = read(text)[1]
    at = document.visible.text.index("稳赚不赔")
    assert text[slice(*document.visible.span(at, at + 4))] == "稳赚\n  不赔"


def test_empty_front_matter() -> None:
    text = "---\n\n---\n正文"
    body, document = read(text)
    assert (text[body:], document.front_matter, document.fields) == ("正文", Span(0, 8), ())


def test_yaml_may_end_with_dots() -> None:
    assert fields("---\na: b\n...\n正文") == [("a", "b", "b")]


@pytest.mark.parametrize(
    ("text", "line", "kept"),
    [
        ("---\ntitle: 比特币: 新高\ndate: 2026-01-02\n---\n", 2, [("title", "比特币: 新高"), ("date", "2026-01-02")]),
        ("---\ntitle: x\ntags: [a, b\nauthor: y\n---\n", 4, [("title", "x"), ("tags", "[a, b"), ("author", "y")]),
        ('---\ntitle: "没有结尾\nauthor: y\n---\n', 4, [("title", "没有结尾"), ("author", "y")]),
        ("---\ntitle: x\n\tdate: y\n---\n", 3, [("title", "x")]),
        ("---\ntitle: *x\n---\n", 2, [("title", "*x")]),
        ("---\ntitle:没有空格\ndate:2026\n---\n", 2, [("title", "没有空格"), ("date", "2026")]),
        (
            "---\na: &a [x]\nb: &b [*a, *a]\nc: \x07\nd: [\x07]\n---\n",
            2,
            [("a", "&a [x]"), ("b", "&b [*a, *a]"), ("c", "\x07"), ("d", "[\x07]")],
        ),
    ],
)
def test_broken_yaml_is_read_by_line_and_told_at_its_line(text: str, line: int, kept: list[tuple[str, str]]) -> None:
    source, document = Source("a.md", text), read(text)[1]
    invalid, *fields = document.fields
    assert (invalid.key, source.lines.position(invalid.span.start).line) == (INVALID, line)
    assert [(field.key, field.value) for field in fields] == kept


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 3000 + "]" * 3000 + "\n---\n",
        "---\na:\n" + "".join(f"{' ' * depth}k:\n" for depth in range(1, 1300)) + "---\n",
        "---\na: &a [*a]\n---\n",
        "---\na: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True))
        + "---\n",
        "---\na: {b: c}\nd: " + "x" * (1 << 20) + "\n---\n",
    ],
    ids=["brackets", "indents", "itself", "aliases", "size"],
)
def test_front_matter_made_to_harm_is_no_more_than_invalid(text: str) -> None:
    assert read(text)[1].fields[0].key == INVALID


def test_toml_made_to_harm_is_an_error() -> None:
    with pytest.raises(CheckerError):
        read("+++\na = " + "[" * 5000 + "]" * 5000 + "\n+++\n")


def test_toml() -> None:
    text = (
        '+++\ntitle = "稳赚不赔" # 注\ndate = 2026-01-02T10:00:00+08:00 # 注\ntags = ["a", \'b\', "ab"]\ndraft = true\nweight = 1_000\n'
        'empty = ""\n'
        '[params]\nauthor = "张三"\n"seo.x" = 1\n[params.deep]\nk = """\n一\n二"""\n[[list]]\nv = "1"\n[[list]]\nv = "2"\n'
        'esc = "a\\u4e00"\ninline = {p = "q", r = 5}\n+++\n正文'
    )
    assert fields(text) == [
        ("title", "稳赚不赔", "稳赚不赔"), ("date", "2026-01-02T10:00:00+08:00", "2026-01-02T10:00:00+08:00"), ("tags", "a", "a"),
        ("tags", "b", "b"), ("tags", "ab", "ab"), ("draft", "true", "true"), ("weight", "1_000", "1_000"), ("empty", "", ""),
        ("params.author", "张三", "张三"), ("params.seo.x", "1", "1"), ("params.deep.k", "一 二", '"""\n一\n二"""'), ("list.v", "1", "1"),
        ("list.v", "2", "2"), ("list.esc", "a一", '"a\\u4e00"'), ("list.inline.p", "q", "q"), ("list.inline.r", "5", "5"),
    ]  # fmt: skip
    body, document = read(text)
    assert (text[body:], document.visible.text.split("\n")[0]) == ("正文", "稳赚不赔")


def test_broken_toml_is_an_error_at_its_place() -> None:
    with pytest.raises(CheckerError) as raised:
        read('+++\ntitle = "x"\ndate = 01/02\n+++\n')
    assert (raised.value.line, raised.value.column) == (3, 9)


def test_hexo() -> None:
    text = "title: 比特币\ndate: 2026-01-02\ntags:\n- a\n---\n正文"
    assert fields(text) == [("title", "比特币", "比特币"), ("date", "2026-01-02", "2026-01-02"), ("tags", "a", "a")]
    assert text[read(text)[0] :] == "正文"


def test_json() -> None:
    text = '{\n  "title": "比特币",\n  "tags": ["a", "b"],\n  "n": {"m": 1}\n}\n\n正文'
    assert fields(text) == [("title", "比特币", "比特币"), ("tags", "a", "a"), ("tags", "b", "b"), ("n.m", "1", "1")]
    assert text[read(text)[0] :] == "\n正文"
    text = '"title": "比特币",\n"date": "2026"\n;;;\n正文'
    assert fields(text) == [("title", "比特币", "比特币"), ("date", "2026", "2026")]
    assert fields(f";;;\n{text}") == [("title", "比特币", "比特币"), ("date", "2026", "2026")]
