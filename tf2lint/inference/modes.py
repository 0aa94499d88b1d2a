"""Where code runs eagerly, and where it builds a graph on purpose.

TensorFlow 2 runs eagerly unless told otherwise. What fails only under eager execution is told only where it is certain
that the code runs so: at the top of a script and in the functions that it calls from there.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import classes
from tf2lint.inference.blocks import around, blocks_of
from tf2lint.inference.index import function_around, index_of, last_name
from tf2lint.inference.values import Class, Function, Object, Partial, TfInstance, TfName, Value

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_TO_GRAPH_MODE = frozenset(("disable_v2_behavior", "disable_eager_execution", "wrap_function"))
_EAGER_TESTS = frozenset(("executing_eagerly", "executing_eagerly_outside_functions"))
_TRACE_TESTS = frozenset(("inside_function",))
_RUNNERS = frozenset(("absl.app.run", "tf.app.run", "tf.compat.v1.app.run"))
_TRACING = frozenset(("function", "defun", "make_template", "track_tf1_style_variables", "wrap_function"))


class Modes:
    """Answers of one evaluator about the mode in which code runs."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev

    def in_graph(self, node: nodes.NodeNG) -> bool:
        """Whether a node runs in graph mode on purpose, by what stands around it or anywhere in its module."""
        return self.graph_module(node.root()) or around(self._ev, "in graph", node, self._in_graph)

    def _in_graph(self, child: nodes.NodeNG, parent: nodes.NodeNG) -> bool:
        if isinstance(parent, nodes.With) and blocks_of(self._ev, parent).field(child):
            return any(self._enters_graph(context) for context, _ in parent.items)
        return self._only_in_graph(child, parent)

    def only_in_graph(self, node: nodes.NodeNG) -> bool:
        """Whether a node is not reached under eager execution, whatever graph a `with` around it enters."""
        return around(self._ev, "only in graph", node, self._only_in_graph) or self.graph_module(node.root())

    def _only_in_graph(self, child: nodes.NodeNG, parent: nodes.NodeNG) -> bool:
        if isinstance(parent, nodes.If) and child is not parent.test:
            eager = self._eager_test(parent.test)
            return eager is not None and eager != (blocks_of(self._ev, parent).field(child) == "body")
        if isinstance(parent, nodes.FunctionDef):
            return self._traced(parent) or self._leaves_when_eager(parent, child)
        return False

    def only_eager(self, node: nodes.NodeNG, function: nodes.NodeNG) -> bool:
        """Whether a node of a function that is traced runs only when nothing is: `if tf.executing_eagerly():`."""
        holds = functools.partial(self._only_eager, function)
        return around(self._ev, ("only eager", function), node, holds, lambda above: above is function.parent)

    def _only_eager(self, function: nodes.NodeNG, child: nodes.NodeNG, parent: nodes.NodeNG) -> bool:
        if isinstance(parent, nodes.If) and child is not parent.test:
            eager = self._eager_test(parent.test)
            return eager is not None and eager == (blocks_of(self._ev, parent).field(child) == "body")
        return isinstance(parent, nodes.FunctionDef) and parent is function and self._leaves_when_traced(parent, child)

    def _leaves_when_traced(self, function: nodes.FunctionDef, child: nodes.NodeNG) -> bool:
        return self._comes_after(child, self._exits(function, eager=False))

    def surely_eager(self, node: nodes.NodeNG) -> bool:
        """Whether a node surely runs eagerly: outside of every graph, and reached from the top of its module."""
        function = function_around(node)
        if function is not None and function not in self._called_from_top(node.root()):
            return False  # As most functions of a library, which is seen sooner than what stands around a node.
        return not self.in_graph(node)

    def graph_module(self, module: nodes.Module) -> bool:
        """Whether a module turns eager execution off, for itself and for all that runs with it."""
        key = ("graph module", module)
        return self._ev.memo.once(key, lambda: self._turns_eager_off(module), False)

    def _turns_eager_off(self, module: nodes.Module) -> bool:
        for call in index_of(self._ev, module).calls:
            func = call.func
            if (isinstance(func, nodes.Name) or last_name(func) in _TO_GRAPH_MODE) and self._named(
                func
            ) & _TO_GRAPH_MODE:
                return True
        return False

    def _named(self, node: nodes.NodeNG) -> set[str]:
        return {v.name.rpartition(".")[2] for v in self._ev.value_of(node) if isinstance(v, TfName)}

    def _enters_graph(self, context: nodes.NodeNG) -> bool:
        """`with tf.Graph().as_default():`, and a session of its own graph, `with self.graph.as_default():` likewise."""
        if isinstance(context, nodes.Call) and isinstance(context.func, nodes.Attribute):
            if context.func.attrname == "as_default":
                owners = self._ev.value_of(context.func.expr)
                # Whatever has `as_default` and is not known to be a session or a summary writer is a graph.
                return all(not isinstance(v, TfInstance) or _makes_graph(v.cls) for v in owners)
            if context.func.attrname in ("cached_session", "test_session", "session", "graph_mode", "eager_mode"):
                return bool(context.func.attrname != "eager_mode")
        # Entering a session enters its graph too, which leaving eager execution is part of.
        values = self._ev.value_of(context)
        return any(isinstance(v, TfInstance) and _makes_graph(v.cls) for v in values)

    def _eager_test(self, test: nodes.NodeNG) -> bool | None:
        """Whether a condition holds under eager execution; None where it says nothing of it."""
        if isinstance(test, nodes.UnaryOp) and test.op == "not":
            inner = self._eager_test(test.operand)
            return None if inner is None else not inner
        if isinstance(test, nodes.BoolOp):
            told = [self._eager_test(value) for value in test.values]
            decided = test.op == "or"
            return decided if decided in told else None
        if isinstance(test, nodes.Call):
            named = self._named(test.func)
            return True if named & _EAGER_TESTS else False if named & _TRACE_TESTS else None
        return None

    def _leaves_when_eager(self, function: nodes.FunctionDef, child: nodes.NodeNG) -> bool:
        return self._comes_after(child, self._exits(function, eager=True))

    def _exits(self, function: nodes.FunctionDef, *, eager: bool) -> nodes.NodeNG | None:
        """The first statement of a function's own block that ends it where it runs eagerly, or where it does not."""
        key = ("exits", function, eager)
        return self._ev.memo.once(key, lambda: self._first_exit(function, eager=eager), None)

    def _first_exit(self, function: nodes.FunctionDef, *, eager: bool) -> nodes.NodeNG | None:
        for statement in function.body:
            if (
                isinstance(statement, nodes.If)
                and isinstance(statement.body[-1], nodes.Return | nodes.Raise)
                and self._eager_test(statement.test) is eager
            ):
                return statement
        return None

    @staticmethod
    def _comes_after(child: nodes.NodeNG, statement: nodes.NodeNG | None) -> bool:
        return statement is not None and child.fromlineno > statement.tolineno

    def _traced(self, function: nodes.FunctionDef) -> bool:
        for decorator in function.decorators.nodes if function.decorators else ():
            if self._named(decorator) & _TRACING:
                return True
            if isinstance(decorator, nodes.Call) and self._named(decorator.func) & _TRACING:
                return True
            if isinstance(decorator, nodes.Call) and any(self._named(a) & _TRACING for a in decorator.args):
                return True
        module = function.root()
        nothing: frozenset[nodes.NodeNG] = frozenset()
        return function in self._ev.memo.once(("traced by call", module), lambda: self._traced_by_call(module), nothing)

    def _traced_by_call(self, module: nodes.Module) -> frozenset[nodes.NodeNG]:
        """The functions that a module hands to what traces them: `step = tf.function(step)`."""
        found: set[nodes.NodeNG] = set()
        for call in index_of(self._ev, module).called(*_TRACING):
            if call.args and self._named(call.func) & _TRACING:
                found.update(v.node for v in self._ev.value_of(call.args[0]) if isinstance(v, Function))
        return frozenset(found)

    # -- what a script reaches --------------------------------------------------------------------------------------

    def _called_from_top(self, module: nodes.Module) -> frozenset[nodes.NodeNG]:
        nothing: frozenset[nodes.NodeNG] = frozenset()
        return self._ev.memo.once(("from top", module), lambda: self._reached(module), nothing)

    def _reached(self, module: nodes.Module) -> frozenset[nodes.NodeNG]:
        """The functions that run when the module runs as a script, as far as its own calls show."""
        calls: dict[nodes.NodeNG | None, list[nodes.Call]] = {}
        for call in index_of(self._ev, module).calls:
            calls.setdefault(function_around(call), []).append(call)
        reached: set[nodes.NodeNG] = set()
        waiting: list[nodes.NodeNG | None] = [None]
        while waiting:
            for call in calls.get(waiting.pop(), ()):
                found = [f for f in self._callees(call) if f not in reached and f.root() is module]
                if found and not self.in_graph(call):
                    reached.update(found)
                    waiting.extend(found)
        return frozenset(reached)

    def _callees(self, call: nodes.Call) -> list[nodes.NodeNG]:
        """The functions that a call runs: what it names, and what is handed to it to be run, as to `tf.app.run`."""
        run = [call.func]
        if self._ev.dotted(call.func) & _RUNNERS:
            run += [*call.args, *(keyword.value for keyword in call.keywords)]
            if not call.args and not call.keywords:  # `tf.app.run()` runs the module's `main`.
                return [f for f in call.root().locals.get("main", ()) if isinstance(f, nodes.FunctionDef)]
        return [body for node in run for value in self._ev.value_of(node) for body in self._bodies(value)]

    def _bodies(self, value: Value) -> list[nodes.NodeNG]:
        if isinstance(value, Function):
            return [value.node]
        if isinstance(value, Partial):
            return [body for target in value.target for body in self._bodies(target)]
        if isinstance(value, Class) and not classes.tf_bases(self._ev, value.node):
            return self._methods(value, "__init__")
        if isinstance(value, Object):
            # A Keras layer or model runs `call` when it is called.
            return self._methods(value, "__call__") or self._methods(value, "call")
        return []

    def _methods(self, value: Class | Object, name: str) -> list[nodes.NodeNG]:
        return [v.node for v in classes.attribute(self._ev, value, name) if isinstance(v, Function)]


def _makes_graph(cls: str) -> bool:
    """Whether entering an instance of a class enters a graph, as that of `tf.compat.v1.Session` does."""
    return cls.endswith(("Graph", "FuncGraph")) or cls == "tf.compat.v1.Session"
