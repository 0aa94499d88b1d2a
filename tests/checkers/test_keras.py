"""The rules about Keras 3."""

from __future__ import annotations

import pathlib

import pytest

from tests.inference.programs import findings, target, told

TF = "import os, pathlib\nimport numpy as np\nimport tensorflow as tf\nfrom tensorflow import keras\n"
KERAS = "import os, pathlib\nimport numpy as np\nimport tensorflow as tf\nimport keras\n"
COMPAT = TF.replace("tensorflow", "tensorflow.compat.v1")
HEADERS = (TF, KERAS, COMPAT)
"""Each has four lines."""

NAMES = {
    "function of the backend": "keras.backend.function([], [])",
    "experimental optimizer": "keras.optimizers.experimental.SGD(0.1)",
    "base class": "class A(keras.layers.AbstractRNNCell): pass",
    "module and its parts": "p = keras.layers.experimental.preprocessing",
    "through an alias": "K = keras.backend\nK.learning_phase()",
    "annotation": "def f(x: keras.metrics.MeanTensor): pass",
    "model": "keras.applications.regnet.RegNetX002()",
}


@pytest.mark.parametrize("case", NAMES)
@pytest.mark.parametrize("header", HEADERS[:2], ids=("tf.keras", "keras"))
def test_names(case: str, header: str, tmp_path: pathlib.Path) -> None:
    text = header + NAMES[case] + "\n"
    found = {line.split(" ")[1] for line in told(tmp_path, text)}
    assert found == {"tf-keras-removed"}
    assert told(tmp_path, text, worlds=target("==2.15.*")) == []
    assert told(tmp_path, text, worlds=target(">=2.16", "<3")) == []


IMPORTS = [
    "from tensorflow.keras.layers.experimental import preprocessing",
    "from tensorflow.keras.layers.experimental.preprocessing import Rescaling",
    "import tensorflow.keras.experimental as x",
    "from keras.layers.experimental import preprocessing",
    "from tensorflow.keras.utils import OrderedEnqueuer",
]


@pytest.mark.parametrize("text", IMPORTS)
def test_imports(text: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, text + "\n") == ["1 tf-keras-removed"]


STILL_THERE = [
    "from tensorflow.keras.preprocessing.text import Tokenizer",
    "from tensorflow.keras.preprocessing.image import ImageDataGenerator",
    "import tensorflow as tf\ntf.keras.backend.clear_session()",
    "import tensorflow as tf\ntf.keras.backend.mean(tf.ones([1]))",
    "import tensorflow as tf\ntf.keras.losses.mse(1, 2)",
    "import keras\nkeras.losses.mean_squared_error(1, 2)",
    "import tf_keras as keras\nkeras.backend.function([], [])",
    "from tf_keras.layers.experimental import preprocessing",
    "from tensorflow import keras\ntry:\n    f = keras.backend.function\nexcept AttributeError:\n    f = None",
]


@pytest.mark.parametrize("text", STILL_THERE)
def test_names_that_are_there(text: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, text + "\n") == []


def test_names_of_compat(tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, "import tensorflow.compat.v1 as tf\ntf.keras.backend.function([], [])") == [
        "2 tf-keras-removed"
    ]


def test_a_name_in_a_part_of_the_range(tmp_path: pathlib.Path) -> None:
    (found,) = findings(tmp_path, f"{TF}keras.backend.function([], [])\n", worlds=target(">=2.12"))
    assert "does not exist in TensorFlow 2.16-2.21 with Keras 3" in found.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("import tensorflow as tf\ntf.keras.optimizers.experimental.Adam()", "use tf.keras.optimizers.Adam."),
        ("import keras\nkeras.optimizers.experimental.Adam()", "use keras.optimizers.Adam."),
        ("import keras\nkeras.backend.sum(1)", "use keras.ops.sum."),
        ("import keras\nkeras.backend.function([], [])", "make keras.Model(inputs, outputs)"),
        ("import keras\nkeras.layers.ThresholdedReLU()", "use tf.keras.layers.ThresholdedReLU."),
        ("import tensorflow as tf\ntf.keras.losses.mean_squared_error(1, 2)", "removed in Keras 3.3"),
    ],
)
def test_what_to_write_instead(text: str, hint: str, tmp_path: pathlib.Path) -> None:
    (found,) = findings(tmp_path, text + "\n")
    assert hint in found.message


