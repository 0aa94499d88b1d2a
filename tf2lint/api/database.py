"""Look-ups in the database. Each is a bisection and the parsing of one row; what is asked often is remembered."""

from __future__ import annotations

import dataclasses
import enum
import functools
from typing import TYPE_CHECKING

from tf2lint.api import axes, data
from tf2lint.api.versions import ALL, bit, bits

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(enum.Enum):
    """What a public name is."""

    MODULE = "m"
    FUNCTION = "f"
    CLASS = "c"
    VALUE = "v"


class ParameterKind(enum.Enum):
    """How an argument reaches a parameter; the values are those of `inspect.Parameter.kind`."""

    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `value` is its default as source text, where it is a short constant."""

    name: str
    kind: ParameterKind
    default: bool
    value: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Signature:
    """What a call takes: a bound method's without `self`, a class's is its constructor's."""

    parameters: tuple[Parameter, ...]

    def get(self, name: str) -> Parameter | None:
        """The parameter that an argument written `name=` reaches; None where only `**keywords` could take it."""
        for parameter in self.parameters:
            if parameter.name == name and parameter.kind in _BY_KEYWORD:
                return parameter
        return None

    @property
    def positional(self) -> tuple[Parameter, ...]:
        """The parameters that positional arguments fill, in order, without `*arguments`."""
        return tuple(parameter for parameter in self.parameters if parameter.kind in _BY_POSITION)

    @property
    def takes_any_position(self) -> bool:
        """Whether there is a `*arguments`."""
        return any(parameter.kind is ParameterKind.VAR_POSITIONAL for parameter in self.parameters)

    @property
    def takes_any_keyword(self) -> bool:
        """Whether there is a `**keywords`."""
        return any(parameter.kind is ParameterKind.VAR_KEYWORD for parameter in self.parameters)


_BY_KEYWORD = (ParameterKind.POSITIONAL_OR_KEYWORD, ParameterKind.KEYWORD_ONLY)
_BY_POSITION = (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL_OR_KEYWORD)


@dataclasses.dataclass(frozen=True, slots=True)
class Symbol:
    """A public name.

    `worlds`: where the attribute path works (`tf.losses`). `imports`: where import finds it: for a module
    `import tensorflow.losses`, for anything else `from tensorflow.losses import x`. (`from tensorflow import losses` is
    an attribute of `tf`.) `raises`: where it is there and every use of it raises, its import included. `open`: there
    may be more below it than is recorded, so that absence must not be claimed; see `is_open`.
    """

    name: str
    kind: Kind
    worlds: int
    imports: int
    raises: int = 0
    open: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """A public member of a class and the worlds in which the class has it. A property is a VALUE."""

    name: str
    kind: Kind
    worlds: int


@dataclasses.dataclass(frozen=True, slots=True)
class Deprecation:
    """A notice that TensorFlow itself prints: the version it is in since, and the names it offers instead."""

    since: str
    replacements: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Replacement:
    """A name to write instead. `native` is False for one in `tf.compat.v1`."""

    name: str
    native: bool


# Names

_V2 = "tf.compat.v2."
_V1 = "tf.compat.v1."
_OPEN_PREFIXES = ("tf.python.", "tf.core.", "tf.compiler.", "tf.tools.", "tf.contrib.", "tf.examples.", "keras.src.")


@functools.lru_cache(maxsize=65536)
def symbol(name: str) -> Symbol | None:
    """A public name's facts; None where no known TensorFlow has the name. `tf.compat.v2.x` is `tf.x`."""
    if name.startswith(_V2):
        found = symbol("tf." + name[len(_V2) :])
        if found is None:
            return None
        # TensorFlow 1.15's compat.v2 is what became 2.0.
        first, second = bit("1.15"), bit("2.0")
        worlds = found.worlds & ~first | (first if found.worlds & second else 0)
        return dataclasses.replace(found, name=name, worlds=worlds, imports=worlds & found.imports)
    row = data.names().row(name)
    if row is None:
        return None
    on_keras = axes.follows_keras(name)
    masks = [int(mask, 16) if mask else 0 for mask in row[1].split(":")]
    worlds = axes.unfold(masks[0], on_keras)
    imports = axes.unfold(masks[1], on_keras) if len(masks) > 1 else worlds
    raises = axes.unfold(masks[2], on_keras) if len(masks) > 2 else 0
    return Symbol(name, _KINDS[row[0][0]], worlds, imports, raises, row[0].endswith("o"))


_KINDS = {kind.value: kind for kind in Kind}


def is_open(name: str) -> bool:
    """Whether the absence of a name must not be claimed: something above it, or it, is open."""
    if (name + ".").startswith(_OPEN_PREFIXES):
        return True
    while name:
        found = symbol(name)
        if found is not None and found.open:
            return True
        name = name.rpartition(".")[0]
    return False


