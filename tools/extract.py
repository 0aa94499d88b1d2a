"""One edition's public API, read from its source."""

from __future__ import annotations

import ast
import functools
import re
from typing import TYPE_CHECKING

from tools import arguments, attributes, classes, contrib, keywords, notices, signatures
from tools.facts import Edition, Fact
from tools.layout import ABSL_FLAGS
from tools.returns import Reader, class_key
from tools.source import Definition, Function, Sort, Sources, last_name

if TYPE_CHECKING:
    from tools.layout import Layout, Mount

_DUNDERS = frozenset(
    {
        *("__internal__", "__operators__", "__version__", "__git_version__", "__compiler_version__"),
        *("__cxx11_abi_flag__", "__cxx_version__", "__monolithic_build__"),
    }
)
_NOT_KERAS = frozenset({"api", "benchmarks", "integration_test", "protobuf", "src", "tests"})
_CONSTANTS = frozenset({"e", "inf", "nan", "newaxis", "pi"})
_SCALAR = re.compile(r"\w+(\d+|_)|[fi]info|inexact|unicode_|object_|string_|floating|generic|number")
# Namespaces that lead around in circles; `tf.compat.v2.x` is `tf.x`.
_CIRCLES = frozenset({"tf.compat.v2", "tf.compat.v1.compat.v1", "tf.compat.v1.compat.v2"})


def is_public(name: str) -> bool:
    """Whether a name counts as public."""
    return not name.startswith("_") or name in _DUNDERS


def extract(layout: Layout) -> Edition:
    """All facts of an edition."""
    return _Extractor(layout).run()


