"""Which files are found, and how their bytes become text: never by a silent guess, never with replaced bytes."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Source
from checker.errors import CheckerError
from checker.read import Found, decode, discover, read
from checker.read.detection import detect
from checker.violation import Failure

CHINESE = "虚拟货币相关业务活动属于非法金融活动。\r\n本文不构成任何投资建议。\n"
TRADITIONAL = "虛擬貨幣相關活動並無保障，投資前請審慎評估風險。\n"
JAPANESE = "暗号資産の投資にはリスクがあります。よくお読みください。\n"
KOREAN = "가상자산 투자에는 위험이 따릅니다. 이 글은 투자 권유가 아닙니다.\n"
ARTICLES = Path(__file__).parent / "articles"


def text_of(result: Source | Failure) -> tuple[str, str]:
    assert isinstance(result, Source), result
    return result.text, result.encoding


def failure_of(result: Source | Failure) -> Failure:
    assert isinstance(result, Failure), result
    return result


# -- decoding


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "cp932", "cp949", "latin-1"])
def test_nothing_but_utf8_is_read_without_being_told(encoding: str) -> None:
    text = {"gb18030": CHINESE, "big5hkscs": TRADITIONAL, "cp932": JAPANESE, "cp949": KOREAN, "latin-1": "Café crème"}[encoding]
    failure = failure_of(decode("a.md", text.encode(encoding)))
    assert (failure.kind, failure.path) == ("decode", "a.md")


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xb1\xd2", 1, 1),
        ("第一行\n第二".encode() + b"\xff" + "行".encode(), 2, 3),
        ("😀\r\n😀😀".encode() + b"\xc3", 2, 3),
    ],
)
def test_a_failure_names_line_and_column_of_the_first_bad_byte(data: bytes, line: int, column: int) -> None:
    failure = failure_of(decode("a.md", data))
    assert (failure.line, failure.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "encoding", "likely"),
    [
        (CHINESE, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (KOREAN, "euc-kr", "euc-kr"),
        ("It’s “free” — really", "windows-1252", "windows-1252"),
    ],
)
def test_a_failure_names_the_likely_encoding_and_the_option(text: str, encoding: str, likely: str) -> None:
    message = failure_of(decode("a.md", text.encode(encoding))).message
    assert f"--encoding {likely}" in message
    assert "encodings:" in message
    assert ".checker.yaml" in message


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    data = CHINESE.encode() * 20 + b"\xe8\x99" + CHINESE.encode()
    for encoding in (None, "auto"):
        assert "damaged" in failure_of(decode("a.md", data, encoding)).message


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
@pytest.mark.parametrize("named", [None, "big5", "auto"])
def test_a_bom_decides_and_is_no_part_of_the_text(bom: bytes, codec: str, named: str | None) -> None:
    assert text_of(decode("a.md", bom + CHINESE.encode(codec), named)) == (CHINESE, codec)


def test_a_bom_does_not_excuse_bad_bytes() -> None:
    failure = failure_of(decode("a.md", b"\xef\xbb\xbf" + "一\n二".encode() + b"\xff"))
    assert (failure.kind, failure.line, failure.column) == ("decode", 2, 2)
    assert failure_of(decode("a.md", b"\xff\xfe" + "一".encode("utf-16-le") + b"\0\xd8")).kind == "decode"  # half a surrogate pair


def test_only_the_first_bom_is_cut() -> None:
    assert text_of(decode("a.md", b"\xef\xbb\xbf\xef\xbb\xbfx")) == ("\ufeffx", "utf-8")


@pytest.mark.parametrize("text", ["", "a\rb\r\nc\n\u2028d\u0085e\x0c", CHINESE])
def test_line_ends_and_odd_characters_stay(text: str) -> None:
    assert text_of(decode("a.md", text.encode())) == (text, "utf-8")


@pytest.mark.parametrize(
    ("named", "text", "codec", "shown"),
    [
        ("gbk", CHINESE, "gb18030", "gb18030"),
        ("GB2312", CHINESE + "镕", "gb18030", "gb18030"),  # GB2312 has no 镕
        ("gb18030", CHINESE + "😀", "gb18030", "gb18030"),
        ("big5", TRADITIONAL + "嘅咗", "big5hkscs", "big5hkscs"),
        ("big5", TRADITIONAL + "€", "cp950", "cp950"),
        ("shift_jis", JAPANESE + "①", "cp932", "cp932"),
        ("euc-kr", KOREAN + "똠", "cp949", "cp949"),
        ("windows-1252", "It’s", "cp1252", "cp1252"),
        ("utf-16", CHINESE, "utf-16-le", "utf-16-le"),
        ("utf-16", CHINESE, "utf-16-be", "utf-16-be"),
        ("utf-16be", CHINESE, "utf-16-be", "utf-16-be"),
        ("hz", CHINESE, "hz", "hz"),
        ("utf-8-sig", CHINESE, "utf-8", "utf-8"),
    ],
)
def test_a_named_encoding(named: str, text: str, codec: str, shown: str) -> None:
    text = text.replace("\r", "")
    assert text_of(decode("a.md", text.encode(codec), named)) == (text, shown)


def test_utf8_comes_before_a_named_encoding() -> None:
    assert text_of(decode("a.md", CHINESE.encode(), "gb18030")) == (CHINESE, "utf-8")


def test_a_named_encoding_that_does_not_fit_is_a_failure() -> None:
    failure = failure_of(decode("a.md", "一\n二".encode("gb18030") + b"\xff", "gb18030"))
    assert (failure.kind, failure.line, failure.column) == ("decode", 2, 2)
    assert "ff" in failure.message
    assert failure_of(decode("a.md", JAPANESE.encode("cp932"), "euc-jp")).kind == "decode"


@pytest.mark.parametrize("name", ["gb18031", "klingon", "base64", "rot13", ""])
def test_an_unknown_encoding_is_the_users_error(name: str) -> None:
    with pytest.raises(CheckerError, match="no encoding"):
        decode("a.md", b"x", name)


def test_a_misspelt_encoding_has_a_suggestion() -> None:
    with pytest.raises(CheckerError, match="did you mean `gb18030`"):
        decode("a.md", b"x", "gb18O30")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"%PDF-1.7\n%\xb5\xb5",
        b"text\0text",
        b"PK\x03\x04\x14\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(range(256)),
    ],
)
@pytest.mark.parametrize("named", [None, "gb18030", "auto", "latin-1"])
def test_binary_files_are_failures(data: bytes, named: str | None) -> None:
    failure = failure_of(decode("a.md", data, named))
    assert (failure.kind, "binary" in failure.message) == ("decode", True)


def test_utf16_without_a_bom_is_told_from_a_binary_file() -> None:
    failure = failure_of(decode("a.md", "Price: 100%\n".encode("utf-16-be")))
    assert "--encoding utf-16-be" in failure.message
    assert text_of(decode("a.md", (CHINESE + "abc").encode("utf-16-le"), "auto")) == (CHINESE + "abc", "utf-16-le")


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"\xef\xbb\xbf", b"%PDF-", b"PK\x03\x04", b"GIF8", b"{\\rtf")):
        assert text_of(decode("a.md", data)) == (text, "utf-8")
    assert text_of(decode("a.md", b"\xff\xfe" + text.encode("utf-16-le"))) == (text, "utf-16-le")


@given(st.binary(max_size=200), st.sampled_from([None, "auto", "gbk", "big5", "utf-16", "shift_jis"]))
def test_any_bytes_are_a_text_or_a_failure(data: bytes, named: str | None) -> None:
    result = decode("a.md", data, named)
    if isinstance(result, Source):
        boms = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\x84\x31\x95\x33")
        if result.encoding.startswith("utf"):  # others have several codes for one character
            assert data in [bom + result.text.encode(result.encoding) for bom in boms]
    else:
        assert result.kind == "decode"
        assert (result.line == 0) == (result.column == 0)


# -- detection


@pytest.mark.parametrize(
    ("codec", "likely", "text"),
    [
        ("gbk", "gb18030", "你好"),
        ("gbk", "gb18030", "稳赚不赔"),
        ("gbk", "gb18030", "title: 币圈日报\nauthor: 周詠琳\n"),
        ("gbk", "gb18030", "ＢＴＣ行情：每日播报"),
        ("gbk", "gb18030", "繁體中文的文章也可能存成國標碼"),
        ("big5", "big5", "你好"),
        ("big5", "big5", "穩賺不賠"),
        ("big5", "big5", "本文僅供參考，不構成投資建議。"),
        ("shift_jis", "shift_jis", "投資のリスク"),
        ("euc-jp", "euc-jp", "これは投資の勧誘ではありません。"),
        ("euc-kr", "euc-kr", "투자 위험"),
        ("windows-1251", "windows-1251", "Инвестиции связаны с риском, и гарантий нет."),
        ("windows-1252", "windows-1252", "Où est le café ? Ça coûte 5 £"),
    ],
)
def test_detection_of_short_texts(codec: str, likely: str, text: str) -> None:
    assert detect(text.encode(codec)) == likely


@pytest.mark.parametrize("named", [("zh-07-inquiry-letter.txt", "gb18030"), ("zh-19-liquor-stock-news.html", "gb18030"),
                                   ("zh-21-coin-digest.txt", "gb18030"), ("hant-03-stock-teacher.txt", "big5")])  # fmt: skip
def test_detection_of_articles(named: tuple[str, str]) -> None:
    assert detect((ARTICLES / named[0]).read_bytes()) == named[1]


def test_detection_of_every_article_in_chinese() -> None:
    for path in sorted(ARTICLES.glob("zh-*.md")):
        assert detect(path.read_bytes().decode("utf-8-sig").encode("gb18030")) == "gb18030", path
    for path in sorted(ARTICLES.glob("hant-*.md")):
        assert detect(path.read_bytes().decode("utf-8-sig").encode("big5hkscs", "ignore")) == "big5", path


def test_auto_decodes_by_what_is_detected() -> None:
    assert text_of(decode("a.md", CHINESE.encode("gbk"), "auto")) == (CHINESE, "gb18030")
    assert text_of(decode("a.md", TRADITIONAL.encode("big5"), "auto")) == (TRADITIONAL, "big5hkscs")
    assert text_of(decode("a.md", CHINESE.encode(), "auto")) == (CHINESE, "utf-8")


# -- reading


def test_what_cannot_be_opened_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "file.md").write_text("x")
    assert failure_of(read(str(tmp_path / "none.md"))).kind == "missing"
    assert failure_of(read(str(tmp_path / "file.md" / "below.md"))).kind == "read"
    assert failure_of(read(str(tmp_path))).kind == "read"


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.md"
    os.mkfifo(fifo)
    assert "named pipe" in failure_of(read(str(fifo))).message
    assert failure_of(read("/dev/null")).kind == "read"
    (item,) = discover([str(fifo)])
    assert (item.path, isinstance(item, Failure)) == (str(fifo), True)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(300 << 20)  # sparse
    failure = failure_of(read(str(path)))
    assert (failure.kind, "200 MB" in failure.message) == ("read", True)


# -- finding


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(root: Path, *names: str, text: str = "正文。\n") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def paths(*named: str) -> list[str]:
    found = discover(named)
    assert not [item for item in found if isinstance(item, Failure)], found
    return [item.path for item in found if isinstance(item, Found) and not item.note]


def failed(*named: str) -> list[tuple[str, str]]:
    return [(item.path, item.kind) for item in discover(named) if isinstance(item, Failure)]


def test_a_folder_holds_articles_only(here: Path) -> None:
    write(here, "b.md", "a/x.html", "a/x.TXT", "a/x.docx", "a/x.png", "a/x.py", "a/README", "a.md")
    assert paths(".") == ["a/x.TXT", "a/x.docx", "a/x.html", "a.md", "b.md"]


def test_hidden_folders_and_modules_are_passed_over(here: Path) -> None:
    write(here, "a.md", ".git/x.md", ".github/x.md", "node_modules/p/x.md", "sub/node_modules/x.md", "._a.md", "~$a.docx")
    assert paths(".") == ["a.md"]
    assert paths(".github") == [".github/x.md"]  # named, so wanted


def test_paths_are_shown_as_they_were_named(here: Path) -> None:
    write(here, "a.md", "sub/b.md")
    assert paths("./a.md", "sub/") == ["a.md", "sub/b.md"]
    assert paths(str(here / "sub")) == [str(here / "sub" / "b.md")]
    assert paths("sub/../a.md") == ["sub/../a.md"]


def test_each_file_is_found_once(here: Path) -> None:
    write(here, "a.md", "sub/b.md")
    assert paths("a.md", "./a.md", ".", "sub", str(here / "a.md")) == ["a.md", "sub/b.md"]


def test_an_unknown_suffix_counts_if_named(here: Path) -> None:
    write(here, "NOTES", "a.rst")
    assert [item for item in discover(["NOTES", "a.rst"]) if isinstance(item, Found)] == [
        Found("NOTES", 10, True), Found("a.rst", 10, True)
    ]  # fmt: skip


def test_what_leads_to_nothing_is_missing(here: Path) -> None:
    write(here, "a.md", "empty/x.png")
    assert failed("none.md", "empty", "*.html", "none/**/*.md", "a.md/x.md") == [
        ("*.html", "missing"), ("a.md/x.md", "missing"), ("empty", "missing"), ("none/**/*.md", "missing"), ("none.md", "missing"),
    ]  # fmt: skip


def test_globs(here: Path) -> None:
    write(here, "a.md", "b.html", "sub/c.md", "sub/deep/d.md", "sub/e.rst", "x[1].md", ".hidden/f.md", "sub/g.png")
    assert paths("*.md") == ["a.md", "x[1].md"]
    assert paths("**/*.md") == ["a.md", "sub/c.md", "sub/deep/d.md", "x[1].md"]
    assert paths("sub/*") == ["sub/c.md", "sub/deep/d.md"]
    assert paths("sub/**/*.rst") == ["sub/e.rst"]
    assert paths("x[1].md") == ["x[1].md"]  # a file of that name comes before a glob
    assert paths(f"{here}/s?b/c.md") == [f"{here}/sub/c.md"]


def test_gitignore(here: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    write(here, "a.md", "out/x.md", "draft.md", "keep.md", "sub/x.md", "sub/y.md", "sub/z.tmp.md", "info.md", "sub/deep/x.md")
    write(here, ".gitignore", text="out/\n!\n[z-a]\n[[x\n\\\ndraft*\n*.tmp.md\n# comment\nkeep.md\n!keep.md\n")
    write(here, "sub/.gitignore", text="/x.md\n!z.tmp.md\n")
    write(here, ".git/info/exclude", text="info.md\n")
    assert paths(".") == ["a.md", "keep.md", "sub/deep/x.md", "sub/y.md", "sub/z.tmp.md"]
    assert paths("**/*.md") == paths(".")
    assert paths("sub") == ["sub/deep/x.md", "sub/y.md", "sub/z.tmp.md"]
    assert paths("out", "draft.md") == ["draft.md", "out/x.md"]  # named, so wanted


def test_gitignore_above_the_folder_counts_up_to_the_repository(here: Path) -> None:
    write(here, ".gitignore", text="*\n")
    write(here, "repo/docs/a.md", "repo/docs/b.md", "plain/a.md")
    subprocess.run(["git", "init", "-q", "repo"], check=True)
    write(here, "repo/.gitignore", text="b.md\n")
    assert paths("repo/docs") == ["repo/docs/a.md"]
    assert paths("plain") == ["plain/a.md"]  # the file above is in no repository


def test_a_repository_in_a_repository_has_its_own_rules(here: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    write(here, ".gitignore", text="*.txt\n")
    write(here, ".checkerignore", text="no.md\n")
    write(here, "sub/.git/HEAD", "sub/a.txt", "sub/no.md", "b.txt")
    assert paths(".") == ["sub/a.txt"]


def test_checkerignore_holds_for_named_files_with_a_note(here: Path) -> None:
    write(here, "a.md", "old/b.md", "old/c.md")
    write(here, ".checkerignore", text="old/\n")
    assert paths(".") == ["a.md"]
    (a, b) = discover(["a.md", "old/b.md"])
    assert a == Found("a.md", 10, True)
    assert isinstance(b, Found)
    assert (b.path, b.explicit, ".checkerignore" in b.note) == ("old/b.md", True, True)
    write(here, "old/.checkerignore", text="!c.md\n")
    assert paths("old/c.md") == ["old/c.md"]


def test_links_are_followed_once_and_loops_are_noted(here: Path) -> None:
    write(here, "a/x.md", "z/y.md")
    (here / "a" / "loop").symlink_to(here)
    (here / "a" / "self.md").symlink_to("self.md")
    (here / "b").symlink_to("z")
    (here / "a" / "link.md").symlink_to("x.md")
    found = discover(["."])
    assert [(item.path, bool(item.note)) for item in found if isinstance(item, Found)] == [
        ("a/loop", True), ("a/self.md", True), ("a/x.md", False), ("z/y.md", False)
    ]  # fmt: skip
    assert not [item for item in found if isinstance(item, Failure)]
    assert paths("**/*.md") == ["a/x.md", "z/y.md"]


def test_a_link_to_a_folder_elsewhere_is_followed(here: Path) -> None:
    write(here, "elsewhere/x.md", "top/a.md")
    (here / "top" / "link").symlink_to("../elsewhere")
    assert paths("top") == ["top/a.md", "top/link/x.md"]


def test_broken_links(here: Path) -> None:
    write(here, "a.md")
    (here / "gone.md").symlink_to("nowhere.md")
    (here / "gone.png").symlink_to("nowhere.png")
    (here / "self.md").symlink_to("self.md")
    assert failed(".") == [("gone.md", "missing")]
    assert failed("gone.md", "self.md") == [("gone.md", "missing"), ("self.md", "read")]


def test_special_files_in_folders(here: Path) -> None:
    os.mkfifo("pipe.md")
    server = socket.socket(socket.AF_UNIX)
    server.bind("sock.md")
    server.close()
    write(here, "a.md")
    assert failed(".") == [("pipe.md", "read"), ("sock.md", "read")]
