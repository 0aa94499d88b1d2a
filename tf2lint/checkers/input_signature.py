"""Input signatures that do not fit the function or its calls.

https://www.tensorflow.org/guide/function#pass_a_fixed_input_signature_to_tffunction
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, finding, on_node
from tf2lint.checkers.traced import may_have_functions
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import arguments, bindings
from tf2lint.inference.index import last_name
from tf2lint.tracing import scopes
from tf2lint.tracing.abstract import Abstract, Kind, Shape
from tf2lint.tracing.outside import Outside
from tf2lint.tracing.roots import runs_eagerly
from tf2lint.tracing.scopes import class_of
from tf2lint.tracing.sites import CallSite, Made, sites_of
from tf2lint.tracing.traced import tracing_of

RULE = Rule(
    code="TF804",
    pylint_id="E6893",
    symbol="tf-input-signature",
    summary="An input_signature that does not fit the function or a call of it.",
    message="{name} {problem}: {hint}.",
    hint="give a tuple or list with one tf.TensorSpec for each parameter that has no default",
    url="https://www.tensorflow.org/guide/function#pass_a_fixed_input_signature_to_tffunction",
    severity=Severity.BREAKS,
    since="2.0",
)

_SPEC_TYPES = ("TensorSpec", "RaggedTensorSpec", "SparseTensorSpec")
_DTYPES = frozenset("float16 float32 float64 bfloat16 int8 int16 int32 int64 uint8 bool string complex64".split())
_NO_SEQUENCES = (nodes.Dict, nodes.Set, nodes.GeneratorExp, nodes.DictComp, nodes.SetComp)


# The signature itself


@on_node(RULE, nodes.FunctionDef, where=may_have_functions)
def decorating(module: Module, node: nodes.FunctionDef) -> Iterator[Finding]:
    """`@tf.function(input_signature=[...])`."""
    made = sites_of(module.ev).decorated(node) if scopes.decorators(node) else None
    if made is not None:
        yield from _judged(module, made)


@on_node(RULE, nodes.Call, where=may_have_functions)
def wrapping(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`tf.function(step, input_signature=[...])`."""
    if any(keyword.arg == "input_signature" for keyword in node.keywords) and (node.args or len(node.keywords) > 1):
        for made in sites_of(module.ev).made(node):
            if made.maker is node:
                yield from _judged(module, made)


def _judged(module: Module, made: Made) -> Iterator[Finding]:
    given = sites_of(module.ev).setting(made, "input_signature")
    if given is None or isinstance(given, nodes.Keyword) or given.root() is not module.tree:
        return
    problem = _misfit(module, made, given)
    if problem:
        place = given.parent if isinstance(given.parent, nodes.Keyword) else given
        yield finding(RULE, place, "input_signature", problem, Confidence.INFERENCE)


def _misfit(module: Module, made: Made, given: nodes.NodeNG) -> str:
    """What is wrong with a signature; empty if nothing is, as far as can be seen."""
    display = module.ev.literal(given)
    outside = _outside(module)
    if isinstance(display, _NO_SEQUENCES) or outside.of(display).type in _SPEC_TYPES:
        return "is neither a tuple nor a list (TypeError)"
    specs = _specs(module, given)
    if specs is None:
        return ""
    for spec in specs:
        if not _may_be_spec(module, spec):
            return f"has `{spec.as_string()}`, which is no tf.TensorSpec (TypeError)"
    parameters = _parameters(made)
    if parameters is None:
        return ""
    name, wanted, required = scopes.name_of(made.function), *parameters
    if len(specs) < len(required):
        return f"says nothing of the parameter `{required[len(specs)]}` of `{name}` (TypeError)"
    if wanted is not None and len(specs) > len(wanted):
        return f"has {len(specs)} parts, where `{name}` has {len(wanted)} parameters (TypeError)"
    return ""


