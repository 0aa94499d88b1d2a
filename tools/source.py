"""Python source read without importing it: modules, what their names are bound to, classes and their members.

`Sources` is a set of folders searched in order, as `sys.path` would be. `Sources.resolve("a.b", "c")` chases imports,
assignments and the usual wrappers (`tf_export("x")(f)`, `to_raw_op(f)`) to a `Definition`.
"""

from __future__ import annotations

import ast
import dataclasses
import enum
import re
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable, Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef
T = TypeVar("T")

# Calls that give back (something with the signature of) one of their arguments.
_PASS_THROUGH = frozenset(
    {
        "to_raw_op",
        "_kwarg_only",
        "kwarg_only",
        "deprecated_alias",
        "add_dispatch_support",
        "no_deprecation",
        "do_not_generate_docs",
        "make_decorator",
        "tf_export",
        "keras_export",
        "deprecated_wrapper",
    }
)
_KEYWORD_ONLY = frozenset({"to_raw_op", "_kwarg_only", "kwarg_only"})
_NAMED_TUPLES = frozenset({"namedtuple", "NamedTuple"})


class Sort(enum.Enum):
    """What a name turned out to be."""

    MODULE = enum.auto()
    FUNCTION = enum.auto()
    CLASS = enum.auto()
    VALUE = enum.auto()
    OUTSIDE = enum.auto()
    """Defined in a package (or a compiled module) whose source is not here."""
    MISSING = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True)
class Definition:
    """Where a chase ended: `module` is the defining module (or the module itself), `node` the def, class or value."""

    sort: Sort
    module: str
    node: ast.AST | None = None
    calls: tuple[ast.Call, ...] = ()
    """The decorator-like calls that the chase passed through, outermost first."""


@dataclasses.dataclass(slots=True)
class _Imported:
    module: str
    name: str | None


@dataclasses.dataclass(slots=True)
class _Assigned:
    value: ast.expr | None
    previous: Binding | None


Binding = _Imported | _Assigned | Function | ast.ClassDef


@dataclasses.dataclass(slots=True)
class Module:
    """One module: its bindings in the state that the end of the module leaves them in."""

    name: str
    path: pathlib.Path | None
    package: bool
    body: list[ast.stmt] = dataclasses.field(default_factory=list)
    bindings: dict[str, Binding] = dataclasses.field(default_factory=dict)
    stars: list[str] = dataclasses.field(default_factory=list)
    imported: set[str] = dataclasses.field(default_factory=set)
    """Modules that importing this one imports, by full name; what binds a submodule to its package."""
    docstring: str = ""


def last_name(node: ast.expr) -> str:
    """The last part of a name, attribute or call chain, "" where there is none."""
    while isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


