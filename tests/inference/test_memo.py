"""Memory for answers that depend on each other: order does not matter, and no net of questions takes for ever."""

from __future__ import annotations

import itertools

import pytest

from tf2lint.inference.memo import Memo

_NONE: frozenset[str] = frozenset()


class _Net:
    """Questions whose answer is their own name and the answers of those that they ask."""

    def __init__(self, asks: dict[str, str]) -> None:
        self._asks = asks
        self._memo = Memo()
        self.computed = 0

    def answer(self, name: str) -> frozenset[str]:
        return self._memo.once(name, lambda: self._compute(name), _NONE)

    def _compute(self, name: str) -> frozenset[str]:
        self.computed += 1
        return frozenset(name).union(*(self.answer(other) for other in self._asks[name]))


@pytest.mark.parametrize("order", list(itertools.permutations("abcd")))
def test_order_does_not_matter(order: tuple[str, ...]) -> None:
    """Two cycles that share a question, asked from any side."""
    net = _Net({"a": "b", "b": "ac", "c": "bd", "d": ""})
    assert {name: net.answer(name) for name in order} == dict.fromkeys("abc", frozenset("abcd")) | {"d": frozenset("d")}


def test_all_from_all() -> None:
    """Twenty questions that all ask each other: more ways than could ever be gone, and each is answered."""
    names = "abcdefghijklmnopqrst"
    net = _Net(dict.fromkeys(names, names))
    assert {net.answer(name) for name in names} == {frozenset(names)}
    assert net.computed < 2_000


def test_known_once() -> None:
    """What depends on nothing open is computed once."""
    net = _Net({"a": "bc", "b": "c", "c": ""})
    for name in "cabcab":
        net.answer(name)
    assert net.computed == 3


def test_deeper_than_the_bound() -> None:
    """A chain of questions longer than the bound ends, and says what lies within it."""
    memo = Memo()

    def chain(number: int) -> frozenset[int]:
        return memo.once(
            number, lambda: frozenset((number,)) | (chain(number + 1) if number < 1000 else frozenset()), frozenset()
        )

    assert chain(0) >= frozenset(range(200))
    assert chain(900) == frozenset(range(900, 1001))
