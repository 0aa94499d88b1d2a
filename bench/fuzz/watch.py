"""Trials in a process of their own, so that one that hangs or ends it, in C too, is seen and told."""

from __future__ import annotations

import dataclasses
import faulthandler
import multiprocessing
import multiprocessing.connection
import pathlib
import resource
import sys
import tempfile
import time

from bench.fuzz.trial import Answer, Program, Trial

_GRACE = 30
"""Seconds after which a process that should have ended itself is ended."""


@dataclasses.dataclass(frozen=True, slots=True)
class Tried:
    """What came of a program: the answer, CPU seconds, and the largest memory of the process so far, in bytes."""

    answer: Answer
    seconds: float
    memory: int


class Watch:
    """Tries programs in a process, and starts another one where that ends."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._context = multiprocessing.get_context("spawn")
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: multiprocessing.connection.Connection[Program, Tried] | None = None
        self._told = pathlib.Path(tempfile.mkstemp(prefix="tf2lint-fuzz-")[1])

    def close(self) -> None:
        """End the process."""
        self._end()
        self._told.unlink(missing_ok=True)

    def tried(self, program: Program) -> Tried:
        """What comes of a program."""
        if self._process is None or self._pipe is None:
            self._pipe, other = self._context.Pipe()
            self._process = self._context.Process(
                target=_serve, args=(other, str(self._told), self._timeout), daemon=True
            )
            self._process.start()
            other.close()
        started = time.monotonic()
        try:
            self._pipe.send(program)
            if self._pipe.poll(self._timeout + _GRACE):
                return self._pipe.recv()
        except (EOFError, OSError):
            pass
        seconds = time.monotonic() - started
        self._end()
        said = self._told.read_text(errors="replace")
        kind = "hang" if seconds >= self._timeout else "crash"
        return Tried(Answer((f"{kind}: the process ended\n{said}",)), seconds, 0)

    def _end(self) -> None:
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


def _serve(pipe: multiprocessing.connection.Connection[Tried, Program], told: str, timeout: float) -> None:
    """Try what comes. A watchdog thread, which needs no interpreter, writes where it hangs and ends the process."""
    trial = Trial()
    with open(told, "w", encoding="utf-8") as file:
        faulthandler.enable(file)
        while True:
            try:
                program = pipe.recv()
            except EOFError:
                return
            file.seek(0)
            file.truncate()
            faulthandler.dump_traceback_later(timeout, exit=True, file=file)
            started = time.process_time()
            answer = trial.answer(program)
            seconds = time.process_time() - started
            faulthandler.cancel_dump_traceback_later()
            unit = 1 if sys.platform == "darwin" else 1024
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
            pipe.send(Tried(answer, seconds, memory))
