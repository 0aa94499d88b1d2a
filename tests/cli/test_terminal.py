"""At a terminal: colour, and a progress bar that is never in the way of the output."""

from __future__ import annotations

import os
import pathlib
import re
import sys

import pytest

from tf2lint.cli import colour, main, progress

PROGRAM = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

pty = pytest.importorskip("pty")


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A folder with files that have findings, and the current directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for number in range(3):
        (tmp_path / f"m{number}.py").write_text(PROGRAM)
    return tmp_path


def at_terminal(program: str, *, output: str = "") -> str:
    """What a terminal gets of a Python program, whose standard output goes to a file where one is named."""
    process, terminal = pty.fork()
    if not process:
        if output:
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT), 1)
        os.execv(sys.executable, [sys.executable, "-c", program])
    said = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so that the other end is closed.
            break
        if not part:
            break
        said += part
    os.waitpid(process, 0)
    os.close(terminal)
    return said.decode().replace("\r\n", "\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["concise", "text"])
def test_colour(capsys: pytest.CaptureFixture[str], form: str) -> None:
    """It is asked for, and changes nothing but the colour."""
    plain = (main(["check", ".", f"--output-format={form}"]), capsys.readouterr().out)
    painted = (main(["check", ".", f"--output-format={form}", "--color=always"]), capsys.readouterr().out)
    assert "\x1b" not in plain[1]
    assert "\x1b[1;31mTF101\x1b[0m" in painted[1]
    assert (painted[0], ESCAPE.sub("", painted[1])) == plain
    assert main(["check", ".", "--output-format=json", "--color=always"]) == 1
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("choice", "environment", "painted"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": ""}, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_who_decides(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch, choice: str, environment: dict[str, str], painted: bool
) -> None:
    """The option, then the environment, then what standard output is."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with open(folder / "out", "w", encoding="utf-8") as stream:
        assert colour.paint(choice, stream).on is painted


RUN = """
from tf2lint.cli import main, progress
progress._PATIENCE = progress._PAUSE = {0}
main(["check", "."])
"""


@pytest.mark.usefixtures("folder")
def test_a_terminal_has_colour_and_a_bar() -> None:
    """The bar is taken away before findings are printed, and nothing of it is left in a line of them."""
    said = at_terminal(RUN.format(0))
    assert "1/3" in said
    assert "\x1b[1;31mTF101" in said
    lines = [line.rpartition("\x1b[2K")[2] for line in said.split("\n")]
    places = [ESCAPE.sub("", line).split()[:2] for line in lines if "TF101" in line]
    assert places == [[f"m{number}.py:2:5:", "TF101"] for number in range(3)]
    assert said.rstrip().endswith("\x1b[0m") or "\x1b[?25l" not in said.rpartition("\x1b[?25h")[2]


def test_output_into_a_file(folder: pathlib.Path) -> None:
    """The bar goes to the terminal, the findings, without colour, to the file."""
    said = at_terminal(RUN.format(0), output="out")
    assert "1/3" in said
    assert "TF101" not in said
    assert "\x1b" not in (folder / "out").read_text()
    assert (folder / "out").read_text().count("TF101") == 3


@pytest.mark.usefixtures("folder")
def test_short_work_has_no_bar() -> None:
    """Nor does work whose standard error is no terminal."""
    assert at_terminal(RUN.format(1000), output="out") == ""
    assert list(progress.watched(iter("abc"), 3, bool)) == ["a", "b", "c"]


def test_target(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what --tensorflow and --keras say, as a requirement; `=` and a version stand for its releases."""
    (folder / "m.py").write_text("import tensorflow as tf\ntf.keras.optimizers.Adam(lr=1)\ntf.keras.ops\n")

    def codes(*options: str) -> list[str]:
        main(["check", "m.py", *options])
        return re.findall(r"TF\d+", capsys.readouterr().out)

    for old in ("tensorflow=1.15", "tensorflow=1.15.5", "tensorflow==1.15.*", "tensorflow<2", "tensorflow=<2"):
        assert codes(f"--target={old}") == codes("--tensorflow===1.15.*") == ["TF307"], old
    assert codes("--target=tensorflow>=2.4,<2.5") == codes("--tensorflow=>=2.4,<2.5")
    assert codes("--target", "tensorflow = 2.21", "--target", "keras<3") == codes("--keras=<3") != codes()
    for bad in ("torch>1", "tensorflow", "tensorflow 2.4"):
        with pytest.raises(SystemExit):
            main(["check", "m.py", f"--target={bad}"])
    assert main(["check", "m.py", "--target=tensorflow>=x"]) == 2
    assert "option --target: '>=x' is no version specifier" in capsys.readouterr().err
