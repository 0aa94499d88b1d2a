"""The flake8 plugin, beyond what the agreement of the front ends shows (test_fronts.py)."""

from __future__ import annotations

import ast
import pathlib
import re
import subprocess
import sys

import pytest

from tf2lint.flake8_plugin import Plugin

GOOD = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
COMPAT = "import tensorflow as tf\nx = tf.compat.v1.Session\n"


def flake8(folder: pathlib.Path, *arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run flake8 in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "flake8", *arguments], cwd=folder, capture_output=True, check=False, input=stdin
    )


def write(path: pathlib.Path, text: str) -> pathlib.Path:
    """Write a file."""
    path.write_text(text, encoding="utf-8")
    return path


def test_it_is_found_and_listed(tmp_path: pathlib.Path) -> None:
    """The entry point is all that is needed."""
    assert re.search(rb"\btf2lint: \d", flake8(tmp_path, "--version").stdout)
    assert b"--tf2lint-enable" in flake8(tmp_path, "--help").stdout


def test_a_message(tmp_path: pathlib.Path) -> None:
    """Code, sentence, link; the column counts characters from 1."""
    write(tmp_path / "x.py", "import tensorflow as tf\ns = '日本'; x = tf.placeholder(tf.float32)\n")
    answer = flake8(tmp_path, "--select=TF", "x.py")
    assert re.fullmatch(
        rb"x\.py:2:15: TF101 tf\.placeholder .*: .*\. https://www\.tensorflow\.org/\S+\n", answer.stdout
    ), answer
    assert answer.returncode == 1


def test_selected_by_default(tmp_path: pathlib.Path) -> None:
    """Without any option the plugin speaks."""
    write(tmp_path / "x.py", GOOD)
    assert b"TF101" in flake8(tmp_path, "x.py").stdout


def test_the_tree_of_flake8_stays_as_it_is(tmp_path: pathlib.Path) -> None:
    """Other plugins look at it too: docstrings are still there, and nothing new."""
    text = '"""Of a module."""\nimport tensorflow as tf\nclass C:\n    """Of a class."""\n'
    text += '    def f(self):\n        """Of a function."""\n        return tf.placeholder(tf.float32)\n'
    tree = ast.parse(text)
    found = list(Plugin(tree, str(tmp_path / "x.py"), text.splitlines(keepends=True)).run())
    assert [(line, message[:5]) for line, _, message, _ in found] == [(7, "TF101")]
    assert ast.dump(tree, include_attributes=True) == ast.dump(ast.parse(text), include_attributes=True)


@pytest.mark.parametrize("options", [(), ("--stdin-display-name=pkg/user.py",)])
def test_standard_input(tmp_path: pathlib.Path, options: tuple[str, ...]) -> None:
    """A buffer is linted as the file it stands for; without a name it has no neighbours."""
    (tmp_path / "pkg").mkdir()
    write(tmp_path / "pkg" / "__init__.py", "")
    write(tmp_path / "pkg" / "shim.py", "import tensorflow as tf\nmake = tf.placeholder\n")
    write(tmp_path / "pkg" / "user.py", "import os\n")
    buffer = "import tensorflow as tf\nfrom .shim import make\nx = make(tf.float32)\ny = tf.Session()\n"
    answer = flake8(tmp_path, "--select=TF", *options, "-", stdin=buffer.encode())
    found = re.findall(rb"^(\S+?):(\d+):\d+: (TF\d+)", answer.stdout, re.MULTILINE)
    if options:
        assert found == [(b"pkg/user.py", b"3", b"TF101"), (b"pkg/user.py", b"4", b"TF102")]
    else:
        assert found == [(b"stdin", b"4", b"TF102")]


@pytest.mark.parametrize("data", ["import tensorflow as tf\r\n\r\nx = tf.placeholder(1)\r\n", "\ufeff\n\n" + GOOD[24:]])
def test_standard_input_with_odd_ends(tmp_path: pathlib.Path, data: str) -> None:
    """Line ends and a BOM move nothing."""
    data = data if "tensorflow" in data else "\ufeffimport tensorflow as tf\n\n" + GOOD[24:]
    answer = flake8(tmp_path, "--select=TF", "-", stdin=data.encode())
    assert answer.stdout.startswith(b"stdin:3:5: TF101")