MODEL = "m = keras.Sequential([keras.layers.Dense(1)])\n"

PATHS = {
    "folder": f"{MODEL}m.save('model')",
    "folder with a slash": f"{MODEL}m.save('model/')",
    "by keyword": f"{MODEL}m.save(filepath='model')",
    "upper case": f"{MODEL}m.save('model.H5')",
    "join": f"{MODEL}def f(d):\n    m.save(os.path.join(d, 'model'))",
    "f-string": f"{MODEL}def f(d):\n    m.save(f'{{d}}/model')",
    "sum": f"{MODEL}def f(d):\n    m.save(d + '/model')",
    "pathlib": f"{MODEL}def f(d):\n    m.save(pathlib.Path(d) / 'model')",
    "pathlib as text": f"{MODEL}def f(d):\n    m.save(str(pathlib.Path(d, 'model')))",
    "percent": f"{MODEL}def f(d):\n    m.save('%s/model' % d)",
    "format": f"{MODEL}def f(d):\n    m.save('{{}}/model'.format(d))",
    "variable": f"{MODEL}path = 'model'\nm.save(path)",
    "save_format": f"{MODEL}def f(d):\n    m.save(d, save_format='tf')",
    "functional": "i = keras.Input([1])\nkeras.Model(i, i).save('model')",
    "own class": "class M(keras.Model):\n    pass\nM().save('model')",
    "self": "class M(keras.Model):\n    def dump(self):\n        self.save('model')",
    "inherited": "class A(keras.Model):\n    pass\nclass B(A):\n    def dump(self):\n        super().save('model')",
    "loaded": "m = keras.models.load_model('m.h5')\nm.save('model')",
    "application": "keras.applications.ResNet50().save('model')",
    "own factory": f"def make():\n    {MODEL}    return m\nmake().save('model')",
    "weights": f"{MODEL}m.save_weights('w')",
    "weights in h5": f"{MODEL}m.save_weights('w.h5')",
    "load weights": f"{MODEL}m.load_weights('w')",
    "newest checkpoint": f"{MODEL}m.load_weights(tf.train.latest_checkpoint('d'))",
    "function": f"{MODEL}keras.models.save_model(m, 'model')",
    "load": "keras.models.load_model('model')",
    "callback": "keras.callbacks.ModelCheckpoint('model')",
    "callback of weights": "keras.callbacks.ModelCheckpoint('w.h5', save_weights_only=True)",
    "derived callback": (
        "class C(keras.callbacks.ModelCheckpoint):\n    def __init__(self):\n        super().__init__('model')"
    ),
    "callback by place": "keras.callbacks.ModelCheckpoint('w-{epoch}', 'loss', 0, False, True)",
}


@pytest.mark.parametrize("case", PATHS)
@pytest.mark.parametrize("header", HEADERS, ids=("tf.keras", "keras", "compat"))
def test_paths(case: str, header: str, tmp_path: pathlib.Path) -> None:
    text = header + PATHS[case] + "\n"
    assert [line.split(" ")[1] for line in told(tmp_path, text)] == ["tf-keras-save-format"]
    assert told(tmp_path, text, worlds=target("==2.15.*")) == []
    (found,) = findings(tmp_path, text, worlds=target(">=2.13"))
    assert "2.16-2.21 with Keras 3" in found.message