def _outside(module: Module) -> Outside:
    found = module.ev.memo.once("eager code", lambda: Outside(module.ev, tracing_of(module.ev).calls), None)
    return found if found is not None else Outside(module.ev, tracing_of(module.ev).calls)


def _specs(module: Module, given: nodes.NodeNG) -> list[nodes.NodeNG] | None:
    """The parts of a signature; None where they are not written down."""
    display = module.ev.literal(given)
    if not isinstance(display, nodes.List | nodes.Tuple):
        return None
    if any(isinstance(element, nodes.Starred) for element in display.elts):
        return None
    if display is not given and isinstance(display, nodes.List) and _grows(given):
        return None
    return list(display.elts)


def _grows(name: nodes.NodeNG) -> bool:
    """Whether a method of a list is called anywhere in the scope of its name."""
    scope = name.frame()
    return any(
        isinstance(call.func, nodes.Attribute) and call.func.expr.as_string() == name.as_string()
        for call in scope.nodes_of_class(nodes.Call)
    )


def _may_be_spec(module: Module, node: nodes.NodeNG) -> bool:
    if isinstance(node, nodes.List | nodes.Tuple):
        return all(_may_be_spec(module, element) for element in node.elts)
    if isinstance(node, nodes.Const):
        return False
    found = _outside(module).of(node)
    if found.kind in (Kind.EAGER, Kind.VARIABLE, Kind.TENSOR) or found.type in ("ndarray", "int", "float", "str"):
        return False
    return not any(name.startswith("tf.") and name.rpartition(".")[2] in _DTYPES for name in module.ev.dotted(node))


_DTYPES = frozenset(
    "float16 float32 float64 bfloat16 int8 int16 int32 int64 uint8 uint16 bool string complex64".split()
)


def _parameters(made: Made) -> tuple[list[str] | None, list[str]] | None:
    """The parameters that a signature can speak of, None where there is `*args`, and those without a default.

    None where it is not known whether the first one is bound: under `classmethod`, and for `tf.function(Model.step)`.
    """
    function = made.function
    if bindings.decorated_with(function, "classmethod") if isinstance(function, nodes.FunctionDef) else False:
        return None
    names = scopes.parameters(function)
    if class_of(function) is not None and not bindings.decorated_with(function, "staticmethod"):
        if not made.decorated and not _is_bound(made.maker):
            return None
        names = names[1:]
    defaults = len(function.args.defaults or [])
    required = names[: max(len(names) - defaults, 0)]
    return (None if function.args.vararg else names), required


def _is_bound(maker: nodes.NodeNG) -> bool:
    """Whether `tf.function` is handed a method of an object: `tf.function(self.step)`."""
    given = maker.args[0] if isinstance(maker, nodes.Call) and maker.args else None
    return isinstance(given, nodes.Attribute) and not last_name(given.expr)[:1].isupper()


# Its calls


