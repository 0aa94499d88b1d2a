"""What a name or an attribute denotes, through every way that leads to TensorFlow."""

from __future__ import annotations

import pathlib

import pytest

from .programs import findings, told

FOUND = {
    "conditional expression": (
        "import tensorflow as tf\nx = (tf.placeholder if a else tf.sparse_placeholder)(1)  # HERE 1"
    ),
    "or": "import tensorflow as tf\nlib = other or tf\nx = lib.placeholder(1)  # HERE",
    "walrus": "import tensorflow as tf\nif (t := tf):\n    t.placeholder(1)  # HERE",
    "dict of libraries": "import tensorflow as tf\nD = {'a': tf}\nD['a'].placeholder(1)  # HERE",
    "list of libraries": "import tensorflow as tf\nL = [tf]\nL[0].placeholder(1)  # HERE",
    "loop over libraries": "import tensorflow as tf\nfor lib in [tf]:\n    lib.placeholder(1)  # HERE",
    "comprehension": "import tensorflow as tf\nx = [lib.placeholder(1) for lib in (tf,)]  # HERE",
    "tuple assignment": "import tensorflow as tf\na, b = tf, 1\na.placeholder(1)  # HERE",
    "loop over rows": "import tensorflow as tf\nfor n, lib in [(1, tf)]:\n    lib.placeholder(n)  # HERE",
    "lambda": "import tensorflow as tf\nget = lambda: tf\nget().placeholder(1)  # HERE",
    "nested function": "import tensorflow as tf\ndef f():\n    def g():\n        return tf.placeholder(1)  # HERE",
    "global": "def load():\n    global tf\n    import tensorflow as tf\ndef f():\n    return tf.placeholder(1)  # HERE",
    "class attribute": "import tensorflow as tf\nclass A:\n    lib = tf\nA.lib.placeholder(1)  # HERE",
    "property": (
        "import tensorflow as tf\nclass A:\n    @property\n"
        "    def lib(self):\n        return tf\nA().lib.placeholder(1)  # HERE"
    ),
    "inherited attribute": (
        "import tensorflow as tf\nclass A:\n    def __init__(self):\n        self.lib = tf\n"
        "class B(A):\n    def f(self):\n        self.lib.placeholder(1)  # HERE"
    ),
    "class method": (
        "import tensorflow as tf\nclass A:\n    @classmethod\n    def lib(cls):\n        return tf\n"
        "A.lib().placeholder(1)  # HERE"
    ),
    "super": (
        "import tensorflow as tf\nclass A:\n    def lib(self):\n        return tf\n"
        "class B(A):\n    def f(self):\n        super().lib().placeholder(1)  # HERE"
    ),
    "callable object": (
        "import tensorflow as tf\nclass A:\n    def __call__(self):\n        return tf\nA()().placeholder(1)  # HERE"
    ),
    "import inside a function": "def f():\n    import tensorflow as tf\n    tf.placeholder(1)  # HERE",
    "dotted import": "import tensorflow.keras\ntensorflow.placeholder(1)  # HERE",
    "star import": "from tensorflow import *\nplaceholder(1)  # HERE",
    "__import__": "tf = __import__('tensorflow')\ntf.placeholder(1)  # HERE",
    "import_module of a submodule": "import importlib\nimportlib.import_module('tensorflow.contrib.slim')  # HERE",
    "getattr of an alias": "import tensorflow as tf\nNAME = 'placeholder'\ngetattr(tf, NAME)(1)  # HERE",
    "partial of partial": (
        "import functools\nimport tensorflow as tf\nget = functools.partial(lambda: tf)\nget().placeholder(1)  # HERE"
    ),
    "compat.v2": "import tensorflow.compat.v2 as tf\ntf.placeholder(1)  # HERE",
    "lazy loader": (
        "from tensorflow.python.util.lazy_loader import LazyLoader\n"
        "slim = LazyLoader('slim', globals(), 'tensorflow.contrib.slim')\nslim.conv2d(1)  # HERE"
    ),
    "while loop carries": (
        "import tensorflow as tf\nlib = None\nwhile go:\n    if lib:\n        lib.placeholder(1)  # HERE\n    lib = tf"
    ),
    "keyword default": "import tensorflow as tf\ndef f(*, lib=tf):\n    lib.placeholder(1)  # HERE",
    "decorator": "import tensorflow as tf\n@tf.contrib.eager.defun  # HERE\ndef f(): pass",
    "base class": "import tensorflow as tf\nclass A(tf.train.SessionRunHook):  # HERE\n    pass",
    "in a string of a format": "import tensorflow as tf\nx = f'{tf.placeholder!r:>{10}}'  # HERE",
    "unlisted part of an alias": "import tensorflow as tf\nm = tf.contrib.slim\nprint(m.never_listed)  # HERE",
    "inside of match": "import tensorflow as tf\nmatch x:\n    case 1:\n        tf.placeholder(1)  # HERE",
    "async": "import tensorflow as tf\nasync def f():\n    return await g(tf.placeholder(1))  # HERE",
}


