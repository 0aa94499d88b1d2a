"""Symbolic tensors used as Python values: what is told, where, and what is not."""

from __future__ import annotations

import functools
import pathlib
import re
import tempfile

import pytest

from tf2lint.checkers.traced_builtin import RULE as BUILTIN
from tf2lint.checkers.traced_dataset import RULE as DATASET
from tf2lint.checkers.traced_dimension import RULE as DIMENSION
from tf2lint.checkers.traced_host_function import RULE as HOST
from tf2lint.checkers.traced_identity import RULE as IDENTITY
from tf2lint.checkers.traced_numpy import RULE as NUMPY
from tf2lint.checkers.traced_text import RULE as TEXT

from ..inference.programs import findings, target

OWN = frozenset(rule.code for rule in (BUILTIN, DATASET, DIMENSION, HOST, IDENTITY, NUMPY, TEXT))
FOLDER = pathlib.Path(__file__).with_name("values")
_MARK = re.compile(r"  # ((TF\d+ ?)+)$")


@functools.cache
def program(name: str) -> str:
    """A program whose marked lines are wrong."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@functools.cache
def said_of(name: str) -> dict[int, set[str]]:
    """The codes that the rules of this file give to the lines of a program."""
    with tempfile.TemporaryDirectory() as folder:
        found = findings(pathlib.Path(folder), program(name), worlds=target("==2.21.*", ">=3"))
    lines: dict[int, set[str]] = {}
    for finding in found:
        if finding.rule.code in OWN:
            lines.setdefault(finding.span.line, set()).add(finding.rule.code)
    return lines


def marked(name: str) -> list[tuple[str, int, set[str]]]:
    """The marked lines of a program, with their codes."""
    marks = ((number, _MARK.search(line)) for number, line in enumerate(program(name).splitlines(), 1))
    return [(name, number, set(mark[1].split())) for number, mark in marks if mark is not None]


@pytest.mark.parametrize(
    ("name", "line", "codes"), [case for name in ("wrong_in_functions", "wrong_in_callbacks") for case in marked(name)]
)
def test_wrong(name: str, line: int, codes: set[str]) -> None:
    """A marked line is told, by the rule that speaks of what is wrong in it."""
    assert said_of(name).get(line) == codes


@pytest.mark.parametrize("name", ["wrong_in_functions", "wrong_in_callbacks", "right", "right_too"])
def test_right(name: str) -> None:
    """No other line is."""
    assert set(said_of(name)) == {line for _, line, _ in marked(name)}


IMPORTS = "import numpy as np\nimport tensorflow as tf\n"
USES = "@tf.function{}\ndef f(x):\n    return {}\nf(tf.constant({}))\n"


@pytest.mark.parametrize("used", ["int(x)", "float(x)", "range(x)", "len([x]) + int(x)"])
@pytest.mark.parametrize("converted", [True, False])
def test_replaced_by_autograph(tmp_path: pathlib.Path, used: str, converted: bool) -> None:
    """What AutoGraph replaces is told only where it does not convert."""
    text = IMPORTS + USES.format("" if converted else "(autograph=False)", used, "3")
    assert [f.rule for f in findings(tmp_path, text, worlds=target("==2.21.*"))] == ([] if converted else [BUILTIN])


@pytest.mark.parametrize(
    ("used", "given"), [("len(x)", "1.0"), ("sorted(x)", "[[1.0], [2.0]]"), ("[v for v in range(x)]", "3")]
)
def test_replaced_but_refused(tmp_path: pathlib.Path, used: str, given: str) -> None:
    """AutoGraph's own `len` takes no scalar, its `sorted` no matrix, and its `range` gives a tensor."""
    text = IMPORTS + USES.format("", used, given)
    assert [f.rule for f in findings(tmp_path, text, worlds=target("==2.21.*"))] == [BUILTIN]


@pytest.mark.parametrize(
    ("module", "used", "rule"),
    [
        ("import numpy as np\ndef use(t):\n    return np.mean(t)\n", "helpers.use(x)", NUMPY),
        ("def use(t):\n    return sum(t)\n", "helpers.use(x)", BUILTIN),
        ("def use(t):\n    return f'{t}'\n", "tf.constant(helpers.use(x))", TEXT),
        (
            "import tensorflow as tf\ndef use(t):\n    return list(tf.data.Dataset.range(3))\n",
            "helpers.use(x)",
            DATASET,
        ),
    ],
)
def test_other_module(tmp_path: pathlib.Path, module: str, used: str, rule: object) -> None:
    """What another module does is told at the call that reaches it."""
    text = IMPORTS + "import helpers\n" + USES.format("", used, "[1.0, 2.0]")
    found = findings(tmp_path, text, worlds=target("==2.21.*"), files={"helpers.py": module})
    assert [(f.rule, f.span.line) for f in found] == [(rule, 6)]


@pytest.mark.parametrize("asked", ["tf.is_tensor(p)", "isinstance(p, tf.Tensor)"])
def test_asked_for_its_type(tmp_path: pathlib.Path, asked: str) -> None:
    """A function that takes arrays as well as tensors says so by asking."""
    body = f"    if {asked}:\n        return tf.reduce_mean(y - p)\n    return np.mean(p)\n"
    text = f"{IMPORTS}def loss(y, p):\n{body}m = tf.keras.Sequential()\nm.compile('sgd', loss=loss)\n"
    assert [f.rule for f in findings(tmp_path, text, worlds=target("==2.21.*"))] == []


SIGNED = "@tf.function(input_signature=[tf.TensorSpec([{}, 2])])\ndef f(x):\n    return x.shape[0] * 2\n"


@pytest.mark.parametrize(("size", "told"), [("None", True), ("3", False), ("read_size()", False), ("SIZE", False)])
def test_open_size(tmp_path: pathlib.Path, size: str, told: bool) -> None:
    """Only a size that the signature surely leaves open is told."""
    text = IMPORTS + "from settings import SIZE, read_size\n" + SIGNED.format(size)
    found = findings(tmp_path, text, worlds=target("==2.21.*"))
    assert [f.rule for f in found] == ([DIMENSION] if told else [])


@pytest.mark.parametrize("said", ["raise ValueError(f'{x}')", "assert x.shape.rank, f'{x}'", "print('tracing %s' % x)"])
def test_text_about_the_trace(tmp_path: pathlib.Path, said: str) -> None:
    """A text that is shown while tracing describes the tensor on purpose."""
    text = (
        f"{IMPORTS}@tf.function\ndef f(x):\n    if x.shape.rank == 7:\n        {said}\n    return x\nf(tf.ones([2]))\n"
    )
    assert not [f for f in findings(tmp_path, text, worlds=target("==2.21.*")) if f.rule is TEXT]


def test_saved_with_a_host_function(tmp_path: pathlib.Path) -> None:
    """A host function is told in an object that the module saves, and in no other."""
    body = "    @tf.function\n    def f(self, x):\n        return tf.py_function(lambda v: v, [x], tf.float32)\n"
    text = f"{IMPORTS}class A(tf.Module):\n{body}class B(tf.Module):\n{body}tf.saved_model.save(A(), 'a')\n"
    found = findings(tmp_path, text, worlds=target("==2.21.*"))
    assert [(f.rule, f.span.line) for f in found] == [(HOST, 6)]
