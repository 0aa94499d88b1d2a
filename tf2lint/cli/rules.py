"""`tf2lint rules` lists the rules; `tf2lint rule TF101` says what one is about."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tf2lint import checkers
from tf2lint.cli.status import CLEAN, FAILED
from tf2lint.families import FAMILIES, family_of
from tf2lint.findings import Rule, Severity

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
    one = commands.add_parser("rule", help="say what a rule is about", description="Say what rules are about.")
    one.add_argument("names", nargs="+", metavar="RULE", help="a code or a symbol: TF101, tf-placeholder")
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
    """Print what some rules are about."""
    known = {name: rule for rule in checkers.rules() for name in (rule.code, rule.symbol, rule.pylint_id)}
    status = CLEAN
    for name in arguments.names:
        rule = known.get(name) or known.get(name.upper())
        if rule is None:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            print(f"tf2lint: no rule {name!r}{f'; did you mean {close[0]}?' if close else ''}", file=sys.stderr)
            status = FAILED
            continue
        print("\n".join(_page(rule)))
    return status


def _page(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.symbol} (pylint {rule.pylint_id}, {family_of(rule.code).name})"
    yield ""
    yield from textwrap.wrap(rule.summary, 100)
    yield f"What happens: {_CONSEQUENCES[rule.severity]}."
    yield f"Instead: {rule.hint}."
    if not rule.default:
        yield "It is off by default: --enable switches it on."
    yield rule.url
    yield ""


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
