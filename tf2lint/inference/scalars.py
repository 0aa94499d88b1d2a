"""Python numbers and texts in code that runs eagerly, and how many of them an expression gives over time.

What NumPy gives is none of them: an `np.float32` is an array to TensorFlow. Neither is a bool, of which there are two.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from astroid import nodes

from tf2lint.inference import bindings, classes
from tf2lint.inference.index import declared_within, last_name
from tf2lint.inference.values import Class, External, Function, Object, ordered

if TYPE_CHECKING:
    from tf2lint.inference.evaluator import Evaluator

MANY = 1 << 20
NUMBER, TEXT, ITSELF = "number", "text", ""

Callers = Callable[[nodes.NodeNG], Sequence[nodes.Call]]
Passed = Callable[[nodes.Call, nodes.NodeNG, str], "nodes.NodeNG | None"]

_DEEP = 12
_MOST = 2_000
"""So many expressions are read to tell what one call passes."""
_NEVER = 1 << 30
_COMPREHENSIONS = (nodes.ListComp, nodes.SetComp, nodes.DictComp, nodes.GeneratorExp)
_CONVERTERS = frozenset("builtins.float builtins.int builtins.round builtins.abs builtins.pow builtins.sum".split())
_CHOOSERS = frozenset(("builtins.max", "builtins.min"))
_CLOCKS = frozenset(
    "time.time time.time_ns time.perf_counter time.perf_counter_ns time.monotonic time.monotonic_ns time.process_time "
    "random.random random.randint random.uniform random.gauss random.randrange random.normalvariate "
    "random.betavariate random.expovariate random.triangular random.getrandbits".split()
)
_DRAWS = {
    **dict.fromkeys(("rand", "randn", "random", "random_sample", "standard_normal"), 0),
    **dict.fromkeys(("randint", "uniform", "normal", "beta"), 2),
}
"""Functions of `numpy.random` that give a Python number if no size is given, and how many arguments come before it."""
_STAMPS = frozenset(("strftime", "isoformat", "hexdigest"))
_OF_TEXT = frozenset("format join replace upper lower strip zfill title rstrip lstrip".split())
_PATHS = frozenset(("os.path.join", "os.path.abspath", "os.path.basename", "os.path.expanduser", "builtins.str"))
_LISTINGS = frozenset(("os.listdir", "glob.glob", "glob.iglob"))
_NEVER_THE_SAME = ("uuid.", "secrets.", "tempfile.", "datetime.")
_THROUGH = frozenset(
    "builtins.reversed builtins.sorted builtins.list builtins.tuple builtins.iter itertools.islice".split()
)
_PROGRESS = frozenset(("tqdm", "track", "progressbar"))


@dataclasses.dataclass(frozen=True, slots=True)
class Scalar:
    """A Python number or text. `count` is how many different ones come along while the program runs.

    `lasting` says that they come along over calls: the value is kept in an object, and changed in its methods.
    """

    kind: str
    count: int = 1
    lasting: bool = False


_SELF = Scalar(ITSELF, MANY)
"""A name inside of what is assigned to it: `x = x * 0.5`."""


class Scalars:
    """Reads the expressions of one module.

    `callers` gives the calls that run a function, `passed` what one of them passes for a parameter. In code that
    AutoGraph converts a loop's counter may become a tensor: there only loops over a constant `range` count.
    """

    def __init__(self, ev: Evaluator, callers: Callers, passed: Passed, *, converted: bool) -> None:
        self._ev = ev
        self._callers = callers
        self._passed = passed
        self._converted = converted
        self._open: dict[object, int] = {}
        self._lowest = _NEVER
        self._left = _MOST
        nothing: dict[tuple[nodes.NodeNG, int], Scalar | None] = {}
        self._known = ev.memo.once(("scalars", converted), lambda: nothing, nothing)

    def of(self, node: nodes.NodeNG | None) -> Scalar | None:
        """The Python number or text that an expression gives; None for everything else."""
        read = _READERS.get(type(node))
        if read is None or len(self._open) > _DEEP:
            return None
        self._left -= 1
        if self._left < 0:
            self._lowest = -1
            return None
        return read(self, node)

    def _is_open(self, key: object) -> bool:
        """Whether it is being found out what something is: what is made of that holds for no other question."""
        place = self._open.get(key)
        if place is not None:
            self._lowest = min(self._lowest, place)
        return place is not None

    # -- names --------------------------------------------------------------------------------------------------------

    def _name(self, node: nodes.Name) -> Scalar | None:
        scope, statements = bindings.found(node, node.name)
        if scope is None:
            return None
        key = (scope, node.name)
        if self._is_open(key):
            return _SELF
        self._open[key] = len(self._open)
        try:
            statements = bindings.with_later_in_loop(node, scope, statements, node.name)
            found: list[Scalar] = []
            for statement in statements:
                one = self._bound(statement, node)
                if one is None:
                    return None  # Nothing comes of the others.
                found.append(one)
            return self._join(found)
        finally:
            del self._open[key]

    @staticmethod
    def _join(found: Sequence[Scalar | None]) -> Scalar | None:
        """One of several scalars, of one kind."""
        kinds = {one.kind if one is not None else None for one in found} - {ITSELF}
        if len(kinds) != 1 or None in kinds:
            return None
        count = max(one.count for one in found if one is not None)
        return Scalar(kinds.pop() or "", count, any(one.lasting for one in found if one is not None))

    def _bound(self, statement: nodes.NodeNG, use: nodes.NodeNG) -> Scalar | None:
        parent = statement.parent
        if isinstance(parent, nodes.Arguments):
            return self._parameter(statement, parent)
        if isinstance(parent, nodes.Assign | nodes.AnnAssign | nodes.NamedExpr):
            found = self.of(parent.value)
            lasting = found is not None and found.count == MANY and self._is_declared(statement)
            return dataclasses.replace(found, lasting=True) if found is not None and lasting else found
        if isinstance(parent, nodes.AugAssign):
            return self._augmented(parent)
        path: list[int] = []
        child = statement
        while isinstance(parent, nodes.Tuple | nodes.List):
            path.insert(0, parent.elts.index(child))
            child, parent = parent, parent.parent
        if isinstance(parent, nodes.For | nodes.Comprehension):
            found = self._element(parent.iter, path)
            around = parent if isinstance(parent, nodes.For) else parent.parent
            return found if found is None or around.parent_of(use) else dataclasses.replace(found, count=1)
        if isinstance(parent, nodes.Assign) and path:
            value = parent.value
            if isinstance(value, nodes.Tuple | nodes.List) and path[0] < len(value.elts) and len(path) == 1:
                return self.of(value.elts[path[0]])
        return None

    def _is_declared(self, target: nodes.NodeNG) -> bool:
        """Whether a function binds a name that is not its own: `global step`."""
        return isinstance(target, nodes.AssignName) and target.name in declared_within(self._ev, target.frame())

    def _augmented(self, statement: nodes.AugAssign) -> Scalar | None:
        given = self.of(statement.value)
        if given is None or given.kind != NUMBER:
            return given
        if self._is_declared(statement.target):
            return Scalar(NUMBER, MANY, lasting=True)
        loop = next(loops(statement), None)
        if self._converted and loop is not None and not self._is_constant_range(loop):
            return None
        return Scalar(NUMBER, MANY if loop is not None else given.count)

    def _is_constant_range(self, loop: nodes.NodeNG) -> bool:
        found = self._range(loop.iter) if isinstance(loop, nodes.For) and isinstance(loop.iter, nodes.Call) else None
        return found is not None and found.count != MANY

    def _parameter(self, parameter: nodes.NodeNG, arguments: nodes.Arguments) -> Scalar | None:
        """A parameter as the calls that are seen give it: whoever else calls, these do."""
        depth = len(self._open)
        if (parameter, depth) in self._known:
            return self._known[parameter, depth]
        outer, self._lowest = self._lowest, _NEVER
        best = self._best(parameter, arguments)
        if self._lowest >= depth - 1:  # On nothing but the parameter itself, which is the last that was opened.
            self._known[parameter, depth] = best
        self._lowest = min(self._lowest, outer)
        return best

    def _best(self, parameter: nodes.NodeNG, arguments: nodes.Arguments) -> Scalar | None:
        best: Scalar | None = None
        for call in self._callers(arguments.parent):
            found = self.of(self._passed(call, arguments.parent, parameter.name))
            if found is not None and (best is None or found.count > best.count):
                best = found
        return best

    def _attribute(self, node: nodes.Attribute) -> Scalar | None:
        """`self.step`, where the object's methods give it nothing but numbers."""
        owners = [value for value in self._ev.value_of(node.expr) if isinstance(value, Object)]
        key = (owners[0].node, node.attrname) if owners else None
        if len(owners) != 1 or self._is_open(key):
            return _SELF if owners and self._is_open(key) else None
        self._open[key] = len(self._open)
        try:
            return self._kept(owners[0], node.attrname)
        finally:
            del self._open[key]

    def _kept(self, owner: Object, name: str) -> Scalar | None:
        found: list[Scalar | None] = []
        lasting = False
        for cls in (Class(owner.node), *classes.bases(self._ev, owner.node)):
            if not isinstance(cls, Class):
                continue
            for target, _ in classes.assigned(self._ev, cls.node).get(name, ()):
                value = getattr(target.parent, "value", None)
                given = self.of(value) if not isinstance(target.parent, nodes.Tuple) else None
                found.append(given)
                changed = isinstance(target.parent, nodes.AugAssign) or (given is not None and given.count == MANY)
                lasting = lasting or (changed and getattr(target.frame(), "name", "") != "__init__")
            found += [self.of(getattr(s.parent, "value", None)) for s in cls.node.locals.get(name, ())]
        joined = self._join(found)
        return dataclasses.replace(joined, count=MANY, lasting=True) if joined is not None and lasting else joined

    # -- what loops run over ------------------------------------------------------------------------------------------

    def _element(self, iterated: nodes.NodeNG, path: list[int]) -> Scalar | None:
        display = self._ev.literal(iterated)
        if isinstance(display, nodes.Tuple | nodes.List | nodes.Set):
            return self._of_display(display, path)
        if not isinstance(display, nodes.Call):
            return None
        named = self._external(display)
        ranged = self._range(display)
        if ranged is not None:
            return ranged if not path and not (self._converted and ranged.count == MANY) else None
        if self._converted:
            return None
        if named == "itertools.count" and not path:
            return Scalar(NUMBER, MANY)
        if named in _LISTINGS and not path:
            return Scalar(TEXT, MANY)
        if not display.args:
            return None
        if named == "builtins.enumerate" and path:
            return Scalar(NUMBER, MANY) if path[0] == 0 else self._element(display.args[0], path[1:])
        if named == "builtins.zip" and path and path[0] < len(display.args):
            return self._element(display.args[path[0]], path[1:])
        if named in _THROUGH or named.rpartition(".")[2] in _PROGRESS:
            return self._element(display.args[0], path)
        return None

    def _of_display(self, display: nodes.NodeNG, path: list[int]) -> Scalar | None:
        elements = display.elts
        for index in path:
            if not all(isinstance(e, nodes.Tuple | nodes.List) and index < len(e.elts) for e in elements):
                return None
            elements = [element.elts[index] for element in elements]
        found = self._join([self.of(element) for element in elements]) if elements else None
        if found is None:
            return None
        return dataclasses.replace(found, count=max(found.count, len({e.as_string() for e in elements}) - 2))

    def _range(self, call: nodes.Call) -> Scalar | None:
        named = self._external(call)
        if named != "builtins.range" and named.rpartition(".")[2] != "trange":
            return None
        given = [a.value for a in call.args[:3] if isinstance(a, nodes.Const) and isinstance(a.value, int)]
        if not given or len(given) != len(call.args) or given[2:] == [0]:
            return Scalar(NUMBER, MANY)
        return Scalar(NUMBER, min(len(range(*given)), MANY - 1))

    def _external(self, call: nodes.Call) -> str:
        names = [value.name for value in self._ev.value_of(call.func) if isinstance(value, External)]
        return names[0] if len(names) == 1 else ""

    # -- other expressions --------------------------------------------------------------------------------------------

    def _constant(self, node: nodes.Const) -> Scalar | None:
        if isinstance(node.value, bool):
            return None
        return Scalar(NUMBER) if isinstance(node.value, int | float) else _text(isinstance(node.value, str | bytes))

    def _computed(self, node: nodes.BinOp) -> Scalar | None:
        left = self.of(node.left)
        if left is not None and left.kind == TEXT and node.op == "%":
            return Scalar(TEXT, self._count(node.right))
        right = self.of(node.right)
        if left is None or right is None:
            return None
        if node.op == "%" and isinstance(node.right, nodes.Const) and isinstance(node.right.value, int):
            return dataclasses.replace(left, count=min(left.count, node.right.value))
        return self._join([left, right])

    def _unary(self, node: nodes.UnaryOp) -> Scalar | None:
        return self.of(node.operand) if node.op in "+-~" else None

    def _either(self, node: nodes.IfExp) -> Scalar | None:
        return self._join([self.of(node.body), self.of(node.orelse)])

    def _formatted(self, node: nodes.JoinedStr) -> Scalar | None:
        parts = [part.value for part in node.values if isinstance(part, nodes.FormattedValue)]
        return Scalar(TEXT, max((self._count(part) for part in parts), default=1))

    def _item(self, node: nodes.Subscript) -> Scalar | None:
        display = self._ev.literal(node.value)
        index = self.of(node.slice)
        if isinstance(display, nodes.Tuple | nodes.List) and index is not None and index.kind == NUMBER:
            found = self._of_display(display, [])
            return found if found is None or index.count > 1 else dataclasses.replace(found, count=1)
        shaped = isinstance(node.value, nodes.Attribute) and node.value.attrname == "shape"
        return Scalar(NUMBER) if shaped and index is not None and not self._converted else None

    def _called(self, node: nodes.Call) -> Scalar | None:
        named = self._external(node)
        if not named:
            return self._of_method(node) or self._returned(node)
        if named in _CONVERTERS or (named.startswith("math.") and node.args):
            return Scalar(NUMBER, max(map(self._count, node.args), default=1)) if not self._converted else None
        if named in _CHOOSERS:
            return self._join([self.of(argument) for argument in node.args]) if len(node.args) > 1 else None
        if named in _CLOCKS:
            return Scalar(NUMBER, MANY)
        if named.startswith("numpy.random."):
            last = named.rpartition(".")[2]
            drawn = len(node.args) <= _DRAWS.get(last, -1) and not any(k.arg == "size" for k in node.keywords)
            return Scalar(NUMBER, MANY) if drawn else None
        if named in _PATHS:
            return Scalar(TEXT, max(map(self._count, node.args), default=1))
        if named == "builtins.len" and not self._converted:
            return Scalar(NUMBER)
        return self._of_method(node)

    def _of_method(self, node: nodes.Call) -> Scalar | None:
        if not isinstance(node.func, nodes.Attribute) or self._converted:
            return None
        if node.func.attrname == "item" and not node.args:
            return Scalar(NUMBER, self._count(node.func.expr))
        if node.func.attrname in _STAMPS:
            return Scalar(TEXT, MANY)
        if node.func.attrname == "timestamp" and not node.args:
            return Scalar(NUMBER, MANY)
        if node.func.attrname in _OF_TEXT:
            owner = self.of(node.func.expr)
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if owner is not None and owner.kind == TEXT:
                return Scalar(TEXT, max([owner.count, *map(self._count, given)]))
        return None

    def _returned(self, node: nodes.Call) -> Scalar | None:
        """What a function of the project returns, as its callers call it."""
        values = ordered(self._ev.value_of(node.func))
        if len(values) != 1 or not isinstance(values[0], Function) or self._converted:
            return None
        function = values[0].node
        if getattr(function, "decorators", None) or self._is_open(function):
            return None
        self._open[function] = len(self._open)
        try:
            if not isinstance(function, nodes.FunctionDef):
                return self.of(function.body)
            if function.is_generator():
                return None
            found = [self.of(r.value) for r in function._get_return_nodes_skip_functions()]
        finally:
            del self._open[function]
        return self._join(found) if found else None

    def _count(self, node: nodes.NodeNG) -> int:
        """How many values come along, of an expression of which the kind does not matter."""
        found = self.of(node)
        if found is not None:
            return found.count
        if isinstance(node, nodes.Call) and self._external(node).startswith(_NEVER_THE_SAME):
            return MANY
        if isinstance(node, nodes.Tuple | nodes.Dict):
            values = node.elts if isinstance(node, nodes.Tuple) else [value for _, value in node.items]
            return max(map(self._count, values), default=1)
        return MANY if not _is_static(node) and self._changes_in_loop(node) else 1

    def _changes_in_loop(self, node: nodes.NodeNG) -> bool:
        """Whether a loop around an expression binds one of its names anew in every turn."""
        names = {name.name for name in node.nodes_of_class(nodes.Name)}
        return any(not names.isdisjoint(self._bound_by_turns(loop)) for loop in loops(node))

    def _bound_by_turns(self, loop: nodes.NodeNG) -> frozenset[str]:
        def find() -> frozenset[str]:
            inner = (nodes.FunctionDef, nodes.Lambda)
            return frozenset(bound.name for bound in loop.nodes_of_class(nodes.AssignName, skip_klass=inner))

        nothing: frozenset[str] = frozenset()
        return self._ev.memo.once(("bound by turns", loop), find, nothing)


