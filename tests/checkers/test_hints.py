"""The advice for single names: what it names exists, and its links lead somewhere."""

from __future__ import annotations

import importlib.resources
import re

import pytest

from tests.corpus import ROOT
from tf2lint import api
from tf2lint.api import versions

ROWS = [
    line.split("\t")
    for line in importlib.resources.files("tf2lint.checkers").joinpath("hints.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
ANCHORS = frozenset((ROOT / "tests" / "data" / "anchors.txt").read_text(encoding="utf-8").split())
_NAME = re.compile(r"(?<![\w.])(?:tf|keras)(?:\.\w+)+")
_PAGE = "https://www.tensorflow.org/api_docs/python/tf/"
_NEWEST = versions.bit(versions.TENSORFLOW[-1])


def test_sorted() -> None:
    """The table is a look-up by name: nobody is in it twice."""
    names = [row[0] for row in ROWS]
    assert names == sorted(set(names))


@pytest.mark.parametrize("row", [row for row in ROWS if row[0].startswith("keras.")], ids=lambda row: row[0])
def test_row(row: list[str]) -> None:
    """What is offered for a name of Keras exists with Keras 3, and the page too."""
    _, text, url = row
    for name in _NAME.findall(text):
        assert api.is_alive(name, _NEWEST) or ((symbol := api.symbol(name)) and symbol.imports & _NEWEST), name
    assert not text.endswith(".")
    if url not in ANCHORS:
        assert url.startswith(_PAGE)
        assert api.symbol("tf." + url.removeprefix(_PAGE).replace("/", ".")) is not None, url
