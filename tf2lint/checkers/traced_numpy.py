"""NumPy on tensors that have no value yet.

https://www.tensorflow.org/api_docs/python/tf/py_function
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import called, carries, carries_any, given, valueless
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.tracing.abstract import Kind
from tf2lint.tracing.frames import Frame

RULE = Rule(
    code="TF701",
    pylint_id="E6881",
    symbol="tf-numpy-on-tensor",
    summary="`.numpy()`, or a function of NumPy, on a tensor of traced code, which has no value yet.",
    message="{name} {problem}: {hint}.",
    hint="compute it with TensorFlow's own functions, or in tf.numpy_function",
    url="https://www.tensorflow.org/api_docs/python/tf/py_function",
    severity=Severity.BREAKS,
    since="2.0",
)

# Run under 2.4, 2.15 and 2.21, as are the functions below.
_METHODS = frozenset(("numpy", "item", "tolist", "eval"))
_OF_ARRAYS = frozenset("copy dot fill item repeat reshape searchsorted sum take".split())
_TAKES_TENSORS = frozenset(
    """bmat diag_indices_from errstate fft.fftfreq fft.rfftfreq flip frompyfunc isscalar issctype issubclass_ iterable
    ndim object_ printoptions rollaxis set_printoptions shape str_ tril_indices_from triu_indices_from unicode_
    vectorize""".split()
)
_EQUALS = frozenset(("array_equal", "array_equiv"))
_INSTEAD = {
    **{name: f"tf.reduce_{name}" for name in ("sum", "mean", "max", "min", "prod", "any", "all")},
    "amax": "tf.reduce_max",
    "amin": "tf.reduce_min",
    "std": "tf.math.reduce_std",
    "var": "tf.math.reduce_variance",
    **{
        name: f"tf.{name}"
        for name in """abs argmax argmin argsort cos cumsum exp expand_dims eye fill floor linspace matmul maximum
        meshgrid minimum ones ones_like pad range repeat reshape round sign sin sort split sqrt square squeeze stack
        tile transpose unique where zeros zeros_like""".split()
    },
    "log": "tf.math.log",
    "ceil": "tf.math.ceil",
    "isnan": "tf.math.is_nan",
    "power": "tf.pow",
    "dot": "tf.tensordot",
    "concatenate": "tf.concat",
    "clip": "tf.clip_by_value",
    "arange": "tf.range",
    "array": "tf.stack",
    "asarray": "tf.convert_to_tensor",
    "linalg.norm": "tf.norm",
    **dict.fromkeys(("float16", "float32", "float64", "int32", "int64", "uint8", "int8", "bool_"), "tf.cast"),
}
_RAISES = "needs the values of {what}, which traced code does not have (NotImplementedError)"
_OF_SIZE = frozenset("zeros ones empty full eye identity tri load random.rand random.randn random.randint".split())


@on_traced(RULE, nodes.Call)
def method(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`x.numpy()`, `variable.numpy()`, `array.take(x)`."""
    func = node.func
    if not isinstance(func, nodes.Attribute):
        return
    owner = frame.of(func.expr)
    if func.attrname in _METHODS and _is_valueless(func, frame):
        problem = "asks for a value, which traced code does not have yet"
        hint = "go on with the tensor itself, use tf.print to show it, or tf.py_function to work on its value"
        yield effect(RULE, node, f".{func.attrname}()", problem, hint=hint, once_is_fine=False)
    elif owner.type == "ndarray" and func.attrname in _OF_ARRAYS and carries_any(frame, node):
        name = f"{func.attrname} of a NumPy array"
        yield effect(RULE, node, name, _RAISES.format(what="a tensor"), once_is_fine=False)


@on_traced(RULE, nodes.Call)
def function(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`np.sum(x)`, `np.asarray([x, y])`, `scipy.special.expit(x)`."""
    name = called(frame, node)
    package, _, rest = name.partition(".")
    if package not in ("numpy", "scipy", "cv2") or rest in _TAKES_TENSORS:
        return
    if (rest == "size" and len(given(node)) > 1) or _keeps_objects(node):
        return
    arguments = given(node)
    if rest == "random.shuffle" and not any(valueless(frame, argument) for argument in arguments):
        return
    if any(carries(frame.of(argument)) or valueless(frame, argument) for argument in arguments):
        short = f"np.{rest}" if package == "numpy" else name
        problem = _RAISES.format(what="the tensor")
        if rest in _OF_SIZE:
            problem = problem.replace("NotImplementedError", "TypeError")
        elif rest in _EQUALS:
            problem = "is False for every tensor of traced code, which has no value yet"
        instead = _INSTEAD.get(rest) if package == "numpy" else None
        instead = "tf.random" if rest.startswith("random.") else instead
        hint = f"use {instead}, or tf.numpy_function" if instead else ""
        yield effect(RULE, node, short, problem, hint=hint, once_is_fine=False)


@on_traced(RULE, nodes.Assign)
def filled(node: nodes.Assign, frame: Frame) -> Iterator[Effect]:
    """`array[0] = x`, `array[x] = 0`."""
    for target in node.targets:
        if not isinstance(target, nodes.Subscript) or frame.of(target.value).type != "ndarray":
            continue
        if frame.of(node.value).is_symbolic or frame.of(target.slice).is_symbolic:
            hint = "collect tensors in a list and tf.stack them, or use tf.tensor_scatter_nd_update"
            problem = _RAISES.format(what="the tensor")
            yield effect(RULE, target, "an element of a NumPy array", problem, hint=hint, once_is_fine=False)


def _is_valueless(method_: nodes.Attribute, frame: Frame) -> bool:
    owner = frame.of(method_.expr)
    if owner.kind is Kind.COMPOSITE:
        return bool(method_.attrname == "numpy")
    refuses = owner.kind is not Kind.NEST or bool(method_.attrname != "eval")
    return refuses and valueless(frame, method_.expr)


def _keeps_objects(call: nodes.Call) -> bool:
    """Whether an array of Python objects is asked for, which may be tensors."""
    asked = next((keyword.value for keyword in call.keywords if keyword.arg == "dtype"), None)
    return asked is not None and str(asked.as_string()) in ("object", "np.object_", "'object'", "'O'")
