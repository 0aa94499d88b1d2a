"""Tensors that Python asks for their truth, or goes through, where AutoGraph does not step in.

https://www.tensorflow.org/guide/function#autograph_transformations
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference.index import last_name
from tf2lint.tracing import conversion, reasons
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.traced import tracing_of

RULE = Rule(
    code="TF703",
    pylint_id="E6883",
    symbol="tf-bool-of-tensor",
    summary="A tensor as the test of an `if`, `while`, `and`, `or` or `not`, or a `for` over one, in unconverted code.",
    message="{name} is a tensor, {problem}: {hint}.",
    hint="use tf.cond or tf.where, or put it into a function decorated with @tf.function",
    url="https://www.tensorflow.org/guide/function#autograph_transformations",
    severity=Severity.BREAKS,
    since="2.0",
)

_TESTS = (nodes.If, nodes.While, nodes.IfExp)
_PARTS = (nodes.BoolOp, nodes.UnaryOp, nodes.Compare)
_LOOP_HINT = "use tf.while_loop, tf.map_fn or tf.unstack, or put it into a function decorated with @tf.function"
_KIND_TESTS = frozenset(
    "isinstance issubclass hasattr callable type inside_function executing_eagerly is_symbolic_tensor "
    "is_keras_tensor executing_eagerly_outside_functions functions_run_eagerly".split()
)


def asked(node: nodes.NodeNG, frame: Frame) -> nodes.NodeNG | None:
    """The first tensor among the expressions of a test whose truth Python asks for."""
    if isinstance(node, nodes.UnaryOp) and node.op == "not":
        return asked(node.operand, frame)
    if isinstance(node, nodes.BoolOp):
        for value in node.values:
            found = asked(value, frame)
            if found is not None or _asks_what_it_is(value):
                return found
        return None
    if isinstance(node, nodes.Compare) and len(node.ops) > 1:
        sides = (node.left, *(operand for _, operand in node.ops))
        compared = any(frame.of(side).is_symbolic for side in sides)
        return node if compared and frame.of(node).kind is Kind.TENSOR else None
    return node if is_symbolic(frame.of(node)) else None


def _asks_what_it_is(test: nodes.NodeNG) -> bool:
    """Whether a test asks of what kind a value is, or whether something is traced at all."""
    names = {last_name(call.func) for call in test.nodes_of_class(nodes.Call)}
    if not names & _KIND_TESTS:
        return False
    return "tf.Tensor" not in test.as_string() or test.as_string().startswith("not ")


def _is_guarded(node: nodes.NodeNG, frame: Frame) -> bool:
    """Whether a program looks before it asks, or catches the error."""
    for statement, part in frame.around(node):
        if isinstance(statement, nodes.Try) and part == "body" and statement.handlers:
            return True
        if isinstance(statement, nodes.If | nodes.IfExp) and part != "test" and _asks_what_it_is(statement.test):
            return True
    return False


def is_symbolic(value: Abstract) -> bool:
    """Whether a value surely has no truth while a function is traced."""
    return value.is_symbolic and not value.unbound and not value.optional


def tests(node: nodes.NodeNG, frame: Frame) -> Iterator[nodes.NodeNG]:
    """The tensors that a statement or expression asks for their truth; what is a part of another test is left out."""
    if isinstance(node, _TESTS):
        found = asked(node.test, frame)
    elif _is_part_of_test(node):
        return
    elif isinstance(node, nodes.BoolOp):
        # `a and b` is the last one where nothing before decides: nobody asks for its truth.
        found = next((f for value in node.values[:-1] if (f := asked(value, frame)) is not None), None)
    else:
        found = asked(node, frame) if isinstance(node, nodes.Compare) or node.op == "not" else None
        if isinstance(node, nodes.Compare) and len(node.ops) < 2:
            found = None
    if found is not None:
        yield found


def _is_part_of_test(node: nodes.NodeNG) -> bool:
    above = node.parent
    if isinstance(above, _TESTS) and above.test is node:
        return True
    if isinstance(above, nodes.Assert):
        return True
    if isinstance(above, nodes.Comprehension) and node in above.ifs:
        return True
    return isinstance(above, nodes.BoolOp) or (isinstance(above, nodes.UnaryOp) and above.op == "not")


def looped(node: nodes.For, frame: Frame) -> nodes.NodeNG | None:
    """The tensor that a `for` of unconverted code goes through."""
    iterated = frame.of(node.iter)
    if iterated.kind in (Kind.TENSOR, Kind.EAGER, Kind.VARIABLE) and not iterated.optional and not iterated.unbound:
        return node.iter
    if isinstance(node.iter, nodes.Call) and "builtins.range" in frame.names(node.iter.func):
        return next((a for a in node.iter.args if is_symbolic(frame.of(a))), None)
    return None


@on_traced(RULE, *_TESTS, *_PARTS)
def tested(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`if x > 0:`."""
    if frame.converted is not False or is_told_by_syntax(frame) or _is_guarded(node, frame):
        return
    for found in tests(node, frame):
        what = "a `while`" if isinstance(node, nodes.While) else "an `if`" if isinstance(node, nodes.If) else "Python"
        asks = f"and {what} asks for its truth (OperatorNotAllowedInGraphError)"
        yield _effect(found, asks, frame, RULE.hint)


