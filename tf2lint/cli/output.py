"""How findings are printed. A format is a function from results to lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from tf2lint.cli import formats
from tf2lint.cli.colour import PLAIN, Paint
from tf2lint.cli.results import Result, Shown
from tf2lint.visible import visible


def concise(results: Iterable[Result], paint: Paint = PLAIN) -> Iterator[str]:
    """`path:line:column: CODE message link`, one line for each finding."""
    for result in results:
        for shown in result.shown:
            finding = shown.finding
            place = f"{visible(result.path)}:{shown.place}:"
            yield f"{paint.place(place)} {paint.code(finding.rule.code)} {finding.text}"


def as_json(results: Iterable[Result]) -> Iterator[str]:
    """One JSON array of objects, a line for each; columns count characters from 1, the end exclusive.

    In a notebook, lines count within the cell, and cells from 1.
    """
    separator = "["
    for result in results:
        for shown in result.shown:
            yield separator + json.dumps(_record(result.path, shown))
            separator = ","
    yield "[]" if separator == "[" else "]"


def _record(path: str, shown: Shown) -> dict[str, object]:
    finding = shown.finding
    return {
        "path": path,
        "cell": shown.cell or None,
        "line": finding.span.line,
        "column": shown.column,
        "end_line": finding.span.end_line,
        "end_column": shown.end_column,
        "code": finding.rule.code,
        "symbol": finding.rule.symbol,
        "severity": finding.rule.severity.value,
        "confidence": finding.confidence.value,
        "name": finding.name,
        "message": finding.message,
        "because": list(finding.because),
        "url": finding.url or finding.rule.url,
    }


FORMATS: dict[str, Callable[[Iterable[Result]], Iterator[str]]] = {
    "concise": concise,
    "text": formats.text,
    "json": as_json,
    "sarif": formats.sarif,
    "github": formats.github,
    "gitlab": formats.gitlab,
    "junit": formats.junit,
    "statistics": formats.statistics,
}
"""The formats by the name that `--output-format` takes."""

PAINTED: dict[str, Callable[[Iterable[Result], Paint], Iterator[str]]] = {"concise": concise, "text": formats.text}
"""Those that are for a person, and may have colours."""
