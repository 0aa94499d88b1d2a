"""Findings as diagnostics of the Language Server Protocol."""

from __future__ import annotations

import re
from collections.abc import Callable

from tf2lint.checkers.run import UNUSED_SUPPRESSION
from tf2lint.cli.results import Shown
from tf2lint.families import family_of
from tf2lint.findings import Rule, Severity
from tf2lint.lsp.document import Document, Json
from tf2lint.lsp.session import Looked

SOURCE = "tf2lint"

_ERROR, _WARNING, _INFORMATION = 1, 2, 3
_SEVERITIES = {Severity.BREAKS: _ERROR, Severity.CHANGES: _WARNING, Severity.DISCOURAGED: _INFORMATION}
_UNNECESSARY, _DEPRECATED = 1, 2

_OF_NAMES = frozenset(("tf2lint-idioms", "tf2lint-variables", "tf2lint-names"))
_ALSO_OF_NAMES = frozenset("tf-keras-removed tf-keras-private-path".split())
_NEVER_PUBLIC = frozenset("tf-unavailable-symbol tf-private-import".split())
"""What these report did not go: it is not there yet, or was never promised."""

_NAME = re.compile(r"[\w.]+")


def diagnostics(looked: Looked, uri_of: Callable[[str], str], *, with_links: bool) -> list[Json]:
    """What an editor is to show of a document; `with_links` says that it shows links by itself."""
    document = looked.document
    if looked.problem:
        start = document.position(0, 0)
        extent = {"start": start, "end": document.end_of(0)}
        return [{"source": SOURCE, "range": extent, "severity": _ERROR, "message": f"tf2lint: {looked.problem}"}]
    return [diagnostic(document, shown, uri_of, with_links=with_links) for shown in looked.shown]


def diagnostic(document: Document, shown: Shown, uri_of: Callable[[str], str], *, with_links: bool) -> Json:
    """One finding."""
    finding = shown.finding
    url = finding.url or finding.rule.url
    said: Json = {
        "source": SOURCE,
        "range": document.range_of(shown),
        "message": " ".join(filter(None, (finding.message, finding.chain))) if with_links else finding.text,
        "severity": _SEVERITIES[finding.rule.severity],
        "code": finding.rule.code,
    }
    if url:
        said["codeDescription"] = {"href": url}
    tags = _tags(finding.rule, shown)
    if tags:
        said["tags"] = tags
    if finding.along:
        said["relatedInformation"] = [
            _related(document.uri if file == document.path else uri_of(file), line, words)
            for (file, line), words in zip(finding.along, finding.because, strict=True)
        ]
    return said


def _tags(rule: Rule, shown: Shown) -> list[int]:
    """How an editor may draw it: struck through where a name went or is discouraged, faded if of no use."""
    if rule is UNUSED_SUPPRESSION:
        return [_UNNECESSARY]
    of_names = family_of(rule.code).name in _OF_NAMES or rule.symbol in _ALSO_OF_NAMES
    if not of_names or rule.symbol in _NEVER_PUBLIC or shown.finding.span.line != shown.finding.span.end_line:
        return []
    # A whole call is not struck through: most of it stays.
    return [_DEPRECATED] if _NAME.fullmatch(shown.line[shown.column - 1 : shown.end_column - 1]) else []


def _related(uri: str, line: int, words: str) -> Json:
    place = {"line": max(line - 1, 0), "character": 0}
    return {"location": {"uri": uri, "range": {"start": place, "end": place}}, "message": words}
