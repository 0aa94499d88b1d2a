"""Signatures read from definitions, in the spelling of the data file.

`a,b=None,*,c=,/` style: parameters joined by commas, a default after `=` where it is a short constant and an empty one
where it is anything else, `*` and `/` as in Python.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.source import Function

_CHEAP = re.compile(r"-?[\w.]{1,12}|'[\w./-]{0,16}'")


def _default(node: ast.expr | None) -> str:
    if node is None:
        return ""
    if isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)):
        text = ast.unparse(node)
        if _CHEAP.fullmatch(text):
            return f"={text}"
    return "="


def spell(function: Function, *, bound: bool = False, keyword_only: bool = False) -> str:
    """The signature of a def; without its first parameter if `bound`."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    plain = len(positional) - len(arguments.defaults)
    parts = [
        parameter.arg + (_default(arguments.defaults[index - plain]) if index >= plain else "")
        for index, parameter in enumerate(positional)
    ]
    slash = len(arguments.posonlyargs)
    if bound and parts:
        del parts[0]
        slash = max(slash - 1, 0)
    if slash:
        parts.insert(slash, "/")
    if keyword_only and parts:
        parts.insert(0, "*")
    if arguments.vararg:
        parts.append("*" + arguments.vararg.arg)
    elif arguments.kwonlyargs and not (keyword_only and parts):
        parts.append("*")
    for parameter, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        parts.append(parameter.arg + (_default(value) if value is not None else ""))
    if arguments.kwarg:
        parts.append("**" + arguments.kwarg.arg)
    return ",".join(parts)


def of_fields(fields: Iterable[tuple[str, bool]]) -> str:
    """The signature of a constructor that takes its fields: names and whether each has a default."""
    return ",".join(name + ("=" if default else "") for name, default in fields)
