"""Tables that can be changed, made in traced code: all calls share one.

https://www.tensorflow.org/api_docs/python/tf/lookup/experimental/MutableHashTable
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF507",
    pylint_id="W6864",
    symbol="tf-table-in-function",
    summary="A mutable table made in traced code, which keeps its entries from call to call.",
    message="{name} {problem}: {hint}.",
    hint="make it outside, where all see that it is shared",
    url="https://www.tensorflow.org/api_docs/python/tf/lookup/experimental/MutableHashTable",
    severity=Severity.CHANGES,
    since="2.0",
)

_TABLES = frozenset(("lookup.experimental.MutableHashTable", "lookup.experimental.DenseHashTable"))


@on_traced_call(RULE)
def made(call: TracedCall) -> Iterator[Effect]:
    """`tf.lookup.experimental.MutableHashTable(...)`."""
    if call.legacy in _TABLES:
        yield call.effect(RULE, "is not made anew by each call: all calls share one table", lifted_is_fine=True)
