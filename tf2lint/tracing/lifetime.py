"""Whether what a traced function changes outlives the trace, and who reads it afterwards."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes, scan, tensors
from tf2lint.inference.index import function_around, index_of, last_name
from tf2lint.inference.values import Class, Function, Object, TfResult
from tf2lint.tracing import changes, once, scopes
from tf2lint.tracing.abstract import Origin
from tf2lint.tracing.calls import Place, passed
from tf2lint.tracing.changes import Change, How
from tf2lint.tracing.roots import OF_KERAS
from tf2lint.tracing.traced import tracing_of

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator
    from tf2lint.tracing.frames import Frame

_EAGERLY_TOO = frozenset(("call", "__call__", "update_state", "result"))
"""Methods of Keras classes that run eagerly as well, when a program calls the object itself."""
_DEEP = 12
_TRAINING = frozenset(
    "compile fit fit_generator evaluate predict train_on_batch test_on_batch predict_on_batch function map_fn".split()
)
_OF_TRACES = re.compile(r"(?:\b|_|re)trac(?:es?|ing)(?:\b|_)", re.IGNORECASE)
_ENDS = {"__enter__": "__exit__", "__exit__": "__enter__"}
_LOOKING_UP = frozenset(("get", "setdefault"))
_OUTSIDE = frozenset(("globals", "type", "vars"))


def origin_of(frame: Frame, node: nodes.NodeNG, deep: int = _DEEP) -> Origin:
    """Where the object that an expression denotes was made; that of what holds it, where nothing else is known."""
    if not deep:
        return Origin.UNKNOWN
    if isinstance(node, nodes.Call):
        if last_name(node.func) in _OUTSIDE:
            return origin_of(frame, node.args[0], deep - 1) if node.args else Origin.OUTER
        if isinstance(node.func, nodes.Attribute) and node.func.attrname in _LOOKING_UP:
            return origin_of(frame, node.func.expr, deep - 1)
        return _of_value(frame, node)
    if isinstance(node, nodes.Name | nodes.AssignName):
        return _of_name(frame, node, deep)
    if isinstance(node, nodes.Attribute | nodes.Subscript):
        known = frame.of(node)
        inner = node.expr if isinstance(node, nodes.Attribute) else node.value
        within = origin_of(frame, inner, deep - 1)
        if known.origin in (Origin.FRESH, Origin.ARGUMENT) and within is not Origin.FRESH:
            return known.origin
        return within
    return _of_value(frame, node)


def _of_value(frame: Frame, node: nodes.NodeNG) -> Origin:
    values = frame.values(node.func) if isinstance(node, nodes.Call) else []
    if values and all(isinstance(value, Class) for value in values):
        return Origin.FRESH
    return frame.of(node).origin


def _of_name(frame: Frame, node: nodes.NodeNG, deep: int) -> Origin:
    method = frame.function
    if is_receiver(node, method):
        return _of_self(frame, deep)
    if node.name not in method.locals or node.name in outside(frame.ev, method):
        owner = _binder(node)
        if owner is not None and any(above.function is owner for above in _callers(frame)):
            return Origin.FRESH  # A name of a function that is traced as well.
        known = frame.of(node).origin if isinstance(node, nodes.Name) else Origin.UNKNOWN
        return known if known is Origin.FRESH and owner is not None else Origin.OUTER
    known = frame.of(node).origin
    if known is Origin.FRESH:
        return known
    found = {_of_binding(frame, one, deep) for one in _plainly_bound(frame.ev, method, node.name)}
    if len(found) == 1:
        return found.pop()
    return known if known is Origin.ARGUMENT else Origin.UNKNOWN


def _plainly_bound(ev: Evaluator, method: scopes.Function, name: str) -> list[nodes.AssignName]:
    """Where a function gives a name another value than one that is computed in place."""

    def find() -> list[nodes.AssignName]:
        names = (one for one in method.locals[name] if isinstance(one, nodes.AssignName))
        return [one for one in names if not isinstance(one.parent, nodes.AugAssign)]

    return ev.memo.once(("plainly bound", method, name), find, [])


def _of_binding(frame: Frame, target: nodes.AssignName, deep: int) -> Origin:
    if isinstance(target.parent, nodes.Arguments):
        return _of_parameter(frame, target.name, deep)
    value, parted = _bound_to(target)
    if value is None:
        return Origin.UNKNOWN
    found = origin_of(frame, value, deep - 1)
    return found if not parted or found is Origin.ARGUMENT else Origin.UNKNOWN


def is_receiver(node: nodes.NodeNG, method: scopes.Function) -> bool:
    """Whether an expression is the object, or class, whose method a function is."""
    if scopes.class_of(method) is None or bindings.decorated_with(method, "staticmethod"):
        return False
    return isinstance(node, nodes.Name | nodes.AssignName) and node.name == next(iter(scopes.parameters(method)), "")


def _of_parameter(frame: Frame, name: str, deep: int) -> Origin:
    if frame.caller is None:
        return Origin.ARGUMENT
    at, place = frame.traced.at, frame.caller.traced.place
    if not isinstance(at, nodes.Call):
        return Origin.UNKNOWN
    called = tracing_of(frame.ev).calls.called(at, place)
    if all(target.function is not frame.function for target in called):
        return Origin.UNKNOWN  # It was handed to what the call calls.
    given = passed(at, frame.function, name)
    return origin_of(frame.caller, given, deep - 1) if given is not None else Origin.UNKNOWN


def _bound_to(target: nodes.AssignName) -> tuple[nodes.NodeNG | None, bool]:
    """What a name is bound to; whether it is a part of it."""
    parent = target.parent
    if isinstance(parent, nodes.Assign):
        return parent.value, False
    if isinstance(parent, nodes.Tuple | nodes.List) and isinstance(parent.parent, nodes.Assign):
        return parent.parent.value, True
    if isinstance(parent, nodes.For):
        return parent.iter, True
    return None, False


def _binder(node: nodes.NodeNG) -> scopes.Function | None:
    """The function around that binds a free name; None for a global."""
    inner = function_around(node)
    above = function_around(inner) if inner is not None else None
    while above is not None:
        if node.name in above.locals:
            return above
        above = function_around(above)
    return None


def _callers(frame: Frame) -> Iterator[Frame]:
    above = frame.caller
    while above is not None:
        yield above
        above = above.caller


def is_of_caller(frame: Frame, name: str) -> bool:
    """Whether a free name is one of a function that is traced as well, and lies around this one."""
    around = function_around(frame.function)
    while around is not None and (name not in around.locals or name in outside(frame.ev, around)):
        around = function_around(around)
    return any(above.function is around for above in _callers(frame))


def _of_self(frame: Frame, deep: int) -> Origin:
    """Where the object was made whose method a function is."""
    if frame.function.name == "__init__":
        return Origin.FRESH
    if not deep:
        return Origin.UNKNOWN
    at, caller = frame.traced.at, frame.caller
    if caller is None or not isinstance(at, nodes.Call):
        return Origin.OUTER
    func = at.func
    if frame.function.name in ("__call__", "call") and not isinstance(func, nodes.Attribute):
        return origin_of(caller, func, deep - 1)
    if isinstance(func, nodes.Attribute):
        if isinstance(func.expr, nodes.Call) and last_name(func.expr.func) == "super":
            return _of_self(caller, deep - 1) if scopes.class_of(caller.function) is not None else Origin.OUTER
        found = origin_of(caller, func.expr, deep - 1)
        return found if found in (Origin.FRESH, Origin.ARGUMENT) else Origin.OUTER
    return Origin.OUTER


def changes_at(frame: Frame, node: nodes.NodeNG) -> Iterator[Change]:
    """What a node of a traced function changes."""
    if not isinstance(node, nodes.Call) or changes.may_change(node):
        yield from changes.of(node, outside(frame.ev, frame.function))


def reads_attribute(ev: Evaluator, root: Place, cls: nodes.ClassDef, name: str) -> bool:
    """Whether what a root reaches reads an attribute of the objects of a class."""
    nothing: frozenset[scopes.Function] = frozenset()
    for function in ev.memo.once(("in trace", root), lambda: frozenset(_reached(ev, root)), nothing):
        for node in scopes.own_nodes(function):
            named = isinstance(node, nodes.Attribute) and node.attrname == name
            if named and _is_of(ev, node, function, frozenset((cls,))):
                return True
    return False


def in_trace(frame: Frame) -> frozenset[scopes.Function]:
    """The functions that the same root reaches."""
    root = frame.traced.root.place
    nothing: frozenset[scopes.Function] = frozenset()
    found = frame.ev.memo.once(("in trace", root), lambda: frozenset(_reached(frame.ev, root)), nothing)
    return found | {frame.function, *_other_end(frame)}


def _other_end(frame: Frame) -> Iterator[scopes.Function]:
    """What runs at the other end of each `with` that leads to a function, whose end or beginning is on the way."""
    for step in frame.traced.chain:
        other = _ENDS.get(getattr(step.function, "name", ""))
        cls = step.place.receiver or scopes.class_of(step.function)
        if cls is None or other is None:
            continue
        for value in classes.attribute(frame.ev, Object(cls), other):
            if isinstance(value, Function):
                yield from _reached(frame.ev, Place(value.node, cls))


def _reached(ev: Evaluator, root: Place) -> Iterator[scopes.Function]:
    calls = tracing_of(ev).calls
    seen, waiting = {root}, [root]
    while waiting:
        place = waiting.pop()
        yield place.function
        for edge in calls.edges(place):
            if edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)


def outside(ev: Evaluator, function: scopes.Function) -> frozenset[str]:
    """The names that a function declares `global` or `nonlocal`."""
    nothing: frozenset[str] = frozenset()
    return ev.memo.once(("declared outside", function), lambda: scopes.declared_outside(function), nothing)


def changes_in(ev: Evaluator, function: scopes.Function) -> tuple[Change, ...]:
    """All that a function changes, its inner functions left out."""

    def find() -> tuple[Change, ...]:
        declared = outside(ev, function)
        own = (node for node in scopes.own_nodes(function) if isinstance(node, changes.KINDS))
        return tuple(change for node in own for change in changes.of(node, declared))

    return ev.memo.once(("changes", function), find, ())


def belongs_to_trace(frame: Frame, change: Change) -> bool:
    """Whether the trace itself sets what it changes to a known start, or takes the change back."""
    for function in in_trace(frame):
        others = _changes_of(frame.ev, function).get(change.attribute)
        if others is None:
            continue
        for start in others.starts:
            if start.node is not change.node and not once.is_guarded(frame.ev, start.node, function):
                return True
        if any(_takes_back(change, other) for other in others.kinds.values()):
            return True
    return False


@dataclasses.dataclass(frozen=True, slots=True)
class _Changes:
    """The changes that a function makes to what has one name: those that begin anew, and one of each kind."""

    starts: list[Change] = dataclasses.field(default_factory=list)
    kinds: dict[tuple[str, str], Change] = dataclasses.field(default_factory=dict)


def _changes_of(ev: Evaluator, function: scopes.Function) -> dict[str, _Changes]:
    """The changes that a function makes, by the last part of the path."""

    def find() -> dict[str, _Changes]:
        found: dict[str, _Changes] = {}
        for change in changes_in(ev, function):
            if change.path:
                of_name = found.setdefault(change.attribute, _Changes())
                if _is_start(change):
                    of_name.starts.append(change)
                of_name.kinds.setdefault((change.method, change.node.parent.op if change.augmented else ""), change)
        return found

    nothing: dict[str, _Changes] = {}
    return ev.memo.once(("changes by name", function), find, nothing)


def _is_start(change: Change) -> bool:
    if change.method == "clear":
        return True
    plain = change.how in (How.NAME, How.ATTRIBUTE) and not change.augmented and not change.deleted
    return plain and not change.repeats


def _takes_back(one: Change, other: Change) -> bool:
    if one.augmented and other.augmented:
        return {one.node.parent.op, other.node.parent.op} == {"+=", "-="}
    methods = {one.method, other.method}
    return bool(methods & changes.GROWING) and bool(methods & {"pop", "popleft", "remove"})


def counts_traces(frame: Frame, change: Change) -> bool:
    """Whether a change is there to count the traces: its name says so, or what prints it."""
    if _OF_TRACES.search(change.attribute):
        return True
    reading = _spelled(frame.ev, frame.function.root(), change.attribute)
    key = ("says traces", frame.function.root(), change.attribute)
    if frame.ev.memo.once(key, lambda: any(_says_traces(node) for node in reading), False):
        return True
    # A method that a script hands to `tf.function` with a counter that it does nothing with but print: an experiment.
    if not change.augmented or frame.caller is not None or frame.function not in _handed_methods(frame):
        return False
    reading = [node for node in reading if not frame.function.parent_of(node)]
    return bool(reading) and all(_is_printed_alone(node) for node in reading)


def _spelled(ev: Evaluator, module: nodes.Module, name: str) -> list[nodes.NodeNG]:
    """The places of a module that read a name, and then those that read an attribute of that name."""
    index = index_of(ev, module)
    return [*index.names_by_name.get(name, ()), *index.attributes_by_name.get(name, ())]


def _handed_methods(frame: Frame) -> frozenset[scopes.Function]:
    """The methods that a call of `tf.function` makes traced."""
    roots = tracing_of(frame.ev).roots.of(frame.function.root())
    made = (root.place for root in roots if isinstance(root.made_by, nodes.Call) and not _decorates(root.made_by))
    return frozenset(place.function for place in made if scopes.class_of(place.function) is not None)


def _decorates(node: nodes.NodeNG) -> bool:
    return isinstance(node.parent, nodes.Decorators)


def _is_printed_alone(node: nodes.NodeNG) -> bool:
    call = node.parent
    alone = isinstance(call, nodes.Call) and last_name(call.func) == "print" and len(call.args) == 1
    return alone and function_around(node) is None


def names_operations(frame: Frame, change: Change) -> bool:
    """Whether a counter serves to make names, of which each trace needs its own."""
    return any(change.path in _in_text(frame.ev, function) for function in in_trace(frame))


def _in_text(ev: Evaluator, function: scopes.Function) -> frozenset[str]:
    """What a function writes into texts that are no messages, as it is spelled."""

    def find() -> frozenset[str]:
        read = (node for node in scopes.own_nodes(function) if isinstance(node, nodes.Attribute | nodes.Name))
        return frozenset(changes.spelled(node) for node in read if _is_in_text(node))

    nothing: frozenset[str] = frozenset()
    return ev.memo.once(("in text", function), find, nothing)


def _is_in_text(node: nodes.NodeNG) -> bool:
    above, found = node.parent, False
    while above is not None and not above.is_statement:
        called = last_name(above.func) if isinstance(above, nodes.Call) else ""
        if called in ("print", "info", "warning", "debug", "log"):
            return False
        found = found or isinstance(above, nodes.JoinedStr) or called in ("format", "str")
        found = found or (isinstance(above, nodes.BinOp) and above.op == "%" and _is_text(above.left))
        above = above.parent
    return found


def _is_text(node: nodes.NodeNG) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _says_traces(node: nodes.NodeNG) -> bool:
    above = node.parent
    while above is not None and not above.is_statement:
        if isinstance(above, nodes.Call | nodes.JoinedStr):
            texts = (const.value for const in above.nodes_of_class(nodes.Const))
            if any(isinstance(text, str) and _OF_TRACES.search(text) for text in texts):
                return True
        above = above.parent
    return isinstance(above, nodes.Assert) and bool(_OF_TRACES.search(above.as_string()))


def by_keras(frame: Frame) -> bool:
    """Whether Keras traces the root, or does not, as the program likes."""
    return frame.traced.root.reason == OF_KERAS and frame.traced.root.function.name in _EAGERLY_TOO


def only_eagerly(frame: Frame) -> bool:
    """Whether the module shows that it calls its own Keras object directly, and nothing that would trace it."""
    root = frame.traced.root
    if not by_keras(frame):
        return False
    module = root.function.root()

    def find() -> bool:
        calls = index_of(frame.ev, module).calls
        if any(last_name(call.func) in _TRAINING for call in calls) or _spells_function(frame, module):
            return False
        return any(Object(root.place.receiver) in frame.ev.value_of(call.func) for call in calls)

    return frame.ev.memo.once(("only eagerly", module, root.place.receiver), find, False)


def _spells_function(frame: Frame, module: nodes.Module) -> bool:
    """Whether a module spells `tf.function`, which is asked of its text first: to write out a tree takes long."""
    return frame.ev.memo.once(
        ("spells tf.function", module),
        lambda: scan.FUNCTION in frame.ev.modules.scanned(module).scan.marks and "tf.function" in module.as_string(),
        True,
    )


def trains(frame: Frame) -> bool:
    """Whether a module that has a Keras class also does what makes Keras trace it."""
    calls = index_of(frame.ev, frame.traced.root.function.root()).calls
    return any(last_name(call.func) in _TRAINING - {"function"} for call in calls)


def read_elsewhere(frame: Frame, change: Change) -> bool:
    """Whether something that is not in the trace reads what a change has put there."""
    inside = in_trace(frame)
    if change.how is How.NAME or (
        change.holder is not None
        and isinstance(change.holder, nodes.Name | nodes.AssignName)
        and change.how is not How.ATTRIBUTE
    ):
        return _name_read(frame, change, inside)
    owners = _owners(frame, change)
    if not owners and isinstance(change.holder, nodes.Name) and change.holder.name not in frame.function.locals:
        return _spelled_elsewhere(frame, change, inside)
    for module in {frame.function.root(), frame.traced.root.function.root()}:
        for node in index_of(frame.ev, module).attributes_by_name.get(change.attribute, ()):
            if _is_use(node):
                around = function_around(node)
                if getattr(around, "name", "") in ("__init__", "__setstate__") or _is_inside(around, inside):
                    continue
                if _is_of(frame.ev, node, around, owners):
                    return True
    return False


def _spelled_elsewhere(frame: Frame, change: Change, inside: frozenset[scopes.Function]) -> bool:
    """Whether other code reads an attribute of a global object under the same name."""
    for node in index_of(frame.ev, frame.function.root()).attributes_by_name.get(change.attribute, ()):
        named = changes.spelled(node) == change.path and _is_use(node)
        if named and not _is_inside(function_around(node), inside):
            return True
    return False


def _is_inside(function: scopes.Function | None, inside: frozenset[scopes.Function]) -> bool:
    """Whether a function runs in a trace; a property does where the trace reads it."""
    if function in inside:
        return True
    if not isinstance(function, nodes.FunctionDef) or not classes.is_property(function):
        return False
    read = (node for one in inside for node in scopes.own_nodes(one) if isinstance(node, nodes.Attribute))
    return any(node.attrname == function.name for node in read)


def _is_use(node: nodes.NodeNG) -> bool:
    """Whether an expression is read for its value, not only compared with None."""
    parent = node.parent
    if isinstance(parent, nodes.Compare):
        return not any(isinstance(other, nodes.Const) and other.value is None for _, other in parent.ops)
    if isinstance(parent, nodes.Attribute) and isinstance(parent.parent, nodes.Call) and parent.parent.func is parent:
        return parent.attrname not in ("clear",)
    return not isinstance(parent, nodes.Delete)


def _name_read(frame: Frame, change: Change, inside: frozenset[scopes.Function]) -> bool:
    name, module = change.path, frame.function.root()
    binder = _binder(change.holder or change.target)

    def find() -> bool:
        for node in index_of(frame.ev, module).names_by_name.get(name, ()):
            if _is_use(node):
                around = function_around(node)
                if around not in inside and (around is None or name not in around.locals or binder is around):
                    return True
        return False

    return frame.ev.memo.once(("name read", module, name, binder, inside), find, False)


def _owners(frame: Frame, change: Change) -> frozenset[nodes.ClassDef]:
    """The classes of the object whose attribute a change is about."""
    holder = change.holder
    if change.how is not How.ATTRIBUTE and isinstance(holder, nodes.Attribute):
        holder = holder.expr
    if holder is None:
        return frozenset()
    receiver = frame.traced.place.receiver
    if receiver is not None and isinstance(holder, nodes.Name):
        method: scopes.Function | None = frame.function
        while method is not None and scopes.class_of(method) is None:
            method = function_around(method)
        if method is not None and is_receiver(holder, method):
            return frozenset((receiver,))
    return frozenset(v.node for v in frame.values(holder) if isinstance(v, Object | Class))


def _is_of(
    ev: Evaluator, node: nodes.Attribute, around: scopes.Function | None, owners: frozenset[nodes.ClassDef]
) -> bool:
    """Whether the object of an attribute may be one of some classes."""
    method = around
    while method is not None and scopes.class_of(method) is None:
        method = function_around(method)
    if method is not None and is_receiver(node.expr, method):
        found = [scopes.class_of(method)]
    else:
        found = [value.node for value in ev.value_of(node.expr) if isinstance(value, Object | Class)]
    return any(cls is not None and any(_related(ev, cls, owner) for owner in owners) for cls in found)


def _related(ev: Evaluator, one: nodes.ClassDef, other: nodes.ClassDef) -> bool:
    return one is other or Class(one) in classes.bases(ev, other) or Class(other) in classes.bases(ev, one)


def held_tensor(frame: Frame, change: Change) -> bool:
    """Whether the attribute that is computed anew from itself is made a tensor elsewhere, and nothing else.

    What is assigned instead of computed in place may have been a variable: a tensor takes its place.
    """
    if change.how is not How.ATTRIBUTE or not change.repeats:
        return False
    if not change.augmented and not all(isinstance(value, nodes.BinOp) for value in change.stored):
        return False
    places = [place for owner in _owners(frame, change) for place in bindings_of(frame.ev, owner, change.attribute)]
    made = [place.parent.value for place in places if isinstance(place.parent, nodes.Assign)]
    made = [value for value in made if not changes.reads(value, change.path)]
    return bool(made) and all(_is_tensor(frame.ev, value, variables=not change.augmented) for value in made)


def _is_tensor(ev: Evaluator, node: nodes.NodeNG, *, variables: bool) -> bool:
    values = ev.value_of(node)
    return bool(values) and all(
        tensors.is_tensor(value) and (variables or isinstance(value, TfResult)) for value in values
    )


def bindings_of(ev: Evaluator, cls: nodes.ClassDef, name: str) -> list[nodes.NodeNG]:
    """The places that give an attribute of a class, or of its objects, a value."""
    found: list[nodes.NodeNG] = []
    for owner in (Class(cls), *classes.bases(ev, cls)):
        if isinstance(owner, Class):
            found += [target for target, _ in classes.assigned(ev, owner.node).get(name, ())]
            found += owner.node.locals.get(name, ())
    return found


def imported(ev: Evaluator, statement: nodes.ImportFrom, name: str) -> list[nodes.NodeNG]:
    """The places in another module of the project that bind a name which is imported from it."""
    owner = ev.modules.absolute(statement)
    real = bindings.imported_name(ev, statement, name)
    module = ev.modules.load(owner, statement.root()) if owner is not None else None
    return list(module.locals.get(real, ())) if module is not None else []
