"""One tf.function that several models or optimizers are handed to, each of which still has to make its variables.

https://www.tensorflow.org/guide/function#using_with_multiple_keras_optimizers
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Module, finding, on_node
from tf2lint.checkers.not_a_function import RULE
from tf2lint.checkers.traced import may_have_functions
from tf2lint.checkers.traced_layer import has_state, is_weighted
from tf2lint.findings import Confidence, Finding
from tf2lint.inference import bindings, classes
from tf2lint.inference.index import function_around, last_name
from tf2lint.inference.scalars import loops
from tf2lint.inference.values import Class, TfName
from tf2lint.tracing import kinds, scopes
from tf2lint.tracing.roots import runs_eagerly
from tf2lint.tracing.sites import CallSite, sites_of

_OPTIMIZERS = "https://www.tensorflow.org/guide/function#using_with_multiple_keras_optimizers"
_MODELS = "https://www.tensorflow.org/guide/function#using_with_multiple_keras_models"
_APPLY = frozenset(("apply_gradients", "minimize", "apply"))
_BUILD = frozenset("build fit predict evaluate load_weights train_on_batch call summary set_weights".split()) | _APPLY
_HAS_INPUT = frozenset("Input InputLayer".split())
_SHAPES = frozenset("input_shape batch_input_shape input_dim".split())


@on_node(RULE, nodes.Call, where=may_have_functions)
def shared(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`step(Adam()); step(Adam())`."""
    sites = sites_of(module.ev)
    site = sites.at(node)
    if site is None or runs_eagerly(module.ev, module.tree):
        return
    for parameter, argument in site.arguments():
        if not _is_used(site.made.function, parameter):
            continue
        made = _makers(module, argument)
        if not made:
            continue
        earlier = [
            other
            for before in sites.of(module.tree)
            if before.made == site.made and before.call.lineno <= node.lineno and before is not site
            for other in _at(module, before, parameter)
            if other not in made and (before.call.lineno, before.call.col_offset) < (node.lineno, node.col_offset)
        ]
        again = len(made) > 1 or any(_is_new_in_loop(one, node) for one in made)
        if earlier or again:
            yield _told(module, site, argument, made[0])
            return


def _at(module: Module, site: CallSite, parameter: str) -> list[nodes.Call]:
    argument = site.argument(parameter)
    return _makers(module, argument) if argument is not None else []


def _told(module: Module, site: CallSite, argument: nodes.NodeNG, made: nodes.Call) -> Finding:
    kind = _kind(module, made)
    url = _OPTIMIZERS if kind == "optimizer" else _MODELS
    problem = (
        f"is handed another {kind} whose variables are not made yet, which only its first trace may do (ValueError)"
    )
    hint = f"build each {kind} before, or make a tf.function for each"
    return finding(
        RULE, argument, scopes.name_of(site.made.function), problem, Confidence.INFERENCE, hint=hint, url=url
    )


def _is_used(function: scopes.Function, parameter: str) -> bool:
    """Whether a function calls a parameter, or applies gradients with it."""
    for call in function.nodes_of_class(nodes.Call):
        owner = call.func
        if isinstance(owner, nodes.Attribute) and owner.attrname in _APPLY:
            owner = owner.expr
        if isinstance(owner, nodes.Name) and owner.name == parameter:
            return True
    return False


def _makers(module: Module, argument: nodes.NodeNG) -> list[nodes.Call]:
    """The calls that make what is handed on, if these are all and what they make has no variables yet."""
    if isinstance(argument, nodes.Call):
        return [argument] if _kind(module, argument) else []
    if not isinstance(argument, nodes.Name):
        return []
    statements = bindings.found(argument, argument.name)[1]
    if len(statements) != 1 or _is_built(argument):
        return []
    value = _assigned(module, statements[0])
    made = value.elts if isinstance(value, nodes.List | nodes.Tuple) else [value]
    calls = [one for one in made if isinstance(one, nodes.Call) and _kind(module, one)]
    return calls if len(calls) == len(made) else []


def _assigned(module: Module, target: nodes.NodeNG) -> nodes.NodeNG | None:
    """What a name is bound to: a value, or the display that a loop goes through."""
    parent = target.parent
    if isinstance(parent, nodes.For) and parent.target is target:
        display = module.ev.literal(parent.iter)
        return display if isinstance(display, nodes.List | nodes.Tuple) else None
    if isinstance(parent, nodes.Assign) and parent.targets == [target]:
        return parent.value if isinstance(parent.value, nodes.Call) else None
    if isinstance(parent, nodes.Tuple) and isinstance(parent.parent, nodes.Assign):
        value = parent.parent.value
        if isinstance(value, nodes.Tuple) and len(value.elts) == len(parent.elts):
            found: nodes.NodeNG = value.elts[parent.elts.index(target)]
            return found if isinstance(found, nodes.Call) else None
    return None


def _kind(module: Module, call: nodes.Call) -> str:
    """What a call makes that has no variables yet: an optimizer, a model, a layer; empty for everything else."""
    values = module.values(call.func)
    if len(values) != 1:
        return ""
    if isinstance(values[0], Class):
        bases = [v for v in (kinds.below_keras(b.name) for b in classes.tf_bases(module.ev, values[0].node)) if v]
        if not bases or "build" in values[0].node.locals or not has_state(module.ev, values[0].node):
            return ""
        return "layer" if bases[0].endswith("Layer") else "model" if bases[0].endswith("Model") else ""
    name = kinds.below_keras(values[0].name) if isinstance(values[0], TfName) else None
    if name is None:
        return ""
    if name.startswith("optimizers.") and name.rpartition(".")[2][:1].isupper() and ".schedules." not in name:
        return "optimizer"
    if name in ("Sequential", "models.Sequential"):
        return "" if _knows_input(call) or not _has_weights(call) else "model"
    return "layer" if name.startswith("layers.") and is_weighted(name[7:]) else ""


def _knows_input(call: nodes.Call) -> bool:
    inner = [one for one in call.nodes_of_class(nodes.Call) if one is not call]
    keywords = {keyword.arg for one in inner for keyword in one.keywords}
    return bool({last_name(one.func) for one in inner} & _HAS_INPUT or keywords & _SHAPES)


def _has_weights(call: nodes.Call) -> bool:
    return any(is_weighted(last_name(one.func)) for one in call.nodes_of_class(nodes.Call) if one is not call)


def _is_built(name: nodes.Name) -> bool:
    """Whether something other than a tf.function may make the variables of what a name holds."""
    scope = name.lookup(name.name)[0]
    for used in scope.nodes_of_class(nodes.Name):
        if used.name != name.name:
            continue
        above = used.parent
        if isinstance(above, nodes.Attribute) and above.attrname in _BUILD and above.scope() is scope:
            return True
        if isinstance(above, nodes.Call) and above.func is used and function_around(above) is function_around(name):
            return True
    return False


def _is_new_in_loop(made: nodes.Call, node: nodes.Call) -> bool:
    loop = next(loops(node), None)
    return loop is not None and loop.parent_of(made) and next(loops(made), None) is loop
