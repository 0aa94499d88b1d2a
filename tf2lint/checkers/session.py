"""Sessions: TensorFlow 2 runs operations when they are called."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF102",
    pylint_id="E6812",
    symbol="tf-session",
    summary="Sessions are gone: operations run when they are called.",
    message="{name} {problem}: {hint}.",
    hint="call Python functions on tensors directly and decorate the hot ones with @tf.function",
    url="https://www.tensorflow.org/guide/migrate/tf1_vs_tf2#functions_not_sessions",
    severity=Severity.BREAKS,
)

NAMES = (
    "ConfigProto GPUOptions GraphOptions InteractiveSession LogMessage OptimizerOptions RunMetadata RunOptions "
    "Session SessionLog delete_session_tensor get_default_session get_session_handle get_session_tensor "
    "keras.backend.get_session keras.backend.set_session train.Server"
)

IDIOM = Idiom.of(RULE, NAMES)
