"""Comments: the command reads each kind as the tool that it belongs to."""

from __future__ import annotations

import json
import pathlib

import pytest

from tf2lint.cli.lint import Worker
from tf2lint.config import Options

from .corpus import command

X = "x = tf.placeholder(tf.float32)"
HEAD = "import tensorflow as tf\n"

NOQA = {
    "code": f"{X}  # noqa: TF101\n{X}\n",
    "other code": f"{X}  # noqa: TF102, E501\n",
    "several": f"{X}  # noqa: E501,TF101\n{X}  # noqa: E501 TF101\n{X}  # noqa:TF101 because\n",
    "prefix": f"{X}  # noqa: TF1\n{X}  # noqa: TF2\n{X}  # noqa: T1\n",
    "blanket": f"{X}  # noqa\n{X}  # NoQA : TF102\n{X}  #noqa\n",
    "case": f"{X}  # noqa: tf101\n{X}  # NOQA: TF101\n",
    "string": "x = tf.placeholder('''\n''')  # noqa: TF101\nx = '''# noqa''', tf.placeholder\n",
    "first line of a string": "x = tf.placeholder('''  # noqa: TF101\n''')\n",
    "call over lines": "x = tf.placeholder(\n    1,\n)  # noqa: TF101\nx = tf.placeholder(  # noqa: TF101\n    1)\n",
    "backslash": "x = 1 + \\\n    tf.placeholder()  # noqa: TF101\nx = tf.placeholder() + \\\n    1  # noqa: TF101\n",
    "file": f"{X}\n# flake8: noqa\n{X}\n",
    "file, with code after it": f"{X}\n    # flake8: noqa: E501\n",
    "not the file": f"{X}  # flake8: noqa\n{X}\n",
    "fstring": "x = f'''{tf.placeholder()}\n'''  # noqa: TF101\n",
    "crlf": f"{X}\r\n{X}  # noqa: TF101\r\n",
}

PRAGMAS = {
    "line": f"{X}  # pylint: disable=tf-placeholder\n{X}\n",
    "id": f"{X}  # pylint: disable=E6811\n{X}  # pylint: disable=e6811\n",
    "checker": f"{X}  # pylint: disable=tf2lint-idioms\n{X}  # pylint: disable=tf2lint-names\n",
    "category": f"{X}  # pylint: disable=E\n{X}  # pylint: disable=error\n{X}  # pylint: disable=W\n",
    "several": f"{X}  # pylint: disable=tf-session,tf-placeholder\n{X}  # so # pylint: disable=tf-placeholder # why\n",
    "module": f"# pylint: disable=tf-placeholder\n{X}\ndef f():\n    {X}\n",
    "module, later": f"{X}\n# pylint: disable=tf-placeholder\n{X}\n# pylint: enable=tf-placeholder\n{X}\n",
    "function": f"def f():\n    # pylint: disable=tf-placeholder\n    {X}\n    {X}\n\n{X}\n",
    "function, later": f"def f():\n    {X}\n    # pylint: disable=tf-placeholder\n    {X}\n\n{X}\n",
    "docstring": f"def f():\n    '''Doc.'''\n    # pylint: disable=tf-placeholder\n    {X}\n\n{X}\n",
    "def line": f"def f():  # pylint: disable=tf-placeholder\n    {X}\n",
    "decorated": f"@g  # pylint: disable=tf-placeholder\n@h(\n    tf.placeholder)\ndef f():\n    {X}\n",
    "class": f"class C:\n    # pylint: disable=tf-placeholder\n    {X}\n    def f(self):\n        {X}\n{X}\n",
    "if": f"if a:\n    # pylint: disable=tf-placeholder\n    {X}\nelse:\n    {X}\n{X}\n",
    "else": f"if a:\n    {X}\nelse:  # pylint: disable=tf-placeholder\n    {X}\n{X}\n",
    "try": f"try:\n    # pylint: disable=tf-placeholder\n    {X}\nexcept OSError:\n    {X}\nfinally:\n    {X}\n{X}\n",
    "with": f"with a:\n    # pylint: disable=tf-placeholder\n    {X}\n{X}\n",
    "for": f"for a in b:\n    # pylint: disable=tf-placeholder\n    {X}\nelse:\n    {X}\n{X}\n",
    "call over lines": "x = f(\n    tf.placeholder(),  # pylint: disable=tf-placeholder\n    tf.placeholder(),\n)\n",
    "first line of a call": "x = f(  # pylint: disable=tf-placeholder\n    tf.placeholder(),\n    1,\n)\n",
    "next": f"# pylint: disable-next=tf-placeholder\n{X}\n{X}\n",
    "next, trailing": f"y = 1  # pylint: disable-next=tf-placeholder\n{X}\n{X}\n",
    "enabled again": f"# pylint: disable=tf-placeholder\ndef f():\n    # pylint: enable=tf-placeholder\n    {X}\n{X}\n",
    "skip": f"{X}\n# pylint: skip-file\n{X}\n",
    "all": f"{X}\n# pylint: disable=all\n{X}\n",
    "unknown": f"{X}  # pylint: disable=tf-placeholders\n",
    "string": f"y = '# pylint: disable=tf-placeholder'; {X}\n",
    "backslash": "x = 1 + \\\n    tf.placeholder()  # pylint: disable=tf-placeholder\n",
    "crlf": f"{X}\r\n{X}  # pylint: disable=tf-placeholder\r\n",
}


