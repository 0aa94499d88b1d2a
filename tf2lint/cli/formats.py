"""How findings are printed for other tools: SARIF, GitHub, GitLab, JUnit; and for people, with the line underlined.

A format is a function from results to lines. What is quoted from a program is escaped as its format wants it.
"""

from __future__ import annotations

import collections
import json
import pathlib
from collections.abc import Iterable, Iterator

import tf2lint
from tf2lint import checkers
from tf2lint.cli.colour import PLAIN, Paint
from tf2lint.cli.results import Result, Shown
from tf2lint.cli.words import counted
from tf2lint.findings import Fix, Rule, Severity
from tf2lint.visible import visible

_LEVELS = {Severity.BREAKS: "error", Severity.CHANGES: "warning", Severity.DISCOURAGED: "note"}
_GITHUB = {Severity.BREAKS: "error", Severity.CHANGES: "warning", Severity.DISCOURAGED: "notice"}
_GITLAB = {Severity.BREAKS: "major", Severity.CHANGES: "minor", Severity.DISCOURAGED: "info"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_WIDE = 100

# What only one format needs is imported by that one: xml.sax and the report take as long as a small file.


def text(results: Iterable[Result], paint: Paint = PLAIN) -> Iterator[str]:
    """The place, the line of the program with the finding underlined, the sentence, and how it came to that."""
    fixes: collections.Counter[Fix] = collections.Counter()
    files = 0
    for result in results:
        files += bool(result.shown)
        fixes.update(Fix.of(shown.finding) for shown in result.shown)
        for shown in result.shown:
            yield from _block(result.path, shown, paint)
    if files:
        yield _summary(fixes, files)


def _summary(fixes: collections.Counter[Fix], files: int) -> str:
    """How much there was, and how much of that nobody has to do by hand."""
    found = f"{counted(fixes.total(), 'finding')} in {counted(files, 'file')}"
    settled = [f"`tf2lint fix` settles {fixes[Fix.SAFE]}"] if fixes[Fix.SAFE] else []
    if fixes[Fix.UNSAFE]:
        settled.append(
            f"`--unsafe` {fixes[Fix.UNSAFE]} more" if settled else f"`fix --unsafe` settles {fixes[Fix.UNSAFE]}"
        )
    return f"{'; '.join(filter(None, (found, ', '.join(settled))))}."


def _block(path: str, shown: Shown, paint: Paint) -> Iterator[str]:
    finding = shown.finding
    yield f"{paint.place(f'{visible(path)}:{shown.place}:')} {paint.code(finding.rule.code)} {finding.rule.symbol}"
    if shown.line:
        number = str(finding.span.line)
        end = shown.end_column if finding.span.end_line == finding.span.line else len(shown.line) + 1
        start = shown.column - 1
        first = max(0, start - _WIDE // 2) if len(shown.line) > _WIDE else 0
        part = visible(shown.line[first : first + _WIDE].expandtabs(1).rstrip())
        length = max(1, min(_columns(shown.line[start : end - 1]), _WIDE - (start - first)))
        margin = paint.margin(f"{' ' * len(number)} |")
        yield margin
        yield f"{paint.margin(f'{number} |')} {part}"
        yield f"{margin} {' ' * _columns(shown.line[first:start])}{paint.code('^' * length)}"
    yield f"  {visible(finding.message)}"
    if finding.chain:
        yield f"  {visible(finding.chain)}"
    if finding.url or finding.rule.url:
        yield f"  {paint.aside(visible(finding.url or finding.rule.url))}"
    yield ""


def _columns(part: str) -> int:
    """The width of a text on a terminal: of East Asian wide characters two, of combining ones none."""
    part = visible(part.expandtabs(1))
    if part.isascii():
        return len(part)
    import unicodedata

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in part
    )


def sarif(results: Iterable[Result]) -> Iterator[str]:
    """One SARIF 2.1.0 log with one run: the rules that spoke, and every file that was looked at, with its measures."""
    listed = list(results)
    found = [(result.path, shown) for result in listed for shown in result.shown]
    rules = sorted({shown.finding.rule.code: shown.finding.rule for _, shown in found}.values(), key=lambda r: r.code)
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "tf2lint",
        "version": tf2lint.__version__,
        "rules": [_descriptor(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(listed)],
        "artifacts": list(_artifacts(listed)),
        "results": [_sarif_result(path, shown, index) for path, shown in found],
    }
    yield from json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1).splitlines()


def _invocation(results: Iterable[Result]) -> dict[str, object]:
    """How the run went; an error of our own is no finding."""
    failed = [
        {
            "level": "error",
            "message": {"text": result.error},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(result.path)}}}],
        }
        for result in results
        if result.failure
    ]
    return {"executionSuccessful": not failed, "toolExecutionNotifications": failed}


def _artifacts(results: Iterable[Result]) -> Iterator[dict[str, object]]:
    """The files with what `tf2lint report` wants to know of each. Standard input is none of them."""
    from tf2lint.config import Projects
    from tf2lint.report.measure import measure

    paths = [result.path for result in results]
    for path, known in measure(paths, Projects()).items():
        properties = {"lines": known.lines, "importedBy": known.importers}
        yield {"location": {"uri": _uri(path)}, "properties": properties}


def _descriptor(rule: Rule) -> dict[str, object]:
    """A rule. GitHub wants both descriptions and the help, and none of them empty."""
    advice = f"{rule.hint[:1].upper()}{rule.hint[1:]}."
    return {
        "id": rule.code,
        "name": rule.symbol,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {advice}"},
        "help": {
            "text": f"{advice} {rule.url}".rstrip(),
            "markdown": f"{advice} [More]({rule.url})" if rule.url else advice,
        },
        **({"helpUri": rule.url} if rule.url else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"severity": rule.severity.value},
    }


