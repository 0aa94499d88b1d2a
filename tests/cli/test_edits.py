"""What `tf2lint fix` does with imports, modules under other names, arguments by position, `tf.compat.v1`, packages."""

from __future__ import annotations

import pathlib

import pytest

from tf2lint.cli import main

TF = "import tensorflow as tf\n"
V1 = "import tensorflow.compat.v1 as tf\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty project, and the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rewritten(folder: pathlib.Path, text: str, *arguments: str) -> str:
    """A program after `tf2lint fix`, which refuses nothing."""
    path = folder / "program.py"
    path.write_bytes(text.encode())
    assert main(["fix", *arguments, str(path)]) != 2
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from tensorflow import log\nlog(x)\n", "from tensorflow.math import log\nlog(x)\n"),
        ("from tensorflow import log as l  # why\n", "from tensorflow.math import log as l  # why\n"),
        ("from tensorflow import lin_space\n", "from tensorflow import linspace as lin_space\n"),
        ("from tensorflow.spectral import dct\n", "from tensorflow.signal import dct\n"),
        (
            "from tensorflow import cast, log, float32\n",
            "from tensorflow.math import log\nfrom tensorflow import cast, float32\n",
        ),
        ("from tensorflow import log, ceil\n", "from tensorflow.math import log, ceil\n"),
        (
            "from tensorflow import (\n    log,\n    cast,\n)\n",
            "from tensorflow.math import log\nfrom tensorflow import (\n    cast,\n)\n",
        ),
        (
            "def f():\n    from tensorflow import log, cast\n",
            "def f():\n    from tensorflow.math import log\n    from tensorflow import cast\n",
        ),
        (
            "import os; from tensorflow import log, cast\n",
            "import os; from tensorflow.math import log; from tensorflow import cast\n",
        ),
        ("from tensorflow import to_float\nto_float(x)\n", "from tensorflow import cast, float32\ncast(x, float32)\n"),
        (
            "from tensorflow import to_float, to_int32 as i\ni(to_float(x))\n",
            "from tensorflow import cast, float32, int32\ncast(cast(x, float32), int32)\n",
        ),
        (
            "from tensorflow import gfile\nwith gfile.Open(p): gfile.Exists(filename=p)\n",
            "from tensorflow.io import gfile\nwith gfile.GFile(p): gfile.exists(path=p)\n",
        ),
        (
            "from tensorflow.contrib.framework import nest\nnest.flatten(x)\n",
            "from tensorflow import nest\nnest.flatten(x)\n",
        ),
        (f"{TF}nest = tf.contrib.framework.nest\nnest.flatten(x)\n", f"{TF}nest = tf.nest\nnest.flatten(x)\n"),
        (
            f"{V1}from tensorflow.contrib import framework\nnest = framework.nest\nnest.flatten(x)\n",
            f"{V1}nest = tf.nest\nnest.flatten(x)\n",
        ),
        (
            "from tensorflow import nn\nnn.softmax_cross_entropy_with_logits_v2(labels=x, logits=x)\n",
            "from tensorflow import nn\nnn.softmax_cross_entropy_with_logits(labels=x, logits=x)\n",
        ),
        (f"{TF}s = tf.spectral\ns.dct(x)\ns.fft(x)\n", f"{TF}s = tf.signal\ns.dct(x)\ns.fft(x)\n"),
        (f"{TF}tf.nn.dropout(x, keep_prob=a + b)\n", f"{TF}tf.nn.dropout(x, rate=1 - (a + b))\n"),
        (f"{TF}tf.boolean_mask(x, [True], 'n')\n", f"{TF}tf.boolean_mask(x, [True], name='n')\n"),
    ],
)
def test_rewrites(folder: pathlib.Path, before: str, after: str) -> None:
    """Imports move with what they import, and so do the uses where they must."""
    assert rewritten(folder, before) == after
    assert rewritten(folder, after) == after


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    from tensorflow import log\nexcept ValueError:\n    pass\n",
        "from tensorflow import (  # why\n    log,\n)\n",
        "from tensorflow import (\n    log,  # why\n    cast,\n)\n",
        "from tensorflow import to_float\nmap(to_float, x)\n",
        "from tensorflow import to_float\nto_float(x)\ncast = 1\n",
        "from tensorflow import to_float\n__all__ = ['to_float']\n",
        "from tensorflow import gfile\ngfile.Exists(p)\nprint(gfile)\n",
        "from tensorflow import gfile\ngfile.Exists(p)\ngfile = None\n",
        "from tensorflow.contrib.framework import nest\nnest.flatten(x)\nnest.flatten_up_to(x, y)\n",
        f"{TF}nest = tf.contrib.framework.nest\nnest.flatten_up_to(x, y)\n",
        f"{TF}tf.nn.dropout(x, 0.5)\n",
        f"{TF}tf.nn.dropout(x, keep_prob  =(0.5))\n",
        f"{TF}tf.transpose(x, [1], # why\n    'n')\n",
    ],
)
def test_leaves(folder: pathlib.Path, text: str) -> None:
    """What is used in any other way, is tried, or has comments that would be lost."""
    assert rewritten(folder, text) == text


