"""The language server, spoken to by a real client."""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from checker.cli import main

PACK = """\
rules:
  - id: house/coin
    kind: forbid
    category: terminology
    severity: error
    message: {zh: "应写“虚拟货币”", en: term}
    why: {zh: 用语统一, en: One term.}
    terms: [数字币]
    replace: 虚拟货币
    bad: 买⟦数字币⟧
    good: 虚拟货币
"""
TEXT = "# 𠮷𠮷\n\n𠮷买数字币。\n"


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "house.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / ".checker.yaml").write_text("packs: [house.yaml]\nselect: [house]\n", encoding="utf-8")
    return (tmp_path / "a.md").as_uri()


def test_an_article_as_it_is_edited(article: str) -> None:
    asyncio.run(asyncio.wait_for(_edit(article), 60))


async def _edit(article: str) -> None:
    client = LanguageClient("test", "1")
    published: dict[str, asyncio.Queue[list[lsp.Diagnostic]]] = defaultdict(asyncio.Queue)

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def _(params: lsp.PublishDiagnosticsParams) -> None:
        published[params.uri].put_nowait(list(params.diagnostics))

    await client.start_io(sys.executable, "-m", "checker", "lsp")
    await client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
    client.initialized(lsp.InitializedParams())
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(article, "markdown", 1, TEXT)))
    (found,) = await published[article].get()
    assert (found.code, found.message, found.severity) == ("house/coin", "应写“虚拟货币”", lsp.DiagnosticSeverity.Error)
    assert found.range == lsp.Range(lsp.Position(2, 3), lsp.Position(2, 6))  # 𠮷 counts two

    name = lsp.TextDocumentIdentifier(article)
    hover = await client.text_document_hover_async(lsp.HoverParams(name, lsp.Position(2, 4)))
    assert hover is not None
    assert isinstance(hover.contents, lsp.MarkupContent)
    assert all(text in hover.contents.value for text in ("house/coin", "用语统一", "网站规范", "买⟦数字币⟧"))
    assert await client.text_document_hover_async(lsp.HoverParams(name, lsp.Position(0, 0))) is None

    actions = await client.text_document_code_action_async(lsp.CodeActionParams(name, found.range, lsp.CodeActionContext([found])))
    fix, suppress = [action for action in actions or [] if isinstance(action, lsp.CodeAction)]
    assert fix.edit is not None
    assert fix.edit.changes == {article: (lsp.TextEdit(found.range, "虚拟货币"),)}
    end = lsp.Range(lsp.Position(2, 7), lsp.Position(2, 7))
    comment = " <!-- checker-disable-line house/coin reason: 请写明理由 -->"
    assert suppress.edit is not None
    assert suppress.edit.changes == {article: (lsp.TextEdit(end, comment),)}

    changes: list[lsp.TextDocumentContentChangeEvent] = [lsp.TextDocumentContentChangeWholeDocument(TEXT.replace("。", f"。{comment}"))]
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, article), changes))
    assert await published[article].get() == []
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


def test_the_options_of_the_command_line_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, word in (("a", "数字币"), ("b", "电子币"), ("c", "加密币")):
        pack = PACK.replace("house/", f"{name}/").replace("数字币", word)
        (tmp_path / f"{name}.yaml").write_text(pack, encoding="utf-8")
    (tmp_path / "config.yaml").write_text("packs: [a.yaml]\n", encoding="utf-8")
    (tmp_path / "c.md").write_text("加密币\n", encoding="utf-8")
    accepted = ["baseline", "write", "-q", "--rules", "c.yaml", "--select", "c", "--baseline", "accepted", "c.md"]
    assert main(accepted) == 0
    asyncio.run(asyncio.wait_for(_options((tmp_path / "c.md").as_uri()), 60))


async def _options(article: str) -> None:
    client = LanguageClient("test", "1")
    published: asyncio.Queue[list[lsp.Diagnostic]] = asyncio.Queue()

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def _(params: lsp.PublishDiagnosticsParams) -> None:
        published.put_nowait(list(params.diagnostics))

    await client.start_io(
        sys.executable, "-m", "checker", "lsp", "--stdio", "--config", "config.yaml", "--rules", "b.yaml", "--rules", "c.yaml",
        "--profile", "cn-strict", "--select", "a,b,c", "--ignore", "b", "--lang", "en", "--baseline", "accepted",
    )  # fmt: skip
    await client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
    client.initialized(lsp.InitializedParams())
    text = "加密币\n\n数字币，电子币。\n"
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(article, "markdown", 1, text)))
    assert [(found.code, found.message) for found in await published.get()] == [("a/coin", "term")]
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
