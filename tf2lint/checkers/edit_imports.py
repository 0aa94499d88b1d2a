"""Edits of names that a `from` import binds: the import is moved to where the name is now, its uses where they must.

What the import binds keeps its name, so that nothing else in the module, or in one that imports from it, has to change;
where that can not be, every use in the module has to be one that can be rewritten, and nothing else may see the name.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.checkers import same
from tf2lint.checkers.edit_compat import is_exported, rebinding, statement_of
from tf2lint.checkers.places import Chain, Range, bytes_of, in_text_literal, newline, range_of, range_of_span, text_of
from tf2lint.findings import Edit
from tf2lint.inference import bindings
from tf2lint.inference.index import index_of
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import TfName, canonical, join
from tf2lint.positions import alias_spans

if TYPE_CHECKING:
    from tf2lint.checkers.base import Module, Reference

Edits = tuple[Edit, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One name that a `from` import binds: `log as l` of `from tensorflow import ceil, log as l`."""

    module: Module
    node: nodes.ImportFrom
    index: int

    @property
    def bound(self) -> str:
        """The name that it binds."""
        name, alias = self.node.names[self.index]
        return str(alias or name)

    @property
    def name(self) -> str:
        """The canonical name of what it imports."""
        owner = canonical(self.module.ev.modules.absolute(self.node) or "") or ""
        return join(owner, self.node.names[self.index][0])

    def uses(self) -> list[nodes.Name] | None:
        """The places that use what it binds; None where something else may bind the name there too."""
        return uses_of(self.module, self.node, self.bound)

    @property
    def is_private(self) -> bool:
        """Whether the module does not say that what it binds is for others."""
        return not is_exported(self.module, self.bound)


def uses_of(module: Module, binding: nodes.NodeNG, bound: str) -> list[nodes.Name] | None:
    """The places that use a name which one statement binds; None where another may bind it there too."""
    if binding.scope().locals.get(bound) != [binding]:
        return None
    found = []
    for name in index_of(module.ev, module.tree).names_by_name.get(bound, ()):
        _, statements = bindings.found(name, bound)
        if statements == [binding]:
            found.append(name)
        elif binding in statements:
            return None
    return found


def item_of(reference: Reference) -> Item | None:
    """The import that bound the name with which a reference begins, or that the reference is."""
    node, module = reference.node, reference.module
    if reference.imported:
        if not isinstance(node, nodes.ImportFrom):
            return None
        return Item(module, node, reference.item)
    while isinstance(node, nodes.Attribute):
        node = node.expr
    if not isinstance(node, nodes.Name):
        return None
    _, statements = bindings.found(node, node.name)
    only = statements[0] if len(statements) == 1 else None
    if not isinstance(only, nodes.ImportFrom):
        return None
    found = bindings.items_bound(module.ev, only, node.name)
    return Item(module, only, found[0]) if len(found) == 1 else None


def of_reference(reference: Reference) -> Edits:
    """The edits that let the name with which a reference begins be imported from where it is."""
    item = item_of(reference)
    if item is None or not item.name.startswith("tf."):
        return ()
    return _edits_of(item)


def _edits_of(item: Item) -> Edits:
    return item.module.ev.memo.once(("edits of import", item.node, item.index), lambda: _moved(item), ())


def _moved(item: Item) -> Edits:
    from tf2lint.checkers.base import Reference

    if not _is_plain(item):
        return ()
    worlds = item.module.config.target & item.module.ev.guards.reach(item.node)
    reference = Reference(item.module, item.node, TfName(item.name, worlds), imported=True, item=item.index)
    if not worlds or not (reference.missing or reference.of_compat):
        return ()
    ways = (_as_cast, _as_same, _as_module, _as_nothing, _spelled_out)
    return next(filter(None, (way(item, reference) for way in ways)), ())


