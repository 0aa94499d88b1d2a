"""What calls give."""

from __future__ import annotations

import pathlib
import textwrap

import pytest

from tf2lint import api
from tools.returns import SELF, Reader
from tools.source import Definition, Function, Sort, Sources

FIRST = api.bit("1.15")
NEWEST = api.bit("2.21")

SOURCE = '''
    import functools
    class Tensor: ...
    class Child(Tensor): ...
    class Operation: ...
    class RaggedTensor: ...
    class Meta(type): ...

    def makes(): return Tensor()
    def makes_child(): return Child()
    def may(x):
        if x: return None
        return Tensor()
    def either(x): return Tensor() if x else Child()
    def other(x):
        if x: return Operation()
        return Tensor()
    def chained():
        found = makes()
        return found
    def changes(x):
        found = Tensor()
        for found in x: pass
        return found
    def gives(x): return x
    def values(): return [Tensor()]
    def closure():
        """Returns:
          A `Tensor`.
        """
        def inner(): ...
        return inner
    def generates(): yield Tensor()
    def said() -> "Tensor": ...
    def at_most() -> "Tensor | None": ...
    def said_wrongly() -> Operation: return Tensor()
    def said_rightly(x) -> Tensor:
        if x: return x
        return Child()
    def written(x):
        """Does.

        Args:
          x: A `Tensor`.

        Returns:
          A `Tensor` of `x`. Has the same type.

        Raises:
          E: if.
        """
        return x
    def reduced(x):
        """Returns:
          The reduced tensor, of the type of the input.
        """
        return x
    def step(x):
        """Returns:
          The global step tensor.
        """
        return x
    def this_or_that(x):
        """Returns:
          A `Tensor` or `Operation`.
        """
        return x
    def transformation(x):
        """Returns:
          A `Tensor` transformation function.
        """
        return x
    def several(x):
        """Returns:
          A list of `Tensor` objects.
        """
        return x
    def contradicted(x):
        """Returns:
          An `Operation`.
        """
        return Tensor()
    def half(x):
        """Returns:
          A `RaggedTensor`.
        """
        return x
    def operation(x):
        """Returns:
          The created Operation.
        """
        return x

    class Owner:
        def me(self): return self
        @classmethod
        def make(cls): return cls()
        def again(self): return self.make()
        @property
        def shape(self):
            """The `Tensor` of this."""
            return self._shape
        def plain(self):
            """The `Tensor` of this."""
            return self._shape
'''


@pytest.fixture(name="sources")
def _sources(tmp_path: pathlib.Path) -> Sources:
    (tmp_path / "tensorflow.py").write_text(textwrap.dedent(SOURCE), encoding="utf-8")
    return Sources([tmp_path])


@pytest.mark.parametrize(
    ("function", "cls"),
    [
        ("makes", "Tensor"),
        ("makes_child", "Child"),
        ("may", "Tensor"),
        ("either", None),
        ("other", None),
        ("chained", "Tensor"),
        ("changes", None),
        ("gives", None),
        ("values", None),
        ("closure", None),
        ("generates", None),
        ("said", "Tensor"),
        ("at_most", "Tensor"),
        ("said_wrongly", None),
        ("said_rightly", "Tensor"),
        ("written", "Tensor"),
        ("reduced", "Tensor"),
        ("step", None),
        ("this_or_that", None),
        ("transformation", None),
        ("several", None),
        ("contradicted", None),
        ("half", None),
        ("operation", "Operation"),
    ],
)
def test_witnesses(sources: Sources, function: str, cls: str | None) -> None:
    found = Reader(sources, eager=False).keys(sources.resolve("tensorflow", function))
    assert (found[0].split(":")[1] if found else None) == cls


def test_operations_that_run_at_once(sources: Sources) -> None:
    reader = Reader(sources, eager=True)
    assert reader.keys(sources.resolve("tensorflow", "operation")) is None
    assert reader.keys(sources.resolve("tensorflow", "written")) is not None


