"""`tf2lint config [PATH]`: what holds for a file or a folder, and who says so."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import pathlib
from collections.abc import Iterator

from tf2lint import config
from tf2lint.api import versions
from tf2lint.cli.options import add_versions, host_options
from tf2lint.cli.status import CLEAN

TYPE_CHECKING = False
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_DEFAULT = "default"


def add_to(commands: Commands) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "config",
        help="print what is configured, and where",
        description="Print the configuration of a file or a folder: each key with its value and who says it, and the "
        "versions that follow. Exit status 2: it can not be used.",
    )
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="default: the current directory")
    add_versions(parser)
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the configuration of a path. Raises ConfigError."""
    if not os.path.exists(arguments.path):
        raise config.ConfigError(f"{arguments.path}: no such file or directory")
    whole = pathlib.Path(os.path.abspath(arguments.path))
    inside = whole / "module.py" if whole.is_dir() else whole
    projects = config.Projects(host_options(arguments))
    found = _Found(
        arguments.path, projects.of(inside), projects.said(inside), config.roots_of(inside, projects.of(inside))
    )
    if arguments.output_format == "json":
        print(json.dumps(found.record(), indent=1))
    else:
        print(*found.lines(), sep="\n")
    return CLEAN


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    path: str
    settings: config.Config
    said: config.Said
    roots: tuple[pathlib.Path, ...]

    def record(self) -> dict[str, object]:
        settings = self.settings
        worlds = list(versions.members(settings.target))
        return {
            "path": self.path,
            "project": None if settings.project is None else str(settings.project),
            "source": None if settings.source is None else str(settings.source),
            "target": {
                "words": self._target(),
                "tensorflow": list(dict.fromkeys(world.tensorflow for world in worlds)),
                "keras": sorted({world.keras for world in worlds}, key=lambda minor: [*map(int, minor.split("."))]),
                "origin": settings.target_origin,
            },
            "keys": {key: {"value": value, "origin": origin} for key, (value, origin) in self.said.items()},
            "module_roots": [str(root) for root in self.roots],
            "warnings": list(settings.warnings),
        }

    def lines(self) -> Iterator[str]:
        settings = self.settings
        yield f"{self.path}: judged by {self._target()}"
        yield f"  {settings.target_origin}"
        yield f"project: {settings.project or 'none'}"
        yield f"configuration: {settings.source or 'none'}"
        yield f"modules are looked for in: {', '.join(map(str, self.roots))}"
        yield ""
        width = max(map(len, self.said))
        for key, (value, origin) in self.said.items():
            yield f"{key:<{width}} = {_words(value)}  ({origin})"
        for warning in settings.warnings:
            yield f"warning: {warning}"

    def _target(self) -> str:
        if self.settings.unknown_target:
            return f"no known TensorFlow: it is newer than {versions.TENSORFLOW[-1]}"
        return f"TensorFlow {versions.describe(self.settings.target)}"


def _words(value: object) -> str:
    if value is None:
        return "not set"
    if isinstance(value, dict):
        return "; ".join(f"{pattern}: {', '.join(names)}" for pattern, names in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return str(value) or "none"
