"""What a base commit says of how to check: its configs, packs, word lists, ignore files, baselines and files of sites.

The articles come from the working tree, so no change can weaken the gate that it has to pass. The files are laid out in a private
folder, as they lie in the repository, under the path of its top: `../x` in a config leads out of the copy as it leads out of the
repository, and never into the working tree. No command of git that writes, filters or runs hooks is used.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import NamedTuple

from checker.config import FILE_NAMES, find
from checker.errors import CheckerError, CheckerErrors
from checker.git import commit_of, git, git_bytes, superproject_of
from checker.parse import FORMATS_BY_SUFFIX
from checker.read import IGNORE_FILES

_MEDIA = frozenset((
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".heic", ".mp3", ".ogg", ".wav", ".flac",
    ".mp4", ".webm", ".mov", ".mkv", ".pdf", ".psd", ".ai", ".zip", ".gz", ".xz", ".7z", ".rar", ".tar", ".woff", ".woff2", ".ttf",
    ".otf", ".eot", ".doc", ".xls", ".xlsx", ".ppt", ".pptx", ".parquet", ".bin",
))  # fmt: skip
_GUARDING = (*FILE_NAMES, "pyproject.toml", *IGNORE_FILES)  # whose absence would let more pass


class _Copy(NamedTuple):
    """top: of a repository, as its path was given; copy: where its files lie; real: the top without links."""

    top: Path
    copy: Path
    real: Path


class Policy:
    """reference: a branch, tag or revision. Its tip counts, not the merge base: who makes a change chooses where it branches off."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        self._place = Path(tempfile.mkdtemp(prefix="checker-policy-")).resolve()
        self._copies: dict[Path, _Copy] = {}  # by top
        self._tops: dict[Path, Path] = {}  # by folder
        self._pinned: dict[Path, str] = {}  # commits of submodules, by real path
        weakref.finalize(self, _removed, self._place, os.getpid())

    def of(self, path: Path) -> Path:
        """The copy of what a path of the working tree names, whether there is one or not; the path itself outside any repository."""
        path = _absolute(path)
        if any(path.is_relative_to(one.copy) for one in self._copies.values()):
            return path
        if path.is_relative_to(self._place):  # out of a copy by `../`: out of the repository
            _, *parts = path.relative_to(self._place).parts  # the number of the copy
            return self.of(Path(path.anchor, *parts))
        top = self._top(path)
        if top is None:
            return path
        found = self._copied(top)
        return found.copy / path.relative_to(top)

    def real(self, path: Path) -> Path:
        """The path of the working tree that a copy stands for; any other path itself."""
        found = next((one for one in self._copies.values() if path.is_relative_to(one.copy)), None)
        return found.top / path.relative_to(found.copy) if found else path

    def find(self, folder: Path) -> Path | None:
        """The config that holds for a folder: the copy of the nearest one, else one above the repository."""
        folder = _absolute(folder)
        top = self._top(folder)
        if top is None:
            raise CheckerError(f"--policy-from: no git repository here: {folder} / 不在 git 仓库中")
        copy = self._copied(top).copy
        if inside := find(copy / folder.relative_to(top), last=copy):
            return inside
        above = find(top.parent)
        return self.find(top.parent) if above and self._top(above) else above

    def not_used(self, folder: Path) -> list[Path]:
        """The nearest config of the working tree, where the base does not hold it as it is."""
        path = find(folder)
        if path is None or self._top(path) is None or _says(path) == _says(self.of(path)):
            return []
        return [path]

    def revision(self, top: Path) -> str | None:
        """What the articles of a repository are compared with: the reference, or the commit at which it holds them as a submodule;
        None where it holds no such one. top: as git says it."""
        if any(one.real == top for one in self._copies.values()):
            return self.reference
        return self._pinned.get(top)

    def named(self, error: CheckerError) -> CheckerError:
        """The error with paths as git writes them, `REF:path`, instead of those of copies."""
        if isinstance(error, CheckerErrors):
            return CheckerErrors([self.named(one) for one in error.errors])
        return CheckerError(self.name(error.message), self.name(error.path), error.line, error.column)

    def name(self, text: str) -> str:
        for one in self._copies.values():
            text = text.replace(f"{one.copy}{os.sep}", f"{self.reference}:").replace(str(one.copy), f"{self.reference}:")
        return text

    def _top(self, folder: Path) -> Path | None:
        """Of the repository, and of those that hold it as a submodule the outermost: what a change adds as a submodule is no base."""
        if folder not in self._tops:
            if not (folder / ".git").exists():
                top = self._top(folder.parent) if folder.parent != folder else None
            else:
                above = superproject_of(folder)
                top = next((place for place in folder.parents if place.resolve() == above), folder) if above else folder
                top = self._top(top) if top != folder else folder
            if top is None:
                return None
            self._tops[folder] = top
        return self._tops[folder]

    def _copied(self, top: Path) -> _Copy:
        if top not in self._copies:
            copy = self._place / str(len(self._copies)) / top.relative_to(top.anchor)
            self._copies[top] = _Copy(top, copy, top.resolve())
            self._lay_out(top, commit_of(self.reference, top), copy, top)
        return self._copies[top]

    def _lay_out(self, repository: Path, commit: str, copy: Path, top: Path) -> None:
        """The tree of a commit: all folders, and the files that may have to say something. top: of the outermost repository."""
        copy.mkdir(parents=True, exist_ok=True)
        (copy / ".git").touch()  # whoever looks upwards stops where the repository does
        blobs: list[tuple[str, str, str]] = []  # mode, name of the object, path
        for entry in git(repository, "--no-replace-objects", "ls-tree", "-rtz", "--full-tree", commit).split("\0"):
            if not entry:
                continue
            about, _, path = entry.partition("\t")
            mode, kind, name = about.split()
            if kind == "tree":
                (copy / path).mkdir(exist_ok=True)
            elif kind == "commit":
                self._submodule(repository / path, name, copy / path, top)
            elif _may_say(path):
                blobs.append((mode, name, path))
        for (mode, _, path), data in zip(blobs, _contents(repository, [name for _, name, _ in blobs]), strict=True):
            if mode == "120000":
                os.symlink(_target(os.fsdecode(data), path, repository, self._copies[top]), copy / path)
            else:
                (copy / path).write_bytes(data)
        for mode, _, path in blobs:
            if mode == "120000" and os.path.basename(path) in _GUARDING and not (copy / path).exists():
                raise CheckerError("is a link that leads nowhere there / 该符号链接在基准版本中没有目标", f"{self.reference}:{path}")

    def _submodule(self, place: Path, commit: str, copy: Path, top: Path) -> None:
        """The commit that the base holds. What is not checked out has no articles either."""
        copy.mkdir(parents=True, exist_ok=True)
        if not (place / ".git").exists():
            return
        self._pinned[place.resolve()] = commit
        try:
            git(place, "cat-file", "-e", f"{commit}^{{tree}}")
        except CheckerError as error:
            shown = place.relative_to(top)
            raise CheckerError(
                f"--policy-from {self.reference}: the submodule {shown} lacks {commit[:12]}: fetch it / 子模块缺少该提交，请取回"
            ) from error
        self._lay_out(place, commit, copy, top)


