"""The pylint plugin: `pylint --load-plugins=tf2lint`.

One checker per family of rules, so that `--disable=tf2lint-names` works; they share one analysis of each module. Its
text is parsed again by the engine, as in the other front ends, so that the answers are the same: what pylint's tree
holds depends on what is installed and on what was linted before.
"""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import os
import pathlib
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from astroid import nodes
from pylint.checkers import BaseChecker
from pylint.interfaces import HIGH, INFERENCE

from tf2lint import baseline, checkers, config, pylint_brain, source
from tf2lint.checkers.arguments import REMOVED
from tf2lint.checkers.unavailable import RULE as UNAVAILABLE
from tf2lint.engine import Linter, not_analysed
from tf2lint.families import FAMILIES, Family, family_of
from tf2lint.findings import Confidence, Finding, Rule

if TYPE_CHECKING:
    from pylint.lint import PyLinter
    from pylint.typing import MessageDefinitionTuple, Options

_PATH = list(sys.path)
"""Where Python finds modules, before pylint puts the folders of what it lints in front."""

_USAGE_ERROR = 32
"""pylint's own exit status for a command line or configuration that it can not use."""

_OFF_BY_DEFAULT = None
"""How the state of a message says "off, and nobody asked for that": pylint itself writes True and False."""

_CONFIDENCE = {Confidence.BINDING: HIGH, Confidence.INFERENCE: INFERENCE}

_OPTIONS: Options = (
    (
        "tf2lint-tensorflow",
        {
            "default": "",
            "type": "string",
            "metavar": "<version specifier>",
            "help": "The TensorFlow versions that the code is meant for, such as '>=2.12,<2.22'. "
            "Default: what the project's configuration of tf2lint says, else the newest.",
        },
    ),
    (
        "tf2lint-keras",
        {
            "default": "",
            "type": "string",
            "metavar": "<version specifier>",
            "help": "The Keras versions behind tf.keras, '<3' for tf_keras. "
            "Default: what the project's configuration of tf2lint says, else the newest.",
        },
    ),
    (
        "tf2lint-enable",
        {
            "default": (),
            "type": "csv",
            "metavar": "<codes or symbols>",
            "help": "Rules of tf2lint to switch on that are off by default; 'all' for all of them.",
        },
    ),
    (
        "tf2lint-roots",
        {
            "default": (),
            "type": "csv",
            "metavar": "<folders>",
            "help": "Folders that hold the project's top-level modules, besides those that tf2lint finds by itself.",
        },
    ),
    (
        "tf2lint-tracing-print",
        {
            "default": "",
            "type": "string",
            "metavar": "<regular expression>",
            "help": "What a print in a tf.function says that is meant to run while tracing, such as 'Tracing'.",
        },
    ),
    (
        "tf2lint-brain",
        {
            "default": True,
            "type": "yn",
            "metavar": "<y or n>",
            "help": "Whether pylint's own checkers see TensorFlow as tf2lint knows it, installed or not.",
        },
    ),
)


@contextlib.contextmanager
def _own_path() -> Iterator[None]:
    """Let what is imported late not be found in the project under lint."""
    augmented = sys.path[:]
    sys.path[:] = _PATH
    try:
        yield
    finally:
        sys.path[:] = augmented


def register(linter: PyLinter) -> None:
    """Add a checker for each family that has rules. Called by pylint, in each worker again."""
    if any(isinstance(checker, FamilyChecker) for checker in linter.get_checkers()):
        return  # Loaded by both names, or by pylint 3.3 in a worker, whose linter has our checkers already.
    states = dict(linter._msgs_state)
    analysis = Analysis(linter)
    for family in FAMILIES:
        rules = [rule for rule in checkers.rules() if family_of(rule.code) is family]
        if rules:
            linter.register_checker(FamilyChecker(linter, family, rules, analysis))
    for rule in checkers.rules():
        if not rule.default:  # In a worker, what the parent was told stays.
            linter._msgs_state[rule.pylint_id] = states.get(rule.pylint_id, _OFF_BY_DEFAULT)  # type: ignore[assignment]


def load_configuration(linter: PyLinter) -> None:
    """Refuse options that can not be used before anything is linted. Called by pylint, in each worker again."""
    for checker in linter.get_checkers():
        if isinstance(checker, FamilyChecker):
            here = checker.analysis.check_configuration()
            if linter.config.tf2lint_brain and not here.unknown_target:
                absence, keywords = (not linter.is_message_enabled(rule.symbol) for rule in (UNAVAILABLE, REMOVED))
                pylint_brain.install(here.admitted, absence=absence, keywords=keywords)
            else:
                pylint_brain.remove()
            return


class FamilyChecker(BaseChecker):
    """What pylint knows as a checker: the messages of a family, and for the first one our options."""

    def __init__(self, linter: PyLinter, family: Family, rules: list[Rule], analysis: Analysis) -> None:
        self.name = family.name
        self.msgs = {rule.pylint_id: _definition(rule) for rule in rules}
        self.options = _OPTIONS if family is FAMILIES[0] else ()
        self.analysis = analysis
        super().__init__(linter)

    def leave_module(self, node: nodes.Module) -> None:
        """Emit what was found; pylint does not come here where all messages of the family are off."""
        self.analysis.report(node)


