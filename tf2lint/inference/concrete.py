"""The value of a condition in one world: what `tf.__version__ >= "2"` is under TensorFlow 1.15.

Only constants, the versions themselves and pure operations on them are computed, by our own hand: nothing of the code
under lint is executed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from astroid import nodes
from packaging.version import InvalidVersion, Version

from tf2lint.api import versions
from tf2lint.api.versions import World
from tf2lint.inference import bindings, classes
from tf2lint.inference.values import Class, Const, External, Function, Module, Object, TfName, Value, Values

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()
"""What can not be told. It is neither true nor false: test for it with `is` first."""


class _Something:
    """An object of TensorFlow of which only is known that it is there: true, not None, and nothing else."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if other is None:
            return False
        raise TypeError("not known to be equal")


_TF_VERSIONS = frozenset(
    f"{home}.{name}" for home in ("tf", "tf.compat.v1") for name in ("__version__", "VERSION", "version.VERSION")
)
_KERAS_VERSIONS = frozenset(("tf.keras.__version__", "keras.__version__", "tf.compat.v1.keras.__version__"))
_KERAS_VERSION_CALLS = frozenset(("tf.keras.version", "keras.version"))
_OLD_KERAS = {"1.15": "2.2.4-tf", "2.0": "2.2.4-tf", "2.1": "2.2.4-tf", "2.2": "2.3.0-tf", "2.3": "2.4.0"}
"""What `tf.keras.__version__` was while it differed from TensorFlow's own number."""
_PARSERS = frozenset(
    (
        "packaging.version.parse packaging.version.Version pkg_resources.parse_version distutils.version.LooseVersion "
        "distutils.version.StrictVersion looseversion.LooseVersion setuptools._distutils.version.LooseVersion "
        "numpy.lib.NumpyVersion setuptools._distutils.version.StrictVersion"
    ).split()
)
_METADATA = frozenset(("importlib.metadata.version", "importlib_metadata.version"))
_TF2_ENABLED = frozenset(("tf.python.tf2.enabled", "tf.__internal__.tf2.enabled", "tf.python.compat.v2_compat.enabled"))
_STRING_METHODS = frozenset(
    "split rsplit startswith endswith partition rpartition strip lstrip rstrip lower replace find isdigit".split()
)
_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda a, b: a in b,
    "not in": lambda a, b: a not in b,
    "is": lambda a, b: a is b,
    "is not": lambda a, b: a is not b,
}
_CASTS: dict[str, Callable[[Any], Any]] = {
    "builtins.int": int,
    "builtins.float": float,
    "builtins.str": str,
    "builtins.bool": bool,
    "builtins.tuple": tuple,
    "builtins.list": list,
    "builtins.len": len,
    "builtins.any": any,
    "builtins.all": all,
}
_DEEP = 25
"""So deep may expressions and calls be nested inside of a function that finds out a version."""
_SMALL = 200
"""No string, list or number longer than this is computed: a version has none."""


