"""What a language server keeps of one workspace: what was learned about its projects, and what was last said."""

from __future__ import annotations

import dataclasses
import threading

from tf2lint.cli.fix import Fixer, Outcome
from tf2lint.cli.lint import Shown, Worker
from tf2lint.cli.selection import selection
from tf2lint.cli.tolerance import Tolerance
from tf2lint.config import ConfigError, Options
from tf2lint.lsp.document import Document

_KEPT = 32


@dataclasses.dataclass(frozen=True, eq=False)
class Looked:
    """What came of a document: findings to show, or why there are none, and warnings about the configuration.

    `failure` is the traceback of an internal error, `fixes` what became of it by rule (all: "") and by unsafe edits.
    """

    document: Document
    shown: tuple[Shown, ...] = ()
    problem: str = ""
    failure: str = ""
    warnings: tuple[str, ...] = ()
    fixes: dict[tuple[str, bool], Outcome | None] = dataclasses.field(default_factory=dict)


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
            last = result.failure.strip().splitlines()[-1]
            return Looked(document, problem=f"internal error: {last}. Please report this.", failure=result.failure)
        return Looked(document, shown, warnings=settings.warnings)

    def fixed(self, looked: Looked, code: str = "", *, unsafe: bool = False) -> Outcome | None:
        """What `tf2lint fix` makes of a document, for one rule or for all; None where it has nothing to rewrite."""
        with self._lock:
            key = code, unsafe
            if key not in looked.fixes:
                fixer = Fixer(self._worker, selection([code] if code else [], []), unsafe=unsafe)
                try:
                    outcome = fixer.fix_content(looked.document.path, looked.document.content)
                except ConfigError:
                    return None
                looked.fixes[key] = outcome if outcome.refused or outcome.after != outcome.before else None
            return looked.fixes[key]
