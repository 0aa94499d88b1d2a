"""The project's own modules, found from the file that imports them and nowhere else.

`sys.path`, the current directory and installed packages play no part: they differ between hosts. Nothing is imported.
"""

from __future__ import annotations

import ast
import dataclasses
import pathlib
from collections.abc import Iterator

from astroid import nodes

from tf2lint import source
from tf2lint.inference import lookup, scan
from tf2lint.inference.build import Tree, parse
from tf2lint.inference.index import Index
from tf2lint.inference.values import canonical

_LEAST = 1_000
"""What an empty module takes, in characters."""


@dataclasses.dataclass(eq=False, slots=True)
class Scanned:
    """A module of the project as its text shows it: where it lies, its absolute name, whether it is a package's own."""

    path: pathlib.Path
    name: str
    package: bool
    scan: scan.Scan


class Modules:
    """Reads and keeps the modules of a project."""

    def __init__(self, roots_of: lookup.Roots) -> None:
        self.size = 0
        """The characters of all modules that are kept as trees."""
        self._lookup = lookup.Lookup(roots_of)
        self._by_path: dict[pathlib.Path, Tree | None] = {}
        self._trees: dict[nodes.Module, Tree] = {}
        self._states: dict[pathlib.Path, _State] = {}
        self._digests: dict[pathlib.Path, str] = {}
        self._imported: dict[Scanned, tuple[Scanned, ...]] = {}
        self._loaded: dict[tuple[str, str], nodes.Module | None] = {}
        """What each importer got for a name, so that the look-up is made, and noted, once."""
        self._scans: dict[pathlib.Path, Scanned | None] = {}
        self._scanned: dict[nodes.Module, Scanned] = {}

    def forget(self) -> None:
        """Drop every tree, so that memory stays bounded over many files."""
        self._by_path.clear()
        self._trees.clear()
        self.size = 0
        self._digests.clear()
        self._states.clear()
        self._forget_look_ups()

    def refresh(self) -> None:
        """Drop what may not be as it lies on the disk now: files that changed, and texts that were never there.

        Trees that stay are the same objects as before; what was learned from them may depend on those that go.
        """
        self._by_path = {
            path: tree
            for path, tree in self._by_path.items()
            if path in self._states and self._states[path] == _state(path)
        }
        self._trees = {tree.module: tree for tree in self._by_path.values() if tree}
        self.size = sum(_size(tree) for tree in self._trees.values())
        self._states = {path: self._states[path] for path in self._by_path}
        self._forget_look_ups()
        self._digests = {path: said for path, said in self._digests.items() if path in self._by_path}

    def _forget_look_ups(self) -> None:
        """Drop what was looked for, and what the texts that were found say."""
        self._lookup.forget()
        self._scans.clear()
        self._scanned.clear()
        self._imported.clear()
        self._loaded.clear()

    def add(
        self,
        path: pathlib.Path,
        text: str,
        digest: str = "",
        *,
        importable: bool = True,
        syntax: ast.Module | None = None,
    ) -> nodes.Module:
        """The tree of the module under lint, whose text may differ from what the file holds.

        `digest` is that of the content which the text was made of, empty where it is unknown. Where it is not
        `importable`, others that import the path see what the file holds. `syntax` is as in `build.parse`, which says
        also what is raised.
        """
        self._note(path, digest)
        package, name = path.name == "__init__.py", self._name(path)
        tree = self._by_path.get(path)
        # Another module that imports it may have had it read already.
        if tree is None or tree.text != text or tree.module.name != name:
            tree = parse(text, name, str(path), package=package, syntax=syntax)
            self._states.pop(path, None)
            if path in self._by_path:
                self._loaded.clear()
            if self._scans.pop(path, None) is not None:
                self._scanned.clear()
                self._imported.clear()
            if importable:
                self._by_path[path] = tree
            self._hold(tree)
        return tree.module

    def roots(self, path: pathlib.Path) -> tuple[pathlib.Path, ...]:
        """The folders in which the project of a file has its top-level modules."""
        return self._lookup.roots(path)

    def wildcards(self, module: nodes.Module) -> tuple[nodes.ImportFrom, ...]:
        """The `from … import *` statements of a module."""
        tree = self._trees.get(module)
        return tree.wildcards if tree else ()

    def index(self, module: nodes.Module) -> Index | None:
        """The index of a module that is kept."""
        tree = self._trees.get(module)
        return tree.index if tree else None

    def load(self, name: str, importer: nodes.Module) -> nodes.Module | None:
        """The project's module of that absolute name as `importer` sees it; None where the project has none."""
        key = (importer.file, name)
        if key not in self._loaded:
            self._loaded[key] = self._load(self.find(name, importer.file), name)
        return self._loaded[key]

    def _load(self, path: pathlib.Path | None, name: str) -> nodes.Module | None:
        if path is None:
            return None
        if path not in self._by_path:
            self._states[path] = _state(path)  # Before it is read: what changes in between is seen to have changed.
            self._keep(path, self._read(path, name))
        tree = self._by_path[path]
        return tree.module if tree else None

    def find(self, name: str, importer: str) -> pathlib.Path | None:
        """The file of the project's module of that absolute name, or the folder of a namespace package."""
        return self._lookup.find(name, importer)

    def consulted(self, path: pathlib.Path) -> lookup.Consulted:
        """What was looked for, and what was there, on behalf of a module, of those that it imports, and so on.

        Trees and answers about them serve many modules, so that it does not matter who asked first.
        """
        return self._lookup.consulted(path, self._digest)

    def _digest(self, path: pathlib.Path) -> str:
        if path not in self._digests:  # It was found and never read: any content would have done.
            self._digests[path] = lookup.digest(path)
        return self._digests[path]

    def absolute(self, node: nodes.ImportFrom) -> str | None:
        """The absolute name of the module that a `from` import names; None beyond the top-level package."""
        if not node.level:
            return str(node.modname)
        module = node.root()
        return _absolute(node.level, node.modname, module.name, package=module.package)

    # -- what needs no tree -----------------------------------------------------------------------------------------

    def scanned(self, module: nodes.Module) -> Scanned:
        """The scan of a module that has a tree."""
        known = self._scanned.get(module)
        if known is None:
            known = self._scanned[module] = self._scan_of(module)
        return known

    def _scan_of(self, module: nodes.Module) -> Scanned:
        path, tree = pathlib.Path(module.file), self._trees.get(module)
        known = self._scan(path, module.name) if tree is not None and tree is self._by_path.get(path) else None
        text = tree.text if tree else ""
        return known or Scanned(path, module.name, module.package, scan.scan(text))

    def spelled_near(self, module: nodes.Module, mark: str) -> Iterator[Scanned]:
        """What spells a mark of `scan` of all that a module imports, and that imports in turn."""
        for other in self.imported_by(self.scanned(module)):
            if mark in other.scan.marks:
                yield other
            for one in self.imported_by(other):
                if mark in one.scan.marks:
                    yield one

    def read(self, scanned: Scanned) -> nodes.Module | None:
        """The tree of a module that was scanned; None where it does not parse."""
        return self._load(scanned.path, scanned.name)

    def imported_by(self, importer: Scanned) -> tuple[Scanned, ...]:
        """The scans of the project's modules that a module imports, by its text."""
        known = self._imported.get(importer)
        if known is None:
            known = self._imported[importer] = self._imported_by(importer)
        return known

    def _imported_by(self, importer: Scanned) -> tuple[Scanned, ...]:
        found: dict[pathlib.Path, Scanned] = {}
        file = str(importer.path)
        for statement in importer.scan.imports:
            owner = statement.module
            if statement.dots:
                owner = _absolute(statement.dots, owner, importer.name, package=importer.package) or ""
            if not owner or canonical(owner) is not None:
                continue
            for name in (owner, *(f"{owner}.{name}" for name in statement.names)):
                path = self.find(name, file)
                other = None if path is None else self._scan(path, name)
                if other is not None:
                    found[other.path] = other
        return tuple(found.values())

    def _scan(self, path: pathlib.Path, name: str) -> Scanned | None:
        if path not in self._scans:
            tree = self._by_path.get(path)
            text = tree.text if tree else self._text(path)
            package = path.name == "__init__.py"
            self._scans[path] = None if text is None else Scanned(path, name, package, scan.scan(text))
        return self._scans[path]

    def _text(self, path: pathlib.Path) -> str | None:
        try:
            data = path.read_bytes()
            self._note(path, source.digest(data))
            return source.decode(data)
        except (OSError, SyntaxError):
            return None

    # -- what is kept -----------------------------------------------------------------------------------------------

    def _keep(self, path: pathlib.Path, tree: Tree | None) -> None:
        self._by_path[path] = tree
        if tree:
            self._hold(tree)

    def _hold(self, tree: Tree) -> None:
        self._trees[tree.module] = tree
        self.size += _size(tree)

    def _read(self, path: pathlib.Path, name: str) -> Tree | None:
        if path.is_dir():  # A namespace package has no module of its own, only what lies below.
            return parse("", name, str(path / "__init__.py"), package=True)
        text = self._text(path)
        try:
            return None if text is None else parse(text, name, str(path), package=path.name == "__init__.py")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None  # It is reported when it is linted itself; here it only tells nothing.

    def _note(self, path: pathlib.Path, digest: str) -> None:
        """Remember which content was read; none is right where it changed while others rested on it."""
        self._digests[path] = digest if self._digests.get(path, digest) == digest else ""

    def _name(self, path: pathlib.Path) -> str:
        """The dotted name by which the project imports a file, as far up as the packages go."""
        parts = [] if path.name == "__init__.py" else [path.stem]
        for root in self.roots(path)[:1]:
            if path.is_relative_to(root):
                parts = [*path.parent.relative_to(root).parts, *parts]
        return ".".join(parts) or path.parent.name


def _absolute(level: int, name: str, importer: str, *, package: bool) -> str | None:
    """The absolute name of what `from ..name import` means in a module, or in a package's own."""
    parts = importer.split(".")
    climb = level - (1 if package else 0)
    if climb >= len(parts) + (1 if package else 0):
        return None
    base = parts[: len(parts) - climb] if climb else parts
    return ".".join([*base, name] if name else base)


def _size(tree: Tree) -> int:
    return _LEAST + len(tree.text)


_State = tuple[int, int, int] | None
"""What changes with a file's content; None where there is no file."""


def _state(path: pathlib.Path) -> _State:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
