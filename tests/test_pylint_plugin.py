"""The pylint plugin, beyond what the agreement of the front ends shows (test_fronts.py)."""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys

import pytest
from pylint.lint import PyLinter, Run
from pylint.message import Message
from pylint.reporters import CollectingReporter

import tf2lint
from tf2lint import checkers
from tf2lint.families import FAMILIES, family_of

from .corpus import command

GOOD = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
COMPAT = "import tensorflow as tf\nx = tf.compat.v1.Session\n"
FAMILY = "--enable=tf2lint-idioms,tf2lint-variables,tf-removed-symbol"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty project, and the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(path: pathlib.Path, *options: str, switch: tuple[str, ...] = ("--disable=all", FAMILY)) -> list[Message]:
    """pylint's messages of ours, in this process."""
    reporter = CollectingReporter()
    Run(["--load-plugins=tf2lint", "--persistent=n", *switch, *options, str(path)], reporter=reporter, exit=False)
    return [message for message in reporter.messages if message.symbol.startswith("tf-") or message.category == "fatal"]


def write(path: pathlib.Path, text: str) -> pathlib.Path:
    """Write a program."""
    path.write_text(text, encoding="utf-8")
    return path


def test_messages_are_the_registry() -> None:
    """Every rule is a message of pylint, in the checker of its family, and there are no others."""
    linter = PyLinter()
    tf2lint.register(linter)
    names = {family.name for family in FAMILIES}
    registered = {
        message.msgid: (message.symbol, checker.name, message.default_enabled, message.description)
        for checker in linter.get_checkers()
        if checker.name in names
        for message in checker.messages
    }
    assert set(registered) == {rule.pylint_id for rule in checkers.rules()}
    for rule in checkers.rules():
        symbol, checker, enabled, description = registered[rule.pylint_id]
        assert (symbol, checker, enabled) == (rule.symbol, family_of(rule.code).name, rule.default)
        for words in (rule.summary, rule.hint, rule.url, rule.severity.value):
            assert words in description
        assert linter.is_message_enabled(rule.symbol) == rule.default


@pytest.mark.parametrize("name", ["tf2lint", "tf2lint.pylint_plugin"])
def test_a_message(folder: pathlib.Path, name: str) -> None:
    """Place, object, confidence and text, whichever name the plugin was loaded by."""
    text = "import tensorflow as tf\n\n\nclass C:\n    def f(self):\n        return '😀', tf.placeholder(tf.float32)\n"
    write(folder / "x.py", text)
    options = ["--disable=all", FAMILY, "--output-format=json2", "--persistent=n", str(folder / "x.py")]
    answer = command("pylint", f"--load-plugins={name}", *options)
    (message,) = json.loads(answer.stdout)["messages"]
    assert (message["line"], message["column"]) == (6, len("        return '😀', ".encode()))
    assert (message["endLine"], message["endColumn"]) == (6, message["column"] + len("tf.placeholder"))
    assert message["obj"] == "C.f"
    assert message["confidence"] == "HIGH"
    assert (message["messageId"], message["symbol"]) == ("E6811", "tf-placeholder")
    assert re.fullmatch(r"tf\.placeholder .*: .*\. https://www\.tensorflow\.org/\S+", message["message"])
    assert answer.returncode == 2


def test_confidence(folder: pathlib.Path) -> None:
    """What was followed through user code says so, and pylint's --confidence selects."""
    path = write(folder / "x.py", "import tensorflow as tf\ndef f():\n    return tf.placeholder\n\nf()(tf.float32)\n")
    assert {message.confidence.name for message in run(path)} <= {"HIGH", "INFERENCE"}
    session = "import tensorflow as tf\n\ndef make():\n    return tf.Session()\n\nmake().run([])\n"
    path = write(folder / "y.py", session)
    assert {(message.line, message.confidence.name) for message in run(path)} == {(4, "HIGH"), (6, "INFERENCE")}
    assert [message.line for message in run(path, "--confidence=HIGH")] == [4]


