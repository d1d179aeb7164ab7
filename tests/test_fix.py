"""`--fix` from the command line: what is inserted where, what stays as it was, and that a second run is clean."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.cli import main
from checker.fixes import applied
from checker.text import LineIndex
from checker.violation import Fix

PACK = """\
rules:
  - id: house/note
    kind: require
    fact: disclaimer
    category: disclaimer
    severity: error
    message: {zh: 缺少声明, en: The note is missing}
    any_of: [{terms: [不构成投资建议, no investment advice]}]
    texts: {zh: 本文不构成投资建议。, en: This is no investment advice.}
    bad: 正文。
    good: 本文不构成投资建议。
  - id: house/dash
    kind: forbid
    category: typography
    severity: error
    message: {zh: 破折号, en: dash}
    patterns: ['(?<=\\p{Han})--(?=\\p{Han})']
    case: exact
    replace: ——
    bad: 甲⟦--⟧乙
    good: 甲——乙
  - id: house/share
    kind: forbid
    category: leftover
    severity: error
    message: {zh: 残留, en: leftover}
    terms: [点击分享到朋友圈]
    replace: ''
    bad: ⟦点击分享到朋友圈⟧
    good: 分享
  - id: house/tilde
    kind: forbid
    category: typography
    severity: error
    message: {zh: 波浪号, en: tilde}
    patterns: ['(?<=\\p{Han})~(?=。)']
    replace: ''
    bad: 甲⟦~⟧。
    good: 甲。
  - id: house/coin
    kind: forbid
    category: terminology
    severity: error
    message: {zh: 用语, en: term}
    terms: [数字币]
    replace: 虚拟货币
    bad: ⟦数字币⟧
    good: 虚拟货币
"""
NOTE = "本文不构成投资建议。"


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack, at one place for all tests, so that it is compiled once."""
    path = tmp_path_factory.mktemp("packs") / "house.yaml"
    path.write_text(PACK, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, house: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".checker.yaml").write_text(f"packs: ['{house}']\nselect: [house]\nlang: en\n", encoding="utf-8")


def fixed(text: str, name: str = "a.md", *options: str, encoding: str = "utf-8") -> str:
    """What `--fix` makes of an article; fixing again changes nothing."""
    path = Path(name)
    path.write_bytes(text.encode(encoding))
    main(["check", "-q", "--fix", *options, name])
    first = path.read_bytes()
    main(["check", "-q", "--fix", *options, name])
    assert path.read_bytes() == first
    return first.decode(encoding)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("正文。", f"正文。\n\n{NOTE}"),
        ("正文。\n", f"正文。\n\n{NOTE}\n"),
        ("正文。\r\n", f"正文。\r\n\r\n{NOTE}\r\n"),
        ("正文。\n\n标签：行情\n", f"正文。\n\n{NOTE}\n\n标签：行情\n"),
        ("正文。\n标签：行情\n", f"正文。\n\n{NOTE}\n\n标签：行情\n"),
        ("正文。\n\n---\n\n#行情# #市场#\n", f"正文。\n\n{NOTE}\n\n---\n\n#行情# #市场#\n"),
        ("正文[^1]。\n\n[^1]: 注\n", None),
        ("正文。\n\n- 甲\n- 乙\n", f"正文。\n\n- 甲\n- 乙\n\n{NOTE}\n"),
        ("正文。\n\n```\nx = 1\n```\n", f"正文。\n\n```\nx = 1\n```\n\n{NOTE}\n"),
        ("---\ntitle: 题\n---\n正文。\n", f"---\ntitle: 题\n---\n正文。\n\n{NOTE}\n"),
        ("The market was calm.\n", "The market was calm.\n\nThis is no investment advice.\n"),
        (f"{NOTE}\n", f"{NOTE}\n"),
    ],
)
def test_a_missing_statement_is_inserted_behind_the_body(before: str, after: str | None) -> None:
    result = fixed(before)
    assert result == after if after is not None else NOTE in result
    assert main(["check", "-q", "a.md"]) == 0


def test_in_html_it_stands_behind_the_last_paragraph() -> None:
    page = "<html><body><article><p>正文<b>甲</b></p></article><footer><p>关于</p></footer></body></html>"
    assert fixed(page, "a.html") == page.replace("</p></article>", f"</p>\n<p>{NOTE}</p></article>")