def names() -> Iterator[str]:
    """Every public name, sorted."""
    for line in data.names().lines:
        yield line.partition("\t")[0]


@functools.cache
def children(name: str) -> tuple[str, ...]:
    """The last parts of the names directly below a module, sorted."""
    skip = len(name) + 1
    return tuple(sorted({full[skip:].partition(".")[0] for full in data.names().below(name)}))


@functools.cache
def last_names() -> frozenset[str]:
    """The last parts of all names: an attribute that is not among them is no name of TensorFlow's."""
    return frozenset(line.partition("\t")[0].rpartition(".")[2] for line in data.names().lines)


def suggest(name: str, worlds: int = ALL) -> str | None:
    """The sibling that a misspelt name most likely means and that all the worlds have; None where none is near."""
    import difflib

    parent, _, last = name.rpartition(".")
    for near in difflib.get_close_matches(last, children(parent), n=3, cutoff=0.8):
        if near != last and is_alive(f"{parent}.{near}", worlds):
            return f"{parent}.{near}"
    return None


# Signatures


@functools.lru_cache(maxsize=16384)
def signature(name: str, world: int) -> Signature | None:
    """What calling a name takes in one world; None where that is not known."""
    if name.startswith(_V2):
        name = "tf." + name[len(_V2) :]
    row = data.names().row(name)
    if row is None or len(row) < 3:
        return None
    return _run(row[2].replace(",", " "), axes.epoch(world, axes.follows_keras(name)))


def _run(runs: str, epoch: int) -> Signature | None:
    number = _value(runs, epoch)
    return _signature(int(number)) if number else None


def _value(runs: str, epoch: int) -> str:
    """The value that a run gives an epoch; "" where there is none."""
    found = ""
    for run in runs.split():
        start, _, value = run.partition(".")
        if int(start) > epoch:
            break
        found = value
    return found


@functools.lru_cache(maxsize=4096)
def _signature(number: int) -> Signature:
    parameters: list[Parameter] = []
    kind = ParameterKind.POSITIONAL_OR_KEYWORD
    text = data.details().signatures[number]
    for part in text.split(",") if text else ():
        if part == "/":
            parameters = [
                dataclasses.replace(parameter, kind=ParameterKind.POSITIONAL_ONLY) for parameter in parameters
            ]
        elif part.startswith("**"):
            parameters.append(Parameter(part[2:], ParameterKind.VAR_KEYWORD, False))
        elif part.startswith("*"):
            kind = ParameterKind.KEYWORD_ONLY
            if part != "*":
                parameters.append(Parameter(part[1:], ParameterKind.VAR_POSITIONAL, False))
        else:
            name, equals, value = part.partition("=")
            parameters.append(Parameter(name, kind, bool(equals), value or None))
    return Signature(tuple(parameters))


# Classes


@functools.lru_cache(maxsize=1024)
def _class(name: str) -> tuple[list[tuple[int, tuple[str, ...]]], dict[str, list[str]]]:
    """The runs of a class's nearest public ancestors, and the members that it does not share with them."""
    row = data.details().classes.row(name)
    if row is None:
        return [], {}
    runs = []
    for run in row[0].split():
        start, _, ancestors = run.partition(":")
        runs.append((int(start), tuple(ancestors.split(",")) if ancestors else ()))
    members = {}
    for member in row[1].split(" ") if len(row) > 1 and row[1] else ():
        fields = member.split(":")
        members[fields[0]] = fields[1:]
    return runs, members


@functools.lru_cache(maxsize=16384)
def bases(name: str, world: int) -> tuple[str, ...]:
    """The nearest public classes that a class inherits from, or is an alias of, in one world."""
    runs, _ = _class(name)
    epoch = axes.epoch(world, axes.follows_keras(name))
    found: tuple[str, ...] = ()
    for start, ancestors in runs:
        if start > epoch:
            break
        found = ancestors
    return found


def ancestors(name: str, world: int) -> tuple[str, ...]:
    """A class and all its public ancestors in one world, nearest first."""
    found = dict.fromkeys([name])
    for base in bases(name, world):
        found.update(dict.fromkeys(ancestors(base, world)))
    return tuple(found)


def _own(name: str, attribute: str, fields: list[str]) -> Member:
    if len(fields) > 1 and fields[1]:
        worlds = axes.unfold(int(fields[1], 16), axes.follows_keras(name))
    else:
        found = symbol(name)
        worlds = found.worlds | found.imports if found is not None else 0
    return Member(attribute, _KINDS[fields[0]], worlds)


