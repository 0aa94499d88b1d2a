"""Modules of Keras's implementation: those that are said to be there, and no others, are found by a real Python."""

from __future__ import annotations

import functools
import json
import subprocess

from tf2lint import api
from tf2lint.checkers import keras_private_path as paths

from .test_api import world_of

SCRIPT = """
import importlib.util, json, sys
import tensorflow
from tensorflow import keras

def found(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ImportError:
        return False

names = json.load(sys.stdin)
keras = sys.modules.get("keras", keras)
answer = {"tensorflow": tensorflow.__version__, "keras": getattr(keras, "__version__", "2"), "found": {}}
answer["found"] = {name: found(name) for name in names}
json.dump(answer, sys.stdout)
"""


@functools.cache
def listed() -> dict[str, int]:
    """The worlds of each path that the rule speaks of."""
    known = dict(paths.table())
    for name in api.names():
        symbol = api.symbol(name)
        if name.startswith("keras.") and symbol is not None and symbol.open and api.symbol(f"tf.{name}") is None:
            known.setdefault(name, symbol.worlds | symbol.imports)
    return {name: worlds for name, worlds in known.items() if worlds != api.ALL}


def test_modules_are_where_they_are_said_to_be(tensorflow_python: str) -> None:
    """Up to 2.5 nothing is claimed of the package `keras`, which was not TensorFlow's yet."""
    imported = {name: name.replace("tf.", "tensorflow.", 1) if name.startswith("tf.") else name for name in listed()}
    done = subprocess.run(
        [tensorflow_python, "-c", SCRIPT],
        input=json.dumps(sorted(imported.values())),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr[-2000:]
    facts = json.loads(done.stdout)
    world = world_of(facts)
    old = facts["tensorflow"] < "2.6" or facts["tensorflow"].startswith("1.")
    names = [name for name in listed() if not (old and name.startswith("keras."))]
    wrong = {name for name in names if bool(listed()[name] & world) != facts["found"][imported[name]]}
    assert len(names) > 50
    assert wrong == set()
