"""The registry, the documentation's folders and the changelog speak of the same rules."""

from __future__ import annotations

import re
import string

import pytest

from tf2lint import checkers
from tf2lint.families import FAMILIES, family_of
from tf2lint.findings import Rule, Severity

from .corpus import ROOT, RULES

ANCHORS = frozenset((ROOT / "tests" / "data" / "anchors.txt").read_text(encoding="utf-8").split())
_API_PAGE = re.compile(r"https://www\.tensorflow\.org/api_docs/python/tf(/\w+)*")
_LETTERS = {Severity.BREAKS: "E", Severity.CHANGES: "W", Severity.DISCOURAGED: "CR"}

each_rule = pytest.mark.parametrize("rule", checkers.rules(), ids=lambda rule: rule.symbol)


def test_folders() -> None:
    """Each rule has its folder, each folder its rule."""
    assert {path.name for path in RULES.iterdir() if path.is_dir()} == {rule.symbol for rule in checkers.rules()}


@each_rule
def test_folder(rule: Rule) -> None:
    """A folder holds pairs of programs and a page with its sections, none of them empty."""
    folder = RULES / rule.symbol
    names = {path.name for path in folder.iterdir()}
    assert {"bad.py", "good.py", "details.md"} <= names
    assert "## Why\n" in (folder / "details.md").read_text(encoding="utf-8")
    for bad in folder.glob("*bad.py"):
        good = bad.with_name(bad.name.replace("bad.py", "good.py"))
        assert bad.read_text(encoding="utf-8") != good.read_text(encoding="utf-8")


@each_rule
def test_changelog(rule: Rule) -> None:
    """The changelog names each rule with its code, and says which are off."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"`{rule.symbol}` ({rule.code})" in text


def test_changelog_names_no_other_rule() -> None:
    """A rule that the changelog announces exists."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    known = {(rule.symbol, rule.code) for rule in checkers.rules()}
    assert set(re.findall(r"`(tf-[a-z-]+)` \((TF\d+)\)", text)) <= known


def test_names_are_unique() -> None:
    """Neither codes nor symbols nor the last two digits of pylint's ids are given twice."""
    rules = checkers.rules()
    for names in (
        [rule.code for rule in rules],
        [rule.symbol for rule in rules],
        [rule.pylint_id[-2:] for rule in rules],
        [rule.summary for rule in rules],
    ):
        assert len(set(names)) == len(names)


@each_rule
def test_names(rule: Rule) -> None:
    """The forms that the hosts demand: three digits for flake8, no digit in a symbol for pylint's own test harness."""
    assert re.fullmatch(r"TF[0-9]{3}", rule.code)
    assert re.fullmatch(r"tf(-[a-z]+)+", rule.symbol)
    assert re.fullmatch(r"[EWCR]68[0-9]{2}", rule.pylint_id)
    assert rule.pylint_id[0] in _LETTERS[rule.severity]
    assert family_of(rule.code) in FAMILIES
    assert rule.default or rule.severity is Severity.DISCOURAGED


@each_rule
def test_words(rule: Rule) -> None:
    """A summary is a sentence, a hint a clause, a message one line whose fields str.format knows."""
    assert rule.summary.endswith(".")
    assert not rule.hint.endswith(".")
    for text in (rule.summary, rule.hint, rule.message):
        assert text
        assert text == " ".join(text.split())
        assert not text.startswith(":")
    fields = {field for _, field, _, _ in string.Formatter().parse(rule.message) if field is not None}
    assert fields <= {"name", "problem", "hint"}


@each_rule
def test_url(rule: Rule) -> None:
    """A link leads to a known heading of TensorFlow's guides, or to an API page; rules about the run have none."""
    if rule.code.startswith("TF0"):
        assert not rule.url
    else:
        assert rule.url in ANCHORS or _API_PAGE.fullmatch(rule.url)
