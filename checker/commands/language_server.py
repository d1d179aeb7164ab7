"""What editors ask: diagnostics of an article as it is typed, the rule behind one, and edits that fix or suppress it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from checker import __version__
from checker.commands.configs import Configs, left_out, not_run
from checker.config import Config
from checker.document import Source
from checker.engine import Engine, File
from checker.errors import CheckerError
from checker.packs import Packs, load, shipped_rules
from checker.pool import guarded
from checker.read.decoding import WORD_SUFFIXES
from checker.rule import in_language
from checker.text import LineIndex, Position
from checker.violation import Checked, Violation

PAUSE = 0.3  # seconds without typing after which an article is checked
_LEVELS = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Information,
}
_UNITS: dict[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}


class Session:
    """The articles that an editor has open, as they were last checked."""

    def __init__(self, server: LanguageServer, args: argparse.Namespace) -> None:
        self.server, self.args = server, args
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self.found: dict[str, tuple[str, Config, Checked]] = {}  # by URI: the text that was checked, and what was found in it
        self.forget()

    def forget(self) -> None:
        """Configs and packs may have changed."""
        self._configs = Configs(self.args)
        self._engines: dict[Config, Engine] = {}
        self._packs: dict[tuple[Path, ...], Packs] = {}

    def later(self, uri: str) -> None:
        """Checks an article when its author stops typing."""
        self.cancel(uri)
        self._waiting[uri] = asyncio.get_running_loop().call_later(PAUSE, self.check, uri)

    def cancel(self, uri: str) -> None:
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()

    def check(self, uri: str) -> None:
        self.cancel(uri)
        document = self.server.workspace.get_text_document(uri)
        diagnostics: list[lsp.Diagnostic] = []
        try:
            text = document.source.removeprefix("\ufeff")
            path = to_fs_path(uri) or document.path or "untitled.md"
            config = self._configs.of(path)
            if not left_out(config, path):
                checked = self._checked(config, path, text)
                self.found[uri] = text, config, checked
                diagnostics = self._diagnostics(text, checked)
        except CheckerError as error:
            self.server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, str(error)))
        self.server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics, document.version))

    def _checked(self, config: Config, path: str, text: str) -> Checked:
        if config not in self._engines:
            self._engines[config] = self._configs.engine(config)()
        checked = guarded(self._engines[config], File(path), Source(path, text))
        baseline = self._configs.baseline(config)
        return baseline.apply(checked, not_run(self._configs.planned(config))) if baseline else checked

    def _diagnostics(self, text: str, checked: Checked) -> list[lsp.Diagnostic]:
        found = [
            lsp.Diagnostic(self.range(text, v.start, v.end), v.message, _LEVELS[v.severity], code=v.rule, source="checker")
            for v in checked.violations
            if not v.suppressed
        ]
        top = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        return found + [
            lsp.Diagnostic(top, failure.message, lsp.DiagnosticSeverity.Error, source="checker") for failure in checked.failures
        ]

    def range(self, text: str, start: Position, end: Position) -> lsp.Range:
        """In the units of the editor: UTF-16 unless both agreed on another."""
        count, lines = _UNITS[self.server.workspace.position_encoding or "utf-16"], LineIndex(text)

        def converted(position: Position) -> lsp.Position:
            before = text[position.offset - position.column + 1 : position.offset]
            return lsp.Position(position.line - 1, count(before))

        return lsp.Range(converted(lines.position(start.offset)), converted(lines.position(end.offset)))

    def at(self, uri: str, wanted: lsp.Range) -> list[tuple[str, Config, Violation]]:
        """Violations that touch a range, in the text that was last checked."""
        if uri not in self.found:
            return []
        text, config, checked = self.found[uri]
        ranges = [(v, self.range(text, v.start, v.end)) for v in checked.violations if not v.suppressed]
        return [
            (text, config, v) for v, range_ in ranges if _key(range_.start) <= _key(wanted.end) and _key(wanted.start) <= _key(range_.end)
        ]

    def explained(self, config: Config, violation: Violation) -> str:
        """The rule's message, why, basis and examples, as Markdown."""
        if config.packs not in self._packs:
            self._packs[config.packs] = load([shipped_rules(), *config.packs], cues=False)
        packs = self._packs[config.packs]
        rule = next((rule for rule in packs.rules if rule.id == violation.rule), None)
        parts = [f"**{violation.rule}** {violation.message}"]
        if rule is None:
            return parts[0]
        zh = config.lang == "zh"
        if why := in_language(rule.text("why"), config.lang):
            parts.append(why)
        titles = []
        for key in violation.basis:
            instrument = packs.instruments[key]
            title = " ".join(filter(None, (in_language(instrument.title, config.lang), instrument.number)))
            titles.append(f"- [{title}]({instrument.url})" if instrument.url else f"- {title}")
        parts.append("\n".join([f"**{'依据' if zh else 'Basis'}**", "", *(titles or ["- 网站规范" if zh else "- site policy"])]))
        for label, examples in (("会报告" if zh else "Reported", rule.bad), ("不报告" if zh else "Left alone", rule.good)):
            parts.append("\n".join([f"**{label}**", "", *(f"```\n{example.text.strip()}\n```" for example in examples[:2])]))
        return "\n\n".join(parts)

    def actions(self, uri: str, wanted: lsp.Range) -> list[lsp.CodeAction]:
        return [action for text, config, v in self.at(uri, wanted) for action in self._actions(uri, text, config, v)]

    def _actions(self, uri: str, text: str, config: Config, violation: Violation) -> list[lsp.CodeAction]:
        zh = config.lang == "zh"
        actions = []
        if violation.fix:
            edit = lsp.TextEdit(self.range(text, violation.fix.start, violation.fix.end), violation.fix.text)
            said = " ".join(violation.fix.text.split()) or ("（删除）" if zh else "(delete)")
            title = f"{'修正' if zh else 'Fix'}：{said}" if zh else f"Fix: {said}"
            actions.append(_action(title, uri, edit, preferred=violation.fix.safe))
        if not uri.lower().endswith(WORD_SUFFIXES) and violation.rule not in config.unsuppressable:
            line = LineIndex(text).line(violation.start.line)
            reason = "请写明理由" if zh else "say why"
            body = f"checker-disable-line {violation.rule} reason: {reason}"
            comment = f" {{/* {body} */}}" if uri.lower().endswith(".mdx") else f" <!-- {body} -->"
            at = LineIndex(text).position(line.end)
            title = f"在此行豁免 {violation.rule}" if zh else f"Suppress {violation.rule} on this line"
            actions.append(_action(title, uri, lsp.TextEdit(self.range(text, at, at), comment)))
        return actions


