"""Odd files and odd moments: a clear word, the other files, and nothing half done."""

from __future__ import annotations

import errno
import os
import pathlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from bench.kills import environment
from tf2lint import engine, source
from tf2lint.cli import lint, main
from tf2lint.cli.cache import VARIABLE

GOOD = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
HEAVY = "import tensorflow as tf\nx = y = 0\n\nwhile a:\n" + "".join(
    f"    x = x + y + tf.math.log({number}.)\n    y = y + x\n    y.log\n" for number in range(9)
)
"""What each variable may hold is asked in many ways."""


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A folder with a file that has a finding, before and after the trouble; the current directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("aaa.py", "zzz.py"):
        (tmp_path / name).write_text(GOOD)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Run the command in this process: exit status, what it says, standard error."""
    status = main(["check", "--no-cache", "--output-format=concise", *arguments])
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err


def test_bound(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that would take too long is told with a line; the others are linted; the order of files plays no part."""
    (folder / "heavy.py").write_text(HEAVY)
    (folder / "user.py").write_text("import heavy\nimport tensorflow as tf\ntf.log(heavy.y)\n")
    monkeypatch.setattr(engine, "_USUAL", 400)
    monkeypatch.setattr(engine, "_MOST", 800)
    status, said, error = check(capsys, ".")
    assert (status, error) == (1, "")
    (told,) = (line for line in said if line.startswith("heavy.py"))
    assert "TF001 not analysed: what its names stand for takes too long to find out" in told
    assert int(told.split(":")[1]) > 2
    assert {"aaa.py", "zzz.py"} < {line.split(":")[0] for line in said}
    names = ["zzz.py", "user.py", "heavy.py", "aaa.py"]
    for order in (names, names[::-1]):
        assert sorted(check(capsys, *order)[1]) == sorted(said)
    assert check(capsys, "--jobs=2", ".")[1] == said or sys.platform != "linux" or sys.version_info >= (3, 14)
    monkeypatch.setattr(engine, "_MOST", 10_000_000)
    assert not any("TF001" in line for line in check(capsys, ".")[1])