@on_traced(RULE, nodes.For)
def gone_through(node: nodes.For, frame: Frame) -> Iterator[Effect]:
    """`for row in x:`."""
    if frame.converted is not False or is_told_by_syntax(frame) or _is_guarded(node, frame):
        return
    found = looped(node, frame)
    if found is not None:
        error = "OperatorNotAllowedInGraphError" if found is node.iter else "TypeError"
        yield _effect(found, f"which Python's `for` can not go through ({error})", frame, _LOOP_HINT)


@on_traced(RULE, nodes.Comprehension)
def filtered(node: nodes.Comprehension, frame: Frame) -> Iterator[Effect]:
    """`[v for v in values if v > 0]`."""
    for condition in node.ifs:
        found = asked(condition, frame)
        if found is not None:
            problem = (
                "and the `if` of a comprehension asks for its truth (OperatorNotAllowedInGraphError), "
                "which AutoGraph never converts"
            )
            name = f"`{_short(found)}`"
            hint = "use tf.boolean_mask or tf.where"
            yield effect(RULE, found, name, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


def _effect(node: nodes.NodeNG, asks: str, frame: Frame, hint: str) -> Effect:
    why = reasons.why_unconverted(frame.traced, frame.ev.target)
    return effect(
        RULE,
        node,
        f"`{_short(node)}`",
        f"{asks}; {why}",
        hint=hint,
        once_is_fine=False,
        lifted_is_fine=True,
        eager_is_fine=True,
    )


def _short(node: nodes.NodeNG) -> str:
    text = " ".join(str(node.as_string()).split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def is_told_by_syntax(frame: Frame) -> bool:
    """Whether tf-rejected-syntax speaks of a function: it would be converted but for what is written in it."""
    first = reasons.culprit(frame.traced)
    if first is not frame.traced and not conversion.lies_in(frame.function, first.function):
        return False
    if conversion.rejected(first.function, frame.ev.target) is None:
        return False
    if not conversion.why_left_alone(first.function, frame.ev.target).startswith("of the"):
        return False
    if first.caller is not None:
        of_keras = first.place.receiver is not None and tracing_of(frame.ev).calls.keras_worlds(first.place.receiver)
        by_keras = bool(of_keras) and getattr(first.function, "name", "") == "call"
        return first.caller.converted is True and not (by_keras and not conversion.of_keras(of_keras or 0))
    if "that Keras traces" in first.reason:
        return False
    decorators = getattr(first.function, "decorators", None)
    calls = [d for d in decorators.nodes if isinstance(d, nodes.Call)] if decorators is not None else []
    return not any(keyword.arg == "autograph" for call in calls for keyword in call.keywords)
