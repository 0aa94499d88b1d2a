"""Findings and rules as plain values that JSON has, and back; what comes back is checked to be what we wrote."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from tf2lint import checkers
from tf2lint.cli.results import Shown
from tf2lint.findings import Confidence, Edit, Finding, Rule, Severity, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_RULE = "code pylint_id symbol summary message hint url severity since until default".split()


def of_shown(shown: Shown) -> list[object]:
    """A finding as it is shown."""
    finding = shown.finding
    return [
        finding.rule.code,
        _numbers(finding.span),
        finding.name,
        finding.message,
        finding.confidence.value,
        finding.url,
        finding.because,
        finding.along,
        [(edit.start, edit.end, edit.replacement, edit.safe, edit.rebinds) for edit in finding.edits],
        shown.column,
        shown.end_column,
        shown.line,
        shown.cell,
        None if shown.in_file is None else _numbers(shown.in_file),
    ]


def _numbers(span: Span) -> tuple[int, ...]:
    return span.line, span.column, span.end_line, span.end_column


def shown(plain: list[Any]) -> Shown:
    """The finding that a value stands for. Raises LookupError, TypeError and ValueError where it stands for none."""
    code, span, name, message, confidence, url, because, along, edits, column, end_column, line, cell, in_file = plain
    _require(str, (name, message, url, line, *because))
    _require(int, (column, end_column, cell, *span))
    for file, number in along:
        _require(str, (file,))
        _require(int, (number,))
    for start, end, replacement, safe, rebinds in edits:
        _require(int, (start, end))
        _require(str, (replacement, rebinds))
        _require(bool, (safe,))
    if in_file is not None:
        _require(int, in_file)
    finding = Finding(
        rule=_by_code()[code],
        span=Span(*span),
        name=name,
        message=message,
        confidence=Confidence(confidence),
        url=url,
        because=tuple(because),
        along=tuple((file, number) for file, number in along),
        edits=tuple(Edit(*edit) for edit in edits),
    )
    return Shown(finding, column, end_column, line, cell, None if in_file is None else Span(*in_file))


def _require(kind: type, values: Iterable[object]) -> None:
    for value in values:
        if type(value) is not kind or (kind is int and abs(value) >> 31):  # type: ignore[arg-type]
            raise TypeError(f"{value!r} is no {kind.__name__}")


@functools.cache
def _by_code() -> dict[str, Rule]:
    return {rule.code: rule for rule in checkers.rules()}


def of_rule(rule: Rule) -> dict[str, object]:
    """A rule."""
    return {name: getattr(rule, name) for name in _RULE} | {"severity": rule.severity.value}


def rule(plain: Mapping[str, Any]) -> Rule:
    """The rule that a value stands for. Raises LookupError, TypeError and ValueError where it stands for none."""
    read = Rule(**{**plain, "severity": Severity(plain["severity"])})
    _require(str, (read.code, read.pylint_id, read.symbol, read.summary, read.message, read.hint, read.url))
    _require(str, (bound for bound in (read.since, read.until) if bound is not None))
    _require(bool, (read.default,))
    return read
