"""What the documents show works as shown: commands, versions, links, the rule of one's own."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from checker import __version__
from checker.cli import COMMANDS, main
from checker.formats import FORMATS
from checker.schema import Config, pack_schema, profile_schema
from checker.schema.base import SITES

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
CI = ("docs/ci/github.yml", "docs/ci/gitlab.yml")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def ours() -> list[str]:
    """The documents, relative to the top."""
    return [path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]]


@pytest.mark.parametrize("name", ours())
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text(name)):
        if not target.startswith("http"):
            assert (ROOT / name).parent.joinpath(target).exists(), target


def test_our_own_documents_pass_our_own_checker(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["check", "--profile", "quality-only", "--fail-on", "info", "--format", "concise", *ours()]) == 0, capsys.readouterr().out


def test_both_readmes_show_the_same_commands() -> None:
    indented = [re.findall(r"^    (python3 .*)$", text(name), re.MULTILINE) for name in READMES]
    assert indented[0] == indented[1]
    assert [command.split(" && ")[-1].split()[0] for command in indented[0]] == [".venv/bin/checker", ".venv/bin/python"]
    english, chinese = (re.findall(r"```yaml\n(.*?)```", text(name), re.DOTALL) for name in READMES)
    assert list(map(yaml.safe_load, english)) == list(map(yaml.safe_load, chinese))


@pytest.mark.parametrize("name", READMES)
def test_a_readme_shows_what_is_printed(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (shown,) = re.findall(r"```console\n\$ checker (.*)\n((?:.*\n)*?)```", text(name))
    assert main(shlex.split(shown[0])) == 1
    assert capsys.readouterr().out == shown[1]


@pytest.mark.parametrize("name", ["docs/config.md", "docs/config.zh-CN.md"])
def test_the_document_of_the_config_names_every_key_site_and_profile(name: str) -> None:
    document = text(name)
    keys = {key for row in re.findall(r"^\| (`.*?) \|", document, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}
    assert keys == {*Config.model_fields, *SITES} - {"none"}
    assert [path.stem for path in (ROOT / "rules" / "profiles").glob("*.yaml") if f"`{path.stem}`" not in document] == []


def test_the_document_of_the_rule_language_names_every_key() -> None:
    code = " ".join(re.findall(r"```.*?```|`[^`\n]+`", text("docs/rules.md"), re.DOTALL))
    for schema in (pack_schema(), profile_schema()):
        for model in (schema, *schema.get("definitions", {}).values()):
            for key in model.get("properties", {}):
                assert re.search(rf"(?<![\w-]){re.escape(key)}(?:`|\b)(?=[:`,\s|*?{{}}\]])", code), key


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_command_and_format_that_people_ask_for(name: str) -> None:
    for command in COMMANDS:
        assert f"`checker {command}" in text(name)
    for form in ("text", "concise", "json", "github", "sarif"):
        assert f"`{form}`" in text(name)
    for shown in re.findall(r"`checker ([a-z-]+)", text(name)):
        assert shown in COMMANDS


def test_versions_are_the_packages() -> None:
    for name in (*READMES, *CI):
        for version in re.findall(r"\bv(\d+\.\d+\.\d+)\b", text(name)):
            assert version == __version__, name
    assert f"## {__version__}" in text("CHANGELOG.md")


@pytest.mark.parametrize("name", READMES)
def test_the_rule_of_ones_own_works(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    pack = next(block for block in re.findall(r"```yaml\n(.*?)```", text(name), re.DOTALL) if "rules:" in block)
    for path, content in {"house-rules/style.yaml": pack, ".checker.yaml": "packs: [house-rules/]\n", "a.md": "震惊！\n"}.items():
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(content, encoding="utf-8")
    assert main(["test", "house-rules/"]) == 0
    assert main(["check", "--select", "house/no-clickbait", "--format", "concise", "a.md"]) == 0
    assert "a.md:1:1: warning" in capsys.readouterr().out


def test_the_hook_is_the_plain_check() -> None:
    first = yaml.safe_load(text(".pre-commit-hooks.yaml"))[0]
    assert first["id"] == "checker"
    assert shlex.split(first["entry"])[:2] == ["checker", "check"]
    assert (first["types_or"], first["require_serial"], first["language"]) == (["markdown", "html", "plain-text"], True, "python")
    assert first["entry"].split("--format ")[1] in FORMATS
    hooks = [hook for repo in yaml.safe_load(text(".pre-commit-config.yaml"))["repos"] for hook in repo["hooks"]]
    own = next(hook for hook in hooks if hook["id"] == "checker")
    assert [name for name in ours() if not re.search(own["files"], name)] == []


def test_the_examples_are_a_dozen_and_named_in_no_vain() -> None:
    examples = [path for path in (ROOT / "examples").iterdir() if path.is_file()]
    assert len(examples) >= 12
    for name in READMES:
        for example in re.findall(r"examples/([\w.-]+)", text(name)):
            assert (ROOT / "examples" / example).is_file()
