"""The words everything else speaks: a rule, a finding, an edit.

Nothing here knows astroid, pylint or flake8. Positions are astroid's: lines count from 1, columns are 0-based UTF-8
byte offsets into the line. `Span.characters` converts to what flake8 and the command show.
"""

from __future__ import annotations

import dataclasses
import enum

from tf2lint.visible import visible


class Severity(enum.Enum):
    """What happens to the code that a rule speaks of. Fixed per rule, whatever the targets."""

    BREAKS = "breaks"
    """It raises, or the name is missing."""
    CHANGES = "changes"
    """It runs, and means something else."""
    DISCOURAGED = "discouraged"
    """It works in every target; there is a better way."""


class Confidence(enum.Enum):
    """How a finding came to know the TensorFlow name it speaks of."""

    BINDING = "binding"
    """Through imports and plain assignments alone."""
    INFERENCE = "inference"
    """Through user code: a return value, an attribute of an object, a default argument."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can be said about a program.

    `code` is flake8's and `noqa`'s ("TF101"), `symbol` pylint's and the configuration's ("tf-placeholder": letters and
    hyphens only), `pylint_id` pylint's number ("E6811", whose last two digits no other rule has). `message` is a
    `str.format` template; `hint` says what to write instead where the finding has nothing more exact; `url` is the
    page, with its anchor, that explains the migration. `since` and `until` are the first and last TensorFlow in which
    the rule matters, None where there is no such bound. `default` is False for a rule that must be switched on by name.
    """

    code: str
    pylint_id: str
    symbol: str
    summary: str
    message: str
    hint: str
    url: str
    severity: Severity
    since: str | None = None
    until: str | None = None
    default: bool = True

    def answers_to(self, name: str) -> int:
        """How exactly a code, the beginning of one, a symbol or "all" means this rule; 0 for not at all."""
        if name in ("all", "TF"):
            return 2
        if name in (self.code, self.symbol):
            return 100
        return len(name) if name.startswith("TF") and self.code.startswith(name) else 0


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where a finding stands: 1-based lines, 0-based UTF-8 byte columns, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def characters(self, lines: list[str]) -> tuple[int, int]:
        """The start and end column as 1-based characters, given the lines of the module."""
        return _characters(lines, self.line, self.column), _characters(lines, self.end_line, self.end_column)


def _characters(lines: list[str], line: int, column: int) -> int:
    if not 0 < line <= len(lines):
        return column + 1
    text = lines[line - 1]
    if text.isascii():
        return column + 1
    return len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore")) + 1


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of a byte range of the module's source. `safe` edits keep what the program does.

    `rebinds` is a name of the module that something else is afterwards: where another module takes that name from this
    one, the edit must not be made. To know that, a project has to be read, so that it is asked only before editing.
    """

    start: int
    end: int
    replacement: str
    safe: bool
    rebinds: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule, said of one place.

    `name` is the TensorFlow name as the program's targets know it ("tf.compat.v1.placeholder"); `message` the whole
    sentence, without code and link; `url` a page more exact than the rule's; `because` the chain from a `tf.function`
    to this line, where there is one, outermost first: "`step`, a tf.function", "`log` (helpers.py:12)"; `along` the
    file and the line of each function of it.
    """

    rule: Rule
    span: Span
    name: str
    message: str
    confidence: Confidence
    url: str = ""
    because: tuple[str, ...] = ()
    along: tuple[tuple[str, int], ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """The sentence with how it came to that and its link, as every front end prints it."""
        return visible(" ".join(filter(None, (self.message, self.chain, self.url or self.rule.url))))

    @property
    def chain(self) -> str:
        """How TensorFlow comes to this line, as a sentence; empty where it does not matter."""
        if not self.because:
            return ""
        first, *called = self.because
        if not called:
            return f"In {first}."
        return f"{' is called by '.join([called[-1], ', called by '.join([*called[-2::-1], first])])}."

    @property
    def is_safe(self) -> bool:
        """Whether all of its edits keep what the program does, if it has any."""
        return all(edit.safe for edit in self.edits)

    @property
    def sort_key(self) -> tuple[Span, str]:
        """Findings of a module are listed by place, then by code."""
        return self.span, self.rule.code


class Fix(enum.Enum):
    """Who can settle a finding."""

    SAFE = "safe"
    """`tf2lint fix`."""
    UNSAFE = "unsafe"
    """`tf2lint fix --unsafe`."""
    NONE = "none"
    """A person."""
    UNKNOWN = "unknown"
    """A SARIF file of another version does not say."""

    @staticmethod
    def of(finding: Finding) -> Fix:
        """Who can settle this one, taken by itself; `fix` may still leave a file alone."""
        if not finding.edits:
            return Fix.NONE
        return Fix.SAFE if finding.is_safe else Fix.UNSAFE
