"""Python's own functions on tensors that have no value yet.

https://www.tensorflow.org/guide/function#autograph_transformations
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import called, carries, is_tensor_range
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.tracing.abstract import Abstract
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF702",
    pylint_id="E6882",
    symbol="tf-builtin-on-tensor",
    summary="A tensor of traced code where Python needs a value: sum, max, math.sqrt, a comprehension, an index.",
    message="{name} {problem}: {hint}.",
    hint="use TensorFlow's own functions",
    url="https://www.tensorflow.org/guide/function#autograph_transformations",
    severity=Severity.BREAKS,
    since="2.0",
)

ITERATES = "iterates over a tensor, which traced code can not (OperatorNotAllowedInGraphError)"
BOOL = "needs the truth of a tensor, which has no value yet (OperatorNotAllowedInGraphError)"
VALUE = "needs the value of a tensor, which traced code does not have (TypeError)"

# Run under 2.4, 2.15 and 2.21. AutoGraph replaces neither.
_ITERATING = {
    "sum": "use tf.reduce_sum",
    "any": "use tf.reduce_any",
    "all": "use tf.reduce_all",
    "max": "use tf.reduce_max",
    "min": "use tf.reduce_min",
    "list": "use tf.unstack, if the size is known",
    "tuple": "use tf.unstack, if the size is known",
    "set": "use tf.unique",
    "frozenset": "use tf.unique",
    "dict": "keep the tensor",
    "iter": "loop with `for x in tensor`, or tf.range and tensor[i]",
    "enumerate": "loop with `for i in tf.range(tf.shape(x)[0])` and x[i]",
    "zip": "loop with `for i in tf.range(tf.shape(x)[0])` and x[i]",
    "reversed": "use tf.reverse",
    "map": "use tf.map_fn",
    "filter": "use tf.boolean_mask",
}
_VALUED = {
    "bool": "use tf.cast(x, tf.bool)",
    "round": "use tf.round",
    "divmod": "use // and %",
    "complex": "use tf.complex",
    "hash": "use x.ref()",
    **dict.fromkeys(("chr", "ord"), "use tf.strings.unicode_encode or tf.strings.unicode_decode"),
    **dict.fromkeys(("hex", "bin", "oct"), "use tf.strings.as_string"),
    **dict.fromkeys(("bytes", "bytearray"), "use tf.io.encode_base64 or tf.io.serialize_tensor"),
}
# AutoGraph replaces these, so they fail only in code that it leaves alone.
_REPLACED = {
    "int": "use tf.cast",
    "float": "use tf.cast",
    "len": "use tf.shape(x)[0]",
    "range": "use tf.range",
    "sorted": "use tf.sort",
}
_COMPARED = {
    "max": "use tf.maximum, or tf.reduce_max",
    "min": "use tf.minimum, or tf.reduce_min",
    "sorted": "use tf.sort",
}
_FIRST = {"map": 1, "filter": 1}


@on_traced(RULE, nodes.Call)
def builtin(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`sum(x)`, `max(x, y)`, `int(x)` where AutoGraph does not convert."""
    package, _, name = called(frame, node).partition(".")
    if package != "builtins":
        return
    found = _wrong(name, node, frame)
    if found is not None:
        problem, hint = found
        yield effect(RULE, node, f"{name}()", problem, hint=hint, once_is_fine=False)


def _wrong(name: str, node: nodes.Call, frame: Frame) -> tuple[str, str] | None:
    arguments = [frame.of(argument) for argument in node.args if not isinstance(argument, nodes.Starred)]
    asked = arguments[_FIRST.get(name, 0) :]
    asked = asked if name in ("zip", "map", "divmod") else asked[:1]
    keyed = any(keyword.arg == "key" for keyword in node.keywords)
    if name in _COMPARED and not keyed and _compares(node, arguments, frame):
        return BOOL, _COMPARED[name]
    if name in ("any", "all") and any(_asks_truth(frame, argument) for argument in node.args):
        return BOOL, f"use tf.reduce_{name}"
    if name in _ITERATING and any(argument.is_symbolic for argument in asked):
        single = name not in ("max", "min") or len(node.args) == 1
        return (ITERATES, _ITERATING[name]) if single else None
    if name in _ITERATING and name != "iter" and any(is_tensor_range(frame, argument) for argument in node.args[:1]):
        return ITERATES, "use tf.range"
    if name in _VALUED and any(argument.is_symbolic for argument in asked):
        return VALUE, _VALUED[name]
    if name in _REPLACED:
        replaced = node.args if name == "range" else node.args[:1]
        return _unconverted(name, [frame.of(argument) for argument in replaced], frame)
    return None


def _unconverted(name: str, arguments: list[Abstract], frame: Frame) -> tuple[str, str] | None:
    if not any(argument.is_symbolic for argument in arguments):
        return None
    if frame.converted is False:
        return "needs the value of a tensor, and AutoGraph does not convert this function", _REPLACED[name]
    shape = arguments[0].shape
    if frame.converted and name == "len" and shape == ():
        return "of a scalar has no length (ValueError)", "use tf.size"
    if frame.converted and name == "sorted" and shape is not None and len(shape) != 1:
        return "takes only tensors of one dimension (ValueError)", "use tf.sort"
    return None


def _compares(node: nodes.Call, arguments: list[Abstract], frame: Frame) -> bool:
    """Whether elements are compared, one of them a tensor: `max(x, 0.0)`, `max([x, y])`, `max(f(x) for f in fs)`."""
    if len(arguments) != len(node.args):
        return False
    if len(arguments) > 1:
        return called(frame, node) != "builtins.sorted" and any(argument.is_symbolic for argument in arguments)
    if not arguments:
        return False
    first = node.args[0]
    if isinstance(first, nodes.ListComp | nodes.GeneratorExp):
        return frame.of(first.elt).is_symbolic
    items = arguments[0].items or ()
    sequence = arguments[0].type in ("list", "tuple", "set")
    return sequence and len(items) > 1 and any(item.is_symbolic for item in items)


def _asks_truth(frame: Frame, argument: nodes.NodeNG) -> bool:
    """Whether the truth of an element is asked for, and one is a tensor."""
    if isinstance(argument, nodes.ListComp | nodes.GeneratorExp | nodes.SetComp):
        return frame.of(argument.elt).is_symbolic
    value = frame.of(argument)
    items = value.items or ()
    return value.type in ("list", "tuple") and carries(value) and all(item.truth is None for item in items)
