"""Whether a name is read again: what AutoGraph hands out of a branch or loop are the names that are."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

_LOOPS = (nodes.For, nodes.While)
_SCOPES = (nodes.Lambda, nodes.FunctionDef, nodes.ClassDef)


def is_read_after(statement: nodes.NodeNG, name: str) -> bool:
    """Whether the function of a statement reads a name after it, before it gives the name another value."""
    node = statement
    while not isinstance(node, _SCOPES) and node.parent is not None:
        for later in _following(node):
            found = _meets(later, name)
            if found is not None:
                return found
        parent = node.parent
        if isinstance(parent, _LOOPS) and node in parent.body and is_read_in_turn(parent, name):
            return True
        node = parent
    return False


def is_read_in_turn(loop: nodes.For | nodes.While, name: str) -> bool:
    """Whether a turn of a loop reads the value that a name had before it."""
    if isinstance(loop, nodes.While) and _reads(loop.test, name):
        return True
    if isinstance(loop, nodes.For) and name in set(_bound(loop.target)):
        return False
    return _of_block(loop.body, name) is True


def is_carried(loop: nodes.For | nodes.While, name: str) -> bool:
    """Whether a loop hands a name from turn to turn, or out of it."""
    return is_read_in_turn(loop, name) or is_read_after(loop, name)


def assigned_in(block: list[nodes.NodeNG]) -> dict[str, nodes.NodeNG]:
    """The names that some statements give a value, each with the first place; inner functions are left out."""
    found: dict[str, nodes.NodeNG] = {}
    waiting = list(reversed(block))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (nodes.AssignName, nodes.FunctionDef | nodes.ClassDef)):
            found.setdefault(node.name, node)
        elif not isinstance(node, (nodes.Lambda, nodes.ComprehensionScope)):
            waiting.extend(reversed(list(node.get_children())))
    return found


def block_of(statement: nodes.NodeNG) -> list[nodes.NodeNG]:
    """The statements among which one stands."""
    for part in ("body", "orelse", "finalbody"):
        block = getattr(statement.parent, part, None)
        if isinstance(block, list) and statement in block:
            return block
    return [statement]


def _following(statement: nodes.NodeNG) -> list[nodes.NodeNG]:
    block = block_of(statement)
    return block[block.index(statement) + 1 :]


def _reads(node: nodes.NodeNG | None, name: str) -> bool:
    return node is not None and any(used.name == name for used in node.nodes_of_class(nodes.Name))


def _bound(target: nodes.NodeNG) -> Iterator[str]:
    for node in target.nodes_of_class(nodes.AssignName):
        yield node.name


def _of_block(block: list[nodes.NodeNG], name: str) -> bool | None:
    for statement in block:
        found = _meets(statement, name)
        if found is not None:
            return found
    return None


def mentions(node: nodes.NodeNG) -> frozenset[str]:
    """The names that a statement reads or binds, and `_LEAVES` where it may leave the block."""
    known: frozenset[str] | None = node.__dict__.get(_MENTIONED)
    if known is None:
        found: set[str] = set()
        for part in node.nodes_of_class(_NAMING):
            found.add(_LEAVES if isinstance(part, nodes.Return | nodes.Raise) else part.name)
        known = node.__dict__[_MENTIONED] = frozenset(found)
    return known


_NAMING = (nodes.Name, nodes.AssignName, nodes.DelName, nodes.Return, nodes.Raise)
_LEAVES = "return"
_MENTIONED = "_tf2lint_mentioned"
"""The attribute of a statement that holds its names: each name of a function is looked for in all that follows."""


def _meets(node: nodes.NodeNG, name: str) -> bool | None:
    """True if a statement reads a name, False if it gives it another value or leaves, None if neither is sure."""
    if not mentions(node) & {name, _LEAVES}:
        return None
    if isinstance(node, nodes.If):
        if _reads(node.test, name):
            return True
        ends = {_of_block(node.body, name), _of_block(node.orelse, name)}
        return True if True in ends else False if ends == {False} else None
    if isinstance(node, nodes.For):
        if _reads(node.iter, name):
            return True
        read = name not in set(_bound(node.target)) and _of_block(node.body, name) is True
        return True if read or _of_block(node.orelse, name) is True else None
    if isinstance(node, nodes.While | nodes.Try | nodes.Match):
        return True if _reads(node, name) else None
    if isinstance(node, nodes.With):
        read = any(_reads(context, name) for context, _ in node.items)
        return True if read else _of_block(node.body, name)
    if _reads(node, name) or (isinstance(node, nodes.AugAssign) and name in set(_bound(node.target))):
        return True
    if isinstance(node, nodes.Return | nodes.Raise):
        return False
    if isinstance(node, nodes.Assign | nodes.Delete):
        bound = {b.name for b in node.nodes_of_class((nodes.AssignName, nodes.DelName))}
        return False if name in bound else None
    if isinstance(node, nodes.AnnAssign):
        return False if node.value is not None and name in set(_bound(node.target)) else None
    return None