class Concrete:
    """Computes conditions for one world at a time."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev
        self._asked_version = False
        self._calls: list[tuple[nodes.NodeNG, dict[str, Any]]] = []
        self._depth = 0

    def decided_by_version(self, node: nodes.NodeNG, world: int) -> Any:
        """The value of a condition in a world if the version decides it, else UNKNOWN: `DEBUG = False` may change."""
        self._asked_version = False
        value = self.value(node, world)
        return value if self._asked_version else UNKNOWN

    def value(self, node: nodes.NodeNG, world: int) -> Any:
        """The Python value of an expression in a world, or UNKNOWN."""
        if self._calls and self._calls[-1][1]:
            return self._within_call(node, world)
        key = ("concrete", node, world)
        value, asked_version = self._ev.memo.once(key, lambda: self._observed(node, world), (UNKNOWN, False))
        self._asked_version |= asked_version
        return value

    def _within_call(self, node: nodes.NodeNG, world: int) -> Any:
        """The value inside of a function with arguments: it differs from call to call, so that none is kept."""
        if self._depth > _DEEP:
            return UNKNOWN
        self._depth += 1
        try:
            value, asked_version = self._observed(node, world)
        finally:
            self._depth -= 1
        self._asked_version |= asked_version
        return value

    def _observed(self, node: nodes.NodeNG, world: int) -> tuple[Any, bool]:
        """The value, and whether a version had a part in it."""
        outer, self._asked_version = self._asked_version, False
        value = self._checked(node, world)
        asked_version, self._asked_version = self._asked_version, outer
        return value, asked_version

    def _version(self, world: int) -> World:
        self._asked_version = True
        return versions.WORLDS[world.bit_length() - 1]

    def _checked(self, node: nodes.NodeNG, world: int) -> Any:
        try:
            value = self._value(node, world)
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            return UNKNOWN  # The program would fail here too, in a way that is not ours to tell.
        if isinstance(value, str | bytes | list | tuple) and len(value) > _SMALL:
            return UNKNOWN
        if isinstance(value, int) and abs(value) > 1 << 64:
            return UNKNOWN
        return value

    def _value(self, node: nodes.NodeNG, world: int) -> Any:
        if isinstance(node, nodes.Const):
            return node.value
        if isinstance(node, nodes.BoolOp):
            return self._bool_op(node, world)
        if isinstance(node, nodes.UnaryOp):
            operand = self.value(node.operand, world)
            if operand is UNKNOWN:
                return UNKNOWN
            return not operand if node.op == "not" else -operand if node.op == "-" else UNKNOWN
        if isinstance(node, nodes.Compare):
            return self._compare(node, world)
        if isinstance(node, nodes.Tuple | nodes.List):
            items = [self.value(element, world) for element in node.elts]
            if any(item is UNKNOWN for item in items):
                return UNKNOWN
            return tuple(items) if isinstance(node, nodes.Tuple) else items
        if isinstance(node, nodes.Dict):
            return self._dict(node, world)
        if isinstance(node, nodes.IfExp):
            test = self.value(node.test, world)
            return UNKNOWN if test is UNKNOWN else self.value(node.body if test else node.orelse, world)
        if isinstance(node, nodes.Subscript):
            return self._subscript(node, world)
        if isinstance(node, nodes.ListComp | nodes.GeneratorExp):
            return self._comprehension(node, world)
        if isinstance(node, nodes.Call):
            return self._call(node, world)
        if isinstance(node, nodes.Name | nodes.Attribute | nodes.NamedExpr):
            return self._denoted(node, world)
        return UNKNOWN

    def _bool_op(self, node: nodes.BoolOp, world: int) -> Any:
        decided = node.op == "or"
        value: Any = UNKNOWN
        unsure = False
        for operand in node.values:
            value = self.value(operand, world)
            if value is UNKNOWN:
                unsure = True
            elif bool(value) == decided:
                return value
        return UNKNOWN if unsure else value

    def _compare(self, node: nodes.Compare, world: int) -> Any:
        left = self.value(node.left, world)
        for symbol, right_node in node.ops:
            owner = self._listed(right_node) if symbol in ("in", "not in") else None
            if owner is not None:
                there = self._has(owner, left, world)
                return UNKNOWN if there is UNKNOWN else there is (symbol == "in")
            right = self.value(right_node, world)
            if left is UNKNOWN or right is UNKNOWN:
                return UNKNOWN
            if not _COMPARISONS[symbol](*_alike(left, right)):
                return False
            left = right
        return True

    def _dict(self, node: nodes.Dict, world: int) -> Any:
        pairs = [(self.value(key, world), self.value(value, world)) for key, value in node.items]
        return UNKNOWN if any(UNKNOWN in pair for pair in pairs) else dict(pairs)

    def _listed(self, node: nodes.NodeNG) -> nodes.NodeNG | None:
        """The object whose names `dir(tf)`, `vars(tf)` and `tf.__dict__` list."""
        if isinstance(node, nodes.Attribute) and node.attrname == "__dict__":
            return node.expr
        if isinstance(node, nodes.Call) and len(node.args) == 1:
            return node.args[0] if self._only_name(node.func) in ("builtins.dir", "builtins.vars") else None
        return None

    def matches(self, pattern: nodes.NodeNG, subject: Any) -> Any:
        """Whether a pattern of a `match` takes a value, or UNKNOWN."""
        if isinstance(pattern, nodes.MatchAs):
            return True if pattern.pattern is None else self.matches(pattern.pattern, subject)
        if isinstance(pattern, nodes.MatchOr):
            found = [self.matches(one, subject) for one in pattern.patterns]
            return True if True in found else UNKNOWN if UNKNOWN in found else False
        if isinstance(pattern, nodes.MatchValue) and isinstance(pattern.value, nodes.Const):
            return bool(pattern.value.value == subject)
        if isinstance(pattern, nodes.MatchSingleton):
            return pattern.value is subject
        if isinstance(pattern, nodes.MatchSequence) and isinstance(subject, list | tuple):
            return self._matches_sequence(pattern.patterns, list(subject))
        return UNKNOWN

    def _matches_sequence(self, patterns: list[nodes.NodeNG], subject: list[Any]) -> Any:
        starred = bool(patterns) and isinstance(patterns[-1], nodes.MatchStar)
        plain = patterns[:-1] if starred else patterns
        if any(isinstance(pattern, nodes.MatchStar) for pattern in plain):
            return UNKNOWN
        if len(subject) < len(plain) or (len(subject) > len(plain) and not starred):
            return False
        found = [self.matches(pattern, item) for pattern, item in zip(plain, subject, strict=False)]
        return False if False in found else UNKNOWN if UNKNOWN in found else True

    def _subscript(self, node: nodes.Subscript, world: int) -> Any:
        container = self.value(node.value, world)
        if container is UNKNOWN:
            return UNKNOWN
        if isinstance(node.slice, nodes.Slice):
            parts = [node.slice.lower, node.slice.upper, node.slice.step]
            bounds = [None if part is None else self.value(part, world) for part in parts]
            return UNKNOWN if any(bound is UNKNOWN for bound in bounds) else container[slice(*bounds)]
        index = self.value(node.slice, world)
        return UNKNOWN if index is UNKNOWN else container[index]

    def _comprehension(self, node: nodes.ListComp | nodes.GeneratorExp, world: int) -> Any:
        """`[int(x) for x in …]`, the one comprehension that version checks use."""
        if len(node.generators) != 1 or node.generators[0].ifs:
            return UNKNOWN
        generator = node.generators[0]
        items = self.value(generator.iter, world)
        element = node.elt
        if items is UNKNOWN or not isinstance(generator.target, nodes.AssignName):
            return UNKNOWN
        if not isinstance(element, nodes.Call) or len(element.args) != 1 or not isinstance(element.args[0], nodes.Name):
            return UNKNOWN
        if element.args[0].name != generator.target.name:
            return UNKNOWN
        cast = _CASTS.get(self._only_name(element.func))
        return UNKNOWN if cast is None else [cast(item) for item in items]

    def _only_name(self, node: nodes.NodeNG) -> str:
        names = self._ev.dotted(node)
        return names.pop() if len(names) == 1 else ""

    # -- calls ------------------------------------------------------------------------------------------------------

    def _call(self, node: nodes.Call, world: int) -> Any:
        if isinstance(node.func, nodes.Attribute) and node.func.attrname in _STRING_METHODS:
            text = self.value(node.func.expr, world)
            arguments = [self.value(argument, world) for argument in node.args]
            if isinstance(text, str) and not any(argument is UNKNOWN for argument in arguments):
                return getattr(text, node.func.attrname)(*arguments)
        functions = self._ev.value_of(node.func)
        if len(functions) != 1:
            return UNKNOWN
        (function,) = functions
        if isinstance(function, Function):
            return self._returned(function.node, node, world)
        name = function.name if isinstance(function, TfName | External) else ""
        if name in _KERAS_VERSION_CALLS:
            return self._keras_version(name, world)
        if name in _TF2_ENABLED:
            return not self._version(world).tensorflow.startswith("1.")
        if name == "builtins.hasattr" and len(node.args) == 2:
            return self._has(node.args[0], self.value(node.args[1], world), world)
        if name == "builtins.getattr" and len(node.args) == 3:
            return self._got(node, self.value(node.args[1], world), world)
        if name in _METADATA and node.args:
            return self._metadata(self.value(node.args[0], world), world)
        if not node.args:
            return UNKNOWN
        values = [self.value(argument, world) for argument in node.args]
        if name == "builtins.map" and len(values) == 2 and values[1] is not UNKNOWN:
            cast = _CASTS.get(self._only_name(node.args[0]))
            return UNKNOWN if cast is None else [cast(item) for item in values[1]]
        if any(value is UNKNOWN for value in values):
            return UNKNOWN
        if name in _PARSERS:
            return Version(values[0])
        cast = _CASTS.get(name)
        return cast(values[0]) if cast is not None and len(values) == 1 else UNKNOWN

    def _returned(self, function: nodes.FunctionDef | nodes.Lambda, call: nodes.Call | None, world: int) -> Any:
        """What a function of the project gives: `def is_tf2(): return …`, `def at_least(version): return …`."""
        arguments = _arguments(function, call)
        if arguments is None or len(self._calls) > _DEEP:
            return UNKNOWN
        if not isinstance(function, nodes.FunctionDef):
            returned = [function.body]
        else:
            statements = list(function._get_return_nodes_skip_functions())
            if arguments and (len(statements) != 1 or statements[0].parent is not function):
                return UNKNOWN  # Which of them is reached may hang on the arguments.
            reached = [s for s in statements if self._ev.guards.execution(s)[0] & world]
            self._asked_version |= len(reached) < len(statements)
            returned = [s.value for s in reached]
        if len(returned) != 1 or returned[0] is None:
            return UNKNOWN
        values = {name: self.value(argument, world) for name, argument in arguments.items()}
        self._calls.append((function, values))
        try:
            return self.value(returned[0], world)
        finally:
            self._calls.pop()

    def _has(self, owner: nodes.NodeNG, name: Any, world: int) -> Any:
        values = self._ev.value_of(owner)
        if not isinstance(name, str) or len(values) != 1:
            return UNKNOWN
        (value,) = values
        if not isinstance(value, TfName):
            return UNKNOWN
        self._asked_version = True
        present = self._ev.guards.present(f"{value.name}.{name}")
        return UNKNOWN if present is None else bool(present & world)

    def _got(self, node: nodes.Call, name: Any, world: int) -> Any:
        """What `getattr(tf, "name", default)` gives."""
        there = self._has(node.args[0], name, world)
        if there is UNKNOWN:
            return UNKNOWN
        if not there:
            return self.value(node.args[2], world)
        value = self._of_value(self._ev.value_of(node), world)
        return _Something() if value is UNKNOWN else value

    def _metadata(self, distribution: Any, world: int) -> Any:
        if distribution in ("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow_cpu", "tensorflow_gpu"):
            return versions.released(self._version(world))
        return UNKNOWN

    # -- names ------------------------------------------------------------------------------------------------------

    def _denoted(self, node: nodes.Name | nodes.Attribute | nodes.NamedExpr, world: int) -> Any:
        if isinstance(node, nodes.NamedExpr):
            return self.value(node.value, world)
        if isinstance(node, nodes.Attribute):
            value = self._of_value(self._ev.value_of(node), world)
            if value is not UNKNOWN:
                return value
            owner = self.value(node.expr, world)
            if isinstance(owner, Version) and node.attrname in ("major", "minor", "micro", "release", "base_version"):
                return getattr(owner, node.attrname)
            if isinstance(owner, Version) and node.attrname == "version":  # LooseVersion's list of numbers.
                return list(owner.release)
            if node.attrname == "version" and self._is_distribution(node.expr):
                return self._metadata(self.value(node.expr.args[0], world), world)
            modules = [v for v in self._ev.value_of(node.expr) if isinstance(v, Module)]
            if len(modules) == 1:
                return self._bound(modules[0].node.locals.get(node.attrname, ()), node.attrname, world)
            return self._of_class(node, world)
        scope, statements = bindings.found(node, node.name)
        if self._calls and scope is self._calls[-1][0] and node.name in self._calls[-1][1]:
            return self._calls[-1][1][node.name] if len(statements) == 1 else UNKNOWN
        if scope is not None:
            statements = bindings.with_later_in_loop(node, scope, statements, node.name)
        value = self._bound(statements, node.name, world)
        return self._of_value(self._ev.value_of(node), world) if value is UNKNOWN else value

    def _of_class(self, node: nodes.Attribute, world: int) -> Any:
        """A flag that a class has, that its `__init__` sets, or that a property computes."""
        owners = [value for value in self._ev.value_of(node.expr) if isinstance(value, Class | Object)]
        if len(owners) != 1:
            return UNKNOWN
        cls = owners[0].node
        shared = cls.locals.get(node.attrname, [])
        own = [target for target, _ in classes.assigned(self._ev, cls).get(node.attrname, ())]
        if own:
            first = own[0]
            alone = len(own) == 1 and not shared and first.scope().name == "__init__"
            if not alone or not isinstance(first.parent, nodes.Assign) or not self._ev.guards.execution(first)[1]:
                return UNKNOWN
            return self.value(first.parent.value, world)
        if len(shared) == 1 and isinstance(shared[0], nodes.FunctionDef):
            computed = isinstance(owners[0], Object) and classes.is_property(shared[0])
            return self._returned(shared[0], None, world) if computed else UNKNOWN
        return self._bound(shared, node.attrname, world)

    def _is_distribution(self, node: nodes.NodeNG) -> bool:
        return (
            isinstance(node, nodes.Call)
            and bool(node.args)
            and "pkg_resources.get_distribution" in self._ev.dotted(node.func)
        )

    def _of_value(self, values: Values, world: int) -> Any:
        concrete = {self._constant(value, world) for value in values if self._possible(value, world)}
        return concrete.pop() if len(concrete) == 1 else UNKNOWN

    @staticmethod
    def _possible(value: Value, world: int) -> bool:
        return not isinstance(value, TfName) or bool(value.worlds & world)

    def _constant(self, value: Value, world: int) -> Any:
        if isinstance(value, Const):
            return value.value
        if isinstance(value, TfName):
            if value.name in _TF_VERSIONS:
                return versions.released(self._version(world))
            if value.name in _KERAS_VERSIONS:
                return self._keras_version(value.name, world)
        return UNKNOWN

    def _keras_version(self, name: str, world: int) -> Any:
        known = self._version(world)
        if known.keras != "2":
            return f"{known.keras}.0"
        if known.legacy:  # The package `keras` is a Keras 3 then, and `tf.keras` is not.
            return f"{known.tensorflow}.0" if name.startswith("tf.") else "3.0.0"
        return _OLD_KERAS.get(known.tensorflow, f"{known.tensorflow}.0")

    def _bound(self, statements: Any, name: str, world: int) -> Any:
        """The value of a flag: the last of its assignments that this world comes to."""
        statements = list(statements)
        if len({statement.frame() for statement in statements}) > 1:
            return UNKNOWN  # What a function assigns to a global, it assigns at a time of its own.
        reached = [(statement, *self._ev.guards.binding(statement)) for statement in statements]
        self._asked_version |= any(
            worlds != self._ev.target or self._ev.guards.decided_by_version(statement)
            for statement, worlds, _ in reached
        )
        for statement, worlds, certain in reversed(reached):
            if not worlds & world:
                continue
            value = self._assigned(statement, name, world)
            if value is UNKNOWN or certain:
                return value
            return UNKNOWN
        return UNKNOWN

    def _assigned(self, statement: nodes.NodeNG, name: str, world: int) -> Any:
        if isinstance(statement, nodes.ImportFrom):
            owner = self._ev.modules.absolute(statement)
            module = self._ev.modules.load(owner, statement.root()) if owner else None
            if module is None or module is statement.root():
                return UNKNOWN
            real = bindings.imported_name(self._ev, statement, name)
            return self._bound(module.locals.get(real, ()), real, world)
        parent = statement.parent
        if isinstance(parent, nodes.Assign | nodes.AnnAssign) and parent.value is not None:
            return self.value(parent.value, world)
        if isinstance(parent, nodes.Tuple) and isinstance(parent.parent, nodes.Assign):
            whole = self.value(parent.parent.value, world)
            index = parent.elts.index(statement)
            starred = any(isinstance(element, nodes.Starred) for element in parent.elts[:index])
            return UNKNOWN if whole is UNKNOWN or starred else whole[index]
        return UNKNOWN


def _arguments(function: nodes.FunctionDef | nodes.Lambda, call: nodes.Call | None) -> dict[str, nodes.NodeNG] | None:
    """What a call gives to each parameter, by name; None where that is not plain."""
    args = function.args
    parameters = [*(args.posonlyargs or []), *(args.args or [])]
    if args.vararg or args.kwarg or args.kwonlyargs:
        return None
    if call is None or (
        parameters and parameters[0].name in ("self", "cls") and isinstance(call.func, nodes.Attribute)
    ):
        parameters = parameters[1:]
    names = [parameter.name for parameter in parameters]
    defaults = list(args.defaults or [])
    found: dict[str, nodes.NodeNG] = dict(zip(names[len(names) - len(defaults) :], defaults, strict=False))
    positional = call.args if call is not None else []
    keywords = call.keywords if call is not None else []
    if len(positional) > len(names) or any(isinstance(argument, nodes.Starred) for argument in positional):
        return None
    found.update(zip(names, positional, strict=False))
    found.update({keyword.arg: keyword.value for keyword in keywords})
    return found if set(found) == set(names) else None


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Both as versions where one is: LooseVersion compares with strings."""
    try:
        if isinstance(left, Version) and isinstance(right, str):
            return left, Version(right)
        if isinstance(right, Version) and isinstance(left, str):
            return Version(left), right
    except InvalidVersion:
        raise ValueError("no version") from None
    return left, right
