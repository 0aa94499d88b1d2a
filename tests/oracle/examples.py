"""Reads the rule pages: what their "Observed" tables claim and what their examples expect.

Strict on purpose: a row or a comment that can not be read is an error, never a claim that goes untested.
"""

from __future__ import annotations

import dataclasses
import io
import re
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RULES = Path(__file__).parents[2] / "docs" / "rules"

PROGRAM = re.compile(r"(?:(?P<case>[a-z][a-z0-9_]*)_)?(?P<kind>bad|good)\.py")
"""The programs of a rule: bad.py and good.py, and a pair for each further case, as resize_bad.py and resize_good.py."""

_HEADER = ["program", "TensorFlow", "outcome"]
_VERSION = re.compile(r"[12]\.\d+")
_CODE = re.compile(r"(?P<verb>prints|raises) (?P<fence>`+)(?P<text>.*[^`])(?P=fence)")
_ERROR = re.compile(r"(?P<type>[A-Za-z_]\w*): (?P<fragment>.+)")
_EXPECT = re.compile(r"# expect: (?P<list>\d+ [a-z-]+(, \d+ [a-z-]+)*)")


class MalformedError(Exception):
    """A page or an example that does not follow the form; the message starts with file and line."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What running a program did: its whole standard output, and "Type: message" of what nothing caught."""

    stdout: str
    error: str | None

    def __str__(self) -> str:
        return f"prints `{joined(self.stdout)}`" if self.error is None else f"raises `{self.error}`"


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of an "Observed" table: under `version`, `program` of rule `symbol` does this.

    `kind` is "prints", and `text` the whole output with its lines joined by " / ", or "raises", and `text` the
    exception's type, a colon and a fragment of its message.
    """

    symbol: str
    program: str
    version: str
    kind: str
    text: str
    path: Path
    line: int

    @property
    def id(self) -> str:
        """The name of the row in test reports."""
        return f"{self.symbol}/{self.program}-{self.version}"

    @property
    def source(self) -> str:
        """The program."""
        return (self.path.parent / self.program).read_text(encoding="utf-8")

    def fits(self, outcome: Outcome) -> bool:
        """Whether the outcome is what the row says."""
        if self.kind == "prints":
            return outcome.error is None and joined(outcome.stdout) == self.text
        type_name, fragment = self.text.split(": ", 1)
        observed, _, message = (outcome.error or "").partition(": ")
        return observed == type_name and fragment in " ".join(message.split())


@dataclasses.dataclass(frozen=True, order=True)
class Expectation:
    """A finding that an example's comment announces: 1-based line, 1-based character column, the rule's symbol."""

    line: int
    column: int
    symbol: str


def joined(stdout: str) -> str:
    """Standard output as a table cell shows it."""
    return " / ".join(line.rstrip() for line in stdout.rstrip().split("\n"))


def folders() -> list[Path]:
    """The rules' folders, in order."""
    return sorted(path for path in RULES.iterdir() if path.is_dir())


def cases(folder: Path) -> list[str]:
    """What stands before bad.py and good.py in the names of a rule's programs, "" for the first pair."""
    programs = [match for path in folder.glob("*.py") if (match := PROGRAM.fullmatch(path.name))]
    return sorted({f"{match['case']}_" if match["case"] else "" for match in programs})


def rows() -> list[Row]:
    """Every row of every page."""
    return [row for folder in folders() if (folder / "details.md").exists() for row in page_rows(folder / "details.md")]


def page_rows(path: Path) -> list[Row]:
    """The rows of one page's "Observed" section, which is one table; none where a page has no such section."""
    lines = sections(path).get("Observed")
    if lines is None:
        return []
    table = [(number, line) for number, line in lines.items() if line.strip()]
    if len(table) < 3 or _cells(path, *table[0]) != _HEADER or _cells(path, *table[1]) != ["--"] * 3:
        number = table[0][0] if table else min(lines, default=0)
        raise MalformedError(f"{path}:{number}: expected a table of {' | '.join(_HEADER)}")
    read = [_row(path, number, line) for number, line in table[2:]]
    for earlier, later in zip(read, sorted(read, key=lambda row: row.id)[1:], strict=False):
        if earlier.id == later.id and earlier is not later:
            raise MalformedError(f"{path}:{later.line}: {later.id} stands here twice")
    return read


def sections(path: Path) -> Mapping[str, Mapping[int, str]]:
    """The page's sections by heading, in order: each a mapping from line number to line."""
    found: dict[str, dict[int, str]] = {}
    current: dict[int, str] = {}
    fence = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```") and (not fence or line.strip() == fence):
            fence = "" if fence else "```"
        if line.startswith("#") and not fence:
            if not line.startswith("## ") or line[3:].strip() in found:
                raise MalformedError(f"{path}:{number}: expected a new heading of the second level")
            current = found.setdefault(line[3:].strip(), {})
        elif not found and line.strip():
            raise MalformedError(f"{path}:{number}: text before the first heading")
        else:
            current[number] = line
    return found


def _cells(path: Path, number: int, line: str) -> list[str]:
    parts = re.split(r"(?<!\\)\|", line.strip())
    if len(parts) != 5 or parts[0] or parts[4]:
        raise MalformedError(f"{path}:{number}: expected a table row of three cells")
    return [part.strip().replace(r"\|", "|") for part in parts[1:4]]


def _row(path: Path, number: int, line: str) -> Row:
    program, version, outcome = _cells(path, number, line)
    if not PROGRAM.fullmatch(program):
        raise MalformedError(f"{path}:{number}: no such program: {program}")
    if not _VERSION.fullmatch(version):
        raise MalformedError(f"{path}:{number}: not a TensorFlow minor: {version}")
    match = _CODE.fullmatch(outcome)
    if not match:
        raise MalformedError(f"{path}:{number}: expected prints `TEXT` or raises `Type: fragment`: {outcome}")
    text = match["text"]
    if len(match["fence"]) > 1 and text[0] == text[-1] == " ":
        text = text[1:-1]
    if match["verb"] == "raises" and not _ERROR.fullmatch(text):
        raise MalformedError(f"{path}:{number}: expected raises `Type: fragment`: {outcome}")
    return Row(path.parent.name, program, version, match["verb"], text, path, number)


def expectations(path: Path) -> list[Expectation]:
    """What the comments of an example announce, in order."""
    found = []
    for number, comment in _comments(path.read_text(encoding="utf-8")):
        if "expect" not in comment:
            continue
        # It may follow another comment in the same token: `# noqa: TF306  # expect: 29 tf-unused-suppression`.
        match = _EXPECT.fullmatch(comment[max(comment.find("# expect"), 0) :].strip())
        if not match:
            raise MalformedError(f"{path}:{number}: expected `# expect: COLUMN SYMBOL, ...`: {comment}")
        for item in match["list"].split(", "):
            column, symbol = item.split(" ")
            found.append(Expectation(number, int(column), symbol))
    return sorted(found)


def _comments(source: str) -> Iterator[tuple[int, str]]:
    """The comments of a program that may not parse: by tokens as far as they go, by lines beyond."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        for number, line in enumerate(source.splitlines(), 1):
            if "# expect" in line:
                yield number, line[line.index("# expect") :]
        return
    for token in tokens:
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
