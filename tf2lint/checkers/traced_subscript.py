"""Tensors of traced code as index, key and element of Python's containers, in comprehensions and unpacked.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#hashing_tensors_and_variables
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import is_tensor_range
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.checkers.traced_builtin import BOOL, ITERATES, RULE, VALUE
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.frames import Frame

_HASHING = "https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#hashing_tensors_and_variables"
_UNHASHABLE = "is a tensor, which has no hash (TypeError)"
_HASHED = (Kind.TENSOR, Kind.EAGER, Kind.VARIABLE)
_INDEXED = frozenset(("list", "tuple", "str", "bytes", "range", "ndarray"))
_COMPREHENSIONS = (nodes.ListComp, nodes.SetComp, nodes.DictComp, nodes.GeneratorExp)


@on_traced(RULE, nodes.Subscript)
def index(node: nodes.Subscript, frame: Frame) -> Iterator[Effect]:
    """`names[i]`, `{...}[x]`, `array[:n]`."""
    owner = frame.of(node.value)
    stored = any(
        isinstance(node.parent, kind) and node is not node.parent.value for kind in (nodes.Assign, nodes.AugAssign)
    )
    if stored and owner.type == "ndarray":
        return
    parts = [node.slice]
    if isinstance(node.slice, nodes.Slice):
        parts = [part for part in (node.slice.lower, node.slice.upper, node.slice.step) if part is not None]
    if not any(frame.of(part).is_symbolic for part in parts):
        return
    if owner.type == "dict":
        hint = "use a table of tf.lookup, or tf.switch_case; x.ref() can be a key"
        yield effect(RULE, node, "the key", _UNHASHABLE, hint=hint, url=_HASHING, once_is_fine=False)
    elif owner.type in _INDEXED or owner.kind is Kind.SHAPE:
        sequence = "static shape" if owner.kind is Kind.SHAPE else f"{owner.type}"
        hint = "use tf.shape(x)[i]" if owner.kind is Kind.SHAPE else "use tf.gather(values, i), or tf.switch_case"
        yield effect(
            RULE,
            node,
            f"the index into a {sequence}",
            VALUE.replace("needs the value of", "is"),
            hint=hint,
            once_is_fine=False,
        )


@on_traced(RULE, nodes.Dict, nodes.Set, nodes.DictComp, nodes.SetComp)
def hashed(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`{x: 1}`, `{x, y}`, `{x for x in tensors}`."""
    if isinstance(node, nodes.Dict):
        keys = [key for key, _ in node.items]
    elif isinstance(node, nodes.Set):
        keys = list(node.elts)
    else:
        keys = [node.key if isinstance(node, nodes.DictComp) else node.elt]
    for key in keys:
        if frame.of(key).kind in _HASHED:
            hint = "use x.ref() as the key"
            what = "the key of a dict" if isinstance(node, nodes.Dict | nodes.DictComp) else "the element of a set"
            yield effect(RULE, key, what, _UNHASHABLE, hint=hint, url=_HASHING, once_is_fine=False)
            return


@on_traced(RULE, nodes.Compare)
def membership(node: nodes.Compare, frame: Frame) -> Iterator[Effect]:
    """`x in [1, 2]`, `1 in x`, `x in {...}`."""
    left = node.left
    for op, right in node.ops:
        if op in ("in", "not in"):
            problem = _asked_of(frame.of(left), frame.of(right))
            if problem:
                hint = "use tf.reduce_any(tf.equal(x, values))"
                yield effect(RULE, node, f"`{op}`", problem, hint=hint, once_is_fine=False)
                return
        left = right


def _asked_of(element: Abstract, container: Abstract) -> str:
    if container.kind is Kind.TENSOR:
        return "looks for something in a tensor, which traced code can not (TypeError)"
    if not element.is_symbolic:
        return ""
    if container.type in ("dict", "set"):
        return "looks for a tensor, which has no hash (TypeError)"
    if container.type in ("str", "bytes", "range"):
        return VALUE
    items = container.items or ()
    numbers = any(item.type in ("int", "float", "str", "bool", "bytes") for item in items)
    return BOOL if container.type in ("list", "tuple") and numbers else ""


@on_traced(RULE, *_COMPREHENSIONS)
def comprehension(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`[f(v) for v in x]`, `sum(v for v in range(n))`, `[v for v in values if v > x]`."""
    for generator in node.generators:
        iterated = frame.of(generator.iter)
        if iterated.is_symbolic or is_tensor_range(frame, generator.iter):
            hint = "use tf.map_fn or tf.vectorized_map, or a for loop with a tf.TensorArray"
            yield effect(RULE, generator.iter, "the comprehension", ITERATES, hint=hint, once_is_fine=False)
            return
        for condition in generator.ifs:
            if frame.of(condition).is_symbolic:
                hint = "use tf.boolean_mask or tf.where"
                yield effect(RULE, condition, "the condition of a comprehension", BOOL, hint=hint, once_is_fine=False)
                return


@on_traced(RULE, nodes.Assign, nodes.For, nodes.Starred)
def unpacked(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`a, b = x`, `for a, b in x`, `f(*x)`."""
    hint = "use tf.unstack, if the size is known"
    if isinstance(node, nodes.Starred):
        if not isinstance(node.value, nodes.AssignName) and frame.of(node.value).is_symbolic:
            yield effect(RULE, node.value, "unpacking", ITERATES, hint=hint, once_is_fine=False)
    elif isinstance(node, nodes.Assign):
        apart = any(isinstance(target, nodes.Tuple | nodes.List) for target in node.targets)
        if apart and frame.of(node.value).is_symbolic:
            yield effect(RULE, node.value, "unpacking", ITERATES, hint=hint, once_is_fine=False)
    elif isinstance(node.target, nodes.Tuple | nodes.List) and frame.of(node.iter).is_symbolic:
        yield effect(RULE, node.iter, "unpacking the elements", ITERATES, hint=hint, once_is_fine=False)
