"""tf.functions that are made again and again, so that each is traced, used once and thrown away.

https://www.tensorflow.org/guide/intro_to_graphs#when_is_a_tffunction_tracing
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, finding, on_node
from tf2lint.checkers.traced import may_have_functions
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import bindings
from tf2lint.inference.index import bound_within, declared_within, defined_within, function_around, index_of
from tf2lint.inference.scalars import loops
from tf2lint.tracing import once, scopes
from tf2lint.tracing.roots import runs_eagerly
from tf2lint.tracing.scopes import class_of
from tf2lint.tracing.sites import DIRECT, sites_of
from tf2lint.tracing.traced import tracing_of

RULE = Rule(
    code="TF802",
    pylint_id="R6891",
    symbol="tf-function-in-loop",
    summary="A tf.function that is made again and again: in a loop, or in a function that is called in one.",
    message="{name} {problem}: {hint}.",
    hint="make it once, outside, and call that",
    url="https://www.tensorflow.org/guide/intro_to_graphs#when_is_a_tffunction_tracing",
    severity=Severity.DISCOURAGED,
    since="2.0",
)

_BY_STEP = re.compile(r"^on_(train_|test_|predict_)?(batch|epoch)_")
"""Methods of a Keras callback that `fit` calls again and again."""


@on_node(RULE, nodes.FunctionDef, where=may_have_functions)
def decorated(module: Module, node: nodes.FunctionDef) -> Iterator[Finding]:
    """`@tf.function` on a function that is defined in a loop."""
    if not scopes.decorators(node) or isinstance(node.parent, nodes.Module | nodes.ClassDef):
        return
    made = sites_of(module.ev).decorated(node)
    if made is not None:
        yield from _told(module, node, made.maker, _uses(module, node.parent.frame(), node.name, node))


@on_node(RULE, nodes.Call, where=may_have_functions)
def wrapped(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`tf.function(step)(x)` in a loop."""
    calls = _used_at_once(node)
    assigned = node.parent
    target = assigned.targets[0] if isinstance(assigned, nodes.Assign) and len(assigned.targets) == 1 else None
    sites = sites_of(module.ev)
    if not (calls or isinstance(target, nodes.AssignName)):
        return
    if not sites.takes_function(node.func) or not any(made.maker is node for made in sites.made(node)):
        return
    if isinstance(target, nodes.AssignName) and not calls:
        calls = _uses(module, assigned.frame(), target.name, assigned)
    if not _is_bound_in_loop(module, node):
        yield from _told(module, node, node, calls)


