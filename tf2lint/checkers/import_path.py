"""Names that work only as an import, or only as an attribute, and are written the other way.

`from tensorflow.distribute import Strategy` fails from 2.7 on, where `tf.distribute.Strategy` works; with
`tf.keras.saving` it is the other way round under Keras 3. https://www.tensorflow.org/guide/versions
"""

from __future__ import annotations

from astroid import nodes

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers.base import Module, Reference, on_reference
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.index import index_of
from tf2lint.inference.values import TfName, canonical

RULE = Rule(
    code="TF906",
    pylint_id="E6808",
    symbol="tf-import-path",
    summary="A name that can only be imported is written as an attribute, or the other way round.",
    message="{name} {problem}: {hint}.",
    hint="write it the other way",
    url="https://www.tensorflow.org/api_docs/python/tf",
    severity=Severity.BREAKS,
)

_NEVER_BOUND = frozenset(("tf.python", "tf.core", "tf.compiler"))
"""TensorFlow 2 takes these off itself again: no import makes an attribute of them."""

_BOUND_BESIDES = frozenset(("tf.tools", "tf.dtensor", "tf.security", "tf.tsl"))
"""Not part of the API, and attributes all the same, because something imports them meanwhile."""


def _may_be_unbound(name: str, worlds: int) -> bool:
    """Whether a part of a name is a module that has to be imported, if it has not been."""
    while "." in name:
        if _unbound_in(name, worlds):
            return True
        name = name.rpartition(".")[0]
    return False


def _unbound_in(name: str, worlds: int) -> int:
    """The worlds in which a module can be imported, and is an attribute only after that."""
    symbol = api.symbol(name)
    if symbol is None or symbol.kind is not api.Kind.MODULE or name in _BOUND_BESIDES:
        return 0
    unbound = worlds & symbol.imports & ~symbol.worlds
    # In 1.15 these are attributes, which the database does not record.
    return unbound & ~versions.bit("1.15") if symbol.open else unbound


@on_reference(RULE, order=33, alive=_may_be_unbound)
def wrong_way(reference: Reference) -> Finding | None:
    """`import tensorflow.losses`, `tf.python.ops`."""
    if reference.missing or reference.raising or reference.module.ev.guards.expects_absence(reference.node):
        return None
    if reference.imported:
        return _imported(reference)
    return _looked_up(reference)


def _imported(reference: Reference) -> Finding | None:
    """An import that finds nothing, where the attributes work."""
    symbol = api.symbol(reference.name)
    found = reference.module.ev.guards.importable(reference.name, by_from=isinstance(reference.node, nodes.ImportFrom))
    if symbol is None or found is None:
        return None
    fails = reference.value.worlds & symbol.worlds & ~found
    if not fails:
        return None
    problem = f"is there and can not be imported{_where(reference, fails)} (ImportError)"
    return reference.finding(RULE, problem, hint=f"write {reference.name} after import {_root(reference.name)}")


def _looked_up(reference: Reference) -> Finding | None:
    """An attribute that nothing has bound, where the import works."""
    node = reference.node
    while isinstance(node, nodes.Attribute):
        for value in reference.module.ev.value_of(node):
            if isinstance(value, TfName) and f"{reference.name}.".startswith(f"{value.name}."):
                found = _unbound(reference, value)
                if found is not None:
                    return found
        node = node.expr
    return None


def _unbound(reference: Reference, value: TfName) -> Finding | None:
    symbol, fails = api.symbol(value.name), _unbound_in(value.name, reference.value.worlds)
    if not symbol or not fails or (value.name not in _NEVER_BOUND and value.name in _imports(reference.module)):
        return None
    problem = f"can be imported and is no attribute{_where(reference, fails)} (AttributeError)"
    if symbol.open:
        if value.name != reference.name:
            problem = f"is looked up in {value.name}, which {problem}"
        hint = f"use the public name below tf, or import from {_dotted(value.name)}"
    else:
        owner, _, last = _dotted(reference.name if api.symbol(reference.name) else value.name).rpartition(".")
        hint = f"write from {owner} import {last}"
    return reference.finding(RULE, problem, hint=hint)


def _where(reference: Reference, worlds: int) -> str:
    target = reference.module.config.target
    words = f" in TensorFlow {api.describe(worlds)}"
    return words if worlds == target else f"{words}, and you target {api.describe(target)}"


def _root(name: str) -> str:
    return "tensorflow as tf" if name.startswith("tf.") else name.partition(".")[0]


def _dotted(name: str) -> str:
    return f"tensorflow{name[2:]}" if name.startswith("tf.") else name


def _imports(module: Module) -> frozenset[str]:
    """Every module of TensorFlow that a module, or one of the project's that it imports, imports, with those above."""
    return module.ev.memo.once(("imports", module.tree), lambda: _collected(module), frozenset())


def _collected(module: Module) -> frozenset[str]:
    trees = [module.tree]
    for node in index_of(module.ev, module.tree).from_imports:
        owner = module.ev.modules.absolute(node)
        trees += [
            module.ev.modules.load(f"{owner}{part}", module.tree) for part in ("", *(f".{n}" for n, _ in node.names))
        ]
    for node in index_of(module.ev, module.tree).imports:
        trees += [module.ev.modules.load(dotted, module.tree) for dotted, _ in node.names]
    found = set()
    for tree in {tree for tree in trees if tree is not None}:
        index = index_of(module.ev, tree)
        dotted = [name for node in index.imports for name, _ in node.names]
        dotted += [f"{node.modname}.{name}" for node in index.from_imports for name, _ in node.names]
        for path in dotted:
            name = canonical(path) or ""
            while "." in name:
                found.add(name)
                name = name.rpartition(".")[0]
    return frozenset(found)