@pytest.mark.parametrize(
    ("switch", "found"),
    [
        ((), ["tf-placeholder"]),
        (("--enable=tf-compat-symbol",), ["tf-placeholder", "tf-compat-symbol"]),
        (("--tf2lint-enable=tf-compat-symbol",), ["tf-placeholder", "tf-compat-symbol"]),
        (("--tf2lint-enable=TF304",), ["tf-placeholder", "tf-compat-symbol"]),
        (("--tf2lint-enable=all",), ["tf-placeholder", "tf-compat-symbol"]),
        (("--disable=tf2lint-idioms",), []),
        (("--disable=tf2lint-idioms", "--tf2lint-enable=all"), ["tf-compat-symbol"]),
        (("--disable=E6811",), []),
        # What the user names in pylint's own way is pylint's to decide.
        (("--disable=tf-compat-symbol", "--tf2lint-enable=all"), ["tf-placeholder"]),
        (("--disable=all", "--enable=unused-import", "--tf2lint-enable=all"), []),
        (("--disable=all", "--enable=tf-compat-symbol"), ["tf-compat-symbol"]),
        (("--disable=all", "--enable=tf-placeholder"), ["tf-placeholder"]),
        (("--errors-only",), ["tf-placeholder"]),
    ],
)
def test_switching(folder: pathlib.Path, switch: tuple[str, ...], found: list[str]) -> None:
    """Rules off by default, families, single rules."""
    path = write(folder / "x.py", GOOD + "y = tf.compat.v1.Session\n")
    assert [message.symbol for message in run(path, switch=switch)] == found
    answer = command("pylint", "--load-plugins=tf2lint", "-j2", "--persistent=n", *switch, str(path), str(path))
    assert re.findall(r"\((tf-[a-z-]+)\)$", answer.stdout, re.MULTILINE) == found, answer.stderr


def test_switching_in_a_comment(folder: pathlib.Path) -> None:
    """pylint's `enable` comment switches on what is off, for its scope."""
    body = (
        "import tensorflow as tf\n\ndef f():\n    # pylint: enable=tf-compat-symbol\n    return tf.compat.v1.Session\n"
    )
    path = write(folder / "x.py", body + "\ny = tf.compat.v1.Session\n")
    assert [message.line for message in run(path, switch=())] == [5]


def test_the_project_switches_on_file_by_file(folder: pathlib.Path) -> None:
    """Each file is judged by its own project, though pylint's states are for the whole run."""
    for name in ("a", "b"):
        (folder / name).mkdir()
        write(folder / name / f"{name}_module.py", COMPAT)
    write(folder / "a" / "setup.cfg", "[tf2lint]\nenable = TF304\n")
    reporter = CollectingReporter()
    files = [str(folder / "a" / "a_module.py"), str(folder / "b" / "b_module.py")]
    for order in (files, files[::-1]):
        reporter = CollectingReporter()
        Run(
            ["--load-plugins=tf2lint", "--persistent=n", "--disable=import-error", *order],
            reporter=reporter,
            exit=False,
        )
        ours = [message for message in reporter.messages if message.symbol.startswith("tf-")]
        assert [(message.symbol, message.module) for message in ours] == [("tf-compat-symbol", "a_module")]