def _is_plain(item: Item) -> bool:
    """Whether an import is one that can be taken apart: not one of several that are tried."""
    above = item.node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef | nodes.ClassDef):
        if isinstance(above, nodes.Try):
            return False
        above = above.parent
    return not bindings.items_bound(item.module.ev, item.node, "*")


# Where it moves


def _as_cast(item: Item, reference: Reference) -> Edits:
    """`from tensorflow import to_float`: its calls become those of `cast`."""
    dtype = same.CASTS.get(reference.legacy)
    uses = item.uses() if dtype is not None else None
    if any(map(_edits_of, _casts_before(item) if dtype is not None else ())):
        return ()  # One after the other, so that `cast` is imported once.
    if dtype is None or uses is None or not (_are_free(item, ("cast", dtype), reference) and item.is_private):
        return ()
    edits: list[Edit] = []
    for use in uses:
        place, more = range_of(item.module, use), same.cast_of(item.module, use, dtype)
        if place is None or more is None:
            return ()
        edits += [Edit(*place, "cast", safe=True), *more]
    added = [name for name in ("cast", dtype) if not _binds(item, name)]
    return replaced(item, f"from tensorflow import {', '.join(added)}" if added else "", edits, safe=True)


def _casts_before(item: Item) -> Iterator[Item]:
    for node in index_of(item.module.ev, item.module.tree).from_imports:
        for index in range(len(node.names)):
            other = Item(item.module, node, index)
            if other == item:
                return
            if legacy(other.name)[1] in same.CASTS:
                yield other


def _are_free(item: Item, names: tuple[str, ...], reference: Reference) -> bool:
    """Whether names are not used in a module for anything else than what TensorFlow has under them."""
    for name in names:
        if not (_importable(f"tf.{name}", reference.value.worlds)):
            return False
        words = re.findall(rf"\b{name}\b", _without_attributes(item.module.text))
        if words and not _binds(item, name):
            return False
    return True


def _without_attributes(text: str) -> str:
    return re.sub(r"\.\s*\w+", "", text)


def _binds(item: Item, name: str) -> bool:
    """Whether TensorFlow's own object of that name is imported where the import stands, and under that name alone."""
    bound = item.module.tree.locals.get(name, [])
    if len(bound) != 1 or not isinstance(bound[0], nodes.ImportFrom) or bound[0].lineno > item.node.lineno:
        return False
    if bound[0].parent is not item.node.parent and bound[0].parent is not item.module.tree:
        return False
    names = [n for n, alias in bound[0].names if (alias or n) == name]
    scopes = list(item.module.tree.nodes_of_class((nodes.FunctionDef, nodes.ClassDef, nodes.Lambda)))
    if any(name in scope.locals for scope in scopes):
        return False
    return names == [name] and canonical(item.module.ev.modules.absolute(bound[0]) or "") == "tf"


def _as_same(item: Item, reference: Reference) -> Edits:
    """`from tensorflow import log`: what has another name now is imported under its old one."""
    for found in same.candidates(reference):
        if not _importable(f"tf.{found.name}", reference.value.worlds):
            continue
        edits: list[Edit] = []
        if found.positional is not None:
            uses = item.uses() if item.is_private else None
            more = [found.at(item.module, use) for use in uses or ()]
            if uses is None or None in more:
                continue
            edits = [edit for one in more if one is not None for edit in one]
        made = replaced(item, _statement(f"tf.{found.name}", item.bound), edits, safe=True)
        return made if found.positional is None else rebinding(made, item.bound)
    return ()


def _as_module(item: Item, reference: Reference) -> Edits:
    """`from tensorflow import gfile`: every use of the module is of something that moved to the same place."""
    found = _members_moved(reference, item.uses())
    if found is None or not _importable(found[0], reference.value.worlds) or not item.is_private:
        return ()
    return rebinding(replaced(item, _statement(found[0], item.bound), found[1], safe=True), item.bound)


