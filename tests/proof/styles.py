"""Programs that spell names of TensorFlow in every style, one name a line.

A style is a function from names (without `tf.`) to the text of a module, and the line on which each name stands.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

HELPER = "helper_module"
"""The name of the project's other module, whose text is `HELPER_TEXT`."""

HELPER_TEXT = "import tensorflow as tf\nimport tensorflow\n"


@dataclasses.dataclass(frozen=True)
class Program:
    """A module's text, and the name that each numbered line is about."""

    text: str
    lines: dict[int, str]


Style = Callable[[Sequence[str]], Program]


def _program(head: Sequence[str], names: Sequence[str], line: Callable[[int, str], str]) -> Program:
    text = list(head)
    about: dict[int, str] = {}
    for number, name in enumerate(names):
        added = line(number, name).split("\n")
        for offset, part in enumerate(added):
            if "@@" in part or len(added) == 1:
                about[len(text) + offset + 1] = name
        text.extend(part.replace("@@", "") for part in added)
    return Program("\n".join(text) + "\n", about)


def _split(name: str) -> tuple[str, str]:
    owner, _, last = name.rpartition(".")
    return owner, last


def _below(root: str, owner: str) -> str:
    return f"{root}.{owner}" if owner else root


TF = ["import tensorflow as tf"]

STYLES: dict[str, Style] = {
    "import as tf": lambda names: _program(TF, names, lambda i, n: f"x{i} = tf.{n}"),
    "import tensorflow": lambda names: _program(["import tensorflow"], names, lambda i, n: f"x{i} = tensorflow.{n}"),
    "another alias": lambda names: _program(["import tensorflow as flow"], names, lambda i, n: f"x{i} = flow.{n}"),
    "reassigned alias": lambda names: _program([*TF, "t = tf"], names, lambda i, n: f"x{i} = t.{n}"),
    "try import": lambda names: _program(
        ["try:", "    import tensorflow as tf", "except ImportError:", "    tf = None"],
        names,
        lambda i, n: f"x{i} = tf.{n}",
    ),
    "importlib": lambda names: _program(
        ["import importlib", 'tf = importlib.import_module("tensorflow")'], names, lambda i, n: f"x{i} = tf.{n}"
    ),
    "from import": lambda names: _program([], names, lambda i, n: _from_import(i, n, use=False)),
    "use of from import": lambda names: _program([], names, lambda i, n: _from_import(i, n, use=True)),
    "getattr": lambda names: _program(
        TF, names, lambda i, n: f'x{i} = getattr({_below("tf", _split(n)[0])}, "{_split(n)[1]}")'
    ),
    "partial": lambda names: _program(
        [*TF, "import functools"], names, lambda i, n: f"x{i} = functools.partial(tf.{n}, value)"
    ),
    "default argument": lambda names: _program(TF, names, lambda i, n: f"def f{i}(x=tf.{n}): return x"),
    "through a default argument": lambda names: _program(
        TF, names, lambda i, n: f"def f{i}(lib=tf):\n    return @@lib.{n}"
    ),
    "decorator argument": lambda names: _program(TF, names, lambda i, n: f"@decorate(tf.{n})@@\ndef f{i}(): pass"),
    "f-string": lambda names: _program(TF, names, lambda i, n: f'x{i} = f"value {{tf.{n}}}"'),
    "self attribute": lambda names: _program(
        [*TF, "class Holder:", "    def __init__(self):", "        self.tf = tf", "    def use(self):"],
        names,
        lambda i, n: f"        self.x{i} = self.tf.{n}",
    ),
    "self attribute called": lambda names: _program(
        [*TF, "class Holder:"],
        names,
        lambda i, n: (
            f"    def set{i}(self):\n        self.a{i} = tf.{n}\n    def use{i}(self):\n        return @@self.a{i}(v)"
        ),
    ),
    "context manager": lambda names: _program(
        [
            "import contextlib",
            *TF,
            "@contextlib.contextmanager",
            "def library():",
            "    yield tf",
            "with library() as held:",
        ],
        names,
        lambda i, n: f"    x{i} = held.{n}",
    ),
    "with the name": lambda names: _program(TF, names, lambda i, n: f"with tf.{n}() as x{i}: pass"),
    "function that returns it": lambda names: _program(
        [*TF, "def library():", "    return tf"], names, lambda i, n: f"x{i} = library().{n}"
    ),
    "submodule alias": lambda names: _program(
        TF, names, lambda i, n: f"m{i} = {_below('tf', _split(n)[0])}\nx{i} = @@m{i}.{_split(n)[1]}"
    ),
    "re-export of another file": lambda names: _program(
        [f"from {HELPER} import tf"], names, lambda i, n: f"x{i} = tf.{n}"
    ),
    "attribute of another file": lambda names: _program(
        [f"import {HELPER}"], names, lambda i, n: f"x{i} = {HELPER}.tensorflow.{n}"
    ),
    "alias of the name": lambda names: _program(TF, names, lambda i, n: f"a{i} = tf.{n}\nx{i} = @@a{i}(value)"),
    "conditional import": lambda names: _program(
        ["import sys", "if len(sys.argv) > 1:", "    import tensorflow as tf", "else:", "    import tensorflow as tf"],
        names,
        lambda i, n: f"x{i} = tf.{n}",
    ),
}


def _from_import(number: int, name: str, *, use: bool) -> str:
    owner, last = _split(name)
    statement = f"from {_below('tensorflow', owner)} import {last} as a{number}"
    return f"{statement}\nx{number} = @@a{number}(value)" if use else f"{statement}@@\nx{number} = a{number}"
