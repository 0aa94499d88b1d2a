"""A function that takes what it took in TensorFlow 1.15 may be called as it was: no rule about arguments speaks."""

from __future__ import annotations

import pathlib

from tf2lint import api
from tf2lint.api import Kind, ParameterKind, Signature
from tf2lint.config import Config
from tf2lint.engine import Linter

NEWEST = api.bit("2.21")
FIRST = api.bit("1.15")
ARGUMENTS = ("TF401", "TF402", "TF403", "TF406", "TF407")


def unchanged() -> list[tuple[str, Signature]]:
    """The functions and classes that both versions have, with one signature."""
    found = []
    for name in api.names():
        symbol = api.symbol(name)
        if symbol is None or symbol.kind not in (Kind.FUNCTION, Kind.CLASS) or symbol.raises & NEWEST:
            continue
        if not (symbol.worlds & FIRST and symbol.worlds & NEWEST) or not name.startswith("tf."):
            continue
        before, now = api.signature(name, FIRST), api.signature(name, NEWEST)
        if before is not None and before == now:
            found.append((name, before))
    return found


UNCHANGED = unchanged()


def calls(name: str, signature: Signature) -> list[str]:
    """The call with all that it may take by place, by name, and with no more than it must."""
    required = [p for p in signature.parameters if not p.default and p.kind.name.startswith("POSITIONAL")]
    keywords = [p.name for p in signature.parameters if p.kind is not ParameterKind.POSITIONAL_ONLY]
    named = [key for key in keywords if signature.get(key) is not None]
    values = ['"text"', "0", "True", "value", "[1]"]
    # The one order that is older than 1.15: no list of values is a number.
    first = "value" if name.endswith((".concat", ".split")) else None
    rows = [[values[(i + shift) % 5] for i in range(len(signature.positional))] for shift in range(5)]
    forms = [", ".join([first or row[0], *row[1:]]) for row in rows if row]
    forms.append(", ".join(f"{key}=value" for key in named))
    forms.append(", ".join(["value"] * len(required)))
    return [f"{name}({form})" for form in forms if form or not required]


def test_there_are_many() -> None:
    assert len(UNCHANGED) >= 2053


def test_no_call_of_an_unchanged_function_is_told(tmp_path: pathlib.Path) -> None:
    """Not even in a module that was written for TensorFlow 1."""
    lines = ["import tensorflow as tf", "def program(value):", "    tf.placeholder(tf.float32)"]
    lines += [f"    {call}" for name, signature in UNCHANGED for call in calls(name, signature)]
    text = "\n".join(lines) + "\n"
    found = Linter(Config(target=NEWEST)).lint(tmp_path / "program.py", text)
    told = [(lines[f.span.line - 1].strip(), f.message) for f in found if f.rule.code in ARGUMENTS]
    assert told == []
