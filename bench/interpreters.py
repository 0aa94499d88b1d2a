"""Asking another interpreter, which has a TensorFlow, by JSON. It runs our script and never imports tf2lint."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import tempfile
import typing

_HERE = pathlib.Path(__file__).resolve().parent


def ask(python: str, script: str, questions: typing.Sequence[object]) -> list[typing.Any]:
    """The answers of `bench/<script>` under an interpreter. Raises CalledProcessError where it fails."""
    with tempfile.TemporaryDirectory() as scratch:
        answers = pathlib.Path(scratch) / "answers.json"
        settings = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
        subprocess.run(
            [python, "-I", str(_HERE / script), str(answers)],  # Isolated: the script's folder must hide no module.
            input=json.dumps(questions),
            text=True,
            check=True,
            env=settings,
            cwd=scratch,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return typing.cast("list[typing.Any]", json.loads(answers.read_text(encoding="utf-8")))
