"""The cache: the same findings with it and without, whatever was changed in between, and never an error of its own."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import time

import pytest

from tf2lint import config, engine, source
from tf2lint.cli import cache, main, store
from tf2lint.cli.lint import lint_all
from tf2lint.findings import Finding

HEAD = "import tensorflow as tf\n"
MAIN = "from pkg import middle\nx = middle.far.make(tf.float32)\ns = middle.far.other\n"
FAR = HEAD + "make = tf.placeholder\nother = tf.constant\n"
FORMATS = ("concise", "text", "json", "sarif", "junit")


@pytest.fixture
def project(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A project whose main.py speaks of what a module two imports away holds; the current directory."""
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "setup.cfg").write_text("[metadata]\nname = pkg\n")
    write(tmp_path / "pkg" / "__init__.py", "")
    write(tmp_path / "pkg" / "middle.py", "from pkg import far\n")
    write(tmp_path / "pkg" / "far.py", FAR)
    write(tmp_path / "main.py", HEAD + MAIN)
    return tmp_path


def write(path: pathlib.Path, text: str) -> None:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command in this process: exit status and both outputs."""
    status = main(["check", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def files(folder: pathlib.Path) -> list[pathlib.Path]:
    """The files with entries."""
    return sorted((folder / cache.NAME).glob("*.entries"))


def entries(folder: pathlib.Path) -> list[bytes]:
    """The entries of linted files; others are there for these."""
    lines = [line for path in files(folder) for line in path.read_bytes().splitlines()[2:]]
    return [line for line in lines if line.split(b" ")[1] != b"0"]


def linted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are linted from now on."""
    seen: list[str] = []
    lint = engine.Linter.lint

    def watched(self: engine.Linter, path: pathlib.Path, *rest: str) -> list[Finding]:
        seen.append(path.name)
        return lint(self, path, *rest)

    monkeypatch.setattr(engine.Linter, "lint", watched)
    return seen


