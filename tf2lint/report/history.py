"""What a baseline's history in git says of the way so far.

The repository is one that we do not know. Only plumbing is called, which reads objects and runs nothing of the
repository's: no hook, no monitor, no filter, no pager, no signature check, no fetching.
"""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
from collections.abc import Iterator, Sequence

from tf2lint import checkers
from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.findings import Severity

_MOST = 2000
_LARGE = 1_000_000_000
_SECONDS = 60
_SAFE = (
    "--no-pager",
    "--literal-pathspecs",
    "--no-replace-objects",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never"),
    *("-c", "safe.bareRepository=explicit"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """What a baseline allowed from one commit on: its time in seconds, all findings, and those that break."""

    seconds: int
    total: int
    breaks: int


@dataclasses.dataclass(frozen=True, slots=True)
class History:
    """The points of a baseline, oldest first, and in words what is missing of them."""

    points: tuple[Point, ...] = ()
    missing: str = ""


def history(baseline: pathlib.Path) -> History:
    """What every commit of the main line of history that changed a baseline made of it."""
    if "\n" in baseline.name:
        return History(missing="its name has a line end in it")
    try:
        listed = _git(baseline.parent, ["rev-list", "--first-parent", "--timestamp", "HEAD", "--", baseline.name])
        commits = [line.split() for line in reversed(listed.decode("ascii").splitlines())]
        asked = "".join(f"{commit}:./{baseline.name}\n" for _, commit in commits[-_MOST:])
        blobs = list(_blobs(_git(baseline.parent, ["cat-file", "--batch"], os.fsencode(asked))))
    except _GitError as error:
        return History(missing=str(error))
    if not commits:
        return History(missing="no commit has it yet")
    points, unread = [], 0
    for (seconds, _), blob in zip(commits[-_MOST:], blobs, strict=True):
        counts = _counts(blob) if blob is not None else None
        if counts is not None:
            points.append(Point(int(seconds), *counts))
        elif blob is not None:
            unread += 1
    left_out = len(commits) - len(blobs)
    missing = [f"the {left_out} oldest commits are left out"] if left_out else []
    missing += [f"in {unread} of {len(blobs)} commits it can not be read"] if unread else []
    return History(tuple(points), "; ".join(missing))


class _GitError(Exception):
    """Why git does not answer, in words."""


def _git(folder: pathlib.Path, arguments: Sequence[str], stdin: bytes = b"") -> bytes:
    """What git prints. Raises _GitError."""
    program = shutil.which("git")
    if program is None or not os.path.isabs(program):  # Windows would take one in the current directory.
        raise _GitError("git is not installed")
    # What git hands to its hooks would point it at another repository than the file's.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
    try:
        answer = subprocess.run(
            [program, *_SAFE, *arguments],
            cwd=folder,
            env=environment,
            input=stdin,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _GitError(f"git took longer than {_SECONDS} seconds") from None
    except OSError as error:
        raise _GitError(f"git does not run: {error.strerror or error}") from None
    if answer.returncode:
        raise _GitError(_reason(answer.stderr.decode("utf-8", "replace")))
    return answer.stdout


def _reason(said: str) -> str:
    """Why git refused, without the paths that it names."""
    if "not a git repository" in said:
        return "it is in no git repository"
    if "ambiguous argument 'HEAD'" in said or "bad revision 'HEAD'" in said:
        return "no commit has it yet"
    if "dubious ownership" in said:
        return "git does not trust the repository, which belongs to another user"
    return "git can not read the repository"


def _blobs(answer: bytes) -> Iterator[bytes | None]:
    """The contents that `cat-file --batch` printed, None for each that there is not."""
    position = 0
    while position < len(answer):
        end = answer.index(b"\n", position)
        words = answer[position:end].rsplit(b" ", 2)
        position = end + 1
        if words[-1] in (b"missing", b"ambiguous"):
            yield None
            continue
        size = int(words[-1])
        yield answer[position : position + size] if words[-2] == b"blob" else None
        position += size + 1


def _counts(data: bytes) -> tuple[int, int] | None:
    """All that a baseline counts, and what of it breaks; None where it is none. Rules may come and go."""
    severities = {rule.code: rule.severity for rule in checkers.rules()}
    total = breaks = 0
    try:
        for counts in json.loads(data)["files"].values():
            for code, number in counts.items():
                if not isinstance(number, int) or not 0 <= number < _LARGE:
                    return None
                if code != NOT_ANALYSED.code:
                    total += number
                    breaks += number if severities.get(code) is Severity.BREAKS else 0
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return total, breaks
