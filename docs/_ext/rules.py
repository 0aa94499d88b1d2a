"""A page for each rule, and their index, from the registry and the folders docs/rules/<symbol>/.

A folder's details.md is the page; what the registry knows (title, summary, severity, names in each host, hint, link)
and the two programs are put before it as Sphinx reads it. Nothing is written into the source tree.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tf2lint import checkers
from tf2lint.cli import pages
from tf2lint.cli.rules import head
from tf2lint.families import FAMILIES, family_of
from tf2lint.findings import Rule

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = pathlib.Path(__file__).parents[1] / "rules"
INDEX = "rules"
_MARKER = "% the rules"


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
            content[0] = "\n".join(head(rule, pages.of(rule.symbol))) + "\n" + content[0]


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


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
