"""What a language server keeps of one workspace: what was learned about its projects, and what was last said."""

from __future__ import annotations

import collections
import dataclasses
import threading

from tf2lint.cli.lint import Worker
from tf2lint.cli.results import Shown
from tf2lint.cli.rewriting import Fixer, Outcome, apply
from tf2lint.cli.selection import selection
from tf2lint.cli.tolerance import Tolerance
from tf2lint.config import ConfigError, Options
from tf2lint.findings import Finding
from tf2lint.lsp.document import Document

_KEPT = 32


@dataclasses.dataclass(frozen=True, eq=False)
class Looked:
    """What came of a document: findings to show, or why there are none, and warnings about the configuration.

    `found` is what no comment suppresses, `shown` what the baseline does not allow either; `failure` is the traceback
    of an internal error. `fixes`, by rule (all: "") and whether unsafe edits count, is what becomes of the document,
    `hidden` what the edits of a finding would hide: both are found out when they are asked for.
    """

    document: Document
    found: tuple[Shown, ...] = ()
    shown: tuple[Shown, ...] = ()
    problem: str = ""
    failure: str = ""
    warnings: tuple[str, ...] = ()
    fixes: dict[tuple[str, bool], Outcome] = dataclasses.field(default_factory=dict)
    hidden: dict[Finding, str] = dataclasses.field(default_factory=dict)


class Session:
    """Lints the documents of one workspace as `tf2lint check` would if they were saved.

    A server asks from several threads, and what is kept is for one at a time.
    """

    def __init__(self) -> None:
        self._worker = Worker(Options())
        self._lock = threading.RLock()
        self._looked: dict[str, Looked] = {}

    def look(self, document: Document) -> Looked:
        """Lint a document, by its project's configuration and modules as they lie on the disk now."""
        with self._lock:
            looked = self._look(document)
            self._looked.pop(document.uri, None)
            self._looked[document.uri] = looked
            for uri in list(self._looked)[:-_KEPT]:
                del self._looked[uri]
            return looked

    def known(self, document: Document) -> Looked:
        """What was said of a document last, if that is of its present text; else it is linted."""
        with self._lock:
            looked = self._looked.get(document.uri)
            if looked is None or looked.document.text != document.text:
                return self.look(document)
            return looked

    def _look(self, document: Document) -> Looked:
        projects = self._worker.refresh()
        try:
            settings = projects.of(document.path)
            result = self._worker.lint(document.path, document.content)
            shown = tuple(Tolerance(projects).above(result))
        except ConfigError as error:
            return Looked(document, problem=f"{error}. Nothing is linted until that is mended.")
        if result.failure:
            return Looked(document, problem=f"{result.error}. Please report this.", failure=result.failure)
        return Looked(document, result.shown, shown, warnings=settings.warnings)

    def fixed(self, looked: Looked, code: str = "", *, unsafe: bool = False) -> Outcome:
        """What `tf2lint fix` makes of a document, for one rule or for all. Raises ConfigError."""
        with self._lock:
            key = code, unsafe
            if key not in looked.fixes:
                fixer = Fixer(self._worker, selection([code] if code else [], []), unsafe=unsafe)
                looked.fixes[key] = fixer.fix(looked.document.path, looked.document.content)
            return looked.fixes[key]

    def hidden(self, looked: Looked, finding: Finding) -> str:
        """The codes of other findings that could not be told any more after the edits of one. Raises ConfigError.

        Some calls are judged by whether the module was written for TensorFlow 1, which its other names show.
        """
        with self._lock:
            if finding not in looked.hidden:
                document = looked.document
                edited = dataclasses.replace(document, text=apply(document.linted, finding.edits))
                left = self._worker.lint(document.path, edited.content).shown
                before, after = (
                    collections.Counter(s.finding.rule.code for s in shown) for shown in (looked.found, left)
                )
                before[finding.rule.code] -= 1
                looked.hidden[finding] = ", ".join(sorted(before - after))
            return looked.hidden[finding]