def of_variable(reference: Reference) -> Edits:
    """The edits for `nest = tf.contrib.framework.nest`, and for what is looked up in such a variable then."""
    node: nodes.NodeNG | None = reference.node
    if not isinstance(reference.node.parent, nodes.Assign):
        target = statement_of(reference.node)
        node = target.parent.value if target is not None and isinstance(target.parent, nodes.Assign) else None
    values = reference.module.ev.value_of(node) if isinstance(node, nodes.Attribute) else frozenset()
    names = [value.name for value in values if isinstance(value, TfName)]
    if node is None or len(names) != 1 or len(values) != 1 or reference.imported:
        return ()
    held = dataclasses.replace(reference, node=node, value=dataclasses.replace(reference.value, name=names[0]))
    return reference.module.ev.memo.once(("edits of variable", node), lambda: _of_assigned(held), ())


def _of_assigned(reference: Reference) -> Edits:
    module, assign = reference.module, reference.node.parent
    symbol, chain = api.symbol(reference.name), Chain.of(module, reference.node, reference.name)
    if symbol is None or symbol.kind is not api.Kind.MODULE or chain is None or not reference.missing:
        return ()
    target = assign.targets[0]
    if len(assign.targets) != 1 or not isinstance(target, nodes.AssignName):
        return ()
    found = _members_moved(reference, uses_of(module, target, target.name))
    new = chain.renamed(found[0]) if found is not None else None
    if found is None or new is None or is_exported(module, target.name):
        return ()
    return rebinding((new, *found[1]), target.name)


def _members_moved(reference: Reference, uses: list[nodes.Name] | None) -> tuple[str, list[Edit]] | None:
    """The one module that everything is in now which a module looks up in another one, and what to rewrite there."""
    owners: set[str] = set()
    edits: list[Edit] = []
    for use in uses or ():
        moved = _member_moved(reference, use)
        if moved is None:
            return None
        owners.add(moved[0])
        edits += moved[1]
    return (owners.pop(), edits) if len(owners) == 1 else None


def _member_moved(reference: Reference, use: nodes.Name) -> tuple[str, list[Edit]] | None:
    """The module that a name looked up in another one is in now, and what to rewrite where it is used."""
    node, name, module = use, reference.name, reference.module
    while isinstance(node.parent, nodes.Attribute):
        node = node.parent
        name = f"{name}.{node.attrname}"
        member = dataclasses.replace(reference, node=node, value=dataclasses.replace(reference.value, name=name))
        for found in same.candidates(member):
            more, chain = found.at(module, node), Chain.of(module, node, name)
            if more is not None and chain is not None and "." in found.name:
                owner, _, last = found.name.rpartition(".")
                renamed = [Edit(*chain.inner, last, safe=True)] if last != node.attrname else []
                return f"tf.{owner}", [*renamed, *more]
    return None


def _as_nothing(item: Item, reference: Reference) -> Edits:
    """An import of a module that nothing uses, or uses any more, and that fails."""
    symbol = api.symbol(item.name)
    if symbol is None or symbol.kind is not api.Kind.MODULE or reference.missing != reference.value.worlds:
        return ()
    if item.uses() != [] or item.node.parent is not item.module.tree or not item.is_private:
        return ()
    return rebinding(replaced(item, "", [], safe=True), item.bound)


def _spelled_out(item: Item, reference: Reference) -> Edits:
    """`from tensorflow.compat.v1 import placeholder`, where nothing better exists."""
    name = f"tf.compat.v1.{reference.legacy}"
    symbol = api.symbol(name)
    if reference.of_compat or symbol is None or symbol.raises & reference.value.worlds:
        return ()
    if not _importable(name, reference.value.worlds):
        return ()
    return replaced(item, _statement(name, item.bound), [], safe=False)


def _importable(name: str, worlds: int) -> bool:
    """Whether `from owner import last` finds a canonical name in all worlds."""
    symbol, owner = api.symbol(name), name.rpartition(".")[0]
    if symbol is None:
        return False
    if owner == "tf" or symbol.kind is api.Kind.MODULE:
        above = api.symbol(owner)
        return not worlds & ~(symbol.worlds & (above.imports if above is not None else api.ALL))
    return not worlds & ~symbol.imports


