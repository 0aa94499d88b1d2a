"""`tf2lint rules` lists the rules; `tf2lint rule TF101` prints the page of one."""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import json
import sys
from collections.abc import Iterator

from tf2lint import checkers
from tf2lint.cli import colour, pages
from tf2lint.cli.status import CLEAN, FAILED
from tf2lint.families import FAMILIES, family_of
from tf2lint.findings import Rule, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_CONSEQUENCES = {
    Severity.BREAKS: "breaks: it raises, or the name is missing",
    Severity.CHANGES: "changes: it runs, and means something else",
    Severity.DISCOURAGED: "discouraged: it works; there is a better way",
}


def add_to(commands: Commands) -> None:
    """Add these commands to the parser."""
    every = commands.add_parser("rules", help="list the rules", description="List the rules, by family.")
    every.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    every.set_defaults(run=list_all)
    one = commands.add_parser("rule", help="print the page of a rule", description="Print the pages of rules.")
    one.add_argument("names", nargs="+", metavar="RULE", help="a code or a symbol: TF101, tf-placeholder")
    one.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    one.set_defaults(run=explain)


def list_all(arguments: argparse.Namespace) -> int:
    """Print all rules."""
    if arguments.output_format == "json":
        print(json.dumps([_record(rule) for rule in checkers.rules()], indent=1))
        return CLEAN
    for family in FAMILIES:
        print(f"{family.title} ({family.name})")
        for rule in checkers.rules():
            if family_of(rule.code) is family:
                off = "" if rule.default else " (off by default)"
                print(f"  {rule.code}  {rule.symbol}: {rule.summary}{off}")
        print()
    return CLEAN


def explain(arguments: argparse.Namespace) -> int:
    """Print the pages of some rules."""
    known = {name: rule for rule in checkers.rules() for name in (rule.code, rule.symbol, rule.pylint_id)}
    status = CLEAN
    asked = []
    for name in arguments.names:
        rule = known.get(name) or known.get(name.upper())
        if rule is None:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            print(f"tf2lint: no rule {name!r}{f'; did you mean {close[0]}?' if close else ''}", file=sys.stderr)
            status = FAILED
            continue
        asked.append(rule)
    if arguments.output_format == "json":
        print(json.dumps([{**_record(rule), "page": "\n".join(page(rule)) + "\n"} for rule in asked], indent=1))
    else:
        for rule in asked:
            _print_page(rule)
    return status


def _print_page(rule: Rule) -> None:
    """Print a page: rendered at a terminal, else as it is written."""
    text = "\n".join(page(rule))
    if colour.paint("auto", sys.stdout).on and importlib.util.find_spec("rich") is not None:
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(text))
    else:
        print(text)


def page(rule: Rule) -> Iterator[str]:
    """The page of a rule, in Markdown: what the registry knows, the programs, and what is written about it."""
    files = pages.of(rule.symbol)
    yield from head(rule, files)
    yield from files.get("details.md", "").splitlines()


def head(rule: Rule, files: pages.Files) -> Iterator[str]:
    """What stands before the text of the page: the registry's answers, and the programs among `files`."""
    yield from (f"# {rule.code} {rule.symbol}", "", rule.summary, "", "| | |", "|--|--|")
    yield f"| severity | {_CONSEQUENCES[rule.severity]} |"
    yield f"| default | {'on' if rule.default else 'off; the key or option `enable` switches it on'} |"
    yield f"| pylint | `{rule.symbol}` ({rule.pylint_id}), in the checker `{family_of(rule.code).name}` |"
    yield f"| flake8, noqa | `{rule.code}` |"
    if rule.url:
        yield f"| explained by TensorFlow | <{rule.url}> |"
    yield ""
    if "bad.py" in files:
        yield from ("## Example", "", "The comments are the findings: the column where one starts, and its rule.", "")
        yield from _pair(files, "")
    cases = [name.removesuffix("bad.py") for name in files if name.endswith("_bad.py")]
    if cases:
        yield from ("## Further cases", "")
    for case in cases:
        yield from (f"### {case.replace('_', ' ').strip().capitalize()}", "")
        yield from _pair(files, case)
    hint = rule.hint[:1].upper() + rule.hint[1:]
    yield from ("## Hint", "", f"{hint}.".replace("..", "."), "")


def _pair(files: pages.Files, case: str) -> Iterator[str]:
    """The program that is reported, and what to write instead."""
    yield from ("```python", files[f"{case}bad.py"].rstrip(), "```", "")
    if f"{case}good.py" in files:
        yield from ("Write instead:", "", "```python", files[f"{case}good.py"].rstrip(), "```", "")


def _record(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "symbol": rule.symbol,
        "pylint_id": rule.pylint_id,
        "family": family_of(rule.code).name,
        "severity": rule.severity.value,
        "default": rule.default,
        "summary": rule.summary,
        "hint": rule.hint,
        "url": rule.url,
    }
