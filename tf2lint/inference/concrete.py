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
from tf2lint.inference import bindings
from tf2lint.inference.values import Const, External, Function, Module, TfName, Value, Values

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()
"""What can not be told. It is neither true nor false: test for it with `is` first."""

_TF_VERSIONS = frozenset(
    f"{home}.{name}" for home in ("tf", "tf.compat.v1") for name in ("__version__", "VERSION", "version.VERSION")
)
_KERAS_VERSIONS = frozenset(("tf.keras.__version__", "keras.__version__", "tf.compat.v1.keras.__version__"))
_PARSERS = frozenset(
    (
        "packaging.version.parse packaging.version.Version pkg_resources.parse_version distutils.version.LooseVersion "
        "distutils.version.StrictVersion looseversion.LooseVersion setuptools._distutils.version.LooseVersion"
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
}
_SMALL = 200
"""No string, list or number longer than this is computed: a version has none."""


class Concrete:
    """Computes conditions for one world at a time."""

    def __init__(self, ev: Evaluator) -> None:
        self._ev = ev
        self._asked_version = False

    def decided_by_version(self, node: nodes.NodeNG, world: int) -> Any:
        """The value of a condition in a world if the version decides it, else UNKNOWN: `DEBUG = False` may change."""
        self._asked_version = False
        value = self.value(node, world)
        return value if self._asked_version else UNKNOWN

    def value(self, node: nodes.NodeNG, world: int) -> Any:
        """The Python value of an expression in a world, or UNKNOWN."""
        key = ("concrete", node, world)
        value, asked_version = self._ev.memo.once(key, lambda: self._observed(node, world), (UNKNOWN, False))
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
            right = self.value(right_node, world)
            if left is UNKNOWN or right is UNKNOWN:
                return UNKNOWN
            if not _COMPARISONS[symbol](*_alike(left, right)):
                return False
            left = right
        return True

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
        if isinstance(function, Function) and not node.args and not node.keywords:
            return self._returned(function.node, world)
        name = function.name if isinstance(function, TfName | External) else ""
        if name in _TF2_ENABLED:
            return not self._version(world).tensorflow.startswith("1.")
        if name == "builtins.hasattr" and len(node.args) == 2:
            return self._has(node.args[0], self.value(node.args[1], world), world)
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

    def _returned(self, function: nodes.FunctionDef | nodes.Lambda, world: int) -> Any:
        """What a function of no arguments that only returns gives: `def is_tf2(): return …`."""
        if not isinstance(function, nodes.FunctionDef):
            return self.value(function.body, world)
        body = [s for s in function.body if not (isinstance(s, nodes.Expr) and isinstance(s.value, nodes.Const))]
        if len(body) == 1 and isinstance(body[0], nodes.Return) and body[0].value is not None:
            return self.value(body[0].value, world)
        return UNKNOWN

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
            return UNKNOWN
        scope, statements = bindings.found(node, node.name)
        if scope is not None:
            statements = bindings.with_later_in_loop(node, scope, statements, node.name)
        value = self._bound(statements, node.name, world)
        return self._of_value(self._ev.value_of(node), world) if value is UNKNOWN else value

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
                keras = self._version(world).keras
                return f"{keras}.0" if keras != "2" else "2.15.0"
        return UNKNOWN

    def _bound(self, statements: Any, name: str, world: int) -> Any:
        """The value of a flag: the last of its assignments that this world comes to."""
        statements = list(statements)
        if len({statement.frame() for statement in statements}) > 1:
            return UNKNOWN  # What a function assigns to a global, it assigns at a time of its own.
        for statement in reversed(statements):
            worlds, certain = self._ev.guards.binding(statement)
            self._asked_version |= worlds != self._ev.target
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
            real = next((real for real, alias in statement.names if (alias or real) == name), name)
            return self._bound(module.locals.get(real, ()), real, world)
        parent = statement.parent
        if isinstance(parent, nodes.Assign | nodes.AnnAssign) and parent.value is not None:
            return self.value(parent.value, world)
        if isinstance(parent, nodes.Tuple) and isinstance(parent.parent, nodes.Assign):
            whole = self.value(parent.parent.value, world)
            starred = any(isinstance(element, nodes.Starred) for element in parent.elts)
            return UNKNOWN if whole is UNKNOWN or starred else whole[parent.elts.index(statement)]
        return UNKNOWN


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