def _text(is_text: bool) -> Scalar | None:
    return Scalar(TEXT) if is_text else None


def _is_static(node: nodes.NodeNG) -> bool:
    """Whether an expression asks for a size, which rarely changes, or gives a truth value."""
    if isinstance(node, nodes.Compare | nodes.BoolOp):
        return True
    if any(attribute.attrname in ("shape", "dtype", "name") for attribute in node.nodes_of_class(nodes.Attribute)):
        return True
    return any(last_name(call.func) in ("len", "shape", "size") for call in node.nodes_of_class(nodes.Call))


def loops(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    """The loops and comprehensions of the same function that run a node again and again, innermost first."""
    child, above = node, node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef | nodes.Lambda):
        if isinstance(above, nodes.For):
            if child in above.body:
                yield above
        elif isinstance(above, nodes.While):
            if child is above.test or child in above.body:
                yield above
        elif isinstance(above, _COMPREHENSIONS) and not isinstance(child, nodes.Comprehension):
            yield above
        child, above = above, above.parent


_READERS: dict[type[nodes.NodeNG], Callable[[Scalars, Any], Scalar | None]] = {
    nodes.Const: Scalars._constant,
    nodes.Name: Scalars._name,
    nodes.Attribute: Scalars._attribute,
    nodes.BinOp: Scalars._computed,
    nodes.UnaryOp: Scalars._unary,
    nodes.IfExp: Scalars._either,
    nodes.JoinedStr: Scalars._formatted,
    nodes.Subscript: Scalars._item,
    nodes.Call: Scalars._called,
    nodes.NamedExpr: lambda scalars, node: scalars.of(node.value),
}
