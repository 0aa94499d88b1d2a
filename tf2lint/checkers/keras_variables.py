"""Variables of TensorFlow that a Keras 3 layer, model or metric does not see.

https://www.tensorflow.org/guide/intro_to_modules#keras_layers
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.api import versions
from tf2lint.checkers.base import Module, finding, on_call, on_node, with_keras_3
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import classes, keras
from tf2lint.inference.index import last_name
from tf2lint.inference.values import Class, Const, Function, TfName

RULE = Rule(
    code="TF904",
    pylint_id="W6806",
    symbol="tf-keras-untracked-variable",
    summary="A tf.Variable in a Keras layer, model or metric, which Keras 3 does not see.",
    message="{name} {problem}: {hint}.",
    hint="make it with self.add_weight",
    url="https://www.tensorflow.org/guide/intro_to_modules#keras_layers",
    severity=Severity.CHANGES,
    since="2.16",
)

_VARIABLES = frozenset(("tf.Variable", "tf.compat.v1.Variable"))
_MODULES = frozenset(("tf.Module", "tf.compat.v1.Module"))
_OWN_BOOKKEEPING = frozenset(
    "variables weights trainable_variables trainable_weights _trainable_variables _track_variable".split()
)
_RESETS = frozenset(("reset_state", "reset_states"))
_CHANGES = frozenset("assign assign_add assign_sub scatter_nd_update scatter_update scatter_add".split())
_NESTED = 5


@on_node(RULE, nodes.AssignAttr)
def assigned(module: Module, node: nodes.NodeNG) -> Iterator[Finding]:
    """`self.w = tf.Variable(1.0)`."""
    value = getattr(node.parent, "value", None)
    if isinstance(node.parent, nodes.Assign | nodes.AnnAssign) and value is not None:
        yield from _kept(module, node.expr, node.attrname, value)


@on_call(RULE, attributes=frozenset(("append",)))
def appended(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`self.ws.append(tf.Variable(1.0))`."""
    owner = node.func.expr
    if isinstance(owner, nodes.Attribute) and len(node.args) == 1:
        yield from _kept(module, owner.expr, owner.attrname, node.args[0])


def _kept(module: Module, owner: nodes.NodeNG, attribute: str, value: nodes.NodeNG) -> Iterator[Finding]:
    """What is said of a value that becomes an attribute, or an element of one, of an object."""
    cls = _class_of_self(owner)
    if cls is None:
        return
    made = list(_variables(module, value, _NESTED))
    if not made:
        return
    bases = classes.tf_bases(module.ev, cls)
    layers = [base for base in bases if keras.is_layer(base.name, base.worlds)]
    metrics = [base for base in bases if keras.is_metric(base.name, base.worlds)]
    worlds = module.ev.guards.reach(value) & versions.KERAS_3
    for base in (layers or metrics)[:1]:
        worlds &= base.worlds
    if not worlds or not (layers or metrics) or any(base.name in _MODULES for base in bases):
        return
    members = _members(module, cls)
    target = with_keras_3(worlds, module.config.target)
    if members & _OWN_BOOKKEEPING:
        return
    if metrics and not layers:
        if not members & _RESETS:
            yield _told(made[0], value, f"is not reset by reset_state {target}")
    elif not _is_changed(cls, attribute):
        trained = [call for call in made if _may_be_trained(module, call)]
        if trained:
            yield _told(trained[0], value, f"is neither trained nor saved {target}")


def _told(call: nodes.Call, value: nodes.NodeNG, problem: str) -> Finding:
    inline = value is call or value.parent_of(call)
    confidence = Confidence.BINDING if inline else Confidence.INFERENCE
    return finding(RULE, call.func if inline else value, "tf.Variable", problem, confidence)


