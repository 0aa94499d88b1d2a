"""`tf.contrib` of 1.15: every package below it, with the names that it leaves in place.

contrib packages have no generated namespaces. Each is a package whose `__init__` imports what it offers and then, in
most cases, calls `remove_undocumented(__name__, allowed)`, which deletes all other names.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from tools.facts import Edition, Fact
from tools.source import Definition, Module, Sort, Sources, documented, last_name

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = "tensorflow.contrib"
Record = Callable[[str, str, Definition, bool, bool], Fact]

# Below these is implementation that happens to be importable.
_INNER = frozenset({"api", "kernels", "python", "tests"})
# What modules import for their own use.
_FOREIGN = frozenset({"builtins", "numpy", "pandas", "six", *sys.stdlib_module_names})


def extract(sources: Sources, edition: Edition, record: Record) -> None:
    """Record contrib's names in an edition."""
    _Contrib(sources, edition, record).run()


class _Contrib:
    def __init__(self, sources: Sources, edition: Edition, record: Record) -> None:
        self.sources = sources
        self.facts = edition.facts
        self.record = record
        self.loaded = self._closure()

    def run(self) -> None:
        self._walk("tf.contrib", ROOT, True, ())
        self._packages("tf.contrib", ROOT)

    def _closure(self) -> set[str]:
        """The contrib modules that importing contrib imports; these are attributes of their packages."""
        reached: set[str] = set()
        pending = [ROOT]
        while pending:
            name = pending.pop()
            if name in reached or not name.startswith(ROOT) or self.sources.locate(name) is None:
                continue
            reached.add(name)
            module = self.sources.load(name)
            assert module is not None
            pending.extend(module.imported)
            parent = name.rpartition(".")[0]
            if parent not in reached:
                pending.append(parent)
        return reached

    def _walk(self, public: str, module: str, attribute: bool, within: tuple[str, ...]) -> None:
        """Record the names of a module that is reached as `public`; `within` guards against circles."""
        importable = module.replace("tensorflow.", "tf.", 1) == public
        self.facts[public] = Fact("m", attribute, importable, open=True)
        loaded = self.sources.load(module)
        assert loaded is not None
        # A plain module's imports are its own business; those of a package, or of a list of names, are an offer.
        listed = any(_removals(loaded)) or public.count(".") < 2
        offering = listed or loaded.package or public.count(".") < 3
        for name in self._names(module):
            full = f"{public}.{name}"
            found = self._find(module, name)
            if name in _INNER or name.endswith(("_pb2", "_eager_fallback")):
                continue
            if not (offering or found.module.startswith(ROOT) or found.sort in (Sort.FUNCTION, Sort.CLASS)):
                continue
            if found.sort is Sort.OUTSIDE and found.module.partition(".")[0] in _FOREIGN:
                continue
            if found.sort is Sort.MODULE:
                inside = importable and found.module == f"{module}.{name}"
                mine = loaded.package and found.module.startswith(f"{module}.")
                if found.module not in within and (inside or mine or (listed and found.module.startswith(ROOT))):
                    self._walk(full, found.module, attribute, (*within, module))
                elif attribute or inside:
                    self.facts[full] = Fact("m", attribute, inside, open=True)
            elif found.sort is not Sort.MISSING:
                fact = self.record(full, name, found, attribute, importable)
                if Sources.keyword_only(found):
                    fact.signature = None  # A raw op, shown here without its wrapper.

    def _find(self, module: str, name: str) -> Definition:
        found = self.sources.resolve(module, name)
        if found.sort is Sort.VALUE and isinstance(found.node, ast.Call) and last_name(found.node.func) == "LazyLoader":
            target = found.node.args[-1]
            if isinstance(target, ast.Constant) and self.sources.has(str(target.value)):
                return Definition(Sort.MODULE, str(target.value))
        return found

    def _packages(self, public: str, package: str) -> None:
        """The packages that only an import reaches: `import tensorflow.contrib.boosted_trees`."""
        for name in self.sources.submodules(package):
            full, module = f"{public}.{name}", f"{package}.{name}"
            located = self.sources.locate(module)
            if located is None or name in _INNER or name.endswith("_pb2"):
                continue
            known = self.facts.get(full)
            if not located[1]:
                # A plain module: `from tensorflow.contrib.slim.nets import resnet_v1`.
                if known is None:
                    self.facts[full] = Fact("m", False, True, open=True)
                continue
            if known is None:
                self._walk(full, module, False, ())
            else:
                known.importable = True
            self._packages(full, module)

    def _names(self, name: str) -> list[str]:
        """The public names that a module has after it was imported."""
        module = self.sources.load(name)
        assert module is not None
        names: dict[str, None] = {}
        for star in module.stars:
            if self.sources.has(star):
                listed = self.sources.all_of(star)
                names.update(dict.fromkeys(listed if listed is not None else self._names(star)))
        names.update(dict.fromkeys(module.bindings))
        if module.package and name != ROOT:
            names.update((sub, None) for sub in self.sources.submodules(name) if f"{name}.{sub}" in self.loaded)
        for call in _removals(module):
            allowed = self._allowed(module, call)
            names = {public: None for public in names if public.startswith("_") or public in allowed}
        return [public for public in names if not public.startswith("_")]

    def _allowed(self, module: Module, call: ast.Call) -> set[str]:
        arguments: dict[str | None, ast.expr] = {keyword.arg: keyword.value for keyword in call.keywords}
        listed = call.args[1] if len(call.args) > 1 else arguments.get("allowed_exception_list")
        documents = call.args[2] if len(call.args) > 2 else arguments.get("doc_string_modules")
        allowed = set(self._strings(module, listed))
        if isinstance(documents, ast.List | ast.Tuple):
            for element in documents.elts:
                found = self.sources.evaluate(module, element)
                other = self.sources.load(found.module) if found.sort is Sort.MODULE else None
                allowed |= documented(other.docstring if other is not None else module.docstring)
        else:
            allowed |= documented(module.docstring)
        return allowed

    def _strings(self, module: Module, node: ast.expr | None) -> Iterable[str]:
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            for element in node.elts:
                if isinstance(element, ast.Constant):
                    yield str(element.value)
        elif isinstance(node, ast.BinOp):
            yield from self._strings(module, node.left)
            yield from self._strings(module, node.right)
        elif isinstance(node, ast.Name):
            found = self.sources.evaluate(module, node)
            if isinstance(found.node, ast.expr) and not isinstance(found.node, ast.Name):
                yield from self._strings(module, found.node)
            for statement in module.body:
                if isinstance(statement, ast.AugAssign) and last_name(statement.target) == node.id:
                    yield from self._strings(module, statement.value)


def _removals(module: Module) -> Iterable[ast.Call]:
    for statement in module.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            call = statement.value
            # Another module may be named instead: it loses its names elsewhere.
            if last_name(call.func) == "remove_undocumented":
                keywords = [keyword.value for keyword in call.keywords if keyword.arg == "module_name"]
                if all(isinstance(target, ast.Name) for target in (call.args[:1] or keywords)):
                    yield call
