"""Which TensorFlow interpreters the oracle asks.

    pytest --tensorflow tf1.15/bin/python --tensorflow tf2.21/bin/python

or the same paths, separated as in PATH, in the environment variable TF2LINT_ORACLE. `tfenv.py` makes such interpreters.
Without one, the tests are skipped.
"""

from __future__ import annotations

import functools
import os
import subprocess
from pathlib import Path

import pytest

NONE_GIVEN = "no TensorFlow: give --tensorflow PYTHON, or TF2LINT_ORACLE"

_ASK = """
names = ("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow-intel", "tf-nightly")
def version(name):
    try:
        import importlib.metadata as metadata
    except ImportError:
        import pkg_resources
        return pkg_resources.get_distribution(name).version
    return metadata.version(name)
for name in names:
    try:
        print(version(name))
        break
    except Exception:
        pass
"""


def interpreters(config: pytest.Config) -> list[str]:
    """The interpreters that this run was given, each an absolute path, none twice."""
    given = list(config.getoption("--tensorflow", default=None) or [])
    given += [path for path in os.environ.get("TF2LINT_ORACLE", "").split(os.pathsep) if path]
    # Not resolved: the python of a virtual environment is a link, and the link is what makes the environment.
    return list(dict.fromkeys(str(Path(path).absolute()) for path in given))


@functools.cache
def minor_of(python: str) -> str:
    """The TensorFlow minor ("2.21") of an interpreter, from its package metadata; a usage error where it has none."""
    if not Path(python).exists():
        raise pytest.UsageError(f"--tensorflow: no such interpreter: {python}")
    answer = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, check=False)
    version = answer.stdout.strip()
    if answer.returncode or not version:
        raise pytest.UsageError(f"--tensorflow: {python} has no TensorFlow {answer.stderr.strip()[-200:]}".rstrip())
    return ".".join(version.split(".")[:2])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `tensorflow_python` runs once per interpreter, and is skipped where there is none."""
    if "tensorflow_python" in metafunc.fixturenames:
        given = interpreters(metafunc.config)
        metafunc.parametrize(
            "tensorflow_python",
            given or [pytest.param("", marks=pytest.mark.skip(reason=NONE_GIVEN))],
            ids=[f"tf{minor_of(python)}" for python in given] or ["no-tensorflow"],
            scope="session",
        )


@pytest.fixture(scope="session")
def tensorflow_minor(tensorflow_python: str) -> str:
    """The minor ("2.21") of the TensorFlow under test."""
    return minor_of(tensorflow_python)
