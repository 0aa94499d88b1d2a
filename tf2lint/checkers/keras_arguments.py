"""Arguments that Keras 2 took and Keras 3 refuses. The facts are those of the API database, but for what is named here.

https://www.tensorflow.org/guide/keras
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from astroid import nodes

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers import arguments, edits
from tf2lint.checkers.base import Called, Module, finding, on_call, on_called, on_node, with_keras_3
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import classes, keras
from tf2lint.inference.values import Const, Object, TfInstance, TfMember, TfName, Unknown, Value

RULE = Rule(
    code="TF902",
    pylint_id="E6804",
    symbol="tf-keras-argument",
    summary="An argument that Keras 2 took and Keras 3 refuses.",
    message="{name} {problem}: {hint}.",
    hint="leave it out, or look for what says the same in its documentation",
    url="https://www.tensorflow.org/guide/keras",
    severity=Severity.BREAKS,
    since="2.16",
)

_KERAS_2 = versions.bit("2.15")
_QUEUE = frozenset(("workers", "use_multiprocessing", "max_queue_size"))
_SAVED_MODEL = frozenset(("options", "signatures", "save_traces"))
_REFUSED = {
    "tf.keras.Model.evaluate": _QUEUE,
    "tf.keras.Model.save": _SAVED_MODEL,
    "tf.keras.models.save_model": _SAVED_MODEL,
    "keras.models.save_model": _SAVED_MODEL,
    "tf.keras.saving.save_model": _SAVED_MODEL,
    "keras.saving.save_model": _SAVED_MODEL,
}
"""Keywords that a `**keywords` refuses though the database does not know it. Run under TensorFlow 2.21."""


@on_called(RULE, order=19)
def refused(called: Called) -> Iterator[Finding]:
    """`tf.keras.optimizers.Adam(lr=0.1)`."""
    worlds = called.worlds & versions.KERAS_3
    if not worlds or not api.follows_keras(called.name) or called.successor is not None:
        return
    if called.signature(_KERAS_2) is None:
        return
    given = called.arguments
    for name, argument in given.keywords.items():
        if name in given.given_keywords or arguments.takes(called, name, _KERAS_2) is False:
            continue
        where = _refusing(called, name, worlds)
        if where:
            instead = api.renamed_argument(called.name, name, where)
            advice = {"hint": f"it is {instead}= now"} if instead else arguments.advice_on(called, name)
            words = f"takes no {name}= {with_keras_3(where, called.module.config.target)}"
            told = called.finding(RULE, argument.place, f"{words} ({arguments.error(called, where)})", **advice)
            renamed = edits.of_keyword(called, argument, name, instead) if instead else ()
            yield dataclasses.replace(told, edits=renamed)


def _refusing(called: Called, keyword: str, worlds: int) -> int:
    """The worlds that surely refuse a keyword."""
    callee = called.callee
    names = {callee.name}
    if callee.cls:
        names.update(f"{owner}.{callee.attribute}" for owner in api.ancestors(callee.cls, called.newest))
    if any(keyword in _REFUSED.get(name, ()) for name in names):
        return worlds
    where = 0
    for number in range(worlds.bit_length()):
        world = 1 << number
        if worlds & world and arguments.takes(called, keyword, world) is False:
            where |= world
    return where


@on_called(RULE, "tf.keras.Layer.add_weight tf.keras.layers.Layer.add_weight keras.Layer.add_weight", order=18)
def named_first(called: Called) -> Iterator[Finding]:
    """`self.add_weight("kernel", shape=[1])`."""
    worlds = called.worlds & versions.KERAS_3
    first = called.arguments.positional[:1]
    if worlds and first and (isinstance(first[0].value, nodes.JoinedStr) or isinstance(called.constant(first[0]), str)):
        words = f"takes the shape first {with_keras_3(worlds, called.module.config.target)} (ValueError)"
        yield called.finding(RULE, first[0].place, words, hint="give the name by keyword, name=")


@on_called(RULE, " ".join(f"{k}.Input {k}.layers.Input" for k in ("tf.keras", "keras", "tf.compat.v1.keras")), order=18)
def no_tuple(called: Called) -> Iterator[Finding]:
    """`tf.keras.Input(3)`."""
    worlds = called.worlds & versions.KERAS_3
    shape = called.argument("shape")
    size = called.constant(shape)
    if worlds and shape is not None and isinstance(size, int) and not isinstance(size, bool):
        words = f"takes no number for its shape {with_keras_3(worlds, called.module.config.target)} (ValueError)"
        yield called.finding(RULE, shape.place, words, hint=f"write a tuple, ({size},)")


@on_called(RULE, "tf.keras.Model.compile keras.Model.compile", order=18)
def foreign_optimizer(called: Called) -> Iterator[Finding]:
    """`model.compile(tf.compat.v1.train.AdamOptimizer(0.1))`."""
    worlds = called.worlds & versions.KERAS_3
    optimizer = called.argument("optimizer")
    values = called.module.values(optimizer.value) if optimizer is not None else []
    old = [v for v in values if isinstance(v, TfInstance) and v.cls.startswith("tf.compat.v1.train.")]
    if worlds and optimizer is not None and old and len(old) == len(values):
        words = f"takes no {old[0].cls} {with_keras_3(worlds, called.module.config.target)} (ValueError)"
        yield called.finding(RULE, optimizer.place, words, hint="use an optimizer of tf.keras.optimizers")


@on_call(RULE, keywords=frozenset(("reduction",)))
def automatic(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`tf.keras.losses.MeanSquaredError(reduction="auto")`."""
    keyword = next(keyword for keyword in node.keywords if keyword.arg == "reduction")
    values = module.values(keyword.value)
    if not values or not all(value == Const("auto") or _is_auto(value) for value in values):
        return
    for value in module.values(node.func):
        worlds = module.reached(value, node) & versions.KERAS_3 if isinstance(value, TfName) else 0
        if isinstance(value, TfName) and worlds and (keras.below_keras(value.name) or "").startswith("losses."):
            words = f'takes no reduction "auto" {with_keras_3(worlds, module.config.target)} (ValueError)'
            yield finding(RULE, keyword, value.name, words, Confidence.BINDING, hint="leave it out: it was the default")
            return