GOOD_PATHS = {
    "keras": f"{MODEL}m.save('m.keras')",
    "h5": f"{MODEL}m.save('m.h5')",
    "hdf5": f"{MODEL}m.save('m.hdf5')",
    "unknown": f"{MODEL}def f(d):\n    m.save(d)",
    "end unknown": f"{MODEL}def f(d):\n    m.save('a/' + d)\n    m.save(f'a/{{d}}')\n    m.save(os.path.join('a', d))",
    "end too short": f"{MODEL}def f(d):\n    m.save(d + 'h5')\n    m.save_weights(d + '.h5')",
    "folder of Keras 3": f"{MODEL}m.save('m', zipped=False)\nkeras.models.load_model('m')",
    "hub": f"{MODEL}m.save('hf://me/model')",
    "format unknown": f"{MODEL}def f(d, s):\n    m.save(d, save_format=s)",
    "format with the path that goes with it": f"{MODEL}m.save('m.keras', save_format='tf')",
    "weights": f"{MODEL}m.save_weights('m.weights.h5')\nm.load_weights('m.weights.h5')",
    "old weights": f"{MODEL}m.load_weights('m.h5')\nm.load_weights('m.hdf5')\nm.load_weights('m.keras')",
    "parts of weights": f"{MODEL}m.save_weights('m.weights.json', max_shard_size=1)\nm.load_weights('m.weights.json')",
    "callback": "keras.callbacks.ModelCheckpoint('a-{epoch}.keras')\nkeras.callbacks.ModelCheckpoint('a.h5')",
    "callback of either": "def f(w):\n    keras.callbacks.ModelCheckpoint('a', save_weights_only=w)",
    "export": f"{MODEL}m.export('folder')",
    "something else": "def f(m):\n    m.save('folder')",
    "own method": "class M(keras.Model):\n    def save(self, path):\n        pass\nM().save('folder')",
    "another path bound later": f"{MODEL}path = 'a'\nif m:\n    path = 'a.keras'\nm.save(path)",
}


@pytest.mark.parametrize("case", GOOD_PATHS)
@pytest.mark.parametrize("header", HEADERS, ids=("tf.keras", "keras", "compat"))
def test_good_paths(case: str, header: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, header + GOOD_PATHS[case] + "\n") == []


def layer(made: str, *, base: str = "keras.layers.Layer", more: str = "") -> str:
    """A class that keeps something as an attribute."""
    return f"class A({base}):\n    def __init__(self):\n        super().__init__()\n        self.a = {made}\n{more}"


USED = "    def call(self, x):\n        self.a.assign_add(x)\n"
HELPER = "def make():\n    return tf.Variable(1.0)\n"
MODULE = "class Part(tf.Module):\n    def __init__(self):\n        self.v = tf.Variable(1.0)\n"

VARIABLES = {
    "layer": layer("tf.Variable(1.0)"),
    "model": layer("tf.Variable(1.0)", base="keras.Model"),
    "shape from elsewhere": layer("tf.Variable(tf.ones([2]), trainable=True)"),
    "dtype": layer("tf.Variable(0, dtype=tf.float32)"),
    "list": layer("[tf.Variable(1.0)]"),
    "dict": layer("{'a': tf.Variable(1.0)}"),
    "comprehension": layer("[tf.Variable(1.0) for _ in range(2)]"),
    "appended": layer("[]", more="        self.a.append(tf.Variable(1.0))\n"),
    "build": "class A(keras.layers.Layer):\n    def build(self, s):\n        self.a = tf.Variable(tf.ones(s))",
    "helper": HELPER + layer("make()"),
    "variable": layer("v", more="").replace("        self", "        v = tf.Variable(1.0)\n        self"),
    "module": MODULE + layer("Part()"),
    "derived": "class B(keras.layers.Layer):\n    pass\n" + layer("tf.Variable(1.0)", base="B"),
    "metric": layer("tf.Variable(0)", base="keras.metrics.Metric"),
}


