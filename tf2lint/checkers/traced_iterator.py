"""Iterators over a dataset made in traced code, which begin anew at every call.

https://www.tensorflow.org/guide/function#using_python_iterators_and_generators
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference import classes
from tf2lint.inference.index import last_name
from tf2lint.inference.returns import is_dataset
from tf2lint.inference.values import External
from tf2lint.tracing.scopes import is_outer

RULE = Rule(
    code="TF506",
    pylint_id="W6863",
    symbol="tf-iterator-in-function",
    summary="next(iter(dataset)) in traced code: every call begins with the first element again.",
    message="{name} {problem}: {hint}.",
    hint="make the iterator outside and pass it in",
    url="https://www.tensorflow.org/guide/function#using_python_iterators_and_generators",
    severity=Severity.CHANGES,
    since="2.0",
)


@on_traced_call(RULE)
def made(call: TracedCall) -> Iterator[Effect]:
    """`next(iter(dataset))`."""
    node = call.node  # A dataset that the function makes of what it was given is to begin anew.
    if call.value != External("builtins.iter") or len(node.args) != 1 or not is_outer(node.args[0]):
        return
    owners = [classes.instance_of(call.ev, value) for value in call.ev.value_of(node.args[0])]
    if owners and all(owner is not None and is_dataset(owner) for owner in owners) and _is_advanced(node):
        problem = "of a dataset is made in every call, which gets the first element again and again"
        yield call.effect(RULE, problem, name="iter", lifted_is_fine=True)


def _is_advanced(node: nodes.Call) -> bool:
    """Whether `next` is called on what a call gives, directly or through a variable."""
    parent = node.parent
    if isinstance(parent, nodes.Call):
        return last_name(parent.func) == "next" and node in parent.args
    if isinstance(parent, nodes.Assign) and isinstance(parent.targets[0], nodes.AssignName):
        name = parent.targets[0].name
        return any(
            last_name(other.func) in ("next", "get_next") and name in other.as_string()
            for other in node.frame().nodes_of_class(nodes.Call)
        )
    return False
