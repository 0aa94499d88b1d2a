"""Every name that TensorFlow 1.15 had and the target lacks is seen in every style; none that it has is told absent."""

from __future__ import annotations

import pathlib

import pytest

from tf2lint import api
from tf2lint.api import versions
from tf2lint.config import Config
from tf2lint.engine import Linter
from tf2lint.findings import Severity

from .styles import HELPER, HELPER_TEXT, STYLES

NEWEST = versions.worlds(None, None)
TF1 = versions.bit("1.15")


def _names(*, present: bool) -> list[str]:
    """Names of `tf` without the prefix, all that TensorFlow 1.15 had or the target has, below `tf.compat` aside."""
    found = []
    for name in api.names():
        symbol = api.symbol(name)
        if symbol is None or not name.startswith("tf.") or name.startswith(("tf.compat.", "tf.raw_ops.")):
            continue
        worlds = symbol.worlds | symbol.imports
        if bool(worlds & NEWEST) == present and worlds & (NEWEST if present else TF1):
            found.append(name.removeprefix("tf."))
    return found


GONE = _names(present=False)
THERE = _names(present=True)


def _findings(folder: pathlib.Path, text: str) -> dict[int, set[tuple[str, Severity]]]:
    path = folder / "program.py"
    path.write_text(text)
    (folder / f"{HELPER}.py").write_text(HELPER_TEXT)
    found: dict[int, set[tuple[str, Severity]]] = {}
    for finding in Linter(Config(target=NEWEST)).lint(path, text):
        if finding.rule.code.startswith("TF4"):  # How the names are called here is beside the point.
            continue
        found.setdefault(finding.span.line, set()).add((finding.name, finding.rule.severity))
    return found


def test_there_are_as_many_names_as_tensorflow_lost() -> None:
    assert sum(not name.startswith("contrib") for name in GONE) >= 1003
    assert sum(name.startswith("contrib") for name in GONE) >= 1512


@pytest.mark.parametrize("style", STYLES)
def test_every_lost_name_is_seen(style: str, tmp_path: pathlib.Path) -> None:
    program = STYLES[style](GONE)
    found = _findings(tmp_path, program.text)
    assert [name for line, name in program.lines.items() if line not in found] == []


@pytest.mark.parametrize("style", STYLES)
def test_no_name_that_is_there_is_called_absent(style: str, tmp_path: pathlib.Path) -> None:
    program = STYLES[style](THERE)
    found = _findings(tmp_path, program.text)
    raising = {name for name in THERE if (symbol := api.symbol(f"tf.{name}")) is not None and symbol.raises & NEWEST}
    aside = raising | {name for name in THERE if _only_one_way(f"tf.{name}")}
    assert [(name, found[line]) for line, name in program.lines.items() if line in found and name not in aside] == []


def _only_one_way(name: str) -> bool:
    """Whether a name, or a module that it is in, works only as an import, or only as an attribute."""
    symbol = api.symbol(name)
    differs = symbol is not None and (symbol.worlds ^ symbol.imports) & NEWEST
    return bool(differs) or ("." in name and _only_one_way(name.rpartition(".")[0]))


@pytest.mark.parametrize("style", ["import as tf", "from import"])
def test_names_that_work_only_one_way(style: str, tmp_path: pathlib.Path) -> None:
    """Written the other way they are told, all of them."""
    wrong = []
    for name in THERE:
        symbol = api.symbol(f"tf.{name}")
        if symbol is None or symbol.open or symbol.raises & NEWEST or symbol.kind is api.Kind.MODULE:
            continue
        if not (symbol.imports if style == "from import" else symbol.worlds) & NEWEST:
            wrong.append(name)
    program = STYLES[style](wrong)
    found = _findings(tmp_path, program.text)
    assert len(wrong) > 10
    assert [name for line, name in program.lines.items() if line not in found] == []
