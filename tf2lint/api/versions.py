"""The versions of TensorFlow and Keras that the database knows, and sets of them.

A *world* is one TensorFlow minor together with the Keras behind its `tf.keras`. Up to 2.15 a TensorFlow has one Keras,
its own; from 2.16 on `tf.keras` follows whatever Keras is installed: a Keras 3, or Keras 2 kept alive as `tf_keras`
(`TF_USE_LEGACY_KERAS=1`). A set of worlds is an `int` with one bit per world, so that `&`, `|` and `& ~` are the
algebra. https://www.tensorflow.org/guide/versions
"""

from __future__ import annotations

import dataclasses
import functools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packaging.specifiers import SpecifierSet

TENSORFLOW: tuple[str, ...] = ("1.15", *(f"2.{minor}" for minor in range(22)))
"""The TensorFlow minors, oldest first."""

KERAS: tuple[str, ...] = tuple(f"3.{minor}" for minor in range(16))
"""The Keras 3 minors, oldest first."""

# The newest patch of each minor, in the order of TENSORFLOW.
_PATCHES = (5, 4, 4, 3, 4, 4, 3, 5, 4, 4, 3, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 0, 0)

# The oldest Keras 3 minor that each TensorFlow admits: what its wheel requires.
_OLDEST_KERAS = {"2.16": 0, "2.17": 2, "2.18": 5, "2.19": 5, "2.20": 10, "2.21": 12}


@dataclasses.dataclass(frozen=True, slots=True)
class World:
    """A TensorFlow minor ("2.21") and the Keras behind its `tf.keras` ("3.15", or "2")."""

    tensorflow: str
    keras: str

    @property
    def legacy(self) -> bool:
        """Whether Keras 2 is here by choice (`tf_keras`), not because this TensorFlow brought it."""
        return self.keras == "2" and self.tensorflow in _OLDEST_KERAS


def _all_worlds() -> Iterator[World]:
    for minor in TENSORFLOW:
        yield World(minor, "2")
        if minor in _OLDEST_KERAS:
            for keras in KERAS[_OLDEST_KERAS[minor] :]:
                yield World(minor, keras)


WORLDS: tuple[World, ...] = tuple(_all_worlds())
"""Every world; world number i is bit `1 << i` of a set."""

ALL: int = (1 << len(WORLDS)) - 1
"""The set of all worlds."""

KERAS_3: int = sum(1 << number for number, world in enumerate(WORLDS) if world.keras != "2")
"""The set of the worlds with a Keras 3."""

_NUMBER = {world: number for number, world in enumerate(WORLDS)}


def bit(tensorflow: str, keras: str | None = None) -> int:
    """The set of one world. `keras` None means the newest Keras 3, or a TensorFlow's own where it has one.

    Raises KeyError where there is no such world.
    """
    if keras is None:
        keras = KERAS[-1] if tensorflow in _OLDEST_KERAS else "2"
    return 1 << _NUMBER[World(tensorflow, keras)]


def bits(mask: int) -> Iterator[int]:
    """The worlds of a set, oldest first, each as a set of one."""
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest


def newest(mask: int) -> int:
    """The newest world of a set, as a set of one; of none the empty set."""
    return 1 << (mask.bit_length() - 1) if mask else 0


def members(mask: int) -> Iterator[World]:
    """The worlds of a set, oldest first."""
    for world in bits(mask):
        yield WORLDS[world.bit_length() - 1]


def worlds(tensorflow: SpecifierSet | None, keras: SpecifierSet | None) -> int:
    """The worlds that version specifiers select; an empty set where none of the known versions satisfies them.

    A minor is selected if any of its patch releases, or a pre-release, can satisfy the specifier. `tensorflow` None
    means the newest one. `keras` chooses only for a TensorFlow that has the choice (2.16 on): None pairs it with the
    newest Keras 3, "<3" with legacy Keras 2.
    """
    selected = 0
    for number, world in enumerate(WORLDS):
        if tensorflow is None:
            wanted = world.tensorflow == TENSORFLOW[-1]
        else:
            wanted = _admits(tensorflow, world.tensorflow, _patches(world.tensorflow))
        if wanted and world.tensorflow in _OLDEST_KERAS:
            if keras is None:
                wanted = world.keras == KERAS[-1]
            elif world.legacy:
                wanted = any(_admits(keras, f"2.{minor}", range(10)) for minor in range(22))
            else:
                wanted = _admits(keras, world.keras, range(100 if world.keras == KERAS[-1] else 10))
        if wanted:
            selected |= 1 << number
    return selected


def with_keras_2(mask: int) -> int:
    """The worlds of the same TensorFlow releases with Keras 2 behind them."""
    return sum(1 << _NUMBER[World(minor, "2")] for minor in {world.tensorflow for world in members(mask)})


