"""`tf2lint fix` in notebooks: only what is edited changes in the file, whatever its JSON looks like."""

from __future__ import annotations

import json
import pathlib
import random

import pytest

from tests.cli.test_notebooks import content
from tf2lint import checkers, notebook, source
from tf2lint.cli import main
from tf2lint.cli.rewriting import apply
from tf2lint.findings import Confidence, Edit, Finding, Span

HEAD = "import tensorflow as tf"
CODE = "%matplotlib inline\ns = 'é😀'; y = tf.log(tf.to_float(x))  # \"é\" \\ /\nz = tf.ceil(y)\n"
FIXED = CODE.replace("tf.log", "tf.math.log").replace("to_float(x", "cast(x, tf.float32").replace(".ceil", ".math.ceil")


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty project, and the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fixed(folder: pathlib.Path, data: bytes) -> bytes:
    """The content of a notebook after `tf2lint fix`."""
    path = folder / "nb.ipynb"
    path.write_bytes(data)
    main(["fix", "."])
    return path.read_bytes()


@pytest.mark.parametrize("as_lines", [True, False])
@pytest.mark.parametrize("indent", [None, 1, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_all_else_stays(folder: pathlib.Path, as_lines: bool, indent: int | str | None, ascii_only: bool) -> None:
    """Outputs, numbers, order, indentation, escapes and the end of the file."""

    def written(code: str) -> bytes:
        cells = content(HEAD, code, ("markdown", "tf.log(x)"), "%%bash\ntf.log(x)")
        cells["metadata"] = {"z": 1.50, "a": float("nan"), "A": "tf.log(x)"}
        if not as_lines:
            for cell in cells["cells"]:  # type: ignore[attr-defined]
                cell["source"] = "".join(cell["source"])
        return json.dumps(cells, indent=indent, ensure_ascii=ascii_only).encode().replace(b"/", b"\\/")

    assert fixed(folder, written(CODE)) == written(FIXED).replace(b"\\u00E9", b"\\u00e9")
    assert fixed(folder, b"\xef\xbb\xbf" + written(CODE).replace(b"\n", b"\r\n") + b"\n\n") == (
        b"\xef\xbb\xbf" + written(FIXED).replace(b"\n", b"\r\n") + b"\n\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("%time x = tf.log(1.0)", None),
        ("%%time\nx = tf.log(1.0)", "%%time\nx = tf.math.log(1.0)"),
        ("  x = tf.log(1.0)\n  !ls", "  x = tf.math.log(1.0)\n  !ls"),
        ("x = tf.log(1.0)\r\ny = 1\r\n", "x = tf.math.log(1.0)\r\ny = 1\r\n"),
        ("x = tf.segment_sum(\n  x,\n  y)", "x = tf.math.segment_sum(\n  x,\n  y)"),
        ("%%writefile x.py\ntf.log(1.0)", None),
        ("x = tf.log(1.0)\ndef f(:", None),
    ],
)
def test_cells(folder: pathlib.Path, before: str, after: str | None) -> None:
    """Columns are those of the cell; a line that is IPython's, or a cell that is not read, is not written to."""
    data = fixed(folder, json.dumps(content(HEAD, before)).encode())
    assert "".join(json.loads(data)["cells"][1]["source"]) == (after or before)


def test_diff(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By cell, as code; nothing is written."""
    data = json.dumps(content(HEAD, "x = 1", "y = 'é'; z = tf.log(1.0)")).encode()
    (folder / "nb.ipynb").write_bytes(data)
    main(["fix", "--diff", "nb.ipynb"])
    assert capsys.readouterr().out.splitlines() == [
        "--- nb.ipynb:cell 3",
        "+++ nb.ipynb:cell 3",
        "@@ -1 +1 @@",
        "-y = 'é'; z = tf.log(1.0)",
        "+y = 'é'; z = tf.math.log(1.0)",
    ]
    assert (folder / "nb.ipynb").read_bytes() == data


@pytest.mark.parametrize(
    ("cells", "edit", "after"),
    [
        # A line behind the import belongs to its cell; so does one in the middle, and one before all.
        (["import a", "b"], (9, 9, "import c\n"), [["import a\n", "import c"], ["b"]]),
        (["import a\n", "b"], (10, 10, "import c\n"), [["import a\n", "import c"], ["b"]]),
        (["import a", "b"], (8, 8, "\nimport c"), [["import a\n", "import c"], ["b"]]),
        (["import a\nb", "c"], (9, 9, "import c\n"), [["import a\n", "import c\n", "b"], ["c"]]),
        (["import a", "b"], (0, 0, "import c\n"), [["import c\n", "import a"], ["b"]]),
        (["import a\nb\nc"], (9, 11, ""), [["import a\n", "c"]]),
        (["import a\nb", "c"], (9, 11, ""), [["import a\n"], ["c"]]),
        (["a(\n  b,\n  c)"], (1, 11, "(b,\n  d"), [["a(b,\n", "  d)"]]),
        (["a", "b"], (0, 3, "c"), None),
        (["a", "b"], (0, 2, "c"), None),
        (["%ls", "b"], (3, 3, "x"), None),
        (["%%bash\nx\n", "b"], (9, 9, "import a\n"), None),
    ],
)
def test_edits_become_edits_of_the_file(
    cells: list[str], edit: tuple[int, int, str], after: list[list[str]] | None
) -> None:
    """Lines stay strings of their own, and no cell takes from another."""
    text = json.dumps(content(*cells), indent=1)
    book = notebook.read(text.encode())
    given = (Edit(*edit, safe=True),)
    rule, place = checkers.rules()[0], Span(1, 0, 1, 0)
    told = book.located(Finding(rule=rule, span=place, name="", message="", confidence=Confidence.BINDING, edits=given))
    if after is None:
        assert not told.edits
        return
    result = apply(text, told.edits)
    wanted = content(*cells)
    for cell, lines in zip(wanted["cells"], after, strict=True):  # type: ignore[call-overload]
        cell["source"] = [*lines, ""] if lines[-1].endswith("\n") else lines
    assert result == json.dumps(wanted, indent=1)


def test_random_edits_mean_the_same() -> None:
    """An edit of the cells, and then of the file, gives the same lines; 2,000 of them."""
    made = 0
    for seed in range(300):
        made += _edited_at_random(random.Random(seed))
    assert made > 1000


def _edited_at_random(chance: random.Random) -> int:
    lines = ["a = 1", "b = 'é'", "", "c = '\x85 😀'", "# x\ty", 'd = "\\n"', "e = '/'"]
    end = chance.choice(["\n", "\r\n"])
    cells = [
        end.join(chance.choices(lines, k=chance.randint(1, 4))) + chance.choice(["", end])
        for _ in range(chance.randint(1, 3))
    ]
    escaped = {"ensure_ascii": chance.random() < 0.5, "indent": chance.choice([None, 1])}
    file = json.dumps(content(*cells), **escaped)  # type: ignore[arg-type]
    if chance.random() < 0.3:
        file = file.replace("/", "\\/")
    book = notebook.read(file.encode())
    data, made = book.text.encode(), 0
    bounds = [len(book.text[:count].encode()) for count in range(len(book.text) + 1)]
    for _ in range(8):
        first, last = sorted(chance.choices(bounds, k=2))
        edit = Edit(first, chance.choice([first, last]), chance.choice(["", "x", "import é\n", "q\nw"]), safe=True)
        rule, place = checkers.rules()[0], Span(1, 0, 1, 0)
        finding = Finding(rule=rule, span=place, name="", message="", confidence=Confidence.BINDING, edits=(edit,))
        edits = book.located(finding).edits
        if edits:
            wanted = (data[: edit.start] + edit.replacement.encode() + data[edit.end :]).decode()
            after = ["".join(cell["source"]) for cell in json.loads(apply(file, edits))["cells"]]
            assert [line for cell in after for line in source.lines(cell) if line] == list(
                filter(None, source.lines(wanted))
            )
            made += 1
    return made
