"""The traced set of a module: its functions and those that they reach, with the chain that leads to each."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.tracing import callbacks, once, scopes
from tf2lint.tracing.callbacks import Converted
from tf2lint.tracing.calls import Calls, Edge, Place, passed
from tf2lint.tracing.contexts import contexts_of
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.roots import Root, Roots
from tf2lint.tracing.run import Context, Started
from tf2lint.tracing.runs import GENERIC, Runs

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

_MANY = 3_000
"""So many traced functions of one module are followed."""


_Key = tuple[Place, tuple[bool | None, bool, bool, bool], Context, nodes.NodeNG | None]


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """A function that is traced, and one way in which the program comes to it.

    `reason` says what the first function of the chain is; `caller` is the function before this one and `at` the place
    in it that runs this one, for the first function the place that makes it traced. `converted` says whether AutoGraph
    converts it, None where that is not known; `lifted` that it runs in `tf.init_scope`, so eagerly; `guarded` that it
    runs once and what it makes is kept. `context` is what it is called with, `looped` says that a branch or a loop on a
    tensor leads to it, `first` is the beginning of the chain, where that is another one.
    """

    place: Place
    reason: str
    converted: bool | None
    lifted: bool = False
    guarded: bool = False
    context: Context = GENERIC
    looped: bool = False
    caller: Traced | None = None
    at: nodes.NodeNG | None = None
    first: Traced | None = None

    @property
    def function(self) -> scopes.Function:
        """The function itself."""
        return self.place.function

    @property
    def chain(self) -> tuple[Traced, ...]:
        """From what TensorFlow traces to this function."""
        return tuple(self._backwards())[::-1]

    def _backwards(self) -> Iterator[Traced]:
        step: Traced | None = self
        while step is not None:
            yield step
            step = step.caller

    @property
    def root(self) -> Traced:
        """What TensorFlow traces."""
        return self.first if self.first is not None else self

    def seen_from(self, module: nodes.Module, node: nodes.NodeNG) -> nodes.NodeNG | None:
        """The place in a module that leads to a node of this function: the node itself, or the call that reaches it."""
        inner: nodes.NodeNG | None = node
        for step in self._backwards():
            if step.function.root() is module:
                return inner
            inner = step.at
        made_by = self.root.at
        return made_by if made_by is not None and made_by.root() is module else None

    @property
    def because(self) -> tuple[str, ...]:
        """The chain in words, outermost first."""
        first = self.root
        said = [f"`{scopes.name_of(first.function)}`, {first.reason}"]
        for step in self.chain[1:]:
            function = step.function
            file = function.root().file.replace("\\", "/").rpartition("/")[2]
            said.append(f"`{scopes.name_of(function)}` ({file}:{function.fromlineno})")
        return tuple(said)

    @property
    def along(self) -> tuple[tuple[str, int], ...]:
        """The file and the line of each function of the chain, outermost first."""
        functions = [self.root.function, *(step.function for step in self.chain[1:])]
        return tuple((str(function.root().file), int(function.fromlineno)) for function in functions)


class Tracing:
    """Answers of one evaluator about what is traced."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev
        self.calls = Calls(ev)
        self.roots = Roots(ev, self.calls)
        self._runs: dict[nodes.Module, Runs] = {}
        self._frames: dict[tuple[Traced, nodes.Module], Frame] = {}

    def reached(self, module: nodes.Module) -> tuple[Traced, ...]:
        """All that is traced because of a module, in it and in the project's other modules; shortest chains first."""
        return self._ev.memo.once(("traced", module), lambda: self._reached(module), ())

    def of(self, function: scopes.Function) -> tuple[Traced, ...]:
        """The ways in which a function of the module under lint is traced; none if it is not."""
        module = function.root()
        nothing: dict[scopes.Function, list[Traced]] = {}
        by_function = self._ev.memo.once(("traced by function", module), lambda: self._by(module), nothing)
        return tuple(by_function.get(function, ()))

    def _by(self, module: nodes.Module) -> dict[scopes.Function, list[Traced]]:
        found: dict[scopes.Function, list[Traced]] = {}
        for traced in self.reached(module):
            found.setdefault(traced.function, []).append(traced)
        return found

    def _reached(self, module: nodes.Module) -> tuple[Traced, ...]:
        found: dict[_Key, Traced] = {}
        waiting: collections.deque[Traced] = collections.deque()
        runs = Runs(self._ev, self.calls, module)
        self._runs[module] = runs

        def add(traced: Traced) -> None:
            # Two places of the module that lead to one function of another module are told both.
            leads_out = traced.caller is None or traced.caller.function.root() is module
            made_by = traced.at if leads_out and traced.function.root() is not module else None
            way = (traced.converted, traced.lifted, traced.guarded, traced.looped)
            key = (traced.place, way, traced.context, made_by)
            if key not in found and len(found) < _MANY:
                found[key] = traced
                waiting.append(traced)

        for root in self.roots.of(module):
            kept = once.keeps_result(self._ev, root.place.function)
            for context in contexts_of(root, runs):
                made_by = root.made_by or self._inheriting(root)
                add(Traced(root.place, root.reason, root.converted, guarded=kept, context=context, at=made_by))
        while waiting:
            traced = waiting.popleft()
            for following in self._following(traced, self.frame(traced, module)):
                add(following)
        return tuple(found.values())

    def _inheriting(self, root: Root) -> nodes.ClassDef | None:
        """The class that makes an inherited method traced, where the module of the method does not know of that."""
        function, cls = root.place.function, root.place.receiver
        known = any(other.place.function is function for other in self.roots.of(function.root()))
        return None if known else cls

    def frame(self, traced: Traced, module: nodes.Module) -> Frame:
        """What the expressions of a traced function are, in the trace that a module is the reason for."""
        known = self._frames.get((traced, module))
        if known is None:
            known = self._frames[traced, module] = self._frame(traced, module)
        return known

    def _frame(self, traced: Traced, module: nodes.Module) -> Frame:
        runs = self._runs.get(module)
        if runs is None:
            runs = self._runs[module] = Runs(self._ev, self.calls, module)
        run = runs.of(traced.place, traced.context, converted=traced.converted, lifted=traced.lifted)
        if run is None:
            run = runs.unfollowed(traced.place, converted=traced.converted, lifted=traced.lifted)
        caller = self.frame(traced.caller, module) if traced.caller is not None else None
        return Frame(traced, run, caller)

    def drop_runs(self) -> None:
        """Forget what the expressions of traced functions are; who is traced is kept."""
        self._runs.clear()
        self._frames.clear()

    def _following(self, traced: Traced, frame: Frame) -> Iterator[Traced]:
        """What a traced function runs, with what it calls it with where that is known."""
        started: dict[tuple[nodes.NodeNG, Place], list[Started]] = {}
        for one in frame.started():
            started.setdefault((one.at, one.target), []).append(one)
        for edge in self.calls.edges(traced.place):
            known = started.pop((edge.at, edge.target), None)
            if known is None and not frame.runs(edge.at):
                continue
            looped = traced.looped or frame.is_under_tensor(edge.at)
            following = self._next(traced, edge, looped=looped)
            for one in known or ():
                yield dataclasses.replace(following, context=one.context, converted=one.converted)
            if known is None:
                yield following
        for rest in started.values():
            for one in rest:
                way = Edge(one.target, one.at, one.lifted, Converted.UNSURE)
                looped = traced.looped or frame.is_under_tensor(one.at)
                following = self._next(traced, way, looped=looped)
                yield dataclasses.replace(following, context=one.context, converted=one.converted)

    def _next(self, traced: Traced, edge: Edge, *, looped: bool) -> Traced:
        return Traced(
            edge.target,
            traced.reason,
            callbacks.converted_by(edge.converted, traced.converted),
            traced.lifted or edge.lifted,
            traced.guarded or self.runs_once(traced, edge.at) or once.keeps_result(self._ev, edge.target.function),
            GENERIC,
            looped,
            traced,
            edge.at,
            traced.root,
        )

    def runs_once(self, traced: Traced, node: nodes.NodeNG) -> bool:
        """Whether a node of a traced function runs once, by a guard in that function, or never, by its arguments."""
        memo, function = self._ev.memo, traced.function
        if memo.once(("guarded", node), lambda: once.is_guarded(self._ev, node, function), False):
            return True
        nothing: frozenset[tuple[str, bool]] = frozenset()
        optional = memo.once(("optional", node), lambda: once.optional_arguments(node, function), nothing)
        return any(self._is_given(traced, parameter) is not given for parameter, given in optional)

    def _is_given(self, traced: Traced, parameter: str) -> bool:
        if traced.caller is None or not isinstance(traced.at, nodes.Call):
            return once.may_be_given(self._ev, parameter, traced.function)
        argument = passed(traced.at, traced.function, parameter)
        if argument is None:
            unpacked = any(isinstance(argument, nodes.Starred) for argument in traced.at.args)
            return unpacked or any(keyword.arg is None for keyword in traced.at.keywords)
        return not (isinstance(argument, nodes.Const) and argument.value is None)


def tracing_of(ev: Evaluator) -> Tracing:
    """The one `Tracing` of an evaluator."""
    found = ev.memo.once("tracing", lambda: Tracing(ev), None)
    return found if found is not None else Tracing(ev)
