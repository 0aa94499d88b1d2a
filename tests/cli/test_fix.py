"""`tf2lint fix`: what it rewrites, what it leaves, and that no file is ever half-written."""

from __future__ import annotations

import io
import os
import pathlib
import re
import shutil
import stat
import subprocess

import pytest

from tests.fix_programs import PROGRAMS, UNSAFE, UNTANGLED, fixed
from tf2lint.checkers import edits, names, same, successors
from tf2lint.checkers.base import Reference
from tf2lint.cli import fix, main, rewriting
from tf2lint.findings import Confidence, Edit, Finding, Span

TF = "import tensorflow as tf\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty project, and the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rewritten(folder: pathlib.Path, text: str | bytes, *arguments: str) -> str:
    """A program after `tf2lint fix`, as it lies on the disk, but for the bytes of its encoding."""
    path = folder / "program.py"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    main(["fix", *arguments, str(path)])
    return path.read_bytes().decode("latin-1" if isinstance(text, bytes) else "utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tf.log(x)", "tf.math.log(x)"),
        ("f = tf.log", "f = tf.math.log"),
        ("try:\n    import tensorflow as t\nexcept ImportError:\n    t = None\nt.log(x)", None),
        ("map(tf.log, [x])", "map(tf.math.log, [x])"),
        ("é = 'é'; y = tf.log(tf.ceil(x))  # ü", "é = 'é'; y = tf.math.log(tf.math.ceil(x))  # ü"),
        ("t = tf; t.log(x)", "t = tf; t.math.log(x)"),
        ("tf.gfile.Exists(p)", "tf.io.gfile.exists(p)"),
        ("tf.lin_space(0.0, 1.0, 2)", "tf.linspace(0.0, 1.0, 2)"),
        ("tf.to_float(x)", "tf.cast(x, tf.float32)"),
        ("tf.to_float((x))", "tf.cast((x), tf.float32)"),
        ("tf.to_int32(tf.to_float(x))", "tf.cast(tf.cast(x, tf.float32), tf.int32)"),
        ("tf.to_int64(x, name='n' )", "tf.cast(x, name='n', dtype=tf.int64 )"),
        ("tf.to_int64(\n    x=(x),\n)", "tf.cast(\n    x=(x), dtype=tf.int64,\n)"),
        ("(tf\n .log(x))", "(tf\n .math.log(x))"),
        ("tf . log(x)", "tf . math.log(x)"),
        ("tf.gfile.Exists(filename=p)", "tf.io.gfile.exists(path=p)"),
        ("tf.count_nonzero(input_tensor=x, keep_dims=True)", "tf.math.count_nonzero(input=x, keepdims=True)"),
        ("tf.transpose(x, [1], ('n'))", "tf.transpose(x, [1], name=('n'))"),
        ("tf.contrib.framework.nest.flatten(x)", "tf.nest.flatten(x)"),
        ("tf.reduce_sum(x, keep_dims = True)", "tf.reduce_sum(x, keepdims = True)"),
        ("tf.segment_sum(\n    x,  # one\n    y,\n)", "tf.math.segment_sum(\n    x,  # one\n    y,\n)"),
        ("tf.zeros([2]).shape[0].value", "tf.zeros([2]).shape[0]"),
        ("(tf.zeros([2]).shape[0]).value", "(tf.zeros([2]).shape[0])"),
        ("tf.keras.optimizers.SGD(lr=1)", "tf.keras.optimizers.SGD(learning_rate=1)"),
        ("with tf.gfile.Open(p) as f: pass", "with tf.io.gfile.GFile(p) as f: pass"),
        ("@tf.RegisterGradient('x')\ndef f(op, g): return tf.diag(g)", None),
    ],
)
def test_rewrites(folder: pathlib.Path, before: str, after: str | None) -> None:
    """What surely is the same."""
    after = (
        before.replace("tf.diag", "tf.linalg.tensor_diag").replace("t.log", "t.math.log") if after is None else after
    )
    assert rewritten(folder, f"{TF}{before}\n") == f"{TF}{after}\n"
    assert rewritten(folder, f"{TF}{after}\n") == f"{TF}{after}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\nON()\n\nx = 1\n", "\nx = 1\n"),
        ("ON()\nx = 1\n", "x = 1\n"),
        ("x = 1\n\nON()\n", "x = 1\n\n"),
        ("ON()", ""),
        ("ON()  # for 1.15\n", "# for 1.15\n"),
        ("if x:\n    ON()  # why\n", "if x:\n    pass  # why\n"),
        ("if x:\n    y = 1\nelse:\n    ON()\n", "if x:\n    y = 1\nelse:\n    pass\n"),
        ("def f():\n    'words'\n    ON()\n", "def f():\n    'words'\n    pass\n"),
        ("x = 1; ON()\n", None),
        ("ON(\n    # why\n)\n", None),
        ("ON(execution_mode=1)\n", None),
        ("x = ON()\n", None),
        ("ON()\ntf.compat.v1.disable_v2_behavior()\n", None),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_switches(folder: pathlib.Path, before: str, after: str | None, newline: str) -> None:
    """What TensorFlow 2 has on from the start need not be switched on; comments stay."""
    before, after = (f"{TF}{text}".replace("\n", newline) for text in (before, before if after is None else after))
    before, after = (text.replace("ON", "tf.enable_eager_execution") for text in (before, after))
    assert rewritten(folder, before) == after
    assert rewritten(folder, before, "--tensorflow=>=1.15,<2.22") == before


