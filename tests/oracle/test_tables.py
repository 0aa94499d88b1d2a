"""Every entry of TensorFlow's own tables of changed calls is told, or is listed here with the reason why it is not.

The tables are those of `tf_upgrade_v2`, from each TensorFlow under test as it is installed, and, where the wheels of
all versions are unpacked, their union.
"""

from __future__ import annotations

import functools
import json
import pathlib
import subprocess
from typing import Any

import pytest

from tf2lint import api
from tf2lint.config import Config
from tf2lint.engine import Linter
from tf2lint.findings import Finding
from tools import upgrade_tables

from .conftest import NONE_GIVEN, interpreters, minor_of

CACHE = pathlib.Path(__file__).parents[2] / ".cache" / "sources"
NEWEST = api.bit("2.21")
FIRST = api.bit("1.15")

STILL_TAKEN = {
    **dict.fromkeys(
        [("tf.linalg.l2_normalize", "dim"), ("tf.math.l2_normalize", "dim"), ("tf.nn.l2_normalize", "dim")],
        "2.21 takes dim= as well as axis=",
    ),
}
"""Keywords that the tables rename and TensorFlow 2.21 still takes."""

NO_NEW_KEYWORD = {
    ("tf.constant", "verify_shape"): "what the table gives is a remark, no argument: the argument went",
    **dict.fromkeys(
        [("tf.nn.conv2d_backprop_input", k) for k in ("use_cudnn_on_gpu", "input_sizes", "out_backprop", "filter")],
        "the function went; tf.nn.conv2d_transpose, which the name's hint gives, takes other arguments",
    ),
    **dict.fromkeys(
        [("tf.contrib.summary.generic", k) for k in ("name", "tensor", "family")],
        "the function went; tf.summary.write is another",
    ),
    ("tf.contrib.summary.create_file_writer", "name"): "tf.compat.v2's function takes name= still",
    ("tf.load_file_system_library", "library_filename"): "the function went",
}
"""Entries that are told, by the name or by tf-removed-argument, without the keyword of the table."""

NO_NEW_ORDER = {
    "tf.contrib.summary.create_file_writer": "what takes its place has the same order",
}
"""Functions whose arguments the tables reorder and that take them in the old order."""

_ASSERTION = "it gives None where it gave an operation: control_dependencies takes both, and no argument changed"
_METHOD = "a method of any object: told where the receiver is known to be a model"
NO_FINDING = {
    "*.save": _METHOD,
    "*.export_savedmodel": _METHOD,
    "tf.debugging.assert_integer": _ASSERTION,
    "tf.debugging.assert_type": _ASSERTION,
    "tf.distribute.MirroredStrategy": "its constructor is the same, the lost methods are told where they are called",
}
"""What the tables warn of and no finding tells, with the reason."""

