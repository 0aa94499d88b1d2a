"""Code for TensorFlow 1 and 2: which versions come to a line that is guarded, in the many ways that is written.

In each program USE is what only TensorFlow 1 comes to.
"""

from __future__ import annotations

import pathlib

import pytest

from .programs import findings, target, told

GUARDED = {
    "LooseVersion major list": (
        "from distutils.version import LooseVersion\nif LooseVersion(tf.__version__).version[0] < 2:\n    USE"
    ),
    "StrictVersion": (
        "from distutils.version import StrictVersion\n"
        "if StrictVersion(tf.__version__) < StrictVersion('2.0.0'):\n    USE"
    ),
    "pkg_resources": (
        "import pkg_resources\n"
        "if pkg_resources.parse_version(tf.__version__) < pkg_resources.parse_version('2'):\n    USE"
    ),
    "pkg_resources2": "from pkg_resources import parse_version as V\nif V(tf.__version__) < V('2.0.0-rc0'):\n    USE",
    "packaging.version.Version": (
        "import packaging.version\n"
        "if packaging.version.Version(tf.__version__) < packaging.version.Version('2.0'):\n    USE"
    ),
    "release": "from packaging.version import Version\nif Version(tf.__version__).release < (2,):\n    USE",
    "release idx": "from packaging.version import Version\nif Version(tf.__version__).release[0] == 1:\n    USE",
    "version module": "from tensorflow import __version__ as tf_version\nif tf_version.startswith('1'):\n    USE",
    "from tf version": "from tensorflow import version\nif version.VERSION[0] == '1':\n    USE",
    "tf.compat.v1.VERSION": "if tf.compat.v1.VERSION < '2':\n    USE",
    "list comp": "v = [int(i) for i in tf.__version__.split('.')]\nif v[0] < 2:\n    USE",
    "list comp slice": "v = [int(i) for i in tf.__version__.split('.')[:2]]\nif v < [2, 0]:\n    USE",
    "gen tuple": "TF_VERSION = tuple(int(n) for n in tf.__version__.split('.')[0:2])\nif TF_VERSION < (2, 0):\n    USE",
    "list map": "TF_VERSION = list(map(int, tf.__version__.split('.')))\nif TF_VERSION[0] == 1:\n    USE",
    "unpack map": "major, minor = map(int, tf.__version__.split('.')[:2])\nif major < 2:\n    USE",
    "unpack star": "major, *_ = tf.__version__.split('.')\nif int(major) < 2:\n    USE",
    "float": "if float(tf.__version__[:3]) < 2.0:\n    USE",
    "int first": "if int(tf.__version__[0]) == 1:\n    USE",
    "int first in": "if int(tf.__version__[0]) in (0, 1):\n    USE",
    "split1": "if tf.__version__.split('.', 1)[0] == '1':\n    USE",
    "partition": "if tf.__version__.partition('.')[0] == '1':\n    USE",
    "startswith tuple": "if tf.__version__.startswith(('0.', '1.')):\n    USE",
    "in": "if '1.' in tf.__version__[:2]:\n    USE",
    "eq list": "if tf.__version__ in ['1.15.0', '1.15.5']:\n    USE",
    "in dir": "if 'placeholder' in dir(tf):\n    USE",
    "in dict": "if 'placeholder' in tf.__dict__:\n    USE",
    "in vars": "if 'placeholder' in vars(tf):\n    USE",
    "not in dir": "if 'placeholder' not in dir(tf):\n    pass\nelse:\n    USE",
    "getattr none": "if getattr(tf, 'placeholder', None) is not None:\n    USE",
    "getattr truth": "if getattr(tf, 'placeholder', None):\n    USE",
    "getattr eq": "if getattr(tf, 'placeholder', None) != None:\n    USE",
    "getattr False": "if getattr(tf, 'Session', False):\n    USE",
    "getattr flag": "p = getattr(tf, 'placeholder', None)\nif p is None:\n    pass\nelse:\n    USE",
    "hasattr compat": "if not hasattr(tf, 'compat') or not hasattr(tf.compat, 'v2') or tf.__version__ < '2':\n    USE",
    "hasattr keras": "if hasattr(tf.keras.layers, 'CuDNNLSTM'):\n    USE",
    "try flag": (
        "try:\n    from tensorflow.contrib import slim\n    HAS = True\nexcept ImportError:\n"
        "    HAS = False\nif HAS:\n    USE"
    ),
    "try flag attr": "try:\n    tf.placeholder\n    V1 = True\nexcept AttributeError:\n    V1 = False\nif V1:\n    USE",
    "try flag before": (
        "V2 = True\ntry:\n    import tensorflow.contrib\n    V2 = False\nexcept Exception:\n    pass\n"
        "if not V2:\n    USE"
    ),
    "try flag handler only": (
        "HAS = True\ntry:\n    import tensorflow.contrib\nexcept ImportError:\n    HAS = False\nif HAS:\n    USE"
    ),
    "try none": (
        "try:\n    from tensorflow.contrib import slim\nexcept ImportError:\n    slim = None\n"
        "if slim is not None:\n    USE"
    ),
    "try none truth": (
        "try:\n    from tensorflow.contrib import slim\nexcept ImportError:\n    slim = None\nif slim:\n    USE"
    ),
    "try else": "try:\n    from tensorflow.contrib import slim\nexcept ImportError:\n    pass\nelse:\n    USE",
    "class attr": "class C:\n    TF1 = tf.__version__ < '2'\n    def f(self):\n        if self.TF1:\n            USE",
    "class attr cls": "class C:\n    TF1 = tf.__version__ < '2'\nif C.TF1:\n    USE",
    "init attr": (
        "class C:\n    def __init__(self):\n        self.tf1 = tf.__version__ < '2'\n    def f(self):\n"
        "        if self.tf1:\n            USE"
    ),
    "function flag": "def tf_major():\n    return int(tf.__version__.split('.')[0])\nif tf_major() < 2:\n    USE",
    "function with doc & import": (
        "def is_tf2():\n    '''Doc.'''\n    import tensorflow as tf\n    return tf.__version__ >= '2'\n"
        "if not is_tf2():\n    USE"
    ),
    "function with if": (
        "def is_tf2():\n    if tf.__version__ >= '2':\n        return True\n    return False\nif not is_tf2():\n    USE"
    ),
    "function if else": (
        "def is_tf2():\n    if tf.__version__.startswith('2'):\n        return True\n    else:\n"
        "        return False\nif not is_tf2():\n    USE"
    ),
    "function with local": (
        "def is_tf2():\n    major = int(tf.__version__.split('.')[0])\n    return major >= 2\nif not is_tf2():\n    USE"
    ),
    "function with try": (
        "def has_contrib():\n    try:\n        import tensorflow.contrib\n        return True\n"
        "    except ImportError:\n        return False\nif has_contrib():\n    USE"
    ),
    "function with argument": (
        "def at_least(v):\n    from packaging.version import parse\n"
        "    return parse(tf.__version__) >= parse(v)\nif not at_least('2.0'):\n    USE"
    ),
    "function with argument kw": (
        "def tf_ge(major, minor=0):\n"
        "    return tuple(int(x) for x in tf.__version__.split('.')[:2]) >= (major, minor)\n"
        "if not tf_ge(2):\n    USE"
    ),
    "lambda": "is_tf2 = lambda: tf.__version__ >= '2'\nif not is_tf2():\n    USE",
    "staticmethod": (
        "class U:\n    @staticmethod\n    def is_tf2():\n        return tf.__version__ >= '2'\n"
        "if not U.is_tf2():\n    USE"
    ),
    "cached": (
        "import functools\n@functools.lru_cache(None)\ndef is_tf2():\n    return tf.__version__ >= '2'\n"
        "if not is_tf2():\n    USE"
    ),
    "property": (
        "class U:\n    @property\n    def tf2(self):\n        return tf.__version__ >= '2'\n"
        "    def f(self):\n        if not self.tf2:\n            USE"
    ),
    "early return else": (
        "def f():\n    if tf.__version__ >= '2':\n        x = 1\n        return x\n    else:\n        pass\n    USE"
    ),
    "early return nested": (
        "def f(a):\n    if tf.__version__ >= '2':\n        if a:\n            return 1\n        else:\n"
        "            return 2\n    USE"
    ),
    "return in with": "def f(x):\n    if tf.__version__ >= '2':\n        with x:\n            return 1\n    USE",
    "return in try": (
        "def f(x):\n    if tf.__version__ >= '2':\n        try:\n            return x()\n"
        "        except ValueError:\n            raise\n    USE"
    ),
    "assert is": "assert int(tf.__version__[0]) == 1, 'TensorFlow 1 only'\nUSE",
    "assert function": "def f():\n    assert tf.__version__.startswith('1.')\n    USE",
    "ifexp": "x = (USE if int(tf.__version__[0]) < 2 else 1)",
    "ifexp in call": "foo(USE if not tf.__version__.startswith('2') else 1)",
    "match": "match tf.__version__.split('.')[0]:\n    case '1':\n        USE\n    case _:\n        pass",
    "match int": "match int(tf.__version__[0]):\n    case 2:\n        pass\n    case _:\n        USE",
    "match seq": "match tf.__version__.split('.'):\n    case ['1', *_]:\n        USE",
    "skipIf": (
        "import unittest\nclass T(unittest.TestCase):\n"
        "    @unittest.skipIf(tf.__version__.startswith('2'), 'x')\n    def test(self):\n        USE"
    ),
    "skipUnless class": (
        "import unittest\n@unittest.skipUnless(tf.__version__ < '2', 'x')\nclass T(unittest.TestCase):\n"
        "    def test(self):\n        USE"
    ),
    "from unittest": "from unittest import skipIf\n@skipIf(tf.__version__ >= '2', 'x')\ndef test():\n    USE",
    "pytest skipif": "import pytest\n@pytest.mark.skipif(tf.__version__ >= '2', reason='x')\ndef test():\n    USE",
    "pytest marker var": (
        "import pytest\ntf1 = pytest.mark.skipif(tf.__version__ >= '2', reason='x')\n@tf1\ndef test():\n    USE"
    ),
    "pytestmark": (
        "import pytest\npytestmark = pytest.mark.skipif(tf.__version__ >= '2', reason='x')\ndef test():\n    USE"
    ),
    "pytest.skip": "import pytest\nif tf.__version__ >= '2':\n    pytest.skip('x', allow_module_level=True)\nUSE",
    "pytest.skip fn": "import pytest\ndef test():\n    if tf.__version__ >= '2':\n        pytest.skip('x')\n    USE",
    "skipTest": (
        "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n"
        "        if tf.__version__ >= '2':\n            self.skipTest('x')\n        USE"
    ),
    "setUp skip": (
        "import unittest\nclass T(unittest.TestCase):\n    def setUp(self):\n"
        "        if tf.__version__ >= '2':\n            self.skipTest('x')\n    def test(self):\n"
        "        USE"
    ),
    "raise SkipTest": "import unittest\nif tf.__version__ >= '2':\n    raise unittest.SkipTest('x')\nUSE",
    "continue": "for x in y:\n    if tf.__version__ >= '2':\n        continue\n    USE",
    "break": "while True:\n    if tf.__version__ >= '2':\n        break\n    USE",
    "any": "if any([tf.__version__ < '2']):\n    USE",
    "bool": "if bool(tf.__version__ < '2'):\n    USE",
    "int flag": "TF1 = int(tf.__version__ < '2')\nif TF1:\n    USE",
    "walrus": "if (v := tf.__version__) < '2':\n    USE",
    "dict": "VERS = {'major': int(tf.__version__.split('.')[0])}\nif VERS['major'] < 2:\n    USE",
    "global in function": (
        "IS = None\nif tf.__version__ >= '2':\n    IS = 2\nelse:\n    IS = 1\ndef f():\n    if IS == 1:\n        USE"
    ),
    "string flag": "BACKEND = 'v1' if tf.__version__ < '2' else 'v2'\nif BACKEND == 'v1':\n    USE",
    "and with hasattr": "if hasattr(tf, 'contrib') and cond():\n    USE",
    "not and": "if not (tf.__version__ >= '2' and True):\n    USE",
    "or": "if tf.__version__ < '1.13' or tf.__version__ < '2':\n    USE",
    "nested function": "def f():\n    if tf.__version__ < '2':\n        def g():\n            USE\n        return g",
    "class under if": "if tf.__version__ < '2':\n    class C:\n        def f(self):\n            USE",
    "with under": "if tf.__version__ < '2':\n    with tf.Session() as s:\n        USE",
    "sys.exit from": "from sys import exit\nif tf.__version__ >= '2':\n    exit(1)\nUSE",
    "os._exit": "import os\nif tf.__version__ >= '2':\n    os._exit(1)\nUSE",
    "function exits": (
        "import sys\ndef die(m):\n    print(m)\n    sys.exit(1)\nif tf.__version__ >= '2':\n    die('x')\nUSE"
    ),
    "importlib.metadata split": (
        "from importlib.metadata import version\nif int(version('tensorflow').split('.')[0]) < 2:\n    USE"
    ),
    "metadata parse": (
        "from importlib.metadata import version\nfrom packaging.version import parse\n"
        "if parse(version('tensorflow')) < parse('2'):\n    USE"
    ),
    "get_distribution": "import pkg_resources\nif pkg_resources.get_distribution('tensorflow').version < '2':\n    USE",
    "is_tf2 from dict get": "import os\nif tf.__version__ < '2' and os.environ.get('X'):\n    USE",
    "compare flags xor": "TF2 = tf.__version__ >= '2'\nif TF2 is False:\n    USE",
    "eq False": "TF2 = tf.__version__ >= '2'\nif TF2 == False:\n    USE",
    "min": "if tf.__version__.split('.') < ['2']:\n    USE",
    "replace": "if int(tf.__version__.replace('.', '')[0]) < 2:\n    USE",
    "rc": "if int(tf.__version__.split('-')[0].split('.')[0]) < 2:\n    USE",
    "np version": "from numpy.lib import NumpyVersion\nif NumpyVersion(tf.__version__) < '2.0.0':\n    USE",
    "tf2.enabled": "import tensorflow.python.tf2 as tf2\nif not tf2.enabled():\n    USE",
    "flag raised": "TF2 = False\nif tf.__version__ >= '2':\n    TF2 = True\nif not TF2:\n    USE",
    "flag in handler fn": (
        "V2 = True\ntry:\n    import tensorflow.contrib\nexcept ImportError:\n    V1 = False\nelse:\n"
        "    V1 = True\ndef f():\n    if V1:\n        USE"
    ),
}


