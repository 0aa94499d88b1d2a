"""Calls that mean something else in TensorFlow 2 under the same name and with the same arguments.

A program of TensorFlow 2 may look the same. So a place is told only where what it passes fits TensorFlow 1 alone, where
the outcome differs whatever was meant, or where the module shows that it was written for TensorFlow 1. The cases are in
the modules `behavior_*.py`; every difference was seen by running 1.15 and 2.21.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#false_friend_apis
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from astroid import nodes

from tf2lint.api import versions
from tf2lint.checkers import edits
from tf2lint.checkers.base import Called, CalledCheck, OnCalled, on_called
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.values import Const

RULE = Rule(
    code="TF404",
    pylint_id="W6855",
    symbol="tf-changed-behavior",
    summary="The same code does something else in the targeted TensorFlow.",
    message="{name} {problem}: {hint}.",
    hint="say what is meant in the terms of TensorFlow 2",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#false_friend_apis",
    severity=Severity.CHANGES,
)

GUIDE = "https://www.tensorflow.org/guide/migrate/tf1_vs_tf2"
TF1 = versions.bit("1.15")


def changed(
    names: str, *, of_tensorflow_1: bool = False, in_compat: bool = True, only_in_graph: bool = False
) -> Callable[[OnCalled], CalledCheck]:
    """Register a case, before the rules about arguments speak, where the program runs under TensorFlow 2.

    With `of_tensorflow_1` only in modules that show that they were written for TensorFlow 1, and for calls that could
    be made there and can still be made. `in_compat` says that the name in `tf.compat.v1` does what it did before,
    `only_in_graph` that it does not under eager execution.
    """

    def register(check: OnCalled) -> CalledCheck:
        def case(called: Called) -> Iterator[Finding]:
            if not called.worlds & ~TF1 or (of_tensorflow_1 and not _is_old(called)):
                return
            for found in check(called):
                spelled = in_compat and not (only_in_graph and not called.module.ev.modes.in_graph(called.node))
                more = found.edits or (edits.of_call(called) if spelled else ())
                yield dataclasses.replace(found, edits=more)

        return on_called(RULE, names, order=10)(case)

    return register


def _is_old(called: Called) -> bool:
    if not called.module.of_tensorflow_1:
        return False
    before, now = called.bound(TF1), called.bound(called.newest)
    return before is not None and before.fits and now is not None and now.fits


def constants(called: Called, node: nodes.NodeNG) -> list[object] | None:
    """The values of an expression that can only be constants; None for every other."""
    values = called.module.values(node)
    found = [value.value for value in values if isinstance(value, Const)]
    return found if found and len(found) == len(values) else None


def number(called: Called, node: nodes.NodeNG) -> float | None:
    """The number that an expression is for certain; True and False are none."""
    if isinstance(node, nodes.UnaryOp) and node.op == "-":
        positive = number(called, node.operand)
        return None if positive is None else -positive
    found = constants(called, node)
    if found is None or len(found) != 1:
        return None
    return found[0] if isinstance(found[0], int | float) and not isinstance(found[0], bool) else None
