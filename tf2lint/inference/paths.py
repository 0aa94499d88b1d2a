"""How a text or a path ends, where the program spells its end: `"model"`, `f"{folder}/model"`, `path / "model"`."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from astroid import nodes

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_AS_IT_IS = frozenset(("builtins.str", "os.fspath", "os.path.abspath", "os.path.expanduser", "os.path.realpath"))
_PATHS = frozenset(("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"))
_JOINS = frozenset(("os.path.join", "tf.io.gfile.join", *_PATHS))
_CONVERSION = re.compile(r"%(?:\(\w*\))?[-+ #0-9.*]*[a-zA-Z%]")
_FIELD = re.compile(r"\{[^{}]*\}")
_NESTED = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Ending:
    """The end of a text; `whole` says that it is all of it."""

    text: str
    whole: bool

    def among(self, suffixes: tuple[str, ...]) -> bool | None:
        """Whether the text ends with one of these; None where that lies in a part that is not known."""
        if self.text.endswith(suffixes):
            return True
        if self.whole or not any(suffix.endswith(self.text) for suffix in suffixes):
            return False
        return None


def ending(ev: Evaluator, node: nodes.NodeNG, depth: int = 0) -> Ending | None:
    """How what an expression gives ends; None where nothing of it is known."""
    if depth > _NESTED:
        return None
    if isinstance(node, nodes.Const):
        return Ending(node.value, whole=True) if isinstance(node.value, str) else None
    if isinstance(node, nodes.JoinedStr):
        return _part(ending(ev, node.values[-1], depth + 1)) if node.values else Ending("", whole=True)
    if isinstance(node, nodes.BinOp):
        return _of_operation(ev, node, depth)
    if isinstance(node, nodes.Call):
        return _of_call(ev, node, depth)
    if isinstance(node, nodes.Name):
        value = ev.literal(node)
        return None if value is node else ending(ev, value, depth + 1)
    return None


def _of_operation(ev: Evaluator, node: nodes.BinOp, depth: int) -> Ending | None:
    if node.op == "+":
        return _part(ending(ev, node.right, depth + 1))
    if node.op == "/":
        return _component(ending(ev, node.right, depth + 1))
    if node.op == "%":
        return _after_last(_CONVERSION, ending(ev, node.left, depth + 1))
    return None


def _of_call(ev: Evaluator, node: nodes.Call, depth: int) -> Ending | None:
    func = node.func
    if isinstance(func, nodes.Attribute) and func.attrname == "format" and isinstance(func.expr, nodes.Const):
        return _after_last(_FIELD, ending(ev, func.expr, depth + 1))
    if not node.args or isinstance(node.args[-1], nodes.Starred):
        return None
    named = ev.dotted(func)
    if len(named) == 1 and named <= _JOINS:
        last = ending(ev, node.args[-1], depth + 1)
        return last if len(node.args) == 1 and named <= _PATHS else _component(last)
    if len(named) == 1 and named <= _AS_IT_IS and len(node.args) == 1:
        return ending(ev, node.args[0], depth + 1)
    return None


def _part(found: Ending | None) -> Ending | None:
    return None if found is None else Ending(found.text, whole=False)


def _component(found: Ending | None) -> Ending | None:
    """The end of a path whose last component has the given end."""
    if found is None:
        return None
    return Ending(f"/{found.text}" if found.whole else found.text, whole=False)


def _after_last(field: re.Pattern[str], found: Ending | None) -> Ending | None:
    """What stands after the last field that is filled in."""
    if found is None:
        return None
    fields = list(field.finditer(found.text))
    return Ending(found.text[fields[-1].end() :], whole=False) if fields else found
