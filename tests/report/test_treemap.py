"""The layout of a treemap: areas in proportion, inside, apart."""

from __future__ import annotations

import itertools
import random

import pytest

from tf2lint.report.treemap import Rectangle, squarify

INTO = Rectangle(10, 20, 600, 400)


@pytest.mark.parametrize("seed", range(20))
def test_areas_in_proportion_inside_and_apart(seed: int) -> None:
    numbers = random.Random(seed)
    weights = sorted((numbers.paretovariate(0.7) for _ in range(numbers.randint(1, 60))), reverse=True)
    placed = squarify(weights, INTO)
    assert len(placed) == len(weights)
    for weight, place in zip(weights, placed, strict=True):
        assert place.area == pytest.approx(weight * INTO.area / sum(weights))
        assert place.x >= INTO.x - 1e-6
        assert place.y >= INTO.y - 1e-6
        assert place.x + place.width <= INTO.x + INTO.width + 1e-6
        assert place.y + place.height <= INTO.y + INTO.height + 1e-6
    for one, other in itertools.combinations(placed, 2):
        wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert min(wide, high) < 1e-6


def test_the_example_of_the_paper() -> None:
    """6, 6, 4, 3, 2, 2, 1 in 6 x 4: two sixes at the left, then as the paper draws it."""
    placed = squarify([6, 6, 4, 3, 2, 2, 1], Rectangle(0, 0, 6, 4))
    assert placed[:2] == [Rectangle(0, 0, 3, 2), Rectangle(0, 2, 3, 2)]
    assert placed[2].width == pytest.approx(12 / 7)
    assert placed[2].height == pytest.approx(7 / 3)
    assert max(max(p.width / p.height, p.height / p.width) for p in placed) < 3.1


def test_nothing_to_place() -> None:
    assert squarify([], INTO) == []
    assert [place.area for place in squarify([2, 1], Rectangle(0, 0, 0, 5))] == [0, 0]