def test_options_in_a_configuration_file(folder: pathlib.Path) -> None:
    """pylint's own files hold our options too, and win over the project's."""
    write(folder / "pyproject.toml", '[tool.pylint.main]\nload-plugins = ["tf2lint"]\ntf2lint-enable = ["TF304"]\n')
    path = write(folder / "x.py", COMPAT)
    answer = subprocess.run(
        [sys.executable, "-m", "pylint", "--disable=E,W0,C0,R", str(path)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "C6843" in answer.stdout, answer.stdout + answer.stderr


def test_target(folder: pathlib.Path) -> None:
    """A target that has the name makes the finding go."""
    path = write(folder / "x.py", GOOD)
    assert len(run(path)) == 1
    assert run(path, "--tf2lint-tensorflow===1.15.*") == []
    write(folder / "setup.cfg", "[tf2lint]\ntensorflow = ==1.15.*\n")
    assert run(path) == []
    assert len(run(path, "--tf2lint-tensorflow=>=2")) == 1


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize("nested", [False, True])
def test_refused_configuration(folder: pathlib.Path, jobs: str, nested: bool) -> None:
    """One that can not be used ends pylint with a message and its usage error."""
    place = folder / "below" if nested else folder
    place.mkdir(exist_ok=True)
    write(place / "setup.cfg", "[tf2lint]\nenable = tf-compat-symbl\n")
    paths = [str(write(place / f"{name}.py", GOOD)) for name in "xyz"]
    answer = subprocess.run(
        [sys.executable, "-m", "pylint", "--load-plugins=tf2lint", jobs, *paths],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 32
    assert "unknown rule 'tf-compat-symbl'; did you mean 'tf-compat-symbol'?" in answer.stderr
    assert "Traceback" not in answer.stderr.replace("Traceback (most recent call last):", "", int(jobs == "-j2"))


def test_refused_option(folder: pathlib.Path) -> None:
    """An option is called by its name."""
    path = write(folder / "x.py", GOOD)
    answer = command("pylint", "--load-plugins=tf2lint", "--tf2lint-tensorflow=2.12", str(path))
    assert answer.returncode == 32
    assert answer.stderr.startswith("tf2lint: option tf2lint-tensorflow: '2.12' is no version specifier")


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_warned_once(folder: pathlib.Path, jobs: str) -> None:
    """A target beyond the database is warned of once, and nothing is called absent."""
    paths = [str(write(folder / f"{name}.py", GOOD)) for name in "xyz"]
    answer = command(
        "pylint", "--load-plugins=tf2lint", "--tf2lint-tensorflow=>=2.99", "--disable=all", FAMILY, jobs, *paths
    )
    assert answer.stderr.count("tf2lint: warning: ") == 1
    assert "TF101" not in answer.stdout
    assert answer.returncode == 0


def test_standard_input(folder: pathlib.Path) -> None:
    """An editor's buffer is linted, not the file of that name, and it is text already: no cookie counts."""
    write(folder / "x.py", "import os\n")
    text = "# coding: latin-1\nimport tensorflow as tf\ns = 'äöü'; x = tf.placeholder(tf.float32)\n"
    answer = subprocess.run(
        [sys.executable, "-m", "pylint", "--load-plugins=tf2lint", "--disable=all", FAMILY, "--from-stdin", "x.py"],
        cwd=folder,
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    assert f"x.py:3:{len(chr(228).encode()) * 3 + len('s = ..; x = ')}: E6811".encode() in answer.stdout


def test_an_error_of_ours_is_not_hidden(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pylint reports it as fatal, and goes on."""
    from tf2lint import engine

    def fail(*_: object) -> None:
        raise ValueError("boom")

    monkeypatch.setenv("PYLINTHOME", str(folder))
    monkeypatch.setattr(engine.Linter, "lint", fail)
    (message,) = run(write(folder / "x.py", GOOD), switch=("--disable=all", FAMILY, "--enable=F"))
    assert message.symbol == "astroid-error"


def test_no_work_where_everything_is_off(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all of our messages off, nothing is linted."""
    from tf2lint import engine

    lints: list[object] = []

    def count(*arguments: object) -> list[object]:
        lints.append(arguments)
        return []

    monkeypatch.setattr(engine.Linter, "lint", count)
    path = write(folder / "x.py", GOOD)
    run(path, switch=("--disable=all", "--enable=unused-import"))
    assert not lints
    run(path)
    assert len(lints) == 1


def test_help() -> None:
    """--help-msg explains a rule, by symbol and by id; the options are described."""
    for name in ("tf-placeholder", "E6811"):
        answer = command("pylint", "--load-plugins=tf2lint", f"--help-msg={name}")
        text = " ".join(answer.stdout.split())
        assert ":tf-placeholder (E6811):" in text
        assert "Severity: breaks." in text
        assert "https://www.tensorflow.org/" in text
    assert "--tf2lint-tensorflow" in command("pylint", "--load-plugins=tf2lint", "--help").stdout
