"""Functions that give something else: lists, ragged tensors, None, one value instead of two.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#false_friend_apis
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Called
from tf2lint.checkers.changed_behavior import GUIDE, RULE, changed
from tf2lint.findings import Finding
from tf2lint.inference.arguments import Argument
from tf2lint.inference.tensors import computes_tensor
from tf2lint.inference.values import TfName

_WRITES = "tf.summary.scalar tf.summary.histogram tf.summary.image tf.summary.audio tf.summary.text"


@changed("tf.while_loop", of_tensorflow_1=True, only_in_graph=True)
def loop_of_one(called: Called) -> Iterator[Finding]:
    """A loop over one variable gives a list, and gave the variable itself."""
    given = called.argument("loop_vars")
    if given is not None and _has_one(given.value) and not _is_unpacked(called.node):
        yield _in_list(called, given)


@changed("tf.cond", of_tensorflow_1=True, in_compat=False)
def branches_of_one(called: Called) -> Iterator[Finding]:
    """A branch that gives a list of one gives a list, and gave its element."""
    first, second = called.argument("true_fn"), called.argument("false_fn")
    if first is None or second is None or _is_unpacked(called.node):
        return
    if all(isinstance(b.value, nodes.Lambda) and _has_one(b.value.body) for b in (first, second)):
        yield _in_list(called, first)


def _in_list(called: Called, given: Argument) -> Finding:
    problem = "gives a list or tuple of one in TensorFlow 2, and gave the element itself before"
    return called.finding(RULE, given.place, problem, hint="take it out of there")


def _has_one(node: nodes.NodeNG) -> bool:
    return isinstance(node, nodes.List | nodes.Tuple) and len(node.elts) == 1


def _is_unpacked(call: nodes.Call) -> bool:
    """Whether the result is taken apart at once, which is how it is used in TensorFlow 2."""
    parent = call.parent
    if isinstance(parent, nodes.Assign):
        return isinstance(parent.targets[0], nodes.Tuple | nodes.List)
    return isinstance(parent, nodes.Subscript | nodes.Expr | nodes.Starred)


@changed("tf.strings.split")
def ragged(called: Called) -> Iterator[Finding]:
    """`tf.strings.split(x).indices`: a sparse tensor has them, a ragged one has not."""
    parent = called.node.parent
    if "result_type" in called.arguments.keywords:
        return
    told = isinstance(parent, nodes.Attribute) and parent.attrname in ("indices", "dense_shape")
    if isinstance(parent, nodes.Call) and called.node in parent.args:
        told = any(isinstance(v, TfName) and "sparse" in v.name for v in called.module.values(parent.func))
    if told or (called.module.of_tensorflow_1 and not isinstance(parent, nodes.Attribute)):
        problem = "gives a RaggedTensor since TensorFlow 2.0, and gave a SparseTensor before"
        yield called.finding(RULE, called.node.func, problem, hint="add .to_sparse() where a sparse one is needed")


@changed("tf.debugging.assert_scalar")
def asserted(called: Called) -> Iterator[Finding]:
    """`x = tf.debugging.assert_scalar(x)`, which gave its argument."""
    parent, given = called.node.parent, called.argument("tensor")
    kept = [target.as_string() for target in parent.targets] if isinstance(parent, nodes.Assign) else []
    # Elsewhere None does as well as an operation did: in lists for `control_dependencies`, in what a function gives.
    if isinstance(parent, nodes.BinOp) or (given is not None and given.value.as_string() in kept):
        problem = "gives None since TensorFlow 2.0, and gave its argument before"
        yield called.finding(RULE, called.node.func, problem, hint="call it for its effect only")


@changed("tf.metrics.mean_squared_error tf.metrics.mean_absolute_error")
def metric(called: Called) -> Iterator[Finding]:
    """`value, update = tf.metrics.mean_squared_error(labels, predictions)`."""
    parent = called.node.parent
    pair = isinstance(parent, nodes.Assign) and isinstance(parent.targets[0], nodes.Tuple | nodes.List)
    if (pair and len(parent.targets[0].elts) == 2) or called.module.of_tensorflow_1:
        problem = "gives the error of each example since TensorFlow 2.0, and gave a running mean and its update before"
        kind = "MeanSquaredError" if called.name.endswith("mean_squared_error") else "MeanAbsoluteError"
        yield called.finding(RULE, called.node.func, problem, hint=f"use tf.keras.metrics.{kind}")


@changed("tf.losses.mean_squared_error", of_tensorflow_1=True)
def loss(called: Called) -> Iterator[Finding]:
    """The loss of a batch in TensorFlow 1, a loss for each example in TensorFlow 2 with Keras 2."""
    problem = "gives a loss for each example since TensorFlow 2.0, and gave their mean before"
    yield called.finding(RULE, called.node.func, problem, hint="wrap it in tf.reduce_mean")


@changed(_WRITES, of_tensorflow_1=True)
def summary(called: Called) -> Iterator[Finding]:
    """`tf.summary.scalar("loss", loss)` makes no operation to be merged and run: it writes, or does nothing."""
    if called.argument("step") is None and not called.arguments.open_keywords:
        problem = "gives nothing to run in TensorFlow 2: it writes at once, and only with a step and a default writer"
        hint = "pass step= inside of writer.as_default()"
        url = "https://www.tensorflow.org/guide/migrate/tensorboard"
        yield called.finding(RULE, called.node.func, problem, hint=hint, url=url)


@changed("tf.compat.v1.train.Optimizer.minimize tf.compat.v1.train.Optimizer.compute_gradients", in_compat=False)
def minimized(called: Called) -> Iterator[Finding]:
    """`optimizer.minimize(loss)` of a tensor, not of a function that computes it."""
    loss = called.argument("loss")
    if loss is None or not called.module.ev.modes.surely_eager(called.node) or called.module.of_graph_library:
        return
    if computes_tensor(called.module.ev, loss.value):
        problem = "takes a function of no arguments under eager execution, no tensor (RuntimeError)"
        hint = "pass lambda: ..., with the computation inside"
        yield called.finding(RULE, loss.place, problem, hint=hint, url=f"{GUIDE}#eager_execution")


@changed("tf.gradients tf.hessians tf.compat.v1.gradients tf.compat.v1.hessians", in_compat=False)
def gradients(called: Called) -> Iterator[Finding]:
    """They work in graphs only."""
    modes = called.module.ev.modes
    eager = modes.surely_eager(called.node)
    old = called.module.of_tensorflow_1 and not called.module.of_graph_library
    if (eager and not called.module.of_graph_library) or (old and not modes.in_graph(called.node)):
        problem = "raises RuntimeError under eager execution"
        url = f"{GUIDE}#eager_execution"
        yield called.finding(RULE, called.node.func, problem, hint="use tf.GradientTape", url=url)
