"""Control flow written for graphs, which a `tf.function` writes as Python. Off by default.

https://www.tensorflow.org/guide/function#autograph_transformations
"""

from __future__ import annotations

from tf2lint.checkers.base import Reference, on_reference
from tf2lint.findings import Finding, Rule, Severity

RULE = Rule(
    code="TF120",
    pylint_id="R6830",
    symbol="tf-static-control-flow",
    summary="Loops and conditions as graph operations, where a tf.function takes Python's own.",
    message="{name} {problem}: {hint}.",
    hint="write if, while or for inside a tf.function: AutoGraph makes the same operations of it",
    url="https://www.tensorflow.org/guide/function#autograph_transformations",
    severity=Severity.DISCOURAGED,
    default=False,
)

_NAMES = frozenset(("cond", "case", "while_loop"))
_LAST = tuple(f".{name}" for name in _NAMES)


@on_reference(RULE, order=39, alive=lambda name, _: name.endswith(_LAST))
def used(reference: Reference) -> Finding | None:
    """`tf.while_loop`."""
    if reference.imported or reference.legacy not in _NAMES or reference.missing:
        return None
    return reference.finding(RULE, "builds control flow by hand", hint=RULE.hint)
