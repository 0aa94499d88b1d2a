"""The baseline: what it tolerates, in the command and in both plugins; how it is written, and told when it is wrong."""

from __future__ import annotations

import json
import os
import pathlib
import random
import re
import subprocess
import sys
import time

import pytest

from tf2lint import engine
from tf2lint.cli import main

HEAD = "import tensorflow as tf\n"
HOLD = "x = tf.placeholder(tf.float32)\n"
SESSION = "s = tf.Session()\n"
NAME = ".tf2lint-baseline.json"


@pytest.fixture
def project(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A project whose configuration names a baseline, which does not exist yet; the current directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(f'[tool.tf2lint]\nbaseline = "{NAME}"\n')
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_text(HEAD + HOLD * 2 + SESSION)
    (tmp_path / "b.py").write_text(HEAD + SESSION)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command in this process: exit status and both outputs."""
    status = main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def places(output: str) -> list[str]:
    """Where findings are, and their codes."""
    return [" ".join(found) for found in re.findall(r"^(\S+?:\d+):\d+: (TF\d+)", output, re.MULTILINE)]


def counts(project: pathlib.Path) -> dict[str, dict[str, int]]:
    """What the baseline says."""
    read: dict[str, dict[str, int]] = json.loads((project / NAME).read_text())["files"]
    return read


def tolerate(project: pathlib.Path, files: dict[str, dict[str, int]]) -> None:
    """Write a baseline by hand."""
    (project / NAME).write_text(json.dumps({"version": 1, "files": files}, indent=2))


def test_written_and_honoured(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each file and rule, sorted; afterwards nothing is found, from wherever one looks."""
    assert run(capsys, "baseline", ".") == (0, f"{NAME}: 4 findings in 2 files\n", "")
    assert (project / NAME).read_text() == (
        '{\n  "version": 1,\n  "files": {\n    "b.py": {\n      "TF102": 1\n    },\n'
        '    "src/a.py": {\n      "TF101": 2,\n      "TF102": 1\n    }\n  }\n}\n'
    )
    assert run(capsys, "check", ".") == (0, "", "")
    assert run(capsys, "check", "--jobs=2", "src/a.py", "b.py") == (0, "", "")
    os.chdir(project / "src")
    assert run(capsys, "check", "a.py", "../b.py", str(project)) == (0, "", "")


def test_moving_code_changes_nothing(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There are no line numbers in it."""
    run(capsys, "baseline", ".")
    (project / "src" / "a.py").write_text(HEAD + "\n\n" + SESSION + HOLD + "y = 1\n" + HOLD)
    assert run(capsys, "check", ".") == (0, "", "")


def test_a_count_rises(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All findings of that rule in that file are shown, and how many are allowed; the others stay hidden."""
    run(capsys, "baseline", ".")
    (project / "src" / "a.py").write_text(HEAD + HOLD * 3 + SESSION)
    (project / "b.py").write_text(HEAD + HOLD + SESSION)
    status, out, err = run(capsys, "check", ".")
    assert (status, err) == (1, "")
    assert places(out) == ["b.py:2 TF101", "src/a.py:2 TF101", "src/a.py:3 TF101", "src/a.py:4 TF101"]
    assert out.count("The baseline allows 2 of these in this file, there are 3.") == 3
    for form in ("text", "json", "sarif", "github", "gitlab", "junit"):
        said = run(capsys, "check", ".", f"--output-format={form}")[1].count("The baseline allows 2")
        assert said == (6 if form == "junit" else 3), form  # JUnit's says it in an attribute, too.
    assert run(capsys, "check", ".", "--statistics")[1].split() == ["4", "TF101", "tf-placeholder"]
    assert run(capsys, "check", ".", "--ignore=TF101") == (0, "", "")


def test_a_count_falls(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said once how many there are fewer, of what was looked at; --prune takes them away and adds nothing."""
    run(capsys, "baseline", ".")
    (project / "src" / "a.py").write_text(HEAD + HOLD)
    (project / "b.py").unlink()
    (project / "c.py").write_text(HEAD + HOLD)
    status, out, err = run(capsys, "check", ".")
    assert (status, places(out)) == (1, ["c.py:2 TF101"])
    assert err == "tf2lint: 3 findings fewer than the baseline: --prune tightens it\n"
    assert "2 findings fewer" in run(capsys, "check", "src")[2]
    assert "1 finding fewer" in run(capsys, "check", "src", "--select=TF101")[2]
    assert run(capsys, "baseline", "--prune", "src") == (0, f"{NAME}: 2 findings in 2 files\n", "")
    assert counts(project) == {"b.py": {"TF102": 1}, "src/a.py": {"TF101": 1}}
    assert run(capsys, "baseline", "--prune", ".")[0] == 0
    assert counts(project) == {"src/a.py": {"TF101": 1}}
    (project / "src" / "a.py").write_text(HEAD + HOLD * 5 + SESSION)
    before = (project / NAME).stat()
    run(capsys, "baseline", "--prune", ".")
    assert counts(project) == {"src/a.py": {"TF101": 1}}
    assert (project / NAME).stat().st_mtime_ns == before.st_mtime_ns


def test_part_of_a_project(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not below the given paths stays as it is."""
    run(capsys, "baseline", ".")
    (project / "src" / "a.py").write_text(HEAD + HOLD * 3)
    (project / "b.py").write_text(HEAD)
    run(capsys, "baseline", "src")
    assert counts(project) == {"b.py": {"TF102": 1}, "src/a.py": {"TF101": 3}}


def test_what_can_not_be_read_is_not_mended(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that does not parse any more has no findings, which is no progress; one that never did is tolerated."""
    (project / "old.py").write_text("def f(:\n")
    run(capsys, "baseline", ".")
    assert counts(project)["old.py"] == {"TF001": 1}
    (project / "src" / "a.py").write_text(HEAD + "def f(:\n")
    status, out, err = run(capsys, "check", ".")
    assert (status, places(out), err) == (1, ["src/a.py:2 TF001"], "")
    run(capsys, "baseline", "--prune", ".")
    assert counts(project)["src/a.py"] == {"TF101": 2, "TF102": 1}


def test_a_path_that_is_missing_removes_nothing(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where not all could be done, what was not seen stays."""
    run(capsys, "baseline", ".")
    (project / "b.py").unlink()
    assert "fewer" not in run(capsys, "check", ".", "missing.py")[2]
    assert "1 finding fewer" in run(capsys, "check", ".")[2]
    assert run(capsys, "baseline", ".", "missing.py")[0] == 2
    assert counts(project) == {"b.py": {"TF102": 1}, "src/a.py": {"TF101": 2, "TF102": 1}}


def test_an_internal_error(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a file that brings tf2lint down nothing is known: its counts stay."""
    run(capsys, "baseline", ".")
    before = counts(project)

    def fail(*_: object) -> None:
        raise AssertionError("oops")

    monkeypatch.setattr(engine.Linter, "lint", fail)
    for options in ((), ("--prune",)):
        status, _, err = run(capsys, "baseline", *options, ".")
        assert (status, err.count("internal error: AssertionError: oops")) == (2, 2)
        assert counts(project) == before
    assert "fewer" not in run(capsys, "check", ".")[2]


def test_rules_that_are_off(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody looked for is not fewer; comments count before the baseline does."""
    (project / "b.py").write_text(HEAD + "x = tf.compat.v1.Session\n" + SESSION + SESSION.replace("\n", "  # noqa\n"))
    run(capsys, "baseline", ".", "--enable=tf-compat-symbol")
    assert counts(project)["b.py"] == {"TF102": 1, "TF304": 1}
    assert run(capsys, "check", ".") == (0, "", "")
    run(capsys, "baseline", "--prune", ".")
    assert counts(project)["b.py"] == {"TF102": 1, "TF304": 1}


def test_which_file(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The option wins, counting from the current directory; empty means none; without a key it lies by the project."""
    run(capsys, "baseline", ".", "--baseline=other.json")
    assert not (project / NAME).exists()
    assert run(capsys, "check", ".", "--baseline=other.json") == (0, "", "")
    assert len(places(run(capsys, "check", ".", "--baseline=")[1])) == 4
    status, out, err = run(capsys, "check", ".")
    assert (status, out) == (2, "")
    assert err.endswith(f"{NAME}: there is no such baseline; `tf2lint baseline` writes it\n")
    (project / "pyproject.toml").write_text("[tool.tf2lint]\n")
    os.chdir(project / "src")
    assert "baseline = " in run(capsys, "baseline", ".")[1]
    assert counts(project) == {"src/a.py": {"TF101": 2, "TF102": 1}}
    assert run(capsys, "check", "a.py")[0] == 1


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "no JSON"),
        ("{\n<<<<<<< HEAD\n}", 2, "merge conflict"),
        ("[]", 1, "must be an object"),
        ('{"version": 1}', 1, "'files' is missing"),
        ('{\n"version": 2,\n"files": {}}', 2, "version must be 1"),
        ('{"version": 1,\n"files": {},\n"more": 1}', 3, "unknown key 'more'"),
        ('{"version": 1, "files": {\n"a.py": 3}}', 2, "the value of 'a.py'"),
        ('{"version": 1, "files": {\n"a.py": {},\n"b.py": {\n"TF999": 1}}}', 4, "unknown rule 'TF999'"),
        ('{"version": 1, "files": {\n"a.py": {"TF101": 1},\n"b.py": {\n"TF101": "2"}}}', 4, "whole number"),
        ('{"version": 1, "files": {\n"a.py": {"TF101": 0}}}', 2, "whole number"),
        ('{"version": 1, "files": {\n"ü.py": {"TF101": true}}}', 2, "whole number"),
        ('{"version": 1, "files": {\n"a.py": {},\n"a.py": {}}}', 3, "twice"),
        ("[" * 100_000, 1, "nested too deeply"),
    ],
)
def test_a_bad_file(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], text: str, line: int, reason: str
) -> None:
    """It is named with its line, nothing is linted, and it is not written over."""
    (project / NAME).write_text(text, encoding="utf-8")
    for command in ("check", "baseline"):
        status, out, err = run(capsys, command, ".")
        assert (status, out) == (2, "")
        assert re.fullmatch(rf"tf2lint: {re.escape(str(project / NAME))}:{line}: .*{reason}.*\n", err), err
    assert (project / NAME).read_text(encoding="utf-8") == text


def test_odd_names(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names with blanks, quotes, other letters, and bytes that are no UTF-8, survive."""
    for name in ("a b.py", 'q"\\.py', "größe.py", os.fsdecode(b"\xff.py")):
        (project / name).write_text(HEAD + SESSION)
    run(capsys, "baseline", ".")
    assert '"größe.py"' in (project / NAME).read_text(encoding="utf-8")
    assert run(capsys, "check", ".") == (0, "", "")


def test_symbolic_links(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A project that is reached by another way has the same names; a baseline that is a link stays one."""
    (project / "real.json").write_text('{"version": 1, "files": {}}')
    (project / "real.json").chmod(0o640)
    (project / NAME).symlink_to("real.json")
    run(capsys, "baseline", ".")
    assert (project / NAME).is_symlink()
    assert (project / "real.json").stat().st_mode & 0o777 == 0o640
    (project / "way").symlink_to(project, target_is_directory=True)
    assert run(capsys, "check", f"--baseline={project / NAME}", "way/src/a.py", "way/b.py") == (0, "", "")
    assert not list(project.glob("*.tmp"))


def test_standard_input(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A buffer is held against the counts of the file that it stands for."""
    run(capsys, "baseline", ".")
    for name, status in (("src/a.py", 0), ("b.py", 1)):
        with open(project / "src" / "a.py", encoding="utf-8") as file:
            monkeypatch.setattr(sys, "stdin", file)
            assert run(capsys, "check", "-", f"--stdin-filename={name}")[0] == status


# -- the plugins


def host(project: pathlib.Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run flake8 or pylint on the project."""
    options = {
        "flake8": ["--select=TF"],
        "pylint": ["--load-plugins=tf2lint", "--persistent=n", "--disable=all", "--enable=tf-placeholder,tf-session"],
    }
    return subprocess.run(
        [sys.executable, "-m", module, *options[module], *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("module", ["flake8", "pylint"])
def test_plugins(project: pathlib.Path, capsys: pytest.CaptureFixture[str], module: str) -> None:
    """Below the counts a plugin is silent; above them it shows all of the rule."""
    run(capsys, "baseline", ".")
    answer = host(project, module, "src/a.py", "b.py")
    assert (answer.returncode, re.findall(r"^\S+?:\d+", answer.stdout, re.MULTILINE)) == (0, [])
    (project / "src" / "a.py").write_text(HEAD + HOLD * 3 + SESSION)
    for options in ((), ("-j2",)):
        answer = host(project, module, *options, "src/a.py", "b.py")
        assert re.findall(r"^(\S+?:\d+):", answer.stdout, re.MULTILINE) == ["src/a.py:2", "src/a.py:3", "src/a.py:4"]
        assert answer.stdout.count("The baseline allows 2 of these in this file, there are 3.") == 3


@pytest.mark.parametrize(
    ("module", "own", "foreign"),
    [
        ("flake8", "# noqa: TF101", "# pylint: disable=tf-placeholder"),
        ("pylint", "# pylint: disable=tf-placeholder", "# noqa: TF101"),
    ],
)
def test_plugins_and_comments(
    project: pathlib.Path, capsys: pytest.CaptureFixture[str], module: str, own: str, foreign: str
) -> None:
    """What a comment suppresses is not counted: the host's own comment works as ever, the other tool's does not."""
    plain, mine, other = HOLD, HOLD.replace("\n", f"  {own}\n"), HOLD.replace("\n", f"  {foreign}\n")
    (project / "b.py").write_text(HEAD + plain + mine + other)
    run(capsys, "baseline", ".")
    assert counts(project)["b.py"] == {"TF101": 1}
    answer = host(project, module, "b.py")
    assert re.findall(r"^(\S+?:\d+):", answer.stdout, re.MULTILINE) == ["b.py:4"]
    assert "The baseline" not in answer.stdout
    (project / "b.py").write_text(HEAD + plain + mine + other + plain)
    answer = host(project, module, "b.py")
    assert re.findall(r"^(\S+?:\d+):", answer.stdout, re.MULTILINE) == ["b.py:2", "b.py:4", "b.py:5"]


@pytest.mark.parametrize(("module", "status"), [("flake8", 1), ("pylint", 32)])
def test_plugins_and_a_bad_file(project: pathlib.Path, module: str, status: int) -> None:
    """It is said once, before anything is linted."""
    (project / NAME).write_text('{"version": 1,\n"files": 3}')
    answer = host(project, module, "b.py")
    assert answer.returncode == status
    assert (answer.stdout + answer.stderr).count(f"{NAME}:2: the value of 'files'") == 1
    assert "Traceback" not in answer.stderr


# -- interruption


def test_killed(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whenever the command is killed, the file is the old or the new one."""
    for number in range(30):
        (project / "src" / f"m{number}.py").write_text(HEAD + HOLD)
    run(capsys, "baseline", ".")
    new = (project / NAME).read_bytes()
    tolerate(project, {"b.py": {"TF102": 1}})
    old = (project / NAME).read_bytes()
    command = [sys.executable, "-m", "tf2lint", "baseline", "."]
    began = time.monotonic()
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    whole = time.monotonic() - began
    draw = random.Random(5)
    for _ in range(20):
        (project / NAME).write_bytes(old)
        process = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.5, 1.05) * whole)
        process.kill()
        process.wait()
        assert (project / NAME).read_bytes() in (old, new)


def test_killed_at_each_step(tmp_path: pathlib.Path) -> None:
    """The same, of the writing alone, which takes too short a time to be hit by chance."""
    path = tmp_path / "file"
    program = (
        "import os, pathlib, signal, sys\n"
        "from tf2lint.cli import atomic\n"
        "left = int(sys.argv[2])\n"
        "def trace(frame, event, argument):\n"
        "    global left\n"
        "    if frame.f_code.co_filename != atomic.__file__: return None\n"
        "    left -= event == 'line'\n"
        "    if left < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return trace\n"
        "sys.settrace(trace)\n"
        "atomic.write(pathlib.Path(sys.argv[1]), b'new' * 100_000)\n"
    )
    seen = []
    for step in range(100):
        path.write_bytes(b"old")
        status = subprocess.run([sys.executable, "-c", program, str(path), str(step)], check=False).returncode
        seen.append(path.read_bytes())
        if status == 0:
            break
    assert set(seen) == {b"old", b"new" * 100_000}
    assert len(seen) > 8