@pytest.mark.parametrize("case", VARIABLES)
@pytest.mark.parametrize("header", HEADERS, ids=("tf.keras", "keras", "compat"))
def test_variables(case: str, header: str, tmp_path: pathlib.Path) -> None:
    text = header + VARIABLES[case] + "\n"
    assert [line.split(" ")[1] for line in told(tmp_path, text)] == ["tf-keras-untracked-variable"]
    assert told(tmp_path, text, worlds=target("==2.15.*")) == []
    assert told(tmp_path, text, worlds=target(">=2.16", "<3")) == []


TRACKED = {
    "add_weight": layer("self.add_weight(shape=())"),
    "variable of Keras": "import keras\n" + layer("keras.Variable(1.0)"),
    "not trainable": layer("tf.Variable(1.0, trainable=False)"),
    "not trainable by place": layer("tf.Variable(1.0, False)"),
    "perhaps trainable": "def f(t):\n    " + layer("tf.Variable(1.0, trainable=t)").replace("\n", "\n    "),
    "counter": layer("tf.Variable(0)"),
    "integers": layer("tf.Variable(tf.zeros([2]), dtype=tf.int64)"),
    "assigned by the class": layer("tf.Variable(0.0)", more=USED),
    "callback": layer("tf.Variable(0.0)", base="keras.callbacks.Callback"),
    "module": layer("tf.Variable(0.0)", base="tf.Module"),
    "own class": layer("tf.Variable(0.0)", base="object"),
    "own weights": layer(
        "tf.Variable(0.0)", more="    @property\n    def trainable_weights(self):\n        return []\n"
    ),
    "own reset": layer(
        "tf.Variable(0)",
        base="keras.metrics.Metric",
        more="    def reset_state(self):\n        self.a.assign(0)\n",
    ),
    "Keras 2": "import tf_keras\n" + layer("tf.Variable(1.0)", base="tf_keras.layers.Layer"),
    "of another object": "class A(keras.layers.Layer):\n    def f(self, other):\n        other.a = tf.Variable(1.0)",
}


@pytest.mark.parametrize("case", TRACKED)
def test_variables_that_are_none(case: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, TF + TRACKED[case] + "\n") == []


INPUT = "i = keras.Input([3])\nj = keras.layers.Input([3])\n"

SYMBOLIC = {
    "function": "tf.reduce_mean(i, axis=1)",
    "by keyword": "tf.reduce_mean(input_tensor=i)",
    "list": "tf.concat([i, j], -1)",
    "variable with a list": "both = [i, j]\ntf.concat(both, -1)",
    "shape": "tf.shape(i)[0]",
    "result of a layer": "tf.abs(keras.layers.Dense(2)(i))",
    "result of a layer of a list": "tf.abs(keras.layers.Concatenate()([i, j]))",
    "result of a loop": "for _ in range(3):\n    i = keras.layers.Dense(2)(i)\ntf.abs(i)",
    "result of an own layer": "class A(keras.layers.Layer):\n    pass\ntf.abs(A()(i))",
    "result of a model": "tf.abs(keras.Model(i, i)(j))",
    "output of a model": "tf.abs(keras.applications.ResNet50().output)",
    "result of an operator": "tf.abs(i * 2 + 1)",
    "slice": "tf.abs(i[:, 0])",
    "result of keras.activations": "tf.abs(keras.activations.relu(i))",
    "mapped": "tf.map_fn(lambda x: x, i)",
    "of compat": "tf.compat.v1.reduce_mean(i)",
    "of numpy": "np.sum(i)",
    "of the backend": "tf.keras.backend.sum(i)",
    "traced function": "@tf.function\ndef f(x):\n    return x\nf(i)",
    "test": "if i > 0:\n    pass",
    "and": "print(i[0] > 0 and 1)",
    "not": "print(not i > 0)",
    "loop": "for row in i:\n    pass",
    "comprehension": "[row for row in i]",
    "len": "len(i)",
    "shape as a list": "i.shape.as_list()",
    "get_shape": "i.get_shape()",
}


