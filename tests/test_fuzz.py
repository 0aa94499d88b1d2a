"""Programs that nobody would write: no crash, findings in order and inside the text, the same twice, fixes parse."""

from __future__ import annotations

import itertools
import pathlib

from bench.fuzz import minimise, programs
from bench.fuzz.trial import Program, Trial
from bench.fuzz.watch import Watch

ROOT = pathlib.Path(__file__).resolve().parents[1]


def test_mutants() -> None:
    """Some hundred changed copies of this repository's programs; `tox -e fuzz` tries many more."""
    paths = sorted([*(ROOT / "tests" / "programs").glob("*.py"), *(ROOT / "docs" / "rules").glob("*/*.py")])
    trial, analysed = Trial(), 0
    for program in itertools.islice(programs.mutants(paths, 6), 300):
        answer = trial.answer(program)
        assert answer.wrong == (), f"{program.path}\n{program.content.decode()}"
        analysed += answer.analysed
    assert analysed > 60


def test_watch() -> None:
    """One that hangs, or ends its process, is told, and the next one is tried; what shows a thing is made small."""
    watch = Watch(5)
    try:
        good = watch.tried(Program("a.py", b"import tensorflow as tf\ntf.log(1.)\n"))
        assert (good.answer.wrong, good.answer.findings) == ((), 1)
        ended = watch.tried(Program("a.py", b"\0" * 10, fault="end"))
        assert ended.answer.wrong[0].startswith("crash: the process ended")
        hangs = watch.tried(Program("a.py", b"", fault="hang"))
        assert hangs.answer.wrong[0].startswith("hang: the process ended")
        assert "in _show" in hangs.answer.wrong[0]
        program = Program("a.py", b"x = 1\ny = bad + 2\nz = 3\n", fault="bad")
        wrong = watch.tried(program).answer.wrong[0]
        assert minimise.minimised(program, wrong, watch).content == b"bad"
    finally:
        watch.close()