@on_node(RULE, nodes.Call, where=may_have_functions)
def calling(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`step(x, training=True)`, where the signature says nothing of `training`."""
    sites = sites_of(module.ev)
    site = sites.at(node)
    if site is None or runs_eagerly(module.ev, module.tree):
        return
    given = sites.setting(site.made, "input_signature")
    if given is None or isinstance(given, nodes.Const | nodes.Keyword) or _misfit(module, site.made, given):
        return
    specs, parameters = _specs(module, given), _parameters(site.made)
    if specs is None or parameters is None:
        return
    function = site.made.function
    names = scopes.parameters(function)
    if class_of(function) is not None and not bindings.decorated_with(function, "staticmethod"):
        names = names[1:]
    name = scopes.name_of(function)
    if arguments.of_call(module.ev, node).open_positions or any(k.arg is None for k in node.keywords):
        return
    if function.args.vararg and not node.keywords and len(node.args) != len(specs):
        problem = f"is called with {len(node.args)} arguments, where the input_signature has {len(specs)} (TypeError)"
        yield finding(RULE, node, name, problem, Confidence.INFERENCE, hint="give each argument its tf.TensorSpec")
        return
    yield from _of_arguments(module, site, dict(zip(names, specs, strict=False)), name)


def _of_arguments(module: Module, site: CallSite, by_name: dict[str, nodes.NodeNG], name: str) -> Iterator[Finding]:
    outside = _outside(module)
    for parameter, argument in site.arguments():
        if parameter in by_name:
            wanted = outside.of(by_name[parameter])
            passed = outside.of(argument)
            if wanted.type == "TensorSpec" and not _fits(argument, passed, wanted):
                problem = f"is called with {_described(passed)} for `{parameter}`, where the input_signature says"
                problem += f" `{by_name[parameter].as_string()}` (TypeError)"
                hint = "convert the argument, or leave open in the signature what may differ"
                yield finding(RULE, argument, name, problem, Confidence.INFERENCE, hint=hint)
        elif parameter and _is_other(module, site, parameter, argument):
            problem = f"is called with `{parameter}`, of which its input_signature says nothing (TypeError)"
            hint = "give it a tf.TensorSpec, or make a tf.function for each value"
            yield finding(RULE, argument, name, problem, Confidence.INFERENCE, hint=hint)


def _is_other(module: Module, site: CallSite, parameter: str, argument: nodes.NodeNG) -> bool:
    """Whether what is passed for a parameter without a spec surely is not its default, which is all it may be."""
    function = site.made.function
    target = next((p for p in function.locals.get(parameter, ()) if isinstance(p.parent, nodes.Arguments)), None)
    if target is None or parameter == function.args.vararg:
        return bool(function.args.kwarg) and parameter != function.args.vararg
    default = bindings.default_of(target, function.args)
    if default is None:
        return False
    passed = _outside(module).of(argument)
    if passed.kind in (Kind.EAGER, Kind.TENSOR, Kind.VARIABLE):
        return True
    both = isinstance(argument, nodes.Const) and isinstance(default, nodes.Const)
    return both and argument.value != default.value


def _fits(argument: nodes.NodeNG, passed: Abstract, wanted: Abstract) -> bool:
    """Whether an argument can be taken for what a spec says: arrays are cast, tensors are not."""
    if passed.type == "NoneType":
        return False
    of_tensor = passed.kind in (Kind.EAGER, Kind.TENSOR)
    if of_tensor or passed.type == "TensorSpec":
        if passed.dtype and wanted.dtype and passed.dtype != wanted.dtype:
            return False
        return _shapes_fit(passed.shape, wanted.shape)
    if passed.kind is not Kind.PYTHON:
        return True
    if passed.type == "str" and isinstance(argument, nodes.Const):
        return wanted.dtype in ("", "string") and _shapes_fit((), wanted.shape)
    if passed.type in ("int", "float", "bool"):
        whole = wanted.dtype.startswith(("int", "uint")) and passed.type == "float"
        return not whole and wanted.dtype != "string" and _shapes_fit((), wanted.shape)
    return passed.type != "ndarray" or _shapes_fit(passed.shape, wanted.shape)


def _shapes_fit(passed: Shape | None, wanted: Shape | None) -> bool:
    if passed is None or wanted is None:
        return True
    if len(passed) != len(wanted):
        return False
    return all(have is None or want is None or have == want for have, want in zip(passed, wanted, strict=True))


def _described(passed: Abstract) -> str:
    """An argument in words."""
    if passed.kind is Kind.PYTHON and passed.type not in ("ndarray", "TensorSpec"):
        return "None" if passed.type == "NoneType" else f"a Python {passed.type}"
    kind = "an array" if passed.type == "ndarray" else "a tensor"
    shape = f" of shape {list(passed.shape)}" if passed.shape is not None else ""
    return f"{kind}{shape}{f' and type {passed.dtype}' if passed.dtype else ''}"
