"""A project that wants to be run by whoever looks at it, and what tells whether it was."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import tf2lint

HERE = pathlib.Path(tf2lint.__file__).parents[1]
"""Where this tf2lint lies, installed or not."""

TRAPS = (
    *(name for name in sys.stdlib_module_names if name != "tests"),
    *"astroid packaging tomli fissix jinja2 markupsafe pathspec rich pygments sitecustomize usercustomize".split(),
    *"tensorflow keras tf_keras numpy tf2lint_plugin pylint flake8 pycodestyle pyflakes mccabe isort".split(),
    *"setup conftest conf helpers".split(),
)
"""Modules that whoever searches the current directory finds there: all of Python's own, ours, and those we speak of."""

PROGRAM = """\
import json
import tensorflow as tf
from tensorflow import gfile
import helpers
from packaging import version
if version.parse(tf.__version__).major > 1:
    print(helpers.NAME)
x = tf.placeholder(tf.float32)
y = tf.log(x)
@tf.function
def f(x):
    helpers.spread(x)
    print("loss", x)
f(y)
"""


def build(folder: pathlib.Path, trace: pathlib.Path) -> pathlib.Path:
    """Make the project. Whatever of it is executed writes its name to `trace`, and goes on as if it were nothing."""
    folder.mkdir()
    trap = f"open({str(trace)!r}, 'a').write(__name__ + '\\n')\nNAME = 'x'\ndef spread(x): return x\n"
    for name in TRAPS:
        (folder / f"{name}.py").write_text(trap, encoding="utf-8")
    for name in ("packaging", "rich", "tf2lint"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(trap, encoding="utf-8")
    (folder / "train.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "old.py").write_text("import tensorflow as tf\nprint 'loss', tf.log(1)\n", encoding="utf-8")
    cell = '{"cell_type": "code", "metadata": {}, "source": ["import tensorflow as tf\\n", "!touch x\\n", "tf.log(1)"]}'
    (folder / "book.ipynb").write_text(f'{{"cells": [{cell}], "nbformat": 4, "nbformat_minor": 4}}', encoding="utf-8")
    (folder / "setup.cfg").write_text("[tf2lint]\nbaseline = baseline.json\n", encoding="utf-8")
    (folder / "baseline.json").write_text('{"version": 1, "files": {}}\n', encoding="utf-8")
    (folder / "setup.py").write_text(f"{trap}from setuptools import setup\nsetup(install_requires=['tensorflow<3'])\n")
    return folder


def run(
    program: str, *arguments: str, cwd: pathlib.Path, status: tuple[int, ...] = (0, 1), module: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program as an installed script is: with its own folder in front of the path, and not the current one."""
    script = cwd.parent / "bin" / "script.py"
    if program:
        script.parent.mkdir(exist_ok=True)
        script.write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", module] if module else [sys.executable, str(script)]
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    answer = subprocess.run(
        [*command, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert answer.returncode in status, answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer


def executed(trace: pathlib.Path) -> set[str]:
    """The modules of the project that were executed since last asked."""
    names = set(trace.read_text(encoding="utf-8").split()) if trace.exists() else set()
    trace.unlink(missing_ok=True)
    return names
