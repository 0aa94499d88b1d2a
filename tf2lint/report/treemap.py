"""Squarified treemaps (Bruls, Huizing, van Wijk 2000): rectangles in proportion, as near to squares as may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Rectangle(NamedTuple):
    """Left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    def inset(self, left: float, top: float, right: float, bottom: float) -> Rectangle:
        """The same without its margins; nothing where these take all of it."""
        return Rectangle(
            self.x + left, self.y + top, max(0.0, self.width - left - right), max(0.0, self.height - top - bottom)
        )


def squarify(weights: Sequence[float], into: Rectangle) -> list[Rectangle]:
    """A rectangle for each weight, in the order given, which should be descending: inside, apart, together all of it.

    Areas are in proportion to the weights, which must be positive.
    """
    total = sum(weights)
    if not weights or not into.area:
        return [Rectangle(into.x, into.y, 0.0, 0.0) for _ in weights]
    areas = [weight * into.area / total for weight in weights]
    placed: list[Rectangle] = []
    left = into
    while len(placed) < len(areas):
        side = min(left.width, left.height)
        end = _row(areas, len(placed), side)
        row, left = _place(areas[len(placed) : end], left, last=end == len(areas))
        placed += row
    return placed


def _row(areas: Sequence[float], start: int, side: float) -> int:
    """Where the row ends that begins at `start`: before what would make its worst rectangle longer."""
    end, total, best = start, 0.0, float("inf")
    smallest, largest = float("inf"), 0.0
    while end < len(areas):
        total += areas[end]
        smallest, largest = min(smallest, areas[end]), max(largest, areas[end])
        worst = max(side * side * largest / (total * total), total * total / (side * side * smallest)) if side else 0.0
        if worst > best:
            break
        best, end = worst, end + 1
    return end


def _place(row: Sequence[float], left: Rectangle, *, last: bool) -> tuple[list[Rectangle], Rectangle]:
    """The rectangles of a row along the shorter side, and what is left beside it."""
    total = sum(row)
    upright = left.width >= left.height  # The row is a column at the left, else a line at the top.
    side, length = (left.height, left.width) if upright else (left.width, left.height)
    depth = length if last or not side else min(length, total / side)
    placed, offset = [], 0.0
    for area in row:
        extent = side * area / total
        if upright:
            placed.append(Rectangle(left.x, left.y + offset, depth, extent))
        else:
            placed.append(Rectangle(left.x + offset, left.y, extent, depth))
        offset += extent
    rest = left.inset(depth, 0, 0, 0) if upright else left.inset(0, depth, 0, 0)
    return placed, rest
