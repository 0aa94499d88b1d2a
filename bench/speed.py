"""What tf2lint costs, as ratios measured in one run: `python -m bench.speed`.

The unit is `ast.parse` of every file of tensor2tensor, each tree dropped at once. Every row runs in a process of its
own; only ratios of one run mean anything, and only on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable

from bench import corpus, fetch
from tf2lint.checkers import registry
from tf2lint.inference import build

_ROOT = pathlib.Path(__file__).resolve().parent.parent

# flake8 loads every plugin that is installed: to measure it alone, tf2lint must not look installed.
_FLAKE8 = """
import importlib.metadata as m, sys
found = m.distributions
m.distributions = lambda **k: (d for d in found(**k) if d.metadata["Name"] != "tf2lint")
from flake8.main.cli import main
sys.exit(main(sys.argv[1:]))
"""
_FLAKE8_CONFIG = "[flake8:local-plugins]\nextension =\n    TF = tf2lint.flake8_plugin:Plugin\n"


def parse_alone(package: str) -> float:
    """CPU seconds of `ast.parse`."""
    texts = _texts(package)
    started = time.process_time()
    for text in texts:
        ast.parse(text)
    return time.process_time() - started


def build_trees(package: str) -> float:
    """CPU seconds of the trees that tf2lint works on."""
    texts = _texts(package)
    build.parse("", "warm", "warm.py", package=False)
    started = time.process_time()
    for number, text in enumerate(texts):
        build.parse(text, f"m{number}", f"m{number}.py", package=False)
    return time.process_time() - started


def lint(package: str) -> float:
    """CPU seconds of tf2lint on everything, the loading of its rules excluded and of its database included."""
    registry()
    return corpus.lint(package).seconds


def _texts(package: str) -> list[str]:
    warnings.simplefilter("ignore")
    return [text for path in corpus.files_of(package) if (text := corpus.text_of(path)) is not None]


def flake8(package: str, *, ours: bool) -> float:
    """CPU seconds of flake8, start-up included, without plugins or with tf2lint as the only one."""
    with tempfile.TemporaryDirectory() as scratch:
        config = pathlib.Path(scratch) / "flake8.cfg"
        config.write_text(_FLAKE8_CONFIG if ours else "[flake8]\n", encoding="utf-8")
        options = ["--config", str(config), "-j1", "--exit-zero"]
        return _command(["-c", _FLAKE8, *options, str(corpus.folder_of(package))], " TF" if ours else "")


def pylint(package: str, *, ours: bool) -> float:
    """CPU seconds of pylint, start-up included, with its default checks, and with tf2lint."""
    options = ["--rcfile=", "-j1", "--exit-zero", "--persistent=n", "--recursive=y", "-sn"]
    options += ["--load-plugins=tf2lint"] if ours else []
    return _command(["-m", "pylint", *options, str(corpus.folder_of(package))], "(tf-" if ours else "")


def _command(arguments: list[str], prints: str) -> float:
    """CPU seconds of a Python program that must end well, and print a text: else it measures something else."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    settings = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            [sys.executable, *arguments], env=settings, cwd=scratch, capture_output=True, text=True, check=False
        )
    if done.returncode or prints not in done.stdout:
        raise RuntimeError(f"{arguments[:2]} ended with {done.returncode} without {prints!r}: {done.stderr[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _alone(measure: Callable[[str], float], package: str, repeat: int) -> float:
    """The least of some measurements, each in a fresh process."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        return min(pool.apply(measure, (package,)) for _ in range(repeat))


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--package", default="tensor2tensor", help="for the unit, the trees and the lint")
    parser.add_argument("--flake8-package", default="stable-baselines")
    parser.add_argument("--pylint-package", default="bert-tensorflow")
    parser.add_argument("--repeat", type=int, default=3, help="of each row; the least counts")
    options = parser.parse_args(arguments)
    try:
        rows = _rows(options)
    except fetch.FetchError as error:
        print(error, file=sys.stderr)
        return 2
    print(corpus.table([["what", "CPU s", "ratio", "lines/CPU s"], *rows]))
    return 0


def _rows(options: argparse.Namespace) -> list[list[str]]:
    repeat, package = options.repeat, options.package
    rows = []
    unit = _alone(parse_alone, package, repeat)
    for label, seconds in [
        (f"ast.parse, {package}", unit),
        (f"tf2lint's trees, {package}", _alone(build_trees, package, repeat)),
        (f"tf2lint, {package}", _alone(lint, package, repeat)),
    ]:
        rows.append(_row(label, seconds, unit, package))
    for host, of in ((flake8, options.flake8_package), (pylint, options.pylint_package)):
        # By turns, so that what else the machine does meets both.
        pairs = [(host(of, ours=False), host(of, ours=True)) for _ in range(repeat)]
        without, with_ours = (min(times) for times in zip(*pairs, strict=True))
        rows.append(_row(f"{host.__name__}, {of}", without, without, of))
        rows.append(_row(f"{host.__name__} with tf2lint, {of}", with_ours, without, of))
    return rows


def _row(label: str, seconds: float, unit: float, package: str) -> list[str]:
    lines = sum(text.count("\n") for text in _texts(package))
    return [label, f"{seconds:.2f}", f"{seconds / unit:.2f}", f"{lines / seconds:,.0f}"]


if __name__ == "__main__":
    sys.exit(main())
