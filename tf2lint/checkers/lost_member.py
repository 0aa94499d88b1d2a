"""Attributes that the instances of a class had in an older version, and lack in a targeted one.

Only where it is known what the object is: what a class, a function or a method of TensorFlow gave, or an instance of a
class that derives from one of its classes.

https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#api_cleanup
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from astroid import nodes

from tf2lint import api
from tf2lint.checkers import hints
from tf2lint.checkers.base import Module, on_node, span_of
from tf2lint.checkers.wording import when
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import classes
from tf2lint.inference.values import Class, Const, External, Object, Super, TfMember, TfName, Unknown, Value

RULE = Rule(
    code="TF311",
    pylint_id="E6850",
    symbol="tf-lost-member",
    summary="An attribute or method that the instances of a class do not have in the targeted TensorFlow.",
    message="{name} {problem}: {hint}.",
    hint="look for what takes its place in the documentation of the class",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#api_cleanup",
    severity=Severity.BREAKS,
)


@on_node(RULE, nodes.Attribute, attributes=api.lost_names)
def lost(module: Module, node: nodes.Attribute) -> Iterator[Finding]:
    """`dataset.output_shapes`, `strategy.experimental_run_v2`, `model.fit_generator`."""
    if _is_told_as_a_call(node):
        return
    told: list[tuple[str, int]] = []
    for value in module.values(node):
        if isinstance(value, Unknown) or value == Const(None):
            continue
        owner = _owner(value, node.attrname)
        if owner is None or not isinstance(value, TfMember | TfName):
            return
        # Which versions come here takes longer to see than that nothing is missing.
        missing = 0
        if _missing(owner, node.attrname, value):
            missing = _missing(owner, node.attrname, dataclasses.replace(value, worlds=module.reached(value, node)))
        if not missing:
            return
        told.append((owner, missing))
    if not told or module.ev.guards.expects_absence(node) or _may_be_inherited(module, node):
        return
    owner, missing = told[0]
    name = f"{owner}.{node.attrname}"
    member = api.member(owner, node.attrname)
    where = when(owner, missing, member.worlds if member is not None else 0, module.config.target)
    advice = _advice(module, owner, node.attrname)
    text, url = advice if advice is not None else (RULE.hint, RULE.url)
    message = RULE.message.format(name=name, problem=f"is gone {where} (AttributeError)", hint=text)
    inferred = any(not isinstance(value, TfName) or value.inferred for value in module.values(node))
    confidence = Confidence.INFERENCE if inferred else Confidence.BINDING
    yield Finding(rule=RULE, span=span_of(node), name=name, message=message, confidence=confidence, url=url)


def _may_be_inherited(module: Module, node: nodes.Attribute) -> bool:
    """Whether a class of the project may have the attribute from another base: one that is not known, or still has it.

    A base is often chosen among several: `tf.keras.optimizers.legacy.Optimizer`, where there is one, or the new one.
    """
    for value in module.values(node.expr):
        if not isinstance(value, Class | Object | Super):
            continue
        for base in classes.bases(module.ev, value.node):
            if isinstance(base, Unknown) or (isinstance(base, External) and not base.name.startswith(_PLAIN)):
                return True
            if isinstance(base, TfName):
                symbol = api.symbol(base.name)
                raises = symbol is not None and base.worlds & symbol.raises
                if raises or not api.lost_member(base.name, node.attrname, base.worlds):
                    return True
    return False


_PLAIN = ("builtins.", "abc.", "typing.")


def _is_told_as_a_call(node: nodes.Attribute) -> bool:
    """Whether tf-legacy-iterator speaks of the call: `dataset.make_one_shot_iterator()`."""
    called = isinstance(node.parent, nodes.Call) and node.parent.func is node
    return called and node.attrname in ("make_one_shot_iterator", "make_initializable_iterator")


def _missing(owner: str, attribute: str, value: TfMember | TfName) -> int:
    """The worlds of a value that lack an attribute which older ones had."""
    worlds = value.worlds
    if isinstance(value, TfMember):
        return api.lost_member(owner, attribute, worlds)
    symbol, member = api.symbol(owner), api.member(owner, attribute)
    if symbol is None or member is None or member.kind is api.Kind.VALUE:
        return 0
    if api.is_open(owner):  # What its instances surely lack, such a class lacks as well.
        return api.lost_member(owner, attribute, worlds)
    lacking = worlds & symbol.worlds & ~member.worlds & ~symbol.raises
    return lacking if member.worlds & -member.worlds < api.newest(lacking) else 0


def _owner(value: Value, attribute: str) -> str | None:
    """The class on which an attribute is looked up, on an instance or on the class itself."""
    if isinstance(value, TfMember) and value.attribute == attribute:
        return value.cls
    if isinstance(value, TfName):
        owner, _, last = value.name.rpartition(".")
        symbol = api.symbol(owner)
        if last == attribute and symbol is not None and symbol.kind is api.Kind.CLASS:
            return owner
    return None


def _advice(module: Module, owner: str, attribute: str) -> tuple[str, str] | None:
    """What to write instead, by the nearest class that has a hint."""
    target = module.config.target
    line = {name: None for world in api.bits(target | api.bit("1.15")) for name in api.ancestors(owner, world)}
    hint = hints.of_member([f"{name}.{attribute}" for name in line], target)
    return (hint.text, hint.url) if hint is not None else None
