"""Loops on a tensor or dataset whose names change type, or have none before; what may not leave a loop.

https://www.tensorflow.org/guide/function#loops
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.branch_mismatch import dtype_of, keys_set, mismatch
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference.index import last_name
from tf2lint.tracing import liveness
from tf2lint.tracing.abstract import Abstract, Kind, as_tensor
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.run import Control

RULE = Rule(
    code="TF707",
    pylint_id="E6887",
    symbol="tf-loop-mismatch",
    summary="A loop on a tensor that changes a type or leaves by return; a Python loop that a tensor ends.",
    message="{name} {problem}: {hint}.",
    hint="give it its final type before the loop",
    url="https://www.tensorflow.org/guide/function#loops",
    severity=Severity.BREAKS,
    since="2.0",
)

_GRAPH = (Control.TENSOR, Control.DATASET)


@on_traced(RULE, nodes.For, nodes.While)
def carried(node: nodes.For | nodes.While, frame: Frame) -> Iterator[Effect]:
    """`s = 0` before `for v in x: s += v`, with a float `x`."""
    if frame.converted is not True:
        return
    if isinstance(node, nodes.While) and frame.turns_to_tensor(node) and frame.of(node.test).kind is not Kind.TENSOR:
        yield _effect(
            node.test,
            f"the test `{node.test.as_string()}`",
            "is a Python value first and a tensor after one turn (NotImplementedError)",
            "make it a tensor before the loop, with tf.constant",
        )
        return
    if frame.control(node) not in _GRAPH:
        return
    entry, end = frame.first_turn(node)
    assigned = liveness.assigned_in(node.body)
    for target in node.target.nodes_of_class(nodes.AssignName) if isinstance(node, nodes.For) else ():
        if frame.control(node) is Control.TENSOR:
            assigned.pop(target.name, None)
        else:
            assigned[target.name] = target
    if frame.control(node) is Control.DATASET:
        for (name, key), target in keys_set(node.body):
            keys = entry[name].keys if name in entry else None
            if keys is not None and key not in keys and name not in assigned:
                problem = "has no value before the loop over a dataset (ValueError)"
                yield _effect(target, f"`{name}[{key!r}]`", problem, "give the key a value before the loop")
    for name, place in assigned.items():
        if isinstance(place, nodes.FunctionDef | nodes.ClassDef) or name not in frame.function.locals:
            continue
        if name not in entry:
            yield from _undefined(node, name, place, frame)
        elif end is not None and name in end and not entry[name].unbound and liveness.is_carried(node, name):
            problem, hint = _changed(node, name, entry[name], end[name])
            if problem:
                yield _effect(place, f"`{name}`", problem, hint)


def _undefined(node: nodes.For | nodes.While, name: str, place: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """A name that only the loop gives a value, and that is read after it."""
    if not liveness.is_read_after(node, name) or liveness.is_read_in_turn(node, name):
        return
    _, end = frame.first_turn(node)
    if end is not None and name in end and _is_object(end[name]):
        problem = "is a Python object that only the loop on a tensor gives it (ValueError)"
        yield _effect(place, f"`{name}`", problem, f"give `{name}` its value before the loop")
        return
    if frame.control(node) is Control.TENSOR and _surely_turns(node, frame):
        return
    if any(isinstance(s, nodes.If) and frame.control(s) is Control.TENSOR for s, _ in frame.around(place)):
        return  # tf-branch-mismatch tells it.
    if frame.control(node) is Control.DATASET:
        problem = "has no value before the loop over a dataset (ValueError)"
    else:
        problem = "has no value if the loop on a tensor makes no turn (InvalidArgumentError)"
    yield _effect(place, f"`{name}`", problem, f"give `{name}` a value of the same type before the loop")


def _surely_turns(node: nodes.For | nodes.While, frame: Frame) -> bool:
    """Whether a loop is seen to make at least one turn."""
    if isinstance(node, nodes.While):
        return isinstance(node.test, nodes.Call) and last_name(node.test.func) == "constant"
    iterated = frame.of(node.iter)
    if iterated.kind is not Kind.DATASET and iterated.shape and iterated.shape[0]:
        return True
    call = node.iter
    if isinstance(call, nodes.Call) and last_name(call.func) == "range":
        last = call.args[min(1, len(call.args) - 1)] if call.args else None
        value = frame.of(last).value if last is not None else ...
        return isinstance(value, int) and value > 0
    return False


def _changed(node: nodes.For | nodes.While, name: str, before: Abstract, after: Abstract) -> tuple[str, str]:
    if before.is_none or after.is_none or before.optional or after.optional:
        return "", ""
    if after.kind is Kind.UNKNOWN or before.kind is Kind.UNKNOWN:
        grown = _grows(node, name, before)
        return _grown(before) if grown else ("", "")
    problem, _ = mismatch(before, after, "before the loop", "after a turn")
    if problem.startswith(("has dtype", "is a", "is one")):
        if _is_object(after):
            return "is a Python object that a loop on a tensor changes (TypeError)", "keep it out of the loop"
        return problem, "give it its final type before the loop"
    if _grows(node, name, before):
        return _grown(before)
    if _is_concatenated(node, name):
        return _concatenated(node, name, before)
    one, other = _shape(before), _shape(after)
    if one is None or other is None or not dtype_of(after) or _has_invariants(node):
        return "", ""
    if len(one) != len(other) or any(
        a is not None and b is not None and a != b for a, b in zip(one, other, strict=True)
    ):
        problem = f"has shape {_shown(one)} before the loop and {_shown(other)} after a turn (ValueError)"
        return problem, "give it its final shape, or use tf.autograph.experimental.set_loop_options"
    return "", ""


def _is_object(value: Abstract) -> bool:
    return value.is_python and value.type in ("function", "class")


def _shape(value: Abstract) -> tuple[int | None, ...] | None:
    if value.is_tensor:
        return value.shape
    return as_tensor(value).shape if dtype_of(value) else None


def _shown(shape: tuple[int | None, ...]) -> str:
    sizes = ", ".join(str(size) for size in shape)
    return f"({sizes},)" if len(shape) == 1 else f"({sizes})"


def _grows(node: nodes.For | nodes.While, name: str, before: Abstract) -> bool:
    """Whether `items += [x]` makes a Python container longer with every turn."""
    if before.type not in ("list", "tuple"):
        return False
    return any(
        isinstance(place.target, nodes.AssignName)
        and place.target.name == name
        and place.op == "+="
        and isinstance(place.value, nodes.List | nodes.Tuple)
        and bool(place.value.elts)
        for statement in node.body
        if name in liveness.mentions(statement)
        for place in statement.nodes_of_class(nodes.AugAssign)
    )


def _grown(before: Abstract) -> tuple[str, str]:
    return f"is a {before.type} that gets longer with every turn (TypeError)", "use a tf.TensorArray"


def _concatenations(node: nodes.For | nodes.While, name: str) -> Iterator[nodes.Call]:
    for statement in node.body:
        for assign in statement.nodes_of_class(nodes.Assign) if name in liveness.mentions(statement) else ():
            value = assign.value
            named = any(isinstance(t, nodes.AssignName) and t.name == name for t in assign.targets)
            if named and isinstance(value, nodes.Call) and last_name(value.func) == "concat" and value.args:
                parts = value.args[0].elts if isinstance(value.args[0], nodes.List | nodes.Tuple) else []
                if any(isinstance(part, nodes.Name) and part.name == name for part in parts):
                    yield value


def _is_concatenated(node: nodes.For | nodes.While, name: str) -> bool:
    return any(True for _ in _concatenations(node, name))


def _concatenated(node: nodes.For | nodes.While, name: str, before: Abstract) -> tuple[str, str]:
    """`y = tf.concat([y, v], 0)`, where the shape of `y` is known before the loop."""
    if not before.shape or _has_invariants(node):
        return "", ""
    call = next(_concatenations(node, name))
    axis = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "axis"), None)
    negative = isinstance(axis, nodes.UnaryOp) and axis.op == "-"
    inner = axis.operand if isinstance(axis, nodes.UnaryOp) else axis
    if not isinstance(inner, nodes.Const) or not isinstance(inner.value, int):
        return "", ""
    place = -inner.value if negative else inner.value
    if not -len(before.shape) <= place < len(before.shape) or before.shape[place] is None:
        return "", ""
    problem = f"has shape {_shown(before.shape)} before the loop and grows with every turn (ValueError)"
    return problem, "use a tf.TensorArray, or tf.autograph.experimental.set_loop_options with shape_invariants"


def _has_invariants(node: nodes.For | nodes.While) -> bool:
    return any(last_name(call.func) == "set_loop_options" for call in node.nodes_of_class(nodes.Call))


# -- what leaves a loop -----------------------------------------------------------------------------------------------


@on_traced(RULE, nodes.Return, nodes.Break)
def left(node: nodes.Return | nodes.Break, frame: Frame) -> Iterator[Effect]:
    """`if v > 1: return v` in a loop over a tensor; `if x > 1: break` in a Python loop."""
    if frame.converted is not True:
        return
    by_tensor = in_python = False
    for statement, part in frame.around(node):
        if isinstance(statement, nodes.If) and part in ("body", "orelse"):
            by_tensor = by_tensor or frame.control(statement) is Control.TENSOR
        elif isinstance(statement, nodes.For | nodes.While) and part == "body":
            control = frame.control(statement)
            if control is Control.PYTHON and by_tensor:
                yield _python_loop(node, statement)
                return
            if control in _GRAPH and isinstance(node, nodes.Return) and (by_tensor or in_python):
                what = "dataset" if control is Control.DATASET else "tensor"
                problem = f"stands in a loop on a {what} and depends on a condition (NotImplementedError)"
                yield _effect(node, "this `return`", problem, "set a variable, `break`, and return it after the loop")
                return
            if isinstance(node, nodes.Break) or control is Control.UNKNOWN:
                return
            in_python = in_python or control is Control.PYTHON
        elif isinstance(statement, nodes.Try | nodes.ExceptHandler):
            return


def _python_loop(node: nodes.Return | nodes.Break, loop: nodes.NodeNG) -> Effect:
    what = "return" if isinstance(node, nodes.Return) else "break"
    if isinstance(loop, nodes.While):
        instead = "make the test of the `while` a tensor: `while tf.constant(True)`"
    else:
        instead = "loop over a tensor (tf.range), or use tf.where in each turn"
    problem = "depends on a tensor and stands in a Python loop, which runs while tracing (NotImplementedError)"
    return _effect(node, f"this `{what}`", problem, instead)


def _effect(node: nodes.NodeNG, name: str, problem: str, hint: str) -> Effect:
    return effect(RULE, node, name, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)
