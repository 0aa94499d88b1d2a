"""Which keywords a call accepts where the signature ends in `**keywords` that are not for everybody.

Keras' classes hand what they do not know on to their bases, until one compares it with a set of allowed names, or
raises if anything is left. The flow of the dictionary through the code is followed: what is taken out of it, what is
checked, where it is handed on. A step that is not understood makes the answer None, "not known"; where the program may
go several ways the answer is what any of them accepts. So a keyword that is not in the answer is surely rejected.
"""

from __future__ import annotations

import ast
import dataclasses
from typing import TYPE_CHECKING

from tools.source import Definition, Function, Sort, last_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tools.source import Sources

Names = frozenset[str]

# Decorators that leave the arguments alone.
_TRANSPARENT = frozenset(
    {
        *(
            "deprecated",
            "deprecated_args",
            "deprecated_arg_values",
            "no_automatic_dependency_tracking",
            "abstractmethod",
        ),
        *("do_not_generate_docs", "filter_traceback", "add_dispatch_support", "contextmanager", "default"),
        *("tf_export", "_tf_export", "keras_export", "np_doc", "np_doc_only", "doc_controls", "staticmethod"),
        *("classmethod", "wraps", "set_weight_collections"),
    }
)
# Decorators that take keywords for themselves.
_MESH = "inject_mesh"
_LAYOUT = "allow_initializer_layout"
_BARE = frozenset({"builtins.object", "object", "abc.ABC", "typing.Generic", "typing.Protocol"})
_METACLASSES = frozenset({"ABCMeta", "VariableMetaclass", "DTypeMeta", "EnumMeta"})
_READS = frozenset({"get", "keys", "items", "values", "copy"})
_DEPTH = 30


class UnknownError(Exception):
    """The flow is not understood."""


def of_function(sources: Sources, definition: Definition) -> Names | None:
    """The keywords that calling a function accepts; None where that is not known."""
    try:
        return _Flow(sources, definition, None, ()).accepted(_DEPTH)
    except UnknownError:
        return None


def of_class(sources: Sources, definition: Definition) -> Names | None:
    """The keywords that calling a class accepts; None where that is not known."""
    try:
        return _constructed(sources, definition, _DEPTH)
    except UnknownError:
        return None


def _constructed(sources: Sources, definition: Definition, depth: int) -> Names:
    line = sources.mro(definition)
    if not depth:
        raise UnknownError
    for ancestor in line:
        words = ancestor.node.keywords if isinstance(ancestor.node, ast.ClassDef) else ()
        if not all(last_name(word.value) in _METACLASSES for word in words):
            raise UnknownError
    found = _inherited(sources, line, 0, "__init__", depth)
    made = _inherited(sources, line, 0, "__new__", depth, every=True)
    if found is None and made is None:
        return frozenset()
    if found is None or made is None:
        return found or made or frozenset()
    return found & made


def _inherited(
    sources: Sources, line: Sequence[Definition], start: int, name: str, depth: int, every: bool = False
) -> Names | None:
    """What the next method of a name along an order of classes accepts; None where no class has one."""
    for index, ancestor in enumerate(line[start:], start):
        if not isinstance(ancestor.node, ast.ClassDef):
            if ancestor.module not in _BARE:
                raise UnknownError
            continue
        made = sources.class_body(ancestor.node).get(name)
        if made is None and not any(last_name(decorator) == "dataclass" for decorator in ancestor.node.decorator_list):
            continue
        if not isinstance(made, Function):
            raise UnknownError
        if every and made.args.kwarg is not None:
            # It takes all that the constructor takes; which of it the constructor refuses is the question.
            return None
        function = Definition(Sort.FUNCTION, ancestor.module, made)
        return _Flow(sources, function, index, line).accepted(depth)
    return None


@dataclasses.dataclass(slots=True)
class _State:
    """What can be said of the dictionary at a place in the program."""

    taken: set[str]
    """What may have been taken out of it before it was checked."""
    bound: Names | None = None
    """All that may have passed the checks so far; None before the first."""
    refused: set[str] = dataclasses.field(default_factory=set)

    def copy(self) -> _State:
        return _State(set(self.taken), self.bound, set(self.refused))

    def check(self, passing: Iterable[str]) -> None:
        """A check that lets some names pass."""
        passed = frozenset(passing) | self.taken
        self.bound = passed if self.bound is None else self.bound & passed

    def replace(self, other: _State) -> None:
        self.taken, self.bound, self.refused = other.taken, other.bound, other.refused


