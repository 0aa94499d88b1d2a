"""The key `per-file-ignores`: how it is written, what it matches, and that every front end honours it."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

import pytest

from tf2lint import config
from tf2lint.cli import main

PROGRAM = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\ns = tf.Session()\n"


def write(path: pathlib.Path, text: str = PROGRAM) -> pathlib.Path:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[tool.tf2lint.per-file-ignores]\n"tests/*" = ["TF101", "tf-session"]\n"b.py" = "TF1"\n'),
        ("pyproject.toml", '[tool.tf2lint]\nper-file-ignores = {"tests/*" = ["TF101", "TF102"], "b.py" = ["all"]}\n'),
        ("setup.cfg", "[tf2lint]\nper-file-ignores =\n    tests/*: TF101,TF102\n    b.py: TF1\n"),
        ("tox.ini", "[tf2lint]\nper-file-ignores = tests/*,b.py: TF101\n  TF102\n"),
    ],
)
def test_written(tmp_path: pathlib.Path, name: str, text: str) -> None:
    """In a table as for ruff, in lines as for flake8."""
    write(tmp_path / name, text)
    settings = config.Projects().of(tmp_path / "x.py")
    for path, ignored in {"tests/a.py": True, "tests/sub/a.py": True, "sub/b.py": True, "a.py": False}.items():
        assert (settings.ignored(tmp_path / path) >= {"tf-placeholder", "tf-session"}) is ignored, path


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("a.py", "a.py src/a.py src/deep/a.py"),
        ("src", "src/a.py src/b.py src/deep/a.py"),
        ("src/", "src/a.py src/b.py src/deep/a.py"),
        ("./src/*.py", "src/a.py src/b.py src/deep/a.py"),
        ("deep", ""),
        ("*/deep", "src/deep/a.py"),
        ("[ab].py", "a.py src/a.py src/b.py src/deep/a.py"),
        ("!src/*", "a.py"),
    ],
)
def test_patterns(tmp_path: pathlib.Path, pattern: str, matched: str) -> None:
    """A name, a path from the configuration's folder, or a folder there; an exclamation mark turns it round."""
    write(tmp_path / "pyproject.toml", f'[tool.tf2lint.per-file-ignores]\n"{pattern}" = ["TF101"]\n')
    settings = config.Projects().of(tmp_path / "src" / "deep" / "x.py")
    files = ("a.py", "src/a.py", "src/b.py", "src/deep/a.py")
    assert [file for file in files if settings.ignored(tmp_path / file)] == matched.split()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("pyproject.toml", '[tool.tf2lint.per-file-ignores]\n"a" = ["TF101"]\n"b" = ["TF999"]\n', ":3: .*'TF999'"),
        ("pyproject.toml", '[tool.tf2lint]\nper-file-ignores = {a = ["tf-placehold"]}\n', ":2: .*'tf-placeholder'"),
        ("pyproject.toml", '[tool.tf2lint]\nper-file-ignores = ["a"]\n', ":2: .*must be a table"),
        ("pyproject.toml", "[tool.tf2lint]\nx = 1\n", ":2: unknown key"),
        ("pyproject.toml", "[tool.tf2lint.per-file-ignores]\na = 1\n", ":1: .*'a' must have a list"),
        ("setup.cfg", "[tf2lint]\nper-file-ignores =\n    a: TF101\n    b: TF101,\n        E501\n", ":5: .*'E501'"),
        ("setup.cfg", "[tf2lint]\nper-file-ignores =\n    TF101\n", ":2: .*must be a pattern, a colon"),
    ],
)
def test_refused(tmp_path: pathlib.Path, name: str, text: str, said: str) -> None:
    """With file and line."""
    write(tmp_path / name, text)
    with pytest.raises(config.ConfigError, match=f"{name}{said}"):
        config.Projects().of(tmp_path / "x.py")


def test_every_front_end(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command, pylint and flake8 leave out the same; the rest is told."""
    write(tmp_path / "pyproject.toml", '[tool.tf2lint.per-file-ignores]\n"old/*" = ["TF101"]\n')
    files = [str(write(tmp_path / name)) for name in ("old/a.py", "b.py")]
    wanted = [("a.py", "3"), ("b.py", "2"), ("b.py", "3")]
    assert main(["check", *files]) == 1
    assert re.findall(r"([ab]\.py):(\d+):", capsys.readouterr().out) == wanted
    hosts = ["flake8", "--select=TF"], ["pylint", "--load-plugins=tf2lint", "--disable=all", "--enable=tf2lint-idioms"]
    for module, *options in hosts:
        command = [sys.executable, "-m", module, *options, *files]
        answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert sorted(re.findall(r"^\S*?([ab]\.py):(\d+):", answer.stdout, re.MULTILINE)) == wanted, answer.stderr


def test_comments_and_baseline(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is ignored is not counted, and a comment about it is not called useless."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.py", PROGRAM.replace("32)\n", "32)  # noqa: TF101\n"))
    write(tmp_path / "b.json", '{"version": 1, "files": {"a.py": {"TF101": 2, "TF102": 1}}}')
    write(tmp_path / "pyproject.toml", '[tool.tf2lint]\nper-file-ignores = {"*" = ["TF101"]}\nbaseline = "b.json"\n')
    assert main(["check", "--enable=TF002", "."]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["baseline", "--prune", "."]) == 0
    assert '"TF101": 2' in (tmp_path / "b.json").read_text()
