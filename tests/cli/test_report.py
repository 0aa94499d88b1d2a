"""`tf2lint report`: what the page says, that it holds nothing foreign, and what it is made of."""

from __future__ import annotations

import html.parser
import json
import pathlib
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tf2lint.cli import main

BREAKS = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
FIXABLE = "import tensorflow as tf\nx = tf.log(1.0)\n"
HOSTILE = "\"><script>alert(1)</script><!--{{ 7*7 }}'&"
VOID = {"meta", "link", "br", "img", "input", "hr"}

Run = Callable[..., tuple[int, str, str]]


class Page(html.parser.HTMLParser):
    """Reads a page, and fails where a tag is not closed, or something could run or be loaded."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self._open: list[str] = []
        self._cell: list[str] | None = None
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "iframe", "object", "embed", "img", "link", "base", "form", "image", "use"), tag
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name not in ("src", "style", "srcset", "xlink:href", "action"), (tag, name)
            if name == "href" and value is not None:
                assert value.startswith(("https://", "http://", "#")), value
                self.links.append(value)
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._cell = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append("".join(self._cell).strip())
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            assert "url(" not in data
            assert "@import" not in data
            return
        self.words.append(data)
        if self._cell is not None:
            self._cell.append(data)

    @property
    def text(self) -> str:
        """What a reader sees, with single spaces."""
        return " ".join("".join(self.words).split())

    def row(self, first: str) -> list[str]:
        """The first row of a table that begins with these words."""
        return next(row for row in self.rows if row and row[0] == first)


@pytest.fixture
def run(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in an empty folder, at a set time: status, standard output, standard error."""
    folder = tmp_path / "proj"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

    def runs(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return runs


def write(name: str, text: str = BREAKS) -> None:
    """Write a file of the project and its folders."""
    path = pathlib.Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="surrogateescape")


def sarif_of(run: Run, *arguments: str) -> dict[str, Any]:
    """What `check` writes."""
    log: dict[str, Any] = json.loads(run("check", "--output-format", "sarif", *arguments)[1])
    return log


def test_the_numbers(run: Run) -> None:
    """Totals, rules, folders; and the order of the files, by what breaks and who imports it."""
    write("pkg/__init__.py", "")
    write("pkg/many.py", BREAKS * 3)
    write("pkg/base.py", BREAKS + "y = tf.log(1.0)\n")
    for user in ("one", "two", "sub/three"):
        write(f"pkg/{user}.py", "from pkg import base\n")
    write("pkg/sub/__init__.py", "from .. import base, many\nfrom pkg.base import x\n")
    status, out, error = run("report", ".")
    assert (status, out, error) == (0, "tf2lint-report.html: 5 findings in 2 of 7 files\n", "")
    page = Page(pathlib.Path("tf2lint-report.html").read_text(encoding="utf-8"))
    assert "5 findings in 2 of 7 files, 14 lines. 5 break." in page.text
    assert "tf2lint fix settles 1 by itself." in page.text
    first = [row for row in page.rows if row and row[0] in ("base.py", "many.py") and len(row) == 8]
    #                                     breaks all imported fix unsafe hand
    assert [row[:7] for row in first] == [
        ["base.py", "2", "2", "4", "1", "1", "0"],
        ["many.py", "3", "3", "1", "0", "3", "0"],
    ]
    assert page.row("TF101 tf-placeholder")[2:5] == ["breaks", "2", "4"]
    assert "Made on 1970-01-02 by tf2lint" in page.text
    assert page.text.endswith("tf2lint report .")
    assert "All 7 files were read and analysed." in page.text