@on_node(RULE, nodes.Call, where=may_have_functions)
def from_factory(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`make_step()(x)` in a loop, where `make_step` returns a new tf.function."""
    loop = next(loops(node), None) if isinstance(node.func, nodes.Name | nodes.Call) else None
    if loop is None:
        return
    origin = node.func
    if isinstance(origin, nodes.Name):
        statements = bindings.found(origin, origin.name)[1]
        origin = getattr(statements[0].parent, "value", None) if len(statements) == 1 else None
    site = sites_of(module.ev).at(node) if isinstance(origin, nodes.Call) else None
    if site is None or _tries_out(loop) or runs_eagerly(module.ev, module.tree):
        return
    factory = function_around(site.made.maker)
    if not isinstance(origin, nodes.Call) or factory is None or factory is function_around(node):
        return
    if next(loops(origin), None) is not loop or _takes_from(module, origin, loop) or _is_traced(module, node):
        return
    ev = module.ev
    if not once.keeps_result(ev, factory) and not once.is_guarded(ev, site.made.maker, factory):
        problem = "makes a new function in every turn of the loop, and each is traced"
        yield finding(RULE, origin, scopes.name_of(factory), problem, Confidence.INFERENCE)


def _is_traced(module: Module, node: nodes.NodeNG) -> bool:
    function = function_around(node)
    return function is not None and bool(tracing_of(module.ev).of(function))


def _told(module: Module, node: nodes.NodeNG, maker: nodes.NodeNG, calls: list[nodes.Call]) -> Iterator[Finding]:
    function = function_around(node)
    if not calls or runs_eagerly(module.ev, module.tree):
        return
    if function is not None and (_is_traced(module, node) or once.is_guarded(module.ev, node, function)):
        return
    loop = next(loops(node), None)
    if not any(next(loops(call), None) is loop and function_around(call) is function for call in calls):
        return  # It serves a loop of its own.
    if loop is not None:
        if _tries_out(loop) or any(_takes_from(module, call, loop) for call in calls if _is_concrete(call)):
            return
        problem = "makes a new function in every turn of the loop, and each is traced"
    else:
        again = _runs_again(module, function, calls)
        if function is None or not again:
            return
        problem = f"makes a new function in every call of `{scopes.name_of(function)}`, and each is traced"
    yield finding(RULE, maker, "tf.function", problem, Confidence.BINDING if loop is not None else Confidence.INFERENCE)


def _runs_again(module: Module, function: scopes.Function | None, calls: list[nodes.Call]) -> bool:
    """Whether a function, in which a tf.function is made and called, is run again and again."""
    if function is None:
        return False
    loop = sites_of(module.ev).repeated(calls[0])
    if loop is not None:
        return not _tries_out(loop)
    return bool(_BY_STEP.match(getattr(function, "name", "")) and class_of(function) is not None)


def _used_at_once(node: nodes.Call) -> list[nodes.Call]:
    """The call of what a call gives: `tf.function(f)(x)`, `tf.function(f).get_concrete_function(x)`."""
    above = node.parent
    if isinstance(above, nodes.Attribute) and above.attrname in DIRECT:
        node, above = above, above.parent
    return [above] if isinstance(above, nodes.Call) and above.func is node else []


def _uses(module: Module, scope: nodes.NodeNG, name: str, definition: nodes.NodeNG) -> list[nodes.Call]:
    """The calls of a name, if nothing is done with it but calling it; those in its own loop, if it is bound in one."""
    calls: list[nodes.Call] = []
    around = next(loops(definition), None) or scope
    for used in _seen_by_name(module, name).get(definition, ()):
        if around.parent_of(used) and not definition.parent_of(used):
            above = used.parent
            if isinstance(above, nodes.Attribute) and above.attrname in DIRECT:
                used, above = above, above.parent
            elif isinstance(above, nodes.Attribute):
                continue
            if not (isinstance(above, nodes.Call) and above.func is used):
                return []
            calls.append(above)
    return [] if name in declared_within(module.ev, scope) else calls


def _seen_by_name(module: Module, name: str) -> dict[nodes.NodeNG, list[nodes.Name]]:
    """The places that read a name, by the statements that may have bound it there."""

    def find() -> dict[nodes.NodeNG, list[nodes.Name]]:
        found: dict[nodes.NodeNG, list[nodes.Name]] = {}
        for used in index_of(module.ev, module.tree).names_by_name.get(name, ()):
            for definition in {bound.statement() for bound in bindings.found(used, name)[1]}:
                found.setdefault(definition, []).append(used)
        return found

    return module.ev.memo.once(("seen by name", module.tree, name), find, {})


def _is_concrete(call: nodes.Call) -> bool:
    return isinstance(call.func, nodes.Attribute)


def _takes_from(module: Module, call: nodes.Call, loop: nodes.NodeNG) -> bool:
    """Whether an argument of a call is another one in every turn."""
    bound = bound_within(module.ev, loop)
    given = (*call.args, *(keyword.value for keyword in call.keywords))
    return any(name.name in bound for argument in given for name in argument.nodes_of_class(nodes.Name))


def _is_bound_in_loop(module: Module, node: nodes.Call) -> bool:
    """Whether what is handed to `tf.function` is another function in every turn: `for f in functions:`."""
    loop = next(loops(node), None)
    given = [k.value for k in node.keywords if k.arg == "func"] or node.args[:1]
    if loop is None or not given or isinstance(given[0], nodes.Lambda):
        return False
    defined = defined_within(module.ev, loop)
    if isinstance(given[0], nodes.Name) and given[0].name in defined:
        return False
    bound = bound_within(module.ev, loop) | defined
    return any(name.name in bound for name in given[0].nodes_of_class(nodes.Name))


def _tries_out(loop: nodes.NodeNG) -> bool:
    """Whether a loop goes through a few cases that are written down."""
    iterated = loop.iter if isinstance(loop, nodes.For) else None
    if isinstance(loop, nodes.ListComp | nodes.SetComp | nodes.DictComp | nodes.GeneratorExp):
        iterated = loop.generators[0].iter
    return isinstance(iterated, nodes.List | nodes.Tuple | nodes.Set | nodes.Dict)