@pytest.mark.parametrize("form", GUARDED)
def test_tensorflow_2_does_not_come_here(form: str, tmp_path: pathlib.Path) -> None:
    """A name that TensorFlow 2 lacks is no problem, whatever is targeted."""
    text = "import tensorflow as tf\n" + GUARDED[form].replace("USE", "tf.placeholder(1)") + "\n"
    assert told(tmp_path, text) == []
    assert told(tmp_path, text, worlds=target(">=1.15")) == []


@pytest.mark.parametrize("form", GUARDED)
def test_tensorflow_1_comes_here(form: str, tmp_path: pathlib.Path) -> None:
    """A name that TensorFlow 1 lacks is one, if that is targeted: the line is not taken to be out of reach."""
    text = "import tensorflow as tf\n" + GUARDED[form].replace("USE", "tf.keras.utils.set_random_seed(1)") + "\n"
    for worlds in (target("==1.15.*"), target(">=1.15")):
        assert [line.split()[1] for line in told(tmp_path, text, worlds=worlds)] == ["tf-unavailable-symbol"]


UNGUARDED = {
    "a check that is not followed": "import re\nif re.match(CHECK, tf.__version__):\n    USE",
    "a constant of a class": "class C:\n    old = False\n    def f(self):\n        if self.old:\n            USE",
    "a flag that two methods set": (
        "class C:\n    def __init__(self):\n        self.old = tf.__version__ < '2'\n"
        "    def set(self):\n        self.old = True\n    def f(self):\n        if self.old:\n            USE"
    ),
    "a function that asks its argument": (
        "def f(x):\n    if x:\n        return True\n    return tf.__version__ < '2'\nif f(1):\n    USE"
    ),
    "getattr of what is there": "if getattr(tf, 'Module', None) is not None:\n    USE",
    "in dir of another module": "import numpy\nif 'placeholder' in dir(numpy):\n    USE",
    "a subject that no version decides": "match VERSION:\n    case '1':\n        USE",
    "a pattern that binds": "match tf.__version__:\n    case version:\n        USE",
    "leaves only sometimes": "def f(x):\n    if tf.__version__ >= '2':\n        if x:\n            return\n    USE",
    "suppressed": (
        "import contextlib\ndef f(x):\n    if tf.__version__ >= '2':\n"
        "        with contextlib.suppress(Exception):\n            raise ValueError\n    USE"
    ),
    "a function that returns": (
        "def log(m):\n    if m:\n        return\n    raise ValueError\nif tf.__version__ >= '2':\n    log(1)\nUSE"
    ),
    "a mark that skips TensorFlow 1": (
        "import pytest\nold = pytest.mark.skipif(tf.__version__ < '2', reason='')\n@old\ndef test():\n    USE"
    ),
    "another skipIf": "from mine import skipIf\n@skipIf(tf.__version__ >= '2', '')\ndef test():\n    USE",
}


