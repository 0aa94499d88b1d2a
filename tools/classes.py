"""Classes: constructor, public members with the inherited ones, ancestors."""

from __future__ import annotations

import ast
import builtins
import collections.abc
import contextlib
import inspect
import re
from typing import TYPE_CHECKING

from tools import arguments, keywords, signatures
from tools.facts import ClassFact, MemberFact
from tools.returns import PROPERTIES, class_key
from tools.source import Definition, Function, Sort, Sources, last_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.returns import Reader

# Bases outside of the wheels that bring no public member.
_BARE = frozenset(
    {
        *("builtins.object", "abc.ABC", "abc.ABCMeta", "object"),
        *("typing.Generic", "typing.Protocol", "typing_extensions.Protocol", "typing_extensions.Generic"),
    }
)
_ENUMS = frozenset({"enum.Enum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"})
_PYTHON = {
    "builtins": builtins,
    "collections.abc": collections.abc,
    "contextlib": contextlib,
    "inspect": inspect,
}


def read(sources: Sources, definition: Definition, results: Reader) -> ClassFact:
    """The facts of a class."""
    reader = _Reader(sources, definition, results)
    for ancestor in sources.mro(definition):
        if isinstance(ancestor.node, ast.ClassDef):
            reader.add(ancestor, ancestor.node)
        else:
            reader.add_outside(ancestor)
    return ClassFact(
        reader.signature,
        reader.open,
        tuple(reader.ancestors),
        reader.members,
        reader.renamed,
        keywords.of_class(sources, definition),
    )


class _Reader:
    """Collects what a class and its ancestors bring, nearest first."""

    def __init__(self, sources: Sources, definition: Definition, results: Reader) -> None:
        self.sources = sources
        self.results = results
        self.definition = definition
        self.members: dict[str, MemberFact] = {}
        self.ancestors: list[str] = []
        self.open = False
        self.renamed: dict[str, str] = {}
        self._initializer: str | None = None
        self._creator: str | None = None
        self._silent = False
        """Whether an ancestor outside may have the constructor."""

    @property
    def signature(self) -> str | None:
        """The constructor's signature; None where it is not known."""
        found = self._initializer if self._initializer is not None else self._creator
        return "" if found is None and not self._silent and not self.open else found

    def add(self, ancestor: Definition, node: ast.ClassDef) -> None:
        """Add a class whose source is here."""
        self.ancestors.append(class_key(ancestor))
        body = self.sources.class_body(node)
        if self._initializer is None and not self._silent:
            made = body.get("__init__")
            if isinstance(made, Function):
                self._initializer = signatures.spell(made, bound=True)
                self.renamed = arguments.in_function(self.sources, Definition(Sort.FUNCTION, ancestor.module, made))
            elif _is_dataclass(node):
                self._initializer = _fields(self.sources, self.definition)
        made = body.get("__new__")
        if self._creator is None and isinstance(made, Function):
            self._creator = signatures.spell(made, bound=True)
        self.open = self.open or "__getattr__" in body or "__getattribute__" in body
        self._values(_slots(body.get("__slots__")))
        for name, value in body.items():
            if not name.startswith("_") and name not in self.members:
                self.members[name] = self._member(ancestor, body, name, value)

    def add_outside(self, ancestor: Definition) -> None:
        """Add a named tuple, or a class of Python's own or of another package."""
        fields = named_tuple_fields(ancestor.node)
        if fields is not None:
            self._values(fields)
            self.members.setdefault("count", MemberFact("f", "value,/"))
            self.members.setdefault("index", MemberFact("f", "value,start=0,stop=,/"))
            self._creator = self._creator if self._creator is not None else ",".join(fields)
        elif ancestor.module in _ENUMS:
            self._values(["name", "value"])
            if "Int" in ancestor.module:
                self._values(_public(int))
            self._silent = True  # An enumeration is not called like other classes: say nothing.
        elif ancestor.module not in _BARE:
            inherited = _python_members(ancestor.module)
            self.open = self.open or inherited is None
            self._values(inherited or ())
            self._silent = self._silent or self._initializer is None

    def _values(self, names: Iterable[str]) -> None:
        for name in names:
            self.members.setdefault(name, MemberFact("v"))

    def _member(self, owner: Definition, body: dict[str, ast.AST], name: str, node: ast.AST) -> MemberFact:
        if isinstance(node, ast.Name) and node.id in body and node.id != name:
            return self._member(owner, body, node.id, body[node.id])
        if isinstance(node, Function):
            decorators = {last_name(decorator) for decorator in node.decorator_list}
            definition = Definition(Sort.FUNCTION, owner.module, node)
            given = self.results.keys(definition, owner)
            if decorators & PROPERTIES:
                return MemberFact("v", returns=given)
            bound = "staticmethod" not in decorators
            renamed = arguments.in_function(self.sources, definition)
            return MemberFact("f", signatures.spell(node, bound=bound), renamed, given)
        if isinstance(node, ast.ClassDef):
            return MemberFact("c")
        if isinstance(node, ast.Name | ast.Attribute):
            module = self.sources.load(owner.module)
            assert module is not None
            found = self.sources.evaluate(module, node)
            if isinstance(found.node, Function):
                return MemberFact("f", signatures.spell(found.node, bound=True))
            if found.sort is Sort.CLASS:
                return MemberFact("c")
        return MemberFact("v")


def named_tuple_fields(node: ast.AST | None) -> list[str] | None:
    """The fields of a `namedtuple("N", …)` call; None for anything else."""
    if not isinstance(node, ast.Call) or last_name(node.func) not in ("namedtuple", "NamedTuple") or len(node.args) < 2:
        return None
    fields = node.args[1]
    if isinstance(fields, ast.Constant) and isinstance(fields.value, str):
        return re.findall(r"\w+", fields.value)
    if isinstance(fields, ast.List | ast.Tuple):
        names = [element.elts[0] if isinstance(element, ast.Tuple) else element for element in fields.elts]
        return [str(element.value) for element in names if isinstance(element, ast.Constant)]
    return None


def _slots(node: ast.AST | None) -> list[str]:
    """The public names in a `__slots__`."""
    elements = node.elts if isinstance(node, ast.List | ast.Tuple) else []
    names = [str(element.value) for element in elements if isinstance(element, ast.Constant)]
    return [name for name in names if not name.startswith("_")]


def _public(cls: type) -> list[str]:
    # A note to an exception is for Python 3.11 and newer.
    return [member for member in dir(cls) if not member.startswith("_") and member != "add_note"]


def _python_members(name: str) -> list[str] | None:
    """The public members of a class of Python's own; None where it is none, or one that we do not vouch for."""
    module, _, last = name.rpartition(".")
    found = getattr(_PYTHON[module], last, None) if module in _PYTHON else None
    return _public(found) if isinstance(found, type) else None


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any(last_name(decorator) == "dataclass" for decorator in node.decorator_list)


def _fields(sources: Sources, definition: Definition) -> str:
    """The constructor of a dataclass: its own fields after those of the dataclasses it inherits from."""
    fields: dict[str, bool] = {}
    for ancestor in reversed(sources.mro(definition)):
        if not isinstance(ancestor.node, ast.ClassDef) or not _is_dataclass(ancestor.node):
            continue
        for statement in ancestor.node.body:
            match statement:
                case ast.AnnAssign(target=ast.Name(id=name)) if "ClassVar" not in ast.unparse(statement.annotation):
                    fields[name] = statement.value is not None
    return signatures.of_fields(fields.items())
