"""The nodes of a module that anybody asks for, by kind, from one walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator


class Index:
    """One walk over a module's tree; each list is in the order of the source."""

    def __init__(self, module: nodes.Module) -> None:
        self.names: list[nodes.Name] = []
        self.attributes: list[nodes.Attribute] = []
        self.calls: list[nodes.Call] = []
        self.imports: list[nodes.Import] = []
        self.from_imports: list[nodes.ImportFrom] = []
        self.assigned_attributes: list[nodes.AssignAttr] = []
        self.of_kind: dict[type[nodes.NodeNG], list[nodes.NodeNG]] = {
            nodes.Name: self.names,
            nodes.Attribute: self.attributes,
            nodes.Call: self.calls,
            nodes.Import: self.imports,
            nodes.ImportFrom: self.from_imports,
            nodes.AssignAttr: self.assigned_attributes,
            nodes.AsyncFunctionDef: [],
            nodes.AugAssign: [],
            nodes.BinOp: [],
            nodes.Call: self.calls,
            nodes.ClassDef: [],
            nodes.Compare: [],
            nodes.Comprehension: [],
            nodes.Dict: [],
            nodes.For: [],
            nodes.FunctionDef: [],
            nodes.Set: [],
            nodes.Subscript: [],
        }
        stack: list[nodes.NodeNG] = [module]
        while stack:
            node = stack.pop()
            # In the order of the source: what a line needs of earlier ones is then known when the line is looked at.
            stack.extend(reversed(list(node.get_children())))
            kept = self.of_kind.get(type(node))
            if kept is not None:
                kept.append(node)


def last_name(node: nodes.NodeNG) -> str:
    """The last part of how an expression is spelled: `run` of `session.run`; empty for what is no name."""
    if isinstance(node, nodes.Attribute):
        return str(node.attrname)
    return str(node.name) if isinstance(node, nodes.Name) else ""


def index_of(ev: Evaluator, module: nodes.Module) -> Index:
    """The index of a module, made once."""
    found = ev.memo.once(("index", module), lambda: Index(module), None)
    return found if found is not None else Index(module)
