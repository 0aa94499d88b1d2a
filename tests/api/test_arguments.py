"""What became of arguments: the tables of TensorFlow's own script, and what the database made of them."""

from __future__ import annotations

import ast
import pathlib

import pytest

from tf2lint import api
from tools import arguments, upgrade_tables
from tools.merge import Class, Merged, MergedMember, Name
from tools.source import Function

CACHE = pathlib.Path(__file__).parents[2] / ".cache" / "sources"
FIRST = api.bit("1.15")
NEWEST = api.bit("2.21")

needs_sources = pytest.mark.skipif(not CACHE.is_dir(), reason="no unpacked wheels in .cache/sources")

# Entries of TensorFlow's tables that name no argument that a version of the function's successor has.
UNMAPPED = {
    ("tf.constant", "verify_shape"),  # "verify_shape_is_now_always_true" is a message, not a parameter.
    ("tf.load_file_system_library", "library_filename"),  # Nothing but compat.v1 has the function.
    # The script turns these into a call of conv2d_transpose and of summary.write, which are other functions.
    ("tf.nn.conv2d_backprop_input", "input_sizes"),
    ("tf.nn.conv2d_backprop_input", "out_backprop"),
    ("tf.contrib.summary.generic", "name"),
    ("tf.contrib.summary.generic", "tensor"),
}


@pytest.mark.parametrize(
    ("function", "argument", "worlds", "name"),
    [
        ("tf.reduce_sum", "keep_dims", NEWEST, "keepdims"),
        ("tf.reduce_sum", "keep_dims", FIRST | NEWEST, "keepdims"),
        ("tf.compat.v1.reduce_sum", "keep_dims", NEWEST, "keepdims"),
        ("tf.compat.v2.reduce_sum", "keep_dims", NEWEST, "keepdims"),
        ("tf.nn.conv2d", "filter", NEWEST, "filters"),
        ("tf.function", "experimental_compile", NEWEST, "jit_compile"),
        ("tf.gfile.Exists", "filename", NEWEST, "path"),
        ("tf.gfile.Exists", "filename", FIRST, None),
        ("tf.keras.optimizers.Adam", "lr", NEWEST, "learning_rate"),
        ("tf.keras.layers.LeakyReLU", "alpha", NEWEST, "negative_slope"),
        ("tf.keras.layers.LeakyReLU", "alpha", api.bit("2.15"), None),
        ("tf.keras.layers.LeakyReLU", "alpha", api.bit("2.15") | NEWEST, None),
        ("tf.keras.Sequential.fit", "nb_epoch", FIRST, "epochs"),
        # `rate` is `1 - keep_prob`: no rename.
        ("tf.nn.dropout", "keep_prob", NEWEST, None),
        ("tf.keras.layers.RNN", "time_major", NEWEST, None),
        ("tf.gradients", "colocate_gradients_with_ops", NEWEST, None),
        ("tf.reduce_sum", "axis", NEWEST, None),
        ("tf.reduce_sum", "nothing", NEWEST, None),
        ("tf.nothing", "keep_dims", NEWEST, None),
    ],
)
def test_renamed(function: str, argument: str, worlds: int, name: str | None) -> None:
    assert api.renamed_argument(function, argument, worlds) == name


@pytest.mark.parametrize(
    ("function", "argument", "dropped"),
    [
        ("tf.gradients", "colocate_gradients_with_ops", True),
        ("tf.train.AdamOptimizer.minimize", "colocate_gradients_with_ops", True),
        ("tf.keras.optimizers.Adam.minimize", "nothing", False),
        ("tf.reduce_sum", "keep_dims", False),
        ("tf.reduce_sum", "nothing", False),
        ("tf.nn.dropout", "keep_prob", False),
    ],
)
def test_dropped(function: str, argument: str, dropped: bool) -> None:
    assert api.dropped_argument(function, argument, NEWEST) is dropped


def in_body(text: str) -> dict[str, str]:
    """What the body of a function in a text says."""
    function = ast.parse(text).body[0]
    assert isinstance(function, Function)
    return arguments.in_body(function)


def test_bodies() -> None:
    assert in_body("def f(axis, dim):\n axis = d.deprecated_argument_lookup('axis', axis, 'dim', dim)") == {
        "dim": "axis"
    }
    computed = "def f(rate, keep):\n kept = 1 - keep\n r = deprecated_argument_lookup('rate', rate, 'keep', kept)"
    assert in_body(computed) == {}
    assert in_body("def f(rate, **kw):\n self.set(kw.get('lr', rate))") == {"lr": "rate"}
    assert in_body("def f(rate, **kw):\n rate = kw.pop('lr')") == {"lr": "rate"}
    assert in_body("def f(rate, **kw):\n other = kw.pop('lr')\n x = settings.get('lr', rate)") == {}


