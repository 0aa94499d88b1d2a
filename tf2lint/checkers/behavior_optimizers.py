"""Optimizers: learning rates that were recomputed at every step of a session, and an epsilon that was left open.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#pattern_2_a_symbolic_tensor_meant_to_be_recomputed_every_step_in_tf1x_is_accidentally_cached_with_the_initial_value_when_switching_to_eager
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers.base import Called, Module, finding, on_node
from tf2lint.checkers.changed_behavior import GUIDE, RULE, TF1, changed, constants
from tf2lint.findings import Confidence, Finding
from tf2lint.inference import bindings, scan
from tf2lint.inference.returns import legacy
from tf2lint.inference.tensors import surely_tensor
from tf2lint.inference.values import TfInstance, TfResult

_CACHED = (
    f"{GUIDE}#pattern_2_a_symbolic_tensor_meant_to_be_recomputed_every_step_in_tf1x_is_accidentally_cached_with_the_"
    "initial_value_when_switching_to_eager"
)
_DECAYS = frozenset(
    f"tf.compat.v1.train.{name}"
    for name in (
        "exponential_decay",
        "piecewise_constant",
        "piecewise_constant_decay",
        "polynomial_decay",
        "natural_exp_decay",
        "inverse_time_decay",
        "cosine_decay",
        "cosine_decay_restarts",
        "linear_cosine_decay",
        "noisy_linear_cosine_decay",
    )
)
_OPTIMIZERS = " ".join(
    f"{owner}.{name}"
    for owner in ("tf.keras.optimizers", "tf.optimizers", "keras.optimizers")
    for name in ("SGD", "Adam", "AdamW", "Adamax", "Nadam", "Adagrad", "Adadelta", "RMSprop", "Ftrl")
)


@changed(_OPTIMIZERS)
def computed_once(called: Called) -> Iterator[Finding]:
    """`SGD(0.1 / (1.0 + step))`: a number computed from the step that the optimizer is made at."""
    given = called.argument("learning_rate")
    if given is None or called.module.ev.modes.in_graph(called.node) or called.module.of_graph_library:
        return
    if _is_computed(called.module, given.value):
        problem = "gets a learning rate that was computed once, from the value that a variable had then"
        hint = "use a schedule of tf.keras.optimizers.schedules, or a callable"
        yield called.finding(RULE, given.place, problem, hint=hint, url=_CACHED)
    elif called.worlds & versions.KERAS_3 and surely_tensor(called.module.ev, given.value):
        problem = "takes a number, a schedule or a callable for learning_rate in Keras 3, no tensor (ValueError)"
        yield called.finding(RULE, given.place, problem, hint="pass a float", url=_CACHED)


def _is_computed(module: Module, node: nodes.NodeNG) -> bool:
    """Whether an expression computes a tensor from a variable, here or where its own variable is filled."""
    if isinstance(node, nodes.Name):
        _, statements = bindings.found(node, node.name)
        if len(statements) != 1 or not isinstance(statements[0].parent, nodes.Assign):
            return False
        value = statements[0].parent.value
        return isinstance(value, nodes.BinOp | nodes.Call) and _is_computed(module, value)
    if isinstance(node, nodes.BinOp):
        return any(_is_variable(module, side) or _is_computed(module, side) for side in (node.left, node.right))
    if isinstance(node, nodes.Call) and surely_tensor(module.ev, node):
        return any(_is_variable(module, value) or _is_computed(module, value) for value in node.args)
    return False


def _is_variable(module: Module, node: nodes.NodeNG) -> bool:
    values = module.values(node)
    return bool(values) and all(isinstance(v, TfInstance) and legacy(v.cls)[1] == "Variable" for v in values)


_SINCE_2_11 = sum(
    1 << number
    for number, world in enumerate(versions.WORLDS)
    if versions.TENSORFLOW.index(world.tensorflow) >= versions.TENSORFLOW.index("2.11")
)
_WITH_EPSILON = " ".join(name for name in _OPTIMIZERS.split() if not name.endswith(("SGD", "Ftrl")))


@changed(_WITH_EPSILON)
def no_epsilon(called: Called) -> Iterator[Finding]:
    """`Adam(epsilon=None)`, which meant the default."""
    given = called.argument("epsilon")
    if given is not None and called.worlds & _SINCE_2_11 and constants(called, given.value) == [None]:
        problem = "takes no None for epsilon since TensorFlow 2.11: the first step raises ValueError"
        yield called.finding(RULE, given.place, problem, hint="leave it out")


def _may_have_decays(module: Module) -> bool:
    return module.ev.memo.once(("decays", module.tree), lambda: _has_decays(module), True)


def _has_decays(module: Module) -> bool:
    modules = module.ev.modules
    return scan.DECAY in modules.scanned(module.tree).scan.marks or any(modules.spelled_near(module.tree, scan.DECAY))


@on_node(RULE, nodes.BinOp)
def calculated(module: Module, node: nodes.BinOp) -> Iterator[Finding]:
    """`0.5 * tf.compat.v1.train.exponential_decay(...)`, which gives a function under eager execution."""
    for side in (node.left, node.right):
        yield from _used(module, side)


@changed("tf.identity tf.maximum tf.minimum tf.multiply tf.summary.scalar", in_compat=False)
def passed(called: Called) -> Iterator[Finding]:
    """`tf.summary.scalar("rate", rate)` of such a function."""
    for argument in (*called.arguments.positional, *called.arguments.keywords.values()):
        yield from _used(called.module, argument.value)


def _used(module: Module, node: nodes.NodeNG) -> Iterator[Finding]:
    # Where it runs is found out for a whole function, what an operand is takes longer.
    if not isinstance(node, nodes.Name | nodes.Call) or not module.ev.modes.surely_eager(node):
        return
    if not _may_have_decays(module):
        return
    values = module.values(node)
    if not values or not all(isinstance(value, TfResult) and value.of in _DECAYS for value in values):
        return
    if not module.ev.guards.reach(node) & ~TF1:
        return
    problem = "gives a function under eager execution, which has to be called for the number (TypeError)"
    name = next(value.of for value in values if isinstance(value, TfResult))
    hint = "call it, or use a schedule of tf.keras.optimizers.schedules"
    yield finding(RULE, node, name, problem, Confidence.INFERENCE, hint=hint, url=_CACHED)


@on_node(RULE, nodes.AssignAttr, attributes="lr")
def rate_by_its_old_name(module: Module, node: nodes.AssignAttr) -> Iterator[Finding]:
    """`optimizer.lr = 0.5`: an attribute that nobody reads, where it was the learning rate."""
    values = module.values(node.expr)
    if not values or not all(isinstance(value, TfInstance) for value in values):
        return
    owners = [value for value in values if isinstance(value, TfInstance)]
    if all(api.lost_member(value.cls, "lr", module.reached(value, node)) & versions.KERAS_3 for value in owners):
        problem = "is an attribute that nobody reads with Keras 3: the learning rate stays what it was"
        page = "https://www.tensorflow.org/api_docs/python/tf/keras/optimizers/Optimizer"
        name = f"{owners[0].cls}.lr"
        hint = "assign to learning_rate"
        yield finding(RULE, node, name, problem, Confidence.INFERENCE, hint=hint, url=page)
