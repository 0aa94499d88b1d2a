"""The documentation builds without a warning, and its pages come from the registry."""

from __future__ import annotations

import ast
import configparser
import json
import pathlib
import re
import shlex
import subprocess
import sys
from collections.abc import Callable

import pytest

from tf2lint import checkers, config
from tf2lint.cli import main

from .corpus import ROOT, lint

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The built pages; nothing is written into the source tree."""
    pytest.importorskip("sphinx", reason="built by tox -e docs, where Sphinx is")
    pytest.importorskip("furo")
    target = tmp_path_factory.mktemp("site")
    before = sorted(DOCS.rglob("*.md"))
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-W",
            "-q",
            "-E",
            "-d",
            str(target / "trees"),
            str(DOCS),
            str(target / "html"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert sorted(DOCS.rglob("*.md")) == before
    return target / "html"


def test_every_rule_has_its_page(site: pathlib.Path) -> None:
    """With its names, its programs and its link, and the index leads to it."""
    index = (site / "rules.html").read_text(encoding="utf-8")
    for rule in checkers.rules():
        assert f'href="rules/{rule.symbol}/details.html"' in index
        page = (site / "rules" / rule.symbol / "details.html").read_text(encoding="utf-8")
        assert f"{rule.code} {rule.symbol}" in page
        assert rule.pylint_id in page
        assert rule.url in page
        assert page.count('class="highlight-python') >= 2


def test_no_machine_or_registry_is_named() -> None:
    """Paths and hosts of one machine have no place in the pages."""
    for path in [*DOCS.glob("*.md"), *DOCS.glob("rules/*/details.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(root|home|work|tmp|Users)/|pypi\.org|localhost", text), path


def test_every_key_and_option_is_described() -> None:
    """A key of the configuration, an option of a host, has its place in the page that it belongs to."""
    configuration = (DOCS / "configuration.md").read_text(encoding="utf-8")
    for key in config.KEYS:
        assert f"\n`{key}`\n: " in configuration
    for page in ("pylint.md", "flake8.md"):
        for option in ("tensorflow", "keras", "enable", "roots", "tracing-print"):
            assert f"tf2lint-{option}" in (DOCS / page).read_text(encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "-m", "tf2lint", "check", "--help"], capture_output=True, text=True, check=True
    )
    command = (DOCS / "command.md").read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z-]+", answer.stdout)) - {"--help"}
    assert len(options) > 4
    for option in options:
        assert f"`{option}" in command


def test_pages_name_rules_that_exist() -> None:
    """No page speaks of a rule that there is not."""
    known = {name for rule in checkers.rules() for name in (rule.symbol, rule.code)}
    for path in [*DOCS.glob("*.md"), ROOT / "README.md"]:
        named = re.findall(r"\b(?:tf(?:-[a-z]+)+|TF[0-9]{3})\b", path.read_text(encoding="utf-8"))
        assert set(named) <= known, path


@pytest.mark.parametrize("page", ["ci.md", "editors.md"])
def test_settings_parse(page: str) -> None:
    """What a reader copies into a file is one that its tool can read."""
    yaml = pytest.importorskip("yaml", reason="comes with what builds the documentation")
    parsers: dict[str, Callable[[str], object]] = {
        "yaml": yaml.safe_load,
        "json": json.loads,
        "toml": tomllib.loads,
        "python": ast.parse,
        "ini": configparser.ConfigParser().read_string,
    }
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert {kind for kind, _ in blocks} <= {*parsers, "console", "lua", "vim", "elisp"}
    assert len(blocks) > 5
    for kind, text in blocks:
        if kind in parsers:
            parsers[kind](text)


def test_commands_of_ci_run(tmp_path: pathlib.Path) -> None:
    """Each command of the page finds what there is to find, and what it writes is what its reader expects."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "train.py").write_text("import tensorflow as tf\ntf.log(1)\n")
    page = (DOCS / "ci.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"tf2lint check --output-format [^\n`]+", page))
    assert len(commands) == 4
    for line in commands:
        shell = line.replace("tf2lint", f"{shlex.quote(sys.executable)} -m tf2lint", 1)
        assert subprocess.run(shell, shell=True, cwd=tmp_path, check=False).returncode == 1, line
    assert json.loads((tmp_path / "tf2lint.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((tmp_path / "gl-code-quality-report.json").read_text())[0]["check_name"] == "tf-renamed-symbol"
    assert "<testcase" in (tmp_path / "tf2lint.xml").read_text()


def test_hooks_of_pre_commit() -> None:
    """The page names the hooks that there are, and they run commands that there are."""
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    page = (DOCS / "ci.md").read_text(encoding="utf-8")
    named = re.findall(r"^- id: (\S+)", hooks, re.MULTILINE)
    assert named == ["tf2lint", "tf2lint-fix"]
    assert all(f"- id: {name}\n" in page for name in named)
    for entry in re.findall(r"entry: tf2lint (\w+)", hooks):
        assert main([entry, str(ROOT / "tests" / "__init__.py")]) == 0


def test_readme_shows_what_is_said() -> None:
    """The programs and the outputs in the README are real, links aside."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pairs = re.findall(r"```python\n(.*?)```.*?```text\n(.*?)```", readme, re.DOTALL)
    assert len(pairs) == 2
    for program, shown in pairs:
        lines = program.splitlines()
        said = [
            f"train.py:{finding.span.line}:{finding.span.characters(lines)[0]}: {finding.rule.code} "
            + " ".join(filter(None, (finding.message, finding.chain)))
            for finding in lint(DOCS / "train.py", program)
        ]
        assert shown.splitlines() == said


def test_readme_has_the_two_commands() -> None:
    """One line each, under the headings by which .ci/run finds the second."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for heading in ("Try it", "Run the tests"):
        assert re.search(rf"^## {heading}\n[^#]*?\n```console\npython3 -m venv [^\n]+\n```\n", readme, re.MULTILINE)


def test_readme_goes_from_what_it_is_for_to_how_it_is_built() -> None:
    """What it finds comes first, then how to get it, then each way of running it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", readme, re.MULTILINE)
    assert headings[:6] == ["What it finds", "Install", "pylint", "flake8", "Command", "Editors"]