def test_the_config_gives_the_wording_of_the_house() -> None:
    with Path(".checker.yaml").open("a", encoding="utf-8") as config:
        config.write("texts: {house/note: {zh: 以上内容为市场信息。}}\n")
    assert fixed("正文。\n") == "正文。\n\n以上内容为市场信息。\n"
    assert fixed("The market.\n") == "The market.\n"


def test_a_wording_names_the_site() -> None:
    before = Path(".checker.yaml").read_text(encoding="utf-8")
    wording = "texts: {house/note: {zh: '{site_name}不构成投资建议。', en: '{site_name} gives no investment advice.'}}\n"
    Path(".checker.yaml").write_text(before + wording, encoding="utf-8")
    assert fixed("正文。\n") == "正文。\n\n本站不构成投资建议。\n"
    Path(".checker.yaml").write_text(before + wording + "site_name: 甲网\n", encoding="utf-8")
    assert fixed("正文。\n") == "正文。\n\n甲网不构成投资建议。\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [("house/not", "2:9: unknown rule `house/not`; did you mean `house/note`?"), ("house/coin", "`house/coin` requires no statement")],
)
def test_a_wording_for_no_required_statement_is_an_error(name: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = Path(".checker.yaml").read_text(encoding="utf-8").splitlines()
    Path(".checker.yaml").write_text("\n".join([lines[0], f"texts: {{{name}: {{zh: 文}}}}", *lines[1:]]), encoding="utf-8")
    assert main(["check", "."]) == 2
    assert message in capsys.readouterr().err


def test_only_safe_fixes_are_made_unless_others_are_asked_for() -> None:
    text = f"# 题\n\n点击分享到朋友圈\n\n甲--乙，数字币~。\n\n{NOTE}\n"
    assert fixed(text) == f"# 题\n\n甲——乙，数字币。\n\n{NOTE}\n"
    assert fixed(text, "a.md", "--unsafe-fixes") == f"# 题\n\n甲——乙，虚拟货币。\n\n{NOTE}\n"


def shipped(text: str, name: str = "a.md") -> str:
    """What `--fix` makes of an article with the shipped rules of the default profile."""
    Path(".checker.yaml").write_text("lang: en\n", encoding="utf-8")
    return fixed(text, name)


def test_the_shipped_rules_set_every_mark_right() -> None:
    said = "# 行情\n\n来源：某报\n作者：张三\n\n{}\n"
    before = "收于 1,500 点,成交清淡;**放心**了吗?他说:再看。他想了很久。。。没说,见 example.com,好."
    after = "收于 1,500 点，成交清淡；**放心**了吗？他说：再看。他想了很久……没说，见 example.com,好。"
    assert shipped(said.format(before)) == said.format(after)


def test_the_shipped_rules_delete_lines_that_are_leftovers() -> None:
    said = "# 行情\n\n来源：某报\n作者：张三\n\n成交清淡。\n\n{}后市待观察。\n"
    assert shipped(said.format("LOADING...\n\n")) == said.format("")
    assert shipped(said.format("- LOADING...\n\n")) == said.format("")
    code = "```\nLOADING...\n```\n\n"
    assert shipped(said.format(code)) == said.format(code)


def test_a_statement_is_in_the_script_of_the_article() -> None:
    said = "# 比特幣行情\n\n來源：某報\n作者：張三\n\n比特幣今日行情平穩。市場有風險，投資須謹慎。\n"
    assert shipped(said) == said + "\n本文僅為資訊分享，不構成任何投資建議。\n"
    simple = "# 比特币行情\n\n来源：某报\n作者：张三\n\n比特币今日行情平稳。市场有风险，投资须谨慎。\n"
    assert shipped(simple) == simple + "\n本文仅为信息分享，不构成任何投资建议。\n"


def test_a_leftover_within_a_line_goes_only_when_asked_for() -> None:
    text = f"正文，点击分享到朋友圈。\n\n{NOTE}\n"
    assert fixed(text) == text
    assert fixed(text, "a.md", "--unsafe-fixes") == f"正文，。\n\n{NOTE}\n"


def test_markup_inside_a_match_is_left_to_the_editor() -> None:
    text = f"数**字**币。\n\n{NOTE}\n"
    assert fixed(text, "a.md", "--unsafe-fixes") == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encoding_and_bom_stay(encoding: str) -> None:
    assert fixed("甲--乙。\r\n", "a.md", "--encoding", "gb18030", encoding=encoding) == f"甲——乙。\r\n\r\n{NOTE}\r\n"


def test_what_the_encoding_cannot_say_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    text = "正文說數字幣。本文不構成投資建議。".encode("big5")
    Path("a.md").write_bytes(text)
    assert main(["check", "--fix", "--unsafe-fixes", "--encoding", "big5", "a.md"]) == 1
    assert Path("a.md").read_bytes() == text
    assert "cannot be written back as" in capsys.readouterr().err


def test_undecodable_files_and_word_files_are_not_rewritten(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_bytes("数字币正文。".encode("gb18030"))
    assert main(["check", "--fix", "a.md"]) == 2
    assert "a.md: is not rewritten" in capsys.readouterr().err
    word = (Path(__file__).parent / "articles" / "zh-11-braised-pork.docx").read_bytes()
    Path("a.docx").write_bytes(word)
    assert main(["check", "--fix", "a.docx"]) == 1
    assert "a.docx: is not rewritten" in capsys.readouterr().err
    assert Path("a.docx").read_bytes() == word


def test_a_diff_applies_to_what_was_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("甲--乙。", encoding="utf-8")
    assert main(["check", "-q", "--fix", "--diff", "a.md"]) == 1
    assert Path("a.md").read_text(encoding="utf-8") == "甲--乙。"
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], input=capsys.readouterr().out.encode(), check=True)
    assert Path("a.md").read_text(encoding="utf-8") == f"甲——乙。\n\n{NOTE}"
    assert main(["check", "-q", "--fix", "--diff", "a.md"]) == 0
    assert capsys.readouterr().out == ""


