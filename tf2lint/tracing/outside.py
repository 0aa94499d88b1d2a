"""What expressions are outside of traced code: at the top of a module, in `__init__`, at a call of a tf.function."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings, classes
from tf2lint.inference.index import function_around
from tf2lint.inference.values import Class, Const, Function, Object, Unknown
from tf2lint.tracing import scopes
from tf2lint.tracing.abstract import NEST, UNKNOWN, Abstract, Kind, Origin, join
from tf2lint.tracing.callbacks import Converted
from tf2lint.tracing.calls import Calls, Place
from tf2lint.tracing.invocations import Invocations
from tf2lint.tracing.results import Given

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_GROWING = frozenset(("list", "dict", "set"))
_MAKING = frozenset(("__init__", "build", "setup", "__new__", "__post_init__"))
_FEW = 16
"""Of more places than these that give a name its value it is kept what they come to: others may read the name."""
_DETAILED = (Kind.DATASET, Kind.EAGER, Kind.VARIABLE)


class Outside(Invocations):
    """Computes what expressions are in code that runs eagerly, from how names are bound."""

    def __init__(self, ev: Evaluator, calls: Calls) -> None:
        super().__init__(ev, calls, eager=True, converted=False)

    def name(self, node: nodes.NodeNG) -> Abstract:
        """What a name holds, by its bindings."""
        turning = self._in_all_turns(node)
        if turning:
            return self._outer(self._name(node, turning))
        return self.ev.memo.once(("outside", node), lambda: self._outer(self._name(node, [])), UNKNOWN)

    @staticmethod
    def _in_all_turns(node: nodes.NodeNG) -> list[nodes.NodeNG]:
        """All bindings of a name in a loop with many: each is made of what the others are, so that they are one."""
        if len(node.scope().locals.get(node.name, ())) <= _FEW:
            return []
        scope, statements = bindings.found(node, node.name)
        if scope is None:
            return []
        in_turns = bindings.with_later_in_loop(node, scope, statements, node.name)
        return scope.locals[node.name] if len(in_turns) > max(_FEW, len(statements)) else []

    @staticmethod
    def _outer(value: Abstract) -> Abstract:
        """A value as it is seen through a variable: it existed before, and a container may have changed since."""
        items = None if value.type in _GROWING else value.items
        keys = None if value.type in _GROWING else value.keys
        return dataclasses.replace(value, items=items, keys=keys, origin=Origin.OUTER)

    def _name(self, node: nodes.NodeNG, turning: list[nodes.NodeNG]) -> Abstract:
        assert isinstance(node, nodes.Name | nodes.AssignName)
        values = self.ev.value_of(node) if isinstance(node, nodes.Name) else self.ev.lookup(node, node.name)
        found = self.seen(values, eager=True)
        if found.kind not in (Kind.UNKNOWN, *_DETAILED):
            return found
        if turning:
            return self._detailed(found, turning)
        scope, statements = bindings.found(node, node.name)
        if scope is not None:
            statements = bindings.with_later_in_loop(node, scope, statements, node.name)
        return self._detailed(found, statements)

    def _detailed(self, found: Abstract, targets: list[nodes.NodeNG]) -> Abstract:
        """What the evaluator found, with the dtype, shape and elements that the values of the targets show."""
        if len(targets) > _FEW:
            every = tuple(targets)
            made = self.ev.memo.once(("outside any", every), lambda: self._of_any(targets), UNKNOWN)
        else:
            made = self._of_any(targets)
        if found.kind is Kind.UNKNOWN:
            return made
        return dataclasses.replace(made, optional=found.optional) if made.kind is found.kind else found

    def _of_any(self, statements: list[nodes.NodeNG]) -> Abstract:
        out: Abstract | None = None
        for statement in statements:
            value = self._bound(statement)
            out = value if out is None else join(out, value)
        return out or UNKNOWN

    def _bound(self, target: nodes.NodeNG) -> Abstract:
        if not isinstance(target, nodes.AssignName | nodes.AssignAttr):
            return UNKNOWN
        parent = target.parent
        if isinstance(parent, nodes.Assign | nodes.AnnAssign | nodes.NamedExpr):
            return self._assigned(parent.value)
        if isinstance(parent, nodes.For | nodes.Comprehension):
            return self.item_of(self.of(parent.iter))
        if isinstance(parent, nodes.Tuple | nodes.List):
            return self._part(target, parent)
        if isinstance(parent, nodes.With):
            context = next((context for context, as_ in parent.items if as_ is target), None)
            opened = self.of(context) if context is not None else UNKNOWN
            return opened if opened.type == "file" else UNKNOWN
        return UNKNOWN

    def _assigned(self, value: nodes.NodeNG | None) -> Abstract:
        return self.of(value) if value is not None else UNKNOWN

    def _part(self, target: nodes.NodeNG, targets: nodes.Tuple | nodes.List) -> Abstract:
        statement = targets.parent
        if isinstance(statement, nodes.Assign):
            whole: Abstract = self.of(statement.value)
        elif isinstance(statement, nodes.For | nodes.Comprehension):
            whole = self.item_of(self.of(statement.iter))
        else:
            return UNKNOWN
        index: int = targets.elts.index(target)
        if whole.items is not None and whole.keys is None and len(whole.items) == len(targets.elts):
            return whole.items[index]
        if whole.kind is Kind.NEST:
            return NEST
        return self.item_of(whole) if whole.is_tensor else UNKNOWN

    def item_of(self, value: Abstract) -> Abstract:
        """What a loop over a value binds its target to: of a dataset, tensors that have their values."""
        return _at_once(super().item_of(value))

    # -- attributes -------------------------------------------------------------------------------------------------

    def attribute_of(self, node: nodes.Attribute | nodes.AssignAttr, place: Place | None) -> Abstract:
        """An attribute of an object, `self` being what a place says."""
        key = ("outside attribute", node, place)
        return self.ev.memo.once(key, lambda: self._outer(self._attribute_of(node, place)), UNKNOWN)

    def _attribute_of(self, node: nodes.Attribute | nodes.AssignAttr, place: Place | None) -> Abstract:
        owner = self.class_of(node.expr, place)
        if owner is not None:
            values = self.ev.attribute(frozenset((Object(owner),)), node.attrname)
        elif isinstance(node, nodes.AssignAttr):
            values = self.ev.attribute(self.ev.value_of(node.expr), node.attrname)
        else:
            values = self.ev.value_of(node)
        found = self.seen(values, eager=True)
        if owner is None:
            return found
        sites = self._sites(owner, node.attrname)
        if any(_is_none(_assigned_to(site)) for site in sites):
            found = dataclasses.replace(found, optional=True)
        made_once = all(getattr(function_around(site), "name", "") in _MAKING for site in sites)
        if found.kind is Kind.EAGER and not made_once:
            return UNKNOWN
        if found.kind not in (Kind.UNKNOWN, *_DETAILED) or not sites:
            return found if made_once or found.value is ... else dataclasses.replace(found, value=...)
        told = [s for s in sites if not isinstance(s.parent, nodes.AugAssign) and not _is_none(_assigned_to(s))]
        made = self._detailed(found, told)
        return made if made_once or made.kind not in (Kind.EAGER, Kind.TENSOR) else UNKNOWN

    def is_none_before(self, target: nodes.AssignAttr, place: Place | None, statement: nodes.NodeNG) -> bool:
        """Whether all that gives an attribute a value, outside of a statement, gives it None where objects are made."""
        owner = self.class_of(target.expr, place)
        others = [s for s in self._sites(owner, target.attrname) if not statement.parent_of(s)] if owner else []
        made = all(
            isinstance(site, nodes.AssignName) or getattr(function_around(site), "name", "") in _MAKING
            for site in others
        )
        return bool(others) and made and all(_is_none(_assigned_to(site)) for site in others)

    def class_of(self, node: nodes.NodeNG, place: Place | None) -> nodes.ClassDef | None:
        """The class of the project whose object an expression is."""
        values = self.calls.values(node, place)
        if place is not None and place.receiver is not None and self.calls.is_own(node, place):
            return place.receiver
        found = [value.node for value in values if isinstance(value, Object)]
        return found[0] if len(found) == 1 == len(values) else None

    def kept(self, cls: nodes.ClassDef, name: str, traced: dict[nodes.NodeNG, Abstract]) -> Abstract | None:
        """What an attribute holds where all that fills it, but for None, does so in traced code, and is known."""
        sites = self._sites(cls, name)
        if not traced or any(site not in traced and not _is_none(_assigned_to(site)) for site in sites):
            return None
        found = list(traced.values())
        out = found[0]
        for value in found[1:]:
            out = join(out, value)
        return out

    def _sites(self, cls: nodes.ClassDef, name: str) -> list[nodes.NodeNG]:
        sites: list[nodes.NodeNG] = []
        for owner in (Class(cls), *classes.bases(self.ev, cls)):
            if isinstance(owner, Class):
                sites += [target for target, _ in classes.assigned(self.ev, owner.node).get(name, ())]
                sites += [local for local in owner.node.locals.get(name, ()) if isinstance(local, nodes.AssignName)]
        return sites

    # -- the rest ---------------------------------------------------------------------------------------------------

    def call(self, node: nodes.NodeNG) -> Abstract:
        """What a call gives; the project's functions are not followed further than the evaluator does."""
        assert isinstance(node, nodes.Call)
        values = [value for value in self.values(node.func) if not isinstance(value, Unknown) and value != Const(None)]
        if any(isinstance(value, Function | Class | Object) for value in values):
            self.given(node)
            return self.seen(self.ev.value_of(node), eager=True)
        function, owner = self.callee(node.func)
        return _at_once(self._of_others(node, values, self.given(node), function, owner))

    def inner(self, node: nodes.NodeNG) -> Abstract:
        """What a lambda is."""
        return Abstract(Kind.PYTHON, "function", origin=Origin.OUTER, target=node)

    def bind(self, target: nodes.NodeNG, value: Abstract) -> None:
        """Names are looked up by their bindings: nothing is to be remembered."""

    def stored(self, node: nodes.Attribute) -> Abstract | None:
        """Nothing: the order of statements is not followed here."""
        del node
        return None

    def outer_attribute(self, node: nodes.Attribute, owner: Abstract) -> Abstract:
        """An attribute of an object."""
        del owner
        return self.attribute_of(node, _place_around(node))

    def run(
        self, target: Place, given: Given, call: nodes.NodeNG, function: Abstract | None, way: Converted
    ) -> Abstract:
        """What the evaluator says of the call."""
        del target, given, function, way
        return self.seen(self.ev.value_of(call), eager=True)

    def places(self, node: nodes.NodeNG, call: nodes.Call | None) -> tuple[Place, ...]:
        """None: calls of the project's functions are not followed."""
        del node, call
        return ()

    def conversion_of(self, target: Place) -> Converted:
        """Nothing is converted outside of traced code."""
        del target
        return Converted.NO

    def _place_of(self, function: Abstract) -> Place:
        assert function.target is not None
        return Place(function.target, None)


def _assigned_to(target: nodes.NodeNG) -> nodes.NodeNG | None:
    return getattr(target.parent, "value", None)


def _is_none(node: nodes.NodeNG | None) -> bool:
    return isinstance(node, nodes.Const) and node.value is None


def _at_once(value: Abstract) -> Abstract:
    """A value where nothing is traced: tensors have theirs."""
    if value.kind is Kind.TENSOR:
        return dataclasses.replace(value, kind=Kind.EAGER)
    if value.type in ("tuple", "list") and value.items is not None:
        return dataclasses.replace(value, items=tuple(_at_once(item) for item in value.items))
    return value


def _place_around(node: nodes.NodeNG) -> Place | None:
    function = function_around(node)
    method = function
    while method is not None and scopes.class_of(method) is None:
        method = function_around(method)
    return Place(function, scopes.class_of(method)) if function is not None and method is not None else None
