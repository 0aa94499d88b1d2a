"""What the command says about itself: `tf2lint config`, and the pages of `tf2lint rule`."""

from __future__ import annotations

import json
import pathlib
import sys

import pytest

from tf2lint import checkers
from tf2lint.cli import main, pages
from tf2lint.config import KEYS

from ..corpus import RULES

CONFIGURED = """\
[project]
name = "x"
dependencies = ["tensorflow>=2.4,<2.16"]
[tool.tf2lint]
enable = ["TF304"]
baseline = "b.json"
[tool.tf2lint.per-file-ignores]
"tests/*" = ["TF1"]
"""


@pytest.fixture
def project(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A configured project, and the current directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(CONFIGURED)
    (tmp_path / "src").mkdir()
    return tmp_path


def config(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """What `tf2lint config --output-format json` says."""
    assert main(["config", "--output-format=json", *arguments]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_config(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each key, its value, file and line; the target as versions, and where it comes from."""
    found = config(capsys, "src")
    source = str(project / "pyproject.toml")
    assert (found["project"], found["source"]) == (str(project), source)
    assert found["target"] == {
        "words": "TensorFlow 2.15",
        "tensorflow": ["2.15"],
        "keras": ["2"],
        "origin": f"the newest admitted by {source}: tensorflow<2.16,>=2.4",
    }
    keys = found["keys"]
    assert isinstance(keys, dict)
    assert tuple(keys) == KEYS
    assert keys["enable"] == {"value": ["TF304"], "origin": f"{source}:5"}
    assert keys["per-file-ignores"] == {"value": {"tests/*": ["TF1"]}, "origin": f"{source}:7"}
    assert keys["roots"] == {"value": None, "origin": "default"}
    assert found["module_roots"] == [str(project / "src"), str(project)]
    wanted = config(capsys, "--target=tensorflow>=2.20", "--keras=<3")
    assert isinstance(wanted["keys"], dict)
    assert wanted["keys"]["tensorflow"] == {"value": ">=2.20", "origin": "option --target"}
    assert wanted["keys"]["keras"] == {"value": "<3", "origin": "option --keras"}
    assert wanted["target"] == {
        "words": "TensorFlow 2.20-2.21 with Keras 2 (tf_keras)",
        "tensorflow": ["2.20", "2.21"],
        "keras": ["2"],
        "origin": "option --target, option --keras",
    }


def test_config_as_text(project: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same in lines; what can not be used is an error, what is doubtful a warning."""
    assert main(["config"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(".: judged by TensorFlow 2.15\n  the newest admitted by ")
    assert f"\nper-file-ignores = tests/*: TF1  ({project / 'pyproject.toml'}:7)\n" in said
    assert main(["config", "--tensorflow=>=2.4,<=2.99"]) == 0
    assert "\nwarning: option --tensorflow = '" in capsys.readouterr().out
    assert main(["config", "missing.py"]) == 2
    assert "missing.py: no such file" in capsys.readouterr().err
    (project / "pyproject.toml").write_text("[tool.tf2lint]\nenabel = 1\n")
    assert main(["config", "src"]) == 2
    assert "pyproject.toml:2: unknown key 'enabel'" in capsys.readouterr().err


def test_pages(capsys: pytest.CaptureFixture[str]) -> None:
    """A page has the programs and the whole text; as JSON it stands beside what the registry says."""
    for rule in checkers.rules():
        assert main(["rule", rule.code]) == 0
        said = capsys.readouterr().out
        assert said.startswith(f"# {rule.code} {rule.symbol}\n")
        for name, text in pages.of(rule.symbol).items():
            assert text.strip() in said, (rule.symbol, name)
    assert main(["rule", "tf-session", "E6811", "--output-format=json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert [record["code"] for record in records] == ["TF102", "TF101"]
    assert (RULES / "tf-session" / "good.py").read_text() in records[0]["page"]


def test_pages_at_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """rich renders them, if it is there."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["rule", "TF101"]) == 0
    said = capsys.readouterr().out
    assert "\x1b[" in said
    assert "```" not in said
    assert "A placeholder is a hole in a graph" in said
    monkeypatch.setitem(sys.modules, "rich", None)
    assert main(["rule", "TF101"]) == 0
    assert capsys.readouterr().out.startswith("# TF101 tf-placeholder\n")


def test_without_pages(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where they were not installed, what the registry knows is said."""
    monkeypatch.setattr(pages, "_installed", dict)
    monkeypatch.setattr(pages, "_checkout", lambda: tmp_path)
    assert main(["rule", "TF101"]) == 0
    said = capsys.readouterr().out
    assert "| pylint | `tf-placeholder` (E6811)" in said
    assert "## Hint" in said
    assert "## Why" not in said
