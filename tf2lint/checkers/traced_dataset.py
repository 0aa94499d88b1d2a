"""Datasets that Python iterates over while TensorFlow traces, which never ends.

https://www.tensorflow.org/guide/data#basic_mechanics
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import called
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF709",
    pylint_id="E6889",
    symbol="tf-dataset-as-list",
    summary="A dataset that Python, not AutoGraph, iterates over in traced code: tracing never ends.",
    message="{name} {problem}: {hint}.",
    hint="loop with `for x in dataset` in code that AutoGraph converts, or use dataset.reduce or dataset.map",
    url="https://www.tensorflow.org/guide/data#basic_mechanics",
    severity=Severity.BREAKS,
    since="2.0",
)

# Run under 2.4, 2.15 and 2.21.
_ENDLESS = frozenset(("list", "tuple", "sum", "sorted"))
_REFUSED = {
    "max": "compares symbolic tensors (OperatorNotAllowedInGraphError)",
    "min": "compares symbolic tensors (OperatorNotAllowedInGraphError)",
    "set": "hashes symbolic tensors (TypeError)",
    "frozenset": "hashes symbolic tensors (TypeError)",
    "reversed": "does not work on a dataset (TypeError)",
}
_MODULES = frozenset(("functools.reduce", "collections.deque"))
_LAZY = ("builtins.enumerate", "builtins.zip", "builtins.map", "builtins.iter", "builtins.filter")
_NEVER = "takes one symbolic element after the other from a dataset: tracing never ends"
_COMPREHENSIONS = (nodes.ListComp, nodes.SetComp, nodes.DictComp, nodes.GeneratorExp)


@on_traced(RULE, nodes.Call)
def listed(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`list(dataset)`, `sum(dataset)`, `dataset.as_numpy_iterator()`."""
    if isinstance(node.func, nodes.Attribute) and node.func.attrname == "as_numpy_iterator":
        if frame.of(node.func.expr).kind is Kind.DATASET:
            problem = "gives NumPy arrays, which traced code does not have (RuntimeError)"
            yield effect(RULE, node, "as_numpy_iterator", problem, once_is_fine=False, lifted_is_fine=True)
        return
    name = called(frame, node)
    package, _, last = name.partition(".")
    wanted = package == "builtins" and (last in _ENDLESS or last in _REFUSED)
    if not wanted and name not in _MODULES:
        return
    argument = frame.argument(node, 1 if name == "functools.reduce" else 0)
    if argument is None or not _is_endless(argument, frame):
        return
    problem = _REFUSED.get(last, _NEVER)
    yield effect(RULE, node, f"{last}()", problem, once_is_fine=False, lifted_is_fine=True)


@on_traced(RULE, nodes.Starred, *_COMPREHENSIONS)
def taken_apart(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`[f(x) for x in dataset]`, `[*dataset]`."""
    if isinstance(node, nodes.Starred):
        iterated, name = node.value, "unpacking"
    else:
        iterated, name = node.generators[0].iter, "the comprehension"
    if not isinstance(iterated, nodes.AssignName) and _is_endless(iterated, frame):
        yield effect(RULE, iterated, name, _NEVER, once_is_fine=False, lifted_is_fine=True)


@on_traced(RULE, nodes.For)
def looped(node: nodes.For, frame: Frame) -> Iterator[Effect]:
    """`for x in dataset:` in a function that AutoGraph does not convert, as generators are not."""
    if frame.converted is not False or not _is_endless(node.iter, frame):
        return
    leaves = (nodes.Break, nodes.Return, nodes.Raise)
    if any(True for statement in node.body for _ in statement.nodes_of_class(leaves)):
        return
    problem = "over a dataset is not converted by AutoGraph here: tracing never ends"
    yield effect(RULE, node.iter, "the loop", problem, once_is_fine=False, lifted_is_fine=True)


def _is_endless(node: nodes.NodeNG, frame: Frame) -> bool:
    """Whether something is a dataset, or runs as long as one does: `zip(dataset, dataset)`, `enumerate(dataset)`."""
    if frame.of(node).kind is Kind.DATASET:
        return True
    if not isinstance(node, nodes.Call) or not node.args or called(frame, node) not in _LAZY:
        return False
    arguments = node.args[1:] if called(frame, node) in ("builtins.map", "builtins.filter") else node.args
    arguments = arguments[:1] if called(frame, node) == "builtins.enumerate" else arguments
    return bool(arguments) and all(_is_endless(argument, frame) for argument in arguments)