@pytest.mark.parametrize(
    "text",
    [
        f"{TF}tf.placeholder(tf.float32)\n",
        f"{TF}(tf  # why\n .log(x))\n",
        f"{TF}tf.argmax(x, 1, None, None, tf.int32)\n",
        f"{TF}y = f'{{tf.log(x)}}'\n",
        f"{TF}tf.gfile.Exists(*p)\n",
        f"{TF}OPTIONS = {{'keep_dims': True}}\ntf.reduce_max(x, **OPTIONS)\n",
        f"{TF}tf.gfile.Copy(p, q, **options)\n",
        f"{TF}map(tf.gfile.Exists, p)\n",
        f"{TF}tf.to_float(x  # why\n)\n",
        f"{TF}tf.to_float(*x)\n",
        f"{TF}map(tf.to_float, x)\n",
        f"{TF}tf.reduce_sum(x, 1, reduction_indices=1)\n",
        f"{TF}tf.reduce_sum(x, **dict(keep_dims=True))\n",
        f"{TF}tf.batch_to_space(x, block_size=2, crops=y)\n",
        f"{TF}tf.nn.ctc_loss(labels=y, inputs=x, sequence_length=z)\n",
        f"{TF}class Mine:\n    log = tf.log  # noqa: TF306\nMine.log(x)\n",
        f"{TF}if x:\n    tf = y\ntf.log(x)\ntf.reduce_sum(x, keep_dims=True)\n",
        f"{TF}def f(x, tf=tf): return tf.log(x), tf.reduce_sum(x, keep_dims=True)\n",
        f"{TF}tf.log(x)  # noqa: TF306\n",
        f"{TF}tf.log(x)  # pylint: disable=tf-renamed-symbol\n",
        f"{TF}log = tf.log if hasattr(tf, 'log') else tf.math.log\n",
        "import tensorflow.compat.v1 as tf\ntf.log(x)\n",
        f"{TF}import mine as tf\ntf.log(x)\n",
        f"{TF}def f(tf): return tf.log(1)\n",
    ],
)
def test_leaves(folder: pathlib.Path, text: str) -> None:
    """What is not sure, or can not be rewritten where it stands, or is suppressed, or is right."""
    assert rewritten(folder, text) == text


def test_targets(folder: pathlib.Path) -> None:
    """A name is rewritten only to what every targeted version has, with the same meaning."""
    program = f"{TF}tf.log(x)\ntf.zeros([2]).shape[0].value\ntf.reduce_sum(x, keep_dims=True)\n"
    assert rewritten(folder, program, "--tensorflow===1.15.*") == program
    both = f"{TF}tf.math.log(x)\ntf.zeros([2]).shape[0].value\ntf.reduce_sum(x, keepdims=True)\n"
    assert rewritten(folder, program, "--tensorflow=>=1.15,<2.22") == both


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"# coding: latin-1\n"])
def test_bytes(folder: pathlib.Path, start: bytes, newline: str) -> None:
    """Line ends, byte order mark and encoding stay; so does a missing newline at the end."""
    if newline == "\r" and b"coding" in start:
        pytest.skip("Python finds no declaration of an encoding before a lone carriage return")
    encoding = "latin-1" if b"latin" in start else "utf-8"
    text = f"{TF}s = 'é'; y = tf.log(tf.ceil(x))  # é\n\x0c\n# end"

    def encoded(text: str) -> bytes:
        return (start.decode("latin-1").encode("latin-1") + text.encode(encoding)).replace(b"\n", newline.encode())

    expected = encoded(text.replace("tf.log", "tf.math.log").replace("tf.ceil", "tf.math.ceil"))
    assert rewritten(folder, encoded(text)).encode("latin-1") == expected


