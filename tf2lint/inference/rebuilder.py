"""astroid's trees in a third of the time that astroid takes for them, and the index of each on the way.

A tree is equal to the one that astroid's own `TreeRebuilder` makes, node for node. That one takes two calls for each
node besides those of its constructor; here the kinds of which trees are full are made in one, attribute by attribute.
What is rare is left to astroid. `agreement.py` asks whether the astroid that is installed makes the same.
"""

from __future__ import annotations

import ast
import copy
import functools
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

from astroid import nodes
from astroid.const import Context
from astroid.manager import AstroidManager
from astroid.rebuilder import TreeRebuilder

from tf2lint.inference.index import Index

Visit: TypeAlias = Callable[[Any, Any, nodes.NodeNG], Any]
"""From a rebuilder, a node of `ast` and astroid's node above it to astroid's node."""

_SIGNS = (
    "Add + BitAnd & BitOr | BitXor ^ Div / FloorDiv // LShift << MatMult @ Mod % Mult * Pow ** RShift >> Sub - "
    "Invert ~ Not not UAdd + USub - Eq == Gt > GtE >= In in Is is IsNot is_not Lt < LtE <= NotEq != NotIn not_in"
).split()
_OPERATORS = {getattr(ast, kind): sign.replace("_", " ") for kind, sign in zip(_SIGNS[::2], _SIGNS[1::2], strict=True)}
_CONTEXTS = {ast.Load: Context.Load, ast.Store: Context.Store, ast.Del: Context.Del}

_HOLDERS = frozenset(
    (
        *(nodes.Module, nodes.ClassDef, nodes.FunctionDef, nodes.AsyncFunctionDef, nodes.Lambda),
        *(nodes.ListComp, nodes.SetComp, nodes.DictComp, nodes.GeneratorExp, nodes.NamedExpr),
    )
)
"""What says itself where a name goes that is bound below it; all else hands the name on to what is above."""

_new = object.__new__


