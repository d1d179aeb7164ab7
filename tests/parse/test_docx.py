"""Word: what a reader sees of it, a line per paragraph, and files made to harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest

from checker.document import OBJECT, Document, Source
from checker.parse import parse
from checker.parse.docx_package import LARGEST_PART
from checker.read import decode
from checker.violation import Failure

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("begin", "separate", "end"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def relations(items: Iterable[tuple[str, str, str]]) -> str:
    """(id, kind, target); what has a colon in it is external."""
    lines = "".join(
        f'<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}" TargetMode="{"External" if ":" in target else "Internal"}"/>'
        for id, kind, target in items
    )
    return f'<Relationships xmlns="{REL}">{lines}</Relationships>'


def word(body: str, *, rels: Iterable[tuple[str, str, str]] = (), **parts: str) -> bytes:
    """The bytes of a Word file. body: XML in w:body; parts: name of a part in word/ (styles, comments, …) → XML in its root."""
    data = io.BytesIO()
    kinds = [(f"x{number}", name.rstrip("0123456789"), f"{name}.xml") for number, name in enumerate(parts)]
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("_rels/.rels", relations([("d", "officeDocument", "word/document.xml")]))
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", relations([*rels, *kinds]))
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name.rstrip('0123456789')} {SPACES}>{xml}</w:{name.rstrip('0123456789')}>")
    return data.getvalue()


def p(*runs: str, style: str = "", properties: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def source(data: bytes) -> Source:
    found = decode("a.docx", data)
    assert isinstance(found, Source), found
    return found


def read(body: str, **more: object) -> Document:
    return parse(source(word(body, **more)), "docx")  # type: ignore[arg-type]


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.scope, document.visible.text[block.start : block.end]) for block in document.blocks]


def failure(data: bytes, path: str = "a.docx") -> Failure:
    found = decode(path, data)
    assert isinstance(found, Failure), found
    return found


# -- files that cannot be read


@pytest.mark.parametrize("path", ["a.docx", "a.doc", "a.DOCM"])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + b"\0" * 512, "97–2003"),
        (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"", "no Word document"),
        (b"PK\x03\x04 and nothing more", "no Word document"),
        ("只是文本".encode(), "no Word document"),
        (word(p(r("x")))[:-40], "no Word document"),
    ],
)
def test_what_is_no_word_document(data: bytes, said: str, path: str) -> None:
    found = failure(data, path)
    assert (found.path, found.kind) == (path, "decode")
    assert said in found.message


def zipped(**parts: bytes | str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return data.getvalue()


def test_a_zip_without_a_document() -> None:
    assert "body" in failure(zipped(x="y")).message
    assert "body" in failure(zipped(word__document=f"<w:document {SPACES}/>")).message


def test_broken_xml() -> None:
    assert "damaged" in failure(zipped(word__document="<w:document")).message


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    file = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for doctype in (bomb, file):
        body = f"{doctype}<w:document {SPACES}><w:body>{p(r('&a;'))}</w:body></w:document>"
        assert "DTD" in failure(zipped(word__document=body)).message


def test_a_part_that_unpacks_to_too_much() -> None:
    assert "MB" in failure(zipped(word__document=b" " * (LARGEST_PART + 1))).message
    assert "MB" in failure(zipped(word__document=b"<" * 7_000_000)).message


def test_nesting_without_end() -> None:
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    assert "damaged" in failure(word(deep)).message


def test_what_is_embedded_and_not_read_is_a_failure() -> None:
    assert "embeds" in failure(word(p(r("x")) + '<w:altChunk r:id="x"/>')).message


# -- what a reader does not see


@pytest.mark.parametrize(
    "run",
    [
        r("稳赚", "<w:vanish/>"),
        r("稳赚", '<w:vanish w:val="true"/>'),
        r("稳赚", '<w:rStyle w:val="Hidden"/>'),
        f"<w:del>{r('稳赚')}</w:del>",
        "<w:del><w:r><w:delText>稳赚</w:delText></w:r></w:del>",
        f"<w:moveFrom>{r('稳赚')}</w:moveFrom>",
        f"{BEGIN}<w:r><w:instrText>稳赚</w:instrText></w:r>{END}",
        f"{BEGIN}{r('稳赚')}{END}",
        "<w:commentRangeStart/><w:commentRangeEnd/>",
    ],
)
def test_unseen_text_parts_nothing(run: str) -> None:
    styles = '<w:style w:type="character" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
    document = read(p(r("前"), run, r("后")), styles=styles)
    assert blocks(document) == [("paragraph", "前后")]
    assert document.source.text == "前后"


def test_seen_text() -> None:
    for run in (
        r("稳赚", '<w:vanish w:val="0"/>'),
        f"<w:ins>{r('稳赚')}</w:ins>",
        f"<w:moveTo>{r('稳赚')}</w:moveTo>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('稳赚')}</w:sdtContent></w:sdt>",
        f"<w:smartTag>{r('稳赚')}</w:smartTag>",
        f'<w:fldSimple w:instr="AUTHOR">{r("稳赚")}</w:fldSimple>',
        "<m:oMath><m:r><m:t>稳赚</m:t></m:r></m:oMath>",
        r("稳") + r("赚"),
        "<w:ruby><w:rt><w:r><w:t>wen</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>稳赚</w:t></w:r></w:rubyBase></w:ruby>",
    ):
        assert blocks(read(p(r("前"), run, r("后")))) == [("paragraph", "前稳赚后")], run


def test_hidden_by_the_style_of_the_paragraph_unless_a_run_says_otherwise() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="note"><w:basedOn w:val="base"/></w:style>'
    )
    body = p(r("暗"), r("明", '<w:vanish w:val="false"/>'), style="note")
    assert blocks(read(body, styles=styles)) == [("paragraph", "明")]


def test_hidden_and_deleted_rows() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc>{p(r(text))}</w:tc></w:tr>"

    body = f"<w:tbl>{row('一')}{row('二', '<w:hidden/>')}{row('三', '<w:del/>')}{row('四')}</w:tbl>"
    assert [(scope, said, b.level) for (scope, said), b in zip(blocks(read(body)), read(body).blocks, strict=True)] == [
        ("table", "一", 1), ("table", "四", 4)
    ]  # fmt: skip


# -- lines, blocks, places


def test_a_line_per_paragraph() -> None:
    body = (
        p(r("标题"))
        + p()
        + p(r("甲"))
        + f"<w:tbl><w:tr><w:tc>{p(r('一'))}{p(r('二'))}</w:tc><w:tc>{p(r('三'))}</w:tc></w:tr></w:tbl>"
        + p(r("乙"))
    )
    document = read(body)
    assert document.source.text.split("\n") == ["标题", "", "甲", "一", "二", "三", "乙"]
    assert document.source.encoding == "docx"
    assert blocks(document) == [
        ("paragraph", "标题"), ("paragraph", "甲"), ("table", "一"), ("table", "二"), ("table", "三"), ("paragraph", "乙")
    ]  # fmt: skip


def test_every_visible_character_stands_in_the_source() -> None:
    body = p(r("a b"), "<w:r><w:tab/></w:r>", r("稳赚"), "<w:r><w:br/></w:r>", r("不赔")) + p(r("😀 二"))
    document = read(body)
    text = document.source.text
    assert text == "a b\t稳赚 不赔\n😀 二"
    for at, character in enumerate(document.visible.text):
        if character != "\n":
            assert text[slice(*document.visible.span(at, at + 1))] == character
    at = document.visible.text.index("稳赚不赔")
    assert text[slice(*document.visible.span(at, at + 4))] == "稳赚 不赔"
    assert document.breaks == (at + 2,)


def test_line_ends_in_the_xml_are_spaces() -> None:
    assert source(word(p(r("a\nb")))).text == "a b"


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"{default}><w:name w:val="{name}"/>{more}</w:style>'
    for id, name, more, default in (
        ("a", "Normal", "", ' w:default="1"'),
        ("1", "heading 1", "", ""),
        ("2", "标题 2", "", ""),
        ("a3", "Title", "", ""),
        ("sub", "Subtitle", "", ""),
        ("mine", "栏目", '<w:basedOn w:val="2"/>', ""),
        ("lvl", "小节", '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>', ""),
        ("q", "Intense Quote", "", ""),
        ("cap", "caption", "", ""),
        ("toc", "toc 1", "", ""),
        ("bullet", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>', ""),
        ("loop", "Loop", '<w:basedOn w:val="loop"/>', ""),
    )
)


@pytest.mark.parametrize(
    ("style", "properties", "expected"),
    [
        ("", "", ("paragraph", 0)),
        ("none", "", ("paragraph", 0)),
        ("loop", "", ("paragraph", 0)),
        ("bullet", '<w:numPr><w:numId w:val="0"/></w:numPr>', ("paragraph", 0)),
        ("", '<w:outlineLvl w:val="9"/>', ("paragraph", 0)),
        ("toc", "", ("chrome", 0)),
        ("1", "", ("heading", 1)),
        ("1", '<w:numPr><w:numId w:val="1"/></w:numPr>', ("heading", 1)),
        ("2", "", ("heading", 2)),
        ("mine", "", ("heading", 2)),
        ("lvl", "", ("heading", 4)),
        ("", '<w:outlineLvl w:val="8"/>', ("heading", 6)),
        ("a3", "", ("title", 0)),
        ("sub", "", ("heading", 2)),
        ("q", "", ("quote", 0)),
        ("cap", "", ("caption", 0)),
        ("bullet", "", ("list", 1)),
        ("", '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>', ("list", 3)),
    ],
)
def test_styles(style: str, properties: str, expected: tuple[str, int]) -> None:
    (block,) = read(p(r("文"), style=style, properties=properties), styles=STYLES).blocks
    assert (block.scope, block.level) == expected


def test_headings_and_lists_in_tables_and_tables_in_tables() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p(r('内'))}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p(r('头'), style='1')}{p(r('项'), style='bullet')}{inner}</w:tc></w:tr></w:tbl>"
    assert [(b.scope, b.inside, b.level) for b in read(body, styles=STYLES).blocks] == [
        ("heading", ("table",), 1), ("list", ("table",), 1), ("table", ("table",), 1)
    ]  # fmt: skip


# -- links, pictures, boxes, notes, margins


def test_links() -> None:
    field = f'{BEGIN}<w:r><w:instrText> HYPERLINK "https://b.io" \\o "t" </w:instrText></w:r>{SEPARATE}{r("乙")}{END}'
    outside = f'<w:hyperlink r:id="l">{r("甲")}{r("甲")}</w:hyperlink>'
    inside = f'<w:hyperlink w:anchor="x">{r("丙")}</w:hyperlink>'
    body = p(r("点"), outside, field, r("完"), inside)
    document = read(body, rels=[("l", "hyperlink", "https://a.io/?x=1")])
    assert blocks(document) == [("paragraph", "点甲甲乙完丙"), ("url", "https://a.io/?x=1"), ("url", "https://b.io")]
    visible, text = document.visible, document.source.text
    for block, anchored in zip(document.blocks[1:], ("甲甲", "乙"), strict=True):
        assert (block.owner, visible.text[slice(*block.anchor)]) == (0, anchored)
        assert text[slice(*visible.span(block.start, block.end))] == anchored
    assert [visible.text[m.start : m.end] for m in document.marks] == ["甲甲", "乙", "丙"]


PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1"{0}/><pic:pic/></wp:inline></w:drawing></w:r>'


def test_pictures() -> None:
    document = read(p(r("前"), PICTURE.format(' descr="扫码 加群"'), r("后")) + p(PICTURE.format("")))
    assert document.source.text == f"前[扫码 加群]后\n{OBJECT}"
    assert blocks(document) == [("paragraph", f"前{OBJECT}后"), ("alt", "扫码 加群"), ("paragraph", OBJECT)]
    alt = document.blocks[1]
    assert document.source.text[slice(*document.visible.span(alt.start, alt.end))] == "扫码 加群"
    assert document.visible.text[slice(*alt.anchor)] == OBJECT
    old = '<w:r><w:pict><v:shape alt="旧图"><v:imagedata/></v:shape></w:pict></w:r>'
    assert blocks(read(p(old))) == [("paragraph", OBJECT), ("alt", "旧图")]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p(r('框'))}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:docPr/><wps:txbx>"
        f"{box}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert blocks(read(p(r("前"), shape, r("后")) + p(r("完")))) == [("paragraph", "前后"), ("paragraph", "框"), ("paragraph", "完")]
    old = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    assert blocks(read(p(old))) == [("paragraph", "框")]


def test_notes_that_are_referred_to_follow_the_body() -> None:
    notes = (
        f'<w:footnote w:id="-1" w:type="separator">{p(r("线"))}</w:footnote><w:footnote w:id="1">{p(r("不用"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("脚注"))}</w:footnote>'
    )
    end = f'<w:endnote w:id="2">{p(r("尾注"))}</w:endnote>'
    body = p(r("稳赚"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r("不赔"), '<w:r><w:endnoteReference w:id="2"/></w:r>') + p(r("完"))
    document = read(body, footnotes=notes, endnotes=end)
    assert [said for _, said in blocks(document)] == ["稳赚不赔", "完", "脚注", "尾注"]


def test_headers_and_footers_are_chrome() -> None:
    data = word(p(r("正文")), header=p(r("页眉")), footer=p(r("页脚")))
    # w:header is the root of a header part, w:hdr in real files; only what is below it counts.
    assert blocks(parse(source(data), "docx")) == [("paragraph", "正文"), ("chrome", "页眉"), ("chrome", "页脚")]


def test_comments_that_are_directives() -> None:
    comments = (
        f'<w:comment w:id="0">{p(r("checker-disable-next"))}{p(r("a/b reason: 引用"))}</w:comment>'
        f'<w:comment w:id="1">{p(r("请核对"))}</w:comment>'
        f'<w:comment w:id="2">{p(r(" checker-enable "))}</w:comment>'
    )
    body = (
        p(r("甲"))
        + p('<w:commentRangeStart w:id="0"/>', r("乙"))
        + p(r("丙"), '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>')
        + p(r("丁"), '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:commentReference w:id="2"/></w:r>')
    )
    document = read(body, comments=comments)
    assert document.source.text == "甲\n乙\n丙\n丁"
    assert [(d.text, d.span) for d in document.directives] == [
        ("checker-disable-next a/b reason: 引用", (2, 2)), ("checker-enable", (6, 6))
    ]  # fmt: skip


def test_strict_documents() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(p(r("稳赚"), r("暗", "<w:vanish/>"))))) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            xml = old.read(name).decode()
            xml = xml.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
                R, "http://purl.oclc.org/ooxml/officeDocument/relationships"
            )
            new.writestr(name, xml)
    assert source(data.getvalue()).text == "稳赚"


# -- a file as Word's own library writes it


def test_properties_are_fields(tmp_path: Path) -> None:
    file = docx.Document()
    file.core_properties.title = "周报"
    file.core_properties.author = "张三"
    file.core_properties.keywords = "币圈"
    file.add_heading("大标题", 0)
    file.add_heading("一、行情", 1)
    file.add_paragraph("第一条", style="List Bullet")
    file.save(str(tmp_path / "a.docx"))
    document = parse(source((tmp_path / "a.docx").read_bytes()), "docx")
    assert [(field.key, field.value) for field in document.fields if field.key in ("title", "author", "keywords")] == [
        ("title", "周报"), ("author", "张三"), ("keywords", "币圈")
    ]  # fmt: skip
    assert blocks(document)[:3] == [("title", "大标题"), ("heading", "一、行情"), ("list", "第一条")]


def test_what_programs_fill_in_is_no_author() -> None:
    data = io.BytesIO()
    docx.Document().save(data)
    assert [field.key for field in parse(source(data.getvalue()), "docx").fields] == []


def test_a_text_that_only_says_it_is_word() -> None:
    assert blocks(parse(Source("a.docx", "甲\n\n乙"), "docx")) == [("paragraph", "甲"), ("paragraph", "乙")]
