"""What a module imports and spells, from its text alone: for questions that are not worth a tree."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

# A scan, not a parse: it must serve for Python 2 and for what does not parse. The bound keeps it linear.
_IMPORT = re.compile(
    r"(?:^|[;:])[ \t]*(?:from[ \t]+(?P<dots>\.*)[ \t]*(?P<module>(?:\w[\w.]*)?)[ \t]*\bimport\b[ \t]*"
    r"(?P<names>\([^)]{0,4000}\)|[^\n#;]*(?:\\\r?\n[^\n#;]*)*)|import[ \t]+(?P<plain>[^\n#;]+(?:\\\r?\n[^\n#;]+)*))",
    re.MULTILINE,
)
_COMPAT = frozenset(("compat", "v1", "v2"))
_COMMENT = re.compile(r"#[^\n]*")
FUNCTION = "tf.function"
DECAY = "a decay"
"""What a module may spell, however it is imported: `tf.function`, a decay of the learning rate."""
_FUNCTION = re.compile(r"function\b")
_DECAY = re.compile(r"\w_decay|piecewise_constant")


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
    marks = set()
    by_import = any("function" in found.names and may_have_function(found.module) for found in imports)
    if by_import or any(_is_attribute(text, found.start()) for found in _FUNCTION.finditer(text)):
        marks.add(FUNCTION)
    # Few texts hold the word, which is found out much faster.
    if ("_decay" in text or "piecewise_constant" in text) and _DECAY.search(text):
        marks.add(DECAY)
    return Scan(imports, frozenset(marks))


def _is_attribute(text: str, start: int) -> bool:
    """Whether a name that begins here is looked up in something, `getattr(tf, "function")` included."""
    before = text[max(start - 207, 0) : start]  # 200 characters, and the word
    if before[-1:].isalnum() or before.endswith("_"):
        return False  # A longer name. A pattern that asks for that is searched eight times as long.
    if "getattr" in before:
        return True
    before = before.rstrip(" \t")
    if before.endswith("\n"):
        before = before.rstrip("\r\n")
        if not before.endswith("\\"):
            return False
        before = before.rstrip("\\ \t")
    return before.endswith(".")


def may_have_function(owner: str) -> bool:
    """Whether `from owner import function` may be `tf.function`: not so below `tensorflow.python`, where Defun lies."""
    root, *parts = owner.split(".")
    return root not in ("tensorflow", "keras", "tf_keras") or (root == "tensorflow" and _COMPAT.issuperset(parts))


def imports_of(text: str) -> Iterator[Imported]:
    """The import statements, and what looks like one within a text, in their order."""
    for match in _statements(text):
        if match["plain"]:
            yield from (Imported(0, name, ()) for name in _names(match["plain"]))
        else:
            yield Imported(len(match["dots"]), match["module"], tuple(_names(match["names"].strip("()"))))


def _statements(text: str) -> Iterator[re.Match[str]]:
    """The matches of `_IMPORT`: only lines that hold its word are looked at."""
    passed, place = 0, text.find("import")
    while place >= 0:
        start, end = max(text.rfind("\n", 0, place) + 1, passed), text.find("\n", place)
        # Whether it begins on this line; where it ends may be on a later one.
        begins = _IMPORT.search(text, start, end if end >= 0 else len(text))
        match = _IMPORT.match(text, begins.start()) if begins is not None else None
        if match is not None:
            yield match
            passed = match.end()
        place = text.find("import", max(passed, place + 6))


def _names(listed: str) -> list[str]:
    """The names in `a, b as c`, over several lines too."""
    parts = _COMMENT.sub("", listed).replace("\\", " ").split(",")
    return [words[0] for words in map(str.split, parts) if words]
