"""However TensorFlow was imported, the findings are the same: every bad.py is rewritten by machine and linted again."""

from __future__ import annotations

import ast
import dataclasses
import pathlib
from collections.abc import Callable

import pytest

from .corpus import RULES, lint, name_of

IMPORT = "import tensorflow as tf"


class NotApplicableError(Exception):
    """A program that a style can not express."""


@dataclasses.dataclass(frozen=True)
class Program:
    """A program that has the line `import tensorflow as tf` once, and what it does with `tf`."""

    text: str

    @property
    def line(self) -> int:
        """The line of the import."""
        lines = self.text.splitlines()
        numbers = [number for number, line in enumerate(lines, 1) if line == IMPORT]
        if len(numbers) != 1:
            raise NotApplicableError(f"has not one line {IMPORT!r}")
        return numbers[0]

    def names(self) -> list[ast.Name]:
        """Every use of `tf`."""
        return [node for node in ast.walk(ast.parse(self.text)) if isinstance(node, ast.Name) and node.id == "tf"]

    def attributes(self) -> list[ast.Attribute]:
        """Every `tf.something` that is read. Raises NotApplicableError where `tf` is used in another way."""
        found = [
            node
            for node in ast.walk(ast.parse(self.text))
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tf"
        ]
        if len(found) != len(self.names()) or not all(isinstance(node.ctx, ast.Load) for node in found):
            raise NotApplicableError("uses tf by itself")
        if any(node.lineno != node.end_lineno for node in found):
            raise NotApplicableError("breaks tf.name over lines")
        return found


def rewrite(program: Program, statements: list[str], edits: list[tuple[ast.expr, str]]) -> tuple[str, int]:
    """The program with the import replaced by `statements` and nodes by texts, and how many lines that adds."""
    lines = [line.encode() for line in program.text.splitlines()]
    for node, replacement in sorted(edits, key=lambda edit: (edit[0].lineno, edit[0].col_offset), reverse=True):
        line = lines[node.lineno - 1]
        assert node.end_col_offset is not None
        lines[node.lineno - 1] = line[: node.col_offset] + replacement.encode() + line[node.end_col_offset :]
    lines[program.line - 1 : program.line] = [statement.encode() for statement in statements]
    return "\n".join(line.decode() for line in lines) + "\n", len(statements) - 1


def renamed(name: str, *statements: str) -> Callable[[Program], tuple[str, int]]:
    """A style in which `tf` has another name."""
    return lambda program: rewrite(program, list(statements), [(node, name) for node in program.names()])


def from_imports(program: Program) -> tuple[str, int]:
    """`from tensorflow import placeholder as tf_placeholder`, a statement for each name."""
    attributes = program.attributes()
    first_level = sorted({node.attr for node in attributes})
    statements = [f"from tensorflow import {name} as tf_{name}" for name in first_level]
    return rewrite(program, statements, [(node, f"tf_{node.attr}") for node in attributes])


def looked_up(program: Program) -> tuple[str, int]:
    """`getattr(tf, "placeholder")`."""
    return rewrite(program, [IMPORT], [(node, f'getattr(tf, "{node.attr}")') for node in program.attributes()])


STYLES: dict[str, Callable[[Program], tuple[str, int]]] = {
    "plain": renamed("tensorflow", "import tensorflow"),
    "other alias": renamed("other", "import tensorflow as other"),
    "reassigned": renamed("t", IMPORT, "t = tf"),
    "on one line": renamed("t", f"{IMPORT}; t = tf"),
    "try": renamed("tf", "try:", f"    {IMPORT}", "except ImportError:", "    tf = None"),
    "try, reraised": renamed(
        "tf", "try:", f"    {IMPORT}", "except ImportError as error:", "    raise SystemExit from error"
    ),
    "conditional": renamed("tf", "if True:", f"    {IMPORT}"),
    "importlib": renamed("tf", "import importlib", 'tf = importlib.import_module("tensorflow")'),
    "import_module": renamed("tf", "from importlib import import_module", 'tf = import_module("tensorflow")'),
    "dunder import": renamed("tf", 'tf = __import__("tensorflow")'),
    "annotated": renamed("tf", "import types", "import tensorflow", "tf: types.ModuleType = tensorflow"),
    "from imports": from_imports,
    "getattr": looked_up,
}


def found(path: pathlib.Path, text: str, first: int, added: int) -> list[tuple[int, str]]:
    """Line and rule of each finding outside of the import itself, in lines of the unchanged program."""
    seen = []
    for finding in lint(path, text, enable=[path.parent.name]):
        line = finding.span.line
        if not first <= line <= first + added:
            seen.append((line if line < first else line - added, finding.rule.symbol))
    return sorted(seen)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("path", sorted(RULES.glob("*/*bad.py")), ids=name_of)
def test_same_findings_in_every_style(path: pathlib.Path, style: str) -> None:
    """The same rules on the same lines, whatever TensorFlow is called."""
    program = Program(path.read_text(encoding="utf-8"))
    try:
        line = program.line
        text, added = STYLES[style](program)
    except (NotApplicableError, SyntaxError) as reason:
        pytest.skip(f"{reason}")
    assert found(path, text, line, added) == found(path, program.text, line, 0)


def test_styles_apply() -> None:
    """Most examples can be written in every style: the skips above hide nothing."""
    for style, make in STYLES.items():
        applied = 0
        for path in RULES.glob("*/*bad.py"):
            try:
                program = Program(path.read_text(encoding="utf-8"))
                assert program.line
                text, _ = make(program)
                compile(text, "rewritten", "exec")
                applied += 1
            except (NotApplicableError, SyntaxError):
                continue
        assert applied > 20, style
