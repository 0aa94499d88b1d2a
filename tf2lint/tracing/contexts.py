"""What the functions that TensorFlow traces are called with: by signature, annotation, call sites, or their role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings
from tf2lint.tracing import promises, results, scopes
from tf2lint.tracing.abstract import NEST, UNKNOWN, Abstract, Kind, Origin, as_argument
from tf2lint.tracing.roots import Role, Root
from tf2lint.tracing.run import Context

if TYPE_CHECKING:
    from tf2lint.tracing.runs import Runs

_SITES = 4
"""So many different calls of one tf.function are followed each for itself."""
_ARRAYS_ONLY = frozenset("shape dtype get_shape set_shape ndim".split())
"""Attributes that only tensors and arrays have, which are tensors inside of a tf.function."""


def contexts_of(root: Root, runs: Runs) -> list[Context]:
    """The ways in which a root is called, each as what its parameters are."""
    known = _by_role(root, runs)
    if root.through:
        return _through(root, runs) or [Context(tuple(sorted(known.items())))]
    if root.role is not Role.FUNCTION or _signature(root) is not None:
        return [Context(tuple(sorted(known.items())))]
    found: list[Context] = []
    for bound in runs.ways(root.place):
        arguments = {name: as_argument(results.traced_for(value)) for name, value in bound}
        for name, value in known.items():
            if arguments.get(name, UNKNOWN).kind is Kind.UNKNOWN:
                arguments[name] = value
        context = Context(tuple(sorted(arguments.items())))
        if context not in found:
            found.append(context)
        if len(found) == _SITES:
            break
    return found or [Context(tuple(sorted(known.items())))]


def _through(root: Root, runs: Runs) -> list[Context]:
    """What the tf.functions that a function of the project makes call it with."""
    value = Abstract(Kind.PYTHON, "function", origin=Origin.OUTER, target=root.place.function)
    captured = tuple(sorted(dict.fromkeys(root.handed_as, value).items()))
    found: list[Context] = []
    for inner in root.through:
        for context in contexts_of(inner, runs):
            run = runs.of(inner.place, Context(context.arguments, captured), converted=inner.converted, lifted=False)
            for started in run.started.values() if run is not None else ():
                if started.target.function is root.place.function and started.context not in found:
                    found.append(started.context)
    return found[:_SITES]


def _by_role(root: Root, runs: Runs) -> dict[str, Abstract]:
    """What is known of the parameters without a call."""
    function = root.place.function
    names = scopes.parameters(function)
    if scopes.class_of(function) is not None and not bindings.decorated_with(function, "staticmethod"):
        names = names[1:]
    signature = _signature(root)
    out: dict[str, Abstract] = {}
    if signature is not None:
        spec = runs.outside.of(_display(signature))
        for name, item in zip(names, spec.items or (), strict=False):
            out[name] = results.specified(item)
        return out
    elements = _elements(root, runs)
    for number, name in enumerate(names):
        value = elements[number] if number < len(elements) else UNKNOWN
        if value.kind in (Kind.UNKNOWN, Kind.NEST):
            told = promises.promised(function, name, runs)
            value = told if told.kind is not Kind.UNKNOWN else value
        if value.kind in (Kind.UNKNOWN, Kind.NEST) and _used_as_array(function, name):
            value = Abstract(Kind.TENSOR, origin=Origin.ARGUMENT)
        if value.kind is not Kind.UNKNOWN:
            out[name] = value
    return out


def _signature(root: Root) -> nodes.NodeNG | None:
    for call in root.settings:
        for keyword in call.keywords:
            if keyword.arg == "input_signature" and not _is_none(keyword.value):
                return keyword.value
    return None


def _display(signature: nodes.NodeNG) -> nodes.NodeNG:
    """Where a signature is written: a list that a variable holds is not changed after the tf.function was made."""
    if not isinstance(signature, nodes.Name):
        return signature
    _, targets = bindings.found(signature, signature.name)
    bound = targets[0].parent if len(targets) == 1 else None
    return bound.value if isinstance(bound, nodes.Assign) and targets[0] in bound.targets else signature


def _is_none(node: nodes.NodeNG) -> bool:
    return isinstance(node, nodes.Const) and node.value is None


def _elements(root: Root, runs: Runs) -> list[Abstract]:
    """What the role of a root says of its first parameters."""
    function = root.place.function
    if root.role is Role.DATASET:
        return _of_dataset(root, runs)
    if root.role is Role.KERAS:
        name = getattr(function, "name", "")
        tensors = {"call": 1, "__call__": 1, "update_state": 2, "train_step": 1, "test_step": 1, "predict_step": 1}
        of_loss = root.made_by is not None or _is_loss(root, runs)
        return [NEST] * (2 if of_loss else tensors.get(name, 0))
    return []


def _is_loss(root: Root, runs: Runs) -> bool:
    return root.place.receiver is not None and any(
        base.name.rpartition(".")[2] == "Loss" for base in runs.tf_bases(root.place.receiver)
    )


def _of_dataset(root: Root, runs: Runs) -> list[Abstract]:
    count = len(scopes.parameters(root.place.function))
    call = root.made_by
    nothing = [NEST] * count
    if not isinstance(call, nodes.Call) or not isinstance(call.func, nodes.Attribute):
        return nothing
    owner = runs.outside.of(call.func.expr)
    if call.func.attrname not in ("map", "filter", "flat_map", "interleave", "take_while") or not owner.items:
        return nothing
    item = owner.items[0]
    if count == 1:
        return [item]
    if item.type == "tuple" and item.items is not None and len(item.items) == count:
        return list(item.items)
    return nothing


def _used_as_array(function: scopes.Function, name: str) -> bool:
    """Whether the function uses a parameter in a way that only a tensor or an array allows."""
    if any(not isinstance(one.parent, nodes.Arguments) for one in function.locals.get(name, ())):
        return False  # Bound anew.
    for node in function.nodes_of_class(nodes.Attribute):
        owner = node.expr
        named = node.attrname in _ARRAYS_ONLY and isinstance(owner, nodes.Name) and owner.name == name
        if named and owner.scope() is function and not _is_tested(node):
            return True
    return False


def _is_tested(node: nodes.NodeNG) -> bool:
    """Whether an expression stands under a check of what the parameter is."""
    above = node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef):
        if isinstance(above, nodes.If | nodes.IfExp | nodes.Try):
            return True
        above = above.parent
    return False
