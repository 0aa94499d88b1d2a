"""What pylint's own checkers see of TensorFlow and Keras: what the database knows, for the targets of the project.

astroid opens the installed TensorFlow, which loads its public names lazily, so that pylint calls `tf.keras` missing; or
it finds none, and pylint can not import it. With this, an import of `tensorflow`, `keras` or `tf_keras` gives a module
that makes each name when somebody asks for it. What never was a name of TensorFlow is missing (`no-member`); what a
release had once is not, because rules of tf2lint speak of that. Calls are held against what any release took. Of two
that would say the same, the rule of tf2lint speaks, and pylint where that rule is off.
"""

from __future__ import annotations

import functools
import keyword
from typing import TYPE_CHECKING, Any

from astroid import nodes
from astroid.exceptions import AstroidImportError, AttributeInferenceError
from astroid.manager import AstroidManager

from tf2lint import api
from tf2lint.inference import build
from tf2lint.inference.values import ROOTS, canonical, join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_UNKNOWN = "_unknown_"
"""A name that nothing binds: astroid can say nothing of it, and pylint is silent."""

_FILE = "<what tf2lint knows of TensorFlow>.py"

_from_file: Callable[..., nodes.Module] | None = None
"""astroid's own way to a module, where ours is in its place."""


def install(worlds: int, *, absence: bool, keywords: bool) -> None:
    """Let astroid see TensorFlow as it is in some worlds, in this process, until `remove`.

    `absence` says that names are missing which no release had, `keywords` that calls refuse what no release took.
    """
    global _from_file
    if _from_file is None:
        _from_file = AstroidManager.ast_from_module_name
        AstroidManager.ast_from_module_name = _module_of
    seen = (worlds, absence, keywords)
    if seen != (_Module.worlds, _Module.absence, _Module.keywords):
        _Module.worlds, _Module.absence, _Module.keywords = seen
        _module.cache_clear()


def remove() -> None:
    """Let astroid read what is installed, as it does by itself."""
    global _from_file
    if _from_file is not None:
        AstroidManager.ast_from_module_name = _from_file
        _from_file = None


def _module_of(manager: AstroidManager, modname: str | None, *arguments: Any, **keywords: Any) -> nodes.Module:
    assert _from_file is not None
    if modname is None or modname.partition(".")[0] not in ROOTS or modname in manager.module_denylist:
        return _from_file(manager, modname, *arguments, **keywords)
    return _module(modname)


@functools.lru_cache(maxsize=4096)
def _module(dotted: str) -> nodes.Module:
    """The module that an import gives. Raises AstroidImportError for what no release had."""
    name = canonical(dotted)
    assert name is not None
    if not api.is_open(name):
        found = api.symbol(name)
        if found is None or found.kind is not api.Kind.MODULE:
            raise AstroidImportError(f"TensorFlow has no module {dotted}", modname=dotted)
    return _Module(dotted, name)


class _Module(nodes.Module):  # type: ignore[misc]  # astroid ships no types that hold for all its releases.
    """A module whose names are made when they are asked for."""

    worlds = api.ALL
    absence = True
    keywords = True

    def __init__(self, dotted: str, name: str) -> None:
        super().__init__(dotted, _FILE, [_FILE], package=True)
        self.postinit([])
        self._canonical = name
        self._made: dict[str, nodes.NodeNG] = {}

    def getattr(self, name: str, context: Any = None, ignore_locals: bool = False) -> list[nodes.NodeNG]:
        """What a name of the module is. Raises AttributeInferenceError for what no release had."""
        if name in self.special_attributes:
            found: list[nodes.NodeNG] = super().getattr(name, context, ignore_locals)
            return found
        if name not in self._made:
            made = self._make(name)
            if made is None:
                raise AttributeInferenceError(target=self, attribute=name, context=context)
            self._made[name] = made
        return [self._made[name]]

    def wildcard_import_names(self) -> list[str]:
        """What `from … import *` binds."""
        known = ((name, api.symbol(join(self._canonical, name))) for name in api.children(self._canonical))
        return [name for name, found in known if found is not None and found.worlds & self.worlds]

    def public_names(self) -> list[str]:
        """What astroid's builder takes for the names that a star binds."""
        return self.wildcard_import_names()

    def _make(self, name: str) -> nodes.NodeNG | None:
        whole = join(self._canonical, name)
        found = api.symbol(whole)
        if found is None:
            if name == "__getattr__":  # What pylint asks for before it says that a name is missing.
                return self._unknown(name) if api.is_open(self._canonical) or not self.absence else None
            return None if self.absence and not (api.is_open(whole) or name.startswith("_")) else self._unknown(name)
        if not found.worlds & self.worlds or found.raises & self.worlds or keyword.iskeyword(name):
            return self._unknown(name)
        if found.kind is api.Kind.MODULE:
            return _module(f"{self.name}.{name}")
        if found.kind is api.Kind.FUNCTION:
            return self._built(f"def {name}({self._parameters(whole)}):\n    return {_UNKNOWN}\n")
        if found.kind is api.Kind.CLASS:
            constructor = f"    def __init__({self._parameters(whole, 'self')}):\n        pass\n"
            others = f"    def __getattr__(self, name):\n        return {_UNKNOWN}\n"
            # Below an unknown base alone, astroid takes `super().__new__(cls)` for a call that lacks an argument.
            return self._built(f"class {name}({_UNKNOWN}, object):\n{constructor}{others}")
        return self._unknown(name)

    def _unknown(self, name: str) -> nodes.NodeNG:
        statement = self._built(f"value = {_UNKNOWN}\n")
        assert isinstance(statement, nodes.Assign)
        target: nodes.AssignName = statement.targets[0]
        target.name = name
        return target

    def _built(self, text: str) -> nodes.NodeNG:
        tree = build.parse(text, self.name, _FILE, package=False).module
        statement: nodes.NodeNG = tree.body[0]
        return statement

    def _parameters(self, name: str, *first: str) -> str:
        """The parameters of a function or class as source text, so that only what no release takes is refused."""
        found = api.symbol(name)
        known = []
        for world in api.bits(found.worlds if found is not None else 0):
            signature = api.signature(name, world)
            if signature is None:
                return ", ".join((*first, "*args", "**kwargs"))
            known.append((signature, api.keywords(name, world) if self.keywords else None))
        return ", ".join((*first, *_merged(known)))


def _merged(known: list[tuple[api.Signature, frozenset[str] | None]]) -> Iterator[str]:
    """The parameters that take whatever one of some signatures takes, with its keywords; None for any."""
    newest, _ = known[-1]
    needed = frozenset.intersection(*(_needed(signature) for signature, _ in known))
    optional = False
    for parameter in newest.positional:
        optional = optional or parameter.name not in needed
        yield f"{parameter.name}=None" if optional else parameter.name
    named = {parameter.name for parameter in newest.positional}
    keywords = [names for _, names in known]
    more = frozenset[str]().union(*(names for names in keywords if names is not None)) - named
    if any(len(signature.positional) > len(named) or signature.takes_any_position for signature, _ in known):
        yield "*args"
    elif more and None not in keywords:
        yield "*"
    if None in keywords:
        yield "**kwargs"
        return
    for name in sorted(more):
        yield f"{name}=None"


def _needed(signature: api.Signature) -> frozenset[str]:
    return frozenset(parameter.name for parameter in signature.parameters if not parameter.default)
