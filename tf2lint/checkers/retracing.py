"""Arguments for which a tf.function is traced anew by call after call.

https://www.tensorflow.org/guide/function#rules_of_tracing
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, finding, on_node
from tf2lint.checkers.traced import may_have_functions
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import bindings, classes
from tf2lint.inference.index import function_around
from tf2lint.inference.scalars import TEXT, Scalars, loops
from tf2lint.inference.values import Class, External, Function, Object
from tf2lint.tracing import kinds, scopes
from tf2lint.tracing.calls import passed
from tf2lint.tracing.roots import runs_eagerly
from tf2lint.tracing.sites import CallSite, sites_of
from tf2lint.tracing.traced import tracing_of

RULE = Rule(
    code="TF801",
    pylint_id="R6890",
    symbol="tf-retracing",
    summary="A tf.function that is traced anew for every call, by arguments that are never the same.",
    message="{name} {problem}: {hint}.",
    hint="pass a tensor, as in tf.constant(i)",
    url="https://www.tensorflow.org/guide/function#rules_of_tracing",
    severity=Severity.DISCOURAGED,
    since="2.0",
)

_SCALARS = "https://www.tensorflow.org/guide/function#pass_tensors_instead_of_python_literals"
_FEW = 2
"""So many values are no more than two ways of using a function."""


@on_node(RULE, nodes.Call, where=may_have_functions)
def varying(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`step(x, i)` in `for i in range(100):`."""
    sites = sites_of(module.ev)
    site = sites.at(node)
    if site is None or runs_eagerly(module.ev, module.tree):
        return
    if sites.setting(site.made, "input_signature") is not None:
        return
    name = scopes.name_of(site.made.function)
    loop = sites.repeated(node)
    scalars = Scalars(module.ev, sites.callers, passed, converted=_is_converted(module, node))
    told = False
    for _, argument in site.arguments():
        for part in _parts(argument):
            found = scalars.of(part)
            if found is not None and found.count > _FEW and (loop is not None or found.lasting):
                kind = "string" if found.kind == TEXT else "number"
                problem = f"is traced anew for every value of `{part.as_string()}`, a Python {kind}"
                hint = f"pass a tensor, as in tf.constant({part.as_string()})"
                yield finding(RULE, argument, name, problem, Confidence.INFERENCE, hint=hint, url=_SCALARS)
                told = True
                break
            if loop is not None and not told and _is_new(module, part, node):
                problem = f"is traced anew for every object that `{part.as_string()}` makes"
                hint = "make the object once, before the loop"
                yield finding(RULE, argument, name, problem, Confidence.INFERENCE, hint=hint)
                told = True
                break
    if not told and site.owner is not None and loop is not None:
        yield from _of_new_owner(module, site)


def _is_converted(module: Module, node: nodes.NodeNG) -> bool:
    """Whether a loop around a node may be one of the graph."""
    function = function_around(node)
    return function is not None and bool(tracing_of(module.ev).of(function))


def _parts(argument: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    """An argument, or what a display holds."""
    if isinstance(argument, nodes.List | nodes.Tuple):
        for element in argument.elts:
            yield from _parts(element)
    elif isinstance(argument, nodes.Dict):
        for _, value in argument.items:
            yield from _parts(value)
    else:
        yield argument


def _is_new(module: Module, node: nodes.NodeNG, call: nodes.Call) -> bool:
    """Whether an expression gives a new object each time that is the same as no other one to TensorFlow."""
    if isinstance(node, nodes.Lambda):
        return True
    if isinstance(node, nodes.Name):
        made = _made_in_loop(node, call)
        return made is not None and _is_new(module, made, call)
    if isinstance(node, nodes.Attribute):
        return _is_bound_method(module, node)
    if not isinstance(node, nodes.Call):
        return False
    values = module.values(node.func)
    if len(values) != 1:
        return False
    if isinstance(values[0], External):
        return values[0].name == "functools.partial"
    return isinstance(values[0], Class) and kinds.is_plain(module.ev, values[0].node)


def _is_bound_method(module: Module, node: nodes.Attribute) -> bool:
    """Whether `self.loss` is a method: looking it up makes a new object every time."""
    owners, values = module.values(node.expr), module.values(node)
    if len(owners) != 1 or not isinstance(owners[0], Object) or len(values) != 1 or not isinstance(values[0], Function):
        return False
    method = values[0].node
    if node.attrname in classes.assigned(module.ev, owners[0].node) or scopes.class_of(method) is None:
        return False
    return not scopes.decorators(method)


def _made_in_loop(node: nodes.Name, call: nodes.Call) -> nodes.NodeNG | None:
    """What a name is assigned, once, in the innermost loop around a call, or in the function that is called in one."""
    statements = bindings.found(node, node.name)[1]
    if len(statements) != 1 or not isinstance(statements[0].parent, nodes.Assign):
        return None
    assigned = statements[0].parent
    if assigned.targets != [statements[0]] or function_around(assigned) is not function_around(call):
        return None
    loop = next(loops(call), None)
    return assigned.value if next(loops(assigned), None) is loop else None


def _of_new_owner(module: Module, site: CallSite) -> Iterator[Finding]:
    """`m = Model()` and `m.step(x)` in one loop: each object has traces of its own."""
    owner = site.owner
    if not isinstance(owner, nodes.Name) or not all(isinstance(v, Object) for v in module.values(owner)):
        return
    made = _made_in_loop(owner, site.call)
    if not isinstance(made, nodes.Call) or not _is_new(module, made, site.call):
        return
    if any(not isinstance(a, nodes.Const) for a in (*made.args, *(k.value for k in made.keywords))):
        return
    name = scopes.name_of(site.made.function)
    problem = f"is traced anew for every object that `{made.as_string()}` makes"
    hint = "make the object once, before the loop"
    yield finding(RULE, site.call.func, name, problem, Confidence.INFERENCE, hint=hint)
