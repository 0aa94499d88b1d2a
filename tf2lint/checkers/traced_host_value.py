"""Tensors of traced code given to Python's own modules, which need values: math, os.path, json, random.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers.tensor_arguments import called, carries, given, valueless
from tf2lint.checkers.traced import Effect, effect, on_traced
from tf2lint.checkers.traced_builtin import ITERATES, RULE, VALUE
from tf2lint.tracing.abstract import Abstract, Kind
from tf2lint.tracing.frames import Frame

# Run under 2.4, 2.15 and 2.21: all of these raise; others, `itertools.chain`, `random.uniform`, `copy.copy`, do not.
_VALUES = re.compile(
    r"""math\.\w+ | fractions\.Fraction | decimal\.Decimal | operator\.(index|truth|not_) | builtins\.open | os\.\w+ |
    os\.path\.\w+ | pathlib\.\w*Path | shutil\.\w+ | glob\.i?glob | struct\.pack | base64\.\w+ | re\.\w+ |
    urllib\.parse\.\w+ | time\.sleep | datetime\.timedelta | random\.(randint|randrange|sample|shuffle|seed) |
    json\.(loads|dumps?) | pickle\.dumps? | copy\.deepcopy | PIL\.Image\.\w+ | imageio\.imread | pandas\.read_\w+ |
    h5py\.File | io\.open | gzip\.open | itertools\.(repeat|islice)""",
    re.VERBOSE,
)
_ITERATING = re.compile(
    r"""statistics\.\w+ | functools\.reduce | itertools\.(product|accumulate|combinations|permutations|zip_longest) |
    collections\.(deque|Counter)""",
    re.VERBOSE,
)
_TEXT = frozenset(
    """capitalize casefold center decode encode endswith expandtabs find format isalnum isalpha isdigit isnumeric lower
    lstrip partition replace rfind rpartition rsplit rstrip split splitlines startswith strip swapcase title
    upper zfill""".split()
)
_INSTEAD = {"split": "tf.strings.split", "rsplit": "tf.strings.split", "lower": "tf.strings.lower"}
_INSTEAD |= {"upper": "tf.strings.upper", "strip": "tf.strings.strip", "replace": "tf.strings.regex_replace"}
_INSTEAD |= {"startswith": "tf.strings.regex_full_match", "endswith": "tf.strings.regex_full_match"}
_INSTEAD |= {"decode": "tf.strings.unicode_decode", "encode": "tf.strings.unicode_encode"}
_CONTAINERS = frozenset("append extend insert keys items update setdefault add discard".split())
_LOOKING = frozenset("get pop setdefault add discard remove index count insert".split())
_FILES = (
    "builtins.open",
    "os.",
    "pathlib.",
    "shutil.",
    "glob.",
    "io.open",
    "gzip.",
    "PIL.",
    "imageio.",
    "pandas.",
    "h5py.",
)


@on_traced(RULE, nodes.Call)
def module(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`math.sqrt(x)`, `open(path)`, `json.dumps({"loss": x})`."""
    name = called(frame, node)
    arguments = given(node)
    shown = f"{name.removeprefix('builtins.')}()"
    if _ITERATING.fullmatch(name):
        sure = valueless if name.startswith("statistics.") else _is_symbolic
        if any(sure(frame, argument) for argument in arguments):
            hint = "use tf.foldl or one of the functions tf.reduce_*" if name == "functools.reduce" else ""
            yield effect(RULE, node, shown, ITERATES, hint=hint, once_is_fine=False)
    elif _VALUES.fullmatch(name):
        asked = arguments[1:] if name == "itertools.repeat" else arguments
        inner = name.startswith(("json.", "pickle.", "struct.")) and any(_holds(frame.of(a)) for a in asked)
        if inner or any(valueless(frame, argument) for argument in asked):
            yield effect(RULE, node, shown, VALUE, hint=_hint(name), once_is_fine=False)


@on_traced(RULE, nodes.Call)
def method(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`path.split("/")`, `x.append(y)`, `", ".join([x])`, `names.index(x)`."""
    func = node.func
    if not isinstance(func, nodes.Attribute):
        return
    owner, attribute = frame.of(func.expr), func.attrname
    arguments = [frame.of(argument) for argument in given(node)]
    if attribute in _TEXT and owner.kind is not Kind.VARIABLE and valueless(frame, func.expr):
        if owner.dtype in ("", "string"):
            hint = f"use {_INSTEAD[attribute]}" if attribute in _INSTEAD else "use the functions of tf.strings"
            problem = "is a method of text, and this is a tensor (AttributeError)"
            yield effect(RULE, node, f"{attribute}()", problem, hint=hint, once_is_fine=False)
    elif attribute in _CONTAINERS and owner.kind is Kind.TENSOR:
        problem = "is a method of Python's containers, and this is a tensor (AttributeError)"
        hint = "use tf.concat, or a tf.TensorArray"
        yield effect(RULE, node, f"{attribute}()", problem, hint=hint, once_is_fine=False)
    elif attribute == "join" and owner.type in ("str", "bytes") and any(carries(argument) for argument in arguments):
        hint = "use tf.strings.join"
        yield effect(RULE, node, "join()", VALUE, hint=hint, once_is_fine=False)
    elif attribute in _LOOKING and arguments and arguments[0].is_symbolic and _refuses(attribute, owner):
        hint = "use tf.gather, tf.where or a table of tf.lookup; x.ref() can be a key"
        yield effect(RULE, node, f"{owner.type}.{attribute}()", VALUE, hint=hint, once_is_fine=False)


def _is_symbolic(frame: Frame, node: nodes.NodeNG) -> bool:
    return frame.of(node).is_symbolic


def _refuses(attribute: str, owner: Abstract) -> bool:
    """Whether a method of a container hashes what it is given, compares it with numbers, or takes it as an index."""
    if owner.type in ("dict", "set"):
        return attribute in ("get", "pop", "setdefault", "add", "discard", "remove")
    if owner.type not in ("list", "tuple"):
        return False
    numbers = owner.items is not None and any(item.type in ("int", "float", "str") for item in owner.items[:1])
    return attribute == "pop" or (attribute == "insert") or (attribute in ("index", "count", "remove") and numbers)


def _holds(value: Abstract) -> bool:
    return carries(value) or (
        value.type in ("dict", "list", "tuple") and any(_holds(item) for item in value.items or ())
    )


def _hint(name: str) -> str:
    if name.startswith("math."):
        return "use tf.math"
    if name.startswith("random."):
        return "use tf.random"
    if name.startswith("re."):
        return "use tf.strings.regex_replace or tf.strings.regex_full_match"
    if name.startswith(_FILES):
        return "use tf.io.read_file and tf.strings, or tf.py_function"
    return "do it outside of traced code, or in tf.py_function"
