"""Guards that let code run once for all: `if self.v is None`, `except AttributeError`, `lru_cache`.

A variable that is made behind one is made by the first trace and kept, which tf.function allows.
https://www.tensorflow.org/guide/function#creating_tfvariables
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes
from tf2lint.inference.blocks import blocks_of
from tf2lint.inference.index import function_around, index_of, last_name
from tf2lint.inference.values import Class
from tf2lint.inference.values import Function as FunctionValue
from tf2lint.tracing.scopes import (
    Function,
    all_parameters,
    class_of,
    decorator_names,
    decorators,
    own_nodes,
    parameters,
)

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_KEPT = re.compile(r"cache|lazy|memo|once|singleton", re.IGNORECASE)
_MISSES = frozenset(
    "AttributeError KeyError NameError UnboundLocalError IndexError LookupError Exception TypeError".split()
)
_MUTATORS = frozenset("add append appendleft extend insert pop popitem remove clear setdefault update put".split())
_PROBES = frozenset(("hasattr", "getattr"))
_CREATORS = frozenset(("add_weight", "add_variable"))
"""Methods of the object itself that make a variable and set no guard."""
_CALLED = frozenset(("__call__", "call"))
_ALIASES = 2


def keeps_result(ev: Evaluator, function: Function) -> bool:
    """Whether a decorator makes a function run once and remember what it gave."""
    return ev.memo.once(("keeps result", function), lambda: _keeps_result(ev, function), False)


def _keeps_result(ev: Evaluator, function: Function) -> bool:
    if any(_KEPT.search(name) for name in decorator_names(function)):
        return True
    makers = (value for decorator in decorators(function) for value in ev.value_of(decorator))
    return any(isinstance(maker, FunctionValue) and _runs_it_once(ev, maker.node) for maker in makers)


def _runs_it_once(ev: Evaluator, decorator: Function) -> bool:
    """Whether a decorator of the project calls what it decorates only behind a guard."""
    name = next(iter(parameters(decorator)), "")
    found = False
    for call in decorator.nodes_of_class(nodes.Call):
        inner = function_around(call)
        if isinstance(call.func, nodes.Name) and call.func.name == name and inner not in (None, decorator):
            found = True
            if not is_guarded(ev, call, inner):
                return False
    return found


def is_guarded(ev: Evaluator, call: nodes.NodeNG, function: Function) -> bool:
    """Whether a call in a function lies behind a guard that outlives the function."""
    if keeps_result(ev, function):
        return True
    child, above = call, call.parent
    while child is not function and above is not None:
        if isinstance(above, nodes.ExceptHandler) and _catches_a_miss(above):
            return True
        if isinstance(above, nodes.If | nodes.While | nodes.IfExp):
            if child is not above.test and _persists(ev, above.test, call, function, above):
                return True
        elif (
            isinstance(above, nodes.BoolOp)
            and child is not above.values[0]
            and _persists(ev, above.values[0], call, function, above, truth=True)
        ):
            return True
        earlier, count = blocks_of(ev, above).before(child, _may_guard)
        for statement in earlier[:count]:
            if not isinstance(statement, nodes.If) or _persists(ev, statement.test, call, function, above):
                return True
        child, above = above, above.parent
    return False


def _catches_a_miss(handler: nodes.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, nodes.Tuple) else [handler.type]
    return any(last_name(one) in _MISSES for one in caught)


def _tried(statement: nodes.NodeNG) -> bool:
    """Whether a statement returns what is there, and goes on where nothing is: `try: return self.v`, and so on."""
    if isinstance(statement, nodes.Try):
        misses = any(_catches_a_miss(handler) for handler in statement.handlers)
    elif isinstance(statement, nodes.With):
        contexts = (context for context, _ in statement.items if isinstance(context, nodes.Call))
        misses = any(last_name(context.func) == "suppress" for context in contexts)
    else:
        return False
    return misses and isinstance(statement.body[-1], nodes.Return)


def _may_guard(statement: nodes.NodeNG) -> bool:
    """Whether a statement returns what is there, or may: what follows it in its block runs where nothing is."""
    return _leaves(statement) if isinstance(statement, nodes.If) else _tried(statement)


def _leaves(statement: nodes.If) -> bool:
    return isinstance(statement.body[-1], nodes.Return) and not statement.orelse


def _persists(
    ev: Evaluator,
    test: nodes.NodeNG,
    call: nodes.NodeNG,
    function: Function,
    region: nodes.NodeNG,
    *,
    truth: bool = False,
) -> bool:
    """Whether a test asks for state that outlives the function, and the function changes that state."""
    asked = frozenset(_state(test, function, _ALIASES))
    if not asked or ((truth or _is_truth(test)) and _holds(call) in asked):
        return False  # The truth of a variable is that of its value: a tensor, which is no bool here.
    settled = frozenset(_settled(ev, asked, function))
    return any(_changes(node, asked, settled, test, region) for node in own_nodes(function))


def _is_truth(test: nodes.NodeNG) -> bool:
    while isinstance(test, nodes.UnaryOp) and test.op == "not":
        test = test.operand
    return isinstance(test, nodes.Attribute | nodes.Name)


def _holds(call: nodes.NodeNG) -> str:
    """What a variable of TensorFlow is assigned to, as it is spelled; empty for other values, whose truth is known."""
    parent = call.parent
    while isinstance(parent, nodes.BoolOp):
        parent = parent.parent
    if not isinstance(call, nodes.Call) or last_name(call.func).lower() != "variable":
        return ""
    if not isinstance(parent, nodes.Assign | nodes.AnnAssign):
        return ""
    targets = parent.targets if isinstance(parent, nodes.Assign) else [parent.target]
    return str(targets[0].as_string()) if len(targets) == 1 else ""


def _state(node: nodes.NodeNG, function: Function, aliases: int) -> Iterator[str]:
    """The state outside of the function's own names that an expression reads, as it is spelled; `x.*` for all of x."""
    for part in (node, *_below(node)):
        if isinstance(part, nodes.Attribute):
            spelled = part.as_string()
            if _is_imported(spelled.partition(".")[0], function):
                continue
            yield f"{spelled.rpartition('.')[0]}.*" if part.attrname == "__dict__" else spelled
        elif isinstance(part, nodes.Name):
            if _is_imported(part.name, function):
                continue
            if not _is_local(part.name, function):
                yield part.name
            elif aliases:
                for value in _assigned_to(part.name, function):
                    yield from _state(value, function, aliases - 1)
        elif isinstance(part, nodes.Call) and last_name(part.func) in _PROBES and len(part.args) > 1:
            name = part.args[1]
            owner = part.args[0].as_string()
            yield f"{owner}.{name.value}" if isinstance(name, nodes.Const) else f"{owner}.*"


