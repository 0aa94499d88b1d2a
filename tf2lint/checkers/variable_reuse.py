"""`reuse=` of variable scopes, which shares nothing under eager execution.

https://www.tensorflow.org/guide/migrate/model_mapping#variable-scope_based_variable_reuse
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, call_finding, finding, on_call
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference.values import Const, TfMember, TfName

RULE = Rule(
    code="TF203",
    pylint_id="W6833",
    symbol="tf-variable-reuse",
    summary="Under eager execution a variable scope reuses nothing: every get_variable makes a new variable.",
    message="{name} {problem}: {hint}.",
    hint="share the layer or tf.Variable object itself",
    url="https://www.tensorflow.org/guide/migrate/model_mapping#variable-scope_based_variable_reuse",
    severity=Severity.CHANGES,
)

_SCOPES = ("tf.compat.v1.variable_scope", "tf.compat.v1.VariableScope")


@on_call(RULE, keywords=frozenset(("reuse",)))
def reuse(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`tf.compat.v1.variable_scope(..., reuse=True)` in code that surely runs eagerly."""
    names = {v.name for v in module.values(node.func) if isinstance(v, TfName)}
    if names != {"tf.compat.v1.variable_scope"} or not module.ev.modes.surely_eager(node):
        return
    keyword = next(k for k in node.keywords if k.arg == "reuse")
    if {Const(False), Const(None)} & set(module.values(keyword.value)):
        return
    problem = "shares nothing under eager execution: every get_variable makes a new variable"
    yield finding(RULE, keyword, "tf.compat.v1.variable_scope(reuse=...)", problem, Confidence.BINDING)


@on_call(RULE, attributes=frozenset(("reuse_variables",)))
def reuse_variables(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`scope.reuse_variables()` likewise."""
    for value in module.values(node.func):
        if isinstance(value, TfMember) and value.cls in _SCOPES and module.ev.modes.surely_eager(node):
            problem = "shares nothing under eager execution: every get_variable makes a new variable"
            yield call_finding(RULE, node, f"{value.cls}.reuse_variables", problem)
            return
