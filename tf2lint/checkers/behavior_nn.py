"""Neural networks' functions: dropout, cross entropy, embeddings, decoders.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#false_friend_apis
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers import edits
from tf2lint.checkers.arguments import REMOVED
from tf2lint.checkers.base import Called, on_called
from tf2lint.checkers.changed_behavior import RULE, TF1, changed, number
from tf2lint.findings import Finding
from tf2lint.inference.index import last_name
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import TfResult

_BETWEEN_0_AND_1 = frozenset(("nn.softmax", "nn.sigmoid", "math.softmax", "math.sigmoid", "sigmoid"))


@changed("tf.nn.dropout")
def dropout(called: Called) -> Iterator[Finding]:
    """`tf.nn.dropout(x, 0.9)` kept 90 % and keeps 10 %."""
    given = called.arguments
    if len(given.positional) < 2 or given.given > 1:
        return
    kept = given.positional[1]
    named = any(word.startswith("keep") for word in _spelled(kept.value).lower().split("_"))
    if named or number(called, kept.value) == 1 or called.module.of_tensorflow_1:
        amount = number(called, kept.value)
        if amount == 1:
            does = "takes the rate to drop in the second place, which can not be 1 (ValueError)"
        elif amount is not None and 0 < amount < 1:
            does = f"keeps {100 * (1 - amount):.3g} % in TensorFlow 2: the second argument is the rate to drop"
        else:
            does = "takes the rate to drop in the second place in TensorFlow 2, not the part to keep"
        found = called.finding(RULE, kept.place, does, hint=f"write rate={_complement(kept.value, amount)}")
        sure = named and called.module.of_tensorflow_1 and len(called.node.args) == len(given.positional) == 2
        yield dataclasses.replace(found, edits=edits.as_complement(called, kept, "rate") if sure else ())


@on_called(REMOVED, "tf.nn.dropout", order=10)
def keep_prob(called: Called) -> Iterator[Finding]:
    """`keep_prob=`, for which `rate=` is no other name."""
    kept = called.arguments.keywords.get("keep_prob")
    signature = called.callee.signature(called.newest)
    if kept is None or signature is None or signature.get("keep_prob") or not called.worlds & ~TF1:
        return
    if "rate" not in called.arguments.keywords and "keep_prob" not in called.arguments.given_keywords:
        amount = number(called, kept.value)
        hint = f"write rate={_complement(kept.value, amount)}"
        found = called.finding(REMOVED, kept.place, "takes no keep_prob= in TensorFlow 2 (TypeError)", hint=hint)
        yield dataclasses.replace(found, edits=edits.as_complement(called, kept, "rate"))


def _spelled(node: nodes.NodeNG) -> str:
    """The word that an argument is called by: `keep_prob` of `self.keep_prob` and of `params["keep_prob"]`."""
    if isinstance(node, nodes.Subscript) and isinstance(node.slice, nodes.Const):
        return str(node.slice.value)
    return last_name(node)


def _complement(node: nodes.NodeNG, amount: float | None) -> str:
    if amount is not None:
        return f"{1 - amount:.6g}"
    if isinstance(node, nodes.BinOp) and node.op == "-" and node.left.as_string() in ("1", "1.0"):
        return str(node.right.as_string())
    text = node.as_string()
    simple = isinstance(node, nodes.Name | nodes.Attribute | nodes.Subscript | nodes.Call) and len(text) < 40
    return f"1 - {text}" if simple else "1 minus it"


@changed("tf.nn.softmax_cross_entropy_with_logits", of_tensorflow_1=True)
def labels(called: Called) -> Iterator[Finding]:
    """Labels that a network gave: the gradient flows into them since 2.0."""
    given = called.argument("labels")
    if given is None:
        return
    made = [value.of for value in called.module.values(given.value) if isinstance(value, TfResult)]
    if made and all(legacy(name)[1] in _BETWEEN_0_AND_1 for name in made):
        hint = "wrap the labels in tf.stop_gradient"
        yield called.finding(RULE, given.place, "lets the gradient flow into labels since TensorFlow 2.0", hint=hint)


@changed(
    "tf.nn.embedding_lookup tf.nn.embedding_lookup_sparse tf.nn.safe_embedding_lookup_sparse "
    "tf.nn.nce_loss tf.nn.sampled_softmax_loss",
    of_tensorflow_1=True,
)
def shards(called: Called) -> Iterator[Finding]:
    """Rows of several tensors, which are numbered tensor by tensor and were dealt out in turn."""
    names = ("params", "embedding_weights", "weights")
    given = next(filter(None, map(called.argument, names)), None)
    if given is None:
        return
    display = called.module.ev.literal(given.value)
    if isinstance(display, nodes.ListComp) or (isinstance(display, nodes.List | nodes.Tuple) and len(display.elts) > 1):
        problem = 'numbers the rows of several tensors one tensor after the other ("div") since TensorFlow 2.0'
        hint = 'reorder the rows, or use tf.compat.v1.nn.embedding_lookup, which takes them in turn ("mod")'
        yield called.finding(RULE, given.place, problem, hint=hint)


@changed("tf.nn.ctc_beam_search_decoder", of_tensorflow_1=True)
def repeated(called: Called) -> Iterator[Finding]:
    """Repeated labels are no longer merged, which was the default."""
    hint = "use tf.compat.v1.nn.ctc_beam_search_decoder to keep merging them"
    yield called.finding(RULE, called.node.func, "keeps repeated labels since TensorFlow 2.0", hint=hint)
