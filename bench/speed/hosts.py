"""flake8 and pylint, with tf2lint and without, and the language server."""

from __future__ import annotations

import ast
import pathlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench import corpus
from bench.speed import child
from bench.speed.rows import Options, Row

if TYPE_CHECKING:
    from tests.lsp_client import Client

# flake8 loads every plugin that is installed: to measure it alone, tf2lint must not look installed.
_FLAKE8 = """
import importlib.metadata as m, sys
found = m.distributions
m.distributions = lambda **k: (d for d in found(**k) if d.metadata["Name"] != "tf2lint")
from flake8.main.cli import main
sys.exit(main(sys.argv[1:]))
"""
_FLAKE8_CONFIG = "[flake8:local-plugins]\nextension =\n    TF = tf2lint.flake8_plugin:Plugin\n"

_FILES = (
    "tensor2tensor/tensor2tensor/models/transformer.py",
    "dm-sonnet/sonnet/python/modules/conv.py",
    "tf-slim/tf_slim/layers/layers.py",
    "tf-models-official/official/vision/ops/augment.py",
    "tf-models-official/official/vision/modeling/layers/nn_blocks.py",
)
"""Files of some 3,000 lines."""
_CHANGES = 5


def flake8(options: Options) -> Iterator[Row]:
    """flake8 with tf2lint as its only plugin, against flake8 without any."""
    with tempfile.TemporaryDirectory() as scratch:
        configs = [pathlib.Path(scratch, name) for name in ("without.cfg", "with.cfg")]
        for config, text in zip(configs, ("[flake8]\n", _FLAKE8_CONFIG), strict=True):
            config.write_text(text, encoding="utf-8")

        def run(config: pathlib.Path, prints: str) -> child.Cost:
            given = ("--config", str(config), "-j1", "--exit-zero", str(corpus.folder_of(options.hosted)))
            return child.python("-c", _FLAKE8, *given, prints=prints)

        alone, ours = child.by_turns(options.repeat, lambda: run(configs[0], ""), lambda: run(configs[1], " TF"))
    yield _against(f"flake8 with tf2lint of flake8, {options.hosted}", ours, alone, 1.3)


def pylint(options: Options) -> Iterator[Row]:
    """pylint with tf2lint against pylint, both with pylint's default checks, where no TensorFlow is installed."""
    alone, ours = _pylints(options, sys.executable)
    yield _against(f"pylint with tf2lint of pylint, {options.hosted}", ours, alone, 1.1)


def pylint_tensorflow(options: Options) -> Iterator[Row]:
    """The same where TensorFlow is installed."""
    if options.pylint_tensorflow is None:
        print("pylint-tensorflow: skipped, --pylint-tensorflow names no interpreter with pylint and TensorFlow")
        return
    alone, ours = _pylints(options, options.pylint_tensorflow)
    yield _against(f"pylint with tf2lint of pylint, {options.hosted}, TensorFlow installed", ours, alone, 1.0)


def _pylints(options: Options, interpreter: str) -> list[child.Cost]:
    def run(*arguments: str, prints: str = "") -> child.Cost:
        given = ("--rcfile=", "-j1", "--exit-zero", "--persistent=n", "--recursive=y", "-sn", *arguments)
        folder = str(corpus.folder_of(options.hosted))
        return child.python("-m", "pylint", *given, folder, interpreter=interpreter, prints=prints)

    # It takes a minute: what is compiled at the first run hides in that.
    turns = [(run(), run("--load-plugins=tf2lint", prints="(tf-")) for _ in range(options.repeat)]
    return [child.least(each) for each in zip(*turns, strict=True)]


def _against(label: str, ours: child.Cost, alone: child.Cost, target: float) -> Row:
    return Row(label, ours.cpu / alone.cpu, target, note=f"{ours.cpu:.2f} s against {alone.cpu:.2f} s")


def editor(options: Options) -> Iterator[Row]:
    """A change in the middle of a file of 3,000 lines until the diagnostics come, without the server's own pause."""
    from pylsp.python_lsp import LINT_DEBOUNCE_S

    from tests.lsp_client import Client  # Not before it is needed: other rows do without pylsp.

    for name in _FILES:
        package, _, inside = name.partition("/")
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch, package)  # A copy: the client leaves its log beside it.
            shutil.copytree(corpus.folder_of(package), folder)
            text = (folder / inside).read_text(encoding="utf-8")
            client = Client(folder)
            try:
                taken = _relinted(client, inside, text, _CHANGES * options.repeat)
            finally:
                client.close()
        label = f"relint in pylsp, {inside.rpartition('/')[2]} ({text.count(chr(10)):,} lines)"
        yield Row(label, min(taken) - LINT_DEBOUNCE_S, 0.3, unit=" s")


def _relinted(client: Client, name: str, text: str, times: int) -> list[float]:
    """Seconds from each of some changes in the middle of a file until its diagnostics come."""
    middle = _boundary(text)
    client.start()
    client.open(name, text)
    taken = []
    for number in range(times):
        started = time.perf_counter()
        client.change(name, f"{text[:middle]}changed = {number}\n{text[middle:]}")
        taken.append(time.perf_counter() - started)
    return taken


def _boundary(text: str) -> int:
    """Where the statement of a module begins that is nearest to its middle."""
    starts = {min([node, *getattr(node, "decorator_list", ())], key=_line).lineno for node in ast.parse(text).body}
    lines = text.splitlines(keepends=True)
    return len("".join(lines[: min(starts, key=lambda start: abs(start - len(lines) // 2)) - 1]))


def _line(node: ast.stmt | ast.expr) -> int:
    return node.lineno
