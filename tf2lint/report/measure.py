"""How long files are, and how many of the others import each: what a report needs beyond the findings."""

from __future__ import annotations

import collections
import dataclasses
import os
import pathlib
import re
from collections.abc import Iterable, Iterator

from tf2lint import notebook, source
from tf2lint.config import ConfigError, Projects, roots_of
from tf2lint.inference.lookup import Lookup

# A scan, not a parse: it must serve for Python 2 and for what does not parse. The bound keeps it linear.
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<dots>\.*)(?P<module>(?:\w[\w.]*)?)[ \t]+import\b[ \t]*"
    r"(?P<names>\([^)]{0,4000}\)|[^\n#;]*)|import[ \t]+(?P<plain>[^\n#;]+))",
    re.MULTILINE,
)


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
    for match in _IMPORT.finditer(text):
        if match["plain"]:
            candidates = [[name] for name in _names(match["plain"])]
        else:
            # `from a import b` is of the module a.b where there is one, else of a.
            joined = f"{match['module']}." if match["module"] else ""
            candidates = [[joined + name, match["module"]] for name in _names(match["names"].strip("()"))]
        for options in candidates:
            found = (_find(len(match["dots"] or ""), name, path, modules) for name in options)
            yield from next(([file] for file in found if file is not None), [])


def _names(listed: str) -> list[str]:
    """The names in `a, b as c`, over several lines too."""
    parts = re.sub(r"#[^\n]*", "", listed).replace("\\", " ").split(",")
    return [words[0] for words in map(str.split, parts) if words]


def _find(dots: int, name: str, path: pathlib.Path, modules: Lookup) -> pathlib.Path | None:
    try:
        if not dots:
            found = modules.find(name, path) if name else None
            return found if found is not None and found.suffix == ".py" else None
        folder = path.parents[dots - 1]
        below = folder.joinpath(*name.split(".")) if name else folder
        options = [below.with_name(f"{below.name}.py")] if name else []
        return next((option for option in [*options, below / "__init__.py"] if option.is_file()), None)
    except (ConfigError, OSError, ValueError, IndexError):
        return None
