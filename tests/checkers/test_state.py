"""State that is made in traced code, and what is made once and for all."""

from __future__ import annotations

import pathlib

import pytest

from ..inference.programs import findings, target, told

PRELUDE = "import contextlib, functools\nimport tensorflow as tf\n"
ONCE = "tf.Variable(0.0)"


def said(folder: pathlib.Path, text: str, *, keras: str = ">=3", files: dict[str, str] | None = None) -> list[str]:
    """What is said of a program below its imports, as "LINE symbol", lines counted below these."""
    found = told(folder, PRELUDE + text, worlds=target("==2.21.*", keras), files=files)
    return [f"{int(line.split()[0]) - 2} {line.split()[1]}" for line in found]


GUARDED = {
    "attribute": "if self.v is None:\n            self.v = V",
    "attribute, else": "if self.v is not None:\n            pass\n        else:\n            self.v = V",
    "attribute, left early": "if self.v is not None:\n            return self.v\n        self.v = V",
    "hasattr": "if not hasattr(self, 'v'):\n            self.v = V",
    "getattr": "if getattr(self, 'v', None) is None:\n            self.v = V",
    "__dict__": "if 'v' not in self.__dict__:\n            self.v = V",
    "setattr": "if not hasattr(self, 'v'):\n            setattr(self, 'v', V)",
    "flag": "if not self.built:\n            self.v = V\n            self.built = True",
    "list": "if not self.vs:\n            self.vs.append(V)",
    "length": "if len(self.vs) == 0:\n            self.vs = [V]",
    "dict": "if 'v' not in self.vs:\n            self.vs['v'] = V",
    "dict of a module": "if 'v' not in CACHE:\n            CACHE['v'] = V",
    "global": "global SHARED\n        if SHARED is None:\n            SHARED = V",
    "try attribute": "try:\n            self.v\n        except AttributeError:\n            self.v = V",
    "try key": "try:\n            CACHE['v']\n        except KeyError:\n            CACHE['v'] = V",
    "expression": "self.v = V if self.v is None else self.v",
    "through a local name": "v = self.vs.get('v')\n        if v is None:\n            v = self.vs['v'] = V",
    "method": "if self.v is None:\n            self.create()",
    "method, left early": "self.maybe()",
    "lazy property": "self.lazy",
    "cached property": "self.cached",
    "lru_cache": "get()",
    "own decorator": "shared()",
    "try, returned": "self.tried()",
    "suppress": "self.suppressed()",
    "while": "while len(self.vs) < 3:\n            self.vs.append(V)",
}
CLASS = """
CACHE = {}
SHARED = None
class M:
    def __init__(self):
        self.v = None
        self.vs = {}
    @property
    def lazy(self):
        if self.v is None:
            self.v = V
        return self.v
    @functools.cached_property
    def cached(self):
        return V
    def create(self):
        self.v = V
    def maybe(self):
        if self.v is not None:
            return
        self.create()
    @tf.function
    def step(self):
        BODY
    def tried(self):
        try:
            return self.w
        except AttributeError:
            pass
        self.w = V
    def suppressed(self):
        with contextlib.suppress(AttributeError):
            return self.w
        self.w = V
@functools.lru_cache(None)
def get():
    return V
def kept(make):
    made = []
    def wrapper():
        if not made:
            made.append(make())
        return made[0]
    return wrapper
@kept
def shared():
    return V
"""


@pytest.mark.parametrize("guard", GUARDED)
@pytest.mark.parametrize("made", [ONCE, "tf.keras.optimizers.Adam()", "tf.random.Generator.from_seed(1)"])
def test_guards_that_persist(guard: str, made: str, tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, CLASS.replace("BODY", GUARDED[guard]).replace("V", made)) == []


