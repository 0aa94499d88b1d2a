"""The page: one HTML file with everything in it, without scripts and without anything from elsewhere."""

from __future__ import annotations

import dataclasses
import importlib.resources
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import jinja2

import tf2lint
from tf2lint.families import FAMILIES, Family, family_of
from tf2lint.findings import Fix, Severity
from tf2lint.report import drawing, folders
from tf2lint.report.history import History
from tf2lint.report.model import About, File, Hit, Repository, by_rule, first_to_do, tally, urgency

_FIRST = 25
_FOLDERS = 60
_LISTED = 4000
_PLACES = 40
_OTHER = Family("", "Other rules", ())

# What no HTML may hold, and what turns the direction of the text around it.
_INVISIBLE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of the page: when it was made, of which targets, by which command."""

    seconds: int
    targets: Sequence[str]
    command: str


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """The history of one baseline, and its drawings where there is something to draw, wide and narrow."""

    name: str
    history: History
    charts: tuple[drawing.Chart, ...] = ()

    @property
    def dates(self) -> list[str]:
        """The days of the points."""
        return [drawing.day(point.seconds) for point in self.history.points]


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """The findings of one file that say the same: their places, and how many more there are."""

    about: About
    message: str
    url: str
    fix: Fix
    count: int
    places: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """A file in the list of findings. `left_out`: how many of its findings are not in it."""

    name: str
    file: File
    groups: tuple[Group, ...]
    left_out: int


def render(
    title: str,
    repositories: Sequence[Repository],
    histories: Sequence[tuple[str, History]],
    notes: Sequence[str],
    foot: Foot,
) -> str:
    """The page. `histories` are those of baselines by their names, `notes` what the reader must know besides."""
    files = [file for repository in repositories for file in repository.files]
    whole, root = tally(files), folders.tree(repositories)
    names = _Names(repositories, root)
    by_lines = whole.measured and whole.lines > 0
    deep = len(repositories) > 1
    order = first_to_do(repositories)
    listed = _listed(order)
    context = {
        "title": title,
        "version": tf2lint.__version__,
        "foot": foot,
        "date": drawing.day(foot.seconds),
        "repositories": repositories,
        "whole": whole,
        "notes": notes,
        "troubles": [(each.path(trouble), trouble.reason) for each in repositories for trouble in each.troubles],
        "base": names.base,
        "below": names.below,
        "by_lines": by_lines,
        "maps": [
            ("wide", 1120, 560, drawing.treemap(root, 1120, 560, by_lines=by_lines, depth=3)),
            ("narrow", 360, 480, drawing.treemap(root, 360, 480, by_lines=by_lines, depth=1)),
        ],
        "heat": drawing.HEAT,
        "folders": _folders(root, deep=deep),
        "families": _families(files),
        "first": [(each.path(file), file, tally([file]), urgency(file)) for each, file in order[:_FIRST]],
        "more_files": max(0, len(order) - _FIRST),
        "imports_known": any(file.importers is not None for file in files),
        "progress": [_progress(name, known) for name, known in histories],
        "listed": listed,
        "left_out": sum(each.left_out for each in listed),
        "Severity": Severity,
        "Fix": Fix,
    }
    return _environment().get_template("page.html").render(context)


def _environment() -> jinja2.Environment:
    here = importlib.resources.files("tf2lint.report")
    environment = jinja2.Environment(
        autoescape=True,
        finalize=_visible,
        loader=jinja2.FunctionLoader(lambda name: here.joinpath(name).read_text(encoding="utf-8")),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"n": _number, "px": _pixels, "share": _share, "web": _web}
    return environment


def _visible(value: object) -> object:
    """Whatever is put into the page, without characters that could not be seen, or would change how others are."""
    if not isinstance(value, str) or not _INVISIBLE.search(value):
        return value
    seen = _INVISIBLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), value)
    return type(value)(seen)  # What is escaped already stays so.


def _number(value: int) -> str:
    return f"{value:,}"


def _pixels(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _share(part: float, whole: float) -> str:
    """A part in per cent of the whole, as widths are given."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") if whole else "0"


def _web(url: str) -> str:
    """A link that leads to a web page; empty where it would lead anywhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    # Browsers drop what urlsplit may keep, and find another scheme behind it.
    return url if parts.scheme in ("http", "https") and parts.netloc and not _INVISIBLE.search(url) else ""


class _Names:
    """Paths as the page shows them, without what those of one repository have in common."""

    def __init__(self, repositories: Sequence[Repository], root: folders.Node) -> None:
        several = any(repository.name for repository in repositories)
        self.base = "" if several else root.path
        self._bases = {node.path: node.name for node in root.children.values()} if several else {root.path: ""}

    def below(self, path: str) -> str:
        """A path without the folders above the first that holds more than one thing."""
        for base, name in self._bases.items():
            if base and (path == base or path.startswith(f"{base}/")):
                return f"{name}{path[len(base) :]}".removeprefix("/")
        return path


def _folders(root: folders.Node, *, deep: bool) -> tuple[list[tuple[folders.Node, bool]], int]:
    """The rows of the table of folders, with findings, the fullest first, and whether a row is one of several below it.

    With it how many are left out.
    """
    rows = [(node, True) for node in _fullest(root)]
    if deep:
        whole = [(node, top) for above, _ in rows for node, top in [(above, True), *_folders_in(above)]]
        rows = whole if len(whole) <= _FOLDERS else rows
    return rows[:_FOLDERS], max(0, len(rows) - _FOLDERS)


def _folders_in(node: folders.Node) -> list[tuple[folders.Node, bool]]:
    return [(below, False) for below in _fullest(node) if below.children]


def _fullest(node: folders.Node) -> list[folders.Node]:
    found = [child for child in node.children.values() if child.tally.findings]
    return sorted(found, key=lambda child: (-child.tally.findings, child.name))


def _families(files: Sequence[File]) -> list[tuple[Family, int, list[tuple[About, int, int]]]]:
    """The families that spoke with their rules, in the order of the documentation."""
    rules = by_rule(files)
    found = []
    for family in (*FAMILIES, _OTHER):
        of_family = [row for row in rules if _family(row[0].code) is family]
        if of_family:
            found.append((family, sum(count for _, count, _ in of_family), of_family))
    return found


def _family(code: str) -> Family:
    try:
        return family_of(code)
    except KeyError:
        return _OTHER


def _progress(name: str, known: History) -> Progress:
    if len(known.points) < 2:
        return Progress(name, known)
    charts = (drawing.burn_down(known.points, 1120, 260), drawing.burn_down(known.points, 360, 220))
    return Progress(name, known, charts)


def _listed(order: Sequence[tuple[Repository, File]]) -> list[Listed]:
    """Every file with findings, and its findings as far as the page may grow."""
    room = _LISTED
    found = []
    for repository, file in order:
        groups = _groups(file.hits)[:room]
        room -= len(groups)
        left_out = len(file.hits) - sum(len(group.places) for group in groups)
        found.append(Listed(repository.path(file), file, tuple(groups), left_out))
    return found


def _groups(hits: Sequence[Hit]) -> list[Group]:
    """What was found in a file, with what says the same said once, in the order of the first place."""
    together: dict[tuple[str, str, str, Fix], list[Hit]] = {}
    for hit in hits:
        together.setdefault((hit.about.code, hit.message, hit.url, hit.fix), []).append(hit)
    return [
        Group(same[0].about, message, url, fix, len(same), tuple(hit.place for hit in same[:_PLACES]))
        for (_, message, url, fix), same in together.items()
    ]
