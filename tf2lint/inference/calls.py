"""What a call gives, and what `with` binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.inference import bindings, classes, keras, outside, returns
from tf2lint.inference.values import (
    NOTHING,
    Class,
    Const,
    External,
    Function,
    Generator,
    Object,
    Partial,
    Super,
    TfInstance,
    TfMember,
    TfName,
    TfResult,
    Unknown,
    Value,
    Values,
    inferred,
    known,
    only,
    union,
    unknown,
    within,
)

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_IMPORTERS = frozenset(("importlib.import_module", "builtins.__import__"))
_WRAPPERS = frozenset(("functools.wraps",))
_KEEPS_ITS_FUNCTION = frozenset(
    ("tf.function", "tf.contrib.eager.defun", "tf.make_template", "tf.compat.v1.make_template", "tf.custom_gradient")
)


def result(ev: Evaluator, node: nodes.Call) -> Values:
    """What a call may give."""
    values = ev.value_of(node.func)
    if len(values) == 1:
        (value,) = values
        return _called(ev, value, node)
    return union(_called(ev, value, node) for value in values)


def _called(ev: Evaluator, value: Value, node: nodes.Call) -> Values:
    if isinstance(value, TfName):
        return _tf_called(ev, value, node)
    if isinstance(value, TfMember):
        if value.attribute == "__call__":
            made = keras.called(ev, value.cls, value.worlds, node)
            return returns.of_member(value) if made is None else made
        return returns.of_member(value)
    if isinstance(value, TfInstance):
        made = keras.called(ev, value.cls, value.worlds, node)
        return only(TfResult(f"{value.cls}.__call__", value.worlds)) if made is None else made
    if isinstance(value, Class):
        return only(Object(value.node))
    if isinstance(value, Function):
        return inferred(returned(ev, value.node))
    if isinstance(value, Object):
        called = classes.attribute(ev, value, "__call__")
        return union(_called(ev, method, node) for method in called if not isinstance(method, Object))
    if isinstance(value, Partial):
        return union(_called(ev, target, node) for target in value.target)
    if isinstance(value, External):
        return _external_called(ev, value, node)
    if isinstance(value, Unknown):
        return only(value)
    return unknown("call")


def is_class(name: str) -> bool:
    """Whether a canonical name is a class of TensorFlow, as far as the database or, beyond it, the spelling tells."""
    symbol = api.symbol(name)
    if symbol is not None:
        return symbol.kind is api.Kind.CLASS
    return name.rpartition(".")[2][:1].isupper()


def _tf_called(ev: Evaluator, value: TfName, node: nodes.Call) -> Values:
    if value.name in _KEEPS_ITS_FUNCTION and node.args:
        return ev.value_of(node.args[-1])
    if value.name.endswith(".LazyLoader") and len(node.args) == 3:
        return _module_by_name(ev, node.args[2])
    made = keras.made(ev, value, node)
    if made is not None:
        return made
    if is_class(value.name):
        return only(TfInstance(value.name, value.worlds))
    return returns.of_function(value)


def _external_called(ev: Evaluator, value: External, node: nodes.Call) -> Values:
    name = value.name
    if name == "builtins.getattr" and len(node.args) >= 2:
        out = ev.value_of(node.args[2]) if len(node.args) > 2 else NOTHING
        names = [v.value for v in ev.value_of(node.args[1]) if isinstance(v, Const) and isinstance(v.value, str)]
        if not names:
            return known(out) | unknown("getattr of a computed name")
        found = ev.attribute(ev.value_of(node.args[0]), names[0])
        for other in names[1:]:
            found |= ev.attribute(ev.value_of(node.args[0]), other)
        found = ev.shims.applied(found, node)
        return known(out) | (_where_present(ev, found) if len(node.args) > 2 else found)
    if name in _IMPORTERS and node.args:
        return _module_by_name(ev, node.args[0], top=name == "builtins.__import__" and len(node.args) < 4)
    if name in ("functools.partial", "functools.partialmethod") and node.args:
        return only(Partial(ev.value_of(node.args[0]), node))
    if name == "builtins.super":
        frame: nodes.NodeNG | None = node
        while frame is not None and not isinstance(frame, nodes.ClassDef):
            frame = frame.parent
        return unknown("super") if frame is None else only(Super(frame))
    if name.endswith(".LazyLoader") and len(node.args) == 3:
        return _module_by_name(ev, node.args[2])
    if name in ("copy.copy", "copy.deepcopy") and node.args:
        return ev.value_of(node.args[0])
    made = outside.made_by(name)
    return only(made) if made is not None else unknown("result of an outside call")


def _where_present(ev: Evaluator, values: Values) -> Values:
    """What `getattr` with a default finds of these: a name of TensorFlow only in versions that have it."""
    out = NOTHING
    for value in values:
        present = ev.guards.present(value.name) if isinstance(value, TfName) else None
        out |= only(value) if present is None else within(only(value), present)
    return out


def _module_by_name(ev: Evaluator, argument: nodes.NodeNG, *, top: bool = False) -> Values:
    out = NOTHING
    for value in ev.value_of(argument):
        if isinstance(value, Const) and isinstance(value.value, str):
            dotted = value.value.split(".")[0] if top else value.value
            out |= ev.module_named(dotted, argument.root())
    return out or unknown("import of a computed name")


def returned(ev: Evaluator, node: nodes.FunctionDef | nodes.Lambda) -> Values:
    """What a function or lambda of the project may return."""
    return ev.memo.once(("returned", node), lambda: _returned(ev, node), NOTHING)


def _returned(ev: Evaluator, node: nodes.FunctionDef | nodes.Lambda) -> Values:
    if not isinstance(node, nodes.FunctionDef):
        return ev.value_of(node.body)
    if any(True for _ in node._get_yield_nodes_skip_functions()):
        return only(Generator(node))
    out = NOTHING
    for statement in node._get_return_nodes_skip_functions():
        if statement.value is not None:
            worlds, _ = ev.guards.execution(statement)
            out |= bindings.limited(ev.value_of(statement.value), worlds)
    if node.returns is not None and not known(out):
        out = known(bindings.annotation(ev, node.returns)) or out
    return out or only(Const(None))


def yielded(ev: Evaluator, node: nodes.FunctionDef) -> Values:
    """What a generator function of the project may yield."""
    values = (y.value for y in node._get_yield_nodes_skip_functions() if isinstance(y, nodes.Yield))
    return ev.memo.once(
        ("yielded", node), lambda: union(ev.value_of(value) for value in values if value is not None), NOTHING
    )


def entered(ev: Evaluator, context: nodes.NodeNG) -> Values:
    """What `with context as name` binds to the name."""
    out = NOTHING
    for value in ev.value_of(context):
        if isinstance(value, Generator):
            if bindings.decorated_with(value.node, "contextmanager", "asynccontextmanager"):
                out |= inferred(yielded(ev, value.node))
        elif isinstance(value, TfInstance):
            out |= only(value)
        elif isinstance(value, Object):
            methods = classes.attribute(ev, value, "__enter__")
            if any(isinstance(m, TfMember) for m in methods):
                out |= only(value)
            out |= union(_called(ev, m, context) for m in methods if isinstance(m, Function))
        elif isinstance(value, TfResult):
            out |= only(value)
    return out or unknown("with")
