"""Notebooks: the code cells of an .ipynb file as one module, and the way back from its lines to cells.

Names flow from cell to cell, so all code cells become one text. What is IPython's and not Python's (magics, shell
escapes, `name?`) is replaced by something that Python parses, on the same lines and, where code is left, in the same
columns. A cell that does not parse is left out, and told of.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator

from tf2lint import python2, source
from tf2lint.checkers.run import PYTHON_2
from tf2lint.findings import Edit, Finding, Span
from tf2lint.notebook_file import InFile, Place, code_cells, parsed, wrong

_ON_PYTHON = frozenset("capture debug memit mprun prun time timeit lprun snakeviz pyinstrument scalene".split())
"""Magics whose argument, or whose cell, is Python that runs in the notebook's own namespace."""

_LEXEME = re.compile(
    r"""(?P<string>(?P<quote>\"{3}|'{3}|"|'))|(?P<comment>#)|(?P<open>[(\[{])|(?P<close>[)\]}])|[^"'#()\[\]{}]+"""
)
_ESCAPE = re.compile(r"\s*[%!?,;/]")
_ASSIGNED = re.compile(r"(?P<target>(?:[\w.,* \t]|\[[^]=]*\])+=[ \t]*)[%!]")
_HELP = re.compile(r"\s*%{0,2}[\w.*]+(?:\[[^]]*\][\w.]*)*\?\??\s*(?:#.*)?")
_MAGIC = re.compile(r"\s*%(?P<name>\w+)(?P<options>(?:\s+-{1,2}\w+(?:\s+\d+|=\S+)?)*\s+)(?P<code>\S.*)")
_ENVIRONMENT = re.compile(r"\s*%(?:set_)?env\s+(?P<name>\w+)\s*[\s=]\s*(?P<value>[^\s{}$].*)")
_COMMENT = re.compile(r"#.*\b(?:noqa|pylint:).*")


@dataclasses.dataclass(frozen=True, eq=False)
class Notebook:
    """The text that is linted, where its lines come from, and what is wrong with the cells that are not in it.

    The lines that the errors name are those of the text, where such a cell has empty ones. `file` is the file's own
    text; `python_2` says which cell is the first in Python 2, if any is.
    """

    text: str
    places: tuple[Place, ...]
    unparsed: tuple[SyntaxError, ...]
    name: str = ""
    file: str = ""
    python_2: Finding | None = None

    def place(self, line: int) -> Place:
        """Where a line comes from. A notebook without code has one line, in no cell."""
        if not self.places:
            return Place(0, line)
        return self.places[min(max(line, 1), len(self.places)) - 1]

    def located(self, finding: Finding) -> Finding:
        """A finding with its span counted within its cell, and the lines that it speaks of, too."""
        span = finding.span
        start, end = self.place(span.line), self.place(span.end_line)
        if finding.rule == PYTHON_2:
            column, end_column = span.column, span.end_column
        else:
            column, end_column = start.start(span.column), end.end(span.end_column)
        return dataclasses.replace(
            finding,
            span=Span(start.line, column, end.line, end_column),
            message=self._speaking(finding.message),
            because=tuple(self._speaking(part) for part in finding.because),
            along=(),  # Its lines are those of the joined text.
            edits=self._edits(finding),
        )

    def _edits(self, finding: Finding) -> tuple[Edit, ...]:
        """What is in Python 2 is not written to."""
        if not finding.edits or self.python_2 is not None or self._file is None:
            return ()
        return self._file.edits(finding.edits)

    def in_file(self, start: Place, end: Place, span: Span) -> Span:
        """Where the file has a span that was counted in cells; its beginning where that can not be said."""
        if self._file is None:
            return Span(1, 0, 1, 0)
        return self._file.span(start, span.column, end, span.end_column)

    @functools.cached_property
    def _file(self) -> InFile | None:
        try:
            return InFile(self.file, self.text, self.places) if self.places else None
        except RecursionError:
            return None

    def _speaking(self, words: str) -> str:
        here = f"({self.name}:"
        if re.search(r"\([^()\s]+\.\w+:\d+\)", words) and here not in words:
            return words  # It speaks of another file.
        words = re.sub(rf"{re.escape(here)}(\d+)\)", lambda match: f"{here}{self._cell_and_line(match[1])})", words)
        return re.sub(r"\bline (\d+)\b", lambda match: self._line_of_cell(match[1]), words)

    def _cell_and_line(self, line: str) -> str:
        place = self.place(int(line))
        return f"cell {place.cell}:{place.line}"

    def _line_of_cell(self, line: str) -> str:
        place = self.place(int(line))
        return f"line {place.line} of cell {place.cell}"


def read(data: bytes, name: str = "") -> Notebook:
    """The notebook in the content of a file. Raises SyntaxError, with `lineno` where it is known, if it is none."""
    text = _utf8(data)
    if not text.strip():
        return Notebook("", (), (), name)  # Jupyter makes a notebook of an empty file.
    joined = _Joined()
    for number, parts in code_cells(parsed(text)):
        joined.add(number, "".join(parts))
    lines = "".join(f"{line}\n" for line in joined.lines)
    return Notebook(lines, tuple(joined.places), tuple(joined.unparsed), name, text, joined.python_2)


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise wrong(f"it is no notebook: byte 0x{data[error.start]:02x} is not utf-8", line) from None


