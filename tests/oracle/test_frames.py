"""What tf2lint takes expressions of traced code for, against what they are while TensorFlow traces them."""

from __future__ import annotations

import json
import pathlib
import subprocess

from ..tracing.reveal import ROWS, program

HERE = pathlib.Path(__file__).parent
LATER = {"(y := n + 1)\ny": (2, 4)}


def agrees(expected: str, real: str) -> bool:
    """Whether what is known of a value is true of it; what is not known is left out of `expected`."""
    kind, *known = expected.replace(", ", ",").split()
    if kind == "tensors":
        return real.startswith("tensor") or real in ("list", "tuple")
    of, *told = real.replace(", ", ",").split()
    return kind == of and all(one in told for one in known)


def test_frames(tensorflow_python: str, tensorflow_minor: str, tmp_path: pathlib.Path) -> None:
    if tensorflow_minor == "1.15":
        return
    asked = {row: program(row, "reveal(shown)") for row in ROWS}
    done = subprocess.run(
        [tensorflow_python, str(HERE / "reveal_frames.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert not done.returncode, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert {row: told[row] for row, expected in ROWS.items() if not agrees(expected, told[row])} == {}
