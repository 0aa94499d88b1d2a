"""The documentation builds without a warning, and its pages come from the registry."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

import pytest

from tf2lint import checkers, config

from .corpus import ROOT, lint

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
