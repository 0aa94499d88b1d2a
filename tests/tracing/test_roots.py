"""What makes a function traced, in every form, and what ends it."""

from __future__ import annotations

import pathlib

import pytest

from .sets import conversion, names

ROOTS = {
    "bare": "@tf.function\ndef f(x): return x",
    "with arguments": "@tf.function(jit_compile=True)\ndef f(x): return x",
    "with a signature": "@tf.function(input_signature=[tf.TensorSpec([])])\ndef f(x): return x",
    "imported": "from tensorflow import function\n@function\ndef f(x): return x",
    "imported by another name": "from tensorflow import function as graph\n@graph\ndef f(x): return x",
    "alias": "graph = tf.function\n@graph\ndef f(x): return x",
    "alias with arguments": "graph = tf.function(autograph=False)\n@graph\ndef f(x): return x",
    "partial": "@functools.partial(tf.function, jit_compile=True)\ndef f(x): return x",
    "alias of a partial": "graph = functools.partial(tf.function, jit_compile=True)\n@graph\ndef f(x): return x",
    "called with the function": "def f(x): return x\nf = tf.function(f)",
    "called by an alias": "graph = tf.function\ndef f(x): return x\ng = graph(f)",
    "called by keyword": "def f(x): return x\ng = tf.function(func=f)",
    "called twice": "def f(x): return x\ng = tf.function(jit_compile=True)(f)",
    "called by a partial": "graph = functools.partial(tf.function)\ndef f(x): return x\ng = graph(f)",
    "of a partial": "def f(x, y): return x\ng = tf.function(functools.partial(f, y=1))",
    "in a list": "def f(x): return x\nall = [tf.function(g) for g in [f]]",
    "stacked": "@functools.wraps(len)\n@tf.function\ndef f(x): return x",
    "project decorator": "def graph(g): return tf.function(g)\n@graph\ndef f(x): return x",
    "project decorator with a wrapper": (
        "def graph(g):\n    @tf.function\n    def inner(x): return g(x)\n    return inner\n@graph\ndef f(x): return x"
    ),
    "project decorator with arguments": (
        "def graph(n):\n    def outer(g): return tf.function(g)\n    return outer\n@graph(1)\ndef f(x): return x"
    ),
    "project decorator that hands all on": (
        "def graph(*args, **kw):\n    return tf.function(*args, **kw)\n@graph\ndef f(x): return x"
    ),
    "project decorator that hands all on, called": (
        "def graph(*args, **kw):\n    return tf.function(*args, **kw)\n@graph(autograph=True)\ndef f(x): return x"
    ),
    "called through what hands all on": (
        "def graph(*args, **kw):\n    return tf.function(*args, **kw)\ndef f(x): return x\ng = graph(f)"
    ),
    "inside of a function": "def make():\n    @tf.function\n    def f(x): return x\n    return f",
    "map": "def f(x): return x\ntf.data.Dataset.range(3).map(f)",
    "filter": "def f(x): return x > 0\ntf.data.Dataset.range(3).batch(2).filter(f)",
    "flat_map": "def f(x): return x\ntf.data.Dataset.range(3).flat_map(f)",
    "interleave": "def f(x): return x\ntf.data.Dataset.range(3).interleave(f, cycle_length=2)",
    "reduce": "def f(s, x): return s\ntf.data.Dataset.range(3).reduce(0, f)",
    "scan": "def f(s, x): return s, x\ntf.data.Dataset.range(3).scan(0, f)",
    "take_while": "def f(x): return x > 0\ntf.data.Dataset.range(3).take_while(f)",
    "map of something unknown": "def f(x): return x\ndef load(d): return d.map(f, num_parallel_calls=2)",
    "vectorized_map": "def f(x): return x\ntf.vectorized_map(f, tf.ones([3]))",
    "loss": "def f(y, p): return y\nm = tf.keras.Sequential()\nm.compile('sgd', loss=f)",
    "metric": "def f(y, p): return y\nm = tf.keras.Sequential()\nm.compile('sgd', 'mse', metrics=['mae', f])",
    "Lambda": "def f(x): return x\ntf.keras.layers.Lambda(f)",
    "Activation": "def f(x): return x\ntf.keras.layers.Activation(f)",
    "activation": "def f(x): return x\ntf.keras.layers.Dense(1, activation=f)",
    "regularizer": "def f(x): return x\ntf.keras.layers.Dense(1, kernel_regularizer=f)",
    "constraint": "def f(x): return x\ntf.keras.layers.Dense(1, bias_constraint=f)",
    "metric of a function": "def f(y, p): return y\ntf.keras.metrics.MeanMetricWrapper(f)",
    "endpoint": "def f(x): return x\ntf.keras.export.ExportArchive().add_endpoint('serve', fn=f)",
    "subclass of a regularizer": "class f(tf.keras.regularizers.L2):\n    def __call__(self, x): return x",
    "subclass of a loss": "class f(tf.keras.losses.MeanSquaredError):\n    def call(self, y, p): return y",
    "subclass of an optimizer": "class f(tf.keras.optimizers.SGD):\n    def update_step(self, g, v, r): pass",
    "rejection_resample": "def f(x): return x\ntf.data.Dataset.range(3).rejection_resample(f, [0.5, 0.5])",
    "experimental": ("def f(x): return x\ntf.data.Dataset.range(3).apply(tf.data.experimental.map_and_batch(f, 2))"),
    "map of what is not converted": (
        "def f(x): return x\ntf.data.Dataset.range(3).map(tf.autograph.experimental.do_not_convert(f))"
    ),
}

