"""Prints in traced code, which run while tracing and not in every call.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers import deliberate, edits
from tf2lint.checkers.traced import Effect, confidence_in, effect, names_called, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF601",
    pylint_id="W6868",
    symbol="tf-print-in-function",
    summary="A print in traced code, which prints once for each trace and not in every call.",
    message="{name} {problem}: {hint}.",
    hint="use tf.print, which prints in every call, or say that it is about tracing (option tracing-print)",
    url="https://www.tensorflow.org/guide/function#executing_python_side_effects",
    severity=Severity.CHANGES,
    since="2.0",
)

_PRINTS = frozenset(
    "builtins.print pprint.pprint pprint.pp pprint.PrettyPrinter.pprint rich.print rich.console.Console.print "
    "rich.pretty.pprint IPython.display.display click.echo click.secho tqdm.tqdm.write termcolor.cprint".split()
)
_STREAMS = frozenset(
    f"sys.{stream}.{method}"
    for stream in ("stdout", "stderr", "__stdout__", "__stderr__")
    for method in ("write", "writelines")
)


@on_traced(RULE, nodes.Call)
def printed(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`print(x)`, `pprint.pprint(x)`, `sys.stdout.write("x")`."""
    names = names_called(frame, node)
    if not names or not all(name in _PRINTS or name in _STREAMS for name in names):
        return
    if (
        deliberate.is_setup(frame)
        or deliberate.tells_of_error(frame.ev, node)
        or deliberate.is_about_tracing(frame, node)
    ):
        return
    yield effect(
        RULE,
        node,
        names[0].removeprefix("builtins."),
        "runs while tracing, and not in every call",
        confidence=confidence_in(frame),
        once_is_fine=not deliberate.counts(node),
        eager_is_fine=True,
        lifted_is_fine=True,
        says=deliberate.text(frame.ev, node),
        edits=functools.partial(edits.as_tf_print, node) if _is_plain(frame, node, names) else None,
    )


_TENSORS = frozenset((Kind.TENSOR, Kind.EAGER, Kind.VARIABLE))


def _is_plain(frame: Frame, node: nodes.Call, names: list[str]) -> bool:
    """Whether `tf.print` prints the arguments as well: constants, and tensors, whose values it prints then."""
    if names != ["builtins.print"] or not node.args or not isinstance(node.parent, nodes.Expr):
        return False
    if any(k.arg not in ("sep", "end") or not isinstance(k.value, nodes.Const) for k in node.keywords):
        return False
    return all(isinstance(given, nodes.Const) or frame.of(given).kind in _TENSORS for given in node.args)
