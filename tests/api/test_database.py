"""What the database knows."""

from __future__ import annotations

import subprocess
import sys

import pytest
from packaging.specifiers import SpecifierSet

from tf2lint import api

FIRST = api.bit("1.15")
NEWEST = api.bit("2.21")
KERAS_3 = api.worlds(SpecifierSet(">=2.16"), SpecifierSet(">=3"))
LEGACY = api.worlds(SpecifierSet(">=2.16"), SpecifierSet("<3"))
OLD = api.worlds(SpecifierSet("<2.16"), None)


def known(name: str) -> api.Symbol:
    """A name's facts; the test fails where there are none."""
    found = api.symbol(name)
    assert found is not None, name
    return found


@pytest.mark.parametrize(
    ("name", "worlds"),
    [
        ("tf", api.ALL),
        ("tf.placeholder", FIRST),
        ("tf.compat.v1.placeholder", api.ALL),
        ("tf.compat.v2.reduce_sum", api.ALL),
        ("tf.keras.layers.Dense", api.ALL),
        ("tf.keras.layers.LocallyConnected1D", OLD | LEGACY),
        ("tf.estimator.Estimator", OLD),
        ("tf.contrib.rnn.LSTMCell", FIRST),
        ("tf.contrib.layers.xavier_initializer", FIRST),
        ("tf.flags.DEFINE_string", FIRST),
        ("tf.raw_ops.Add", api.ALL),
        ("keras.layers.Dense", api.ALL),
    ],
)
def test_where_names_are(name: str, worlds: int) -> None:
    assert known(name).worlds == worlds


@pytest.mark.parametrize("name", ["tf.placeholders", "tf.keras.layers.Dens", "torch", "", "tf.", "tf.compat.v2.nope"])
def test_unknown_names(name: str) -> None:
    assert api.symbol(name) is None


def test_kinds() -> None:
    assert known("tf.nn").kind is api.Kind.MODULE
    assert known("tf.reduce_sum").kind is api.Kind.FUNCTION
    assert known("tf.Variable").kind is api.Kind.CLASS
    assert known("tf.float32").kind is api.Kind.VALUE
    assert known("tf.signal.irfft").kind is api.Kind.FUNCTION


def test_keras_follows_keras() -> None:
    """`mean_squared_error` left tf.keras.losses with a Keras, not with a TensorFlow."""
    worlds = known("tf.keras.losses.mean_squared_error").worlds
    assert worlds & api.bit("2.16", "3.0")
    assert not worlds & api.bit("2.16", "3.15")
    assert worlds & api.bit("2.21", "2")


@pytest.mark.parametrize(
    ("name", "attribute", "imports"),
    [
        ("tf.losses", True, False),
        ("tf.keras", True, True),
        ("tf.keras.saving", False, True),
        ("tf.keras.saving.load_model", False, True),
        ("tf.compat.v1.keras", True, False),
        ("tf.distribute.MirroredStrategy", True, False),
        ("tf.lite.TFLiteConverter", True, False),
        ("tf.nn.relu", True, True),
    ],
)
def test_attribute_and_import_differ(name: str, attribute: bool, imports: bool) -> None:
    found = known(name)
    assert bool(found.worlds & NEWEST) is attribute
    assert bool(found.imports & NEWEST) is imports


def test_import_before_it_changed() -> None:
    assert known("tf.losses").imports == FIRST
    assert known("tf.distribute.MirroredStrategy").imports & api.bit("2.4")
    assert not known("tf.nn").imports & api.bit("2.1")
    assert known("tf.nn").imports & api.bit("2.2")


@pytest.mark.parametrize(
    "name", ["tf.compat.v1.layers.dense", "tf.compat.v1.nn.rnn_cell.LSTMCell", "tf.keras.optimizers.legacy.Adam"]
)
def test_what_is_there_and_raises(name: str) -> None:
    found = known(name)
    assert found.raises == KERAS_3
    assert not KERAS_3 & ~found.worlds
    assert not found.raises & LEGACY


def test_the_namespaces_of_what_raises() -> None:
    assert not known("tf.compat.v1.layers").raises
    assert not known("tf.compat.v1.nn.rnn_cell").raises


@pytest.mark.parametrize(
    "name",
    [
        "tf.flags.DEFINE_anything",
        "tf.python.ops.array_ops",
        "tf.contrib.slim.nets.resnet_v1",
        "tf.contrib.boosted_trees.estimator_batch",
        "tf.examples.tutorials.mnist.input_data.read_data_sets",
        "tf.compat.v1.ConfigProto.gpu_options",
        "tf.lite.python.interpreter",
        "keras.layers.core.Dense",
        "keras.src.layers",
    ],
)
def test_open_names(name: str) -> None:
    assert api.is_open(name)


@pytest.mark.parametrize("name", ["tf.placeholders", "tf.nn.nothing", "tf.keras.layers.nothing", "tf.compat.v1.nope"])
def test_closed_names(name: str) -> None:
    assert not api.is_open(name)


