"""What `tf2lint report` is about: files that it lints, and SARIF files."""

from __future__ import annotations

import argparse
import collections
import dataclasses
import os
import pathlib
import sys
from collections.abc import Iterable, Sequence

from tf2lint import checkers, config
from tf2lint.api import versions
from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.cli.lint import lint_all
from tf2lint.cli.options import cache_of, files_of, host_options, items
from tf2lint.cli.progress import watched
from tf2lint.cli.results import Result, Shown
from tf2lint.cli.selection import Selection, selection
from tf2lint.cli.status import CLEAN, FAILED
from tf2lint.findings import Fix
from tf2lint.report import sarif
from tf2lint.report.history import History, history
from tf2lint.report.measure import measure
from tf2lint.report.model import About, File, Hit, Repository, Trouble
from tf2lint.visible import visible

_SUFFIX = ".sarif"


class Sources:
    """What the arguments name, as repositories, and all that has to be said about them."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._chosen = selection(items(arguments.select), items(arguments.ignore))
        self.status = CLEAN
        self.title = ""
        self.repositories: list[Repository] = []
        self.histories: list[tuple[str, History]] = []
        self.notes: list[str] = []
        self.targets: list[str] = []
        self._troubles: list[Trouble] = []

    def read(self) -> None:
        """Look at everything that the arguments name. Raises ConfigError."""
        given = self._arguments
        logs = [path for path in given.paths if given.sarif or path.endswith(_SUFFIX)]
        paths = [path for path in given.paths if path not in logs]
        if len(given.name) > len(logs) + bool(paths):
            raise config.ConfigError("option --name: more names than projects")
        if paths:
            self._lint(paths)
        if logs:
            self._join(logs, given.name[bool(paths) :])
        names = [repository.name for repository in self.repositories]
        self.title = " and ".join(names) if 0 < len(names) < 4 else f"{len(names)} repositories"
        if len(names) == 1:
            self.repositories = [dataclasses.replace(self.repositories[0], name="")]

    def _lint(self, paths: Sequence[str]) -> None:
        """Lint files and folders. Raises ConfigError."""
        host = host_options(self._arguments, self._chosen.enabled)
        projects, shown = config.Projects(host), set[str]()
        files = files_of(self._arguments, projects, self._problem, paths=paths)
        if not files and self.status == CLEAN:
            print("tf2lint: no Python files there", file=sys.stderr)
        settings = list(dict.fromkeys(projects.of(path) for path in files))
        for each in settings:
            config.warn(each, shown)
        shorter = _names([*paths, *files, *(each.path for each in self._troubles)])
        linted = lint_all(files, host, self._arguments.jobs, cache_of(self._arguments, projects), projects)
        results = list(watched(linted, len(files)))
        measures = measure(files, projects)
        found = []
        for result in results:
            if result.failure:
                self._problem(result.path, result.plea, says=result.error)
            known = measures.get(result.path)
            hits = _hits(result, self._chosen, self._troubles)
            lines, importers = (None, None) if known is None else (known.lines, known.importers)
            found.append(File(shorter[result.path], lines, importers, hits))
        troubles = tuple(Trouble(shorter.get(each.path, each.path), each.reason) for each in self._troubles)
        name = (self._arguments.name or [_project(paths)])[0]
        self.repositories.append(Repository(name, tuple(found), troubles))
        self.targets = sorted({versions.describe(each.target) for each in settings})
        baselines = dict.fromkeys(each.baseline for each in settings if each.baseline is not None)
        called = _names([os.fspath(path) for path in baselines])
        self.histories = [(called[os.fspath(path)], history(path)) for path in baselines]

    def _join(self, paths: Sequence[str], names: Sequence[str]) -> None:
        """Take in SARIF files; one that can not be used does not keep the others from being read."""
        logs: list[tuple[str, sarif.Log]] = []
        for number, path in enumerate(paths):
            try:
                log = sarif.read(pathlib.Path(path).read_bytes())
            except OSError as error:
                self._left_out(path, f": {error.strerror or error}")
                continue
            except sarif.SarifError as error:
                self._left_out(path, f":{error}")
                continue
            for tool in log.ignored:
                said = f"{os.path.basename(path)}: a run of {tool or 'an unnamed tool'} is passed over"
                print(f"tf2lint: warning: {visible(said)}", file=sys.stderr)
                self.notes.append(f"{said}.")
            given = names[number] if number < len(names) else log.name
            logs.append((given or _stem(path), log))
        taken = [repository.name for repository in self.repositories]
        for name in _distinct([*taken, *(name for name, _ in logs)])[len(taken) :]:
            log = logs.pop(0)[1]
            self.repositories.append(_selected(log.named(name), self._chosen))

    def _left_out(self, path: str, reason: str) -> None:
        print(f"tf2lint: {visible(path)}{visible(reason)}", file=sys.stderr)
        self.notes.append(f"{os.path.basename(path)} could not be used and is not in these numbers{reason}.")
        self.status = FAILED

    def _problem(self, path: str, reason: str, *, says: str = "") -> None:
        print(f"tf2lint: {visible(path)}: {reason}", file=sys.stderr)
        self._troubles.append(Trouble(path, says or reason))
        self.status = FAILED


def _hits(result: Result, chosen: Selection, troubles: list[Trouble]) -> tuple[Hit, ...]:
    """What was found in a file; what says that it could not be analysed goes to the troubles."""
    hits = []
    for shown in result.shown:
        if shown.finding.rule.code == NOT_ANALYSED.code:
            troubles.append(Trouble(result.path, f"{shown.place}: {shown.finding.message}"))
        elif shown.finding.rule in chosen:
            hits.append(_hit(shown))
    return tuple(hits)


def _hit(shown: Shown) -> Hit:
    finding, rule = shown.finding, shown.finding.rule
    about = About(rule.code, rule.symbol, rule.summary, rule.url, rule.severity)
    message = " ".join(filter(None, (finding.message, finding.chain)))
    return Hit(about, shown.place, message, finding.url or rule.url, Fix.of(finding))


def _selected(repository: Repository, chosen: Selection) -> Repository:
    """A repository with the findings of the selected rules; those that this version does not know stay."""
    hidden = {rule.code for rule in checkers.rules() if rule not in chosen}
    files = (
        dataclasses.replace(file, hits=tuple(hit for hit in file.hits if hit.about.code not in hidden))
        for file in repository.files
    )
    return Repository(repository.name, tuple(files), repository.troubles)


# Names


def _names(paths: Iterable[str]) -> dict[str, str]:
    """Paths as the page shows them: from the current directory where all lie below it, else from what they share."""
    whole = {path: os.path.abspath(path) for path in paths}
    here = os.getcwd()
    base = here
    if not all(pathlib.PurePath(path).is_relative_to(here) for path in whole.values()):
        try:
            base = os.path.commonpath(whole.values())
        except ValueError:  # Windows: they lie on several drives.
            return {path: pathlib.PurePath(path).name for path in whole}
        base = os.path.dirname(base)
    return {path: pathlib.PurePath(os.path.relpath(known, base)).as_posix() for path, known in whole.items()}


def _project(paths: Sequence[str]) -> str:
    """The name of what is linted: the folder's, if there is but one, else the current directory's."""
    only = os.path.abspath(paths[0] if len(paths) == 1 and os.path.isdir(paths[0]) else "")
    return os.path.basename(only) or "report"


def _stem(path: str) -> str:
    name = os.path.basename(path)
    return next((name[: -len(end)] for end in (".sarif.json", _SUFFIX, ".json") if name.endswith(end)), name)


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, numbered where they are the same, and without slashes, which would make folders of them."""
    seen: collections.Counter[str] = collections.Counter()
    found = []
    for name in names:
        plain = name.replace("/", "_") or "unnamed"
        seen[plain] += 1
        found.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return found
