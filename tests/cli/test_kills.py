"""Whenever a command is killed, each file is the old or the new one, to the byte."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import sys

import pytest

from bench import kills
from tf2lint import baseline

PROGRAM = "import tensorflow as tf\n" + "tf.log(x)  # é\n" * 20


@pytest.mark.parametrize("command", ["fix .", "baseline ."])
def test_killed(tmp_path: pathlib.Path, command: str) -> None:
    """The first kills come before the writing, within it, and after it, as far as chance has it."""
    (tmp_path / "setup.cfg").write_text("[tf2lint]\n")
    for number in range(30):
        (tmp_path / f"{number}.py").write_text(PROGRAM, encoding="utf-8")
    if command == "baseline .":
        (tmp_path / baseline.DEFAULT_NAME).write_text(baseline.dump({"gone.py": {"TF101": 1}}))
    outcome = kills.kill(tmp_path, command.split(), 6 if command == "fix ." else 4)
    assert outcome.wrong == []
    assert outcome.kills["within"] or command == "baseline ."


def test_processes_end(tmp_path: pathlib.Path) -> None:
    """Those that a killed process started do not stay."""
    program = """
import os, sys
from tf2lint.cli import processes

def work():
    os.write(1, b"%d\\n" % os.getpid())
    return lambda path: __import__("time").sleep(60)

if __name__ == "__main__":
    list(processes.in_order(work, ["a", "b", "c"], 2, str))
"""
    (tmp_path / "program.py").write_text(program)
    process = subprocess.Popen(
        [sys.executable, "program.py"], cwd=tmp_path, env=kills.environment(), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    workers = [int(process.stdout.readline()) for _ in range(2)]
    process.kill()
    try:
        # It is at its end when the last that holds the other end of the pipe is gone.
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        raise


def test_notices(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What writes in place is found out."""
    (tmp_path / "tf2lint").mkdir()
    slowly = "import time\nwith open('a.py', 'w') as f:\n    for _ in range(200):\n        f.write('new ' * 99)\n"
    (tmp_path / "tf2lint" / "__init__.py").touch()  # Without it, an installed tf2lint would be found first.
    (tmp_path / "tf2lint" / "__main__.py").write_text(f"{slowly}        f.flush(); time.sleep(0.001)\n")
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "a.py").write_text("old")
    monkeypatch.setattr("tf2lint.baseline.__file__", str(tmp_path / "tf2lint" / "baseline.py"))
    assert kills.kill(folder, [], 6).wrong
