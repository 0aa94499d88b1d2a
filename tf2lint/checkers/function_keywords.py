"""Keywords of tf.function that are on their way out: they warn, or do nothing any more.

https://www.tensorflow.org/api_docs/python/tf/function
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.api import versions
from tf2lint.checkers.base import Called, on_called
from tf2lint.checkers.retracing import RULE
from tf2lint.findings import Finding

_API = "https://www.tensorflow.org/api_docs/python/tf/function"
_INSTEAD = {
    "experimental_relax_shapes": "reduce_retracing",
    "experimental_compile": "jit_compile",
    "experimental_follow_type_hints": "",
}


@on_called(RULE, "tf.function")
def outdated(called: Called) -> Iterator[Finding]:
    """`@tf.function(experimental_relax_shapes=True)`."""
    for name, argument in called.arguments.keywords.items():
        if name not in _INSTEAD or name in called.arguments.given_keywords:
            continue
        instead = _INSTEAD[name] or "reduce_retracing"
        signatures = [called.signature(world) for world in versions.bits(called.worlds)]
        if not all(signature is not None and signature.get(instead) is not None for signature in signatures):
            continue
        if _INSTEAD[name]:
            problem, hint = f"takes {name}= only as the old name of {instead}=, with a warning", f"write {instead}="
        else:
            problem, hint = f"does nothing with {name}= any more", "leave it out, and pass tensors"
        yield called.finding(RULE, argument.place, problem, hint=hint, url=_API)
