"""What a rule has to work with: the module under lint, a reference to a TensorFlow name, and how to say something."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import api
from tf2lint.api import Signature, versions
from tf2lint.checkers import edit_switches, edits, hints, wording
from tf2lint.findings import Confidence, Edit, Finding, Rule, Span
from tf2lint.inference import arguments, bindings
from tf2lint.inference.arguments import Argument, Arguments, Bound, Callee
from tf2lint.inference.index import index_of
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import Const, TfName, TfValue, Value, canonical, ordered
from tf2lint.positions import alias_spans

if TYPE_CHECKING:
    from tf2lint.config import Config
    from tf2lint.inference.evaluator import Evaluator

_TF1 = versions.bit("1.15")
_ALWAYS = frozenset(("keras.__version__",))
"""Names that every release has, though the database does not say so: no list of public names has them."""

_LEGACY = sum(1 << number for number, world in enumerate(versions.WORLDS) if world.legacy)
_IN_TF_KERAS = re.compile(r"\btf\.keras(?:\.\w+)+")


@dataclasses.dataclass(frozen=True, slots=True)
class Module:
    """The module under lint."""

    tree: nodes.Module
    ev: Evaluator
    config: Config
    text: str = ""
    edited: bool = True
    """Whether somebody takes the edits of references, which are the most there are."""
    seen: dict[str, set[str]] = dataclasses.field(default_factory=lambda: {"old": set(), "new": set()})
    """The names found that only TensorFlow 1 has, and those that it does not have yet; known before calls are."""

    @property
    def of_tensorflow_1(self) -> bool:
        """Whether the names in the module show that it was written for TensorFlow 1, and none that it runs under 2."""
        return bool(self.seen["old"]) and not self.seen["new"]

    def values(self, node: nodes.NodeNG) -> list[Value]:
        """All that an expression may denote, always in the same order."""
        return ordered(self.ev.value_of(node))

    @property
    def of_graph_library(self) -> bool:
        """Whether the module imports `tf.compat.v1` or what lies behind it: it may run in a graph that another made."""
        return self.ev.memo.once(("of graph library", self.tree), self._imports_graph_api, False)

    def _imports_graph_api(self) -> bool:
        index = index_of(self.ev, self.tree)
        named = [dotted for node in index.imports for dotted, _ in node.names]
        named += [f"{node.modname}.{name}" for node in index.from_imports for name, _ in node.names]
        return any(f"{canonical(name) or ''}.".startswith(("tf.compat.v1.", "tf.python.")) for name in named)

    def reached(self, value: TfValue, node: nodes.NodeNG) -> int:
        """The worlds in which the program comes to a node with a value."""
        return value.worlds & self.ev.guards.reach(node)

    def enabled(self, rule: Rule) -> bool:
        """Whether a rule is on: by default, or because the configuration names it."""
        return self.config.wants(rule)


@dataclasses.dataclass(eq=False)
class Reference:
    """A place that spells a public name of TensorFlow or Keras.

    `node` is the chain (`tf.layers.dense`), or where it is `imported` the statement, of which it is that `item`, or the
    call of an import function; `value` the name itself and the worlds in which the program can come here with it.
    """

    module: Module
    node: nodes.NodeNG
    value: TfName
    imported: bool = False
    item: int = 0

    @functools.cached_property
    def span(self) -> Span:
        """The place that spells the name."""
        if isinstance(self.node, nodes.Import | nodes.ImportFrom):
            return alias_spans(self.node, self.module.text)[self.item]
        return span_of(self.node)

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.value.name

    @functools.cached_property
    def legacy(self) -> str:
        """The name as TensorFlow 1 has it: without `tf.` or `tf.compat.v1.`."""
        return legacy(self.name)[1]

    @property
    def of_compat(self) -> bool:
        """Whether it is spelled through `tf.compat.v1`."""
        return self.name.startswith("tf.compat.v1.")

    @functools.cached_property
    def known(self) -> str | None:
        """The name, or the nearest one above it, that the database knows."""
        name = self.name
        while api.symbol(name) is None:
            name = name.rpartition(".")[0]
            if "." not in name:
                return None
        return name

    @functools.cached_property
    def missing(self) -> int:
        """The worlds in which the program comes here and the name is not there."""
        above = api.symbol(self.known) if self.known else None
        if above is None or self.known in _ALWAYS:
            return 0
        # Of what an absent module held nothing is there, whether the database lists it or not.
        absent = self.value.worlds & ~_present(above)
        return _of_package(absent, _present(above)) if self.name.startswith("keras.") else absent

    @functools.cached_property
    def of_tensorflow_1(self) -> bool:
        """Whether TensorFlow 1.15 had the name, or the absent module that it is looked up in."""
        symbol = api.symbol(self.known) if self.known else None
        return bool(symbol is not None and _present(symbol) & _TF1)

    @property
    def of_tensorflow_1_alone(self) -> bool:
        """Whether TensorFlow 2 never had the name."""
        symbol = api.symbol(self.known) if self.known else None
        return bool(symbol is not None and _present(symbol) == _TF1)

    @property
    def of_tensorflow_2(self) -> bool:
        """Whether the name is there and TensorFlow 1.15 did not have it."""
        symbol = api.symbol(self.name)
        return symbol is not None and not self.missing and not _present(symbol) & _TF1

    @property
    def imported_from(self) -> str | None:
        """The canonical name of the module in whose `from` import the name stands or was bound."""
        statements = [self.node]
        if isinstance(self.node, nodes.Name):
            _, statements = bindings.found(self.node, self.node.name)
        owners = {self.module.ev.modules.absolute(s) for s in statements if isinstance(s, nodes.ImportFrom)}
        owner = owners.pop() if len(owners) == 1 else None
        return canonical(owner) if owner else None

    @property
    def possible(self) -> bool:
        """Whether any version has the name, as far as the database knows."""
        if self.known == self.name:
            return True
        above = api.symbol(self.known) if self.known else None
        return above is None or above.open or bool(self.missing) or above.kind is not api.Kind.MODULE

    @property
    def never(self) -> bool:
        """Whether no known version has the name, in a module that is there and of which every name is known."""
        owner, _, last = self.name.rpartition(".")
        if not self.name.startswith("tf.") or last.startswith("_") or api.symbol(self.name) is not None:
            return False
        above = api.symbol(owner)
        if above is None:
            return owner == "tf"
        return above.kind is api.Kind.MODULE and not above.open and not self.value.worlds & ~_present(above)

    @functools.cached_property
    def raising(self) -> int:
        """The worlds in which the name is there and every use of it raises."""
        symbol = api.symbol(self.known) if self.known else None
        return self.value.worlds & symbol.raises if symbol is not None else 0

    @property
    def confidence(self) -> Confidence:
        """How the name became known."""
        return Confidence.INFERENCE if self.value.inferred else Confidence.BINDING

    @functools.cached_property
    def instead(self) -> api.Replacement | None:
        """A name that can stand in the place of this one in all versions that can come here, if there is one.

        Where the target is but the newest of what a project's requirements admit, best one that the others have too.
        """
        if self.known != self.name:
            return None
        config = self.module.config
        worlds = self.value.worlds | (config.admitted if self.value.worlds == config.target else 0)
        return api.replacement(self.name, worlds) or api.replacement(self.name, self.value.worlds)

    def absence(self) -> str:
        """What is wrong with the name, in words: "does not exist in TensorFlow 2 (AttributeError)"."""
        error = "ImportError" if self.imported else "AttributeError"
        symbol = api.symbol(self.known) if self.known else None
        present = _present(symbol) if symbol else 0
        where, why = wording.since(self.name, present, self.missing, self.module.config.target)
        return f"{where} ({error}){': ' if why else ''}{why}"

    def finding(self, rule: Rule, problem: str, *, hint: str | None = None) -> Finding:
        """A finding on this reference: what is wrong, and what to write instead."""
        told, url = (hint, rule.url) if hint else self.advice(rule)
        message = rule.message.format(name=self.name, problem=problem, hint=told)
        return Finding(
            rule=rule,
            span=self.span,
            name=self.name,
            message=message,
            confidence=self.confidence,
            url=url,
            edits=self._edits() if self.module.edited else (),
        )

    def _edits(self) -> tuple[Edit, ...]:
        return edit_switches.dropped(self) or edits.of_reference(self)

    def advice(self, rule: Rule) -> tuple[str, str]:
        """What to write instead of the name, most exact first, and the page that explains it."""
        told, url = self._advice(rule)
        if self.name.startswith("keras."):
            told = _IN_TF_KERAS.sub(self._as_imported, told)
        return told, url

    def _as_imported(self, found: re.Match[str]) -> str:
        """A name below `tf.keras` as those write it who import Keras itself, where it has the name."""
        direct = found[0].removeprefix("tf.")
        return direct if api.is_alive(direct, self.value.worlds) else found[0]

    def _advice(self, rule: Rule) -> tuple[str, str]:
        found = hints.of(self.name, self.module.config.target | self.module.config.admitted)
        exact = found is not None and found.name == legacy(self.name)[1]
        if found is not None and exact:
            return found.text, found.url
        instead = self.instead
        if instead is not None and instead.native:
            return f"use {instead.name}", rule.url
        if found is not None:
            return found.text, found.url
        if instead is not None and not self.of_compat:
            return f"{rule.hint}; until then {instead.name}", rule.url
        return rule.hint, rule.url


def _of_package(absent: int, present: int) -> int:
    """Of the worlds that lack a name of the package `keras`, those of which it can be said.

    Beside `tf_keras` the package is a Keras 3 that no world names; and who uses what only Keras 3 has, has installed
    that, whatever Keras a TensorFlow before 2.16 has for itself.
    """
    if present & versions.KERAS_3:
        absent &= versions.KERAS_3
    return absent & ~_LEGACY


@dataclasses.dataclass(eq=False)
class Called:
    """A call of a function, class or method of TensorFlow, in the worlds in which the program can come to it."""

    module: Module
    node: nodes.Call
    callee: Callee
    arguments: Arguments
    worlds: int
    fits: bool | None = None
    """Whether it can be made in all its worlds, once that was asked."""

    @property
    def name(self) -> str:
        """The canonical name of what is called: `tf.gather`, `tf.data.Dataset.map`."""
        return self.callee.name

    @functools.cached_property
    def legacy(self) -> str:
        """The name without `tf.` or `tf.compat.v1.`."""
        return legacy(self.name)[1]

    @functools.cached_property
    def shape(self) -> tuple[object, ...]:
        """All that decides whether the arguments meet a signature: calls that share it are made alike."""
        callee, given = self.callee, self.arguments
        return (
            *(callee.name, callee.worlds, callee.cls, callee.attribute, callee.unbound, self.worlds),
            *(len(given.positional), tuple(given.keywords), given.open_positions, given.open_keywords),
            *(given.incomplete, given.given, given.given_keywords),
        )

    @functools.cached_property
    def successor(self) -> str | None:
        """What takes the place of a function that the worlds lack, where it is the same under another name.

        The arguments of a call are judged by it then: who writes the new name has to see to them as well.
        """
        symbol = api.symbol(self.name)
        if self.callee.cls or symbol is None or not self.worlds & ~_present(symbol):
            return None
        instead = api.replacement(self.name, self.worlds)
        return instead.name if instead is not None and instead.native else None

    def signature(self, world: int) -> Signature | None:
        """What the callee, or its successor where there is no callee any more, takes in one world."""
        found = self.callee.signature(world)
        if found is None and self.successor is not None and self.callee.absent(world):
            return api.signature(self.successor, world)
        return found

    @property
    def confidence(self) -> Confidence:
        """How the callee became known."""
        return Confidence.INFERENCE if self.callee.inferred else Confidence.BINDING

    @property
    def newest(self) -> int:
        """The newest of the worlds."""
        return api.newest(self.worlds)

    def when(self, missing: int, present: int) -> str:
        """Since when, or in which of the targeted versions, something is not as in the versions `present`."""
        return wording.when(self.name, missing, present, self.module.config.target)

    def bound(self, world: int) -> Bound | None:
        """How the arguments meet the signature of one world; None where that is not known."""
        signature = self.signature(world)
        return arguments.bind(signature, self.arguments, self.accepted(world)) if signature is not None else None

    def accepted(self, world: int) -> frozenset[str] | None:
        """The keywords that the callee, or its successor, accepts in one world; None where it may accept any."""
        if self.callee.cls and self.callee.attribute != "__init__":
            return None
        gone = self.successor is not None and self.callee.absent(world)
        return api.keywords(self.successor if gone and self.successor else self.callee.cls or self.name, world)

    def argument(self, parameter: str, world: int | None = None) -> Argument | None:
        """What reaches a parameter by the signature of one world, that of the newest one if none is given."""
        bound = self.bound(self.newest if world is None else world)
        return bound.by_name.get(parameter) if bound is not None else None

    def constant(self, argument: Argument | None) -> object:
        """The value of an argument that is one constant for certain; `...` for everything else."""
        values = self.module.values(argument.value) if argument is not None else []
        return values[0].value if len(values) == 1 and isinstance(values[0], Const) else ...

    def finding(
        self, rule: Rule, place: nodes.NodeNG, problem: str, *, hint: str | None = None, url: str = ""
    ) -> Finding:
        """A finding on an argument, on the name of what is called (`node.func`), or on the call."""
        name = f"{self.successor}, for {self.name}," if self.successor is not None else self.name
        message = rule.message.format(name=name, problem=problem, hint=hint or rule.hint)
        confidence = self.confidence
        return Finding(
            rule=rule, span=span_of(place), name=self.name, message=message, confidence=confidence, url=url or rule.url
        )


OnReference = Callable[[Reference], Finding | None]
MayConcern = Callable[[str, int], bool]
OnCalled = Callable[[Called], Iterator[Finding]]
OnCall = Callable[[Module, nodes.Call], Iterator[Finding]]
OnNode = Callable[[Module, nodes.NodeNG], Iterator[Finding]]


@dataclasses.dataclass(frozen=True, slots=True)
class Idiom:
    """A rule that speaks for names of TensorFlow 1, given without `tf.`; one that ends in `.*` speaks for all below.

    It fires where a targeted version lacks the name, and, for the names in `eager`, where code that surely runs eagerly
    uses them through `tf.compat.v1`: what then happens, as measured under TensorFlow 2.21, is the value.
    """

    rule: Rule
    names: frozenset[str]
    eager: Mapping[str, str]

    @classmethod
    def of(cls, rule: Rule, names: str, eager: Mapping[str, str] | None = None) -> Idiom:
        """An idiom from names parted by blanks; `eager` lists, for each thing that happens, the names it happens to."""
        happens = {name: outcome for outcome, listed in (eager or {}).items() for name in listed.split()}
        return cls(rule, frozenset(names.split()), happens)

    def speaks_for(self, name: str) -> int:
        """How exactly it speaks for a name of TensorFlow 1: the length of what matches; 0 for not at all."""
        if name in self.names:
            return len(name) + 1
        owner = name
        while owner:
            if f"{owner}.*" in self.names:
                return len(owner)
            owner = owner.rpartition(".")[0]
        return 0


@dataclasses.dataclass(frozen=True, slots=True)
class CallCheck:
    """A rule that looks at calls: of methods with these names, or with these keywords, and at no others."""

    rule: Rule
    check: OnCall
    attributes: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class CalledCheck:
    """A rule that looks at calls of these functions, classes and methods, by canonical name; of all if none is given.

    A place is told only if every function that the call may mean is called wrongly. Lowest order first: of two
    findings on one place the first stays.
    """

    rule: Rule
    check: OnCalled
    names: frozenset[str]
    order: int


@dataclasses.dataclass(frozen=True, slots=True)
class NodeCheck:
    """A rule that looks at expressions of these kinds; at attributes, only where they have one of the names.

    These are none where any will do, and may depend on the worlds that are targeted. `where` says of a whole module
    whether there can be anything to say.
    """

    rule: Rule
    check: OnNode
    kinds: tuple[type[nodes.NodeNG], ...]
    attributes: Callable[[int], frozenset[str]]
    where: Callable[[Module], bool] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class ReferenceCheck:
    """A rule that looks at references which no idiom claimed, lowest order first.

    `alive` is there if it also speaks of names that are there and work. It says by the name, and the worlds that come
    to it, whether one that is spelled in an expression may be such; of imports the check is shown all.
    """

    rule: Rule
    check: OnReference
    order: int
    alive: MayConcern | None


def on_call(
    rule: Rule, *, attributes: frozenset[str] = frozenset(), keywords: frozenset[str] = frozenset()
) -> Callable[[OnCall], CallCheck]:
    """Register a check of calls: of methods with these names, or with these keywords."""
    return lambda check: CallCheck(rule, check, attributes, keywords)


def on_called(rule: Rule, names: str = "", *, order: int = 50) -> Callable[[OnCalled], CalledCheck]:
    """Register a check of calls of TensorFlow's own, whose canonical names are parted by blanks."""
    return lambda check: CalledCheck(rule, check, frozenset(names.split()), order)