def _either(states: Sequence[_State | None]) -> _State | None:
    """Where ways meet; None where none of them goes on."""
    alive = [state for state in states if state is not None]
    if not alive:
        return None
    merged = alive[0].copy()
    for state in alive[1:]:
        merged.taken |= state.taken
        merged.bound = None if merged.bound is None or state.bound is None else merged.bound | state.bound
        merged.refused &= state.refused
    return merged


class _Flow:
    """One function or method; `line` is the order of the classes of the object at hand, `index` the method's own."""

    def __init__(
        self, sources: Sources, definition: Definition, index: int | None, line: Sequence[Definition], name: str = ""
    ) -> None:
        assert isinstance(definition.node, Function)
        self.sources = sources
        self.definition = definition
        self.function = definition.node
        self.index = index
        self.line = line
        self.name = name
        """The dictionary's."""
        self.depth = 0
        self.ends: list[_State] = []

    def accepted(self, depth: int) -> Names:
        """The keywords that the function accepts. Raises UnknownError."""
        if not depth:
            raise UnknownError
        self.depth = depth
        arguments = self.function.args
        names = [parameter.arg for parameter in (*arguments.args, *arguments.kwonlyargs)]
        if self.index is not None and arguments.args:
            names.pop(0)
        extra = self._decorated(names)
        if arguments.kwarg is None:
            return frozenset((*names, *extra))
        self.name = arguments.kwarg.arg
        end = self.run()
        if end.bound is None:
            raise UnknownError  # What nobody looked at was accepted.
        return (end.bound - end.refused) | frozenset(names) | extra

    def run(self, start: _State | None = None) -> _State:
        """The state at the end. Raises UnknownError."""
        last = self._block(self.function.body, start or _State(set()))
        end = _either([*self.ends, last])
        if end is None:
            raise UnknownError
        return end

    def _decorated(self, names: Sequence[str]) -> Names:
        found: set[str] = set()
        for decorator in self.function.decorator_list:
            name = last_name(decorator)
            if name == _MESH:
                found.add("mesh")
            elif name == _LAYOUT:
                found.update(word.replace("_initializer", "_layout") for word in names if word.endswith("_initializer"))
            elif name not in _TRANSPARENT:
                raise UnknownError
        return frozenset(found)

    # Statements

    def _block(self, body: Sequence[ast.stmt], state: _State | None) -> _State | None:
        for statement in body:
            if state is None:
                return None
            state = self._statement(statement, state)
        return state

    def _statement(self, node: ast.stmt, state: _State) -> _State | None:
        match node:
            case ast.If():
                return self._if(node, state)
            case ast.For() | ast.AsyncFor():
                return self._for(node, state)
            case ast.While():
                self._expressions([node.test], state)
                return _either([self._block(node.body, state.copy()), state])
            case ast.With() | ast.AsyncWith():
                self._expressions([item.context_expr for item in node.items], state)
                return self._block(node.body, state)
            case ast.Try():
                before = state.copy()
                tried = self._block(node.body, state)
                caught = [self._block(handler.body, before.copy()) for handler in node.handlers]
                ended = self._block(node.orelse, tried) if tried is not None else None
                after = _either([ended, *caught])
                return self._block(node.finalbody, after) if after is not None else None
            case ast.Return():
                self._expressions([node.value] if node.value else [], state)
                self.ends.append(state)
                return None
            case ast.Raise():
                return None
            case ast.Delete(targets=[ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key)))]):
                if name == self.name:
                    state.taken.add(key)
                return state
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                if any(self._is_it(inner) for inner in ast.walk(node)):
                    raise UnknownError
                return state
            case _:
                self._expressions([child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)], state)
                return state

    def _if(self, node: ast.If, state: _State) -> _State | None:
        refuses = not _goes_on(node.body)
        if refuses and self._asks_for_rest(node.test):
            rest = self._block(node.orelse, state)
            if rest is not None:
                rest.check(())
            return rest
        match node.test:
            case ast.Compare(left=ast.Constant(value=str(key)), ops=[ast.In()], comparators=[ast.Name(id=name)]):
                if refuses and name == self.name:
                    state.refused.add(key)
        self._expressions([node.test], state)
        return _either([self._block(node.body, state.copy()), self._block(node.orelse, state.copy())])

    def _asks_for_rest(self, test: ast.expr) -> bool:
        """Whether a test asks if anything is left: `if kwargs:`, `if len(kwargs) > 0:`."""
        match test:
            case ast.Compare(left=ast.Call(func=ast.Name(id="len"), args=[inner]), ops=[ast.Gt()]):
                return self._is_it(inner) and ast.unparse(test.comparators[0]) == "0"
            case ast.Call(func=ast.Name(id="len" | "bool"), args=[inner]):
                return self._is_it(inner)
        return self._is_it(test)

    def _for(self, node: ast.For | ast.AsyncFor, state: _State) -> _State | None:
        iterated = _iterated(node.iter)
        if not self._is_it(iterated):
            self._expressions([node.iter], state)
            return _either([self._block(node.body, state.copy()), state])
        target = node.target.elts[0] if isinstance(node.target, ast.Tuple) else node.target
        if not isinstance(target, ast.Name) or node.orelse:
            raise UnknownError
        self._each(node.body, target.id, state)
        return state

    def _each(self, body: Sequence[ast.stmt], key: str, state: _State) -> None:
        """A loop over the dictionary's keys that refuses some of them."""
        for statement in body:
            if isinstance(statement, ast.If):
                passing = self._passing(statement, key)
                if passing is not None:
                    state.check(passing)
            elif isinstance(statement, ast.Raise):
                state.check(())
            elif any(self._is_it(inner) for inner in ast.walk(statement)):
                raise UnknownError

    def _passing(self, node: ast.If, key: str) -> Names | None:
        """The keys that get past an `if` in such a loop; None where any may."""
        refuses = not _goes_on(node.body)
        match node.test:
            case ast.Compare(left=ast.Name(id=name), ops=[ast.NotIn()], comparators=[allowed]) if name == key:
                return self._literals(allowed) if refuses else None
            case ast.Compare(left=ast.Name(id=name), ops=[ast.In()], comparators=[allowed]) if name == key:
                inside = frozenset() if refuses else self._literals(allowed)
                match node.orelse:
                    case [ast.If() as other]:
                        outside = self._passing(other, key)
                        return None if outside is None else inside | outside
                    case [*rest] if rest and not _goes_on(rest):
                        return inside
        return None

    # Expressions

    def _is_it(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id == self.name

    def _expressions(self, nodes: Sequence[ast.expr], state: _State) -> None:
        for node in nodes:
            self._expression(node, state)

    def _expression(self, node: ast.AST, state: _State) -> None:
        """What an expression does to the dictionary."""
        match node:
            case ast.Call():
                self._call(node, state)
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[compared]) if self._is_it(compared):
                self._expression(node.left, state)
            case ast.Subscript(value=owner, slice=ast.Constant(value=str())) if self._is_it(owner):
                pass
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                for value in node.values if isinstance(node, ast.BoolOp) else [node.operand]:
                    if not self._is_it(value):
                        self._expression(value, state)
            case ast.IfExp() if self._is_it(node.test):
                self._expressions([node.body, node.orelse], state)
            case ast.Name():
                if self._is_it(node):
                    raise UnknownError
            case _:
                for child in ast.iter_child_nodes(node):
                    self._expression(child, state)

    def _call(self, node: ast.Call, state: _State) -> None:
        match node.func:
            case ast.Attribute(value=owner, attr=method) if self._is_it(owner):
                self._method(method, node, state)
                return
        if not isinstance(node.func, ast.Name):
            self._expression(node.func, state)
        handed = [word for word in node.keywords if word.arg is None and self._is_it(word.value)]
        given = [index for index, argument in enumerate(node.args) if self._is_it(argument)]
        for argument in node.args:
            if not self._is_it(argument):
                self._expression(argument, state)
        for word in node.keywords:
            if word not in handed:
                if self._is_it(word.value):
                    raise UnknownError
                self._expression(word.value, state)
        if handed:
            state.check(self._beyond(node))
        if given and last_name(node.func) == "validate_kwargs" and given == [0]:
            allowed = node.args[1] if len(node.args) > 1 else next(word.value for word in node.keywords)
            state.check(self._literals(allowed))
        elif given and not (isinstance(node.func, ast.Name) and node.func.id in ("len", "str", "bool", "repr")):
            self._helped(node, given, state)

    def _method(self, method: str, node: ast.Call, state: _State) -> None:
        first = node.args[0] if node.args else None
        for argument in node.args[1:]:
            self._expression(argument, state)
        if method == "pop":
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                raise UnknownError
            state.taken.add(first.value)
        elif method in ("setdefault", "update"):
            if first is not None:
                self._expression(first, state)
        elif method not in _READS or method == "copy":
            raise UnknownError

    def _beyond(self, node: ast.Call) -> Names:
        """What the call that the dictionary is handed to accepts of it. Raises UnknownError."""
        accepted, parameters = self._called(node)
        own = {word.arg for word in node.keywords if word.arg is not None}
        plain = [argument for argument in node.args if not isinstance(argument, ast.Starred)]
        return accepted - own - frozenset(parameters[: len(plain)])

    def _called(self, node: ast.Call) -> tuple[Names, list[str]]:
        """The keywords that a called function accepts, and its parameters by position."""
        function = node.func
        match function:
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super"), args=arguments), attr=name):
                return self._next(self._after(arguments), name, self.line)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in self._selves():
                return self._next(0, name, self.line)
        module = self.sources.load(self.definition.module)
        assert module is not None
        if isinstance(function, ast.Attribute) and function.attr == "__init__":
            found = self.sources.evaluate(module, function.value)
            if found.sort is not Sort.CLASS:
                raise UnknownError
            accepted, names = self._next(0, "__init__", self.sources.mro(found))
            return accepted, ["self", *names]
        found = self.sources.evaluate(module, function)
        if found.calls or (isinstance(function, ast.Name) and function.id in _locals(self.function)):
            raise UnknownError
        if found.sort is Sort.CLASS:
            return _constructed(self.sources, found, self.depth - 1), self._positions(
                self.sources.mro(found), "__init__"
            )
        if found.sort is Sort.FUNCTION and isinstance(found.node, Function):
            accepted = _Flow(self.sources, found, None, ()).accepted(self.depth - 1)
            return accepted, [parameter.arg for parameter in found.node.args.args]
        raise UnknownError

    def _next(self, start: int, name: str, line: Sequence[Definition]) -> tuple[Names, list[str]]:
        accepted = _inherited(self.sources, line, start, name, self.depth - 1)
        if accepted is None and name != "__init__":
            raise UnknownError
        return accepted or frozenset(), self._positions(line[start:], name)

    def _positions(self, line: Sequence[Definition], name: str) -> list[str]:
        for ancestor in line:
            if isinstance(ancestor.node, ast.ClassDef):
                made = self.sources.class_body(ancestor.node).get(name)
                # One that takes anything by position hands it on.
                if isinstance(made, Function) and (made.args.args[1:] or made.args.vararg is None):
                    return [parameter.arg for parameter in made.args.args[1:]]
        return []

    def _after(self, arguments: Sequence[ast.expr]) -> int:
        """Where `super()`, or `super(C, self)`, begins to look."""
        if self.index is None:
            raise UnknownError
        if not arguments:
            return self.index + 1
        module = self.sources.load(self.definition.module)
        assert module is not None
        named = self.sources.evaluate(module, arguments[0])
        for index, ancestor in enumerate(self.line):
            if ancestor.node is named.node and named.node is not None:
                return index + 1
            own = ancestor.node.name if isinstance(ancestor.node, ast.ClassDef) else ""
            if index == self.index and ast.unparse(arguments[0]) in (own, "self.__class__"):
                return index + 1
        raise UnknownError

    def _selves(self) -> list[str]:
        """What the object at hand is called: `self`."""
        return [parameter.arg for parameter in self.function.args.args[:1]] if self.index is not None else []

    def _helped(self, node: ast.Call, given: Sequence[int], state: _State) -> None:
        """The dictionary itself is given to a function or method of its own: what that does to it."""
        if len(given) != 1 or self.depth <= 1:
            raise UnknownError
        helper, index, skip = self._helper(node.func)
        assert isinstance(helper.node, Function)
        parameters = helper.node.args.args[skip:]
        if given[0] >= len(parameters):
            raise UnknownError
        flow = _Flow(self.sources, helper, index, self.line, parameters[given[0]].arg)
        flow.depth = self.depth - 1
        state.replace(flow.run(state))

    def _helper(self, function: ast.expr) -> tuple[Definition, int | None, int]:
        match function:
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in self._selves():
                for index, ancestor in enumerate(self.line):
                    if isinstance(ancestor.node, ast.ClassDef):
                        made = self.sources.class_body(ancestor.node).get(name)
                        if isinstance(made, Function):
                            return Definition(Sort.FUNCTION, ancestor.module, made), index, 1
                raise UnknownError
        module = self.sources.load(self.definition.module)
        assert module is not None
        found = self.sources.evaluate(module, function)
        if found.sort is not Sort.FUNCTION or not isinstance(found.node, Function) or found.calls:
            raise UnknownError
        return found, None, 0

    # Sets of names

    def _literals(self, node: ast.expr) -> Names:
        """The strings in a set, however it is written. Raises UnknownError."""
        match node:
            case ast.Set(elts=elements) | ast.List(elts=elements) | ast.Tuple(elts=elements):
                return frozenset(word for element in elements for word in self._word(element))
            case ast.Dict(keys=keys):
                return frozenset(word for key in keys if key is not None for word in self._word(key))
            case ast.Call(func=ast.Name(id="set" | "frozenset" | "list" | "tuple"), args=[inner]):
                return self._literals(inner)
            case ast.BinOp(left=left, op=ast.BitOr() | ast.Add(), right=right):
                return self._literals(left) | self._literals(right)
            case ast.Name(id=name):
                return self._named(name)
        raise UnknownError

    @staticmethod
    def _word(node: ast.expr) -> Iterator[str]:
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            raise UnknownError
        yield node.value

    def _put(self, method: str, value: ast.expr) -> Names:
        """What a method puts into a set."""
        if method in ("add", "append"):
            return frozenset(self._word(value))
        if method in ("update", "extend"):
            return self._literals(value)
        if method not in ("remove", "discard"):
            raise UnknownError
        return frozenset()

    def _named(self, name: str) -> Names:
        """A variable of the function, all that is put into it included, or one of the module."""
        found: set[str] = set()
        local = False
        for node in ast.walk(self.function):
            match node:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                    local = True
                    found |= self._literals(value)
                case ast.AugAssign(target=ast.Name(id=target), value=value) if target == name:
                    found |= self._literals(value)
                case ast.Call(func=ast.Attribute(value=ast.Name(id=target), attr=method), args=[value]):
                    if target == name:
                        found |= self._put(method, value)
        if local:
            return frozenset(found)
        value_ = self.sources.resolve(self.definition.module, name)
        if value_.sort is Sort.VALUE and isinstance(value_.node, ast.Set | ast.List | ast.Tuple | ast.Call | ast.Dict):
            return self._literals(value_.node)
        raise UnknownError


def _locals(function: Function) -> set[str]:
    arguments = function.args
    names = {parameter.arg for parameter in (*arguments.args, *arguments.kwonlyargs)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def _iterated(node: ast.expr) -> ast.expr:
    """What a loop goes over: `d` in `list(d)`, `d.keys()`, `sorted(d.items())`."""
    match node:
        case ast.Call(func=ast.Name(id="list" | "sorted" | "set"), args=[inner]):
            return _iterated(inner)
        case ast.Call(func=ast.Attribute(value=owner, attr="keys" | "items"), args=[]):
            return owner
    return node


def _goes_on(body: Sequence[ast.stmt]) -> bool:
    """Whether a block may end without raising."""
    for statement in body:
        match statement:
            case ast.Raise():
                return False
            case ast.If() if statement.orelse and not _goes_on(statement.body) and not _goes_on(statement.orelse):
                return False
            case ast.Return() | ast.Continue() | ast.Break():
                return True
            case _:
                pass
    return True
