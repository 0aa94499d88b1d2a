"""Branches on a tensor that do not leave the same names, types and structures.

https://www.tensorflow.org/guide/function#conditionals
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from astroid import nodes

from tf2lint.checkers.rejected_syntax import in_loop, lacks_return
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import Object
from tf2lint.tracing import liveness
from tf2lint.tracing.abstract import NONE, Abstract, Kind, as_tensor
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.run import Control

RULE = Rule(
    code="TF706",
    pylint_id="E6886",
    symbol="tf-branch-mismatch",
    summary="Branches of an `if` on a tensor that leave different names, types or structures.",
    message="{name} {problem}: {hint}.",
    hint="give it a value of the same type in both branches",
    url="https://www.tensorflow.org/guide/function#conditionals",
    severity=Severity.BREAKS,
    since="2.0",
)

NUMERIC = frozenset(("int", "float", "bool", "complex", "str"))
_CONTAINERS = frozenset(("list", "tuple", "dict"))
_OBJECTS = frozenset(("function", "class", "module", "dtype"))


@on_traced(RULE, nodes.If)
def branches(node: nodes.If, frame: Frame) -> Iterator[Effect]:
    """`if x > 0: y = x` with no `y` before."""
    if frame.converted is not True or frame.control(node) is not Control.TENSOR:
        return
    yield from _returns(node, frame)
    entry, body, orelse = frame.first_ends(node)
    if body is None or orelse is None:
        return
    ends = (body, orelse)
    assigned = [liveness.assigned_in(block) for block in (node.body, node.orelse)]
    for name in {**assigned[0], **assigned[1]}:
        if name in _declared(frame) or not liveness.is_read_after(node, name):
            continue
        place = assigned[0].get(name) or assigned[1][name]
        if isinstance(place, nodes.FunctionDef | nodes.ClassDef):
            continue
        problem, hint = _name_problem(name, ends, entry, frame)
        if not problem and is_plain_object(place, frame):
            problem = "is a Python object that only a tensor chooses (TypeError)"
            hint = "call what is chosen in each branch and keep its result"
        if problem:
            yield _effect(place, name, problem, hint)
    yield from _items(node, entry)
    yield from _attributes(node, ends, entry, frame)


def is_plain_object(place: nodes.NodeNG, frame: Frame) -> bool:
    """Whether an assignment gives a name an object of a class that is nothing to TensorFlow, no tuple and no tensor."""
    value = getattr(place.parent, "value", None)
    if value is None or getattr(place.parent, "targets", None) != [place] or frame.of(value).type != "object":
        return False
    made = frame.values(value)
    return bool(made) and all(isinstance(v, Object) and not v.node.bases and not v.node.decorators for v in made)


def _declared(frame: Frame) -> frozenset[str]:
    found = frame.find(nodes.Global, nodes.Nonlocal)
    return frozenset(name for node in found for name in node.names)


def _name_problem(
    name: str, ends: tuple[Mapping[str, Abstract], ...], entry: Mapping[str, Abstract], frame: Frame
) -> tuple[str, str]:
    values = [end.get(name) for end in ends]
    missing = [value is None for value in values]
    if any(value is not None and value.unbound for value in values):
        return "", ""  # A condition of Python decides whether it has one.
    if any(missing):
        if all(missing) or (name in entry and not entry[name].unbound) or name not in frame.function.locals:
            return "", ""
        return f"gets a value only {_where(not missing[0])} (ValueError)", f"give `{name}` a value before the `if`"
    one, other = values
    assert one is not None
    assert other is not None
    return mismatch(one, other, "in one branch", "in the other")


def _where(first: bool) -> str:
    return "in the branch where the condition holds" if first else "in the `else` branch"


def mismatch(one: Abstract, other: Abstract, here: str, there: str) -> tuple[str, str]:
    """What is wrong with two values of one name that only a tensor decides between, and what to write instead."""
    if one.optional or other.optional:
        return "", ""
    nones = [one.is_none, other.is_none]
    if any(nones):
        # Two times None is None at the end of a branch as well, but nobody writes that on purpose.
        known = other if nones[0] else one
        if all(nones) or known.kind in (Kind.UNKNOWN, Kind.NEST):
            return ("", "") if all(nones) else (f"is None {here if nones[0] else there} (ValueError)", _same())
        return f"is None {here if nones[0] else there} (ValueError)", _same()
    structures = [_structure(value) for value in (one, other)]
    if structures[0] and structures[1] and structures[0] != structures[1]:
        return f"is {structures[0]} {here} and {structures[1]} {there} (TypeError)", "give it one structure"
    if one.type in _CONTAINERS and one.type == other.type and one.items and other.items:
        pairs = (mismatch(a, b, here, there) for a, b in zip(one.items, other.items, strict=False))
        inner = next((problem for problem, _ in pairs if problem), "")
        return (f"holds what {inner}", _same()) if inner else ("", "")
    dtypes = [dtype_of(value) for value in (one, other)]
    if dtypes[0] and dtypes[1] and dtypes[0] != dtypes[1]:
        return f"has dtype {dtypes[0]} {here} and {dtypes[1]} {there} (TypeError)", "give it one dtype, as with tf.cast"
    if _is_object(one) and _is_object(other):
        problem = "is a Python object that only a tensor chooses (TypeError)"
        return problem, "call what is chosen in each branch and keep its result"
    return "", ""


def _same() -> str:
    return "use a tensor of the same type that stands for nothing, as tf.zeros_like gives"


def _is_object(value: Abstract) -> bool:
    return value.kind is Kind.KERAS or (value.is_python and value.type in _OBJECTS)


def _structure(value: Abstract) -> str:
    if value.is_python and value.type in _CONTAINERS:
        if value.type == "dict":
            return f"a dict with the keys {sorted(map(str, value.keys))}" if value.keys is not None else ""
        if value.items is None:
            return ""
        count = len(value.items)
        return f"a {value.type} of {count} element{'' if count == 1 else 's'}"
    if value.is_tensor or (value.is_python and value.type in NUMERIC):
        return "one tensor"
    return ""


def dtype_of(value: Abstract) -> str:
    """The dtype that a value has as a tensor; empty where that is not known."""
    if value.kind is Kind.TENSOR or value.kind is Kind.EAGER:
        return value.dtype
    if value.is_python and value.type in NUMERIC:
        return as_tensor(value).dtype
    return value.dtype if value.type == "ndarray" else ""


def _returns(node: nodes.If, frame: Frame) -> Iterator[Effect]:
    """`return` in one branch alone, and `return None`."""
    if in_loop(node, frame):
        return
    leaving = lacks_return(node)
    alone = node.orelse[0] if len(node.orelse) == 1 else None
    if isinstance(alone, nodes.If) and frame.control(alone) is Control.TENSOR and lacks_return(alone) is not None:
        return  # Told of the `elif`.
    if leaving is not None and not isinstance(node.parent, nodes.With | nodes.Try):
        problem = "depends on a tensor, and the other branch has none in the block that it stands in (ValueError)"
        hint = "return in both branches, or set a variable in both and return it at the end"
        yield effect(RULE, leaving, "this `return`", problem, hint=hint, once_is_fine=False, lifted_is_fine=True)
        return
    yield from _returned_values(node, frame)


def _returned_values(node: nodes.If, frame: Frame) -> Iterator[Effect]:
    """What both branches return, where each of them ends with its `return`."""
    block = liveness.block_of(node)
    rest = block[block.index(node) + 1 :]
    one, other = _last_return(node.body), _last_return(node.orelse)
    if one is None or (other is None and node.orelse):
        return
    if other is None:
        other = _last_return(rest)
        if other is None or (len(rest) > 1 and any(isinstance(s, nodes.If) for s in rest)):
            return
    values = [frame.of(r.value) if r.value is not None else None for r in (one, other)]
    if any(v is None for v in values) or all(v is not None and v.is_none for v in values):
        problem, hint = "is None, and only a tensor decides to come here (ValueError)", _same()
        yield effect(RULE, one, "what is returned", problem, hint=hint, once_is_fine=False, lifted_is_fine=True)
        return
    assert values[0] is not None
    assert values[1] is not None
    problem, hint = mismatch(values[0], values[1], "here", f"in line {other.lineno}")
    if problem:
        yield effect(RULE, one, "what is returned", problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


def _last_return(block: list[nodes.NodeNG]) -> nodes.Return | None:
    last = block[-1] if block else None
    return last if isinstance(last, nodes.Return) else None


def _items(node: nodes.If, entry: Mapping[str, Abstract]) -> Iterator[Effect]:
    """`d["b"] = x` in one branch, where the dict has no such key before."""
    keys = [dict(keys_set(block)) for block in (node.body, node.orelse)]
    for (name, key), place in {**keys[0], **keys[1]}.items():
        owner = entry.get(name)
        if (
            owner is None
            or owner.keys is None
            or key in owner.keys
            or ((name, key) in keys[0] and (name, key) in keys[1])
        ):
            continue
        if name in liveness.assigned_in([*node.body, *node.orelse]):
            continue
        problem = f"gets a value only {_where((name, key) in keys[0])} (ValueError)"
        yield _effect(place, f"{name}[{key!r}]", problem, "give the key a value before the `if`")


def keys_set(block: list[nodes.NodeNG]) -> Iterator[tuple[tuple[str, object], nodes.NodeNG]]:
    for statement in block:
        for target in statement.targets if isinstance(statement, nodes.Assign) else ():
            if (
                isinstance(target, nodes.Subscript)
                and isinstance(target.value, nodes.Name)
                and isinstance(target.slice, nodes.Const)
            ):
                yield (target.value.name, target.slice.value), target


def _attributes(
    node: nodes.If, ends: tuple[Mapping[str, Abstract], ...], entry: Mapping[str, Abstract], frame: Frame
) -> Iterator[Effect]:
    """`self.last = x` in one branch, where it was None before."""
    for number, block in enumerate((node.body, node.orelse)):
        for statement in block:
            for target in statement.targets if isinstance(statement, nodes.Assign) else ():
                if isinstance(target, nodes.AssignAttr):
                    path = target.as_string()
                    one, other = ends[number].get(path), ends[1 - number].get(path) or entry.get(path)
                    if other is None and path not in entry and frame.is_none_before(target, node):
                        other = NONE
                    if one is not None and other is not None:
                        problem, hint = mismatch(one, other, "here", "in the other branch")
                        if problem and number == 0:
                            yield _effect(target, path, problem, hint)


@on_traced(RULE, nodes.IfExp)
def expression(node: nodes.IfExp, frame: Frame) -> Iterator[Effect]:
    """`x if x > 0 else None`."""
    if frame.converted is not True or frame.control(node) is not Control.TENSOR:
        return
    problem, hint = mismatch(frame.of(node.body), frame.of(node.orelse), "in one case", "in the other")
    if problem:
        text = f"`{node.as_string()}`"
        yield effect(RULE, node, text, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


@on_traced(RULE, nodes.Subscript)
def looked_up(node: nodes.Subscript, frame: Frame) -> Iterator[Effect]:
    """`{"a": 1, "b": 2}[mode]`, where a tensor chose the mode."""
    owner, key = frame.of(node.value), frame.of(node.slice)
    if frame.converted is not True or owner.type != "dict":
        return
    chosen = isinstance(node.slice, nodes.Name) and _is_chosen(node.slice, frame)
    if key.kind is Kind.TENSOR or chosen:
        problem = "is a tensor, chosen by a condition on a tensor, and no key of a dict (TypeError)"
        text = f"`{node.slice.as_string()}`"
        hint = "look it up in each branch, or use tf.lookup.StaticHashTable"
        yield effect(RULE, node.slice, text, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


def _is_chosen(name: nodes.Name, frame: Frame) -> bool:
    """Whether the last statement that gave a name its value is an `if` on a tensor that gives it several texts."""
    for statement in reversed(frame.find(nodes.If)):
        if statement.lineno >= name.lineno or frame.control(statement) is not Control.TENSOR:
            continue
        body, orelse = frame.ends(statement)
        if name.name not in liveness.assigned_in([*statement.body, *statement.orelse]):
            continue
        values = [end.get(name.name) for end in (body, orelse) if end is not None]
        kept = liveness.block_of(statement)
        later = kept[kept.index(statement) + 1 :]
        again = any(name.name in liveness.assigned_in([s]) for s in later if s.lineno < name.lineno)
        return len(values) == 2 and all(v is not None and v.type in ("str", "int") for v in values) and not again
    return False


def _effect(node: nodes.NodeNG, name: str, problem: str, hint: str) -> Effect:
    return effect(RULE, node, f"`{name}`", problem, hint=hint, once_is_fine=False, lifted_is_fine=True)
