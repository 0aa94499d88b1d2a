"""What to write instead of a name of TensorFlow 1, or of an argument: one line each, read from `hints.tsv`
at the first question.

Every TensorFlow name in a hint exists in TensorFlow 2.21 with Keras 3.15; every link is a page of its documentation.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
from collections.abc import Iterable

from tf2lint import api
from tf2lint.api import versions
from tf2lint.inference.returns import legacy

_NAME = re.compile(r"\btf(?:\.\w+)+")


@dataclasses.dataclass(frozen=True, slots=True)
class Hint:
    """Advice for a name (without `tf.`), and the page that explains it."""

    name: str
    text: str
    url: str


def of(name: str, worlds: int) -> Hint | None:
    """The hint for a canonical name, or for the nearest name above it that has one which holds in all of the worlds."""
    key = legacy(name)[1]
    while key:
        if key in _table() and _holds(_table()[key].text, worlds):
            return _table()[key]
        key = key.rpartition(".")[0]
    return None


def of_argument(functions: Iterable[str], argument: str, worlds: int) -> Hint | None:
    """The hint for an argument of the first of some functions or methods that has one: `image.resize(align_corners)`.

    A row of `*(argument)` holds for an argument whatever the function.
    """
    for function in (*(legacy(name)[1] for name in functions), "*"):
        hint = _table().get(f"{function}({argument})")
        if hint is not None and _holds(hint.text, worlds):
            return hint
    return None


def of_member(members: Iterable[str], worlds: int) -> Hint | None:
    """The hint for a member of the first of some classes that has one: `data.Dataset.output_shapes`."""
    for member in members:
        hint = _table().get(legacy(member)[1])
        if hint is not None and _holds(hint.text, worlds):
            return hint
    return None


@functools.lru_cache(maxsize=4096)
def _holds(text: str, worlds: int) -> bool:
    """Whether every name of TensorFlow in a text is there in every version that is targeted, 1.15 aside."""
    for name in _NAME.findall(text):
        symbol = api.symbol(name)
        if symbol is not None and worlds & ~symbol.worlds & ~versions.bit("1.15"):
            return False
    return True


@functools.cache
def _table() -> dict[str, Hint]:
    text = importlib.resources.files("tf2lint.checkers").joinpath("hints.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: Hint(name, advice, url) for name, advice, url in rows}
