"""What Python does while TensorFlow traces: prints, messages, time, random numbers, files, handlers, unused results."""

from __future__ import annotations

import dataclasses
import pathlib
import re
import textwrap

import pytest

from tf2lint.config import Options, Projects
from tf2lint.engine import Linter

from ..inference.programs import target

PRELUDE = """\
import contextlib, functools, glob, json, logging, os, pathlib, pprint, random, subprocess, sys, threading, time, uuid
import warnings
import numpy as np
import tensorflow as tf
from absl import logging as absl_logging
from elsewhere import change
log = logging.getLogger(__name__)
"""
RULES = re.compile(r"TF6(01|02|06|07|11|12|13)")


def said(folder: pathlib.Path, text: str, *, files: dict[str, str] | None = None, pattern: str | None = None) -> str:
    """The codes of the rules on effects, in the order of the lines, that are said of a program below its imports."""
    for name, content in (files or {}).items():
        (folder / name).write_text(PRELUDE + textwrap.dedent(content))
    path = folder / "program.py"
    config = dataclasses.replace(Projects(Options(tracing_print=pattern)).of(path), target=target("==2.21.*", ">=3"))
    found = Linter(config).lint(path, PRELUDE + textwrap.dedent(text))
    return " ".join(one.rule.code for one in sorted(found, key=lambda f: f.sort_key) if RULES.match(one.rule.code))


def body(line: str) -> str:
    """A program with a line in a tf.function that is called with a tensor."""
    inner = textwrap.indent(textwrap.dedent(line), "    ")
    return f"@tf.function\ndef f(x, path):\n{inner}\n    return x\nf(tf.ones([3]), tf.constant('a'))\n"


