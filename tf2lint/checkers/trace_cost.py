"""What makes traces large, or many, or leaves them out: matters of cost. Off by default.

https://www.tensorflow.org/guide/function#looping_over_python_data
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.base import Called, Module, finding, on_call, on_called, on_node
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Confidence, Finding, Rule, Severity
from tf2lint.inference import classes
from tf2lint.inference.index import last_name
from tf2lint.inference.returns import legacy
from tf2lint.inference.scalars import NUMBER, Scalars, loops
from tf2lint.inference.values import Const, TfName
from tf2lint.tracing import kinds, scopes
from tf2lint.tracing.calls import passed
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.roots import runs_eagerly
from tf2lint.tracing.run import Control
from tf2lint.tracing.sites import sites_of

RULE = Rule(
    code="TF807",
    pylint_id="R6810",
    symbol="tf-trace-cost",
    summary="Long loops that are unrolled, shapes that retrace, switches that make everything run eagerly.",
    message="{name} {problem}: {hint}.",
    hint="loop over tf.range, or over a tensor",
    url="https://www.tensorflow.org/guide/function#looping_over_python_data",
    severity=Severity.DISCOURAGED,
    since="2.0",
    default=False,
)

_SHAPES = "https://www.tensorflow.org/guide/function#use_unknown_dimensions_for_flexibility"
_DEBUG = "https://www.tensorflow.org/api_docs/python/tf/config/run_functions_eagerly"
_TEST = re.compile(r"(^|/)(tests?|testing)/|(^|/)(test_[^/]*|[^/]*_test|conftest)\.py$")
_LONG = 50
_FEW = 2
_SHAPED = frozenset("zeros ones fill random.normal random.uniform random.truncated_normal eye range".split())
_KEEP_BATCHES = frozenset("prefetch cache shuffle repeat take skip map with_options enumerate".split())


# Eager switches


@on_called(
    RULE,
    "tf.config.run_functions_eagerly tf.config.experimental_run_functions_eagerly "
    "tf.data.experimental.enable_debug_mode",
)
def switched(called: Called) -> Iterator[Finding]:
    """`tf.config.run_functions_eagerly(True)`."""
    given = [*called.arguments.positional, *called.arguments.keywords.values()]
    asked = called.name.endswith("enable_debug_mode") or (given and called.constant(given[0]) is True)
    if asked and not _is_test(called.module) and not _is_choice(called.node):
        yield _left(called.node, called.name)


@on_call(RULE, keywords=frozenset(("run_eagerly",)))
def compiled(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`model.compile(run_eagerly=True)`."""
    if last_name(node.func) != "compile" or _is_choice(node):
        return
    for keyword in node.keywords:
        if keyword.arg == "run_eagerly" and module.values(keyword.value) == [Const(True)] and not _is_test(module):
            yield _left(keyword, "run_eagerly=True")


@on_node(RULE, nodes.AssignAttr)
def assigned(module: Module, node: nodes.AssignAttr) -> Iterator[Finding]:
    """`model.run_eagerly = True`."""
    statement = node.parent
    if node.attrname != "run_eagerly" or not isinstance(statement, nodes.Assign):
        return
    if _is_test(module) or _is_choice(node):
        return
    owners = (classes.instance_of(module.ev, value) for value in module.values(node.expr))
    if module.values(statement.value) == [Const(True)] and any(o and kinds.below_keras(o) for o in owners):
        yield _left(node, "run_eagerly")


def _left(node: nodes.NodeNG, name: str) -> Finding:
    problem = "is left on: nothing is traced, and all runs as slowly as Python does"
    hint = "take it out when the search for the error is over"
    return finding(RULE, node, name, problem, Confidence.BINDING, hint=hint, url=_DEBUG)


def _is_choice(node: nodes.NodeNG) -> bool:
    """Whether somebody decides about a switch: `if args.debug:`."""
    above = node.parent
    while above is not None:
        if isinstance(above, nodes.If) and "__name__" not in above.test.as_string():
            return True
        above = above.parent
    return False


def _is_test(module: Module) -> bool:
    return bool(_TEST.search(str(module.tree.file or "").replace("\\", "/")))


# Loops