@pytest.mark.parametrize(
    ("member", "given"), [("me", SELF), ("make", SELF), ("again", SELF), ("shape", "Tensor"), ("plain", None)]
)
def test_members_of_a_class(sources: Sources, member: str, given: str | None) -> None:
    owner = sources.resolve("tensorflow", "Owner")
    method = sources.class_attribute(owner, member)
    assert method is not None
    assert isinstance(method.node, Function)
    found = Reader(sources, eager=False).keys(Definition(Sort.FUNCTION, method.module, method.node), owner)
    assert (found[0].split(":")[1] if found and ":" in found[0] else found and found[0]) == given


# The look-ups


@pytest.mark.parametrize(
    ("name", "world", "cls"),
    [
        ("tf.reduce_sum", NEWEST, "tf.Tensor"),
        ("tf.compat.v2.reduce_sum", NEWEST, "tf.Tensor"),
        ("tf.placeholder", FIRST, "tf.Tensor"),
        ("tf.compat.v1.placeholder", NEWEST, "tf.Tensor"),
        ("tf.nn.relu", FIRST, "tf.Tensor"),
        ("tf.get_default_session", FIRST, "tf.Session"),
        ("tf.compat.v1.get_default_session", FIRST, "tf.compat.v1.Session"),
        ("tf.compat.v1.get_default_session", NEWEST, "tf.compat.v1.Session"),
        ("tf.get_default_graph", FIRST, "tf.Graph"),
        ("tf.global_variables_initializer", FIRST, "tf.Operation"),
        ("tf.group", NEWEST, None),
        ("tf.train.MonitoredTrainingSession", FIRST, "tf.train.MonitoredSession"),
        ("tf.compat.v1.data.make_one_shot_iterator", FIRST, "tf.compat.v1.data.Iterator"),
        ("tf.sparse.reorder", NEWEST, "tf.SparseTensor"),
        ("tf.strings.split", NEWEST, None),
        ("tf.data.experimental.map_and_batch", NEWEST, None),
        ("tf.train.get_or_create_global_step", FIRST, None),
        ("tf.compat.v1.train.exponential_decay", NEWEST, None),
        ("tf.split", NEWEST, None),
        ("tf.keras.Input", NEWEST, None),
        ("tf.keras.ops.sum", NEWEST, None),
        ("tf.Graph", NEWEST, "tf.Graph"),
        ("tf.keras.models.clone_model", FIRST, "tf.keras.Model"),
        ("tf.compat.v1.Variable", NEWEST, "tf.Variable"),
        ("tf.contrib.layers.fully_connected", FIRST, None),
        ("tf.nothing", NEWEST, None),
    ],
)
def test_returns(name: str, world: int, cls: str | None) -> None:
    assert api.returns(name, world) == cls


@pytest.mark.parametrize(
    ("cls", "attribute", "world", "given"),
    [
        ("tf.data.Dataset", "map", FIRST, "tf.data.Dataset"),
        ("tf.data.Dataset", "map", NEWEST, "tf.data.Dataset"),
        ("tf.data.TFRecordDataset", "batch", NEWEST, "tf.data.Dataset"),
        ("tf.compat.v1.data.Dataset", "map", NEWEST, "tf.compat.v1.data.Dataset"),
        ("tf.data.Dataset", "from_tensor_slices", NEWEST, "tf.data.Dataset"),
        ("tf.data.Dataset", "make_initializable_iterator", FIRST, "tf.data.Iterator"),
        ("tf.data.Dataset", "element_spec", NEWEST, None),
        ("tf.Tensor", "shape", FIRST, "tf.TensorShape"),
        ("tf.Tensor", "shape", NEWEST, "tf.TensorShape"),
        ("tf.Tensor", "dtype", NEWEST, "tf.DType"),
        ("tf.Tensor", "op", FIRST, "tf.Operation"),
        ("tf.Variable", "initializer", FIRST, "tf.Operation"),
        ("tf.RaggedTensor", "from_row_splits", NEWEST, "tf.RaggedTensor"),
        ("tf.TensorShape", "with_rank", NEWEST, "tf.TensorShape"),
        ("tf.lite.TFLiteConverter", "from_saved_model", NEWEST, None),
        ("tf.keras.Model", "optimizer", NEWEST, None),
        ("tf.Tensor", "nothing", NEWEST, None),
        ("tf.Nothing", "shape", NEWEST, None),
    ],
)
def test_member_returns(cls: str, attribute: str, world: int, given: str | None) -> None:
    assert api.member_returns(cls, attribute, world) == given
