"""The form of the rules' pages and examples. Needs no TensorFlow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tf2lint import checkers
from tf2lint.families import family_of

from .examples import RULES, Outcome, Row, cases, expectations, folders, page_rows, sections

ABOUT_THE_RUN = {"tf-not-analysed", "tf-python-two", "tf-unused-suppression"}
"""Rules that say nothing about TensorFlow: nothing to observe, no page to link; the linter's own tests prove them."""
SECTIONS = ["Why", "How to migrate", "Observed", "See also"]
OLDEST = "1.15"
SINCE = {rule.symbol: rule.since for rule in checkers.rules()}
CODES = {rule.symbol: rule.code for rule in checkers.rules()}
ANCHORS = set((Path(__file__).parents[1] / "data" / "anchors.txt").read_text(encoding="utf-8").split())
_API = re.compile(r"https://www\.tensorflow\.org/api_docs/python/tf(/\w+)*")
_LINK = re.compile(r"https?://[^\s)>\]`]+")

every_rule = pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
every_pair = pytest.mark.parametrize(
    ("folder", "case"),
    [pytest.param(folder, case, id=f"{folder.name}-{case}bad") for folder in folders() for case in cases(folder)],
)
every_rule_on_tensorflow = pytest.mark.parametrize(
    "folder", [folder for folder in folders() if folder.name not in ABOUT_THE_RUN], ids=lambda folder: folder.name
)


def test_there_are_rules() -> None:
    """The tests below are not silently empty."""
    assert folders(), f"no folder in {RULES}"


@every_rule
def test_files(folder: Path) -> None:
    """A rule's folder holds its programs in pairs and its page, and nothing else."""
    pairs = [f"{case}{kind}.py" for case in cases(folder) for kind in ("bad", "good")]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*pairs, "details.md"])
    assert "" in cases(folder)


@every_pair
def test_expectations(folder: Path, case: str) -> None:
    """bad.py announces a finding of its own rule, at columns that exist; good.py announces none."""
    bad = expectations(folder / f"{case}bad.py")
    assert folder.name in {expectation.symbol for expectation in bad}
    lines = (folder / f"{case}bad.py").read_text(encoding="utf-8").splitlines()
    for expectation in bad:
        start = lines[expectation.line - 1][expectation.column - 1 :]
        assert re.match(r"\w|[(\[{@*\"'-]", start), f"line {expectation.line}: nothing starts at {expectation.column}"
    assert expectations(folder / f"{case}good.py") == []


@every_rule_on_tensorflow
def test_sections(folder: Path) -> None:
    """A page has its sections, in order, none of them empty."""
    found = sections(folder / "details.md")
    assert list(found) == SECTIONS
    for heading, lines in found.items():
        assert any(line.strip() for line in lines.values()), f"{heading} is empty"


@every_pair
def test_observations(folder: Path, case: str) -> None:
    """A page says what bad.py did before and does now, and that good.py does not fail.

    Before means in the oldest TensorFlow, or, for a rule that matters only since some version, in any before that.
    Traced code was always wrong: there a page says what it did in two versions, and that good.py does otherwise.
    """
    if folder.name in ABOUT_THE_RUN:
        return
    observed = {(row.program, row.version): row for row in page_rows(folder / "details.md")}
    bad = f"{case}bad.py"
    required = [(bad, "2.21"), (f"{case}good.py", "2.21")]
    missing = [f"{program} on {version}" for program, version in required if (program, version) not in observed]
    assert not missing, f"Observed lacks {', '.join(missing)}"
    assert observed[required[1]].kind == "prints"
    if family_of(CODES[folder.name]).name == "tf2lint-tracing":
        assert any(p == bad and v not in (OLDEST, "2.21") for p, v in observed), f"Observed lacks an older {bad}"
        assert len({_claim(observed[key]) for key in required}) > 1, "bad.py does what good.py does"
        return
    since = SINCE[folder.name]
    before = [v for p, v in observed if p == bad and (v == OLDEST if since is None else _key(v) < _key(since))]
    assert before, f"Observed lacks {bad} on {OLDEST if since is None else f'a version before {since}'}"
    then = _claim(observed[bad, max(before, key=_key)])
    now, good = (_claim(observed[key]) for key in required)
    if then[0] == now[0] == "raises":
        # What came after 1.15 and went before 2.21 worked in between, and did what good.py does now.
        between = [_claim(row) for (program, _), row in observed.items() if program == bad]
        assert good in between, "bad.py works in no version"
    else:
        # Where the example still works, the page proves that what it proposes does the same.
        assert now != then or good == now, "bad.py does the same before and now, and good.py something else"


def _key(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _claim(row: Row) -> tuple[str, str]:
    return row.kind, row.text


@every_rule
def test_links(folder: Path) -> None:
    """Every link leads to a known heading of TensorFlow's guides, or to an API page without an anchor."""
    text = (folder / "details.md").read_text(encoding="utf-8")
    unknown = [link for link in _LINK.findall(text) if link not in ANCHORS and not _API.fullmatch(link)]
    assert not unknown


@every_rule_on_tensorflow
def test_links_exist(folder: Path) -> None:
    """ "See also" is a list of links."""
    for number, line in sections(folder / "details.md")["See also"].items():
        assert not line.strip() or re.fullmatch(r"- \[[^\]]+\]\(https://[^\s)]+\)", line), f"line {number}: {line}"


def row(text: str, kind: str = "prints") -> Row:
    """A row that claims this."""
    return Row("tf-x", "bad.py", "2.21", kind, text, Path("details.md"), 1)


@pytest.mark.parametrize(
    ("claim", "outcome", "fits"),
    [
        (row("3.0"), Outcome("3.0\n", None), True),
        (row("1 / 2"), Outcome("1  \n2\n\n", None), True),
        (row("3"), Outcome("3.0\n", None), False),
        (row("3.0"), Outcome("3.0\n", "ValueError: x"), False),
        (row("ValueError: no such", "raises"), Outcome("3\n", "ValueError: there is\nno such thing"), True),
        (row("ValueError: no such", "raises"), Outcome("", "TypeError: no such"), False),
        (row("ValueError: no such", "raises"), Outcome("", "ValueError: such"), False),
        (row("ValueError: no such", "raises"), Outcome("no such", None), False),
    ],
)
def test_fits(claim: Row, outcome: Outcome, fits: bool) -> None:
    """A row fits what it describes, and nothing else."""
    assert claim.fits(outcome) is fits
