"""Optimizers and learning-rate schedules of TensorFlow 1."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF113",
    pylint_id="E6823",
    symbol="tf-legacy-optimizer",
    summary="The optimizers of tf.train minimize a graph tensor; Keras optimizers take their place.",
    message="{name} {problem}: {hint}.",
    hint="use an optimizer of tf.keras.optimizers with tf.GradientTape",
    url="https://www.tensorflow.org/guide/migrate/migrate_tf2#convert_tf1x_optimizers_to_keras_optimizers",
    severity=Severity.BREAKS,
)

NAMES = (
    "keras.experimental.LinearCosineDecay "
    "keras.experimental.NoisyLinearCosineDecay train.AdadeltaOptimizer train.AdagradDAOptimizer "
    "train.AdagradOptimizer train.AdamOptimizer train.FtrlOptimizer train.GradientDescentOptimizer "
    "train.MomentumOptimizer train.Optimizer train.ProximalAdagradOptimizer "
    "train.ProximalGradientDescentOptimizer train.RMSPropOptimizer train.SyncReplicasOptimizer train.cosine_decay "
    "train.cosine_decay_restarts train.experimental.DynamicLossScale train.experimental.FixedLossScale "
    "train.experimental.LossScale train.experimental.MixedPrecisionLossScaleOptimizer "
    "train.experimental.disable_mixed_precision_graph_rewrite "
    "train.experimental.enable_mixed_precision_graph_rewrite train.exponential_decay train.inverse_time_decay "
    "train.linear_cosine_decay train.natural_exp_decay train.noisy_linear_cosine_decay train.piecewise_constant "
    "train.piecewise_constant_decay train.polynomial_decay train.sdca_fprint train.sdca_optimizer "
    "train.sdca_shrink_l1"
)

IDIOM = Idiom.of(RULE, NAMES)