BAD = {
    "TF601": [
        "print('x', x)",
        "pprint.pprint({'x': 1})",
        "sys.stdout.write('x')",
        "sys.stderr.write('x')",
        "show = print\nshow(x)",
        "[print(i) for i in range(3)]",
        "tf.cond(x[0] > 0, lambda: (print('positive'), x)[1], lambda: x)",
        "if tf.reduce_any(x > 0):\n    print('positive', x.shape)",
        "for i in tf.range(3):\n    print('turn')",
    ],
    "TF602": [
        "log.info('x is %s', x)",
        "absl_logging.warning(f'sum {tf.reduce_sum(x)}')",
        "tf.get_logger().info('called')",
        "warnings.warn('called')",
        "warnings.warn('called', RuntimeWarning)",
        "if tf.reduce_any(x > 0):\n    warnings.warn('positive')",
        "if len([1]) > 0:\n    log.info('x is {}'.format(x))",
    ],
    "TF606": [
        "x = x + time.time()",
        "time.sleep(0.1)",
        "stamp = time.strftime('%H')",
        "x = x * random.random()",
        "random.shuffle([1, 2])",
        "x = x + np.random.normal(size=[3])",
        "x = x + np.random.default_rng().normal()",
        "name = uuid.uuid4().hex",
        "key = os.urandom(8)",
        "np.random.seed(0)",
        "tf.random.set_seed(0)",
        "tf.keras.utils.set_random_seed(0)",
    ],
    "TF607": [
        "with open('a') as file:\n    file.write('x')",
        "os.makedirs('a')",
        "os.environ['A'] = 'b'",
        "os.environ.setdefault('A', 'b')",
        "(pathlib.Path('a') / 'b').mkdir()",
        "pathlib.Path('a').parent.mkdir()",
        "np.save('a.npy', np.zeros(3))",
        "subprocess.run(['true'])",
        "threading.Thread(target=print).start()",
        "tf.io.gfile.makedirs('a')",
        "with tf.io.TFRecordWriter('a') as writer:\n    writer.write(b'x')",
        "y = tf.io.read_file('a')",
        "name = 'a'\ny = tf.io.read_file(name)",
    ],
    "TF611": [
        "try:\n    x = tf.gather(x, [9])\nexcept tf.errors.InvalidArgumentError:\n    pass",
        "try:\n    y = change(x)\nexcept tf.errors.InvalidArgumentError:\n    pass",
        "try:\n    y = tf.io.read_file(path)\nexcept (tf.errors.NotFoundError, KeyError) as error:\n    pass",
        "with contextlib.suppress(tf.errors.InvalidArgumentError):\n    x = tf.gather(x, [9])",
        "for i in tf.range(3):\n    try:\n        x += x[i]\n    except tf.errors.OpError:\n        pass",
    ],
    "TF612": [
        "tf.gather(x, [9])",
        "tf.random.shuffle(x)",
        "tf.math.add(x, 1.0)",
        "tf.keras.ops.relu(x)",
        "array = tf.TensorArray(tf.float32, 3)\narray.unstack(x)",
        "array = tf.TensorArray(tf.float32, 3)\nfor i in tf.range(3):\n    array.write(i, 1.0)",
        "array = tf.TensorArray(tf.float32, 3)\narray.append(x)",
    ],
}
GOOD = [
    "tf.print('x', x)",
    "print('Tracing f')",
    "print(f'retracing with {x}')",
    "print('Python execution:', x)",
    "print('shape', x.shape, x.dtype)",
    "if change(x.shape):\n    print('no size')\n    raise ValueError",
    "try:\n    x = tf.reshape(x, [7])\nexcept ValueError as error:\n    print('no such shape', error)",
    "with tf.init_scope():\n    print('lifted')",
    "tf.py_function(lambda y: print(y), [x], [])",
    "tf.numpy_function(lambda y: np.random.rand(), [x], tf.float64)",
    "log.info('shape %s', x.shape)",
    "log.info('with %s', log.name)",
    "log.info('Tracing f')",
    "warnings.warn('use g', DeprecationWarning)",
    "if len([1]) > 0:\n    log.info('building')",
    "for name in ('a', 'b'):\n    log.info('building %s', name)",
    "x = x + tf.timestamp()",
    "stamp = time.strftime('%H', time.gmtime(0))",
    "x = x + np.random.RandomState(1).rand()",
    "rng = np.random.default_rng(1)\nx = x + rng.random()",
    "x = x + tf.random.uniform([3])",
    "mode = os.environ.get('MODE')",
    "name = os.path.join('a', 'b')",
    "text = json.dumps({})",
    "tf.io.write_file('a', 'b')",
    "y = tf.io.read_file(path)",
    "try:\n    x = tf.gather(x, [9])\nexcept (ValueError, tf.errors.InvalidArgumentError):\n    pass",
    "try:\n    x = tf.gather(x, [9])\nexcept Exception:\n    pass",
    "try:\n    with tf.init_scope():\n        y = tf.gather([1.0], [9])\nexcept tf.errors.OpError:\n    pass",
    "try:\n    y = next(iter([1]))\nexcept StopIteration:\n    pass",
    "x = tf.gather(x, [1])",
    "_ = tf.gather(x, [1])",
    "tf.identity(x, name='out')",
    "tf.debugging.assert_positive(x)",
    "tf.debugging.check_numerics(x, 'x')",
    "y = tf.image.decode_image(path)\ny.set_shape([None, None, 3])",
    "array = tf.TensorArray(tf.float32, 3)\narray = array.unstack(x)",
    "found = []\nfound.append(x)",
]


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule, lines in BAD.items() for line in lines])
def test_in_a_function(tmp_path: pathlib.Path, rule: str, line: str) -> None:
    """Each is told once, by its own rule."""
    assert said(tmp_path, body(line)) == rule


@pytest.mark.parametrize("line", [line for lines in BAD.values() for line in lines])
def test_outside(tmp_path: pathlib.Path, line: str) -> None:
    """The same in a function that nothing traces is fine."""
    assert not said(tmp_path, body(line).replace("@tf.function\n", ""))


@pytest.mark.parametrize("line", GOOD)
def test_not_flagged(tmp_path: pathlib.Path, line: str) -> None:
    """What is meant to run while tracing, what is an op, what runs elsewhere."""
    assert not said(tmp_path, body(line))


def test_words_of_the_project(tmp_path: pathlib.Path) -> None:
    """The option says what a print for the trace says; it holds for messages too."""
    text = body("print('compiling f')\nlog.info('compiling f')\nprint('Tracing')")
    assert said(tmp_path, text, pattern="^compiling") == "TF601"
    assert said(tmp_path, text, pattern="") == "TF601 TF602 TF601"