def _statement(name: str, bound: str) -> str:
    owner, _, last = name.rpartition(".")
    return f"from tensorflow{owner[2:]} import {last}{'' if last == bound else f' as {bound}'}"


# How it is written


def replaced(item: Item, statement: str, edits: list[Edit], *, safe: bool) -> Edits:
    """The edits that take an item from its import, have another import bind it, and whatever else has to change."""
    if any(in_text_literal(use) for use in item.uses() or ()) and edits:
        return ()
    places = _taken(item, statement)
    if places is None:
        return ()
    return tuple(dataclasses.replace(edit, safe=safe) for edit in (*places, *edits))


def _taken(item: Item, statement: str) -> list[Edit] | None:
    module, node = item.module, item.node
    whole = range_of(module, node)
    if whole is None:
        return None
    head, _, added = statement.partition(" import ")
    if head == f"from {node.modname}" and not node.level:
        spans = alias_spans(node, module.text)
        return [Edit(*range_of_span(module, spans[item.index]), added, safe=True)]
    extended = _extended(item, head, added)
    if len(node.names) == 1:
        if b"#" in text_of(module, whole):
            return None
        line = whole_line(module, whole)
        if statement and (extended is None or line is None):
            return [Edit(*whole, statement, safe=True)]
        if line is None:
            return None
        return [Edit(*line, "", safe=True), *([extended] if extended is not None else [])]
    removed = _without(item)
    if removed is None:
        return None
    if extended is not None or not statement:
        return [removed, *([extended] if extended is not None else [])]
    before = bytes_of(module)[_line_start(module, whole[0]) : whole[0]]
    if before.strip(b" \t\f"):
        return [Edit(whole[0], whole[0], f"{statement}; ", safe=True), removed]
    return [Edit(whole[0], whole[0], f"{statement}{newline(module)}{before.decode()}", safe=True), removed]


def _without(item: Item) -> Edit | None:
    """The edit that takes one of several items out."""
    spans, index = alias_spans(item.node, item.module.text), item.index
    here = range_of_span(item.module, spans[index])
    last = index == len(spans) - 1
    beside = range_of_span(item.module, spans[index - 1 if last else index + 1])
    place = (beside[1], here[1]) if last else (here[0], beside[0])
    return None if b"#" in text_of(item.module, place) else Edit(*place, "", safe=True)


def _extended(item: Item, head: str, added: str) -> Edit | None:
    """The edit that adds names to an import from the same module which stands just before."""
    before = item.node.previous_sibling()
    if not added or not isinstance(before, nodes.ImportFrom) or before.level or before.end_lineno != before.lineno:
        return None
    if before.parent is not item.node.parent or before.lineno == item.node.lineno:
        return None
    place = range_of(item.module, before)
    text = text_of(item.module, place)
    if place is None or not text.startswith(f"{head} import ".encode()) or re.search(rb"[(#*;\\]", text):
        return None
    width = (before.end_col_offset or 0) + len(added) + 2
    return Edit(place[1], place[1], f", {added}", safe=True) if width <= _WIDTH else None


_WIDTH = 100
"""No import is made longer than so many columns."""


def whole_line(module: Module, place: Range) -> Range | None:
    """The lines of a statement that stands alone in them, if others follow in its block."""
    data, start = bytes_of(module), _line_start(module, place[0])
    end = re.compile(rb"[ \t]*(?:\r\n|\r|\n)").match(data, place[1])
    if data[start : place[0]].strip(b" \t\f") or end is None:
        return None
    return start, end.end()


def _line_start(module: Module, place: int) -> int:
    data = bytes_of(module)
    return max(data.rfind(b"\n", 0, place), data.rfind(b"\r", 0, place)) + 1