def name(*signatures: str) -> Name:
    """A function whose signature changed with each version."""
    return Name("f", (1 << 23) - 1, 0, 0, False, list(enumerate(signatures)))


def renames(signatures: list[str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """What differing signatures alone say."""
    monkeypatch.setattr(upgrade_tables, "keyword_renames", lambda _: {})
    member = MergedMember("f", 1, name(*signatures).signatures)
    merged = Merged({"tf.f": name(*signatures), "tf.C": name()}, {"tf.C": Class([], {"m": member})})
    found = arguments.collect(merged, {}, tmp_path)
    assert found.get("tf.f") == found.get("tf.C.m")
    return found.get("tf.f")


def test_signatures_that_differ_in_a_name(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def of(*signatures: str) -> object:
        return renames(list(signatures), tmp_path, monkeypatch)

    assert of("a,alpha=0.3", "a,slope=0.3") == {"alpha": ["slope"]}
    assert of("a,opt=None", "a,optimizer=None") == {"opt": ["optimizer"]}
    assert of("a,one=None", "a,other=None") is None
    assert of("a,alpha=0.3", "a,slope=0.4") is None
    assert of("a,alpha=0.3,b", "a,slope=0.3") is None
    assert of("a,alpha=0.3,b", "c,slope=0.3,b") is None
    assert of("a,alpha=0.3,b,slope", "a,slope=0.3,b,alpha") is None


# The tables


def test_reading_the_tables(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tensorflow-1.15" / "tensorflow_core" / "tools" / "compatibility"
    folder.mkdir(parents=True)
    monkeypatch.setattr(upgrade_tables, "TENSORFLOW", ("1.15",))
    (folder / "all_renames_v2.py").write_text("addons = {'tf.contrib.a': 'tfa.a'}\n", encoding="utf-8")
    (folder / "reorders_v2.py").write_text("reorders = {'tf.f': [None, 'x'], 'tf.g': ['a']}\n", encoding="utf-8")
    (folder / "tf_upgrade_v2.py").write_text(
        """
class TFAPIChangeSpec:
  def __init__(self):
    self.function_keyword_renames = {"tf.f": {"a": "b", "c": None}, "*.m": {"d": None}, "contrib_a": {"e": "f"}}
    all_renames_v2.add_contrib_direct_import_support(self.function_keyword_renames)
    more = {"tf.g": ["z", "y"]}
    self.function_reorders = dict(reorders_v2.reorders)
    self.function_reorders.update(more)
    text = (ast_edits.INFO, "one " "two" + " three")
    self.function_warnings = {"tf.f": text, "tf.strange": compute(3)}
    for symbol, replacement in all_renames_v2.addons.items():
      warning = (ast_edits.WARNING, ("{} is {}").format(symbol, replacement))
      self.function_warnings[symbol] = warning
    self.function_arg_warnings = {"tf.f": {("c", 3): (ast_edits.INFO, "gone")}}
""",
        encoding="utf-8",
    )
    assert upgrade_tables.keyword_renames(tmp_path) == {"tf.f": {"a": "b", "c": None}, "*.m": {"d": None}}
    assert upgrade_tables.reorders(tmp_path) == {"tf.f": ["", "x"], "tf.g": ["z", "y"]}
    assert upgrade_tables.warnings(tmp_path) == {"tf.f": ["one two three"], "tf.contrib.a": ["tf.contrib.a is tfa.a"]}
    assert upgrade_tables.argument_warnings(tmp_path) == {"tf.f": {"c": ["gone"]}}


@needs_sources
def test_the_tables_are_read_whole() -> None:
    assert len(upgrade_tables.keyword_renames(CACHE)) == 124
    assert len(upgrade_tables.reorders(CACHE)) == 129
    found = upgrade_tables.warnings(CACHE)
    assert len(found) == 203
    assert all(all(texts) for texts in found.values())
    assert len(upgrade_tables.argument_warnings(CACHE)) == 20


@needs_sources
def test_every_entry_of_the_tables_is_known() -> None:
    unknown = set()
    for function, entries in upgrade_tables.keyword_renames(CACHE).items():
        cls = "tf.train.AdamOptimizer" if function.startswith("*.") else ""
        full = function.replace("*", cls)
        for old, new in entries.items():
            if new is None:
                found = api.dropped_argument(full, old, NEWEST)
            else:
                found = api.renamed_argument(full, old, NEWEST) == new
            if not found:
                unknown.add((function, old))
    assert unknown == UNMAPPED
