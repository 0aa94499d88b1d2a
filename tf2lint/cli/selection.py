"""Which rules the command shows: `--select`, `--extend-select` and `--ignore`, by code, its beginning, or symbol."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from tf2lint import checkers
from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.config import ConfigError
from tf2lint.findings import Rule


@dataclasses.dataclass(frozen=True, slots=True)
class Selection:
    """The rules to show, None for all. One that is off by default is switched on where its own name is selected."""

    shown: frozenset[str] | None
    enabled: tuple[str, ...]

    def __contains__(self, rule: object) -> bool:
        return isinstance(rule, Rule) and (self.shown is None or rule.code in self.shown)


def selection(select: Iterable[str], ignore: Iterable[str], extend: Iterable[str] = ()) -> Selection:
    """The rules that match `select`, all where it is empty, and those that match `extend`, without those that match
    `ignore`; the longest match wins. Raises ConfigError for what matches no rule.
    """
    select, ignore, extend = list(select), list(ignore), list(extend)
    if not (select or ignore or extend):
        return Selection(None, ())  # Nobody has to be asked which rules there are.
    for option, names in (("--select", select), ("--ignore", ignore), ("--extend-select", extend)):
        for name in names:
            if not any(rule.answers_to(name) for rule in checkers.rules()):
                raise ConfigError(f"option {option}: no rule {name!r}{_nearest(name)}")
    shown, enabled = [], []
    for rule in checkers.rules():
        # What is not selected by name, but with everything, gives way to whatever is ignored.
        wanted = 0 if select else 1
        wanted = max([wanted, *(rule.answers_to(name) for name in (*select, *extend))])
        if rule == NOT_ANALYSED:
            wanted = max(wanted, 1)  # Never silence, unless it is ignored by name.
        if wanted > max((rule.answers_to(name) for name in ignore), default=0):
            shown.append(rule.code)
        if not rule.default and {rule.code, rule.symbol} & {*select, *extend}:
            enabled.append(rule.symbol)
    return Selection(frozenset(shown), tuple(enabled))


def _nearest(name: str) -> str:
    import difflib

    known = [name for rule in checkers.rules() for name in (rule.code, rule.symbol)]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""
