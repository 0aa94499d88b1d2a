"""Where a project's modules lie, and what was looked for: without trees, so that a cache can ask the same again."""

from __future__ import annotations

import dataclasses
import os
import pathlib
from collections.abc import Callable, Iterable, Sequence

from tf2lint import source

Roots = Callable[[pathlib.Path], tuple[pathlib.Path, ...]]
"""Says, for a file, the folders in which its project's top-level modules and packages lie, nearest first."""

Asked = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Folders of importing modules that share their roots, with the absolute names that modules in them looked for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Consulted:
    """What the findings of a module rest on besides its own text: what was looked for, and a digest of what was there.

    It may hold more than was needed, never less.
    """

    asked: Asked
    state: str


def find(name: str, roots: Iterable[pathlib.Path]) -> pathlib.Path | None:
    """The file of the module of that absolute name below these roots, or the folder of a namespace package."""
    found = place(name, roots)
    return None if found is None else pathlib.Path(found)


def place(
    name: str,
    roots: Iterable[pathlib.Path],
    isfile: Callable[[str], bool] = os.path.isfile,
    isdir: Callable[[str], bool] = os.path.isdir,
) -> str | None:
    """The same as a text; the functions say what there is."""
    parts = name.split(".")
    if not all(part.isidentifier() for part in parts):
        return None
    places = [os.path.join(root, *parts) for root in roots]
    for below in places:
        for path in (os.path.join(below, "__init__.py"), f"{below}.py"):
            if isfile(path):
                return path
    for below in places:
        if isdir(below):
            return below
    return None


def digest(path: str | pathlib.Path) -> str:
    """What tells the content of a module from another one; empty for a folder and for what can not be read."""
    try:
        return source.digest(source.read(path))
    except OSError:
        return ""


def said(name: str, path: str | pathlib.Path | None, content: str) -> str:
    """What there is of a name, in a word: another one for nothing, and for each path and digest of its content."""
    words = f"{name}: nothing" if path is None else f"{name}: {path} {content}"
    return source.digest(words.encode("utf-8", "surrogatepass"))


def state(
    asked: Iterable[tuple[Sequence[str], Sequence[str]]],
    roots_of: Callable[[str], tuple[pathlib.Path, ...]],
    found: Callable[[tuple[pathlib.Path, ...]], Callable[[str], str]],
) -> str:
    """A digest of what is there: the roots of each folder, and what `found` says of each name below these."""
    said: list[str] = []
    for folders, names in asked:
        roots = roots_of(folders[0])
        said += (str(root) for root in roots)
        # Where they do not share their roots any more, nothing is as it was.
        said += (folder if roots_of(folder) == roots else "" for folder in folders)
        said += map(found(roots), names)
    return source.digest("\0".join(said).encode("utf-8", "surrogatepass"))


@dataclasses.dataclass(eq=False, slots=True)
class _Importer:
    """A file that asks for modules: its folder, the roots of its project, and what is known below these.

    What it asked for are `names`; `files` are those of the modules that were found.
    """

    folder: str
    roots: tuple[pathlib.Path, ...]
    known: dict[str, pathlib.Path | None]
    names: set[str] = dataclasses.field(default_factory=set)
    files: set[str] = dataclasses.field(default_factory=set)


class Lookup:
    """Finds modules for those that import them, and remembers who asked for what."""

    def __init__(self, roots_of: Roots) -> None:
        self._roots_of = roots_of
        self._roots: dict[pathlib.Path, tuple[pathlib.Path, ...]] = {}
        self._found: dict[tuple[pathlib.Path, ...], dict[str, pathlib.Path | None]] = {}
        self._importers: dict[str, _Importer] = {}
        self._said: dict[tuple[pathlib.Path, ...], dict[str, tuple[str, str]]] = {}
        """Below some roots, the digest of the content that a name was found to have, and what is said of it."""

    def forget(self) -> None:
        """Drop what was found, and who asked."""
        self._found.clear()
        self._importers.clear()
        self._said.clear()
        self._roots.clear()

    def roots(self, path: pathlib.Path) -> tuple[pathlib.Path, ...]:
        """The folders in which the project of a file has its top-level modules."""
        folder = path.parent
        if folder not in self._roots:
            self._roots[folder] = self._roots_of(path)
        return self._roots[folder]

    def find(self, name: str, importer: str) -> pathlib.Path | None:
        """The file of the project's module of that absolute name, or the folder of a namespace package."""
        asker = self._importers.get(importer) or self._importer(importer)
        if name not in asker.known:
            asker.known[name] = find(name, asker.roots)
        found = asker.known[name]
        if name not in asker.names:
            asker.names.add(name)
            if found is not None:
                asker.files.add(str(as_module(found)))
        return found

    def _importer(self, file: str) -> _Importer:
        path = pathlib.Path(file)
        roots = self.roots(path)
        made = _Importer(str(path.parent), roots, self._found.setdefault(roots, {}))
        self._importers[file] = made
        return made

    def consulted(self, path: pathlib.Path, digest_of: Callable[[pathlib.Path], str]) -> Consulted:
        """All that a module looked for, the modules that were found so, and so on, with digests of what was read."""

        def said_below(roots: tuple[pathlib.Path, ...]) -> Callable[[str], str]:
            below, known = self._found[roots], self._said.setdefault(roots, {})

            def word(name: str) -> str:
                found = below[name]
                content = "" if found is None else digest_of(found)
                content_then, then = known.get(name, ("", ""))
                if not then or content_then != content:
                    then = said(name, found, content)
                    known[name] = content, then
                return then

            return word

        asked = self._closure(path)
        return Consulted(asked, state(asked, lambda folder: self._roots[pathlib.Path(folder)], said_below))

    def _closure(self, start: pathlib.Path) -> Asked:
        groups: dict[tuple[pathlib.Path, ...], tuple[set[str], set[str]]] = {}
        seen = {str(start)}
        pending = list(seen)
        while pending:
            file = pending.pop()
            importer = self._importers.get(file) or self._importer(file)
            folders, names = groups.setdefault(importer.roots, (set(), set()))
            folders.add(importer.folder)
            names |= importer.names
            new = importer.files - seen
            seen |= new
            pending += new
        return tuple(sorted((tuple(sorted(folders)), tuple(sorted(names))) for folders, names in groups.values()))


def as_module(found: pathlib.Path) -> pathlib.Path:
    """The file that a module says it is; a namespace package, which is a folder, names the one that it lacks."""
    return found if found.suffix == ".py" else found / "__init__.py"
