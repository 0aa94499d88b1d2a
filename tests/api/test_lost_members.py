"""Attributes that instances lost."""

from __future__ import annotations

import ast

import pytest

from tf2lint import api
from tools import attributes
from tools.facts import ClassFact, Edition, MemberFact

FIRST = api.bit("1.15")
LAST_KERAS_2 = api.bit("2.15")
NEWEST = api.bit("2.21")


@pytest.mark.parametrize(
    ("cls", "attribute", "worlds", "lost"),
    [
        ("tf.data.Dataset", "make_one_shot_iterator", NEWEST, NEWEST),
        ("tf.data.Dataset", "make_one_shot_iterator", FIRST | NEWEST, NEWEST),
        ("tf.data.Dataset", "map", NEWEST, 0),
        ("tf.data.Dataset", "nothing", NEWEST, 0),
        ("tf.compat.v1.data.Dataset", "make_one_shot_iterator", NEWEST, 0),
        ("tf.keras.Model", "fit_generator", NEWEST, NEWEST),
        ("tf.keras.Model", "fit_generator", LAST_KERAS_2, 0),
        ("tf.keras.Model", "fit_generator", api.bit("2.21", "2"), 0),
        ("tf.keras.Sequential", "predict_classes", LAST_KERAS_2 | NEWEST, LAST_KERAS_2 | NEWEST),
        ("tf.keras.layers.Dense", "get_input_at", NEWEST, NEWEST),
        ("tf.keras.layers.Dense", "add_weight", NEWEST, 0),
        ("tf.keras.layers.Dense", "losses", NEWEST, 0),
        ("tf.keras.optimizers.Adam", "get_gradients", NEWEST, NEWEST),
        ("tf.keras.callbacks.Nothing", "on_batch_end", NEWEST, 0),
    ],
)
def test_lost(cls: str, attribute: str, worlds: int, lost: int) -> None:
    assert api.lost_member(cls, attribute, worlds) == lost


def test_lost_members_are_no_members() -> None:
    for cls in ("tf.keras.Model", "tf.keras.layers.LSTM", "tf.Tensor", "tf.Variable", "tf.data.Dataset"):
        for world in (LAST_KERAS_2, NEWEST):
            assert not any(api.lost_member(cls, name, world) for name in api.members(cls, world))


def test_what_is_stored() -> None:
    body = ast.parse("""
class C:
    def f(self, other):
        self.one = 1
        other.two, self._private = 2, 3
        for self.three in other: pass
        setattr(self, "four", 4)
        print(self.five)
""").body
    assert attributes.stored(body) == {"one", "two", "three", "four"}


@pytest.mark.parametrize(
    ("line", "dynamic"),
    [
        ("self.x = 1", False),
        ("setattr(self, 'x', 1)", False),
        ("setattr(other, name, 1)", False),
        ("setattr(self, name, 1)", True),
        ("self.__dict__.update(other)", True),
        ("vars(self).update(other)", True),
    ],
)
def test_dynamic(line: str, dynamic: bool) -> None:
    cls = ast.parse(f"class C:\n def f(self, other, name):\n  {line}").body[0]
    assert isinstance(cls, ast.ClassDef)
    assert attributes.is_dynamic(cls) is dynamic


def test_what_a_class_lacks() -> None:
    edition = Edition("2.21", stored={"m": frozenset({"stored"})})
    cls = ClassFact("", False, ("m:C:1",), {"run": MemberFact("f", "")})
    assert attributes.lacks(edition, cls, "gone")
    assert not attributes.lacks(edition, cls, "stored")
    assert not attributes.lacks(edition, cls, "run")
    edition.dynamic.add("m:C:1")
    assert not attributes.lacks(edition, cls, "gone")
    edition.dynamic.clear()
    cls.open = True
    assert not attributes.lacks(edition, cls, "gone")
