"""Whatever a file holds, it gets a clear finding or message, the others are linted, and nothing is written."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
from typing import Any

import pytest

from .corpus import by_command, by_flake8, by_pylint, command

GOOD = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"

UNUSABLE = {
    "syntax_error": (b"import tensorflow as tf\nx = (\n", 2),
    "python_2": (b"import tensorflow as tf\nprint 'loss', 1\n", 2),
    "python_2_except": (b"try:\n    pass\nexcept A, b:\n    raise\n", 3),
    "nul": (b"import tensorflow as tf\nx = 1\0\n", None),
    "wrong_cookie": (b"# coding: no-such-codec\nx = 1\n", None),
    "not_utf_8": (b"import tensorflow as tf\nx = 1\ny = '\xe4'\n", 3),
    "cookie_against_bom": (b"\xef\xbb\xbf# coding: latin-1\nx = 1\n", None),
    "nested": (b"import tensorflow as tf\nx = " + b"(" * 2000 + b"1" + b")" * 2000 + b"\n", None),
    "binary": (bytes(range(256)), None),
    "tabs": (b"if 1:\n        x = 1\n\ty = 2\n", 3),
}
PYTHON_2 = {"python_2", "python_2_except", "tabs"}
USABLE = {
    "bom": b"\xef\xbb\xbf" + GOOD.encode(),
    "crlf": GOOD.replace("\n", "\r\n").encode(),
    "latin_1": b"# -*- coding: latin-1 -*-\ns = '\xe4'\n" + GOOD.encode(),
}


def read(path: str) -> bytes:
    """The bytes of a file."""
    return pathlib.Path(path).read_bytes()


def snapshot(folder: pathlib.Path) -> dict[str, int]:
    """The files below a folder, and when each was changed."""
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with a file that has a finding, before and after the trouble."""
    for name in ("aaa", "zzz"):
        (tmp_path / f"{name}.py").write_text(GOOD)
    return tmp_path