METHODS = """
class T:
    log = logging.getLogger("t")
    def __init__(self, rng: np.random.Generator, given=None, change=None, verbose=False):
        print("made")
        self.given = self.logger = given
        self.change = change
        self.verbose = verbose
        self.rng = rng
        self.state = np.random.RandomState(0)
        self.file = open("log.txt", "w")
        self.warned = False
        self.count = 0
    @tf.function
    def step(self, x):
        {}
        return x
"""


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("x += self.rng.normal()", "TF606"),
        ("x += self.state.rand()", "TF606"),
        ("self.log.info('sum %s', tf.reduce_sum(x))", "TF602"),
        ("self.given.info('sum %s', tf.reduce_sum(x))", ""),
        ("self.logger.info('sum %s', tf.reduce_sum(x))", "TF602"),
        ("if self.verbose:\n            print('sum', tf.reduce_sum(x))", "TF601"),
        ("if self.verbose:\n            print('unknown', self.change(x))", "TF601"),
        ("if self.verbose:\n            print('verbose', self.verbose)", ""),
        ("self.file.write('line')", "TF607"),
        ("self.count += 1\n        if self.count % 10 == 0:\n            print('ten')", "TF601"),
        ("if not self.warned:\n            print('once')\n            self.warned = True", ""),
        ("other = T(self.rng)", ""),
    ],
)
def test_objects(tmp_path: pathlib.Path, line: str, rule: str) -> None:
    """Loggers, generators and files that are kept in attributes; a guard that lets a print run once for all."""
    assert said(tmp_path, METHODS.replace("{}", line)) == rule


HELPERS = """
RNG = np.random.default_rng(0)
def show(x):
    print("x", x)
def noise():
    return RNG.normal()
def load():
    with open("a") as file:
        return file.read()
@functools.lru_cache(None)
def chosen():
    return random.random()
"""


def test_other_modules(tmp_path: pathlib.Path) -> None:
    """What a helper in another module does is told at the call, what it does once is not."""
    text = """
    import helpers
    from helpers import noise
    @tf.function
    def f(x):
        helpers.show(x)
        y = x + noise()
        helpers.load()
        return y * helpers.chosen()
    """
    assert said(tmp_path, text, files={"helpers.py": HELPERS}) == "TF601 TF606 TF607"


KERAS = """
class M(tf.keras.Model):
    def build(self, shape):
        print("building", np.random.rand())
    def call(self, x):
        print("call")
        log.info("built of %s", "parts")
        return x
    def train_step(self, data):
        start = time.time()
        warnings.warn("step")
        return super().train_step(data)
class C(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print("epoch", epoch)
"""


def test_keras(tmp_path: pathlib.Path) -> None:
    """Methods that Keras traces; `build` and callbacks run as Python."""
    assert said(tmp_path, KERAS) == "TF601 TF606 TF602"


def test_layer_that_is_only_called(tmp_path: pathlib.Path) -> None:
    """A layer that its module calls itself, and hands to nothing, is not traced."""
    layer = "class D(tf.keras.layers.Layer):\n    def call(self, x):\n        print('x', x)\nlayer = D()\n"
    assert not said(tmp_path, f"{layer}layer(tf.ones([1]))\n")
    assert said(tmp_path, f"{layer}model = tf.keras.Sequential([layer])\nmodel.fit(tf.ones([1]))\n") == "TF601"
    assert said(tmp_path, layer) == "TF601"


def test_dataset(tmp_path: pathlib.Path) -> None:
    """Callbacks are traced; generators and `apply` are not; a dataset reads a file at each pass."""
    text = """
    def parse(x):
        print("parse", x)
        y = tf.io.read_file("a")
        return x * random.randint(0, 3)
    def elements():
        print("element")
        yield 1
    def batched(dataset):
        print("apply")
        return dataset.batch(2)
    spec = tf.TensorSpec([], tf.int32)
    dataset = tf.data.Dataset.from_generator(elements, output_signature=spec).apply(batched).map(parse)
    dataset = dataset.filter(lambda x: x > np.random.randint(3))
    """
    assert said(tmp_path, text) == "TF601 TF606 TF606"


def test_callback_that_a_constructor_hands_on(tmp_path: pathlib.Path) -> None:
    """It runs for each element, though what makes the object runs once."""
    text = """
    class D:
        def __init__(self, dataset: tf.data.Dataset):
            print("made")
            self.dataset = dataset.map(lambda x: x * random.random())
    """
    assert said(tmp_path, text) == "TF606"


def test_python_functions_of_the_graph(tmp_path: pathlib.Path) -> None:
    """A function that a decorator makes an op of Python runs in every call."""
    text = """
    @tf.py_function(Tout=tf.float32)
    def g(x):
        print("x", x)
        return x * random.random()
    @tf.function
    def f(x):
        return g(x)
    """
    assert not said(tmp_path, text)


