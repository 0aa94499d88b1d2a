"""What our dataclasses have in common with those of `dataclasses`."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from tf2lint import records
from tf2lint.findings import Edit, Span


@records.dataclass(slots=True)
class Open:
    """One that can be changed."""

    first: int
    rest: list[int] = records.field(default_factory=list)


@records.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One whose arguments are named."""

    name: str = "x"


def test_as_theirs() -> None:
    """They are equal, ordered, hashed, copied and pickled by what they hold, and taken by `dataclasses` for its own."""
    edit = Edit(1, 2, "text", True)
    assert edit == Edit(1, 2, replacement="text", safe=True, rebinds="")
    assert edit != Edit(1, 2, "text", False)
    assert edit != object()
    assert len({edit, copy.copy(edit), pickle.loads(pickle.dumps(edit)), copy.deepcopy(edit)}) == 1
    assert repr(edit) == "Edit(start=1, end=2, replacement='text', safe=True, rebinds='')"
    assert records.replace(edit, end=3) == dataclasses.replace(edit, end=3) == Edit(1, 3, "text", True)
    assert [field.name for field in dataclasses.fields(edit)] == ["start", "end", "replacement", "safe", "rebinds"]
    assert sorted([Span(2, 0, 2, 1), Span(1, 5, 1, 9)]) == [Span(1, 5, 1, 9), Span(2, 0, 2, 1)]
    match edit:
        case Edit(1, end):
            assert end == 2


def test_what_is_refused() -> None:
    """What is frozen stays as it is; there is no other attribute, no missing and no unknown argument."""
    span = Span(1, 2, 3, 4)
    with pytest.raises(AttributeError):
        span.line = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del span.line
    for arguments in ((), (1, 2, 3, 4, 5)):
        with pytest.raises(TypeError, match=r"Span.__init__\(\)"):
            Span(*arguments)
    with pytest.raises(TypeError):
        Named("x")  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Open(1).second = 2  # type: ignore[attr-defined]


def test_open() -> None:
    """One that is not frozen can be changed, has no hash, and shares no default."""
    one, other = Open(1), Open(1)
    one.rest.append(2)
    assert (one == other, other.rest, Open(1, [5]).rest) == (False, [], [5])
    with pytest.raises(TypeError):
        hash(one)
    assert Named().name == "x"
