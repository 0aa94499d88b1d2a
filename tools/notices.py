"""Deprecations: which definitions carry a notice, and the TensorFlow names that the notice offers instead."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tools.facts import Notice
from tools.source import Sources, last_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.source import Definition

_NAME = re.compile(r"(?<![\w.])(tf|keras|tensorflow)\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)")


def _text(sources: Sources, module: str, node: ast.expr | None) -> str:
    """A string constant, a concatenation of such, or a name bound to one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(sources, module, node.left) + _text(sources, module, node.right)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(sources, module, value) for value in node.values if isinstance(value, ast.Constant))
    if isinstance(node, ast.Name | ast.Attribute):
        loaded = sources.load(module)
        found = sources.evaluate(loaded, node) if loaded is not None else None
        if found is not None and isinstance(found.node, ast.expr) and not isinstance(found.node, ast.Name):
            return _text(sources, found.module, found.node)
    return ""


def _strings(nodes: Iterable[ast.expr]) -> list[str]:
    found: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.List | ast.Tuple):
            found.extend(_strings(node.elts))
    return found


def named(text: str) -> tuple[str, ...]:
    """The TensorFlow names in a sentence, in order, in canonical spelling."""
    names: dict[str, None] = {}
    for match in _NAME.finditer(text):
        head, rest = match.groups()
        rest = rest.removeprefix("compat.v2.")
        names[f"tf.keras.{rest}" if head == "keras" else f"tf.{rest}"] = None
    return tuple(names)


def notice(sources: Sources, definition: Definition, public: str) -> Notice | None:
    """The notice that a public name carries, if it carries one."""
    path = public.removeprefix("tf.").removeprefix("compat.v1.")
    calls: list[ast.Call] = list(definition.calls)
    node = definition.node
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        calls += [decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
    if isinstance(node, ast.ClassDef):
        constructor = sources.class_body(node).get("__init__")
        if isinstance(constructor, ast.FunctionDef):
            calls += [decorator for decorator in constructor.decorator_list if isinstance(decorator, ast.Call)]
    found: Notice | None = None
    exported: list[str] = []
    endpoints: list[str] = []
    for call in calls:
        inner = call.func if isinstance(call.func, ast.Call) else call
        match last_name(inner.func):
            case "deprecated":
                keywords = {keyword.arg: keyword.value for keyword in inner.keywords}
                words = inner.args[1] if len(inner.args) > 1 else keywords.get("instructions")
                names = [name for name in named(_text(sources, definition.module, words)) if name != public]
                found = Notice(tuple(names))
            case "deprecated_alias" if len(inner.args) > 1:
                found = Notice(named(_text(sources, definition.module, inner.args[1])))
            case "deprecated_endpoints":
                endpoints += _strings(inner.args)
            case "tf_export" | "estimator_export":
                exported += _strings(inner.args)
                exported += _strings(keyword.value for keyword in inner.keywords if keyword.arg == "v1")
            case _:
                pass
    if found is None and path in endpoints:
        instead = next((name for name in exported if name not in endpoints), None)
        found = Notice((f"tf.{instead}",) if instead else ())
    return found
