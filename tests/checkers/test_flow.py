"""Control flow on tensors: where AutoGraph does not step in, and what it refuses where it does."""

from __future__ import annotations

import pathlib
import textwrap

import pytest

from ..inference.programs import target, told

PRELUDE = "import contextlib, functools\nimport tensorflow as tf\n"
SYMBOLS = frozenset(
    "tf-bool-of-tensor tf-condition-not-scalar tf-rejected-syntax tf-branch-mismatch tf-loop-mismatch "
    "tf-growth-in-loop".split()
)
ABS = "def g(v):\n    if v > 0:\n        return v\n    return -v\n"
X = "@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])\n"
XS = "@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])\n"
ROWS = "@tf.function(input_signature=[tf.TensorSpec([2, 3], tf.float32)])\n"


def said(
    folder: pathlib.Path,
    text: str,
    *,
    tensorflow: str = "==2.21.*",
    keras: str = ">=3",
    files: dict[str, str] | None = None,
) -> list[str]:
    """What these rules say of a program below its imports, as "LINE symbol", lines counted below these."""
    found = told(folder, PRELUDE + text, worlds=target(tensorflow, keras), files=files)
    split = [line.split() for line in found]
    return sorted({f"{int(line) - 2} {symbol}" for line, symbol, *_ in split if symbol in SYMBOLS})


UNCONVERTED = {
    "autograph=False": "@tf.function(autograph=False)\ndef f(x): return g(tf.abs(x))",
    "do_not_convert": "@tf.autograph.experimental.do_not_convert\ndef h(x): return g(x)\n"
    + X
    + "def f(x): return h(x)",
    "map_structure": X + "def f(x): return tf.nest.map_structure(g, [x])",
    "cond": "C = tf.constant(1.0)\ndef h(): return g(C + 1)\n" + X + "def f(x): return tf.cond(x > 0, h, h)",
    "while_loop": X + "def f(x): return tf.while_loop(lambda v: v < 9, g, [x])",
    "scan": XS + "def f(x): return tf.scan(lambda a, v: a, x, 0.0), tf.vectorized_map(g, x)",
    "reduce": "def k(a, b): return g(a)\n" + X + "def f(x): return functools.reduce(k, [x, x])",
    "builtin map": X + "def f(x): return list(map(g, [x, x]))",
    "recompute_grad": X + "def f(x): return tf.recompute_grad(g)(x)",
    "lru_cache": "@functools.lru_cache\ndef h(k): return g(tf.constant(k))\n" + X + "def f(x): return x + h(3.0)",
    "constructor": "class A:\n    def __init__(self, v): self.v = g(v)\n" + X + "def f(x): return A(x).v",
    "generator": "def h(v): yield g(v)\n" + X + "def f(x):\n    for v in h(x): return v",
    "helper with for-else": "def h(v):\n    for i in [1]: pass\n    else: v = v + 1\n    return g(v)\n"
    + X
    + "def f(x): return h(x)",
    "train_step": (
        "class M(tf.keras.Model):\n    def train_step(self, data): return g(tf.reduce_sum(self.t))\n    t = [1.0]"
    ),
    "activation": "def h(v): return g(tf.abs(v))\ntf.keras.layers.Dense(1, activation=h)",
    "property": "class A:\n    @property\n    def p(self): return g(self.x)\nA_ = A()\n"
    + X
    + "def f(x):\n    A_.x = x\n    return A_.p",
    "operator": (
        "class A:\n    def __init__(self, v): self.v = v\n    def __add__(self, o): return g(self.v)\n"
        + X
        + "def f(x): return A(x) + x"
    ),
    "context manager": (
        "class A:\n    def __init__(self, v): self.v = v\n    def __enter__(self): return g(self.v)\n"
        "    def __exit__(self, *a): pass\n" + X + "def f(x):\n    with A(x) as y: return y"
    ),
}


