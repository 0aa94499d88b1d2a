"""What a rule on traced code has to work with: the calls and statements that run while TensorFlow traces."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from astroid import nodes

from tf2lint.checkers.base import Module, span_of
from tf2lint.findings import Confidence, Edit, Finding, Rule
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import Const, External, TfMember, TfName, TfValue, Unknown, Value
from tf2lint.tracing import direct
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.roots import OF_KERAS
from tf2lint.tracing.sites import sites_of
from tf2lint.tracing.traced import Traced, Tracing, tracing_of

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator


@dataclasses.dataclass(frozen=True, slots=True)
class Effect:
    """What a node does to the trace that it stands in; `name` is what is called, or changed.

    `once_is_fine` says that it does no harm behind a guard that lets it run once and keeps the result; `lifted_is_fine`
    that it does none in `tf.init_scope`; `eager_is_fine` that it does none where Keras traces nothing, because the
    program calls the object itself. `says` is the text of a print or log message, which may say that it is about
    tracing. `edits` makes the edits for it, where it is told in its own module.
    """

    rule: Rule
    node: nodes.NodeNG
    name: str
    problem: str
    confidence: Confidence
    hint: str = ""
    once_is_fine: bool = True
    lifted_is_fine: bool = False
    url: str = ""
    says: str = ""
    eager_is_fine: bool = False
    edits: Callable[[Module], tuple[Edit, ...]] | None = None


def may_have_functions(module: Module) -> bool:
    """Whether a module can make or call a tf.function: where rules about these have anything to see."""
    return sites_of(module.ev).concern(module.tree)


def effect(rule: Rule, node: nodes.NodeNG, name: str, problem: str, **more: Any) -> Effect:
    """That a node has an effect of a rule; what it is was found by following the program, if nothing else is said."""
    return Effect(rule, node, name, problem, more.pop("confidence", Confidence.INFERENCE), **more)


def confidence_in(frame: Frame) -> Confidence:
    """How sure it is that a function is traced: a tf.function and a callback are, what Keras may call is not."""
    sure = frame.caller is None and frame.traced.reason != OF_KERAS
    return Confidence.BINDING if sure else Confidence.INFERENCE


def names_called(frame: Frame, call: nodes.Call) -> list[str]:
    """What a call calls, by dotted name: all that it may be, or what is known of an object's method; else nothing."""
    known_names = frame.called.get(call)
    if known_names is None:
        known_names = frame.called[call] = _names_called(frame, call)
    return known_names


def _names_called(frame: Frame, call: nodes.Call) -> list[str]:
    values = frame.values(call.func)
    if any(isinstance(value, Unknown) for value in values) and not isinstance(call.func, nodes.Attribute):
        return []
    known = [value for value in values if not isinstance(value, Unknown) and value != Const(None)]
    if not all(isinstance(value, TfName | TfMember | External) for value in known):
        return []
    return sorted(frame.names(call.func)) if frame.ev.guards.reach(call) else []


@dataclasses.dataclass(frozen=True, slots=True)
class TracedCall:
    """A call in a function that is traced, as the rules look at it.

    `value` is what is called, the only thing that it may be; `worlds` are those in which the program comes to it.
    """

    frame: Frame
    node: nodes.Call
    value: Value
    worlds: int

    @property
    def ev(self) -> Evaluator:
        """The evaluator of names."""
        return self.frame.ev

    @property
    def receiver(self) -> nodes.ClassDef | None:
        """The class of `self` in the function."""
        return self.frame.traced.place.receiver

    @property
    def name(self) -> str:
        """The canonical name of what is called, that of its class for a member; empty for what is not TensorFlow's."""
        if isinstance(self.value, TfName):
            return self.value.name
        return f"{self.value.cls}.{self.value.attribute}" if isinstance(self.value, TfMember) else ""

    @property
    def legacy(self) -> str:
        """The name without `tf.` or `tf.compat.v1.`."""
        return legacy(self.name)[1]

    def effect(self, rule: Rule, problem: str, **more: Any) -> Effect:
        """That the call has an effect of a rule."""
        direct = isinstance(self.value, TfName) and not self.value.inferred
        confidence = Confidence.BINDING if direct else Confidence.INFERENCE
        return Effect(rule, self.node, more.pop("name", self.name), problem, confidence, **more)


OnTracedCall = Callable[[TracedCall], Iterator[Effect]]
OnTraced = Callable[[Any, Frame], Iterator[Effect]]


@dataclasses.dataclass(frozen=True, slots=True)
class TracedCheck:
    """A rule that looks at the calls in traced functions, of this module and of others that it reaches."""

    rule: Rule
    check: OnTracedCall