@functools.lru_cache(maxsize=4096)
def member(cls: str, attribute: str) -> Member | None:
    """A public member of a class, inherited or not; None where it has none of that name in any version.

    `worlds` says in which it is there. Where the class is open, a member that is not recorded may still exist.
    """
    found = symbol(cls)
    return _member(cls, attribute, found.worlds | found.imports) if found is not None else None


def _member(cls: str, attribute: str, worlds: int) -> Member | None:
    """A member in some of its class's worlds. What a name is an alias of, or inherits from, differs among worlds."""
    runs, members_ = _class(cls)
    fields = members_.get(attribute)
    found = _own(cls, attribute, fields) if fields is not None else None
    there = found.worlds & worlds if found is not None else 0
    kind = found.kind if found is not None else None
    on_keras = axes.follows_keras(cls)
    for index, (start, nearest) in enumerate(runs):
        end = runs[index + 1][0] if index + 1 < len(runs) else len(axes.epochs(cls))
        for base in nearest:
            during = axes.unfold((1 << end) - (1 << start), on_keras) & worlds & ~there
            inherited = _member(base, attribute, during) if during else None
            if inherited is not None:
                there |= inherited.worlds
                kind = kind or inherited.kind
    return Member(attribute, kind, there) if there and kind is not None else None


@functools.lru_cache(maxsize=256)
def members(cls: str, world: int) -> frozenset[str]:
    """The names of a class's public members in one world, inherited ones included."""
    _, own = _class(cls)
    found = {name for name, fields in own.items() if _own(cls, name, fields).worlds & world}
    for base in bases(cls, world):
        found |= members(base, world)
    return frozenset(found)


def lost_member(cls: str, attribute: str, worlds: int) -> int:
    """The worlds among some in which instances of a class surely lack an attribute that they had in an older one.

    What the code of the class stores in objects counts as well as its members; where a class answers for attributes
    itself (`__getattr__`) nothing is sure.
    """
    return axes.unfold(_lost(cls, attribute), axes.follows_keras(cls)) & worlds


@functools.lru_cache(maxsize=4096)
def _lost(cls: str, attribute: str) -> int:
    row = data.details().losses.row(cls)
    for entry in row[0].split() if row is not None else ():
        name, _, mask = entry.partition(":")
        if name == attribute:
            return int(mask, 16)
    runs, _ = _class(cls)
    for base in runs[-1][1] if runs else ():
        found = _lost(base, attribute) if axes.follows_keras(base) == axes.follows_keras(cls) else 0
        if found:
            return found
    return 0


@functools.lru_cache(maxsize=16384)
def member_signature(cls: str, attribute: str, world: int) -> Signature | None:
    """What calling a method takes in one world, without `self`; None where that is not known."""
    _, own = _class(cls)
    fields = own.get(attribute)
    if fields is not None and _own(cls, attribute, fields).worlds & world:
        runs = fields[2].replace("/", " ") if len(fields) > 2 else ""
        return _run(runs, axes.epoch(world, axes.follows_keras(cls)))
    for base in bases(cls, world):
        if _member(base, attribute, world) is not None:
            return member_signature(base, attribute, world)
    return None


# Arguments


@functools.lru_cache(maxsize=16384)
def keywords(name: str, world: int) -> frozenset[str] | None:
    """All keywords that a call of a function or class accepts in one world; any other is refused.

    None where `**keywords` may take anything, and where it is not known. What is accepted with a warning, or without
    any effect, is accepted.
    """
    if name.startswith(_V2):
        name = "tf." + name[len(_V2) :]
    found = signature(name, world)
    if found is None:
        return None
    row = data.details().keywords.row(name)
    number = _value(row[0], axes.epoch(world, axes.follows_keras(name))) if row is not None else ""
    more = data.details().keyword_sets[int(number)] if number else ""
    if more == "?" or (found.takes_any_keyword and not more):
        return None
    parameters = {parameter.name for parameter in found.parameters if parameter.kind in _BY_KEYWORD}
    return frozenset(parameters.union(more.split(",") if more not in ("", "/") else ()))


@functools.lru_cache(maxsize=16384)
def renamed_argument(function: str, argument: str, worlds: int) -> str | None:
    """The other name that an argument has in every one of the worlds, None where there is none.

    A function is a function, a class or a `Class.method`. Where it is gone from the worlds, what `replacement` offers
    counts in its stead. Only the name is told: its place among the parameters may differ.
    """
    if function.startswith(_V2):
        function = "tf." + function[len(_V2) :]
    candidates = _renames(function, worlds).get(argument)
    if not candidates:
        return None
    if not is_alive(function, worlds):
        instead = replacement(function, worlds)
        if instead is None:
            return None
        function = instead.name
    each = list(bits(worlds))
    signatures = [_signature_of(function, world) for world in each]
    for candidate in candidates:
        if all(found is not None and found.get(candidate) is not None for found in signatures):
            return candidate
    return None