@pytest.mark.parametrize("form", UNCONVERTED)
def test_helper_of_unconverted_code(form: str, tmp_path: pathlib.Path) -> None:
    assert "2 tf-bool-of-tensor" in said(tmp_path, ABS + UNCONVERTED[form])


CONVERTED = {
    "tf.function": X + "def f(x): return g(x)",
    "lambda in place": X + "def f(x): return tf.cond(x > 0, lambda: g(x), lambda: x)",
    "own function": X + "def f(x):\n    def h(v): return v if v > 0 else -v\n    return tf.nest.map_structure(h, [x])",
    "map_fn": XS + "def f(x): return tf.map_fn(g, x)",
    "map_fn in Keras 3": "class L(tf.keras.layers.Layer):\n    def call(self, x): return tf.map_fn(g, x + 1.0)",
    "strategy": "s = tf.distribute.get_strategy()\n" + X + "def f(x): return s.run(g, args=(x,))",
    "dataset": "tf.data.Dataset.range(3).map(g)",
    "inner tf.function": "h = tf.function(g)\n@tf.function(autograph=False)\ndef f(x): return h(tf.abs(x))",
    "call that is a tf.function": (
        "class L(tf.keras.layers.Layer):\n    @tf.function\n    def call(self, x): return g(x + 1.0)"
    ),
    "eager": "g(tf.constant(1.0))",
}


@pytest.mark.parametrize("form", CONVERTED)
def test_helper_of_converted_code(form: str, tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, ABS + CONVERTED[form]) == []


TESTS = {
    "while": "while x > 0: x = x - 1.0",
    "conditional expression": "y = x if x > 0 else -x",
    "and": "y = x > 0 and x < 5",
    "not": "y = not x > 0",
    "chain": "y = 0 < x < 5",
    "or in a test": "if k or x > 0: pass",
    "for": "for v in tf.stack([x]): pass",
    "range": "for v in range(tf.cast(x, tf.int32)): pass",
}
NO_TESTS = {
    "argument": "if k: pass",
    "None": "if x is not None: pass",
    "== None": "if x == None: pass",
    "shape": "if x.shape.rank == 0: pass",
    "isinstance": "if isinstance(x, tf.Tensor): pass",
    "is_tensor": "if tf.is_tensor(x): pass",
    "eager": "if tf.executing_eagerly(): pass",
    "last of and": "y = k and x",
    "list": "for v in [x, x]: pass",
    "unstack": "for v in tf.unstack(tf.stack([x])): pass",
    "dtype": "if x.dtype == tf.float32: pass",
    "training": "if training: pass",
}
UNCONVERTED_F = (
    "@tf.function(autograph=False, input_signature=[tf.TensorSpec([], tf.float32)])\n"
    "def f(x, k=None, training=False):\n    "
)


@pytest.mark.parametrize("form", TESTS)
def test_forms_of_tests(form: str, tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, UNCONVERTED_F + TESTS[form] + "\n    return x") == ["3 tf-bool-of-tensor"]


@pytest.mark.parametrize("form", NO_TESTS)
def test_python_values(form: str, tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, UNCONVERTED_F + NO_TESTS[form] + "\n    return x") == []


LAYER = (
    "class L(tf.keras.layers.Layer):\n    def call(self, x):\n        if tf.reduce_sum(x) > 0: return x\n"
    "        return -x\n"
)


def test_keras_decides(tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, LAYER) == ["3 tf-bool-of-tensor"]
    assert said(tmp_path, LAYER, tensorflow="==2.15.*", keras="<3") == []


def test_a_layer_that_is_only_called_eagerly(tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, LAYER + "print(L()(tf.constant([1.0])))") == []


