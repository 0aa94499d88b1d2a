"""Assignment operations: a TensorFlow 2 variable has methods."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF117",
    pylint_id="E6827",
    symbol="tf-assign-op",
    summary="Assignment is a method of the variable, and happens at once.",
    message="{name} {problem}: {hint}.",
    hint="call the method of the variable: v.assign(x), v.assign_add(x), v.scatter_update(...)",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#resourcevariables_instead_of_referencevariables",
    severity=Severity.BREAKS,
)

NAMES = (
    "assign assign_add assign_sub batch_scatter_update count_up_to scatter_add scatter_div scatter_max "
    "scatter_min scatter_mul scatter_nd_add scatter_nd_sub scatter_nd_update scatter_sub scatter_update"
)

IDIOM = Idiom.of(RULE, NAMES)
