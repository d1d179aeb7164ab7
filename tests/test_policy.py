"""`--policy-from REF`, with git itself: whatever a change does to configs, packs, ignore files and baselines, its articles are judged as
the base would judge them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.cli import main

ENV = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": f"{who.lower()}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}
PACK = """\
rules:
  - id: house/{name}
    kind: forbid
    category: terminology
    severity: error
    message: 不用“{{match}}”
    {cue}
    bad: ["⟦{word}⟧！"]
    good: ["平安无事。"]
"""
SHOCKING = PACK.format(name="shocking", word="震惊", cue="terms: [震惊]")
LISTED = PACK.format(name="listed", word="重磅", cue="match: {any: [{file: words.txt}]}")
BAD = "# 题\n\n震惊！\n"
CONFIG = "select: [terminology, suppression]\npacks: [house/]\nlang: en\nexclude: [drafts/, house/, lax/, away/]\n"


def git(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=folder, env=ENV, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def commit(what: str = "change") -> None:
    git(Path(), "add", "-A")
    git(Path(), "commit", "-qm", what)


@pytest.fixture(autouse=True)
def _base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On main: a config, a pack with a word list, ignore files, a clean article; then a branch `work`."""
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "cache"))
    shipped = tmp_path / "shipped"  # the program with no rules of its own: they take most of the time
    (shipped / "profiles").mkdir(parents=True)
    (shipped / "profiles" / "cn-media.yaml").write_text("description: x\njurisdictions: [cn]\n", encoding="utf-8")
    for module in ("checker.packs", "checker.plans"):
        monkeypatch.setattr(f"{module}.shipped_rules", lambda: shipped)
    git(Path(), "init", "-q", "-b", "main")
    write(".checker.yaml", CONFIG)
    write("house/shocking.yaml", SHOCKING)
    write("house/listed.yaml", LISTED)
    write("house/words.txt", "重磅\n")
    write(".checkerignore", "/old/\n")
    write(".gitignore", "/public/\n")
    write("posts/clean.md", "# 题\n\n正文。\n")
    write("drafts/draft.md", BAD)
    write("old/old.md", BAD)
    commit("base")
    git(Path(), "checkout", "-qb", "work")


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, `path: rule` of what is found by the policy of main, notes."""
    capsys.readouterr()
    code = main(["check", "--format", "concise", "--policy-from", "main", "--jobs", "1", *arguments])
    out, err = capsys.readouterr()
    found = [f"{line.split(':')[0]}: {line.rpartition('[')[2].rstrip(']')}" for line in out.splitlines()]
    return code, found, err


def evil(name: str = "posts/evil.md", text: str = BAD) -> None:
    write(name, text)


def config_is_changed() -> None:
    evil()
    write(".checker.yaml", "select: [encoding]\n")


def suppression_in_escapes() -> None:
    """Nobody who looks for suppressions would find it."""
    evil(text='---\n"checker\\x2ddisable": {house/shocking: quoted}\n---\n\n' + BAD)


def config_is_broken() -> None:
    evil()
    write(".checker.yaml", "nonsense: [\n")


def config_is_removed() -> None:
    evil()
    Path(".checker.yaml").unlink()


def config_ignores_the_rule() -> None:
    evil()
    write(".checker.yaml", f"{CONFIG}ignore: [house/shocking]\nfail_on: error\nseverity: {{house/shocking: info}}\n")


def config_excludes_the_article() -> None:
    evil()
    write(".checker.yaml", CONFIG.replace("drafts/", "posts/"))


def nearer_config() -> None:
    evil()
    write("posts/.checker.yaml", "select: [encoding]\n")


def nearer_yml() -> None:
    evil()
    write("posts/.checker.yml", "select: [encoding]\n")


def nearer_pyproject() -> None:
    evil()
    write("posts/pyproject.toml", "[tool.checker]\nselect = ['encoding']\n")


def config_is_a_link() -> None:
    evil()
    write("posts/lax.yaml", "select: [encoding]\n")
    Path(".checker.yaml").unlink()
    Path(".checker.yaml").symlink_to("posts/lax.yaml")


def nearer_config_is_a_link() -> None:
    evil()
    write("lax.yaml", "select: [encoding]\n")
    Path("posts/.checker.yaml").symlink_to("../lax.yaml")


def folder_of_the_pack_is_a_link() -> None:
    evil()
    git(Path(), "mv", "house", "away")
    write("lax/lax.yaml", LISTED)
    write("lax/words.txt", "没有\n")
    Path("house").symlink_to("lax")


def pack_is_changed() -> None:
    evil()
    write("house/shocking.yaml", SHOCKING.replace("震惊", "别的"))


def pack_is_broken() -> None:
    evil()
    write("house/shocking.yaml", "rules: nonsense\n")


def pack_is_removed() -> None:
    evil()
    Path("house/shocking.yaml").unlink()


def exception_is_added_by_a_pack() -> None:
    evil()
    write("house/more.yaml", "lexicons: {x: {terms: [甲]}}\nrules: 1\n")


def word_list_is_emptied() -> None:
    evil(text="# 题\n\n重磅！\n")
    write("house/words.txt", "没有\n")


def baseline_is_brought_along() -> None:
    evil()
    write(".checker.yaml", f"{CONFIG}baseline: .checker-baseline\n")
    assert main(["baseline", "write", "-q", "--jobs", "1", "."]) == 0


def checkerignore() -> None:
    evil()
    write(".checkerignore", "posts/\n")


def nearer_checkerignore() -> None:
    evil()
    write("posts/.checkerignore", "*\n")


def gitignore() -> None:
    evil()
    write(".gitignore", "posts/\n")
    git(Path(), "add", "-f", "posts/evil.md")


def encodings() -> None:
    evil()
    write(".checker.yaml", f"{CONFIG}encodings: {{'posts/**': utf-16}}\n")


def site_is_pretended() -> None:
    evil(text="# 题\n\n{{< x 震惊 >}}\n")
    write("hugo.toml", "baseURL = 'x'\n")


def renamed_from_where_it_was_left_out() -> None:
    git(Path(), "mv", "drafts/draft.md", "posts/draft.md")


def linked_to_where_it_is_left_out() -> None:
    Path("posts/evil.md").symlink_to("../drafts/draft.md")


def folder_is_linked() -> None:
    Path("news").symlink_to("drafts")


def extends_something_lax() -> None:
    evil()
    write("lax.yaml", "ignore: [terminology]\n")
    write(".checker.yaml", f"extends: [lax.yaml]\n{CONFIG}")


ATTACKS: dict[Callable[[], None], str] = {
    config_is_changed: "posts/evil.md: house/shocking",
    suppression_in_escapes: "posts/evil.md: house/shocking",
    config_is_broken: "posts/evil.md: house/shocking",
    config_is_removed: "posts/evil.md: house/shocking",
    config_ignores_the_rule: "posts/evil.md: house/shocking",
    config_excludes_the_article: "posts/evil.md: house/shocking",
    nearer_config: "posts/evil.md: house/shocking",
    nearer_yml: "posts/evil.md: house/shocking",
    nearer_pyproject: "posts/evil.md: house/shocking",
    config_is_a_link: "posts/evil.md: house/shocking",
    nearer_config_is_a_link: "posts/evil.md: house/shocking",
    folder_of_the_pack_is_a_link: "posts/evil.md: house/shocking",
    pack_is_changed: "posts/evil.md: house/shocking",
    pack_is_broken: "posts/evil.md: house/shocking",
    pack_is_removed: "posts/evil.md: house/shocking",
    exception_is_added_by_a_pack: "posts/evil.md: house/shocking",
    word_list_is_emptied: "posts/evil.md: house/listed",
    baseline_is_brought_along: "posts/evil.md: house/shocking",
    checkerignore: "posts/evil.md: house/shocking",
    nearer_checkerignore: "posts/evil.md: house/shocking",
    gitignore: "posts/evil.md: house/shocking",
    encodings: "posts/evil.md: house/shocking",
    site_is_pretended: "posts/evil.md: house/shocking",
    renamed_from_where_it_was_left_out: "posts/draft.md: house/shocking",
    linked_to_where_it_is_left_out: "posts/evil.md: house/shocking",
    folder_is_linked: "news/draft.md: house/shocking",
    extends_something_lax: "posts/evil.md: house/shocking",
}


@pytest.mark.parametrize("since", [[], ["--since", "main"]], ids=["all", "since"])
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_change_does_not_weaken_the_gate(attack: Callable[[], None], since: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    attack()
    commit()
    assert git(Path(), "status", "--porcelain") == ""
    assert check(capsys, *since, ".")[:2] == (1, [ATTACKS[attack]])


def test_named_files_are_judged_alike(capsys: pytest.CaptureFixture[str]) -> None:
    """As hooks name them. What the base leaves out stays left out; what only the change leaves out does not."""
    config_excludes_the_article()
    write(".checkerignore", "*\n")
    assert check(capsys, "posts/evil.md", "drafts/draft.md", "old/old.md")[:2] == (1, ["posts/evil.md: house/shocking"])


def test_a_pack_that_the_change_adds_has_no_effect(capsys: pytest.CaptureFixture[str]) -> None:
    write("house/more.yaml", PACK.format(name="more", word="正文", cue="terms: [正文]"))
    assert check(capsys, ".")[:2] == (0, [])
    assert main(["check", "-q", "--jobs", "1", "."]) == 1


def test_a_config_that_only_the_change_has_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    nearer_config()
    assert "posts/.checker.yaml: not used: it is not as main has it" in check(capsys, ".")[2]


def test_the_tip_counts_not_where_the_change_branched_off(capsys: pytest.CaptureFixture[str]) -> None:
    evil(text="# 题\n\n喜讯！\n")
    commit()
    git(Path(), "checkout", "-q", "main")
    write("house/later.yaml", PACK.format(name="later", word="喜讯", cue="terms: [喜讯]"))
    commit("stricter")
    git(Path(), "checkout", "-q", "work")
    assert check(capsys, ".")[:2] == (1, ["posts/evil.md: house/later"])


def test_an_unknown_revision_and_a_broken_base_are_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--policy-from", "nowhere", "."]) == 2
    assert "no such revision: 'nowhere'" in capsys.readouterr().err
    git(Path(), "checkout", "-q", "main")
    write(".checker.yaml", "nonsense: 1\n")
    commit()
    code, _, err = check(capsys, ".")
    assert code == 2
    assert err.startswith("main:.checker.yaml:1:1: ")


def test_suppressions_that_the_change_adds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    evil(text=f"<!-- checker-disable-file house/shocking reason: 引文 -->\n\n{BAD}")
    assert main(["check", "-q", "--jobs", "1", "--policy-from", "main", "."]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-2:] == [
        "1 suppression added by the change:",
        "  posts/evil.md:1:1: house/shocking · whole article · 引文",
    ]
    commit()
    git(Path(), "checkout", "-qB", "main")
    git(Path(), "checkout", "-qB", "work")
    assert main(["check", "-q", "--jobs", "1", "--policy-from", "main", "."]) == 0
    assert "added by the change" not in capsys.readouterr().out


def test_what_may_not_be_suppressed_is_for_the_base_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    git(Path(), "checkout", "-q", "main")
    write(".checker.yaml", f"{CONFIG}unsuppressable: [house/shocking]\n")
    commit()
    git(Path(), "checkout", "-qB", "work")
    write(".checker.yaml", CONFIG)
    evil(text=f"<!-- checker-disable-file house/shocking reason: 引文 -->\n\n{BAD}")
    assert check(capsys, ".")[:2] == (1, ["posts/evil.md: suppression/not-allowed", "posts/evil.md: house/shocking"])


def test_a_submodule_that_the_change_adds_brings_no_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q", "-b", "main")
    (other / "evil.md").write_text(BAD, encoding="utf-8")
    (other / ".checker.yaml").write_text("select: [encoding]\n", encoding="utf-8")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "one")
    git(Path(), "-c", "protocol.file.allow=always", "submodule", "-q", "add", str(other), "sub")
    commit()
    assert check(capsys, ".")[:2] == (1, ["sub/evil.md: house/shocking"])
