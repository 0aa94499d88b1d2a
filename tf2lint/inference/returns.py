"""What calls beyond the border give.

The API database knows the class that most functions and methods give. What it can not know, since a context manager or
a wrapper stands between, is added here, read off TensorFlow 1.15.5 and 2.21.
"""

from __future__ import annotations

from tf2lint import api
from tf2lint.inference.values import TfInstance, TfMember, TfName, TfResult, Values, only

_FUNCTIONS = {
    "get_default_session": "Session",
    "get_default_graph": "Graph",
    "train.MonitoredTrainingSession": "train.MonitoredSession",
    "train.get_checkpoint_state": None,
    "python_io.tf_record_iterator": None,
    "data.make_one_shot_iterator": "data.Iterator",
    "data.make_initializable_iterator": "data.Iterator",
    "summary.FileWriter": "summary.FileWriter",
}
"""Functions of `tf` and of `tf.compat.v1`, by the part of the name that they share."""

_SESSIONS = frozenset(("Session", "InteractiveSession", "train.MonitoredSession", "train.SingularMonitoredSession"))
_DATASET_MAKERS = frozenset(
    (
        "apply batch cache concatenate enumerate filter flat_map from_generator from_sparse_tensor_slices from_tensors "
        "from_tensor_slices group_by_window interleave list_files map padded_batch prefetch ragged_batch random range "
        "rebatch repeat scan shard shuffle skip snapshot take take_while unbatch unique window with_options zip"
    ).split()
)
_ITERATOR_MAKERS = frozenset(("make_one_shot_iterator", "make_initializable_iterator"))
_ITERATOR_FACTORIES = frozenset(("from_structure", "from_string_handle"))


def legacy(name: str) -> tuple[str, str]:
    """A canonical name as (`tf` or `tf.compat.v1`, the rest), which says what it is to TensorFlow 1."""
    if name.startswith("tf.compat.v1."):
        return "tf.compat.v1", name[len("tf.compat.v1.") :]
    return "tf", name.removeprefix("tf.")


def is_session(cls: str) -> bool:
    """Whether a class, by canonical name, is a session of TensorFlow 1."""
    return legacy(cls)[1] in _SESSIONS


def is_dataset(cls: str) -> bool:
    """Whether a class, by canonical name, is `tf.data.Dataset` or one of its kinds."""
    _, name = legacy(cls)
    if not name.startswith(("data.", "contrib.data.")):
        return False
    return name.rpartition(".")[2].endswith("Dataset") or name.endswith("DatasetV2")


def of_function(value: TfName) -> Values:
    """What calling a function of TensorFlow gives."""
    home, name = legacy(value.name)
    made = _FUNCTIONS.get(name)
    if made:
        return only(TfInstance(f"{home}.{made}", value.worlds))
    owner, _, last = name.rpartition(".")
    if last in _DATASET_MAKERS and is_dataset(f"{home}.{owner}"):
        return only(TfInstance(f"{home}.data.Dataset", value.worlds))
    if last in _ITERATOR_FACTORIES and owner == "data.Iterator":
        return only(TfInstance(f"{home}.data.Iterator", value.worlds))
    return _of_class(class_of(value.name, value.worlds), value.name, value.worlds)


def class_of(made_by: str, worlds: int) -> str | None:
    """The class that a function or a method, by canonical name, gives; None where that is not known.

    Of a name that the worlds lack, what it gave last: what follows is judged by what the program means.
    """
    symbol = api.symbol(made_by)
    if symbol is not None:
        there = (symbol.worlds | symbol.imports) & worlds or symbol.worlds | symbol.imports
        return api.returns(made_by, api.newest(there))
    cls, _, attribute = made_by.rpartition(".")
    owner = api.symbol(cls)
    if owner is None:
        return None
    there = (owner.worlds | owner.imports) & worlds or owner.worlds | owner.imports
    return api.member_returns(cls, attribute, api.newest(there))


def _of_class(cls: str | None, made_by: str, worlds: int) -> Values:
    """An instance of the class that the database names; tensors are told apart by what made them."""
    if cls is None or cls in _TENSORS:
        return only(TfResult(made_by, worlds))
    return only(TfInstance(cls, worlds))


_TENSORS = frozenset(("tf.Tensor", "tf.Operation", "tf.compat.v1.Tensor", "tf.compat.v1.Operation"))


def of_member(value: TfMember) -> Values:
    """What calling a member of an instance of TensorFlow gives."""
    home, name = legacy(value.cls)
    if value.attribute in ("as_default", "__enter__") and (name in _SESSIONS or name == "Graph"):
        return only(TfInstance(value.cls, value.worlds))
    if is_dataset(value.cls):
        if value.attribute in _DATASET_MAKERS:
            return only(TfInstance(f"{home}.data.Dataset", value.worlds))
        if value.attribute in _ITERATOR_MAKERS:
            return only(TfInstance(f"{home}.data.Iterator", value.worlds))
    if name == "train.Supervisor" and value.attribute in ("managed_session", "prepare_or_wait_for_session"):
        return only(TfInstance(f"{home}.Session", value.worlds))
    made_by = f"{value.cls}.{value.attribute}"
    return _of_class(class_of(made_by, value.worlds), made_by, value.worlds)
