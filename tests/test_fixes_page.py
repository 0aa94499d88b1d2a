"""docs/fixes.md says of every rule whether it is fixed, and says it truly."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.fix_programs import FOLDER
from tf2lint import config
from tf2lint.checkers import rules
from tf2lint.cli.lint import Worker

from .corpus import ROOT

PAGE = (ROOT / "docs" / "fixes.md").read_text("utf-8")


def said() -> dict[str, set[str]]:
    """The kinds of edits that the page says each rule has."""
    fixed, _, never = PAGE.partition("## Never fixed")
    found: dict[str, set[str]] = {}
    for row in re.findall(r"^\| (TF.*) \|(.*)\|(.*)\|$", fixed, re.MULTILINE):
        for code in row[0].split():
            assert code not in found
            found[code] = {kind for kind, text in zip(("safe", "unsafe"), row[1:], strict=True) if text.strip()}
    for row in re.findall(r"^\| (TF[TF0-9 ]*) \|", never, re.MULTILINE):
        for code in row.split():
            assert code not in found
            found[code] = set()
    return found


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """The kinds of edits that the rules' examples and the programs of tests/fix get."""
    worker = Worker(config.Options(enable=("all",)))
    kinds: dict[str, set[str]] = {}
    for path in (*sorted((ROOT / "docs" / "rules").rglob("*bad.py")), *sorted(FOLDER.rglob("*.py"))):
        for shown in worker.lint(str(path), path.read_bytes()).shown:
            edits = shown.finding.edits
            if edits:
                kind = "safe" if all(edit.safe for edit in edits) else "unsafe"
                kinds.setdefault(shown.finding.rule.code, set()).add(kind)
                places = sorted((edit.start, edit.end) for edit in set(edits))
                assert all(first[1] < second[0] for first, second in itertools.pairwise(places)), shown.finding
    return kinds


def test_every_rule() -> None:
    """The page names each rule once."""
    assert sorted(said()) == [rule.code for rule in rules()]


def test_true(seen: dict[str, set[str]]) -> None:
    """A rule has the edits that the page says it has, and no others."""
    assert {code: kinds for code, kinds in said().items() if kinds} == seen