@pytest.mark.parametrize("form", FOUND)
def test_found(form: str, tmp_path: pathlib.Path) -> None:
    text = FOUND[form]
    expected = {number for number, line in enumerate(text.split("\n"), 1) if "# HERE" in line}
    assert {finding.span.line for finding in findings(tmp_path, text)} >= expected != set()


SESSIONS = {
    "with": "with tf.Session() as s:\n    s.run(1)  # HERE",
    "as_default": "s = tf.Session()\nwith s.as_default():\n    s.run(1)  # HERE",
    "with as_default": "with tf.Session().as_default() as s:\n    s.run(1)  # HERE",
    "default session": "tf.get_default_session().run(1)  # HERE",
    "monitored": "with tf.train.MonitoredTrainingSession() as s:\n    s.run(1)  # HERE",
    "attribute": (
        "class A:\n    def __init__(self):\n        self.s = tf.Session()\n"
        "    def f(self):\n        self.s.run(1)  # HERE"
    ),
    "attribute of an attribute": (
        "class A:\n    def __init__(self):\n        self.s = tf.Session()\nclass B:\n    def __init__(self):\n"
        "        self.a = A()\n    def f(self):\n        self.a.s.run(1)  # HERE"
    ),
    "factory": "def make():\n    s = tf.Session()\n    return s\nmake().run(1)  # HERE",
    "annotation": "def f(s: tf.Session):\n    s.run(1)  # HERE",
    "quoted annotation": "def f(s: 'tf.Session'):\n    s.run(1)  # HERE",
    "optional annotation": "from typing import Optional\ndef f(s: Optional[tf.Session] = None):\n    s.run(1)  # HERE",
    "return annotation": "def make() -> tf.Session: ...\nmake().run(1)  # HERE",
    "default argument": "def f(s=tf.Session()):\n    s.run(1)  # HERE",
    "context manager of the project": (
        "import contextlib\n@contextlib.contextmanager\ndef session():\n    with tf.Session() as s:\n        yield s\n"
        "with session() as s:\n    s.run(1)  # HERE"
    ),
    "__enter__ of the project": (
        "class A:\n    def __enter__(self):\n        return tf.Session()\n    def __exit__(self, *a): pass\n"
        "with A() as s:\n    s.run(1)  # HERE"
    ),
    "subclass": "class Mine(tf.Session):\n    pass\nMine().run(1)  # HERE",
    "attribute of the class": (
        "class A:\n    @classmethod\n    def set_up(cls):\n        cls.s = tf.Session()\n    def f(self):\n"
        "        self.s.run(1)  # HERE"
    ),
    "nested function": "s = tf.Session()\ndef f():\n    def g():\n        s.run(1)  # HERE\n",
}


@pytest.mark.parametrize("form", SESSIONS)
def test_sessions(form: str, tmp_path: pathlib.Path) -> None:
    text = f"import tensorflow as tf\n{SESSIONS[form]}\n"
    line = next(number for number, line in enumerate(text.split("\n"), 1) if "# HERE" in line)
    assert f"{line} tf-session-run" in told(tmp_path, text)


