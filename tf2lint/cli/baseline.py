"""`tf2lint baseline PATH…`: write down how many findings there are, so that as many are tolerated."""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
from collections.abc import Mapping, Sequence

from tf2lint import baseline, config
from tf2lint.cli import atomic
from tf2lint.cli.lint import lint_all
from tf2lint.cli.options import add_run, add_target, cache_of, files_of, host_options
from tf2lint.cli.progress import watched
from tf2lint.cli.results import Result
from tf2lint.cli.status import CLEAN, FAILED
from tf2lint.cli.tolerance import Tolerance, is_below
from tf2lint.cli.words import counted
from tf2lint.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "baseline",
        help="write down how many findings there are, to be told of new ones alone",
        description="Write the counts of findings by file and rule, which `check` and the plugins then tolerate. "
        "Exit status 0: written, 2: not all was done.",
    )
    add_target(parser)
    add_run(parser)
    parser.add_argument(
        "--prune", action="store_true", help="lower counts and remove what is gone, and raise or add nothing"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Lint what the arguments name and write the counts. Raises ConfigError."""
    cache = cache_of(arguments, config.Projects(host_options(arguments)))
    host = host_options(arguments)
    projects = config.Projects(host)
    problems: list[str] = []

    def problem(path: str, reason: str) -> None:
        problems.append(path)
        print(f"tf2lint: {visible(path)}: {reason}", file=sys.stderr)

    shown: set[str] = set()
    by_target: dict[pathlib.Path, list[str]] = {}
    for path in files_of(arguments, projects, problem):
        config.warn(projects.of(path), shown)
        by_target.setdefault(_target(projects, path), []).append(path)
    if not by_target and not problems:
        print("tf2lint: no Python files there", file=sys.stderr)
    for target, paths in by_target.items():
        _require_inside(target, projects.of(paths[0]), chosen=bool(arguments.baseline or arguments.config))
        if arguments.prune or target.exists():
            baseline.load(target)  # What is wrong with it is said before anything is linted.
    for target, paths in by_target.items():
        results = list(watched(lint_all(paths, host, arguments.jobs, cache), len(paths)))
        for result in results:
            if result.failure:
                problem(result.path, result.plea)
        # Where not all could be read, what was not seen need not be gone.
        gone_below = () if problems else arguments.paths
        if arguments.prune:
            counts = _pruned(target, projects, results, gone_below)
        else:
            counts = _counted(target, results, gone_below)
        try:
            _write(target, counts)
        except OSError as error:
            problem(str(target), error.strerror or str(error))
            continue
        if projects.of(paths[0]).baseline is None:
            print(f"To have it honoured, configure tf2lint in {target.parent}: baseline = {target.name}")
    return FAILED if problems else CLEAN


def _target(projects: config.Projects, path: str) -> pathlib.Path:
    """The baseline that a file is counted in: the one it is held against, else one beside its configuration."""
    settings = projects.of(path)
    if settings.baseline is not None:
        return settings.baseline
    if settings.source is not None:
        return settings.source.parent / baseline.DEFAULT_NAME
    here = pathlib.Path.cwd()
    return (projects.of_folder(here).project or here) / baseline.DEFAULT_NAME


def _require_inside(target: pathlib.Path, settings: config.Config, *, chosen: bool) -> None:
    """Write nowhere but in the project, unless who runs this has named the place. Raises ConfigError."""
    top = settings.project
    if not chosen and top is not None and not target.is_relative_to(top):
        raise config.ConfigError(
            f"{settings.source}: baseline: {target} lies outside of {top}: name it with --baseline to have it written"
        )
    if atomic.leads_out(target, top):
        raise config.ConfigError(f"{target}: it is a link that leads out of the project: name another file")


def _counted(target: pathlib.Path, results: Sequence[Result], gone_below: Sequence[str]) -> dict[str, baseline.Counts]:
    """What was found, and what the baseline says of files that were not looked at."""
    old = baseline.load(target).counts if target.exists() else {}
    counts = {key: allowed for key, allowed in old.items() if not is_below(key, target, gone_below)}
    for result in results:
        key = baseline.relative(result.path, target)
        found = baseline.count(shown.finding for shown in result.shown)
        counts[key] = old.get(key, {}) if result.failure else found
    return counts


def _pruned(
    target: pathlib.Path, projects: config.Projects, results: Sequence[Result], gone_below: Sequence[str]
) -> dict[str, baseline.Counts]:
    tolerance = Tolerance(projects, lambda _: target)
    for result in results:
        tolerance.see(result)
    return tolerance.tightened(target, gone_below)


def _write(target: pathlib.Path, counts: Mapping[str, baseline.Counts]) -> None:
    """Write a baseline, if that changes it, and say what is in it. Raises OSError."""
    data = baseline.dump(counts).encode()
    if not target.exists() or target.read_bytes() != data:
        atomic.write(target, data)
    kept = [sum(allowed.values()) for allowed in counts.values() if any(allowed.values())]
    print(f"{visible(os.path.relpath(target))}: {counted(sum(kept), 'finding')} in {counted(len(kept), 'file')}")
