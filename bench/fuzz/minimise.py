"""The least program that still shows the same."""

from __future__ import annotations

import dataclasses
import re
import time

from bench.fuzz.trial import Program
from bench.fuzz.watch import Watch

_SECONDS = 120


def signature(wrong: str) -> str:
    """What two programs have alike that show the same: what went wrong, and in which line of ours."""
    kind = wrong.partition(":")[0]
    places = re.findall(r'File "[^"]*?(\w+/\w+\.py)", line (\d+)', wrong)
    last = wrong.strip().splitlines()[-1].partition(":")[0] if kind == "crash" else ""
    return " ".join([kind, last, *(":".join(place) for place in places[-1:] if kind == "crash")])


def minimised(program: Program, wrong: str, watch: Watch) -> Program:
    """The program with as few lines, and then characters of lines, as still show what is wrong with it."""
    wanted, end = signature(wrong), time.monotonic() + _SECONDS

    def shows(parts: list[bytes]) -> bool:
        tried = watch.tried(dataclasses.replace(program, content=b"".join(parts), once=False))
        return any(signature(one) == wanted for one in tried.answer.wrong)

    for split in (lambda data: data.splitlines(keepends=True), lambda data: re.findall(rb"\w+|\W", data)):
        parts = split(program.content)
        size = max(1, len(parts) // 2)
        while parts and time.monotonic() < end:
            place, before = 0, len(parts)
            while place < len(parts) and time.monotonic() < end:
                fewer = parts[:place] + parts[place + size :]
                if shows(fewer):
                    parts = fewer
                else:
                    place += size
            if size == 1 and len(parts) == before:
                break
            size = max(1, size // 2)
        program = dataclasses.replace(program, content=b"".join(parts))
    return program