def test_suppressed_and_accepted_findings_are_not_fixed() -> None:
    with Path(".checker.yaml").open("a", encoding="utf-8") as config:
        config.write("baseline: .base\n")
    text = f"甲--乙。 <!-- checker-disable-line house/dash reason: 原文如此 -->\n\n丙--丁。\n\n{NOTE}\n"
    Path("a.md").write_text(text, encoding="utf-8")
    assert main(["baseline", "write", "-q", "a.md"]) == 0
    assert fixed(text) == text


def test_a_link_stays_a_link_and_permissions_stay() -> None:
    Path("real.md").write_text("甲--乙。" + NOTE, encoding="utf-8")
    Path("real.md").chmod(0o640)
    Path("a.md").symlink_to("real.md")
    main(["check", "-q", "--fix", "a.md"])
    assert Path("a.md").is_symlink()
    assert Path("real.md").read_text(encoding="utf-8") == "甲——乙。" + NOTE
    assert Path("real.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("options", [["--diff"], ["--unsafe-fixes"], ["--fix", "-"]])
def test_options_that_mean_nothing_are_errors(options: list[str]) -> None:
    assert main(["check", *options]) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["甲--乙", "点击分享到朋友圈", "\n", "\n\n", "正文。", "# 题", "- 项", "数字币", "𠮷", "x--y", "`a--b`"]),
        max_size=12,
    )
)
def test_nothing_changes_that_no_violation_names(pieces: list[str]) -> None:
    text = "".join(pieces) + f"\n\n{NOTE}\n"
    result = fixed(text)
    left, right = (
        "".join(x.replace("点击分享到朋友圈", "").split()) for x in (text.replace("甲--乙", "甲——乙"), result.replace("甲--乙", "甲——乙"))
    )
    assert left == right


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), st.text(max_size=3)), max_size=6))
def test_of_overlapping_fixes_the_first_is_made(text: str, raw: list[tuple[int, int, str]]) -> None:
    lines = LineIndex(text)
    ranges = [(min(start, len(text)), min(start + length, len(text)), new) for start, length, new in raw]
    fixes = [Fix(lines.position(start), lines.position(end), new, True) for start, end, new in ranges]
    changed, done = applied(text, fixes)
    assert all(a.end.offset <= b.start.offset for a, b in pairwise(done))
    assert len(changed) == len(text) + sum(len(fix.text) - (fix.end.offset - fix.start.offset) for fix in done)
