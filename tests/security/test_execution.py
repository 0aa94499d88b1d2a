"""Nothing of a project under lint is imported, executed or evaluated, whatever its modules are called."""

from __future__ import annotations

import json
import pathlib
import sys

import pytest

from .hostile import build, executed, run

COMMAND = "import sys\nfrom tf2lint.cli import main\nsys.exit(main())\n"
FILES = "train.py old.py book.ipynb setup.py"
COMMANDS = (
    "check . --jobs=2",
    f"check {FILES} --output-format=sarif --select=all",
    f"fix --unsafe --jobs=2 {FILES}",
    f"baseline {FILES}",
    f"report {FILES} --output=page.html",
    "config train.py",
)


SPAWNED = """
import sys
from tf2lint.cli import main

if __name__ == "__main__":
    import multiprocessing
    multiprocessing.set_start_method("spawn")
    sys.exit(main())
"""
"""As where processes do not begin as copies: macOS, Windows."""


@pytest.fixture
def trace(tmp_path: pathlib.Path) -> pathlib.Path:
    """The file that says what was executed."""
    return tmp_path / "trace"


@pytest.fixture
def project(tmp_path: pathlib.Path, trace: pathlib.Path) -> pathlib.Path:
    """A hostile project."""
    return build(tmp_path / "project", trace)


def test_the_command(project: pathlib.Path, trace: pathlib.Path) -> None:
    """As a script, in the project's directory."""
    for command in COMMANDS:
        run(COMMAND, *command.split(), cwd=project)
        assert executed(trace) == set(), command


@pytest.mark.skipif(sys.version_info < (3, 11), reason="it can not be told to leave the current directory alone")
def test_new_processes(project: pathlib.Path, trace: pathlib.Path) -> None:
    """Processes that begin from nothing do not look for modules in the current directory."""
    run(SPAWNED, "check", *FILES.split(), "--jobs=2", cwd=project)
    assert executed(trace) == set()


def test_the_module(project: pathlib.Path, trace: pathlib.Path) -> None:
    """`python -m tf2lint` has the current directory in front of the path. Only a tf2lint in it is beyond us, and
    what Python itself takes from there before it comes to ours."""
    probe = project.parent / "bin" / "probe.py"
    probe.parent.mkdir()
    probe.write_text("import sys\nprint(*sys.modules)\n")
    for name in run("", cwd=probe.parent, module="probe").stdout.split():
        (project / f"{name}.py").unlink(missing_ok=True)
    (project / "tf2lint" / "__init__.py").unlink()
    (project / "tf2lint").rmdir()
    for command in COMMANDS[1:4]:
        run("", *command.split(), cwd=project, module="tf2lint")
        assert executed(trace) == set(), command


def test_flake8(project: pathlib.Path, trace: pathlib.Path) -> None:
    """The plugin, in one process and in two."""
    program = "import sys\nfrom flake8.main.cli import main\nsys.exit(main())\n"
    for jobs in "12":
        answer = run(program, "--select=TF", f"--jobs={jobs}", "train.py", "old.py", "setup.py", cwd=project)
        assert "train.py:8:5: TF101" in answer.stdout
        assert executed(trace) == set()


def test_pylint(project: pathlib.Path, trace: pathlib.Path) -> None:
    """pylint puts the folders of what it lints in front of the path: what it takes from there by itself is its own."""
    program = "import sys\nfrom pylint import run_pylint\nrun_pylint()\n"
    options = ("--rcfile=", "--persistent=n", "--disable=all", "--enable=E", "train.py", "setup.py", "tensorflow.py")
    status = tuple(range(32))
    run(program, *options, cwd=project, status=status)
    alone = executed(trace)
    (project / "setup.cfg").write_text("[tf2lint]\nper-file-ignores = tensorflow.py: TF1\n")
    answer = run(program, "--load-plugins=tf2lint", *options, cwd=project, status=status)
    assert "train.py:8:4: E6811" in answer.stdout
    assert executed(trace) - alone == set()


EDITOR = """
import json, sys
from types import SimpleNamespace as Thing
from tf2lint import lsp_plugin

class Workspace:
    root_path = sys.argv[1]

document = Thing(uri=f"file://{sys.argv[1]}/train.py", path=f"{sys.argv[1]}/train.py", version=1)
document.source = open(document.path).read()
config, workspace = Thing(capabilities={}), Workspace()
found = lsp_plugin.pylsp_lint(config, workspace, document)
whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
done = lsp_plugin.pylsp_code_actions(config, workspace, document, whole, {"diagnostics": found})
print(json.dumps([len(found), len(done)]))
"""


def test_pylsp(project: pathlib.Path, trace: pathlib.Path) -> None:
    """The plugin of the language server."""
    found, actions = json.loads(run(EDITOR, str(project), cwd=project).stdout)
    assert found > 3
    assert actions > 3
    assert executed(trace) == set()


AUDITED = """
import os, sys
allowed = sys.argv.pop(1).split(os.pathsep)
project = os.getcwd()
OTHERS = ("subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.startfile", "socket.", "ctypes.",
          "pickle.find_class", "webbrowser.", "urllib.", "ftplib.", "smtplib.", "http.", "shutil.unpack_archive")

def hook(event, arguments):
    said = None
    if event == "exec" and str(getattr(arguments[0], "co_filename", "")).startswith(project):
        said = arguments[0].co_filename
    elif event == "import" and str(arguments[1] or "").startswith(project):
        said = arguments[1]
    elif event == "open":
        path, mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        if writes and isinstance(path, str) and not os.path.abspath(path).startswith(tuple(allowed)):
            said = path
    elif event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.utime"):
        paths = [argument for argument in arguments if isinstance(argument, str)]
        if not all(os.path.abspath(path).startswith(tuple(allowed)) for path in paths[:2]):
            said = paths
    elif event.startswith(OTHERS):
        said = arguments
    if said is not None:
        raise SystemExit(f"{event}: {said}")

from tf2lint.cli import main
sys.dont_write_bytecode = True
sys.addaudithook(hook)
sys.exit(main())
"""


@pytest.mark.parametrize("command", COMMANDS[1:5])
def test_what_happens_in_the_process(project: pathlib.Path, trace: pathlib.Path, command: str) -> None:
    """Nothing of the project is made into a module or run; files are written where they belong; no other program."""
    names = [".tf2lint_cache", "..tf2lint_cache", ".tf2lint_cache."]
    names += {"fix": ["train.py", "book.ipynb"], "baseline": ["baseline.json"], "report": ["page.html"]}.get(
        command.split()[0], []
    )
    allowed = [str(project / name) for name in names] + ["/dev/null"]
    run(AUDITED, ":".join(allowed), *command.replace("--jobs=2", "").split(), cwd=project)
    assert executed(trace) == set()
