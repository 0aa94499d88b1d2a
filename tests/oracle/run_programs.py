"""Run programs under the TensorFlow of this interpreter and say what each did.

    python run_programs.py [--limit SECONDS] [--jobs N] < programs.json > outcomes.json

Reads a JSON list of `{"id": ..., "source": ...}` from standard input and writes a JSON object from each id to
`{"stdout": text, "error": "Type: message" or null}`. An error is the exception that nothing caught, or "timeout: ..."
for a program that did not end within the limit, or "crash: ..." for one that a signal killed.

This file runs in a TensorFlow environment, from Python 3.7 on, and needs nothing but TensorFlow. TensorFlow is
imported once; each program then runs in a fork of that process, in an empty temporary directory. Nothing may be created
before a fork: TensorFlow's thread pools start with its first op, and a fork of a process with threads can deadlock.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
import types
import warnings
from pathlib import Path
from typing import Any, NamedTuple

ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_CPP_MAX_VLOG_LEVEL": "0",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # the same rounding on every machine
    "CUDA_VISIBLE_DEVICES": "-1",
    "OPENBLAS_NUM_THREADS": "1",  # NumPy's pool would be there before the first fork
    "OMP_NUM_THREADS": "1",
}
POLL = 0.01


class Child(NamedTuple):
    """A program that is running: its process (also its process group), its folder and when it must have ended."""

    id: str
    pid: int
    folder: Path
    deadline: float


def main() -> int:
    """Run what standard input asks for; the exit status speaks of this script only, not of the programs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=float, default=120.0, help="seconds that one program may take")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="programs that run at the same time")
    arguments = parser.parse_args()
    programs = json.load(sys.stdin)
    # Whatever TensorFlow or a program writes to descriptor 1 must not reach the answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    import_tensorflow()
    outcomes = run_all(programs, arguments.limit, max(1, arguments.jobs))
    with os.fdopen(answer, "w", encoding="utf-8") as stream:
        json.dump(outcomes, stream)
    return 0


def import_tensorflow() -> None:
    """Import it, and nothing more."""
    os.environ.update(ENVIRONMENT)
    here = Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != here]  # not to be found by programs
    warnings.simplefilter("ignore")
    importlib.import_module("tensorflow")


def run_all(programs: list[dict[str, str]], limit: float, jobs: int) -> dict[str, dict[str, str | None]]:
    """The outcome of every program, at most `jobs` of them at a time, each within `limit` seconds."""
    outcomes: dict[str, dict[str, str | None]] = {}
    waiting = list(reversed(programs))
    running: list[Child] = []
    while waiting or running:
        while waiting and len(running) < jobs:
            program = waiting.pop()
            running.append(start(program["id"], program["source"], limit))
        still = []
        for child in running:
            outcome = ended(child, limit)
            if outcome is None:
                still.append(child)
            else:
                outcomes[child.id] = outcome
                shutil.rmtree(child.folder, ignore_errors=True)
        if len(still) == len(running):
            time.sleep(POLL)
        running = still
    return outcomes


def start(name: str, source: str, limit: float) -> Child:
    """Fork, and run the source in the child, which never returns from here."""
    folder = Path(tempfile.mkdtemp(prefix="tf2lint-oracle-"))
    (folder / "cwd").mkdir()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.setsid()
            execute(source, folder)
            status = 0
        finally:
            # No interpreter shutdown: it would wait for the threads that a program left behind (queue runners).
            os._exit(status)
    return Child(name, pid, folder, time.monotonic() + limit)


def execute(source: str, folder: Path) -> None:
    """Run the source as `__main__` from a real file (AutoGraph reads it) and leave what happened in the folder."""
    os.chdir(str(folder / "cwd"))
    redirect(folder / "stdout", 1)
    redirect(folder / "stderr", 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    path = folder / "program.py"
    path.write_text(source, encoding="utf-8")
    module: Any = types.ModuleType("__main__")
    module.__file__ = str(path)
    sys.modules["__main__"] = module
    sys.argv = [str(path)]
    sys.path.insert(0, str(folder))
    error = None
    try:
        # dont_inherit: this file's own __future__ imports are not the program's.
        exec(compile(source, str(path), "exec", dont_inherit=True), module.__dict__)
    except SystemExit as leave:
        if leave.code not in (None, 0):
            error = f"SystemExit: {leave.code}"
    except BaseException as exception:  # noqa: BLE001 - whatever it is, it is the outcome
        error = f"{type(exception).__name__}: {exception}"
        traceback.print_exc()
    try:
        sys.stdout.flush()
    finally:
        (folder / "ended").write_text(json.dumps(error), encoding="utf-8")


def redirect(path: Path, descriptor: int) -> None:
    """Let a descriptor write to a new file."""
    opened = os.open(str(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    os.dup2(opened, descriptor)
    os.close(opened)


def ended(child: Child, limit: float) -> dict[str, str | None] | None:
    """The outcome of a child that has ended or is out of time; None while it may go on."""
    pid, status = os.waitpid(child.pid, os.WNOHANG)
    timeout = pid == 0 and time.monotonic() > child.deadline
    if pid == 0 and not timeout:
        return None
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)  # it, or what it left running
    if timeout:
        os.kill(child.pid, signal.SIGKILL)  # it may not have come so far as to have a group; it is not waited for yet
        os.waitpid(child.pid, 0)
    printed = read(child, "stdout")
    report = read(child, "ended")
    if timeout:
        return {"stdout": printed, "error": f"timeout: it did not end within {limit:g} s"}
    if report:
        return {"stdout": printed, "error": json.loads(report)}
    how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit status {os.WEXITSTATUS(status)}"
    last = read(child, "stderr").strip().splitlines()[-1:]
    return {"stdout": printed, "error": "crash: " + ": ".join([how, *last])}


def read(child: Child, name: str) -> str:
    """A file that the child left, or nothing."""
    try:
        return (child.folder / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
