"""astroid's own tree of the builtins is there for whoever asks astroid, and was not made for us."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import pathlib
from astroid import raw_building
from tf2lint import config
from tf2lint.engine import Linter

def codes():
    text = "import tensorflow as tf\\n@tf.function\\ndef f(x):\\n    print(len(x), 'a'.at)\\n    return tf.log(x)\\n"
    linter = Linter(config.Projects().of_folder(pathlib.Path("/nowhere")))
    return [finding.rule.code for finding in linter.lint(pathlib.Path("/nowhere/m.py"), text)]

before = codes()
print(raw_building.InspectBuilder.bootstrapped)
import astroid
node = astroid.extract_node("'a'.upper")
print([found.qname() for found in node.infer()], [found.name for found in astroid.extract_node("len").infer()])
print(before == codes() != [])
"""


def test_astroid_is_as_it_was() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.splitlines() == ["False", "['builtins.str.upper'] ['len']", "True"]