@pytest.mark.parametrize(
    ("other", "taken"),
    [
        ("from program import gfile", True),
        ("from .program import x, gfile as g", True),
        ("from program import *", True),
        ("from program import (\n    gfile,\n)", True),
        ("from program import x, \\\n    gfile", True),
        ("import program\nprogram.gfile.Exists(p)", True),
        ("import program as p\nprint(p.gfile)", True),
        ("from program import something", False),
        ("import program\nprogram.something()\nfrom tensorflow import gfile", False),
        ("from another import gfile", False),
    ],
)
def test_seen_by_others(folder: pathlib.Path, other: str, taken: bool) -> None:
    """A name that another module takes from here keeps its meaning."""
    text = "from tensorflow import gfile\ngfile.Exists(p)\n"
    (folder / "other.py").write_text(f"{other}\n")
    assert (rewritten(folder, text) == text) is taken


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tf.nn.relu(tf.zeros([2]))", "tf.nn.relu(tf.zeros([2]))"),
        ("tf.log(tf.to_float(x))", "tf.math.log(tf.cast(x, tf.float32))"),
        ("tf.reduce_sum(x, keep_dims=True, reduction_indices=1)", "tf.reduce_sum(x, keepdims=True, axis=1)"),
        ("tf.gfile.Exists(p)", "tf.io.gfile.exists(p)"),
        ("tf.placeholder(tf.float32)", None),
        ("tf.zeros([1])\ntf.disable_v2_behavior()", None),
        ("tf.Variable(1)", None),
        ("tf.where(x, y, z)", None),
        ("tf.transpose(x, [1], 'n')", None),
        ("f(tf)", None),
        ("tf.zeros([1])\ntf.mine = 1", None),
        ("tf.nn", None),
        ("tf.zeros([1])\n__all__ = ['tf']", None),
        ("tf.zeros([1])\nif x:\n    import mine as tf", None),
        ("tf.no_such_name(1)", None),
        ("tf.keras.layers.Dense(1)", None),
    ],
)
def test_untangles(folder: pathlib.Path, before: str, after: str | None) -> None:
    """`import tensorflow.compat.v1 as tf` goes if TensorFlow itself has all that is used, and only then."""
    program = f"{V1}{before}\n"
    expected = program if after is None else f"{TF}{after}\n"
    assert rewritten(folder, program) == program
    assert rewritten(folder, program, "--select=TF303") == expected
    assert rewritten(folder, program, "--select=TF303,TF304") == expected
    program = program.replace("import tensorflow.compat.v1 as tf", "from tensorflow.compat import v1 as tf")
    assert rewritten(folder, program, "--select=TF303") == (program if after is None else expected)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "from tensorflow import Session, log\n",
            "from tensorflow.compat.v1 import Session\nfrom tensorflow.math import log\n",
        ),
        (f"{TF}tf.nn.conv2d(x, y, 1, 'SAME', use_cudnn_on_gpu=True)\n", None),
        (f"{TF}tf.name_scope('a', 'b')\n", None),
        (f"{TF}tf.argmax(x, 1, None, None, tf.int32)\n", None),
        (f"{TF}tf.summary.scalar('a', x)\nx = tf.placeholder(y)\n", None),
        ("from tensorflow.contrib import slim\nslim.conv2d(x)\n", "import tf_slim as slim\nslim.conv2d(x)\n"),
        ("import tensorflow.contrib.layers as l\nl.flatten(x)\n", "import tf_slim as l\nl.flatten(x)\n"),
        (f"{TF}slim = tf.contrib.slim\nslim.flatten(x)\n", f"{TF}import tf_slim as slim\nslim.flatten(x)\n"),
        (f"{TF}tf.contrib.slim.flatten(x)\n", f"{TF}import tf_slim\ntf_slim.flatten(x)\n"),
        (
            "from tensorflow.contrib import distributions\ndistributions.Normal(0.0, 1.0)\n",
            "from tensorflow_probability import distributions\ndistributions.Normal(0.0, 1.0)\n",
        ),
        (
            "from tensorflow.contrib import slim\nslim.batch_norm(x)\n",
            "from tensorflow.contrib import slim\nslim.batch_norm(x)\n",
        ),
        (
            f"{TF}@tf.function\ndef f(x):\n    print('x', tf.abs(x))\n",
            f"import sys\n{TF}@tf.function\ndef f(x):\n    tf.print('x', tf.abs(x), output_stream=sys.stdout)\n",
        ),
        (
            f"{TF}@tf.function\ndef f(x):\n    print('x', x, file=y)\n",
            f"{TF}@tf.function\ndef f(x):\n    print('x', x, file=y)\n",
        ),
        (f"{TF}@tf.function\ndef f(x):\n    print('x' % x)\n", f"{TF}@tf.function\ndef f(x):\n    print('x' % x)\n"),
    ],
)
def test_unsafe(folder: pathlib.Path, before: str, after: str | None) -> None:
    """What may behave differently is left, unless it is asked for."""
    if after is None:
        after = before.replace("tf.", "tf.compat.v1.").replace("tf.compat.v1.int32", "tf.int32")
    assert rewritten(folder, before, "--select=TF1,TF4,TF6") == before or "dropout" in before
    assert rewritten(folder, before, "--unsafe") == after
    assert rewritten(folder, after, "--unsafe") == after