def test_the_page_is_reproducible_and_names_no_machine(
    run: Run, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same from elsewhere, byte for byte, but for the command line."""
    write("a b/x.py")
    write("a b/broken.py", "x = (\n")
    assert run("report", "a b", "-o", "-")[1] == run("report", "a b", "-o", "-")[1]
    pages = [run("report", path, "-o", "-")[1] for path in ("a b", str(tmp_path / "proj" / "a b"))]
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    pages += [run("report", path, "-o", "-")[1] for path in ("../proj/a b", str(tmp_path / "proj" / "a b"))]
    assert "proj" not in "".join([*pages[:2], pages[3]])
    assert tmp_path.name not in "".join(pages)
    assert len({re.sub(r"(?s)<footer>.*", "", page) for page in pages}) == 1


def test_what_could_not_be_analysed_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not parse, what is missing, and an error of our own; and none of it counts as a finding."""
    write("good.py")
    write("broken.py", "x = (\n")
    status, out, _ = run("report", "good.py", "broken.py", "-o", "p.html")
    assert (status, out) == (0, "p.html: 1 finding in 1 of 2 files\n")
    page = Page(pathlib.Path("p.html").read_text(encoding="utf-8"))
    assert page.row("broken.py")[1].startswith("1:")
    status, out, error = run("report", "good.py", "missing.py", "-o", "-")
    assert status == 2
    assert Page(out).row("missing.py")[1] == "no such file or directory"
    assert "tf2lint: missing.py: no such file or directory" in error
    monkeypatch.setattr("tf2lint.engine.Linter.lint", lambda *_: 1 / 0)
    status, out, error = run("report", "good.py", "-o", "-")
    assert status == 2
    assert Page(out).row("good.py")[1] == "internal error: ZeroDivisionError: division by zero"
    log = sarif_of(run, "good.py")
    assert not log["runs"][0]["invocations"][0]["executionSuccessful"]
    write("log.sarif", json.dumps(log))
    assert "ZeroDivisionError" in Page(run("report", "log.sarif", "-o", "-")[1]).row("good.py")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forbids such names")
def test_what_is_quoted_is_escaped(run: Run) -> None:
    """Names of files and folders, in tables, drawings and titles; characters that hide others are shown."""
    name = HOSTILE.replace("/", "\\")
    write(f"{name}/{name}\u202egpj.py", BREAKS)
    write("tail/\udcff\x1b\u2028.py", BREAKS)
    write(f"{name}.py", f"x = (\n# {HOSTILE}")
    status, out, _ = run("report", ".", "-o", "-", "--exclude", HOSTILE)
    assert status == 0
    page = Page(out)
    assert f"{name}/{name}\\u202egpj.py" in page.text
    assert "tail/\\udcff\\x1b\\u2028.py" in page.text
    assert page.row(f"{name}.py")
    assert "\u202e" not in out
    write("log.sarif", json.dumps(sarif_of(run, ".")))
    again = Page(run("report", "log.sarif", "-o", "-")[1])
    assert f"{name}/{name}\\u202egpj.py" in again.text
    assert "tail/\\udcff\\x1b\\u2028.py" in again.text


def test_hostile_sarif(run: Run) -> None:
    """Messages, names and links of a SARIF file are no more trusted."""
    write("x.py", FIXABLE)
    log = sarif_of(run, "x.py")
    (only,) = log["runs"]
    only["results"][0]["message"]["text"] = HOSTILE
    only["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = f"javascript:{HOSTILE}"
    for url in ("javascript:alert(1)", " https:alert(1)", "java\nscript:x", "data:text/html,x", "https://[x", HOSTILE):
        rule = only["tool"]["driver"]["rules"][0]
        only["results"][0]["properties"]["url"] = url
        rule.update(helpUri=url, name=HOSTILE, shortDescription={"text": HOSTILE})
        only["versionControlProvenance"] = [{"repositoryUri": f"https://host/{HOSTILE}.git"}]
        write("x.sarif", json.dumps(log))
        status, out, _ = run("report", "x.sarif", "x.sarif", "-o", "-")
        assert status == 0
        page = Page(out)
        assert {link[0] for link in page.links} == {"#"}
        assert page.text.count(HOSTILE) > 4


def test_sarif_files_make_one_page(run: Run) -> None:
    """Each repository by its name, with all that a run of its own would say, and other tools passed over."""
    write("one/a.py", FIXABLE)
    write("one/clean.py", "x = 1\n")
    write("two/a.py", BREAKS * 2)
    write("one.sarif", json.dumps(sarif_of(run, "one")))
    other = sarif_of(run, "two")
    other["runs"][0]["versionControlProvenance"] = [{"repositoryUri": "git@host:team/second.git"}]
    other["runs"].append({"tool": {"driver": {"name": "Other"}}, "results": [{"message": {"text": "x"}}]})
    pathlib.Path("two.sarif").write_text(json.dumps(other), encoding="utf-16")
    status, out, error = run("report", "--sarif", "one.sarif", "two.sarif", "-o", "p.html")
    assert (status, out) == (0, "p.html: 3 findings in 2 of 3 files\n")
    assert error == "tf2lint: warning: two.sarif: a run of Other is passed over\n"
    page = Page(pathlib.Path("p.html").read_text(encoding="utf-8"))
    assert "one and second" in page.text
    assert page.row("one")[1:] == ["1", "1", "1 of 2", "3", "333.3"]
    assert page.row("second")[1:] == ["2", "2", "1 of 1", "4", "500.0"]
    assert page.row("second/a.py")[1:7] == ["2", "2", "0", "0", "2", "0"]
    assert "two.sarif: a run of Other is passed over." in page.text
    named = run("report", "one.sarif", "two.sarif", "one.sarif", "--name", "x,y", "-o", "-")[1]
    assert {"x,y", "second", "one"} <= {row[0] for row in Page(named).rows}
    picked = run("report", "one.sarif", "two.sarif", "--select", "TF101", "-o", "-")[1]
    assert "2 findings in 1 of 3 files" in Page(picked).text


def test_sarif_says_what_a_page_of_the_project_says(run: Run) -> None:
    """Both ways lead to the same page, but for where it comes from."""
    write("proj/a.py", FIXABLE + BREAKS)
    write("proj/b.py", "import a\n")
    write("proj/n.ipynb", json.dumps(NOTEBOOK))
    write("proj.sarif", json.dumps(sarif_of(run, "proj")))
    pages = [run("report", path, "-o", "-")[1] for path in ("proj", "proj.sarif")]
    origin = r'(?s)<p class="meta">.*?</p>|<section aria-labelledby="progress">.*?</section>|<footer>.*'
    parts = [re.sub(origin, "", page) for page in pages]
    assert parts[0] == parts[1]


NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": BREAKS}],
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{\n\n oops", ":3: no JSON: "),
        ("[]", ":1: must be an object"),
        ("{}", ":1: no SARIF log: it has no 'runs'"),
        (
            '{"runs": [\n{"tool": {"driver": {"name": "tf2lint"}},\n"results": 3}]}',
            ":3: runs[0].results: must be an array",
        ),
        (
            """{"runs": [{"x": {"y": [1, {"a": ":,{"}]}, "tool": {"driver": {"name": "tf2lint"}}, "results":
            [{"ruleId": "TF101"},
            {"message":
            {"text": 7}}]}]}""",
            ":4: runs[0].results[1].message.text: must be a text",
        ),
        ("[" * 100_000, ":1: no SARIF: "),
        ('{"runs": ' + "9" * 5000 + "}", ":1: "),
    ],
)
def test_bad_sarif(run: Run, text: str, said: str) -> None:
    """It is named with its line, and the others are read."""
    write("good.py")
    write("good.sarif", json.dumps(sarif_of(run, "good.py")))
    write("bad.sarif", text)
    status, out, error = run("report", "bad.sarif", "missing.sarif", "good.sarif", "-o", "-")
    assert status == 2
    assert f"tf2lint: bad.sarif{said}" in error
    assert "tf2lint: missing.sarif: No such file or directory" in error
    page = Page(out)
    assert "1 finding in 1 of 1 file" in page.text
    assert "bad.sarif could not be used and is not in these numbers" in page.text


def test_all_files_are_listed_and_what_is_left_out_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds of the page lose nothing silently."""
    monkeypatch.setattr("tf2lint.report.page._LISTED", 5)
    monkeypatch.setattr("tf2lint.report.page._FIRST", 2)
    for number in range(9):
        write(f"m{number}.py", BREAKS * 50)
    page = Page(run("report", ".", "-o", "-")[1])
    assert {f"m{number}.py" for number in range(9)} <= set(page.text.split())
    assert "250 findings left out, to keep the page small" in page.text
    assert "7 more files with findings" in page.text
    assert page.text.count("and 10 more") == 5


def test_a_page_about_nothing(run: Run) -> None:
    write("clean.py", "x = 1\n")
    status, out, _ = run("report", "clean.py", "-o", "-")
    assert status == 0
    assert "Nothing was found in 1 file with 1 line" in Page(out).text
    status, out, error = run("report", ".", "--exclude", "*", "-o", "-")
    assert (status, error) == (0, "tf2lint: no Python files there\n")
    assert "Nothing was found in 0 files" in Page(out).text


def test_progress(run: Run) -> None:
    """One line where git has no history of the baseline; the baseline hides nothing from the page."""
    write("x.py")
    write("setup.cfg", "[tf2lint]\nbaseline = counts.json\n")
    run("baseline", ".")
    page = Page(run("report", ".", "-o", "-")[1])
    assert "counts.json: it is in no git repository." in page.text
    assert "1 finding in 1 of 1 file" in page.text
    assert "No baseline is configured" in Page(run("report", ".", "--baseline=", "-o", "-")[1]).text


def test_the_burn_down(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The points with their dates, as a drawing and as a table."""
    from tf2lint.report.history import History, Point

    day = 86_400
    known = History((Point(0, 40, 30), Point(day, 1200, 0), Point(9 * day, 7, 7)), "something is missing")
    monkeypatch.setattr("tf2lint.cli.sources.history", lambda _: known)
    write("x.py")
    out = run("report", ".", "--baseline", "b.json", "-o", "-")[1]
    page = Page(out)
    assert "b.json went from 40 findings to 7 in 3 commits; of those that break, from 30 to 7." in page.text
    assert page.row("1970-01-02") == ["1970-01-02", "1,200", "0"]
    assert "b.json: something is missing." in page.text
    lines = re.findall(r'<polyline class="line all" points="([^"]*)"', out)
    assert [len(line.split()) for line in lines] == [3, 3]
    heights = [float(point.split(",")[1]) for point in lines[0].split()]
    assert heights[1] < heights[0] < heights[2]


def test_what_can_not_be_done_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that can not be written, a time that is none, jinja2 that is not there: 2, and one line."""
    write("x.py")
    assert run("report", "x.py", "-o", "no/where.html")[0::2] == (
        2,
        "tf2lint: no/where.html: it can not be written: No such file or directory\n",
    )
    assert run("report", "x.py", "--name", "a", "--name", "b")[0] == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert run("report", "x.py")[0::2] == (2, "tf2lint: SOURCE_DATE_EPOCH: 'yesterday' is no number of seconds\n")
    monkeypatch.delitem(sys.modules, "tf2lint.report.page", raising=False)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert run("report", "x.py")[0::2] == (
        2,
        "tf2lint: `tf2lint report` needs jinja2: pip install 'tf2lint[command]'\n",
    )
    assert not pathlib.Path("tf2lint-report.html").exists()
