"""What a baseline's history in git says, and that reading it runs nothing that the repository brings."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
from typing import Any

import pytest

from tf2lint.report.history import Point, history

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

DAY = 86_400


@pytest.fixture
def repository(tmp_path: pathlib.Path) -> pathlib.Path:
    git(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


def git(folder: pathlib.Path, *arguments: str, day: int = 0) -> None:
    """Run git as somebody, at a day."""
    who = {
        f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in (("NAME", "a"), ("EMAIL", "b"))
    }
    when = {"GIT_AUTHOR_DATE": f"@{day * DAY + DAY} +0000", "GIT_COMMITTER_DATE": f"@{day * DAY + DAY} +0000"}
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **who, **when}, check=True, capture_output=True)


def commit(folder: pathlib.Path, day: int, content: Any) -> pathlib.Path:
    """Commit a baseline with these counts, or this text, at a day."""
    path = folder / ".tf2lint-baseline.json"
    path.write_text(content if isinstance(content, str) else json.dumps({"version": 1, "files": content}))
    git(folder, "add", path.name)
    git(folder, "commit", "-q", "-m", "x", day=day)
    return path


def test_a_point_for_each_commit_that_changed_it(repository: pathlib.Path) -> None:
    """Oldest first; other commits, versions that are no baseline, and rules that are gone do no harm."""
    commit(repository, 1, {"a.py": {"TF101": 5, "TF001": 1}, "b.py": {"TF208": 2, "TF599": 1}})
    (repository / "other").touch()
    git(repository, "add", "other")
    git(repository, "commit", "-q", "-m", "other", day=2)
    commit(repository, 3, "<<<<<<< no JSON")
    git(repository, "rm", "-q", ".tf2lint-baseline.json")
    git(repository, "commit", "-q", "-m", "removed", day=4)
    path = commit(repository, 5, {"a.py": {"TF101": 1}})
    known = history(path)
    assert known.points == (Point(2 * DAY, 8, 5), Point(6 * DAY, 1, 1))
    assert known.missing == "in 1 of 4 commits it can not be read"


def test_the_main_line_alone(repository: pathlib.Path) -> None:
    """What a branch did along its way counts when it is merged."""
    commit(repository, 1, {"a.py": {"TF101": 9}})
    git(repository, "checkout", "-q", "-b", "work")
    commit(repository, 2, {"a.py": {"TF101": 20}})
    path = commit(repository, 3, {"a.py": {"TF101": 4}})
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "merge", "work", day=7)
    assert [(point.seconds, point.total) for point in history(path).points] == [(2 * DAY, 9), (8 * DAY, 4)]


def test_a_folder_below(repository: pathlib.Path) -> None:
    (repository / "sub").mkdir()
    assert [point.total for point in history(commit(repository / "sub", 1, {"a.py": {"TF101": 3}})).points] == [3]


def sign(folder: pathlib.Path) -> None:
    """Make the last commit one that has a signature, which git may be told to check."""
    signature = b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n"
    whole = subprocess.run(["git", "cat-file", "commit", "HEAD"], cwd=folder, check=True, capture_output=True).stdout
    signed = subprocess.run(
        ["git", "hash-object", "-w", "-t", "commit", "--stdin"],
        cwd=folder,
        input=whole.replace(b"\n\n", signature, 1),
        check=True,
        capture_output=True,
    ).stdout
    git(folder, "update-ref", "HEAD", signed.decode().strip())


def test_nothing_of_the_repository_runs(repository: pathlib.Path) -> None:
    """Each of these settings runs a program in some git command."""
    path = commit(repository, 1, {"a.py": {"TF101": 9}})
    sign(repository)
    mark, program = repository / "mark", repository / "program"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "pager.log", "core.sshCommand", "diff.external", "gpg.program"):
        git(repository, "config", key, str(program))
    for key, value in (
        ("log.showSignature", "true"),
        ("diff.x.textconv", str(program)),
        ("filter.x.smudge", str(program)),
        ("remote.origin.url", str(repository)),
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", str(program)),
        ("alias.rev-list", f"!{program}"),
        ("core.hooksPath", str(repository)),
        ("core.alternateRefsCommand", str(program)),
        ("core.gitProxy", str(program)),
        ("credential.helper", str(program)),
        ("include.path", str(repository / "included")),
    ):
        git(repository, "config", key, value)
    (repository / "included").write_text(f"[core]\n\tfsmonitor = {program}\n\tpager = {program}\n")
    (repository / ".gitattributes").write_text("* diff=x filter=x\n")
    hooks = repository / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        shutil.copy(program, hooks / name)
    assert [point.total for point in history(path).points] == [9]
    # A partial clone would fetch what it does not have, by the command that its configuration names.
    blob = subprocess.run(
        ["git", "rev-parse", f"HEAD:{path.name}"], cwd=repository, capture_output=True, text=True, check=True
    )
    (repository / ".git" / "objects" / blob.stdout[:2] / blob.stdout.strip()[2:]).unlink()
    assert history(path).points == ()
    assert not mark.exists()


def test_one_line_where_there_is_none(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, no commit, no git."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    path = tmp_path / "b.json"
    assert history(path).missing == "it is in no git repository"
    git(tmp_path, "init", "-q")
    assert history(path).missing == "no commit has it yet"
    monkeypatch.setenv("PATH", "")
    assert history(path).missing == "git is not installed"


def test_where_a_hook_runs_us(
    repository: pathlib.Path, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    """git tells its hooks which repository is meant; the file's own is what counts."""
    path = commit(repository, 1, {"a.py": {"TF101": 3}})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert [point.total for point in history(path).points] == [3]
