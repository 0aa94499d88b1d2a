"""Which files a run looks at."""

from __future__ import annotations

import fnmatch
import os
import pathlib
from collections.abc import Callable, Iterator, Sequence

from tf2lint import source
from tf2lint.cli.gitignore import GitIgnore
from tf2lint.config import Projects


def discover(
    paths: Sequence[str],
    projects: Projects,
    exclude: Sequence[str],
    problem: Callable[[str, str], None],
    *,
    notebooks: bool = False,
    gitignore: bool = True,
    force_exclude: bool = False,
) -> Iterator[str]:
    """The files that the arguments of a run name, each once, in the order of the arguments and sorted below them.

    A file is taken whatever its name; a directory is walked for `*.py`, with `notebooks` for `*.ipynb` too, without
    hidden directories, caches, virtual environments, what is excluded and, with `gitignore`, what git ignores, and
    without entering symbolic links to directories, so that no loop is possible. With `force_exclude`, what is excluded
    is left out though it is named. `problem` is told the path and the reason of what can not be read.
    """
    seen: set[str] = set()
    suffixes = (".py", source.NOTEBOOK) if notebooks else (".py",)
    ignored = GitIgnore(projects.project_of) if gitignore else None
    for path in paths:
        if force_exclude and _is_excluded(pathlib.Path(os.path.abspath(path)), projects, exclude):
            continue
        if os.path.isdir(path):
            found = sorted(_walk(os.path.normpath(path), suffixes, projects, exclude, ignored, problem))
        elif os.path.lexists(path):
            found = [os.path.normpath(path)]
        else:
            problem(path, "no such file or directory")
            continue
        for name in found:
            absolute = os.path.abspath(name)
            if absolute not in seen:
                seen.add(absolute)
                yield name


def _walk(
    folder: str,
    suffixes: tuple[str, ...],
    projects: Projects,
    exclude: Sequence[str],
    ignored: GitIgnore | None,
    problem: Callable[[str, str], None],
) -> Iterator[str]:
    pending = [folder]
    if ignored is not None:
        ignored.start(pathlib.Path(os.path.abspath(folder)))
    while pending:
        current = pending.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            problem(current, error.strerror or str(error))
            continue
        whole = pathlib.Path(os.path.abspath(current))
        excluded = _Excluded(whole, projects, exclude)
        for entry in entries:
            name = os.path.normpath(entry.path)
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") or not (is_folder or entry.name.endswith(suffixes)) or excluded(entry.name):
                continue
            if ignored is not None and ignored(whole, entry.name, is_folder=is_folder):
                continue
            if is_folder:
                if entry.name != "__pycache__" and not os.path.exists(os.path.join(name, "pyvenv.cfg")):
                    pending.append(name)
            elif entry.is_file(follow_symlinks=False) or (entry.is_symlink() and _may_be_program(name)):
                yield name


def _may_be_program(link: str) -> bool:
    """Whether a link leads to a file, or to nothing, which is told of; a device or a pipe would never end."""
    return os.path.isfile(link) or not os.path.exists(link)


def _is_excluded(path: pathlib.Path, projects: Projects, exclude: Sequence[str]) -> bool:
    """Whether a path, or a folder that it lies in below its project or the current directory, is excluded."""
    top = projects.project_of(path) or pathlib.Path.cwd()
    inside = (part for part in (path, *path.parents) if part != top and part.is_relative_to(top))
    return any(_Excluded(part.parent, projects, exclude)(part.name) for part in inside)


class _Excluded:
    """Whether an entry of a directory is excluded, by the command's patterns or its project's.

    A pattern is held against the entry's name, and against its path from the project and from the current directory.
    """

    def __init__(self, folder: pathlib.Path, projects: Projects, exclude: Sequence[str]) -> None:
        settings = projects.of_folder(folder)
        self._patterns = [pattern.rstrip("/") for pattern in (*exclude, *settings.exclude)]
        bases = [pathlib.Path.cwd(), *([] if settings.project is None else [settings.project])]
        self._above = [""] + [
            f"{folder.relative_to(base).as_posix()}/" if folder != base else ""
            for base in bases
            if folder.is_relative_to(base)
        ]

    def __call__(self, name: str) -> bool:
        if not self._patterns:
            return False
        paths = {above + name for above in self._above}
        return any(fnmatch.fnmatch(path, pattern) for pattern in self._patterns for path in paths)
