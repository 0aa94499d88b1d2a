"""A process that lints again and again does not grow, though Python looks for garbage but now and then."""

from __future__ import annotations

import gc
import pathlib
import weakref

import pytest

from tests import corpus
from tf2lint import collector, engine
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


def test_nothing_holds_trees_that_were_forgotten(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a large project: all that was learned of its first modules goes before the last are read."""
    monkeypatch.setattr(engine, "_TEXT_KEPT", 2_000)
    (tmp_path / "common.py").write_text("import tensorflow as tf\nclass Base: pass\ndef both(x): return x\n")
    linter = Linter(Projects().of_folder(tmp_path))
    trees = []
    try:
        for path in filter(corpus.parses, corpus.programs()[::5]):
            text = f"from common import Base, both\n\nboth(Base)\n{path.read_text(encoding='utf-8')}"
            linter.lint(tmp_path / path.name, text)
            trees += [weakref.ref(module) for module in linter._modules._trees]
        linter._ev.forget()
        collector.collect()
        assert len(trees) > 100
        assert sum(tree() is not None for tree in trees) < 10  # What was looked at last is kept by its text.
    finally:
        gc.unfreeze()