class _Joined:
    """The text that grows cell by cell."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: list[Place] = []
        self.unparsed: list[SyntaxError] = []
        self.python_2: Finding | None = None

    def add(self, cell: int, text: str) -> None:
        lines = source.lines(text)
        python, shifts = lines, [0] * len(lines)
        if _problem(lines) is not None:
            python, shifts = _dedented(lines)
            python = _as_python(python)
        foreign = not any(python)
        problem = _problem(python)
        converted = None if problem is None else python2.read("\n".join(python))
        if converted is not None:
            self.python_2 = self.python_2 or converted.finding(len(self.lines))
            python = [line.read for line in converted.lines]
        elif problem is not None:
            problem.lineno = len(self.lines) + min(max(problem.lineno or 1, 1), len(lines))
            self.unparsed.append(problem)
            # Its comments still say what is not to be shown.
            python, shifts, foreign = [_comment_alone(line) for line in lines], [0] * len(lines), True
        for index, (read, written, shift) in enumerate(zip(python, lines, shifts, strict=True)):
            old = None if converted is None else converted.lines[index]
            own = not foreign and old is None and written[shift:] == read
            self.lines.append(read)
            self.places.append(Place(cell, index + 1, written, shift, as_written=own, python_2=old))


def _problem(lines: list[str]) -> SyntaxError | None:
    """Why some lines are no Python."""
    try:
        source.syntax("".join(f"{line}\n" for line in lines))
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        deep = isinstance(error, RecursionError | MemoryError)
        return wrong("it is nested too deeply to be parsed" if deep else str(error))
    return None


def _comment_alone(line: str) -> str:
    match = _COMMENT.search(line)
    return "" if match is None or "\0" in line else " " * match.start() + match[0]


def _dedented(lines: list[str]) -> tuple[list[str], list[int]]:
    """A cell without the indentation of its first line, as IPython runs it, and how much that is, by line."""
    indent = _indent(next((line for line in lines if line.strip()), ""))
    shifts = [len(indent) if line.startswith(indent) else 0 for line in lines]
    return [line[shift:] for line, shift in zip(lines, shifts, strict=True)], shifts


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


# -- IPython ----------------------------------------------------------------------------------------------------------


def _as_python(lines: list[str]) -> list[str]:
    """The lines of a cell with what is IPython's replaced; as many lines as before."""
    said = (number for number, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    first = next(said, 0)
    magic = re.match(r"%%(\w+)", lines[first])
    if magic is not None:
        if magic[1] not in _ON_PYTHON:
            return [""] * len(lines)  # Another language, or another process.
        return [*lines[:first], "", *_lines_as_python(lines[first + 1 :])]
    return list(_lines_as_python(lines))


def _lines_as_python(lines: Iterable[str]) -> Iterator[str]:
    state = _State()
    continued = False  # Whether the line before was an escape that ended in a backslash.
    for line in lines:
        if continued:
            continued = line.endswith("\\")
            yield ""
            continue
        replaced = _replaced(line) if state.begins_statement else None
        if replaced is None:
            state.read(line)
            yield line
        else:
            continued = line.endswith("\\")
            yield replaced


def _replaced(line: str) -> str | None:
    """What stands for a line at the start of a statement, if it is IPython's."""
    indent = _indent(line)
    if _ESCAPE.match(line):
        magic = _MAGIC.match(line)
        if magic is not None and magic["name"] in _ON_PYTHON and _is_statement(magic["code"]):
            # `%time x = f()`: a statement as wide as the magic, and the code where it was.
            return f"{indent}pass;".ljust(magic.start("code")) + magic["code"]
        variable = _ENVIRONMENT.match(line)
        if variable is not None:  # What TF_USE_LEGACY_KERAS is decides which Keras is used.
            return f"{indent}__import__('os').environ[{variable['name']!r}] = {variable['value'].strip()!r}"
        return f"{indent}pass"
    assigned = _ASSIGNED.match(line)
    if assigned is not None:
        return f"{assigned['target']}get_ipython()"  # A value of which nothing is known.
    return f"{indent}pass" if _HELP.fullmatch(line) else None


def _is_statement(code: str) -> bool:
    """Whether a text is a simple statement, or several."""
    try:
        source.syntax(f"pass; {code}")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


class _State:
    """How far the lines of a cell have come: what is open, so that a `%` is told from a magic."""

    def __init__(self) -> None:
        self._depth = 0
        self._quote = ""
        self._joined = False

    @property
    def begins_statement(self) -> bool:
        """Whether the next line begins a statement: no bracket, no string, no backslash is open."""
        return not (self._depth or self._quote or self._joined)

    def read(self, line: str) -> None:
        """Go on by a line."""
        position = 0
        self._joined = False
        while position < len(line):
            if self._quote:
                position = self._end_of_string(line, position)
                continue
            lexeme = _LEXEME.match(line, position)
            assert lexeme is not None  # Each character is one of them.
            if lexeme["comment"]:
                return
            if lexeme["string"]:
                self._quote = lexeme["quote"]
            elif lexeme["open"]:
                self._depth += 1
            elif lexeme["close"]:
                self._depth = max(0, self._depth - 1)
            position = lexeme.end()
        if len(self._quote) == 1 and not line.endswith("\\"):
            self._quote = ""  # A string that nobody closed ends with its line.
        self._joined = line.endswith("\\") and not self._quote

    def _end_of_string(self, line: str, position: int) -> int:
        """Where the open string ends in this line, or the line does."""
        while position < len(line):
            if line[position] == "\\":
                position += 2
            elif line.startswith(self._quote, position):
                position += len(self._quote)
                self._quote = ""
                return position
            else:
                position += 1
        return len(line)
