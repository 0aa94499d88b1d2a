"""What names are in a real TensorFlow. Runs in that TensorFlow's interpreter, Python 3.7 or newer, by file name.

Reads from standard input a JSON list of questions and writes the list of answers to the file that is its argument.
A question is `[kind, name, imported]`: `name` is dotted from the top-level module, of which the first `imported` parts
are reached by importing and the rest as attributes.
- `walk`: `[depth, error]`, how many parts are there, and what the next one raises.
- `use`: `[outcome, error]`, asked in a process of its own: the name is `missing` or `raises` however it is reached, is
  `importable` though no attribute, `raises when called` without arguments, or `exists`.
- `signature`: `[parameters, error]`, what calling it takes, each parameter as `[name, kind, has a default]`; `None`
  where Python can not tell. A method's is without `self`.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import pathlib
import sys
import typing


def walk(name: str, imported: int) -> tuple[int, str, object]:
    """How deep a name leads, what ends the walk, and the object at its end."""
    parts = name.split(".")
    try:
        value = importlib.import_module(parts[0])
    except Exception as error:  # noqa: BLE001  # Whatever it raises is the answer, here and below.
        return 0, _words(error), None
    for depth in range(1, len(parts)):
        try:
            value = _import(parts[: depth + 1], value) if depth < imported else getattr(value, parts[depth])
        except Exception as error:  # noqa: BLE001
            return depth, _words(error), None
    return len(parts), "", value


def _import(parts: list[str], owner: object) -> typing.Any:
    """What `from a.b import c` binds: an attribute, else a submodule."""
    try:
        return getattr(owner, parts[-1])
    except AttributeError:
        return importlib.import_module(".".join(parts))


def use(name: str) -> tuple[str, str]:
    """What becomes of a program that uses a name."""
    parts = name.count(".") + 1
    depth, error, value = walk(name, 1)
    if depth < parts:
        if walk(name, parts)[0] == parts:
            return "importable", error
        absent = error.startswith(("AttributeError", "ModuleNotFoundError"))
        return "missing" if absent and "Keras 3" not in error else "raises", error
    if callable(value):
        try:
            value()
        except TypeError:
            return "exists", ""
        except Exception as raised:  # noqa: BLE001
            return "raises when called", _words(raised)
    return "exists", ""


def signature(name: str) -> tuple[list[tuple[str, str, bool]] | None, str]:
    """What a function, a class or a method takes."""
    depth, error, value = walk(name, 1)
    if depth <= name.count("."):
        return None, error
    try:
        parameters = list(inspect.signature(typing.cast("typing.Any", value)).parameters.values())
    except (TypeError, ValueError) as raised:
        return None, _words(raised)
    owner = walk(name.rpartition(".")[0], 1)[2]
    if inspect.isclass(owner) and inspect.isfunction(value) and parameters and parameters[0].name == "self":
        parameters = parameters[1:]
    return [(p.name, p.kind.name, p.default is not p.empty) for p in parameters], ""


def _words(error: BaseException) -> str:
    return " ".join("{}: {}".format(type(error).__name__, error).split())[:160]  # noqa: UP032


def _forked(name: str) -> tuple[str, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, json.dumps(use(name)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    return typing.cast("tuple[str, str]", tuple(json.loads(data))) if data else ("died", "")


def main() -> None:
    """Answer the questions."""
    questions = json.load(sys.stdin)
    importlib.import_module("tensorflow")
    # What only attributes reach comes first: an import makes its module an attribute of the one above.
    order = sorted(range(len(questions)), key=lambda index: (questions[index][2], questions[index][1]))
    answers: list[tuple[object, str]] = [("", "")] * len(questions)
    asked = {"use": lambda name, _: _forked(name), "signature": lambda name, _: signature(name)}
    for index in order:
        kind, name, imported = questions[index]
        ask = asked.get(kind, lambda name, imported: walk(name, imported)[:2])
        answers[index] = ask(name, imported)
    pathlib.Path(sys.argv[1]).write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
