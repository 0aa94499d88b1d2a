"""Code for several versions is judged by the versions that can reach it."""

from __future__ import annotations

import pathlib

import pytest

from .programs import findings, target, told

TF1_ONLY = {
    "version as text": "if tf.__version__ < '2':\n    USE",
    "startswith": "if tf.__version__.startswith('1.'):\n    USE",
    "first character": "if tf.__version__[0] == '1':\n    USE",
    "split": "if tf.__version__.split('.')[0] == '1':\n    USE",
    "int of split": "if int(tf.__version__.split('.')[0]) < 2:\n    USE",
    "unpacked": "major, minor, _ = tf.__version__.split('.')\nif int(major) == 1:\n    USE",
    "tuple of ints": "if tuple(int(x) for x in tf.__version__.split('.')[:2]) < (2, 0):\n    USE",
    "map": "if tuple(map(int, tf.__version__.split('.')[:2])) < (2, 0):\n    USE",
    "LooseVersion": "from distutils.version import LooseVersion\nif LooseVersion(tf.__version__) < '2.0':\n    USE",
    "packaging": "from packaging import version\nif version.parse(tf.__version__) < version.parse('2.0'):\n    USE",
    "major": "from packaging.version import Version\nif Version(tf.__version__).major == 1:\n    USE",
    "VERSION": "if tf.version.VERSION.startswith('1'):\n    USE",
    "metadata": "import importlib.metadata\nif importlib.metadata.version('tensorflow') < '2':\n    USE",
    "else": "if tf.__version__ >= '2':\n    pass\nelse:\n    USE",
    "elif": "if tf.__version__ >= '2.5':\n    pass\nelif tf.__version__ >= '2':\n    pass\nelse:\n    USE",
    "not": "if not tf.__version__ >= '2':\n    USE",
    "and": "if tf.__version__ < '2' and other():\n    USE",
    "chained": "if '1.0' <= tf.__version__ < '2.0':\n    USE",
    "flag": "TF1 = tf.__version__ < '2'\nif TF1:\n    USE",
    "flag in a function": "TF1 = tf.__version__ < '2'\ndef f():\n    if TF1:\n        USE",
    "flag of two branches": "if tf.__version__ < '2':\n    TF1 = True\nelse:\n    TF1 = False\nif TF1:\n    USE",
    "function": "def is_tf2():\n    return tf.__version__ >= '2'\nif not is_tf2():\n    USE",
    "conditional expression": "x = USE if tf.__version__ < '2' else None",
    "short circuit": "x = tf.__version__ < '2' and USE",
    "early return": "def f():\n    if tf.__version__ >= '2':\n        return\n    USE",
    "early raise": "if tf.__version__ >= '2':\n    raise ImportError('TensorFlow 1 only')\nUSE",
    "early exit": "import sys\nif tf.__version__ >= '2':\n    sys.exit(1)\nUSE",
    "assert": "assert tf.__version__ < '2'\nUSE",
    "hasattr": "if hasattr(tf, 'placeholder'):\n    USE",
    "hasattr of a submodule": "if hasattr(tf, 'contrib'):\n    USE",
    "tf2.enabled": "from tensorflow.python import tf2\nif not tf2.enabled():\n    USE",
    "skipIf": "import unittest\n@unittest.skipIf(tf.__version__ >= '2', 'TensorFlow 1')\ndef test():\n    USE",
    "while": "while tf.__version__ < '2':\n    USE",
    "nested": "if a:\n    if tf.__version__ < '2':\n        for x in y:\n            USE",
}