class Rebuilder(TreeRebuilder):  # type: ignore[misc]
    """Visits all in the order in which astroid does."""

    def __init__(self, manager: AstroidManager) -> None:
        super().__init__(manager)
        self.index = Index()
        self._visits = _VISITS[type(self)]
        self._names = self.index.names
        self._attributes = self.index.attributes
        self._calls = self.index.calls
        kept = self.index.of_kind
        self._binary = kept[nodes.BinOp]
        self._subscripts = kept[nodes.Subscript]

    def _get_doc(self, node: Any) -> tuple[Any, ast.Constant | None]:
        """A module, class or function without its docstring, and that. What is given stays as it is, here."""
        first = node.body[0] if node.body else None
        text = first.value if isinstance(first, ast.Expr) else None
        if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
            return node, None
        bare = copy.copy(node)
        bare.body = node.body[1:]
        return bare, text

    def _all(self, children: Iterable[ast.AST | None], parent: nodes.NodeNG) -> list[nodes.NodeNG]:
        visits, made = self._visits, []
        for child in children:
            made.append(visits[type(child)](self, child, parent))
        return made

    # -- what trees are full of -------------------------------------------------------------------------------------

    def visit_name(self, node: ast.Name, parent: nodes.NodeNG) -> nodes.NodeNG:
        context = type(node.ctx)
        if context is ast.Load:
            new = _new(nodes.Name)
            self._names.append(new)
        else:
            new = _new(nodes.AssignName if context is ast.Store else nodes.DelName)
        new.name = name = node.id
        new.lineno = node.lineno
        new.col_offset = node.col_offset
        new.parent = parent
        new.end_lineno = node.end_lineno
        new.end_col_offset = node.end_col_offset
        new.position = None
        if context is not ast.Load:
            self._bind(name, new, parent)
        return new

    def visit_arg(self, node: ast.arg, parent: nodes.NodeNG) -> nodes.AssignName:
        new = _placed(nodes.AssignName, node, parent)
        new.name = name = node.arg
        self._bind(name, new, parent)
        return new

    def _bind(self, name: str, new: nodes.NodeNG, holder: nodes.NodeNG) -> None:
        declared = self._global_names
        if declared and name in declared[-1]:
            holder = holder.root()
        while type(holder) not in _HOLDERS:
            holder = holder.parent
        holder.set_local(name, new)

    def visit_attribute(self, node: ast.Attribute, parent: nodes.NodeNG) -> nodes.NodeNG:
        context = type(node.ctx)
        if context is ast.Load:
            new = _new(nodes.Attribute)
            self._attributes.append(new)
        elif context is ast.Store:
            new = _new(nodes.AssignAttr)
            self.index.assigned_attributes.append(new)
        else:
            new = _new(nodes.DelAttr)
        new.attrname = node.attr
        new.lineno = node.lineno
        new.col_offset = node.col_offset
        new.parent = parent
        new.end_lineno = node.end_lineno
        new.end_col_offset = node.end_col_offset
        new.position = None
        value = node.value
        new.expr = self._visits[type(value)](self, value, new)
        return new

    def visit_constant(self, node: ast.Constant, parent: nodes.NodeNG) -> nodes.Const:
        new = _new(nodes.Const)
        new.value = node.value
        new.kind = node.kind
        new.lineno = node.lineno
        new.col_offset = node.col_offset
        new.parent = parent
        new.end_lineno = node.end_lineno
        new.end_col_offset = node.end_col_offset
        new.position = None
        return new

    def visit_call(self, node: ast.Call, parent: nodes.NodeNG) -> nodes.Call:
        new = _new(nodes.Call)
        self._calls.append(new)
        new.lineno = node.lineno
        new.col_offset = node.col_offset
        new.parent = parent
        new.end_lineno = node.end_lineno
        new.end_col_offset = node.end_col_offset
        new.position = None
        function, arguments, keywords = node.func, node.args, node.keywords
        new.func = self._visits[type(function)](self, function, new)
        new.args = self._all(arguments, new) if arguments else []
        new.keywords = self._all(keywords, new) if keywords else []
        return new

    def visit_keyword(self, node: ast.keyword, parent: nodes.NodeNG) -> nodes.Keyword:
        new = _placed(nodes.Keyword, node, parent)
        new.arg = node.arg
        value = node.value
        new.value = self._visits[type(value)](self, value, new)
        return new

    def visit_assign(self, node: ast.Assign, parent: nodes.NodeNG) -> nodes.Assign:
        new = _new(nodes.Assign)
        new.lineno = node.lineno
        new.col_offset = node.col_offset
        new.parent = parent
        new.end_lineno = node.end_lineno
        new.end_col_offset = node.end_col_offset
        new.position = None
        new.targets = self._all(node.targets, new)
        value = node.value
        new.value = self._visits[type(value)](self, value, new)
        new.type_annotation = None
        return new

    # -- other expressions ------------------------------------------------------------------------------------------

    def visit_subscript(self, node: ast.Subscript, parent: nodes.NodeNG) -> nodes.Subscript:
        new = _placed(nodes.Subscript, node, parent)
        self._subscripts.append(new)
        new.ctx = _CONTEXTS[type(node.ctx)]
        visits, value, part = self._visits, node.value, node.slice
        new.value = visits[type(value)](self, value, new)
        new.slice = visits[type(part)](self, part, new)
        return new

    def visit_list(self, node: ast.List, parent: nodes.NodeNG) -> nodes.List:
        return self._elements(_placed(nodes.List, node, parent), node)

    def visit_tuple(self, node: ast.Tuple, parent: nodes.NodeNG) -> nodes.Tuple:
        return self._elements(_placed(nodes.Tuple, node, parent), node)

    def _elements(self, new: nodes.NodeNG, node: ast.List | ast.Tuple) -> nodes.NodeNG:
        new.ctx = _CONTEXTS[type(node.ctx)]
        new.elts = self._all(node.elts, new)
        return new

    def visit_set(self, node: ast.Set, parent: nodes.NodeNG) -> nodes.Set:
        new = _placed(nodes.Set, node, parent)
        self.index.of_kind[nodes.Set].append(new)
        new.elts = self._all(node.elts, new)
        return new

    def visit_comprehension(self, node: ast.comprehension, parent: nodes.NodeNG) -> nodes.Comprehension:
        new = nodes.Comprehension(parent=parent, lineno=None, col_offset=None, end_lineno=None, end_col_offset=None)
        self.index.of_kind[nodes.Comprehension].append(new)
        visits, target, source = self._visits, node.target, node.iter
        new.target = visits[type(target)](self, target, new)
        new.iter = visits[type(source)](self, source, new)
        new.ifs = self._all(node.ifs, new)
        new.is_async = bool(node.is_async)
        return new

    def visit_binop(self, node: ast.BinOp, parent: nodes.NodeNG) -> nodes.BinOp:
        new = _placed(nodes.BinOp, node, parent)
        self._binary.append(new)
        new.op = _OPERATORS[type(node.op)]
        visits, left, right = self._visits, node.left, node.right
        new.left = visits[type(left)](self, left, new)
        new.right = visits[type(right)](self, right, new)
        return new

    def visit_unaryop(self, node: ast.UnaryOp, parent: nodes.NodeNG) -> nodes.UnaryOp:
        new = _placed(nodes.UnaryOp, node, parent)
        new.op = _OPERATORS[type(node.op)]
        operand = node.operand
        new.operand = self._visits[type(operand)](self, operand, new)
        return new

    def visit_compare(self, node: ast.Compare, parent: nodes.NodeNG) -> nodes.Compare:
        new = _placed(nodes.Compare, node, parent)
        self.index.of_kind[nodes.Compare].append(new)
        visits, left = self._visits, node.left
        new.left = visits[type(left)](self, left, new)
        new.ops = operations = []
        for operator, operand in zip(node.ops, node.comparators, strict=True):
            operations.append((_OPERATORS[type(operator)], visits[type(operand)](self, operand, new)))
        return new

    def visit_ifexp(self, node: ast.IfExp, parent: nodes.NodeNG) -> nodes.IfExp:
        new = _placed(nodes.IfExp, node, parent)
        visits, test, body, orelse = self._visits, node.test, node.body, node.orelse
        new.test = visits[type(test)](self, test, new)
        new.body = visits[type(body)](self, body, new)
        new.orelse = visits[type(orelse)](self, orelse, new)
        return new

    # -- other statements -------------------------------------------------------------------------------------------

    def visit_expr(self, node: ast.Expr, parent: nodes.NodeNG) -> nodes.Expr:
        new = _placed(nodes.Expr, node, parent)
        value = node.value
        new.value = self._visits[type(value)](self, value, new)
        return new

    def visit_return(self, node: ast.Return, parent: nodes.NodeNG) -> nodes.Return:
        new = _placed(nodes.Return, node, parent)
        value = node.value
        new.value = self._visits[type(value)](self, value, new)
        return new

    def visit_augassign(self, node: ast.AugAssign, parent: nodes.NodeNG) -> nodes.AugAssign:
        new = _placed(nodes.AugAssign, node, parent)
        self.index.of_kind[nodes.AugAssign].append(new)
        new.op = _OPERATORS[type(node.op)] + "="
        visits, target, value = self._visits, node.target, node.value
        new.target = visits[type(target)](self, target, new)
        new.value = visits[type(value)](self, value, new)
        return new

    def visit_if(self, node: ast.If, parent: nodes.NodeNG) -> nodes.If:
        new = _placed(nodes.If, node, parent)
        test = node.test
        new.test = self._visits[type(test)](self, test, new)
        new.body = self._all(node.body, new)
        new.orelse = self._all(node.orelse, new)
        return new

    def visit_for(self, node: ast.For, parent: nodes.NodeNG) -> nodes.For:
        new = _placed(nodes.For, node, parent)
        self.index.of_kind[nodes.For].append(new)
        visits, target, source = self._visits, node.target, node.iter
        new.target = visits[type(target)](self, target, new)
        new.iter = visits[type(source)](self, source, new)
        new.body = self._all(node.body, new)
        new.orelse = self._all(node.orelse, new)
        new.type_annotation = None
        return new

    def visit_import(self, node: ast.Import, parent: nodes.NodeNG) -> nodes.Import:
        new = super().visit_import(node, parent)
        self.index.imports.append(new)
        return new

    def visit_importfrom(self, node: ast.ImportFrom, parent: nodes.NodeNG) -> nodes.ImportFrom:
        new = super().visit_importfrom(node, parent)
        self.index.from_imports.append(new)
        return new

    def visit_lambda(self, node: ast.Lambda, parent: nodes.NodeNG) -> nodes.Lambda:
        new = nodes.Lambda(
            node.lineno, node.col_offset, parent, end_lineno=node.end_lineno, end_col_offset=node.end_col_offset
        )
        self.index.of_kind[nodes.Lambda].append(new)
        new.postinit(self.visit(node.args, new), self.visit(node.body, new))
        return new

    def visit_global(self, node: ast.Global, parent: nodes.NodeNG) -> nodes.Global:
        new = super().visit_global(node, parent)
        self.index.of_kind[nodes.Global].append(new)
        return new


