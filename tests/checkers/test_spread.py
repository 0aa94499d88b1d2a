"""Traced code spread over two and three modules: what is said of it in one module is said of it there as well."""

from __future__ import annotations

import pathlib
import textwrap

import pytest

from ..inference.programs import findings

HEAD = "import time\nimport numpy as np\nimport tensorflow as tf\n"

BODIES = {
    "print": ("print('loss', x)", "tf-print-in-function"),
    "time": ("x = x + time.time()", "tf-frozen-value"),
    "file": ("open('log', 'a')", "tf-host-io"),
    "numpy": ("x = x + x.numpy()", "tf-numpy-on-tensor"),
    "numpy function": ("x = np.sqrt(tf.reduce_sum(x))", "tf-numpy-on-tensor"),
    "builtin": ("x = max(tf.reduce_sum(x), 1.0)", "tf-builtin-on-tensor"),
    "text": ("tf.print('loss %s' % x)", "tf-tensor-in-text"),
    "item": ("x[0] = 1.0", "tf-item-assignment"),
    "branch": ("if tf.reduce_sum(x) > 0:\n    scale = 2.0\nx = x * scale", "tf-branch-mismatch"),
    "growth": ("rows = []\nfor i in tf.range(3):\n    rows.append(i)\nx = tf.stack(rows)", "tf-growth-in-loop"),
    "type": ("total = 0\nfor i in tf.range(3):\n    total = total + 0.5\nx = x + total", "tf-loop-mismatch"),
    "assert": ("assert tf.reduce_all(x > 0)", "tf-raise-in-function"),
    "variable": ("x = x * tf.Variable(1.0)", "tf-variable-in-function"),
}

WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "one module": ("def work(x):\n{body}\n@tf.function\ndef step(x): return work(x)\nstep(tf.ones([2]))\n", {}),
    "helper module": (
        "from helpers import work\n@tf.function\ndef step(x): return work(x)\nstep(tf.ones([2]))\n",
        {"helpers.py": "def work(x):\n{body}\n"},
    ),
    "helper of a helper": (
        "import middle\n@tf.function\ndef step(x): return middle.passed_on(x)\nstep(tf.ones([2]))\n",
        {
            "middle.py": "from helpers import work\ndef passed_on(x): return work(x)\n",
            "helpers.py": "def work(x):\n{body}\n",
        },
    ),
    "base class": (
        (
            "from bases import Base\nclass Trainer(Base):\n    @tf.function\n    def step(self, x): return self.work(x)\n"
            "trainer = Trainer()\ntrainer.step(tf.ones([2]))\n"
        ),
        {"bases.py": "class Base:\n    def work(self, x):\n{inner}\n"},
    ),
    "template method": (
        (
            "from bases import Base\nclass Trainer(Base):\n    def work(self, x):\n{inner}\n"
            "trainer = Trainer()\ntrainer.step(tf.ones([2]))\n"
        ),
        {"bases.py": "class Base:\n    @tf.function\n    def step(self, x): return self.work(tf.ones([2]))\n"},
    ),
    "factory": (
        "from factory import make\ndef work(x):\n{body}\nstep = make(work)\nstep(tf.ones([2]))\n",
        {
            "factory.py": "def make(function):\n    @tf.function\n    def step(x): return function(tf.square(x))\n"
            "    return step\n"
        },
    ),
    "callback and factory elsewhere": (
        "from factory import make\nfrom helpers import work\nstep = make(work)\nstep(tf.ones([2]))\n",
        {
            "helpers.py": "def work(x):\n{body}\n",
            "factory.py": "def make(function):\n    @tf.function\n    def step(x): return function(tf.square(x))\n"
            "    return step\n",
        },
    ),
    "handed to tf.function": (
        "import helpers\nstep = tf.function(helpers.work)\nstep(tf.ones([2]))\n",
        {"helpers.py": "def work(x):\n{body}\n"},
    ),
}


def written(text: str, body: str) -> str:
    """A module with a body in it."""
    lines = f"{body}\nreturn x"
    return HEAD + text.replace("{body}", textwrap.indent(lines, "    ")).replace(
        "{inner}", textwrap.indent(lines, " " * 8)
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", BODIES)
def test_same_findings(what: str, way: str, tmp_path: pathlib.Path) -> None:
    body, symbol = BODIES[what]
    text, files = WAYS[way]
    found = findings(
        tmp_path, written(text, body), files={name: written(content, body) for name, content in files.items()}
    )
    assert [finding.rule.symbol for finding in found] == [symbol]
    assert found[0].because
