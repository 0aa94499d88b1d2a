"""Monitored sessions, hooks and supervisors."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF119",
    pylint_id="E6829",
    symbol="tf-monitored-session",
    summary="Monitored sessions and their hooks are gone; Keras callbacks and training loops take their place.",
    message="{name} {problem}: {hint}.",
    hint="write a training loop, or tf.keras.Model.fit with callbacks instead of hooks",
    url="https://www.tensorflow.org/guide/migrate/sessionrunhook_callback#tensorflow_2_create_a_custom_keras_callback_for_modelfit",
    severity=Severity.BREAKS,
)

NAMES = (
    "data.experimental.CheckpointInputPipelineHook train.CheckpointSaverHook train.CheckpointSaverListener "
    "train.ChiefSessionCreator train.FeedFnHook train.FinalOpsHook train.GlobalStepWaiterHook "
    "train.LoggingTensorHook train.MonitoredSession train.MonitoredTrainingSession "
    "train.NanLossDuringTrainingError train.NanTensorHook train.ProfilerHook train.Scaffold "
    "train.SecondOrStepTimer train.SessionCreator train.SessionManager train.SessionRunArgs "
    "train.SessionRunContext train.SessionRunHook train.SessionRunValues train.SingularMonitoredSession "
    "train.StepCounterHook train.StopAtStepHook train.SummarySaverHook train.Supervisor train.VocabInfo "
    "train.WorkerSessionCreator train.basic_train_loop"
)

EAGER = {
    "raises RuntimeError": (
        "train.MonitoredSession train.MonitoredTrainingSession train.SingularMonitoredSession train.Supervisor "
        "train.basic_train_loop"
    ),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