BODIES = {
    # conditions
    "parameter of which nothing is known": (
        "@tf.function\n",
        "if tf.reduce_sum(tf.ones([2])) > 0:\n    x = x.run(1)\nreturn x",
        "",
    ),
    "condition of floats": (X, "if x: return x\nreturn -x", "1 tf-condition-not-scalar"),
    "vector": (ROWS, "if x > 0: return x\nreturn -x", "1 tf-condition-not-scalar"),
    "not of a float": (X, "return not x", "1 tf-condition-not-scalar"),
    "or default": (X, "return x or tf.constant(1.0)", "1 tf-condition-not-scalar"),
    "cond of a Python bool": (
        X,
        "return tf.cond(x.shape.rank == 0, lambda: x, lambda: -x)",
        "1 tf-condition-not-scalar",
    ),
    "case of a Python bool": (
        X,
        "return tf.case([(True, lambda: x)], default=lambda: -x)",
        "1 tf-condition-not-scalar",
    ),
    "reduced": (ROWS, "if tf.reduce_all(x > 0): return x\nreturn -x", ""),
    "given": (X, "m = None\nif m is not None and x > 0: return x\nreturn -x", ""),
    "key of a dataset loop": (
        X,
        "d = {}\nfor v in tf.data.Dataset.range(3): d['a'] = v\nreturn d",
        "2 tf-loop-mismatch",
    ),
    "None in a returned tuple": (X, "if x > 0: return x, None\nreturn x, x", "1 tf-branch-mismatch"),
    "attribute that is None": (
        "class A:\n    def __init__(self): self.v = None\na = A()\n" + X,
        "if x > 0: a.v = x\nreturn x",
        "4 tf-branch-mismatch",
    ),
    "flag that may be None": (X, "v = None\nif not v: v = x\nreturn v", ""),
    # syntax
    "for-else": (X, "for i in [1]: pass\nelse: x = x + 1\nif x > 0: return x\nreturn -x", "1 tf-rejected-syntax"),
    "for-else without tensors": (X, "for i in [1]: pass\nelse: x = x + 1\nreturn x", ""),
    "walrus": (X, "if (n := 2) > 1: x = x + n\nif x > 0: return x\nreturn -x", "1 tf-rejected-syntax"),
    "private": (X, "if x > 0: return x + f.__k\nreturn x", "1 tf-rejected-syntax"),
    "annotation in a branch": (X, "if x > 0: y: float = x\nelse: y = -x\nreturn y", "1 tf-rejected-syntax"),
    "bare annotation": (X, "y: float\nif x > 0: y = x\nelse: y = -x\nreturn y", "1 tf-rejected-syntax"),
    "plain annotation": (X, "y: float = x\nif x > 0: y = x + 1\nreturn y", ""),
    "return in with": (X, "with tf.name_scope('a'):\n    if x > 0: return x\nreturn -x", "2 tf-rejected-syntax"),
    "both returns in with": (X, "with tf.name_scope('a'):\n    if x > 0: return x\n    return -x", ""),
    "recursion": (X, "if x > 0: return f(x - 1.0)\nreturn x", "1 tf-rejected-syntax"),
    # branches
    "one branch": (X, "if x > 0: y = x\nreturn y", "1 tf-branch-mismatch"),
    "one branch, not read": (X, "if x > 0:\n    y = x\n    x = y + 1\nreturn x", ""),
    "one branch, then set": (X, "if x > 0: y = x\ny = x\nreturn y", ""),
    "None": (X, "y = None\nif x > 0: y = x\nreturn y", "2 tf-branch-mismatch"),
    "dtype": (X, "y = 0\nif x > 0: y = x\nreturn y", "2 tf-branch-mismatch"),
    "structure": (X, "y = x\nif x > 0: y = (x, x)\nreturn y", "2 tf-branch-mismatch"),
    "function": (X, "if x > 0: g = tf.sin\nelse: g = tf.cos\nreturn g(x)", "1 tf-branch-mismatch"),
    "key": (X, "d = {'a': x}\nif x > 0: d['b'] = x\nreturn d", "2 tf-branch-mismatch"),
    "missing return": (X, "if x > 0: return x", "1 tf-branch-mismatch"),
    "missing return in elif": (X, "if x > 0: return x\nelif x < 0: return -x\nreturn x", "2 tf-branch-mismatch"),
    "return behind": (X, "if x > 0: return x\nreturn -x", ""),
    "return in a nested if": (X, "if x > 0:\n    if x > 1: return x\nreturn -x", "2 tf-branch-mismatch"),
    "returned None": (X, "return x if x > 0 else None", "1 tf-branch-mismatch"),
    "returned dtypes": (X, "if x > 0: return 1\nreturn 1.0", "1 tf-branch-mismatch"),
    "text as a key": (X, "if x > 0: m = 'a'\nelse: m = 'b'\nreturn {'a': 1, 'b': 2}[m]", "3 tf-branch-mismatch"),
    "in a loop": (XS, "b = -1\nfor v in x:\n    if v > 0: b = v\nreturn b", "3 tf-branch-mismatch"),
    # loops
    "int and float": (XS, "s = 0\nfor v in x: s += v\nreturn s", "2 tf-loop-mismatch"),
    "float": (XS, "s = 0.0\nfor v in x: s += v\nreturn s", ""),
    "tuple": (XS, "s = ()\nfor v in x: s += (v,)\nreturn s", "2 tf-loop-mismatch"),
    "concat": (ROWS, "y = tf.zeros([0])\nfor v in x: y = tf.concat([y, v], 0)\nreturn y", "2 tf-loop-mismatch"),
    "undefined": (XS, "for v in x: y = v\nreturn y", "1 tf-loop-mismatch"),
    "undefined, surely runs": (ROWS, "for v in x: y = v\nreturn y", ""),
    "None before": (XS, "b = None\nfor v in x:\n    if b is None: b = v\n    else: b = tf.maximum(b, v)\nreturn b", ""),
    "return in a loop": (XS, "for v in x:\n    if v > 0: return v\nreturn 0.0", "2 tf-loop-mismatch"),
    "break in a loop": (XS, "for v in x:\n    if v > 0: break\nreturn x", ""),
    "break in a Python loop": (X, "for i in range(9):\n    if x > 0: break\nreturn x", "2 tf-loop-mismatch"),
    "continue in a Python loop": (X, "for i in range(9):\n    if x > 0: continue\n    x = x + 1\nreturn x", ""),
    "while True": (X, "while True:\n    if x > 9: break\n    x = x + 1\nreturn x", "2 tf-loop-mismatch"),
    "test becomes a tensor": (X, "i = 0.0\nwhile i < 3: i = i + x\nreturn i", "2 tf-loop-mismatch"),
    # growth
    "append": (XS, "r = []\nfor v in x: r.append(v)\nreturn tf.stack(r)", "2 tf-growth-in-loop"),
    "append in a branch": (X, "r = [x]\nif x > 0: r.append(x)\nreturn tf.stack(r)", "2 tf-growth-in-loop"),
    "append in a turn": (XS, "s = 0.0\nfor v in x:\n    r = []\n    r.append(v)\n    s += tf.add_n(r)\nreturn s", ""),
    "append in a Python loop": (X, "r = []\nfor i in range(3): r.append(x)\nreturn tf.stack(r)", ""),
    "append in a callback": (
        XS,
        "r = []\ndef g(v):\n    r.append(v)\n    return v\ntf.map_fn(g, x)\nreturn r",
        "3 tf-growth-in-loop",
    ),
    "lambda": (XS, "a = 0.0\nl = lambda: a\nfor v in x: a = v\nreturn l()", "2 tf-growth-in-loop"),
}