@pytest.mark.parametrize("case", SYMBOLIC)
@pytest.mark.parametrize("header", HEADERS, ids=("tf.keras", "keras", "compat"))
def test_symbolic_tensors(case: str, header: str, tmp_path: pathlib.Path) -> None:
    text = header + INPUT + SYMBOLIC[case] + "\n"
    assert [line.split(" ")[1] for line in told(tmp_path, text)] == ["tf-keras-tensor"]
    assert "tf-keras-tensor" not in str(told(tmp_path, text, worlds=target("==2.15.*")))
    (found,) = findings(tmp_path, text, worlds=target(">=2.16,<2.19", ">=3"))
    assert "with Keras 3" in found.message


def test_all_that_follows_is_told_at_once(tmp_path: pathlib.Path) -> None:
    text = f"{TF}{INPUT}x = tf.concat([i, j], -1)\ny = keras.layers.Dense(2)(x)\nz = tf.abs(y)\n"
    assert told(tmp_path, text) == ["7 tf-keras-tensor", "9 tf-keras-tensor"]


REAL = {
    "operators": "print(i + 1, -i, i > 0, i[:, 0], i @ tf.ones([3, 2]))",
    "operations of Keras": "import keras as k\nk.ops.mean(i)\nkeras.activations.relu(i)\nkeras.layers.add([i, j])",
    "shapes": "tf.zeros(i.shape)\ntf.TensorShape(i.shape)\nnp.prod(i.shape)\nprint(i.shape[0], i.shape.index(3))",
    "what looks at it only": "tf.print(i)\ntf.is_tensor(i)\nisinstance(i, tf.Tensor)\nprint(i is None, i == 0)",
    "Lambda": "keras.layers.Lambda(lambda t: tf.reduce_mean(t))(i)",
    "call of a layer": (
        "class A(keras.layers.Layer):\n    def call(self, x):\n        return tf.abs(keras.layers.Flatten()(x))\nA()(i)"
    ),
    "tensor into a layer": "tf.abs(keras.layers.Dense(1)(tf.ones([1, 3])))",
    "parameter": "def f(i):\n    return tf.abs(i)",
    "either": "def f(x, y):\n    z = i if x else y\n    return tf.abs(z)",
    "own function": "def f(x):\n    return x\nf(i)",
    "several outputs": "for out in keras.layers.LSTM(2, return_state=True)(i):\n    pass\nlen(keras.layers.LSTM(2)(i))",
    "nest": "tf.nest.map_structure(lambda x: x, i)",
    "another Input": "class Input:\n    pass\ntf.abs(Input())",
}


@pytest.mark.parametrize("case", REAL)
@pytest.mark.parametrize("header", HEADERS, ids=("tf.keras", "keras", "compat"))
def test_what_symbolic_tensors_are_good_for(case: str, header: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, header + INPUT + REAL[case] + "\n") == []


OWN = """class A(keras.layers.Layer):
    def build(self, s):
        {}
    def call(self, x, training=None):
        {}
"""

