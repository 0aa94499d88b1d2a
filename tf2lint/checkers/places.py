"""Where things stand in the source, as byte ranges, and how they are spelled there."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api, source
from tf2lint.checkers import native
from tf2lint.findings import Edit, Span
from tf2lint.inference.index import index_of
from tf2lint.inference.values import TfName

if TYPE_CHECKING:
    from tf2lint.checkers.base import Module

Range = tuple[int, int]

_BLANK = rb"(?:[ \t\f]|\\?(?:\r\n|\r|\n))*"
"""What may stand around the dot of an attribute. A comment may too, and would be lost."""


@dataclasses.dataclass(frozen=True, slots=True)
class Chain:
    """A chain of attributes of TensorFlow that is spelled plainly, and what its first name is.

    `first` is the canonical name of the variable that it begins with: `tf`, or `tf.nn` after
    `from tensorflow import nn`; `inner` is the range behind the first dot.
    """

    module: Module
    root: nodes.Name
    first: str
    inner: Range
    outer: Range

    @staticmethod
    def of(module: Module, node: nodes.NodeNG, name: str) -> Chain | None:
        """The chain that spells a canonical name; None where that is written, or may be meant, in any other way."""
        names: list[str] = []
        root = node
        while isinstance(root, nodes.Attribute):
            names.insert(0, root.attrname)
            root = root.expr
        if not isinstance(root, nodes.Name) or not names:
            return None
        values = list(module.ev.value_of(root))
        firsts = {value.name for value in values if isinstance(value, TfName) and not value.inferred}
        if len(firsts) != 1 or not all(isinstance(value, TfName) and not value.inferred for value in values):
            return None
        first = firsts.pop()
        if ".".join((first, *names)) != name or len(module.ev.value_of(node)) != 1:
            return None
        found = range_of(module, root, node)
        words = [re.escape(word.encode()) for word in (root.name, *names)]
        dot = rb"%s\.%s" % (_BLANK, _BLANK)
        spelled = re.fullmatch(rb"(%s%s)%s" % (words[0], dot, dot.join(words[1:])), text_of(module, found))
        if found is None or spelled is None:
            return None
        return Chain(module, root, first, (found[0] + spelled.end(1), found[1]), found)

    def renamed(self, name: str, *, safe: bool = True) -> Edit | None:
        """The edit that writes another canonical name, for which TensorFlow has some name in the module."""
        if name.startswith(f"{self.first}."):
            return Edit(*self.inner, name[len(self.first) + 1 :], safe)
        spelled = self.beside(name)
        return Edit(*self.outer, spelled, safe) if spelled is not None else None

    def beside(self, name: str) -> str | None:
        """How another canonical name is spelled here."""
        if self.first == "tf":
            return f"{self.root.name}.{name.removeprefix('tf.')}"
        bare = name.removeprefix("tf.")
        alias = alias_of(self.module, self.root, "tensorflow")
        if alias is None and api.is_alive(f"tf.compat.v1.{bare}", self.module.config.target):
            common = native.is_native(bare) or native.is_native_module(bare)
            alias = alias_of(self.module, self.root, "tensorflow.compat.v1") if common else None
        return f"{alias}.{bare}" if alias is not None else None


def alias_of(module: Module, node: nodes.NodeNG, imported: str) -> str | None:
    """The name under which an import of the module's own surely can be reached at a place."""
    for statement in index_of(module.ev, module.tree).imports:
        for dotted, alias in statement.names:
            name: str = alias or dotted
            if dotted != imported or statement.parent is not module.tree or (alias is None and "." in dotted):
                continue
            if _surely(module, node, name, statement):
                return name
    return None


def _surely(module: Module, node: nodes.NodeNG, name: str, statement: nodes.Import) -> bool:
    """Whether a name, looked up from a place, is what one statement of the module's body bound, before it is used."""
    scope, statements = node.lookup(name)
    if scope is not module.tree or list(statements) != [statement] or module.tree.locals.get(name) != [statement]:
        return False
    return node.frame() is not module.tree or (statement.fromlineno or 0) < (node.lineno or 0)


def _is_bound_inside(module: Module, name: str) -> bool:
    """Whether a function or class of a module binds a name."""
    scopes = module.tree.nodes_of_class((nodes.FunctionDef, nodes.ClassDef, nodes.Lambda))
    return any(name in scope.locals for scope in scopes)


def import_of_sys(module: Module, node: nodes.NodeNG) -> Edit | tuple[()] | None:
    """What to add so that `sys` is there at a place: the edit, nothing, or None where the name is used otherwise."""
    known = module.tree.locals.get("sys", [])
    if known:
        plain = isinstance(known[0], nodes.Import) and ("sys", None) in known[0].names
        return () if plain and _surely(module, node, "sys", known[0]) else None
    if module.ev.memo.once(("sys inside", module.tree), lambda: _is_bound_inside(module, "sys"), False):
        return None
    for statement in module.tree.body:
        if isinstance(statement, nodes.Import | nodes.ImportFrom) and getattr(statement, "modname", "") != "__future__":
            place = range_of(module, statement)
            text = bytes_of(module)
            if place is None or (place[0] and text[place[0] - 1 : place[0]] not in (b"\n", b"\r")):
                return None
            return Edit(place[0], place[0], f"import sys{newline(module)}", safe=False)
    return None


def newline(module: Module) -> str:
    """How the lines of a module end."""
    found = re.search(r"\r\n|\r|\n", module.text)
    return found[0] if found is not None else "\n"


def in_text_literal(node: nodes.NodeNG) -> bool:
    """Whether a node stands in an f-string: before Python 3.12 its parts are said to be where they are not."""
    above = node.parent
    while above is not None and not above.is_statement:
        if isinstance(above, nodes.JoinedStr):
            return True
        above = above.parent
    return False


def range_of(module: Module, first: nodes.NodeNG, last: nodes.NodeNG | None = None) -> Range | None:
    """Where the source from one node to the end of another lies; None where that can not be said."""
    last = last or first
    start, end = offset(module, first.lineno, first.col_offset), end_of(module, last)
    return (start, end) if 0 <= start < end and not in_text_literal(first) else None


def range_of_span(module: Module, span: Span) -> Range:
    """Where a span lies."""
    return offset(module, span.line, span.column), offset(module, span.end_line, span.end_column)


def end_of(module: Module, node: nodes.NodeNG) -> int:
    """Where a node ends."""
    return offset(module, node.end_lineno, node.end_col_offset)


def end_of_arguments(module: Module, call: nodes.Call, last: nodes.NodeNG) -> int | None:
    """Where one more argument is to be written, behind the last one; None where that is not spelled plainly."""
    start = end_of(module, last)
    # Parentheses of the argument's own end here too, and those of a generator are the call's.
    rest = re.fullmatch(rb"((?:[ \t\r\n]*\))*)[ \t\r\n]*,?[ \t\r\n]*\)", text_of(module, (start, end_of(module, call))))
    return start + rest.end(1) if rest is not None else None


def offset(module: Module, line: int | None, column: int | None) -> int:
    """Where a place lies in the text; -1 where there is none."""
    starts = source.starts(bytes_of(module))
    if line is None or column is None or not 0 < line <= len(starts):
        return -1
    return starts[line - 1] + column


def text_of(module: Module, place: Range | None) -> bytes:
    """What is written in a range."""
    return bytes_of(module)[place[0] : place[1]] if place is not None else b""


def bytes_of(module: Module) -> bytes:
    """The module in UTF-8, in which edits count."""
    return source.encoded(module.text)
