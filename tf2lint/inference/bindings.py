"""From a statement that binds a name to what the name may denote."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.inference import calls, outside, scoping
from tf2lint.inference.build import parse_expression
from tf2lint.inference.index import last_name
from tf2lint.inference.values import (
    NOTHING,
    Class,
    External,
    Function,
    Module,
    Object,
    TfInstance,
    TfName,
    Unknown,
    Values,
    canonical,
    inferred,
    join,
    known,
    of_worlds,
    only,
    union,
    unknown,
    within,
)

if TYPE_CHECKING:
    from astroid.nodes import LocalsDictNodeNG

    from tf2lint.inference.evaluator import Evaluator


BY_OPERATOR = Unknown("target in AugAssign")
"""What `x += 1` makes of `x`, which is not followed."""


def limited(values: Values, worlds: int) -> Values:
    """The values that remain in these worlds: none at all where there are no worlds left."""
    return within(values, worlds) if worlds else NOTHING


def found(node: nodes.NodeNG, name: str) -> tuple[LocalsDictNodeNG | None, list[nodes.NodeNG]]:
    """The scope in which a name is looked up from a node, and the statements that may have bound it there.

    The scope is None where the program binds no such name: it is a builtin, or one of a module's own (`__name__`), for
    which astroid makes nodes without a statement.
    """
    told = scoping.at_once(node, name) or scoping.latest(node, name) or scoping.seen_from(node, name)
    if told is not None:
        return told
    scope, statements = node.lookup(name)
    if name not in scope.locals or (isinstance(scope, nodes.Module) and scope.name == "builtins"):
        return None, []
    return scope, list(statements)


def forget() -> None:
    """Let go of the nodes that astroid was asked about last, each of which keeps a whole tree."""
    nodes.Name.lookup.cache_clear()


def function(node: nodes.FunctionDef | nodes.Lambda) -> Values:
    """The function itself. What a decorator makes of it is not followed: results and bodies stay its own."""
    return only(Function(node))


def of(ev: Evaluator, statements: Sequence[nodes.NodeNG], name: str) -> Values:
    """What a name denotes after any of these statements, given in the order of the source.

    A statement that is certainly executed in some worlds ends what earlier ones bound there: `tf = tf.compat.v1` under
    a check of the version, a handler that replaces what could not be imported.
    """
    if not statements:
        return unknown("unbound")
    if len(statements) == 1:
        values = _bound_by(ev, statements[0], name)
        # In which worlds the statement is reached takes longer to see, and matters for what is of some worlds alone.
        return limited(values, ev.guards.binding(statements[0])[0] & ev.target) if of_worlds(values) else values
    kept = _without_parts_of_properties(statements)
    parts = [tuple(kept[end - _TOGETHER : end]) for end in range(_TOGETHER, len(kept), _TOGETHER)]
    rest = kept[len(parts) * _TOGETHER :] if parts else kept
    several_frames = len(_frames(rest).union(*(_frames_of(ev, part) for part in parts))) > 1
    reached, remaining = _reached(ev, rest, several_frames=several_frames)
    shared: list[tuple[_Part, int]] = []
    for part in reversed(parts):
        if remaining:
            shared.append((part, remaining))
            remaining &= _remaining(ev, part, several_frames=several_frames)
    out = NOTHING
    # What a later one is made of is known when it is asked for, not far down.
    for part, left in reversed(shared):
        for worlds, values in _together(ev, part, name, several_frames=several_frames):
            out |= limited(values, worlds & left)
    for statement, worlds in reversed(reached):
        out |= limited(_bound_by(ev, statement, name), worlds)
    return out


_TOGETHER = 32
"""So many bindings of a name are taken together: a later place, which sees these and some more, asks for them once."""

_Part = tuple[nodes.NodeNG, ...]


def _reached(
    ev: Evaluator, statements: Sequence[nodes.NodeNG], *, several_frames: bool
) -> tuple[list[tuple[nodes.NodeNG, int]], int]:
    """The worlds in which each of some statements, the last first, is not ended by later ones; those that none ends."""
    reached: list[tuple[nodes.NodeNG, int]] = []
    remaining = ev.target
    for statement in reversed(statements):
        worlds, certain = ev.guards.binding(statement)
        reached.append((statement, worlds & remaining))
        # What a function assigns to a global, it assigns at a time of its own.
        if certain and not (several_frames and isinstance(statement.frame(), nodes.FunctionDef)):
            remaining &= ~worlds
        if not remaining:
            break
    return reached, remaining


def _remaining(ev: Evaluator, part: _Part, *, several_frames: bool) -> int:
    """The worlds in which none of some statements ends what came before."""
    key = ("remaining", part, several_frames)
    return ev.memo.once(key, lambda: _reached(ev, part, several_frames=several_frames)[1], ev.target)


def _together(ev: Evaluator, part: _Part, name: str, *, several_frames: bool) -> tuple[tuple[int, Values], ...]:
    """What a name may denote after some statements, by the worlds in which it may."""

    def find() -> tuple[tuple[int, Values], ...]:
        found: dict[int, Values] = {}
        for statement, worlds in reversed(_reached(ev, part, several_frames=several_frames)[0]):
            found[worlds] = found.get(worlds, NOTHING) | _bound_by(ev, statement, name)
        return tuple(found.items())

    return ev.memo.once(("together", part, name, several_frames), find, ())


def _frames(statements: Sequence[nodes.NodeNG]) -> frozenset[nodes.NodeNG]:
    return frozenset(statement.frame() for statement in statements)


def _frames_of(ev: Evaluator, part: _Part) -> frozenset[nodes.NodeNG]:
    nothing: frozenset[nodes.NodeNG] = frozenset()
    return ev.memo.once(("frames", part), lambda: _frames(part), nothing)


def _bound_by(ev: Evaluator, statement: nodes.NodeNG, name: str) -> Values:
    return ev.memo.once(("bound", statement, name), functools.partial(_bound, ev, statement, name), NOTHING)


def _without_parts_of_properties(statements: Sequence[nodes.NodeNG]) -> list[nodes.NodeNG]:
    kept = [s for s in statements if not (isinstance(s, nodes.FunctionDef) and decorated_with(s, "setter", "deleter"))]
    return kept or list(statements)


def with_later_in_loop(
    node: nodes.NodeNG, scope: LocalsDictNodeNG, statements: list[nodes.NodeNG], name: str
) -> list[nodes.NodeNG]:
    """Add the assignments that come later in a loop around the node: the next round sees them."""
    bound: list[nodes.NodeNG] = scope.locals.get(name, [])
    if len(bound) == len(statements):
        return statements
    loop = None
    above = node.parent
    while above is not None and above is not scope:
        if isinstance(above, nodes.For | nodes.While):
            loop = above
        elif isinstance(above, nodes.FunctionDef | nodes.ClassDef | nodes.Lambda):
            loop = None
        above = above.parent
    around = loop
    if around is None or above is None or above is not scope:
        return statements
    known = set(statements)
    return statements + [s for s in scoping.bound_in(around, scope, name) if s not in known]


def from_wildcards(ev: Evaluator, module: nodes.Module, name: str) -> Values:
    """What a name may denote through the `from … import *` statements of a module."""
    out = NOTHING
    if name.startswith("_"):
        return out
    for node in ev.modules.wildcards(module):
        owner = ev.modules.absolute(node)
        if owner is None:
            continue
        tf_owner = canonical(owner)
        if tf_owner is not None:
            if api.symbol(join(tf_owner, name)) is not None:
                out |= only(TfName(join(tf_owner, name), ev.target))
            continue
        source = ev.modules.load(owner, module)
        if source is not None and source is not module:
            found = ev.module_attribute(source, name)
            out |= inferred(frozenset(v for v in found if not isinstance(v, Unknown)))
    return out


def _bound(ev: Evaluator, statement: nodes.NodeNG, name: str) -> Values:
    if isinstance(statement, nodes.Import):
        return _imported(ev, statement, name)
    if isinstance(statement, nodes.ImportFrom):
        return imported_from(ev, statement, name)
    if isinstance(statement, nodes.FunctionDef):
        return function(statement)
    if isinstance(statement, nodes.ClassDef):
        return only(Class(statement))
    if isinstance(statement, nodes.AssignName):
        return target(ev, statement)
    if isinstance(statement, nodes.DelName):
        return NOTHING
    return unknown(f"binding by {type(statement).__name__}")


def _imported(ev: Evaluator, statement: nodes.Import, name: str) -> Values:
    out = NOTHING
    for index in items_bound(ev, statement, name):
        dotted, alias = statement.names[index]
        out |= ev.module_named(name if alias is None else dotted, statement.root())
    return out


def items_bound(ev: Evaluator, statement: nodes.Import | nodes.ImportFrom, name: str) -> Sequence[int]:
    """Which items of an import bind a name: the second one of `from tensorflow import log, ceil as up` binds `up`."""
    nothing: dict[str, list[int]] = {}
    return ev.memo.once(("items", statement), lambda: _items_by_name(statement), nothing).get(name, ())


def _items_by_name(statement: nodes.Import | nodes.ImportFrom) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, (name, alias) in enumerate(statement.names):
        bound = alias or (name.split(".")[0] if isinstance(statement, nodes.Import) else name)
        found.setdefault(bound, []).append(index)
    return found


def imported_name(ev: Evaluator, statement: nodes.ImportFrom, bound: str) -> str:
    """The name in the other module of what `from … import …` binds under a name."""
    name: str = next((statement.names[index][0] for index in items_bound(ev, statement, bound)), bound)
    return name


def imported_from(ev: Evaluator, statement: nodes.ImportFrom, bound: str) -> Values:
    """What a name bound by `from … import …` denotes."""
    owner = ev.modules.absolute(statement)
    if owner is None:
        return unknown("relative import beyond the package")
    name = imported_name(ev, statement, bound)
    tf_owner = canonical(owner)
    if tf_owner is not None:
        return only(TfName(join(tf_owner, name), ev.target))
    module = ev.modules.load(owner, statement.root())
    if module is None:
        return only(External(f"{owner}.{name}"))
    if module is statement.root():  # A package's own `from . import submodule`.
        below = ev.modules.load(f"{owner}.{name}", module)
        return unknown("import from itself") if below is None else only(Module(below))
    return inferred(ev.module_attribute(module, name))


def target(ev: Evaluator, node: nodes.NodeNG) -> Values:
    """What the target of an assignment, a loop, a `with` or a parameter receives."""
    parent = node.parent
    if isinstance(parent, nodes.Assign | nodes.NamedExpr):
        return ev.value_of(parent.value)
    if isinstance(parent, nodes.AnnAssign):
        assigned = ev.value_of(parent.value) if parent.value is not None else NOTHING
        return known(assigned) or annotation(ev, parent.annotation)
    if isinstance(parent, nodes.Arguments):
        return parameter(ev, node, parent)
    if isinstance(parent, nodes.With):
        entered = next((context for context, as_ in parent.items if as_ is node), None)
        return unknown("with") if entered is None else calls.entered(ev, entered)
    if isinstance(parent, nodes.For | nodes.Comprehension):
        return _element(ev, parent.iter)
    if isinstance(parent, nodes.Tuple | nodes.List):
        return _unpacked(ev, node, parent)
    return unknown(f"target in {type(parent).__name__}")


def target_of_attribute(ev: Evaluator, node: nodes.AssignAttr) -> Values:
    """What an assignment to an attribute stores there, in the worlds that reach it."""
    worlds, _ = ev.guards.execution(node)
    return limited(ev.memo.once(("stored", node), lambda: target(ev, node), NOTHING), worlds)


def _unpacked(ev: Evaluator, node: nodes.NodeNG, targets: nodes.Tuple | nodes.List) -> Values:
    statement = targets.parent
    index = targets.elts.index(node)
    if isinstance(statement, nodes.Assign):
        value = statement.value
        if isinstance(value, nodes.Tuple | nodes.List) and len(value.elts) == len(targets.elts):
            return ev.value_of(value.elts[index])
        return unknown("unpacking")
    if isinstance(statement, nodes.For | nodes.Comprehension):
        rows = ev.literal(statement.iter)
        if isinstance(rows, nodes.Tuple | nodes.List):
            columns = [
                r.elts[index] for r in rows.elts if isinstance(r, nodes.Tuple | nodes.List) and index < len(r.elts)
            ]
            return inferred(union(ev.value_of(column) for column in columns))
    return unknown("unpacking")


def _element(ev: Evaluator, iterated: nodes.NodeNG) -> Values:
    display = ev.literal(iterated)
    if isinstance(display, nodes.Tuple | nodes.List | nodes.Set) and display.elts:
        return inferred(union(ev.value_of(element) for element in display.elts))
    return unknown("element")


def parameter(ev: Evaluator, node: nodes.NodeNG, arguments: nodes.Arguments) -> Values:
    """What a parameter may be by its place, its annotation and its default; callers may always pass something else."""
    owner = arguments.parent
    positional = [*(arguments.posonlyargs or []), *(arguments.args or [])]
    in_class = isinstance(owner, nodes.FunctionDef) and isinstance(owner.parent, nodes.ClassDef)
    if in_class and positional and positional[0] is node and not decorated_with(owner, "staticmethod"):
        of_class = decorated_with(owner, "classmethod") or owner.name in ("__new__", "__init_subclass__")
        return only(Class(owner.parent) if of_class else Object(owner.parent))
    out = NOTHING
    for listed, notes in (
        (arguments.posonlyargs, arguments.posonlyargs_annotations),
        (arguments.args, arguments.annotations),
        (arguments.kwonlyargs, arguments.kwonlyargs_annotations),
    ):
        for parameter_name, note in zip(listed or [], notes or [], strict=False):
            if parameter_name is node and note is not None:
                out |= annotation(ev, note)
    default = default_of(node, arguments)
    if default is not None:
        out |= inferred(ev.value_of(default))
    return known(out) | unknown("parameter")


def default_of(node: nodes.NodeNG, arguments: nodes.Arguments) -> nodes.NodeNG | None:
    """The default of a parameter."""
    positional = [*(arguments.posonlyargs or []), *(arguments.args or [])]
    defaults = arguments.defaults or []
    for name, value in zip(positional[len(positional) - len(defaults) :], defaults, strict=True):
        if name is node:
            return value
    for name, value in zip(arguments.kwonlyargs or [], arguments.kw_defaults or [], strict=False):
        if name is node:
            return value
    return None


_UNIONS = frozenset(("typing.Optional", "typing.Union", "typing.Annotated", "typing.Final", "typing.ClassVar"))


def annotation(ev: Evaluator, node: nodes.NodeNG) -> Values:
    """The instances that an annotation promises."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        try:
            written = parse_expression(node.value)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return unknown("annotation")
        written.parent = node.parent
        return annotation(ev, written)
    if isinstance(node, nodes.BinOp):
        return annotation(ev, node.left) | annotation(ev, node.right)
    if isinstance(node, nodes.Subscript):
        if ev.dotted(node.value) & _UNIONS:
            inner = node.slice.elts if isinstance(node.slice, nodes.Tuple) else [node.slice]
            return union(annotation(ev, one) for one in inner)
        return unknown("annotation")
    out = NOTHING
    for value in ev.value_of(node):
        if isinstance(value, TfName):
            out |= only(TfInstance(value.name, value.worlds))
        elif isinstance(value, Class):
            out |= only(Object(value.node))
        elif isinstance(value, External) and outside.is_followed(value.name):
            out |= only(value)
    return out or unknown("annotation")


def decorated_with(node: nodes.FunctionDef, *names: str) -> bool:
    """Whether a decorator is spelled with one of these as its last name, called or not."""
    for decorator in node.decorators.nodes if node.decorators else ():
        if last_name(decorator.func if isinstance(decorator, nodes.Call) else decorator) in names:
            return True
    return False
