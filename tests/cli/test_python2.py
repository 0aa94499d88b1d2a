"""Python 2: what is read, where findings stand, what is said without fissix, and that nothing is written."""

from __future__ import annotations

import ast
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

from tf2lint import python2
from tf2lint.cli import main
from tf2lint.cli.lint import Worker
from tf2lint.config import Options

HEAD = "import tensorflow as tf\n"

READ = {
    "print x, y": "print(x, y)",
    "print x,": "print(x,)",
    "print'x'; a": "print('x'); a",
    "print": None,
    "print >>f, x, y": "print(file=f, *( x, y))",
    "print >>f, x": "print(file=f, *( x,))",
    "print >>f": "print(file=f)",
    "print (x), y": "print((x), y)",
    "print (x) % y": "print((x) % y)",
    "print('x')": None,
    "print x, \\\n  y  # z": "print(x, \\\n  y)  # z",
    "if a: print x, '''\ny'''; b": "if a: print(x, '''\ny'''); b",
    "exec x": "exec(x)",
    "exec x in y": "exec(x ,  y)",
    "exec x in y, z": "exec(x ,  y, z)",
    "exec(x)": None,
    "raise E, 'x'": "raise E( 'x')",
    "raise E, ('x', y)": "raise E  ('x', y)",
    "raise E, x, t": "raise E( x).with_traceback( t)",
    "try: a\nexcept E, e: b": "try: a\nexcept E as e: b",
    "try: a\nexcept (E, F),e: b": "try: a\nexcept (E, F) as e: b",
    "try: a\nexcept E, (n, m): b": "try: a\nexcept [E, ((n:=_), (m:=_))][0]: b",
    "`x` + `y, z`": "repr(x) + repr((y, z))",
    "x <> 10L + 0xFFl + 0777 + 00 + 1.5": "x != 10 + 0xFF + 0o777 + 00 + 1.5",
    "[x for x in a, 7L.b]": "[x for x in (a, 7 .b)]",
    "ur'x' + UR'y' + u'z'": "r'x' + r'y' + u'z'",
    r"0L; 'C:\Users' + '\\u' + u'\u00e9' + r'\u'": r"0; 'C:\\Users' + '\\u' + u'\u00e9' + r'\u'",
    "0L; b'é'": "0; 'é'",
    "f(async=0L, await=async.await)": "f(async_=0, await_=async_.await_)",
    "lambda (a, b), c: a": "lambda _1    , c, *, a=_1, b=_1: a",
    "def f((a, b), *c, **d): a": "def f(_1    , *c, a=_1, b=_1, **d): a",
    "def f(x, (a, (b, c))=y,): a": "def f(x, _1         =y, *, a=_1, b=_1, c=_1): a",
    "if a:\n\tb\n        c": "if a:\n        b\n        c",
    "from __future__ import print_function\nprint('x', end='')\n0L": None,
}
"""Statements of Python 2, and what is read in their place; None for the same, but for what follows."""


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty project, and the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """Run the command in this process: exit status, and where which rule spoke."""
    status = main(["check", *arguments])
    out = capsys.readouterr().out
    return status, [" ".join(found) for found in re.findall(r"^(\S+?:\d+:\d+): (TF\d+)", out, re.MULTILINE)]


@pytest.mark.parametrize("written", READ)
def test_what_is_read(written: str) -> None:
    """No line is moved, and what is not Python 2 stays."""
    read = python2.read(f"{written}\n0L\n")
    assert read is not None
    assert (read.text + "\n").removesuffix("\n0\n\n") == (
        {"print": "print()"}.get(written) or READ[written] or written.replace("0L", "0")
    )


@pytest.mark.parametrize("written", READ)
def test_places(written: str) -> None:
    """Names and numbers of the text that is read, which were written too, are found where they were written."""
    converted = python2.read(f"{written}; tf.log(é)\n0L\n" if "\n\t" not in written else f"{written}\n0L\n")
    assert converted is not None
    written_lines = [line.written.encode() for line in converted.lines]
    seen = 0
    for node in ast.walk(ast.parse(converted.text)):
        if not isinstance(node, ast.Name) or node.id.startswith("_") or node.id in ("print", "exec", "repr"):
            continue
        line = converted.lines[node.lineno - 1]
        start, end = line.start(node.col_offset), line.end(node.end_col_offset or 0)
        assert written_lines[node.lineno - 1][start:end].decode() in (node.id, node.id.removesuffix("_"))
        seen += 1
    assert seen


@pytest.mark.parametrize(
    "text", ["x = 1\n", "def f(:\n", "f(async=1)\n", "x = 'C:\\Users'\n", "print 'x'\nx = (\n", "x\0"]
)
def test_what_is_not_python_2(text: str) -> None:
    """Python 3, or neither: a wrong escape, or a name that is a keyword by now, may be in any Python."""
    assert python2.read(text) is None


def test_the_same_as_in_python_3(tmp_path: pathlib.Path) -> None:
    """A program that only prints otherwise has the same findings at the same places, however its lines end."""
    new = (
        f"{HEAD}import time\n\n\n@tf.function\ndef step(x):\n    print(x, time.time())\n    return helper(x)\n\n\n"
        "def helper(x):\n    return x + time.time()\n\n\nprint('é', tf.log(1.0), tf.placeholder(tf.float32))\n"
    )
    old = re.sub(r"print\((.*)\)$", r"print \1 ", new, flags=re.MULTILINE)
    path = tmp_path / "x.py"

    def found(text: str) -> list[object]:
        path.write_text(text, newline="")
        shown = [item for item in Worker(Options()).lint(str(path)).shown if item.finding.rule.code != "TF003"]
        return [(item.finding.rule.code, item.finding.span, item.column, item.finding.text) for item in shown]

    assert len(found(new)) == 5
    for end in ("\n", "\r\n", "\r"):
        assert found(old.replace("\n", end)) == found(new)