def _says(path: Path) -> object:
    """What a config says, None where there is none: of a pyproject.toml its own table alone."""
    try:
        data = path.read_bytes()
        if path.suffix != ".toml":
            return data
        import tomllib

        return tomllib.loads(data.decode("utf-8-sig")).get("tool", {}).get("checker")
    except (OSError, ValueError):
        return None


def _absolute(path: Path) -> Path:
    """`..` behind a link leads elsewhere than it looks."""
    return path.resolve() if ".." in path.parts else path.absolute()


def _may_say(path: str) -> bool:
    """Whether a file may be a config, a pack, a word list or the like: articles and pictures are not read for that."""
    name = os.path.basename(path)
    suffix = os.path.splitext(name)[1].lower()
    return suffix in (".txt", "") or name == "SUMMARY.md" or not (suffix in FORMATS_BY_SUFFIX or suffix in _MEDIA)


def _contents(repository: Path, names: list[str]) -> list[bytes]:
    """The bytes of objects, in their order."""
    said = git_bytes(repository, "--no-replace-objects", "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    found: list[bytes] = []
    at = 0
    for name in names:
        end = said.index(b"\n", at)
        words = said[at:end].split()
        if len(words) != 3:
            raise CheckerError(f"git cat-file: {name} is missing: is all of it fetched? / 缺少对象，是否已完整取回？")
        found.append(said[end + 1 : end + 1 + int(words[2])])
        at = end + 2 + int(words[2])
    return found


def _target(target: str, path: str, repository: Path, within: _Copy) -> str:
    """Where the copy of a link leads: to the copy of what it led to, or to the same place outside of the repository."""
    led = os.path.normpath(os.path.join(repository, os.path.dirname(path), target))
    if not os.path.isabs(target) and Path(led).is_relative_to(repository):
        return target
    for place, top in ((Path(led), within.top), (Path(os.path.realpath(led)), within.real)):
        if place.is_relative_to(top):
            return str(within.copy / place.relative_to(top))
    return led


def _removed(place: Path, process: int) -> None:
    """Only by the process that made it: others are forked from it."""
    if os.getpid() == process:
        shutil.rmtree(place, ignore_errors=True)