@pytest.mark.parametrize("form", BODIES)
def test_bodies(form: str, tmp_path: pathlib.Path) -> None:
    head, body, expected = BODIES[form]
    text = f"{head}def f(x):\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    found = [f"{int(line.split()[0]) - 2} {line.split()[1]}" for line in said(tmp_path, text)]
    assert found == ([expected] if expected else [])


def test_walrus_is_converted_in_one_version(tmp_path: pathlib.Path) -> None:
    text = X + "def f(x):\n    if (n := x) > 0: return n\n    return -n"
    assert said(tmp_path, text, tensorflow="==2.15.*", keras="<3") == []
    assert said(tmp_path, text) == ["3 tf-rejected-syntax"]


def test_a_method_called_in_a_loop(tmp_path: pathlib.Path) -> None:
    text = (
        "class C:\n    n = 0\n    def up(self): self.n += 1\n"
        + XS
        + "def f(x):\n    c = C()\n    for v in x: c.up()\n    return c.n"
    )
    assert said(tmp_path, text) == ["3 tf-growth-in-loop"]
    assert said(tmp_path, text.replace("c.up()", "c.n += 1")) == []


def test_a_function_made_by_exec(tmp_path: pathlib.Path) -> None:
    text = (
        "s = {}\nexec('def h(v):\\n  if v > 0: return v\\n  return -v', s)\nh = s['h']\n" + X + "def f(x): return h(x)"
    )
    assert said(tmp_path, text) == ["5 tf-bool-of-tensor"]
    assert said(tmp_path, text.replace("return h(x)", "return h(3)")) == []


