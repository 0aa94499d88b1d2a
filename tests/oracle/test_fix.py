"""What `tf2lint fix` writes: a program does under TensorFlow 2 what it did under TensorFlow 1 before.

This takes two interpreters: one with TensorFlow 1.15, one with a TensorFlow 2.
"""

from __future__ import annotations

import functools
import json
import subprocess
from pathlib import Path

import pytest

from tests.fix_programs import PROGRAMS, fixed
from tf2lint.checkers import same

from .conftest import NONE_GIVEN, interpreters, minor_of
from .examples import Outcome
from .test_examples import ran

_SAME = """
import json, sys
import tensorflow as tf
def get(root, path):
    for part in path.split("."):
        root = getattr(root, part)
    return root
old_names = tf if tf.__version__.startswith("1.") else tf.compat.v1
different = []
for old, new in json.load(sys.stdin):
    try:
        a, b = get(old_names, old), get(tf, new)
    except AttributeError:
        continue
    if a is not b and not (isinstance(a, (int, str, bytes)) and type(a) is type(b) and a == b):
        different.append([old, new])
sys.stderr.flush()
print(json.dumps(different))
"""


def test_same_objects(tensorflow_python: str) -> None:
    """TensorFlow has one object under both names of the pairs that are said to be such."""
    table = same.table()
    pairs = [(old, same.name) for old, found in table.items() for same in found if same.positional is None]
    answer = subprocess.run(
        [tensorflow_python, "-c", _SAME], input=json.dumps(pairs), capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout.splitlines()[-1]) == []
    assert len(pairs) > 150


@functools.cache
def outcomes(python: str, rewritten: bool) -> dict[str, Outcome]:
    """What the programs do under an interpreter, as they are or rewritten."""
    return ran(python, {path.name: fixed(path) if rewritten else path.read_text("utf-8") for path in PROGRAMS})


@pytest.mark.parametrize("path", PROGRAMS, ids=[path.stem for path in PROGRAMS])
def test_prints_the_same(
    path: Path, tensorflow_python: str, tensorflow_minor: str, request: pytest.FixtureRequest
) -> None:
    """A program runs under TensorFlow 1 only, and once it is rewritten under 2 with the same output."""
    if tensorflow_minor == "1.15":
        pytest.skip("it is what the others are compared with")
    if int(tensorflow_minor.split(".")[1]) < 18:
        pytest.skip("the programs are rewritten for the newest TensorFlow")
    first = [python for python in interpreters(request.config) if minor_of(python) == "1.15"]
    if not first:
        pytest.skip(NONE_GIVEN)
    before = outcomes(first[0], False)[path.name]
    assert before.error is None
    assert before.stdout
    assert outcomes(tensorflow_python, False)[path.name].error is not None
    assert outcomes(tensorflow_python, True)[path.name] == before
