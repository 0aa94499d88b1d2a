"""Programs that are measured: one at a time, each in a process of its own."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import typing
from collections.abc import Callable, Sequence

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
_BYTECODE = ROOT / ".cache" / "bench" / "bytecode"
"""Where Python keeps what it compiled of us: nobody compiles a whole linter at each start."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cost:
    """What a program took: seconds, CPU seconds with all that it started, and the most memory it had, in megabytes."""

    wall: float
    cpu: float
    memory: float = 0.0
    output: str = ""


def python(
    *arguments: str,
    interpreter: str = sys.executable,
    folder: pathlib.Path | None = None,
    status: Sequence[int] = (0,),
    prints: str = "",
) -> Cost:
    """The cost of a Python program, start-up included. It must end well, and print a text: else it is another's cost.

    Raises RuntimeError where it does not.
    """
    with tempfile.TemporaryDirectory() as scratch:
        out, errors = pathlib.Path(scratch, "out"), pathlib.Path(scratch, "errors")
        with out.open("wb") as to, errors.open("wb") as errors_to:
            started = time.perf_counter()
            process = subprocess.Popen(
                [interpreter, *arguments], env=environment(), cwd=folder or scratch, stdout=to, stderr=errors_to
            )
            _, code, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(code)
        output = out.read_text(encoding="utf-8", errors="replace")
        if process.returncode not in status or prints not in output:
            said = errors.read_text(encoding="utf-8", errors="replace")
            words = f"{' '.join(arguments[:4])[:200]} ended with {process.returncode} without {prints!r}"
            raise RuntimeError(f"{words}: {said[-500:]}")
    kilo = 1024 if sys.platform == "darwin" else 1
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / kilo / 1024, output)


def environment() -> dict[str, str]:
    """What the programs see: us before what is installed, compiled once, and the same order of sets in all of them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ours = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": str(_BYTECODE)}
    return {**kept, **ours, "TF2LINT_CACHE_DIR": ""}


def inside(what: str, *arguments: str) -> typing.Any:
    """What a function of `bench.speed.inside` answers in a process of its own."""
    return json.loads(python("-m", "bench.speed.inside", what, *arguments, folder=ROOT).output)


def by_turns(repeat: int, *runs: Callable[[], Cost]) -> list[Cost]:
    """The least of each of some runs, which take turns; the first of all goes by, which compiles and fills caches."""
    runs[0]()
    turns = [[run() for run in runs] for _ in range(repeat)]
    return [least(each) for each in zip(*turns, strict=True)]


def least(costs: Sequence[Cost]) -> Cost:
    """The least of each number: whatever else ran on the machine only ever adds."""
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs), min(cost.memory for cost in costs))
