"""A text as an editor has it: places in lines and UTF-16 code units from 0, as the Language Server Protocol counts."""

from __future__ import annotations

import bisect
import dataclasses
import difflib
import functools
import io
import tokenize
from collections.abc import Iterator
from typing import Any

from tf2lint import source
from tf2lint.cli.results import Shown

Json = dict[str, Any]
"""An object of the protocol."""

_BOM = "\ufeff"


@dataclasses.dataclass(frozen=True, eq=False)
class Document:
    """An open document: `path` is where it lies, or would lie, and `text` what the editor shows, saved or not."""

    uri: str
    path: str
    text: str
    version: int | None = None

    @functools.cached_property
    def content(self) -> bytes:
        """What the file would hold. What its encoding does not have is replaced, so that columns stay."""
        data = self.text.encode("utf-8", "surrogatepass")
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        except SyntaxError:
            return data  # The linter says what is wrong with it.
        return data if encoding.startswith("utf-8") else self.text.encode(encoding, "replace")

    @functools.cached_property
    def linted(self) -> str:
        """The text in which findings are placed. Raises SyntaxError."""
        return source.decode(self.content)

    @functools.cached_property
    def is_exact(self) -> bool:
        """Whether what is linted is what the editor shows, so that it can be edited."""
        try:
            return self.linted == self.text.removeprefix(_BOM)
        except SyntaxError:
            return False

    @functools.cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return source.lines(self.text)

    def position(self, line: int, characters: int) -> Json:
        """A place in what is linted: a line from 0 and characters from 0."""
        line = min(max(line, 0), len(self.lines) - 1)
        if line == 0 and self.text.startswith(_BOM):
            characters += 1
        before = self.lines[line][: max(characters, 0)]
        return {"line": line, "character": len(before.encode("utf-16-le", "surrogatepass")) // 2}

    def range_of(self, shown: Shown) -> Json:
        """Where a finding stands; one without an extent stands from its place to the end of the line."""
        span = shown.finding.span
        start = self.position(span.line - 1, shown.column - 1)
        end = self.position(span.end_line - 1, shown.end_column - 1)
        return {"start": start, "end": end if end != start else self.end_of(start["line"])}

    def end_of(self, line: int) -> Json:
        """The end of a line."""
        return self.position(line, len(self.lines[line]))

    def range_of_bytes(self, start: int, end: int) -> Json:
        """The range of some bytes of what is linted, in UTF-8: those of an edit."""
        return {"start": self._at_byte(start), "end": self._at_byte(end)}

    def _at_byte(self, offset: int) -> Json:
        data = source.encoded(self.linted)
        starts = source.starts(data)
        line = bisect.bisect_right(starts, offset) - 1
        return self.position(line, len(data[starts[line] : offset].decode("utf-8", "ignore")))

    def changes(self, after: str) -> Iterator[Json]:
        """The text edits that make what is linted into another text."""
        before = list(io.StringIO(self.linted, newline=""))
        for (first, last), new in _different(before, list(io.StringIO(after, newline=""))):
            if last - first == 1 == len(new):
                start, end, written = _within(before[first], new[0])
                yield {"range": self._range((first, start), (first, end)), "newText": written}
            else:
                ends = (last, 0) if last < len(before) or _is_ended(before) else (last - 1, len(before[-1]))
                yield {"range": self._range((first, 0), ends), "newText": "".join(new)}

    def _range(self, start: tuple[int, int], end: tuple[int, int]) -> Json:
        return {"start": self.position(*start), "end": self.position(*end)}


def _different(before: list[str], after: list[str]) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """The ranges of lines that differ, and what stands there afterwards."""
    if len(before) == len(after):
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                yield (number, number + 1), [new]
        return
    for tag, first, last, first_after, last_after in difflib.SequenceMatcher(None, before, after).get_opcodes():
        if tag != "equal":
            yield (first, last), after[first_after:last_after]


def _within(old: str, new: str) -> tuple[int, int, str]:
    """The part of a line that changes, without what is the same before and behind it."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, len(old) - end, new[start : len(new) - end]


def _is_ended(lines: list[str]) -> bool:
    return not lines or lines[-1].endswith(("\n", "\r"))
