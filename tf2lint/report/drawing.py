"""Where the lines, rectangles and labels of the page's drawings go. The page's template makes SVG of it."""

from __future__ import annotations

import bisect
import dataclasses
import datetime
import math
import unicodedata
from collections.abc import Iterator, Sequence

from tf2lint.report.folders import Node
from tf2lint.report.history import Point
from tf2lint.report.model import Tally
from tf2lint.report.treemap import Rectangle, squarify

HEAT = (0, 2, 5, 10, 25)
"""Bounds of the colours: none, then up to so many findings per 1,000 lines, then above the last."""

_HEADER = 19
_SMALLEST = 60.0
"""Square pixels below which nothing is drawn by itself."""
_FRAME = (70, 40)
"""What there must be room for in a frame."""
_LETTER = 0.6
"""The mean width of a letter, in heights of the font."""


def heat(tally: Tally) -> int:
    """The colour of some files, counted from 0."""
    density = tally.density
    if density is None:
        return 0 if not tally.findings else 2
    return bisect.bisect_left(HEAT, density)


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle of the treemap. A frame has others in it, and its label above them."""

    place: Rectangle
    title: str
    label: str
    detail: str
    heat: int
    frame: bool = False


def treemap(root: Node, width: float, height: float, *, by_lines: bool, depth: int) -> list[Cell]:
    """The cells of a treemap, frames before what is in them; `depth` counts the levels of folders drawn."""
    return list(_cells(root, Rectangle(0, 0, width, height), by_lines=by_lines, depth=depth))


def _cells(node: Node, into: Rectangle, *, by_lines: bool, depth: int) -> Iterator[Cell]:
    for child, place in _shares(node, into, by_lines=by_lines):
        inner = place.inset(3, _HEADER, 3, 3)
        if depth > 1 and child.children and inner.width > _FRAME[0] and inner.height > _FRAME[1]:
            label = _fit(child.name, place.width - 10, 12, 4)
            yield Cell(place, _title(child), label, "", heat(child.tally), frame=True)
            yield from _cells(child, inner, by_lines=by_lines, depth=depth - 1)
        else:
            yield _leaf(child, place)


def _shares(node: Node, into: Rectangle, *, by_lines: bool) -> list[tuple[Node, Rectangle]]:
    """What is in a folder with its place; what would be too small to see shares one."""
    children = node.sorted(by_lines=by_lines)
    total = sum(child.weight(by_lines=by_lines) for child in children)
    shown = [child for child in children if child.weight(by_lines=by_lines) * into.area >= _SMALLEST * total]
    small = children[len(shown) :]
    if len(small) > 1:
        together = Node(f"{len(small)} smaller", f"{node.path + '/' if node.path else ''}… ({len(small)} smaller)")
        for child in small:
            together.tally.join(child.tally)
        shown = sorted([*shown, together], key=lambda child: -child.weight(by_lines=by_lines))
    else:
        shown = children
    places = squarify([child.weight(by_lines=by_lines) for child in shown], into)
    return list(zip(shown, places, strict=True))


def _leaf(node: Node, place: Rectangle) -> Cell:
    # Four letters may tell folders apart; of files there are many, and those without findings can stay without a name.
    least = 4 if node.children else 5 if node.tally.findings else 9
    label = _fit(node.name, place.width - 8, 11, least) if place.height >= 16 else ""
    room = place.height >= (31 if label else 16)
    detail = _fit(f"{node.tally.findings:,}", place.width - 8, 11, 99) if node.tally.findings and room else ""
    return Cell(place, _title(node), label, detail, heat(node.tally))


def _title(node: Node) -> str:
    density = node.tally.density
    parts = [
        f"{node.tally.lines:,} lines" if node.tally.measured else "",
        f"{node.tally.findings:,} findings, {node.tally.breaks:,} of them break",
        f"{density:.1f} per 1,000 lines" if density is not None else "",
    ]
    return f"{node.path}: {', '.join(filter(None, parts))}"


def _fit(text: str, width: float, size: float, least: int) -> str:
    """A text that surely fits, cut short where it must be; empty where less than the `least` of it would be left."""
    room = width / (size * _LETTER)
    if _letters(text) > room:
        text = text.removesuffix(".py")
    if _letters(text) <= room:
        return text
    kept = next(number for number in range(len(text), -1, -1) if _letters(text[:number]) + 2 <= max(room, 2))
    return f"{text[:kept]}…" if kept >= least else ""


def _letters(text: str) -> int:
    """The width of a text in letters; those of East Asia are two wide."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


@dataclasses.dataclass(frozen=True, slots=True)
class Chart:
    """A burn-down: polylines as SVG has them, marks with their titles, and the axes' labels at their pixels."""

    width: float
    height: float
    left: float
    bottom: float
    all_line: str
    breaks_line: str
    breaks_area: str
    marks: tuple[tuple[float, float, float, str], ...]
    rows: tuple[tuple[float, str], ...]
    columns: tuple[tuple[float, str, str], ...]


def burn_down(points: Sequence[Point], width: float, height: float) -> Chart:
    """The drawing of at least two points."""
    left, right, top, bottom = 46.0, 14.0, 12.0, height - 26
    first, last = points[0].seconds, max(point.seconds for point in points)
    step = _nice(max(max(point.total for point in points), 1) / 4)
    highest = step * math.ceil(max(max(point.total for point in points), 1) / step)

    def x(point: Point, number: int) -> float:
        share = (point.seconds - first) / (last - first) if last > first else number / (len(points) - 1)
        return round(left + (width - left - right) * min(max(share, 0.0), 1.0), 1)

    def y(number: float) -> float:
        return round(bottom - (bottom - top) * number / highest, 1)

    across = [x(point, number) for number, point in enumerate(points)]
    breaks = " ".join(f"{at},{y(point.breaks)}" for at, point in zip(across, points, strict=True))
    wanted = max(2, min(6, int(width // 150)))
    ends = {0: "start", wanted - 1: "end"}
    span = width - left - right
    return Chart(
        width,
        height,
        left,
        bottom,
        " ".join(f"{at},{y(point.total)}" for at, point in zip(across, points, strict=True)),
        breaks,
        f"{across[0]},{bottom} {breaks} {across[-1]},{bottom}",
        tuple((at, y(point.total), y(point.breaks), _words(point)) for at, point in zip(across, points, strict=True)),
        tuple((y(number), f"{number:,}") for number in range(0, highest + 1, step)),
        tuple(
            (left + span * n / (wanted - 1), day(first + (last - first) * n // (wanted - 1)), ends.get(n, "middle"))
            for n in range(wanted)
            if last > first or n in (0, wanted - 1)
        ),
    )


def _words(point: Point) -> str:
    return f"{day(point.seconds)}: {point.total:,} findings, {point.breaks:,} break"


def _nice(number: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 …"""
    power = 10 ** max(0, math.floor(math.log10(number))) if number >= 1 else 1
    return next(int(factor * power) for factor in (1, 2, 5, 10) if factor * power >= number)


def day(seconds: int) -> str:
    """A date as it is written everywhere in the page."""
    try:
        return datetime.datetime.fromtimestamp(seconds, tz=datetime.timezone.utc).strftime("%Y-%m-%d")
    except (OverflowError, OSError, ValueError):
        return "?"