GUARDS = {
    "isinstance": "if isinstance(y, float) and y > 0: pass",
    "inside_function": "if not tf.inside_function():\n        if y > 0: pass",
    "try": "try:\n        if y > 0: pass\n    except TypeError: pass",
}


@pytest.mark.parametrize("form", GUARDS)
def test_a_program_that_looks_before_it_asks(form: str, tmp_path: pathlib.Path) -> None:
    text = "@tf.function(autograph=False)\ndef f(x):\n    y = tf.abs(x)\n    BODY\n    return x"
    assert said(tmp_path, text.replace("BODY", GUARDS[form])) == []
    assert said(tmp_path, text.replace("BODY", "if y > 0: pass")) == ["4 tf-bool-of-tensor"]


def test_other_modules(tmp_path: pathlib.Path) -> None:
    text = "from helper import g\n" + X + "def f(x): return tf.nest.map_structure(g, [x])"
    assert said(tmp_path, text, files={"helper.py": ABS}) == ["3 tf-bool-of-tensor"]


PROMISED = {
    "text": ("k: 'tf.Tensor'", "k > 1"),
    "list": ("k: List[tf.Tensor]", "k[0] > 1"),
    "dict": ("k: Dict[str, tf.Tensor]", "k['a'] > 1"),
    "pair": ("k: Tuple[tf.Tensor, ...]", "k[0] < k[1]"),
    "either": ("k: Union[tf.Tensor, List[tf.Tensor]]", "k[0] > 1"),
    "optional": ("k: Optional[tf.Tensor] = None", "k is not None and k > 1"),
    "or None": ("k: tf.Tensor | None", "k is not None and k > 1"),
}
NOT_PROMISED = {
    "number": ("k: int", "k > 1"),
    "list of numbers": ("k: List[int]", "k[0] > 1"),
    "either number": ("k: Union[tf.Tensor, float]", "k > 1"),
    "list of either": ("k: List[Union[tf.Tensor, float]]", "k[0] > 1"),
    "shape": ("k: tf.TensorShape", "k[0] > 1"),
    "lacking": ("k: tf.Tensor = None", "k"),
    "the dict itself": ("k: Dict[str, tf.Tensor]", "k"),
}
HELPER = """
from typing import Dict, List, Optional, Tuple, Union
def helper({}):
    if {}:
        pass
@tf.function(autograph=False)
def f(x):
    helper(*others(x))
    return x
"""