def _is_auto(value: Value) -> bool:
    return isinstance(value, TfName) and value.name.endswith(".losses.Reduction.AUTO")


@on_node(RULE, nodes.Call)
def by_place(module: Module, node: nodes.NodeNG) -> Iterator[Finding]:
    """`dropout(x, True)`."""
    worlds = module.config.target & versions.KERAS_3
    place = next((argument for argument in node.args[1:] if _is_no_tensor(argument)), None) if worlds else None
    if place is None:
        return
    names = set()
    for value in module.values(node.func):
        of = _layer_called(module, value)
        if of is None:
            return
        worlds &= of[1]
        names.add(of[0])
    if worlds and names and (worlds := worlds & module.ev.guards.reach(node)):
        words = f"takes only tensors by place {with_keras_3(worlds, module.config.target)} (ValueError)"
        hint = f"pass {place.as_string()} by keyword"
        yield finding(RULE, place, f"{min(names)}.__call__", words, Confidence.INFERENCE, hint=hint)


def _is_no_tensor(node: nodes.NodeNG) -> bool:
    """Whether an argument is a number, a text or a flag: the `training` that Keras passes on is True or False."""
    if isinstance(node, nodes.Const):
        return node.value is not None and node.value is not ...
    if not isinstance(node, nodes.Name) or node.name != "training":
        return False
    frame = node.frame()
    return isinstance(frame, nodes.FunctionDef) and frame.name == "call" and "training" in frame.argnames()


def _layer_called(module: Module, value: Value) -> tuple[str, int] | None:
    """The Keras layer that a value is, and the worlds in which it is; None for what is none for certain."""
    if isinstance(value, TfInstance):
        return (value.cls, value.worlds) if keras.is_layer(value.cls, value.worlds) else None
    if not isinstance(value, Object):
        return None
    found = [v for v in classes.attribute(module.ev, value, "__call__") if not isinstance(v, Unknown)]
    if len(found) == 1 and isinstance(found[0], TfMember) and keras.is_layer(found[0].cls, found[0].worlds):
        return value.node.name, found[0].worlds
    return None