def test_status_and_summary(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0: nothing is left, 1: findings are left, 2: something could not be done; other files are fixed all the same."""
    (folder / "a.py").write_text(f"{TF}tf.log(x)\n")
    (folder / "b.py").write_text(f"{TF}tf.log(x)\ntf.ceil(x)\ntf.placeholder(x)\n")
    assert main(["fix", "a.py"]) == 0
    assert capsys.readouterr().out == "1 finding fixed in 1 file, 0 left\n"
    assert main(["fix", "."]) == 1
    assert capsys.readouterr().out == "2 findings fixed in 1 file, 1 left (1 fixable with --unsafe)\n"
    assert main(["fix", "."]) == 1
    assert capsys.readouterr().out == "0 findings fixed in 0 files, 1 left (1 fixable with --unsafe)\n"
    (folder / "a.py").write_text(f"{TF}tf.log(x)\n")
    (folder / "broken.py").write_text(f"{TF}tf.log(x\n")
    assert main(["fix", "broken.py", "a.py"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "1 finding fixed in 1 file, 1 left\n"
    assert "broken.py: not fixed: not analysed: " in captured.err
    assert main(["fix", "a.py", "missing.py"]) == 2
    assert "missing.py: no such file or directory" in capsys.readouterr().err


def test_fix_only(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is left is not minded, nor what would be hidden, and both are said; what can not be looked at is minded."""
    (folder / "left.py").write_text(f"{TF}tf.log(x)\ntf.placeholder(tf.float32)\n")
    (folder / "hiding.py").write_text(f"{TF}def f(x):\n    return tf.nn.dropout(tf.log(x), x)\n")
    assert main(["fix", "--fix-only", "left.py", "hiding.py"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "1 finding fixed in 1 file, 3 left (2 fixable with --unsafe)\n"
    assert "hiding.py: not fixed: it would hide TF404" in captured.err
    assert main(["fix", "--fix-only", "left.py", "missing.py"]) == 2


def test_jobs(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several processes do the same, and say the same in the same order."""
    said = []
    for jobs in ("1", "3"):
        for number in range(8):
            (folder / f"{number}.py").write_text(f"{TF}tf.log({number})\ntf.placeholder(x)\n" + "(" * (number % 2))
        assert main(["fix", "--diff", "--jobs", jobs, "."]) == 1
        assert main(["fix", "--jobs", jobs, "."]) == 1
        assert (folder / "2.py").read_text() == f"{TF}tf.math.log(2)\ntf.placeholder(x)\n"
        said.append(capsys.readouterr())
    assert said[0] == said[1]


def test_modules_as_they_were(folder: pathlib.Path) -> None:
    """No file is judged by what another one is rewritten to: the order of files means nothing."""
    (folder / "a.py").write_text(f"{TF}ph = tf.placeholder\nlog = tf.log\n")
    (folder / "b.py").write_text("from a import log, ph, tf\nph(1)\nlog(tf.ceil(x))\n")
    written = []
    for order in ("ab", "ba"):
        copy = folder / order
        copy.mkdir()
        for name in "ab":
            (copy / f"{name}.py").write_bytes((folder / f"{name}.py").read_bytes())
        main(["fix", "--unsafe", *(f"{order}/{name}.py" for name in order)])
        written.append([(copy / f"{name}.py").read_text() for name in "ab"])
    assert written[0] == written[1]
    assert written[0][0] == f"{TF}ph = tf.compat.v1.placeholder\nlog = tf.math.log\n"


def test_diff(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A unified diff, and nothing is written."""
    path = folder / "a.py"
    path.write_text(f"{TF}tf.log(x)")
    assert main(["fix", "--diff", "a.py"]) == 1
    captured = capsys.readouterr()
    assert captured.out == (
        "--- a.py\n+++ a.py\n@@ -1,2 +1,2 @@\n import tensorflow as tf\n"
        "-tf.log(x)\n\\ No newline at end of file\n+tf.math.log(x)\n\\ No newline at end of file\n"
    )
    assert captured.err == "1 finding would be fixed in 1 file, 0 left\n"
    assert path.read_text() == f"{TF}tf.log(x)"
    path.write_text(f"{TF}tf.math.log(x)")
    assert main(["fix", "--diff", "a.py"]) == 0


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"# coding: latin-1\r\n"])
def test_diff_can_be_applied(folder: pathlib.Path, capfdbinary: pytest.CaptureFixture[bytes], start: bytes) -> None:
    """Line ends, byte order mark and encoding are those of the file: `patch` makes of it what `tf2lint fix` does."""
    text = f"{TF}tf.log(x)  # \xe9\n\x0c\ny = 1".replace("\n", "\r\n")
    (folder / "a.py").write_bytes(start + text.encode("latin-1" if b"latin" in start else "utf-8"))
    capfdbinary.readouterr()
    main(["fix", "--diff", "a.py"])
    diff = capfdbinary.readouterr().out
    assert b"-tf.log(x)  # " in diff
    if shutil.which("patch") is None:
        pytest.skip("there is no patch")
    subprocess.run(["patch", "--binary", "-o", "b.py"], input=diff, check=True, cwd=folder)
    main(["fix", "a.py"])
    assert (folder / "b.py").read_bytes() == (folder / "a.py").read_bytes()


class _Input:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The result goes to standard output, to the byte, the summary to standard error; the project is the file's."""
    (folder / "sub").mkdir()
    (folder / "sub" / "setup.cfg").write_text("[tf2lint]\ntensorflow = ==1.15.*\n")

    def fixed(text: str, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", _Input(text.encode()))
        status = main(["fix", "-", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    said = "1 finding fixed in 1 file, 0 left\n"
    assert fixed(f"{TF}tf.log('\xe9')\r\n") == (0, f"{TF}tf.math.log('\xe9')\r\n", said)
    assert fixed(f"{TF}tf.log(x)", "--stdin-filename=sub/a.py")[:2] == (0, f"{TF}tf.log(x)")
    assert fixed("def f(:\n")[:2] == (1, "def f(:\n")
    status, out, _ = fixed(f"{TF}tf.log(x)\n", "--diff", "--stdin-filename=here.py")
    assert (status, out.splitlines()[0]) == (1, "--- here.py")
    assert fixed("", "a.py")[0] == 2
    assert sorted(os.listdir(folder)) == ["sub"]


def test_selection(folder: pathlib.Path) -> None:
    """Only what is selected is fixed, and counts."""
    program = f"{TF}tf.reduce_sum(tf.log(x), keep_dims=True)\n"
    assert "tf.log(x), keepdims" in rewritten(folder, program, "--select=TF401")
    assert "tf.math.log(x), keep_dims" in rewritten(folder, program, "--ignore=tf-renamed-argument")
    assert main(["fix", "--select=nothing", "."]) == 2


def test_unsafe(folder: pathlib.Path) -> None:
    """`tf.compat.v1` is spelled out on demand, and where TensorFlow 2 has the same it is left on demand."""
    program = f"{TF}x = tf.placeholder(tf.float32)\n"
    assert rewritten(folder, program) == program
    expected = program.replace("tf.placeholder", "tf.compat.v1.placeholder")
    assert rewritten(folder, program, "--unsafe") == expected
    program = f"{TF}tf.compat.v1.log(x)\ntf.compat.v1.gfile.Exists(x)\n"
    assert rewritten(folder, program) == program
    expected = f"{TF}tf.math.log(x)\ntf.io.gfile.exists(x)\n"
    assert rewritten(folder, program, "--select=TF304") == expected


def test_hides_nothing(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A call that is wrong in modules for TensorFlow 1 only is told still: what shows that they are stays."""
    program = f"{TF}def f(x):\n    return tf.nn.dropout(tf.log(x), x)\n"
    assert rewritten(folder, program) == program
    captured = capsys.readouterr()
    assert "TF404 in line 3" in captured.err
    assert captured.out == "0 findings fixed in 0 files, 2 left (1 fixable with --unsafe)\n"
    assert rewritten(folder, program, "--select=TF306") == program
    assert "tf.math.log" in rewritten(folder, program + "y = tf.placeholder(tf.float32)\n")
    capsys.readouterr()
    more = program + "tf.ceil(x)\ntf.rint(x)\n"
    once = more.replace("tf.log", "tf.math.log").replace("tf.ceil", "tf.math.ceil")
    assert rewritten(folder, more) == once, "one name is enough to stay"
    captured = capsys.readouterr()
    assert "program.py: not all fixed: it would hide TF404 in line 3, which" in captured.err
    assert captured.out == "2 findings fixed in 1 file, 2 left (1 fixable with --unsafe)\n"
    assert rewritten(folder, once) == once


def test_readable_only(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that must not be written is not, though its folder may be."""
    path = folder / "a.py"
    path.write_text(f"{TF}tf.log(x)\n")
    path.chmod(0o444)
    assert main(["fix", "a.py"]) == 2
    captured = capsys.readouterr()
    assert captured.err == "tf2lint: a.py: not fixed: it is read-only\n"
    assert captured.out == "0 findings fixed in 0 files, 1 left\n"
    assert path.read_text() == f"{TF}tf.log(x)\n"
    assert os.listdir(folder) == ["a.py"]


def test_mode_and_link(folder: pathlib.Path) -> None:
    """The mode stays, and a link goes on being one."""
    (folder / "real").mkdir()
    path = folder / "real" / "a.py"
    path.write_text(f"{TF}tf.log(x)\n")
    path.chmod(0o750)
    (folder / "link.py").symlink_to(path)
    assert main(["fix", "link.py"]) == 0
    assert (folder / "link.py").is_symlink()
    assert path.read_text() == f"{TF}tf.math.log(x)\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o750
    assert sorted(os.listdir(folder / "real")) == ["a.py"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_owner(folder: pathlib.Path) -> None:
    """Whoever runs it, in a container as root, a file stays whose it is."""
    path = folder / "a.py"
    path.write_text(f"{TF}tf.log(x)\n")
    os.chown(path, 1234, 4321)
    assert main(["fix", "a.py"]) == 0
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


def test_changed_meanwhile(folder: pathlib.Path) -> None:
    """What somebody else wrote since the file was read is not overwritten."""
    path = folder / "a.py"
    path.write_bytes(b"theirs")
    with pytest.raises(rewriting.RefusedError, match="changed"):
        fix.replace(rewriting.Outcome(path=str(path), before=b"old", after=b"new"))
    assert path.read_bytes() == b"theirs"
    assert os.listdir(folder) == ["a.py"]


def _finding(*edits: tuple[int, int, str]) -> Finding:
    made = tuple(Edit(start, end, text, safe=True) for start, end, text in edits)
    span = Span(2, 0, 2, 6)
    return Finding(rule=names.RENAMED, span=span, name="tf.log", message="", confidence=Confidence.BINDING, edits=made)


def test_overlap() -> None:
    """Of edits that touch, those of the first finding count; all edits of a finding go together."""
    first, second, third = _finding((0, 2, "a"), (8, 9, "b")), _finding((4, 5, "c"), (9, 9, "d")), _finding((5, 6, "e"))
    assert rewriting.compatible([third, second, first]) == [first, third]
    assert rewriting.apply("0123456789", [edit for finding in (first, third) for edit in finding.edits]) == "a234e67b9"


@pytest.mark.parametrize("text", ["log(", "log"])
def test_refuses(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """An edit that is wrong, so that the result does not parse or the finding stays, is noticed."""
    monkeypatch.setattr("tf2lint.checkers.edits.of_reference", lambda _: (Edit(27, 30, text, safe=True),))
    (folder / "a.py").write_text(f"{TF}tf.log(x)\n")
    assert main(["fix", "a.py"]) == 2
    assert ("would not parse" if text == "log(" else "TF306 in line 2 would still be there") in capsys.readouterr().err
    assert (folder / "a.py").read_text() == f"{TF}tf.log(x)\n"


def test_brings_nothing(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An edit after which something else is wrong is left out, the others are made."""
    good = edits.of_reference

    def bad(reference: Reference) -> tuple[Edit, ...]:
        return (Edit(27, 30, "placeholder", safe=True),) if reference.name == "tf.log" else good(reference)

    monkeypatch.setattr("tf2lint.checkers.edits.of_reference", bad)
    assert rewritten(folder, f"{TF}tf.log(x)\ntf.ceil(x)\n") == f"{TF}tf.log(x)\ntf.math.ceil(x)\n"
    assert "program.py: not all fixed: it would bring TF101 of tf.placeholder" in capsys.readouterr().err


@pytest.mark.parametrize("path", [*PROGRAMS, *UNTANGLED, *UNSAFE], ids=lambda path: path.stem)
def test_programs(path: pathlib.Path, folder: pathlib.Path) -> None:
    """The programs that the oracle runs: nothing is left to report, and a second run changes nothing."""
    once = fixed(path)
    assert rewritten(folder, once) == once


def test_programs_are_complete() -> None:
    """Where TensorFlow has two functions, or had one in tf.contrib, a program shows that they do the same."""
    text = "".join(path.read_text("utf-8") for path in (*PROGRAMS, *UNTANGLED))
    called = [old for old, known in same.table().items() if any(one.positional is not None for one in known)]
    assert [old for old in called if not re.search(rf"\b(?:tf|v1)\.{old}\(", text)] == []
    assert [old for old in same.table() if old.startswith("contrib.") and f"tf.{old}" not in text] == []
    assert len(called) > 100


def test_packages_are_complete() -> None:
    """A program shows of all that is taken from another package that it does the same."""
    text = "".join(path.read_text("utf-8") for path in UNSAFE)
    names = [name for package in successors.PACKAGES for name in package.names]
    assert [name for name in names if f".{name}" not in text] == []