class IndexingRebuilder(Rebuilder):
    """Visits children in the order in which nodes give them, so that the index has the order of the source.

    astroid visits some in another order. That shows where two of them bind names in one scope, as `:=` alone does.
    """

    def __init__(self, manager: AstroidManager) -> None:
        super().__init__(manager)
        self.in_order = True
        """Whether the index is as a walk would make it."""
        self._habits = _habits(manager)

    def visit_dict(self, node: ast.Dict, parent: nodes.NodeNG) -> nodes.Dict:
        new = _placed(nodes.Dict, node, parent)
        self.index.of_kind[nodes.Dict].append(new)
        new.items = items = []
        visits = self._visits
        for key, value in zip(node.keys, node.values, strict=True):
            # As in astroid, `**` has the node above the display for its parent.
            before = _placed(nodes.DictUnpack, value, parent) if key is None else visits[type(key)](self, key, new)
            items.append((before, visits[type(value)](self, value, new)))
        return new

    def visit_assert(self, node: ast.Assert, parent: nodes.NodeNG) -> nodes.Assert:
        new = _placed(nodes.Assert, node, parent)
        new.test = self.visit(node.test, new)
        new.fail = self.visit(node.msg, new)
        return new

    def visit_classdef(self, node: ast.ClassDef, parent: nodes.NodeNG) -> nodes.ClassDef:
        if node.keywords or getattr(node, "type_params", None):
            self.in_order = False  # They come last, and a metaclass is no child.
        kept = self.index.of_kind[nodes.ClassDef]
        place = len(kept)
        new = super().visit_classdef(node, parent)
        kept.insert(place, new)
        return new

    def visit_functiondef(self, node: ast.FunctionDef, parent: nodes.NodeNG) -> nodes.FunctionDef:
        return self._function(nodes.FunctionDef, node, parent)

    def visit_asyncfunctiondef(self, node: ast.AsyncFunctionDef, parent: nodes.NodeNG) -> nodes.AsyncFunctionDef:
        return self._function(nodes.AsyncFunctionDef, node, parent)

    def _function(
        self, kind: type[nodes.FunctionDef], node: ast.FunctionDef | ast.AsyncFunctionDef, parent: nodes.NodeNG
    ) -> nodes.FunctionDef:
        self._global_names.append({})
        node, doc = self._get_doc(node)
        name, decorators = node.name, node.decorator_list
        new = kind(
            name,
            decorators[0].lineno if decorators else node.lineno,
            node.col_offset,
            parent,
            end_lineno=node.end_lineno,
            end_col_offset=node.end_col_offset,
        )
        self.index.of_kind[kind].append(new)
        parameters = getattr(node, "type_params", None)
        self.in_order = self.in_order and not parameters  # They come last.
        new.postinit(
            decorators=self.visit_decorators(node, new) if decorators else None,
            args=self.visit_arguments(node.args, new),
            returns=self.visit(node.returns, new),
            body=self._all(node.body, new),
            doc_node=self.visit(doc, new),
            type_params=self._all(parameters, new) if parameters else [],
        )
        self._global_names.pop()
        if not self._habits.functions_enter_themselves:
            parent.set_local(name, new)
        return new

    def visit_arguments(self, node: ast.arguments, parent: nodes.NodeNG) -> nodes.Arguments:
        first, args, rest, last, keywords = node.posonlyargs, node.args, node.vararg, node.kwonlyargs, node.kwarg
        new = _new(nodes.Arguments)
        new.lineno = new.col_offset = new.end_lineno = new.end_col_offset = new.position = None
        new.parent = parent
        if self._habits.arguments_have_lines:
            named = [one for one in (*first, *args, rest, *last, keywords) if one is not None]
            if named:
                new.lineno = named[0].lineno
                new.end_lineno = named[-1].end_lineno
        new.vararg = new.vararg_node = new.varargannotation = None
        new.kwarg = new.kwarg_node = new.kwargannotation = None
        # Names first, which are in no index, in the order in which astroid binds them.
        new.args = self._all(args, new)
        new.kwonlyargs = self._all(last, new) if last else []
        new.posonlyargs = self._all(first, new) if first else []
        new.posonlyargs_annotations = self._annotations(first, new) if first else []
        new.defaults = self._all(node.defaults, new)
        new.kw_defaults = self._all(node.kw_defaults, new) if last else []
        new.annotations = self._annotations(args, new)
        if rest is not None:
            new.vararg, new.vararg_node = rest.arg, _named(rest, parent)
            new.varargannotation = self.visit(rest.annotation, new)
            parent.set_local(rest.arg, new)
        if keywords is not None:
            new.kwarg, new.kwarg_node = keywords.arg, _named(keywords, parent)
            new.kwargannotation = self.visit(keywords.annotation, new)
            parent.set_local(keywords.arg, new)
        new.kwonlyargs_annotations = self._annotations(last, new) if last else []
        new.type_comment_args = [None] * len(args)
        new.type_comment_kwonlyargs = [None] * len(last)
        new.type_comment_posonlyargs = [None] * len(first)
        return new

    def _annotations(self, arguments: list[ast.arg], parent: nodes.NodeNG) -> list[nodes.NodeNG | None]:
        visits, made = self._visits, []
        for one in arguments:
            note = one.annotation
            made.append(None if note is None else visits[type(note)](self, note, parent))
        return made


