"""What is quoted from a project gives no orders: to a terminal, a CI system, a page, or `patch`."""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree

import pytest

from tf2lint.cli import main

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="it has no files with such names")

ESCAPES = "\x1b]0;title\x07\x1b[31m\x9b2J\u202e\u2066"
NAME = f"a{ESCAPES}\n::error file=x::y\r\n##[group]<script>\"'--><img onerror=alert(1)>.py"
PROGRAM = f"import tensorflow as tf\nx = tf.log(1) ; '{ESCAPES}'\n"
ORDERS = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\r")


@pytest.fixture
def project(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A project of one program with that name, and the current directory."""
    (tmp_path / "setup.cfg").write_text("[tf2lint]\n")
    (tmp_path / NAME).write_text(PROGRAM, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def harmless(text: str) -> bool:
    """Whether a text has no escape sequence, and no line that a CI system would obey."""
    return not any(order in text for order in ORDERS) and not any(
        line.lstrip().startswith(("::", "##[")) for line in text.split("\n")
    )


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("form", ["text", "concise", "json", "gitlab", "sarif"])
def test_formats(capsys: pytest.CaptureFixture[str], form: str) -> None:
    """For people, what can not be seen is written out; for machines it is escaped, and comes back as it was."""
    assert main(["check", ".", f"--output-format={form}"]) == 1
    said = capsys.readouterr().out
    assert harmless(said)
    if form in ("text", "concise"):
        assert r"a\x1b]0;title\x07\x1b[31m\x9b2J\u202e\u2066\n::error file=x::y\r\n##[group]" in said
    elif form == "json":
        assert json.loads(said)[0]["path"] == NAME
    elif form == "gitlab":
        assert json.loads(said)[0]["location"]["path"] == NAME


def test_text_underlines_what_is_shown(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also behind what takes more room written out."""
    (project / NAME).unlink()
    (project / "b.py").write_text("import tensorflow as tf\n'\x1b\u202e'; tf.log(1)\n", encoding="utf-8")
    assert main(["check", ".", "--output-format=text"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:4] == [r"2 | '\x1b\u202e'; tf.log(1)", "  |               ^^^^^^"]


@pytest.mark.usefixtures("project")
def test_github(capsys: pytest.CaptureFixture[str]) -> None:
    """A finding is one command, whatever its file is called."""
    assert main(["check", ".", "--output-format=github"]) == 1
    (line,) = capsys.readouterr().out.split("\n")[:-1]
    assert line.startswith("::error file=a\x1b]0;title\x07")
    assert "%0A%3A%3Aerror file=x%3A%3Ay%0D%0A##[group]" in line


@pytest.mark.usefixtures("project")
def test_junit(capsys: pytest.CaptureFixture[str]) -> None:
    """It stays XML."""
    assert main(["check", ".", "--output-format=junit"]) == 1
    root = xml.etree.ElementTree.fromstring(capsys.readouterr().out.encode())
    (case,) = root
    assert "<script>\"'--><img onerror=alert(1)>.py" in case.attrib["name"]


def test_standard_error(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What could not be done is said in one line."""
    (project / NAME).chmod(0o444)
    assert main(["check", f"{NAME}x"]) == 2
    assert main(["fix", "."]) == 2
    assert main(["check", ".", f"--baseline={NAME}"]) == 2
    (project / "setup.cfg").write_text("[tf2lint]\n\x1b[31mx = 1\n")
    assert main(["check", "."]) == 2
    said = capsys.readouterr().err
    assert harmless(said)
    assert said.count("\n") == 4


def test_a_diff(project: pathlib.Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A name can not forge the lines that say which file is meant; the diff can be applied all the same."""
    forged = 'a\n--- b.py\n+++ b.py\n@@ -1 +1 @@\n-"\\\n+y.py'
    (project / NAME).rename(project / forged)
    assert main(["fix", ".", "--diff"]) == 1
    diff = capfdbinary.readouterr().out
    assert sum(line.startswith((b"--- ", b"+++ ")) for line in diff.splitlines()) == 2
    if shutil.which("git"):
        subprocess.run(["git", "apply", "-p0", "-"], input=diff, check=True, cwd=project)
        assert "tf.math.log" in (project / forged).read_text("utf-8")