UNGUARDED = {
    "no guard": "self.v = V",
    "local": "v = None\n        if v is None:\n            v = V",
    "truth of the variable": "if not self.v:\n            self.v = V",
    "truth of the variable, in an expression": "self.v = self.v or V",
    "tensor": "if x > 0:\n            self.v = V",
    "another attribute": "if self.training:\n            self.v = V",
    "an attribute that is never set": "if self.v is None:\n            v = V",
    "init_scope": "with tf.init_scope():\n            self.v = V",
    "loop": "for i in range(2):\n            v = V",
    "raise": "if self.v is not None:\n            raise RuntimeError\n        w = V",
    "method": "self.make()",
    "method under a setting": "if self.training:\n            self.make()",
    "lambda": "(lambda: V)()",
}
PLAIN = """
class M:
    def __init__(self, training):
        self.v = None
        self.training = training
    def make(self):
        return V
    @tf.function
    def step(self, x):
        BODY
"""


@pytest.mark.parametrize("guard", UNGUARDED)
def test_no_guard_that_persists(guard: str, tmp_path: pathlib.Path) -> None:
    found = said(tmp_path, PLAIN.replace("BODY", UNGUARDED[guard]).replace("V", ONCE))
    assert [line.split()[1] for line in found] == ["tf-variable-in-function"]


@pytest.mark.parametrize(
    ("call", "expected"),
    [("make(x)", 1), ("make(x, None)", 1), ("make(x, v)", 0), ("make(x, v=v)", 0), ("make(*x)", 0)],
)
def test_an_argument_is_given_or_not(call: str, expected: int, tmp_path: pathlib.Path) -> None:
    text = (
        "v = tf.Variable(1.0)\n@tf.function\ndef f(x):\n    return " + call + "\n"
        "def make(x, v=None):\n    if v is None:\n        v = tf.Variable(0.0)\n    return v\n"
    )
    assert len(said(tmp_path, text)) == expected


MADE = {
    "tf.keras.layers.Dense(1)(x)": "tf-layer-in-function",
    "tf.keras.layers.BatchNormalization()(x)": "tf-layer-in-function",
    "tf.keras.layers.Conv2DTranspose(1, 2)(x)": "tf-layer-in-function",
    "tf.keras.layers.GaussianNoise(0.1)(x)": "tf-layer-in-function",
    "tf.keras.layers.LSTMCell(2)": "tf-layer-in-function",
    "tf.keras.Sequential([])": "tf-layer-in-function",
    "tf.keras.models.load_model('m.keras')": "tf-layer-in-function",
    "tf.keras.applications.ResNet50()": "tf-layer-in-function",
    "Block()(x)": "tf-layer-in-function",
    "tf.keras.optimizers.SGD(0.1)": "tf-optimizer-in-function",
    "tf.keras.metrics.Mean()": "tf-optimizer-in-function",
    "tf.compat.v1.train.AdamOptimizer(0.1)": "tf-optimizer-in-function",
    "Count()": "tf-optimizer-in-function",
    "tf.random.Generator.from_non_deterministic_state()": "tf-generator-in-function",
    "tf.queue.FIFOQueue(3, [tf.float32])": "tf-resource-in-function",
    "tf.summary.create_file_writer('logs')": "tf-resource-in-function",
    "next(iter(data))": "tf-iterator-in-function",
    "tf.lookup.experimental.DenseHashTable(tf.int64, tf.int64, -1, 0, 1)": "tf-table-in-function",
    "model.save_weights('a.weights.h5')": "tf-checkpoint-in-function",
    "tf.saved_model.load('m')": "tf-checkpoint-in-function",
    "tf.train.CheckpointManager(checkpoint, 'c', 1).save()": "tf-checkpoint-in-function",
    "model.fit(x, x)": "tf-fit-in-function",
    "own.predict(x)": "tf-fit-in-function",
    "tf.compat.v1.Session().run(x)": "tf-graph-api-in-function",
    "tf.compat.v1.metrics.mean(x)": "tf-graph-api-in-function",
    "tf.compat.v1.data.make_one_shot_iterator(data)": "tf-graph-api-in-function",
}
OBJECTS = """
data = tf.data.Dataset.range(3)
model = tf.keras.Sequential([tf.keras.Input([1])])
checkpoint = tf.train.Checkpoint()
class Block(tf.keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=())
    def call(self, x):
        return x
class Flat(tf.keras.layers.Layer):
    def call(self, x):
        return x
class Count(tf.keras.metrics.Metric):
    pass
class Own(tf.keras.Model):
    pass
own = Own()
@tf.function
def f(x, d):
    return EXPRESSION
"""


