"""What lies in the body of one function, and what its parameters and decorators say."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import TypeAlias

from astroid import nodes

from tf2lint.inference.index import last_name

Function: TypeAlias = nodes.FunctionDef | nodes.Lambda

_SCOPES = (nodes.Lambda, nodes.FunctionDef, nodes.ClassDef)


def own_nodes(function: Function) -> Iterator[nodes.NodeNG]:
    """The nodes that run when a function runs, in the order of the source; bodies of inner functions do not."""
    stack: list[nodes.NodeNG] = list(reversed(body_of(function)))
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, _SCOPES):
            stack.extend(reversed(list(node.get_children())))


def body_of(function: Function) -> list[nodes.NodeNG]:
    """The statements of a function; the expression of a lambda."""
    return list(function.body) if isinstance(function.body, list) else [function.body]


def class_of(function: Function) -> nodes.ClassDef | None:
    """The class of a method."""
    return function.parent if isinstance(function.parent, nodes.ClassDef) else None


def parameters(function: Function) -> list[str]:
    """The names of the parameters that can be given by position."""
    return [p.name for p in (*(function.args.posonlyargs or []), *(function.args.args or []))]


def all_parameters(function: Function) -> set[str]:
    """The names of the parameters, those that only keywords reach included."""
    return {*parameters(function), *(p.name for p in function.args.kwonlyargs or [])}


def other_parameters(function: Function) -> list[str]:
    """The names of all parameters, `*` and `**` included, without the object that a method is called on."""
    names = [p.name for p in (*(function.args.posonlyargs or []), *(function.args.args or []))]
    static = "staticmethod" in decorator_names(function)
    named = names[1:] if class_of(function) is not None and not static else names
    rest = [function.args.vararg, function.args.kwarg]
    return [*named, *(p.name for p in function.args.kwonlyargs or []), *(str(name) for name in rest if name)]


def declared_outside(function: Function) -> frozenset[str]:
    """The names that a function declares `global` or `nonlocal`."""
    known = _DECLARED.get(function)
    if known is None:
        found = (node for node in own_nodes(function) if isinstance(node, nodes.Global | nodes.Nonlocal))
        known = _DECLARED[function] = frozenset(name for node in found for name in node.names)
    return known


_DECLARED: weakref.WeakKeyDictionary[Function, frozenset[str]] = weakref.WeakKeyDictionary()
"""What was found, as long as the trees are kept: it is asked for at every statement."""
VARIADIC = "*"
"""Stands for the first argument that a function takes by `*args`."""


def takes_any(function: Function) -> bool:
    """Whether a function has nothing but `*args` to take positions by."""
    return function.args.vararg is not None and not parameters(function)


def decorators(function: Function) -> list[nodes.NodeNG]:
    """The decorators, outermost first."""
    found = getattr(function, "decorators", None)
    return list(found.nodes) if found else []


def decorator_names(function: Function) -> set[str]:
    """The last names by which the decorators are spelled, called or not."""
    return {last_name(d.func if isinstance(d, nodes.Call) else d) for d in decorators(function)}


def name_of(function: Function) -> str:
    """A function by the name that its author would call it by: `step`, `Model.call`, `a lambda`."""
    if not isinstance(function, nodes.FunctionDef):
        return f"the lambda of line {function.lineno}"
    owner = class_of(function)
    return f"{owner.name}.{function.name}" if owner is not None else str(function.name)


def is_outer(node: nodes.NodeNG) -> bool:
    """Whether nothing in an expression is the function's own: it names globals, closures and `self`."""
    own = node.scope().locals
    used = [node] if isinstance(node, nodes.Name) else list(node.nodes_of_class(nodes.Name))
    return all(name.name == "self" or name.name not in own for name in used)
