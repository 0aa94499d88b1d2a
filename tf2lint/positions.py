"""Places that astroid does not keep."""

from __future__ import annotations

import ast
import functools

from astroid import nodes

from tf2lint import source
from tf2lint.findings import Span


@functools.lru_cache(maxsize=4)
def alias_spans(node: nodes.Import | nodes.ImportFrom, text: str) -> list[Span]:
    """The span of each item of an import statement: `layers as l` in `from tensorflow import layers as l`."""
    lines = [line.encode("utf-8", "surrogatepass") for line in source.lines(text)[node.lineno - 1 : node.end_lineno]]
    lines[-1] = lines[-1][: node.end_col_offset]
    lines[0] = lines[0][node.col_offset :]
    statement = ast.parse(b"\n".join(lines)).body[0]
    spans = []
    for alias in statement.names if isinstance(statement, ast.Import | ast.ImportFrom) else ():
        shift = node.col_offset if alias.lineno == 1 else 0
        end_shift = node.col_offset if alias.end_lineno == 1 else 0
        first = node.lineno - 1
        spans.append(
            Span(
                first + alias.lineno,
                alias.col_offset + shift,
                first + (alias.end_lineno or alias.lineno),
                (alias.end_col_offset or alias.col_offset) + end_shift,
            )
        )
    return spans