def on_node(
    rule: Rule,
    *kinds: type[nodes.NodeNG],
    attributes: str | Callable[[int], frozenset[str]] = "",
    where: Callable[[Module], bool] | None = None,
) -> Callable[[OnNode], NodeCheck]:
    """Register a check of expressions: of kinds that the index keeps, and of attributes by name, parted by blanks."""
    if isinstance(attributes, str):
        names = frozenset(attributes.split())
        return lambda check: NodeCheck(rule, check, kinds, lambda _: names, where)
    return lambda check: NodeCheck(rule, check, kinds, attributes, where)


def on_reference(rule: Rule, *, order: int, alive: MayConcern | None = None) -> Callable[[OnReference], ReferenceCheck]:
    """Register a check of references: of those that lack something, or (`alive`) of others too."""
    return lambda check: ReferenceCheck(rule, check, order, alive)


def imports_alone(_name: str, _worlds: int) -> bool:
    """The `alive` of a rule that speaks of living names where they are imported, and nowhere else."""
    return False


def with_keras_3(worlds: int, target: int) -> str:
    """The words for worlds with Keras 3 in which something goes wrong: which they are, if not all that are targeted."""
    if worlds == target:
        return "with Keras 3"
    words = versions.describe(worlds)
    return f"in TensorFlow {words}" if "Keras" in words else f"in TensorFlow {words} with Keras 3"


