"""Savers and SavedModel builders: objects are saved, not graphs."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF111",
    pylint_id="E6821",
    symbol="tf-saver",
    summary="Checkpoints and SavedModels are made from objects, not from a graph and a session.",
    message="{name} {problem}: {hint}.",
    hint="use tf.train.Checkpoint for checkpoints and tf.saved_model.save for models",
    url="https://www.tensorflow.org/guide/migrate/migrating_checkpoints#changes_from_tf1_to_tf2",
    severity=Severity.BREAKS,
)

NAMES = (
    "saved_model.Builder saved_model.LEGACY_INIT_OP_KEY saved_model.MAIN_OP_KEY saved_model.build_signature_def "
    "saved_model.build_tensor_info saved_model.builder saved_model.builder.* "
    "saved_model.classification_signature_def saved_model.constants saved_model.constants.* "
    "saved_model.experimental saved_model.experimental.* saved_model.get_tensor_from_tensor_info "
    "saved_model.is_valid_signature saved_model.load_v2 saved_model.loader saved_model.loader.* "
    "saved_model.main_op saved_model.main_op.* saved_model.main_op_with_restore "
    "saved_model.maybe_saved_model_directory saved_model.predict_signature_def "
    "saved_model.regression_signature_def saved_model.signature_constants saved_model.signature_constants.* "
    "saved_model.signature_def_utils saved_model.signature_def_utils.* saved_model.simple_save "
    "saved_model.tag_constants saved_model.tag_constants.* saved_model.utils saved_model.utils.* "
    "train.NewCheckpointReader train.Saver train.SaverDef train.checkpoint_exists "
    "train.generate_checkpoint_state_proto train.get_checkpoint_mtimes train.init_from_checkpoint "
    "train.remove_checkpoint train.update_checkpoint_state train.warm_start"
)

EAGER = {
    "raises RuntimeError": (
        "saved_model.build_tensor_info saved_model.classification_signature_def saved_model.predict_signature_def "
        "saved_model.regression_signature_def saved_model.signature_def_utils.classification_signature_def "
        "saved_model.signature_def_utils.predict_signature_def "
        "saved_model.signature_def_utils.regression_signature_def saved_model.simple_save "
        "saved_model.utils.build_tensor_info"
    ),
}
"""What compat.v1 does under eager execution, measured on TensorFlow 2.21."""

IDIOM = Idiom.of(RULE, NAMES, EAGER)