UNCONVERTED = (
    "Activation",
    "activation",
    "regularizer",
    "constraint",
    "rejection_resample",
    "map of what is not converted",
)
"""Run under TensorFlow 2.15 and 2.21: an `if` on a tensor fails there, whichever Keras there is."""


@pytest.mark.parametrize("form", ROOTS)
def test_roots(form: str, tmp_path: pathlib.Path) -> None:
    assert "f" in {name.partition(".")[0] for name in names(tmp_path, ROOTS[form])}


METHODS = {
    "method": "class M:\n    @tf.function\n    def f(self, x): return x",
    "bound method": "class M:\n    def __init__(self): self.g = tf.function(self.f)\n    def f(self, x): return x",
    "layer": "class M(tf.keras.layers.Layer):\n    def f(self, x): return x\n    def call(self, x): return self.f(x)",
    "train_step": "class M(tf.keras.Model):\n    def train_step(self, d): return self.f()\n    def f(self): pass",
    "loss": "class M(tf.keras.losses.Loss):\n    def call(self, y, p): return self.f()\n    def f(self): pass",
    "metric": "class M(tf.keras.metrics.Metric):\n    def update_state(self, y): self.f()\n    def f(self): pass",
    "schedule": (
        "class M(tf.keras.optimizers.schedules.LearningRateSchedule):\n"
        "    def __call__(self, step): return self.f()\n    def f(self): pass"
    ),
    "inherited": (
        "class B:\n    @tf.function\n    def step(self): return self.f()\n    def f(self): pass\n"
        "class M(B):\n    def f(self): pass"
    ),
    "super": (
        "class B:\n    def step(self): return self.f()\n    def f(self): pass\n"
        "class M(B):\n    @tf.function\n    def step(self): return super().step()\n    def f(self): pass"
    ),
    "property": "class M:\n    @property\n    def f(self): return 1\n    @tf.function\n    def g(self): return self.f",
}


@pytest.mark.parametrize("form", METHODS)
def test_methods(form: str, tmp_path: pathlib.Path) -> None:
    assert "M.f" in names(tmp_path, METHODS[form])


NOT = {
    "plain": "def f(x): return x\nf(1)",
    "another function": "def function(g): return g\n@function\ndef f(x): return x",
    "py_function": "def f(x): return x\n@tf.function\ndef g(x): return tf.py_function(f, [x], tf.float32)",
    "numpy_function": "def f(x): return x\n@tf.function\ndef g(x): return tf.numpy_function(f, [x], tf.float32)",
    "from_generator": "def f(): yield 1\ntf.data.Dataset.from_generator(f, tf.int32)",
    "apply": "def f(d): return d\ntf.data.Dataset.range(3).apply(f)",
    "run_functions_eagerly": "tf.config.run_functions_eagerly(True)\n@tf.function\ndef f(x): return x",
    "run_eagerly": "def f(y, p): return y\nm = tf.keras.Sequential()\nm.compile('sgd', loss=f, run_eagerly=True)",
    "dynamic": (
        "class M(tf.keras.layers.Layer):\n    def __init__(self): super().__init__(dynamic=True)\n"
        "    def call(self, x): return f(x)\ndef f(x): return x"
    ),
    "graph mode": "tf.compat.v1.disable_v2_behavior()\n@tf.function\ndef f(x): return x",
    "only when eager": (
        "def f(x): return x\n@tf.function\ndef g(x):\n    if tf.executing_eagerly():\n        return f(x)\n    return x"
    ),
    "after leaving": (
        "def f(x): return x\n@tf.function\ndef g(x):\n"
        "    if not tf.executing_eagerly():\n        return x\n    return f(x)"
    ),
    "map of a list": "def f(x): return x\nlist(map(f, [1]))",
    "eager map_fn": "def f(x): return x\ntf.map_fn(f, tf.ones([3]))",
    "build": (
        "class M(tf.keras.layers.Layer):\n    def build(self, s): f(s)\n    def call(self, x): return x\ndef f(x): pass"
    ),
    "callback": "class M(tf.keras.callbacks.Callback):\n    def on_epoch_end(self, e): f(e)\ndef f(x): pass",
}


