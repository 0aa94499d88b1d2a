"""What AutoGraph leaves as it is though it is traced. Run under TensorFlow 2.4, 2.15 and 2.21.

https://www.tensorflow.org/guide/function#autograph_transformations
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from astroid import nodes

from tf2lint.api import versions
from tf2lint.inference import classes
from tf2lint.inference.index import function_around
from tf2lint.tracing import scopes
from tf2lint.tracing.scopes import Function, class_of, decorator_names

_LEFT_ALONE = frozenset(
    "do_not_convert contextmanager asynccontextmanager lru_cache cache cached_property custom_gradient".split()
)
_TAKES_WALRUS = versions.bit("2.15")
"""The worlds in which AutoGraph converts a function that has `:=`: 2.4, 2.11, 2.13, 2.18 and 2.21 do not."""
_BLOCKS = (nodes.If, nodes.For, nodes.While)

_AS_PYTHON = frozenset("py_function numpy_function eager_py_function".split())


def runs_as_python(function: Function) -> bool:
    """Whether a decorator lets a function run as Python when the graph runs: `@tf.py_function(Tout=tf.float32)`."""
    return bool(decorator_names(function) & _AS_PYTHON)


@dataclasses.dataclass(frozen=True, slots=True)
class Rejected:
    """A construct that makes AutoGraph leave a whole function as it is, and how its user would call it."""

    node: nodes.NodeNG
    what: str


def is_left_alone(function: Function, worlds: int) -> bool:
    """Whether AutoGraph does not convert a function that converted code calls."""
    return why_left_alone(function, worlds) != ""


def why_left_alone(function: Function, worlds: int) -> str:
    """Why AutoGraph does not convert a function that converted code calls, to be read after "because"; "" if it does.

    A function that lies in a converted one is converted with it, whatever this says.
    """
    if isinstance(function, nodes.FunctionDef):
        named = sorted(decorator_names(function) & _LEFT_ALONE)
        if named:
            return f"it is decorated with `{named[0]}`"
        if function.is_generator():
            return "it is a generator"
        if class_of(function) is not None:
            if function.name.startswith("__") and function.name.endswith("__") and function.name != "__call__":
                return f"Python calls `{function.name}` itself"
            if classes.is_property(function):
                return "it is a property"
    found = rejected(function, worlds)
    return f"of the {found.what} in it" if found is not None else ""


def rejected(function: Function, worlds: int) -> Rejected | None:
    """The first construct of a function that AutoGraph can not convert; inner functions are a part of it."""
    return next(_rejected(function, worlds), None)


def _rejected(function: Function, worlds: int) -> Iterator[Rejected]:
    if isinstance(function, nodes.Lambda) and not isinstance(function, nodes.FunctionDef) and _has_double(function):
        yield Rejected(function, "second lambda of the same parameters on the line")
    walrus = bool(worlds & ~_TAKES_WALRUS)
    if _converts_assertions(function):
        for node in function.nodes_of_class(nodes.Assert):
            if isinstance(node.fail, nodes.JoinedStr):
                yield Rejected(node.fail, "f-string of an `assert`")
    for node in function.nodes_of_class(_CONSTRUCTS):
        if node is function or (isinstance(node, nodes.Yield | nodes.YieldFrom) and node.scope() is function):
            continue
        what = _what(node, function, walrus=walrus)
        if what:
            yield Rejected(node, what)


_CONSTRUCTS = (
    *(nodes.For, nodes.While, nodes.Match, nodes.NamedExpr, nodes.Yield, nodes.YieldFrom),
    *(nodes.Attribute, nodes.AssignAttr, nodes.DelAttr, nodes.AnnAssign),
)


def _what(node: nodes.NodeNG, function: Function, *, walrus: bool) -> str:
    """What a node is called, if AutoGraph can not convert a function that has it."""
    if isinstance(node, nodes.For | nodes.While):
        return f"`else` of a `{'for' if isinstance(node, nodes.For) else 'while'}`" if node.orelse else ""
    if isinstance(node, nodes.Match):
        return "`match` statement"
    if isinstance(node, nodes.NamedExpr):
        return "`:=`" if walrus else ""
    if isinstance(node, nodes.Yield | nodes.YieldFrom):
        return "`yield`"
    if isinstance(node, nodes.AnnAssign):
        return f"annotation of `{node.target.name}`" if _is_state(node, function) else ""
    private = node.attrname.startswith("__") and not node.attrname.endswith("__")
    return f"private attribute `{node.attrname}`" if private else ""


def _is_state(node: nodes.AnnAssign, function: Function) -> bool:
    """Whether an annotation stands in a branch or loop which gives a name its value that is used after it.

    AutoGraph makes a function of the branch, in which the name is `nonlocal`: Python allows no annotation of it there.
    """
    if not isinstance(node.target, nodes.AssignName) or not isinstance(node.parent, _BLOCKS):
        return False
    block, name = node.parent, node.target.name
    while isinstance(block.parent, _BLOCKS):
        block = block.parent
    last = block.end_lineno or block.lineno
    return any(
        used.name == name and used.scope() is node.scope() and (used.lineno > last or used.lineno < block.lineno)
        for used in function.nodes_of_class((nodes.Name, nodes.AssignName))
    )


def _has_double(function: nodes.Lambda) -> bool:
    """Whether another lambda with the same parameters begins on the line, so that AutoGraph can not tell them apart."""
    statement = function.statement()
    mine = function.args.as_string()
    return any(
        other is not function and other.lineno == function.lineno and other.args.as_string() == mine
        for other in statement.nodes_of_class(nodes.Lambda)
        if not isinstance(other, nodes.FunctionDef)
    )


def _converts_assertions(function: Function) -> bool:
    """Whether the optional conversion of `assert` is asked for, which fails on an f-string."""
    given = (k for d in scopes.decorators(function) if isinstance(d, nodes.Call) for k in d.keywords)
    return any(k.arg == "experimental_autograph_options" and "ASSERT_STATEMENTS" in k.value.as_string() for k in given)


def lies_in(function: Function, outer: Function) -> bool:
    """Whether a function is written in another one, which AutoGraph converts together with it."""
    around = function_around(function)
    while around is not None:
        if around is outer:
            return True
        around = function_around(around)
    return False


def of_keras(worlds: int) -> bool | None:
    """Whether Keras converts what it traces: Keras 2 does, Keras 3 does not; None where the targets have both."""
    new = worlds & versions.KERAS_3
    return None if new and worlds & ~versions.KERAS_3 else not new
