"""The data files: compressed, sorted lines, searched by bisection and parsed a row at a time.

`names.z` has one line per public name:

    name TAB kind ["o"] TAB worlds[:imports[:raises]] [TAB signatures [TAB results]]

The kind is m, f, c or v; "o" marks what is open. Sets of epochs are hexadecimal; imports are left out where they equal
the worlds. Signatures are runs, `epoch.number`, separated by blanks: from that epoch on, the signature of that number
(none where the number is missing); so are results, which are classes. `details.z` has eight parts, parted by an empty
line: the signatures, one per line; the classes, sorted,

    name TAB [epoch:ancestor,ancestor …] TAB member:kind[:worlds[:signatures[:results]]] …

replacements and deprecations, sorted,

    name TAB replacement … TAB [since replacement …]

renamed arguments of functions, classes and `Class.method`s, sorted (no new name: it went without a successor),

    name TAB old:[new,new …] …

the keywords that a call accepts beyond its parameters: the sets of keywords, one per line ("?" where it is not
known), and their runs, written as those of signatures are, sorted,

    name TAB runs

the classes of results, one per line, "=" for the class that has the member; and the attributes that instances lost,
with the epochs in which they surely lack them, where these differ from those of the class's ancestors, sorted:

    name TAB attribute:epochs …

`changes.z` says in general what the others say of each name, so that most questions end with it. It has three parts:
the last parts of functions, classes and methods whose arguments change; the parameters that some of them had and lack
later; and what some class lost, with the sets of worlds in which the class has it and in which it does not:

    name TAB there:missing …
"""

from __future__ import annotations

import bisect
import functools
import pkgutil
import zlib


class Table:
    """Sorted lines, looked up by their first column."""

    def __init__(self, text: str) -> None:
        self._text = text

    @functools.cached_property
    def lines(self) -> list[str]:
        """All of them; most tables are never looked into."""
        text, self._text = self._text, ""
        return text.split("\n") if text else []

    def row(self, name: str) -> list[str] | None:
        """The columns after the first of a name's line; None where there is no such line."""
        key = name + "\t"
        lines = self.lines
        index = bisect.bisect_left(lines, key)
        if index < len(lines) and lines[index].startswith(key):
            return lines[index].split("\t")[1:]
        return None

    def below(self, name: str) -> list[str]:
        """The names that start with a name and a dot, sorted."""
        first = bisect.bisect_left(self.lines, name + ".")
        last = bisect.bisect_left(self.lines, name + "/")  # The character after the dot.
        return [line.partition("\t")[0] for line in self.lines[first:last]]


class Details:
    """The second file: what is asked for only where there is something to say."""

    __slots__ = ("arguments", "classes", "keyword_sets", "keywords", "losses", "notes", "results", "signatures")

    def __init__(self, text: str) -> None:
        signatures, classes, notes, arguments, keyword_sets, keywords, results, losses = text.split("\n\n")
        self.signatures = signatures.split("\n")
        self.classes = Table(classes)
        self.notes = Table(notes)
        self.arguments = Table(arguments)
        self.keyword_sets = keyword_sets.split("\n")
        self.keywords = Table(keywords)
        self.results = results.split("\n")
        self.losses = Table(losses)


class Changes:
    """The third file."""

    __slots__ = ("changing", "dropped", "lost")

    def __init__(self, text: str) -> None:
        changing, dropped, lost = text.split("\n\n")
        self.changing = frozenset(changing.split("\n"))
        self.dropped = frozenset(dropped.split("\n"))
        self.lost: dict[str, list[tuple[int, int]]] = {}
        for line in lost.split("\n"):
            name, _, entries = line.partition("\t")
            pairs = (entry.split(":") for entry in entries.split())
            self.lost[name] = [(int(there, 16), int(missing, 16)) for there, missing in pairs]


def _text(name: str) -> str:
    data = pkgutil.get_data("tf2lint.api", name)
    assert data is not None, "the loader of the package keeps no data"
    return zlib.decompress(data).decode("ascii")


@functools.cache
def names() -> Table:
    """The public names, read at the first call."""
    return Table(_text("names.z"))


@functools.cache
def details() -> Details:
    """Signatures, classes and replacements, read at the first call."""
    return Details(_text("details.z"))


@functools.cache
def changes() -> Changes:
    """What changed at all, read at the first call."""
    return Changes(_text("changes.z"))