@pytest.mark.parametrize("form", NOT)
def test_not_traced(form: str, tmp_path: pathlib.Path) -> None:
    assert "f" not in names(tmp_path, NOT[form])


def test_map_is_traced_though_functions_run_eagerly(tmp_path: pathlib.Path) -> None:
    text = "tf.config.run_functions_eagerly(True)\ndef f(x): return x\ntf.data.Dataset.range(3).map(f)"
    assert names(tmp_path, text) == {"f"}


CALL = "@tf.function\ndef g(x): return f(x)\n"
CONVERTED: dict[str, tuple[str, str, set[bool | None]]] = {
    "tf.function": ("@tf.function\ndef f(x): return x", "f", {True}),
    "autograph=False": ("@tf.function(autograph=False)\ndef f(x): return x", "f", {False}),
    "autograph=False in a partial": (
        "@functools.partial(tf.function, autograph=False)\ndef f(x): return x",
        "f",
        {False},
    ),
    "callee of autograph=False": (
        "@tf.function(autograph=False)\ndef g(x): return f(x)\ndef f(x): return x",
        "f",
        {False},
    ),
    "callee": ("def f(x): return x\n" + CALL, "f", {True}),
    "do_not_convert": ("@tf.autograph.experimental.do_not_convert\ndef f(x): return x\n" + CALL, "f", {False}),
    "callee of do_not_convert": (
        "def h(x): return x\n@tf.autograph.experimental.do_not_convert\ndef f(x): return h(x)\n" + CALL,
        "h",
        {False},
    ),
    "lru_cache": ("@functools.lru_cache\ndef f(x): return x\n" + CALL, "f", {False}),
    "generator": ("def f(x): yield x\n@tf.function\ndef g(x):\n    for y in f(x): pass", "f", {False}),
    "custom_gradient": ("@tf.custom_gradient\ndef f(x): return x, lambda d: d\n" + CALL, "f", {False}),
    "map_structure": ("def f(x): return x\n@tf.function\ndef g(x): return tf.nest.map_structure(f, x)", "f", {False}),
    "builtin map": ("def f(x): return x\n@tf.function\ndef g(x): return list(map(f, x))", "f", {False}),
    "cond": ("def f(): return 1\n@tf.function\ndef g(x): return tf.cond(x > 0, f, f)", "f", {False}),
    "while_loop": ("def f(i): return i\n@tf.function\ndef g(x): return tf.while_loop(f, f, [x])", "f", {False}),
    "case": ("def f(): return 1\n@tf.function\ndef g(x): return tf.case([(x > 0, f)], default=f)", "f", {False}),
    "switch_case": ("def f(): return 1\n@tf.function\ndef g(x): return tf.switch_case(x, {0: f})", "f", {False}),
    "cond with a function of its own": (
        "@tf.function\ndef g(x):\n    def f(): return 1\n    return tf.cond(x > 0, f, f)",
        "f",
        {True},
    ),
    "map_structure with a function of its own": (
        "@tf.function\ndef g(x):\n    def f(y): return y\n    return tf.nest.map_structure(f, x)",
        "f",
        {True},
    ),
    "cached function of its own": (
        "@tf.function\ndef g(x):\n    @functools.lru_cache\n    def f(y): return y\n    return f(x)",
        "f",
        {True},
    ),
    "custom_gradient of its own": (
        "@tf.function\ndef g(x):\n    @tf.custom_gradient\n    def f(y): return y, lambda d: d\n    return f(x)",
        "f",
        {True},
    ),
    "own function of autograph=False": (
        "@tf.function(autograph=False)\ndef g(x):\n    def f(): return 1\n    return tf.cond(x > 0, f, f)",
        "f",
        {False},
    ),
    "vectorized_map": ("def f(x): return x\n@tf.function\ndef g(x): return tf.vectorized_map(f, x)", "f", {False}),
    "for-else": ("@tf.function\ndef f(x):\n    for i in [1]: pass\n    else: x = 1\n    return x", "f", {False}),
    "for-else of an inner function": (
        "@tf.function\ndef f(x):\n    def g():\n        for i in [1]: pass\n        else: x = 1\n    return g()",
        "f",
        {False},
    ),
    "private attribute": (
        "class M:\n    __k = 1\n    @tf.function\n    def f(self, x): return x + self.__k",
        "M.f",
        {False},
    ),
    "special attribute": ("@tf.function\ndef f(x): return x.__class__.__name__", "f", {True}),
    ":=": ("@tf.function\ndef f(x): return (y := x)", "f", {False}),
    "match": ("@tf.function\ndef f(x):\n    match 1:\n        case 1: return x", "f", {False}),
    "annotation": ("@tf.function\ndef f(x):\n    y: int = 1\n    return x", "f", {True}),
    "annotation in a branch": (
        "@tf.function\ndef f(x):\n    if x: y: int = 1\n    else: y = 2\n    return y",
        "f",
        {False},
    ),
    "two lambdas": (
        "a, b = lambda x: x, lambda x: x\n@tf.function\ndef f(x): return a(x)",
        "the lambda of line 3",
        {False},
    ),
    "two lambdas of other parameters": (
        "a, b = lambda x: x, lambda y: y\n@tf.function\ndef f(x): return a(x)",
        "the lambda of line 3",
        {True},
    ),
    "map_fn": ("def f(x): return x\n@tf.function\ndef g(x): return tf.map_fn(f, x)", "f", {True}),
    "foldl": ("def f(a, x): return x\n@tf.function\ndef g(x): return tf.foldl(f, x)", "f", {False}),
    "scan": ("def f(a, x): return x\n@tf.function\ndef g(x): return tf.scan(f, x)", "f", {False}),
    "strategy": (
        "s = tf.distribute.MirroredStrategy()\ndef f(x): return x\n@tf.function\ndef g(x): return s.run(f, args=(x,))",
        "f",
        {True},
    ),
    "some strategy": ("def f(x): return x\n@tf.function\ndef g(s, x): return s.run(f, args=(x,))", "f", {True}),
    "map of a dataset": ("def f(x): return x\ntf.data.Dataset.range(3).map(f)", "f", {True}),
    "train_step": ("class M(tf.keras.Model):\n    def train_step(self, d): return d", "M.train_step", {False}),
    "property": (
        "class M:\n    @property\n    def f(self): return 1\n    @tf.function\n    def g(self): return self.f",
        "M.f",
        {False},
    ),
    "constructor": ("class M:\n    def __init__(self): pass\n@tf.function\ndef g(): return M()", "M.__init__", {False}),
    "object that is called": (
        "class M:\n    def __call__(self): pass\nm = M()\n@tf.function\ndef g(): m()",
        "M.__call__",
        {True},
    ),
    "two ways": (
        "def f(x): return x\n@tf.function(autograph=False)\ndef h(x): return f(x)\n" + CALL,
        "f",
        {True, False},
    ),
}


@pytest.mark.parametrize("form", CONVERTED)
def test_conversion(form: str, tmp_path: pathlib.Path) -> None:
    text, name, expected = CONVERTED[form]
    assert conversion(tmp_path, text, name) == expected


@pytest.mark.parametrize(("keras", "converted"), [("<3", True), (">=3", False), (None, False)])
def test_keras_converts_by_its_version(keras: str | None, converted: bool, tmp_path: pathlib.Path) -> None:
    text = "class L(tf.keras.layers.Layer):\n    def call(self, x): return x"
    assert conversion(tmp_path, text, "L.call", keras=keras) == {converted}


def test_keras_of_its_own_package(tmp_path: pathlib.Path) -> None:
    text = "import tf_keras\nclass L(tf_keras.layers.Layer):\n    def call(self, x): return x"
    assert conversion(tmp_path, text, "L.call") == {True}


@pytest.mark.parametrize("form", UNCONVERTED)
@pytest.mark.parametrize("keras", ["<3", ">=3"])
def test_never_converted(tmp_path: pathlib.Path, form: str, keras: str) -> None:
    """Functions that TensorFlow and Keras call from code of their own."""
    assert conversion(tmp_path, ROOTS[form], "f", keras=keras) == {False}
