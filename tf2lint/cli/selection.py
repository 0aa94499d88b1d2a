"""Which rules the command shows: `--select` and `--ignore`, by code, beginning of a code, or symbol."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable

from tf2lint import checkers
from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.config import ConfigError
from tf2lint.findings import Rule


@dataclasses.dataclass(frozen=True, slots=True)
class Selection:
    """The rules to show. A rule that is off by default is switched on where its own code or symbol is selected."""

    shown: frozenset[str]
    enabled: tuple[str, ...]

    def __contains__(self, rule: object) -> bool:
        return isinstance(rule, Rule) and rule.code in self.shown


def selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    """The rules that match `select`, all where it is empty, without those that match `ignore`; longest match wins.

    Raises ConfigError for what matches no rule.
    """
    select, ignore = list(select), list(ignore)
    for option, names in (("--select", select), ("--ignore", ignore)):
        for name in names:
            if not any(_match(name, rule) for rule in checkers.rules()):
                raise ConfigError(f"option {option}: no rule {name!r}{_nearest(name)}")
    shown, enabled = [], []
    for rule in checkers.rules():
        wanted = max((_match(name, rule) for name in select), default=0) if select else 1
        if rule == NOT_ANALYSED:
            wanted = max(wanted, 1)  # Never silence, unless it is ignored by name.
        if wanted > max((_match(name, rule) for name in ignore), default=0):
            shown.append(rule.code)
        if not rule.default and {rule.code, rule.symbol} & set(select):
            enabled.append(rule.symbol)
    return Selection(frozenset(shown), tuple(enabled))


def _match(name: str, rule: Rule) -> int:
    """How exactly a name means a rule; 0 for not at all. What is not selected by name counts 1."""
    if name in ("all", "TF"):
        return 2
    if name in (rule.code, rule.symbol):
        return 100
    return len(name) if name.startswith("TF") and rule.code.startswith(name) else 0


def _nearest(name: str) -> str:
    known = [name for rule in checkers.rules() for name in (rule.code, rule.symbol)]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""
