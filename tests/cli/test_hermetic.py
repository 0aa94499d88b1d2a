"""What a run rests on: the files that it reads, no network, no other process, and no TensorFlow."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest

GUARDED = """
import json, sys

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "ctypes.")
opened = []

def hook(event, arguments):
    if event.startswith(FORBIDDEN):
        raise RuntimeError(event)
    if event == "import":
        assert arguments[0].split(".")[0] not in ("tensorflow", "keras", "tf_keras", "pkg"), arguments[0]
    if event == "open" and isinstance(arguments[0], str):
        opened.append(arguments[0])

from tf2lint.cli import main
sys.addaudithook(hook)
status = main(["check", "--output-format=json", *sys.argv[1:]])
print(json.dumps([status, opened]), file=sys.stderr)
"""

FILES = {
    "setup.cfg": "[tf2lint]\ntensorflow = >=2.12,<2.22\n",
    "pkg/__init__.py": "",
    "pkg/user.py": "import requests\nfrom pkg import used\n\nx = used.make(1)\n"
    "from tensorflow import gfile\n\ngfile.Exists('x')\n",
    "pkg/used.py": "import tensorflow as tf\n\nmake = tf.placeholder\n",
    "pkg/other.py": "raise SystemExit\n",
    "README.md": "",
}


def lint(folder: pathlib.Path, name: str) -> tuple[list[dict[str, object]], set[str]]:
    """What is found in a file, and which files of the project were read for that."""
    answer = subprocess.run(
        [sys.executable, "-c", GUARDED, str(folder / name)], capture_output=True, text=True, check=True
    )
    status, opened = json.loads(answer.stderr.splitlines()[-1])
    assert status in (0, 1)
    below = {pathlib.Path(path) for path in opened if pathlib.Path(path).is_relative_to(folder)}
    return json.loads(answer.stdout), {path.relative_to(folder).as_posix() for path in below if path.is_file()}


@pytest.fixture
def project(tmp_path: pathlib.Path) -> pathlib.Path:
    """A project whose modules must not be run."""
    for name, text in FILES.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "project"


def test_inputs(project: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A file, what it imports from its project, their packages, and the configuration: nothing else is read."""
    found, inputs = lint(project, "pkg/user.py")
    assert [(record["line"], record["code"]) for record in found] == [(4, "TF101"), (5, "TF310"), (7, "TF310")]
    assert inputs == {"setup.cfg", "pkg/__init__.py", "pkg/user.py", "pkg/used.py"}
    # A build system's sandbox has these alone, as links to where they lie.
    for name in inputs:
        link = tmp_path / "sandbox" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(project / name)
    again, _ = lint(tmp_path / "sandbox", "pkg/user.py")
    assert [{**record, "path": ""} for record in again] == [{**record, "path": ""} for record in found]
    # What a file imports belongs to its inputs: without it, less is seen.
    (tmp_path / "sandbox" / "pkg" / "used.py").unlink()
    assert [record["line"] for record in lint(tmp_path / "sandbox", "pkg/user.py")[0]] == [5, 7]
