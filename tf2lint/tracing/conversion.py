"""What AutoGraph leaves as it is though it is traced. Run under TensorFlow 2.15 and 2.21.

https://www.tensorflow.org/guide/function#autograph_transformations
"""

from __future__ import annotations

from astroid import nodes

from tf2lint.api import versions
from tf2lint.inference import classes
from tf2lint.tracing.scopes import Function, class_of, decorator_names

_LEFT_ALONE = frozenset(
    "do_not_convert contextmanager asynccontextmanager lru_cache cache cached_property custom_gradient".split()
)

_AS_PYTHON = frozenset("py_function numpy_function eager_py_function".split())


def runs_as_python(function: Function) -> bool:
    """Whether a decorator lets a function run as Python when the graph runs: `@tf.py_function(Tout=tf.float32)`."""
    return bool(decorator_names(function) & _AS_PYTHON)


def is_left_alone(function: Function) -> bool:
    """Whether AutoGraph does not convert a function that converted code calls."""
    if not isinstance(function, nodes.FunctionDef):
        return False
    if decorator_names(function) & _LEFT_ALONE or function.is_generator():
        return True
    if class_of(function) is None:
        return False
    dunder = function.name.startswith("__") and function.name.endswith("__") and function.name != "__call__"
    return dunder or classes.is_property(function)


def of_keras(worlds: int) -> bool | None:
    """Whether Keras converts what it traces: Keras 2 does, Keras 3 does not; None where the targets have both."""
    new = worlds & versions.KERAS_3
    return None if new and worlds & ~versions.KERAS_3 else not new