_SHARDED = "{name}(x, x, partition_strategy='mod')"
_ARGUMENTS = {
    "tf.debugging.assert_integer": "{name}(x, 'message')",
    "tf.debugging.assert_type": "{name}(x, tf.float32, 'message')",
    "tf.debugging.assert_scalar": "x = {name}(x)",
    "tf.summary.audio": "{name}('name', x, 44100)",
    "tf.saved_model.load": "{name}(session, ['serve'], 'path')",
    **dict.fromkeys(
        ("tf.nn.nce_loss", "tf.nn.sampled_softmax_loss"), "{name}(x, x, x, x, 1, 2, partition_strategy='mod')"
    ),
    **{f"tf.nn.{name}": _SHARDED for name in ("embedding_lookup", "embedding_lookup_sparse")},
    "tf.nn.safe_embedding_lookup_sparse": _SHARDED,
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One run per TensorFlow, and one for the union of all wheels."""
    given = interpreters(metafunc.config)
    runs = [pytest.param(python, id=f"tf{minor_of(python)}") for python in given]
    if CACHE.is_dir():
        runs.append(pytest.param("", id="all-wheels"))
    skipped = [pytest.param("", marks=pytest.mark.skip(reason=NONE_GIVEN), id="no-tensorflow")]
    if "tables" in metafunc.fixturenames:
        metafunc.parametrize("tables", runs or skipped, indirect=True)


@pytest.fixture
def tables(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The tables of one TensorFlow."""
    return read(request.param)


@functools.cache
def read(python: str) -> dict[str, Any]:
    """The tables as the script has them; of all wheels for no interpreter."""
    if not python:
        return {
            "keywords": upgrade_tables.keyword_renames(CACHE),
            "orders": upgrade_tables.reorders(CACHE),
            "warnings": sorted(upgrade_tables.warnings(CACHE)),
            "argument_warnings": {
                name: sorted(entry) for name, entry in upgrade_tables.argument_warnings(CACHE).items()
            },
        }
    script = pathlib.Path(__file__).with_name("dump_tables.py")
    done = subprocess.run([python, str(script)], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lint(folder: pathlib.Path, line: str) -> list[Finding]:
    """What is said of a line of a program that was written for TensorFlow 1."""
    text = f"import tensorflow as tf\nx = tf.placeholder(tf.float32)\ndef program(*a):\n    {line}\n"
    return [f for f in Linter(Config(target=NEWEST)).lint(folder / "program.py", text) if f.span.line == 4]


def test_keywords(tables: dict[str, Any], tmp_path: pathlib.Path) -> None:
    """A keyword that the tables rename or remove is told where it stands, with the new one."""
    wrong = []
    for function, entries in tables["keywords"].items():
        for old, new in entries.items():
            program = f"{function}({old}=a)"
            if function.startswith("*."):  # A method of an optimizer of TensorFlow 1.
                program = f"tf.train.AdamOptimizer(){function[1:]}({old}=a)"
            found = lint(tmp_path, program)
            told = [f for f in found if f.span.column == 4 + program.rindex("(") + 1]
            if (function, old) in STILL_TAKEN:
                ok = not found
            elif (function, old) in NO_NEW_KEYWORD:
                ok = bool(found)
            elif function.startswith("*."):
                ok = bool(found)  # The optimizer that has the method is gone.
            elif new is None:
                ok = bool(told)
            else:
                ok = any(f.rule.symbol == "tf-renamed-argument" and f"it is {new}= now" in f.message for f in told)
            if not ok:
                wrong.append((function, old, new, [f.message for f in found]))
    assert not wrong


def test_orders(tables: dict[str, Any], tmp_path: pathlib.Path) -> None:
    """Each place that means something else is told in a program of TensorFlow 1, if the name is not gone for good."""
    wrong = []
    for function in tables["orders"]:
        before = api.signature(function, FIRST)
        now = _successor(function)
        names = [parameter.name for parameter in before.positional] if before is not None else []
        values = [f"a[{number}]" for number in range(len(names))]
        found = lint(tmp_path, f"{function}({', '.join(values)})")
        starts = {4 + len(function) + 1 + sum(len(value) + 2 for value in values[:i]): i for i in range(len(names))}
        told = {starts.get(f.span.column) for f in found}
        if function in NO_NEW_ORDER or now is None:
            ok = function in NO_NEW_ORDER or bool(found)
        else:
            expected = _elsewhere(function, names, [parameter.name for parameter in now.positional])
            ok = bool(expected) and expected <= told
        if not ok:
            wrong.append((function, names, [f.message for f in found]))
    assert not wrong


def _successor(function: str) -> api.Signature | None:
    """What the function takes now, or what has its place; None where it went without a successor."""
    symbol = api.symbol(function)
    if symbol is not None and symbol.worlds & NEWEST:
        return api.signature(function, NEWEST)
    instead = api.replacement(function, NEWEST)
    return api.signature(instead.name, NEWEST) if instead is not None and instead.native else None


def _elsewhere(function: str, names: list[str], now: list[str]) -> set[int]:
    """The places whose parameter went elsewhere; of those beyond the end the first, since one finding says it all."""
    places: set[int] = set()
    for number, name in enumerate(names):
        if number >= len(now):
            return places | {number}
        if now[number] not in (name, api.renamed_argument(function, name, NEWEST)):
            places.add(number)
    return places


def call(name: str) -> str:
    """A call as programs of TensorFlow 1 had it, with what the warning is about."""
    if name in _ARGUMENTS:
        return _ARGUMENTS[name].format(name=name)
    last = name.rpartition(".")[2]
    if last.startswith("assert_") and "contrib" not in name:
        return f"{name}(x, [x])" if last.split("_", 1)[1] in _OF_ONE else f"{name}(x, 1, data=[x])"
    if "initializer" in name:
        return f"{name}(dtype=tf.float32)"
    return f"{name}('name', x)"


_OF_ONE = ("negative", "positive", "non_negative", "non_positive")


def test_warnings(tables: dict[str, Any], tmp_path: pathlib.Path) -> None:
    """What the tables warn of is told, unless nothing is wrong with it."""
    wrong = [name for name in tables["warnings"] if bool(lint(tmp_path, call(name))) == (name in NO_FINDING)]
    assert [name for name in wrong if not name.startswith("*.")] == []


def test_warnings_of_arguments(tables: dict[str, Any], tmp_path: pathlib.Path) -> None:
    """A keyword that the tables warn of is told."""
    silent = []
    for function, keywords in tables["argument_warnings"].items():
        for keyword in keywords:
            name = f"tf.train.AdamOptimizer(){function[1:]}" if function.startswith("*.") else function
            if not lint(tmp_path, f"{name}({keyword}=a)"):
                silent.append((function, keyword))
    assert not silent