ARGUMENTS = {
    "renamed": "keras.optimizers.Adam(lr=0.1)",
    "layer": "keras.layers.Dense(1, batch_input_shape=(1, 2))",
    "recurrent layer": "keras.layers.LSTM(1, time_major=True)",
    "normalization": "keras.layers.BatchNormalization(fused=True)",
    "base class": "class A(keras.layers.Layer):\n    def __init__(self):\n        super().__init__(dynamic=True)",
    "compile": f"{MODEL}m.compile('sgd', 'mse', sample_weight_mode='temporal')",
    "fit": f"{MODEL}m.fit(1, 2, workers=2)",
    "evaluate": f"{MODEL}m.evaluate(1, 2, workers=2)",
    "evaluate of an own model": "class M(keras.Model):\n    pass\nM().evaluate(1, 2, workers=2)",
    "save": f"{MODEL}m.save('m.keras', options=None)",
    "callback": "keras.callbacks.ModelCheckpoint('w.keras', period=5)",
    "load": "keras.models.load_model('w.h5', options=None)",
    "partial": "import functools\nfunctools.partial(keras.optimizers.Adam, lr=0.1)",
    "unpacked": "keras.optimizers.Adam(**{'lr': 0.1})",
    "name first": OWN.format("self.add_weight('kernel', shape=[1])", "return x"),
    "name first, made": OWN.format("self.add_weight(f'kernel{s}', shape=[1])", "return x"),
    "number as shape": "keras.Input(3)",
    "number as shape by keyword": "keras.layers.Input(shape=3)",
    "reduction": "keras.losses.MeanSquaredError(reduction='auto')",
    "flag by place": "keras.layers.Dropout(0.5)(tf.ones([1]), True)",
    "flag into a model": f"{MODEL}m(tf.ones([1, 1]), False)",
    "number by place": OWN.format("pass", "return x") + "A()(tf.ones([1]), 3)",
    "training handed on": OWN.format("self.d = keras.layers.Dropout(0.5)", "return self.d(x, training)"),
}


@pytest.mark.parametrize("case", ARGUMENTS)
@pytest.mark.parametrize("header", HEADERS, ids=("tf.keras", "keras", "compat"))
def test_arguments(case: str, header: str, tmp_path: pathlib.Path) -> None:
    text = header + ARGUMENTS[case] + "\n"
    assert [line.split(" ")[1] for line in told(tmp_path, text)] == ["tf-keras-argument"]
    assert "tf-keras-argument" not in str(told(tmp_path, text, worlds=target("==2.15.*")))
    assert "tf-keras-argument" not in str(told(tmp_path, text, worlds=target(">=2.16", "<3")))
    found = findings(tmp_path, text, worlds=target(">=2.13", ">=3"))
    assert ["with Keras 3" in one.message for one in found if one.rule.symbol == "tf-keras-argument"] == [True]


TAKEN = {
    "what only warns": (
        "keras.optimizers.Adam(0.1, decay=0.1)\nkeras.layers.Dense(1, input_shape=(1,))\n"
        "keras.layers.Dense(1, input_dim=1)\nkeras.layers.LeakyReLU(alpha=0.1)\n"
        "keras.layers.Embedding(3, 4, input_length=2)\nkeras.layers.BatchNormalization(renorm=True)"
    ),
    "arguments of today": (
        "keras.optimizers.Adam(learning_rate=0.1)\nkeras.Input((3,))\nkeras.Input(shape=[3])\n"
        "keras.Input(batch_shape=(1, 3))"
    ),
    "by keyword": OWN.format("self.d = keras.layers.Dropout(0.5)", "return self.d(x, training=training)"),
    "tensors by place": f"{MODEL}m(tf.ones([1]), tf.ones([1]))\nm(tf.ones([1]), None)\nm(tf.ones([1]), np.ones([1]))",
    "unknown by place": "def f(training):\n    keras.layers.Dropout(0.5)(1, training)",
    "own __call__": "class A(keras.layers.Layer):\n    def __call__(self, x, n):\n        pass\nA()(1, 2)",
    "no layer": "keras.losses.MeanSquaredError()(1, 2)\nkeras.initializers.Zeros()([1], 'int32')",
    "shape first": OWN.format("self.add_weight([1], 'ones', name='a')\n        self.add_weight(shape=[1])", "return x"),
    "reductions": "keras.losses.MeanSquaredError(reduction='sum')\nkeras.losses.MeanSquaredError(reduction='none')",
    "other functions": "def Adam(lr):\n    pass\nAdam(lr=1)",
    "Keras 2": "import tf_keras\ntf_keras.optimizers.Adam(lr=0.1)",
}


@pytest.mark.parametrize("case", TAKEN)
@pytest.mark.parametrize("header", HEADERS, ids=("tf.keras", "keras", "compat"))
def test_arguments_that_are_taken(case: str, header: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, header + TAKEN[case] + "\n") == []