def test_only_importable() -> None:
    mnist = known("tf.examples.tutorials.mnist")
    assert not mnist.worlds
    assert mnist.imports == FIRST
    assert known("tf.contrib.slim.nets").imports == FIRST
    assert not known("keras.layers.core").imports & NEWEST


def test_removed_at_two() -> None:
    """What 2.0 took away: 866 names and the rest of the members that absl gives to tf.flags."""
    gone = 0
    for name in api.names():
        if name.startswith("tf.") and not name.startswith(("tf.contrib.", "tf.compat.", "tf.raw_ops.")):
            found = known(name)
            worlds = found.worlds
            if found.kind is not api.Kind.MODULE and ".flags." not in name:
                gone += bool(worlds & FIRST and not worlds & api.bit("2.0"))
    assert gone == 854  # The other 12 of the 866 are in tf.flags and tf.app.flags.


def test_names_are_sorted_and_unique() -> None:
    names = list(api.names())
    assert len(names) == len(set(names)) > 17_000
    assert [name + "\t" for name in names] == sorted(name + "\t" for name in names)


def test_every_name_is_somewhere_and_below_a_name() -> None:
    for name in api.names():
        found = known(name)
        assert found.worlds | found.imports, name
        assert not found.raises & ~found.worlds, name
        parent = name.rpartition(".")[0]
        assert not parent or api.symbol(parent) is not None, name


def test_children() -> None:
    assert "placeholder" in api.children("tf")
    assert "compat" in api.children("tf")
    assert "keras.layers" not in api.children("tf")
    assert {"dense", "Dense"} <= set(api.children("tf.layers"))
    assert api.children("tf.placeholder") == ()


def test_last_names() -> None:
    assert {"placeholder", "Dense", "contrib"} <= api.last_names()
    assert "tf.placeholder" not in api.last_names()
    assert "feed_dict" not in api.last_names()


def test_suggestion() -> None:
    assert api.suggest("tf.reduce_sums", NEWEST) == "tf.reduce_sum"
    assert api.suggest("tf.placeholdr", NEWEST) is None
    assert api.suggest("tf.placeholdr", FIRST) == "tf.placeholder"


# Signatures


def spelt(name: str, world: int) -> list[str]:
    """The names of the parameters in one world."""
    found = api.signature(name, world)
    assert found is not None, name
    return [parameter.name for parameter in found.parameters]


def test_signatures_change() -> None:
    assert spelt("tf.reduce_sum", NEWEST) == ["input_tensor", "axis", "keepdims", "name"]
    assert spelt("tf.reduce_sum", FIRST)[-1] == "keep_dims"
    assert "keep_dims" in spelt("tf.compat.v1.reduce_sum", NEWEST)
    assert spelt("tf.boolean_mask", FIRST) == ["tensor", "mask", "name", "axis"]
    assert spelt("tf.boolean_mask", NEWEST) == ["tensor", "mask", "axis", "name"]
    assert spelt("tf.compat.v2.reduce_sum", NEWEST) == spelt("tf.reduce_sum", NEWEST)


def test_signature_where_there_is_none() -> None:
    assert api.signature("tf.float32", NEWEST) is None
    assert api.signature("tf.nothing", NEWEST) is None
    assert api.signature("tf.raw_ops.Add", NEWEST) is None


def test_parameters() -> None:
    found = api.signature("tf.function", NEWEST)
    assert found is not None
    first = found.parameters[0]
    assert first == api.Parameter("func", api.ParameterKind.POSITIONAL_OR_KEYWORD, True, "None")
    print_ = api.signature("tf.print", NEWEST)
    assert print_ is not None
    assert print_.takes_any_position
    assert print_.takes_any_keyword
    assert print_.positional == ()
    assert print_.get("inputs") is None
    dense = api.signature("tf.keras.layers.Dense", NEWEST)
    assert dense is not None
    assert dense.positional[0].name == "units"
    assert not dense.positional[0].default
    assert dense.get("units") is dense.parameters[0]


def test_every_signature_is_well_formed() -> None:
    order = {kind: number for number, kind in enumerate(api.ParameterKind)}
    seen = 0
    for name in api.names():
        for world in (FIRST, api.bit("2.8"), NEWEST):
            found = api.signature(name, world)
            if found is None:
                continue
            seen += 1
            kinds = [order[parameter.kind] for parameter in found.parameters]
            assert kinds == sorted(kinds), name
            assert all(parameter.name.isidentifier() for parameter in found.parameters), name
    assert seen > 15_000


# Classes


def test_members() -> None:
    iterator = api.member("tf.data.Dataset", "make_one_shot_iterator")
    assert iterator is not None
    assert iterator.worlds == FIRST
    assert api.member("tf.data.Dataset", "nothing") is None
    in_v1 = api.member("tf.compat.v1.data.Dataset", "make_one_shot_iterator")
    assert in_v1 is not None
    assert in_v1.worlds == api.ALL
    assert "make_one_shot_iterator" not in api.members("tf.data.Dataset", NEWEST)
    assert {"map", "batch", "element_spec"} <= api.members("tf.data.Dataset", NEWEST)


