"""What is told of a chain of attributes by its spelling is what the evaluator says of it."""

from __future__ import annotations

import pathlib

import pytest
from astroid import nodes

from tests import corpus
from tf2lint import api
from tf2lint.inference.chains import Chains
from tf2lint.inference.evaluator import Evaluator
from tf2lint.inference.modules import Modules

_PACKAGE = """
import tensorflow.compat.v1 as tf
from tensorflow import nn as layers
def dense(x): return x
class Model:
    kind = tf.float32
if dense: both = tf.nn
else: both = dense
"""


def told(folder: pathlib.Path, text: str) -> tuple[list[str], list[str]]:
    """The chains of a program of which something is told, and those of which the evaluator says something else."""
    (folder / "package.py").write_text(_PACKAGE)
    ev = Evaluator(Modules(lambda path: (folder,)), api.ALL)
    module = ev.modules.add(folder / "program.py", text)
    chains = Chains(ev, module)
    known, wrong = [], []
    for node in module.nodes_of_class((nodes.Attribute, nodes.Name)):
        if isinstance(node.parent, nodes.Attribute):
            continue
        chain = [node]
        while isinstance(chain[-1], nodes.Attribute):
            chain.append(chain[-1].expr)
        values = chains.values(chain)
        if values is not None:
            known.append(f"{node.lineno} {node.as_string()}")
            if values != ev.value_of(node):
                wrong.append(known[-1])
    return known, wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import numpy as np\nnp.zeros(np)\n", ["2 np.zeros", "2 np"]),
        ("from package import tf, layers\ntf.nn.relu, layers.relu\n", ["2 tf.nn.relu", "2 layers.relu"]),
        ("import package\npackage.Model.kind, package.dense\n", ["2 package.Model.kind", "2 package.dense"]),
        ("def f(): tf.nn\nimport tensorflow as tf\ntf.nn\ndef g(): tf.nn\n", ["3 tf.nn", "4 tf.nn"]),
        ("import tensorflow as tf\ndef f(tf): return tf.nn\ntf.nn\n", []),
        ("import tensorflow as tf\nf = lambda tf: tf.nn\ntf.nn\n", []),
        ("import tensorflow as tf\nx = [tf.nn for tf in x]\ntf.nn\n", []),
        ("import tensorflow as tf\nclass C:\n    tf = 1\n    x = tf.nn\ntf.nn\n", []),
        ("import tensorflow as tf\ntf = tf.compat.v1\ntf.nn\n", []),
        ("import tensorflow as tf\ndef f():\n    global tf\n    tf = 1\ntf.nn\n", []),
        ("try:\n    import tensorflow as tf\nexcept ImportError:\n    pass\ntf.nn\n", []),
        ("import tensorflow as tf\ntf.nn = tf.contrib\ntf.nn.relu\n", []),
        ("import package\npackage.both.relu\n", []),
    ],
)
def test_only_plain_names_are_told(tmp_path: pathlib.Path, text: str, expected: list[str]) -> None:
    known, wrong = told(tmp_path, text)
    assert (known, wrong) == (expected, [])


def test_the_evaluator_says_the_same(tmp_path: pathlib.Path) -> None:
    total = 0
    for path in filter(corpus.parses, corpus.programs()):
        known, wrong = told(tmp_path, path.read_text(encoding="utf-8"))
        total += len(known)
        assert not wrong, path
    assert total > 1_000
