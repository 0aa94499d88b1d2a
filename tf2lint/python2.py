"""Python 2 sources, read as the Python 3 that says the same, and the way back from there to what is written.

fissix, a kept-up lib2to3, parses them; its fixers are not used, since they move lines and add imports. Here only what
Python 3 can not parse is replaced, token by token and line by line: a line stays the line that it is, and of each it is
known which columns came from where. The text that results is linted and never written.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import itertools
import pathlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from tf2lint import source
from tf2lint.checkers.run import PYTHON_2
from tf2lint.findings import Confidence, Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_LENGTH = 1_000_000
"""Longer texts are data: at 60 ms for 1,000 lines nobody would wait for them."""

_SAID = re.compile(
    "Missing parentheses in call to|multiple exception types|leading zeros in decimal|invalid (?:hexa)?decimal literal"
    "|inconsistent use of tabs|parameters cannot be parenthesized"
)
_WRITTEN = re.compile(
    r"""`|<>|\bur["']|^\s*(?:print|exec)\b\s*[^\s=(.,)]|^\s*raise\s+[\w.]+\s*,|^\s*except\b[^:]*,\s*\w+\s*:"""
    r"""|\b\d\w*L\b|\blambda\s*\("""
)
_OCTAL = re.compile(r"0+([1-7][0-7]*)")
_PREFIX = re.compile(r"[A-Za-z]*")
_ESCAPE = re.compile(r"\\(?:[uUN]|.)", re.DOTALL)


def looks_like(error: SyntaxError, text: str = "") -> bool:
    """Whether what Python 3 can not parse in a text is what Python 2 has."""
    lines = source.lines(text)
    line = lines[error.lineno - 1] if error.lineno and 0 < error.lineno <= len(lines) else error.text or ""
    return _SAID.search(error.msg or "") is not None or _WRITTEN.search(line) is not None


def advice() -> str:
    """What to do about a file that looks like Python 2 and could not be read as such."""
    convert = "convert it first, for example with 2to3"
    if installed():
        return f"this looks like Python 2, and fissix can not read it: {convert}"
    return f"this looks like Python 2: pip install 'tf2lint[command]' lets tf2lint read that, or {convert}"


@functools.cache
def installed() -> bool:
    """Whether there is what reads Python 2."""
    return importlib.util.find_spec("fissix") is not None


# -- The way back -----------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Where a stretch of a line stands in what was read, and in what was written; its ends exclusive, in characters."""

    start: int
    end: int
    written_start: int
    written_end: int


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read, as it was written, and which pieces of them belong together."""

    read: str
    written: str
    pieces: tuple[Piece, ...] = ()

    def start(self, column: int) -> int:
        """The byte of the written line where begins what begins at a byte of the read one."""
        return self._written(column, end=False)

    def end(self, column: int) -> int:
        """The byte of the written line where ends what ends at a byte of the read one."""
        return self._written(column, end=True)

    def _written(self, column: int, *, end: bool) -> int:
        if not self.pieces:
            return column
        place = len(source.encoded(self.read)[:column].decode("utf-8", "ignore"))
        found = 0
        for piece in self.pieces:
            if piece.start < place <= piece.end if end else piece.start <= place < piece.end:
                copied = piece.end - piece.start == piece.written_end - piece.written_start
                edge = piece.written_end if end else piece.written_start
                found = piece.written_start + place - piece.start if copied else edge
                break
            if piece.end <= place:
                found = piece.written_end
        return len(source.encoded(self.written[:found]))


@dataclasses.dataclass(frozen=True, slots=True)
class Converted:
    """A text in Python 2 as Python 3, line by line, and why Python 3 can not read it as it is."""

    lines: tuple[Line, ...]
    error: SyntaxError

    @property
    def text(self) -> str:
        """What is linted."""
        return "\n".join(line.read for line in self.lines)

    def located(self, finding: Finding) -> Finding:
        """A finding where it stands in what was written. It has no edits: they would be of a text that no file has."""
        span = finding.span
        if finding.rule is not PYTHON_2:
            start = self._line(span.line).start(span.column)
            span = Span(span.line, start, span.end_line, self._line(span.end_line).end(span.end_column))
        return dataclasses.replace(finding, span=span, edits=())

    def _line(self, number: int) -> Line:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else Line("", "")

    def finding(self, above: int = 0) -> Finding:
        """What is said of the text itself, where Python 3 stumbles; so many lines are above it."""
        line, column = self.error.lineno or 1, max((self.error.offset or 1) - 1, 0)
        column = len(source.encoded(self._line(line).written[:column]))
        line += above
        return Finding(
            rule=PYTHON_2,
            span=Span(line, column, line, column),
            name="",
            message=PYTHON_2.message.format(problem=f"{self.error.msg}, line {line}", hint=PYTHON_2.hint),
            confidence=Confidence.BINDING,
        )


def read(text: str) -> Converted | None:
    """A text as Python 3; None if it is Python 3 already, or if it is not Python 2 either, or if fissix is missing."""
    try:
        source.syntax(text)
    except SyntaxError as error:
        problem = error
    except (ValueError, RecursionError, MemoryError):
        return None
    else:
        return None
    if len(text) > _MAX_LENGTH or not installed():
        return None
    written = source.lines(text)
    for tree, prints in _trees("\n".join(written)):
        changes = _Changes(written, prints=prints)
        changes.read(tree)
        converted = Converted(tuple(changes.lines()), problem)
        if changes.old and _parses(converted.text):
            return converted
    return None


def _parses(text: str) -> bool:
    try:
        source.syntax(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


# -- fissix -----------------------------------------------------------------------------------------------------------


def _trees(text: str) -> Iterator[tuple[Any, bool]]:
    """What fissix makes of a text, with `print` as a statement and as a function."""
    from fissix import pytree  # An extra, and only Python 2 needs it.
    from fissix.pgen2 import driver

    future = re.search(r"^from __future__ import .*\bprint_function\b|^from __future__ import \(", text, re.MULTILINE)
    for prints in (False, True) if future else (True, False):
        try:
            tree = driver.Driver(_grammar(prints), convert=pytree.convert).parse_string(text.rstrip(" \t\f\\") + "\n")
        except Exception:  # noqa: BLE001  # Whatever brings down another's parser, it is no Python 2 then.
            continue
        yield tree, prints


@functools.cache
def _grammar(prints: bool) -> Any:
    """fissix's grammar. It is made anew: what fissix does by itself writes a file into the user's home."""
    import fissix
    from fissix.pgen2 import pgen

    grammar = pgen.generate_grammar(pathlib.Path(fissix.__file__).with_name("Grammar.txt"))
    if not prints:
        del grammar.keywords["print"]
    return grammar


class _Change(NamedTuple):
    """A text that takes the place of some columns; it may have stood elsewhere in the line."""

    start: int
    end: int
    text: str
    moved_from: int | None = None


class _Changes:
    """What is to be replaced in the lines of a text.

    `old` says whether Python 2 shows in it: a name that is a keyword by now, or a wrong escape, may be in any Python.
    """

    def __init__(self, lines: list[str], *, prints: bool) -> None:
        self._written = lines
        self._prints = prints
        self._symbols: dict[int, str] = _grammar(prints).number2symbol
        self._by_line: dict[int, list[_Change]] = {}
        self._numbers = itertools.count(1)
        self.old = False
        self._first: dict[int, int] = {}  # The column of the first token of a line.

    # Reading the tree

    def read(self, tree: Any) -> None:
        """Collect what a tree asks for, from left to right."""
        waiting = [tree]
        while waiting:
            node = waiting.pop()
            method = getattr(self, f"_in_{self._symbols.get(node.type, 'leaf')}", None)
            if method is not None:
                method(node)
            waiting += reversed(node.children)
        self._expand_tabs()

    def _in_leaf(self, leaf: Any) -> None:
        value = leaf.value
        if not value.strip():
            return
        self._first.setdefault(leaf.lineno, leaf.column)
        if value[0] in "0123456789.":
            self._number(leaf)
        elif value[-1] in "\"'":
            self._string(leaf)
        elif value == "<>":
            self._replace(leaf, "!=")
        elif value in ("async", "await") and _is_name(leaf):
            self._put(leaf.lineno, leaf.column, leaf.column + len(value), f"{value}_", old=False)
        elif value == "print" and self._prints and self._symbols.get(leaf.parent.type) == "simple_stmt":
            self._insert(_end(leaf), "()")

    def _number(self, leaf: Any) -> None:
        value = leaf.value.rstrip("lL")
        octal = _OCTAL.fullmatch(value)
        if octal is not None:
            value = f"0o{octal[1]}"
        if value != leaf.value:
            line, column = _end(leaf)
            self._replace(leaf, f"{value} " if self._written[line - 1][column : column + 1] == "." else value)

    def _string(self, leaf: Any) -> None:
        """`ur''`; what Python 3 takes for an escape in a text, and does not know; bytes that are no ASCII."""
        prefix = _PREFIX.match(leaf.value)[0]  # type: ignore[index]
        new = prefix.lower()
        if "u" in new and "r" in new:
            new = "r"
        if "b" in new and not leaf.value.isascii():
            new = new.replace("b", "")
        if new != prefix.lower():
            self._put(leaf.lineno, leaf.column, leaf.column + len(prefix), new)
        if "u" not in new and "r" not in new and "b" not in new:
            for match in _ESCAPE.finditer(leaf.value):
                if match[0][1] in "uUN":
                    line, column = _place(leaf, match.start())
                    self._put(line, column, column, "\\", old=False)

    def _in_print_stmt(self, node: Any) -> None:
        word, *rest = node.children
        if len(rest) == 1 and _is_in_parentheses(rest[0]):
            return  # It is a call as it stands.
        self._open(word, rest[0])
        end = _end(rest[-1])
        if rest[0].type not in self._symbols and rest[0].value == ">>":
            self._stream(rest, end)
        self._insert(end, ")")

    def _stream(self, rest: list[Any], end: tuple[int, int]) -> None:
        """`>>f, x` becomes `x, file=f`, or where that could not be told from where it was, `file=f, *(x,)`."""
        stream, commas = rest[1], rest[2:3]
        (line, start), (_, stop) = _start(stream), _end(stream)
        written = self._written[line - 1][start:stop]
        if len(rest) < 4:
            self._replace(rest[0], "file=")
            for comma in commas:
                self._replace(comma, " ")
        elif rest[0].lineno == end[0] and re.fullmatch(r"[\w.]+", written):
            _, behind = _end(commas[0])
            self._put(line, rest[0].column, behind, " " * (behind - rest[0].column))
            closed = not rest[-1].children and rest[-1].value == ","
            self._insert(end, " file=" if closed else ", file=")
            self._by_line[line].append(_Change(end[1], end[1], written, start))
        else:
            self._replace(rest[0], "file=")
            self._replace(commas[0], ", *(")
            self._insert(end, ")" if len(rest) > 4 else ",)")

    def _in_exec_stmt(self, node: Any) -> None:
        word, code, *rest = node.children
        if not rest and _is_in_parentheses(code):
            return
        self._open(word, code)
        if rest:
            self._replace(rest[0], ", ")
        self._insert(_end(node), ")")

    def _in_raise_stmt(self, node: Any) -> None:
        values = node.children[2:]
        if not values or values[0].type in self._symbols or values[0].value != ",":
            return
        if _is_in_parentheses(values[1]):
            self._replace(values[0], " ")
        else:
            self._replace(values[0], "(")
            self._insert(_end(values[1]), ")")
        if len(values) > 2:
            self._replace(values[2], ".with_traceback(")
            self._insert(_end(node), ")")

    def _in_except_clause(self, node: Any) -> None:
        if len(node.children) != 4 or node.children[2].value != ",":
            return
        _, kinds, comma, target = node.children
        if not target.children:
            tight = _start(target) == _end(comma)
            self._replace(comma, " as " if tight else " as")
            return
        # What is taken apart is bound all the same, to something unknown.
        self._insert(_start(kinds), "[")
        for leaf in target.leaves():
            if _is_name(leaf):
                self._insert(_start(leaf), "(")
                self._insert(_end(leaf), ":=_)")
        self._insert(_end(target), "][0]")

    def _in_testlist_safe(self, node: Any) -> None:
        self._insert(_start(node), "(")
        self._insert(_end(node), ")")

    def _in_atom(self, node: Any) -> None:
        first, *inner, last = node.children
        if first.type in self._symbols or first.value != "`":
            return
        several = self._symbols.get(inner[0].type) == "testlist1"
        self._replace(first, "repr((" if several else "repr(")
        self._replace(last, "))" if several else ")")

    def _in_parameters(self, node: Any) -> None:
        if len(node.children) == 3:
            self._parameters(node.children[1])

    def _in_lambdef(self, node: Any) -> None:
        if len(node.children) == 4:
            self._parameters(node.children[1])

    _in_old_lambdef = _in_lambdef

    def _parameters(self, node: Any) -> None:
        """`(a, b)` becomes one parameter; what it binds are parameters that nobody passes, so they may be anything."""
        listed = node.children if self._symbols.get(node.type) in ("typedargslist", "varargslist") else [node]
        bound = []
        for child in listed:
            if self._symbols.get(child.type) in ("tfpdef", "vfpdef") and child.children[0].value == "(":
                name = f"_{next(self._numbers)}"
                bound += [f"{leaf.value}={name}" for leaf in child.leaves() if _is_name(leaf)]
                self._blank(child, name)
        if not bound:
            return
        signs = {child.value: child for child in listed if not child.children}
        if "*" not in signs:
            bound.insert(0, "*")
        added = ", ".join(bound)
        if "**" in signs:
            self._insert(_start(signs["**"]), f"{added}, ")
        else:
            closed = not listed[-1].children and listed[-1].value == ","
            self._insert(_end(listed[-1]), f" {added}" if closed else f", {added}")

    def _blank(self, node: Any, name: str) -> None:
        """A name in the place of a node, with blanks behind it."""
        (line, column), (last, end) = _start(node), _end(node)
        if line == last:
            self._put(line, column, end, name.ljust(end - column))
            return
        for leaf in node.leaves():
            self._replace(leaf, name if leaf is node.children[0] else " " * len(leaf.value))

    def _open(self, word: Any, first: Any) -> None:
        """Begin a call after a word, in the place of the blank behind it where there is one."""
        line, column = _end(word)
        blank = first.get_lineno() == line and _start(first)[1] > column
        self._put(line, column, column + blank, "(")

    def _expand_tabs(self) -> None:
        """Tabs reach to the next multiple of eight, where a file begins some lines with tabs and some with blanks."""
        begins = {
            number: self._written[number - 1][:column]
            for number, column in self._first.items()
            if column and not self._written[number - 1][:column].strip(" \t\f")
        }
        if not any("\t" in begin for begin in begins.values()) or not any(" " in begin for begin in begins.values()):
            return
        for number, begin in begins.items():
            if "\t" in begin:
                self._put(number, 0, len(begin), begin.expandtabs(8))

    # Replacing

    def _replace(self, leaf: Any, text: str) -> None:
        self._put(leaf.lineno, leaf.column, leaf.column + len(leaf.value), text)

    def _insert(self, place: tuple[int, int], text: str) -> None:
        self._put(*place, place[1], text)

    def _put(self, line: int, start: int, end: int, text: str, *, old: bool = True) -> None:
        self.old = self.old or old
        self._by_line.setdefault(line, []).append(_Change(start, end, text))

    def lines(self) -> Iterator[Line]:
        """The lines as they are to be read."""
        for number, written in enumerate(self._written, start=1):
            changes = self._by_line.get(number)
            yield Line(written, written) if changes is None else _changed(written, changes)


