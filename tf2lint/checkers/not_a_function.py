"""What `tf.function` can not make a function of, and what such a function can not return.

https://www.tensorflow.org/guide/function#all_outputs_of_a_tffunction_must_be_return_values
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, finding, on_node
from tf2lint.checkers.traced import Effect, effect, may_have_functions, on_traced
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import classes
from tf2lint.inference.index import last_name
from tf2lint.inference.values import Class, External, Function, Object, Partial, TfInstance
from tf2lint.tracing import kinds, scopes
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.scopes import class_of
from tf2lint.tracing.sites import Made, sites_of

RULE = Rule(
    code="TF805",
    pylint_id="E6894",
    symbol="tf-not-a-function",
    summary="A tf.function of what can not be one, one that returns what is no tensor, or a method of a lost object.",
    message="{name} {problem}: {hint}.",
    hint="return tensors, or structures of tensors",
    url="https://www.tensorflow.org/guide/function#all_outputs_of_a_tffunction_must_be_return_values",
    severity=Severity.BREAKS,
    since="2.0",
)

_CONVERSION = (
    "https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/functions.md"
    "#function-conversion-rules"
)
_VARIABLES = "https://www.tensorflow.org/guide/function#creating_tfvariables"
_API = "https://www.tensorflow.org/api_docs/python/tf/function"
_DESCRIPTORS = frozenset(("builtins.classmethod", "builtins.property", "functools.cached_property"))
_NO_OUTPUT = frozenset(
    "set frozenset generator iterator function class module file dtype TensorSpec slice map zip enumerate".split()
)
_NO_TENSORS = frozenset(("tf.GradientTape", "tf.Module", "tf.random.Generator"))


# What it is put on


@on_node(RULE, nodes.FunctionDef, nodes.AsyncFunctionDef, where=may_have_functions)
def decorated(module: Module, node: nodes.FunctionDef) -> Iterator[Finding]:
    """`@tf.function` on a generator, a coroutine, a class method that is one already."""
    made = sites_of(module.ev).decorated(node) if scopes.decorators(node) else None
    if made is None:
        return
    above = scopes.decorators(node)
    for inner in above[above.index(made.maker) + 1 :]:
        wrapped = module.ev.dotted(inner) & _DESCRIPTORS
        if wrapped:
            problem = f"is put on top of @{last_name(inner)}, which is not callable (TypeError)"
            hint = f"swap the two: @{last_name(inner)} above, @tf.function below"
            yield finding(RULE, made.maker, "tf.function", problem, Confidence.BINDING, hint=hint, url=_API)
            return
    yield from _of_function(made, made.maker)


@on_node(RULE, nodes.Call, where=may_have_functions)
def wrapped(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`tf.function(generator)`."""
    if last_name(node.func) != "function" or not node.args:
        return
    for made in sites_of(module.ev).made(node):
        if made.maker is node and not isinstance(node.parent, nodes.Decorators):
            yield from _of_function(made, node)


def _of_function(made: Made, place: nodes.NodeNG) -> Iterator[Finding]:
    function = made.function
    if isinstance(function, nodes.AsyncFunctionDef):
        problem, hint = "is called on a coroutine, which is no tensor (TypeError)", "write a plain function"
    elif isinstance(function, nodes.FunctionDef) and function.is_generator():
        problem, hint = "is called on a generator function (TypeError)", "collect in a tf.TensorArray and return that"
    else:
        return
    name = "tf.function"
    yield finding(RULE, place, name, problem, Confidence.BINDING, hint=hint, url=_CONVERSION)


@on_node(RULE, nodes.ClassDef, where=may_have_functions)
def of_class(module: Module, node: nodes.ClassDef) -> Iterator[Finding]:
    """`@tf.function` on a class."""
    for decorator in node.decorators.nodes if node.decorators else ():
        if sites_of(module.ev).is_function(decorator):
            problem = "is called on a class, whose objects are no tensors (TypeError)"
            hint = "decorate its methods"
            yield finding(RULE, decorator, "tf.function", problem, Confidence.BINDING, hint=hint, url=_CONVERSION)