def test_chain_of_calls(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each further call of a chain takes what the one before took, not twice that."""
    calls = ".map(lambda x: x)" * 60
    chain = f"    d = tf.data.Dataset.range(1){calls}\n    return d, tf.log(x)\n"
    (folder / "chain.py").write_text(f"import tensorflow as tf\n@tf.function\ndef f(x):\n{chain}f(d{calls})\n")
    assert [line.split(" ")[:2] for line in check(capsys, "chain.py")[1]] == [["chain.py:5:15:", "TF306"]]


@pytest.mark.parametrize("call", ["def setUp(self):\n        '''Nothing.'''", "def setUp(self): pass"])
def test_only_a_docstring(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], call: str) -> None:
    """A function of which nothing is left but its docstring is a function."""
    (folder / "doc.py").write_text(
        f"import tensorflow as tf\ndef nothing():\n    '''Nothing.'''\nclass Test:\n    {call}\n"
        "    def test(self):\n        if self:\n            nothing()\n        tf.log(1.)\n"
    )
    status, said, error = check(capsys, "doc.py")
    assert (status, len(said), error) == (1, 1, "")


@pytest.mark.parametrize("text", ["x = tf{}\n", "x = tf.log{}\n", "x = 1{}\n", "x = {}1\n", "if a: pass\n{}"])
@pytest.mark.parametrize("levels", [2_500, 10_000])
def test_depth(folder: pathlib.Path, text: str, levels: int) -> None:
    """However deep: linted or said to be too deep, in little time, by the command and the plugins."""
    part = {"x = tf{}\n": ".log", "x = tf.log{}\n": "(1)", "x = 1{}\n": " + tf.log(1)", "x = {}1\n": "not "}
    whole = text.format(part.get(text, "elif a: tf.log(1)\n") * levels)
    (folder / "deep.py").write_text("import tensorflow as tf\n" + whole)
    files = ["aaa.py", "deep.py", "zzz.py"]
    hosts = [["tf2lint", "check", "--no-cache"]]
    if levels == 10_000:
        hosts += [
            ["flake8", "--isolated"],
            ["pylint", "--load-plugins=tf2lint", "--disable=all", "--enable=tf-placeholder"],
        ]
    for host in hosts:
        command = [sys.executable, "-m", *host, *files]
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment())
        if host[0] == "pylint" and answer.returncode < 0:
            continue  # pylint alone dies of it, too.
        assert answer.returncode >= 0, answer.stderr
        if host[0] == "tf2lint":
            assert answer.stdout.count("TF101") == 2, answer.stdout + answer.stderr
            assert "Traceback" not in answer.stderr


def test_large(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that would take gigabytes to parse is not parsed, whoever imports it."""
    with (folder / "large.py").open("w") as file:
        file.write("import tensorflow as tf\nDATA = [\n" + "1, 2, 3, 4,\n" * (source.LARGEST // 12) + "]\n")
    (folder / "user.py").write_text("import large\nimport tensorflow as tf\ntf.log(large.DATA)\n")
    status, said, _ = check(capsys, ".")
    assert [line.split(":")[0] for line in said] == ["aaa.py", "large.py", "user.py", "zzz.py"]
    assert "TF001 not analysed: it is too large, 5.0 MB, where up to 5 MB are parsed" in said[1]
    assert status == 1


def test_no_regular_file(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe is not waited for, nor a device read to its end, whether it is named or linked to."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes have names here")
    os.mkfifo(folder / "pipe.py")
    (folder / "zero.py").symlink_to("/dev/zero")
    status, said, _ = check(capsys, "pipe.py", "zero.py", ".")
    assert status == 1
    assert [line.split(" ")[0] for line in said] == ["pipe.py:1:1:", "zero.py:1:1:", "aaa.py:2:5:", "zzz.py:2:5:"]
    assert all("it can not be read: it is no regular file" in line for line in said[:2])


def test_vanishes(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that goes between being found and being read is told, and one that goes before it is fixed."""
    (folder / "gone.py").write_text(GOOD)
    lint_ = lint.Worker.lint

    def remove(self: lint.Worker, path: str, content: bytes | None = None) -> object:
        (folder / "gone.py").unlink(missing_ok=True)
        return lint_(self, path, content)

    monkeypatch.setattr(lint.Worker, "lint", remove)
    status, said, _ = check(capsys, ".")
    assert status == 1
    assert "gone.py:1:1: TF001 not analysed: it can not be read: No such file or directory" in said[1]
    assert len(said) == 3
    (folder / "gone.py").write_text("import tensorflow as tf\ntf.log(1.)\n")
    assert main(["fix", "gone.py"]) == 2
    assert "gone.py: not fixed: it can not be written: No such file or directory" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["aaa.py", "zzz.py"]


def start(folder: pathlib.Path, *arguments: str, wait: Callable[[], bool]) -> subprocess.Popen[str]:
    """A run of the command that has come so far, with a cache, in a group of processes of its own."""
    command = [sys.executable, "-m", "tf2lint", *arguments]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**environment(), VARIABLE: str(folder / "kept")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while not wait() and time.monotonic() < end:
        time.sleep(0.05)
    return process


@pytest.fixture
def busy(folder: pathlib.Path) -> pathlib.Path:
    """A folder where linting takes long."""
    program = GOOD + "".join(f"x{number} = tf.math.log({number}.)\n" for number in range(400))
    for number in range(150):
        (folder / f"m{number:03}.py").write_text(program)
    (folder / "setup.cfg").write_text("[tf2lint]\n")
    return folder


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("jobs", [1, 2])
def test_interrupt(busy: pathlib.Path, jobs: int) -> None:
    """Control-C at a terminal ends the run and all its processes at once, with a word and no traceback."""
    cache = busy / "kept"
    process = start(busy, "check", f"--jobs={jobs}", ".", wait=lambda: any(cache.glob("*.entries")))
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=60)  # At its end when the last that holds the pipe is gone.
    assert (process.returncode, error) == (2, "tf2lint: interrupted\n")
    assert not list(cache.glob("*.tmp"))


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs a list of processes")
def test_killed_worker(busy: pathlib.Path) -> None:
    """A worker that is killed, as the system does for want of memory, costs nothing: its files are linted again."""
    cache = busy / "kept"
    process = start(busy, "check", "--jobs=2", ".", wait=lambda: any(cache.glob("*.entries")))
    workers = [int(pid) for pid in os.listdir("/proc") if pid.isdigit() and _parent(pid) == process.pid]
    os.kill(workers[-1], signal.SIGKILL)
    out, error = process.communicate(timeout=300)
    assert (process.returncode, error) == (1, "")
    assert out.count("TF101") == 152


def _parent(pid: str) -> int:
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def test_killing_file(folder: pathlib.Path) -> None:
    """A file that has its process killed is told, with exit status 2, and the others are linted."""
    program = """
import os, sys
from tf2lint.cli import lint, main
from tf2lint.cli.cache import VARIABLE
lint_ = lint.Worker.lint
lint.Worker.lint = lambda self, path, *rest: os.abort() if path == "bad.py" else lint_(self, path, *rest)
if __name__ == "__main__":
    sys.exit(main(["check", "--no-cache", "--jobs=2", "--output-format=concise", "."]))
"""
    (folder / "bad.py").write_text(GOOD)
    (folder.parent / "program.py").write_text(program)
    command = [sys.executable, str(folder.parent / "program.py")]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(), timeout=120)
    assert [line.split(":")[0] for line in answer.stdout.splitlines()] == ["aaa.py", "program.py", "zzz.py"][::2]
    assert "bad.py: the process that worked on it was killed, perhaps for want of memory\n" in answer.stderr
    assert answer.returncode == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.skipif(os.name == "nt", reason="a folder that is in use can not be removed")
def test_removed_current_directory(folder: pathlib.Path) -> None:
    """Whoever starts it in a folder that is not there any more learns that, and no more."""
    gone = folder / "gone"
    gone.mkdir()
    program = "import os, runpy; os.rmdir(os.getcwd()); runpy.run_module('tf2lint', run_name='__main__')"
    started = [sys.executable, "-c", program, "check", "."]
    answer = subprocess.run(started, cwd=gone, capture_output=True, text=True, check=False, env=environment())
    assert (answer.returncode, answer.stderr) == (2, "tf2lint: the current directory: No such file or directory\n")


def test_full_disk(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What can not be printed or written is told, files stay as they were, and the cache is done without."""
    with open("/dev/full", "w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "tf2lint", "check", "."]
        answer = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment())
    assert (answer.returncode, answer.stderr) == (2, "tf2lint: output: No space left on device\n")

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    (folder / "old.py").write_text("import tensorflow as tf\ntf.log(1.)\n")
    assert main(["fix", "old.py"]) == 2
    assert "old.py: not fixed: it can not be written: No space left on device" in capsys.readouterr().err
    assert main(["baseline", "."]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["aaa.py", "old.py", "zzz.py"]
    assert (folder / "old.py").read_text() == "import tensorflow as tf\ntf.log(1.)\n"
