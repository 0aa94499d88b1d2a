"""Prints in traced code, which run while tracing and not in every call.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers import deliberate
from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.values import External

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


@on_traced_call(RULE)
def printed(call: TracedCall) -> Iterator[Effect]:
    """`print(x)`, `pprint.pprint(x)`, `sys.stdout.write("x")`."""
    name = call.value.name if isinstance(call.value, External) else ""
    if name not in _PRINTS and name not in _STREAMS:
        return
    node = call.node
    if deliberate.is_setup(node) or deliberate.tells_of_error(node):
        return
    yield call.effect(
        RULE,
        "runs while tracing, and not in every call",
        name=name.removeprefix("builtins."),
        once_is_fine=not deliberate.counts(node),
        lifted_is_fine=True,
        says=deliberate.text(call.ev, node),
    )