def _sarif_result(path: str, shown: Shown, index: dict[str, int]) -> dict[str, object]:
    finding = shown.finding
    region = {
        "startLine": finding.span.line,
        "startColumn": shown.column,
        "endLine": finding.span.end_line,
        "endColumn": shown.end_column,
    }
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(path)}, "region": region}
    location: dict[str, object] = {"physicalLocation": physical}
    if shown.in_file is not None:
        # The region is one of the file, whose lines are those of its JSON; the cell is a part of it that has a name.
        physical["region"] = {"startLine": shown.in_file.line, "endLine": shown.in_file.end_line}
        location["logicalLocations"] = [{"name": f"cell {shown.cell}", "fullyQualifiedName": shown.place}]
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": index[finding.rule.code],
        "level": _LEVELS[finding.rule.severity],
        "message": {"text": _prefixed(shown, " ".join(filter(None, (finding.message, finding.chain))))},
        "locations": [location],
        "partialFingerprints": {"tf2lint/v1": _fingerprint(path, shown)},
        "properties": {
            "name": finding.name,
            "confidence": finding.confidence.value,
            "because": list(finding.because),
            "fix": Fix.of(finding).value,
            **({"url": finding.url} if finding.url else {}),
            **({"cell": shown.cell, **region} if shown.cell else {}),
        },
    }


def _prefixed(shown: Shown, words: str) -> str:
    """A sentence with the cell before it, for formats whose lines are those of the file."""
    return f"{shown.place}: {words}" if shown.cell else words


def _uri(path: str) -> str:
    """A path as a relative reference (RFC 3986), in which a colon would end a scheme."""
    from urllib.parse import quote

    return quote(pathlib.PurePath(path).as_posix(), safe="/!$&'()*+,;=@~", errors="surrogateescape")


def _fingerprint(path: str, shown: Shown) -> str:
    """A mark of a finding that stays when lines move: its file, rule, and the text of its line."""
    parts = (path.replace("\\", "/"), shown.finding.rule.code, shown.finding.name, shown.line.strip())
    return _digest("\0".join(parts))


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def github(results: Iterable[Result]) -> Iterator[str]:
    """A workflow command of GitHub for each finding, which annotates the line in a pull request."""
    for result in results:
        for shown in result.shown:
            finding = shown.finding
            lines = {
                "line": finding.span.line,
                "col": shown.column,
                "endLine": finding.span.end_line,
                "endColumn": shown.end_column,
            }
            where = {
                "file": result.path,
                **(lines if shown.in_file is None else {"line": shown.in_file.line}),
                "title": f"{finding.rule.code} {finding.rule.symbol}",
            }
            properties = ",".join(f"{key}={_property(str(value))}" for key, value in where.items())
            yield f"::{_GITHUB[finding.rule.severity]} {properties}::{_data(_prefixed(shown, finding.text))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def gitlab(results: Iterable[Result]) -> Iterator[str]:
    """The Code Quality report of GitLab: one JSON array."""
    seen: collections.Counter[str] = collections.Counter()
    records = []
    for result in results:
        for shown in result.shown:
            finding, span = shown.finding, shown.file_span
            mark = _fingerprint(result.path, shown)
            seen[mark] += 1  # Equal lines are told apart by their number, or only one of them would be shown.
            records.append(
                {
                    "description": f"{finding.rule.code} {_prefixed(shown, finding.text)}",
                    "check_name": finding.rule.symbol,
                    "fingerprint": _digest(f"{mark}{seen[mark]}"),
                    "severity": _GITLAB[finding.rule.severity],
                    "location": {
                        "path": result.path.replace("\\", "/").removeprefix("./"),
                        "lines": {"begin": span.line, "end": span.end_line},
                    },
                }
            )
    yield from json.dumps(records, indent=1).splitlines()


def junit(results: Iterable[Result]) -> Iterator[str]:
    """JUnit's XML: a test case for each file, failed once for each finding."""
    listed = list(results)
    failures = sum(len(result.shown) for result in listed)
    errors = sum(bool(result.failure) for result in listed)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<testsuite name="tf2lint" tests="{len(listed)}" failures="{failures}" errors="{errors}">'
    for result in listed:
        yield f"  <testcase name={_attribute(result.path)}>"
        for shown in result.shown:
            finding = shown.finding
            kind = _attribute(f"{finding.rule.code} {finding.rule.symbol}")
            place = f"{result.path}:{shown.place}"
            yield f"    <failure type={kind} message={_attribute(finding.message)}>"
            yield f"{_xml(place)}: {_xml(finding.text)}</failure>"
        if result.failure:
            yield f"    <error>{_xml(result.failure)}</error>"
        yield "  </testcase>"
    yield "</testsuite>"


def _xml(value: str) -> str:
    """A text without the characters that XML can not hold, which a file name or a program may."""
    from xml.sax.saxutils import escape

    kept = "".join(c if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff") else "?" for c in value)
    return escape(kept.replace("\ufffe", "?").replace("\uffff", "?"))


def _attribute(value: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_xml(value).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def statistics(results: Iterable[Result]) -> Iterator[str]:
    """How often each rule spoke, most often first."""
    counts: collections.Counter[str] = collections.Counter(
        shown.finding.rule.code for result in results for shown in result.shown
    )
    known = {rule.code: rule for rule in checkers.rules()}
    width = len(str(max(counts.values(), default=0)))
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {code}  {known[code].symbol}"
