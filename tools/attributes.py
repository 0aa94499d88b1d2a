"""Attributes that objects have without their class having them, so that a lost member is surely lost."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.facts import ClassFact, Edition

_SETTERS = frozenset({"setattr", "__setattr__", "_maybe_create_attribute", "_set_hyper", "add_slot"})


def stored(body: Iterable[ast.stmt]) -> frozenset[str]:
    """The public names under which a module's code stores anything in any object."""
    found: set[str] = set()
    for statement in body:
        for node in ast.walk(statement):
            match node:
                case ast.Attribute(attr=name, ctx=ast.Store()):
                    found.add(name)
                case ast.Call(args=arguments) if _called(node) in _SETTERS:
                    words = [word.value for word in arguments if isinstance(word, ast.Constant)]
                    found.update(word for word in words if isinstance(word, str))
                case _:
                    pass
    return frozenset(name for name in found if not name.startswith("_"))


def is_dynamic(cls: ast.ClassDef) -> bool:
    """Whether a class stores attributes under names that its code does not spell."""
    for node in ast.walk(cls):
        match node:
            case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id="self"), ast.Constant(), *_]):
                pass
            case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id="self"), *_]):
                return True
            case ast.Call(func=ast.Attribute(value=inner, attr="update" | "setdefault")) if _is_dictionary(inner):
                return True
            case ast.Subscript(value=inner, ctx=ast.Store()) if _is_dictionary(inner):
                return True
            case _:
                pass
    return False


def _is_dictionary(node: ast.expr) -> bool:
    """Whether an expression is the dictionary of `self`."""
    return ast.unparse(node) in ("self.__dict__", "vars(self)")


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def lacks(edition: Edition, cls: ClassFact, name: str) -> bool:
    """Whether instances of a class surely have no attribute of a name."""
    if cls.open or name in cls.members or edition.dynamic.intersection(cls.ancestors):
        return False
    modules = {key.partition(":")[0] for key in cls.ancestors}
    return not any(name in edition.stored.get(module, ()) for module in modules)
