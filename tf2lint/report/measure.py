"""How long files are, and how many of the others import each: what a report needs beyond the findings."""

from __future__ import annotations

import collections
import dataclasses
import os
import pathlib
from collections.abc import Iterable, Iterator

from tf2lint import notebook, source
from tf2lint.config import ConfigError, Projects, roots_of
from tf2lint.inference import scan
from tf2lint.inference.lookup import Lookup


@dataclasses.dataclass(frozen=True, slots=True)
class Measure:
    """The lines of a file (of a notebook's code), and how many of the files measured with it import it."""

    lines: int
    importers: int


def measure(paths: Iterable[str], projects: Projects) -> dict[str, Measure]:
    """The measures of the files that can be read, by their paths as given. Nothing is imported."""
    modules = Lookup(lambda path: roots_of(path, projects.of(path)))
    lines: dict[str, int] = {}
    importers: collections.Counter[str] = collections.Counter()
    for path in paths:
        whole = pathlib.Path(os.path.abspath(path))
        text = _text(whole)
        if text is not None:
            lines[path] = len(source.lines(text)) - (text == "" or text.endswith(("\n", "\r")))
            importers.update({os.path.abspath(found) for found in _imported(text, whole, modules)} - {str(whole)})
    return {path: Measure(number, importers[os.path.abspath(path)]) for path, number in lines.items()}


def _text(path: pathlib.Path) -> str | None:
    try:
        data = path.read_bytes()
        return notebook.read(data, path.name).text if path.suffix.lower() == source.NOTEBOOK else source.decode(data)
    except OSError:
        return None
    except SyntaxError:
        # It has lines all the same, whatever they say.
        return data.decode("latin-1") if path.suffix.lower() != source.NOTEBOOK else None


def _imported(text: str, path: pathlib.Path, modules: Lookup) -> Iterator[pathlib.Path]:
    """The files of the project that a module imports."""
    for statement in scan.imports_of(text):
        # `from a import b` is of the module a.b where there is one, else of a.
        joined = f"{statement.module}." if statement.module else ""
        for options in [[joined + name, statement.module] for name in statement.names] or [[statement.module]]:
            found = (_find(statement.dots, name, path, modules) for name in options)
            yield from next(([file] for file in found if file is not None), [])


def _find(dots: int, name: str, path: pathlib.Path, modules: Lookup) -> pathlib.Path | None:
    try:
        if not dots:
            found = modules.find(name, str(path)) if name else None
            return found if found is not None and found.suffix == ".py" else None
        folder = path.parents[dots - 1]
        below = folder.joinpath(*name.split(".")) if name else folder
        options = [below.with_name(f"{below.name}.py")] if name else []
        return next((option for option in [*options, below / "__init__.py"] if option.is_file()), None)
    except (ConfigError, OSError, ValueError, IndexError):
        return None
