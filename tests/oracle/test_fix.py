"""What `tf2lint fix` writes: a program does under TensorFlow 2 what it did under TensorFlow 1 before.

This takes two interpreters: one with TensorFlow 1.15, one with a TensorFlow 2.
"""

from __future__ import annotations

import functools
import json
import subprocess
from pathlib import Path

import pytest

from tests.fix_programs import PROGRAMS, UNSAFE, UNTANGLED, fixed, fixed_for_both
from tf2lint import api
from tf2lint.checkers import native, same, successors
from tf2lint.cli.lint import Worker
from tf2lint.cli.rewriting import Fixer
from tf2lint.cli.selection import selection
from tf2lint.config import Options

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
def inner(made):
    while getattr(made, "__wrapped__", None) is not None:
        made = made.__wrapped__
    return made
different = []
for old, new in json.load(sys.stdin):
    try:
        a, b = get(old_names, old), get(tf, new)
    except Exception:  # Some are loaded late, from packages that are not there.
        continue
    # Functions of numbers are wrapped once more from 2.14 on, for promotions that nobody has asked for.
    if inner(a) is not inner(b) and not (isinstance(a, (int, float, str, bytes)) and type(a) is type(b) and a == b):
        different.append([old, new])
sys.stderr.flush()
print(json.dumps(different))
"""


def _differ(python: str, pairs: list[tuple[str, str]]) -> list[list[str]]:
    answer = subprocess.run([python, "-c", _SAME], input=json.dumps(pairs), capture_output=True, text=True, check=True)
    found: list[list[str]] = json.loads(answer.stdout.splitlines()[-1])
    return found


def test_same_objects(tensorflow_python: str) -> None:
    """TensorFlow has one object under both names of the pairs that are said to be such."""
    table = same.table()
    pairs = [(old, found.name) for old, known in table.items() for found in known if found.positional is None]
    assert _differ(tensorflow_python, pairs) == []
    assert len(pairs) > 150


def test_distinct(tensorflow_python: str, tensorflow_minor: str) -> None:
    """Under names that are not listed `tf.compat.v1` has what TensorFlow 2 has."""
    if tensorflow_minor == "1.15":
        pytest.skip("it has nothing else")
    start = "tf.compat.v1."
    names = [name.removeprefix(start) for name in api.names() if name.startswith(start)]
    pairs = [(name, name) for name in names if native.is_native(name)]
    assert _differ(tensorflow_python, pairs) == []
    assert len(pairs) > 1000
    listed = [(name, name) for name in native.distinct()]
    assert len(_differ(tensorflow_python, listed)) > len(listed) / 2


@functools.cache
def outcomes(python: str, rewritten: str) -> dict[str, Outcome]:
    """What the programs do under an interpreter, as they are or rewritten, for the newest TensorFlow or for all."""
    source = {"": lambda path: path.read_text("utf-8"), "newest": fixed, "both": fixed_for_both}[rewritten]
    return ran(python, {str(path): source(path) for path in (*PROGRAMS, *UNTANGLED, *UNSAFE)})


def _compare(path: Path, python: str, minor: str, config: pytest.Config) -> None:
    if minor == "1.15":
        _require_same(outcomes(python, "both")[str(path)], outcomes(python, "")[str(path)])
        return
    if int(minor.split(".")[1]) < 18:
        pytest.skip("the programs are rewritten for the newest TensorFlow")
    first = [python for python in interpreters(config) if minor_of(python) == "1.15"]
    if not first:
        pytest.skip(NONE_GIVEN)
    before = outcomes(first[0], "")[str(path)]
    assert before.error is None
    assert before.stdout
    if path not in UNTANGLED:
        assert outcomes(python, "")[str(path)].error is not None
    after = outcomes(python, "newest")[str(path)]
    _require_same(after, before)


def _require_same(after: Outcome, before: Outcome) -> None:
    for package in successors.PACKAGES:
        if f"No module named '{package.name}'" in str(after.error):
            pytest.skip(f"{package.name} is not installed there")
    assert after == before


@pytest.mark.parametrize("path", [*PROGRAMS, *UNTANGLED], ids=lambda path: path.stem)
def test_prints_the_same(
    path: Path, tensorflow_python: str, tensorflow_minor: str, request: pytest.FixtureRequest
) -> None:
    """A program runs under TensorFlow 1 only, and once it is rewritten under 2 with the same output."""
    _compare(path, tensorflow_python, tensorflow_minor, request.config)


@pytest.mark.parametrize("path", UNSAFE, ids=lambda path: path.stem)
def test_unsafe_prints_the_same(
    path: Path, tensorflow_python: str, tensorflow_minor: str, request: pytest.FixtureRequest
) -> None:
    """So does one that is rewritten with --unsafe."""
    _compare(path, tensorflow_python, tensorflow_minor, request.config)


_TRACED = """
import tensorflow as tf
@tf.function
def step(x):
    print("x", x, end="!")
    return x
step(tf.constant([1.5]))
step(tf.constant([2.0]))
"""


def test_prints_in_every_call(tensorflow_python: str, tensorflow_minor: str, tmp_path: Path) -> None:
    """What prints while tracing prints the values, in every call, after it was rewritten."""
    if tensorflow_minor == "1.15":
        pytest.skip("it does not run eagerly")
    path = tmp_path / "program.py"
    path.write_text(_TRACED)
    fixer = Fixer(Worker(Options()), selection([], []), unsafe=True)
    outcome = ran(tensorflow_python, {"it": fixer.fix(str(path)).after.decode()})["it"]
    assert outcome == Outcome("x [1.5]!x [2]!", None)
