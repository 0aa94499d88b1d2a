"""The plugin of python-lsp-server: a session with a real server, and what no single session shows."""

from __future__ import annotations

import pathlib
import re
import tempfile
from collections.abc import Iterator

import pytest

from tf2lint import checkers
from tf2lint.cli import main
from tf2lint.families import family_of
from tf2lint.findings import Confidence, Finding, Span
from tf2lint.lsp.actions import Asked, actions, suppressed
from tf2lint.lsp.diagnostics import diagnostics
from tf2lint.lsp.document import Document, Json
from tf2lint.lsp.session import Session

from .corpus import ROOT
from .lsp_client import Client, applied

TRANSCRIPT = ROOT / "tests" / "data" / "lsp_session.txt"
TF = "import tensorflow as tf\n"

PROGRAM = """\
import tensorflow as tf
from helper import report

wide = "🙂é"; x = tf.log(tf.placeholder(tf.float32))
y = tf.reduce_sum(tf.ceil(x), keep_dims=True)


@tf.function
def step(v):
    report(v)
    return tf.log(v)
"""
HELPER = "def report(v):\n    print('loss', v)\n"


@pytest.fixture
def project(tmp_path: pathlib.Path) -> pathlib.Path:
    """A project with a configuration and a module."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[tool.tf2lint]\ntensorflow = ">=2.12,<2.22"\ndisable = ["TF101"]\n')
    (folder / "helper.py").write_text(HELPER)
    return folder


@pytest.fixture
def client(project: pathlib.Path) -> Iterator[Client]:
    """A server that runs in the project."""
    session = Client(project)
    yield session
    session.close()


# A real server


def converse(client: Client) -> int:
    """The session that is kept: find, fix one, fix all, disable, have the configuration changed, end."""
    client.start()
    found = client.open("train.py", PROGRAM)
    assert codes(found) == ["TF306", "TF306", "TF401", "TF601", "TF306"]  # TF101 is disabled by the project.
    fix, *_ = client.actions("train.py", found[0]["range"])
    found = client.take("train.py", fix)
    assert codes(found) == ["TF306", "TF401", "TF601", "TF306"]
    assert "tf.math.log(tf.placeholder" in client.texts[client.uri("train.py")]
    (fix_all,) = client.actions("train.py", found[0]["range"], only=["source.fixAll"])
    found = client.take("train.py", fix_all)
    assert codes(found) == ["TF601"]
    (disable,) = client.actions("train.py", found[0]["range"], diagnostics=found)
    assert client.take("train.py", disable) == []
    assert "    report(v)  # noqa: TF601\n" in client.texts[client.uri("train.py")]
    (client.folder / "pyproject.toml").write_text('[tool.tf2lint]\ntensorflow = ">=2.12,<2.22"\n')
    found = client.change("train.py", client.texts[client.uri("train.py")] + "\n")
    assert codes(found) == ["TF101"]
    return client.end()


def test_session(client: Client) -> None:
    """What an editor and the server say to each other is what is written down."""
    assert converse(client) == 0
    assert "ERROR" not in client.log()
    assert client.transcript() == TRANSCRIPT.read_text(encoding="utf-8")


def test_server_lives_on(client: Client) -> None:
    """A configuration that can not be used is told and mended; a document without a file is linted; names are odd."""
    client.start(textDocument={}, workspace={})
    good = (client.folder / "pyproject.toml").read_text()
    (client.folder / "pyproject.toml").write_text("[tool.tf2lint]\nenabel = []\n")
    (told,) = client.open("ü ö.py", PROGRAM)
    assert told["range"] == {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 23}}
    assert re.search(r"pyproject.toml:2: unknown key 'enabel'; did you mean 'enable'\?", told["message"])
    assert client.actions("ü ö.py", told["range"]) == []
    (client.folder / "pyproject.toml").write_text(good)
    found = client.change("ü ö.py", PROGRAM)
    assert codes(found) == ["TF306", "TF306", "TF401", "TF601", "TF306"]
    # A client that shows no links gets them in the sentence, and edits without a version.
    assert found[0]["message"].endswith(" https://www.tensorflow.org/api_docs/python/tf/math/log")
    fix, *_ = client.actions("ü ö.py", found[0]["range"])
    (edit,) = fix["edit"]["changes"][client.uri("ü ö.py")]
    assert edit == {"range": extent(3, 21, 3, 24), "newText": "math.log"}
    # It lies where the workspace does: the project's configuration and modules count.
    assert codes(client.open("untitled:Untitled-1", PROGRAM)) == codes(found)
    assert codes(client.open("broken.py", "x = (\n")) == ["TF001"]
    assert client.end() == 0


def codes(found: list[Json]) -> list[str]:
    """The codes of diagnostics."""
    return [str(diagnostic["code"]) for diagnostic in found]


def extent(line: int, start: int, end_line: int, end: int) -> Json:
    """A range of the protocol."""
    return {"start": {"line": line, "character": start}, "end": {"line": end_line, "character": end}}


# Places


@pytest.mark.parametrize(
    ("text", "line", "start", "end"),
    [
        ("s = '日本'; x = tf.log(1)\n", 1, 14, 20),
        ("s = '🙂🙂'; x = tf.log(1)\n", 1, 16, 22),
        ("s = 'e\u0301'; x = tf.log(1)\n", 1, 14, 20),
        ("s = '\x0c \x85 \u2028'; x = tf.log(1)\n", 1, 17, 23),
        ("if tf:\r\n  tf.log('🙂')\r\n", 2, 2, 8),
        ("if tf:\r  tf.log('🙂')\r", 2, 2, 8),
    ],
)
def test_ranges(project: pathlib.Path, text: str, line: int, start: int, end: int) -> None:
    """Lines and UTF-16 code units, whatever stands before, and in edits too."""
    whole = TF + text
    document = document_of(project / "x.py", whole)
    (found,) = seen(Session(), document)
    assert found["range"] == extent(line, start, line, end)
    assert applied(whole, offered(Session(), document)["write"]) == whole.replace("tf.log", "tf.math.log")
    assert list(map(len, fix_all(Session(), document))) == [2]
    assert applied(whole, fix_all(Session(), document)) == whole.replace("tf.log", "tf.math.log")


def test_encodings(project: pathlib.Path) -> None:
    """A byte order mark and a cookie are the file's; what the encoding does not have is linted, and not edited."""
    marked = document_of(project / "x.py", "\ufeffimport tensorflow as tf; tf.log(1)\n")
    assert seen(Session(), marked)[0]["range"] == extent(0, 26, 0, 32)
    assert applied(marked.text, fix_all(Session(), marked)) == marked.text.replace("tf.log", "tf.math.log")
    for name in ("é", "日🙂"):
        document = document_of(project / "x.py", f"# coding: latin-1\n{TF}s = '{name}'; tf.log(1)\n")
        (found,) = seen(Session(), document)
        assert found["range"]["start"] == {"line": 2, "character": 9 if name == "é" else 11}
        edits = fix_all(Session(), document)
        assert edits if name == "é" else not edits
    unknown = document_of(project / "x.py", f"# coding: none\n{TF}tf.log(1)\n")
    assert codes(seen(Session(), unknown)) == ["TF001"]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("after", ["a\nb\nx\nc", "c", "b\nc\nd", "", "a\nb2\nc", "0\na\nb\nc\n1\n2"])
