"""Which names other modules of a project take from one: asked before an edit gives such a name another meaning."""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Iterator

from tf2lint import source
from tf2lint.findings import Finding

_MANY = 3000
"""In a package of more files nobody looks; the name counts as taken."""


class Takers:
    """Answers for one run; each file is read once."""

    def __init__(self) -> None:
        self._texts: dict[pathlib.Path, dict[pathlib.Path, str] | None] = {}

    def forbid(self, path: str, finding: Finding) -> bool:
        """Whether another module needs what the edits of a finding in a file would take away."""
        return any(self.take(path, name) for name in {edit.rebinds for edit in finding.edits} - {""})

    def take(self, path: str, name: str) -> bool:
        """Whether another module of the package, or of the folder, takes a name from a module; if in doubt, yes."""
        whole = pathlib.Path(os.path.abspath(path))
        texts = self._of(_top(whole.parent))
        stem, word = re.escape(whole.stem), re.escape(name)
        taken = re.compile(
            rf"\bfrom\s+[\w.]*\b{stem}\s+import\b[^\n]*(?:\*|\(|\\|\b{word}\b)"
            rf"|\b{stem}\.{word}\b"
            rf"|\bimport\b[^\n]*\b{stem}\s+as\s+(?P<alias>\w+)[\s\S]*\b(?P=alias)\.{word}\b"
        )
        return texts is None or any(taken.search(text) for other, text in texts.items() if other != whole)

    def _of(self, folder: pathlib.Path) -> dict[pathlib.Path, str] | None:
        """The texts of the files below a folder; None where they are too many."""
        if folder not in self._texts:
            texts: dict[pathlib.Path, str] = {}
            for number, file in enumerate(_files(folder)):
                if number >= _MANY:
                    self._texts[folder] = None
                    return None
                try:
                    texts[file] = source.decode(source.read(file))
                except (OSError, SyntaxError, ValueError):
                    continue  # Nothing can import from it what it can not be read for.
            self._texts[folder] = texts
        return self._texts[folder]


def _top(folder: pathlib.Path) -> pathlib.Path:
    while (folder / "__init__.py").is_file() and (folder.parent / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _files(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    if not (folder / "__init__.py").is_file():
        yield from sorted(folder.glob("*.py"))
        return
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (pathlib.Path(root, name) for name in sorted(files) if name.endswith(".py"))