def test_inherited_members() -> None:
    weight = api.member("tf.keras.layers.Dense", "add_weight")
    assert weight is not None
    assert weight.worlds == api.ALL
    generator = api.member("tf.keras.Sequential", "fit_generator")
    assert generator is not None
    assert generator.worlds == OLD | LEGACY
    assert "tf.keras.layers.Layer" in api.ancestors("tf.keras.layers.Dense", FIRST)
    assert "tf.train.Optimizer" in api.ancestors("tf.train.AdamOptimizer", FIRST)
    assert "tf.keras.layers.Dense" in api.ancestors("tf.layers.Dense", FIRST)


def test_signatures_of_members() -> None:
    minimize = api.member_signature("tf.train.AdamOptimizer", "minimize", FIRST)
    assert minimize is not None
    assert [parameter.name for parameter in minimize.parameters][:2] == ["loss", "global_step"]
    assert api.member_signature("tf.Session", "graph", FIRST) is None


def test_members_agree_with_each_other() -> None:
    for world in (FIRST, NEWEST):
        for cls in ("tf.keras.Model", "tf.Tensor", "tf.train.Optimizer", "tf.contrib.tpu.RunConfig"):
            for name in api.members(cls, world):
                found = api.member(cls, name)
                assert found is not None
                assert found.worlds & world, (cls, name)


# Replacements


@pytest.mark.parametrize(
    ("name", "replacement", "native"),
    [
        ("tf.log", "tf.math.log", True),
        ("tf.placeholder", "tf.compat.v1.placeholder", False),
        ("tf.assign", "tf.compat.v1.assign", False),
        ("tf.train.AdamOptimizer", "tf.keras.optimizers.Adam", True),
        ("tf.compat.v1.train.AdamOptimizer", "tf.keras.optimizers.Adam", True),
        ("tf.contrib.layers.xavier_initializer", "tf.keras.initializers.GlorotUniform", True),
        ("tf.layers.Dense", "tf.keras.layers.Dense", True),
        ("tf.keras.losses.mean_squared_error", "tf.keras.losses.MSE", True),
        ("tf.losses.mean_squared_error", "tf.compat.v1.losses.mean_squared_error", False),
        ("tf.gfile.FastGFile", "tf.io.gfile.GFile", True),
        ("tf.estimator.SessionRunHook", "tf.compat.v1.train.SessionRunHook", False),
    ],
)
def test_replacements(name: str, replacement: str, native: bool) -> None:
    assert api.replacement(name, NEWEST) == api.Replacement(replacement, native)


@pytest.mark.parametrize(
    "name",
    ["tf.layers.dense", "tf.nn.rnn_cell.LSTMCell", "tf.estimator.Estimator", "tf.nothing", "tf.contrib.crf.crf_decode"],
)
def test_no_replacement(name: str) -> None:
    assert api.replacement(name, NEWEST) is None


def test_replacements_depend_on_the_target() -> None:
    assert api.replacement("tf.layers.dense", api.bit("2.15")) == api.Replacement("tf.compat.v1.layers.dense", False)
    assert api.replacement("tf.layers.dense", api.bit("2.15") | NEWEST) is None
    assert api.replacement("tf.layers.dense", api.bit("2.21", "2")) is not None


@pytest.mark.parametrize("target", ["==1.15.*", "==2.4.*", "==2.15.*", "==2.21.*", ">=2.0", ">=1.15"])
def test_every_replacement_is_alive(target: str) -> None:
    """Asked again by other means than the look-up's own."""
    worlds = api.worlds(SpecifierSet(target), SpecifierSet("") if target.startswith(">") else None)
    offered = 0
    for name in api.names():
        found = api.replacement(name, worlds)
        if found is None:
            continue
        offered += 1
        symbol = api.symbol(found.name)
        if symbol is None:
            cls, _, attribute = found.name.rpartition(".")
            of_class = api.member(cls, attribute)
            assert of_class is not None
            assert of_class.worlds & worlds == worlds
        else:
            assert symbol.worlds & worlds == worlds, (name, found)
            assert not symbol.raises & worlds, (name, found)
        assert found.name != name
        assert found.native is not found.name.startswith("tf.compat.v1.")
    assert offered > 500


def test_deprecations() -> None:
    found = api.deprecation("tf.compat.v1.layers.dense")
    assert found is not None
    assert found.since == "1.15"
    assert api.deprecation("tf.reduce_sum") is None
    assert api.deprecation("tf.nothing") is None


def test_import_reads_no_data() -> None:
    """Importing the package costs no decompression; asking for a name does not touch the details."""
    program = (
        "from tf2lint import api; from tf2lint.api import data; import sys;"
        "assert not data.names.cache_info().currsize; api.symbol('tf.nn');"
        "assert data.names.cache_info().currsize and not data.details.cache_info().currsize;"
        "api.signature('tf.nn.relu', 1); assert data.details.cache_info().currsize;"
        "assert not {'tensorflow', 'keras', 'astroid'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
