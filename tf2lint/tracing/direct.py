"""Objects of Keras that a program calls itself, eagerly: what their methods do in Python they do in every call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference.index import function_around, index_of, last_name
from tf2lint.inference.values import Object

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_TRACING = frozenset(
    (
        "fit evaluate predict compile train_on_batch test_on_batch predict_on_batch fit_generator Sequential Model "
        "Functional Input save export clone_model"
    ).split()
)
"""What lets Keras trace an object, or makes something of it that Keras may trace; tf.functions speak for themselves."""


def is_only_called(ev: Evaluator, cls: nodes.ClassDef) -> bool:
    """Whether the module of a class calls its objects at its top, and has nothing in it that would trace them."""
    return ev.memo.once(("only called", cls), lambda: _is_only_called(ev, cls), False)


def _is_only_called(ev: Evaluator, cls: nodes.ClassDef) -> bool:
    index = index_of(ev, cls.root())
    if any(last_name(call.func) in _TRACING for call in index.calls):
        return False
    made = Object(cls)
    for call in index.calls:
        if function_around(call) is not None and not ev.modes.surely_eager(call):
            continue
        func = call.func
        owner = func.expr if isinstance(func, nodes.Attribute) else func
        if made in ev.value_of(owner):
            return True
    return False
