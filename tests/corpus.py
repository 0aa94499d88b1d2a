"""The programs that the tests lint, and the front ends that lint them."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence

from tf2lint import checkers, source
from tf2lint.config import Options, Projects
from tf2lint.engine import Linter, not_analysed
from tf2lint.findings import Finding, Span
from tf2lint.lsp.diagnostics import diagnostics
from tf2lint.lsp.document import Document
from tf2lint.lsp.session import Session

ROOT = pathlib.Path(__file__).parents[1]
RULES = ROOT / "docs" / "rules"
PROGRAMS = ROOT / "tests" / "programs"

Seen = tuple[str, int, int, str]
"""A finding as every front end can say it: path, line from 1, column in characters from 1, code."""


def programs() -> list[pathlib.Path]:
    """Every example of the documentation and every program of the tests."""
    return [*sorted(RULES.glob("*/*bad.py")), *sorted(RULES.glob("*/*good.py")), *sorted(PROGRAMS.glob("*.py"))]


def name_of(path: pathlib.Path) -> str:
    """A short name for test reports."""
    return "/".join(path.parts[-2:])


def parses(path: pathlib.Path) -> bool:
    """Whether Python can read a program: pylint and flake8 reject the others themselves."""
    try:
        compile(path.read_bytes(), str(path), "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def has_comments_for_linters(path: pathlib.Path) -> bool:
    """Whether a program suppresses anything: front ends are compared before suppression."""
    text = path.read_text(encoding="utf-8")
    return "noqa" in text or "pylint:" in text


def lint(path: pathlib.Path, text: str | None = None, *, enable: Sequence[str] = ()) -> list[Finding]:
    """What the engine says of a file, or of a text that stands in its place."""
    settings = Projects(Options(enable=tuple(enable) or None)).of(path)
    if text is None:
        try:
            text = source.decode(path.read_bytes())
        except SyntaxError as error:
            return [not_analysed(error)]
    return Linter(settings).lint(path, text)


def by_engine(paths: Iterable[pathlib.Path], enable: Sequence[str] = ()) -> list[Seen]:
    """The findings of files straight from the engine, one Linter for all of a project, as a front end would."""
    projects = Projects(Options(enable=tuple(enable) or None))
    linters: dict[object, Linter] = {}
    seen = []
    for path in paths:
        settings = projects.of(path)
        linter = linters.setdefault(settings, Linter(settings))
        text = source.decode(path.read_bytes())
        lines = source.lines(text)
        for finding in linter.lint(path, text):
            seen.append((str(path), finding.span.line, finding.span.characters(lines)[0], finding.rule.code))
    return sorted(seen)


def by_flake8(
    paths: Iterable[pathlib.Path], enable: Sequence[str] = (), env: Mapping[str, str] | None = None
) -> list[Seen]:
    """The findings of files from flake8, comments ignored."""
    form = "--format=%(path)s\t%(row)d\t%(col)d\t%(code)s"
    options = ["--isolated", "--select=TF", "--disable-noqa", form, f"--tf2lint-enable={','.join(enable)}"]
    answer = command("flake8", *options, *map(str, paths), env=env)
    assert answer.returncode in (0, 1), answer.stdout + answer.stderr
    assert not answer.stderr
    rows = [line.split("\t") for line in answer.stdout.splitlines()]
    return sorted((path, int(line), int(column), code) for path, line, column, code in rows)


def by_pylint(
    paths: Iterable[pathlib.Path],
    enable: Sequence[str] = (),
    options: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
) -> list[Seen]:
    """The findings of files from pylint, whose byte columns are converted."""
    known = {rule.symbol: rule for rule in checkers.rules()}
    wanted = [symbol for symbol, rule in known.items() if rule.default or symbol in enable or "all" in enable]
    answer = command(
        "pylint",
        "--rcfile=" + os.devnull,
        "--persistent=n",
        "--load-plugins=tf2lint",
        "--disable=all",
        f"--enable={','.join(wanted)}",
        "--output-format=json2",
        *options,
        *map(str, paths),
        env=env,
    )
    assert answer.returncode < 32, answer.stdout + answer.stderr
    seen = []
    for message in json.loads(answer.stdout)["messages"]:
        rule = known.get(message["symbol"])
        assert rule is not None, message
        assert rule.pylint_id == message["messageId"]
        path = message["absolutePath"]
        lines = source.lines(source.decode(pathlib.Path(path).read_bytes()))
        span = Span(message["line"], message["column"], message["endLine"], message["endColumn"])
        seen.append((path, message["line"], span.characters(lines)[0], rule.code))
    return sorted(seen)


def by_command(
    paths: Iterable[pathlib.Path],
    enable: Sequence[str] = (),
    options: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
) -> list[Seen]:
    """The findings of files from the command."""
    named = [f"--enable={','.join(enable)}"] if enable else []
    answer = command("tf2lint", "check", "--output-format=json", *named, *options, *map(str, paths), env=env)
    assert answer.returncode in (0, 1), answer.stdout + answer.stderr
    records = json.loads(answer.stdout)
    return sorted((record["path"], record["line"], record["column"], record["code"]) for record in records)


def by_editor(paths: Iterable[pathlib.Path]) -> list[Seen]:
    """The findings of files as a language server tells them: the files are texts, columns UTF-16 code units."""
    session, seen = Session(), []
    for path in paths:
        text = path.read_bytes().decode("latin-1" if path.name == "latin_1.py" else "utf-8")
        looked = session.look(Document(path.as_uri(), str(path), text))
        lines = source.lines(text)
        for told in diagnostics(looked, str, with_links=True):
            start = told["range"]["start"]
            before = lines[start["line"]].encode("utf-16-le")[: 2 * start["character"]].decode("utf-16-le")
            column = len(before.removeprefix("\ufeff")) + 1
            seen.append((str(path), start["line"] + 1, column, told["code"]))
    return sorted(seen)


def command(module: str, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a module of this environment as a command, outside of the repository: it must find its way by itself."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT.anchor,
        env={**os.environ, **(env or {})},
    )