def test_changes(end: str, after: str) -> None:
    """The edits between two texts make one of the other, lines added and removed at either end included."""
    ends = end or "\n"
    before = "a\nb\nc".replace("\n", ends) + end
    new = after.replace("\n", ends) + (end if after else "")
    document = Document("file:///x.py", "/x.py", before)
    assert applied(before, list(document.changes(new))) == new


# What is shown


def test_what_check_shows(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Comments, rules that are switched on or off, and the baseline count."""
    text = f"{TF}tf.log(1)  # noqa: TF306\ntf.compat.v1.log(1)\ntf.log(2)\ntf.ceil(3)\ntf.Session()  # noqa: TF101\n"
    (project / "x.py").write_text(text)
    (project / "pyproject.toml").write_text(
        '[tool.tf2lint]\nenable = ["TF304", "TF002"]\nbaseline = "old.json"\ndisable = ["TF102"]\n'
    )
    (project / "old.json").write_text('{"version": 1, "files": {"x.py": {"TF306": 2}}}')
    document = document_of(project / "x.py", text)
    found = seen(Session(), document)
    assert main(["check", str(project / "x.py")]) == 1
    shown = [line.split(" ")[1] for line in capsys.readouterr().out.splitlines()]
    assert codes(found) == shown == ["TF304", "TF002"]
    assert [diagnostic.get("tags") for diagnostic in found] == [[2], [1]]
    assert [diagnostic["severity"] for diagnostic in found] == [3, 3]
    (project / "old.json").write_text('{"version": 1, "files": {"x.py": {"TF306": 1}}}')
    assert codes(seen(Session(), document)).count("TF306") == 2


def test_the_disk_is_looked_at_anew(project: pathlib.Path) -> None:
    """What changed there since counts, in modules too; another buffer that is not saved does not."""
    session = Session()
    document = document_of(project / "train.py", PROGRAM)
    assert "TF601" in codes(seen(session, document))
    (project / "helper.py").write_text("def report(v):\n    pass\n")
    assert "TF601" not in codes(seen(session, document))
    # The same from a buffer of the module itself, which is not the file.
    assert seen(session, document_of(project / "helper.py", HELPER)) == []
    assert "TF601" not in codes(seen(session, document))
    (project / "helper.py").unlink()
    (project / "helper").mkdir()
    (project / "helper" / "__init__.py").write_text(HELPER)
    (found,) = [one for one in seen(session, document) if one["code"] == "TF601"]
    step, report = found["relatedInformation"]
    assert step["location"] == {"uri": document.uri, "range": extent(8, 0, 8, 0)}
    assert report["location"]["uri"] == (project / "helper" / "__init__.py").as_uri()
    assert report["message"] == "`report` (__init__.py:1)"


def test_nothing_is_kept_for_ever(project: pathlib.Path) -> None:
    """A document that is linted again and again costs no more memory than one that is linted twice."""
    session = Session()
    sizes = []
    for number in range(6):
        session.look(document_of(project / "train.py", f"{PROGRAM}# {number}\n"))
        (linter,) = session._worker._linters.values()
        sizes.append((len(linter._modules._trees), len(linter._ev.memo._known)))
    assert len(set(sizes[1:])) == 1


def test_only_names_are_struck_through(project: pathlib.Path) -> None:
    """Not whole calls, nor what a targeted version does not have yet."""
    (project / "pyproject.toml").write_text('[tool.tf2lint]\ntensorflow = ">=2.4,<2.22"\nenable = ["TF309"]\n')
    text = (
        f"{TF}from tensorflow.python.ops import math_ops\ntf.Session().run(1, feed_dict={{}})\ntf.log(1)\n"
        "tf.reduce_sum([1], keep_dims=True)\ntf.keras.utils.set_random_seed(1)\n"
    )
    found = seen(Session(), document_of(project / "x.py", text))
    assert [(one["code"], one.get("tags")) for one in found] == [
        ("TF309", None),
        ("TF102", [2]),
        ("TF103", None),
        ("TF104", None),
        ("TF306", [2]),
        ("TF401", None),
        ("TF307", None),
    ]


def test_every_rule_has_a_link() -> None:
    """What an editor opens for a code; what is about the run itself has no page of TensorFlow's."""
    for rule in checkers.rules():
        assert rule.url.startswith("https://") or family_of(rule.code).name == "tf2lint-run"


# What is offered


def test_all_goes_through_fix(project: pathlib.Path) -> None:
    """What would hide another finding is refused with its reason, or not offered to a client that shows none."""
    text = f"{TF}def f(x):\n    return tf.nn.dropout(tf.log(x), tf.ceil(x))\n"
    session, document = Session(), document_of(project / "x.py", text)
    for action in asked(session, document, (2, 25)):
        after = applied(text, edits_of(action))
        assert "TF404" in codes(seen(session, document_of(project / "x.py", after))), action["title"]
    alone = document_of(project / "x.py", text.replace("tf.ceil(x)", "x"))
    fix, disable, fix_all = asked(session, alone, (2, 25), disabled=True)
    assert fix["disabled"] == {"reason": "it would hide TF404, which only you can settle"}
    assert "TF404 in line 3" in fix_all["disabled"]["reason"]
    assert all("edit" not in action and "isPreferred" not in action for action in (fix, fix_all))
    assert asked(session, alone, (2, 25)) == [disable]


def test_unsafe_is_labelled(project: pathlib.Path) -> None:
    """What may behave differently says so, is never preferred, and is no part of what fixes all."""
    text = f"{TF}x = tf.placeholder(tf.float32)\ny = tf.placeholder(tf.float32)\nz = tf.log(x)\n"
    (project / "pyproject.toml").write_text("[tool.tf2lint]\n")
    document = document_of(project / "x.py", text)
    one, every, disable = asked(Session(), document, (1, 4))
    title = "TF101 tf-placeholder: write `tf.compat.v1.placeholder` for `tf.placeholder`"
    assert one["title"] == f"{title} (unsafe: it may behave differently)"
    assert every["title"] == "TF101 tf-placeholder: fix all in this file (unsafe: they may behave differently)"
    assert [action.get("isPreferred") for action in (one, every, disable)] == [False, None, False]
    assert applied(text, edits_of(every)).count("tf.compat.v1.placeholder") == 2
    (safe,) = asked(Session(), document, (0, 0), only=("source",))
    assert applied(text, edits_of(safe)) == text.replace("tf.log", "tf.math.log")


def test_kinds_and_places(project: pathlib.Path) -> None:
    """A kind is asked for with those above it; a finding is meant where the cursor touches it, or it is named."""
    document = document_of(project / "x.py", f"{TF}x = tf.log(1); y = tf.ceil(1)\n")
    session = Session()
    told = seen(session, document)
    for only, kinds in {
        (): {"quickfix", "source.fixAll.tf2lint"},
        ("quickfix",): {"quickfix"},
        ("source",): {"source.fixAll.tf2lint"},
        ("source.fixAll.tf2lint",): {"source.fixAll.tf2lint"},
        ("source.organizeImports", "refactor"): set(),
    }.items():
        assert {one["kind"] for one in asked(session, document, (1, 10), only=only)} == kinds
    assert asked(session, document, (0, 0)) == []
    assert len(asked(session, document, (0, 0), diagnostics=tuple(told))) > len(asked(session, document, (1, 4)))


def test_a_newer_text_is_meant(project: pathlib.Path) -> None:
    """Who asks before the changed text was linted gets what is right for it."""
    session, text = Session(), f"{TF}x = tf.log(1)\n"
    assert seen(session, document_of(project / "x.py", text))
    changed = document_of(project / "x.py", "\n" + text)
    told = diagnostics(session.known(changed), str, with_links=True)
    fix, *_ = actions(session, changed, Asked(extent(2, 5, 2, 5), versioned=True), told)
    assert applied(changed.text, edits_of(fix)) == changed.text.replace("tf.log", "tf.math.log")


RULE = checkers.rules()[3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = f()", "x = f()  # noqa: {}"),
        ("x = f()  # why", "x = f()  # why  # noqa: {}"),
        ("x = f()  # noqa: E501", "x = f()  # noqa: E501, {}"),
        ("x = f()  # noqa: E501,F401 because", "x = f()  # noqa: E501,F401, {} because"),
        ("x = f('''\n''')", "x = f('''\n''')  # noqa: {}"),
        ("x = f(f'''\n{x}\n''', 1,\n  2)", "x = f(f'''\n{x}\n''', 1,  # noqa: {}\n  2)"),
        ("x = f(\\\n)", "x = f(\\\n)  # noqa: {}"),
        ("x = f(", None),
    ],
)
def test_disable(text: str, expected: str | None) -> None:
    """The comment stands where it is one, and suppresses."""
    finding = Finding(rule=RULE, span=Span(1, 4, 1, 7), name="f", message="", confidence=Confidence.BINDING)
    found = suppressed(text, finding)
    if expected is None:
        assert found is None
        return
    assert found is not None
    line, column, written = found
    place = {"line": line, "character": column}
    assert applied(text, [{"range": {"start": place, "end": place}, "newText": written}]) == expected.replace(
        "{}", RULE.code
    )


