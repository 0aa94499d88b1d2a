"""Kills `tf2lint fix` and `tf2lint baseline` at random moments: `python -m bench.kills [--kills 100] [PACKAGE]`.

Each works on a copy of a package. Every second kill comes at any moment of the run, the others when one file, taken at
random, is being written.
After each kill every file must be the old or the new one to the byte, the baseline must be such that it can be read,
and what lies there besides may only be temporary files. At the end the same command runs to its end among all that was
left, and has to do what it does without.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

from bench import fetch
from tf2lint import baseline
from tf2lint.cli.files import discover
from tf2lint.config import Projects


@dataclasses.dataclass(slots=True)
class Killed:
    """How many kills came before, within and after the writing; how many temporary files are left; what went wrong."""

    kills: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    left_over: int = 0
    wrong: list[str] = dataclasses.field(default_factory=list)

    def __str__(self) -> str:
        when = ", ".join(f"{number} {moment}" for moment, number in sorted(self.kills.items()))
        return f"{when}; {self.left_over} temporary files left; {len(self.wrong)} things wrong"


def kill(folder: pathlib.Path, arguments: Sequence[str], kills: int, seed: int = 0) -> Killed:
    """Kill a command that works on a folder so many times, restoring the folder's files in between."""
    old = _contents(folder)
    started = time.monotonic()
    _start(folder, arguments).wait()
    seconds = time.monotonic() - started
    new = _contents(folder)
    _restore(folder, old)
    written = [path for path in new if new[path] != old.get(path)]
    outcome, chance = Killed(), random.Random(seed)
    for number in range(kills):
        awaited = chance.choice(written)
        begins = _beginning_of(awaited) if number % 2 else lambda: False
        process = _start(folder, arguments)
        end = time.monotonic() + (chance.uniform(0, seconds) if number % 2 == 0 else 60 + 10 * seconds)
        while process.poll() is None and time.monotonic() < end and not begins():
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        outcome.kills[_moment(folder, old, new)] += 1
        outcome.wrong += _wrong(folder, old, new)
        _restore(folder, old)
    outcome.left_over = len(_temporary(folder))
    found = {pathlib.Path(path) for path in discover([str(folder)], Projects(), [], lambda *_: None, notebooks=True)}
    if found & _temporary(folder):
        outcome.wrong.append("temporary files are taken for programs")
    _start(folder, arguments).wait()
    if {path: data for path, data in _contents(folder).items() if not _is_temporary(path)} != new:
        outcome.wrong.append("the command does something else where temporary files lie")
    return outcome


def _beginning_of(path: pathlib.Path) -> Callable[[], bool]:
    """What tells whether a file is being written, or was: there is a new file that is named after it, or it is new."""
    number = path.stat().st_ino if path.exists() else 0
    before = set(os.listdir(path.parent))

    def begins() -> bool:
        names = os.listdir(path.parent)
        if any(name.startswith(path.name) and name != path.name and name not in before for name in names):
            return True
        return path.name in names and path.stat().st_ino != number

    return begins


def _start(folder: pathlib.Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tf2lint", *arguments]
    silent = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, env=environment(), stdout=silent, stderr=silent)


def environment() -> dict[str, str]:
    """The environment in which Python finds this tf2lint."""
    return {**os.environ, "PYTHONPATH": str(pathlib.Path(baseline.__file__).parents[1])}


def _contents(folder: pathlib.Path) -> dict[pathlib.Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _temporary(folder: pathlib.Path) -> set[pathlib.Path]:
    return set(folder.rglob("*.tmp"))


def _is_temporary(path: pathlib.Path) -> bool:
    """Whether a file is one that would have been put into another's place, or lies in a folder that would."""
    return any(part.endswith(".tmp") for part in path.parts)


def _moment(folder: pathlib.Path, old: dict[pathlib.Path, bytes], new: dict[pathlib.Path, bytes]) -> str:
    there = {path: data for path, data in _contents(folder).items() if not _is_temporary(path)}
    return "before the writing" if there == old else "after it" if there == new else "within"


def _wrong(folder: pathlib.Path, old: dict[pathlib.Path, bytes], new: dict[pathlib.Path, bytes]) -> list[str]:
    there = _contents(folder)
    wrong = [f"{path} is gone" for path in old if path not in there]
    for path, data in there.items():
        if not _is_temporary(path) and data not in (old.get(path), new.get(path)):
            wrong.append(f"{path} is neither the old nor the new one")
    if (folder / baseline.DEFAULT_NAME).exists():
        baseline.load(folder / baseline.DEFAULT_NAME)
    return wrong


def _restore(folder: pathlib.Path, old: dict[pathlib.Path, bytes]) -> None:
    for path, data in _contents(folder).items():
        if path in old and data != old[path]:
            path.write_bytes(old[path])
        elif path not in old and not _is_temporary(path):
            path.unlink()


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("package", nargs="?", default="lucid", help="default: lucid")
    parser.add_argument("--kills", type=int, default=100, help="of each command; default: 100")
    parser.add_argument("--folder", type=pathlib.Path, default=fetch.FOLDER, help="where the packages are")
    options = parser.parse_args(arguments)
    wrong = 0
    for command in ("fix --unsafe .", "baseline ."):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch) / "copy"
            shutil.copytree(options.folder / options.package, folder)
            (folder / "setup.cfg").write_text("[tf2lint]\n")
            if command == "baseline .":
                (folder / baseline.DEFAULT_NAME).write_text(baseline.dump({"gone.py": {"TF101": 1}}))
            outcome = kill(folder, command.split(), options.kills)
            print(f"tf2lint {command}: {outcome}")
            print("\n".join(outcome.wrong))
            wrong += len(outcome.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