@pytest.mark.parametrize(
    ("configuration", "found"),
    [
        ("[flake8]\n", []),
        ("[flake8]\nselect = TF\n", []),
        ("[flake8]\nextend-select = TF304\n", []),
        ("[flake8]\nignore = W\n", []),
        ("[flake8]\ntf2lint-enable = TF304\n", [b"TF304"]),
        ("[flake8]\ntf2lint-enable =\n    tf-compat-symbol,\n    TF309\n", [b"TF304"]),
        ("[flake8]\ntf2lint-enable = all\nextend-ignore = TF304\n", []),
        ("[flake8]\ntf2lint-enable = all\nper-file-ignores =\n    x.py: TF3\n", []),
        ("[tf2lint]\nenable = TF304\n", [b"TF304"]),
        ("[tf2lint]\nenable = TF304\n[flake8]\ntf2lint-enable = TF309\n", []),
    ],
)
def test_off_by_default(tmp_path: pathlib.Path, configuration: str, found: list[bytes]) -> None:
    """A rule that is off is switched on by its name, in our option or the project's file, and by nothing else."""
    write(tmp_path / "setup.cfg", configuration)
    write(tmp_path / "x.py", COMPAT)
    assert re.findall(rb"TF\d+", flake8(tmp_path, "x.py").stdout) == found


def test_noqa(tmp_path: pathlib.Path) -> None:
    """A finding over several lines is suppressed where it starts."""
    write(tmp_path / "x.py", "import tensorflow as tf\nx = tf.placeholder(  # noqa: TF101\n    tf.float32,\n)\n")
    assert flake8(tmp_path, "--select=TF", "x.py").stdout == b""
    assert b"TF101" in flake8(tmp_path, "--select=TF", "--disable-noqa", "x.py").stdout


def test_target(tmp_path: pathlib.Path) -> None:
    """A target that has the name makes the finding go; the host's option wins."""
    write(tmp_path / "x.py", GOOD)
    write(tmp_path / "tox.ini", "[tf2lint]\ntensorflow = ==1.15.*\n")
    assert flake8(tmp_path, "--select=TF", "x.py").stdout == b""
    assert b"TF101" in flake8(tmp_path, "--select=TF", "--tf2lint-tensorflow=>=2", "x.py").stdout


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize("nested", [False, True])
def test_refused_configuration(tmp_path: pathlib.Path, jobs: str, nested: bool) -> None:
    """One that can not be used ends flake8 with a message, not with a traceback."""
    place = tmp_path / "below" if nested else tmp_path
    place.mkdir(exist_ok=True)
    write(place / "pyproject.toml", "[tool.tf2lint]\nenable = ['tf-compat-symbl']\n")
    for name in "xyz":
        write(place / f"{name}.py", GOOD)
    answer = flake8(tmp_path, jobs, ".")
    assert answer.returncode == 1
    assert b"tf2lint: " in answer.stdout
    assert b"did you mean 'tf-compat-symbol'?" in answer.stdout
    assert b"Traceback" not in answer.stdout + answer.stderr


def test_refused_option(tmp_path: pathlib.Path) -> None:
    """An option is called by its name."""
    write(tmp_path / "x.py", GOOD)
    answer = flake8(tmp_path, "--tf2lint-keras=three", "x.py")
    assert b"tf2lint: option tf2lint-keras: 'three' is no version specifier" in answer.stdout


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_warned_once(tmp_path: pathlib.Path, jobs: str) -> None:
    """A target beyond the database is warned of once."""
    for name in "xyz":
        write(tmp_path / f"{name}.py", GOOD)
    answer = flake8(tmp_path, "--select=TF", jobs, "--tf2lint-tensorflow=>=2.99", ".")
    assert answer.stderr.count(b"tf2lint: warning: ") == 1
    assert answer.stdout == b""