@on_traced(RULE, nodes.Call)
def in_init(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """A variable that `__init__` makes while it is traced."""
    function = frame.traced.root.function
    if getattr(function, "name", "") != "__init__" or class_of(function) is None or function is not frame.function:
        return
    if frame.of(node).kind is Kind.VARIABLE and frame.traced.caller is None:
        decorator = next((d for d in scopes.decorators(function) if _is_tf_function(frame, d)), None)
        if decorator is not None:
            problem = "is called on `__init__`, which makes variables (ValueError)"
            hint = "leave __init__ plain, and decorate the methods that compute"
            yield effect(RULE, decorator, "tf.function", problem, hint=hint, url=_VARIABLES, once_is_fine=False)


def _is_tf_function(frame: Frame, decorator: nodes.NodeNG) -> bool:
    return sites_of(frame.ev).is_function(decorator)


# What it returns


@on_traced(RULE, nodes.Return, nodes.Lambda)
def returned(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`return {1, 2}`."""
    if frame.caller is not None or not _is_tf_root(frame):
        return
    value = node.value if isinstance(node, nodes.Return) else node.body if node is frame.function else None
    found = _no_output(frame, value) if value is not None else ""
    if found:
        problem = f"returns {found}, which is no tensor (TypeError)"
        yield effect(RULE, value, scopes.name_of(frame.function), problem, once_is_fine=False)


def _is_tf_root(frame: Frame) -> bool:
    return frame.traced.reason == "a tf.function"


def _no_output(frame: Frame, node: nodes.NodeNG) -> str:
    """What of a returned expression TensorFlow can not return, in words."""
    if isinstance(node, nodes.Tuple | nodes.List):
        return next((found for element in node.elts if (found := _no_output(frame, element))), "")
    if isinstance(node, nodes.Dict):
        return next((found for _, value in node.items if (found := _no_output(frame, value))), "")
    value = frame.of(node)
    if value.optional or value.unbound:
        return ""
    if value.kind is Kind.PYTHON and value.type in _NO_OUTPUT:
        return _ARTICLES.get(value.type, f"a {value.type}")
    if value.kind is Kind.KERAS:
        return "a Keras object"
    return _no_object(frame, node, value)


_ARTICLES = {"iterator": "an iterator", "enumerate": "an iterator", "map": "an iterator", "zip": "an iterator"}


def _no_object(frame: Frame, node: nodes.NodeNG, value: Abstract) -> str:
    if value.kind not in (Kind.PYTHON, Kind.UNKNOWN) or value.items is not None:
        return ""
    values = frame.values(node)
    if len(values) != 1:
        return ""
    if isinstance(values[0], Object) and kinds.is_plain(frame.ev, values[0].node):
        return f"an object of `{values[0].node.name}`"
    if isinstance(values[0], Partial):
        return "a functools.partial"
    if isinstance(values[0], TfInstance) and values[0].cls in _NO_TENSORS:
        return f"a {values[0].cls}"
    return ""


# Methods of objects that are gone


@on_node(RULE, nodes.Attribute, where=may_have_functions)
def of_temporary(module: Module, node: nodes.Attribute) -> Iterator[Finding]:
    """`Model().step(x)`: the tf.function does not keep the object."""
    if isinstance(node.expr, nodes.Call):
        cls = _made_by(module, node.expr)
    elif isinstance(node.expr, nodes.Name) and isinstance(node.parent, nodes.Return):
        cls = _local_object(module, node.expr)
    else:
        return
    if cls is None:
        return
    made = sites_of(module.ev).made(node)
    if len(made) != 1 or not made[0].decorated or not _reads_self(made[0].function) or _keeps_itself(module, cls):
        return
    name = scopes.name_of(made[0].function)
    problem = "finds no object any more when it is traced, since nothing else keeps it (AttributeError)"
    hint = f"keep the {cls.name} in a variable"
    yield finding(RULE, node, name, problem, Confidence.INFERENCE, hint=hint, url=_API)


def _made_by(module: Module, call: nodes.Call) -> nodes.ClassDef | None:
    """The class of the project of which a call makes a new object that nothing else holds."""
    values = module.values(call.func)
    if len(values) != 1:
        return None
    if isinstance(values[0], Class):
        return values[0].node
    if isinstance(values[0], Function) and isinstance(values[0].node, nodes.FunctionDef):
        function = values[0].node
        given = [statement.value for statement in function._get_return_nodes_skip_functions()]
        if len(given) == 1 and isinstance(given[0], nodes.Call) and not function.decorators:
            made = module.values(given[0].func)
            return made[0].node if len(made) == 1 and isinstance(made[0], Class) else None
    return None


def _local_object(module: Module, name: nodes.Name) -> nodes.ClassDef | None:
    """The class of an object that is made in a function and of which nothing but members is ever used there."""
    scope, statements = name.lookup(name.name)
    if not isinstance(scope, nodes.FunctionDef) or len(statements) != 1:
        return None
    made = getattr(statements[0].parent, "value", None)
    if not isinstance(statements[0].parent, nodes.Assign) or not isinstance(made, nodes.Call):
        return None
    used = [other for other in scope.nodes_of_class(nodes.Name) if other.name == name.name]
    if not all(isinstance(other.parent, nodes.Attribute) for other in used):
        return None
    return _made_by(module, made)


def _reads_self(function: scopes.Function) -> bool:
    """Whether a method uses its object."""
    names = scopes.parameters(function)
    if not names or class_of(function) is None or getattr(function, "name", "") == "__call__":
        return False
    return any(name.name == names[0] for name in function.nodes_of_class(nodes.Name))


def _keeps_itself(module: Module, cls: nodes.ClassDef) -> bool:
    """Whether an object may live on: Keras makes cycles, and so does what is bound to `self` and kept in it."""
    for owner in (Class(cls), *classes.bases(module.ev, cls)):
        if isinstance(owner, Class):
            if any(_refers_to_self(method) for method in owner.node.mymethods()):
                return True
        elif getattr(owner, "name", "") != "tf.Module" and owner != External("builtins.object"):
            return True
    return False


def _refers_to_self(method: nodes.FunctionDef) -> bool:
    """Whether a method hands its object, or what may hold it, to others."""
    names = scopes.parameters(method)
    if method.name not in ("__init__", "__new__") or not names:
        return False
    for used in method.nodes_of_class(nodes.Name):
        parent = used.parent
        if used.name != names[0] or isinstance(parent, nodes.AssignAttr):
            continue
        if isinstance(parent, nodes.Attribute):
            called = isinstance(parent.parent, nodes.Call) and parent.parent.func is parent
            if not called and parent.attrname in method.parent.locals:
                return True  # A bound method is handed on.
        elif not (isinstance(parent, nodes.Call) and last_name(parent.func) == "super"):
            return True
    return any(isinstance(inner, nodes.Lambda) for inner in method.nodes_of_class(nodes.Lambda) if inner is not method)
