"""What a module imports and spells, from its text alone: for questions that are not worth a tree."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from tf2lint.inference.values import canonical

# A scan, not a parse: it must serve for Python 2 and for what does not parse. The bound keeps it linear.
_IMPORT = re.compile(
    r"(?:^|[;:])[ \t]*(?:from[ \t]+(?P<dots>\.*)[ \t]*(?P<module>(?:\w[\w.]*)?)[ \t]*\bimport\b[ \t]*"
    r"(?P<names>\([^)]{0,4000}\)|[^\n#;]*(?:\\\r?\n[^\n#;]*)*)|import[ \t]+(?P<plain>[^\n#;]+(?:\\\r?\n[^\n#;]+)*))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\n]*")
FUNCTION = "tf.function"
DECAY = "a decay"
_MARKS = {
    FUNCTION: (
        ("function",),
        re.compile(r"\.[ \t]*(?:\\\r?\n[ \t]*)?function\b|getattr[\s\S]{0,200}?\bfunction\b"),
    ),
    DECAY: (("_decay", "piecewise_constant"), re.compile(r"\w_decay|piecewise_constant")),
}
"""What a module may spell, however it is imported: `tf.function`, a decay of the learning rate.

Few texts hold one of the words that stand before each pattern, which is found out much faster.
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Imported:
    """`import module` (no names), or `from ...module import names`; `dots` are those before the module."""

    dots: int
    module: str
    names: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Scan:
    """The imports of a module, and the marks that it may spell.

    Both may hold too much, such as what a docstring says; what Python would run is not left out.
    """

    imports: tuple[Imported, ...]
    marks: frozenset[str]


def scan(text: str) -> Scan:
    """The scan of a module's text; linear in its length."""
    imports = tuple(imports_of(text))
    marks = {
        mark for mark, (words, spelled) in _MARKS.items() if any(map(text.__contains__, words)) and spelled.search(text)
    }
    if any("function" in found.names and may_have_function(found.module) for found in imports):
        marks.add(FUNCTION)
    return Scan(imports, frozenset(marks))


def may_have_function(owner: str) -> bool:
    """Whether `from owner import function` may be `tf.function`: not so below `tensorflow.python`, where Defun lies."""
    name = canonical(owner)
    return name is None or name in ("tf", "tf.compat.v1")


def imports_of(text: str) -> Iterator[Imported]:
    """The import statements, and what looks like one within a text, in their order."""
    for match in _IMPORT.finditer(text):
        if match["plain"]:
            yield from (Imported(0, name, ()) for name in _names(match["plain"]))
        else:
            yield Imported(len(match["dots"]), match["module"], tuple(_names(match["names"].strip("()"))))


def _names(listed: str) -> list[str]:
    """The names in `a, b as c`, over several lines too."""
    parts = _COMMENT.sub("", listed).replace("\\", " ").split(",")
    return [words[0] for words in map(str.split, parts) if words]