@pytest.mark.parametrize("expression", MADE)
def test_made_in_traced_code(expression: str, tmp_path: pathlib.Path) -> None:
    found = said(tmp_path, OBJECTS.replace("EXPRESSION", expression))
    assert [line.split()[1] for line in found] == [MADE[expression]]


@pytest.mark.parametrize(
    "expression",
    """
    tf.keras.layers.Flatten()(x)
    tf.keras.layers.RandomFourierFeatures(2)
    tf.keras.layers.Concatenate()([x])
    tf.keras.losses.MeanSquaredError()(x, x)
    tf.keras.initializers.GlorotUniform()([2])
    tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.9)(x)
    tf.keras.metrics.mean_squared_error(x, x)
    tf.keras.Input([1])
    Flat()(x)
    model(x)
    own(x)
    tf.random.get_global_generator().normal([])
    tf.lookup.StaticHashTable(x, -1)
    checkpoint.write('c')
    [y for y in data]
    next(iter(d))
    next(iter(tf.data.Dataset.from_tensors(x)))
    tf.py_function(lambda: tf.Variable(1.0), [], tf.float32)
    tf.compat.v1.train.get_global_step()
    x.fit(x)
    """.strip().splitlines(),
)
def test_what_may_be_made_anywhere(expression: str, tmp_path: pathlib.Path) -> None:
    found = said(tmp_path, OBJECTS.replace("EXPRESSION", expression.strip()))
    assert [line for line in found if "in-function" in line] == []


def test_dropout_has_state_with_keras_3_only(tmp_path: pathlib.Path) -> None:
    text = "@tf.function\ndef f(x):\n    return tf.keras.layers.Dropout(0.5)(x)\n"
    assert said(tmp_path, text) == ["3 tf-layer-in-function"]
    assert said(tmp_path, text, keras="<3") == []


@pytest.mark.parametrize(
    ("body", "keras", "expected"),
    [
        ("self.w = self.add_weight(shape=())", ">=3", 1),
        ("self.w = self.add_weight(shape=())", "<3", 1),
        ("if self.w is None:\n            self.w = self.add_weight(shape=())", ">=3", 1),
        ("if self.w is None:\n            self.w = self.add_weight(shape=())", "<3", 0),
        ("if not self.built:\n            self.w = self.add_weight(shape=())\n            self.built = True", ">=3", 0),
    ],
)
def test_add_weight_in_call(body: str, keras: str, expected: int, tmp_path: pathlib.Path) -> None:
    text = (
        "class L(tf.keras.layers.Layer):\n    def __init__(self):\n        super().__init__()\n        self.w = None\n"
        f"    def call(self, x):\n        {body}\n        return x\n"
    )
    assert [line.split()[1] for line in said(tmp_path, text, keras=keras)] == ["tf-variable-in-function"] * expected


def test_in_another_module_the_call_is_told(tmp_path: pathlib.Path) -> None:
    files = {"helpers.py": "import tensorflow as tf\n\ndef make():\n    return tf.Variable(1.0)\n"}
    text = "import tensorflow as tf\nimport helpers\n\n@tf.function\ndef step(x):\n    return x + helpers.make()\n"
    (found,) = findings(tmp_path, text, files=files)
    assert (found.span.line, found.span.column) == (6, 15)
    assert found.because == ("`step`, a tf.function", "`make` (helpers.py:3)")
    assert "`make` (helpers.py:3) is called by `step`, a tf.function. https://" in found.text


def test_over_several_calls(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\n@tf.function\ndef step():\n    return middle()\n"
        "def middle():\n    return make()\ndef make():\n    return tf.Variable(1.0)\n"
    )
    (found,) = findings(tmp_path, text)
    assert found.span.line == 8
    chain = "`make` (program.py:7) is called by `middle` (program.py:5), called by `step`, a tf.function."
    assert found.chain == chain


def test_the_function_itself(tmp_path: pathlib.Path) -> None:
    (found,) = findings(tmp_path, "import tensorflow as tf\n@tf.function\ndef step():\n    return tf.Variable(1.0)\n")
    assert found.chain == "In `step`, a tf.function."