class Sources:
    """Folders of Python packages. `aliases` maps a package's name to the one its files have."""

    def __init__(self, folders: Sequence[pathlib.Path], aliases: dict[str, str] | None = None) -> None:
        self._folders = tuple(folders)
        # The longest first: an alias may lie within another.
        self._aliases = sorted((aliases or {}).items(), key=lambda item: -len(item[0]))
        self._modules: dict[str, Module | None] = {}
        self._resolved: dict[tuple[str, str], Definition] = {}
        self._mros: dict[int, list[Definition]] = {}
        self._bodies: dict[int, dict[str, ast.AST]] = {}
        self._made_once: dict[tuple[str, int], Any] = {}

    def once(self, what: str, node: ast.AST, make: Callable[[], T]) -> T:
        """What was made of a node, which is made once; nodes live as long as their sources do."""
        key = (what, id(node))
        if key not in self._made_once:
            self._made_once[key] = make()
        found: T = self._made_once[key]
        return found

    # Modules

    def locate(self, name: str) -> tuple[pathlib.Path | None, bool] | None:
        """The file of a module and whether it is a package; None where no folder has it."""
        relative = self._relative(name)
        bare = None
        for folder in self._folders:
            path = folder / relative
            if (path / "__init__.py").is_file():
                return path / "__init__.py", True
            if path.with_name(path.name + ".py").is_file():
                return path.with_name(path.name + ".py"), False
            if bare is None and path.is_dir():
                bare = (None, True)
        return bare

    def _relative(self, name: str) -> str:
        for alias, real in self._aliases:
            if name == alias or name.startswith(alias + "."):
                name = real + name[len(alias) :]
                break
        return name.replace(".", "/")

    def has(self, name: str) -> bool:
        """Whether the source of a module is here."""
        return self.load(name) is not None

    def load(self, name: str) -> Module | None:
        """A module, parsed once."""
        if name in self._modules:
            return self._modules[name]
        found = self.locate(name)
        if found is None:
            self._modules[name] = None
            return None
        path, package = found
        module = self._modules[name] = Module(name, path, package)
        if path is not None:
            tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
            module.body = tree.body
            module.docstring = ast.get_docstring(tree, clean=False) or ""
            self._bind(module, tree.body)
        return module

    def submodules(self, name: str) -> list[str]:
        """The last names of the modules and packages that lie directly under a package, sorted."""
        found = self.locate(name)
        if found is None or not found[1]:
            return []
        relative = self._relative(name)
        names = set()
        for folder in self._folders:
            path = folder / relative
            if not path.is_dir():
                continue
            for entry in path.iterdir():
                if entry.suffix == ".py" and entry.stem != "__init__":
                    names.add(entry.stem)
                elif entry.is_dir() and (entry / "__init__.py").is_file():
                    names.add(entry.name)
        return sorted(names)

    def _bind(self, module: Module, body: Sequence[ast.stmt]) -> None:
        bindings = module.bindings
        for node in body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    bindings[node.name] = node
                case ast.Import():
                    self._bind_import(module, node)
                case ast.ImportFrom():
                    self._bind_from(module, node)
                case ast.Assign():
                    for target in node.targets:
                        self._assign(bindings, target, node.value)
                case ast.AnnAssign(target=ast.Name(id=name)):
                    bindings[name] = _Assigned(node.value, bindings.get(name))
                case ast.Delete():
                    for target in node.targets:
                        if isinstance(target, ast.Name):
                            bindings.pop(target.id, None)
                case ast.For():
                    self._assign(bindings, node.target, None)
                    self._bind(module, node.body)
                case _:
                    for block in _blocks(node):
                        self._bind(module, block)

    @staticmethod
    def _bind_import(module: Module, node: ast.Import) -> None:
        for alias in node.names:
            module.imported.add(alias.name)
            top = alias.name.partition(".")[0]
            module.bindings[alias.asname or top] = _Imported(alias.name if alias.asname else top, None)

    def _bind_from(self, module: Module, node: ast.ImportFrom) -> None:
        base = self._absolute(module, node)
        module.imported.add(base)
        for alias in node.names:
            if alias.name == "*":
                module.stars.append(base)
            else:
                module.imported.add(f"{base}.{alias.name}")
                module.bindings[alias.asname or alias.name] = _Imported(base, alias.name)

    @staticmethod
    def _assign(bindings: dict[str, Binding], target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            bindings[target.id] = _Assigned(value, bindings.get(target.id))
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                Sources._assign(bindings, element, None)

    @staticmethod
    def _absolute(module: Module, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = module.name.split(".")
        parts = parts[: len(parts) - node.level + (1 if module.package else 0)]
        return ".".join([*parts, node.module] if node.module else parts)

    # Names

    def resolve(self, module: str, name: str) -> Definition:
        """What `module.name` is."""
        key = (module, name)
        found = self._resolved.get(key)
        if found is None:
            self._resolved[key] = Definition(Sort.VALUE, module)  # What a cycle sees.
            found = self._resolved[key] = self._lookup(module, name)
        return found

    def _lookup(self, module: str, name: str) -> Definition:
        loaded = self.load(module)
        if loaded is None:
            return Definition(Sort.OUTSIDE, f"{module}.{name}")
        if name in loaded.bindings:
            return self._chase(loaded, loaded.bindings[name], name)
        for star in reversed(loaded.stars):
            if self.has(star):
                found = self.resolve(star, name)
                if found.sort is not Sort.MISSING:
                    return found
        if self.has(f"{module}.{name}"):
            return Definition(Sort.MODULE, f"{module}.{name}")
        return Definition(Sort.MISSING, f"{module}.{name}")

    def _chase(self, module: Module, binding: Binding, name: str) -> Definition:
        if isinstance(binding, Function):
            return Definition(Sort.FUNCTION, module.name, binding)
        if isinstance(binding, ast.ClassDef):
            return Definition(Sort.CLASS, module.name, binding)
        if isinstance(binding, _Assigned):
            return self.evaluate(module, binding.value, name, binding.previous)
        if binding.name is None:
            sort = Sort.MODULE if self.has(binding.module) else Sort.OUTSIDE
            return Definition(sort, binding.module)
        base = self.load(binding.module)
        full = f"{binding.module}.{binding.name}"
        if base is not None and base is not module and binding.name in base.bindings:
            return self.resolve(binding.module, binding.name)
        if self.has(full):
            return Definition(Sort.MODULE, full)
        if base is module:
            return Definition(Sort.OUTSIDE, full)
        return self.resolve(binding.module, binding.name)

    def evaluate(
        self, module: Module, node: ast.expr | None, name: str | None = None, previous: Binding | None = None
    ) -> Definition:
        """What an expression in a module denotes. `name` and `previous` are for `x = wrap(x)`."""
        value = Definition(Sort.VALUE, module.name, node)
        if isinstance(node, ast.Name):
            if node.id == name:
                return self._chase(module, previous, name) if previous is not None else value
            found = self.resolve(module.name, node.id)
            if found.sort is Sort.MISSING:
                return Definition(Sort.OUTSIDE, f"builtins.{node.id}")
            return found
        if isinstance(node, ast.Attribute):
            base = self.evaluate(module, node.value, name, previous)
            if base.sort is Sort.MODULE:
                return self.resolve(base.module, node.attr)
            if base.sort is Sort.OUTSIDE:
                return Definition(Sort.OUTSIDE, f"{base.module}.{node.attr}")
            if base.sort is Sort.CLASS:
                return self.class_attribute(base, node.attr) or value
            return value
        if isinstance(node, ast.Subscript):
            base = self.evaluate(module, node.value, name, previous)
            return base if base.sort is Sort.CLASS else value
        if isinstance(node, ast.Call):
            made = self._made(module, node)
            if made is not None:
                return made
            inner = self._unwrapped(node)
            if inner is not None:
                found = self.evaluate(module, inner, name, previous)
                if found.sort in (Sort.FUNCTION, Sort.CLASS):
                    return dataclasses.replace(found, calls=(node, *found.calls))
        return value

    def _made(self, module: Module, call: ast.Call) -> Definition | None:
        """The inner function that a call returns, as in `irfft = _irfft_wrapper(…)`."""
        if not isinstance(call.func, ast.Name) or call.func.id in _PASS_THROUGH or call.func.id in _NAMED_TUPLES:
            return None
        maker = self.resolve(module.name, call.func.id)
        if not isinstance(maker.node, Function) or not isinstance(maker.node.body[-1], ast.Return):
            return None
        returned = maker.node.body[-1].value
        while isinstance(returned, ast.Call) and len(returned.args) == 1:
            returned = returned.args[0]
        for statement in maker.node.body:
            if isinstance(statement, Function) and isinstance(returned, ast.Name) and statement.name == returned.id:
                return Definition(Sort.FUNCTION, maker.module, statement)
        return None

    @staticmethod
    def _unwrapped(call: ast.Call) -> ast.expr | None:
        """The argument whose signature the call's result has, for calls that decorate."""
        if isinstance(call.func, ast.Call):
            return call.args[0] if len(call.args) == 1 and not call.keywords else None
        called = last_name(call.func)
        if called not in _PASS_THROUGH or not call.args:
            return None
        if called == "deprecated_alias":
            return call.args[2] if len(call.args) > 2 else None
        return call.args[0] if called in _KEYWORD_ONLY or called == "do_not_generate_docs" else call.args[-1]

    @staticmethod
    def keyword_only(definition: Definition) -> bool:
        """Whether the chase went through a wrapper that takes keywords only."""
        return any(last_name(call.func) in _KEYWORD_ONLY for call in definition.calls)

    def public(self, module: str) -> dict[str, None]:
        """The names that a module binds, `import *` included, in the order of the source."""
        names: dict[str, None] = {}
        loaded = self.load(module)
        if loaded is None:
            return names
        for star in loaded.stars:
            names.update((name, None) for name in self.exported(star))
        names.update((name, None) for name in loaded.bindings)
        return names

    def exported(self, module: str) -> list[str]:
        """The names that `from module import *` brings."""
        listed = self.all_of(module)
        if listed is not None:
            return listed
        return [name for name in self.public(module) if not name.startswith("_")]

    def all_of(self, module: str) -> list[str] | None:
        """A module's `__all__`, where it is written out."""
        loaded = self.load(module)
        binding = loaded.bindings.get("__all__") if loaded is not None else None
        if isinstance(binding, _Assigned) and isinstance(binding.value, ast.List | ast.Tuple):
            names = [element.value for element in binding.value.elts if isinstance(element, ast.Constant)]
            return [name for name in names if isinstance(name, str)]
        return None

    # Classes

    def mro(self, definition: Definition) -> list[Definition]:
        """A class and its ancestors, nearly in the order of attribute look-up; ancestors outside are OUTSIDE."""
        node = definition.node
        assert isinstance(node, ast.ClassDef)
        known = self._mros.get(id(node))
        if known is not None:
            return known
        self._mros[id(node)] = [definition]
        module = self.load(definition.module)
        assert module is not None
        lines = [self._ancestors(module, node, base) for base in self._base_expressions(node)]
        order = [definition]
        for index, line in enumerate(lines):
            rest = [other for later in lines[index + 1 :] for other in later]
            for ancestor in line:
                # A common ancestor comes after all of its heirs.
                if not _among(ancestor, order) and not _among(ancestor, rest):
                    order.append(ancestor)
        self._mros[id(node)] = order
        return order

    @staticmethod
    def _base_expressions(node: ast.ClassDef) -> Iterator[ast.expr]:
        for base in node.bases:
            if isinstance(base, ast.Call) and last_name(base.func) == "with_metaclass":
                yield from base.args[1:]
            else:
                yield base

    def _ancestors(self, module: Module, node: ast.ClassDef, base: ast.expr) -> list[Definition]:
        if isinstance(base, ast.Call) and last_name(base.func) in _NAMED_TUPLES:
            return [Definition(Sort.VALUE, module.name, base)]
        while isinstance(base, ast.Subscript):
            base = base.value
        found = self.evaluate(module, base, node.name)
        if found.node is node:
            # `old = name` before `class name(old)`: what the name was before, which only `import *` can have brought.
            earlier = [self.resolve(star, node.name) for star in reversed(module.stars) if self.has(star)]
            found = next((other for other in earlier if other.sort is Sort.CLASS and other.node is not node), found)
        if found.sort is Sort.CLASS and found.node is not node:
            return self.mro(found)
        if found.sort is Sort.VALUE and isinstance(found.node, ast.Call):
            return [found]
        return [Definition(Sort.OUTSIDE, found.module if found.sort is Sort.OUTSIDE else ast.unparse(base))]

    def class_body(self, node: ast.ClassDef) -> dict[str, ast.AST]:
        """The names that a class's own body binds, each with its last def, class or value."""
        known = self._bodies.get(id(node))
        if known is None:
            known = self._bodies[id(node)] = {}
            _collect(node.body, known)
        return known

    def class_attribute(self, definition: Definition, name: str) -> Definition | None:
        """What `Class.name` is, inherited or not; None where no class in reach has it."""
        for ancestor in self.mro(definition):
            if isinstance(ancestor.node, ast.ClassDef):
                body = self.class_body(ancestor.node)
                if name in body:
                    return self._of_class(ancestor, body, name)
        return None

    def _of_class(self, owner: Definition, body: dict[str, ast.AST], name: str) -> Definition:
        node = body[name]
        if isinstance(node, Function):
            return Definition(Sort.FUNCTION, owner.module, node)
        if isinstance(node, ast.ClassDef):
            return Definition(Sort.CLASS, owner.module, node)
        if isinstance(node, ast.Name):
            if node.id in body and node.id != name:
                return self._of_class(owner, body, node.id)
            module = self.load(owner.module)
            assert module is not None
            return self.evaluate(module, node)
        return Definition(Sort.VALUE, owner.module, node)


def _blocks(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """The blocks of a statement that may run where the statement stands; what a name is bound to last counts."""
    match node:
        case ast.If():
            # The first branch is the usual one: it shall win. What type checkers alone see is not there.
            yield node.orelse
            if last_name(node.test) != "TYPE_CHECKING":
                yield node.body
        case ast.Try():
            yield from (handler.body for handler in node.handlers)
            yield node.body
            yield node.orelse
            yield node.finalbody
        case ast.With():
            yield node.body
        case _:
            pass


def _among(definition: Definition, others: Sequence[Definition]) -> bool:
    if definition.node is None:
        return any(other.node is None and other.module == definition.module for other in others)
    return any(other.node is definition.node for other in others)


def _collect(body: Sequence[ast.stmt], found: dict[str, ast.AST]) -> None:
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                if not any(last_name(decorator) in ("setter", "deleter") for decorator in node.decorator_list):
                    found[node.name] = node
            case ast.ClassDef():
                found[node.name] = node
            case ast.Assign():
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        found[target.id] = node.value
            case ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = node.value if node.value is not None else node
            case ast.If():
                _collect(node.orelse, found)
                _collect(node.body, found)
            case _:
                pass


_DOCUMENTED = re.compile(r"^@@(\w+)$", re.MULTILINE)


def documented(docstring: str) -> set[str]:
    """The `@@name` references of a TensorFlow 1 docstring."""
    return set(_DOCUMENTED.findall(docstring))
