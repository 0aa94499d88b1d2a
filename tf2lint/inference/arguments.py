"""What a call passes, to what, and how it meets a signature: the one place where arguments are bound to parameters."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.api import Parameter, ParameterKind, Signature
from tf2lint.inference import classes
from tf2lint.inference.index import last_name
from tf2lint.inference.values import (
    Class,
    Const,
    External,
    Partial,
    TfInstance,
    TfMember,
    TfName,
    Unknown,
    Value,
    ordered,
)

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator


@dataclasses.dataclass(eq=False, slots=True)
class Argument:
    """An argument: the expression that is passed, and the place to show for it (a keyword's includes its name)."""

    value: nodes.NodeNG
    place: nodes.NodeNG


@dataclasses.dataclass(eq=False, slots=True)
class Arguments:
    """What a call passes. `positional` holds what comes before a `*` whose length is not known.

    `open_positions` and `open_keywords` say that there is a `*` or a `**` that may hold anything; `incomplete` that the
    call only prepares another (`functools.partial`), so that an argument may still follow. `given` counts the
    positional arguments that an earlier `partial` holds: they have been looked at there.
    """

    positional: tuple[Argument, ...]
    keywords: dict[str, Argument]
    open_positions: bool = False
    open_keywords: bool = False
    incomplete: bool = False
    given: int = 0
    given_keywords: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class Callee:
    """A function, class or method of TensorFlow that a call may call, and the worlds in which it does.

    `name` is the canonical name, a method's that of its class with its own: `tf.data.Dataset.map`. `cls` is the class
    for a method and for a constructor called by a subclass; then `attribute` is the method's name.
    """

    name: str
    worlds: int
    inferred: bool
    cls: str = ""
    attribute: str = ""
    unbound: bool = False

    @property
    def raising(self) -> int:
        """The worlds in which it, or its class, raises whatever is done with it."""
        found = api.symbol(self.cls or self.name)
        return found.raises if found is not None else 0

    def absent(self, world: int) -> bool:
        """Whether one world lacks the name."""
        found = api.symbol(self.cls or self.name)
        return found is not None and not (found.worlds | found.imports) & world

    def signature(self, world: int) -> Signature | None:
        """What it takes in one world; None where that is not known."""
        if self.absent(world):
            return None
        if not self.cls:
            return api.signature(self.name, world)
        if self.attribute == "__init__":
            return api.signature(self.cls, world)
        return api.member_signature(self.cls, self.attribute, world)


def of_call(ev: Evaluator, node: nodes.Call) -> Arguments:
    """The arguments as they are written in a call, with the displays behind `*` and `**` taken apart."""
    return _arguments(ev, node.args, node.keywords)


def _arguments(ev: Evaluator, args: list[nodes.NodeNG], keywords: list[nodes.Keyword]) -> Arguments:
    positional: list[Argument] = []
    named: dict[str, Argument] = {}
    open_positions = open_keywords = False
    for argument in args:
        if not isinstance(argument, nodes.Starred):
            if not open_positions:
                positional.append(Argument(argument, argument))
            continue
        display = ev.literal(argument.value)
        if isinstance(display, nodes.Tuple | nodes.List) and not open_positions:
            inline = display is argument.value
            positional += [Argument(element, element if inline else argument) for element in display.elts]
        else:
            open_positions = True
    for keyword in keywords:
        if keyword.arg is not None:
            named[keyword.arg] = Argument(keyword.value, keyword)
        elif not _taken_apart(ev, keyword, named):
            open_keywords = True
    return Arguments(tuple(positional), named, open_positions, open_keywords)


def _taken_apart(ev: Evaluator, keyword: nodes.Keyword, named: dict[str, Argument]) -> bool:
    """Whether all of `**{...}`, `**dict(...)` or of a variable filled once with such is known; then it is added."""
    display = ev.literal(keyword.value)
    inline = display is keyword.value
    found: dict[str, Argument] = {}
    if isinstance(display, nodes.Dict):
        if not inline and _changed_later(keyword.value):
            return False
        for key, value in display.items:
            if not isinstance(key, nodes.Const) or not isinstance(key.value, str):
                return False
            found[key.value] = Argument(value, key if inline else keyword)
    elif isinstance(display, nodes.Call) and not display.args:
        if not inline and _changed_later(keyword.value):
            return False
        if ev.value_of(display.func) != frozenset((External("builtins.dict"),)):
            return False
        for part in display.keywords:
            if part.arg is None:
                return False
            found[part.arg] = Argument(part.value, part if inline else keyword)
    else:
        return False
    named.update(found)
    return True


def _changed_later(name: nodes.NodeNG) -> bool:
    """Whether a variable with a dict in it is ever more than read: an entry set, a method called, handed on."""
    if not isinstance(name, nodes.Name):
        return True
    for other in name.frame().nodes_of_class(nodes.Name):
        if other.name == name.name and not (isinstance(other.parent, nodes.Keyword) and other.parent.arg is None):
            return True
    return False


def calls_of(ev: Evaluator, node: nodes.Call) -> list[tuple[Callee | None, Arguments]]:
    """All that a call may call, in a fixed order, with what reaches each; None for what is not of TensorFlow's.

    Where something is not known it is left out. `functools.partial(f, x)` is a call of `f` that is not finished.
    """
    found: list[tuple[Callee | None, Arguments]] = []
    own: Arguments | None = None
    for value in ordered(ev.value_of(node.func)):
        if isinstance(value, Unknown) or value == Const(None):
            continue
        if isinstance(value, External) and value.name in ("functools.partial", "functools.partialmethod") and node.args:
            prepared = dataclasses.replace(_arguments(ev, node.args[1:], node.keywords), incomplete=True)
            for target in ordered(ev.value_of(node.args[0])):
                if not isinstance(target, Unknown):
                    found.append((callee(ev, target), prepared))
            continue
        if own is None:
            own = of_call(ev, node)
        if isinstance(value, Partial):
            before = _arguments(ev, value.node.args[1:], value.node.keywords)
            found += [(callee(ev, target), _after(before, own)) for target in ordered(value.target)]
        else:
            found.append((callee(ev, value), own))
    return found


def _after(before: Arguments, own: Arguments) -> Arguments:
    """The arguments of a call of a `partial`: those it was made with, then the call's own."""
    return Arguments(
        before.positional if before.open_positions else before.positional + own.positional,
        before.keywords | own.keywords,
        before.open_positions or own.open_positions,
        before.open_keywords or own.open_keywords,
        given=len(before.positional),
        given_keywords=frozenset(before.keywords) - frozenset(own.keywords),
    )


def callee(ev: Evaluator, value: Value) -> Callee | None:
    """What calling a value calls, if it is TensorFlow's."""
    if isinstance(value, TfName):
        owner, _, last = value.name.rpartition(".")
        cls = api.symbol(owner) if api.symbol(value.name) is None else None
        if cls is not None and cls.kind is api.Kind.CLASS:
            return Callee(value.name, value.worlds, value.inferred, owner, last, unbound=True)
        return Callee(value.name, value.worlds, value.inferred)
    if isinstance(value, TfMember):
        return Callee(f"{value.cls}.{value.attribute}", value.worlds, True, value.cls, value.attribute)
    if isinstance(value, TfInstance):
        return Callee(f"{value.cls}.__call__", value.worlds, True, value.cls, "__call__")
    if isinstance(value, Class):
        made = [v for v in classes.attribute(ev, value, "__init__") if not isinstance(v, Unknown)]
        makes = [v for v in classes.attribute(ev, value, "__new__") if not isinstance(v, Unknown | TfMember)]
        # What a metaclass makes of a call is not known; of the abstract classes' own it is.
        plain = value.node._metaclass is None or last_name(value.node._metaclass) == "ABCMeta"
        if len(made) == 1 and isinstance(made[0], TfMember) and not makes and plain:
            return callee(ev, made[0])
    return None


# How arguments meet a signature


@dataclasses.dataclass(frozen=True, slots=True)
class Bound:
    """Arguments bound to a signature.

    `by_name` maps parameters to the arguments that reach them; `unexpected` are keywords that nothing takes, `overflow`
    positional arguments beyond the last parameter, `missing` parameters that must be given and are not.
    """

    by_name: dict[str, Argument]
    unexpected: tuple[str, ...]
    overflow: tuple[Argument, ...]
    missing: tuple[Parameter, ...]

    @property
    def fits(self) -> bool:
        """Whether the call can be made."""
        return not (self.unexpected or self.overflow or self.missing)


def bind(signature: Signature, arguments: Arguments, accepted: frozenset[str] | None = None) -> Bound:
    """Bind arguments. `accepted` are the keywords that a `**keywords` takes, None where it may take any."""
    positional = signature.positional
    by_name = {parameter.name: argument for parameter, argument in zip(positional, arguments.positional, strict=False)}
    overflow = () if signature.takes_any_position else arguments.positional[len(positional) :]
    unexpected = []
    for name, argument in arguments.keywords.items():
        if signature.get(name) is not None:
            by_name.setdefault(name, argument)
        elif not signature.takes_any_keyword or (accepted is not None and name not in accepted):
            unexpected.append(name)
        else:
            by_name.setdefault(name, argument)
    return Bound(by_name, tuple(unexpected), tuple(overflow), tuple(_missing(signature, arguments, by_name)))


def _missing(signature: Signature, arguments: Arguments, by_name: dict[str, Argument]) -> Iterator[Parameter]:
    if arguments.incomplete or arguments.open_keywords:
        return
    for parameter in signature.parameters:
        if parameter.default or parameter.name in by_name:
            continue
        if parameter.kind is ParameterKind.KEYWORD_ONLY or (
            parameter.kind in (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL_OR_KEYWORD)
            and not arguments.open_positions
        ):
            yield parameter
