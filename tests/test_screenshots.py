"""The picture of a terminal in docs/ shows what the command says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from .corpus import ROOT

pytest.importorskip("rich")


def test_the_terminal_says_what_is_said() -> None:
    """Word for word, however the lines are broken; python -m tools.screenshots makes it anew."""
    from tools import screenshots

    text = (ROOT / "docs" / "terminal.svg").read_text(encoding="utf-8")
    assert "url(" not in re.sub(r"url\(#", "", text)
    shown = "".join(element.text or "" for element in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}text"))
    said = screenshots.output()
    assert "tf-print-in-function" in said
    assert "".join(shown.split()).removeprefix("tf2lint") == "".join(said.split())
