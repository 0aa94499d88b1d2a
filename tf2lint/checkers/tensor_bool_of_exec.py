"""Functions made by `exec`, whose source AutoGraph can not see. They belong to tf-bool-of-tensor."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_bool import RULE, is_symbolic
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.inference.index import index_of, last_name
from tf2lint.inference.values import Const
from tf2lint.tracing.frames import Frame


@on_traced(RULE, nodes.Call)
def called(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`g(x)`, with `g = scope["g"]` and `exec("def g(a): …", scope)`."""
    made = frame.ev.literal(node.func)
    if not isinstance(made, nodes.Subscript) or not isinstance(made.slice, nodes.Const):
        return
    if not isinstance(made.value, nodes.Name) or not any(is_symbolic(frame.of(given)) for given in node.args):
        return
    function = _defined(frame, made.value.name, made.slice.value)
    if function is None:
        return
    names = [parameter.arg for parameter in function.args.args]
    symbolic = {name for name, given in zip(names, node.args, strict=False) if is_symbolic(frame.of(given))}
    tests = (part.test for part in ast.walk(function) if isinstance(part, ast.If | ast.While | ast.IfExp))
    if any(_compares(test, symbolic) for test in tests):
        asker = node.func.as_string()
        problem = (
            f"and `{asker}` asks for its truth (OperatorNotAllowedInGraphError); AutoGraph does not convert that, "
            "because exec made it and its source can not be read"
        )
        hint = "write the function in a file"
        first = next(given for given in node.args if is_symbolic(frame.of(given)))
        name = f"`{first.as_string()}`"
        yield effect(RULE, node, name, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)


def _defined(frame: Frame, scope: str, name: object) -> ast.FunctionDef | None:
    """The function of a name that the module's one `exec` into a dict defines."""
    calls = [
        call
        for call in index_of(frame.ev, frame.function.root()).calls
        if last_name(call.func) == "exec" and len(call.args) == 2 and last_name(call.args[1]) == scope
    ]
    values = frame.ev.value_of(calls[0].args[0]) if len(calls) == 1 else frozenset()
    source = next(iter(values), None)
    if len(values) != 1 or not isinstance(source, Const) or not isinstance(source.value, str):
        return None
    try:
        body = ast.parse(source.value).body
    except SyntaxError:
        return None
    return next((s for s in body if isinstance(s, ast.FunctionDef) and s.name == name), None)


def _compares(test: ast.expr, names: set[str]) -> bool:
    """Whether a test is one of some names, or compares one of them with a number."""
    if isinstance(test, ast.Name):
        return test.id in names
    if not isinstance(test, ast.Compare) or isinstance(test.ops[0], ast.Is | ast.IsNot | ast.In | ast.NotIn):
        return False
    against = test.comparators[0]
    number = isinstance(against, ast.Constant) and isinstance(against.value, int | float)
    return isinstance(test.left, ast.Name) and test.left.id in names and number
