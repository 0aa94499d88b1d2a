"""Symbolic tensors in text: it holds their description, not their value.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import called, given
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF712",
    pylint_id="W6897",
    symbol="tf-tensor-in-text",
    summary='A tensor of traced code in an f-string, format, % or str: the text says `Tensor("x:0", …)`.',
    message="{name} {problem}: {hint}.",
    hint="give tf.print the tensor itself, or use tf.strings.format or tf.strings.as_string",
    url="https://www.tensorflow.org/guide/function#executing_python_side_effects",
    severity=Severity.CHANGES,
    since="2.0",
)

_DESCRIBED = 'puts the description of a tensor, `Tensor("…")`, into the text, and not its value'
_REFUSED = "formats the value of a tensor, which traced code does not have (TypeError)"
_SPECIFIED = re.compile(r"\{[^{}]*:[^{}]+\}")
_NUMERIC = re.compile(r"%[-+ #0-9.]*[dioxXeEfFgGc]")
_SAID_WHILE_TRACING = re.compile(
    r"builtins\.print|logging\..*|warnings\.warn|absl\.logging\..*|tf\.compat\.v1\.logging\..*|.*\.logging\..*"
)
_LOGGER = frozenset("debug info warning warn error critical exception log fatal vlog".split())


@on_traced(RULE, nodes.FormattedValue)
def interpolated(node: nodes.FormattedValue, frame: Frame) -> Iterator[Effect]:
    """`f"loss {loss}"`, `f"{loss:.2f}"`."""
    if _is_described(frame.of(node.value)):
        text: nodes.NodeNG = node.parent
        while isinstance(text, nodes.FormattedValue) or isinstance(text.parent, nodes.FormattedValue):
            text = text.parent
        if not _is_about_the_trace(text, frame):
            refused = node.format_spec is not None and node.conversion in (-1, None)
            yield effect(RULE, node.value, "the f-string", _REFUSED if refused else _DESCRIBED, once_is_fine=False)


@on_traced(RULE, nodes.Call)
def formatted(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`"{}".format(x)`, `str(x)`."""
    arguments = [frame.of(argument) for argument in given(node)]
    if not any(_is_described(argument) for argument in arguments):
        return
    name = called(frame, node)
    of_builtin = name in ("builtins.str", "builtins.repr", "builtins.format") and _is_described(arguments[0])
    of_text = isinstance(node.func, nodes.Attribute) and node.func.attrname == "format"
    if not (of_builtin or of_text) or _is_about_the_trace(node, frame):
        return
    if of_builtin:
        refused = name == "builtins.format" and len(arguments) > 1
        shown = name.partition(".")[2]
        yield effect(RULE, node, f"{shown}()", _REFUSED if refused else _DESCRIBED, once_is_fine=False)
    else:
        owner = frame.of(node.func.expr)
        if owner.type == "str":
            refused = isinstance(owner.value, str) and _SPECIFIED.search(owner.value) is not None
            yield effect(RULE, node, "format()", _REFUSED if refused else _DESCRIBED, once_is_fine=False)


@on_traced(RULE, nodes.BinOp)
def interpolated_by_operator(node: nodes.BinOp, frame: Frame) -> Iterator[Effect]:
    """`"%s" % x`, `"%d of %d" % (x, y)`."""
    text = frame.of(node.left)
    if node.op != "%" or text.type not in ("str", "bytes"):
        return
    right = frame.of(node.right)
    held = (right, *(right.items or ())) if right.type in ("tuple", "dict") else (right,)
    if any(_is_described(value) for value in held) and not _is_about_the_trace(node, frame):
        refused = isinstance(text.value, str) and _NUMERIC.search(text.value) is not None
        yield effect(RULE, node, "%", _REFUSED if refused else _DESCRIBED, once_is_fine=False)


def _is_described(value: Abstract) -> bool:
    return value.kind in (Kind.TENSOR, Kind.VARIABLE)


def _is_about_the_trace(text: nodes.NodeNG, frame: Frame) -> bool:
    """Whether a text is said while tracing, where a tensor is shown on purpose: an error, an assertion, a log."""
    statement = text.statement()
    if isinstance(statement, nodes.Assign) and isinstance(statement.targets[0], nodes.AssignName):
        return _is_said(text, frame) or _is_only_said(statement.targets[0].name, statement, frame)
    return _is_said(text, frame)


def _is_said(text: nodes.NodeNG, frame: Frame) -> bool:
    child, above = text, text.parent
    while above is not None and child is not frame.function:
        if isinstance(above, nodes.Raise | nodes.Assert):
            return True
        if isinstance(above, nodes.Call) and _is_log(above, frame):
            return True
        if isinstance(above, nodes.Keyword) and above.arg in ("message", "msg"):
            return True
        if above.is_statement:
            return False
        child, above = above, above.parent
    return False


def _is_log(call: nodes.Call, frame: Frame) -> bool:
    names = frame.names(call.func)
    if any(_SAID_WHILE_TRACING.fullmatch(name) for name in names):
        return True
    if isinstance(call.func, nodes.Attribute) and call.func.attrname in _LOGGER:
        return "log" in call.func.expr.as_string().lower()
    return any(name.startswith(("tf.debugging.", "tf.compat.v1.assert", "tf.Assert")) for name in names)


def _is_only_said(name: str, bound: nodes.Assign, frame: Frame) -> bool:
    """Whether a variable of the function is used for nothing but errors, assertions and logs."""
    uses = [use for use in frame.function.nodes_of_class(nodes.Name) if use.name == name]
    return bool(uses) and all(use.statement() is not bound and _is_said(use, frame) for use in uses)
