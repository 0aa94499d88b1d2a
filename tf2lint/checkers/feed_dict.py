"""`feed_dict=`: in TensorFlow 2 values are passed as arguments.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, absent, finding, on_call
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference.returns import is_session
from tf2lint.inference.values import Class, External, Function, TfMember, Value

RULE = Rule(
    code="TF104",
    pylint_id="E6814",
    symbol="tf-feed-dict",
    summary="There are no placeholders to feed: values are passed as arguments.",
    message="{name} {problem}: {hint}.",
    hint="pass the values as arguments of the function that computes the result",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions",
    severity=Severity.BREAKS,
)


@on_call(RULE, keywords=frozenset(("feed_dict",)))
def feed(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """The keyword is evidence in itself, unless the call is of something else, or a graph is run on purpose."""
    keyword = next(k for k in node.keywords if k.arg == "feed_dict")
    values = module.values(node.func)
    if any(_is_of_something_else(value) for value in values):
        return
    sessions = [v for v in values if isinstance(v, TfMember) and is_session(v.cls)]
    if sessions and not any(absent(v.cls, module.reached(v, node)) for v in sessions):
        return
    if not sessions and (module.of_graph_library or module.ev.modes.in_graph(node) or not module.ev.guards.reach(node)):
        return
    confidence = Confidence.BINDING if sessions else Confidence.INFERENCE
    yield finding(RULE, keyword, "feed_dict", "feeds placeholders, which TensorFlow 2 does not have", confidence)


def _is_of_something_else(value: Value) -> bool:
    """A function or class of the project with its own `feed_dict`, whose use is reported where it is used."""
    return isinstance(value, Function | Class | External)