def _changed(written: str, changes: Iterable[_Change]) -> Line:
    read, pieces, done = "", [], 0
    # What is put in at one place stands there in the order of its making; it precedes what is replaced there.
    for start, end, text, moved in sorted(changes, key=lambda change: change[:2]):
        if start > done:
            pieces.append(Piece(len(read), len(read) + start - done, done, start))
            read += written[done:start]
        place = (start, end) if moved is None else (moved, moved + len(text))
        pieces.append(Piece(len(read), len(read) + len(text), *place))
        read, done = read + text, max(done, end)
    pieces.append(Piece(len(read), len(read) + len(written) - done, done, len(written)))
    return Line(read + written[done:], written, tuple(pieces))


def _is_name(leaf: Any) -> bool:
    return bool(leaf.type == 1)


def _is_in_parentheses(node: Any) -> bool:
    return bool(node.children) and not node.children[0].children and node.children[0].value == "("


def _start(node: Any) -> tuple[int, int]:
    leaf = node
    while leaf.children:
        leaf = leaf.children[0]
    return leaf.lineno, leaf.column


def _end(node: Any) -> tuple[int, int]:
    leaf = node
    while leaf.children:
        leaf = leaf.children[-1]
    return _place(leaf, len(leaf.value))


def _place(leaf: Any, offset: int) -> tuple[int, int]:
    """Where a character of a leaf stands."""
    *before, last = leaf.value[:offset].split("\n")
    return leaf.lineno + len(before), len(last) + (0 if before else leaf.column)
