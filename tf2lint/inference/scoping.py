"""Which bindings of a name a place sees: astroid's rules, without its look at all of them for each place.

The places of one block see the same of all that stands before them, and so do those of the blocks inside but for one
rule. What has been seen up to a statement is kept for the next one.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from astroid import nodes

if TYPE_CHECKING:
    from astroid.nodes import LocalsDictNodeNG

    Block = tuple[nodes.NodeNG, int]

_KEPT = "_tf2lint_bindings"
"""The attribute of a scope that holds what is known of its names; it lives as long as the tree."""
_FIELDS = ("body", "orelse", "finalbody", "handlers", "cases")


def at_once(node: nodes.NodeNG, name: str) -> tuple[LocalsDictNodeNG | None, list[nodes.NodeNG]] | None:
    """The scope that binds a name, and what of its bindings a node sees, where hardly a line has to be looked at.

    So it is with a name that only one statement binds, in the body of a function or module, or that is a parameter
    alone, and with one that nothing binds, which has no scope. None for all others.
    """
    inside = False
    below, above = node, node.parent
    while above is not None:
        kind = type(above)
        if kind in _BODIES:
            bound = above.locals.get(name)
            if below.is_statement:
                if bound is not None:
                    return (above, bound) if len(bound) == 1 and _is_plain(bound[0], above, below, inside) else None
                inside = True
            elif bound is not None:
                return None  # A default, a decorator, an annotation: it belongs to the scope around.
        elif kind in _OTHER_SCOPES and name in above.locals:
            bound = above.locals[name]
            of_its_own = kind in _COMPREHENSIONS or (kind is nodes.Lambda and below is above.body)
            return (above, bound) if of_its_own and len(bound) == 1 else None
        below, above = above, above.parent
    return None, []


def _is_plain(bound: nodes.NodeNG, scope: LocalsDictNodeNG, asking: nodes.NodeNG, inside: bool) -> bool:
    """Whether a name is a parameter, or bound by a simple statement in the body of a scope, whoever asks.

    That is seen from functions in the scope (`inside`), or from a later statement of it.
    """
    statement = bound.parent if type(bound) is nodes.AssignName else bound
    kind = type(statement)
    if kind is nodes.Arguments:
        return statement.parent is scope
    if kind not in _PLAIN or statement.parent is not scope:
        return False
    return inside or (asking.lineno or 0) > (statement.end_lineno or 0)


def plainly_at_top(bound: nodes.NodeNG) -> nodes.NodeNG | None:
    """The statement that binds, where that is an import, a definition or `name = …` in the body of a module."""
    statement = bound.parent if type(bound) is nodes.AssignName else bound
    return statement if type(statement) in _PLAIN and type(statement.parent) is nodes.Module else None


_PLAIN = frozenset(
    (nodes.Import, nodes.ImportFrom, nodes.FunctionDef, nodes.AsyncFunctionDef, nodes.ClassDef, nodes.Assign)
)
_BODIES = frozenset((nodes.FunctionDef, nodes.AsyncFunctionDef, nodes.Module))
_COMPREHENSIONS = frozenset((nodes.ListComp, nodes.SetComp, nodes.DictComp, nodes.GeneratorExp))
_OTHER_SCOPES = _COMPREHENSIONS | {nodes.ClassDef, nodes.Lambda}
_SURE = frozenset((nodes.Assign, nodes.AnnAssign, nodes.AugAssign, nodes.With))
_BRANCHING = frozenset((nodes.If, nodes.Try, nodes.For, nodes.AsyncFor, nodes.While))
_FOR = frozenset((nodes.For, nodes.AsyncFor))


def latest(node: nodes.NodeNG, name: str) -> tuple[LocalsDictNodeNG, list[nodes.NodeNG]] | None:
    """The same where but one binding comes before a node, or the last one stands in its block and ends the others.

    The answer is astroid's, which takes time in proportion to the bindings of the name in the scope.
    """
    scope = node.scope()
    while type(scope) in _COMPREHENSIONS and name not in scope.locals:
        scope = scope.parent.scope()
    bound = scope.locals.get(name)
    if not bound or type(scope) not in _BODIES:
        return None
    statement = node.statement()
    if statement is scope:
        return None  # A default, an annotation.
    line = statement.fromlineno
    place = bisect.bisect_left(bound, line, key=_line_of)
    if place == 0 or _bound_meanwhile(statement, bound[place:]):
        return None
    last = bound[place - 1]
    if type(last) is not nodes.AssignName:
        return None
    kind = type(last.assign_type())
    if place == 1 and (kind in _SURE or kind in _FOR or kind is nodes.Arguments):
        return None if nodes.are_exclusive(node, last) else (scope, [last])
    block, assignment = statement.parent, last.statement()
    if kind in _SURE and assignment.parent is block and _in_one_branch(assignment, statement, block):
        return scope, [last]
    return None


def _bound_meanwhile(statement: nodes.NodeNG, later: Sequence[nodes.NodeNG]) -> bool:
    """Whether bindings that do not come before a statement may count in it: on its line, or inside of it by `:=`."""
    for local in later:
        if local.fromlineno > statement.tolineno:
            break
        kind = local.assign_type()
        if type(kind) is nodes.NamedExpr or (local.fromlineno == statement.fromlineno and kind is not statement):
            return True
    return False


def _line_of(local: nodes.NodeNG) -> int:
    return local.fromlineno or 0


def _in_one_branch(earlier: nodes.NodeNG, later: nodes.NodeNG, block: nodes.NodeNG) -> bool:
    """Whether two statements below the same node stand in the same of its blocks."""
    if type(block) not in _BRANCHING:
        return True
    branches = (getattr(block, field, ()) for field in ("body", "orelse", "finalbody"))
    return any(earlier in branch and later in branch for branch in branches)


def seen_from(node: nodes.NodeNG, name: str) -> tuple[LocalsDictNodeNG, list[nodes.NodeNG]] | None:
    """The scope that binds a name, and what of its bindings a node sees; None where only astroid can tell.

    That is what a class, a comprehension or a lambda binds, what is read in a header, what nothing has bound yet.
    """
    inside: nodes.NodeNG | None = None
    child, above = node, node.parent
    while above is not None and name != "__class__":
        kind = type(above)
        if kind in _BODIES:
            if not child.is_statement:
                return None  # A default, a decorator, an annotation.
            if name in above.locals:
                found = _names_of(above, name).seen(node, inside)
                return (above, found) if found else None
            inside = above
        elif kind is nodes.ClassDef:
            if inside is None:
                return None
        elif name in getattr(above, "locals", ()):
            return None
        elif kind is nodes.Lambda:
            if child is not above.body:
                return None
            inside = above
        child, above = above, above.parent
    return None


def bound_in(loop: nodes.NodeNG, scope: LocalsDictNodeNG, name: str) -> list[nodes.NodeNG]:
    """The bindings of a name of a scope that stand in a loop, in the order of the source."""
    return _names_of(scope, name).within(loop)


def _names_of(scope: LocalsDictNodeNG, name: str) -> _Bindings:
    known: dict[str, _Bindings] | None = scope.__dict__.get(_KEPT)
    if known is None:
        known = scope.__dict__[_KEPT] = {}
    if name not in known:
        known[name] = _Bindings(scope, scope.locals[name])
    return known[name]


@dataclasses.dataclass(slots=True)
class _Binding:
    """A binding, and what of it is asked again and again."""

    node: nodes.NodeNG
    statement: nodes.NodeNG
    parent: nodes.NodeNG
    by: nodes.NodeNG
    optional: bool

    @staticmethod
    def of(node: nodes.NodeNG) -> _Binding:
        """The binding that a node makes."""
        statement, by = node.statement(), node.assign_type()
        return _Binding(node, statement, statement.parent, by, bool(by.optional_assign))

    @property
    def home(self) -> nodes.NodeNG:
        """What the binding counts as part of once it is seen."""
        of_call = isinstance(self.node, nodes.Arguments) or isinstance(self.node.parent, nodes.Arguments)
        return self.statement if of_call else self.parent


class _Seen:
    """The bindings that may hold at a place, in their order, and by the block that they stand in."""

    __slots__ = ("_by_home", "_nodes", "_numbers")

    def __init__(self) -> None:
        self._nodes: dict[int, nodes.NodeNG] = {}
        self._by_home: dict[nodes.NodeNG, tuple[int, ...]] = {}
        self._numbers = itertools.count()

    def copy(self) -> _Seen:
        """The same bindings, to be gone on with."""
        made = _Seen()
        made._nodes, made._by_home = self._nodes.copy(), self._by_home.copy()
        made._numbers = itertools.count(next(reversed(self._nodes), -1) + 1)
        return made

    def add(self, node: nodes.NodeNG, home: nodes.NodeNG) -> None:
        number = next(self._numbers)
        self._nodes[number] = node
        self._by_home[home] = (*self._by_home.get(home, ()), number)

    def reset(self) -> None:
        self._nodes.clear()
        self._by_home.clear()

    def first_in(self, home: nodes.NodeNG) -> nodes.NodeNG | None:
        numbers = self._by_home.get(home)
        return self._nodes[numbers[0]] if numbers else None

    def drop_first_in(self, home: nodes.NodeNG) -> None:
        first, *rest = self._by_home.pop(home)
        del self._nodes[first]
        if rest:
            self._by_home[home] = tuple(rest)

    def become(self, found: list[nodes.NodeNG]) -> None:
        self._nodes = dict(enumerate(found))

    def all(self) -> list[nodes.NodeNG]:
        return list(self._nodes.values())


class _Bindings:
    """All bindings of one name in one scope."""

    def __init__(self, scope: LocalsDictNodeNG, bound: list[nodes.NodeNG]) -> None:
        self._scope = scope
        self._bound = [_Binding.of(node) for node in bound]
        self._statements = {binding.statement for binding in self._bound}
        # Of several, astroid looks at no more from the first one on that comes later than who asks.
        lines = [binding.statement.fromlineno or 0 for binding in self._bound]
        self._lines = list(itertools.accumulate(lines, max))
        self._sorted = sorted(lines)
        # What an `except` binds is seen in that handler alone, if nothing else binds the name.
        self._told = len(bound) < 2 or not all(isinstance(one, nodes.ExceptHandler) for one in self._statements)
        self._known: dict[tuple[Block, str], list[tuple[int, _Seen]]] = {}
        self._within: dict[nodes.NodeNG, list[nodes.NodeNG]] = {}

    def within(self, loop: nodes.NodeNG) -> list[nodes.NodeNG]:
        """The bindings that stand in a loop, found once."""
        found = self._within.get(loop)
        if found is None:
            first, last = loop.fromlineno, loop.end_lineno or loop.tolineno
            inside = (one.node for one in self._bound if first <= (one.node.lineno or 0) <= last)
            found = self._within[loop] = [node for node in inside if loop.parent_of(node)]
        return found

    def seen(self, node: nodes.NodeNG, inside: nodes.NodeNG | None) -> list[nodes.NodeNG]:
        """What a node sees, in the outermost of the functions in the scope that it is in; nothing if it is not told."""
        if not self._told:
            return []
        base = _Base(node)
        above, line = base.statement.parent, base.statement.fromlineno
        if above is None or (inside is None and not line):
            return []
        if inside is None:
            start, end = bisect.bisect_left(self._lines, line), bisect.bisect_right(self._lines, line)
            seen = self._before(base.statement, start, base, within=False)
            return self._go_on(seen, start, end, base, above).all()
        everything = len(self._bound)
        if isinstance(inside, nodes.FunctionDef) and not self._binds_in(inside):
            # The whole function sees the same, and so do all functions of the block that it is in.
            key = (_block(inside), "at any time within")
            return self._kept(key, lambda: (0, _Seen()), everything, base, None).all()
        if base.statement in self._statements:
            return self._go_on(_Seen(), 0, everything, base, above).all()
        key = (_block(base.statement), "at any time")
        return self._kept(key, lambda: (0, _Seen()), everything, base, above).all()

    def _binds_in(self, function: nodes.FunctionDef) -> bool:
        """Whether a function in the scope binds the name of the scope, which it declares `global` or `nonlocal`."""
        lines = self._sorted
        first = bisect.bisect_left(lines, function.fromlineno or 0)
        return first < len(lines) and lines[first] <= (function.end_lineno or function.tolineno)

    def _before(self, statement: nodes.NodeNG, count: int, base: _Base, *, within: bool) -> _Seen:
        """What is seen of the first bindings, all on earlier lines than a statement, by it or by what is within it."""
        above = statement.parent
        if not count or above is None:
            return _Seen()
        owner = None if above is self._scope else above.statement()
        start = 0 if owner is None else bisect.bisect_left(self._lines, owner.fromlineno or 0)

        def begin() -> tuple[int, _Seen]:
            return start, _Seen() if owner is None else self._before(owner, start, base, within=True)

        if start == count:
            return begin()[1]
        key = (_block(statement), "within" if within else "")
        return self._kept(key, begin, count, base, None if within else above)

    def _kept(
        self,
        key: tuple[Block, str],
        begin: Callable[[], tuple[int, _Seen]],
        end: int,
        base: _Base,
        above: nodes.NodeNG | None,
    ) -> _Seen:
        """What is seen after some more bindings, by whoever is in a block, with what is known of it already."""
        known = self._known.setdefault(key, [])
        place = bisect.bisect_right(known, end, key=_count) - 1
        done, seen = known[place] if place >= 0 else begin()
        while done < end:
            # Who asks first may be the last of them: each then needs what an earlier one has seen.
            following = min(end, done + _STRIDE)
            done, seen = following, self._go_on(seen, done, following, base, above)
            if place == len(known) - 1:
                if place > 0 and known[place][0] - known[place - 1][0] < _STRIDE:
                    known.pop()
                known.append((done, seen))
                place = len(known) - 1
        if len(self._known) > _BLOCKS:
            del self._known[next(iter(self._known))]
        return seen

    def _go_on(self, seen: _Seen, start: int, end: int, base: _Base, above: nodes.NodeNG | None) -> _Seen:
        """What is seen after some more bindings. One in the block `above` itself ends all that came before."""
        if start >= end:
            return seen
        seen = seen.copy()
        for binding in self._bound[start:end]:
            if _take(seen, binding, base, above):
                break
        return seen


_STRIDE = 64
"""After so many bindings it is kept what is seen of them."""
_BLOCKS = 32
"""Of so many blocks it is kept: who asks of them asks in the order of the source, or in the opposite one."""


def _count(kept: tuple[int, _Seen]) -> int:
    return kept[0]


def _block(statement: nodes.NodeNG) -> Block:
    """The block that a statement is in, told by the line on which it begins: no two begin on one."""
    above = statement.parent
    line = statement.fromlineno or 0
    began = 0
    if type(above) not in _OF_ONE_BLOCK:
        for field in _FIELDS:
            block = getattr(above, field, None)
            if block and isinstance(block, list) and began < (block[0].fromlineno or 0) <= line:
                began = block[0].fromlineno
    return above, began


_OF_ONE_BLOCK = frozenset((nodes.FunctionDef, nodes.AsyncFunctionDef, nodes.Module, nodes.With, nodes.ClassDef))


class _Base:
    """Who asks."""

    def __init__(self, node: nodes.NodeNG) -> None:
        self.node = node
        self.statement = node.statement()
        self._around = frozenset(node.node_ancestors())

    def excludes(self, node: nodes.NodeNG) -> bool:
        """Whether a node runs only where this one does not, as the branches of an `if`."""
        above = node.parent
        while above is not None and above not in self._around:
            above = above.parent
        return isinstance(above, nodes.If | nodes.Try) and nodes.are_exclusive(self.node, node)


def _take(seen: _Seen, binding: _Binding, base: _Base, above: nodes.NodeNG | None) -> bool:
    """See one more binding; whether it is the last that counts. The steps are those of astroid's `_filter_stmts`."""
    node, by, optional = binding.node, binding.by, binding.optional
    if binding.statement is base.statement:
        found, done = by._get_filtered_stmts(base.node, node, seen.all(), base.statement)
        if done:
            seen.become(found)
            return True
    if optional and by.parent_of(base.node):
        seen.reset()
        seen.add(node, binding.parent)
        return False
    if isinstance(by, nodes.NamedExpr):
        optional = _see_named(seen, binding)
    first = seen.first_in(binding.parent)
    if first is not None:
        if first.assign_type().parent_of(by):
            return False
        if not (optional or _are_exclusive(first, binding)):
            seen.drop_first_in(binding.parent)
    if base.excludes(node):
        return False
    if isinstance(node, nodes.DelName):
        seen.reset()
        return False
    if isinstance(node, nodes.NamedExpr | nodes.AssignName):
        if isinstance(binding.statement, nodes.ExceptHandler):
            if not binding.statement.parent_of(base.node):
                return False
            seen.reset()
        elif not optional and binding.parent is above:
            seen.reset()
    seen.add(node, binding.home)
    return False


def _see_named(seen: _Seen, binding: _Binding) -> bool:
    """See what `:=` binds, before it is seen like others; whether it may be left out."""
    conditions = [above for above in binding.by.node_ancestors() if isinstance(above, nodes.If)]
    if len(conditions) < 2:
        seen.reset()
    seen.add(binding.node, binding.parent)
    return binding.optional and len(conditions) < 2


def _are_exclusive(first: nodes.NodeNG, binding: _Binding) -> bool:
    """Whether two bindings of one block exclude each other."""
    of_branches = isinstance(binding.parent, nodes.If | nodes.Try) or first.statement() is binding.statement
    return of_branches and bool(nodes.are_exclusive(first, binding.node))