class Analysis:
    """What tf2lint says of the module that pylint is at; shared by the checkers of all families."""

    def __init__(self, linter: PyLinter) -> None:
        self.linter = linter
        self._reported: nodes.Module | None = None
        self._projects: dict[config.Options, config.Projects] = {}
        self._linters: dict[config.Config, Linter] = {}
        self._warned: set[str] = set()

    def __getstate__(self) -> dict[str, object]:
        # What was learned so far stays behind when pylint sends its linter to a worker.
        return vars(Analysis(self.linter))

    def check_configuration(self) -> config.Config:
        """Read the configuration of the current directory, so that what is wrong in it is said at once, and once."""
        here = self._config_of(path := pathlib.Path.cwd() / "module.py")
        _above(here, path, "", [])
        if multiprocessing.parent_process() is None:
            config.warn(here, self._warned)
        else:
            self._warned.update(here.warnings)
        return here

    def report(self, module: nodes.Module) -> None:
        """Emit all findings of a module, in order of their place, when the first checker comes to its end."""
        if module is self._reported:
            return
        self._reported = module
        with _own_path():
            path = pathlib.Path(os.path.abspath(module.file))
            settings = self._config_of(path)
            config.warn(settings, self._warned)
            findings = self._lint(module, path, settings)
        frames = list(module.nodes_of_class((nodes.FunctionDef, nodes.ClassDef))) if findings else []
        for finding in findings:
            self._emit(finding, _innermost(frames, finding.span.line, module), settings)

    def _lint(self, module: nodes.Module, path: pathlib.Path, settings: config.Config) -> list[Finding]:
        try:
            text = _text_of(module)
        except SyntaxError as error:
            return [not_analysed(error)]
        asked = settings.enable | {rule.symbol for rule in self._switched_on(text)}
        wanted = dataclasses.replace(settings, enable=asked)
        if wanted not in self._linters:
            self._linters[wanted] = Linter(wanted, edits=False)
        found = self._linters[wanted].lint(path, text)
        return _above(settings, path, text, found)

    def _switched_on(self, text: str) -> Iterator[Rule]:
        """The rules off by default that pylint's own options or a comment of this module switch on."""
        in_comments = re.search(r"pylint:[^#;\n]*\benable\b", text) is not None
        for rule in checkers.rules():
            if rule.default:
                continue
            lines = range(1, text.count("\n") + 2) if in_comments else ()
            if any(self.linter.is_message_enabled(rule.pylint_id, line) for line in (None, *lines)):
                yield rule

    def _emit(self, finding: Finding, node: nodes.NodeNG, settings: config.Config) -> None:
        states = self.linter._msgs_state
        rule, span = finding.rule, finding.span
        # tf2lint's own configuration switches a rule on file by file, pylint's states are for the whole run. What
        # somebody switched off by name, in whatever way, stays off.
        lifted = rule.symbol in settings.enable and states.get(rule.pylint_id, True) is _OFF_BY_DEFAULT
        if lifted:
            states[rule.pylint_id] = True
        self.linter.add_message(
            rule.symbol,
            line=span.line,
            node=node,
            args=(finding.text,),
            confidence=_CONFIDENCE[finding.confidence],
            col_offset=span.column,
            end_lineno=span.end_line,
            end_col_offset=span.end_column,
        )
        if lifted:
            states[rule.pylint_id] = _OFF_BY_DEFAULT  # type: ignore[assignment]

    def _config_of(self, path: pathlib.Path) -> config.Config:
        """The configuration of a file. One that can not be used ends pylint, as pylint's own would."""
        try:
            host = self._host_options()
            if host not in self._projects:
                self._projects[host] = config.Projects(host)
            return self._projects[host].of(path)
        except config.ConfigError as error:
            _refuse(error)

    def _host_options(self) -> config.Options:
        # Read at each module: pylint swaps its configuration from directory to directory.
        options = self.linter.config
        return config.Options(
            tensorflow=options.tf2lint_tensorflow or None,
            keras=options.tf2lint_keras or None,
            enable=tuple(options.tf2lint_enable) or None,
            roots=tuple(options.tf2lint_roots) or None,
            tracing_print=options.tf2lint_tracing_print or None,
            origin=tuple((key, f"option tf2lint-{key}") for key in config.KEYS),
        )


def _above(settings: config.Config, path: pathlib.Path, text: str, found: list[Finding]) -> list[Finding]:
    """The findings without those that the project's baseline tolerates."""
    try:
        return list(baseline.above(settings, path, text, found))
    except config.ConfigError as error:
        _refuse(error)


def _refuse(error: config.ConfigError) -> NoReturn:
    print(f"tf2lint: {error}", file=sys.stderr)
    sys.exit(_USAGE_ERROR)


def _definition(rule: Rule) -> MessageDefinitionTuple:
    """The message as pylint wants it. The template has no text of its own: a link may hold a percent sign."""
    help_text = f"{rule.summary} Severity: {rule.severity.value}. What to do: {rule.hint}. {rule.url}".rstrip()
    return "%s", rule.symbol, help_text, {"default_enabled": rule.default}


def _innermost(frames: list[nodes.NodeNG], line: int, module: nodes.Module) -> nodes.NodeNG:
    """The innermost function or class that holds a line, else the module: what pylint names as the object."""
    inside = [frame for frame in frames if frame.fromlineno <= line <= frame.tolineno]
    return max(inside, key=lambda frame: (frame.fromlineno, -frame.tolineno), default=module)


def _text_of(module: nodes.Module) -> str:
    """The text that pylint parsed. Raises SyntaxError."""
    held: str | bytes | None = module.file_bytes
    if held is None:
        return source.decode(pathlib.Path(module.file).read_bytes())
    # What came on standard input was text before astroid made bytes of it: a cookie in it says nothing.
    return held if isinstance(held, str) else held.decode("utf-8")