def _class_of_self(owner: nodes.NodeNG) -> nodes.ClassDef | None:
    """The class in whose method an expression is the object itself."""
    method = owner.frame()
    if not isinstance(owner, nodes.Name) or not isinstance(method, nodes.FunctionDef):
        return None
    parameters = [*(method.args.posonlyargs or []), *(method.args.args or [])]
    if not parameters or parameters[0].name != owner.name or not isinstance(method.parent, nodes.ClassDef):
        return None
    return method.parent


def _variables(module: Module, node: nodes.NodeNG, depth: int) -> Iterator[nodes.Call]:
    """The calls that make the variables in a value, through displays, helpers and modules of the project."""
    if not depth:
        return
    if isinstance(node, nodes.Call):
        yield from _of_call(module, node, depth)
    elif isinstance(node, nodes.List | nodes.Tuple):
        for element in node.elts:
            yield from _variables(module, element, depth - 1)
    elif isinstance(node, nodes.Dict):
        for _, element in node.items:
            yield from _variables(module, element, depth - 1)
    elif isinstance(node, nodes.ListComp):
        yield from _variables(module, node.elt, depth - 1)
    elif isinstance(node, nodes.DictComp):
        yield from _variables(module, node.value, depth - 1)
    elif isinstance(node, nodes.Name):
        value = module.ev.literal(node)
        if value is not node:
            yield from _variables(module, value, depth - 1)


def _of_call(module: Module, node: nodes.Call, depth: int) -> Iterator[nodes.Call]:
    values = module.values(node.func)
    if values and all(isinstance(value, TfName) and value.name in _VARIABLES for value in values):
        yield node
    elif len(values) == 1 and isinstance(values[0], Function):
        function = values[0].node
        if isinstance(function, nodes.FunctionDef):
            for statement in function._get_return_nodes_skip_functions():
                if statement.value is not None:
                    yield from _variables(module, statement.value, depth - 1)
    elif len(values) == 1 and isinstance(values[0], Class) and _is_module(module, values[0].node):
        for method in values[0].node.mymethods():
            for assignment in method.nodes_of_class(nodes.AssignAttr):
                value = getattr(assignment.parent, "value", None)
                if _class_of_self(assignment.expr) is values[0].node and isinstance(value, nodes.Call):
                    yield from _variables(module, value, depth - 1)


def _is_module(module: Module, cls: nodes.ClassDef) -> bool:
    bases = classes.bases(module.ev, cls)
    return any(isinstance(base, TfName) and base.name in _MODULES for base in bases)


def _members(module: Module, cls: nodes.ClassDef) -> set[str]:
    """The names that a class, with its bases of the project, defines or assigns in its methods."""
    found: set[str] = set()
    for owner in (cls, *(base.node for base in classes.bases(module.ev, cls) if isinstance(base, Class))):
        found.update(owner.locals, owner.instance_attrs)
        found.update(node.attrname for node in owner.nodes_of_class(nodes.Attribute) if node.attrname[:1] == "_")
    return found


def _is_changed(cls: nodes.ClassDef, attribute: str) -> bool:
    """Whether the class itself assigns to the variable: then it is state, a counter or an average, and no weight."""
    for call in cls.nodes_of_class(nodes.Call):
        func = call.func
        if isinstance(func, nodes.Attribute) and func.attrname in _CHANGES:
            owners = func.expr.nodes_of_class(nodes.Attribute)
            if any(owner.attrname == attribute for owner in owners):
                return True
    return False


def _may_be_trained(module: Module, call: nodes.Call) -> bool:
    """Whether a variable is one that training changes: of floats, and not `trainable=False`."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if None in given:
        return False
    trainable = given.get("trainable", call.args[1] if len(call.args) > 1 else None)
    if trainable is not None and module.values(trainable) != [Const(True)]:
        return False
    dtype = given.get("dtype")
    if dtype is not None:
        kind = last_name(dtype) or str(getattr(dtype, "value", ""))
        return not kind.startswith(("int", "uint", "bool", "string"))
    initial = given.get("initial_value", call.args[0] if call.args else None)
    return not (isinstance(initial, nodes.Const) and isinstance(initial.value, int | str))
