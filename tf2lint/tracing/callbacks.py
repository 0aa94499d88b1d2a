"""Functions that are handed to TensorFlow, or to a builtin, which calls them: from where, and how."""

from __future__ import annotations

import collections
import enum
from collections.abc import Container, Iterator

from astroid import nodes

from tf2lint.inference.returns import is_dataset, legacy
from tf2lint.inference.values import External, TfMember, TfName, Value


class Converted(enum.Enum):
    """Whether AutoGraph converts a callback."""

    AS_CALLER = "as caller"
    YES = "yes"
    NO = "no"
    IN_CONTEXT = "in context"
    UNSURE = "unsure"


def converted_by(way: Converted, caller: bool | None) -> bool | None:
    """Whether a function is converted that a function runs in some way."""
    if way is Converted.IN_CONTEXT:
        return True if caller else None
    return {Converted.AS_CALLER: caller, Converted.YES: True, Converted.NO: False}.get(way)


# Run under TensorFlow 2.4, 2.15 and 2.21, each with a function of the module that has an `if` on a tensor, handed over
# in a converted function. map_fn, strategy.run and merge_call convert it, the others do not. These three do so as well
# in code that is not converted (`call` of Keras 3) unless autograph=False or do_not_convert switched it off. A function
# or lambda that is written in the converted function itself is converted with it, whoever calls it: see
# conversion.lies_in.
_NOT_CONVERTED = (
    "cond case switch_case while_loop scan foldl foldr vectorized_map nest.map_structure recompute_grad "
    "grad_pass_through custom_gradient"
)
_CONTROL = {"map_fn": Converted.IN_CONTEXT, **dict.fromkeys(_NOT_CONVERTED.split(), Converted.NO)}
_OUTSIDE = frozenset(
    ("builtins.map", "builtins.filter", "builtins.sorted", "builtins.min", "builtins.max", "functools.reduce")
)
UNCONVERTED = frozenset(("bucket_by_sequence_length", "rejection_resample"))
"""Transformations that call what they are given from a function of their own, which is not converted."""
_OF_DATASET = frozenset("map filter flat_map interleave reduce scan take_while group_by_window".split()) | UNCONVERTED
_EXPERIMENTAL = UNCONVERTED | frozenset(("map_and_batch", "parallel_interleave", "scan", "take_while"))
"""Functions of `tf.data.experimental` that make transformations for `Dataset.apply`."""
_OF_REPLICA = frozenset(("run", "experimental_run_v2", "merge_call"))
DATASET_NAMES = _OF_DATASET | _EXPERIMENTAL


def within_trace(value: Value) -> Converted | None:
    """How what a call calls treats the functions among its arguments while code is traced; None if it calls none."""
    if isinstance(value, TfName):
        return _CONTROL.get(legacy(value.name)[1])
    if isinstance(value, External):
        return Converted.NO if value.name in _OUTSIDE else None
    if isinstance(value, TfMember) and value.attribute in _OF_REPLICA:
        return Converted.IN_CONTEXT if ".distribute." in value.cls else None
    return None


def of_replica(call: nodes.Call) -> bool:
    """Whether a call has the form of `strategy.run(step, args=(batch,))`, whatever the receiver."""
    named = isinstance(call.func, nodes.Attribute) and call.func.attrname in _OF_REPLICA
    return named and bool(call.args) and any(keyword.arg == "args" for keyword in call.keywords)


def of_dataset(value: Value, call: nodes.Call) -> bool:
    """Whether a call hands functions to a transformation of a dataset, which traces them from everywhere."""
    if isinstance(value, TfMember):
        return value.attribute in _OF_DATASET and is_dataset(value.cls)
    if isinstance(value, TfName):
        owner, _, last = value.name.rpartition(".")
        return owner == "tf.data.experimental" and last in _EXPERIMENTAL
    # A receiver that is not known, where no other library has such a keyword.
    return getattr(call.func, "attrname", "") in ("map", "interleave") and any(
        keyword.arg == "num_parallel_calls" for keyword in call.keywords
    )


def handed(call: nodes.Call) -> Iterator[nodes.NodeNG]:
    """The expressions among a call's arguments that may be functions, displays taken apart."""
    waiting = collections.deque(call.args)
    waiting.extend(keyword.value for keyword in call.keywords)
    while waiting:
        node = waiting.popleft()
        kind = type(node)
        if kind in _MAY_BE_FUNCTIONS:
            yield node
        elif kind is nodes.List or kind is nodes.Tuple:
            waiting.extend(node.elts)
        elif kind is nodes.Dict:
            waiting.extend(value for _, value in node.items)


def may_hand(call: nodes.Call, names: Container[str]) -> bool:
    """Whether an argument of a call is spelled like a function of one of these names, or may hold one."""
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)) if call.keywords else call.args:
        kind = type(argument)
        if kind is nodes.Name:
            if argument.name in names:
                return True
        elif kind is nodes.Attribute:
            if argument.attrname in names:
                return True
        elif kind in _HOLD_FUNCTIONS:
            return True
    return False


_HOLD_FUNCTIONS = frozenset((nodes.Lambda, nodes.List, nodes.Tuple, nodes.Dict))
_MAY_BE_FUNCTIONS = frozenset((nodes.Lambda, nodes.Name, nodes.Attribute, nodes.Call))
