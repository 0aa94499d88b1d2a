"""Log messages and warnings in traced code, which are given while tracing and not in every call.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers import deliberate
from tf2lint.checkers.traced import Effect, confidence_in, effect, names_called, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference.index import last_name
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import Unknown
from tf2lint.tracing.frames import Frame
from tf2lint.tracing.roots import OF_KERAS
from tf2lint.tracing.scopes import is_outer

RULE = Rule(
    code="TF602",
    pylint_id="W6869",
    symbol="tf-logging-in-function",
    summary="A log message or a warning in traced code, which is given once for each trace and not in every call.",
    message="{name} {problem}: {hint}.",
    hint="log what the function returns, use tf.print, or log in tf.py_function",
    url="https://www.tensorflow.org/guide/function#executing_python_side_effects",
    severity=Severity.CHANGES,
    since="2.0",
)

_LEVELS = frozenset(
    "debug info warning warn error exception critical fatal log vlog log_if log_every_n log_every_n_seconds trace "
    "success".split()
)
_LOGGERS = ("logging.Logger.", "logging.LoggerAdapter.", "logging.", "absl.logging.", "loguru.logger.")
_BUILDS = frozenset(("call", "__call__"))
"""Methods of Keras in which a model says what it is built of."""
_OLD = frozenset("DeprecationWarning PendingDeprecationWarning FutureWarning".split())
"""Categories of warnings about how a function is called, for which once is enough."""
_LOGGER = re.compile(r"_*(log|logger|logging)", re.IGNORECASE)
_WARNINGS = frozenset(("warnings.warn", "warnings.warn_explicit"))


@on_traced(RULE, nodes.Call)
def logged(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`logging.info("x=%s", x)`, `warnings.warn("not a number")`."""
    names = names_called(frame, node) or _by_spelling(frame, node)
    if not names or not all(_logs(name) for name in names):
        return
    if deliberate.is_setup(frame) or deliberate.tells_of_error(frame.ev, node):
        return
    shows = any(deliberate.is_symbolic(frame, one) for one in deliberate.shown(node))
    by_tensor = deliberate.depends_on_tensor(frame, node) and not _shows_static(node)
    if not shows and not by_tensor and not _reads_as_one_per_call(node, frame):
        return
    name = names[0]
    problem = "shows a tensor of the graph, while tracing" if shows else "is called while tracing"
    yield effect(
        RULE,
        node,
        name,
        f"{problem}, and not in every call",
        confidence=confidence_in(frame),
        once_is_fine=not deliberate.counts(node),
        eager_is_fine=True,
        lifted_is_fine=True,
        says=deliberate.text(frame.ev, node),
    )


def _by_spelling(frame: Frame, node: nodes.Call) -> list[str]:
    """The method of a logger that nobody knows but by its name, `self.logger` that came as an argument."""
    func = node.func
    if not isinstance(func, nodes.Attribute) or not _LOGGER.fullmatch(last_name(func.expr)):
        return []
    return (
        []
        if any(not isinstance(value, Unknown) for value in frame.values(func))
        else [f"logging.Logger.{func.attrname}"]
    )


def _logs(name: str) -> bool:
    """Whether a function or method, by dotted name, logs or warns."""
    owner, _, last = name.rpartition(".")
    if name in _WARNINGS:
        return True
    if last not in _LEVELS:
        return False
    return f"{owner}." in _LOGGERS or owner.endswith("get_logger") or legacy(owner)[1] == "logging"


def _reads_as_one_per_call(node: nodes.Call, frame: Frame) -> bool:
    """Whether a message stands in the tf.function itself, or in a callback, under no condition.

    One that shows a setting from outside tells how the function is built.
    """
    builds = frame.traced.reason == OF_KERAS and getattr(frame.function, "name", "") in _BUILDS
    if frame.caller is not None or builds or deliberate.is_conditional(node):
        return False
    if _shows_static(node) or any(last_name(one) in _OLD for one in deliberate.shown(node)):
        return False
    return not any(is_outer(one) and not _is_category(one) for one in deliberate.shown(node))


def _is_category(node: nodes.NodeNG) -> bool:
    return last_name(node).endswith("Warning")


def _shows_static(node: nodes.Call) -> bool:
    return any(deliberate.is_static(one) for one in deliberate.shown(node))