def absent(name: str, worlds: int) -> int:
    """Those of the given worlds that lack a name which TensorFlow 1.15 had; none if it had no such name."""
    symbol = api.symbol(name)
    if symbol is None:
        # Below an absent module nothing is there, as in tf.contrib, of which the database lists only a part.
        owner = name.rpartition(".")[0]
        return absent(owner, worlds) if owner.count(".") else 0
    return worlds & ~_present(symbol) if _present(symbol) & _TF1 else 0


def _present(symbol: api.Symbol) -> int:
    """The worlds that have a name, as an attribute or by import: some parts of tf.contrib have to be imported first."""
    return symbol.worlds | symbol.imports


def puts_to_use(node: nodes.NodeNG) -> bool:
    """Whether what an expression holds is called, derived from, or decorates: the place to rewrite.

    Where a variable is only passed on, the place that filled it has been told already.
    """
    parent = node.parent
    kind = type(parent)
    if kind is nodes.Call:
        return bool(parent.func is node)
    return kind is nodes.Decorators or (kind is nodes.ClassDef and node in parent.bases)


def finding(
    rule: Rule,
    node: nodes.NodeNG,
    name: str,
    problem: str,
    confidence: Confidence,
    *,
    hint: str | None = None,
    url: str = "",
) -> Finding:
    """A finding on a node that is no reference: a keyword, a call."""
    message = rule.message.format(name=name, problem=problem, hint=hint or rule.hint)
    return Finding(rule=rule, span=span_of(node), name=name, message=message, confidence=confidence, url=url)


def call_finding(rule: Rule, node: nodes.Call, name: str, problem: str) -> Finding:
    """A finding on a whole call of a method, whose receiver became known through the program."""
    return finding(rule, node, name, problem, Confidence.INFERENCE)


def span_of(node: nodes.NodeNG) -> Span:
    """The exact place of a node; of a class or function, its name."""
    if isinstance(node, nodes.ClassDef | nodes.FunctionDef):
        words = {nodes.ClassDef: "class ", nodes.AsyncFunctionDef: "async def "}.get(type(node), "def ")
        start = node.col_offset + len(words)
        return Span(node.fromlineno, start, node.fromlineno, start + len(node.name.encode()))
    return Span(node.lineno, node.col_offset, node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
