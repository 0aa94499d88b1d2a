"""The command: what it walks, what it prints, how it ends."""

from __future__ import annotations

import io
import json
import os
import pathlib
import subprocess
import sys

import pytest

import tf2lint
from tf2lint import engine
from tf2lint.cli import main

GOOD = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
CLEAN = "import tensorflow as tf\nx = tf.constant(1)\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty project, and the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: pathlib.Path, text: str = GOOD) -> pathlib.Path:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Run the command in this process: exit status, the files with findings, standard error."""
    status = main(["check", *arguments])
    captured = capsys.readouterr()
    return status, [line.split(":")[0] for line in captured.out.splitlines()], captured.err


def test_status(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0: clean, 1: findings, 2: something could not be done."""
    write(folder / "clean.py", CLEAN)
    write(folder / "dirty.py")
    assert check(capsys, "clean.py") == (0, [], "")
    assert check(capsys, "clean.py", "dirty.py") == (1, ["dirty.py"], "")
    status, files, error = check(capsys, "dirty.py", "missing.py")
    assert (status, files) == (2, ["dirty.py"])
    assert error == "tf2lint: missing.py: no such file or directory\n"


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["chek", "."], ["check", "--jobs=-1", "."], ["check", "--nothing", "."]]
)
def test_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command line that says nothing sensible is 2."""
    with pytest.raises(SystemExit) as status:
        main(arguments)
    assert status.value.code == 2
    assert "usage: tf2lint" in capsys.readouterr().err


def test_concise(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line for a finding: place in characters, code, sentence, link."""
    write(folder / "x.py", "import tensorflow as tf\ns = '日本'; x = tf.placeholder(tf.float32)\n")
    assert main(["check", "x.py"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("x.py:2:15: TF101 tf.placeholder ")
    assert " https://www.tensorflow.org/" in line


def test_json(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An array of objects, empty where there is nothing."""
    write(folder / "x.py")
    write(folder / "y.py")
    assert main(["check", "--output-format=json", "."]) == 1
    records = json.loads(capsys.readouterr().out)
    assert [record["path"] for record in records] == ["x.py", "y.py"]
    record = records[0]
    assert (record["line"], record["column"], record["end_line"], record["end_column"]) == (2, 5, 2, 19)
    assert (record["code"], record["symbol"], record["severity"]) == ("TF101", "tf-placeholder", "breaks")
    assert (record["name"], record["confidence"]) == ("tf.placeholder", "binding")
    write(folder / "clean.py", CLEAN)
    assert main(["check", "--output-format=json", "clean.py"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_walk(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sorted, each file once, without what is no source of the project; a named file is taken whatever its name."""
    for name in ("b.py", "a/z.py", "a/b/c.py", "a.py", "A/x.py", "script", "x.pyi", ".hidden/x.py", ".x.py"):
        write(folder / name)
    for name in ("__pycache__/x.py", ".git/x.py", "env/lib/x.py"):
        write(folder / name)
    write(folder / "env" / "pyvenv.cfg", "home = /\n")
    (folder / "link.py").symlink_to("b.py")
    _, files, error = check(capsys, ".")
    assert files == ["A/x.py", "a.py", "a/b/c.py", "a/z.py", "b.py", "link.py"]
    assert error == ""
    assert check(capsys, "script", ".hidden", "a", "a/z.py", "./a.py")[1] == [
        "script",
        ".hidden/x.py",
        "a/b/c.py",
        "a/z.py",
        "a.py",
    ]
    assert check(capsys, "env")[1] == ["env/lib/x.py"]


def test_exclude(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names and paths, by option and by the project; a named file is linted all the same."""
    for name in ("x.py", "third_party/y.py", "src/a/generated/z.py", "src/a/keep.py", "src/b_pb2.py"):
        write(folder / name)
    assert check(capsys, "--exclude=third_party,*_pb2.py", "--exclude=src/*/generated", ".")[1] == [
        "src/a/keep.py",
        "x.py",
    ]
    write(folder / "setup.cfg", "[tf2lint]\nexclude = third_party/, src/*/generated\n")
    assert check(capsys, ".")[1] == ["src/a/keep.py", "src/b_pb2.py", "x.py"]
    assert check(capsys, "src")[1] == ["src/a/keep.py", "src/b_pb2.py"]
    assert check(capsys, "third_party/y.py")[1] == ["third_party/y.py"]


def test_nothing_to_lint(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without Python is clean, and the user is told so."""
    assert check(capsys, str(folder)) == (0, [], "tf2lint: no Python files there\n")


def test_enable_and_disable(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules are switched by the option and by the project; a disabled rule does not make way for another one."""
    write(folder / "x.py", GOOD + "y = tf.compat.v1.Session\n")
    assert main(["check", "x.py"]) == 1
    assert capsys.readouterr().out.count("\n") == 1
    for option in ("--enable=TF304", "--enable=tf-private-import,tf-compat-symbol", "--enable=all"):
        assert main(["check", option, "x.py"]) == 1
        assert "x.py:3:5: TF304" in capsys.readouterr().out
    write(folder / "setup.cfg", "[tf2lint]\ndisable = tf-placeholder\n")
    assert main(["check", "x.py"]) == 0
    assert capsys.readouterr().out == ""


def test_targets(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A target that has the name makes the finding go."""
    write(folder / "x.py")
    assert main(["check", "--tensorflow===1.15.*", "x.py"]) == 0
    assert main(["check", "--tensorflow", ">=1.15", "x.py"]) == 1
    capsys.readouterr()
    status, files, error = check(capsys, "--tensorflow", ">=2.99", "x.py", "x.py")
    assert (status, files) == (0, [])
    assert error.count("tf2lint: warning: ") == 1


@pytest.mark.parametrize("jobs", ["--jobs=1", "--jobs=2"])
def test_refused_configuration(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    """A configuration that can not be used ends the command before anything is linted."""
    write(folder / "a" / "x.py")
    write(folder / "z" / "x.py")
    write(folder / "z" / "setup.cfg", "[tf2lint]\nroot = a\n")
    status, files, error = check(capsys, jobs, ".")
    assert (status, files) == (2, [])
    assert error == f"tf2lint: {folder / 'z' / 'setup.cfg'}:2: unknown key 'root'; did you mean 'roots'?\n"
    assert check(capsys, "--enable=TF1000", "a")[2].startswith("tf2lint: option --enable: unknown rule 'TF1000'")


def test_internal_error(
    folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of ours is named with its file and traceback; the other files are linted."""
    for name in ("a.py", "b.py", "c.py"):
        write(folder / name)
    lint = engine.Linter.lint

    def fail(linter: engine.Linter, path: pathlib.Path, *rest: str) -> object:
        if path.name == "b.py":
            raise KeyError("boom")
        return lint(linter, path, *rest)

    monkeypatch.setattr(engine.Linter, "lint", fail)
    status, files, error = check(capsys, ".")
    assert (status, files) == (2, ["a.py", "c.py"])
    assert error.startswith("tf2lint: b.py: internal error: KeyError: 'boom'\nTraceback ")
    assert "Please report this" in error


def test_extend_select(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It adds to what is shown, or to --select; what is off by default is switched on by its own name."""
    write(folder / "a.py", GOOD + "y = tf.compat.v1.Session\nz = tf.log(1)\n")

    def codes(*options: str) -> list[str]:
        main(["check", "a.py", "--output-format=json", *options])
        return [record["code"] for record in json.loads(capsys.readouterr().out)]

    assert codes() == codes("--extend-select=TF3") == ["TF101", "TF306"]
    assert codes("--extend-select=TF304") == ["TF101", "TF304", "TF306"]
    assert codes("--select=TF101", "--extend-select=tf-compat-symbol") == ["TF101", "TF304"]
    assert codes("--select=TF1", "--extend-select=TF3", "--ignore=TF306") == ["TF101"]
    assert main(["check", "a.py", "--extend-select=TF999"]) == 2
    assert "option --extend-select: no rule 'TF999'" in capsys.readouterr().err


def test_jobs(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The order of the output does not depend on the number of processes."""
    for number in range(40):
        write(folder / f"m{number % 7}" / f"x{number}.py", GOOD * (number % 3))
    main(["check", "."])
    serial = capsys.readouterr().out
    for jobs in ("0", "2", "3"):
        assert main(["check", f"--jobs={jobs}", "."]) == 1
        assert capsys.readouterr().out == serial


def test_other_names_of_the_command(folder: pathlib.Path) -> None:
    """`tf2lint` and `python -m tf2lint` are the same."""
    write(folder / "x.py")
    script = pathlib.Path(sys.executable).with_name("tf2lint")
    outputs = [
        subprocess.run([*name, "check", "x.py"], capture_output=True, text=True, check=False).stdout
        for name in ([str(script)], [sys.executable, "-m", "tf2lint"])
    ]
    assert outputs[0] == outputs[1] != ""
    version = subprocess.run([str(script), "--version"], capture_output=True, text=True, check=True).stdout
    assert version == f"tf2lint {tf2lint.__version__}\n"


def test_reader_that_goes_away(folder: pathlib.Path) -> None:
    """`tf2lint check … | head` ends without a complaint."""
    write(folder / "x.py", "import tensorflow as tf\n" + "x = tf.placeholder(tf.float32)\n" * 5000)
    process = subprocess.Popen(
        [sys.executable, "-m", "tf2lint", "check", "x.py"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


def test_output_of_another_encoding(folder: pathlib.Path) -> None:
    """What standard output can not show is escaped."""
    write(folder / "größe.py")
    answer = subprocess.run(
        [sys.executable, "-m", "tf2lint", "check", "."],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert answer.stdout.startswith(b"gr\\xf6\\xdfe.py:2:5: TF101")


def test_streams_that_can_not_be_reconfigured(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever calls `main` may have replaced standard output."""
    write(folder / "x.py")
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["check", "x.py"]) == 1
    assert "TF101" in out.getvalue()


def test_neither_pylint_nor_flake8_is_needed(folder: pathlib.Path) -> None:
    """They are extras: the package and the command work where they can not be imported."""
    write(folder / "x.py")
    code = (
        "import sys\n"
        "sys.modules['pylint'] = sys.modules['flake8'] = None\n"
        "import tf2lint, tf2lint.cli\n"
        "assert callable(tf2lint.register) and callable(tf2lint.load_configuration)\n"
        "sys.exit(tf2lint.cli.main(['check', 'x.py']))\n"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 1, answer.stderr
    assert "TF101" in answer.stdout
