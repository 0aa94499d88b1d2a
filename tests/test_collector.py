"""A process that lints again and again does not grow, though Python looks for garbage but now and then."""

from __future__ import annotations

import gc
import pathlib
import weakref

import pytest

from tf2lint import collector
from tf2lint.config import Projects
from tf2lint.engine import Linter

TEXT = "import tensorflow as tf\n\n\ndef f{number}(x):\n    return tf.placeholder(x)\n"


def test_trees_that_were_replaced_go(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in an editor: the text changes, and what was learned of the earlier one is garbage."""
    gc.collect()
    monkeypatch.setattr(collector, "_LEAST", 500)
    monkeypatch.setattr(collector, "_CHARACTERS", 0)
    monkeypatch.setattr(collector, "_limit", 500)
    linter = Linter(Projects().of_folder(tmp_path))
    trees = []
    try:
        for number in range(60):
            linter.refresh()
            assert linter.lint(tmp_path / "m.py", TEXT.format(number=number))
            (module,) = linter._modules._trees
            trees.append(weakref.ref(module))
            del module
        assert sum(tree() is not None for tree in trees) < 20
    finally:
        gc.unfreeze()