class _Extractor:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sources = Sources(layout.folders, layout.aliases)
        self.edition = Edition(layout.name)
        self.results = Reader(self.sources, eager=not layout.name.startswith("1."))
        self.mounts = {mount.public: mount for mount in layout.mounts}

    def run(self) -> Edition:
        for mount in self.layout.mounts:
            if mount.alone:
                self._alone(mount)
            else:
                for module in (*mount.also, mount.module):
                    self._namespace(mount.public, module, True, mount.found or mount.search, mount.search)
        self._inner()
        if self.layout.contrib:
            contrib.extract(self.sources, self.edition, self.record)
        return self.edition

    def _inner(self) -> None:
        """What can be imported but is no public API: the packages of implementation. Each is open."""
        for public, module in (("tf", "tensorflow"), ("tf.lite", "tensorflow.lite"), ("keras", "keras")):
            if not self.sources.has(module) or (public == "keras") != self.layout.name.startswith("keras-"):
                continue
            for name in self.sources.submodules(module):
                full = f"{public}.{name}"
                if is_public(name) and full not in self.edition.facts and name not in ("contrib", "api", "keras"):
                    self.edition.facts[full] = Fact("m", False, True, open=True)
        if self.layout.name.startswith("2."):
            self._modules_of_keras("keras", 2)
        for path in ("tutorials", "tutorials.mnist", "tutorials.mnist.input_data"):
            if self.sources.has(f"tensorflow.examples.{path}"):
                self.edition.facts[f"tf.examples.{path}"] = Fact("m", False, True, open=True)

    def _modules_of_keras(self, package: str, depth: int) -> None:
        """The modules of Keras 2 on its own, which programs import from: `from keras.layers.core import Dense`."""
        for name in self.sources.submodules(package):
            module = f"{package}.{name}"
            if not is_public(name) or name in _NOT_KERAS or name.endswith("_test"):
                continue
            self.edition.facts.setdefault(module, Fact("m", True, True, open=True))
            if depth > 1 and self.sources.locate(module)[1]:  # type: ignore[index]
                self._modules_of_keras(module, depth - 1)

    def _alone(self, mount: Mount) -> None:
        # `tf.flags` is absl's flags under TensorFlow's wrappers: more is there than the source of TensorFlow shows.
        self.edition.facts[mount.public] = Fact("m", True, False, open=True)
        for kind, names in ABSL_FLAGS.items():
            for name in names.split():
                self.edition.facts[f"{mount.public}.{name}"] = Fact(kind, True, False, open=kind != "f")
        for name in self.sources.public(mount.module):
            if is_public(name):
                found = self.sources.resolve(mount.module, name)
                if found.sort in (Sort.FUNCTION, Sort.CLASS):
                    self.record(f"{mount.public}.{name}", name, found, True, False)

    def _namespace(
        self, public: str, module: str, attribute: bool, found: tuple[str, ...], search: tuple[str, ...] = ()
    ) -> None:
        """Record a namespace: `module` is what the attribute path leads to (where `attribute`; else what import finds).

        `found` is the module, if any, that `import` finds under the public name: it may be another one, a package of
        implementation that lies in the way. `search` are the packages on its `__path__`; usually itself.
        """
        facts = self.edition.facts
        facts[public] = Fact("m", attribute, bool(found))
        if public in _CIRCLES:
            return
        offered = set(self.sources.public(found[0])) if found else set()
        search = search or found
        for name in [name for name in self.sources.public(module) if is_public(name)]:
            full = f"{public}.{name}"
            if full in self.mounts:
                continue
            definition = self.sources.resolve(module, name)
            if definition.sort is Sort.MODULE and self._is_namespace(definition.module):
                self._namespace(full, definition.module, attribute, self._search(public, search, name))
            elif not self._is_leak(name, definition):
                importable = bool(found) and (module in found or name in offered)
                self.record(full, name, definition, attribute, importable)
        # Folders that nothing binds: `from tensorflow.keras.saving import x` works, `tf.keras.saving` does not.
        for package in dict.fromkeys((*search, module)):
            for name in self.sources.submodules(package):
                full, inner = f"{public}.{name}", f"{package}.{name}"
                if full in facts or full in self.mounts or not is_public(name) or package not in search:
                    continue
                located = self.sources.locate(inner)
                if self._is_namespace(inner) and located is not None and located[1]:
                    self._namespace(full, inner, False, (inner,))

    def _search(self, public: str, packages: tuple[str, ...], name: str) -> tuple[str, ...]:
        """The module that `import` finds under a name, given the packages whose folders it looks in."""
        mount = self.mounts.get(public)
        if mount is not None and mount.forwarded and name not in mount.forwarded:
            return ()
        for package in packages:
            if name in self.sources.submodules(package):
                return (f"{package}.{name}",)
        return ()

    def _is_namespace(self, module: str) -> bool:
        if module.startswith("keras.src"):
            return False
        if module == "keras.api" or (module == "keras._tf_keras" or module == "keras._tf_keras.keras"):
            return False
        return module.startswith(self.layout.namespaces)

    @staticmethod
    def _is_leak(name: str, found: Definition) -> bool:
        """What a namespace happens to have as an attribute: a package of implementation, a variable of its own code."""
        if found.sort is Sort.MODULE:
            return found.module.startswith(("tensorflow", "keras"))
        return found.sort is Sort.VALUE and found.module == "tensorflow" and name not in _DUNDERS

    def record(self, full: str, name: str, found: Definition, attribute: bool, importable: bool) -> Fact:
        """Record what a public name was found to be."""
        fact = Fact("v", attribute, importable)
        self.edition.facts[full] = fact
        if ".raw_ops." in full:
            fact.kind = "f"
            if found.sort is Sort.FUNCTION:
                fact.returns = self.results.keys(found)
            return fact
        if found.sort is Sort.FUNCTION:
            fact.kind = "f"
            assert isinstance(found.node, Function)
            fact.signature = signatures.spell(found.node, keyword_only=Sources.keyword_only(found))
            fact.renamed = arguments.in_function(self.sources, found)
            fact.returns = self.results.keys(found)
            if found.node.args.kwarg is not None and not found.calls:
                fact.keywords = keywords.of_function(self.sources, found)
            fact.identity = f"{found.module}:{found.node.name}:{found.node.lineno}"
        elif found.sort is Sort.CLASS:
            fact.kind = "c"
            assert isinstance(found.node, ast.ClassDef)
            fact.cls = fact.identity = class_key(found)
            if fact.cls not in self.edition.classes:
                self.edition.classes[fact.cls] = classes.read(self.sources, found, self.results)
                self._attributes(found)
            of_class = self.edition.classes[fact.cls]
            fact.signature = of_class.signature
            fact.open = of_class.open
            fact.renamed = of_class.renamed
            fact.keywords = of_class.keywords
            fact.returns = self.results.made(found)
            # A stand-in that says at construction that the thing is gone.
            fact.raises = found.node.name == "LegacyOptimizerWarning"
        elif found.sort is Sort.MODULE:
            fact.kind = "m"
            fact.open = True
        else:
            self._guess(fact, name, found)
        if found.sort in (Sort.FUNCTION, Sort.CLASS):
            fact.notice = notices.notice(self.sources, found, full)
        return fact

    def _attributes(self, found: Definition) -> None:
        """Note what the code of a class and its ancestors stores in objects."""
        for ancestor in self.sources.mro(found):
            if not isinstance(ancestor.node, ast.ClassDef):
                continue
            if self.sources.once("dynamic", ancestor.node, functools.partial(attributes.is_dynamic, ancestor.node)):
                self.edition.dynamic.add(class_key(ancestor))
            module = self.sources.load(ancestor.module)
            if module is not None and ancestor.module not in self.edition.stored:
                self.edition.stored[ancestor.module] = attributes.stored(module.body)

    def _guess(self, fact: Fact, name: str, found: Definition) -> None:
        """The kind of a thing whose definition is out of reach or is made by a call."""
        node = found.node
        if isinstance(node, ast.Call):
            called = last_name(node.func)
            fields = classes.named_tuple_fields(node)
            if fields is not None:
                fact.kind, fact.signature, fact.open = "c", ",".join(fields), True
            elif called in ("GeneratedProtocolMessageType", "NewType", "type"):
                fact.kind, fact.open = "c", True
            elif called in ("partial", "_make_wrapper"):
                fact.kind = "f"
        elif isinstance(node, ast.Lambda):
            fact.kind = "f"
        elif "_pb2" in found.module and name[:1].isupper() and not name.isupper():
            fact.kind, fact.open = "c", True
        elif found.module.startswith("numpy."):
            # `tf.experimental.numpy` hands on numpy's scalar types and constants.
            fact.kind = "v" if name in _CONSTANTS else "c" if _SCALAR.fullmatch(name) else "f"
            fact.open = fact.kind == "c"
        elif found.sort is Sort.OUTSIDE:
            simple = found.module.rpartition(".")[2]
            if simple[:1].isupper() and not simple.isupper():
                fact.kind, fact.open = "c", True
            elif simple.islower() and name.islower():
                fact.kind = "f"
        elif found.sort is Sort.MISSING and name[:1].isupper() and not name.isupper():
            fact.kind, fact.open = "c", True
