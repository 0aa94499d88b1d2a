"""What a function may not have if AutoGraph is to convert its branches and loops on tensors.

https://www.tensorflow.org/guide/function#autograph_transformations
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_bool import asked, is_told_by_syntax, looped, tests
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.tracing import conversion
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.run import Control
from tf2lint.tracing.scopes import name_of
from tf2lint.tracing.traced import tracing_of

RULE = Rule(
    code="TF705",
    pylint_id="E6885",
    symbol="tf-rejected-syntax",
    summary="A construct that AutoGraph can not convert in a function with control flow on tensors.",
    message="{name} {problem}: {hint}.",
    hint="write it without",
    url="https://www.tensorflow.org/guide/function#autograph_transformations",
    severity=Severity.BREAKS,
    since="2.0",
)

_HINTS = {
    "`el": "put the `else` block behind the loop, or into a helper",
    "`ma": "use if and elif, or tf.switch_case",
    "`:=": "assign in a statement of its own",
    "`yi": "return the values",
    "ann": "annotate the name where it gets its first value, before the branch",
    "pri": "name it with one underscore",
    "f-s": "write a plain text, or use tf.debugging.assert_greater and its kin",
    "sec": "put each lambda on a line of its own, or write a function",
}


@on_traced(RULE, nodes.FunctionDef, nodes.Lambda)
def rejected(node: nodes.NodeNG, frame: Frame) -> Iterator[Effect]:
    """`for … else` in a function that has an `if` on a tensor."""
    if node is not frame.function or frame.converted is not False or not is_told_by_syntax(frame):
        return
    found = conversion.rejected(frame.function, frame.ev.target)
    tensor = next(_on_tensors(frame), None)
    if found is None or tensor is None:
        return
    problem = (
        f"makes AutoGraph leave all of `{name_of(frame.function)}` as it is, "
        f"and `{_short(tensor)}` in it is a tensor (OperatorNotAllowedInGraphError)"
    )
    yield _effect(found.node, f"the {found.what}", problem, _HINTS[found.what[:3]])


def _on_tensors(frame: Frame) -> Iterator[nodes.NodeNG]:
    kinds = (nodes.If, nodes.While, nodes.IfExp, nodes.BoolOp, nodes.UnaryOp, nodes.Compare)
    for node in frame.find(nodes.For, nodes.Match, *kinds):
        if isinstance(node, nodes.For):
            found = looped(node, frame)
            if found is not None:
                yield found
        elif isinstance(node, nodes.Match):
            compared = any(list(case.pattern.nodes_of_class(nodes.MatchValue)) for case in node.cases)
            if compared and asked(node.subject, frame) is not None:
                yield node.subject
        else:
            yield from tests(node, frame)
    if not isinstance(frame.function, nodes.FunctionDef):
        body = frame.function.body
        if isinstance(body, kinds):
            yield from tests(body, frame)


def _short(node: nodes.NodeNG) -> str:
    text = " ".join(str(node.as_string()).split())
    return text if len(text) <= 40 else f"{text[:37]}..."


@on_traced(RULE, nodes.AnnAssign)
def declared(node: nodes.AnnAssign, frame: Frame) -> Iterator[Effect]:
    """`y: tf.Tensor` before a branch on a tensor that gives `y` its first value."""
    if frame.converted is not True or node.value is not None or not isinstance(node.target, nodes.AssignName):
        return
    name = node.target.name
    for statement in frame.find(nodes.If, nodes.While, nodes.For):
        if statement.lineno < node.lineno or frame.control(statement) not in (Control.TENSOR, Control.DATASET):
            continue
        given = any(n.name == name for n in statement.nodes_of_class(nodes.AssignName))
        if given and name not in frame.entry(statement):
            problem = "has no value before the branch or loop on a tensor that gives it one (NameError)"
            yield _effect(node, f"`{node.as_string()}`", problem, "leave the annotation out, or give it a value")
            return


@on_traced(RULE, nodes.If)
def returned(node: nodes.If, frame: Frame) -> Iterator[Effect]:
    """`with …:` around `if x > 0: return x`, with the other `return` behind the block."""
    if frame.converted is not True or frame.control(node) is not Control.TENSOR or in_loop(node, frame):
        return
    leaving = lacks_return(node)
    if leaving is not None and isinstance(node.parent, nodes.With | nodes.Try):
        what = "`with`" if isinstance(node.parent, nodes.With) else "`try`"
        problem = (
            f"depends on a tensor and stands in a {what}, where AutoGraph does not see what comes after "
            "the block (ValueError)"
        )
        yield _effect(leaving, "this `return`", problem, "set a variable in both branches and return it at the end")


def in_loop(node: nodes.NodeNG, frame: Frame) -> bool:
    """Whether a node stands in a loop of its function."""
    return any(isinstance(statement, nodes.For | nodes.While) for statement, _ in frame.around(node))


def lacks_return(node: nodes.If) -> nodes.NodeNG | None:
    """A `return` of one branch that the other one lacks: neither it nor the rest of the block has one."""
    branches = (node.body, node.orelse)
    returns = [_returns(branch) for branch in branches]
    if returns[0] is returns[1]:
        return None
    other = branches[returns.index(False)]
    block = next((b for b in _blocks(node.parent) if node in b), [node])
    rest = block[block.index(node) + 1 :]
    if _leaves([*other, *rest]):
        return None
    return next(iter(_direct_returns(branches[returns.index(True)])), None)


def _blocks(statement: nodes.NodeNG) -> Iterator[list[nodes.NodeNG]]:
    for part in ("body", "orelse", "finalbody"):
        block = getattr(statement, part, None)
        if isinstance(block, list):
            yield block


def _returns(block: list[nodes.NodeNG]) -> bool:
    """Whether a block surely ends with `return`."""
    for statement in block:
        if isinstance(statement, nodes.Return):
            return True
        if isinstance(statement, nodes.If) and _returns(statement.body) and _returns(statement.orelse):
            return True
        if isinstance(statement, nodes.With) and _returns(statement.body):
            return True
    return False


def _leaves(block: list[nodes.NodeNG]) -> bool:
    """Whether a block surely returns or raises; of what is not clear, it does."""
    for number, statement in enumerate(block):
        if isinstance(statement, nodes.Return | nodes.Raise | nodes.Try | nodes.Match | nodes.Break | nodes.Continue):
            return True
        if isinstance(statement, nodes.With) and _leaves(statement.body):
            return True
        if isinstance(statement, nodes.For | nodes.While) and any(True for _ in statement.nodes_of_class(nodes.Return)):
            return True
        if isinstance(statement, nodes.If):
            ends = [_leaves(statement.body), _leaves(statement.orelse)]
            if all(ends) or (any(ends) and _leaves(block[number + 1 :])):
                return True
    return False


def _direct_returns(block: list[nodes.NodeNG]) -> Iterator[nodes.Return]:
    for statement in block:
        yield from statement.nodes_of_class(nodes.Return, skip_klass=(nodes.FunctionDef, nodes.Lambda))


@on_traced(RULE, nodes.Call)
def recursive(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`return f(n - 1)` in `f`, where only a tensor ends it."""
    if frame.converted is not True:
        return
    targets = {place.function for place in tracing_of(frame.ev).calls.called(node, frame.traced.place)}
    steps = [step.function for step in frame.traced.chain]
    if len(targets) != 1 or not targets & set(steps):
        return
    if any(frame.control(s) in (Control.PYTHON, Control.UNKNOWN) for s, _ in frame.around(node) if _decides(s)):
        return
    own = frame.find(nodes.If, nodes.IfExp)
    if not any(frame.control(statement) is Control.TENSOR for statement in own):
        return
    ends_in_python = any(
        frame.control(s) is not Control.TENSOR and any(True for _ in s.nodes_of_class((nodes.Return, nodes.Raise)))
        for s in own
        if isinstance(s, nodes.If)
    )
    if not ends_in_python:
        problem = "calls itself while only a tensor decides when to end, so tracing does not end (RecursionError)"
        name = f"`{node.func.as_string()}`"
        yield _effect(node, name, problem, "use a `while` on the tensor, or let a Python number decide")


def _decides(statement: nodes.NodeNG) -> bool:
    return isinstance(statement, nodes.If | nodes.IfExp | nodes.While | nodes.For | nodes.Try)


def _effect(node: nodes.NodeNG, name: str, problem: str, hint: str) -> Effect:
    return effect(RULE, node, name, problem, hint=hint, once_is_fine=False, lifted_is_fine=True)
