"""What a rule on traced code has to work with: the calls and statements that run while TensorFlow traces."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from astroid import nodes

from tf2lint.checkers.base import Module, span_of
from tf2lint.findings import Confidence, Finding, Rule
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import Const, TfMember, TfName, TfValue, Unknown, Value
from tf2lint.tracing.traced import tracing_of

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator
    from tf2lint.tracing.calls import Place


@dataclasses.dataclass(frozen=True, slots=True)
class Effect:
    """What a call does to the trace that it stands in; `name` is what is called.

    `once_is_fine` says that it does no harm behind a guard that lets it run once and keeps the result; `lifted_is_fine`
    that it does none in `tf.init_scope`. `says` is the text of a print or log message, which may say that it is about
    tracing.
    """

    rule: Rule
    node: nodes.Call
    name: str
    problem: str
    confidence: Confidence
    hint: str = ""
    once_is_fine: bool = True
    lifted_is_fine: bool = False
    says: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class TracedCall:
    """A call in a function that may be traced, as the rules look at it: once, whoever comes to it.

    `value` is what is called, the only thing that it may be; `worlds` are those in which the program comes to it.
    """

    ev: Evaluator
    node: nodes.Call
    value: Value
    worlds: int
    receiver: nodes.ClassDef | None

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


@dataclasses.dataclass(frozen=True, slots=True)
class TracedCheck:
    """A rule that looks at the calls in traced functions, of this module and of others that it reaches."""

    rule: Rule
    check: OnTracedCall


def on_traced_call(rule: Rule) -> Callable[[OnTracedCall], TracedCheck]:
    """Register a check of the calls in traced functions."""
    return lambda check: TracedCheck(rule, check)


def effects_of(ev: Evaluator, place: Place, checks: Iterable[TracedCheck]) -> tuple[tuple[Effect, bool], ...]:
    """What the calls of a function do, each with whether it stands in `tf.init_scope`; found once for each function."""
    return ev.memo.once(("effects", place), lambda: tuple(_effects(ev, place, checks)), ())


def _effects(ev: Evaluator, place: Place, checks: Iterable[TracedCheck]) -> Iterator[tuple[Effect, bool]]:
    calls = tracing_of(ev).calls
    for site in calls.sites(place.function):
        values = [value for value in calls.values(site.call.func, place) if value != Const(None)]
        if len(values) != 1 or isinstance(values[0], Unknown):
            continue
        worlds = ev.guards.reach(site.call)
        if isinstance(values[0], TfValue):
            worlds &= values[0].worlds
        if not worlds:
            continue
        call = TracedCall(ev, site.call, values[0], worlds, place.receiver)
        for check in checks:
            for effect in check.check(call):
                yield effect, site.lifted


def traced_findings(module: Module, checks: Iterable[TracedCheck]) -> Iterator[Finding]:
    """What the rules on traced code say of a module, at the line itself or at the call that leads out of the module."""
    tracing = tracing_of(module.ev)
    for traced in tracing.reached(module.tree):
        for effect, lifted in effects_of(module.ev, traced.place, checks):
            if effect.lifted_is_fine and (lifted or traced.lifted):
                continue
            if effect.once_is_fine and (traced.guarded or tracing.runs_once(traced, effect.node)):
                continue
            if effect.says and module.config.announces_tracing(effect.says):
                continue
            node = traced.seen_from(module.tree, effect.node)
            if node is None or not module.ev.guards.reach(node):
                continue
            message = effect.rule.message.format(
                name=effect.name, problem=effect.problem, hint=effect.hint or effect.rule.hint
            )
            yield Finding(
                rule=effect.rule,
                span=span_of(effect.node.func if node is effect.node else node),
                name=effect.name,
                message=message,
                confidence=effect.confidence if node is effect.node else Confidence.INFERENCE,
                because=traced.because,
            )
