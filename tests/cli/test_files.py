"""Which files a run looks at: what git ignores, what is excluded though it is named, and that one can ask."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys

import pytest

from tf2lint.cli import main

IGNORED = {
    ".gitignore": "/build/\n*_pb2.py\n# none\n!keep_pb2.py\ngen/\n\\#odd.py\ndeep/**/x.py\ntrail.py   \n[z-a\n",
    "src/.gitignore": "!wanted_pb2.py\n/local.py\n*.tmp.py\n",
    "src/sub/.gitignore": "!gen/\nall*\n!allowed.py",
    ".git/info/exclude": "private.py\nkeep_pb2.py\n",
}
FILES = """
a.py a_pb2.py keep_pb2.py build/x.py src/build/x.py gen/x.py gen.py #odd.py deep/x.py deep/a/b/x.py trail.py
src/wanted_pb2.py src/other_pb2.py src/local.py src/sub/local.py src/sub/a.tmp.py src/sub/gen/x.py src/sub/all.py
src/sub/allowed.py src/sub/allover/allowed.py private.py src/private.py
""".split()


@pytest.fixture
def tree(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A repository with some of everything; the current directory."""
    monkeypatch.chdir(tmp_path)
    for name, text in {**dict.fromkeys(FILES, ""), **IGNORED}.items():
        write(tmp_path / name, text)
    return tmp_path


def write(path: pathlib.Path, text: str = "") -> None:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What `--show-files` prints."""
    assert main(["check", "--show-files", *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def test_gitignore(tree: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nested files, negations, folders, and the repository's own list count as git has it, from wherever one looks."""
    kept = shown(capsys, ".")
    assert kept == [
        *("a.py", "gen.py", "keep_pb2.py", "src/build/x.py"),
        *("src/sub/allowed.py", "src/sub/gen/x.py", "src/sub/local.py", "src/wanted_pb2.py"),
    ]
    assert shown(capsys, "src/sub") == [name for name in kept if name.startswith("src/sub")]
    assert shown(capsys, "src/local.py", "private.py") == ["src/local.py", "private.py"]
    assert shown(capsys, "build") == ["build/x.py"]  # It was asked for.
    assert shown(capsys, "--no-respect-gitignore", ".") == sorted(FILES)
    (tree / ".git" / "info" / "exclude").unlink()
    assert "private.py" in shown(capsys, ".")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_as_git_has_it(tree: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """git itself says the same, also of a second working tree, and a repository in it is one for itself."""

    def git(*arguments: str) -> list[str]:
        settings = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.quotePath=off", "-c", "core.excludesFile="]
        command = ["git", *settings, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()

    git("init", "-q", ".")
    assert (tree / ".git" / "info" / "exclude").read_text() == IGNORED[".git/info/exclude"]
    assert shown(capsys, ".") == sorted(
        name for name in git("ls-files", "-co", "--exclude-standard") if name[-3:] == ".py"
    )
    git("commit", "-q", "--allow-empty", "-m", "x")
    git("worktree", "add", "-q", "second")
    for name in ("private.py", "a_pb2.py"):
        write(tree / "second" / name)
    assert shown(capsys, "second") == ["second/a_pb2.py"]


def test_without_repository(tree: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then the files count from the project's folder on, or from the one that is named."""
    shutil.rmtree(tree / ".git")
    assert "src/sub/a.tmp.py" in shown(capsys, "src/sub")
    assert "src/sub/a.tmp.py" not in shown(capsys, "src")
    write(tree / "setup.cfg")
    assert "src/sub/a.tmp.py" not in shown(capsys, "src/sub")


def test_without_pathspec(
    tree: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One warning, where a file to respect is met; nothing is ignored then."""
    monkeypatch.setitem(sys.modules, "pathspec", None)
    assert main(["check", "--show-files", "."]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == sorted(FILES)
    assert captured.err == (
        "tf2lint: warning: .gitignore is not respected, which needs pathspec: pip install 'tf2lint[command]'\n"
    )
    for name in IGNORED:
        (tree / name).unlink()
    assert shown(capsys, ".") == sorted(FILES)


def test_force_exclude(tree: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is excluded is left out though it is named: a file, one in a folder, a folder; nothing else is."""
    write(tree / "setup.cfg", "[tf2lint]\nexclude = third_party, src/sub\n")
    write(tree / "third_party" / "deep" / "x.py")
    named = ["third_party/deep/x.py", "src/sub/local.py", "src/local.py", "a.py"]
    assert shown(capsys, *named) == named
    assert shown(capsys, "--force-exclude", *named) == ["src/local.py", "a.py"]
    assert shown(capsys, "--force-exclude", "--exclude=a.py", *named, "third_party/deep") == ["src/local.py"]
    assert main(["check", "--force-exclude", "third_party/deep/x.py"]) == 0