@pytest.mark.parametrize("form", TF1_ONLY)
def test_what_only_tensorflow_1_reaches_is_not_judged_by_2(form: str, tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\n" + TF1_ONLY[form].replace("USE", "tf.placeholder(1)") + "\n"
    assert told(tmp_path, text) == []
    assert told(tmp_path, text, worlds=target(">=1.15")) == []


@pytest.mark.parametrize("form", TF1_ONLY)
def test_the_guard_is_what_keeps_silent(form: str, tmp_path: pathlib.Path) -> None:
    """The same program without its condition is told."""
    text = "import tensorflow as tf\nunknown = 1\n" + TF1_ONLY[form].replace("USE", "tf.placeholder(1)") + "\n"
    for check in (
        "tf.__version__",
        "tf.version.VERSION",
        "hasattr(tf,",
        "tf2.enabled()",
        "importlib.metadata.version(",
    ):
        text = text.replace(check, "unknown" if not check.endswith(("(", ",")) else f"unknown_{check[-1]}(")
    text = text.replace("unknown_,(", "unknown(").replace("unknown_((", "unknown(")
    assert [line.split()[1] for line in told(tmp_path, text)] == ["tf-placeholder"]


TRIED = {
    "attribute": (
        "try:\n    P = tf.placeholder\nexcept AttributeError:\n    P = tf.compat.v1.placeholder_with_default\nP(1, [])"
    ),
    "import": (
        "try:\n    from tensorflow import placeholder\nexcept ImportError:\n"
        "    from tensorflow.compat.v1 import placeholder"
    ),
    "new first": (
        "try:\n    from tensorflow.compat.v1 import flags\nexcept ImportError:\n    from tensorflow import flags"
    ),
    "module not found": (
        "try:\n    import tensorflow.contrib.slim as slim\nexcept ModuleNotFoundError:\n    slim = None"
    ),
    "compat first": (
        "try:\n    import tensorflow.compat.v1 as t\n    t.disable_v2_behavior()\nexcept ImportError:\n"
        "    import tensorflow as t\nt.placeholder(1)"
    ),
    "suppress": "import contextlib\nwith contextlib.suppress(AttributeError):\n    tf.placeholder(1)",
    "tuple of errors": "try:\n    import tensorflow.contrib\nexcept (ImportError, AttributeError):\n    pass",
    "private first": (
        "try:\n    from keras.src.utils import tf_utils\nexcept ImportError:\n"
        "    from tensorflow.contrib.keras import tf_utils"
    ),
    "bare": "try:\n    from tensorflow.contrib import slim\nexcept:\n    slim = None",
}


@pytest.mark.parametrize("form", TRIED)
def test_what_is_tried_is_not_told(form: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{TRIED[form]}\n") == []


NO_GUARDS = {
    "raises again": (
        "try:\n    from tensorflow.contrib import slim\nexcept ImportError:\n    raise RuntimeError('no slim')"
    ),
    "another error": "try:\n    tf.contrib.slim\nexcept ValueError:\n    pass",
    "broad around much": "try:\n    a = 1\n    tf.contrib.slim.b()\nexcept Exception as e:\n    print(e)",
    "handler": "try:\n    import numpy\nexcept ImportError:\n    tf.contrib.slim",
    "in a function inside": "try:\n    def f():\n        tf.contrib.slim\nexcept AttributeError:\n    pass",
    "other condition": "if unknown():\n    tf.contrib.slim",
    "wrong way round": "if tf.__version__ >= '2':\n    tf.contrib.slim",
    "constant": "DEBUG = False\nif DEBUG:\n    tf.contrib.slim",
    "constant of an object": (
        "class A:\n    debug = False\n    def f(self):\n        if self.debug:\n            tf.contrib.slim"
    ),
    "flag that a function sets": (
        "OLD = tf.__version__ < '2'\ndef f():\n    global OLD\n    OLD = True\nif OLD:\n    tf.contrib.slim"
    ),
    "hasattr of another name": "if hasattr(tf, 'Module'):\n    tf.contrib.slim",
}


@pytest.mark.parametrize("form", NO_GUARDS)
def test_what_is_no_guard(form: str, tmp_path: pathlib.Path) -> None:
    found = told(tmp_path, f"import tensorflow as tf\n{NO_GUARDS[form]}\n")
    assert [line.split()[1].startswith("tf-contrib") for line in found] == [True]


SHIMS = {
    "module": "tf.placeholder = tf.compat.v1.placeholder_with_default\ntf.placeholder(1, [])",
    "after a check": "if not hasattr(tf, 'placeholder'):\n    tf.placeholder = own\ntf.placeholder(1)",
    "the module itself": "tf = tf.compat.v1\ntf.layers_free_name = 1\ntf.get_variable('a', [])",
    "the module after a check": "if tf.__version__ >= '2':\n    tf = tf.compat.v1\ntf.get_variable('a', [])",
    "used in a function": "tf.Session = tf.compat.v1.Session\ndef f():\n    return tf.Session()",
}


@pytest.mark.parametrize("form", SHIMS)
def test_shims(form: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, f"import tensorflow as tf\n{SHIMS[form]}\n") == []


def test_a_shim_does_not_work_backwards(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.placeholder(1)\ntf.placeholder = own\ntf.placeholder(1)\n"
    assert told(tmp_path, text) == ["2 tf-placeholder"]


def test_a_flag_of_another_module(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\nfrom flags import TF1\nimport flags\n"
        "if TF1:\n    tf.Session()\nif flags.TF1:\n    tf.log(1)\n"
    )
    files = {"flags.py": "import tensorflow as tf\nTF1 = tf.__version__ < '2'\n"}
    assert told(tmp_path, text, files=files) == []


def test_a_guard_that_one_targeted_version_passes(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\nfrom packaging.version import parse\n"
        "if parse(tf.__version__) < parse('2.10'):\n    tf.placeholder(1)\n"
    )
    (finding,) = findings(tmp_path, text, worlds=target(">=1.15"))
    assert "2.0-2.9" in finding.message


def test_a_target_that_has_the_name(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.placeholder(1)\ntf.keras.layers.CuDNNLSTM(1)\n"
    assert told(tmp_path, text, worlds=target("<2")) == []


def test_a_name_that_goes_within_the_range(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.estimator.Estimator(1)\n"
    (finding,) = findings(tmp_path, text, worlds=target(">=2.12"))
    assert "2.16-2.21" in finding.message
    assert told(tmp_path, text, worlds=target(">=2.12,<2.16")) == []


def test_keras_2_has_what_keras_3_lost(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.compat.v1.layers.dense(1, 1)\n"
    assert told(tmp_path, text) == ["2 tf-raising-symbol"]
    assert told(tmp_path, text, worlds=target(">=2.16", "<3")) == []
