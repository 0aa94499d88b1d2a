"""The file of a notebook, which is JSON: its code cells, and where in the file each of their characters is written.

An edit of a cell becomes an edit of the JSON strings that hold its lines, so that all else stays to the byte.
"""

from __future__ import annotations

import bisect
import dataclasses
import json
import json.decoder
import json.scanner
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tf2lint import source
from tf2lint.findings import Edit, Span
from tf2lint.python2 import Line

_UNIT = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
"""How JSON writes one character."""


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a line of the joined text comes from: the cell, counted from 1 among all cells, and the line in it.

    `written` is the line there; `shift`, how many columns of it were taken away at its start; `python_2`, how the rest
    was converted; `as_written`, whether it is the cell's own.
    """

    cell: int
    line: int
    written: str = ""
    shift: int = 0
    as_written: bool = True
    python_2: Line | None = None

    def start(self, column: int) -> int:
        """The byte of the written line where begins what begins at a byte of the joined text's."""
        return self.shift + (column if self.python_2 is None else self.python_2.start(column))

    def end(self, column: int) -> int:
        """The byte of the written line where ends what ends at a byte of the joined text's."""
        return self.shift + (column if self.python_2 is None else self.python_2.end(column))


class Part(str):
    """A string of JSON that knows where the file has it: behind the opening and before the closing quote."""

    start = end = 0


def parsed(text: str) -> object:
    """What JSON says. Raises SyntaxError."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise wrong(f"it is no notebook: no JSON: {error.msg}", error.lineno) from error
    except ValueError as error:  # A number of thousands of digits.
        raise wrong(f"it is no notebook: no JSON: {error}") from error
    except RecursionError as error:
        raise wrong("it is no notebook: nested too deeply") from error


def located(text: str) -> object:
    """The same, and its strings are `Part`s. Much slower."""

    scanstring: Any = json.decoder.scanstring  # type: ignore[attr-defined]

    def parse_string(text: str, start: int, strict: bool = True) -> tuple[str, int]:
        value, after = scanstring(text, start, strict)
        part = Part(value)
        part.start, part.end = start, after - 1
        return part, after

    decoder: Any = json.JSONDecoder()
    decoder.parse_string = parse_string
    decoder.scan_once = json.scanner.py_make_scanner(decoder)  # type: ignore[attr-defined]
    return decoder.decode(text)


def code_cells(content: object) -> Iterator[tuple[int, list[str]]]:
    """The code of the cells of a notebook in Python, of format 4 or 3, with their numbers. Raises SyntaxError."""
    if not isinstance(content, dict):
        raise wrong("it is no notebook: no object in braces")
    old = content.get("nbformat")
    if isinstance(old, int) and old < 3:
        raise wrong(f"it is a notebook of format {old}; known are 3 and 4: save it anew in a Jupyter of today")
    if not _is_python(content.get("metadata")):
        return
    for number, cell in enumerate(_cells(content), start=1):
        if not isinstance(cell, dict):
            raise wrong(f"it is no notebook: cell {number} is no object in braces")
        if cell.get("cell_type") != "code" or cell.get("language", "python") != "python":
            continue
        written = cell.get("source", cell.get("input", ""))
        parts = [part for part in (written if isinstance(written, list) else [written]) if isinstance(part, str)]
        if written and not parts:
            raise wrong(f"it is no notebook: the source of cell {number} is no text")
        yield number, parts


def wrong(reason: str, line: int | None = None) -> SyntaxError:
    """The error that says why a file is no notebook."""
    error = SyntaxError(reason)
    error.lineno = line
    return error


def _cells(content: Mapping[str, Any]) -> list[object]:
    cells = content.get("cells")
    if cells is None and isinstance(content.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in content["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise wrong("it is no notebook: it has no list of cells")
    return cells


def _is_python(metadata: object) -> bool:
    """Whether a notebook is Python's; one that does not say so is."""
    if not isinstance(metadata, dict):
        return True
    for key, part in (("language_info", "name"), ("kernelspec", "language")):
        said = metadata.get(key)
        if isinstance(said, dict) and isinstance(said.get(part), str):
            return "python" in said[part].lower()
    return True


def beside_code(text: str) -> tuple[object, list[str]]:
    """What is in a notebook beside the text of its code cells, and that text. Raises SyntaxError."""
    # A number that is none would not be equal to itself.
    content = json.loads(text, parse_constant=str)
    code = []
    for number, parts in code_cells(content):
        cell: Any = _cells(content)[number - 1]
        code.append("".join(parts))
        cell.update({key: type(cell[key]).__name__ for key in ("source", "input") if key in cell})
    return content, code


# -- The way back -----------------------------------------------------------------------------------------------------


