"""Log messages and warnings in traced code, which are given while tracing and not in every call.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

from collections.abc import Iterator

from tf2lint.checkers import deliberate
from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import External, TfMember, TfName

RULE = Rule(
    code="TF602",
    pylint_id="W6869",
    symbol="tf-logging-in-function",
    summary="A log message or a warning in traced code, which is given once for each trace and not in every call.",
    message="{name} {problem}: {hint}.",
    hint="use tf.print(..., output_stream=tf.logging.INFO is gone: sys.stderr or a file), or log outside",
    url="https://www.tensorflow.org/guide/function#executing_python_side_effects",
    severity=Severity.CHANGES,
    since="2.0",
)

_LEVELS = frozenset(
    "debug info warning warn error exception critical fatal log vlog log_if log_every_n log_every_n_seconds trace "
    "success".split()
)
_LOGGERS = ("logging.Logger.", "logging.LoggerAdapter.", "logging.", "absl.logging.", "loguru.logger.")
_WARNINGS = frozenset(("warnings.warn", "warnings.warn_explicit"))


def logs(value: object) -> str:
    """The name of what logs or warns; empty for everything else."""
    if isinstance(value, External):
        owner, _, last = value.name.rpartition(".")
        if value.name in _WARNINGS or (last in _LEVELS and f"{owner}." in _LOGGERS):
            return value.name
    elif isinstance(value, TfName):
        owner, _, last = legacy(value.name)[1].rpartition(".")
        if owner == "logging" and last in _LEVELS:
            return value.name
    elif isinstance(value, TfMember) and value.attribute in _LEVELS and value.cls.endswith("get_logger"):
        return f"{value.cls}().{value.attribute}"
    return ""


@on_traced_call(RULE)
def logged(call: TracedCall) -> Iterator[Effect]:
    """`logging.info("x=%s", x)`, `warnings.warn("not a number")`."""
    name = logs(call.value)
    node = call.node
    if not name or deliberate.is_setup(node) or deliberate.tells_of_error(node):
        return
    yield call.effect(
        RULE,
        "is called while tracing, and not in every call",
        name=name,
        once_is_fine=not deliberate.counts(node),
        lifted_is_fine=True,
        says=deliberate.text(call.ev, node),
    )