def dropped_argument(function: str, argument: str, worlds: int) -> bool:
    """Whether TensorFlow's own tables say that an argument went without a successor and may be left out."""
    if function.startswith(_V2):
        function = "tf." + function[len(_V2) :]
    return _renames(function, worlds).get(argument) == ()


def _renames(function: str, worlds: int) -> dict[str, tuple[str, ...]]:
    """Old name -> new ones, of a function, or of a method wherever its class has it from."""
    found: dict[str, tuple[str, ...]] = {}
    cls, _, method = function.rpartition(".")
    owner = symbol(cls) if symbol(function) is None else None
    names_ = [function]
    if owner is not None:
        everywhere = list(bits(worlds | owner.worlds))
        line = dict.fromkeys(base for world in everywhere for base in ancestors(cls, world))
        names_ = [*(f"{base}.{method}" for base in line), f"*.{method}"]
    for name in names_:
        row = data.details().arguments.row(name)
        for entry in row[0].split() if row is not None else ():
            old, _, new = entry.partition(":")
            found.setdefault(old, tuple(new.split(",")) if new else ())
    return found


def _signature_of(function: str, world: int) -> Signature | None:
    if symbol(function) is not None:
        return signature(function, world)
    cls, _, method = function.rpartition(".")
    return member_signature(cls, method, world)


# Results


@functools.lru_cache(maxsize=16384)
def returns(name: str, world: int) -> str | None:
    """The class of what calling a function gives in one world, a class being called gives itself; None: not known.

    What is said of tensors holds for a call with tensors: one with ragged ones may give a ragged one. A function that
    gives a class's instance or None counts as one that gives the class.
    """
    if name.startswith(_V2):
        name = "tf." + name[len(_V2) :]
    row = data.names().row(name)
    if row is None:
        return None
    found = _result(row[3], axes.epoch(world, axes.follows_keras(name))) if len(row) > 3 else None
    return name if found is None and row[0].startswith("c") else found


def member_returns(cls: str, attribute: str, world: int) -> str | None:
    """The class of what calling a method, or reading a property, gives in one world; None where that is not known."""
    found = _given(cls, attribute, world)
    return cls if found == "=" else found


def _given(cls: str, attribute: str, world: int) -> str | None:
    """As `member_returns`; "=" where it is an instance of the class of the object at hand."""
    _, own = _class(cls)
    fields = own.get(attribute)
    if fields is not None and _own(cls, attribute, fields).worlds & world:
        runs = fields[3].replace("/", " ") if len(fields) > 3 else ""
        return _result(runs, axes.epoch(world, axes.follows_keras(cls)))
    for base in bases(cls, world):
        if _member(base, attribute, world) is not None:
            return _given(base, attribute, world)
    return None


def _result(runs: str, epoch: int) -> str | None:
    number = _value(runs, epoch)
    return data.details().results[int(number)] if number else None


# Replacements


def deprecation(name: str) -> Deprecation | None:
    """The notice that a name carries; None where it carries none."""
    row = data.details().notes.row(name)
    if row is None or len(row) < 2 or not row[1]:
        return None
    since, *replacements = row[1].split()
    return Deprecation(since, tuple(replacements))


@functools.lru_cache(maxsize=16384)
def replacement(name: str, worlds: int) -> Replacement | None:
    """A name that can stand where `name` stands, there and working in every one of the worlds.

    One in `tf.compat.v1` is offered only where there is no other. None where there is no equivalent.
    """
    row = data.details().notes.row(name)
    candidates = row[0].split() if row is not None else []
    if name.startswith("tf.") and not name.startswith(_NOT_IN_V1):
        candidates.append(_V1 + name[len("tf.") :])
    for native in (True, False):
        for candidate in candidates:
            if candidate.startswith(_V1) is not native and candidate != name and is_alive(candidate, worlds):
                return Replacement(candidate, native)
    return None


_NOT_IN_V1 = ("tf.compat.", "tf.contrib.", "tf.keras.", "tf.raw_ops.")


def is_alive(name: str, worlds: int) -> bool:
    """Whether a name, or a member of a class, is there in every one of the worlds and does not raise."""
    found = symbol(name)
    if found is not None:
        return not worlds & ~found.worlds and not worlds & found.raises
    cls, _, attribute = name.rpartition(".")
    found = symbol(cls) if cls else None
    if found is None or found.kind is not Kind.CLASS or worlds & found.raises:
        return False
    found_member = member(cls, attribute)
    return found_member is not None and not worlds & ~found_member.worlds
