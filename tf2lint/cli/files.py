"""Which files a run looks at."""

from __future__ import annotations

import fnmatch
import os
import pathlib
from collections.abc import Callable, Iterator, Sequence

from tf2lint import notebook
from tf2lint.config import Projects


def discover(
    paths: Sequence[str],
    projects: Projects,
    exclude: Sequence[str],
    problem: Callable[[str, str], None],
    *,
    notebooks: bool = False,
) -> Iterator[str]:
    """The files that the arguments of a run name, each once, in the order of the arguments and sorted below them.

    A file is taken whatever its name; a directory is walked for `*.py`, with `notebooks` for `*.ipynb` too, without
    hidden directories, caches, virtual environments and what is excluded, and without entering symbolic links to
    directories, so that no loop is possible.
    `problem` is told the path and the reason of what can not be read.
    """
    seen: set[str] = set()
    suffixes = (".py", notebook.SUFFIX) if notebooks else (".py",)
    for path in paths:
        if os.path.isdir(path):
            found = sorted(_walk(os.path.normpath(path), suffixes, projects, exclude, problem))
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
    problem: Callable[[str, str], None],
) -> Iterator[str]:
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            problem(current, error.strerror or str(error))
            continue
        excluded = _Excluded(pathlib.Path(os.path.abspath(current)), projects, exclude)
        for entry in entries:
            name = os.path.normpath(entry.path)
            if entry.name.startswith(".") or excluded(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__" and not os.path.exists(os.path.join(name, "pyvenv.cfg")):
                    pending.append(name)
            elif entry.name.endswith(suffixes) and (
                entry.is_file(follow_symlinks=False) or (entry.is_symlink() and not os.path.isdir(name))
            ):
                yield name


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
        paths = {above + name for above in self._above}
        return any(fnmatch.fnmatch(path, pattern) for pattern in self._patterns for path in paths)
