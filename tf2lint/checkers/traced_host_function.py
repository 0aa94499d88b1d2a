"""tf.py_function and tf.numpy_function, and tf.init_scope: ways out of the trace that take no symbolic tensor along.

https://www.tensorflow.org/api_docs/python/tf/py_function
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import called
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference.index import index_of
from tf2lint.inference.values import Object
from tf2lint.tracing import scopes
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.scopes import Function

RULE = Rule(
    code="TF714",
    pylint_id="E6899",
    symbol="tf-host-function",
    summary="A symbolic tensor that a host function, or code in tf.init_scope, takes from the trace around it.",
    message="{name} {problem}: {hint}.",
    hint="pass the tensor in inp",
    url="https://www.tensorflow.org/api_docs/python/tf/py_function",
    severity=Severity.BREAKS,
    since="2.0",
)

_HOST = frozenset(
    "tf.py_function tf.numpy_function tf.compat.v1.py_func tf.compat.v1.py_function tf.compat.v1.numpy_function".split()
)
# What can be asked of a tensor of another graph.
_STATIC = frozenset("shape dtype name get_shape set_shape graph device ndim rank op ref".split())
_SAVES = frozenset(("tf.saved_model.save",))


@on_traced(RULE, nodes.Call)
def handed(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`tf.py_function(lambda: y.numpy(), [], tf.float32)`."""
    names = frame.names(node.func)
    if len(names) != 1 or not names <= _HOST:
        return
    name = next(iter(names))
    callback = frame.argument(node, 0, "func")
    captured = _captured(callback, frame)
    if captured:
        problem = f"runs after the trace, when the tensor {captured} that its function takes from around it is gone"
        yield effect(RULE, node, name, problem, once_is_fine=False)
    inputs = frame.argument(node, 1, "inp")
    given = frame.of(inputs)
    if given.kind is Kind.TENSOR:
        yield effect(RULE, node, name, "takes a list of tensors, and this is one", hint="pass [x]", once_is_fine=False)
    elif given.type == "dict" or any(item.type == "dict" for item in given.items or ()):
        problem = "takes a list of tensors, without dicts (TypeError)"
        yield effect(RULE, node, name, problem, hint="pass the values of the dict one by one", once_is_fine=False)
    if name.rpartition(".")[2] in ("numpy_function", "py_func") and _asks_for_numpy(frame.of(callback).target):
        problem = "gives its function NumPy arrays, which have no numpy() (AttributeError)"
        yield effect(RULE, node, name, problem, hint="leave it out, or use tf.py_function", once_is_fine=False)
    stateful = frame.of(frame.argument(node, 3, "stateful")).value
    if stateful is False and isinstance(node.parent, nodes.Expr):
        problem = "is left out of the graph: it is said to have no effects, and its result is not used"
        yield effect(RULE, node, name, problem, hint="leave out stateful=False", once_is_fine=False)


@on_traced(RULE, nodes.Call)
def exported(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """A host function in a tf.function of an object that the module saves."""
    names = frame.names(node.func)
    receiver = frame.traced.root.place.receiver
    if len(names) != 1 or not names <= _HOST or receiver is None or "tf.function" not in frame.traced.reason:
        return
    if receiver in frame.ev.memo.once(("saved", receiver.root()), lambda: _saved(frame, receiver.root()), frozenset()):
        problem = "is not saved with the model: another process that loads it can not run it"
        hint = "write it with TensorFlow's own functions"
        yield effect(RULE, node, next(iter(names)), problem, hint=hint, once_is_fine=False)


@on_traced(RULE, nodes.Name)
def lifted(node: nodes.Name, frame: Frame) -> Iterator[Effect]:
    """`with tf.init_scope(): z = y * 2`, where y is a tensor of the trace."""
    if frame.of(node).kind is not Kind.TENSOR or not frame.is_lifted(node) or not _is_operand(node, frame):
        return
    if _is_bound_inside(node, frame):
        return
    problem = "is a tensor of the trace, which tf.init_scope leaves (TypeError)"
    hint = "use it outside of tf.init_scope, or make it there"
    url = "https://www.tensorflow.org/api_docs/python/tf/init_scope"
    yield effect(RULE, node, f"`{node.name}`", problem, hint=hint, url=url, once_is_fine=False)


def _captured(callback: nodes.NodeNG | None, frame: Frame) -> str:
    """The name of a symbolic tensor that a function sees around it, and works with."""
    if callback is None:
        return ""
    if isinstance(callback, nodes.Call) and called(frame, callback) == "functools.partial":
        bound = [*callback.args[1:], *(keyword.value for keyword in callback.keywords)]
        found = next((one for one in bound if frame.of(one).kind is Kind.TENSOR), None)
        return f"`{found.as_string()}`" if found is not None else ""
    value = frame.of(callback)
    if value.target is None:
        return ""
    own = value.target.locals
    tensors = {name for name, seen in value.captured if seen.kind is Kind.TENSOR and name not in own}
    for node in value.target.nodes_of_class(nodes.Name):
        asked = node.parent.attrname if isinstance(node.parent, nodes.Attribute) else ""
        if node.name in tensors and asked not in _STATIC and not isinstance(node.parent, nodes.Arguments):
            return f"`{node.name}`"
    return ""


def _asks_for_numpy(target: Function | None) -> bool:
    """Whether a function calls `numpy()` on one of its own parameters."""
    if target is None:
        return False
    names = set(scopes.parameters(target))
    return any(
        isinstance(node.func, nodes.Attribute)
        and node.func.attrname == "numpy"
        and isinstance(node.func.expr, nodes.Name)
        and node.func.expr.name in names
        for node in target.nodes_of_class(nodes.Call)
    )


def _saved(frame: Frame, module: nodes.Module) -> frozenset[nodes.ClassDef]:
    """The classes of the objects that a module saves."""
    found: set[nodes.ClassDef] = set()
    for call in index_of(frame.ev, module).of_kind[nodes.Call]:
        if call.args and any(getattr(value, "name", "") in _SAVES for value in frame.ev.value_of(call.func)):
            found |= {value.node for value in frame.ev.value_of(call.args[0]) if isinstance(value, Object)}
    return frozenset(found)


def _is_operand(node: nodes.Name, frame: Frame) -> bool:
    """Whether a tensor is computed with, and not only looked at."""
    parent = node.parent
    if isinstance(parent, nodes.BinOp | nodes.UnaryOp):
        return True
    if isinstance(parent, nodes.Compare):
        return all(op not in ("is", "is not", "in", "not in") for op, _ in parent.ops)
    if isinstance(parent, nodes.Subscript):
        return parent.value is node
    if isinstance(parent, nodes.Call) and node in parent.args:
        names = frame.names(parent.func)
        return bool(names) and all(
            name.startswith("tf.") and name not in ("tf.is_tensor", "tf.get_static_value") for name in names
        )
    return False


def _is_bound_inside(node: nodes.Name, frame: Frame) -> bool:
    """Whether the block in which a name stands gives it its value."""
    for statement, _ in frame.around(node):
        if isinstance(statement, nodes.With):
            return any(name.name == node.name for name in statement.nodes_of_class(nodes.AssignName))
    return False