@pytest.mark.parametrize("form", UNGUARDED)
def test_tensorflow_2_comes_here(form: str, tmp_path: pathlib.Path) -> None:
    text = "import tensorflow as tf\n" + UNGUARDED[form].replace("USE", "tf.placeholder(1)") + "\n"
    assert [line.split()[1] for line in told(tmp_path, text)] == ["tf-placeholder"]


def test_getattr_with_a_default_finds_what_is_there(tmp_path: pathlib.Path) -> None:
    """In a version without the name it gives the default."""
    text = "import tensorflow as tf\nseed = getattr(tf.keras.utils, 'set_random_seed', None)\nif seed:\n    seed(1)\n"
    assert told(tmp_path, text, worlds=target(">=2.4")) == []


KERAS = {
    "tf.keras.__version__ < '2.3'": "2.0-2.1, 2.10-2.15",
    "tf.keras.__version__.startswith('3')": "2.16-2.21",
    "keras.__version__ >= '3'": "2.16-2.21",
    "keras.version().startswith('3')": "2.16-2.21",
    "int(keras.__version__.split('.')[0]) < 3": "2.0-2.15",
}


@pytest.mark.parametrize("check", KERAS)
def test_checks_of_keras(check: str, tmp_path: pathlib.Path) -> None:
    text = f"import tensorflow as tf\nimport keras\nif {check}:\n    tf.placeholder(1)\n"
    found = findings(tmp_path, text, worlds=target(">=2.0"))
    (finding,) = [one for one in found if one.rule.symbol == "tf-placeholder"]
    words = finding.message.partition(" (")[0]
    assert words.endswith(f"TensorFlow {KERAS[check]}")


def test_functions_that_call_themselves(tmp_path: pathlib.Path) -> None:
    """What is passed around in circles is not followed for ever."""
    text = (
        "import tensorflow as tf\ndef f(x):\n    for i in y:\n        x = g(x, i)\n    return g(x, 1)\n"
        "def g(x, i):\n    z = f(x)\n    while z:\n        z = f(g(z, i))\n    return f(z)\n"
        "if f(1):\n    tf.placeholder(1)\n"
    )
    assert told(tmp_path, text) == ["12 tf-placeholder"]


def test_conditions_on_what_depends_on_itself(tmp_path: pathlib.Path) -> None:
    """Each flag hangs on two others, in circles: the search goes through each of them once, or it never ends."""
    lines = ["import tensorflow as tf", "class A:", "    def f(self, x):"]
    for number in range(60):
        one, other = (number + 1) % 60, (number + 2) % 60
        lines += [f"        if self.a{one} and self.a{other}:", f"            self.a{number} = False"]
    lines += ["        if self.a0:", "            tf.placeholder(x)"]
    assert told(tmp_path, "\n".join(lines) + "\n") == [f"{len(lines)} tf-placeholder"]
