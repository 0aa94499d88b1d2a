"""`tensor.eval()` and `operation.run()`, which need a session.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint import api
from tf2lint.checkers.base import Module, absent, call_finding, on_call
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.returns import is_session, legacy
from tf2lint.inference.tensors import computed_eagerly
from tf2lint.inference.values import TfInstance, TfMember, TfResult, Value

RULE = Rule(
    code="TF105",
    pylint_id="E6815",
    symbol="tf-tensor-eval",
    summary="A tensor is a value: there is no session to evaluate it in.",
    message="{name} {problem}: {hint}.",
    hint="use .numpy(), or the tensor itself",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions",
    severity=Severity.BREAKS,
)

# What a function of tf.contrib gives may be anything.
_NOT_TENSORS = (
    "tf.function",
    "tf.saved_model.",
    "tf.estimator.",
    "tf.data.",
    "tf.train.",
    "tf.lite.",
    "tf.app",
    "tf.contrib",
)
_OWN = frozenset(("session", "feed_dict"))


@on_call(RULE, attributes=frozenset(("eval", "run")))
def evaluate(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`eval` on what a function of TensorFlow gave, `run` on an operation that one of TensorFlow 1 made."""
    if len(node.args) > 2 or any(keyword.arg not in _OWN for keyword in node.keywords):
        return
    evaluates = node.func.attrname == "eval"
    for value in module.values(node.func.expr):
        made_by = _maker(value, evaluates=evaluates)
        if made_by is None or not isinstance(value, TfResult | TfInstance):
            continue
        eager = evaluates and computed_eagerly(module.ev, node.func.expr)
        if evaluates and not eager and _with_live_session(module, node):
            return
        if evaluates:
            wrong = (
                eager
                or not (module.ev.modes.in_graph(node) or module.of_graph_library)
                or _in_absent_session(module, node)
            )
        else:
            wrong = bool(absent(made_by, module.reached(value, node)))
        if wrong:
            problem = "needs a session, which TensorFlow 2 does not have"
            yield call_finding(RULE, node, "Tensor.eval" if evaluates else "Operation.run", problem)
            return


def _maker(value: Value, *, evaluates: bool) -> str | None:
    """The function or class that made the tensor, variable or operation; None where it may be none of these."""
    if isinstance(value, TfInstance):
        return value.cls if evaluates and legacy(value.cls)[1] == "Variable" else None
    if isinstance(value, TfResult):
        symbol = api.symbol(value.of)
        if symbol is None or symbol.kind is not api.Kind.FUNCTION or value.of.startswith(_NOT_TENSORS):
            return None
        return value.of
    return None


def _in_absent_session(module: Module, node: nodes.Call) -> bool:
    """Whether a `with` around the call enters a session of a class that the target does not have."""
    child, parent = node, node.parent
    while parent is not None:
        if isinstance(parent, nodes.With) and child in parent.body:
            for context, _ in parent.items:
                for value in module.values(context):
                    if isinstance(value, TfInstance) and is_session(value.cls):
                        return bool(absent(value.cls, module.reached(value, node)))
        child, parent = parent, parent.parent
    return False


def _with_live_session(module: Module, node: nodes.Call) -> bool:
    """Whether the call names the session itself, and it is one of `tf.compat.v1`: what its graph holds, it returns."""
    named = next((k.value for k in node.keywords if k.arg == "session"), node.args[-1] if node.args else None)
    if named is None:
        return False
    sessions = [v for v in module.values(named) if isinstance(v, TfInstance | TfMember)]
    return bool(sessions) and not any(absent(v.cls, module.reached(v, node)) for v in sessions)