def document_of(path: pathlib.Path, text: str) -> Document:
    """A document in its first version."""
    return Document(path.as_uri(), str(path), text, 1)


def seen(session: Session, document: Document) -> list[Json]:
    """What is told of a document."""
    return diagnostics(session.look(document), lambda path: pathlib.Path(path).as_uri(), with_links=True)


def asked(
    session: Session,
    document: Document,
    place: tuple[int, int],
    only: tuple[str, ...] = (),
    diagnostics: tuple[Json, ...] = (),
    *,
    disabled: bool = False,
) -> list[Json]:
    """What is offered at a place."""
    request = Asked(extent(*place, *place), diagnostics, only, versioned=True, disabled=disabled)
    return actions(session, document, request, seen(session, document))


def edits_of(action: Json) -> list[Json]:
    """The text edits of an action."""
    (change,) = action["edit"]["documentChanges"]
    edits: list[Json] = change["edits"]
    return edits


def offered(session: Session, document: Document) -> dict[str, list[Json]]:
    """The edits of what is offered at the first finding, by the verb of its title."""
    start = seen(session, document)[0]["range"]["start"]
    found = asked(session, document, (start["line"], start["character"]))
    return {one["title"].split(": ")[1].split(" ")[0]: edits_of(one) for one in found}


def fix_all(session: Session, document: Document) -> list[Json]:
    """The edits of what fixes all."""
    found = asked(session, document, (0, 0), only=("source.fixAll",))
    return [edit for one in found for edit in edits_of(one)]


if __name__ == "__main__":  # Writes the transcript anew: python -m tests.test_lsp
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name) / "project"
        home.mkdir()
        (home / "pyproject.toml").write_text('[tool.tf2lint]\ntensorflow = ">=2.12,<2.22"\ndisable = ["TF101"]\n')
        (home / "helper.py").write_text(HELPER)
        session = Client(home)
        converse(session)
        TRANSCRIPT.write_text(session.transcript(), encoding="utf-8")
