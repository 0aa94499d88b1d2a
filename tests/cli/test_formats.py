"""What the command prints for people and for other tools, and which rules it shows."""

from __future__ import annotations

import io
import json
import pathlib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest

from tf2lint.cli import main

PROGRAM = 'import tensorflow as tf\ns = "ü 国"; x = tf.placeholder(tf.float32)\ntf.Session()\ntf.Session()\n'
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with one program, whose name has what formats have to escape."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a, b%.py").write_text(PROGRAM, encoding="utf-8")

    def runs(*arguments: str) -> tuple[int, str]:
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return runs


def test_text_underlines_what_is_wrong(run: Run) -> None:
    status, out = run("check", "--output-format", "text", "--select", "TF101", ".")
    lines = out.splitlines()
    assert status == 1
    assert lines[0] == "a, b%.py:2:16: TF101 tf-placeholder"
    assert lines[2] == '2 | s = "ü 国"; x = tf.placeholder(tf.float32)'
    # The wide character takes two columns.
    assert lines[3] == "  | " + " " * 16 + "^" * len("tf.placeholder")


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("tf.log(x)\n", "1 finding in 1 file; `tf2lint fix` settles 1."),
        ("tf.log(tf.placeholder(x).eval())\n", "3 findings in 1 file; `tf2lint fix` settles 1, `--unsafe` 1 more."),
        ("tf.placeholder(x)\n", "1 finding in 1 file; `fix --unsafe` settles 1."),
        ("tf.nothing\n", "1 finding in 1 file."),
        ("", None),
    ],
)
def test_text_ends_with_how_much_there_was(run: Run, program: str, said: str | None) -> None:
    """And with what can be rewritten; nothing is said of nothing."""
    pathlib.Path("some.py").write_text(f"import tensorflow as tf\n{program}")
    _, out = run("check", "--output-format", "text", "some.py")
    assert out.splitlines()[-1:] == ([] if said is None else [said])


def test_sarif(run: Run) -> None:
    _, out = run("check", "--output-format", "sarif", ".")
    log: dict[str, Any] = json.loads(out)
    (only,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in only["tool"]["driver"]["rules"]] == ["TF101", "TF102"]
    first = only["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("TF101", 0, "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a,%20b%25.py"
    assert place["region"] == {"startLine": 2, "startColumn": 16, "endLine": 2, "endColumn": 30}
    assert only["columnKind"] == "unicodeCodePoints"


def test_sarif_has_what_github_requires(run: Run) -> None:
    """Every property that code scanning calls required is there and not empty, for a file that does not parse too."""
    pathlib.Path("broken.py").write_text("x = (\n")
    _, out = run("check", "--output-format", "sarif", ".")
    log: dict[str, Any] = json.loads(out)
    assert log["$schema"].startswith("https://")
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert "TF001" in [rule["id"] for rule in rules]
    for rule in rules:
        assert all(0 < len(rule[key]["text"]) <= 1024 for key in ("shortDescription", "fullDescription", "help"))
        assert rule["help"]["markdown"]
        assert rule.get("helpUri", "https://").startswith("https://")
    for result in only["results"]:
        assert result["message"]["text"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]
        place = result["locations"][0]["physicalLocation"]
        assert not place["artifactLocation"]["uri"].startswith(("/", "."))
        assert all(place["region"][key] >= 1 for key in ("startLine", "startColumn", "endLine", "endColumn"))


def test_sarif_of_nothing(run: Run) -> None:
    status, out = run("check", "--output-format", "sarif", "--select", "TF9", ".")
    assert (status, json.loads(out)["runs"][0]["results"]) == (0, [])


def test_github_escapes_what_ends_a_property(run: Run) -> None:
    _, out = run("check", "--output-format", "github", "--select", "TF101", ".")
    assert out.startswith("::error file=a%2C b%25.py,line=2,col=16,endLine=2,endColumn=30,title=TF101 tf-placeholder::")


def test_gitlab_tells_equal_lines_apart(run: Run) -> None:
    _, out = run("check", "--output-format", "gitlab", "--select", "tf-session", ".")
    records = json.loads(out)
    assert [record["location"]["lines"]["begin"] for record in records] == [3, 4]
    assert len({record["fingerprint"] for record in records}) == 2
    assert {record["severity"] for record in records} == {"major"}


def test_junit(run: Run) -> None:
    _, out = run("check", "--output-format", "junit", ".")
    suite = ET.fromstring(out.encode())
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "3", "0")
    case = suite[0]
    assert case.get("name") == "a, b%.py"
    assert [failure.get("type") for failure in case] == ["TF101 tf-placeholder", *["TF102 tf-session"] * 2]


