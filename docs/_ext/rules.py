"""A page for each rule, and their index, from the registry and the folders docs/rules/<symbol>/.

A folder's details.md is the page; what the registry knows (title, summary, severity, names in each host, hint, link)
and the two programs are put before it as Sphinx reads it. Nothing is written into the source tree.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tf2lint import checkers
from tf2lint.families import FAMILIES, family_of
from tf2lint.findings import Rule, Severity

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = pathlib.Path(__file__).parents[1] / "rules"
INDEX = "rules"
_MARKER = "% the rules"
_CONSEQUENCE = {
    Severity.BREAKS: "breaks: it raises, or the name is missing",
    Severity.CHANGES: "changes: it runs, and means something else",
    Severity.DISCOURAGED: "discouraged: it works, and there is a better way",
}
_EXAMPLES = (
    ("bad.py", "## Example\n\nThe comments are the findings: the column where one starts, and its rule."),
    ("good.py", "Write instead:"),
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("source-read", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _read(app: Sphinx, docname: str, content: list[str]) -> None:
    """Complete the index, and the page of a rule, before Sphinx parses them."""
    del app
    if docname == INDEX:
        content[0] = content[0].replace(_MARKER, "\n".join(_index()))
    for rule in checkers.rules():
        if docname == _docname(rule):
            content[0] = "\n".join(_head(rule)) + "\n" + content[0]


def _docname(rule: Rule) -> str:
    return f"rules/{rule.symbol}/details"


def _documented(rule: Rule) -> bool:
    return (FOLDER / rule.symbol / "details.md").exists()


def _index() -> Iterator[str]:
    for family in FAMILIES:
        rules = [rule for rule in checkers.rules() if family_of(rule.code) is family]
        if not rules:
            continue
        yield from (f"## {family.title}", "", f"pylint's checker: `{family.name}`.", "")
        yield from ("| code | symbol | severity | what it says |", "|--|--|--|--|")
        for rule in rules:
            symbol = f"[{rule.symbol}]({_docname(rule)}.md)" if _documented(rule) else rule.symbol
            severity = rule.severity.value if rule.default else f"{rule.severity.value}, off"
            yield f"| {rule.code} | {symbol} | {severity} | {_cell(rule.summary)} |"
        yield ""
    yield from ("```{toctree}", ":hidden:", "")
    yield from (f"{rule.code} {rule.symbol} <{_docname(rule)}>" for rule in checkers.rules() if _documented(rule))
    yield from ("```", "")


def _head(rule: Rule) -> Iterator[str]:
    default = "on" if rule.default else "off; switch it on by name, see [configuration](../../configuration.md)"
    yield from (f"# {rule.code} {rule.symbol}", "", rule.summary, "", "| | |", "|--|--|")
    yield f"| severity | {_CONSEQUENCE[rule.severity]} |"
    yield f"| default | {default} |"
    yield f"| pylint | `{rule.symbol}` ({rule.pylint_id}), in the checker `{family_of(rule.code).name}` |"
    yield f"| flake8, noqa | `{rule.code}` |"
    if rule.url:
        yield f"| explained by TensorFlow | <{rule.url}> |"
    yield ""
    for name, heading in _EXAMPLES:
        if (FOLDER / rule.symbol / name).exists():
            yield from (heading, "", f"```{{literalinclude}} {name}", ":language: python", "```", "")
    yield from _further(FOLDER / rule.symbol)
    hint = rule.hint[:1].upper() + rule.hint[1:]
    yield from ("## Hint", "", f"{hint}.".replace("..", "."), "")


def _further(folder: pathlib.Path) -> Iterator[str]:
    """The pairs of programs for further cases: resize_bad.py and resize_good.py."""
    pairs = sorted(folder.glob("*_bad.py"))
    if pairs:
        yield from ("## Further cases", "")
    for bad in pairs:
        case = bad.name.removesuffix("_bad.py")
        good = f"{case}_good.py"
        yield from (f"### {case.replace('_', ' ').capitalize()}", "")
        yield from (f"```{{literalinclude}} {bad.name}", ":language: python", "```", "")
        yield from ("Write instead:", "", f"```{{literalinclude}} {good}", ":language: python", "```", "")


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
