"""Worlds and sets of them."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet

from tf2lint import api
from tf2lint.api import versions


def select(tensorflow: str | None, keras: str | None = None) -> set[tuple[str, str]]:
    """The worlds that specifiers select, as pairs."""
    mask = api.worlds(
        None if tensorflow is None else SpecifierSet(tensorflow), None if keras is None else SpecifierSet(keras)
    )
    return {(world.tensorflow, world.keras) for world in versions.members(mask)}


def test_worlds() -> None:
    assert api.TENSORFLOW[0] == "1.15"
    assert api.TENSORFLOW[-1] == "2.21"
    assert api.KERAS[-1] == "3.15"
    own = [world for world in api.WORLDS if world.keras == "2" and not world.legacy]
    assert [world.tensorflow for world in own] == [*api.TENSORFLOW[:17]]
    assert [world.tensorflow for world in api.WORLDS if world.legacy] == [*api.TENSORFLOW[17:]]
    assert sum(world.tensorflow == "2.16" for world in api.WORLDS) == 17
    assert sum(world.tensorflow == "2.21" for world in api.WORLDS) == 5
    assert len({api.bit(world.tensorflow, world.keras) for world in api.WORLDS}) == len(api.WORLDS)
    assert sum(1 << number for number in range(len(api.WORLDS))) == api.ALL
    assert list(versions.members(api.ALL)) == list(api.WORLDS)


def test_bit() -> None:
    assert api.bit("2.21") == api.bit("2.21", "3.15")
    assert api.bit("2.15") == api.bit("2.15", "2")
    assert api.bit("2.21") != api.bit("2.21", "2")
    with pytest.raises(KeyError):
        api.bit("2.21", "3.0")


@pytest.mark.parametrize(
    ("tensorflow", "keras", "expected"),
    [
        (None, None, {("2.21", "3.15")}),
        ("~=1.15", None, {("1.15", "2")}),
        (">=2.14,<2.17", None, {("2.14", "2"), ("2.15", "2"), ("2.16", "3.15")}),
        (">=2.15,<2.17", "<3", {("2.15", "2"), ("2.16", "2")}),
        ("==2.21.0", ">=3.13", {("2.21", "3.13"), ("2.21", "3.14"), ("2.21", "3.15")}),
        ("==2.21.*", "~=2.15", {("2.21", "2")}),
        ("==2.15.1", ">=3", {("2.15", "2")}),
        ("==2.15.0.post1", None, {("2.15", "2")}),
        (">2.15.1,<2.17", None, {("2.16", "3.15")}),
        ("==2.16.0rc1", None, {("2.16", "3.15")}),
        ("==2.16.0rc1", "==3.0.*", {("2.16", "3.0")}),
        (">=2.22", None, set()),
        (">=2.21.3", None, {("2.21", "3.15")}),
        ("==2.21.*", "==3.2.*", set()),
    ],
)
def test_selection(tensorflow: str | None, keras: str | None, expected: set[tuple[str, str]]) -> None:
    assert select(tensorflow, keras) == expected


@pytest.mark.parametrize(
    ("tensorflow", "keras", "expected"),
    [
        (None, None, "2.21"),
        (">=2.12", None, "2.12-2.21"),
        (">=1.15", "", "1.15-2.21"),
        (">=2.16", ">=3", "2.16-2.21 with Keras 3"),
        (">=2.15", "<3", "2.15, 2.16-2.21 with Keras 2 (tf_keras)"),
        ("==2.16.*", ">=3.1,<3.6", "2.16 with Keras 3.1-3.5"),
        ("==2.16.*", "==3.4.*", "2.16 with Keras 3.4"),
        ("==2.16.*", "!=3.4.*", "2.16 with Keras 2 or 3.0-3.15"),
        (">=2.30", None, ""),
    ],
)
def test_description(tensorflow: str | None, keras: str | None, expected: str) -> None:
    mask = api.worlds(
        None if tensorflow is None else SpecifierSet(tensorflow), None if keras is None else SpecifierSet(keras)
    )
    assert api.describe(mask) == expected


def test_description_skips_what_is_not_there() -> None:
    assert api.describe(api.bit("1.15") | api.bit("2.0") | api.bit("2.4")) == "1.15-2.0, 2.4"


def test_released() -> None:
    assert api.released(api.World("1.15", "2")) == "1.15.5"
    assert api.released(api.World("2.21", "3.15")) == "2.21.0"