@dataclasses.dataclass(frozen=True, slots=True)
class TracedNodeCheck:
    """A rule that looks at nodes of some kinds in traced functions, of this module and of others that it reaches."""

    rule: Rule
    check: OnTraced
    kinds: tuple[type[nodes.NodeNG], ...]


def on_traced_call(rule: Rule) -> Callable[[OnTracedCall], TracedCheck]:
    """Register a check of the calls in traced functions."""
    return lambda check: TracedCheck(rule, check)


def on_traced(rule: Rule, *kinds: type[nodes.NodeNG]) -> Callable[[OnTraced], TracedNodeCheck]:
    """Register a check of nodes in traced functions; of `nodes.FunctionDef` also the function itself is one."""
    return lambda check: TracedNodeCheck(rule, check, kinds)


class _Checks:
    """The checks that are switched on, and which of them want nodes of a type."""

    def __init__(self, module: Module, calls: Iterable[TracedCheck], others: Iterable[TracedNodeCheck]) -> None:
        self.of_calls = [check for check in calls if module.enabled(check.rule)]
        self._others = [check for check in others if module.enabled(check.rule)]
        self._by_type: dict[type[nodes.NodeNG], list[TracedNodeCheck]] = {}

    def of(self, kind: type[nodes.NodeNG]) -> list[TracedNodeCheck]:
        """The checks of nodes of that type."""
        if kind not in self._by_type:
            self._by_type[kind] = [other for other in self._others if issubclass(kind, other.kinds)]
        return self._by_type[kind]


def _effects(frame: Frame, checks: _Checks) -> Iterator[tuple[Effect, bool]]:
    """What the nodes of a function do, each with whether it stands in `tf.init_scope`."""
    ev = frame.ev
    for site in frame.sites():
        values = [value for value in frame.values(site.call.func) if value != Const(None)]
        if len(values) != 1 or isinstance(values[0], Unknown) or not frame.runs(site.call):
            continue
        worlds = ev.guards.reach(site.call)
        if isinstance(values[0], TfValue):
            worlds &= values[0].worlds
        if not worlds:
            continue
        call = TracedCall(frame, site.call, values[0], worlds)
        for check in checks.of_calls:
            for found in check.check(call):
                yield found, site.lifted
    for node in (frame.function, *frame.own):
        wanted = checks.of(type(node))
        if wanted and (node is frame.function or frame.runs(node)):
            for other in wanted:
                for found in other.check(node, frame):
                    yield found, frame.is_lifted(found.node)


def traced_findings(
    module: Module, calls: Iterable[TracedCheck], others: Iterable[TracedNodeCheck]
) -> Iterator[Finding]:
    """What the rules on traced code say of a module, at the line itself or at the call that leads out of the module."""
    tracing = tracing_of(module.ev)
    try:
        yield from _findings(module, tracing, _Checks(module, calls, others))
    finally:
        tracing.drop_runs()


def _findings(module: Module, tracing: Tracing, checks: _Checks) -> Iterator[Finding]:
    told: set[tuple[Rule, nodes.NodeNG, nodes.NodeNG]] = set()
    for traced in tracing.reached(module.tree):
        for found, lifted in _effects(tracing.frame(traced, module.tree), checks):
            if found.lifted_is_fine and (lifted or traced.lifted):
                continue
            if found.once_is_fine and (traced.guarded or tracing.runs_once(traced, found.node)):
                continue
            if found.eager_is_fine and _is_only_called(module, traced):
                continue
            if found.says and module.config.announces_tracing(found.says):
                continue
            node = traced.seen_from(module.tree, found.node)
            if node is None or (found.rule, found.node, node) in told or not module.ev.guards.reach(node):
                continue
            told.add((found.rule, found.node, node))
            message = found.rule.message.format(
                name=found.name, problem=found.problem, hint=found.hint or found.rule.hint
            )
            called = node is found.node and isinstance(node, nodes.Call)
            yield Finding(
                rule=found.rule,
                span=span_of(found.node.func if called else node),
                name=found.name,
                message=message,
                confidence=found.confidence if node is found.node else Confidence.INFERENCE,
                because=traced.because,
                along=traced.along,
                url=found.url,
                edits=found.edits(module) if found.edits is not None and node is found.node else (),
            )


def _is_only_called(module: Module, traced: Traced) -> bool:
    """Whether a method that Keras would trace is one of an object that the program only calls itself."""
    cls = traced.root.place.receiver
    return traced.root.reason == OF_KERAS and cls is not None and direct.is_only_called(module.ev, cls)
