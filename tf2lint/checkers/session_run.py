"""`session.run(...)`: in TensorFlow 2 the function that computes a value is called.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, absent, call_finding, on_call
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.returns import is_session
from tf2lint.inference.tensors import computed_eagerly
from tf2lint.inference.values import TfMember

RULE = Rule(
    code="TF103",
    pylint_id="E6813",
    symbol="tf-session-run",
    summary="There is no session to run: call the function that computes the value.",
    message="{name} {problem}: {hint}.",
    hint="call the function that computes the value; its arguments replace feed_dict, its result the fetches",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions",
    severity=Severity.BREAKS,
)


@on_call(RULE, attributes=frozenset(("run", "partial_run", "partial_run_setup", "make_callable")))
def run(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """A call of `run` on what is known to be a session that the target does not have."""
    for value in module.values(node.func):
        if not isinstance(value, TfMember) or not is_session(value.cls):
            continue
        name = f"{value.cls}.{value.attribute}"
        if absent(value.cls, module.reached(value, node)):
            yield call_finding(RULE, node, name, "has no session to run in TensorFlow 2")
            return
        if value.cls == "tf.compat.v1.InteractiveSession" and module.ev.modes.surely_eager(node):
            # Unlike Session, it makes its own empty graph the default one: even an eager value can not be run in it.
            yield call_finding(RULE, node, name, "raises RuntimeError under eager execution")
            return
        if value.attribute == "run" and any(computed_eagerly(module.ev, item) for item in _fetched(node)):
            # RuntimeError where its graph is empty, AttributeError or TypeError where it is not.
            yield call_finding(RULE, node, name, "raises for a tensor that was computed eagerly")
            return


def _fetched(call: nodes.Call) -> Iterator[nodes.NodeNG]:
    """The expressions that a call fetches, as far as they are spelled in it."""
    waiting = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "fetches")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.List | nodes.Tuple):
            waiting += node.elts
        elif isinstance(node, nodes.Dict):
            waiting += [value for _, value in node.items]
        else:
            yield node
