"""What is said of keywords is what the functions of a real TensorFlow say, for every keyword that any version had."""

from __future__ import annotations

import pathlib

from bench import interpreters, verify_calls
from tf2lint import api
from tf2lint.api import Kind, versions
from tf2lint.config import Config
from tf2lint.engine import Linter

RULES = ("tf-renamed-argument", "tf-removed-argument", "tf-keras-argument")


BY_METACLASS = {("tf.keras.mixed_precision.LossScaleOptimizer", "inner_optimizer")}
"""Keywords that a metaclass takes before the class sees them, which the database does not know."""


def keywords(world: int) -> dict[str, set[str]]:
    """The functions and classes that a version has, with every keyword that some version takes."""
    found: dict[str, set[str]] = {}
    for name in api.names():
        symbol = api.symbol(name)
        if symbol is None or symbol.kind not in (Kind.FUNCTION, Kind.CLASS) or not symbol.worlds & world:
            continue
        if symbol.raises & world or not name.startswith("tf.") or name.startswith(("tf.raw_ops.", "tf.compat.v1.")):
            continue
        taken: set[str] = set()
        for other in api.bits(symbol.worlds):
            signature = api.signature(name, other)
            taken.update(p.name for p in signature.parameters if signature.get(p.name)) if signature else None
        if taken:
            found[name] = taken
    return found


def test_keywords(tensorflow_python: str, tensorflow_minor: str, tmp_path: pathlib.Path) -> None:
    """A keyword is told if the function refuses it, and only then."""
    world = versions.bit(tensorflow_minor)
    asked = keywords(world)
    lines, places = ["import tensorflow as tf", "def program(value):"], {}
    for name, taken in sorted(asked.items()):
        for keyword in sorted(taken):
            lines.append(f"    {name}({keyword}=value)")
            places[len(lines)] = name, keyword
    text = "\n".join(lines) + "\n"
    told = {
        places[f.span.line]: f.message
        for f in Linter(Config(target=world)).lint(tmp_path / "program.py", text)
        if f.rule.symbol in RULES and f.span.line in places
    }
    names = sorted(asked)
    questions = [["signature", name.replace("tf.", "tensorflow.", 1), 1] for name in names]
    answers = dict(zip(names, interpreters.ask(tensorflow_python, "probe.py", questions), strict=True))
    wrong = []
    for name, taken in asked.items():
        parameters, error = answers[name]
        if parameters is None or api.signature(name, world) is None:
            continue
        for keyword in sorted(taken):
            if (name, keyword) in BY_METACLASS:
                continue
            refused, _ = verify_calls.judge(f" takes no {keyword}= ", parameters, error)
            expected = (name, keyword) in told
            if (refused == verify_calls.CONFIRMED) != expected and refused != verify_calls.UNDECIDED:
                wrong.append((name, keyword, refused, told.get((name, keyword))))
    assert wrong == []
    assert tensorflow_minor == "1.15" or len(told) > 100
