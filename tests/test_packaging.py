"""What is installed is what the repository has: tox and the README's command install a wheel, not the checkout."""

from __future__ import annotations

import importlib.metadata
import pathlib

from packaging.requirements import Requirement

import tf2lint
from tf2lint import checkers
from tf2lint.cli import pages

from .corpus import ROOT, RULES


def _files(folder: pathlib.Path) -> set[str]:
    names = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    # Whatever tools leave behind is hidden, or a cache.
    return {name.as_posix() for name in names if not any(part.startswith((".", "__py")) for part in name.parts)}


def test_every_file_is_there() -> None:
    """Modules, data and py.typed; in a wheel the pages of the rules, too, which a checkout has elsewhere."""
    installed = pathlib.Path(tf2lint.__file__).parent
    made = set() if installed == ROOT / "tf2lint" else {f"cli/{pages.ARCHIVE}"}
    assert _files(installed) == _files(ROOT / "tf2lint") | made
    assert "py.typed" in _files(installed)


def test_pages() -> None:
    """Each rule's page is found, however tf2lint was installed, and is the one of the repository."""
    for folder in RULES.iterdir():
        if folder.is_dir():
            there = {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.suffix in (".md", ".py")}
            assert pages.of(folder.name) == there
    assert {rule.symbol for rule in checkers.rules() if "details.md" not in pages.of(rule.symbol)} == set()


def test_size() -> None:
    """The package stays small: half a megabyte of data, the report's template, what `fix` may write, rules' pages."""
    data = [ROOT / "tf2lint" / name for name in _files(ROOT / "tf2lint") if not name.endswith(".py")]
    assert sum(path.stat().st_size for path in data) < 576 * 1024
    assert len(pages.pack(RULES)) < 96 * 1024


def test_metadata() -> None:
    """Name, version, licence, Pythons, and the hosts as extras only."""
    metadata = importlib.metadata.metadata("tf2lint")
    assert metadata["Version"] == tf2lint.__version__
    assert metadata["Requires-Python"] == ">=3.10"
    assert metadata["License-Expression"] == "Apache-2.0"
    required = [Requirement(text) for text in importlib.metadata.requires("tf2lint") or ()]
    always = {need.name for need in required if need.marker is None or "extra" not in str(need.marker)}
    assert always == {"astroid", "packaging", "tomli"}
    assert {"pylint", "flake8", "command", "lsp", "docs", "test"} <= set(metadata.get_all("Provides-Extra") or ())


def test_entry_points() -> None:
    """flake8 and python-lsp-server find the plugins, the shell the command."""
    points = importlib.metadata.distribution("tf2lint").entry_points
    found = {(point.group, point.name): point.value for point in points}
    assert found["flake8.extension", "TF"] == "tf2lint.flake8_plugin:Plugin"
    assert found["console_scripts", "tf2lint"] == "tf2lint.cli:run"
    assert found["pylsp", "tf2lint"] == "tf2lint.lsp_plugin"
    for point in points:
        assert point.load() is not None
