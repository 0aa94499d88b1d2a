"""What git ignores: `.gitignore` in the folders of a repository, and its `.git/info/exclude`.

A user's own ignore file plays no part, so that a run finds the same everywhere. Matching is pathspec's, which is not
always installed: without it nothing is ignored, and that is said once.
"""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Callable, Iterable, Iterator

from tf2lint import source
from tf2lint.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    Levels = tuple[tuple[pathlib.Path, GitIgnoreSpec], ...]


class GitIgnore:
    """Says of the entries of folders whether git ignores them. `top_of` is where a folder without repository ends."""

    def __init__(self, top_of: Callable[[pathlib.Path], pathlib.Path | None]) -> None:
        self._top_of = top_of
        self._levels: dict[pathlib.Path, Levels] = {}
        self._tops: dict[pathlib.Path, pathlib.Path] = {}
        self._without = False

    def start(self, folder: pathlib.Path) -> None:
        """Begin a walk. A folder that is ignored itself was asked for: what is said above it does not count below."""
        top = self._top(folder)
        for above in (folder, *folder.parents):
            if above == top:
                return
            if self(above.parent, above.name, is_folder=True):
                self._tops[folder] = folder
                self._levels.pop(folder, None)
                return

    def __call__(self, folder: pathlib.Path, name: str, *, is_folder: bool) -> bool:
        """Whether an entry of a folder, given absolutely, is ignored; what lies in an ignored folder is not asked."""
        for base, spec in self._of(folder):
            whole = folder / name
            said = spec.check_file(f"{whole.relative_to(base).as_posix()}{'/' if is_folder else ''}").include
            if said is not None:
                return said
        return False

    def _top(self, folder: pathlib.Path) -> pathlib.Path:
        """The folder of the repository, else of the project, else the folder itself."""
        if folder not in self._tops:
            if (folder / ".git").exists():
                top = folder
            elif folder.parent in self._tops:
                top = self._tops[folder.parent]
            else:
                repositories = (above for above in folder.parents if (above / ".git").exists())
                top = next(repositories, self._top_of(folder) or folder)
            self._tops[folder] = top
        return self._tops[folder]

    def _of(self, folder: pathlib.Path) -> Levels:
        """What is said in a folder and in those above it, the nearest first: it wins."""
        if folder not in self._levels:
            above = () if self._top(folder) == folder else self._of(folder.parent)
            self._levels[folder] = (*self._here(folder), *above)
        return self._levels[folder]

    def _here(self, folder: pathlib.Path) -> Iterator[tuple[pathlib.Path, GitIgnoreSpec]]:
        for file in (folder / ".gitignore", _git_folder(folder) / "info" / "exclude"):
            lines = _lines(file)
            if not any(line.strip() and not line.startswith("#") for line in lines) or self._without:
                continue
            try:
                yield folder, _spec(lines)
            except ImportError:
                self._without = True
                print(
                    f"tf2lint: warning: {visible(os.path.relpath(file))} is not respected, which needs pathspec: "
                    "pip install 'tf2lint[command]'",
                    file=sys.stderr,
                )


def _git_folder(folder: pathlib.Path) -> pathlib.Path:
    """Where git keeps what belongs to a repository: elsewhere for a submodule and for a second working tree."""
    git = folder / ".git"
    if git.is_file():
        git = folder / "".join(_lines(git)).removeprefix("gitdir:").strip()
        git = git / "".join(_lines(git / "commondir")).strip()
    return git


def _lines(file: pathlib.Path) -> list[str]:
    try:
        return source.read(file).decode("utf-8", "surrogateescape").removeprefix("\ufeff").split("\n")
    except OSError:
        return []


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    understood = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:  # What git can not understand either matches nothing.
            continue
        understood.append(line)
    return GitIgnoreSpec.from_lines(understood)
