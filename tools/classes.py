"""Classes: constructor, public members with the inherited ones, ancestors."""

from __future__ import annotations

import ast
import builtins
import re

from tools import signatures
from tools.facts import ClassFact, MemberFact
from tools.source import Definition, Function, Sort, Sources, last_name

# Bases outside of the wheels that bring no public member.
_BARE = frozenset(
    {
        *("builtins.object", "abc.ABC", "abc.ABCMeta", "object"),
        *("typing.Generic", "typing.Protocol", "typing_extensions.Protocol", "typing_extensions.Generic"),
    }
)
_ENUMS = frozenset({"enum.Enum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"})
_PROPERTIES = frozenset({"property", "abstractproperty", "cached_property", "classproperty", "class_property"})


def key(definition: Definition) -> str:
    """What identifies a class within an edition."""
    node = definition.node
    assert isinstance(node, ast.ClassDef)
    return f"{definition.module}:{node.name}:{node.lineno}"


def read(sources: Sources, definition: Definition) -> ClassFact:
    """The facts of a class."""
    constructor: str | None = None
    creator: str | None = None
    outside = False
    known_constructor = False
    ancestors: list[str] = []
    members: dict[str, MemberFact] = {}
    for ancestor in sources.mro(definition):
        if not isinstance(ancestor.node, ast.ClassDef):
            fields = named_tuple_fields(ancestor.node)
            if fields is not None:
                members.update((name, MemberFact("v")) for name in fields if name not in members)
                members.setdefault("count", MemberFact("f", "value,/"))
                members.setdefault("index", MemberFact("f", "value,start=0,stop=,/"))
                creator = creator if creator is not None else ",".join(fields)
                continue
            if ancestor.module in _BARE:
                continue
            if ancestor.module in _ENUMS:
                if "Int" in ancestor.module:
                    members.update((name, MemberFact("v")) for name in dir(int) if name[0] != "_" and name not in members)
                members.setdefault("name", MemberFact("v"))
                members.setdefault("value", MemberFact("v"))
                known_constructor = True  # An enumeration is not called like other classes: say nothing.
                continue
            inherited = _builtin_members(ancestor.module)
            if inherited is None:
                outside = True
            else:
                for name in inherited:
                    members.setdefault(name, MemberFact("v"))
            known_constructor = known_constructor or constructor is None
            continue
        ancestors.append(key(ancestor))
        body = sources.class_body(ancestor.node)
        if constructor is None and not known_constructor:
            made = body.get("__init__")
            if isinstance(made, Function):
                constructor = signatures.spell(made, bound=True)
            elif _is_dataclass(ancestor.node):
                constructor = _fields(sources, definition)
        made = body.get("__new__")
        if creator is None and isinstance(made, Function):
            creator = signatures.spell(made, bound=True)
        if "__getattr__" in body or "__getattribute__" in body:
            outside = True
        for name in _slots(body.get("__slots__")):
            members.setdefault(name, MemberFact("v"))
        for name, node in body.items():
            if not name.startswith("_") and name not in members:
                members[name] = _member(sources, ancestor, body, name, node)
    signature = constructor if constructor is not None else creator
    if signature is None and not known_constructor and not outside:
        signature = ""
    return ClassFact(signature, outside, tuple(ancestors), members)


def _member(sources: Sources, owner: Definition, body: dict[str, ast.AST], name: str, node: ast.AST) -> MemberFact:
    if isinstance(node, ast.Name) and node.id in body and node.id != name:
        return _member(sources, owner, body, node.id, body[node.id])
    if isinstance(node, Function):
        decorators = {last_name(decorator) for decorator in node.decorator_list}
        if decorators & _PROPERTIES:
            return MemberFact("v")
        return MemberFact("f", signatures.spell(node, bound="staticmethod" not in decorators))
    if isinstance(node, ast.ClassDef):
        return MemberFact("c")
    if isinstance(node, ast.Name | ast.Attribute):
        module = sources.load(owner.module)
        assert module is not None
        found = sources.evaluate(module, node)
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


def _builtin_members(name: str) -> list[str] | None:
    found = getattr(builtins, name.removeprefix("builtins."), None)
    if name.startswith("collections.") or not isinstance(found, type):
        return None
    # A note to an exception is for Python 3.11 and newer.
    return [member for member in dir(found) if not member.startswith("_") and member != "add_note"]


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any(last_name(decorator) == "dataclass" for decorator in node.decorator_list)


def _fields(sources: Sources, definition: Definition) -> str:
    """The constructor of a dataclass: its own fields after those of the dataclasses it inherits from."""
    fields: dict[str, bool] = {}
    for ancestor in reversed(sources.mro(definition)):
        if not isinstance(ancestor.node, ast.ClassDef) or not _is_dataclass(ancestor.node):
            continue
        for statement in ancestor.node.body:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                if "ClassVar" not in ast.unparse(statement.annotation):
                    fields[statement.target.id] = statement.value is not None
    return signatures.of_fields(fields.items())