SILENT = {
    "another run": "class A:\n    def run(self, x): pass\nA().run(1)",
    "a parameter": "def f(s):\n    s.run(1)",
    "subprocess": "import subprocess\nsubprocess.run(['x'])",
    "shadowed module": "def f(tf):\n    return tf.placeholder(1)",
    "shadowed by a class": "class tf:\n    placeholder = 1\ntf.placeholder",
    "deleted": "import tensorflow as tf\ndel tf\nimport other as tf\ntf.placeholder(1)",
    "rebound": "import tensorflow as tf\nimport other as tf\ntf.placeholder(1)",
    "a string": "import tensorflow as tf\nx = 'tf.placeholder'",
    "hasattr": "import tensorflow as tf\nhasattr(tf, 'placeholder')",
    "getattr with a default": "import tensorflow as tf\ngetattr(tf, 'placeholder', None)",
    "eval of something else": "import torch\nm = torch.nn.Linear(1, 1)\nm.eval()",
    "module's own eval": "import tensorflow as tf\nclass M(tf.Module):\n    def eval(self): pass\nM().eval()",
    "type checking": "import typing\nif typing.TYPE_CHECKING:\n    from tensorflow import Session",
    "another package called keras": "import keras_tuner as keras\nkeras.layers.CuDNNLSTM",
    "never a name, on one of two ways": (
        "import tensorflow as tf\nimport mine\nlib = tf if mine.x else mine\nlib.never_there(1)"
    ),
    "member of a class": "import tensorflow as tf\ntf.Variable.never_there",
    "unknown submodule of one that is there": "import tensorflow as tf\ntf.math.never.there",
    "flags of absl": "from absl import flags\nflags.DEFINE_string('a', 'b', 'c')",
    "one of two is fine": "import tensorflow as tf\nimport other\nlib = other if x else tf\nlib.placeholder(1)",
}


@pytest.mark.parametrize("form", SILENT)
def test_silent(form: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, SILENT[form]) == []


def test_a_variable_that_holds_a_name_is_told_where_it_is_filled_and_where_it_is_called(tmp_path: pathlib.Path) -> None:
    text = (
        "import tensorflow as tf\nFLAGS = tf.flags.FLAGS\nprint(FLAGS.x, FLAGS.y)\nP = tf.placeholder\nP(1)\nprint(P)\n"
    )
    assert told(tmp_path, text) == ["2 tf-legacy-module", "4 tf-placeholder", "5 tf-placeholder"]


def test_through_the_projects_other_modules(tmp_path: pathlib.Path) -> None:
    text = """
        from lib.compat import tf, make_session, Base
        from lib import compat as c
        import lib.compat
        tf.placeholder(1)
        make_session().run(1)
        c.tf.placeholder(1)
        lib.compat.tf.placeholder(1)
        class A(Base):
            def f(self):
                self.session.run(1)
        from lib import reexported
        reexported.placeholder(1)
    """
    files = {
        "lib/__init__.py": "from .compat import tf as reexported\n",
        "lib/compat.py": """
            import tensorflow as tf
            def make_session():
                return tf.Session()
            class Base:
                def __init__(self):
                    self.session = make_session()
        """,
    }
    assert told(tmp_path, text, files=files) == [
        "5 tf-placeholder",
        "6 tf-session-run",
        "7 tf-placeholder",
        "8 tf-placeholder",
        "11 tf-session-run",
        "13 tf-placeholder",
    ]


def test_modules_that_import_each_other(tmp_path: pathlib.Path) -> None:
    text = "from a import tf, x\nfrom b import y\ntf.placeholder(1)\n"
    files = {
        "a.py": "from b import y\nimport tensorflow as tf\nx = y\n",
        "b.py": "from a import tf, x\ny = x\n",
    }
    assert told(tmp_path, text, files=files) == ["3 tf-placeholder"]


def test_a_module_of_the_project_that_does_not_parse_is_unknown(tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, "from a import tf\ntf.placeholder(1)\n", files={"a.py": "def (:\n"}) == []


@pytest.mark.parametrize("many", [3, 20])
def test_many_bindings_of_a_name(many: int, tmp_path: pathlib.Path) -> None:
    """Whether a name is bound a few times or often makes no difference."""
    text = (
        "import tensorflow as tf\n"
        + "x = tf\nx = 1\n" * many
        + "x.placeholder(1)\nx = tf\nx.placeholder(1)\nx = 1; x = tf; x.placeholder(1)\nx = x.placeholder(1)\n"
        + "x.placeholder(1)\nif y:\n    x = tf\nx.placeholder(1)\ndel x\nx = tf\ndef f():\n    x.placeholder(1)\n"
    )
    base = 2 + 2 * many
    expected = [base + 2, base + 3, base + 4, base + 12]
    assert [finding.span.line for finding in findings(tmp_path, text)] == expected


def test_confidence(tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\ntf.placeholder(1)\ndef f(lib=tf):\n    lib.placeholder(1)\n"
    assert [finding.confidence.value for finding in findings(tmp_path, text)] == ["binding", "inference"]
