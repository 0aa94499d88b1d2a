"""What `tf2lint fix` does otherwise with a notebook: how its result is checked, and how a change is shown."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator

from tf2lint import notebook, source
from tf2lint.notebook_file import beside_code, code_cells, parsed
from tf2lint.visible import visible


def is_notebook(path: str) -> bool:
    """Whether a file is one, by its name."""
    return os.path.splitext(path)[1].lower() == source.NOTEBOOK


def require_parses(before: str, after: str) -> None:
    """Raise SyntaxError where a result is no notebook, has more cells that do not parse, or differs beside its code."""
    was, now = notebook.read(before.encode()), notebook.read(after.encode())
    if len(now.unparsed) > len(was.unparsed):
        place = now.place(now.unparsed[-1].lineno or 1)
        raise SyntaxError(f"{now.unparsed[-1].msg} (cell {place.cell}, line {place.line})")
    (rest_before, code_before), (rest_after, code_after) = beside_code(before), beside_code(after)
    if rest_before != rest_after or len(code_before) != len(code_after):
        raise SyntaxError("more than code would change")


def diff(path: str, before: bytes, after: bytes) -> bytes:
    """A unified diff of the code of each cell that changes: of the file's own lines nobody could read one."""
    return "".join(_by_cell(path, before.decode("utf-8-sig"), after.decode("utf-8-sig"))).encode(
        "utf-8", "surrogateescape"
    )


def _by_cell(path: str, before: str, after: str) -> Iterator[str]:
    cells = zip(code_cells(parsed(before)), code_cells(parsed(after)), strict=True)
    for (number, old), (_, new) in cells:
        name = visible(f"{path}:cell {number}")
        was, now = (source.lines("".join(parts)) for parts in (old, new))
        yield from (f"{line}\n" for line in difflib.unified_diff(was, now, name, name, lineterm=""))