def test_nothing_is_linted_twice(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run lints nothing and prints the same, in every format; a changed file is linted, and no other."""
    write(project / "late.py", HEAD + "y = tf.Session()  # noqa: TF102\n\n\ndef é(): return tf.Session(), 'ü'\n")
    cell = {"cell_type": "code", "metadata": {}, "source": HEAD + "tf.log(1.0)\n"}
    book = {"cells": [cell], "nbformat": 4, "nbformat_minor": 4, "metadata": {}}
    write(project / "book.ipynb", json.dumps(book))
    write(project / "broken.py", "def f(:\n")
    write(
        project / "traced.py",
        HEAD + "@tf.function\ndef f(x):\n    g(x)\ndef g(x):\n    print('loss', x)\nf(tf.constant(1))\n",
    )
    without = {form: run(capsys, ".", "--no-cache", f"--output-format={form}") for form in FORMATS}
    assert not (project / cache.NAME).exists()
    assert without["concise"][1].count("\n") == 6
    seen = linted(monkeypatch)
    assert run(capsys, ".") == without["concise"]
    assert len(seen) == len(entries(project)) == 8
    seen.clear()
    assert {form: run(capsys, ".", f"--output-format={form}") for form in FORMATS} == without
    assert run(capsys, ".", "--jobs=2") == without["concise"]
    assert seen == []
    write(project / "late.py", HEAD + "y = tf.Session()\n")
    assert "late.py:2:5: TF102" in run(capsys, ".")[1]
    assert seen == ["late.py"]


@pytest.mark.parametrize(
    ("path", "text", "status"),
    [
        ("pkg/far.py", HEAD + "make = tf.Session\nother = tf.ones\n", 1),
        ("pkg/far.py", HEAD + "make = tf.constant\nother = tf.ones\n", 0),
        ("pkg/far.py", None, 0),
        ("pkg/middle.py", "from pkg import absent as far\n", 0),
        ("pkg/far/__init__.py", "make = other = len\n", 0),
        ("pkg.py", HEAD + "class middle:\n    far = tf\n", 1),
        ("tensorflow.py", "placeholder = constant = len\n", 1),
        ("setup.cfg", "[metadata]\nname = pkg\n[options]\ninstall_requires = tensorflow<2.5\n", 1),
        ("pyproject.toml", '[tool.tf2lint]\ntensorflow = "==1.15.*"\n', 0),
        ("pyproject.toml", '[tool.tf2lint]\ndisable = ["TF101"]\n', 0),
        ("tox.ini", "[tf2lint]\nroots = other\n", 1),
    ],
)
def test_what_findings_rest_on(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], path: str, text: str | None, status: int
) -> None:
    """Whatever is changed, made or deleted that main.py rests on: with the cache it is as without one."""
    write(project / "other" / "pkg" / "middle.py", "")
    before = run(capsys, "main.py", "--no-cache")
    assert run(capsys, ".")[0] == 1  # All modules, so that trees are shared.
    assert run(capsys, "main.py") == before
    if text is None:
        (project / path).unlink()
    else:
        write(project / path, text)
    now = run(capsys, "main.py")
    assert now == run(capsys, "main.py", "--no-cache")
    assert now[0] == status


def test_a_module_that_was_absent(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is found at once, next to the file, in a package that is new, or below a folder that is new."""
    write(project / "main.py", "import new.deep\nimport tensorflow as tf\ns = new.deep.make(tf.float32)\n")
    assert run(capsys, "main.py") == (0, "", "")
    write(project / "new" / "deep.py", FAR)
    assert run(capsys, "main.py")[0] == 1
    write(project / "new" / "__init__.py", "deep = None\n")
    assert run(capsys, "main.py") == run(capsys, "main.py", "--no-cache")
    write(project / "__init__.py", "")
    assert run(capsys, "main.py") == run(capsys, "main.py", "--no-cache")


def test_keras_of_a_package(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an `__init__.py` further up says about Keras counts, though nobody imports it."""
    write(project / "pkg" / "sub" / "__init__.py", "")
    write(project / "pkg" / "sub" / "a.py", HEAD + "tf.keras.optimizers.Adam(lr=0.1)\n")
    assert run(capsys, "pkg/sub/a.py")[0] == 1
    write(project / "pkg" / "__init__.py", "import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\n")
    assert run(capsys, "pkg/sub/a.py") == run(capsys, "pkg/sub/a.py", "--no-cache") == (0, "", "")


def test_what_else_makes_another_entry(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options, another directory, and a change of tf2lint itself."""
    run(capsys, ".")
    seen = linted(monkeypatch)
    assert run(capsys, "main.py", "--tensorflow===1.15.*") == (0, "", "")
    assert seen == ["main.py"]
    os.chdir(project / "pkg")
    assert run(capsys, "../main.py")[1].startswith("../main.py:3:5: TF101 ")
    assert seen == ["main.py"]
    monkeypatch.setattr(cache, "fingerprint", lambda: "another")
    assert run(capsys, "../main.py")[0] == 1
    assert seen == ["main.py", "main.py"]


@pytest.mark.parametrize(
    "damage", ["empty", "cut", "foreign", "flipped", "unknown rule", "list", "lines", "words", "numbers"]
)
def test_damaged(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """An entry that is not as it was written is none, and is written anew, also into one file with what is damaged."""
    monkeypatch.setattr(store, "_FILES", 1)
    before = run(capsys, ".")
    for path in [*files(project), project / cache.NAME / "rules.json"]:
        data = path.read_bytes()
        lines = data.splitlines()[1:]
        deep = [line[: line.index(b"[")] + b"[" * 100_000 for line in lines]
        damaged = {
            "empty": b"",
            "cut": data[:-20],
            "foreign": b"\x00\xff" * 100,
            "flipped": data.replace(b"TF101", b"TF102").replace(b"tf-p", b"tf-q"),
            "unknown rule": _signed(b"\n".join(lines).replace(b'["TF101"', b'["TF999"')),
            "list": _signed(b"\n".join(deep)),
            "lines": _signed(b"\n".join([lines[0], b" " * 99, b"a b", *(line.replace(b" ", b"  ") for line in lines)])),
            "words": _signed(b"\n".join([b"[7," + lines[0][1:], *lines[1:]])),
            "numbers": _signed(b"\n".join([b"[]", *lines[1:], lines[-1].replace(lines[-1].split(b" ")[1], b"00")])),
        }
        path.write_bytes(damaged[damage])
    assert run(capsys, ".") == before
    assert run(capsys, ".", "--jobs=2") == before


def _signed(data: bytes) -> bytes:
    return source.digest(data).encode() + b"\n" + data


def test_where(project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the configuration, kept out of backups and repositories; elsewhere if wished; none for a buffer."""
    with open("main.py", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert run(capsys, "-")[0] == 1
    for none in (("--no-cache",), ("--cache-dir=",)):
        run(capsys, ".", *none)
    assert not (project / cache.NAME).exists()
    run(capsys, ".", "--cache-dir=made/here")
    assert {path.name for path in (project / "made" / "here").glob("[C.]*")} == {"CACHEDIR.TAG", ".gitignore"}
    monkeypatch.setenv(cache.VARIABLE, str(project / "pkg"))
    run(capsys, "main.py")
    assert len(list((project / "pkg").glob("*.entries"))) == len(list((project / "pkg").glob("rules.json"))) == 1
    assert not (project / "pkg" / ".gitignore").exists()
    monkeypatch.delenv(cache.VARIABLE)
    os.chdir(project / "pkg")
    run(capsys, "../main.py")
    assert len(entries(project)) == 1
    assert (project / cache.NAME / ".gitignore").read_text() == "*\n"
    assert (project / cache.NAME / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_no_place(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing can be written there is no cache, and no word, unless the user named the place."""
    before = run(capsys, ".", "--no-cache")
    write(project / cache.NAME, "a file")
    assert run(capsys, ".") == before
    status, out, err = run(capsys, ".", "--cache-dir=main.py")
    assert (status, out) == before[:2]
    assert err == f"tf2lint: warning: no cache: {project / 'main.py'} can not be written\n"


def test_bounded(project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not used for a month goes, and beyond a size the oldest; what is no entry stays."""
    folder, month = project / cache.NAME, time.time() - 31 * 86_400
    with monkeypatch.context() as before:
        before.setattr(time, "time", lambda: month)
        run(capsys, ".")
    write(folder / "notes.json", "{}")
    os.utime(folder / "notes.json", (month, month))
    seen = linted(monkeypatch)
    run(capsys, "main.py")  # It is in use again.
    assert (seen, len(entries(project))) == ([], 1)
    write(project / "late.py", HEAD)
    run(capsys, "late.py")
    assert len(entries(project)) == 2
    monkeypatch.setattr(store, "_BYTES", 0)
    run(capsys, ".")
    assert [path.name for path in folder.iterdir() if path.suffix in (".json", ".entries")] == ["notes.json"]


def test_few_files(project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What many runs add becomes one file, in which nothing is lost or double."""
    run(capsys, ".")
    before = len(entries(project))
    for number in range(20):
        write(project / "late.py", f"{HEAD}tf.log({number})\n")
        run(capsys, ".")
        assert len(files(project)) <= 8
    write(project / "late.py", f"{HEAD}tf.log(0)\n")
    for number in range(8):
        write(project / f"m{number}.py", HEAD)
        run(capsys, f"m{number}.py")
    assert len({entry[:32] for entry in entries(project)}) == before + 9
    seen = linted(monkeypatch)
    run(capsys, ".")
    assert seen == ["late.py"]  # Of its contents the last is remembered.


def test_what_ends_early(project: pathlib.Path) -> None:
    """What was found until somebody has seen enough is kept."""
    results = lint_all(["main.py", "pkg/far.py"], config.Options(), 1, cache.Cache())
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(entries(project)) == 1


@pytest.mark.usefixtures("project")
def test_another_place(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """That tf2lint was installed anew, as it is in each job of CI, changes nothing."""
    before = run(capsys, ".")
    monkeypatch.setattr(cache, "stamps", lambda: "later")
    seen = linted(monkeypatch)
    assert run(capsys, ".") == before
    assert seen == []


def test_a_warm_run_imports_little(project: pathlib.Path) -> None:
    """Where everything is in the cache, astroid is not imported, whatever is asked for."""
    write(project / "pyproject.toml", '[tool.tf2lint]\nenable = ["TF304"]\nbaseline = "b.json"\n')
    write(project / "b.json", '{"version": 1, "files": {"main.py": {"TF102": 3}}}')
    program = (
        "import sys\nfrom tf2lint.cli import main\n"
        "status = main(['check', '.', '--select=TF1', '--jobs=2', *sys.argv[1:]])\n"
        "assert status == 1, status\n"
        "print([name for name in ('astroid', 'rich', 'concurrent', 'tf2lint.engine') if name in sys.modules])\n"
    )
    answers = [
        subprocess.run([sys.executable, "-c", program, *options], capture_output=True, text=True, check=True).stdout
        for options in ((), (), ("--statistics",), ("--output-format=sarif",))
    ]
    assert "'astroid'" in answers[0].splitlines()[-1]
    assert [answer.splitlines()[-1] for answer in answers[1:]] == ["[]"] * 3


def test_several_at_once(project: pathlib.Path) -> None:
    """Runs that write the same entries at the same time get the same answers, and leave nothing half-written."""
    for number in range(12):
        write(project / f"m{number}.py", HEAD + MAIN)
    command = [sys.executable, "-m", "tf2lint", "check", ".", "--jobs=2"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    answers = [process.communicate() for process in running]
    assert len(set(answers)) == 1
    assert answers[0][1] == b""
    assert not list((project / cache.NAME).glob("*.tmp"))
    for path in files(project):
        digest, _, data = path.read_bytes().partition(b"\n")
        assert source.digest(data).encode() == digest