def check(folder: pathlib.Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a folder; the good files are always linted, and nothing changes."""
    before = snapshot(folder)
    answer = command("tf2lint", "check", *options, str(folder))
    assert snapshot(folder) == before
    for name in ("aaa", "zzz"):
        assert f"{folder / name}.py:2:5: TF101 " in answer.stdout, answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
    return answer


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable(folder: pathlib.Path, name: str) -> None:
    """A file that can not be parsed is a finding, at the right line."""
    data, line = UNUSABLE[name]
    (folder / "bad.py").write_bytes(data)
    answer = check(folder)
    said = [text for text in answer.stdout.splitlines() if text.startswith(str(folder / "bad.py"))]
    assert len(said) == 1
    assert (": TF003 this is Python 2 " if name in PYTHON_2 else ": TF001 not analysed: ") in said[0]
    if line is not None:
        assert said[0].startswith(f"{folder / 'bad.py'}:{line}:")
    assert answer.returncode == 1


@pytest.mark.parametrize("name", USABLE)
def test_usable(folder: pathlib.Path, name: str) -> None:
    """A file that is only unusual is linted as any other, by all."""
    path = folder / f"{name}.py"
    path.write_bytes(USABLE[name])
    expected = [(str(path), USABLE[name].count(b"\n"), 5, "TF101")]
    assert by_command([path]) == expected
    assert by_flake8([path]) == expected
    assert by_pylint([path]) == expected


def test_empty(folder: pathlib.Path) -> None:
    """There is nothing to say about nothing."""
    (folder / "bad.py").write_bytes(b"")
    assert "bad.py" not in check(folder).stdout


@pytest.mark.parametrize("mentions", [True, False])
def test_files_without_tensorflow_must_parse_too(tmp_path: pathlib.Path, mentions: bool) -> None:
    """A file that can not reach TensorFlow is not analysed, but what can not be parsed is never passed over."""
    path = tmp_path / "bad.py"
    path.write_text(("import tensorflow\n" if mentions else "import os\n") + "print 'x'\n")
    assert by_command([path]) == [(str(path), 2, 1, "TF003")]


def test_long(tmp_path: pathlib.Path) -> None:
    """A file of 100,000 lines is linted to its end."""
    path = tmp_path / "long.py"
    path.write_text("import tensorflow as tf\n" + "y = [1, 2]\n" * 99_998 + "x = tf.placeholder(tf.float32)\n")
    assert by_command([path]) == [(str(path), 100_000, 5, "TF101")]


def test_deep(folder: pathlib.Path) -> None:
    """An expression of 2,000 operands is nested 2,000 deep: linted, or said to be too deep, but never a crash."""
    (folder / "bad.py").write_text("import tensorflow as tf\nx = " + "1 + " * 2000 + "tf.placeholder(tf.float32)\n")
    answer = check(folder)
    said = [text for text in answer.stdout.splitlines() if text.startswith(str(folder / "bad.py"))]
    assert len(said) == 1
    assert " TF101 " in said[0] or "nested too deeply" in said[0]
    assert answer.returncode == 1


def test_directory_with_the_name_of_a_file(folder: pathlib.Path) -> None:
    """It is a directory."""
    (folder / "bad.py").mkdir()
    (folder / "bad.py" / "inner.py").write_text(GOOD)
    assert f"{folder / 'bad.py' / 'inner.py'}:2:5: TF101" in check(folder).stdout


def test_dangling_link(folder: pathlib.Path) -> None:
    """A link to nowhere is a file that can not be read."""
    (folder / "bad.py").symlink_to(folder / "nowhere")
    answer = check(folder)
    assert (
        f"{folder / 'bad.py'}:1:1: TF001 not analysed: it can not be read: No such file or directory" in answer.stdout
    )
    assert answer.returncode == 1


def test_link_to_itself(folder: pathlib.Path) -> None:
    """So is one that leads to itself."""
    (folder / "bad.py").symlink_to(folder / "bad.py")
    assert "TF001 not analysed: it can not be read: Too many levels of symbolic links" in check(folder).stdout


def test_unreadable(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Root may read everything, so the refusal is played."""
    from tf2lint.cli import main

    (folder / "bad.py").write_text(GOOD)
    opened = os.open

    def refuse(path: str | pathlib.Path, *flags: Any, **others: Any) -> int:
        if str(path).endswith("bad.py"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *flags, **others)

    monkeypatch.setattr(os, "open", refuse)
    assert main(["check", str(folder)]) == 1
    out = capsys.readouterr().out
    assert f"{folder / 'bad.py'}:1:1: TF001 not analysed: it can not be read: Permission denied" in out
    assert out.count("TF101") == 2


def test_unlistable_directory(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A directory that can not be listed is an error, not an empty one."""
    from tf2lint.cli import main

    (folder / "shut").mkdir()
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert main(["check", str(folder)]) == 2
    captured = capsys.readouterr()
    assert f"tf2lint: {folder / 'shut'}: Permission denied" in captured.err
    assert captured.out.count("TF101") == 2


def test_directory_loop(folder: pathlib.Path) -> None:
    """A link to a directory above is not entered: each file is linted once."""
    (folder / "below").mkdir()
    (folder / "below" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "below" / "here.py").symlink_to(folder / "below", target_is_directory=True)
    assert check(folder).stdout.count("TF101") == 2


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems have no such names")
@pytest.mark.parametrize("options", [(), ("--output-format=json",), ("--jobs=2",)])
def test_file_name_that_is_no_text(tmp_path: pathlib.Path, options: tuple[str, ...]) -> None:
    """A name that is not UTF-8 is linted and printed."""
    path = os.fsencode(tmp_path) + b"/f\xff.py"
    pathlib.Path(os.fsdecode(path)).write_text(GOOD)
    (tmp_path / "other.py").write_text(GOOD)
    answer = command("tf2lint", "check", *options, str(tmp_path))
    assert r"f\udcff.py" in answer.stdout
    assert answer.stdout.count("TF101") == 2
    assert answer.returncode == 1
    assert not answer.stderr


def test_hosts_reject_what_they_can_not_parse(tmp_path: pathlib.Path) -> None:
    """pylint and flake8 report such files themselves; the plugins add nothing and do not fall over."""
    for name, (data, _) in UNUSABLE.items():
        (tmp_path / f"{name}.py").write_bytes(data)
    (tmp_path / "good.py").write_text(GOOD)
    files = sorted(map(str, tmp_path.iterdir()))
    # flake8 alone ends with a traceback at NUL bytes, on Pythons whose parser raises ValueError there.
    by_host = command("flake8", "--isolated", "--select=E9,TF", *(file for file in files if b"\0" not in read(file)))
    assert "good.py:2:5: TF101" in by_host.stdout
    assert "Traceback" not in by_host.stderr
    by_host = command("pylint", "--load-plugins=tf2lint", "--disable=all", "--enable=E0001,tf-placeholder", *files)
    assert "good.py:2:4: E6811" in by_host.stdout
    assert "astroid-error" not in by_host.stdout.replace("nested.py", "")
