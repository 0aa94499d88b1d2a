"""Notebooks: cells as one module, what is IPython's, positions in cells, in every format."""

from __future__ import annotations

import io
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

import pytest

from tf2lint import checkers, notebook
from tf2lint.cli import main
from tf2lint.findings import Confidence, Edit, Finding, Span

HEAD = "import tensorflow as tf"
HOLD = "x = tf.placeholder(tf.float32)"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty project, and the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def content(*cells: str | tuple[str, str], **more: object) -> dict[str, object]:
    """A notebook of these cells: code, or a type and a text."""
    written = [("code", cell) if isinstance(cell, str) else cell for cell in cells]
    listed = [
        {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True), "outputs": []}
        for kind, text in written
    ]
    return {"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def write(path: pathlib.Path, *cells: str | tuple[str, str], **more: object) -> pathlib.Path:
    """Write a notebook."""
    path.write_text(json.dumps(content(*cells, **more), indent=1), encoding="utf-8")
    return path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """Run the command in this process: exit status, and where which rule spoke."""
    status = main(["check", *arguments])
    out = capsys.readouterr().out
    return status, [" ".join(found) for found in re.findall(r"^(.*?:\d+:\d+): (TF\d+)", out, re.MULTILINE)]


def text_of(*lines: str) -> list[str]:
    """The lines that are linted of a notebook with one cell; nothing is wrong with it."""
    read = notebook.read(json.dumps(content("\n".join(lines))).encode())
    assert not read.unparsed, read.unparsed
    return read.text.splitlines()


def test_names_flow_from_cell_to_cell(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cells are counted with those that are no code; lines and columns are the cell's."""
    write(folder / "nb.ipynb", ("markdown", "# tf.placeholder"), HEAD, ("raw", "tf."), f"y = 1\ns = '日本'; {HOLD}")
    assert check(capsys, "nb.ipynb") == (1, ["nb.ipynb:cell 4:2:15 TF101"])


def test_they_are_found_in_folders(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the modules, in order, but not Jupyter's checkpoints."""
    (folder / ".ipynb_checkpoints").mkdir()
    for name in ("b.ipynb", ".ipynb_checkpoints/b-checkpoint.ipynb"):
        write(folder / name, HEAD, HOLD)
    (folder / "a.py").write_text(f"{HEAD}\n{HOLD}\n")
    (folder / "c.py").write_text(f"{HEAD}\n{HOLD}\n")
    expected = ["a.py:2:5 TF101", "b.ipynb:cell 2:1:5 TF101", "c.py:2:5 TF101"]
    assert check(capsys, ".") == (1, expected)
    assert check(capsys, "--jobs=2", ".") == (1, expected)
    assert check(capsys, "--exclude=*.ipynb", ".") == (1, [expected[0], expected[2]])


@pytest.mark.usefixtures("folder")
def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a notebook if its name says so."""
    data = json.dumps(content(HEAD, HOLD)).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert check(capsys, "-", "--stdin-filename=nb.ipynb") == (1, ["nb.ipynb:cell 2:1:5 TF101"])


def test_the_projects_modules_are_seen(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A notebook imports what lies beside it, though a module has its own name."""
    (folder / "nb.py").write_text(f"{HEAD}\nmake = tf.placeholder\n")
    write(folder / "nb.ipynb", "from nb import make", "x = make(1)")
    assert check(capsys, "nb.ipynb") == (1, ["nb.ipynb:cell 2:1:5 TF101"])


# -- IPython


@pytest.mark.parametrize(
    ("line", "replaced"),
    [
        ("%matplotlib inline", "pass"),
        ("  %load_ext tensorboard", "pass"),
        ("!pip install 'tensorflow<2'", "pass"),
        ("!!ls", "pass"),
        ("!echo it's", "pass"),
        ("tf.placeholder?", "pass"),
        ("tf.placeholder??  # where", "pass"),
        ("?tf", "pass"),
        ("%timeit?", "pass"),
        (",f a b", "pass"),
        ("/f a", "pass"),
        ("files = !ls *.py", "files = get_ipython()"),
        ("out = %sx ls", "out = get_ipython()"),
        ("d['a'], b = !ls", "d['a'], b = get_ipython()"),
        ("%time x = f(1)", "pass; x = f(1)"),
        ("%timeit -n 10 -r 3 f(1)", "pass;".ljust(19) + "f(1)"),
        ("%timeit -n10 -q f(1)", "pass;".ljust(16) + "f(1)"),
        ("%time for x in y: f(x)", "pass"),
    ],
)
def test_a_line_of_ipython(line: str, replaced: str) -> None:
    """It becomes a statement; code stays in its column."""
    assert text_of("a = 1", line.strip(), "b = 2") == ["a = 1", replaced, "b = 2"]
    inside = ["if a:", "    " + line.strip(), "b = 2"]
    if not line.startswith("!echo"):
        assert text_of(*inside) == ["if a:", f"    {replaced}", "b = 2"]


def test_what_looks_like_ipython_and_is_not() -> None:
    """In strings, brackets and after a backslash a percent sign is Python's, in a cell with magics too."""
    lines = [
        'a = """',
        "%s",
        "!x",
        'what?"""',
        "b = (a",
        "  % 3)  # it's (",
        "c = 1 \\",
        "  % 3",
        "d = 'x\\",
        "%s'",
        "e = '(' if a !=b else \"it's\"",
        "f(x =",
        "  3)",
        "g = {  # '''",
        "}",
    ]
    assert text_of(*lines) == lines
    assert text_of(*lines, "%time d", *lines) == [*lines, "pass; d", *lines]


def test_a_command_of_several_lines() -> None:
    """A backslash joins them."""
    assert text_of("!pip install \\", "  a \\", "  b", "x = 1") == ["pass", "", "", "x = 1"]


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 3", "%%capture out", "\n%%time", "#@title x\n%%time"])
def test_a_cell_on_python(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], magic: str) -> None:
    """Its code is the notebook's own."""
    write(folder / "nb.ipynb", HEAD, f"{magic}\n!ls\n{HOLD}")
    line = 3 + magic.count("\n")
    assert check(capsys, "nb.ipynb") == (1, [f"nb.ipynb:cell 2:{line}:5 TF101"])


@pytest.mark.parametrize(
    "magic", ["%%bash", "%%writefile x.py", "%%html", "%%javascript", "%%script python3", "%%sql x"]
)
def test_a_cell_on_something_else(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], magic: str) -> None:
    """It is no code of the notebook's."""
    write(folder / "nb.ipynb", HEAD, f"{magic}\nif [ -e $x ]; then\n{HOLD}\nfi", HOLD)
    assert check(capsys, "nb.ipynb") == (1, ["nb.ipynb:cell 3:1:5 TF101"])


def test_code_of_a_magic_has_its_column(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what it binds is known."""
    write(folder / "nb.ipynb", "%time import tensorflow as tf", f"%time {HOLD}", f"  y = 1\n  {HOLD}\n{HOLD}\n  %ls")
    places = ["cell 2:1:11", "cell 3:2:7", "cell 3:3:5"]
    assert check(capsys, "nb.ipynb") == (1, [f"nb.ipynb:{place} TF101" for place in places])
    assert main(["check", "--output-format=text", "nb.ipynb"]) == 1
    assert f"2 |   {HOLD}\n  |       ^^^^^^^^^^^^^^\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line", ["%env TF_USE_LEGACY_KERAS=1", "%env TF_USE_LEGACY_KERAS 1", "%set_env TF_USE_LEGACY_KERAS=1"]
)
def test_keras_2_by_a_magic(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    """The environment that a magic sets says which Keras is meant, as that which a module sets."""
    use = f"{HEAD}\nx = tf.keras.layers.LocallyConnected2D"
    write(folder / "nb.ipynb", "%env TF_CPP_MIN_LOG_LEVEL=1\n%env\n%env X", use)
    assert check(capsys, "nb.ipynb") == (1, ["nb.ipynb:cell 2:2:5 TF901"])
    write(folder / "nb.ipynb", line, use)
    assert check(capsys, "nb.ipynb") == (0, [])


def test_await_and_return_at_the_top(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """IPython allows it."""
    write(
        folder / "nb.ipynb", HEAD, "y = await f()\nasync with y:\n    pass", "from __future__ import annotations", HOLD
    )
    assert check(capsys, "nb.ipynb") == (1, ["nb.ipynb:cell 4:1:5 TF101"])


# -- what does not parse


def test_a_cell_that_does_not_parse(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told of, each for itself, and the others are linted."""
    write(folder / "nb.ipynb", HEAD, "y = 1\nprint 'x", f"{HOLD}\n", "def f(:\n    pass", "a = 'x\0'", HOLD)
    places = ["cell 2:2:7 TF001", "cell 3:1:5 TF101", "cell 4:1:7 TF001", "cell 5:1:1 TF001", "cell 6:1:5 TF101"]
    assert check(capsys, "nb.ipynb") == (1, [f"nb.ipynb:{place}" for place in places])
    main(["check", "nb.ipynb"])
    first = capsys.readouterr().out.splitlines()[0]
    assert "(line 2 of cell 2); this looks like Python 2, and fissix can not read it" in first


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (b'{"cells": [\n}', "2:1", "no JSON"),
        (b"[]", "1:1", "no object in braces"),
        (b'{"metadata": {}}', "1:1", "no list of cells"),
        (b'{"nbformat": 2, "worksheets": []}', "1:1", "of format 2"),
        (b'{"cells": [3]}', "1:1", "cell 1 is no object"),
        (b'{"cells": [{"cell_type": "code", "source": 3}]}', "1:1", "the source of cell 1 is no text"),
        (b'{\n"\xff": 1}', "2:1", "not utf-8"),
        (b"[" * 100_000, "1:1", "nested too deeply"),
    ],
)
def test_a_file_that_is_no_notebook(
    folder: pathlib.Path, capsys: pytest.CaptureFixture[str], data: bytes, place: str, reason: str
) -> None:
    """It could not be analysed, which is a finding."""
    (folder / "nb.ipynb").write_bytes(data)
    assert main(["check", "nb.ipynb"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"nb.ipynb:{place}: TF001 ")
    assert reason in line


def test_a_notebook_without_python(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Empty, without cells, or in another language."""
    (folder / "empty.ipynb").touch()
    write(folder / "none.ipynb")
    write(folder / "no_code.ipynb", ("markdown", "x"), "")
    write(folder / "r.ipynb", "x <- function(a) a", metadata={"kernelspec": {"language": "R", "name": "ir"}})
    assert check(capsys, ".") == (0, [])


def test_old_format_and_source_as_one_text(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Format 3 has worksheets, and some programs write a cell's source in one piece; a BOM and CRLF are no matter."""
    cells = [{"cell_type": "code", "input": [f"{HEAD}\r\n", HOLD], "language": "python"}]
    (folder / "a.ipynb").write_bytes(b"\xef\xbb\xbf" + json.dumps({"worksheets": [{"cells": cells}]}).encode())
    one = {"cells": [{"cell_type": "code", "source": f"{HEAD}\r\n{HOLD}"}]}
    (folder / "b.ipynb").write_text(json.dumps(one))
    assert check(capsys, ".") == (1, ["a.ipynb:cell 1:2:5 TF101", "b.ipynb:cell 1:2:5 TF101"])


# -- comments, baseline, formats


def test_comments(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both kinds, on their lines; in a cell that does not parse too; a file-wide one holds for all cells."""
    cells = [HEAD, f"{HOLD}  # noqa: TF101\n{HOLD}  # pylint: disable=tf-placeholder\n{HOLD}", "%ls\ndef f(:  # noqa"]
    write(folder / "nb.ipynb", *cells)
    assert check(capsys, "nb.ipynb") == (1, ["nb.ipynb:cell 2:3:5 TF101"])
    write(folder / "nb.ipynb", *cells, "# flake8: noqa")
    assert check(capsys, "nb.ipynb") == (0, [])


def test_the_baseline_counts_them(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As any other file."""
    write(folder / "nb.ipynb", HEAD, HOLD, "def f(:")
    assert main(["baseline", "--baseline=x.json", "."]) == 0
    assert json.loads((folder / "x.json").read_text())["files"] == {"nb.ipynb": {"TF001": 1, "TF101": 1}}
    capsys.readouterr()
    assert check(capsys, "--baseline=x.json", ".") == (0, [])


def test_lines_in_sentences(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that a message speaks of is one of a cell, where it is the notebook's."""
    helper = "def log(x):\n    # helper\n    return x * time.time()"
    write(folder / "nb.ipynb", f"{HEAD}\nimport time", helper, "\n@tf.function\ndef step(x):\n    return log(x)")
    assert main(["check", "nb.ipynb"]) == 1
    assert "`log` (nb.ipynb:cell 2:1) is called by `step`" in capsys.readouterr().out
    (folder / "other.py").write_text("import time\n\n\n" + helper)
    write(folder / "nb.ipynb", HEAD, "from other import log", "\n@tf.function\ndef step(x):\n    return log(x)")
    assert main(["check", "nb.ipynb"]) == 1
    assert "`log` (other.py:4) is called by `step`" in capsys.readouterr().out
    (folder / "other.py").write_text("import time\n\nlog = lambda x: x * time.time()\n")
    assert main(["check", "nb.ipynb"]) == 1
    assert "`the lambda of line 3` (other.py:3) is called by `step`" in capsys.readouterr().out


def test_a_finding_in_its_cell() -> None:
    """Its span is the cell's, and its edits are those of the file."""
    book = notebook.read(json.dumps(content("a = 1", "  b = 2\n  c = 3")).encode())
    edits = (Edit(0, 1, "x", safe=True),)
    rule = checkers.rules()[0]
    place = Span(2, 0, 3, 1)
    finding = Finding(rule=rule, span=place, name="", message="", confidence=Confidence.BINDING, edits=edits)
    told = book.located(finding)
    data = json.dumps(content("a = 1", "  b = 2\n  c = 3")).encode()
    start = data.index(b"a = 1")
    assert (told.span, told.edits) == (Span(1, 2, 2, 3), (Edit(start, start + 1, "x", safe=True),))


def output(capsys: pytest.CaptureFixture[str], form: str) -> str:
    """What a format prints of the notebook."""
    assert main(["check", f"--output-format={form}", "nb.ipynb"]) == 1
    return capsys.readouterr().out


def test_formats(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cell and line everywhere; where lines must be the file's, they are those of its JSON."""
    write(folder / "nb.ipynb", HEAD, "\n" + HOLD)
    place = "cell 2:2:5"
    assert output(capsys, "text").splitlines()[:4] == [
        f"nb.ipynb:{place}: TF101 tf-placeholder",
        "  |",
        f"2 | {HOLD}",
        "  |     ^^^^^^^^^^^^^^",
    ]
    (record,) = json.loads(output(capsys, "json"))
    assert [record[key] for key in ("cell", "line", "column", "end_line", "end_column")] == [2, 2, 5, 2, 19]
    (result,) = json.loads(output(capsys, "sarif"))["runs"][0]["results"]
    (location,) = result["locations"]
    line = (folder / "nb.ipynb").read_text().splitlines().index(f'    "{HOLD}"') + 1
    assert location["physicalLocation"]["region"] == {"startLine": line, "endLine": line}
    assert location["logicalLocations"] == [{"name": "cell 2", "fullyQualifiedName": place}]
    assert result["message"]["text"].startswith(f"{place}: tf.placeholder ")
    assert output(capsys, "github").startswith(
        f"::error file=nb.ipynb,line={line},title=TF101 tf-placeholder::{place}: tf.placeholder "
    )
    (entry,) = json.loads(output(capsys, "gitlab"))
    assert entry["location"] == {"path": "nb.ipynb", "lines": {"begin": line, "end": line}}
    assert entry["description"].startswith(f"TF101 {place}: tf.placeholder ")
    failure = ET.fromstring(output(capsys, "junit")).find("testcase/failure")
    assert failure is not None
    assert (failure.text or "").strip().startswith(f"nb.ipynb:{place}: ")
    assert output(capsys, "concise").startswith(f"nb.ipynb:{place}: TF101 ")
    (folder / "x.py").write_text(f"{HEAD}\n{HOLD}\n")
    main(["check", "--output-format=json", "x.py"])
    assert json.loads(capsys.readouterr().out)[0]["cell"] is None


def test_from_the_cache(
    folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept knows the lines of the file, too."""
    monkeypatch.setenv("TF2LINT_CACHE_DIR", "kept")
    write(folder / "nb.ipynb", HEAD, "\n" + HOLD)
    first = output(capsys, "github")
    (entry,) = (folder / "kept").glob("*.entries")
    written = entry.stat().st_mtime_ns
    assert output(capsys, "github") == first
    assert entry.stat().st_mtime_ns == written
