"""The language server in editors: with the capabilities that they declare (pytest-lsp), and in Neovim itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pytest_lsp", reason="the language server is an extra")

import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from .test_lsp import PACK, TEXT

SERVER = [sys.executable, "-m", "checker", "lsp"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "house.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / ".checker.yaml").write_text("packs: [house.yaml]\nselect: [house]\n", encoding="utf-8")
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


# -- what is sent keeps to what an editor says it can take: pytest-lsp warns of anything else, and warnings are errors


@pytest_lsp.fixture(params=["visual-studio-code", "neovim"], config=ClientServerConfig(server_command=SERVER))
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient) -> AsyncIterator[None]:
    lsp_client.agreed = await lsp_client.initialize_session(lsp.InitializeParams(capabilities=client_capabilities(request.param)))
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_diagnostics_hover_and_fixes(client: LanguageClient, article: Path) -> None:
    uri = article.as_uri()
    units = {"utf-8": (7, 16), "utf-16": (3, 6), "utf-32": (2, 5)}
    encoding = client.agreed.capabilities.position_encoding or "utf-16"
    start, end = (lsp.Position(2, units[encoding][n]) for n in (0, 1))
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "markdown", 1, TEXT)))
    await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    (found,) = client.diagnostics[uri]
    assert (found.code, found.message, found.range) == ("house/coin", "应写“虚拟货币”", lsp.Range(start, end))

    name = lsp.TextDocumentIdentifier(uri)
    hover = await client.text_document_hover_async(lsp.HoverParams(name, start))
    assert hover is not None
    assert isinstance(hover.contents, lsp.MarkupContent)
    assert "用语统一" in hover.contents.value

    actions = await client.text_document_code_action_async(lsp.CodeActionParams(name, found.range, lsp.CodeActionContext([found])))
    fix = next(action for action in actions or [] if isinstance(action, lsp.CodeAction))
    assert fix.edit is not None
    assert fix.edit.changes == {uri: (lsp.TextEdit(found.range, "虚拟货币"),)}

    whole = lsp.TextDocumentContentChangeWholeDocument(TEXT.replace("数字币", "虚拟货币"))
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, uri), [whole]))
    await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert client.diagnostics[uri] == ()


def test_it_ends_in_silence_when_it_is_told_to(tmp_path: Path) -> None:
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}) for message in messages]
    said = "".join(f"Content-Length: {len(body)}\r\n\r\n{body}" for body in bodies)
    ran = subprocess.run(SERVER, input=said.encode(), cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


# -- Neovim: its own client, without plugins

LUA = """
local id = vim.lsp.start_client({ cmd = vim.fn.json_decode(vim.env.SERVER), root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, id)
local function wait(count) return vim.wait(60000, function() return #vim.diagnostic.get(0) == count end) end
local told = { opened = wait(1), found = vim.diagnostic.get(0) }
local at = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = 2, character = 4 } }
local hover = vim.lsp.buf_request_sync(0, "textDocument/hover", at, 60000)
told.hover = hover[id].result.contents.value
at.range = { start = at.position, ["end"] = at.position }
at.context = { diagnostics = {} }
local actions = vim.lsp.buf_request_sync(0, "textDocument/codeAction", at, 60000)[id].result
told.actions = vim.tbl_map(function(action) return action.title end, actions)
vim.lsp.util.apply_workspace_edit(actions[1].edit, vim.lsp.get_client_by_id(id).offset_encoding)
told.lines = vim.api.nvim_buf_get_lines(0, 0, -1, true)
told.clean = wait(0)
vim.fn.writefile({ vim.fn.json_encode(told) }, "told.json")
vim.lsp.stop_client(id)
vim.cmd("qall!")
"""


@pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed (Debian: apt-get install neovim)")
def test_neovim_shows_what_is_found_and_fixes_it(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (article.parent / "try.lua").write_text(LUA, encoding="utf-8")
    monkeypatch.setenv("SERVER", json.dumps(SERVER))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    command = ["nvim", "--headless", "-u", "NONE", "-n", "a.md", "-c", "luafile try.lua", "-c", "cquit"]
    subprocess.run(command, cwd=article.parent, timeout=200, check=True, capture_output=True)
    told: dict[str, Any] = json.loads((article.parent / "told.json").read_text(encoding="utf-8"))
    assert (told["opened"], told["clean"]) == (True, True)
    (found,) = told["found"]
    assert {key: found[key] for key in ("lnum", "col", "end_lnum", "end_col", "message", "source")} == {
        "lnum": 2,
        "col": 7,  # bytes, as Neovim counts: 𠮷 takes four, 买 three
        "end_lnum": 2,
        "end_col": 16,
        "message": "应写“虚拟货币”",
        "source": "checker",
    }
    assert "用语统一" in told["hover"]
    assert told["actions"] == ["修正：虚拟货币", "在此行豁免 house/coin"]
    assert told["lines"] == ["# 𠮷𠮷", "", "𠮷买虚拟货币。"]