def _below(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    for child in node.get_children():
        yield child
        yield from _below(child)


def _is_local(name: str, function: Function) -> bool:
    if name not in function.locals:
        return False
    declared = (node for node in own_nodes(function) if isinstance(node, nodes.Global | nodes.Nonlocal))
    return not any(name in node.names for node in declared)


def _is_imported(name: str, function: Function) -> bool:
    bound = function.root().locals.get(name, ())
    return bool(bound) and all(isinstance(one, nodes.Import | nodes.ImportFrom) for one in bound)


def _assigned_to(name: str, function: Function) -> Iterator[nodes.NodeNG]:
    for bound in function.locals.get(name, ()):
        value = getattr(bound.parent, "value", None)
        if isinstance(bound, nodes.AssignName) and value is not None:
            yield value


def _settled(ev: Evaluator, asked: frozenset[str], function: Function) -> Iterator[str]:
    """The attributes of `self` among some state that nothing but `__init__` sets: `self.use_bias`."""
    method: Function | None = function
    while method is not None and class_of(method) is None:
        method = function_around(method)
    owner = class_of(method) if method is not None else None
    if method is None or owner is None or not parameters(method):
        return
    by_init: dict[str, bool] = {}
    for cls in (owner, *(base.node for base in classes.bases(ev, owner) if isinstance(base, Class))):
        for name, targets in classes.assigned(ev, cls).items():
            here = all(getattr(target.frame(), "name", "") == "__init__" for target, _ in targets)
            by_init[name] = by_init.get(name, True) and here
    yield from (one for one in asked if by_init.get(one.removeprefix(f"{parameters(method)[0]}.")))


def _changes(
    node: nodes.NodeNG, asked: frozenset[str], settled: frozenset[str], test: nodes.NodeNG, region: nodes.NodeNG
) -> bool:
    """Whether a node changes state that a test asks for."""
    if isinstance(node, nodes.AssignAttr | nodes.DelAttr):
        return node.as_string() in asked or f"{node.expr.as_string()}.*" in asked
    if isinstance(node, nodes.AssignName):
        return node.name in asked
    if isinstance(node, nodes.Subscript):
        stored = isinstance(node.parent, nodes.Assign | nodes.AugAssign | nodes.AnnAssign | nodes.Delete)
        return stored and node is not getattr(node.parent, "value", None) and node.value.as_string() in asked
    if isinstance(node, nodes.Call) and not test.parent_of(node) and node is not test:
        return _call_changes(node, asked, asked - settled, region)
    return False


def _call_changes(call: nodes.Call, asked: frozenset[str], open_to_all: frozenset[str], region: nodes.NodeNG) -> bool:
    func = call.func
    if last_name(func) == "setattr" and call.args:
        return any(one.startswith(f"{call.args[0].as_string()}.") for one in asked)
    if isinstance(func, nodes.Attribute):
        owner = func.expr.as_string()
        if func.attrname in _MUTATORS and owner in asked:
            return True
        if region.parent_of(call) and func.attrname not in _CREATORS and not _is_super(func.expr):
            return any(one.startswith(f"{owner}.") and "." not in one[len(owner) + 1 :] for one in open_to_all)
    return False


def _is_super(node: nodes.NodeNG) -> bool:
    return isinstance(node, nodes.Call) and last_name(node.func) == "super"


def optional_arguments(node: nodes.NodeNG, function: Function) -> frozenset[tuple[str, bool]]:
    """The parameters on which it depends whether a node of a function runs: given (True), or None and missing."""
    found: set[tuple[str, bool]] = set()
    child, above = node, node.parent
    while child is not function and above is not None:
        if isinstance(above, nodes.If | nodes.IfExp) and child is not above.test:
            asked = _asks_for_argument(above.test, function)
            if asked is not None:
                inside = child in above.body if isinstance(above.body, list) else child is above.body
                found.add((asked[0], asked[1] is inside))
        child, above = above, above.parent
    return frozenset(found)


def _asks_for_argument(test: nodes.NodeNG, function: Function) -> tuple[str, bool] | None:
    """The parameter of which a test asks whether it was given, and whether the test holds then."""
    given = False
    if isinstance(test, nodes.UnaryOp):
        asked = test.operand
    elif isinstance(test, nodes.Compare) and test.ops[0][0] in ("is", "is not", "==", "!="):
        asked = test.left
        given = test.ops[0][0] in ("is not", "!=")
        if not isinstance(test.ops[0][1], nodes.Const) or test.ops[0][1].value is not None:
            return None
    else:
        return None
    if not isinstance(asked, nodes.Name) or asked.name not in all_parameters(function):
        return None
    return str(asked.name), given


def may_be_given(ev: Evaluator, parameter: str, function: Function) -> bool:
    """Whether a parameter has no default, or a call in the function's module passes it something."""
    target = next(p for p in function.locals[parameter] if isinstance(p.parent, nodes.Arguments))
    if bindings.default_of(target, function.args) is None:
        return True
    name = getattr(function, "name", "")
    given = parameters(function)
    place = given.index(parameter) - isinstance(function.parent, nodes.ClassDef) if parameter in given else 99
    for call in index_of(ev, function.root()).calls:
        called = last_name(call.func) in (name, "") or (name in _CALLED and isinstance(call.func, nodes.Name))
        if called and (len(call.args) > place or any(k.arg in (parameter, None) for k in call.keywords)):
            return True
    return False
