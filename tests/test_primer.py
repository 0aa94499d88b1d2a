"""bench/primer: what it counts and compares is what the command finds, and what it says can be put into a comment."""

from __future__ import annotations

import pathlib

import pytest

from bench import fetch, primer
from bench.primer import Said

PROGRAM = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\ny = tf.Session()\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A folder with two packages, and counts of its own. A module of theirs is called as one of Python's."""
    for name, text in (("trfl", PROGRAM), ("lucid", "import json\n")):
        (tmp_path / name / "inner").mkdir(parents=True)
        (tmp_path / name / "inner" / "a.py").write_text(text)
        (tmp_path / name / "json.py").write_text("raise SystemExit('executed')\n")
    monkeypatch.setattr(primer, "COUNTS", tmp_path / "primer.tsv")
    return tmp_path


def run(folder: pathlib.Path, *arguments: str) -> int:
    """Run the command on both packages."""
    return primer.main([f"--folder={folder}", *arguments, "trfl", "lucid"])


def test_counts(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are stored and compared by package; what differs is said, and what to do."""
    assert run(folder, "--update") == 0
    assert (folder / "primer.tsv").read_text().splitlines()[1:] == [
        f"lucid\t{fetch.PACKAGES['lucid']}\tall\t0",
        f"trfl\t{fetch.PACKAGES['trfl']}\tTF101 tf-placeholder\t1",
        f"trfl\t{fetch.PACKAGES['trfl']}\tTF102 tf-session\t1",
        f"trfl\t{fetch.PACKAGES['trfl']}\tall\t2",
    ]
    assert run(folder, "--check", "--order=1", "--jobs=2") == 0
    (folder / "lucid" / "b.py").write_text(PROGRAM)
    capsys.readouterr()
    assert run(folder, "--check") == 1
    said = capsys.readouterr().out
    assert "+lucid\t0.3.10\tTF101 tf-placeholder\t1\n" in said
    assert "trfl\t" not in said
    assert "python -m bench.primer --update trfl lucid\n" in said


def test_nothing_to_compare(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A package that is not there, or that nobody knows, is no difference."""
    assert primer.main([f"--folder={folder}", "--check", "magenta"]) == 2
    assert primer.main([f"--folder={folder}", "--check", "unheard-of"]) == 2
    assert "unknown package unheard-of" in capsys.readouterr().err


def test_differences() -> None:
    """New, gone, and changed: another sentence, or another rule in the same place."""
    one = Said("p", "a.py", 1, 5, "TF101 tf-placeholder", "it is absent")
    two = Said("p", "a.py", 2, 5, "TF102 tf-session", "it is gone")
    worded, ruled = one._replace(message="it is not there", column=9), two._replace(rule="TF306 tf-renamed-symbol")
    other = one._replace(line=7)
    found = primer.differences([one, two], [ruled, worded, other])
    assert (found.new, found.gone, found.changed) == ([other], [], [(one, worded), (two, ruled)])
    assert primer.differences([one, one, two], [two, one]).gone == [one]
    assert primer.as_text(found) == (
        "TF101 tf-placeholder: 1 new, 1 changed\n"
        "  ! p/a.py:1: it is absent\n"
        "  !   now: it is not there\n"
        "  + p/a.py:7: it is absent\n"
        "\n"
        "TF306 tf-renamed-symbol: 1 changed\n"
        "  ! p/a.py:2: TF102 tf-session: it is gone\n"
        "  !   now: it is gone\n"
        "\n"
        "1 new, 0 gone, 2 changed\n"
    )
    many = primer.differences([], [one._replace(line=line, message="~~~ `x` </details>") for line in range(1, 13)])
    said = primer.as_markdown(many, "1 package")
    assert "# 2 more\n~~~~~~\n" in said, said
