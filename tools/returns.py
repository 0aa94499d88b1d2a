"""What calling a function, or reading a property, gives: a class, where the source says so.

Three witnesses, each of them fallible:

1. the `return` statements: instances of classes, `self`, what other functions of known result give;
2. the annotation;
3. the first words of what the docstring says is returned: "A `Tensor` of …".

What one says must not contradict what another says; where nobody says it, or one says "this or that", it is not known.
`None` beside a class is passed over: a caller who uses the result relies on the class.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from typing import TYPE_CHECKING

from tools.source import Definition, Function, Sort, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.source import Sources

SELF = "="
"""The class of the object at hand."""

Keys = tuple[str, ...]
"""A class and its ancestors, nearest first; or only `SELF`."""


class _Other:
    """Something that is no instance of a class in reach."""


_OTHER = _Other()
_NONE = _Other()

Value = Definition | str | _Other
"""A class, `SELF`, or something else."""

PROPERTIES = frozenset({"property", "abstractproperty", "cached_property", "classproperty", "class_property"})
# Decorators after which the result of a call is not what `return` says.
_CHANGING = frozenset({"contextmanager", "asynccontextmanager", "custom_gradient", "memoize"})
_DEPTH = 6

# Classes that docstrings call by their last name, and where `tensorflow` has them.
_SHORT = {
    name.rpartition(".")[2]: name
    for name in (
        "Tensor Operation Graph Variable SparseTensor RaggedTensor TensorShape TensorArray IndexedSlices DType Module "
        "TensorSpec data.Dataset data.Iterator data.Options distribute.Strategy distribute.ReplicaContext "
        "summary.SummaryWriter"
    ).split()
}
_SHORT |= {"Session": "compat.v1.Session", "Op": "Operation", "operation": "Operation", "tensor": "Tensor"}

_PLAIN = "Tensor|tensor|Operation|operation|Op"
_SENTENCE = re.compile(
    r"(?:(?P<label>\w+): )?(?:Returns )?(?:(?:A|An|The|a|an|the|This|this) )(?P<words>(?:[\w-]+ ){0,3}?)"
    rf"(?:`(?P<name>(?:tf\.)?[\w.]+)`|(?P<plain>{_PLAIN})\b)"
)
_NOT_BEFORE = frozenset(
    {
        *("list", "tuple", "dict", "dictionary", "set", "sequence", "of", "function", "name", "type", "pair", "number"),
        *("mutable", "iterable", "structure", "nested", "callable", "or", "and", "if", "that", "which", "class", "for"),
        *("flattened", "op", "callback", "string", "to", "in", "from", "is", "sparse", "ragged", "keras", "symbolic"),
    }
)
# What may stand before a class that is not marked as one: "the global step tensor" is a variable.
_PLAINLY = frozenset(
    {
        *("reduced", "scalar", "boolean", "bool", "new", "output", "resulting", "constant", "transposed", "dense"),
        *("0-d", "1-d", "2-d", "3-d", "4-d", "n-d", "rank", "float", "float32", "int32", "int64", "string", "created"),
        "initializer",
    }
)
# What may follow the class; anything else, as in "A `Dataset` transformation function", makes another thing of it.
_AFTER = re.compile(
    r"\s*(?:$|[.,;:(\[]|(?:object|instance|with|of|that|which|containing|whose|for|in|representing|resulting|to|as|from"
    r"|over|used|being|holding|where|on|after|by|at|having|produced|indicating|given|based|shape|created|is|has|whether"
    r"|associated|corresponding|specified|computed|equal)\b)"
)
# What the oracle found to be written wrong: this gives what NumPy gives.
_WRONG = frozenset({"create_rng_state", "_make_1d_state"})
_UNSAID = re.compile(r"that will hold|\(or ")
_MENTION = re.compile(r"`(?P<name>(?:tf\.)?\w[\w.]*)`s?")
_RETURNS = re.compile(r"^\s*(?:Returns|Return):[ ]*\n?(?P<text>.*?)(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


class Reader:
    """Reads what functions of an edition give. `eager` says whether operations run where they are written."""

    def __init__(self, sources: Sources, eager: bool) -> None:
        self.sources = sources
        self.eager = eager
        self._known: dict[int, Value | None] = {}

    def keys(self, definition: Definition, owner: Definition | None = None) -> Keys | None:
        """What a call of a function, or of a method of a class, gives; for a property what reading it gives."""
        value = self.function(definition, owner, _DEPTH)
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, Definition):
            return None
        line = self.sources.mro(value)
        return tuple(class_key(ancestor) for ancestor in line if isinstance(ancestor.node, ast.ClassDef))

    def made(self, definition: Definition) -> Keys | None:
        """What calling a class gives where that is not always an instance of it; None where it is."""
        root = self.root(definition)
        if root is None or root.node is definition.node:
            return None
        return tuple(class_key(cls) for cls in self.sources.mro(root) if isinstance(cls.node, ast.ClassDef))

    def root(self, definition: Definition) -> Definition | None:
        """The eldest ancestor of a class whose metaclass decides what is made of it, if there is such a metaclass."""
        decided = None
        for ancestor in self.sources.mro(definition):
            if isinstance(ancestor.node, ast.ClassDef) and "VariableMetaclass" in _metaclasses(ancestor.node):
                decided = ancestor
        return decided

    def function(self, definition: Definition, owner: Definition | None, depth: int) -> Value | None:
        node = definition.node
        assert isinstance(node, Function)
        if id(node) in self._known:
            return self._known[id(node)]
        if not depth:
            return None
        self._known[id(node)] = None  # What a cycle sees.
        found = self._known[id(node)] = self._judge(definition, node, owner, depth)
        return found

    def _judge(self, definition: Definition, node: Function, owner: Definition | None, depth: int) -> Value | None:
        decorators = {last_name(decorator) for decorator in node.decorator_list}
        if decorators & _CHANGING or isinstance(node, ast.AsyncFunctionDef):
            return None
        body = _Body(self, definition, node, owner, depth)
        if body.yields:
            return None
        made, complete = body.result()
        if made is _OTHER:
            return _OTHER
        said = self._annotated(definition, node, owner)
        written = self._documented(definition, node, owner, bool(decorators & PROPERTIES))
        if complete and made is not None:
            witnesses = [made, said, written]
        elif complete and body.returns:
            return None  # It gives None.
        else:
            # Some of it is not understood; what is written about these two is often half of the truth.
            half = isinstance(written, Definition) and _name(written) in ("RaggedTensor", "SparseTensor")
            if half and said is None and written is not owner:
                return None
            witnesses = [said, written, made, *body.suspects]
            if said is None and written is None:
                return None
        return self._agreed([witness for witness in witnesses if witness is not None], owner)

    def _agreed(self, witnesses: Sequence[Value], owner: Definition | None) -> Value | None:
        """What all witnesses admit; the first is the surest."""
        first = witnesses[0] if witnesses else None
        for other in witnesses[1:]:
            one, two = (owner if value == SELF else value for value in (first, other))
            if not (isinstance(one, Definition) and isinstance(two, Definition)):
                return None
            if not (self.is_a(one, two) or self.is_a(two, one)):
                return None
        return first

    def is_a(self, cls: Definition, base: Definition) -> bool:
        return any(ancestor.node is base.node for ancestor in self.sources.mro(cls))

    # Annotations

    def _annotated(self, definition: Definition, node: Function, owner: Definition | None) -> Value | None:
        return self._annotation(definition, node.returns, owner) if node.returns is not None else None

    def _annotation(self, definition: Definition, node: ast.expr, owner: Definition | None) -> Value | None:
        match node:
            case ast.Constant(value=str(text)):
                try:
                    return self._annotation(definition, ast.parse(text, mode="eval").body, owner)
                except SyntaxError:
                    return None
            case ast.Subscript(value=outer, slice=inner) if last_name(outer) == "Optional":
                return self._annotation(definition, inner, owner)
            case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
                return self._annotation(definition, left, owner)
            case ast.Name(id="Self"):
                return SELF
            case ast.Name() | ast.Attribute():
                found = self.class_of(definition.module, node)
                return found if found is not None and _is_public(found) else None
        return None

    def class_of(self, module: str, node: ast.expr) -> Definition | None:
        loaded = self.sources.load(module)
        found = self.sources.evaluate(loaded, node) if loaded is not None else None
        return found if found is not None and found.sort is Sort.CLASS and not found.calls else None

    # Docstrings

    def _documented(
        self, definition: Definition, node: Function, owner: Definition | None, is_property: bool
    ) -> Value | None:
        text = ast.get_docstring(node) or "" if node.name not in _WRONG else ""
        section = _RETURNS.search(text)
        if section is None and not is_property and not text.startswith("Returns "):
            return None
        paragraph = section["text"] if section is not None else text.partition("\n\n")[0]
        paragraph = " ".join(paragraph.split())
        match = _SENTENCE.match(paragraph)
        if match is None or _AFTER.match(paragraph, match.end()) is None or _UNSAID.search(paragraph):
            return None
        words = match["words"].lower().split()
        if any(word in _NOT_BEFORE for word in words) or re.search(r"\bor\b", paragraph[: match.end() + 60]):
            return None
        if len(re.findall(r"(?:^|\. )\w+: ", paragraph)) > 1:
            return None
        if match["plain"] and not _PLAINLY.issuperset(words):
            return None
        if match["plain"] == "tensor" and re.search("sparse|ragged", definition.module):
            return None
        found = self._named(definition, match["name"] or match["plain"], owner)
        for mention in _MENTION.finditer(paragraph, match.end()):
            other = self._named(definition, mention["name"], owner) if mention["name"][:1].isupper() else None
            if other is not None and other != found:
                return None
        return found

    def _named(self, definition: Definition, name: str, owner: Definition | None) -> Value | None:
        """The class that a docstring calls by a name."""
        mine = self.sources.resolve(definition.module, name) if name[:1].isupper() and "." not in name else None
        if mine is not None and mine.sort is Sort.CLASS and not mine.calls:
            found: Definition | None = mine
        elif name in _SHORT:
            found = self._public(_SHORT[name])
            if name == "Session" and found is None:
                found = self._public("Session")
        elif name.startswith("tf."):
            found = self._public(name.removeprefix("tf.").removeprefix("compat.v2."))
        else:
            found = self.sources.resolve(definition.module, name)
            if owner is not None and isinstance(owner.node, ast.ClassDef) and owner.node.name == name:
                found = owner
        if found is None or found.sort is not Sort.CLASS:
            return None
        if _name(found) == "Operation" and self.eager:
            return None  # Where it runs at once there is nothing to give.
        return found

    def _public(self, name: str) -> Definition | None:
        found = Definition(Sort.MODULE, "tensorflow")
        for part in name.split("."):
            if found.sort is not Sort.MODULE:
                return None
            found = self.sources.resolve(found.module, part)
        return found if found.sort is Sort.CLASS else None


def _metaclasses(node: ast.ClassDef) -> list[str]:
    """The names of the metaclasses that a class statement gives."""
    found = [last_name(word.value) for word in node.keywords if word.arg == "metaclass"]
    for base in node.bases:
        if isinstance(base, ast.Call) and last_name(base.func) == "with_metaclass":
            found += [last_name(argument) for argument in base.args[:1]]
    return found


def class_key(definition: Definition) -> str:
    """What identifies a class within an edition."""
    node = definition.node
    assert isinstance(node, ast.ClassDef)
    return f"{definition.module}:{node.name}:{node.lineno}"


def _name(definition: Definition) -> str:
    return definition.node.name if isinstance(definition.node, ast.ClassDef) else ""


def _is_public(definition: Definition) -> bool:
    # Protocols that are there for annotations alone.
    return not definition.module.endswith(("types.core", "types.internal"))


@dataclasses.dataclass(slots=True)
class _Body:
    """The `return` statements of a function."""

    reader: Reader
    definition: Definition
    function: Function
    owner: Definition | None
    depth: int
    returns: list[ast.Return] = dataclasses.field(default_factory=list)
    yields: bool = False
    _assigned: dict[str, list[ast.expr | None]] = dataclasses.field(default_factory=dict)
    _inner: set[str] = dataclasses.field(default_factory=set)
    """Functions and classes that the function makes."""
    _imports: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    """What the function imports itself: name -> module and the name there."""
    suspects: list[Value] = dataclasses.field(default_factory=list)
    """What some of the ways may give, where others are not understood."""

    def __post_init__(self) -> None:
        generated = self.definition.module.rpartition(".")[2].startswith("gen_")
        if generated and ast.get_docstring(self.function, clean=False):
            return  # Wrappers of operations that a program wrote: long, and the docstring is exact.
        stores: dict[str, int] = {}
        for node in _own(self.function):
            match node:
                case ast.Return():
                    self.returns.append(node)
                case ast.Yield() | ast.YieldFrom():
                    self.yields = True
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=value)
                ):
                    self._assigned.setdefault(name, []).append(value)
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    self._inner.add(name)
                case ast.ImportFrom(module=str(module), names=names, level=0):
                    self._imports.update((alias.asname or alias.name, (module, alias.name)) for alias in names)
                case ast.Name(id=name, ctx=ast.Store()):
                    stores[name] = stores.get(name, 0) + 1
                case _:
                    pass
        for name, count in stores.items():
            # Bound in other ways too: by loops, tuples, `with`.
            if len(self._assigned.get(name, ())) != count:
                self._assigned[name] = [None]

    def result(self) -> tuple[Value | None, bool]:
        """What all the statements give, and whether each was understood."""
        found: list[Value] = []
        complete = bool(self.returns)
        for statement in self.returns:
            value = self._value(statement.value, 4) if statement.value is not None else _NONE
            if value is None:
                complete = False
            elif value is not _NONE:
                found.append(value)
        first = found[0] if found else None
        for other in found[1:]:
            one, two = (self.owner if value == SELF else value for value in (first, other))
            if one == two:
                continue
            if not (isinstance(one, Definition) and isinstance(two, Definition)):
                return _OTHER, complete
            common = self._common(one, two)
            if common is None:
                return _OTHER, complete
            first = common
        return first, complete

    def _common(self, one: Definition, two: Definition) -> Definition | None:
        """The nearest class that two are kinds of."""
        for ancestor in self.reader.sources.mro(one):
            if isinstance(ancestor.node, ast.ClassDef) and self.reader.is_a(two, ancestor):
                return ancestor
        return None

    def _value(self, node: ast.expr, budget: int) -> Value | None:
        if not budget:
            return None
        match node:
            case ast.Constant(value=None):
                return _NONE
            case ast.Constant() | ast.List() | ast.Tuple() | ast.Dict() | ast.Set() | ast.Lambda() | ast.JoinedStr():
                return _OTHER
            case ast.ListComp() | ast.DictComp() | ast.SetComp() | ast.GeneratorExp() | ast.Compare():
                return _OTHER
            case ast.IfExp(body=body, orelse=orelse):
                one, two = self._value(body, budget - 1), self._value(orelse, budget - 1)
                if one is _NONE or two is _NONE:
                    return two if one is _NONE else one
                return one if one == two else None
            case ast.Name(id=name):
                return self._variable(name, budget)
            case ast.Call():
                return self._call(node)
        return None

    def _variable(self, name: str, budget: int) -> Value | None:
        if name in self._assigned:
            values = [self._value(value, budget - 1) if value is not None else None for value in self._assigned[name]]
            known = [value for value in values if value is not _NONE]
            if known and all(value == known[0] for value in known):
                return known[0]
            self.suspects += [value for value in known if isinstance(value, Definition)]
            return None
        if name in self._inner:
            return _OTHER
        arguments = self.function.args.args
        if self.owner is not None and arguments and arguments[0].arg == name and "self" in name:
            return SELF
        return None

    def _call(self, node: ast.Call) -> Value | None:
        function = node.func
        if any(isinstance(argument, ast.Name) and argument.id in self._inner for argument in node.args):
            return None  # What a function makes of another one.
        arguments = self.function.args.args
        names = {argument.arg for argument in arguments}
        first = arguments[0].arg if arguments and self.owner is not None else ""
        match function:
            case ast.Name(id=name) if name == first and name == "cls":
                return SELF
            case ast.Name(id=name) if name in self._assigned or name in self._inner or name in names:
                return None
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name == first:
                return self._method(attribute)
            case ast.Name() | ast.Attribute():
                return self._called(function)
        return None

    def _method(self, attribute: str) -> Value | None:
        """What a method of the same object gives."""
        assert self.owner is not None
        found = self.reader.sources.class_attribute(self.owner, attribute)
        if found is None or found.sort is not Sort.FUNCTION or not isinstance(found.node, Function):
            return None
        if any(last_name(decorator) in PROPERTIES for decorator in found.node.decorator_list):
            return None
        return self.reader.function(found, self.owner, self.depth - 1)

    def _imported(self, function: ast.expr) -> Definition | None:
        """What a function is that is reached through an import within this one."""
        match function:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in self._imports:
                base = self.reader.sources.resolve(*self._imports[name])
                return self.reader.sources.resolve(base.module, attribute) if base.sort is Sort.MODULE else None
            case ast.Name(id=name) if name in self._imports:
                return self.reader.sources.resolve(*self._imports[name])
        return None

    def _called(self, function: ast.expr) -> Value | None:
        module = self.reader.sources.load(self.definition.module)
        assert module is not None
        if isinstance(function, ast.Attribute) and last_name(function.value) in self._assigned:
            return None
        found = self._imported(function) or self.reader.sources.evaluate(module, function)
        if found.calls:
            return None
        if found.sort is Sort.CLASS:
            body = self.reader.sources.class_body(found.node) if isinstance(found.node, ast.ClassDef) else {}
            return None if "__new__" in body else self.reader.root(found) or found
        if found.sort is Sort.FUNCTION and isinstance(found.node, Function):
            if isinstance(function, ast.Attribute):
                holder = self.reader.class_of(self.definition.module, function.value)
                if holder is not None:
                    value = self.reader.function(found, holder, self.depth - 1)
                    return holder if value == SELF else value
            return self.reader.function(found, None, self.depth - 1)
        return None


def _own(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function's body, without those of functions and classes within it."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            pending.extend(ast.iter_child_nodes(node))
