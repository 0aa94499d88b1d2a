"""The command: its cost in units of `ast.parse`, its memory, its cache, its processes, its start."""

from __future__ import annotations

import contextlib
import functools
import os
import pathlib
import tempfile
from collections.abc import Iterator

from bench import corpus, fetch, interpreters
from bench.speed import child
from bench.speed.rows import Options, Row

_STARTS = 10


def check(options: Options) -> Iterator[Row]:
    """`tf2lint check --no-cache --jobs 1`, as a user runs it."""
    (cost,) = child.by_turns(options.repeat, lambda: _check(options, "--no-cache", "--jobs", "1"))
    unit = min(child.inside("parse", options.package) for _ in range(options.repeat))
    note = f"{cost.cpu:.2f} s, ast.parse {unit:.2f} s, {child.inside('lines', options.package) / cost.cpu:,.0f} lines/s"
    yield Row(f"check {options.package}, CPU of ast.parse", cost.cpu / unit, 5, note=note)
    yield Row(f"check {options.package}, peak memory", cost.memory, 250, unit=" MB")


def upgrade(options: Options) -> Iterator[Row]:
    """Lines per CPU second against tf_upgrade_v2, start-up excluded in both."""
    if options.tensorflow is None:
        print("upgrade: skipped, --tensorflow names no interpreter with TensorFlow")
        return
    texts = [text for path in corpus.files_of(options.package) if (text := corpus.text_of(path)) is not None]
    ours = min(child.inside("lint", options.package) for _ in range(options.repeat))
    theirs = sum(answer[3] for answer in interpreters.ask(options.tensorflow, "upgrade_probe.py", texts))
    note = f"{ours:.2f} s against {theirs:.2f} s"
    yield Row(f"lines per CPU second of tf_upgrade_v2, {options.package}", theirs / ours, 8, most=False, note=note)


def cache(options: Options) -> Iterator[Row]:
    """A run where nothing changed against the one that filled the cache."""
    with tempfile.TemporaryDirectory() as scratch, isolated(options.package) as folder:

        def run(cache_folder: str) -> child.Cost:
            return _checked(folder, "--cache-dir", cache_folder, "--jobs", "1")

        warmed = tempfile.mkdtemp(dir=scratch)
        run(warmed)
        first, again = child.by_turns(options.repeat, lambda: run(tempfile.mkdtemp(dir=scratch)), lambda: run(warmed))
    note = f"{again.cpu:.2f} s, cold {first.cpu:.2f} s"
    yield Row(f"check {options.package}, warm cache of cold, CPU", again.cpu / first.cpu, 0.03, note=note)


def jobs(options: Options) -> Iterator[Row]:
    """Two processes against one, in time that passes."""
    one, two = child.by_turns(
        options.repeat,
        lambda: _check(options, "--no-cache", "--jobs", "1"),
        lambda: _check(options, "--no-cache", "--jobs", "2"),
    )
    busy = os.cpu_count() or 1
    idle = busy - os.getloadavg()[0] + 2  # What was just run is part of the load.
    note = f"{two.wall:.2f} s against {one.wall:.2f} s" + ("" if idle >= 2 else "; the machine was busy with others")
    yield Row(f"check {options.package}, --jobs 2 faster than 1", one.wall / two.wall, 1.7, most=False, note=note)
    yield Row(f"check {options.package}, --jobs 2, CPU of --jobs 1", two.cpu / one.cpu)


def start(options: Options) -> Iterator[Row]:
    """A file of one line, in time that passes."""
    programs = {"x = 1": "x = 1\n", "tf.placeholder": "import tensorflow as tf; tf.placeholder\n"}
    for label, text in programs.items():
        (cost,) = child.by_turns(max(options.repeat, _STARTS), functools.partial(_one_line, text))
        yield Row(f"check of one line, {label}", cost.wall, 0.3, unit=" s", note=f"CPU {cost.cpu:.2f} s")


def _one_line(text: str) -> child.Cost:
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch, "one.py")
        file.write_text(text, encoding="utf-8")
        return child.python("-m", "tf2lint", "check", "--no-cache", str(file), status=(0, 1))


def _check(options: Options, *arguments: str) -> child.Cost:
    with isolated(options.package) as folder:
        return _checked(folder, *arguments)


def _checked(folder: pathlib.Path, *arguments: str) -> child.Cost:
    return child.python("-m", "tf2lint", "check", *arguments, str(folder), status=(1,), prints=" TF")


@contextlib.contextmanager
def isolated(package: str) -> Iterator[pathlib.Path]:
    """A folder with a link to a package: what this repository configures and ignores is not the package's."""
    with tempfile.TemporaryDirectory() as scratch:
        link = pathlib.Path(scratch, package)
        link.symlink_to(corpus.folder_of(package, fetch.FOLDER.resolve()), target_is_directory=True)
        yield link