@on_traced(RULE, nodes.For)
def unrolled(node: nodes.For, frame: Frame) -> Iterator[Effect]:
    """`for i in range(200): x = x + i`."""
    if frame.control(node) not in (Control.PYTHON, Control.UNKNOWN) or frame.traced.lifted:
        return
    count = _turns(node, frame)
    if count >= _LONG and any(frame.of(part).is_symbolic for part in _computed(node, frame)):
        problem = f"of {count} turns is unrolled: its operations are in the graph {count} times"
        yield effect(RULE, node.iter, "a loop", problem, once_is_fine=False)


def _turns(node: nodes.For, frame: Frame) -> int:
    """The turns of a loop over a constant range; 0 for others."""
    if not isinstance(node.iter, nodes.Call) or not frame.names(node.iter.func) & {"builtins.range", "numpy.arange"}:
        return 0
    given = [frame.of(argument).value for argument in node.iter.args]
    whole = [value for value in given if isinstance(value, int)]
    if not 0 < len(whole) == len(given) <= 3 or whole[2:] == [0]:
        return 0
    return len(range(*whole))


def _computed(node: nodes.For, frame: Frame) -> Iterator[nodes.NodeNG]:
    for part in frame.find(nodes.BinOp, nodes.Call, nodes.AugAssign):
        if node.parent_of(part):
            yield part.target if isinstance(part, nodes.AugAssign) else part


# Shapes


@on_node(RULE, nodes.Call)
def reshaped(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`f(tf.zeros([i]))` in a loop over `i`."""
    sites = sites_of(module.ev)
    site = sites.at(node)
    if site is None or sites.repeated(node) is None or runs_eagerly(module.ev, module.tree):
        return
    if any(sites.setting(site.made, name) is not None for name in ("input_signature", "reduce_retracing")):
        return
    scalars = Scalars(module.ev, sites.callers, passed, converted=False)
    for _, argument in site.arguments():
        if _varies(module, argument, scalars):
            problem = f"is traced anew for every shape of `{argument.as_string()}`"
        elif _is_partial_batch(module, argument):
            problem = f"is traced once more for the last batch of `{argument.as_string()}`, which may be smaller"
        else:
            continue
        hint = "leave the size open in an input_signature, or use reduce_retracing=True or drop_remainder=True"
        name = scopes.name_of(site.made.function)
        yield finding(RULE, argument, name, problem, Confidence.INFERENCE, hint=hint, url=_SHAPES)


def _varies(module: Module, argument: nodes.NodeNG, scalars: Scalars) -> bool:
    """Whether a tensor is made with a size that a loop changes, or cut to one."""
    sizes: list[nodes.NodeNG] = []
    if isinstance(argument, nodes.Call) and argument.args:
        named = {legacy(v.name)[1] for v in module.values(argument.func) if isinstance(v, TfName)}
        if named & _SHAPED:
            shape = argument.args[0]
            sizes = list(shape.elts) if isinstance(shape, nodes.List | nodes.Tuple) else [shape]
    elif isinstance(argument, nodes.Subscript) and isinstance(argument.slice, nodes.Slice):
        given = [bound for bound in (argument.slice.lower, argument.slice.upper) if bound is not None]
        sizes = given if len(given) == 1 else []
    found = [scalars.of(size) for size in sizes]
    return any(size is not None and size.kind == NUMBER and size.count > _FEW for size in found)


def _is_partial_batch(module: Module, argument: nodes.NodeNG) -> bool:
    """Whether a loop hands on what `dataset.batch(n)` gives."""
    if not isinstance(argument, nodes.Name):
        return False
    for loop in loops(argument):
        if isinstance(loop, nodes.For):
            targets = [target.name for target in loop.target.nodes_of_class(nodes.AssignName)]
            if argument.name in targets:
                return _leaves_rest(module, loop.iter)
    return False


def _leaves_rest(module: Module, node: nodes.NodeNG) -> bool:
    node = module.ev.literal(node)
    while isinstance(node, nodes.Call) and isinstance(node.func, nodes.Attribute):
        name = node.func.attrname
        if name == "batch":
            owners = module.values(node.func.expr)
            told = len(node.args) > 1 or any(keyword.arg == "drop_remainder" for keyword in node.keywords)
            known = [classes.instance_of(module.ev, owner) or "" for owner in owners]
            return not told and bool(known) and all(cls.endswith("Dataset") for cls in known)
        if name not in _KEEP_BATCHES:
            return False
        node = module.ev.literal(node.func.expr)
    return False
