"""The reader of pages refuses what it does not understand, and the runner says what programs do."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .examples import Expectation, MalformedError, cases, expectations, page_rows
from .test_examples import RUNNER

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "## Observed\n| program | TensorFlow | outcome |\n|--|--|--|\n"


def page(folder: Path, text: str) -> Path:
    """A page with this text."""
    path = folder / "details.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows(tmp_path: Path) -> None:
    """What a well-formed table says."""
    table = HEAD + "| bad.py | 1.15 | prints `a \\| b` |\n| bad.py | 2.21 | raises `` E: `dense` is gone `` |\n"
    first, second = page_rows(page(tmp_path, table))
    assert (first.program, first.version, first.kind, first.text) == ("bad.py", "1.15", "prints", "a | b")
    assert (second.version, second.kind, second.text) == ("2.21", "raises", "E: `dense` is gone")
    assert (second.line, second.symbol) == (5, tmp_path.name)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("## Observed\n", 0),
        ("## Observed\n| program | outcome |\n|--|--|\n| bad.py | prints `a` |\n", 2),
        (HEAD + "| bad.py | 1.15 | prints a |\n", 4),
        (HEAD + "| bad.py | 1.15 | says `a` |\n", 4),
        (HEAD + "| bad.py | 1.15 | raises `ValueError` |\n", 4),
        (HEAD + "| bad.py | 1.15.5 | prints `a` |\n", 4),
        (HEAD + "| worse.py | 1.15 | prints `a` |\n", 4),
        (HEAD + "| bad.py | 1.15 | prints `a`\n", 4),
        (HEAD + "| bad.py | 1.15 | prints `a` |\n\nAnd so on.\n", 6),
        (HEAD + "| bad.py | 1.15 | prints `a` |\n| bad.py | 1.15 | prints `b` |\n", 5),
        ("Text.\n" + HEAD, 1),
        ("# Title\n" + HEAD, 1),
    ],
)
def test_malformed_page(tmp_path: Path, text: str, line: int) -> None:
    """The error names file and line."""
    with pytest.raises(MalformedError, match=rf"details\.md:{line}: "):
        page_rows(page(tmp_path, text))


def test_pairs(tmp_path: Path) -> None:
    """Further pairs of programs have rows of their own, and other files are no programs."""
    for name in ("bad.py", "good.py", "no_rank_bad.py", "no_rank_good.py", "helper.py"):
        (tmp_path / name).touch()
    assert cases(tmp_path) == ["", "no_rank_"]
    (row,) = page_rows(page(tmp_path, HEAD + "| no_rank_bad.py | 1.15 | prints `a` |\n"))
    assert row.id == f"{tmp_path.name}/no_rank_bad.py-1.15"


def test_expectations(tmp_path: Path) -> None:
    """Comments announce findings; strings do not."""
    path = tmp_path / "bad.py"
    path.write_text('a = "# expect: 1 tf-b"\nb()  # expect: 1 tf-a, 3 tf-b\n', encoding="utf-8")
    assert expectations(path) == [Expectation(2, 1, "tf-a"), Expectation(2, 3, "tf-b")]


@pytest.mark.parametrize("comment", ["# expect 1 tf-a", "# expect: tf-a", "# expect: 1 tf-a; 2 tf-b", "# expected: a"])
def test_malformed_expectation(tmp_path: Path, comment: str) -> None:
    """A comment that can not be read is not passed over."""
    path = tmp_path / "bad.py"
    path.write_text(f"b()  {comment}\n", encoding="utf-8")
    with pytest.raises(MalformedError, match=r"bad\.py:1: "):
        expectations(path)


PROGRAMS = {
    "prints": "import os\nprint(1, 'ä')\nos.write(1, b'raw')\nprint(__name__, os.listdir('.'))",
    "raises": "print(2)\nraise ValueError('why\\nnot')",
    "exits": "import sys\nsys.exit(3)",
    "leaves": "import sys\nsys.exit()",
    "syntax": "print(",
    "killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "hangs": "print(3, flush=True)\nwhile True: pass",
    "thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\nprint(4)",
    "source": "import inspect\ndef f(): return 5\nprint(inspect.getsource(f).strip())",
    "future": "def f(x: str): pass\nprint(f.__annotations__['x'] is str)",
    "apart": "import builtins\nprint(hasattr(builtins, 'mark'))\nbuiltins.mark = 1",
    "again": "import builtins\nprint(hasattr(builtins, 'mark'))\nbuiltins.mark = 1",
}


def test_runner(tmp_path: Path) -> None:
    """What the runner reports, with an empty module in TensorFlow's place."""
    (tmp_path / "tensorflow.py").touch()
    answer = subprocess.run(
        [sys.executable, str(RUNNER), "--limit", "2"],
        input=json.dumps([{"id": name, "source": source} for name, source in PROGRAMS.items()]),
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    outcomes = json.loads(answer.stdout)
    errors = {name: outcome["error"] for name, outcome in outcomes.items()}
    printed = {name: outcome["stdout"] for name, outcome in outcomes.items()}
    assert outcomes.keys() == PROGRAMS.keys()
    assert {name for name, error in errors.items() if error is None} == {
        "prints",
        "leaves",
        "thread",
        "source",
        "future",
        "apart",
        "again",
    }
    assert errors["raises"] == "ValueError: why\nnot"
    assert errors["exits"] == "SystemExit: 3"
    assert errors["syntax"].startswith("SyntaxError: ")
    assert errors["killed"] == "crash: signal 9"
    assert errors["hangs"] == "timeout: it did not end within 2 s"
    assert sorted(printed["prints"].splitlines()) == sorted(["raw1 ä", "__main__ []"])
    assert [printed[name] for name in ("raises", "hangs", "thread", "apart", "again")] == [
        "2\n",
        "3\n",
        "4\n",
        "False\n",
        "False\n",
    ]
    assert printed["future"] == "True\n"
    assert printed["source"] == "def f(): return 5\n"
