"""Edits that drop a switch which TensorFlow 2 has on from the start: `tf.enable_eager_execution()` as a statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint import source
from tf2lint.findings import Edit

if TYPE_CHECKING:
    from tf2lint.checkers.base import Reference

_ON = frozenset(
    "enable_control_flow_v2 enable_eager_execution enable_resource_variables enable_tensor_equality enable_v2_behavior "
    "enable_v2_tensorshape".split()
)


def dropped(reference: Reference) -> tuple[Edit, ...]:
    """The edit that takes the statement out, where it is there only for TensorFlow 1 and nothing switches back."""
    node, call = reference.node, reference.node.parent
    if reference.legacy not in _ON or reference.of_compat or reference.missing != reference.value.worlds:
        return ()
    if not isinstance(call, nodes.Call) or call.func is not node or call.args or call.keywords:
        return ()
    statement = call.parent
    if not isinstance(statement, nodes.Expr) or len(reference.module.ev.value_of(node)) != 1:
        return ()
    if re.search(r"\bdisable_(v2_|eager|resource|tensor_eq|control_flow)", reference.module.text):
        return ()
    alone = all(statement not in block or len(block) == 1 for block in _blocks(statement.parent))
    return _without(reference.module.text, call, alone=alone)


def _blocks(node: nodes.NodeNG) -> list[list[nodes.NodeNG]]:
    fields = (getattr(node, name, None) for name in ("body", "orelse", "finalbody"))
    return [field for field in fields if isinstance(field, list)]


def _without(text: str, call: nodes.Call, *, alone: bool) -> tuple[Edit, ...]:
    data = source.encoded(text)
    starts = [*source.starts(data), len(data)]
    first, after = starts[call.lineno - 1], starts[call.lineno]
    start, end = first + call.col_offset, first + (call.end_col_offset or 0)
    behind = re.fullmatch(rb"([ \t]*)(#[^\r\n]*)?(\r\n|\r|\n)?", data[end:after])
    if call.end_lineno != call.lineno or data[first:start].strip(b" \t") or behind is None:
        return ()
    if alone:
        return (Edit(start, end, "pass", safe=True),)
    if behind[2]:
        return (Edit(start, end + len(behind[1]), "", safe=True),)
    # Of the empty lines around it those before are enough.
    if call.lineno > 1 and not data[starts[call.lineno - 2] : first].strip() and call.lineno + 1 < len(starts):
        following = data[after : starts[call.lineno + 1]]
        after += 0 if following.strip() else len(following)
    return (Edit(first, after, "", safe=True),)