def _patches(minor: str) -> range:
    # The newest minor may still see patches that this release of tf2lint has not heard of.
    return range(100) if minor == TENSORFLOW[-1] else range(_PATCHES[TENSORFLOW.index(minor)] + 1)


def _admits(specifiers: SpecifierSet, minor: str, patches: Iterable[int]) -> bool:
    # The versions that the specifiers themselves name are candidates too, so that "==2.16.0rc1" selects 2.16.
    named = (specifier.version.removesuffix(".*") for specifier in specifiers)
    candidates = [f"{minor}.{patch}" for patch in patches]
    candidates += [version for version in named if version == minor or version.startswith((f"{minor}.", f"{minor}rc"))]
    return any(specifiers.contains(candidate, prereleases=True) for candidate in candidates)


def released(world: World) -> str:
    """The full version of the newest patch release of a world's TensorFlow, e.g. "2.21.0": its `tf.__version__`."""
    return f"{world.tensorflow}.{_PATCHES[TENSORFLOW.index(world.tensorflow)]}"


def since(present: int, missing: int, *, on_keras: bool) -> str:
    """The version that took something away, in words: "TensorFlow 2.0", "Keras 3", "Keras 3.4".

    `present` are all worlds that have it, `missing` worlds that lack it; `on_keras` says that it is Keras that provides
    it. Empty where it was there again later, or never before.
    """
    newest = WORLDS[missing.bit_length() - 1]
    there = list(members(present))
    if on_keras and newest.keras != "2":
        last_keras = max((KERAS.index(world.keras) for world in there if world.keras != "2"), default=-1)
        if last_keras >= 0:
            return f"Keras {KERAS[last_keras + 1]}" if last_keras < KERAS.index(newest.keras) else ""
        if any(world.tensorflow == _LAST_WITHOUT_CHOICE for world in there):
            return "Keras 3"
    last = max((TENSORFLOW.index(world.tensorflow) for world in there), default=len(TENSORFLOW))
    return f"TensorFlow {TENSORFLOW[last + 1]}" if last < TENSORFLOW.index(newest.tensorflow) else ""


_LAST_WITHOUT_CHOICE = "2.15"


@functools.lru_cache(maxsize=256)
def describe(mask: int) -> str:
    """A set of worlds in a few words: "2.21", "2.12-2.21", "2.16-2.21 with Keras 3".

    Keras is not mentioned where a TensorFlow is there with every Keras, or with the newest alone (the usual pairing).
    """
    minors: dict[str, list[str]] = {}
    for world in members(mask):
        minors.setdefault(world.tensorflow, []).append(world.keras)
    usual = all(_is_usual(minor, found) for minor, found in minors.items())
    parts: list[str] = []
    run: list[str] = []
    words = ""
    bounds = _keras_bounds(minors)
    for minor in TENSORFLOW:
        found = minors.get(minor)
        now = "" if found is None or usual else _keras_words(minor, found, bounds)
        if run and (found is None or now != words):
            parts.append(_span(run) + words)
            run = []
        if found is not None:
            run.append(minor)
            words = now
    if run:
        parts.append(_span(run) + words)
    return ", ".join(parts)


def _span(run: list[str]) -> str:
    return run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}"


def _admitted(minor: str) -> list[str]:
    return list(KERAS[_OLDEST_KERAS[minor] :])


def _is_usual(minor: str, found: list[str]) -> bool:
    return minor not in _OLDEST_KERAS or found == [KERAS[-1]] or found == ["2", *_admitted(minor)]


def _keras_bounds(minors: dict[str, list[str]]) -> tuple[str, str] | None:
    """The one interval of Keras 3 minors that explains what every TensorFlow of the set has, if there is one."""
    chosen = {minor: [keras for keras in found if keras != "2"] for minor, found in minors.items()}
    chosen = {minor: found for minor, found in chosen.items() if found}
    if not chosen:
        return None
    present = sorted({keras for found in chosen.values() for keras in found}, key=KERAS.index)
    interval = KERAS[KERAS.index(present[0]) : KERAS.index(present[-1]) + 1]
    for minor, found in chosen.items():
        if [keras for keras in _admitted(minor) if keras in interval] != found:
            return None
    return present[0], present[-1]


def _keras_words(minor: str, found: list[str], bounds: tuple[str, str] | None) -> str:
    if minor not in _OLDEST_KERAS:
        return ""
    chosen = [keras for keras in found if keras != "2"]
    legacy = "2" in found
    if not chosen:
        return " with Keras 2 (tf_keras)"
    if chosen == _admitted(minor):
        return "" if legacy else " with Keras 3"
    first, last = bounds if bounds is not None else (chosen[0], chosen[-1])
    words = first if first == last else f"{first}-{last}"
    return f" with Keras 2 or {words}" if legacy else f" with Keras {words}"
