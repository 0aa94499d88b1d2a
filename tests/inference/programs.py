"""Lints small programs, given as text, in a project of one or more files."""

from __future__ import annotations

import dataclasses
import pathlib
import textwrap

from packaging.specifiers import SpecifierSet

from tf2lint.api import versions
from tf2lint.config import Options, Projects
from tf2lint.engine import Linter
from tf2lint.findings import Finding


def target(tensorflow: str | None = None, keras: str | None = None) -> int:
    """The worlds that version specifiers select."""
    return versions.worlds(
        None if tensorflow is None else SpecifierSet(tensorflow), None if keras is None else SpecifierSet(keras)
    )


def findings(
    folder: pathlib.Path, text: str, *, worlds: int | None = None, enable: str = "", files: dict[str, str] | None = None
) -> list[Finding]:
    """What is said of a program; `files` are the project's other modules, by path."""
    for name, content in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(content))
    path = folder / "program.py"
    config = Projects(Options(enable=tuple(enable.split()))).of(path)
    if worlds is not None:
        config = dataclasses.replace(config, target=worlds)
    return Linter(config).lint(path, textwrap.dedent(text))


def told(
    folder: pathlib.Path, text: str, *, worlds: int | None = None, enable: str = "", files: dict[str, str] | None = None
) -> list[str]:
    """The same as "LINE symbol"."""
    found = findings(folder, text, worlds=worlds, enable=enable, files=files)
    return [f"{finding.span.line} {finding.rule.symbol}" for finding in found]