class _Cell:
    """The code of a cell, and where the file has each character of it."""

    def __init__(self, file: str, parts: Sequence[Part]) -> None:
        self.text = "".join(parts)
        self.starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.text))]
        self.units = [match.start() for part in parts for match in _UNIT.finditer(file, part.start, part.end)]
        self.units.append(parts[-1].end)
        self.line_end = "\r\n" if "\r\n" in self.text else "\n"
        # What stands between two lines in the file; nothing where all of them are one string.
        self.between = ""
        before = file[: max(parts[0].start - 1, 0)]
        if len(parts) > 1:
            self.between = file[parts[0].end : parts[1].start]
        elif before.rstrip().endswith("["):
            self.between = f'",{before[len(before.rstrip()) :]}"'

    def offset(self, line: int, column: int) -> int:
        """Where a column of a line lies in the text; columns beyond its end are its end."""
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        rest = self.text[self.starts[line - 1] : end].rstrip("\r\n")
        return self.starts[line - 1] + min(column, len(rest))


class InFile:
    """Leads from the joined text of a notebook's cells to its file."""

    def __init__(self, file: str, text: str, places: Sequence[Place]) -> None:
        self._file = file
        self._places = places
        self._parts: dict[int, list[str]] = dict(code_cells(located(file)))
        self._lines = source.lines(text)
        self._starts = source.starts(source.encoded(text))
        self._file_starts = source.starts(source.encoded(file))
        self._known = (0, 0)
        self._cells: dict[int, _Cell] = {}

    def span(self, start: Place, column: int, end: Place, end_column: int) -> Span:
        """Where the file has what lies between a byte of one line, as it is written, and a byte of another."""
        first, last = self._at(start, column), self._at(end, end_column)
        return Span(*self._line_and_column(first), *self._line_and_column(max(first, last)))

    def edits(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """The same edits in the file; none where one of them can not be made there."""
        made = [self._edit(edit) for edit in edits]
        return () if None in made else tuple(edit for edit in made if edit is not None)

    def _edit(self, edit: Edit) -> Edit | None:
        (line, column), (end_line, end_column) = self._place(edit.start), self._place(edit.end)
        text, without = edit.replacement, False
        if end_column == 0 and end_line > line and self._begins_cell(end_line):
            # The end of a cell is a line end in the joined text alone, and two cells never become one.
            without = not text and not column
            if not text.endswith("\n") and not without:
                return None
            end_line, end_column = end_line - 1, len(source.encoded(self._lines[end_line - 2]))
            text = text.removesuffix("\n")
        if not all(place.as_written for place in self._places[line - 1 : end_line]):
            return None
        if end_line > len(self._places) or self._places[line - 1].cell != self._places[end_line - 1].cell:
            return None
        cell = self._cell(self._places[line - 1].cell)
        start, end = self._within(line, column), self._within(end_line, end_column)
        if without and cell.text[:start].endswith(cell.line_end):
            start -= len(cell.line_end)  # A line less is a line end less.
        written = self._written(text, cell, more=end < len(cell.text))
        if start == len(cell.text) and cell.text.endswith("\n"):
            written = cell.between + written
        start, end = self._byte(cell.units[start]), self._byte(cell.units[end])
        return dataclasses.replace(edit, start=start, end=end, replacement=written)

    def _written(self, text: str, cell: _Cell, *, more: bool) -> str:
        """A text as the strings of a cell are written; `more` if something follows in the cell."""
        pieces = re.findall(r"[^\n]*\n|[^\n]+", text) if cell.between else [text]
        escaped = [
            json.dumps(piece.replace("\n", cell.line_end), ensure_ascii=self._file.isascii())[1:-1] for piece in pieces
        ]
        return cell.between.join(escaped) + (cell.between if more and text.endswith("\n") else "")

    def _begins_cell(self, line: int) -> bool:
        return line > len(self._places) or self._places[line - 1].line == 1

    def _place(self, offset: int) -> tuple[int, int]:
        """The line of the joined text, from 1, and the byte in it."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1]

    def _within(self, line: int, column: int) -> int:
        """Where a byte of a line of the joined text lies in the text of its cell, in characters."""
        place = self._places[line - 1]
        characters = len(source.encoded(self._lines[line - 1])[:column].decode("utf-8", "ignore"))
        return self._cell(place.cell).offset(place.line, characters + place.shift)

    def _at(self, place: Place, column: int) -> int:
        """The character of the file where a byte of a line of a cell lies."""
        cell = self._cell(place.cell)
        return cell.units[
            cell.offset(place.line, len(source.encoded(place.written)[:column].decode("utf-8", "ignore")))
        ]

    def _cell(self, number: int) -> _Cell:
        if number not in self._cells:
            parts = [part for part in self._parts[number] if isinstance(part, Part)]
            self._cells[number] = _Cell(self._file, parts or [Part()])
        return self._cells[number]

    def _byte(self, character: int) -> int:
        """The byte of the file where a character begins. They are asked for in order, mostly."""
        if self._file.isascii():
            return character
        last, byte = self._known if self._known[0] <= character else (0, 0)
        self._known = character, byte + len(source.encoded(self._file[last:character]))
        return self._known[1]

    def _line_and_column(self, character: int) -> tuple[int, int]:
        byte = self._byte(character)
        line = bisect.bisect_right(self._file_starts, byte)
        return line, byte - self._file_starts[line - 1]