@pytest.mark.parametrize("case", PROMISED)
def test_annotations_of_helpers(case: str, tmp_path: pathlib.Path) -> None:
    """An annotation says what a parameter is of which nothing else is known."""
    assert said(tmp_path, HELPER.format(*PROMISED[case])) == ["4 tf-bool-of-tensor"]


@pytest.mark.parametrize("case", NOT_PROMISED)
def test_annotations_that_promise_no_tensor(case: str, tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, HELPER.format(*NOT_PROMISED[case])) == []


def test_an_argument_counts_for_more_than_its_annotation(tmp_path: pathlib.Path) -> None:
    text = HELPER.format("k: tf.Tensor", "k > 1").replace("*others(x)", "3")
    assert said(tmp_path, text) == []


OPS = """
import keras
from keras import ops
class L(keras.layers.Layer):
    def call(self, x):
        if {}:
            x = x + 1
        return x
"""


@pytest.mark.parametrize(
    "test", ["ops.any(x > 0)", "keras.ops.max(x) > 1", "keras.random.uniform([]) > 0.5", "ops.norm(self.scale) > 1"]
)
def test_functions_of_keras_give_tensors(test: str, tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, OPS.format(test)) == ["6 tf-bool-of-tensor"]


@pytest.mark.parametrize("test", ["ops.shape(x)[0] > 1", "ops.ndim(x) > 1", "ops.is_tensor(x)", "ops.size(x) > 1"])
def test_functions_of_keras_that_give_python_values(test: str, tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, OPS.format(test)) == []


@pytest.mark.parametrize("asked", ["keras.backend.backend()", "keras.config.backend()", "tf.keras.backend.backend()"])
def test_what_other_backends_of_keras_run_is_left_alone(asked: str, tmp_path: pathlib.Path) -> None:
    head, _, tail = OPS.format("ops.any(x > 0)").partition("        if ops")
    inner = "        if ops" + tail.replace("        return x\n", "")
    other = f'        if {asked} == "torch":\n' + textwrap.indent(inner, "    ") + "        return x\n"
    assert said(tmp_path, head + other) == []
    assert said(tmp_path, (head + other).replace("torch", "tensorflow")) == ["7 tf-bool-of-tensor"]


EITHER = """
import keras
def chosen(): return other()
k = keras if chosen() else tf.keras
class L(tf.keras.layers.Layer):
    def call(self, x):
        if k.backend.max(x) > 1:
            return x
        return k.backend.shape(x)
"""


def test_one_of_two_functions_that_both_give_a_tensor(tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, EITHER) == ["7 tf-bool-of-tensor"]


SPARSE = """
class L(tf.keras.layers.Layer):
    def call(self, inputs):
        x, a = inputs
        return x * self.loss_of(a)
    def loss_of(self, a):
        if {}:
            if a.values[0] > 1:
                return 2.0
        return 1.0
"""


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("tf.keras.backend.is_sparse(a)", ["8 tf-bool-of-tensor"]),
        ("not tf.keras.backend.is_sparse(a)", []),
        ("self.is_sparse(a)", []),
    ],
)
def test_what_is_asked_to_be_sparse(test: str, expected: list[str], tmp_path: pathlib.Path) -> None:
    assert said(tmp_path, SPARSE.format(test)) == expected


CALLED_BY_STEP = """
class L(tf.keras.layers.Layer):
    def call(self, x):
        if tf.reduce_sum(x) > 1:
            x = x + 1
        return x
class M(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.task = L()
    def train_step(self, data):
        return {"loss": self.task(tf.abs(data))}
"""


@pytest.mark.parametrize(("tensorflow", "keras", "expected"), [("==2.15.*", "<3", 0), ("==2.21.*", ">=3", 1)])
def test_keras_2_converts_what_a_step_calls(tensorflow: str, keras: str, expected: int, tmp_path: pathlib.Path) -> None:
    assert len(said(tmp_path, CALLED_BY_STEP, tensorflow=tensorflow, keras=keras)) == expected