def by_command(path: pathlib.Path) -> dict[str, list[int]]:
    """The lines of the findings that the command shows, by file."""
    lines: dict[str, list[int]] = {}
    for file in sorted(path.iterdir()):
        result = Worker(Options()).lint(str(file))
        assert not result.failure, result.failure
        lines[file.name] = [shown.finding.span.line for shown in result.shown]
    return lines


def write(folder: pathlib.Path, programs: dict[str, str]) -> None:
    """Write each program into a file of its own."""
    for name, text in programs.items():
        (folder / f"{name.replace(' ', '_').replace(',', '')}.py").write_bytes((HEAD + text).encode())


def test_noqa_is_read_as_flake8_reads_it(tmp_path: pathlib.Path) -> None:
    """The same lines are left as flake8 leaves."""
    write(tmp_path, NOQA)
    answer = command("flake8", "--isolated", "--select=TF", "--format=%(path)s\t%(row)d", str(tmp_path))
    expected: dict[str, list[int]] = {path.name: [] for path in sorted(tmp_path.iterdir())}
    for line in answer.stdout.splitlines():
        path, row = line.split("\t")
        expected[pathlib.Path(path).name].append(int(row))
    assert sum(map(len, expected.values())) > 5, answer.stderr
    assert by_command(tmp_path) == expected


def test_pragmas_are_read_as_pylint_reads_them(tmp_path: pathlib.Path) -> None:
    """The same lines are left as pylint leaves."""
    write(tmp_path, PRAGMAS)
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    answer = command(
        "pylint", "--load-plugins=tf2lint", "--disable=all", "--enable=tf-placeholder", "-f", "json2", *files
    )
    expected: dict[str, list[int]] = {path.name: [] for path in sorted(tmp_path.iterdir())}
    for message in json.loads(answer.stdout)["messages"]:
        if message["symbol"] == "tf-placeholder":
            expected[pathlib.Path(message["path"]).name].append(message["line"])
    assert sum(map(len, expected.values())) > 5, answer.stderr
    assert by_command(tmp_path) == expected


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        (f"{X}  # noqa: TF101\n", []),
        (f"{X}  # noqa: TF101, TF102, E501\n", ["TF102"]),
        ("y = 1  # noqa: TF1\n", ["TF1"]),
        ("y = 1  # noqa\n", []),
        ("y = '# noqa: TF101'\n", []),
        ("y = 1  # noqa: TF999\n", ["TF999"]),
        ("y = 1  # noqa: TF304\n", []),  # That rule is off here: nobody looked.
        ("y = 1  # noqa: TF101,TF002\n", []),
        ("y = 1  # pylint: disable=tf-placeholder\n", ["tf-placeholder"]),
        (f"{X}  # pylint: disable=tf-placeholder,tf-session,line-too-long\n", ["tf-session"]),
        ("# pylint: disable=tf2lint-idioms\ny = 1\n", ["tf2lint-idioms"]),
        (f"# pylint: disable=tf2lint-idioms\n{X}\n", []),
        ("# pylint: disable-next=E6811\ny = 1\n", ["E6811"]),
        ("y = 1  # pylint: disable=C6899,E1101,no-member\n", []),
        ("y = 1  # pylint: disable=tf-no-such-rule\n", ["tf-no-such-rule"]),
        ("# pylint: enable=tf-placeholder\ny = 1\n", []),
        ("# flake8: noqa\ny = 1  # noqa: TF101\n", []),
        ("# pylint: skip-file\ny = 1  # noqa: TF101\n", []),
        (f"{X}  # noqa: TF101  # pylint: disable=tf-placeholder\n", []),
    ],
)
def test_unused(tmp_path: pathlib.Path, text: str, unused: list[str]) -> None:
    """Names of ours that suppressed nothing are reported where they stand, if their rules were looked for."""
    path = tmp_path / "x.py"
    path.write_text(HEAD + text)
    result = Worker(Options(enable=("tf-unused-suppression",))).lint(str(path))
    assert not result.failure, result.failure
    lines = path.read_text().splitlines()
    seen = []
    for shown in result.shown:
        if shown.finding.rule.symbol == "tf-unused-suppression":
            seen.append(lines[shown.finding.span.line - 1][shown.column - 1 : shown.end_column - 1])
    assert seen == unused
    assert not Worker(Options()).lint(str(path)).failure


def test_unparsable_files_can_be_suppressed(tmp_path: pathlib.Path) -> None:
    """A file that says of itself that it is not to be linted is not reported for not being parsed."""
    path = tmp_path / "x.py"
    path.write_text("def f(:\n")
    assert [shown.finding.rule.code for shown in Worker(Options()).lint(str(path)).shown] == ["TF001"]
    for comment in ("# flake8: noqa", "# pylint: skip-file"):
        path.write_text(f"{comment}\ndef f(:\n")
        assert not Worker(Options()).lint(str(path)).shown
