"""Questions about a tensor whose answer is the same whatever its value is.

https://www.tensorflow.org/guide/function#conditionals
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import called
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import Class
from tf2lint.tracing.abstract import Kind, Origin
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF711",
    pylint_id="W6896",
    symbol="tf-tensor-identity",
    summary="`tensor is True`, isinstance or hasattr on a tensor: the answer does not depend on its value.",
    message="{name} {problem}: {hint}.",
    hint="use the tensor itself as the condition",
    url="https://www.tensorflow.org/guide/function#conditionals",
    severity=Severity.CHANGES,
    since="2.0",
)

_ARRAYS = frozenset(("numpy.ndarray", "numpy.generic"))
_NUMBERS = frozenset(
    """builtins.int builtins.float builtins.bool builtins.complex builtins.str builtins.bytes numbers.Number
    numbers.Real numpy.float32 numpy.float64 numpy.int32 numpy.int64 numpy.number numpy.bool_ numpy.integer
    numpy.floating""".split()
)
_ASKED = frozenset(("numpy", "item", "tolist"))


@on_traced(RULE, nodes.Compare)
def compared(node: nodes.Compare, frame: Frame) -> Iterator[Effect]:
    """`(x > 0) is True`."""
    left = node.left
    for op, right in node.ops:
        for one, other in ((left, right), (right, left)):
            constant = isinstance(other, nodes.Const) and isinstance(other.value, bool | int | float | str)
            if op in ("is", "is not") and constant and frame.of(one).is_tensor:
                always = "False" if op == "is" else "True"
                problem = f"is always {always}, since a tensor is never the object {other.as_string()}"
                yield effect(RULE, node, f"`{op} {other.as_string()}`", problem, once_is_fine=False)
                return
        left = right


@on_traced(RULE, nodes.Call)
def asked(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`isinstance(x, np.ndarray)`, `isinstance(rate, float)`, `hasattr(x, "numpy")` of a tf.function's argument."""
    name = called(frame, node)
    if name not in ("builtins.isinstance", "builtins.hasattr") or len(node.args) != 2:
        return
    subject, question = node.args
    if not _is_argument(subject, frame) or _is_about_conversion(node):
        return
    hint = "ask for tf.is_tensor(x), and for x.dtype"
    if name == "builtins.hasattr":
        if isinstance(question, nodes.Const) and question.value in _ASKED and frame.of(subject).kind is Kind.TENSOR:
            problem = "is always False in traced code, where a tensor has no value"
            yield effect(RULE, node, f'hasattr(…, "{question.value}")', problem, hint=hint, once_is_fine=False)
        return
    types = _types(question, frame)
    array = bool(types) and types <= _ARRAYS
    number = bool(types) and types <= _NUMBERS | _ARRAYS and frame.of(subject).kind is Kind.TENSOR
    if array or number:
        problem = "is always False in a tf.function, which makes a tensor of an array that it is given"
        if not array:
            problem = "is False for the tensor that the tf.function is given here"
        yield effect(RULE, node, "isinstance()", problem, hint=hint, once_is_fine=False)


def _is_argument(subject: nodes.NodeNG, frame: Frame) -> bool:
    """Whether an expression is a parameter, as it came in, of what TensorFlow traces as a tf.function."""
    if frame.caller is not None or not isinstance(subject, nodes.Name) or "tf.function" not in frame.traced.reason:
        return False
    bound = frame.function.locals.get(subject.name, ())
    if not bound or any(not isinstance(one.parent, nodes.Arguments) for one in bound):
        return False
    value = frame.of(subject)
    return value.kind is Kind.TENSOR or (value.kind is Kind.UNKNOWN and value.origin is not Origin.OUTER)


def _is_about_conversion(node: nodes.Call) -> bool:
    """Whether the question only guards a conversion or a complaint, which then is rightly left out."""
    above, child = node.parent, node
    while isinstance(above, nodes.BoolOp | nodes.UnaryOp):
        above, child = above.parent, above
    if isinstance(above, nodes.Assert):
        return True
    if not isinstance(above, nodes.If) or above.test is not child:
        return False
    name = node.args[0].as_string()
    return all(
        isinstance(statement, nodes.Raise | nodes.Pass)
        or (isinstance(statement, nodes.Assign) and any(t.as_string() == name for t in statement.targets))
        for statement in above.body
    )


def _types(question: nodes.NodeNG, frame: Frame) -> frozenset[str]:
    """The types beyond the project that are asked for; none if one is not known."""
    asked_for = question.elts if isinstance(question, nodes.Tuple) else [question]
    found: set[str] = set()
    for one in asked_for:
        names = frame.names(one)
        if len(names) != 1 or any(isinstance(value, Class) for value in frame.values(one)):
            return frozenset()
        found |= names
    return frozenset(found)