def test_statistics(run: Run) -> None:
    assert run("check", "--statistics", ".") == (1, "2  TF102  tf-session\n1  TF101  tf-placeholder\n")


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--select", "TF101"], {"TF101"}),
        (["--select", "tf-session"], {"TF102"}),
        (["--select", "TF1"], {"TF101", "TF102"}),
        (["--select", "TF2"], set()),
        (["--ignore", "TF1"], set()),
        (["--select", "TF102", "--ignore", "TF1"], {"TF102"}),
        (["--select", "TF1", "--ignore", "TF102"], {"TF101"}),
        (["--select", "TF101,TF102"], {"TF101", "TF102"}),
    ],
)
def test_selection(run: Run, arguments: list[str], codes: set[str]) -> None:
    status, out = run("check", "--output-format", "json", *arguments, ".")
    assert {record["code"] for record in json.loads(out)} == codes
    assert status == bool(codes)


def test_what_can_not_be_parsed_is_never_silent(run: Run, tmp_path: pathlib.Path) -> None:
    (tmp_path / "broken.py").write_text("x = (\n")
    status, out = run("check", "--select", "TF2", ".")
    assert (status, out.count("TF001")) == (1, 1)


def test_an_unknown_rule_is_an_error(run: Run) -> None:
    status, out = run("check", "--select", "tf-sesion", ".")
    assert (status, out) == (2, "tf2lint: option --select: no rule 'tf-sesion'; did you mean 'tf-session'?\n")


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PROGRAM.encode())))
    status, out = run("check", "--stdin-filename", "here.py", "--select", "TF101", "-")
    assert (status, out.split(" ")[0]) == (1, "here.py:2:16:")
    assert run("check", "-", ".")[0] == 2


def test_rules_are_listed_and_explained(run: Run) -> None:
    _, listed = run("rules")
    assert "  TF101  tf-placeholder: " in listed
    records = json.loads(run("rules", "--output-format", "json")[1])
    assert {record["family"] for record in records if record["code"] == "TF101"} == {"tf2lint-idioms"}
    assert "`tf-placeholder` (E6811), in the checker `tf2lint-idioms`" in run("rule", "E6811")[1]
    status, out = run("rule", "TF101", "tf-sesion")
    assert status == 2
    assert "did you mean tf-session?" in out
    assert "TF101" in out


def test_the_default_is_for_people(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`text`, unless the environment or the option says otherwise."""
    written = {form: run("check", ".", f"--output-format={form}") for form in ("text", "concise", "json")}
    monkeypatch.delenv("TF2LINT_OUTPUT_FORMAT")
    assert run("check", ".") == written["text"] != written["concise"]
    monkeypatch.setenv("TF2LINT_OUTPUT_FORMAT", "json")
    assert run("check", ".") == written["json"]
    assert run("check", ".", "--output-format=concise") == written["concise"]
    monkeypatch.setenv("TF2LINT_OUTPUT_FORMAT", "jason")
    status, said = run("check", ".")
    assert status == 2
    assert said.startswith("tf2lint: TF2LINT_OUTPUT_FORMAT: 'jason' is none of concise, ")
