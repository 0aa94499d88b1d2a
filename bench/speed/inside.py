"""What is measured within a process, start-up excluded: `python -m bench.speed.inside WHAT ARGUMENT`."""

from __future__ import annotations

import ast
import json
import pathlib
import sys
import time
import warnings
from collections.abc import Callable

from bench import corpus
from tf2lint import config
from tf2lint.checkers import registry
from tf2lint.engine import Linter

_LONG_ENOUGH = 0.3
"""CPU seconds: what takes less is measured again, up to so many times."""
_TIMES = 20


def parse(package: str) -> float:
    """CPU seconds of `ast.parse` of a package's files, each tree dropped at once."""
    warnings.simplefilter("ignore")
    texts = [text for path in corpus.files_of(package) if (text := corpus.text_of(path)) is not None]
    started = time.process_time()
    for text in texts:
        ast.parse(text)
    return time.process_time() - started


def lines(package: str) -> int:
    """The lines of a package."""
    texts = (corpus.text_of(path) for path in corpus.files_of(package))
    return sum(text.count("\n") for text in texts if text is not None)


def lint(package: str) -> float:
    """CPU seconds of tf2lint on a package, the loading of its rules excluded and of its database included."""
    registry()
    return corpus.lint(package).seconds


def module(name: str) -> tuple[float, int]:
    """CPU seconds of tf2lint on one module that is given as a file, by itself, and its lines."""
    path = pathlib.Path(name)
    text = path.read_text(encoding="utf-8")
    settings = config.Projects().of(path)
    Linter(settings).lint(path.with_name("warm.py"), _WARM)
    taken: list[float] = []
    while sum(taken) < _LONG_ENOUGH and len(taken) < _TIMES:
        linter = Linter(settings)
        started = time.process_time()
        linter.lint(path, text)
        taken.append(time.process_time() - started)
    return min(taken), text.count("\n")


_WARM = """\
import tensorflow as tf

@tf.function
def step(x, wide=False):
    return tf.log(tf.reduce_sum(x, keep_dims=True))
"""
"""Asks for all of the database."""

_KNOWN: dict[str, Callable[[str], object]] = {"parse": parse, "lines": lines, "lint": lint, "module": module}

if __name__ == "__main__":
    print(json.dumps(_KNOWN[sys.argv[1]](*sys.argv[2:])))