SUMMARY = """
writer = tf.summary.create_file_writer("logs")
count = 0
steps = tf.Variable(0, dtype=tf.int64)
fixed = 3
class T:
    def __init__(self):
        self.epoch = 0
        self.size = 3
        self.optimizer = tf.keras.optimizers.SGD()
    @tf.function
    def step(self, x, number):
        with writer.as_default({default}):
            tf.summary.scalar("x", x{step})
    def epochs(self):
        for self.epoch in range(3):
            self.step(tf.ones([]), tf.constant(1, tf.int64))
for count in range(3):
    T().step(tf.ones([]), tf.constant(1, tf.int64))
"""


@pytest.mark.parametrize("step", ["count", "self.epoch", "self.epoch + 1", "int(count)"])
def test_step_of_python(tmp_path: pathlib.Path, step: str) -> None:
    """A number that the program counts on outside, as the step of one summary or of all."""
    assert said(tmp_path, SUMMARY.format(default="", step=f", step={step}")) == "TF613"
    assert said(tmp_path, SUMMARY.format(default=f"step={step}", step="")) == "TF613"


@pytest.mark.parametrize("step", ["number", "steps", "self.optimizer.iterations", "0", "fixed", "self.size"])
def test_step_that_is_fine(tmp_path: pathlib.Path, step: str) -> None:
    """Tensors, variables, what never changes."""
    assert not said(tmp_path, SUMMARY.format(default="", step=f", step={step}"))


def test_no_step(tmp_path: pathlib.Path) -> None:
    """None, and nothing that sets a default one."""
    assert said(tmp_path, SUMMARY.format(default="", step="")) == "TF613"
    assert not said(tmp_path, SUMMARY.format(default="", step="") + "tf.summary.experimental.set_step(steps)\n")


@pytest.mark.parametrize(
    ("default", "rule"),
    [
        ("tf.summary.experimental.set_step(i)", "TF613"),
        ("tf.summary.experimental.set_step(steps)", ""),
        ("tf.summary.experimental.set_step(steps.assign_add(1))", ""),
    ],
)
def test_default_step(tmp_path: pathlib.Path, default: str, rule: str) -> None:
    """A default step is read while tracing too."""
    text = """
    writer = tf.summary.create_file_writer("logs")
    steps = tf.Variable(0, dtype=tf.int64)
    @tf.function
    def f(x):
        with writer.as_default():
            tf.summary.scalar("x", x)
    for i in range(3):
        DEFAULT
        f(tf.ones([]))
    """
    assert said(tmp_path, text.replace("DEFAULT", default)) == rule


WRITER = """
writer = tf.summary.create_file_writer("logs")
@tf.function
def f(x, number):
    tf.summary.scalar("x", x, step=number)
{}
"""


@pytest.mark.parametrize(
    ("calls", "rule"),
    [
        ("f(1.0, 0)\nwith writer.as_default():\n    f(1.0, 1)", "TF613"),
        ("with writer.as_default():\n    f(1.0, 0)\nf(1.0, 1)", ""),
        ("writer.set_as_default()\nf(1.0, 0)\nwith writer.as_default():\n    f(1.0, 1)", ""),
        ("f(1.0, 0)", ""),
    ],
)
def test_writer_after_the_trace(tmp_path: pathlib.Path, calls: str, rule: str) -> None:
    """A summary that was traced without a writer stays without one."""
    assert said(tmp_path, WRITER.format(calls)) == rule


def test_iterator_at_its_end(tmp_path: pathlib.Path) -> None:
    """The end of a dataset's iterator comes when the graph runs, that of Python's while tracing."""
    text = """
    iterator = iter({})
    @tf.function
    def f():
        try:
            return next(iterator)
        except StopIteration:
            return tf.constant(0)
    """
    assert said(tmp_path, text.format("tf.data.Dataset.range(3)")) == "TF611"
    assert not said(tmp_path, text.format("[1, 2]"))


def test_finally(tmp_path: pathlib.Path) -> None:
    """What `finally` does that lasts, around ops."""
    text = """
    seen = []
    class T:
        @tf.function
        def f(self, x):
            try:
                x = tf.gather(x, [1])
            finally:
                {}
            return x
    T().f(tf.ones([3]))
    """
    assert "TF611" in said(tmp_path, text.replace("{}", "seen.append('done')"))
    assert not said(tmp_path, text.replace("{}", "self.busy = False"))
