"""Python iterators and generators that traced code advances: once for each trace.

https://www.tensorflow.org/guide/function#using_python_iterators_and_generators
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Rule, Severity
from tf2lint.inference import bindings
from tf2lint.inference.index import last_name
from tf2lint.inference.values import Class, Generator, Module, Object
from tf2lint.tracing import lifetime
from tf2lint.tracing.abstract import Origin
from tf2lint.tracing.changes import spelled
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF608",
    pylint_id="W6875",
    symbol="tf-python-iterator",
    summary="A Python iterator that traced code advances: every call gets the element of the first one.",
    message="{name} {problem}: {hint}.",
    hint="pass the element in as a tensor, or use the iterator of a tf.data.Dataset",
    url="https://www.tensorflow.org/guide/function#using_python_iterators_and_generators",
    severity=Severity.CHANGES,
    since="2.0",
)

_ITERATORS = frozenset("iterator generator zip enumerate map filter file".split())
_MAKERS = frozenset(
    "builtins.iter builtins.zip builtins.enumerate builtins.map builtins.filter builtins.reversed builtins.open "
    "itertools.count itertools.cycle itertools.repeat itertools.chain itertools.islice itertools.product "
    "itertools.permutations itertools.combinations itertools.accumulate itertools.starmap itertools.zip_longest "
    "csv.reader csv.DictReader".split()
)
_PYTHON = frozenset(
    "builtins.range builtins.list builtins.zip builtins.enumerate builtins.map builtins.sorted builtins.dict "
    "numpy.arange numpy.array numpy.linspace itertools.count itertools.cycle".split()
)
_ADVANCING = frozenset(("__next__", "send"))
_CONSUMING = frozenset("list tuple set sorted sum max min dict any all".split())


@on_traced(RULE, nodes.Call)
def advanced(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`next(iterator)`."""
    if isinstance(node.func, nodes.Attribute):
        iterator = node.func.expr if node.func.attrname in _ADVANCING else None
    else:
        named = isinstance(node.func, nodes.Name) and (
            last_name(node.func) == "next" or last_name(node.func) in _CONSUMING
        )
        iterator = node.args[0] if named and node.args else None
    if iterator is not None and _stands_still(frame, iterator):
        yield _told(node, iterator)


@on_traced(RULE, nodes.For, nodes.ListComp, nodes.SetComp, nodes.DictComp, nodes.GeneratorExp)
def looped(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`for x in generator`."""
    iterated = [node.iter] if isinstance(node, nodes.For) else [part.iter for part in node.generators]
    while iterated:
        one = iterated.pop(0)
        if isinstance(one, nodes.Call) and last_name(one.func) in ("enumerate", "zip"):
            iterated += one.args
        elif _stands_still(frame, one):
            yield _told(one, one)


def _told(node: nodes.NodeNG, iterator: nodes.NodeNG) -> Effect:
    return effect(
        RULE,
        node,
        name=spelled(iterator) or "the iterator",
        problem="advances when the function is traced, and every call gets the same elements",
        confidence=Confidence.INFERENCE,
        once_is_fine=True,
    )


def _stands_still(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether an expression is an iterator of Python that was made before the trace."""
    if not isinstance(node, nodes.Name | nodes.Attribute | nodes.Subscript):
        return False
    if lifetime.only_eagerly(frame):
        return False
    known = frame.of(node)
    if known.is_python and known.type in _ITERATORS:
        return lifetime.origin_of(frame, node) in (Origin.OUTER, Origin.ARGUMENT)
    if known.is_python and known.type not in ("", "object"):
        return False
    return lifetime.origin_of(frame, node) is Origin.OUTER and _made_as_iterator(frame, node)


def _made_as_iterator(frame: Frame, node: nodes.NodeNG) -> bool:
    sources = list(_sources(frame, node))
    return bool(sources) and all(_makes_iterator(frame, source) for source in sources)


def _makes_iterator(frame: Frame, source: nodes.NodeNG) -> bool:
    if not isinstance(source, nodes.Call | nodes.GeneratorExp):
        return False
    values = frame.ev.value_of(source)
    if isinstance(source, nodes.GeneratorExp) or (values and all(isinstance(value, Generator) for value in values)):
        return True
    if last_name(source.func) == "as_numpy_iterator":
        return True
    if not _MAKERS & frame.ev.dotted(source.func):
        return False
    return last_name(source.func) != "iter" or not _over_dataset(frame, source)


def _over_dataset(frame: Frame, call: nodes.Call) -> bool:
    """Whether `iter` is not surely called on something of Python."""
    iterated = frame.ev.literal(call.args[0]) if call.args else call
    return not isinstance(
        iterated, nodes.List | nodes.Tuple | nodes.Dict | nodes.Set | nodes.Const | nodes.ListComp | nodes.GeneratorExp
    ) and not (isinstance(iterated, nodes.Call) and bool(frame.ev.dotted(iterated.func) & _PYTHON))


def _sources(frame: Frame, node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    """The expressions that a name, or an attribute of an object of the project, was filled with."""
    if isinstance(node, nodes.Name):
        _, statements = bindings.found(node, node.name)
        imported = [one for one in statements if isinstance(one, nodes.ImportFrom)]
        statements = [one for one in statements if one not in imported]
        statements += [bound for one in imported for bound in lifetime.imported(frame.ev, one, node.name)]
    elif isinstance(node, nodes.Attribute):
        statements = []
        for value in frame.values(node.expr):
            if isinstance(value, Object | Class):
                statements += lifetime.bindings_of(frame.ev, value.node, node.attrname)
            elif isinstance(value, Module):
                statements += value.node.locals.get(node.attrname, ())
    else:
        statements = []
    for statement in statements:
        yield statement.parent.value if isinstance(statement.parent, nodes.Assign) else statement
