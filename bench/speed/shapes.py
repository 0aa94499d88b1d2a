"""Programs that are long in one way each: whatever there is much of, a line costs what it did."""

from __future__ import annotations

import re
from collections.abc import Callable

_HEAD = "import tensorflow as tf\n\n"


def _many(part: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """So many times a part, in which N is the number."""

    def text(count: int) -> str:
        parts = (re.sub(r"N(?![a-z])", str(number), part) for number in range(count))
        return f"{_HEAD}{before}{''.join(parts)}{after}"

    return text


def _imports(count: int) -> str:
    names = ", ".join(f"log as n{number}" for number in range(count))
    return f"{_HEAD}from tensorflow import {names}\n" + "".join(f"n{number}(1.0)\n" for number in range(count))


def _keys(count: int) -> str:
    entries = "".join(f"    'k{number}': tf.log,\n" for number in range(count))
    return f"{_HEAD}d = {{\n{entries}}}\n" + "".join(f"d['k{number}'](1.0)\n" for number in range(count))


def _chains(count: int) -> str:
    """Chains of thirty classes: each looks at all that it derives from."""
    bases = ("object" if number % 30 == 0 else f"C{number - 1}" for number in range(count))
    method = "    def m(self):\n        return tf.log(self.x)\n\n\n"
    return _HEAD + "".join(f"class C{number}({base}):\n{method}" for number, base in enumerate(bases))


def _carried(count: int) -> str:
    first = "".join(f"    x{number} = tf.log(x)\n" for number in range(count))
    turn = "".join(f"        x{number} += tf.log(x)\n" for number in range(count))
    return f"{_HEAD}{_TRACED}{first}    for i in tf.range(3):\n{turn}    return x0\n"


def _helpers(count: int) -> str:
    made = "".join(f"def h{number}(x):\n    return tf.log(x)\n\n\n" for number in range(count))
    return f"{_HEAD}{made}{_TRACED}" + "".join(f"    x = h{number}(x)\n" for number in range(count)) + "    return x\n"


def _pairs(count: int) -> str:
    """Traced functions of which each calls two others: as many ways lead to the last as there are sums."""
    made = (f"{_STEP}def f{n}(x):\n    return f{n + 1}(x) + f{n + 2}(x)\n\n\n" for n in range(count))
    last = (f"{_STEP}def f{n}(x):\n    return x\n\n\n" for n in (count, count + 1))
    return f"{_HEAD}{''.join(made)}{''.join(last)}f0(tf.ones([2]))\n"


def _bases(count: int) -> str:
    made = "".join(f"class B{n}:\n    def m{n}(self):\n        return tf.log(self.x)\n\n\n" for n in range(count))
    called = "".join(f"D().m{n}()\n" for n in range(count))
    return f"{_HEAD}{made}class D({', '.join(f'B{n}' for n in range(count))}):\n    pass\n\n\n{called}"


_STEP = "@tf.function\n"
_TRACED = "@tf.function\ndef step(x):\n"
_MODULE = "class Step(tf.Module):\n    @tf.function\n    def __call__(self, x):\n"

SHAPES: dict[str, Callable[[int], str]] = {
    "names of one import": _imports,
    "asserts": _many("assert xN > 0\n"),
    "asserts of the version": _many("assert tf.__version__ >= '1.4'\nxN = tf.log(1.0)\n"),
    "returns by version": _many("    if tf.__version__ < '0.4':\n        return N\n    tf.log(x)\n", "def f(x):\n"),
    "branches that bind a name": _many("    if x is not None:\n        x = tf.log(x)\n    y = x\n", "def f(x):\n"),
    "statements of a try": _many("    tf.log(N)\n", "try:\n", "except Exception:\n    pass\n"),
    "elif": _many("    elif k == N:\n        return tf.log(x)\n", "def f(x, k):\n    if not k:\n        return x\n"),
    "keys of a dict": _keys,
    "classes in chains": _chains,
    "traced branches": _many("    if x > N:\n        x = tf.log(x)\n", _TRACED, "    return x\n"),
    "traced loops": _many("    for i in range(3):\n        x = x + i\n", _TRACED, "    return x\n"),
    "traced try": _many(
        "    try:\n        x = tf.log(x)\n    except ValueError:\n        pass\n", _TRACED, "    return x\n"
    ),
    "names that a traced loop carries": _carried,
    "traced prints": _many("    print(x, N)\n", _TRACED, "    return x\n"),
    "traced appends": _many("    seen.append(x + N)\n", f"seen = []\n{_TRACED}", "    return x\n"),
    "attributes set in a trace": _many("        self.xN = x\n        y = self.xN\n", _MODULE, "        return y\n"),
    "calls in a trace": _helpers,
    "calls of a tf.function": _many("step(tf.zeros([N]), N)\n", "@tf.function\ndef step(x, k):\n    return x + k\n"),
    "tf.functions made in a loop": _many("    fN = tf.function(lambda x: x + N)\n    fN(0)\n", "for i in range(3):\n"),
    "tf.functions defined in a loop": _many(
        "    @tf.function\n    def fN(x):\n        return x\n\n    fN(0)\n", "while True:\n"
    ),
    "tf.functions of one function": _many("fN = tf.function(g)\nfN(0)\n", "def g(x):\n    return x\n\n\n"),
    "tf.functions that call two others": _pairs,
    "functions that call tf.functions": _many(
        "@tf.function\ndef sN(x):\n    return x\n\n\ndef mN(x):\n    y = sN(x)\n    return sN(y)\n\n\n"
    ),
    "names that a loop carries": _many(
        "        x = step(x)\n", f"{_TRACED}    return x\n\n\ndef main(x):\n    for i in range(3):\n"
    ),
    "bases of a class": _bases,
    "globals of traced functions": _many(
        "@tf.function\ndef sN():\n    global g\n    g = tf.log(N)\n\n\n@tf.function\ndef rN():\n    return g + N\n\n\n",
        "g = None\n",
    ),
}
