"""What the annotation of a parameter promises to traced code: a tensor, a structure of tensors, an object."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.inference import bindings
from tf2lint.inference.build import parse_expression
from tf2lint.inference.index import last_name
from tf2lint.inference.values import NOTHING, Object, TfInstance
from tf2lint.tracing import results, scopes
from tf2lint.tracing.abstract import NEST, UNKNOWN, Abstract, Kind, Origin

if TYPE_CHECKING:
    from tf2lint.tracing.runs import Runs

_LISTS = frozenset("List list Sequence Iterable Tuple tuple Collection".split())
_DICTS = frozenset("Dict dict Mapping MutableMapping OrderedDict".split())


def promised(function: scopes.Function, name: str, runs: Runs) -> Abstract:
    """What the annotation of a parameter says that it is."""
    target = next((p for p in function.locals.get(name, ()) if isinstance(p.parent, nodes.Arguments)), None)
    note = _note(target, function.args) if target is not None else None
    if target is None or note is None:
        return UNKNOWN
    said = runs.ev.memo.once(("promised", note), lambda: _said(note, runs), UNKNOWN)
    default = bindings.default_of(target, function.args)
    may_lack = isinstance(default, nodes.Const) and default.value is None and said.kind is not Kind.UNKNOWN
    return dataclasses.replace(said, optional=True) if may_lack else said


def _note(target: nodes.NodeNG, arguments: nodes.Arguments) -> nodes.NodeNG | None:
    for listed, notes in (
        (arguments.posonlyargs, arguments.posonlyargs_annotations),
        (arguments.args, arguments.annotations),
        (arguments.kwonlyargs, arguments.kwonlyargs_annotations),
    ):
        for parameter, note in zip(listed or [], notes or [], strict=False):
            if parameter is target:
                return note
    return None


def _said(note: nodes.NodeNG, runs: Runs) -> Abstract:
    if isinstance(note, nodes.Const) and isinstance(note.value, str):
        try:
            written = parse_expression(note.value)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return UNKNOWN
        written.parent = note.parent
        return _said(written, runs)
    choices = _choices(note)
    if choices is not None:
        return _any_of(choices, runs)
    if isinstance(note, nodes.Subscript):
        return _of_elements(note, runs)
    return _of_name(note, runs)


def _choices(note: nodes.NodeNG) -> list[nodes.NodeNG] | None:
    """The members of `Union[...]`, `Optional[...]`, `a | b`; None for other annotations."""
    if isinstance(note, nodes.BinOp) and note.op == "|":
        return [note.left, note.right]
    if isinstance(note, nodes.Subscript) and last_name(note.value) in ("Union", "Optional"):
        inner = list(note.slice.elts) if isinstance(note.slice, nodes.Tuple) else [note.slice]
        return [*inner, nodes.Const(None)] if last_name(note.value) == "Optional" else inner
    return None


def _any_of(choices: list[nodes.NodeNG], runs: Runs) -> Abstract:
    """One of several: of a tensor and structures of tensors something is known, of others nothing."""
    present = [one for one in choices if not (isinstance(one, nodes.Const) and one.value is None)]
    said = [_said(one, runs) for one in present]
    if not said or any(one.kind is Kind.UNKNOWN for one in said):
        return UNKNOWN
    kinds = {one.kind for one in said}
    if len(said) > 1 and not kinds <= {Kind.TENSOR, Kind.NEST}:
        return UNKNOWN
    out = said[0] if len(kinds) == 1 else NEST
    optional = len(present) < len(choices) or any(one.optional for one in said)
    return dataclasses.replace(out, optional=optional)


def _of_elements(note: nodes.Subscript, runs: Runs) -> Abstract:
    """`List[tf.Tensor]`, `Dict[str, tf.Tensor]`: a structure of tensors, where all in it are tensors."""
    parts = list(note.slice.elts) if isinstance(note.slice, nodes.Tuple) else [note.slice]
    if last_name(note.value) in _DICTS:
        parts = parts[1:]
    elif last_name(note.value) not in _LISTS:
        return UNKNOWN
    said = [_said(part, runs) for part in parts if not (isinstance(part, nodes.Const) and part.value is ...)]
    whole = said and all(one.kind in (Kind.TENSOR, Kind.NEST) and not one.optional for one in said)
    return dataclasses.replace(NEST, origin=Origin.ARGUMENT) if whole else UNKNOWN


def _of_name(note: nodes.NodeNG, runs: Runs) -> Abstract:
    values = runs.ev.memo.once(("annotation", note), lambda: bindings.annotation(runs.ev, note), NOTHING)
    if len(values) != 1:
        return UNKNOWN
    (value,) = values
    if isinstance(value, TfInstance):
        made = results.of_class(value.cls, eager=False)
        return dataclasses.replace(made, origin=Origin.ARGUMENT) if made.kind is not Kind.PYTHON else UNKNOWN
    return runs.outside.seen(values, eager=True) if isinstance(value, Object) else UNKNOWN
