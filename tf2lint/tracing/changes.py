"""What a statement changes: a name of an outer scope, an attribute, an item, a container through its methods."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator

from astroid import nodes

from tf2lint.inference.index import last_name

GROWING = frozenset("append appendleft extend extendleft insert".split())
"""Methods after which a container is longer, however often they ran before."""
SHRINKING = frozenset("pop popleft popitem remove rotate reverse".split())
STORING = frozenset("add update setdefault".split())
"""Methods that leave a container as it is when they run once more with the same arguments."""
_EMPTYING = frozenset(("clear", "sort"))
METHODS = GROWING | SHRINKING | STORING | _EMPTYING
_FUNCTIONS = frozenset("heappush heappop heapreplace heappushpop insort insort_left insort_right setitem".split())
"""Functions that change their first argument; no common name of anything else."""


class How(enum.Enum):
    """What it is that gets another value."""

    NAME = "a name of an outer scope"
    ATTRIBUTE = "an attribute"
    ITEM = "an item of a container"
    METHOD = "a container, by a method of it"
    PLACE = "a container that a local name holds, by `+=`"


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One change that a node makes.

    `node` is the place to tell; `holder` the object or container that changes, None for a name; `target` what gets
    another value; `stored` is what is put there; `path` spells what changes: `self.steps`, `history`.
    """

    how: How
    node: nodes.NodeNG
    holder: nodes.NodeNG | None
    target: nodes.NodeNG
    stored: tuple[nodes.NodeNG, ...]
    path: str
    augmented: bool = False
    deleted: bool = False
    method: str = ""

    @property
    def attribute(self) -> str:
        """The last part of the path: the attribute, or the name."""
        return self.path.rpartition(".")[2]

    @property
    def repeats(self) -> bool:
        """Whether what is there afterwards depends on how often the change was made."""
        if self.augmented or self.method in GROWING or self.method in SHRINKING or self.method in _FUNCTIONS:
            return True
        return self.deleted or any(self._reads_itself(value) for value in self.stored)

    def _reads_itself(self, value: nodes.NodeNG) -> bool:
        """Whether a value is computed from what it replaces; keeping what is there, or putting it back, is not that."""
        if isinstance(value, nodes.IfExp):
            return self._reads_itself(value.body) or self._reads_itself(value.orelse)
        if isinstance(value, nodes.BoolOp):
            return any(self._reads_itself(operand) for operand in value.values)
        if reads(value, self.path):
            return spelled(value) != self.path
        return not isinstance(value, nodes.Name) and any(
            reads(bound, self.path) for name in value.nodes_of_class(nodes.Name) for bound in _assigned_to(name)
        )


def reads(node: nodes.NodeNG, path: str) -> bool:
    """Whether an expression reads what a path spells, or `getattr` of it."""
    for part in node.nodes_of_class((nodes.Name, nodes.Attribute, nodes.Call)):
        if isinstance(part, nodes.Call):
            if last_name(part.func) == "getattr" and len(part.args) > 1 and _of_constant(part) == path:
                return True
        elif spelled(part) == path:
            return True
    return False


def _of_constant(call: nodes.Call) -> str:
    """What `getattr(x, "y")` or `setattr(x, "y", ...)` is about: `x.y`."""
    name = call.args[1]
    return f"{spelled(call.args[0])}.{name.value}" if isinstance(name, nodes.Const) else ""


def _assigned_to(name: nodes.Name) -> Iterator[nodes.NodeNG]:
    for bound in name.scope().locals.get(name.name, ()):
        if isinstance(bound, nodes.AssignName) and isinstance(bound.parent, nodes.Assign):
            yield bound.parent.value


def spelled(node: nodes.NodeNG) -> str:
    """A chain of names as it is spelled; what is looked up in it by a subscript counts as the container."""
    inner = node
    while isinstance(inner, nodes.Subscript):
        inner = inner.value
    parts: list[str] = []
    while isinstance(inner, nodes.Attribute | nodes.AssignAttr | nodes.DelAttr):
        parts.append(inner.attrname)
        inner = inner.expr
        while isinstance(inner, nodes.Subscript):
            inner = inner.value
    if isinstance(inner, nodes.Name | nodes.AssignName | nodes.DelName):
        parts.append(inner.name)
    elif isinstance(inner, nodes.Call) and last_name(inner.func) in ("type", "globals", "vars"):
        parts.append(inner.as_string())
    else:
        return ""
    return ".".join(reversed(parts))


KINDS = (nodes.Assign, nodes.AnnAssign, nodes.AugAssign, nodes.Delete, nodes.Call)
"""The nodes that may change something."""


def of(node: nodes.NodeNG, outside: frozenset[str]) -> Iterator[Change]:
    """The changes that a node makes to what is not only a name of its function; `outside` are names declared so."""
    if isinstance(node, nodes.Assign):
        for target in node.targets:
            yield from _assigned(target, node.value, outside)
    elif isinstance(node, nodes.AnnAssign) and node.value is not None:
        yield from _assigned(node.target, node.value, outside)
    elif isinstance(node, nodes.AugAssign):
        for change in _assigned(node.target, node.value, outside):
            yield dataclasses.replace(change, augmented=True)
        if isinstance(node.target, nodes.AssignName) and node.target.name not in outside:
            yield Change(How.PLACE, node.target, node.target, node.target, (node.value,), node.target.name, True)
    elif isinstance(node, nodes.Delete):
        for target in node.targets:
            for change in _assigned(target, None, outside):
                yield dataclasses.replace(change, deleted=True)
    elif isinstance(node, nodes.Call):
        yield from _called(node)


def _assigned(target: nodes.NodeNG, value: nodes.NodeNG | None, outside: frozenset[str]) -> Iterator[Change]:
    stored = () if value is None else (value,)
    if isinstance(target, nodes.Tuple | nodes.List):
        parts = value.elts if isinstance(value, nodes.Tuple | nodes.List) else []
        paired = parts if len(parts) == len(target.elts) else [value] * len(target.elts)
        for one, part in zip(target.elts, paired, strict=True):
            yield from _assigned(one, part, outside)
    elif isinstance(target, nodes.Starred):
        yield from _assigned(target.value, value, outside)
    elif isinstance(target, nodes.AssignAttr | nodes.DelAttr):
        yield Change(How.ATTRIBUTE, target, target.expr, target, stored, spelled(target))
    elif isinstance(target, nodes.Subscript):
        yield Change(How.ITEM, target, target.value, target, (*stored, target.slice), spelled(target.value))
    elif isinstance(target, nodes.AssignName | nodes.DelName) and target.name in outside:
        yield Change(How.NAME, target, None, target, stored, target.name)


def may_change(call: nodes.Call) -> bool:
    """Whether a call, by what it is spelled, may be one that changes something."""
    name = last_name(call.func)
    return name in METHODS or name in _FUNCTIONS or name == "setattr"


def _called(call: nodes.Call) -> Iterator[Change]:
    given = (*call.args, *(keyword.value for keyword in call.keywords))
    name = last_name(call.func)
    if isinstance(call.func, nodes.Attribute) and name in METHODS:
        yield Change(How.METHOD, call, call.func.expr, call.func.expr, given, spelled(call.func.expr), method=name)
    elif name == "setattr" and len(call.args) == 3 and isinstance(call.func, nodes.Name):
        yield Change(How.ATTRIBUTE, call, call.args[0], call, (call.args[2],), _of_constant(call))
    elif name in _FUNCTIONS and call.args:
        yield Change(How.METHOD, call, call.args[0], call.args[0], given[1:], spelled(call.args[0]), method=name)
