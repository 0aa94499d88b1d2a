"""TensorFlow's own tables of what changed from 1 to 2, those of `tf_upgrade_v2`: the union over all wheels.

The tables are built in code: dictionaries that are updated, loops, constants. The code is read, never imported: what is
evaluated are literals and the few forms that occur there; anything else is left out. `renames.py` reads the renamed
symbols, which stand in files of their own.
"""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING, Any

from tf2lint.api.versions import TENSORFLOW
from tools.layout import tables_folder, tensorflow_folder

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable, Iterator

_UNKNOWN = object()
"""What stands for the value of an expression that is not understood."""

_MODULES = ("renames_v2", "all_renames_v2", "reorders_v2", "module_deprecations_v2")
_MAIN = "tf_upgrade_v2"


def keyword_renames(cache: pathlib.Path) -> dict[str, dict[str, str | None]]:
    """Function -> old keyword -> new one, None where it went without one."""
    union: dict[str, dict[str, str | None]] = {}
    for table in _tables(cache, "function_keyword_renames"):
        for name, entries in table:
            for old, new in entries.items():
                union.setdefault(name, {})[old] = new
    return union


def reorders(cache: pathlib.Path) -> dict[str, list[str]]:
    """Function -> the names that its arguments had in TensorFlow 1, by position; "" where the table gives none."""
    union: dict[str, list[str]] = {}
    for table in _tables(cache, "function_reorders"):
        for name, names in table:
            union[name] = [word or "" for word in names]
    return union


def warnings(cache: pathlib.Path) -> dict[str, list[str]]:
    """Function or method -> what the tables warn of, whatever its arguments; wheels differ in their words."""
    union: dict[str, list[str]] = {}
    for table in _tables(cache, "function_warnings"):
        for name, warning in table:
            _add(union.setdefault(name, []), warning)
    return union


def argument_warnings(cache: pathlib.Path) -> dict[str, dict[str, list[str]]]:
    """Function or method -> keyword -> what the tables warn of where a call has that keyword."""
    union: dict[str, dict[str, list[str]]] = {}
    for table in _tables(cache, "function_arg_warnings"):
        for name, entries in table:
            for (keyword, _), warning in entries.items():
                _add(union.setdefault(name, {}).setdefault(keyword, []), warning)
    return union


def _add(texts: list[str], warning: Any) -> None:
    text = next((part for part in warning[1:] if isinstance(part, str)), "") if isinstance(warning, tuple) else ""
    if text not in texts:
        texts.append(text)


def _tables(cache: pathlib.Path, name: str) -> Iterator[list[tuple[str, Any]]]:
    """A table of each wheel, oldest first; a later one's entries count."""
    for minor in TENSORFLOW:
        table = _specification(cache / tensorflow_folder(minor) / tables_folder(minor)).get(name)
        assert isinstance(table, dict), (minor, name)
        # `contrib_x` is how the script knows `from tensorflow.contrib import x as contrib_x`.
        yield [
            (canonical(key), value)
            for key, value in table.items()
            if isinstance(key, str) and value is not _UNKNOWN and not key.startswith("contrib_")
        ]


def canonical(name: str) -> str:
    """The spelling that the database uses: `tf.x` for `tf.compat.v2.x`."""
    return name.replace("tf.compat.v2.", "tf.", 1)


@functools.cache
def _specification(folder: pathlib.Path) -> dict[str, Any]:
    """The attributes that the constructor of the script's specification sets."""
    scope: dict[str, Any] = {}
    for name in _MODULES:
        path = folder / f"{name}.py"
        if path.exists():
            module: dict[str, Any] = dict(scope)
            _run(ast.parse(path.read_text(encoding="utf-8")).body, module)
            scope[name] = module
    attributes: dict[str, Any] = {}
    tree = ast.parse((folder / f"{_MAIN}.py").read_text(encoding="utf-8"))
    for cls in tree.body:
        if isinstance(cls, ast.ClassDef) and cls.name == "TFAPIChangeSpec":
            for function in cls.body:
                if isinstance(function, ast.FunctionDef) and function.name == "__init__":
                    _run(function.body, {**scope, "self": attributes})
    return attributes


def _run(body: Iterable[ast.stmt], scope: dict[str, Any]) -> None:
    for statement in body:
        match statement:
            case ast.Assign(targets=[target], value=value):
                _store(target, _value(value, scope), scope)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner, attr="update"), args=[other])):
                table, more = _value(owner, scope), _value(other, scope)
                if isinstance(table, dict) and isinstance(more, dict):
                    table.update(more)
            case ast.For(target=target, iter=iterated):
                items = _value(iterated, scope)
                for item in items if isinstance(items, list) else ():
                    _store(target, item, scope)
                    _run(statement.body, scope)
            case _:
                pass


def _store(target: ast.expr, value: Any, scope: dict[str, Any]) -> None:
    match target:
        case ast.Name(id=name):
            scope[name] = value
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if "self" in scope:
            scope["self"][name] = value
        case ast.Subscript(value=owner, slice=key):
            table, index = _value(owner, scope), _value(key, scope)
            if isinstance(table, dict) and index is not _UNKNOWN:
                table[index] = value
        case ast.Tuple(elts=elements) if isinstance(value, tuple) and len(elements) == len(value):
            for element, part in zip(elements, value, strict=True):
                _store(element, part, scope)
        case _:
            pass


def _value(node: ast.expr, scope: dict[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return scope.get(name, _UNKNOWN)
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            held = scope.get(owner)
            return held.get(name, _UNKNOWN) if isinstance(held, dict) else _UNKNOWN
        case ast.Dict(keys=keys, values=values):
            pairs = [(_value(key, scope), value) for key, value in zip(keys, values, strict=True) if key is not None]
            return {key: _value(value, scope) for key, value in pairs if key is not _UNKNOWN}
        case ast.Tuple(elts=elements):
            return tuple(_value(element, scope) for element in elements)
        case ast.List(elts=elements) | ast.Set(elts=elements):
            return [_value(element, scope) for element in elements]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = _value(left, scope), _value(right, scope)
            both = isinstance(first, str) and isinstance(second, str)
            return first + second if both else _UNKNOWN
        case ast.Call(func=function, args=arguments):
            return _called(function, [_value(argument, scope) for argument in arguments], scope)
        case _:
            return _UNKNOWN


def _called(function: ast.expr, arguments: list[Any], scope: dict[str, Any]) -> Any:
    """What a call gives: copies, views of a table, texts."""
    match function, arguments:
        case ast.Name(id="dict"), [dict() as table]:
            return dict(table)
        case ast.Name(id="list"), [list() as items]:
            return items
        case ast.Attribute(value=owner, attr=method), _:
            held = _value(owner, scope)
            if isinstance(held, dict) and method in ("items", "keys"):
                return list(getattr(held, method)())
            if isinstance(held, str) and method in ("format", "replace") and _UNKNOWN not in arguments:
                return getattr(held, method)(*arguments)
    return _UNKNOWN