def test_it_never_looks_clean(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told of once, unless TensorFlow 2.2 and later are no target; a comment counts on its line."""
    path = folder / "x.py"
    path.write_text("print 'x'\nprint 'y'\n")
    assert check(capsys, ".") == (1, ["x.py:1:1 TF003"])
    assert check(capsys, "--tensorflow=<2", ".") == (0, [])
    path.write_text("print 'x'  # noqa: TF003\nprint 'y'\n")
    assert check(capsys, ".") == (0, [])
    path.write_text(f"{HEAD}print 'é', `tf.log(1)`  # noqa: TF003, TF101\n")
    assert check(capsys, "--enable=TF002", ".") == (1, ["x.py:2:13 TF306", "x.py:2:40 TF002"])


def test_encodings(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a cookie says holds; without one it is UTF-8, since Python 2 itself refuses such a file."""
    text = f"{HEAD}print 'ä', tf.log(1)\n"
    (folder / "a.py").write_bytes(f"# coding: latin-1\n{text}".encode("latin-1"))
    (folder / "b.py").write_bytes(text.encode("latin-1"))
    (folder / "c.py").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert check(capsys, ".")[1] == [
        "a.py:3:1 TF003",
        "a.py:3:12 TF306",
        "b.py:2:1 TF001",
        "c.py:2:1 TF003",
        "c.py:2:12 TF306",
    ]


def test_it_is_never_written_to(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Though its findings would have edits."""
    path = folder / "x.py"
    path.write_text(f"{HEAD}print tf.log(1)\n")
    before = path.read_bytes()
    assert main(["fix", "--unsafe", "."]) == 1
    said = capsys.readouterr()
    assert "2 left" in said.out
    assert "x.py: not fixed: this is Python 2 " in said.err
    assert path.read_bytes() == before
    cells = [f"{HEAD}x = tf.log(1)", "print tf.log(2)"]
    written = [{"cell_type": "code", "outputs": [], "source": cell} for cell in cells]
    (folder / "x.ipynb").write_text(json.dumps({"cells": written, "nbformat": 4}))
    before = (folder / "x.ipynb").read_bytes()
    assert main(["fix", "--unsafe", "x.ipynb"]) == 1
    assert (folder / "x.ipynb").read_bytes() == before


def test_without_fissix(
    folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not analysed, and that says what to do; no count of a baseline that was made with fissix is lowered."""
    (folder / "x.py").write_text(f"{HEAD}print tf.log(1), tf.log(2)\n")
    (folder / "y.py").write_text("try: x\nexcept E, e: y\n")
    (folder / "z.py").write_text("def f(:\n")
    assert main(["baseline", "--baseline=b.json", "."]) == 0
    before = (folder / "b.json").read_text()
    assert json.loads(before)["files"]["x.py"] == {"TF003": 1, "TF306": 2}
    monkeypatch.setattr(python2, "installed", lambda: False)
    capsys.readouterr()
    assert main(["check", "."]) == 1
    said = capsys.readouterr().out.splitlines()
    assert ["pip install 'tf2lint[command]'" in line for line in said] == [True, True, False]
    assert [line.split()[1] for line in said] == ["TF001"] * 3
    assert main(["baseline", "--baseline=b.json", "--prune", "."]) == 0
    assert (folder / "b.json").read_text() == before


@pytest.mark.parametrize("order", [["a.py", "old.py"], ["old.py", "a.py"]])
def test_other_modules_do_not_see_it(
    folder: pathlib.Path, capsys: pytest.CaptureFixture[str], order: list[str]
) -> None:
    """As for pylint and flake8, what is imported from it is unknown, whatever was linted before."""
    (folder / "old.py").write_text(f"{HEAD}print 'x'\nmake = tf.placeholder\n")
    (folder / "a.py").write_text("import old\nx = old.make(1)\n")
    assert sorted(check(capsys, *order)[1]) == ["old.py:2:1 TF003", "old.py:3:8 TF101"]


def test_notebooks(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cell may be in Python 2, which is told once; magics and indented cells have their columns."""
    cells = [HEAD, "%ls\nprint 'é', tf.log(1)", "  print 'é'; x = tf.log(1)  \n  print x"]
    written = [{"cell_type": "code", "outputs": [], "source": cell} for cell in cells]
    (folder / "x.ipynb").write_text(json.dumps({"cells": written, "nbformat": 4}))
    assert main(["check", "--output-format=json", "."]) == 1
    found = [
        (item["cell"], item["line"], item["column"], item["end_column"], item["code"])
        for item in json.loads(capsys.readouterr().out)
    ]
    assert found == [(2, 2, 1, 1, "TF003"), (2, 2, 12, 18, "TF306"), (3, 1, 18, 24, "TF306")]


def test_fissix_writes_nothing(folder: pathlib.Path) -> None:
    """It would keep its grammar in the user's home, which a build system may have made read-only."""
    home = folder / "home"
    home.touch()  # No folder can be made there.
    (folder / "x.py").write_text("print 'x'\n")
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    answer = subprocess.run(
        [sys.executable, "-m", "tf2lint", "check", "x.py"], capture_output=True, text=True, env=environment, check=False
    )
    assert (answer.returncode, answer.stderr) == (1, "")
    assert "TF003" in answer.stdout
