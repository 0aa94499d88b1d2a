"""Whatever the files of a project hold, or are: a message or a finding, no traceback and no end of waiting."""

from __future__ import annotations

import json
import os
import pathlib

import pytest

from tf2lint.cli import main

PROGRAM = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
DIGITS = "9" * 6000


@pytest.fixture
def project(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A project with one program, and the current directory."""
    (tmp_path / "train.py").write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)
    return tmp_path


CONFIGURATIONS = {
    "deep": ("pyproject.toml", f"x = {'[' * 50_000}{']' * 50_000}"),
    "deep tables": ("pyproject.toml", f"x = {'{a = ' * 20_000}1{'}' * 20_000}"),
    "digits": ("pyproject.toml", f"x = {DIGITS}"),
    "version": ("setup.cfg", f"[tf2lint]\ntensorflow = >={DIGITS}\n"),
    "expression": ("setup.cfg", f"[tf2lint]\ntracing-print = {'(' * 20_000}\n"),
    "repetition": ("setup.cfg", "[tf2lint]\ntracing-print = a{4294967295}\n"),
    "baseline": ("base.json", f'{{"version": {DIGITS}, "files": {{}}}}'),
}


@pytest.mark.parametrize("case", CONFIGURATIONS)
def test_configurations(project: pathlib.Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    """What can not be read is said, with the file."""
    name, text = CONFIGURATIONS[case]
    (project / "setup.cfg").write_text("[tf2lint]\nbaseline = base.json\n")
    (project / "base.json").write_text('{"version": 1, "files": {}}')
    (project / name).write_text(text)
    assert main(["check", "."]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"tf2lint: {project / name}:")
    assert said.count("\n") == 1


def test_nothing_is_put_into_a_configuration(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`%(…)s` stands for itself, so that no text can grow to the size of the memory."""
    doubled = "".join(f"a{number} = %(a{number - 1})s%(a{number - 1})s\n" for number in range(1, 99))
    (project / "setup.cfg").write_text(f"[tf2lint]\ndisable = %(a98)s\n[DEFAULT]\na0 = x\n{doubled}")
    assert main(["check", "."]) == 2
    assert "unknown rule '%(a98)s'" in capsys.readouterr().err


REQUIREMENTS = {
    "include": ("requirements.txt", "-r /etc/passwd\n-r ../../../etc/passwd\n-r requirements.txt\n"),
    "marker": ("requirements.txt", "tensorflow; python_version ~= 'a'\n"),
    "deep marker": ("requirements.txt", f"tensorflow; {'(' * 20_000}os_name == 'a'{')' * 20_000}\n"),
    "digits": ("requirements.txt", f"tensorflow>={DIGITS}\n"),
    "many": ("requirements.txt", "".join(f"tensorflow<3,!=2.0.{number}\n" for number in range(5_000))),
    "code": (
        "setup.py",
        "open('/nowhere/x')\nfrom setuptools import setup\nsetup(install_requires=[__import__('x').y])\n",
    ),
    "deep code": ("setup.py", f"setup(install_requires={'(' * 20_000})\n"),
    "caret": ("pyproject.toml", f"[tool.poetry.dependencies]\ntensorflow = '^{DIGITS}'\n"),
    "carets": ("pyproject.toml", f"[tool.poetry.dependencies]\ntensorflow = '{'^2,' * 20_000}'\n"),
    "lists": ("pyproject.toml", f"[project]\ndependencies = {'[' * 300}'tensorflow'{']' * 300}\n"),
    "conda": ("environment.yml", f"- tensorflow={DIGITS}\n"),
    "anchors": ("environment.yml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n- tensorflow\n"),
    "pipfile": ("Pipfile", f"[packages]\ntensorflow = '=={DIGITS}'\n"),
}


@pytest.mark.parametrize("case", REQUIREMENTS)
def test_requirements(project: pathlib.Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    """Metadata are other tools': what can not be read in them is passed over."""
    name, text = REQUIREMENTS[case]
    (project / name).write_text(text)
    assert main(["check", "."]) == 1
    captured = capsys.readouterr()
    assert "train.py:2:5: TF101 " in captured.out
    assert captured.err == ""


PIPES = ("pyproject.toml", "requirements.txt", "helpers.py", ".gitignore", "base.json", "pipe.py", "link.py", "zero.py")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
@pytest.mark.parametrize("name", PIPES)
def test_what_never_ends(project: pathlib.Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """A pipe or a device in the project is not read."""
    (project / "setup.cfg").write_text("[tf2lint]\nbaseline = base.json\n")
    (project / "base.json").write_text('{"version": 1, "files": {}}')
    (project / "train.py").write_text(f"import helpers\n{PROGRAM}")
    (project / name).unlink(missing_ok=True)
    if name == "zero.py":
        (project / name).symlink_to("/dev/zero")
    else:
        os.mkfifo(project / "pipe")
        (project / "pipe").rename(project / (name if name != "link.py" else "pipe"))
    if name == "link.py":
        (project / name).symlink_to("pipe")
    refused = name in ("pyproject.toml", "base.json")
    assert main(["check", "."]) == (2 if refused else 1)
    captured = capsys.readouterr()
    assert ("it is no regular file" in captured.err) is refused
    assert ("TF101" in captured.out) is not refused


def cell(source: object) -> dict[str, object]:
    """A code cell."""
    return {"cell_type": "code", "metadata": {}, "source": source}


BOOK = json.dumps({"cells": [cell([PROGRAM]), cell(1.5e300), cell({}), cell([["x"], None])], "nbformat": 4})
NOTEBOOKS = {
    "deep": "[" * 100_000,
    "deep and complete": f'{{"cells": {"[" * 50_000}{"]" * 50_000}}}',
    "digits": f'{{"cells": [], "nbformat": {DIGITS}}}',
    "no text": BOOK,
    "nothing": '{"cells": [null, NaN, Infinity, 1e999]}',
    "metadata": '{"cells": [], "metadata": {"language_info": {"name": {}}, "kernelspec": []}}',
}


@pytest.mark.parametrize("case", NOTEBOOKS)
@pytest.mark.parametrize("command", ["check", "fix --unsafe"])
def test_notebooks(project: pathlib.Path, capsys: pytest.CaptureFixture[str], case: str, command: str) -> None:
    """What is no notebook is a finding, and stays as it is."""
    book = project / "book.ipynb"
    book.write_text(NOTEBOOKS[case])
    assert main([*command.split(), "book.ipynb"]) in (0, 1, 2)
    captured = capsys.readouterr()
    assert "internal error" not in captured.err
    assert book.read_text() == NOTEBOOKS[case]
    if command == "check":
        assert ("TF001 not analysed: it is no notebook" in captured.out) is (case != "metadata")


def test_keys_twice(project: pathlib.Path) -> None:
    """The last one counts, for what is found and for what is rewritten."""
    cells = [
        json.dumps({"cells": [cell(f"import tensorflow as tf\ntf.{name}(1)")], "nbformat": 4})
        for name in ("log", "sin")
    ]
    first, last = (text.partition(": ")[2].partition(', "nbformat"')[0] for text in cells)
    book = project / "book.ipynb"
    book.write_text(f'{{"cells": {first}, "cells": {last}, "nbformat": 4}}')
    before = book.read_text()
    assert main(["fix", "book.ipynb"]) == 0
    assert book.read_text() == before
    book.write_text(f'{{"cells": {last}, "cells": {first}, "nbformat": 4}}')
    assert main(["fix", "book.ipynb"]) == 0
    assert book.read_text() == f'{{"cells": {last}, "cells": {first.replace("tf.log", "tf.math.log")}, "nbformat": 4}}'


def test_patterns(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Patterns of a configuration are no way to keep us busy for years."""
    name = "a" * 200 + ".py"
    (project / name).write_text(PROGRAM)
    many = "*a" * 60 + "b"
    (project / "setup.cfg").write_text(f"[tf2lint]\nexclude = {many}\nper-file-ignores = {many}: TF1\n")
    assert main(["check", "."]) == 1
    assert name in capsys.readouterr().out
