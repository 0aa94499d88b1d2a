"""Quick fixes: of one finding, of all of its rule, of all that is safe in the file; or a comment that disables one."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
import tokenize
from collections.abc import Iterable, Iterator

from tf2lint import source
from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.cli.results import Shown
from tf2lint.cli.rewriting import Outcome, apply
from tf2lint.cli.takers import Takers
from tf2lint.config import ConfigError
from tf2lint.findings import Finding
from tf2lint.lsp.document import Document, Json
from tf2lint.lsp.session import Looked, Session
from tf2lint.suppress import Suppressions

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.tf2lint"

_SHORT = 80
_NOQA = re.compile(r"# noqa:\s?[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class Asked:
    """What a client wants to know: a range, the diagnostics that it has there, and the kinds that it has a use for.

    `versioned` says that it takes edits of a document in a certain version, `disabled` that it shows actions which can
    not be taken, with the reason.
    """

    extent: Json
    diagnostics: tuple[Json, ...] = ()
    only: tuple[str, ...] = ()
    versioned: bool = False
    disabled: bool = False

    def wants(self, kind: str) -> bool:
        """Whether actions of a kind are asked for; a kind is asked for with those above it."""
        return not self.only or any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in self.only)

    def names(self, reported: Json) -> bool:
        """Whether a finding is meant: in the range, or told by the client, which may ask for a whole line.

        A client may tell columns otherwise than they were told to it: Neovim 0.7 does.
        """
        start, end = _pair(reported["range"]["start"]), _pair(reported["range"]["end"])
        if start <= _pair(self.extent["end"]) and _pair(self.extent["start"]) <= end:
            return True
        return any(
            told.get("code") == reported.get("code") and told["range"]["start"]["line"] == start[0]
            for told in self.diagnostics
        )


def actions(session: Session, document: Document, asked: Asked, reported: Iterable[Json]) -> list[Json]:
    """The actions for a place of a document; `reported` are its diagnostics, in the order of its findings."""
    looked = session.known(document)
    if not document.is_exact or looked.problem:
        return []
    pairs = [(shown, told) for shown, told in zip(looked.shown, reported, strict=True) if asked.names(told)]
    try:
        return list(_Actions(session, dataclasses.replace(looked, document=document), asked).all(pairs))
    except ConfigError:  # It went wrong in the meantime, which the next diagnostics say.
        return []


class _Actions:
    """Makes the actions of one request."""

    def __init__(self, session: Session, looked: Looked, asked: Asked) -> None:
        self._session = session
        self._looked = looked
        self._document = looked.document
        self._asked = asked
        self._takers = Takers()

    def all(self, pairs: list[tuple[Shown, Json]]) -> Iterator[Json]:
        """In the order in which they are most likely wanted."""
        if self._asked.wants(QUICK_FIX):
            for shown, told in pairs:
                if shown.finding.edits:
                    yield from self._fix(shown.finding, told)
            for finding in {shown.finding.rule: shown.finding for shown, _ in pairs if shown.finding.edits}.values():
                yield from self._fix_rule(finding)
            for shown, told in pairs:
                yield from self._disable(shown.finding, told)
        if self._asked.wants(FIX_ALL) and self._is_about_all(pairs):
            yield from self._fix_all()

    def _is_about_all(self, pairs: list[tuple[Shown, Json]]) -> bool:
        """Whether it is worth the time to find out what becomes of the whole file."""
        found = self._looked.shown if self._asked.only else [shown for shown, _ in pairs]
        return any(shown.finding.edits and shown.finding.is_safe for shown in found)

    def _fix(self, finding: Finding, told: Json) -> Iterator[Json]:
        safe = finding.is_safe
        title = self._title(finding) + ("" if safe else " (unsafe: it may behave differently)")
        action = {"title": title, "kind": QUICK_FIX, "diagnostics": [told]}
        if self._takers.forbid(self._document.path, finding):
            yield from self._refused(action, "another module takes the name from this one")
            return
        hidden = self._session.hidden(self._looked, finding) if safe else ""
        if hidden:
            yield from self._refused(action, f"it would hide {hidden}, which only you can settle")
            return
        edits = [
            {"range": self._document.range_of_bytes(edit.start, edit.end), "newText": edit.replacement}
            for edit in finding.edits
        ]
        yield {**action, "isPreferred": safe, "edit": self._workspace_edit(edits)}

    def _refused(self, action: Json, reason: str) -> Iterator[Json]:
        """An action that can not be taken, for clients that say why."""
        if self._asked.disabled:
            yield {**action, "disabled": {"reason": reason}}

    def _title(self, finding: Finding) -> str:
        """What the edits do, as far as a few words can say it."""
        before, after = self._spelled(finding)
        words = f"write `{after}` for `{before}`" if before and after else "fix"
        return f"{finding.rule.code} {finding.rule.symbol}: {words}"

    def _spelled(self, finding: Finding) -> tuple[str, str]:
        """What stands at a finding now and after its edits; empty where that is not all of it, or long."""
        data, span = source.encoded(self._document.linted), finding.span
        starts = source.starts(data)
        first, last = starts[span.line - 1] + span.column, starts[span.end_line - 1] + span.end_column
        if span.line != span.end_line or last - first > _SHORT:
            return "", ""
        text = data[first:last].decode()
        edits = [
            dataclasses.replace(edit, start=edit.start - first, end=edit.end - first)
            for edit in finding.edits
            if first <= edit.start and edit.end <= last
        ]
        return (text, apply(text, edits)) if len(edits) == len(finding.edits) else ("", "")

    def _fix_rule(self, finding: Finding) -> Iterator[Json]:
        rule, safe = finding.rule, finding.is_safe
        alike = sum(shown.finding.rule is rule and bool(shown.finding.edits) for shown in self._looked.shown)
        if alike < 2:
            return
        title = f"{rule.code} {rule.symbol}: fix all in this file"
        title += "" if safe else " (unsafe: they may behave differently)"
        yield from self._whole(title, QUICK_FIX, self._session.fixed(self._looked, rule.code, unsafe=not safe))

    def _fix_all(self) -> Iterator[Json]:
        yield from self._whole("tf2lint: fix all that is safe in this file", FIX_ALL, self._session.fixed(self._looked))

    def _whole(self, title: str, kind: str, outcome: Outcome) -> Iterator[Json]:
        action = {"title": title, "kind": kind}
        if outcome.after != outcome.before:
            edits = list(self._document.changes(source.decode(outcome.after)))
            yield {**action, "edit": self._workspace_edit(edits)}
        elif outcome.refused:
            yield from self._refused(action, outcome.refused)

    def _disable(self, finding: Finding, told: Json) -> Iterator[Json]:
        if finding.rule is NOT_ANALYSED:
            return
        found = suppressed(self._document.linted, finding)
        if found is None:
            return
        line, column, written = found
        place = self._document.position(line, column)
        yield {
            "title": f"{finding.rule.code} {finding.rule.symbol}: disable for this line",
            "kind": QUICK_FIX,
            "diagnostics": [told],
            "isPreferred": False,
            "edit": self._workspace_edit([{"range": {"start": place, "end": place}, "newText": written}]),
        }

    def _workspace_edit(self, edits: list[Json]) -> Json:
        document = self._document
        if not self._asked.versioned:
            return {"changes": {document.uri: edits}}
        identifier = {"uri": document.uri, "version": document.version}
        return {"documentChanges": [{"textDocument": identifier, "edits": edits}]}


def suppressed(text: str, finding: Finding) -> tuple[int, int, str] | None:
    """What to write where so that a comment suppresses a finding: line and character from 0; None where none can."""
    lines = source.lines(text)
    taken = _without_comment(lines)
    if taken is None:
        return None
    number = next((n for n in itertools.count(finding.span.line) if n not in taken), 0)
    if not 0 < number <= len(lines):
        return None
    line = lines[number - 1]
    known = _NOQA.search(line)
    column, written = (
        (known.end(), f", {finding.rule.code}") if known else (len(line), f"  # noqa: {finding.rule.code}")
    )
    changed = [*lines[: number - 1], line[:column] + written + line[column:], *lines[number:]]
    if not Suppressions("\n".join(changed)).suppresses(finding):
        return None
    return number - 1, column, written


def _without_comment(lines: list[str]) -> set[int] | None:
    """The lines that no comment can end: within a string, or before a backslash; None where Python can not tell."""
    found: set[int] = set()
    opened: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
            name = tokenize.tok_name[token.type]
            if name in ("FSTRING_START", "TSTRING_START"):  # Since Python 3.12 and 3.14; a STRING before.
                opened.append(token.start[0])
            elif name in ("FSTRING_END", "TSTRING_END") and opened:
                found.update(range(opened.pop(), token.end[0]))
            elif token.type == tokenize.STRING:
                found.update(range(token.start[0], token.end[0]))
    except (tokenize.TokenError, SyntaxError):
        return None
    continued = (number for number, line in enumerate(lines, start=1) if line.endswith("\\"))
    return found.union(continued)


def _pair(position: Json) -> tuple[int, int]:
    return position["line"], position["character"]
