"""The keywords that calls accept."""

from __future__ import annotations

import pathlib
import textwrap

import pytest

from tf2lint import api
from tools import keywords
from tools.source import Sort, Sources

FIRST = api.bit("1.15")
LAST_KERAS_2 = api.bit("2.15")
NEWEST = api.bit("2.21")


def accepted(folder: pathlib.Path, text: str, name: str) -> set[str] | None:
    """What calling a function or class of a module accepts."""
    (folder / "module.py").write_text(textwrap.dedent(text), encoding="utf-8")
    sources = Sources([folder])
    found = sources.resolve("module", name)
    read = keywords.of_class if found.sort is Sort.CLASS else keywords.of_function
    answer = read(sources, found)
    return None if answer is None else set(answer)


CLASSES = """
    def helper(options): return "outputs" in options
    def validate_kwargs(kwargs, allowed): ...
    ALLOWED = {"m"}
    class Base:
        def __init__(self, name=None, **kwargs):
            %s
    class Heir(Base):
        def __init__(self, units, **kwargs):
            self.old = kwargs.pop("old", None)
            super().__init__(**kwargs)
    class Fixed(Base):
        def __init__(self, units, **kwargs):
            super().__init__("fixed", **kwargs)
"""


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("if kwargs: raise ValueError(f'what? {kwargs}')", {"name"}),
        ("x = kwargs.pop('x', 1)\n            if kwargs: raise ValueError(kwargs)", {"name", "x"}),
        ("x = kwargs.get('x', 1)\n            if len(kwargs) > 0: raise ValueError", {"name"}),
        ("if 'x' in kwargs:\n                x = kwargs.pop('x')\n            if kwargs: raise V", {"name", "x"}),
        ("validate_kwargs(kwargs, {'a', 'b'})", {"name", "a", "b"}),
        (
            "allowed = {'a'}\n            allowed.add('b')\n            validate_kwargs(kwargs, allowed)",
            {"name", "a", "b"},
        ),
        ("for k in kwargs:\n                if k not in ALLOWED: raise TypeError(k)", {"name", "m"}),
        (
            "for k in kwargs:\n                if k in ALLOWED: raise V\n                else: raise T",
            {"name"},
        ),
        ("if helper(kwargs): pass\n            if kwargs: raise V", {"name"}),
        ("validate_kwargs(kwargs, {'a', 'b'})\n            if 'b' in kwargs: raise V", {"name", "a"}),
        ("super().__init__(**kwargs)", {"name"}),
        ("self.rest = kwargs", None),
        ("pass", None),
        ("unknown(**kwargs)", None),
        ("for k in kwargs: setattr(self, k, kwargs[k])", None),
        ("if kwargs and name: raise V", None),
        ("kwargs.pop(name)\n            if kwargs: raise V", None),
    ],
)
def test_flows(tmp_path: pathlib.Path, body: str, names: set[str] | None) -> None:
    text = CLASSES.replace("%s", body)
    assert accepted(tmp_path, text, "Base") == names
    assert accepted(tmp_path, text, "Heir") == (None if names is None else names | {"units", "old"})
    assert accepted(tmp_path, text, "Fixed") == (None if names is None else names - {"name"} | {"units"})


def test_ways(tmp_path: pathlib.Path) -> None:
    text = """
        def a(x, **options): ...
        def f(which, **kwargs):
            if which: return g(**kwargs)
            return h(z=1, **kwargs)
        def g(one): ...
        def h(two, z): ...
        def decorated(wrapped): return wrapped
        @decorated
        def strange(**kwargs): return g(**kwargs)
        class Meta(type):
            def __call__(cls, *args, **kwargs): ...
        class Made(metaclass=Meta):
            def __init__(self, x): ...
        class Outside(elsewhere.Base):
            def __init__(self, **kwargs): super().__init__(**kwargs)
        class Bare: ...
    """
    assert accepted(tmp_path, text, "f") == {"which", "one", "two"}
    assert accepted(tmp_path, text, "a") is None
    assert accepted(tmp_path, text, "strange") is None
    assert accepted(tmp_path, text, "Made") is None
    assert accepted(tmp_path, text, "Outside") is None
    assert accepted(tmp_path, text, "Bare") == set()


@pytest.mark.parametrize(
    ("name", "keyword", "world", "known"),
    [
        ("tf.keras.layers.BatchNormalization", "fused", NEWEST, False),
        ("tf.keras.layers.BatchNormalization", "fused", LAST_KERAS_2, True),
        ("tf.keras.layers.BatchNormalization", "name", NEWEST, True),
        ("tf.keras.layers.Dense", "input_shape", NEWEST, True),
        ("tf.keras.layers.Dense", "batch_input_shape", NEWEST, False),
        ("tf.keras.layers.Dense", "weights", NEWEST, False),
        ("tf.keras.layers.Embedding", "input_length", NEWEST, True),
        ("tf.keras.layers.LSTM", "time_major", NEWEST, False),
        ("tf.keras.optimizers.Adam", "lr", NEWEST, False),
        ("tf.keras.optimizers.Adam", "lr", FIRST, True),
        ("tf.keras.optimizers.Adam", "decay", NEWEST, True),
        ("tf.keras.optimizers.Adam", "decay", LAST_KERAS_2, False),
        ("tf.keras.layers.LeakyReLU", "alpha", NEWEST, True),
        ("tf.keras.Input", "batch_shape", NEWEST, True),
        ("tf.reduce_sum", "axis", NEWEST, True),
        ("tf.reduce_sum", "keep_dims", NEWEST, False),
        ("tf.compat.v2.reduce_sum", "keep_dims", NEWEST, False),
        ("keras.layers.Dense", "batch_input_shape", NEWEST, False),
        ("tf.keras.metrics.Accuracy", "mesh", LAST_KERAS_2, True),
        ("tf.keras.losses.MeanSquaredError", "reduction", NEWEST, True),
    ],
)
def test_keywords(name: str, keyword: str, world: int, known: bool) -> None:
    found = api.keywords(name, world)
    assert found is not None
    assert (keyword in found) is known


@pytest.mark.parametrize("name", ["tf.keras.layers.InputLayer", "tf.keras.Model", "tf.float32", "tf.nothing"])
def test_no_keywords(name: str) -> None:
    """`InputLayer` swallows what it does not know; `Model` may be given anything by its heirs."""
    assert api.keywords(name, NEWEST) is None