def _action(title: str, uri: str, edit: lsp.TextEdit, *, preferred: bool = False) -> lsp.CodeAction:
    return lsp.CodeAction(title, kind=lsp.CodeActionKind.QuickFix, edit=lsp.WorkspaceEdit(changes={uri: [edit]}), is_preferred=preferred)


def _key(position: lsp.Position) -> tuple[int, int]:
    return position.line, position.character


def server_for(args: argparse.Namespace) -> LanguageServer:
    server = LanguageServer("checker", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
    session = Session(server, args)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def _(params: lsp.DidOpenTextDocumentParams) -> None:
        session.check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def _(params: lsp.DidChangeTextDocumentParams) -> None:
        session.later(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def _(params: lsp.DidSaveTextDocumentParams) -> None:
        session.forget()
        session.check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def _(params: lsp.DidCloseTextDocumentParams) -> None:
        session.cancel(params.text_document.uri)
        session.found.pop(params.text_document.uri, None)
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _(params: lsp.HoverParams) -> lsp.Hover | None:
        found = session.at(params.text_document.uri, lsp.Range(params.position, params.position))
        said = "\n\n---\n\n".join(session.explained(config, violation) for _, config, violation in found)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, said)) if said else None

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    def _(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return session.actions(params.text_document.uri, params.range)

    return server


def serve(args: argparse.Namespace) -> int:
    server_for(args).start_io()
    return 0
