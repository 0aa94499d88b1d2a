"""Which versions can reach a line, and whether it is certain that they do.

Code for TensorFlow 1 and 2 is legitimate: what a check of the version, a `hasattr`, a `try` guards is judged by the
worlds that can get there.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.inference import version_marks
from tf2lint.inference.blocks import around, blocks_of
from tf2lint.inference.concrete import UNKNOWN, Concrete
from tf2lint.inference.index import last_name
from tf2lint.inference.values import Function, TfName, canonical, join

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_PRIVATE = (
    "tf.python",
    "tf.core",
    "tf.compiler",
    "tf.tools",
    "tf._",
    "tf_keras",
    "keras.src",
    "keras.engine",
    "keras._",
)
_LOOKUP_ERRORS = frozenset(("ImportError", "ModuleNotFoundError", "AttributeError"))
_BROAD_ERRORS = frozenset(("Exception", "BaseException", ""))
_EXITS = frozenset(
    "sys.exit builtins.exit builtins.quit os._exit pytest.skip pytest.exit pytest.fail pytest.xfail".split()
)
_EXIT_NAMES = frozenset(name.rpartition(".")[2] for name in _EXITS)
_SKIPS = {"skipIf": True, "skipif": True, "skipUnless": False, "skip_if": True}

_LEAVING = (nodes.Return, nodes.Raise, nodes.Continue, nodes.Break, nodes.If, nodes.With, nodes.Try, nodes.Expr)
"""What a block that leaves ends with."""


class Guards:
    """Answers of one evaluator about reachability."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev
        self._concrete = Concrete(ev)

    def reach(self, node: nodes.NodeNG) -> int:
        """The target worlds in which the program can come to a node."""
        worlds, _ = self.execution(node.statement())
        return worlds & self._within_statement(node)

    def execution(self, node: nodes.NodeNG) -> tuple[int, bool]:
        """The worlds that can come to the statement of a node, and whether all of these surely do.

        "Surely" is meant from the start of the scope that the statement is in.
        """
        statement = node.statement()
        anything = (self._ev.target, False)
        return self._ev.memo.once(("execution", statement), lambda: self._execution(statement), anything)

    def binding(self, node: nodes.NodeNG) -> tuple[int, bool]:
        """As `execution`, for a statement that binds: where it fails inside of a `try`, it binds nothing."""
        worlds, certain = self.execution(node)
        statement = node.statement()
        tried = statement.parent
        if isinstance(tried, nodes.Try) and tried.handlers and blocks_of(self._ev, tried).field(statement) == "body":
            surely, perhaps = self._statement_fails(statement)
            return worlds & ~surely, certain and not worlds & perhaps
        return worlds, certain

    def decided_by_version(self, node: nodes.NodeNG) -> bool:
        """Whether a check of the version, or a `try` that fails in some, decides if a statement is reached.

        With a single targeted version that can not be seen from the worlds that reach it.
        """
        parent = node.statement().parent
        while parent is not None and not isinstance(parent, nodes.FunctionDef | nodes.ClassDef | nodes.Module):
            if isinstance(parent, nodes.If):
                when, unless = self.truth(parent.test)
                if when & unless != self._ev.target:
                    return True
            elif isinstance(parent, nodes.ExceptHandler) and self._failing(parent.parent, parent)[0]:
                return True
            parent = parent.parent
        return False

    def truth(self, test: nodes.NodeNG) -> tuple[int, int]:
        """The worlds in which a condition can hold, and those in which it can fail."""
        unknown = (self._ev.target, self._ev.target)
        return self._ev.memo.once(("truth", test), lambda: self._truth(test), unknown)

    def _truth(self, test: nodes.NodeNG) -> tuple[int, int]:
        if not version_marks.may_ask(self._ev, test):
            return self._ev.target, self._ev.target
        holds = fails = 0
        for world in api.bits(self._ev.target):
            value = self._concrete.decided_by_version(test, world)
            if value is UNKNOWN or value:
                holds |= world
            if value is UNKNOWN or not value:
                fails |= world
        return holds, fails

    # -- statements -------------------------------------------------------------------------------------------------

    def _execution(self, statement: nodes.NodeNG) -> tuple[int, bool]:
        parent = statement.parent
        if parent is None or isinstance(statement, nodes.Module):
            return self._ev.target, True
        owner = statement if isinstance(parent, nodes.Module) else parent.statement()
        if owner is statement or isinstance(parent, nodes.Module):
            worlds, certain = self._ev.target, True
        else:
            worlds, certain = self.execution(owner)
        if isinstance(parent, nodes.FunctionDef | nodes.ClassDef):
            certain = True
            worlds &= self._not_skipped(parent)
        elif isinstance(parent, nodes.If):
            when, unless = self.truth(parent.test)
            in_body = blocks_of(self._ev, parent).field(statement) == "body"
            here, other = (when, unless) if in_body else (unless, when)
            worlds &= here
            certain = certain and not worlds & other
        elif isinstance(parent, nodes.While | nodes.For):
            in_body = blocks_of(self._ev, parent).field(statement) == "body"
            if isinstance(parent, nodes.While) and in_body:
                worlds &= self.truth(parent.test)[0]
            certain = certain and not in_body
        elif isinstance(parent, nodes.Try):
            worlds, certain = self._in_try(statement, parent, worlds, certain)
        elif isinstance(parent, nodes.ExceptHandler):
            surely, perhaps = self._failing(parent.parent, parent)
            worlds &= surely | perhaps
            certain = certain and not worlds & ~surely
        elif isinstance(parent, nodes.MatchCase):
            here, sure = self._matched(parent)
            worlds &= here
            certain = certain and not worlds & ~sure
        return worlds & self._not_left(statement, parent), certain

    def _matched(self, case: nodes.MatchCase) -> tuple[int, int]:
        """The worlds in which a `match` may come to a case, and those in which it surely does."""
        match = case.parent
        here = sure = 0
        for world in api.bits(self._ev.target):
            subject = self._concrete.decided_by_version(match.subject, world)
            taken = None
            for other in match.cases if subject is not UNKNOWN else ():
                matches = self._concrete.matches(other.pattern, subject)
                if matches is UNKNOWN or (matches and other.guard is not None):
                    break
                if matches:
                    taken = other
                    break
            else:
                if subject is not UNKNOWN:
                    continue  # No case takes it.
            if taken is None or taken is case:
                here |= world
                sure |= world if taken is case else 0
        return here, sure

    def _in_try(self, statement: nodes.NodeNG, parent: nodes.Try, worlds: int, certain: bool) -> tuple[int, bool]:
        if blocks_of(self._ev, parent).field(statement) in ("finalbody", "handlers"):
            return worlds, certain
        if not any(_caught(handler) & (_LOOKUP_ERRORS | _BROAD_ERRORS) for handler in parent.handlers):
            return worlds, certain
        blocks = blocks_of(self._ev, parent)
        before = blocks.place(statement) if blocks.field(statement) == "body" else len(parent.body)
        surely, perhaps = blocks.sum(self._ev, "fail", (0, 0), before, functools.partial(self._or_fails, parent.body))
        worlds &= ~surely
        return worlds, certain and not worlds & perhaps

    def _not_left(self, statement: nodes.NodeNG, parent: nodes.NodeNG) -> int:
        """The worlds that an earlier `if …: return`, `raise` or `assert` in the same block lets through."""
        blocks = blocks_of(self._ev, parent)
        exits, count = blocks.before(statement, _may_leave)
        if not count:
            return self._ev.target
        key = ("let through", blocks.field(statement))
        add = functools.partial(self._and_let_through, exits)
        return blocks.sum(self._ev, key, self._ev.target, count, add)

    def _and_let_through(self, exits: list[nodes.NodeNG], through: int, number: int) -> int:
        return through & self._let_through(exits[number])

    def _let_through(self, earlier: nodes.If | nodes.Assert) -> int:
        """The worlds that an `if` or `assert` lets run on into what follows it."""
        is_assert = isinstance(earlier, nodes.Assert)
        leaves, stays = (False, True) if is_assert else (self._leaves(earlier.body), self._leaves(earlier.orelse))
        if not leaves and not stays:
            return self._ev.target
        when, unless = self.truth(earlier.test)
        return (0 if leaves else when) | (0 if stays else unless)

    def _leaves(self, block: list[nodes.NodeNG]) -> bool:
        """Whether a block never runs on into what follows it."""
        if not block:
            return False
        last = block[-1]
        if isinstance(last, nodes.Return | nodes.Raise | nodes.Continue | nodes.Break):
            return True
        if isinstance(last, nodes.If):
            return self._leaves(last.body) and self._leaves(last.orelse)
        if isinstance(last, nodes.With):
            return self._leaves(last.body) and not any(self._suppresses(context) for context, _ in last.items)
        if isinstance(last, nodes.Try):
            leaves = self._leaves(last.orelse or last.body) and all(self._leaves(h.body) for h in last.handlers)
            return leaves or self._leaves(last.finalbody)
        if isinstance(last, nodes.Expr) and isinstance(last.value, nodes.Call):
            return self._never_returns(last.value.func)
        return False

    def _never_returns(self, func: nodes.NodeNG) -> bool:
        """Whether a call of a function ends the program, skips the test, or always raises."""
        name = last_name(func)
        if isinstance(func, nodes.Attribute) and name == "skipTest":
            return True
        if name in _EXIT_NAMES and self._ev.dotted(func) & _EXITS:
            return True
        return self._ev.memo.once(("never returns", func), lambda: self._raises_always(func), False)

    def _raises_always(self, func: nodes.NodeNG) -> bool:
        if not isinstance(func, nodes.Name):
            return False
        functions = [v.node for v in self._ev.value_of(func) if isinstance(v, Function)]
        if len(functions) != 1 or not isinstance(functions[0], nodes.FunctionDef):
            return False
        body = functions[0].body  # Empty where there is but a docstring.
        return bool(body) and (
            isinstance(body[-1], nodes.Raise | nodes.Expr)
            and self._leaves(body)
            and not any(True for _ in functions[0]._get_return_nodes_skip_functions())
            and not any(True for _ in functions[0]._get_yield_nodes_skip_functions())
        )

    def _not_skipped(self, node: nodes.FunctionDef | nodes.ClassDef) -> int:
        """The worlds in which `unittest.skipIf`, a mark of pytest and their kind let a function or class run."""
        let_through = self._ev.target
        marks = list(node.decorators.nodes) if node.decorators else []
        home = node.parent
        if isinstance(home, nodes.Module | nodes.ClassDef):
            for mark in home.locals.get("pytestmark", ()):
                marked = getattr(mark.parent, "value", None)
                marks += marked.elts if isinstance(marked, nodes.List | nodes.Tuple) else [marked]
        for mark in marks:
            call = self._ev.literal(mark) if isinstance(mark, nodes.Name) else mark
            skip_when = self._skips(call)
            if skip_when is not None and call.args:
                let_through &= self.truth(call.args[0])[1 if skip_when else 0]
        set_up = home.locals.get("setUp", [None])[0] if isinstance(home, nodes.ClassDef) else None
        if isinstance(set_up, nodes.FunctionDef) and set_up is not node and set_up.body:
            let_through &= self._not_left(set_up.body[-1], set_up)
            if self._leaves([set_up.body[-1].body[-1]] if isinstance(set_up.body[-1], nodes.If) else []):
                let_through &= self.truth(set_up.body[-1].test)[1]
        return let_through

    def _skips(self, call: nodes.NodeNG) -> bool | None:
        """Whether a decorator skips where its condition holds (True), or where it fails (False); None for others."""
        if not isinstance(call, nodes.Call):
            return None
        name = last_name(call.func)
        if isinstance(call.func, nodes.Name) and not self._ev.dotted(call.func) & {f"unittest.{name}"}:
            return None
        return _SKIPS.get(name or "")

    # -- inside of a statement --------------------------------------------------------------------------------------

    def _within_statement(self, node: nodes.NodeNG) -> int:
        worlds = self._ev.target
        child, parent = node, node.parent
        while parent is not None and not child.is_statement:
            if isinstance(parent, nodes.IfExp) and child is not parent.test:
                worlds &= self.truth(parent.test)[0 if child is parent.body else 1]
            elif isinstance(parent, nodes.BoolOp):
                add = functools.partial(self._and_operand, parent)
                count = parent.values.index(child)
                worlds &= blocks_of(self._ev, parent).sum(self._ev, "operands", self._ev.target, count, add)
            child, parent = parent, parent.parent
        return worlds

    def _and_operand(self, condition: nodes.BoolOp, through: int, number: int) -> int:
        """The worlds that one more operand of an `and` or `or` lets come to the next."""
        return through & self.truth(condition.values[number])[0 if condition.op == "and" else 1]

    # -- try --------------------------------------------------------------------------------------------------------

    def expects_absence(self, node: nodes.NodeNG) -> bool:
        """Whether a failing look-up or import at a node is provided for by a `try` or `contextlib.suppress` around it.

        A handler that only ends the program, or raises again, provides for nothing.
        """
        return around(self._ev, "expects absence", node, self._expects_absence, _is_scope)

    def _expects_absence(self, child: nodes.NodeNG, parent: nodes.NodeNG) -> bool:
        if not isinstance(parent, nodes.Try | nodes.With) or blocks_of(self._ev, parent).field(child) != "body":
            return False
        if isinstance(parent, nodes.With):
            return any(self._suppresses(context) for context, _ in parent.items)
        return any(self._provides(parent, handler) for handler in parent.handlers)

    def _provides(self, tried: nodes.Try, handler: nodes.ExceptHandler) -> bool:
        caught = _caught(handler)
        if self._leaves(handler.body) and isinstance(handler.body[-1], nodes.Raise | nodes.Expr):
            return False
        if caught & _LOOKUP_ERRORS:
            return True
        # A broad handler guards a look-up only where the look-up is all that was tried, save for a flag.
        if not caught & _BROAD_ERRORS:
            return False
        looked_up = list(itertools.islice((one for one in tried.body if not _sets_flag(one)), 2))
        return len(looked_up) == 1 and not isinstance(looked_up[0], nodes.With)

    def _suppresses(self, context: nodes.NodeNG) -> bool:
        if not isinstance(context, nodes.Call) or "contextlib.suppress" not in self._ev.dotted(context.func):
            return False
        return any(last_name(argument) in _LOOKUP_ERRORS | {"Exception"} for argument in context.args)

    def _failing(self, tried: nodes.Try, handler: nodes.ExceptHandler) -> tuple[int, int]:
        """The worlds in which the body of a `try` surely fails, and may fail, with what the handler catches."""
        if not _caught(handler) & (_LOOKUP_ERRORS | _BROAD_ERRORS):
            return 0, self._ev.target
        add = functools.partial(self._then_fails, tried.body)
        return blocks_of(self._ev, tried).sum(self._ev, "fail first", (0, 0), len(tried.body), add)

    def _then_fails(self, body: list[nodes.NodeNG], so_far: tuple[int, int], number: int) -> tuple[int, int]:
        """The worlds in which one more statement is the first that surely fails, or may fail."""
        surely, perhaps = so_far
        fails, may = self._statement_fails(body[number])
        perhaps |= may & ~surely
        return surely | fails & ~perhaps, perhaps

    def _or_fails(self, body: list[nodes.NodeNG], so_far: tuple[int, int], number: int) -> tuple[int, int]:
        """The worlds in which any of the statements so far surely fails, or may fail, and one more."""
        fails, may = self._statement_fails(body[number])
        return so_far[0] | fails, so_far[1] | may

    def _statement_fails(self, statement: nodes.NodeNG) -> tuple[int, int]:
        """The worlds in which a statement surely fails, and may fail, because a name is not there."""
        key = ("fails", statement)
        return self._ev.memo.once(key, lambda: self._fails(statement), (0, self._ev.target))

    def _fails(self, statement: nodes.NodeNG) -> tuple[int, int]:
        everywhere = self._ev.target
        if isinstance(statement, nodes.Import):
            return self._some_missing([canonical(dotted) for dotted, _ in statement.names], imported=True)
        if isinstance(statement, nodes.ImportFrom):
            owner = self._ev.modules.absolute(statement)
            tf_owner = canonical(owner) if owner else None
            if tf_owner is None:
                found = owner is not None and self._ev.modules.load(owner, statement.root()) is not None
                return 0, 0 if found else everywhere
            return self._some_missing(
                [join(tf_owner, name) for name, _ in statement.names if name != "*"], by_from=True
            )
        if isinstance(statement, nodes.Assign | nodes.Expr | nodes.AnnAssign) and statement.value is not None:
            return self._expression_fails(statement.value)
        if isinstance(statement, nodes.Pass | nodes.FunctionDef | nodes.ClassDef):
            return 0, 0
        return 0, everywhere

    def _expression_fails(self, node: nodes.NodeNG) -> tuple[int, int]:
        if isinstance(node, nodes.Const | nodes.Name):
            return 0, 0
        if isinstance(node, nodes.Attribute):
            values = self._ev.value_of(node)
            found = [v.name for v in values if isinstance(v, TfName)]
            return self._some_missing(found) if len(found) == len(values) == 1 else (0, self._ev.target)
        surely = 0
        for attribute in node.nodes_of_class(nodes.Attribute):
            surely |= self._expression_fails(attribute)[0]
        return surely, self._ev.target

    def _some_missing(
        self, names: Sequence[str | None], *, imported: bool = False, by_from: bool = False
    ) -> tuple[int, int]:
        surely = perhaps = 0
        for name in names:
            if name is None:
                perhaps = self._ev.target
                continue
            asks_import = imported or by_from
            present = self.importable(name, by_from=by_from) if asks_import else self.present(name)
            if present is not None:  # What the database does not know, such as `keras.src`, is taken to be there.
                surely |= self._ev.target & ~present
        return surely, perhaps

    def importable(self, name: str, *, by_from: bool) -> int | None:
        """The worlds in which `import name` works, or `from owner import last`; None where that can not be told."""
        symbol = api.symbol(name)
        if symbol is None:
            return self.present(name)
        if not by_from or symbol.kind is not api.Kind.MODULE:
            return symbol.imports
        # A module can be taken from one above it as an attribute too, if that one can be imported.
        owner = api.symbol(name.rpartition(".")[0])
        return (symbol.worlds | symbol.imports) & (owner.imports if owner is not None else api.ALL)

    @staticmethod
    def present(name: str) -> int | None:
        """The worlds that have a canonical name as an attribute; None where the database can not tell."""
        if "." not in name:
            return api.ALL
        symbol = api.symbol(name)
        if symbol is not None:
            return symbol.worlds
        owner = name.rpartition(".")[0]
        while "." in owner:
            above = api.symbol(owner)
            if above is not None:
                return None if above.open or above.kind is not api.Kind.MODULE else 0
            owner = owner.rpartition(".")[0]
        return None if name.startswith(_PRIVATE) else 0


def _is_scope(node: nodes.NodeNG) -> bool:
    return isinstance(node, nodes.FunctionDef | nodes.ClassDef | nodes.Module)


def _may_leave(statement: nodes.NodeNG) -> bool:
    """Whether a statement is an `assert`, or an `if` of which a branch ends with what may leave the block."""
    if isinstance(statement, nodes.If):
        return any(block and isinstance(block[-1], _LEAVING) for block in (statement.body, statement.orelse))
    return isinstance(statement, nodes.Assert)


def _sets_flag(statement: nodes.NodeNG) -> bool:
    """Whether a statement is `HAS_IT = True`."""
    value = getattr(statement, "value", None)
    return isinstance(statement, nodes.Assign) and isinstance(value, nodes.Const) and isinstance(value.value, bool)


def _caught(handler: nodes.ExceptHandler) -> set[str]:
    """The last names of what a handler catches; the empty name where it catches all."""
    if handler.type is None:
        return {""}
    types = handler.type.elts if isinstance(handler.type, nodes.Tuple) else [handler.type]
    return {last_name(one) or "?" for one in types}
