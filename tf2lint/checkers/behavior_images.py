"""Resizing of images, whose methods have names and whose corners lie elsewhere.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#false_friend_apis
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers.base import Called
from tf2lint.checkers.changed_behavior import RULE, changed, constants, number
from tf2lint.findings import Finding

_METHODS = ("bilinear", "nearest", "bicubic", "area")


@changed("tf.image.resize")
def resize(called: Called) -> Iterator[Finding]:
    """`tf.image.resize(images, size, 0)`, and any call of TensorFlow 1 but with the method "area"."""
    method = called.argument("method")
    kind = number(called, method.value) if method is not None else None
    if method is not None and kind is not None and kind in range(len(_METHODS)):
        name = _METHODS[int(kind)]
        problem = f"knows its methods by name since TensorFlow 2.0, {kind} is none (ValueError)"
        yield called.finding(RULE, method.place, problem, hint=f'write "{name}"')


@changed("tf.image.resize", of_tensorflow_1=True)
def corners(called: Called) -> Iterator[Finding]:
    """A pixel's value stands at its centre since 2.0, and stood at its corner; areas are the same."""
    method = called.argument("method")
    if method is not None:
        text = method.value.as_string()
        if "AREA" in text or constants(called, method.value) not in (None, ["bilinear"], ["nearest"], ["bicubic"]):
            return
    problem = "takes pixels by their centres since TensorFlow 2.0, by their upper left corners before: values differ"
    hint = "tf.compat.v1.image.resize gives the old ones"
    yield called.finding(RULE, called.node.func, problem, hint=hint)