def _placed(kind: type[nodes.NodeNG], node: Any, parent: nodes.NodeNG) -> nodes.NodeNG:
    """A node with nothing but its place."""
    new = _new(kind)
    new.lineno = node.lineno
    new.col_offset = node.col_offset
    new.parent = parent
    new.end_lineno = node.end_lineno
    new.end_col_offset = node.end_col_offset
    new.position = None
    return new


def _named(node: ast.arg, parent: nodes.NodeNG) -> nodes.AssignName:
    new = _placed(nodes.AssignName, node, parent)
    new.name = node.arg
    return new


def _visits_of(rebuilder: type[Rebuilder]) -> dict[type, Visit]:
    """What visits a node of a kind, or None where there is none."""
    kinds = [kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)]
    names = {kind: "visit_" + kind.__name__.replace("_", "").lower() for kind in kinds}
    # astroid's own look-up knows the rest, and says what it does not know.
    visits: dict[type, Visit] = {kind: getattr(rebuilder, name, TreeRebuilder.visit) for kind, name in names.items()}
    return {**visits, type(None): TreeRebuilder.visit}


_VISITS = {rebuilder: _visits_of(rebuilder) for rebuilder in (Rebuilder, IndexingRebuilder)}


class _Habits(NamedTuple):
    """In what releases of astroid differ."""

    functions_enter_themselves: bool
    """Whether a function is bound in what is around it as soon as it is made, as before astroid 4."""
    arguments_have_lines: bool
    """Whether the parameters of a function have lines, as since astroid 4.1."""


@functools.cache
def _habits(manager: AstroidManager) -> _Habits:
    module = TreeRebuilder(manager).visit_module(ast.parse("lambda a: a"), "", "", False)
    arguments = module.body[0].value.args
    nodes.FunctionDef("f", 1, 0, module, end_lineno=1, end_col_offset=0)
    return _Habits("f" in module.locals, arguments.lineno is not None)
