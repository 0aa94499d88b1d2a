"""Nothing is written but the cache in the project and what whoever runs tf2lint has named."""

from __future__ import annotations

import hashlib
import json
import os
import pathlib

import pytest

from tf2lint.cli import cache, main

PROGRAM = "import tensorflow as tf\nx = tf.log(1)\n"
FIXED = "import tensorflow as tf\nx = tf.math.log(1)\n"


@pytest.fixture
def project(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A project with one program, the current directory, and beside it somebody else's folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "setup.cfg").write_text("[tf2lint]\n")
    (folder / "train.py").write_text(PROGRAM)
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(folder)
    return folder


def home(project: pathlib.Path) -> dict[str, str]:
    """What the other folder holds."""
    return {path.name: path.read_text() for path in (project.parent / "home").iterdir()}


@pytest.mark.parametrize("where", ["../home/notes.json", "ABSOLUTE", "sub/../../home/notes.json"])
def test_a_baseline_elsewhere(project: pathlib.Path, capsys: pytest.CaptureFixture[str], where: str) -> None:
    """A configuration can not have one written; whoever runs the command can."""
    where = where.replace("ABSOLUTE", str(project.parent / "home" / "notes.json"))
    (project / "setup.cfg").write_text(f"[tf2lint]\nbaseline = {where}\n")
    assert main(["baseline", "."]) == 2
    assert "lies outside of" in capsys.readouterr().err
    assert home(project) == {}
    assert main(["baseline", ".", f"--baseline={where.removeprefix('sub/../')}"]) == 0
    assert list(home(project)) == ["notes.json"]
    assert main(["check", "."]) == 0


@pytest.mark.parametrize("link", ["file", "folder"])
@pytest.mark.parametrize("command", ["baseline .", "report . -o out/page.html", "fix out"])
def test_links(project: pathlib.Path, capsys: pytest.CaptureFixture[str], link: str, command: str) -> None:
    """What leads out of the project is not written through: neither a link nor below a folder that is one."""
    (project / "setup.cfg").write_text("[tf2lint]\nbaseline = out/base.json\n")
    names = ("base.json", "page.html", "train.py")
    (project.parent / "home" / "train.py").write_text(PROGRAM)
    if link == "folder":
        (project / "out").symlink_to("../home", target_is_directory=True)
    else:
        (project / "out").mkdir()
        for name in names:
            (project / "out" / name).symlink_to(f"../../home/{name}")
    assert main(command.split()) == 2
    assert "it is a link that leads out of the project" in capsys.readouterr().err
    assert home(project) == {"train.py": PROGRAM}
    assert (project / "out").is_symlink() is (link == "folder")
    if command.startswith("fix"):
        assert main(["fix", str(project.parent / "home")]) == 0
        assert home(project) == {"train.py": FIXED}


def test_the_cache_is_no_link(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that the project makes a link is not used, which is said once; whoever runs the command may name one."""
    monkeypatch.delenv(cache.VARIABLE)
    (project.parent / "home" / "mine").write_text("")
    (project / cache.NAME).symlink_to("../home", target_is_directory=True)
    (project / "other.py").write_text(PROGRAM)
    assert main(["check", "."]) == 1
    captured = capsys.readouterr()
    assert captured.out.count("TF306") == 2
    assert captured.err == ("tf2lint: warning: no cache: .tf2lint_cache is a link; --cache-dir names another folder\n")
    assert list(home(project)) == ["mine"]
    assert main(["check", ".", f"--cache-dir={project / cache.NAME}"]) == 1
    assert len(home(project)) > 1


def entries(project: pathlib.Path) -> list[pathlib.Path]:
    """The files of the cache with findings."""
    return list((project / cache.NAME).glob("*.entries"))


def forge(path: pathlib.Path, entry: object) -> None:
    """Write a file that has the right digest."""
    data = entry if isinstance(entry, bytes) else json.dumps(entry).encode()
    path.write_bytes(hashlib.blake2b(data, digest_size=16).hexdigest().encode() + b"\n" + data)


DEEP = "[" * 100_000 + "]" * 100_000
CHANGES: dict[str, tuple[int, object]] = {
    "message": (3, 7),
    "url": (5, ["javascript:"]),
    "because": (6, [1]),
    "along": (7, [["/etc/passwd", "1"]]),
    "edits": (8, [["0", 10, 5, True, ""]]),
    "span": (1, [1, 2, 10**30, 4]),
    "name": (2, None),
    "rule": (0, "TF000"),
    "confidence": (4, {}),
    "column": (9, ["column"]),
    "line": (11, ["line"]),
    "in_file": (13, [1, 2]),
}


@pytest.mark.parametrize("key", [*CHANGES, "whole", "asked", "deep", "digits", "pipe"])
def test_a_forged_cache(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """An entry that does not hold what we write is none; nothing in it is executed, opened or written to."""
    monkeypatch.delenv(cache.VARIABLE)
    assert main(["check", ".", "--output-format=text"]) == 1
    expected = capsys.readouterr()
    (path,) = entries(project)
    words, asked, line = path.read_text().splitlines()[1:]
    start = line.index("[")
    head, (whole, states, shown) = line[:start], json.loads(line[start:])
    if key in CHANGES:
        index, value = CHANGES[key]
        shown[0][index] = value
    replaced = {"whole": '["x"]', "deep": DEEP, "digits": "9" * 10_000}
    text = replaced.get(key) or json.dumps([whole, states, shown])
    if key == "asked":
        asked = f"{asked[: asked.index('[')]}[[[7],[8]]]"
    forge(path, f"{words}\n{asked}\n{head}{text}".encode())
    if key == "pipe":
        path.unlink()
        os.mkfifo(path)
    for form in ("text", "sarif", "junit"):
        assert main(["check", ".", f"--output-format={form}"]) == 1
        captured = capsys.readouterr()
        assert captured.err == ""
        assert form != "text" or captured == expected


def test_forged_rules(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same of the table of rules."""
    monkeypatch.delenv(cache.VARIABLE)
    assert main(["check", "."]) == 1
    expected = capsys.readouterr()
    path = project / cache.NAME / "rules.json"
    entry = json.loads(path.read_bytes().partition(b"\n")[2])
    for key, value in (("summary", 1), ("default", "yes"), ("since", 2), ("code", ["TF101"]), ("url", None)):
        forge(path, {**entry, "rules": [{**rule, key: value} for rule in entry["rules"]]})
        assert main(["check", "."]) == 1
        assert capsys.readouterr() == expected
