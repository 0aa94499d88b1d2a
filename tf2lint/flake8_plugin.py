"""The flake8 plugin, found by its entry point: codes TF101 and so on.

flake8 hands over the lines of a file, or of an editor's buffer on standard input; nothing is read again. Suppression
(`noqa`, `per-file-ignores`, `select`) is flake8's own; rules that are off by default are held back here, since a user's
`ignore` would discard flake8's list of them.
"""

from __future__ import annotations

import argparse
import ast
import functools
import os
import pathlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from flake8.exceptions import ExecutionError

import tf2lint
from tf2lint import baseline, config, source

if TYPE_CHECKING:
    from flake8.options.manager import OptionManager

    from tf2lint.engine import Linter
    from tf2lint.findings import Finding


class Plugin:
    """What flake8 makes for each file."""

    name = "tf2lint"
    version = tf2lint.__version__

    _projects: ClassVar[config.Projects] = config.Projects()
    _warned: ClassVar[set[str]] = set()

    def __init__(self, tree: ast.Module, filename: str, lines: list[str]) -> None:
        self._tree = tree
        self._path = pathlib.Path(os.path.abspath(filename))
        self._text = "".join(lines)

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Called by flake8 before it reads any configuration."""
        manager.add_option(
            "--tf2lint-tensorflow",
            default="",
            parse_from_config=True,
            metavar="SPECIFIER",
            help="The TensorFlow versions that the code is meant for, such as '>=2.12,<2.22'.",
        )
        manager.add_option(
            "--tf2lint-keras",
            default="",
            parse_from_config=True,
            metavar="SPECIFIER",
            help="The Keras versions behind tf.keras, '<3' for tf_keras.",
        )
        manager.add_option(
            "--tf2lint-enable",
            default="",
            parse_from_config=True,
            comma_separated_list=True,
            metavar="RULES",
            help="Codes or symbols of rules to switch on that are off by default; 'all' for all of them.",
        )
        manager.add_option(
            "--tf2lint-roots",
            default="",
            parse_from_config=True,
            comma_separated_list=True,
            metavar="FOLDERS",
            help="Folders that hold the project's top-level modules, besides those that tf2lint finds by itself.",
        )
        manager.add_option(
            "--tf2lint-tracing-print",
            default="",
            parse_from_config=True,
            metavar="REGEX",
            help="What a print in a tf.function says that is meant to run while tracing, such as 'Tracing'.",
        )

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Called by flake8 once it knows its options. Raises ExecutionError, which flake8 shows as a message."""
        cls._projects = config.Projects(
            config.Options(
                tensorflow=options.tf2lint_tensorflow or None,
                keras=options.tf2lint_keras or None,
                enable=tuple(options.tf2lint_enable) or None,
                roots=tuple(options.tf2lint_roots) or None,
                tracing_print=options.tf2lint_tracing_print or None,
                origin=tuple((key, f"option tf2lint-{key}") for key in config.KEYS),
            )
        )
        _linter.cache_clear()
        # What is wrong there is said before anything is linted.
        cls._above(cls._config_of(here := pathlib.Path.cwd() / "module.py"), here, "", [])

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """The findings as flake8 wants them. Raises ExecutionError for a configuration that can not be used."""
        settings = self._config_of(self._path)
        lines = source.lines(self._text)
        for finding in self._findings(settings):
            column, _ = finding.span.characters(lines)
            # flake8 adds one to what it is given.
            yield finding.span.line, column - 1, f"{finding.rule.code} {finding.text}", type(self)

    def _findings(self, settings: config.Config) -> list[Finding]:
        """What is handed to flake8, which knows its own comments."""
        found = _linter(settings).lint(self._path, self._text, syntax=self._tree)
        found = [finding for finding in found if settings.wants(finding.rule)]
        return self._above(settings, self._path, self._text, found)

    @staticmethod
    def _above(settings: config.Config, path: pathlib.Path, text: str, found: list[Finding]) -> list[Finding]:
        """The findings without those that the project's baseline tolerates."""
        try:
            return list(baseline.above(settings, path, text, found))
        except config.ConfigError as error:
            raise ExecutionError(f"tf2lint: {error}") from error

    @classmethod
    def _config_of(cls, path: pathlib.Path) -> config.Config:
        try:
            found = cls._projects.of(path)
        except config.ConfigError as error:
            raise ExecutionError(f"tf2lint: {error}") from error
        config.warn(found, cls._warned)
        return found


@functools.cache
def _linter(settings: config.Config) -> Linter:
    from tf2lint.engine import Linter  # Not before there is a file to lint: it brings astroid with it.

    return Linter(settings, edits=False)
